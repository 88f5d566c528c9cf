-- How fast and how well orders went their way in a period, gathered into scratch tables once and told of in many ways.  What became
-- known from :since_ms to :moment_ms counts.  The names of columns are those of schemas/report-efficiency.csv.json: times are
-- hours, rounded to hundredths, in millionths; shares are percents, rounded to tenths, likewise.

-- name: efficiency_forget_asked
DELETE FROM temp.efficiency_asked;
-- name: efficiency_forget_orders
DELETE FROM temp.efficiency_order;
-- name: efficiency_forget_passes
DELETE FROM temp.efficiency_pass;
-- name: efficiency_forget_shipments
DELETE FROM temp.efficiency_shipment;
-- name: efficiency_forget_lines
DELETE FROM temp.efficiency_line;
-- name: efficiency_forget_done
DELETE FROM temp.efficiency_done;
-- name: efficiency_forget_outlooks
DELETE FROM temp.efficiency_outlook;
-- name: efficiency_forget_asking
DELETE FROM temp.efficiency_asking;
-- name: efficiency_forget_samples
DELETE FROM temp.efficiency_sample;
-- name: efficiency_forget_figures
DELETE FROM temp.efficiency_figure;

-- ---- gathered ----

-- Orders, warnings and parcels of which something became known in the period.
-- name: efficiency_ask_booked
INSERT INTO temp.efficiency_asked (order_id, has_parcels)
SELECT c.order_id, EXISTS (SELECT 1 FROM main.parcel p WHERE p.order_id = c.order_id)
FROM (SELECT order_id FROM main.order_event INDEXED BY order_event_known WHERE known_ms BETWEEN :since_ms AND :moment_ms
      UNION
      SELECT order_id FROM main.order_outlook WHERE closed_ms IS NOT NULL AND closed_ms BETWEEN :since_ms AND :moment_ms
      UNION
      SELECT p.order_id
      FROM main.interchange i INDEXED BY interchange_received
      CROSS JOIN main.transport_event t ON t.interchange_id = i.id
      CROSS JOIN main.parcel p ON p.carrier = t.carrier AND p.tracking = t.tracking
      WHERE i.received_ms BETWEEN :since_ms AND :moment_ms AND i.document = 'transport-event') c;

-- Those that are open, or were until something became known later.
-- name: efficiency_ask_open
INSERT INTO temp.efficiency_asked (order_id, has_parcels)
SELECT c.order_id, EXISTS (SELECT 1 FROM main.parcel p WHERE p.order_id = c.order_id)
FROM (SELECT id AS order_id FROM main.orders
      WHERE approval <> 'refused' AND approval <> 'cancelled' AND approval <> 'received' AND fulfilment <> 'shipped'
            AND fulfilment <> 'partly-delivered' AND fulfilment <> 'delivered'
      UNION
      SELECT order_id FROM main.parcel WHERE is_final = 0
      UNION
      SELECT order_id FROM main.order_event INDEXED BY order_event_known WHERE known_ms > :moment_ms) c
WHERE true
ON CONFLICT DO NOTHING;

-- Orders by their date.
-- name: efficiency_ask_ordered
INSERT INTO temp.efficiency_asked (order_id, has_parcels)
SELECT c.id, EXISTS (SELECT 1 FROM main.parcel p WHERE p.order_id = c.id)
FROM (SELECT DISTINCT o.id
      FROM main.order_version v INDEXED BY order_version_by_date
      CROSS JOIN main.orders o ON o.id = v.order_id AND o.version = v.version
      WHERE v.order_date BETWEEN :first_day AND :last_day) c;

-- name: efficiency_events
SELECT a.order_id, a.has_parcels, e.event, e.version, e.happened_ms, e.known_ms,
       (SELECT v.order_date FROM main.order_version v WHERE v.order_id = e.order_id AND v.version = e.version)
FROM temp.efficiency_asked a
CROSS JOIN main.order_event e ON e.order_id = a.order_id
WHERE e.known_ms <= :moment_ms
ORDER BY a.order_id, e.id;

