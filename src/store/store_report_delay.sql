-- name: report_delays_told
SELECT o.partner, o.number, w.version, w.at_ms, w.grade, w.grade_before, w.cause, w.promised, w.expected_p50_ms,
       w.expected_p90_ms
FROM delay_warning AS w CROSS JOIN orders AS o ON o.id = w.order_id
WHERE w.at_ms >= :from_ms AND w.at_ms < :to_ms AND w.at_ms <= :as_of_ms
ORDER BY w.at_ms, o.partner, o.number, w.number;

-- Not in time still, or not since.
-- name: report_delays_open
SELECT o.partner, o.number, w.version, w.at_ms, w.grade, w.grade_before, w.cause, w.promised, w.expected_p50_ms,
       w.expected_p90_ms
FROM (SELECT order_id FROM order_outlook WHERE grade <> 'none' AND outcome IS NULL
      UNION
      SELECT order_id FROM order_outlook WHERE closed_ms IS NOT NULL AND closed_ms > :as_of_ms
      UNION
      SELECT order_id FROM delay_warning WHERE at_ms > :as_of_ms) AS c
CROSS JOIN order_outlook AS l ON l.order_id = c.order_id
CROSS JOIN orders AS o ON o.id = c.order_id
CROSS JOIN delay_warning AS w ON w.order_id = c.order_id AND w.number = (
    SELECT max(x.number) FROM delay_warning AS x WHERE x.order_id = c.order_id AND x.at_ms <= :as_of_ms)
WHERE w.grade <> 'none' AND (l.closed_ms IS NULL OR l.closed_ms > :as_of_ms)
ORDER BY w.promised, o.partner, o.number;

-- name: report_arrivals
SELECT promised, warned_ms, outcome = 'late' FROM order_outlook
WHERE closed_ms IS NOT NULL AND closed_ms >= :from_ms AND closed_ms < :to_ms AND outcome IN ('in-time', 'late');
