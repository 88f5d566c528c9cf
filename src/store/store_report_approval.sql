-- name: report_approvals_decided
SELECT o.partner, o.number, a.version, a.step, p.person, p.chosen, p.chain, a.currency, a.amount_minor, p.asked_ms, a.due_ms,
       p.decided_ms, p.state, iif(p.state = 'withdrawn', coalesce(a.decided_by, ''), ''),
       coalesce(iif(p.state = 'withdrawn', a.reason, p.reason), '')
FROM approval_person AS p CROSS JOIN approval AS a ON a.id = p.approval_id CROSS JOIN orders AS o ON o.id = a.order_id
WHERE p.decided_ms IS NOT NULL AND p.decided_ms >= :from_ms AND p.decided_ms < :to_ms AND p.decided_ms <= :as_of_ms
ORDER BY p.decided_ms, o.partner, o.number, a.version, a.step, p.ordinal;

-- Asked still, or decided since.
-- name: report_approvals_open
SELECT o.partner, o.number, a.version, a.step, p.person, p.chosen, p.chain, a.currency, a.amount_minor, p.asked_ms, a.due_ms,
       NULL, 'asked', '', ''
FROM (SELECT * FROM approval_person WHERE state = 'asked' AND person > '' AND asked_ms <= :as_of_ms
      UNION ALL
      SELECT * FROM approval_person WHERE decided_ms IS NOT NULL AND decided_ms > :as_of_ms AND asked_ms <= :as_of_ms) AS p
CROSS JOIN approval AS a ON a.id = p.approval_id CROSS JOIN orders AS o ON o.id = a.order_id
ORDER BY p.asked_ms, o.partner, o.number, a.version, a.step, p.ordinal;

-- name: report_attempts
SELECT partner, order_number, version, person, verdict, code, at_ms FROM approval_refused
WHERE at_ms >= :from_ms AND at_ms < :to_ms AND at_ms <= :as_of_ms ORDER BY at_ms, id;
