-- How fast and how well orders went their way in a period, gone through once and told of in many ways.  What became known from
-- :since_ms to :moment_ms counts.  The names of columns are those of schemas/report-efficiency.csv.json: times are hours, rounded to
-- hundredths, in millionths; shares are percents, rounded to tenths, likewise.

-- name: efficiency_forget_asked
DELETE FROM temp.efficiency_asked;
-- name: efficiency_forget_asking
DELETE FROM temp.efficiency_asking;
-- name: efficiency_forget_stages
DELETE FROM temp.efficiency_stage;
-- name: efficiency_forget_oldest
DELETE FROM temp.efficiency_oldest;
-- name: efficiency_forget_carriers
DELETE FROM temp.efficiency_carrier;
-- name: efficiency_forget_rework
DELETE FROM temp.efficiency_rework;
-- name: efficiency_forget_rungs
DELETE FROM temp.efficiency_rung;
-- name: efficiency_forget_fill
DELETE FROM temp.efficiency_fill;
-- name: efficiency_forget_whole
DELETE FROM temp.efficiency_whole;
-- name: efficiency_forget_figures
DELETE FROM temp.efficiency_figure;

-- ---- which orders ----

-- Of which something became known in the period, with all of their events together or nearly so.
-- name: efficiency_moved
INSERT OR IGNORE INTO temp.efficiency_asked
SELECT order_id FROM main.order_event INDEXED BY order_event_known WHERE known_ms BETWEEN :since_ms AND :moment_ms;
-- name: efficiency_looked_at
INSERT OR IGNORE INTO temp.efficiency_asked
SELECT order_id FROM main.order_outlook WHERE closed_ms IS NOT NULL AND closed_ms BETWEEN :since_ms AND :moment_ms;
-- name: efficiency_tracked
INSERT OR IGNORE INTO temp.efficiency_asked
SELECT p.order_id
FROM main.interchange i INDEXED BY interchange_received
CROSS JOIN main.transport_event t ON t.interchange_id = i.id
CROSS JOIN main.parcel p ON p.carrier = t.carrier AND p.tracking = t.tracking
WHERE i.received_ms BETWEEN :since_ms AND :moment_ms AND i.document = 'transport-event';

-- Those that are open, or were until something became known later.
-- name: efficiency_not_over
INSERT OR IGNORE INTO temp.efficiency_asked
SELECT id FROM main.orders
WHERE approval <> 'refused' AND approval <> 'cancelled' AND approval <> 'received' AND fulfilment <> 'shipped'
      AND fulfilment <> 'partly-delivered' AND fulfilment <> 'delivered'
UNION ALL
SELECT order_id FROM main.parcel WHERE is_final = 0
UNION ALL
SELECT l.order_id
FROM (SELECT DISTINCT order_id FROM main.order_event INDEXED BY order_event_known WHERE known_ms > :moment_ms) l
WHERE EXISTS (SELECT 1 FROM main.order_event e WHERE e.order_id = l.order_id AND e.known_ms <= :moment_ms);

-- Which may have been completed in the period: of an earlier one nothing else is told.
-- name: efficiency_completed
INSERT OR IGNORE INTO temp.efficiency_asked
SELECT order_id FROM main.order_event INDEXED BY order_event_known
WHERE known_ms BETWEEN :since_ms AND :moment_ms AND event IN ('shipped', 'closed', 'delivered');

-- Orders by their date.
-- name: efficiency_ordered
INSERT OR IGNORE INTO temp.efficiency_asked
SELECT o.id
FROM main.order_version v INDEXED BY order_version_by_date
CROSS JOIN main.orders o ON o.id = v.order_id AND o.version = v.version
WHERE v.order_date BETWEEN :first_day AND :last_day;

-- name: efficiency_asked_for
SELECT order_id FROM temp.efficiency_asked ORDER BY order_id;

-- ---- streams: rows by order, in their sequence ----

-- name: efficiency_heads
SELECT a.order_id, v.version, v.order_date, coalesce(v.requested_to, v.requested_from),
       EXISTS (SELECT 1 FROM main.parcel p WHERE p.order_id = a.order_id), u.promised, u.first_promised, u.closed_ms, u.warned_ms, u.outcome
