-- What plants have begun and not finished, in units of the order line, without what they were asked to stop of it.
-- name: stop_productions
SELECT x.id, x.plant, x.ordinal,
       (x.quantity_micros - x.done_micros) / n.unit_micros * 1000000
           + (x.quantity_micros - x.done_micros) % n.unit_micros * 1000000 / n.unit_micros
           - coalesce((SELECT sum(l.quantity_micros - l.gone_micros)
                       FROM stop_notice AS s CROSS JOIN stop_notice_line AS l ON l.notice_id = s.id
                       WHERE s.order_id = x.order_id AND s.production_id = x.id AND s.state = 'asked'), 0)
FROM production AS x
JOIN plan_line AS n ON n.order_id = x.order_id AND n.ordinal = x.ordinal AND n.part = x.part
WHERE x.order_id = :order_id AND x.version <= :version AND x.part = 0 AND x.state IN ('started', 'late')
ORDER BY x.id DESC;

-- What each release tells its warehouse to send of each line, less what was stopped of it; what it was asked to stop; and
-- what has left the warehouse of the line, of whichever release (all, where nothing more of the line is to come).  The first
-- releases leave first.
-- name: stop_releases
SELECT r.id, r.warehouse, l.ordinal, iif(r.is_whole, l.quantity_micros, t.quantity_micros)
           - coalesce((SELECT sum(k.stopped_micros) FROM stop_notice AS s CROSS JOIN stop_notice_line AS k ON k.notice_id = s.id
                       WHERE s.order_id = r.order_id AND s.release_id = r.id AND k.ordinal = l.ordinal), 0),
       coalesce((SELECT sum(k.quantity_micros - k.gone_micros)
                 FROM stop_notice AS s CROSS JOIN stop_notice_line AS k ON k.notice_id = s.id
                 WHERE s.order_id = r.order_id AND s.release_id = r.id AND s.state = 'asked' AND k.ordinal = l.ordinal), 0),
       coalesce((SELECT iif(max(sl.is_closed), 9000000000000000000,
                            sum(iif(sh.warehouse = r.warehouse, sl.quantity_micros, 0)))
                 FROM shipment AS sh JOIN shipment_line AS sl ON sl.shipment_id = sh.id
                 WHERE sh.order_id = r.order_id AND sl.order_line = l.number), 0)
FROM warehouse_release AS r
JOIN (SELECT ordinal, number, quantity_micros FROM order_line WHERE order_id = :order_id AND version = :version
      UNION ALL
      SELECT 100000 + ordinal, number, quantity_micros FROM order_free_line
      WHERE order_id = :order_id AND version = :version) AS l
LEFT JOIN warehouse_release_line AS t ON t.release_id = r.id AND t.ordinal = l.ordinal
WHERE r.order_id = :order_id AND r.state <> 'refused'
  AND (t.ordinal IS NOT NULL
       OR (r.is_whole = 1 -- of lines that joined the order since it knows nothing
           AND (l.ordinal <= (SELECT v.lines FROM order_version AS v WHERE v.order_id = r.order_id AND v.version = r.version)
                OR l.ordinal BETWEEN 100001 AND 100000 + (SELECT count(*) FROM order_free_line AS f
                                                          WHERE f.order_id = r.order_id AND f.version = r.version))))
ORDER BY l.ordinal, r.warehouse, r.number;

-- name: stop_open_releases
SELECT id, warehouse FROM warehouse_release
WHERE order_id = :order_id AND state NOT IN ('refused', 'shipped', 'stopped') ORDER BY number DESC;

-- name: stop_shipment_place
SELECT 0, warehouse FROM shipment WHERE id = :shipment_id;

-- name: stop_asked_before
SELECT coalesce(sum(l.quantity_micros - l.gone_micros), 0)
FROM warehouse_release AS r CROSS JOIN stop_notice AS s ON s.order_id = r.order_id
JOIN stop_notice_line AS l ON l.notice_id = s.id
WHERE r.id = :release_id AND s.release_id = r.id AND s.state = 'asked' AND s.id < :before_id AND l.ordinal = :ordinal;

-- name: stop_insert
INSERT INTO stop_notice (partner, number, action, order_id, version, cancellation_id, release_id, production_id, shipment_id,
                         content, state, asked_ms, state_ms, reminders, next_ms, reason)
VALUES (:partner, (SELECT coalesce(max(number), 0) + 1 FROM stop_notice WHERE partner = :partner), :action, :order_id, :version,
        :cancellation_id, :release_id, :production_id, :shipment_id, :content, 'asked', :asked_ms, :asked_ms, 0, :next_ms, '');

-- name: stop_number
SELECT number FROM stop_notice WHERE id = :id;

-- name: stop_line_insert
INSERT INTO stop_notice_line (notice_id, ordinal, quantity_micros) VALUES (:notice_id, :ordinal, :quantity_micros);

-- name: stop_find
SELECT id, partner, number, action, order_id, version, cancellation_id, release_id, production_id, shipment_id, content, state,
       asked_ms, reminders, next_ms, cost_minor, reason