-- name: efficiency_order_add
INSERT INTO temp.efficiency_order (order_id, version, is_moved, done_day, lead_ms, lead_working_ms, done_bucket, left_bucket)
VALUES (:order_id, :version, :is_moved, :done_day, :lead_ms, :lead_working_ms, :done_bucket, :left_bucket);

-- name: efficiency_pass_add
INSERT INTO temp.efficiency_pass (order_id, stage, turn, begins, ends, how, begun_ms, clock_ms, working_ms)
VALUES (:order_id, :stage, :turn, :begins, :ends, :how, :begun_ms, :clock_ms, :working_ms);

-- What left, when that became known, and what its carrier told of it.
-- name: efficiency_shipments
SELECT s.id, s.order_id, coalesce(p.carrier, s.carrier), s.shipped_ms,
       (SELECT min(e.known_ms) FROM main.order_event e
        WHERE e.order_id = s.order_id AND e.interchange_id = s.interchange_id AND e.event IN ('shipped', 'partly-shipped')),
       coalesce(v.requested_to, v.requested_from), p.shipment_id IS NOT NULL, p.delivered_ms,
       (SELECT min(t.known_ms) FROM main.transport_event t
        WHERE t.carrier = p.carrier AND t.tracking = p.tracking AND t.state = 'delivered'),
       coalesce(p.first_eta_to_ms, p.first_eta_from_ms),
       EXISTS (SELECT 1 FROM main.transport_event t
               WHERE t.carrier = p.carrier AND t.tracking = p.tracking AND t.state <> '' AND t.known_ms BETWEEN :since_ms AND :moment_ms),
       EXISTS (SELECT 1 FROM main.transport_event t
               WHERE t.carrier = p.carrier AND t.tracking = p.tracking AND t.state = 'exception'
                 AND t.known_ms BETWEEN :since_ms AND :moment_ms)
FROM temp.efficiency_order o
CROSS JOIN main.shipment s ON s.order_id = o.order_id
CROSS JOIN main.order_version v ON v.order_id = o.order_id AND v.version = o.version
LEFT JOIN main.parcel p ON p.shipment_id = s.id;

-- name: efficiency_shipment_add
INSERT INTO temp.efficiency_shipment (shipment_id, order_id, carrier, leaves, left_day, requested_day, is_tracked, has_news, is_troubled,
                                      arrives, arrived_day, transit_ms, is_in_time)
VALUES (:shipment_id, :order_id, :carrier, :leaves, :left_day, :requested_day, :is_tracked, :has_news, :is_troubled,
        :arrives, :arrived_day, :transit_ms, :is_in_time);

-- At first is what was released in the moment of the first release.
-- name: efficiency_gather_lines
INSERT INTO temp.efficiency_line
SELECT l.order_id, l.unit, l.wanted, l.gone, min(l.wanted, l.gone, l.first), l.day, l.requested_day
FROM (SELECT o.order_id,
             CASE WHEN k.unit <> '' THEN k.unit
                  ELSE coalesce((SELECT r.unit FROM main.master_in_force f
                                 JOIN main.product r ON r.version_id = f.version_id AND r.sku = k.sku
                                 WHERE f.master = 'products'), '') END AS unit,
             k.quantity_micros - coalesce((SELECT sum(x.quantity_micros) FROM main.cancellation n
                                           JOIN main.cancellation_line x ON x.cancellation_id = n.id AND x.ordinal = k.ordinal
                                           WHERE n.order_id = o.order_id AND n.fault = 'customer' AND n.at_ms <= :moment_ms), 0) AS wanted,
             coalesce((SELECT sum(z.quantity_micros) FROM temp.efficiency_shipment s
                       JOIN main.shipment_line z ON z.shipment_id = s.shipment_id AND z.order_line = k.number
                       WHERE s.order_id = o.order_id), 0) AS gone,
             coalesce((SELECT sum(iif(w.is_whole = 1, k.quantity_micros,
                                      coalesce((SELECT y.quantity_micros FROM main.warehouse_release_line y
                                                WHERE y.release_id = w.id AND y.ordinal = k.ordinal), 0)))
                       FROM main.warehouse_release w
                       WHERE w.order_id = o.order_id
                         AND w.released_ms = (SELECT min(b.released_ms) FROM main.warehouse_release b WHERE b.order_id = o.order_id)), 0)
                 AS first,
             (SELECT max(coalesce(s.arrived_day, s.left_day)) FROM temp.efficiency_shipment s
              JOIN main.shipment_line z ON z.shipment_id = s.shipment_id AND z.order_line = k.number
              WHERE s.order_id = o.order_id) AS day,
             coalesce(k.requested_to, k.requested_from, v.requested_to, v.requested_from) AS requested_day
      FROM temp.efficiency_order o
      CROSS JOIN main.order_line k ON k.order_id = o.order_id AND k.version = o.version
      CROSS JOIN main.order_version v ON v.order_id = o.order_id AND v.version = o.version
      WHERE o.done_day IS NOT NULL) l
