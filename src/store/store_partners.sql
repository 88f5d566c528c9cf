-- What partners sent in a period and what became of it, gathered into the scratch tables once and told of in many ways.  The
-- names of columns are those of schemas/report-partners.csv.json and schemas/report-score-card.csv.json.
--
-- A file counts when it was answered by :as_of_ms; until then, and while it is held, it waits.  Rates are percents with one decimal.

-- name: partners_forget_known
DELETE FROM temp.known_partner;
-- name: partners_forget_wanted
DELETE FROM temp.wanted_file;
-- name: partners_forget_files
DELETE FROM temp.judged_file;
-- name: partners_forget_sums
DELETE FROM temp.judged_sum;
-- name: partners_forget_mistakes
DELETE FROM temp.judged_mistake;
-- name: partners_forget_codes
DELETE FROM temp.judged_code;
-- name: partners_forget_asked
DELETE FROM temp.asked_order;
-- name: partners_forget_news
DELETE FROM temp.told_news;
-- name: partners_forget_lines
DELETE FROM temp.priced_line;

-- name: partners_know
INSERT INTO temp.known_partner (partner, name, expect_ms) VALUES (:partner, :name, :expect_ms);

-- name: partners_want_all
INSERT INTO temp.wanted_file
SELECT id FROM main.interchange INDEXED BY interchange_received
WHERE received_ms >= :from_ms AND received_ms < :until_ms AND received_ms <= :as_of_ms;

-- name: partners_want_one
INSERT INTO temp.wanted_file
SELECT id FROM main.interchange INDEXED BY interchange_of_partner
WHERE partner = :partner AND received_ms >= :from_ms AND received_ms < :until_ms AND received_ms <= :as_of_ms;

-- An acknowledgement is there when it is written, or delivered where that came later.  (A report is written before that of its
-- own run is delivered: what was delivered at the very moment counts not yet.)
-- name: partners_gather_files
INSERT INTO temp.judged_file
SELECT f.id, f.partner, f.name, f.document,
       CASE WHEN f.acceptance = 'test' THEN 'test' WHEN f.state = 'duplicate' THEN 'duplicate'
            WHEN f.answered_ms IS NULL OR f.state IN ('read', 'held') OR f.decided_ms > :as_of_ms THEN 'unanswered'
            ELSE f.state END,
       f.acceptance = 'per-order', f.documents, f.documents_taken, f.received_ms, f.taken_up_ms, f.answered_ms
FROM (SELECT i.id, i.partner, i.name, i.document, i.acceptance, i.state, i.documents, i.documents_taken, i.received_ms,
             coalesce(a.arrived_ms, i.received_ms) AS taken_up_ms, h.decided_ms,
             (SELECT coalesce(CASE WHEN o.delivered_ms < :as_of_ms THEN o.delivered_ms END, o.created_ms)
              FROM main.outbox_message m CROSS JOIN main.outbox_file o
                  ON o.partner = m.partner AND o.kind = m.kind AND o.same_as IS NULL AND o.last_message >= m.number
                     AND o.first_message = (SELECT max(g.first_message) FROM main.outbox_file g
                                            WHERE g.partner = m.partner AND g.kind = m.kind AND g.first_message <= m.number)
              WHERE m.interchange_id = i.id AND m.kind = 'acknowledgement' AND o.created_ms <= :as_of_ms
              ORDER BY m.number LIMIT 1) AS answered_ms
      FROM temp.wanted_file w CROSS JOIN main.interchange i ON i.id = w.id
      LEFT JOIN main.arrival a ON a.id = i.arrival_id
      LEFT JOIN main.master_hold h ON h.interchange_id = i.id) f;

-- name: partners_forget_span
DELETE FROM temp.judged_sum WHERE first_day = :first_day AND last_day = :last_day;

