-- What is reserved is what was allocated; but of products that the next planning looks at, which were counted anew.
-- name: verify_reserved
WITH claimed AS (
    SELECT sku, warehouse, source, iif(source = 'receipt', reference, '') AS reference, sum(quantity_micros) AS micros
    FROM allocation WHERE source <> 'make' GROUP BY 1, 2, 3, 4),
reserved AS (
    SELECT sku, warehouse, 'stock' AS source, '' AS reference, reserved_micros AS micros FROM stock_item
    UNION ALL SELECT sku, warehouse, 'receipt', reference, reserved_micros FROM stock_receipt)
SELECT r.warehouse || ' ' || r.sku || ' ' || r.source || ' ' || r.reference, CAST(coalesce(c.micros, 0) AS TEXT)
FROM reserved r
LEFT JOIN claimed c ON c.sku = r.sku AND c.warehouse = r.warehouse AND c.source = r.source AND c.reference = r.reference
WHERE r.micros <> coalesce(c.micros, 0) AND NOT EXISTS (SELECT 1 FROM planning_due d WHERE d.sku = r.sku)
UNION ALL
SELECT c.warehouse || ' ' || c.sku || ' receipt ' || c.reference, CAST(c.micros AS TEXT) FROM claimed c
WHERE c.source = 'receipt' AND NOT EXISTS (SELECT 1 FROM planning_due d WHERE d.sku = c.sku)
  AND NOT EXISTS (SELECT 1 FROM stock_receipt r
                  WHERE r.warehouse = c.warehouse AND r.sku = c.sku AND r.reference = c.reference)
ORDER BY 1;

-- Nobody has goods who may not have them: an order that is not approved, or whose last goods have left.
-- name: verify_planned
SELECT o.partner || '/' || o.number, iif(o.approval = 'approved', o.fulfilment, o.approval)
FROM orders o LEFT JOIN order_plan p ON p.order_id = o.id
WHERE (p.order_id IS NOT NULL AND (o.approval <> 'approved' OR p.version <> o.version))
   OR ((p.order_id IS NULL OR o.fulfilment IN ('shipped', 'partly-delivered', 'delivered'))
       AND EXISTS (SELECT 1 FROM allocation a WHERE a.order_id = o.id))
   OR (p.is_due = 1 AND o.fulfilment IN ('shipped', 'partly-delivered', 'delivered'))
ORDER BY 1;

-- No line has more than it needs, and what is firm was released and has not left.  (A shipment may have a little more.)
-- name: verify_planned_lines
SELECT o.partner || '/' || o.number, n.ordinal || '.' || n.part || ' ' || n.sku
FROM plan_line n JOIN orders o ON o.id = n.order_id
LEFT JOIN (SELECT order_id, ordinal, part, sku, sum(quantity_micros) AS micros,
                  sum(quantity_micros) FILTER (WHERE is_firm AND source = 'stock') AS firm_micros
           FROM allocation GROUP BY order_id, ordinal, part, sku) a
    ON a.order_id = n.order_id AND a.ordinal = n.ordinal AND a.part = n.part AND a.sku = n.sku
WHERE coalesce(a.micros, 0) > max(n.needed_micros - n.cancelled_micros - n.shipped_micros, 0)
   OR coalesce(a.firm_micros, 0) > max(n.released_micros - n.shipped_micros, 0)
   OR n.released_micros < n.shipped_micros
   OR n.cancelled_micros > n.needed_micros
   OR (n.released_micros > n.needed_micros - n.cancelled_micros AND n.released_micros > n.shipped_micros)
ORDER BY 1, n.ordinal, n.part;

-- Each release was told to its warehouse once, and an order that was not released has none of this version.
-- name: verify_releases_told
SELECT o.partner || '/' || o.number, CAST(r.number AS TEXT) FROM warehouse_release r JOIN orders o ON o.id = r.order_id
WHERE (SELECT count(*) FROM outbox_message m WHERE m.order_id = r.order_id AND m.release_id = r.id
                                             AND m.partner = r.warehouse AND m.kind = 'release') <> 1
   OR (r.version = o.version AND o.fulfilment = 'none')
   OR r.is_whole = EXISTS (SELECT 1 FROM warehouse_release_line l WHERE l.release_id = r.id)
UNION ALL
SELECT o.partner || '/' || o.number, o.fulfilment FROM orders o
WHERE o.fulfilment <> 'none' AND NOT EXISTS (SELECT 1 FROM warehouse_release r
                                             WHERE r.order_id = o.id AND o.version - r.version = (
                                                 SELECT count(*) FROM order_event e
                                                 WHERE e.order_id = o.id AND e.event = 'amended' AND e.version > r.version))
ORDER BY 1, 2;

-- name: dump_order_plan
SELECT json_array('order-plan', o.partner, o.number, p.version, p.delivery, p.class, p.worth_minor, p.first_promised,
                  p.promised, p.is_due, p.place)
FROM orders o JOIN order_plan p ON p.order_id = o.id ORDER BY o.partner, o.number;

-- name: dump_plan_line
SELECT json_array('plan-line', o.partner, o.number, n.ordinal, n.part, n.sku, n.unit_micros, n.needed_micros,
                  n.cancelled_micros, n.released_micros, n.shipped_micros, n.ship_day, n.first_promised, n.promised, n.trace)
FROM orders o JOIN plan_line n ON n.order_id = o.id ORDER BY o.partner, o.number, n.ordinal, n.part;

-- name: dump_allocation
SELECT json_array('allocation', o.partner, o.number, a.ordinal, a.part, a.source, a.warehouse, a.reference, a.sku,
                  a.is_firm, a.quantity_micros, a.day, a.start_day)
FROM orders o JOIN allocation a ON a.order_id = o.id
ORDER BY o.partner, o.number, a.ordinal, a.part, a.source, a.warehouse, a.reference, a.sku, a.is_firm;

-- name: dump_plan_load
SELECT json_array('plan-load', o.partner, o.number, l.ordinal, l.part, l.plant, l.is_firm, l.day, l.load_micros)
FROM orders o JOIN plan_load l ON l.order_id = o.id ORDER BY o.partner, o.number, l.ordinal, l.part, l.plant, l.is_firm, l.day;

-- name: dump_planning_due
SELECT json_array('planning-due', sku) FROM planning_due ORDER BY sku;