FROM stop_notice WHERE partner = :partner AND number = :number;

-- name: stop_next_of_release
SELECT s.id, s.partner, s.number, s.action, s.order_id, s.version, s.cancellation_id, s.release_id, s.production_id, s.shipment_id,
       s.content, s.state, s.asked_ms, s.reminders, s.next_ms, s.cost_minor, s.reason
FROM warehouse_release AS r CROSS JOIN stop_notice AS s ON s.order_id = r.order_id
WHERE r.id = :release_id AND s.release_id = r.id AND s.state = 'asked' AND s.action = 'stop' AND s.id > :after
ORDER BY s.id LIMIT 1;

-- name: stop_next_of_production
SELECT s.id, s.partner, s.number, s.action, s.order_id, s.version, s.cancellation_id, s.release_id, s.production_id, s.shipment_id,
       s.content, s.state, s.asked_ms, s.reminders, s.next_ms, s.cost_minor, s.reason
FROM production AS x CROSS JOIN stop_notice AS s ON s.order_id = x.order_id
WHERE x.id = :production_id AND s.production_id = x.id AND s.state = 'asked' AND s.id > :after
ORDER BY s.id LIMIT 1;

-- name: stop_next_of_order
SELECT id, partner, number, action, order_id, version, cancellation_id, release_id, production_id, shipment_id, content, state,
       asked_ms, reminders, next_ms, cost_minor, reason
FROM stop_notice
WHERE order_id = :order_id AND :warehouse IN ('', partner) AND release_id IS NOT NULL AND state = 'asked' AND action = 'stop'
  AND id > :after
ORDER BY id LIMIT 1;

-- name: stop_next_due
SELECT id, partner, number, action, order_id, version, cancellation_id, release_id, production_id, shipment_id, content, state,
       asked_ms, reminders, next_ms, cost_minor, reason
FROM stop_notice INDEXED BY stop_notice_due
WHERE next_ms IS NOT NULL AND next_ms <= :now_ms AND id > :after ORDER BY id LIMIT 1;

-- name: stop_lines
SELECT k.ordinal, k.quantity_micros, k.gone_micros, k.stopped_micros, coalesce(l.number, f.number, ''),
       coalesce(l.unit, f.unit, '')
FROM stop_notice AS s
JOIN stop_notice_line AS k ON k.notice_id = s.id
LEFT JOIN order_line AS l ON l.order_id = s.order_id AND l.version = s.version AND l.ordinal = k.ordinal
LEFT JOIN order_free_line AS f ON f.order_id = s.order_id AND f.version = s.version AND f.ordinal = k.ordinal - 100000
WHERE s.id = :notice_id ORDER BY k.ordinal;

-- name: stop_answered
UPDATE stop_notice SET state = :state, state_ms = :state_ms, next_ms = NULL, cost_minor = :cost_minor, reason = :reason
WHERE id = :id;

-- name: stop_line_answered
UPDATE stop_notice_line SET stopped_micros = :stopped_micros WHERE notice_id = :notice_id AND ordinal = :ordinal;

-- name: stop_gone
UPDATE stop_notice_line SET gone_micros = gone_micros + :gone_micros WHERE notice_id = :notice_id AND ordinal = :ordinal;

-- name: stop_reminded
UPDATE stop_notice SET reminders = :reminders, next_ms = :next_ms WHERE id = :id;

-- name: stop_order
SELECT partner, number FROM orders WHERE id = :order_id;

-- name: stop_release_order
SELECT order_id FROM warehouse_release WHERE id = :release_id;

-- name: stop_release_version
SELECT version FROM warehouse_release WHERE id = :release_id;

-- name: stop_release_end
UPDATE warehouse_release SET state = 'stopped', state_ms = :state_ms
WHERE id = :release_id AND state NOT IN ('refused', 'shipped', 'stopped');

-- name: stop_production_less
UPDATE production SET quantity_micros = quantity_micros - :less_micros WHERE id = :id;

-- name: stop_cancellation_find
SELECT id, interchange_id, request, reason, text, fault, at_ms, coalesce(policy_id, 0), deposit_minor, deposit_for_minor
FROM cancellation WHERE order_id = :order_id AND number = :number;

-- name: stop_cancellation_get
SELECT id, interchange_id, request, reason, text, fault, at_ms, coalesce(policy_id, 0), deposit_minor, deposit_for_minor
FROM cancellation WHERE id = :id;

-- name: stop_cost
SELECT coalesce((SELECT sum(cost_minor) FROM stop_notice WHERE cancellation_id = :id AND state IN ('stopped', 'partly')), 0)
       + coalesce((SELECT cost_minor FROM cancellation WHERE id = :id), 0);

-- name: stop_answer_number
SELECT min(number) FROM stop_answer WHERE interchange_id = :interchange_id AND number > :after;

-- name: stop_answers_of
SELECT id, number, status, order_line, quantity_micros, at_ms, cost_micros, currency, reason, line FROM stop_answer
WHERE interchange_id = :interchange_id AND number = :number ORDER BY id;