-- name: partners_sum
INSERT INTO temp.judged_sum
SELECT :first_day, :last_day, partner, sum(state IN ('taken', 'partly', 'refused')), sum(state = 'taken'),
       sum(state = 'partly'), sum(state = 'refused'), sum(iif(state IN ('taken', 'partly', 'refused'), documents, 0)),
       sum(iif(state IN ('taken', 'partly', 'refused'), documents_taken, 0)), sum(state = 'duplicate'), sum(state = 'unanswered'),
       sum(state = 'test')
FROM temp.judged_file GROUP BY partner;

-- Remarks are no mistakes.
-- name: partners_gather_mistakes
INSERT INTO temp.judged_mistake
SELECT g.interchange_id, g.partner, g.code, g.severity, g.findings,
       g.severity <> 'warning' AND sum(g.severity <> 'warning') OVER (PARTITION BY g.interchange_id) = 1 AND g.state <> 'taken'
FROM (SELECT f.interchange_id, f.partner, f.state, n.code, n.severity, count(*) AS findings
      FROM temp.judged_file f CROSS JOIN main.finding n ON n.interchange_id = f.interchange_id
      WHERE f.state IN ('taken', 'partly', 'refused') AND n.version = 0 AND n.severity IN ('warning', 'error', 'fatal')
      GROUP BY f.interchange_id, n.code, n.severity) g;

-- name: partners_gather_codes
INSERT INTO temp.judged_code (partner, code, severity, findings, files, alone, newest, alone_documents)
SELECT m.partner, m.code, max(m.severity), sum(m.findings), count(DISTINCT m.interchange_id), sum(m.is_alone),
       max(m.interchange_id), coalesce(d.documents, 0)
FROM temp.judged_mistake m
LEFT JOIN (SELECT g.partner, g.code, count(*) AS documents
           FROM (SELECT f.partner, n.code, count(*) OVER (PARTITION BY f.interchange_id, n.order_number) AS codes
                 FROM temp.judged_file f CROSS JOIN main.finding n ON n.interchange_id = f.interchange_id
                 WHERE f.state IN ('partly', 'refused') AND f.is_per_order = 1 AND n.version = 0 AND n.severity = 'error' AND n.order_number <> ''
                   AND NOT EXISTS (SELECT 1 FROM temp.judged_mistake w
                                   WHERE w.interchange_id = f.interchange_id AND w.severity = 'fatal')
                 GROUP BY f.interchange_id, n.order_number, n.code) g
           WHERE g.codes = 1 GROUP BY g.partner, g.code) d
    ON d.partner = m.partner AND d.code = m.code
GROUP BY m.partner, m.code;

-- One finding of each, as an example; the first of the newest file.
-- name: partners_examples
SELECT c.partner, c.code, n.order_number, n.order_line, n.field, n.value, n.expected, n.hint, min(n.ordinal)
FROM temp.judged_code c CROSS JOIN main.finding n ON n.interchange_id = c.newest AND n.code = c.code AND n.version = 0
GROUP BY c.partner, c.code ORDER BY c.partner, c.code;

-- name: partners_say
UPDATE temp.judged_code SET rule = :rule, hint = :hint, is_mendable = :is_mendable WHERE partner = :partner AND code = :code;

-- name: partners_gather_asked
INSERT INTO temp.asked_order (order_id, partner, day, requested, lead_days)
SELECT o.order_id, o.partner, o.day, o.requested, o.lead_days
FROM (SELECT v.order_id, f.partner,
             CAST(strftime('%s', f.received_ms / 1000, 'unixepoch', 'localtime') AS INTEGER) / 86400 AS day,
             (SELECT min(coalesce(l.requested_to, v.requested_to)) FROM main.order_line l
              WHERE l.order_id = v.order_id AND l.version = v.version) AS requested,
             CASE WHEN (SELECT count(*) FROM main.master_version m WHERE m.master = 'supply' AND m.in_force_ms <= :as_of_ms) = 0 THEN 0
                  ELSE coalesce((SELECT max(s.lead_days) FROM main.order_line l CROSS JOIN main.supply s
                                 WHERE l.order_id = v.order_id AND l.version = v.version AND s.sku = l.sku
                                   AND s.version_id = (SELECT m.id FROM main.master_version m
                                                       WHERE m.master = 'supply' AND m.in_force_ms <= :as_of_ms
                                                       ORDER BY m.number DESC LIMIT 1)), 0) END AS lead_days,
             max(v.version)
      FROM temp.judged_file f CROSS JOIN main.order_version v ON v.interchange_id = f.interchange_id
      WHERE f.document = 'order' AND f.state IN ('taken', 'partly') AND v.is_ours = 0
      GROUP BY v.order_id) o
