-- What the report of approvals gathers, and tells.  A row is one person who was asked in a step of an approval: those who
-- decided in the period (also when time or somebody else decided for them), and those who are asked still at its moment.

-- name: approvals_forget_known
DELETE FROM temp.approval_known;

-- name: approvals_forget_asked
DELETE FROM temp.approval_asked;

-- name: approvals_know
INSERT OR IGNORE INTO temp.approval_known (person, name) VALUES (:person, :name);

-- name: approvals_gather_decided
INSERT INTO temp.approval_asked (partner, order_number, version, step, person, chosen, chain, currency, amount_minor, asked_ms, due_ms,
                                 decided_ms, until_ms, state, by, reason)
SELECT o.partner, o.number, a.version, a.step, p.person, p.chosen, p.chain, a.currency, a.amount_minor, p.asked_ms, a.due_ms,
       p.decided_ms, p.decided_ms, p.state, iif(p.state = 'withdrawn', coalesce(a.decided_by, ''), ''),
       coalesce(iif(p.state = 'withdrawn', a.reason, p.reason), '')
FROM main.approval_person AS p CROSS JOIN main.approval AS a ON a.id = p.approval_id CROSS JOIN main.orders AS o ON o.id = a.order_id
WHERE p.decided_ms IS NOT NULL AND p.decided_ms >= :from_ms AND p.decided_ms < :until_ms AND p.decided_ms <= :as_of_ms
ORDER BY p.decided_ms, o.partner, o.number, a.version, a.step, p.ordinal;

-- Asked still, or decided since; of a period that is compared, at its end.
-- name: approvals_gather_open
INSERT INTO temp.approval_asked (partner, order_number, version, step, person, chosen, chain, currency, amount_minor, asked_ms, due_ms,
                                 decided_ms, until_ms, state, by, reason)
SELECT o.partner, o.number, a.version, a.step, p.person, p.chosen, p.chain, a.currency, a.amount_minor, p.asked_ms, a.due_ms,
       NULL, iif(:is_compared = 1, :cut_ms, :as_of_ms), 'asked', '', ''
FROM (SELECT * FROM main.approval_person
      WHERE state = 'asked' AND person > '' AND asked_ms <= iif(:is_compared = 1, :cut_ms, :as_of_ms)
      UNION ALL
      SELECT * FROM main.approval_person
      WHERE decided_ms IS NOT NULL AND decided_ms > iif(:is_compared = 1, :cut_ms, :as_of_ms)
        AND asked_ms <= iif(:is_compared = 1, :cut_ms, :as_of_ms)) AS p
CROSS JOIN main.approval AS a ON a.id = p.approval_id CROSS JOIN main.orders AS o ON o.id = a.order_id
ORDER BY p.asked_ms, o.partner, o.number, a.version, a.step, p.ordinal;

-- Who handed it on, or had to say nothing any more, was not late; but time that decides instead of persons was not kept by them.
-- name: approvals_judge
UPDATE temp.approval_asked
SET is_answer = state IN ('approved', 'rejected', 'returned'),
    is_overdue = due_ms IS NOT NULL AND state <> 'delegated' AND (state <> 'withdrawn' OR by = 'purser')
                 AND (until_ms > due_ms OR (until_ms = due_ms AND state = 'withdrawn')),
    tenths = (until_ms - asked_ms) / 360000;

-- Half of the answers took no longer: the middle one, of an even number the earlier of the two.
-- name: approvals_totals
SELECT '' AS currency, coalesce(sum(a.is_answer), 0),
       (SELECT max(iif(place <= (n + 1) / 2, tenths, NULL)) * 100000
        FROM (SELECT tenths, row_number() OVER (ORDER BY tenths) AS place, count(*) OVER () AS n
              FROM temp.approval_asked WHERE is_answer = 1)),
       max(iif(a.is_answer = 1, a.tenths, NULL)) * 100000, coalesce(sum(a.state = 'asked'), 0), coalesce(sum(a.is_overdue), 0),
       coalesce(sum(a.state = 'delegated'), 0), coalesce(sum(a.chosen IN ('stands-in', 'superior')), 0),
       coalesce(sum(a.chosen = 'escalated'), 0)
FROM temp.approval_asked a;

