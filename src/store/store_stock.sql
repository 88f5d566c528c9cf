-- name: stock_need_insert
INSERT INTO order_stock (order_id, version, sku, quantity_micros, stock_version)
VALUES (:order_id, :version, :sku, :quantity_micros, 0);

-- name: stock_needs
SELECT sku, quantity_micros, stock_version FROM order_stock WHERE order_id = :order_id AND version = :version ORDER BY sku;

-- What no list counts is always there.
-- name: stock_promise_count
INSERT INTO stock_given (version_id, sku, given_micros)
SELECT s.version_id, n.sku, n.quantity_micros
FROM order_stock AS n JOIN master_in_force AS f ON f.master = 'stock'
JOIN stock AS s ON s.version_id = f.version_id AND s.sku = n.sku
WHERE n.order_id = :order_id AND n.version = :version AND n.stock_version = 0
ON CONFLICT (version_id, sku) DO UPDATE SET given_micros = stock_given.given_micros + excluded.given_micros;

-- name: stock_promise_note
UPDATE order_stock SET stock_version = v.number
FROM master_in_force AS f JOIN master_version AS v ON v.id = f.version_id
JOIN stock AS s ON s.version_id = f.version_id
WHERE order_stock.order_id = :order_id AND order_stock.version = :version AND order_stock.stock_version = 0
  AND f.master = 'stock' AND s.sku = order_stock.sku;

-- name: stock_needs_delete
DELETE FROM order_stock WHERE order_id = :order_id AND version = :version;

-- name: stock_held
SELECT o.id
FROM order_hold AS h CROSS JOIN orders AS o ON o.id = h.order_id
WHERE h.kind = 'stock' AND h.ended_ms IS NULL AND h.seen <> :list
ORDER BY o.received_ms, o.number, o.partner;

-- name: stock_looked
UPDATE order_hold SET reason = :reason, trace = :trace, seen = :list
WHERE order_id = :order_id AND kind = 'stock' AND ended_ms IS NULL;