WHERE o.requested IS NOT NULL;

-- The working calendar that was in force.
-- name: partners_calendar
SELECT id FROM master_version WHERE master = 'calendar' AND in_force_ms <= :as_of_ms ORDER BY number DESC LIMIT 1;

-- name: partners_leads
SELECT DISTINCT day, lead_days FROM temp.asked_order ORDER BY day, lead_days;

-- name: partners_ready
UPDATE temp.asked_order SET ready_day = :ready_day WHERE day = :day AND lead_days = :lead_days;

-- How long after something happened we were told of it, by the kind of file.  By nearest rank; hours, to tenths.
-- name: partners_gather_news
INSERT INTO temp.told_news (partner, document, news, known_p50, known_p90, known_longest)
WITH told AS (
    SELECT f.partner, f.document, max(f.received_ms - s.shipped_ms, 0) AS lag_ms
    FROM temp.judged_file f CROSS JOIN main.shipment s ON s.interchange_id = f.interchange_id
    UNION ALL SELECT f.partner, f.document, max(f.received_ms - e.happened_ms, 0)
    FROM temp.judged_file f CROSS JOIN main.transport_event e ON e.interchange_id = f.interchange_id
    UNION ALL SELECT f.partner, f.document, max(f.received_ms - n.at_ms, 0)
    FROM temp.judged_file f CROSS JOIN main.release_news n ON n.interchange_id = f.interchange_id
    UNION ALL SELECT f.partner, f.document, max(f.received_ms - n.at_ms, 0)
    FROM temp.judged_file f CROSS JOIN main.production_news n ON n.interchange_id = f.interchange_id
    UNION ALL SELECT f.partner, f.document, max(f.received_ms - m.happened_ms, 0)
    FROM temp.judged_file f CROSS JOIN main.stock_move m ON m.interchange_id = f.interchange_id
    WHERE f.document = 'stock-report'),
ranked AS (
    SELECT partner, document, lag_ms, row_number() OVER (PARTITION BY partner, document ORDER BY lag_ms) AS place,
           count(*) OVER (PARTITION BY partner, document) AS n
    FROM told)
SELECT partner, document, max(n), (max(iif(place = (n * 50 + 99) / 100, lag_ms, NULL)) + 180000) / 360000 * 100000,
       (max(iif(place = (n * 90 + 99) / 100, lag_ms, NULL)) + 180000) / 360000 * 100000,
       (max(lag_ms) + 180000) / 360000 * 100000
FROM ranked GROUP BY partner, document;

-- An order that waits for a price has none yet.  Few partners say prices: of orders without any nothing else is read.
-- name: partners_gather_lines
INSERT INTO temp.priced_line
SELECT f.partner, p.currency, l.sku, p.products_version, q.is_as_expected = 0,
       CASE WHEN l.expected_price_micros < min(9000000000000, 9000000000000000000 / (l.quantity_micros / 1000000 + 1))
            THEN l.expected_price_micros * (l.quantity_micros / 1000000)
                 + l.expected_price_micros * (l.quantity_micros % 1000000) / 1000000 END,
       q.list_minor - q.discount_minor
       - coalesce((SELECT sum(r.reduction_minor) FROM main.order_line_reduction r
                   WHERE r.order_id = l.order_id AND r.version = l.version AND r.ordinal = l.ordinal), 0)
