-- name: pending_insert
INSERT INTO change_pending (order_id, number, request_id, since_ms, expires, state, reason)
VALUES (:order_id, :number, :request_id, :since_ms, :expires, 'open', '');

-- name: pending_of_order
SELECT p.order_id, p.number, p.request_id, c.interchange_id, a.change_number,
       coalesce(nullif(a.change_number, ''), '#' || a.number), o.partner, o.number, p.expires
FROM change_pending AS p
JOIN change_answer AS a ON a.order_id = p.order_id AND a.number = p.number
JOIN change_request AS c ON c.id = p.request_id
JOIN orders AS o ON o.id = p.order_id
WHERE p.order_id = :order_id AND p.state = 'open' ORDER BY p.number;

-- name: pending_list
SELECT p.order_id, p.number, p.request_id, c.interchange_id, a.change_number,
       coalesce(nullif(a.change_number, ''), '#' || a.number), o.partner, o.number, p.expires
FROM change_pending AS p
CROSS JOIN orders AS o ON o.id = p.order_id
JOIN change_answer AS a ON a.order_id = p.order_id AND a.number = p.number
JOIN change_request AS c ON c.id = p.request_id
WHERE p.state = 'open' ORDER BY o.partner, o.number, p.number;

-- name: pending_close
UPDATE change_pending SET state = :state, ended_ms = :ended_ms, ended_by = :ended_by, reason = :reason
WHERE order_id = :order_id AND number = :number;