WHERE l.wanted > 0;

-- The days that were promised stand in the looks at an order, or in what its customer was told.
-- name: efficiency_gather_done
INSERT INTO temp.efficiency_done
SELECT o.order_id, o.done_day, l.is_full, l.is_filled, coalesce(v.requested_to, v.requested_from),
       coalesce(u.promised,
                (SELECT CAST(strftime('%s', json_extract(e.detail, '$.day')) AS INTEGER) / 86400 FROM main.order_event e
                 WHERE e.order_id = o.order_id AND e.event = 'promised' AND e.known_ms <= :moment_ms ORDER BY e.id DESC LIMIT 1),
                v.requested_to, v.requested_from),
       coalesce(u.first_promised,
                (SELECT CAST(strftime('%s', json_extract(e.detail, '$.day')) AS INTEGER) / 86400 FROM main.order_event e
                 WHERE e.order_id = o.order_id AND e.event = 'promised' AND e.known_ms <= :moment_ms ORDER BY e.id LIMIT 1),
                v.requested_to, v.requested_from)
FROM (SELECT order_id, min(left_micros >= wanted_micros) AS is_full, min(filled_micros >= wanted_micros) AS is_filled
      FROM temp.efficiency_line GROUP BY order_id) l
CROSS JOIN temp.efficiency_order o ON o.order_id = l.order_id
CROSS JOIN main.order_version v ON v.order_id = o.order_id AND v.version = o.version
LEFT JOIN main.order_outlook u ON u.order_id = o.order_id;

-- name: efficiency_outlooks
SELECT u.promised, u.warned_ms, u.outcome = 'late'
FROM temp.efficiency_order o CROSS JOIN main.order_outlook u ON u.order_id = o.order_id
WHERE u.closed_ms BETWEEN :since_ms AND :moment_ms AND u.outcome IN ('in-time', 'late');

-- name: efficiency_outlook_add
INSERT INTO temp.efficiency_outlook (is_late, is_warned, is_seen, ahead_ms) VALUES (:is_late, :is_warned, :is_seen, :ahead_ms);

-- Steps that were asked in the period or are not decided at its end, and the persons asked in them.  When a step was withdrawn,
-- its persons say.
-- name: efficiency_gather_asking
INSERT INTO temp.efficiency_asking
SELECT a.id, a.step, a.approvers, '', a.over_ms IS NULL OR a.over_ms > :moment_ms,
       max(iif(a.over_ms IS NULL OR a.over_ms > :moment_ms, :moment_ms, a.over_ms) - a.asked_ms, 0)
FROM (SELECT a.id, a.step, a.approvers, a.asked_ms, a.state,
             CASE WHEN a.state = 'withdrawn' THEN (SELECT max(p.decided_ms) FROM main.approval_person p WHERE p.approval_id = a.id)
                  ELSE a.decided_ms END AS over_ms
      FROM temp.efficiency_order o
      CROSS JOIN main.approval a ON a.order_id = o.order_id
      WHERE a.asked_ms IS NOT NULL AND a.asked_ms <= :moment_ms) a