FROM temp.judged_file f
CROSS JOIN main.order_version v ON v.interchange_id = f.interchange_id AND v.is_ours = 0
CROSS JOIN main.order_price p ON p.order_id = v.order_id AND p.version = v.version
CROSS JOIN main.order_line l ON l.order_id = v.order_id AND l.version = v.version AND l.expected_price_micros IS NOT NULL
CROSS JOIN main.order_line_price q ON q.order_id = l.order_id AND q.version = l.version AND q.ordinal = l.ordinal
WHERE f.state IN ('taken', 'partly')
  AND EXISTS (SELECT 1 FROM main.order_line k
              WHERE k.order_id = v.order_id AND k.version = v.version AND k.expected_price_micros IS NOT NULL)
  AND EXISTS (SELECT 1 FROM main.order_event e WHERE e.order_id = v.order_id AND e.version = v.version
              AND e.event NOT IN ('received', 'price-awaited') AND e.known_ms <= :as_of_ms);

-- ---- what it came to ----

-- name: partners_totals
SELECT '' AS currency, coalesce(sum(files), 0) AS files,
       coalesce(sum(taken), 0) AS taken,
       (2000 * sum(taken) + sum(files)) / (2 * nullif(sum(files), 0)) * 1000 AS rate,
       (2000 * sum(documents_taken) + sum(documents)) / (2 * nullif(sum(documents), 0)) * 1000 AS document_rate,
       coalesce(sum(duplicates), 0) AS duplicates
FROM temp.judged_sum WHERE first_day = :first_day AND last_day = :last_day;

-- name: partners_currencies
SELECT DISTINCT currency FROM temp.priced_line WHERE is_different = 1;

-- name: partners_total
SELECT coalesce(sum(files), 0) AS files, coalesce(sum(taken), 0) AS taken, coalesce(sum(partly), 0) AS partly,
       coalesce(sum(refused), 0) AS refused,
       (2000 * sum(taken) + sum(files)) / (2 * nullif(sum(files), 0)) * 100000 AS rate,
       coalesce(sum(documents), 0) AS documents, coalesce(sum(documents_taken), 0) AS documents_taken,
       (2000 * sum(documents_taken) + sum(documents)) / (2 * nullif(sum(documents), 0)) * 100000 AS document_rate,
       coalesce(sum(duplicates), 0) AS duplicates, coalesce(sum(unanswered), 0) AS unanswered, coalesce(sum(tests), 0) AS tests
FROM temp.judged_sum WHERE first_day = :first_day AND last_day = :last_day;

-- Also who sent files in the period before, and none in this one.
-- name: partners_partner
SELECT p.partner AS "key", coalesce(k.name, '') AS name, coalesce(n.files, 0) AS files, coalesce(n.taken, 0) AS taken,
       coalesce(n.partly, 0) AS partly, coalesce(n.refused, 0) AS refused,
       (2000 * n.taken + n.files) / (2 * nullif(n.files, 0)) * 100000 AS rate,
       (2000 * b.taken + b.files) / (2 * nullif(b.files, 0)) * 100000 AS rate_before,
       coalesce(n.documents, 0) AS documents, coalesce(n.documents_taken, 0) AS documents_taken,
       (2000 * n.documents_taken + n.documents) / (2 * nullif(n.documents, 0)) * 100000 AS document_rate,
       coalesce(n.duplicates, 0) AS duplicates,
       coalesce(r.repeated, 0) AS repeated, coalesce(r.changed, 0) AS changed,
       coalesce(n.unanswered, 0) AS unanswered, coalesce(n.tests, 0) AS tests
FROM (SELECT DISTINCT partner FROM temp.judged_sum
      WHERE last_day = :last_day AND first_day = :first_day OR last_day = :first_day - 1) p
