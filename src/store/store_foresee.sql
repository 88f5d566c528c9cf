-- Of which order lines something is open.
-- name: foresee_open
SELECT DISTINCT n.order_id, n.ordinal, o.partner, o.number, coalesce(l.number, f.number), coalesce(l.sku, f.sku)
FROM plan_line AS n INDEXED BY plan_line_open
CROSS JOIN orders AS o ON o.id = n.order_id
JOIN order_plan AS p ON p.order_id = n.order_id
LEFT JOIN order_line AS l ON l.order_id = p.order_id AND l.version = p.version AND l.ordinal = n.ordinal
LEFT JOIN order_free_line AS f ON f.order_id = p.order_id AND f.version = p.version AND f.ordinal = n.ordinal - 100000
WHERE n.needed_micros > n.released_micros + n.cancelled_micros
ORDER BY o.partner, o.number, n.ordinal;

-- What is wanted of one order, whether it is in line or not.
-- name: foresee_wanted
SELECT o.id, w.ordinal, o.partner, o.number, w.number, w.sku
FROM orders AS o
JOIN (SELECT order_id, version, ordinal, number, sku, quantity_micros FROM order_line WHERE order_id = :order_id
      UNION ALL
      SELECT order_id, version, 100000 + ordinal, number, sku, quantity_micros FROM order_free_line
      WHERE order_id = :order_id) AS w ON w.version = o.version
LEFT JOIN order_cancelled AS c ON c.order_id = w.order_id AND c.version = w.version AND c.ordinal = w.ordinal
WHERE o.id = :order_id AND w.quantity_micros > coalesce(c.quantity_micros, 0)
ORDER BY w.ordinal;

-- When the last part of a line is to arrive; NULL: nobody can say of one.
-- name: foresee_promised
SELECT count(*), iif(count(promised) < count(*), NULL, max(promised))
FROM plan_line
WHERE order_id = :order_id AND ordinal = :ordinal AND cancelled_micros < needed_micros;
