-- What `purser order explain` shows.
-- name: view_plan_head
SELECT o.partner, o.number, o.version, o.approval, o.fulfilment, o.payment, p.promised, p.first_promised, p.delivery,
       p.class, p.worth_minor, v.requested_from, v.requested_to, o.received_ms,
       (SELECT max(json_extract(n.trace, '$.place')) FROM plan_line AS n WHERE n.order_id = o.id AND n.trace <> ''),
       (SELECT max(json_extract(n.trace, '$.planned')) FROM plan_line AS n WHERE n.order_id = o.id AND n.trace <> ''),
       iif(p.is_due, 'PLAN-DUE', NULL), '', '', '', '', '', ''
FROM orders AS o
JOIN order_version AS v ON v.order_id = o.id AND v.version = o.version
JOIN order_plan AS p ON p.order_id = o.id
WHERE o.id = :id;

-- name: view_plan_lines
SELECT coalesce(l.number, f.number), n.part, n.sku, n.needed_micros, nullif(n.released_micros, 0),
       nullif(n.shipped_micros, 0), nullif(n.cancelled_micros, 0), n.ship_day, n.promised, n.first_promised,
       CASE WHEN n.cancelled_micros >= n.needed_micros THEN 'PLAN-WHY-CANCELLED'
            WHEN n.shipped_micros + n.cancelled_micros >= n.needed_micros THEN 'PLAN-WHY-LEFT'
            WHEN n.trace = '' THEN 'PLAN-WHY-NOT-YET'
            ELSE CASE json_extract(n.trace, '$.reason')
                 WHEN 'in-stock' THEN 'PLAN-WHY-IN-STOCK'
                 WHEN 'not-counted' THEN 'PLAN-WHY-NOT-COUNTED'
                 WHEN 'to-come' THEN 'PLAN-WHY-TO-COME'
                 WHEN 'to-buy' THEN 'PLAN-WHY-TO-BUY'
                 WHEN 'to-make' THEN 'PLAN-WHY-TO-MAKE'
                 WHEN 'capacity' THEN 'PLAN-WHY-CAPACITY'
                 WHEN 'material' THEN 'PLAN-WHY-MATERIAL'
                 WHEN 'no-supply' THEN iif(json_extract(n.trace, '$.refused') IS NULL, 'PLAN-WHY-NO-SUPPLY',
                                           'PLAN-WHY-REFUSED') END END,
       '', '', '', n.sku, json_extract(n.trace, '$.short'),
       coalesce(json_extract(n.trace, '$.refused'), json_extract(n.trace, '$.material')),
       json_extract(n.trace, '$.reason'), iif(n.trace = '', 'null', n.trace)
FROM order_plan AS p
JOIN plan_line AS n ON n.order_id = p.order_id
LEFT JOIN order_line AS l ON l.order_id = p.order_id AND l.version = p.version AND l.ordinal = n.ordinal
LEFT JOIN order_free_line AS f ON f.order_id = p.order_id AND f.version = p.version AND f.ordinal = n.ordinal - 100000
WHERE p.order_id = :id
ORDER BY n.ordinal, n.part;

-- name: view_plan_takes
SELECT coalesce(l.number, f.number), a.part, a.sku, a.quantity_micros, a.day, a.start_day, a.source, a.warehouse, a.reference,
       a.is_firm,
       CASE a.source WHEN 'receipt' THEN 'PLAN-FROM-RECEIPT' WHEN 'make' THEN 'PLAN-FROM-MAKE'
                     ELSE iif(a.is_firm, 'PLAN-FROM-RELEASED', 'PLAN-FROM-STOCK') END,
       '', '', '', a.warehouse, a.reference,
       coalesce(strftime('%Y-%m-%d', a.start_day * 86400, 'unixepoch'), '')
FROM order_plan AS p
JOIN allocation AS a ON a.order_id = p.order_id
LEFT JOIN order_line AS l ON l.order_id = p.order_id AND l.version = p.version AND l.ordinal = a.ordinal
LEFT JOIN order_free_line AS f ON f.order_id = p.order_id AND f.version = p.version AND f.ordinal = a.ordinal - 100000
WHERE p.order_id = :id
ORDER BY a.ordinal, a.part, a.day, a.source DESC, a.warehouse, a.reference, a.sku, a.is_firm;

-- name: view_plan_before
SELECT coalesce(l.number, f.number), n.sku, json_extract(b.value, '$.partner'), json_extract(b.value, '$.order'),
       json_extract(b.value, '$.quantity'), json_extract(b.value, '$.promised'), json_extract(b.value, '$.class')
FROM order_plan AS p
JOIN plan_line AS n ON n.order_id = p.order_id AND n.trace <> '' AND n.shipped_micros + n.cancelled_micros < n.needed_micros
JOIN json_each(n.trace, '$.before') AS b
LEFT JOIN order_line AS l ON l.order_id = p.order_id AND l.version = p.version AND l.ordinal = n.ordinal
LEFT JOIN order_free_line AS f ON f.order_id = p.order_id AND f.version = p.version AND f.ordinal = n.ordinal - 100000
WHERE p.order_id = :id
ORDER BY n.ordinal, n.part, b.key;