LEFT JOIN temp.judged_sum n ON n.partner = p.partner AND n.first_day = :first_day AND n.last_day = :last_day
LEFT JOIN temp.judged_sum b ON b.partner = p.partner AND b.last_day = :first_day - 1
LEFT JOIN temp.known_partner k ON k.partner = p.partner
LEFT JOIN (SELECT f.partner, sum(CASE WHEN x.code IN ('TRANSPORT-KNOWN', 'REL-KNOWN', 'PRD-KNOWN', 'STOP-KNOWN') THEN CAST(x.value AS INTEGER)
                           ELSE x.code GLOB '*-KNOWN' END) AS repeated,
                  sum(x.code GLOB '*-CONFLICT') AS changed
           FROM temp.judged_file f CROSS JOIN main.finding x ON x.interchange_id = f.interchange_id
           WHERE f.state IN ('taken', 'partly', 'refused') AND x.version = 0
             AND (x.code GLOB '*-KNOWN' OR x.code GLOB '*-CONFLICT')
           GROUP BY f.partner) r ON r.partner = p.partner
ORDER BY coalesce(n.files, 0) DESC, p.partner;

-- What would be gained: files, or at least documents, of which this is the only mistake.
-- name: partners_fix
SELECT iif(:partner = '', c.partner, k.name) AS "key", iif(:partner = '', coalesce(k.name, ''), '') AS name,
       c.code AS code, c.rule AS mistake, c.hint AS hint, c.alone AS alone, c.alone_documents AS alone_documents,
       (2000 * n.taken + n.files) / (2 * n.files) * 100000 AS rate,
       (2000 * (n.taken + c.alone) + n.files) / (2 * n.files) * 100000 AS rate_then
FROM (SELECT partner, code, rule, hint, alone, alone_documents,
             row_number() OVER (PARTITION BY partner
                                ORDER BY alone DESC, alone_documents DESC, files DESC, findings DESC, code) AS place
      FROM temp.judged_code WHERE is_mendable = 1) c
JOIN temp.judged_sum n ON n.partner = c.partner AND n.first_day = :first_day AND n.last_day = :last_day
LEFT JOIN temp.known_partner k ON k.partner = c.partner
WHERE c.place = 1 AND c.alone + c.alone_documents > 0
ORDER BY c.alone DESC, c.alone_documents DESC, c.partner;

-- The example is of the partner with most of them.
-- name: partners_mistake
SELECT c.code AS "key", c.severity AS severity, c.rule AS mistake, c.hint AS hint, s.partners AS partners, s.files AS files,
       s.findings AS findings
FROM (SELECT code, rule, hint, severity, row_number() OVER (PARTITION BY code ORDER BY findings DESC, partner) AS place
      FROM temp.judged_code) c
JOIN (SELECT code, count(*) AS partners, sum(files) AS files, sum(findings) AS findings FROM temp.judged_code GROUP BY code) s
    ON s.code = c.code
WHERE c.place = 1
ORDER BY s.files DESC, s.findings DESC, c.code;

-- name: partners_partner_mistake
SELECT c.partner AS "key", coalesce(k.name, '') AS name, c.code AS code, c.severity AS severity, c.rule AS mistake, c.hint AS hint,
       c.files AS files, c.findings AS findings, c.alone AS alone, c.alone_documents AS alone_documents
FROM temp.judged_code c LEFT JOIN temp.known_partner k ON k.partner = c.partner
ORDER BY c.partner, c.files DESC, c.findings DESC, c.code;

-- name: partners_code
SELECT c.code AS "key", c.severity AS severity, c.rule AS mistake, c.hint AS hint, c.files AS files, c.findings AS findings,
       c.alone AS alone, c.alone_documents AS alone_documents, iif(c.alone = 0, NULL, (2000 * (n.taken + c.alone) + n.files) / (2 * n.files) * 100000) AS rate_then
FROM temp.judged_code c
JOIN temp.judged_sum n ON n.partner = c.partner AND n.first_day = :first_day AND n.last_day = :last_day
ORDER BY c.files DESC, c.findings DESC, c.code;