FROM temp.efficiency_asked a
CROSS JOIN main.order_version v ON v.order_id = a.order_id
LEFT JOIN main.order_outlook u ON u.order_id = a.order_id
ORDER BY a.order_id, v.version;

-- What promises tell is the day; what is told of another price is whether lines were struck.
-- name: efficiency_events
SELECT a.order_id, e.event, e.version, e.happened_ms, e.known_ms, e.interchange_id,
       CASE e.event WHEN 'promised' THEN json_extract(e.detail, '$.day')
                    WHEN 'repriced' THEN iif(instr(e.detail, '"struck":') > 0, 'struck', '') END
FROM temp.efficiency_asked a
CROSS JOIN main.order_event e ON e.order_id = a.order_id
WHERE e.known_ms <= :moment_ms
ORDER BY a.order_id, e.id;

-- What carriers told of them is told of the period itself alone, not of those that it is compared with.
-- name: efficiency_shipments
SELECT a.order_id, s.id, coalesce(p.carrier, s.carrier), s.shipped_ms, s.interchange_id, p.shipment_id IS NOT NULL, p.delivered_ms,
       CASE WHEN p.delivered_ms IS NOT NULL THEN
           (SELECT min(t.known_ms) FROM main.transport_event t
            WHERE t.carrier = p.carrier AND t.tracking = p.tracking AND t.state = 'delivered') END,
       coalesce(p.first_eta_to_ms, p.first_eta_from_ms),
       NOT :is_compared AND EXISTS (
           SELECT 1 FROM main.transport_event t
           WHERE t.carrier = p.carrier AND t.tracking = p.tracking AND t.state <> '' AND t.known_ms BETWEEN :since_ms AND :moment_ms),
       NOT :is_compared AND EXISTS (
           SELECT 1 FROM main.transport_event t
           WHERE t.carrier = p.carrier AND t.tracking = p.tracking AND t.state = 'exception'
             AND t.known_ms BETWEEN :since_ms AND :moment_ms)
FROM temp.efficiency_asked a
CROSS JOIN main.shipment s ON s.order_id = a.order_id
LEFT JOIN main.parcel p ON p.shipment_id = s.id
ORDER BY a.order_id, s.id;

-- Of all versions.
-- name: efficiency_lines
SELECT a.order_id, k.version, k.ordinal, k.number, k.quantity_micros,
       CASE WHEN k.unit <> '' THEN k.unit
            ELSE (SELECT r.unit FROM main.master_in_force f JOIN main.product r ON r.version_id = f.version_id AND r.sku = k.sku
                  WHERE f.master = 'products') END,
       coalesce(k.requested_to, k.requested_from)
FROM temp.efficiency_asked a
CROSS JOIN main.order_line k ON k.order_id = a.order_id
ORDER BY a.order_id, k.version, k.ordinal;

-- name: efficiency_left
SELECT a.order_id, s.id, z.order_line, z.quantity_micros
FROM temp.efficiency_asked a
CROSS JOIN main.shipment s ON s.order_id = a.order_id
CROSS JOIN main.shipment_line z ON z.shipment_id = s.id
ORDER BY a.order_id, s.id, z.ordinal;

-- name: efficiency_cancelled
SELECT a.order_id, x.ordinal, x.quantity_micros
FROM temp.efficiency_asked a
CROSS JOIN main.cancellation n ON n.order_id = a.order_id
CROSS JOIN main.cancellation_line x ON x.cancellation_id = n.id
WHERE n.fault = 'customer' AND n.at_ms <= :moment_ms
ORDER BY a.order_id, n.number;

-- name: efficiency_released
SELECT a.order_id, w.released_ms, w.is_whole, y.ordinal, y.quantity_micros
FROM temp.efficiency_asked a
CROSS JOIN main.warehouse_release w ON w.order_id = a.order_id
LEFT JOIN main.warehouse_release_line y ON y.release_id = w.id AND w.is_whole = 0
ORDER BY a.order_id, w.number;

-- ---- approvals ----

