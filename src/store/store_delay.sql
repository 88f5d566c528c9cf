-- name: stage_count_get
SELECT samples FROM stage_count WHERE stage = :stage AND lane = :lane;

-- name: stage_count_put
INSERT INTO stage_count (stage, lane, samples) VALUES (:stage, :lane, :samples)
ON CONFLICT (stage, lane) DO UPDATE SET samples = excluded.samples;

-- name: stage_sample_put
INSERT INTO stage_sample (stage, lane, slot, duration_ms, ended_ms) VALUES (:stage, :lane, :slot, :duration_ms, :ended_ms)
ON CONFLICT (stage, lane, slot) DO UPDATE SET duration_ms = excluded.duration_ms, ended_ms = excluded.ended_ms;

-- name: stage_samples
SELECT duration_ms FROM stage_sample WHERE stage = :stage AND lane = :lane ORDER BY duration_ms;

-- name: delay_forget_due
DELETE FROM delay_due;

-- name: delay_forget_seen
DELETE FROM delay_seen;

-- name: delay_seen_get
SELECT event_id FROM delay_seen WHERE one = 1;

-- name: delay_seen_put
INSERT INTO delay_seen (one, event_id) VALUES (1, :event_id) ON CONFLICT (one) DO UPDATE SET event_id = excluded.event_id;

-- name: delay_event_last
SELECT max(id) FROM order_event;

-- What is under way when warnings are switched on.
-- name: delay_begin
INSERT INTO delay_due (order_id)
SELECT id FROM orders
WHERE approval <> 'refused' AND approval <> 'cancelled' AND approval <> 'received' AND fulfilment <> 'shipped'
      AND fulfilment <> 'partly-delivered' AND fulfilment <> 'delivered'
UNION
SELECT order_id FROM parcel WHERE is_final = 0
UNION
SELECT order_id FROM order_outlook WHERE next_ms IS NOT NULL
ON CONFLICT DO NOTHING;

-- name: delay_events
SELECT id, order_id, event FROM order_event WHERE id > :after ORDER BY id LIMIT :count;

-- name: delay_due_add
INSERT INTO delay_due (order_id) VALUES (:order_id) ON CONFLICT DO NOTHING;

-- name: delay_due_list
SELECT d.order_id, max(d.has_news)
FROM (SELECT order_id, 1 AS has_news FROM delay_due
      UNION ALL
      SELECT order_id, 0 FROM order_outlook WHERE next_ms <= :as_of_ms) AS d
JOIN orders AS o ON o.id = d.order_id
GROUP BY d.order_id
ORDER BY o.received_ms, o.partner, o.number;

-- name: delay_due_done
DELETE FROM delay_due WHERE order_id = :order_id;

-- name: delay_order
SELECT o.partner, o.number, o.version, o.approval, o.fulfilment, o.payment,
       coalesce(t.promised, v.requested_to, v.requested_from), coalesce(s.country, p.country),
       coalesce(r.customer_group, ''), coalesce(r.payment_terms, 'account') <> 'account'
FROM orders AS o
JOIN order_version AS v ON v.order_id = o.id AND v.version = o.version
JOIN order_party AS p ON p.order_id = o.id AND p.version = o.version AND p.role = 'sold-to'
LEFT JOIN order_party AS s ON s.order_id = o.id AND s.version = o.version AND s.role = 'ship-to'
LEFT JOIN order_plan AS t ON t.order_id = o.id
LEFT JOIN order_price AS r ON r.order_id = o.id AND r.version = o.version
WHERE o.id = :order_id;

-- name: delay_steps
SELECT event, happened_ms FROM order_event WHERE order_id = :order_id AND id <= :upto ORDER BY id;

-- Where a date alone was said as the end of a window, it is that of its day.
-- name: delay_parcels
SELECT s.number, s.warehouse, s.shipped_ms, p.shipment_id IS NOT NULL, coalesce(p.carrier, s.carrier), p.state, p.cause,
       coalesce(p.eta_to_ms, p.eta_from_ms), p.delivered_ms
