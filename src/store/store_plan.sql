-- name: plan_facts
SELECT p.currency, p.net_minor, p.day, coalesce(c.class, 1000), coalesce(c.delivery, ''),
       (SELECT version_id FROM master_in_force WHERE master = 'exchange-rates')
FROM order_price AS p
LEFT JOIN master_in_force AS f ON f.master = 'customers'
LEFT JOIN customer AS c ON c.version_id = f.version_id AND c.code = p.customer
WHERE p.order_id = :order_id AND p.version = :version;

-- name: plan_insert
INSERT INTO order_plan (order_id, version, delivery, class, worth_minor, is_due)
VALUES (:order_id, :version, :delivery, :class, :worth_minor, 1);

-- name: plan_version
SELECT version FROM order_plan WHERE order_id = :order_id;

-- What the lines take of which product, parts in place of their package; by the lists that priced the order.
-- name: plan_needs
SELECT l.ordinal, coalesce(t.part, 0), coalesce(t.sku, l.sku), l.quantity_micros, t.quantity_micros,
       CASE WHEN t.part IS NOT NULL OR l.unit = coalesce(r.unit, l.unit) THEN NULL ELSE (
           SELECT u.factor_micros
           FROM order_price_trace AS how
           JOIN master_version AS m ON m.master = 'product-units' AND m.number = json_extract(how.trace, '$.versions."product-units"')
           JOIN product_unit AS u ON u.version_id = m.id AND u.sku = l.sku AND u.unit = l.unit
           WHERE how.order_id = l.order_id AND how.version = l.version) END
FROM order_line AS l
JOIN order_price AS p ON p.order_id = l.order_id AND p.version = l.version
LEFT JOIN order_line_part AS t ON t.order_id = l.order_id AND t.version = l.version AND t.ordinal = l.ordinal
LEFT JOIN master_version AS w ON w.master = 'products' AND w.number = p.products_version
LEFT JOIN product AS r ON r.version_id = w.id AND r.sku = l.sku
WHERE l.order_id = :order_id AND l.version = :version
UNION ALL
SELECT 100000 + ordinal, 0, sku, quantity_micros, NULL, NULL
FROM order_free_line WHERE order_id = :order_id AND version = :version
ORDER BY 1, 2;

-- name: plan_promise_get
SELECT first_promised, promised FROM order_plan WHERE order_id = :order_id;

-- name: plan_promise_put
UPDATE order_plan SET first_promised = :first_promised, promised = :promised WHERE order_id = :order_id;

-- name: plan_grow
UPDATE order_plan SET version = :version, is_due = 1 WHERE order_id = :order_id;

-- (One that it has got stays as it stands.)
-- name: plan_line_insert
INSERT INTO plan_line (order_id, ordinal, part, sku, unit_micros, needed_micros, cancelled_micros, released_micros,
                       shipped_micros, trace)
VALUES (:order_id, :ordinal, :part, :sku, :unit_micros, :needed_micros, 0, 0, 0, '')
ON CONFLICT DO NOTHING;

-- name: plan_lines
SELECT n.ordinal, n.part, n.sku, n.unit_micros, n.needed_micros, n.cancelled_micros, n.released_micros, n.shipped_micros,
       n.promised, coalesce(l.number, f.number), coalesce(l.unit, f.unit), coalesce(l.quantity_micros, f.quantity_micros)
FROM order_plan AS p
JOIN plan_line AS n ON n.order_id = p.order_id
LEFT JOIN order_line AS l ON l.order_id = p.order_id AND l.version = p.version AND l.ordinal = n.ordinal
LEFT JOIN order_free_line AS f ON f.order_id = p.order_id AND f.version = p.version AND f.ordinal = n.ordinal - 100000
WHERE p.order_id = :order_id
ORDER BY n.ordinal, n.part;

-- name: plan_line_told
UPDATE plan_line
SET ship_day = :ship_day, promised = :promised, first_promised = coalesce(first_promised, :promised), trace = :trace
WHERE order_id = :order_id AND ordinal = :ordinal AND part = :part;