-- Steps that were asked in the period or are not decided at its end, and the persons asked in them.  When a step was withdrawn,
-- its persons say.
-- name: efficiency_gather_asking
INSERT INTO temp.efficiency_asking
SELECT a.id, a.step, a.approvers, '', a.over_ms IS NULL OR a.over_ms > :moment_ms,
       max(iif(a.over_ms IS NULL OR a.over_ms > :moment_ms, :moment_ms, a.over_ms) - a.asked_ms, 0)
FROM (SELECT a.id, a.step, a.approvers, a.asked_ms, a.state,
             CASE WHEN a.state = 'withdrawn' THEN (SELECT max(p.decided_ms) FROM main.approval_person p WHERE p.approval_id = a.id)
                  ELSE a.decided_ms END AS over_ms
      FROM temp.efficiency_asked o
      CROSS JOIN main.approval a ON a.order_id = o.order_id
      WHERE a.asked_ms IS NOT NULL AND a.asked_ms <= :moment_ms) a
WHERE (a.over_ms IS NULL OR a.over_ms >= :since_ms) AND (a.state NOT IN ('withdrawn', 'kept') OR a.over_ms > :moment_ms)
UNION ALL
SELECT a.id, a.step, a.approvers, p.person, p.decided_ms IS NULL OR p.decided_ms > :moment_ms,
       max(iif(p.decided_ms IS NULL OR p.decided_ms > :moment_ms, :moment_ms, p.decided_ms) - p.asked_ms, 0)
FROM temp.efficiency_asked o
CROSS JOIN main.approval a ON a.order_id = o.order_id
CROSS JOIN main.approval_person p ON p.approval_id = a.id
WHERE p.asked_ms <= :moment_ms AND (p.decided_ms IS NULL OR p.decided_ms >= :since_ms)
  AND (p.state <> 'withdrawn' OR p.decided_ms > :moment_ms);

-- name: efficiency_asked_over
SELECT person = '', iif(person = '', step || ' ' || approvers, person), clock_ms FROM temp.efficiency_asking WHERE is_open = 0;

-- name: efficiency_decided
SELECT a.state, count(*), count(DISTINCT a.order_id)
FROM temp.efficiency_asked o CROSS JOIN main.approval a ON a.order_id = o.order_id
WHERE a.decided_ms BETWEEN :since_ms AND :moment_ms AND a.state IN ('returned', 'rejected')
  AND EXISTS (SELECT 1 FROM main.order_event e WHERE e.order_id = a.order_id AND e.known_ms BETWEEN :since_ms AND :moment_ms)
GROUP BY a.state;

-- ---- what it comes to ----

-- name: efficiency_figure_add
INSERT INTO temp.efficiency_figure (topic, name, n, total, p50, p80, p90, p95, p99, most)
VALUES (:topic, :name, :n, :total, :p50, :p80, :p90, :p95, :p99, :most);
-- name: efficiency_stage_add
INSERT INTO temp.efficiency_stage (place, name, begun, ended, again, open, beyond)
VALUES (:place, :name, :begun, :ended, :again, :open, :beyond);
-- name: efficiency_oldest_add
INSERT INTO temp.efficiency_oldest (stage, order_id) VALUES (:stage, :order_id);
-- name: efficiency_carrier_add
INSERT INTO temp.efficiency_carrier (carrier, shipments, due, late, parcels, delivered, days_said, in_time, news, troubled)
VALUES (:carrier, :shipments, :due, :late, :parcels, :delivered, :days_said, :in_time, :news, :troubled);
-- name: efficiency_rework_add
INSERT INTO temp.efficiency_rework (place, name, times, orders) VALUES (:place, :name, :times, :orders);
-- name: efficiency_rung_add
INSERT INTO temp.efficiency_rung (place, basis, tolerance, orders, in_time, in_full, otif, lines, line_otif)
VALUES (:place, :basis, :tolerance, :orders, :in_time, :in_full, :otif, :lines, :line_otif);
-- name: efficiency_fill_add
INSERT INTO temp.efficiency_fill (place, name, unit, wanted, filled) VALUES (:place, :name, :unit, :wanted, :filled);
-- name: efficiency_whole_add
INSERT INTO temp.efficiency_whole (completed, open, finished, late, warned, correct, seen, ahead_ms)
VALUES (:completed, :open, :finished, :late, :warned, :correct, :seen, :ahead_ms);

