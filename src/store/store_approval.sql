-- name: approval_insert
INSERT INTO approval (order_id, version, step, approvers, roles, quorum, remind_hours, escalate_hours, decide_hours, undecided,
                      told, amount_minor, limit_minor, discount_micros, wait_reasons, currency, shown, trace, state,
                      decided_ms, decided_by, reason)
VALUES (:order_id, :version, :step, :approvers, :roles, :quorum, :remind_hours, :escalate_hours, :decide_hours, :undecided,
        :told, :amount_minor, :limit_minor, :discount_micros, :wait_reasons, :currency, :shown, :trace, :state,
        :decided_ms, :decided_by, :reason);

-- name: approval_reason_insert
INSERT INTO approval_reason (approval_id, ordinal, name, value, limit_text)
VALUES (:approval_id, :ordinal, :name, :value, :limit_text);

-- name: approval_of_order
SELECT id, step, approvers, roles, quorum, remind_hours, escalate_hours, decide_hours, undecided, told, amount_minor,
       discount_micros, currency, shown, state, asked_ms, decided_ms, coalesce(decided_by, ''), coalesce(reason, ''),
       reminders, escalated_ms, limit_minor
FROM approval WHERE order_id = :order_id AND version = :version ORDER BY step;

-- name: approval_persons
SELECT p.approval_id, p.ordinal, p.slot, p.named, p.person, p.authority, p.chosen, p.chain, p.state
FROM approval AS a JOIN approval_person AS p ON p.approval_id = a.id
WHERE a.order_id = :order_id AND a.version = :version ORDER BY a.step, p.ordinal;

-- name: approval_reasons
SELECT r.approval_id, r.name, r.value, r.limit_text
FROM approval AS a JOIN approval_reason AS r ON r.approval_id = a.id
WHERE a.order_id = :order_id AND a.version = :version ORDER BY a.step, r.ordinal;

-- What the authority of approvers looks at.
-- name: approval_matter
SELECT v.type, v.order_date, coalesce(p.customer, ''), coalesce(p.customer_group, ''), v.currency, coalesce(p.gross_minor, 0)
FROM order_version AS v LEFT JOIN order_price AS p ON p.order_id = v.order_id AND p.version = v.version
WHERE v.order_id = :order_id AND v.version = :version;

-- Who asked for prices by hand.
-- name: approval_requesters
SELECT DISTINCT manual_person FROM order_line
WHERE order_id = :order_id AND version = :version AND coalesce(manual_price_micros, manual_discount_micros) IS NOT NULL AND manual_person <> ''
ORDER BY 1;

-- Who learns how the approval of a version ended: whoever was asked; those whom its steps name, as lists; who asked for a
-- price by hand, by what was typed and as the approver of that user or name.
-- name: approval_told
SELECT 'asked', p.person FROM approval AS a JOIN approval_person AS p ON p.approval_id = a.id
WHERE a.order_id = :order_id AND a.version = :version
UNION
SELECT 'told', a.told FROM approval AS a WHERE a.order_id = :order_id AND a.version = :version AND a.told <> ''
UNION
SELECT 'price', iif(l.manual_person GLOB 'user:*', substr(l.manual_person, 6), l.manual_person) FROM order_line AS l
WHERE l.order_id = :order_id AND l.version = :version AND coalesce(l.manual_price_micros, l.manual_discount_micros) IS NOT NULL
  AND l.manual_person <> ''
UNION
SELECT 'price', r.person FROM order_line AS l
JOIN master_in_force AS f ON f.master = 'approvers'
JOIN approver AS r ON r.version_id = f.version_id
    AND iif(l.manual_person GLOB 'user:*', substr(l.manual_person, 6), l.manual_person) IN (r.user, r.name)
WHERE l.order_id = :order_id AND l.version = :version AND coalesce(l.manual_price_micros, l.manual_discount_micros) IS NOT NULL
  AND l.manual_person <> ''
ORDER BY 1, 2;

