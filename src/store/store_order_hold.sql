-- name: order_hold_insert
INSERT INTO order_hold (order_id, version, kind, blocks, reason, trace, since_ms, expires, placed_by, may_end, customer, seen)
VALUES (:order_id, :version, :kind, :blocks, :reason, :trace, :since_ms, :expires, :placed_by, :may_end, :customer, :seen);

-- name: order_hold_open
SELECT id, version, kind, reason, trace, since_ms, expires, placed_by, may_end, blocks FROM order_hold
WHERE order_id = :order_id AND ended_ms IS NULL
ORDER BY CASE kind WHEN 'by-hand' THEN 1 WHEN 'credit' THEN 2 WHEN 'address' THEN 3 WHEN 'stock' THEN 4 WHEN 'price-difference' THEN 5 ELSE 6 END;

-- name: order_hold_kinds
SELECT kind, blocks FROM order_hold WHERE order_id = :order_id AND ended_ms IS NULL;

-- Of this version or of one before that the same file brought: what is ours in between is only its price.
-- name: order_hold_was_resumed
SELECT 1 FROM order_hold AS h
JOIN order_version AS v ON v.order_id = h.order_id AND v.version = h.version
JOIN order_version AS n ON n.order_id = h.order_id AND n.version = :version AND n.interchange_id = v.interchange_id
WHERE h.order_id = :order_id AND h.kind = :kind AND h.how = 'resumed' LIMIT 1;

-- name: order_hold_decision
SELECT detail FROM order_event WHERE order_id = :order_id AND version = :version AND event = 'approval-held';

-- name: order_hold_close
UPDATE order_hold SET how = :how, ended_ms = :ended_ms, ended_by = :ended_by, end_reason = :end_reason
WHERE order_id = :order_id AND kind = :kind AND ended_ms IS NULL;

-- name: order_hold_expired
SELECT o.id, o.version, o.partner, o.approval, o.fulfilment, h.kind, o.payment
FROM order_hold AS h CROSS JOIN orders AS o ON o.id = h.order_id
WHERE h.expires IS NOT NULL AND h.ended_ms IS NULL AND h.expires < :day
ORDER BY o.received_ms, o.partner, o.number, h.kind LIMIT :count;

-- name: order_hold_order
SELECT id, version, partner, approval, fulfilment, '', payment FROM orders WHERE id = :order_id;

-- The condition of the index orders_open, and more.
-- name: order_hold_free
SELECT o.id, o.version, o.partner, o.approval, o.fulfilment, '', o.payment
FROM orders AS o
WHERE o.approval <> 'refused' AND o.approval <> 'cancelled' AND o.approval <> 'received' AND o.fulfilment <> 'shipped'
  AND o.fulfilment <> 'partly-delivered' AND o.fulfilment <> 'delivered'
  AND o.approval = 'approved' AND o.fulfilment = 'none'
  AND NOT EXISTS (SELECT 1 FROM order_hold AS h WHERE h.order_id = o.id AND h.ended_ms IS NULL)
  AND (NOT :is_planned OR NOT EXISTS (SELECT 1 FROM order_plan AS p WHERE p.order_id = o.id))
ORDER BY o.received_ms, o.partner, o.number LIMIT :count;