-- ---- told ----

-- name: efficiency_totals
SELECT '' AS currency, w.completed AS orders,
       (SELECT (otif * 2000 + orders) / (2 * orders) * 1000 FROM temp.efficiency_rung WHERE basis = 'last-promise' AND tolerance = 0) AS otif,
       (SELECT (p50 + 18000) / 36000 * 10000 FROM temp.efficiency_figure WHERE topic = 'lead') AS p50,
       (SELECT (p90 + 18000) / 36000 * 10000 FROM temp.efficiency_figure WHERE topic = 'lead') AS p90,
       iif(:is_compared = 1, NULL, w.open) AS open
FROM temp.efficiency_whole w;

-- name: efficiency_total
SELECT w.completed AS orders,
       (SELECT (otif * 2000 + orders) / (2 * orders) * 100000 FROM temp.efficiency_rung WHERE basis = 'last-promise' AND tolerance = 0) AS otif_share,
       (SELECT (p50 + 18000) / 36000 * 10000 FROM temp.efficiency_figure WHERE topic = 'lead') AS p50,
       (SELECT (p90 + 18000) / 36000 * 10000 FROM temp.efficiency_figure WHERE topic = 'lead') AS p90,
       w.open AS open
FROM temp.efficiency_whole w;

-- Stages by their share of what nine orders of ten take at most, all stages together.
-- name: efficiency_bottleneck
SELECT s.name AS "key", iif(w.p90 > 0, (f.p90 * 2000 + w.p90) / (2 * w.p90) * 100000, NULL) AS share,
       (f.p90 + 18000) / 36000 * 10000 AS p90, coalesce(f.n, 0) AS finished,
       s.begun AS begun, s.ended AS ended, s.begun - s.ended AS growth, s.again AS again, s.open AS open
FROM temp.efficiency_stage s
CROSS JOIN (SELECT sum(p90) AS p90 FROM temp.efficiency_figure WHERE topic = 'stage') w
LEFT JOIN temp.efficiency_figure f ON f.topic = 'stage' AND f.name = s.name
WHERE f.n > 0 OR s.begun > 0 OR s.ended > 0 OR s.open > 0
ORDER BY coalesce(f.p90, 0) DESC, s.begun - s.ended DESC, s.place;

-- name: efficiency_stage
SELECT name AS "key", 'hours' AS measure, n AS finished, (total + n * 18000) / (n * 36000) * 10000 AS mean,
       (p50 + 18000) / 36000 * 10000 AS p50, (p80 + 18000) / 36000 * 10000 AS p80, (p90 + 18000) / 36000 * 10000 AS p90,
       (p95 + 18000) / 36000 * 10000 AS p95, (p99 + 18000) / 36000 * 10000 AS p99, (most + 18000) / 36000 * 10000 AS longest
FROM (SELECT iif(topic = 'lead', 'order-to-delivery', name) AS name, n, total, p50, p80, p90, p95, p99, most
      FROM temp.efficiency_figure WHERE topic IN ('stage', 'lead'))
ORDER BY instr('approval payment release warehouse transit order-to-delivery', name);

-- name: efficiency_stage_working
SELECT name AS "key", 'working-hours' AS measure, n AS finished, (total + n * 18000) / (n * 36000) * 10000 AS mean,
       (p50 + 18000) / 36000 * 10000 AS p50, (p80 + 18000) / 36000 * 10000 AS p80, (p90 + 18000) / 36000 * 10000 AS p90,
       (p95 + 18000) / 36000 * 10000 AS p95, (p99 + 18000) / 36000 * 10000 AS p99, (most + 18000) / 36000 * 10000 AS longest
FROM (SELECT iif(topic = 'lead-working', 'order-to-delivery', name) AS name, n, total, p50, p80, p90, p95, p99, most
      FROM temp.efficiency_figure WHERE topic IN ('stage-working', 'lead-working'))