WHERE (a.over_ms IS NULL OR a.over_ms >= :since_ms) AND (a.state NOT IN ('withdrawn', 'kept') OR a.over_ms > :moment_ms)
UNION ALL
SELECT a.id, a.step, a.approvers, p.person, p.decided_ms IS NULL OR p.decided_ms > :moment_ms,
       max(iif(p.decided_ms IS NULL OR p.decided_ms > :moment_ms, :moment_ms, p.decided_ms) - p.asked_ms, 0)
FROM temp.efficiency_order o
CROSS JOIN main.approval a ON a.order_id = o.order_id
CROSS JOIN main.approval_person p ON p.approval_id = a.id
WHERE p.asked_ms <= :moment_ms AND (p.decided_ms IS NULL OR p.decided_ms >= :since_ms)
  AND (p.state <> 'withdrawn' OR p.decided_ms > :moment_ms);

-- name: efficiency_gather_samples
INSERT INTO temp.efficiency_sample (topic, name, value)
SELECT 'stage', stage, clock_ms FROM temp.efficiency_pass WHERE ends = 1 AND how = 'finished'
UNION ALL SELECT 'stage-working', stage, working_ms FROM temp.efficiency_pass WHERE ends = 1 AND how = 'finished'
UNION ALL SELECT 'open', stage, clock_ms FROM temp.efficiency_pass WHERE how = 'open'
UNION ALL SELECT 'open-working', stage, working_ms FROM temp.efficiency_pass WHERE how = 'open'
UNION ALL SELECT 'lead', '', lead_ms FROM temp.efficiency_order WHERE done_day IS NOT NULL
UNION ALL SELECT 'lead-working', '', lead_working_ms FROM temp.efficiency_order WHERE done_day IS NOT NULL
UNION ALL SELECT 'lead-trend', done_bucket, lead_ms FROM temp.efficiency_order WHERE done_day IS NOT NULL
UNION ALL SELECT iif(t.topic = 'days', 'days', 'days-trend'), iif(t.topic = 'days', '', o.left_bucket),
                 max((SELECT max(s.left_day) FROM temp.efficiency_shipment s WHERE s.order_id = o.order_id) - v.order_date, 0)
          FROM temp.efficiency_order o
          CROSS JOIN main.order_version v ON v.order_id = o.order_id AND v.version = o.version
          CROSS JOIN (SELECT 'days' AS topic UNION ALL SELECT 'days-trend') t
          WHERE o.left_bucket IS NOT NULL AND EXISTS (SELECT 1 FROM temp.efficiency_shipment s WHERE s.order_id = o.order_id)
UNION ALL SELECT 'transit', carrier, transit_ms FROM temp.efficiency_shipment WHERE arrives = 1
UNION ALL SELECT iif(person = '', 'step', 'person'), iif(person = '', step || ' ' || approvers, person), clock_ms
          FROM temp.efficiency_asking WHERE is_open = 0;

-- name: efficiency_gather_figures
INSERT INTO temp.efficiency_figure (topic, name, n, total, p50, p80, p90, p95, p99, most)
SELECT topic, name, n, sum(value), max(iif(place <= (n * 50 + 99) / 100, value, NULL)), max(iif(place <= (n * 80 + 99) / 100, value, NULL)),
       max(iif(place <= (n * 90 + 99) / 100, value, NULL)), max(iif(place <= (n * 95 + 99) / 100, value, NULL)),
       max(iif(place <= (n * 99 + 99) / 100, value, NULL)), max(value)
FROM (SELECT topic, name, value, row_number() OVER (PARTITION BY topic, name ORDER BY value) AS place,
             count(*) OVER (PARTITION BY topic, name) AS n
      FROM temp.efficiency_sample)
GROUP BY topic, name;

-- ---- told ----

-- name: efficiency_totals
SELECT '' AS currency, (SELECT count(*) FROM temp.efficiency_order WHERE done_day IS NOT NULL) AS orders,
       (SELECT (sum(is_full = 1 AND done_day <= promised) * 2000 + count(*)) / (2 * count(*)) * 1000
        FROM temp.efficiency_done WHERE promised IS NOT NULL HAVING count(*) > 0) AS otif,
       (SELECT (p50 + 18000) / 36000 * 10000 FROM temp.efficiency_figure WHERE topic = 'lead') AS p50,
       (SELECT (p90 + 18000) / 36000 * 10000 FROM temp.efficiency_figure WHERE topic = 'lead') AS p90,
       iif(:is_compared = 1, NULL, (SELECT count(*) FROM temp.efficiency_pass WHERE how = 'open')) AS open;