-- name: plan_line_moved
UPDATE plan_line SET cancelled_micros = :cancelled_micros, released_micros = :released_micros,
                     shipped_micros = :shipped_micros
WHERE order_id = :order_id AND ordinal = :ordinal AND part = :part;

-- name: plan_lines_delete
DELETE FROM plan_line WHERE order_id = :order_id;

-- name: plan_delete
DELETE FROM order_plan WHERE order_id = :order_id;

-- name: plan_set_due
UPDATE order_plan SET is_due = 1 WHERE order_id = :order_id;

-- name: plan_done
UPDATE order_plan SET is_due = 0, place = NULL WHERE order_id = :order_id;

-- name: plan_promised
UPDATE order_plan SET promised = :promised, first_promised = coalesce(first_promised, :promised)
WHERE order_id = :order_id;

-- name: plan_product_due
INSERT INTO planning_due (sku) SELECT :sku WHERE EXISTS (SELECT 1 FROM planning_wanted WHERE sku = :sku)
ON CONFLICT DO NOTHING;

-- name: plan_products_due
SELECT sku FROM planning_due ORDER BY sku LIMIT 1;

-- name: plan_product_done
DELETE FROM planning_due WHERE sku = :sku;

-- name: plan_orders_due
UPDATE order_plan SET is_due = 1
WHERE order_id IN (SELECT l.order_id FROM planning_wanted AS w
                   JOIN plan_line AS l ON l.order_id = w.order_id
                   WHERE w.sku = :sku AND l.needed_micros > l.released_micros + l.cancelled_micros);

-- name: plan_begun
SELECT place FROM order_plan WHERE place IS NOT NULL LIMIT 1;

-- The one order in which all are served (and so in plan_claims and plan_holders).
-- name: plan_begin
UPDATE order_plan SET place = n.place
FROM (SELECT p.order_id,
             row_number() OVER (ORDER BY coalesce(p.promised, v.requested_to, v.requested_from, 2147483647), p.class,
                                         p.worth_minor DESC, o.received_ms, o.partner, o.number) AS place
      FROM order_plan AS p
      CROSS JOIN orders AS o ON o.id = p.order_id
      JOIN order_version AS v ON v.order_id = p.order_id AND v.version = p.version
      WHERE p.is_due = 1) AS n
WHERE order_plan.order_id = n.order_id;

-- name: plan_next
SELECT p.order_id, p.version, o.partner, o.number, o.approval, o.fulfilment, o.payment, p.delivery, p.promised, p.place,
       coalesce(s.country, b.country, ''), coalesce(s.region, b.region, ''), p.class,
       EXISTS (SELECT 1 FROM plan_line AS n WHERE n.order_id = p.order_id AND n.trace <> '')
FROM order_plan AS p
CROSS JOIN orders AS o ON o.id = p.order_id
LEFT JOIN order_party AS b ON b.order_id = p.order_id AND b.version = p.version AND b.role = 'sold-to'
LEFT JOIN order_party AS s ON s.order_id = p.order_id AND s.version = p.version AND s.role = 'ship-to'
WHERE p.place IS NOT NULL
ORDER BY p.place LIMIT :count;

-- name: plan_allocations
SELECT ordinal, part, source, warehouse, reference, sku, quantity_micros, day, start_day, is_firm
FROM allocation WHERE order_id = :order_id
ORDER BY ordinal, part, source, warehouse, reference, sku, is_firm;

-- name: plan_allocate
INSERT INTO allocation (order_id, ordinal, part, source, warehouse, reference, sku, quantity_micros, day, start_day, is_firm)
VALUES (:order_id, :ordinal, :part, :source, :warehouse, :reference, :sku, :quantity_micros, :day, :start_day, :is_firm)
ON CONFLICT (order_id, ordinal, part, source, warehouse, reference, sku, is_firm)
DO UPDATE SET quantity_micros = allocation.quantity_micros + excluded.quantity_micros, day = max(day, excluded.day);