ORDER BY instr('approval payment release warehouse transit order-to-delivery', name);

-- name: efficiency_open
SELECT f.name AS "key", 'hours' AS measure, f.n AS open, s.beyond AS beyond,
       (f.p50 + 18000) / 36000 * 10000 AS p50, (f.p90 + 18000) / 36000 * 10000 AS p90,
       (f.most + 18000) / 36000 * 10000 AS longest, (w.p90 + 18000) / 36000 * 10000 AS working_p90,
       (SELECT o.partner || '/' || o.number FROM temp.efficiency_oldest x JOIN main.orders o ON o.id = x.order_id
        WHERE x.stage = f.name ORDER BY o.partner, o.number LIMIT 1) AS "order"
FROM temp.efficiency_stage s
JOIN temp.efficiency_figure f ON f.topic = 'open' AND f.name = s.name
JOIN temp.efficiency_figure w ON w.topic = 'open-working' AND w.name = f.name
ORDER BY s.place;

-- name: efficiency_shipment
SELECT 'order-to-shipment' AS "key", 'days' AS measure, n AS finished, total * 1000000 AS total, (total * 2000 + n) / (2 * n) * 1000 AS mean,
       p50 * 1000000 AS p50, p80 * 1000000 AS p80, p90 * 1000000 AS p90, p95 * 1000000 AS p95, p99 * 1000000 AS p99,
       most * 1000000 AS longest
FROM temp.efficiency_figure WHERE topic = 'days';

-- name: efficiency_trend
SELECT b.name AS "key", coalesce(l.n, 0) AS orders, (l.p50 + 18000) / 36000 * 10000 AS p50, (l.p90 + 18000) / 36000 * 10000 AS p90,
       coalesce(d.n, 0) AS shipped, d.p50 AS days_p50, d.p90 AS days_p90
FROM (SELECT DISTINCT name FROM temp.efficiency_figure WHERE topic IN ('lead-trend', 'days-trend')) b
LEFT JOIN temp.efficiency_figure l ON l.topic = 'lead-trend' AND l.name = b.name
LEFT JOIN temp.efficiency_figure d ON d.topic = 'days-trend' AND d.name = b.name
ORDER BY b.name;

-- Orders and lines by more and more strict readings of "in time"; a line of an order that was promised is promised with it.
-- name: efficiency_otif
SELECT basis AS "key", tolerance AS tolerance, (otif * 2000 + orders) / (2 * orders) * 100000 AS otif_share,
       (line_otif * 2000 + lines) / (2 * lines) * 100000 AS line_share, orders AS orders, in_time AS in_time,
       in_full AS in_full, otif AS otif, lines AS lines
FROM temp.efficiency_rung ORDER BY place;

-- name: efficiency_fill
SELECT name AS "key", unit AS unit, wanted AS wanted, filled AS filled,
       iif(wanted = 0, NULL, (filled * 2000 + wanted) / (2 * wanted) * 100000) AS fill_share
FROM temp.efficiency_fill ORDER BY place, unit;

-- name: efficiency_rework
SELECT r.name AS "key", r.times AS times, r.orders AS orders, (r.orders * 2000 + w.orders) / (2 * w.orders) * 100000 AS share
FROM temp.efficiency_rework r
CROSS JOIN (SELECT sum(orders) AS orders FROM temp.efficiency_rework WHERE place <= 3) w
ORDER BY r.place;

-- name: efficiency_warning
SELECT 'warnings' AS "key", issued AS issued, warned AS warned, correct AS correct, warned - correct AS needless, late - seen AS missed,
       iif(warned > 0, (correct * 2000 + warned) / (2 * warned) * 100000, NULL) AS precision,
       iif(late > 0, (seen * 2000 + late) / (2 * late) * 100000, NULL) AS recall,
       iif(correct > 0, (ahead_ms + correct * 18000) / (correct * 36000) * 10000, NULL) AS mean, finished AS finished, late AS late
