-- name: cancellation_insert
INSERT INTO cancellation (order_id, number, version, is_whole, interchange_id, request, actor, reason, text, fault, at_ms,
                          currency, net_minor, tax_minor, policy_id, notice_id, cost_minor, deposit_minor, deposit_for_minor, gifts,
                          gift_clause)
SELECT :order_id, coalesce(max(c.number), 0) + 1, :version, :is_whole, nullif(:interchange_id, 0), :request, :actor, :reason,
       :text, :fault, :at_ms,
       (SELECT currency FROM order_version WHERE order_id = :order_id AND version = :version), :net_minor, :tax_minor,
       nullif(:policy_id, 0), nullif(:notice_id, 0), :cost_minor, :deposit_minor, :deposit_for_minor, :gifts, :gift_clause
FROM cancellation AS c WHERE c.order_id = :order_id
RETURNING id, number;

-- name: cancellation_line_insert
INSERT INTO cancellation_line (cancellation_id, ordinal, quantity_micros, net_minor, tax_minor)
VALUES (:cancellation_id, :ordinal, :quantity_micros, :net_minor, :tax_minor);

-- name: order_cancelled_add
INSERT INTO order_cancelled (order_id, version, ordinal, quantity_micros, net_minor, tax_minor, counted_micros)
VALUES (:order_id, :version, :ordinal, :quantity_micros, :net_minor, :tax_minor, :counted_micros)
ON CONFLICT (order_id, version, ordinal)
DO UPDATE SET quantity_micros = order_cancelled.quantity_micros + excluded.quantity_micros,
              net_minor = order_cancelled.net_minor + excluded.net_minor,
              tax_minor = order_cancelled.tax_minor + excluded.tax_minor,
              counted_micros = order_cancelled.counted_micros + excluded.counted_micros;

-- name: cancel_freight
SELECT p.freight_minor, (SELECT coalesce(sum(f.tax_minor), 0) FROM order_freight AS f
                         WHERE f.order_id = p.order_id AND f.version = p.version)
FROM order_price AS p WHERE p.order_id = :order_id AND p.version = :version;

-- name: order_cancelled_list
SELECT ordinal, quantity_micros FROM order_cancelled
WHERE order_id = :order_id AND version = :version ORDER BY ordinal;

-- name: order_is_cancelled_in_part
SELECT EXISTS (SELECT 1 FROM order_cancelled WHERE order_id = :order_id AND version = :version);

-- name: cancellation_of_request
SELECT c.number FROM cancellation AS c WHERE c.order_id = :order_id AND c.request = :request ORDER BY c.number LIMIT 1;

-- What lines take of a product of which a list of stock is promised: with the weight of each, and how much of that is
-- neither cancelled before nor ordered by others.
-- name: cancel_stock_weights
SELECT s.sku, s.quantity_micros, s.stock_version, w.ordinal, w.micros, w.ordered_micros, coalesce(c.quantity_micros, 0)
FROM order_stock AS s
JOIN (SELECT l.ordinal, l.sku, l.quantity_micros AS micros, l.quantity_micros AS ordered_micros
      FROM order_line AS l
      WHERE l.order_id = :order_id AND l.version = :version
        AND NOT EXISTS (SELECT 1 FROM order_line_part AS p
                        WHERE p.order_id = l.order_id AND p.version = l.version AND p.ordinal = l.ordinal)
      UNION ALL
      SELECT p.ordinal, p.sku, p.quantity_micros, l.quantity_micros
      FROM order_line_part AS p
      JOIN order_line AS l ON l.order_id = p.order_id AND l.version = p.version AND l.ordinal = p.ordinal
      WHERE p.order_id = :order_id AND p.version = :version) AS w ON w.sku = s.sku
LEFT JOIN order_cancelled AS c ON c.order_id = s.order_id AND c.version = s.version AND c.ordinal = w.ordinal
WHERE s.order_id = :order_id AND s.version = :version
ORDER BY s.sku, w.ordinal;

-- name: cancel_stock_reduce
UPDATE order_stock SET quantity_micros = quantity_micros - :quantity_micros
WHERE order_id = :order_id AND version = :version AND sku = :sku;
