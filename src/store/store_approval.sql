-- name: approval_insert
INSERT INTO approval (order_id, version, step, approver, amount_minor, limit_minor, wait_reasons, currency, trace, state)
VALUES (:order_id, :version, :step, :approver, :amount_minor, :limit_minor, :wait_reasons, :currency, :trace, 'planned');

-- name: approval_reason_insert
INSERT INTO approval_reason (approval_id, ordinal, name, value, limit_text)
VALUES (:approval_id, :ordinal, :name, :value, :limit_text);

-- name: approval_of_order
SELECT id, step, approver, state, stand_in, coalesce(decided_by, '') FROM approval WHERE order_id = :order_id AND version = :version ORDER BY step;

-- name: approval_open_of
SELECT a.approver FROM orders AS o JOIN approval AS a ON a.order_id = o.id AND a.version = o.version
WHERE o.partner = :partner AND o.number = :number AND a.state = 'open';

-- name: approval_open
UPDATE approval SET state = 'open', asked_ms = :asked_ms, approver = :approver, stand_in = :stand_in WHERE id = :id;

-- name: approval_withdraw
UPDATE approval SET state = 'withdrawn'
WHERE order_id = :order_id AND version = :version AND state IN ('planned', 'open');

-- name: approval_decide
UPDATE approval SET state = :state, decided_ms = :decided_ms, decided_by = :decided_by, reason = :reason
WHERE id = :id;

-- name: decision_insert
INSERT INTO decision (interchange_id, ordinal, partner, order_number, version, verdict, reason, line)
VALUES (:interchange_id, :ordinal, :partner, :order_number, :version, :verdict, :reason, :line);

-- name: decision_of_interchange
SELECT ordinal, partner, order_number, version, verdict, reason, line FROM decision
WHERE interchange_id = :interchange_id AND ordinal > :after ORDER BY ordinal LIMIT :count;

-- name: decision_discard
DELETE FROM decision WHERE interchange_id = :interchange_id;