-- name: plan_allocation_reduce
UPDATE allocation SET quantity_micros = quantity_micros - :quantity_micros
WHERE order_id = :order_id AND ordinal = :ordinal AND part = :part AND source = :source AND warehouse = :warehouse
  AND reference = :reference AND sku = :sku AND is_firm = :is_firm;

-- name: plan_allocation_delete
DELETE FROM allocation
WHERE order_id = :order_id AND ordinal = :ordinal AND part = :part AND source = :source AND warehouse = :warehouse
  AND reference = :reference AND sku = :sku AND is_firm = :is_firm;

-- name: plan_reserve_stock
UPDATE stock_item SET reserved_micros = reserved_micros + :quantity_micros WHERE warehouse = :warehouse AND sku = :sku;

-- name: plan_reserve_receipt
UPDATE stock_receipt SET reserved_micros = reserved_micros + :quantity_micros
WHERE warehouse = :warehouse AND sku = :sku AND reference = :reference;

-- What was counted anew, or is new, may not know what was promised of it.
-- name: plan_mend_stock
UPDATE stock_item
SET reserved_micros = (SELECT coalesce(sum(a.quantity_micros), 0) FROM allocation AS a
                       WHERE a.sku = :sku AND a.warehouse = :warehouse AND a.source = 'stock')
WHERE warehouse = :warehouse AND sku = :sku;

-- name: plan_mend_receipts
UPDATE stock_receipt
SET reserved_micros = (SELECT coalesce(sum(a.quantity_micros), 0) FROM allocation AS a
                       WHERE a.sku = :sku AND a.warehouse = :warehouse AND a.source = 'receipt'
                         AND a.reference = stock_receipt.reference)
WHERE warehouse = :warehouse AND sku = :sku;

-- name: plan_claims
SELECT a.order_id, a.ordinal, a.part, a.source, a.warehouse, a.reference, a.sku, a.quantity_micros, a.day, a.start_day,
       a.is_firm
FROM allocation AS a
CROSS JOIN order_plan AS p ON p.order_id = a.order_id
JOIN orders AS o ON o.id = a.order_id
JOIN order_version AS v ON v.order_id = p.order_id AND v.version = p.version
WHERE a.sku = :sku
ORDER BY coalesce(p.promised, v.requested_to, v.requested_from, 2147483647), p.class, p.worth_minor DESC, o.received_ms,
         o.partner, o.number, a.ordinal, a.part, a.source, a.warehouse, a.reference, a.is_firm;

-- Who has been promised of a product, the first of the line first.
-- name: plan_holders
SELECT o.partner, o.number, sum(a.quantity_micros), p.promised, p.class, a.order_id
FROM allocation AS a
CROSS JOIN order_plan AS p ON p.order_id = a.order_id
JOIN orders AS o ON o.id = a.order_id
JOIN order_version AS v ON v.order_id = p.order_id AND v.version = p.version
WHERE a.sku = :sku
GROUP BY a.order_id
ORDER BY coalesce(p.promised, v.requested_to, v.requested_from, 2147483647), p.class, p.worth_minor DESC, o.received_ms,
         o.partner, o.number
LIMIT :count;

-- name: plan_made_on
UPDATE allocation SET day = :day
WHERE order_id = :order_id AND ordinal = :ordinal AND part = :part AND source = 'make' AND warehouse = :warehouse
  AND reference = :plant AND is_firm = 1;

-- name: plan_released
SELECT a.order_id, a.ordinal, a.part, a.source, a.warehouse, a.reference, a.sku, a.quantity_micros, a.day, a.start_day, a.is_firm,
       iif(r.is_whole, a.quantity_micros,
           min(a.quantity_micros, t.quantity_micros / 1000000 * l.unit_micros
                                  + t.quantity_micros % 1000000 * l.unit_micros / 1000000))