-- name: approval_open_of
SELECT a.step, coalesce(p.person, '') FROM orders AS o
JOIN approval AS a ON a.order_id = o.id AND a.version = o.version
LEFT JOIN approval_person AS p ON p.approval_id = a.id AND p.state = 'asked'
WHERE o.partner = :partner AND o.number = :number AND a.state = 'open' ORDER BY p.ordinal;

-- name: approval_open
UPDATE approval SET state = 'open', asked_ms = :asked_ms, asked = :asked, due_ms = :due_ms, next_ms = :next_ms WHERE id = :id;

-- name: approval_clock
UPDATE approval SET reminders = :reminders, escalated_ms = :escalated_ms, next_ms = :next_ms WHERE id = :id;

-- name: approval_person_insert
INSERT INTO approval_person (approval_id, ordinal, slot, named, person, authority, chosen, chain, trace, asked_ms, state)
VALUES (:approval_id, :ordinal, :slot, :named, :person, :authority, :chosen, :chain, :trace, :asked_ms, 'asked');

-- name: approval_person_decide
UPDATE approval_person SET state = :state, decided_ms = :decided_ms, decided_by = :decided_by, reason = :reason
WHERE approval_id = :approval_id AND ordinal = :ordinal;

-- name: approval_person_withdraw
UPDATE approval_person SET state = 'withdrawn', decided_ms = :decided_ms
WHERE approval_id = :approval_id AND state = 'asked' AND (:slot = 0 OR slot = :slot);

-- name: approval_withdraw
UPDATE approval SET state = 'withdrawn'
WHERE order_id = :order_id AND version = :version AND state IN ('planned', 'open');

-- name: approval_withdraw_persons
UPDATE approval_person SET state = 'withdrawn', decided_ms = :decided_ms
WHERE state = 'asked' AND approval_id IN (SELECT id FROM approval WHERE order_id = :order_id AND version = :version);

-- name: approval_decide
UPDATE approval SET state = :state, decided_ms = :decided_ms, decided_by = :decided_by, reason = :reason
WHERE id = :id;

-- The last version that was approved, unless the order was refused since.
-- name: approval_base
SELECT e.version, e.event FROM order_event AS e
WHERE e.order_id = :order_id AND e.version < :version AND e.event IN ('approved', 'refused') ORDER BY e.id DESC LIMIT 1;

-- name: approval_base_facts
SELECT p.currency, p.gross_minor, coalesce(s.country, b.country, '')
FROM order_price AS p
LEFT JOIN order_party AS b ON b.order_id = p.order_id AND b.version = p.version AND b.role = 'sold-to'
LEFT JOIN order_party AS s ON s.order_id = p.order_id AND s.version = p.version AND s.role = 'ship-to'
WHERE p.order_id = :order_id AND p.version = :version;

-- name: approval_refused_insert
INSERT INTO approval_refused (partner, order_number, version, person, verdict, code, at_ms)
VALUES (:partner, :order_number, :version, :person, :verdict, :code, :at_ms);

-- name: approval_due
SELECT a.id, o.id, o.version, o.partner, o.number, o.approval, o.fulfilment, o.payment FROM approval AS a JOIN orders AS o ON o.id = a.order_id
WHERE a.state = 'open' AND a.next_ms <= :now_ms ORDER BY a.next_ms, o.partner, o.number LIMIT :count;

-- name: approval_unasked
SELECT a.id, o.id, o.version, o.partner, o.number, o.approval, o.fulfilment, o.payment FROM approval AS a JOIN orders AS o ON o.id = a.order_id
WHERE a.state = 'open' AND a.asked = 0 AND a.id > :after ORDER BY a.id LIMIT :count;

-- name: decision_insert
INSERT INTO decision (interchange_id, ordinal, partner, order_number, version, verdict, reason, delegate, shown, strike, line)
VALUES (:interchange_id, :ordinal, :partner, :order_number, :version, :verdict, :reason, :delegate, :shown, :strike, :line);

-- name: decision_of_interchange
SELECT ordinal, partner, order_number, version, verdict, reason, delegate, shown, strike, line FROM decision
WHERE interchange_id = :interchange_id AND ordinal > :after ORDER BY ordinal LIMIT :count;

-- name: decision_discard
DELETE FROM decision WHERE interchange_id = :interchange_id;