-- name: approvals_currencies
SELECT DISTINCT currency FROM temp.approval_asked ORDER BY currency;

-- name: approvals_total
SELECT (SELECT max(iif(place <= (n + 1) / 2, tenths, NULL)) * 100000
        FROM (SELECT tenths, row_number() OVER (ORDER BY tenths) AS place, count(*) OVER () AS n
              FROM temp.approval_asked WHERE is_answer = 1)) AS hours,
       max(iif(is_answer = 1, tenths, NULL)) * 100000 AS longest_hours, coalesce(sum(is_answer), 0) AS decided_count,
       coalesce(sum(state = 'asked'), 0) AS open_count, coalesce(sum(is_overdue), 0) AS overdue_count,
       coalesce(sum(state = 'delegated'), 0) AS delegated_count, coalesce(sum(state = 'withdrawn'), 0) AS passed_count,
       coalesce(sum(chosen IN ('stands-in', 'superior')), 0) AS stood_in_count,
       coalesce(sum(chosen = 'escalated'), 0) AS escalated_count
FROM temp.approval_asked;

-- name: approvals_person
WITH ranked AS (
    SELECT *, row_number() OVER (PARTITION BY person, step, is_answer ORDER BY tenths) AS place,
           count(*) OVER (PARTITION BY person, step, is_answer) AS n
    FROM temp.approval_asked)
SELECT ranked.person AS "key", coalesce(k.name, '') AS name, ranked.person AS person, ranked.step AS step, sum(ranked.is_answer) AS decided_count,
       max(iif(ranked.is_answer = 1 AND ranked.place <= (ranked.n + 1) / 2, ranked.tenths, NULL)) * 100000 AS hours,
       max(iif(ranked.is_answer = 1, ranked.tenths, NULL)) * 100000 AS longest_hours, sum(ranked.state = 'asked') AS open_count,
       sum(ranked.is_overdue) AS overdue_count, sum(ranked.state = 'delegated') AS delegated_count,
       sum(ranked.state = 'withdrawn') AS passed_count, sum(ranked.chosen IN ('stands-in', 'superior')) AS stood_in_count,
       sum(ranked.chosen = 'escalated') AS escalated_count
FROM ranked LEFT JOIN temp.approval_known k ON k.person = ranked.person
GROUP BY ranked.person, ranked.step ORDER BY ranked.person, ranked.step;

-- How long answers took.
-- name: approvals_speed
SELECT CASE WHEN tenths <= 40 THEN 'within-4-hours' WHEN tenths <= 240 THEN 'within-a-day' WHEN tenths <= 480 THEN 'within-2-days'
            WHEN tenths <= 1200 THEN 'within-5-days' ELSE 'longer' END AS "key", count(*) AS decided_count
FROM temp.approval_asked WHERE is_answer = 1 GROUP BY 1 ORDER BY min(tenths);

-- name: approvals_open
SELECT partner || '/' || order_number AS "key", step AS step, person AS person, chain AS chain, amount_minor AS amount, asked_ms AS asked,
       tenths * 100000 AS hours, due_ms AS due, iif(is_overdue = 1, 'yes', 'no') AS overdue, chosen AS chosen, partner AS partner,
       order_number AS order_number, version AS version, state AS verdict
FROM temp.approval_asked WHERE decided_ms IS NULL AND currency = :currency ORDER BY id;

-- name: approvals_decided
SELECT partner || '/' || order_number AS "key", step AS step, person AS person, chain AS chain, amount_minor AS amount,
       state AS verdict, by AS by, decided_ms AS decided, tenths * 100000 AS hours, iif(is_overdue = 1, 'yes', 'no') AS overdue,
       reason AS reason, asked_ms AS asked, due_ms AS due, chosen AS chosen, partner AS partner, order_number AS order_number,
       version AS version
FROM temp.approval_asked WHERE decided_ms IS NOT NULL AND currency = :currency ORDER BY id;

-- name: approvals_refused
SELECT partner || '/' || order_number AS "key", person AS person, verdict AS verdict, at_ms AS decided, code AS reason,
       partner AS partner, order_number AS order_number, version AS version
FROM main.approval_refused WHERE at_ms >= :from_ms AND at_ms < :until_ms AND at_ms <= :as_of_ms ORDER BY at_ms, id;