FROM warehouse_release AS r
CROSS JOIN allocation AS a ON a.order_id = r.order_id AND a.warehouse = r.warehouse AND a.source = 'stock' AND a.is_firm = 1
JOIN plan_line AS l ON l.order_id = a.order_id AND l.ordinal = a.ordinal AND l.part = a.part AND l.sku = a.sku
LEFT JOIN warehouse_release_line AS t ON t.release_id = r.id AND t.ordinal = a.ordinal
WHERE r.id = :release_id
  AND (t.ordinal IS NOT NULL
       OR (r.is_whole = 1 AND (EXISTS (SELECT 1 FROM order_line AS o WHERE o.order_id = r.order_id AND o.version = r.version
                                                                     AND o.ordinal = a.ordinal)
                               OR EXISTS (SELECT 1 FROM order_free_line AS f
                                          WHERE f.order_id = r.order_id AND f.version = r.version
                                            AND f.ordinal = a.ordinal - 100000))))
ORDER BY a.ordinal, a.part, a.sku;

-- name: plan_is_refused
SELECT EXISTS (
    SELECT 1 FROM warehouse_release AS r
    WHERE r.order_id = :order_id AND r.warehouse = :warehouse AND r.state = 'refused'
      AND NOT EXISTS (SELECT 1 FROM stock_place AS f WHERE f.warehouse = r.warehouse AND f.reported_ms >= r.state_ms));

-- Until one of the lists that say so is another, or, where it lacked materials, its warehouse has counted.
-- name: plan_is_unmade
SELECT EXISTS (
    SELECT 1 FROM production AS p
    WHERE p.order_id = :order_id AND p.version = :version AND p.ordinal = :ordinal AND p.part = :part AND p.sku = :sku
      AND p.plant = :plant AND p.state IN ('refused', 'stopped')
      AND NOT EXISTS (SELECT 1 FROM master_in_force AS f CROSS JOIN master_version AS v ON v.id = f.version_id
                      WHERE f.master IN ('supply', 'plants', 'materials') AND v.in_force_ms > p.asked_ms)
      AND NOT (p.cause = 'material' AND EXISTS (
          SELECT 1 FROM stock_place AS s WHERE s.warehouse = p.warehouse AND s.reported_ms >= p.state_ms)));

-- name: plan_load_add
INSERT INTO plan_load (order_id, ordinal, part, plant, day, is_firm, load_micros)
VALUES (:order_id, :ordinal, :part, :plant, :day, 0, :load_micros)
ON CONFLICT (order_id, ordinal, part, plant, is_firm, day) DO UPDATE SET load_micros = plan_load.load_micros + excluded.load_micros;

-- name: plan_load_drop
DELETE FROM plan_load
WHERE order_id = :order_id AND ordinal = :ordinal AND part = :part AND plant = :plant AND is_firm = :is_firm;

-- name: plan_load_firm
INSERT INTO plan_load (order_id, ordinal, part, plant, day, is_firm, load_micros)
SELECT order_id, ordinal, part, plant, day, 1, load_micros FROM plan_load
WHERE order_id = :order_id AND ordinal = :ordinal AND part = :part AND plant = :plant AND is_firm = 0
ON CONFLICT (order_id, ordinal, part, plant, is_firm, day) DO UPDATE SET load_micros = plan_load.load_micros + excluded.load_micros;

-- name: plan_loads
SELECT day, sum(load_micros) FROM plan_load WHERE plant = :plant AND day >= :day GROUP BY day ORDER BY day;

-- name: release_insert
INSERT INTO warehouse_release (order_id, number, version, warehouse, is_whole, released_ms, state, state_ms, reason)
VALUES (:order_id, (SELECT coalesce(max(number), 0) + 1 FROM warehouse_release WHERE order_id = :order_id), :version,
        :warehouse, :is_whole, :released_ms, 'sent', :released_ms, '');

-- name: release_line_insert
INSERT INTO warehouse_release_line (release_id, ordinal, quantity_micros) VALUES (:release_id, :ordinal, :quantity_micros);
