-- What the report of delays tells of what it has gathered.

-- name: delays_forget_rows
DELETE FROM temp.delay_row;

-- name: delays_forget_quality
DELETE FROM temp.delay_quality;

-- name: delays_add_row
INSERT INTO temp.delay_row (section, partner, order_number, version, at_ms, grade, grade_before, cause, promised, expected, expected_latest)
VALUES (:section, :partner, :order_number, :version, :at_ms, :grade, :grade_before, :cause, :promised, :expected, :expected_latest);

-- name: delays_add_quality
INSERT INTO temp.delay_quality VALUES (:finished, :late, :warned, :warned_late, :late_warned, :precision, :recall, :lead);

-- name: delays_totals
SELECT '' AS currency, (SELECT count(*) FROM temp.delay_row WHERE section = 'open'),
       (SELECT count(*) FROM temp.delay_row WHERE section = 'told'), finished, late, warned, precision_tenths * 1000,
       recall_tenths * 1000, lead_tenths * 100000
FROM temp.delay_quality;

-- name: delays_quality
SELECT finished AS finished_count, late AS late_count, warned AS warned_count, warned_late AS warned_late_count,
       late_warned AS late_warned_count, precision_tenths * 100000 AS precision, recall_tenths * 100000 AS recall,
       lead_tenths * 100000 AS lead_hours
FROM temp.delay_quality;

-- name: delays_cause
SELECT cause AS cause, count(*) AS open_count, sum(grade = 'overdue') AS overdue_count, sum(grade = 'late') AS late_open_count,
       sum(grade = 'at-risk') AS risk_count
FROM temp.delay_row WHERE section = 'open' GROUP BY cause ORDER BY count(*) DESC, cause;

-- name: delays_open
SELECT partner || '/' || order_number AS "key", grade AS grade, cause AS cause, promised AS promised, expected AS expected,
       expected_latest AS expected_latest, at_ms AS told, grade_before AS grade_before, partner AS partner,
       order_number AS order_number, version AS version
FROM temp.delay_row WHERE section = 'open' ORDER BY id;

-- name: delays_told
SELECT partner || '/' || order_number AS "key", grade AS grade, cause AS cause, promised AS promised, expected AS expected,
       expected_latest AS expected_latest, at_ms AS told, grade_before AS grade_before, partner AS partner,
       order_number AS order_number, version AS version
FROM temp.delay_row WHERE section = 'told' ORDER BY id;