-- Files that were not taken wholly, for a card.
-- name: partners_file
SELECT f.name AS "key", f.document AS document, f.state AS state, f.received_ms AS received, f.documents AS documents,
       f.documents_taken AS documents_taken,
       coalesce((SELECT c.rule FROM temp.judged_mistake m JOIN temp.judged_code c ON c.partner = m.partner AND c.code = m.code
                 WHERE m.interchange_id = f.interchange_id AND m.severity <> 'warning'
                 ORDER BY m.findings DESC, m.code LIMIT 1), '') AS mistake
FROM temp.judged_file f WHERE f.state <> 'taken'
ORDER BY f.received_ms, f.name, f.interchange_id;

-- name: partners_kind
SELECT iif(f.document = '', 'unknown', f.document) AS "key", sum(f.state IN ('taken', 'partly', 'refused')) AS files, sum(f.state = 'taken') AS taken,
       sum(f.state = 'partly') AS partly, sum(f.state = 'refused') AS refused,
       (2000 * sum(f.state = 'taken') + sum(f.state IN ('taken', 'partly', 'refused')))
           / (2 * nullif(sum(f.state IN ('taken', 'partly', 'refused')), 0)) * 100000 AS rate,
       sum(f.documents) AS documents, sum(f.documents_taken) AS documents_taken
FROM temp.judged_file f WHERE f.state IN ('taken', 'partly', 'refused')
GROUP BY f.document ORDER BY count(*) DESC, f.document;

-- Pauses are those between two runs in which a file came that counts (no copies, no tests, nothing that is not known).  Also of whom
-- a file is expected and none came.
-- name: partners_time
WITH paused AS (
    SELECT c.partner, c.received_ms,
           c.received_ms - (SELECT i.received_ms FROM main.interchange i INDEXED BY interchange_of_partner
                            WHERE i.partner = c.partner AND i.received_ms < c.received_ms AND i.document <> ''
                              AND i.acceptance <> 'test'
                            ORDER BY i.received_ms DESC LIMIT 1) AS pause_ms
    FROM (SELECT DISTINCT partner, received_ms FROM temp.judged_file
          WHERE document <> '' AND state NOT IN ('duplicate', 'test')) c)
SELECT iif(:partner = '', w.partner, k.name) AS "key", iif(:partner = '', coalesce(k.name, ''), '') AS name,
       count(paused.received_ms) AS arrivals, k.expect_ms / 3600000 AS expected_hours,
       (max(paused.pause_ms) + 1800000) / 3600000 AS pause_hours,
       iif(k.expect_ms IS NULL, NULL, coalesce(sum(paused.pause_ms > k.expect_ms), 0)) AS late,
       (nullif(max(0, min(:until_ms, :as_of_ms) - k.expect_ms
                   - coalesce(max(paused.received_ms),
                              (SELECT i.received_ms FROM main.interchange i INDEXED BY interchange_of_partner
                               WHERE i.partner = w.partner AND i.received_ms < :from_ms AND i.document <> ''
                                 AND i.acceptance <> 'test'
                               ORDER BY i.received_ms DESC LIMIT 1))), 0) + 1800000) / 3600000 AS silent_hours,
       a.orders AS dated_orders, a.soon AS soon
FROM (SELECT partner FROM paused UNION SELECT partner FROM temp.known_partner WHERE expect_ms IS NOT NULL) w
LEFT JOIN paused ON paused.partner = w.partner
LEFT JOIN temp.known_partner k ON k.partner = w.partner
LEFT JOIN (SELECT partner, count(*) AS orders, sum(requested < ready_day) AS soon FROM temp.asked_order GROUP BY partner) a
    ON a.partner = w.partner
GROUP BY w.partner ORDER BY w.partner;

-- name: partners_news
SELECT iif(:partner = '', n.partner, n.document) AS "key", iif(:partner = '', coalesce(k.name, ''), '') AS name,
       n.document AS document, n.news AS news, n.known_p50 AS known_p50, n.known_p90 AS known_p90, n.known_longest AS known_longest
FROM temp.told_news n LEFT JOIN temp.known_partner k ON k.partner = n.partner
ORDER BY n.partner, n.document;