FROM shipment AS s LEFT JOIN parcel AS p ON p.shipment_id = s.id
WHERE s.order_id = :order_id
ORDER BY s.warehouse, s.number;

-- name: delay_products
SELECT DISTINCT sku FROM order_line WHERE order_id = :order_id AND version = :version ORDER BY sku LIMIT :count;

-- name: delay_warehouses
SELECT DISTINCT warehouse FROM warehouse_release
WHERE order_id = :order_id AND state NOT IN ('refused', 'shipped', 'stopped')
ORDER BY warehouse LIMIT :count;

-- name: delay_plan_lines
SELECT count(*), sum(ship_day IS NULL), max(ship_day) FROM plan_line
WHERE order_id = :order_id AND needed_micros > cancelled_micros + released_micros;

-- name: delay_plan_goods
SELECT max(day) FROM allocation WHERE order_id = :order_id AND is_firm = 0;

-- What is not made any more counts as long as nothing else was found for it.
-- name: delay_plan_production
SELECT state, coalesce(expected_day, finish_day), cause FROM production AS p
WHERE order_id = :order_id AND version = :version AND state <> 'done'
  AND (state NOT IN ('refused', 'stopped') OR EXISTS (
      SELECT 1 FROM plan_line AS l
      WHERE l.order_id = p.order_id AND l.ordinal = p.ordinal AND l.part = p.part AND l.ship_day IS NULL
        AND l.needed_micros > l.cancelled_micros + l.released_micros));

-- name: delay_plan_leaves
SELECT max(ship_day) FROM warehouse_release WHERE order_id = :order_id AND state NOT IN ('shipped', 'stopped');

-- name: order_outlook_get
SELECT order_id, version, promised, first_promised, grade, cause, expected_p50_ms, expected_p90_ms, since_ms, next_ms,
       warnings, warned_ms, trace, outcome, finished_ms, closed_ms
FROM order_outlook WHERE order_id = :order_id;

-- name: order_outlook_put
INSERT INTO order_outlook (order_id, version, promised, first_promised, grade, cause, expected_p50_ms, expected_p90_ms,
                           since_ms, next_ms, warnings, warned_ms, trace, outcome, finished_ms, closed_ms)
VALUES (:order_id, :version, :promised, :first_promised, :grade, :cause, :expected_p50_ms, :expected_p90_ms,
        :since_ms, :next_ms, :warnings, :warned_ms, :trace, :outcome, :finished_ms, :closed_ms)
ON CONFLICT (order_id) DO UPDATE SET
    version = excluded.version, promised = excluded.promised, grade = excluded.grade, cause = excluded.cause,
    expected_p50_ms = excluded.expected_p50_ms, expected_p90_ms = excluded.expected_p90_ms, since_ms = excluded.since_ms,
    next_ms = excluded.next_ms, warnings = excluded.warnings, warned_ms = excluded.warned_ms, trace = excluded.trace,
    outcome = excluded.outcome, finished_ms = excluded.finished_ms, closed_ms = excluded.closed_ms;

-- name: delay_warning_add
INSERT INTO delay_warning (order_id, number, version, at_ms, grade, grade_before, cause, promised, promised_before,
                           expected_p50_ms, expected_p90_ms, trace)
VALUES (:order_id, :number, :version, :at_ms, :grade, :grade_before, :cause, :promised, :promised_before,
        :expected_p50_ms, :expected_p90_ms, :trace);

-- Its page tells of it.
-- name: delay_page_due
INSERT INTO tracking_due (order_id) VALUES (:order_id) ON CONFLICT DO NOTHING;

-- name: document_delays
SELECT m.number, o.partner, o.number, w.version, w.at_ms, w.grade, w.grade_before, w.cause, w.promised, w.promised_before,
       w.expected_p50_ms, w.expected_p90_ms
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN delay_warning AS w ON w.order_id = m.order_id AND w.number = m.reminder
JOIN orders AS o ON o.id = m.order_id
WHERE file.id = :file_id ORDER BY m.number;