-- name: efficiency_total
SELECT (SELECT count(*) FROM temp.efficiency_order WHERE done_day IS NOT NULL) AS orders,
       (SELECT (sum(is_full = 1 AND done_day <= promised) * 2000 + count(*)) / (2 * count(*)) * 100000
        FROM temp.efficiency_done WHERE promised IS NOT NULL HAVING count(*) > 0) AS otif_share,
       (SELECT (p50 + 18000) / 36000 * 10000 FROM temp.efficiency_figure WHERE topic = 'lead') AS p50,
       (SELECT (p90 + 18000) / 36000 * 10000 FROM temp.efficiency_figure WHERE topic = 'lead') AS p90,
       (SELECT count(*) FROM temp.efficiency_pass WHERE how = 'open') AS open;

-- Stages by their share of what nine orders of ten take at most, all stages together.
-- name: efficiency_bottleneck
WITH stage(place, name) AS (
    VALUES (1, 'approval'), (2, 'payment'), (3, 'release'), (4, 'warehouse'), (5, 'transit')),
whole AS (SELECT sum(p90) AS p90 FROM temp.efficiency_figure WHERE topic = 'stage'),
told AS (
    SELECT s.place, s.name, f.n, f.p90, w.p90 AS whole,
           (SELECT count(*) FROM temp.efficiency_pass p WHERE p.stage = s.name AND p.begins = 1) AS begun,
           (SELECT count(*) FROM temp.efficiency_pass p WHERE p.stage = s.name AND p.ends = 1) AS ended,
           (SELECT count(*) FROM temp.efficiency_pass p WHERE p.stage = s.name AND p.begins = 1 AND p.turn > 1) AS again,
           (SELECT count(*) FROM temp.efficiency_pass p WHERE p.stage = s.name AND p.how = 'open') AS open
    FROM stage s CROSS JOIN whole w LEFT JOIN temp.efficiency_figure f ON f.topic = 'stage' AND f.name = s.name)
SELECT name AS "key", iif(whole > 0, (p90 * 2000 + whole) / (2 * whole) * 100000, NULL) AS share,
       (p90 + 18000) / 36000 * 10000 AS p90, coalesce(n, 0) AS finished,
       begun AS begun, ended AS ended, begun - ended AS growth, again AS again, open AS open
FROM told WHERE n > 0 OR begun > 0 OR ended > 0 OR open > 0
ORDER BY coalesce(p90, 0) DESC, begun - ended DESC, place;

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

-- Beyond: open for longer than nine of ten took that were finished.
-- name: efficiency_open
SELECT f.name AS "key", 'hours' AS measure, f.n AS open,
       (SELECT sum(p.clock_ms > d.p90) FROM temp.efficiency_figure d
        JOIN temp.efficiency_pass p ON p.stage = d.name AND p.how = 'open'
        WHERE d.topic = 'stage' AND d.name = f.name) AS beyond, (f.p50 + 18000) / 36000 * 10000 AS p50, (f.p90 + 18000) / 36000 * 10000 AS p90,
       (f.most + 18000) / 36000 * 10000 AS longest, (w.p90 + 18000) / 36000 * 10000 AS working_p90,
       (SELECT o.partner || '/' || o.number FROM temp.efficiency_pass p JOIN main.orders o ON o.id = p.order_id
        WHERE p.stage = f.name AND p.how = 'open' ORDER BY p.begun_ms, o.partner, o.number LIMIT 1) AS "order"