-- name: partners_weekday
SELECT CASE strftime('%w', received_ms / 1000, 'unixepoch', 'localtime')
           WHEN '0' THEN 'sunday' WHEN '1' THEN 'monday' WHEN '2' THEN 'tuesday' WHEN '3' THEN 'wednesday'
           WHEN '4' THEN 'thursday' WHEN '5' THEN 'friday' ELSE 'saturday' END AS "key", count(*) AS files
FROM temp.judged_file WHERE state <> 'test'
GROUP BY 1 ORDER BY min((strftime('%w', received_ms / 1000, 'unixepoch', 'localtime') + 6) % 7);

-- name: partners_hour
SELECT strftime('%H:00', received_ms / 1000, 'unixepoch', 'localtime') AS "key", count(*) AS files
FROM temp.judged_file WHERE state <> 'test' GROUP BY 1 ORDER BY 1;

-- By nearest rank: of so many, the first that is not below so many percent of them.  In minutes, rounded.
-- name: partners_answer
SELECT iif(:partner = '', a.partner, k.name) AS "key", iif(:partner = '', coalesce(k.name, ''), '') AS name, max(a.answers) AS answers,
       (max(iif(a.place = (a.answers * 50 + 99) / 100, a.took_ms, NULL)) + 30000) / 60000 AS p50,
       (max(iif(a.place = (a.answers * 90 + 99) / 100, a.took_ms, NULL)) + 30000) / 60000 AS p90,
       (max(a.took_ms) + 30000) / 60000 AS longest
FROM (SELECT partner, answered_ms - taken_up_ms AS took_ms,
             row_number() OVER (PARTITION BY partner ORDER BY answered_ms - taken_up_ms) AS place,
             count(*) OVER (PARTITION BY partner) AS answers
      FROM temp.judged_file WHERE answered_ms IS NOT NULL) a
LEFT JOIN temp.known_partner k ON k.partner = a.partner
GROUP BY a.partner ORDER BY a.partner;

-- ---- prices, in a currency ----

-- name: partners_price
SELECT l.partner AS "key", coalesce(k.name, '') AS name, count(*) AS lines, sum(l.is_different) AS different,
       sum(iif(l.is_different = 1, (l.expected_micros + :unit_micros / 2) / :unit_micros, NULL)) AS expected,
       sum(iif(l.is_different = 1 AND l.expected_micros IS NOT NULL, l.our_minor, NULL)) AS ours,
       sum(iif(l.is_different = 1, l.our_minor - (l.expected_micros + :unit_micros / 2) / :unit_micros, NULL)) AS difference
FROM temp.priced_line l LEFT JOIN temp.known_partner k ON k.partner = l.partner
WHERE l.currency = :currency
GROUP BY l.partner ORDER BY sum(l.is_different) DESC, l.partner;

-- name: partners_product
SELECT g.sku AS "key",
       coalesce((SELECT CASE WHEN :language = 'zh' AND r.name_zh <> '' THEN r.name_zh ELSE r.name END
                 FROM main.master_version m JOIN main.product r ON r.version_id = m.id AND r.sku = g.sku
                 WHERE m.master = 'products' AND m.number = g.newest), '') AS name,
       g.lines AS lines, g.different AS different, g.expected AS expected, g.ours AS ours, g.difference AS difference
FROM (SELECT sku, max(products_version) AS newest, count(*) AS lines, sum(is_different) AS different,
             sum(iif(is_different = 1, (expected_micros + :unit_micros / 2) / :unit_micros, NULL)) AS expected,
             sum(iif(is_different = 1 AND expected_micros IS NOT NULL, our_minor, NULL)) AS ours,
             sum(iif(is_different = 1, our_minor - (expected_micros + :unit_micros / 2) / :unit_micros, NULL)) AS difference
      FROM temp.priced_line WHERE currency = :currency GROUP BY sku) g
WHERE g.different > 0
ORDER BY abs(coalesce(g.difference, 0)) DESC, g.sku;