FROM (SELECT w.*, (SELECT count(*) FROM temp.efficiency_asked o CROSS JOIN main.delay_warning x ON x.order_id = o.order_id
                   WHERE x.at_ms BETWEEN :since_ms AND :moment_ms AND x.grade <> 'none') AS issued
      FROM temp.efficiency_whole w)
WHERE finished > 0 OR issued > 0;

-- name: efficiency_carrier
SELECT c.carrier AS "key", c.shipments AS shipments, iif(c.due > 0, c.late, NULL) AS late, iif(c.due > 0, (c.late * 2000 + c.due) / (2 * c.due) * 100000, NULL) AS late_share,
       iif(c.parcels > 0, c.delivered, NULL) AS delivered, c.days_said AS days_said,
       iif(c.days_said > 0, (c.in_time * 2000 + c.days_said) / (2 * c.days_said) * 100000, NULL) AS in_time_share,
       (f.p50 + 18000) / 36000 * 10000 AS p50, (f.p90 + 18000) / 36000 * 10000 AS p90, iif(c.parcels > 0, c.troubled, NULL) AS exceptions,
       iif(c.news > 0, (c.troubled * 2000 + c.news) / (2 * c.news) * 1000000, NULL) AS exceptions_per_1000
FROM temp.efficiency_carrier c
LEFT JOIN temp.efficiency_figure f ON f.topic = 'transit' AND f.name = c.carrier
WHERE c.shipments > 0 OR c.news > 0 OR c.delivered > 0
ORDER BY c.shipments DESC, c.carrier;

-- name: efficiency_step
SELECT a.step AS "key", a.approvers AS name, a.open AS open, a.hours_4 AS hours_4, a.day_1 AS day_1, a.day_2 AS day_2, a.day_5 AS day_5,
       a.later AS later, (a.oldest + 18000) / 36000 * 10000 AS longest, coalesce(f.n, 0) AS finished, (f.p50 + 18000) / 36000 * 10000 AS p50,
       (f.p90 + 18000) / 36000 * 10000 AS p90
FROM (SELECT CAST(step AS TEXT) AS step, approvers, sum(is_open) AS open, sum(is_open AND clock_ms <= 14400000) AS hours_4,
             sum(is_open AND clock_ms > 14400000 AND clock_ms <= 86400000) AS day_1,
             sum(is_open AND clock_ms > 86400000 AND clock_ms <= 172800000) AS day_2,
             sum(is_open AND clock_ms > 172800000 AND clock_ms <= 432000000) AS day_5, sum(is_open AND clock_ms > 432000000) AS later,
             max(iif(is_open, clock_ms, NULL)) AS oldest
      FROM temp.efficiency_asking WHERE person = '' GROUP BY step, approvers) a
LEFT JOIN temp.efficiency_figure f ON f.topic = 'step' AND f.name = a.step || ' ' || a.approvers
ORDER BY CAST(a.step AS INTEGER), a.approvers;

-- name: efficiency_person
SELECT a.person AS "key", a.open AS open, a.hours_4 AS hours_4, a.day_1 AS day_1, a.day_2 AS day_2, a.day_5 AS day_5,
       a.later AS later, (a.oldest + 18000) / 36000 * 10000 AS longest, coalesce(f.n, 0) AS finished, (f.p50 + 18000) / 36000 * 10000 AS p50,
       (f.p90 + 18000) / 36000 * 10000 AS p90
FROM (SELECT person, sum(is_open) AS open, sum(is_open AND clock_ms <= 14400000) AS hours_4,
             sum(is_open AND clock_ms > 14400000 AND clock_ms <= 86400000) AS day_1,
             sum(is_open AND clock_ms > 86400000 AND clock_ms <= 172800000) AS day_2,
             sum(is_open AND clock_ms > 172800000 AND clock_ms <= 432000000) AS day_5, sum(is_open AND clock_ms > 432000000) AS later,
             max(iif(is_open, clock_ms, NULL)) AS oldest
      FROM temp.efficiency_asking WHERE person <> '' GROUP BY person) a
LEFT JOIN temp.efficiency_figure f ON f.topic = 'person' AND f.name = a.person
ORDER BY a.open DESC, a.person;
