-- name: awaiting_put
INSERT INTO order_awaiting_price (order_id, since_ms, line, code, tried)
VALUES (:order_id, :since_ms, :line, :code, :tried)
ON CONFLICT (order_id) DO UPDATE SET line = excluded.line, code = excluded.code, tried = excluded.tried;

-- name: awaiting_end
DELETE FROM order_awaiting_price WHERE order_id = :order_id;

-- name: awaiting_next
SELECT o.id, o.version, v.interchange_id, o.partner, a.since_ms
FROM order_awaiting_price AS a CROSS JOIN orders AS o ON o.id = a.order_id
JOIN order_version AS v ON v.order_id = o.id AND v.version = o.version
WHERE a.order_id > :after AND a.tried <> :tried
ORDER BY a.order_id LIMIT 1;