FROM temp.efficiency_figure f
JOIN temp.efficiency_figure w ON w.topic = 'open-working' AND w.name = f.name
WHERE f.topic = 'open'
ORDER BY instr('approval payment release warehouse transit', f.name);

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
WITH rung(place, basis, tolerance) AS (
    VALUES (1, 'last-promise', 3), (2, 'last-promise', 1), (3, 'last-promise', 0), (4, 'first-promise', 3), (5, 'first-promise', 1),
           (6, 'first-promise', 0), (7, 'requested-day', 3), (8, 'requested-day', 1), (9, 'requested-day', 0)),
judged AS (
    SELECT r.place, d.is_full, d.done_day <= r.tolerance + CASE r.basis WHEN 'last-promise' THEN d.promised
                                                  WHEN 'first-promise' THEN d.first_promised ELSE d.requested_day END AS is_in_time
    FROM rung r CROSS JOIN temp.efficiency_done d),
judged_line AS (
    SELECT r.place, l.left_micros >= l.wanted_micros
                    AND l.done_day <= r.tolerance + CASE r.basis WHEN 'last-promise' THEN d.promised
                                                  WHEN 'first-promise' THEN d.first_promised ELSE l.requested_day END AS is_good,
           CASE r.basis WHEN 'last-promise' THEN d.promised WHEN 'first-promise' THEN d.first_promised ELSE l.requested_day END AS due
    FROM rung r CROSS JOIN temp.efficiency_line l CROSS JOIN temp.efficiency_done d ON d.order_id = l.order_id),
of_orders AS (SELECT place, count(*) AS orders, sum(is_in_time) AS in_time, sum(is_full) AS in_full, sum(is_in_time AND is_full) AS otif
              FROM judged WHERE is_in_time IS NOT NULL GROUP BY place),
of_lines AS (SELECT place, count(*) AS lines, sum(is_good IS 1) AS otif FROM judged_line WHERE due IS NOT NULL GROUP BY place)
SELECT r.basis AS "key", r.tolerance AS tolerance, (o.otif * 2000 + o.orders) / (2 * o.orders) * 100000 AS otif_share,
       (l.otif * 2000 + l.lines) / (2 * l.lines) * 100000 AS line_share, o.orders AS orders, o.in_time AS in_time,
       o.in_full AS in_full, o.otif AS otif, l.lines AS lines
FROM rung r JOIN of_orders o ON o.place = r.place LEFT JOIN of_lines l ON l.place = r.place
ORDER BY r.place;

-- name: efficiency_fill
SELECT "key", unit, wanted, filled, iif(wanted = 0, NULL, (filled * 2000 + wanted) / (2 * wanted) * 100000) AS fill_share
FROM (SELECT 1 AS place, 'units' AS "key", unit, sum(wanted_micros) AS wanted, sum(filled_micros) AS filled
      FROM temp.efficiency_line GROUP BY unit
      UNION ALL
      SELECT 2, 'lines', '', count(*) * 1000000, sum(filled_micros >= wanted_micros) * 1000000
      FROM temp.efficiency_line HAVING count(*) > 0
      UNION ALL
      SELECT 3, 'orders', '', count(*) * 1000000, sum(is_filled) * 1000000 FROM temp.efficiency_done HAVING count(*) > 0)
ORDER BY place, unit;

-- name: efficiency_rework
WITH moved AS (SELECT order_id, version FROM temp.efficiency_order WHERE is_moved = 1),
whole AS (SELECT count(*) AS orders FROM moved),
happened(place, name, order_id) AS (
    SELECT CASE WHEN e.event = 'changed' THEN 4 WHEN e.event = 'amended' THEN 5 WHEN instr(e.detail, '"struck":') > 0 THEN 8 ELSE 6 END,
           CASE WHEN e.event = 'repriced' AND instr(e.detail, '"struck":') > 0 THEN 'lines-struck' ELSE e.event END, m.order_id
    FROM moved m CROSS JOIN main.order_event e ON e.order_id = m.order_id
    WHERE e.known_ms BETWEEN :since_ms AND :moment_ms AND e.event IN ('changed', 'amended', 'repriced')
    UNION ALL
    SELECT 7, 'resubmitted', m.order_id FROM moved m CROSS JOIN main.order_event e ON e.order_id = m.order_id
    WHERE e.known_ms BETWEEN :since_ms AND :moment_ms AND e.event = 'received' AND e.version > 1
    UNION ALL
    SELECT iif(a.state = 'returned', 9, 10), iif(a.state = 'returned', 'sent-back', 'turned-down'), m.order_id
    FROM moved m CROSS JOIN main.approval a ON a.order_id = m.order_id
    WHERE a.decided_ms BETWEEN :since_ms AND :moment_ms AND a.state IN ('returned', 'rejected')
    UNION ALL
    SELECT 11, 'put-on-hold', m.order_id FROM moved m CROSS JOIN main.order_event e ON e.order_id = m.order_id
    WHERE e.known_ms BETWEEN :since_ms AND :moment_ms AND e.event = 'hold-placed')
SELECT name AS "key", times AS times, orders AS orders, (orders * 2000 + whole) / (2 * whole) * 100000 AS share
FROM (SELECT min(version, 3) AS place, CASE version WHEN 1 THEN 'one-version' WHEN 2 THEN 'two-versions' ELSE 'more-versions' END AS name,
             sum(version) AS times, count(*) AS orders
      FROM moved GROUP BY 1, 2
      UNION ALL
      SELECT place, name, count(*), count(DISTINCT order_id) FROM happened GROUP BY place, name)
CROSS JOIN (SELECT orders AS whole FROM whole)
ORDER BY place;

-- name: efficiency_warning
SELECT 'warnings' AS "key", issued AS issued, warned AS warned, correct AS correct, warned - correct AS needless, late - seen AS missed,
       iif(warned > 0, (correct * 2000 + warned) / (2 * warned) * 100000, NULL) AS precision,
       iif(late > 0, (seen * 2000 + late) / (2 * late) * 100000, NULL) AS recall,
       iif(correct > 0, (ahead + correct * 18000) / (correct * 36000) * 10000, NULL) AS mean, finished AS finished, late AS late
FROM (SELECT count(*) AS finished, coalesce(sum(is_late), 0) AS late, coalesce(sum(is_warned), 0) AS warned,
             coalesce(sum(is_warned AND is_late), 0) AS correct, coalesce(sum(is_seen AND is_late), 0) AS seen,
             coalesce(sum(iif(is_warned AND is_late, ahead_ms, 0)), 0) AS ahead,
             (SELECT count(*) FROM temp.efficiency_order o CROSS JOIN main.delay_warning w ON w.order_id = o.order_id
              WHERE w.at_ms BETWEEN :since_ms AND :moment_ms AND w.grade <> 'none') AS issued
      FROM temp.efficiency_outlook)
WHERE finished > 0 OR issued > 0;

-- name: efficiency_carrier
SELECT c.carrier AS "key", c.shipments AS shipments, c.late AS late, iif(c.due > 0, (c.late * 2000 + c.due) / (2 * c.due) * 100000, NULL) AS late_share,
       iif(c.parcels > 0, c.delivered, NULL) AS delivered, c.days_said AS days_said,
       iif(c.days_said > 0, (c.in_time * 2000 + c.days_said) / (2 * c.days_said) * 100000, NULL) AS in_time_share,
       (f.p50 + 18000) / 36000 * 10000 AS p50, (f.p90 + 18000) / 36000 * 10000 AS p90, iif(c.parcels > 0, c.troubled, NULL) AS exceptions,
       iif(c.news > 0, (c.troubled * 2000 + c.news) / (2 * c.news) * 1000000, NULL) AS exceptions_per_1000
FROM (SELECT carrier, sum(leaves) AS shipments, sum(leaves = 1 AND left_day > requested_day) AS late,
             sum(leaves = 1 AND requested_day IS NOT NULL) AS due, sum(is_tracked) AS parcels, sum(arrives) AS delivered,
             sum(arrives = 1 AND is_in_time IS NOT NULL) AS days_said, sum(arrives = 1 AND is_in_time = 1) AS in_time,
             sum(has_news) AS news, sum(is_troubled) AS troubled
      FROM temp.efficiency_shipment GROUP BY carrier) c
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
