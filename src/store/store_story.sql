-- The story of one order, source by source: each row of each once, sorted, with its facts one a row.  Within one moment
-- stand files that came, what was asked for and told, events (before one the price that led to it), what followed, files that
-- went out: so `source` has it, and with `first` and `second` it makes the order total.  Ids never leave.

-- name: story_files
-- Files that brought something of the order, and what acknowledged these.
WITH files_in(id) AS (
    SELECT interchange_id FROM order_version WHERE order_id = :id
    UNION SELECT interchange_id FROM order_event WHERE order_id = :id AND interchange_id IS NOT NULL
    UNION SELECT interchange_id FROM shipment WHERE order_id = :id
    UNION SELECT p.interchange_id FROM payment_allocation AS a JOIN payment AS p ON p.id = a.payment_id WHERE a.order_id = :id
    UNION SELECT interchange_id FROM payment WHERE order_id = :id
    UNION SELECT t.interchange_id FROM parcel AS c JOIN transport_event AS t ON t.carrier = c.carrier AND t.tracking = c.tracking
          WHERE c.order_id = :id
    UNION SELECT interchange_id FROM change_request WHERE order_id = :id
    UNION SELECT interchange_id FROM cancel_request WHERE order_id = :id
    UNION SELECT interchange_id FROM return_request WHERE order_id = :id
    UNION SELECT interchange_id FROM return_receipt WHERE order_id = :id
    UNION SELECT interchange_id FROM cancellation WHERE order_id = :id AND interchange_id IS NOT NULL
    UNION SELECT s.interchange_id FROM stop_notice AS n JOIN stop_answer AS s ON s.notice_id = n.id WHERE n.order_id = :id
    UNION SELECT n.interchange_id FROM warehouse_release AS r JOIN release_news AS n ON n.release_id = r.id WHERE r.order_id = :id
    UNION SELECT n.interchange_id FROM production AS p JOIN production_news AS n ON n.production_id = p.id WHERE p.order_id = :id),
told(happened_ms, known_ms, source, first, second, kind, actor, version, begins, interchange_id, detail, facts) AS (
    SELECT i.received_ms, i.received_ms, 10, i.id, 0, 'file-in', i.partner, NULL, 0, NULL, '',
           json_object('file', i.partner || '/' || i.name, 'document', i.document, 'state', i.state,
                       'sha256', substr(i.sha256, 1, 12))
    FROM files_in CROSS JOIN interchange AS i ON i.id = files_in.id
    UNION ALL
    SELECT f.created_ms, f.created_ms, 90, f.id, 0, 'file-out', 'purser', NULL, 0, NULL, '',
           json_object('file', f.partner || '/' || f.name, 'state', f.state, 'sha256',
                       substr(f.sha256, 1, 12), 'delivered_ms', f.delivered_ms)
    FROM (SELECT DISTINCT m.partner, m.kind, m.number FROM files_in CROSS JOIN outbox_message AS m ON m.interchange_id = files_in.id
          WHERE m.order_id IS NULL) AS m
    CROSS JOIN outbox_file AS f ON f.partner = m.partner AND f.kind = m.kind AND f.last_message >= m.number AND f.first_message =
        (SELECT max(g.first_message) FROM outbox_file AS g
         WHERE g.partner = m.partner AND g.kind = m.kind AND g.first_message <= m.number))
SELECT told.happened_ms, told.known_ms, told.source, told.first, told.second, told.kind, told.actor, told.version, told.begins, i.partner, i.name, i.sha256,
       told.detail, json_extract(told.facts, '$.currency'), j.key, j.atom, j.type
FROM told
LEFT JOIN interchange AS i ON i.id = told.interchange_id
LEFT JOIN json_each(told.facts) AS j
ORDER BY told.source, told.first, told.second, j.id;

-- name: story_answers
-- Files that tell of the order.
WITH messages(partner, kind, number) AS (
    SELECT partner, kind, number FROM outbox_message WHERE order_id = :id
    UNION SELECT m.partner, m.kind, m.number FROM shipment AS s JOIN outbox_message AS m ON m.shipment_id = s.id
          WHERE s.order_id = :id),
files_out(id) AS (
    SELECT DISTINCT f.id FROM messages
    CROSS JOIN outbox_file AS f ON f.partner = messages.partner AND f.kind = messages.kind AND f.last_message >= messages.number
    AND f.first_message = (SELECT max(g.first_message) FROM outbox_file AS g
                           WHERE g.partner = messages.partner AND g.kind = messages.kind AND g.first_message <= messages.number)),
told(happened_ms, known_ms, source, first, second, kind, actor, version, begins, interchange_id, detail, facts) AS (
    SELECT f.created_ms, f.created_ms, 90, f.id, 0, 'file-out', 'purser', NULL, 0, NULL, '',
           json_object('file', f.partner || '/' || f.name, 'state', f.state, 'sha256',
                       substr(f.sha256, 1, 12), 'delivered_ms', f.delivered_ms)
    FROM files_out CROSS JOIN outbox_file AS f ON f.id = files_out.id)
SELECT told.happened_ms, told.known_ms, told.source, told.first, told.second, told.kind, told.actor, told.version, told.begins, i.partner, i.name, i.sha256,
       told.detail, json_extract(told.facts, '$.currency'), j.key, j.atom, j.type
FROM told
LEFT JOIN interchange AS i ON i.id = told.interchange_id
LEFT JOIN json_each(told.facts) AS j
ORDER BY told.source, told.first, told.second, j.id;

-- name: story_requests
WITH told(happened_ms, known_ms, source, first, second, kind, actor, version, begins, interchange_id, detail, facts) AS (
    SELECT i.received_ms, i.received_ms, 21, c.id, 0, 'change-request', c.partner, nullif(c.version, 0), 0, i.id, '',
           json_object('number', c.number, 'reason', c.reason)
    FROM change_request AS c JOIN interchange AS i ON i.id = c.interchange_id WHERE c.order_id = :id
    UNION ALL
    SELECT i.received_ms, i.received_ms, 22, c.id, 0, 'cancel-request', c.partner, nullif(c.version, 0), 0, i.id, '',
           json_object('number', c.number, 'reason', c.reason, 'said', c.text)
    FROM cancel_request AS c JOIN interchange AS i ON i.id = c.interchange_id WHERE c.order_id = :id
    UNION ALL
    SELECT i.received_ms, i.received_ms, 23, r.id, 0, 'return-request', r.partner, NULL, 0, i.id, '',
           json_object('number', r.number)
    FROM return_request AS r JOIN interchange AS i ON i.id = r.interchange_id WHERE r.order_id = :id
    UNION ALL
    SELECT o.received_ms, o.received_ms, 24, o.id, 0, 'exchange', 'purser', NULL, 0, NULL, '',
           json_object('return', r.number, 'exchanged_order', f.number)
    FROM order_exchange AS x JOIN orders AS o ON o.id = x.order_id
    JOIN return_authorisation AS r ON r.id = x.return_id JOIN orders AS f ON f.id = r.order_id
    WHERE x.order_id = :id
    UNION ALL
    SELECT a.at_ms, a.at_ms, 64, a.number, 0, 'change-answer', 'purser', a.version, 0, NULL, '',
           json_object('change', a.change_number, 'verdict', a.verdict, 'gross_minor', a.gross, 'currency', a.currency, 'refused',
                       (SELECT group_concat(trim(t.line || ' ' || t.field) || ' (' || t.code || ')', ', ')
                        FROM change_answer_item AS t
                        WHERE t.order_id = a.order_id AND t.number = a.number AND t.verdict = 'refused'))
    FROM change_answer AS a WHERE a.order_id = :id
    UNION ALL
    SELECT c.at_ms, c.at_ms, 65, c.number, 0,
           iif(EXISTS (SELECT 1 FROM cancellation_line AS l WHERE l.cancellation_id = c.id), 'cancellation', 'cancellation-begun'),
           c.actor, c.version, 0, c.interchange_id, '',
           json_object('request', c.request, 'amount_minor',
                       iif(EXISTS (SELECT 1 FROM cancellation_line AS l WHERE l.cancellation_id = c.id), c.net_minor, NULL),
                       'currency', c.currency, 'reason', c.reason, 'said', c.text, 'fault', c.fault, 'lines',
                       (SELECT group_concat(coalesce(o.number, g.number, '') || ' x ' || (l.quantity_micros / 1000000)
                               || iif(l.quantity_micros % 1000000 = 0, '',
                                      '.' || rtrim(printf('%06d', l.quantity_micros % 1000000), '0')), ', ')
                        FROM cancellation_line AS l
                        LEFT JOIN order_line AS o ON o.order_id = c.order_id AND o.version = c.version AND o.ordinal = l.ordinal
                        LEFT JOIN order_free_line AS g ON g.order_id = c.order_id AND g.version = c.version
                             AND g.ordinal = l.ordinal - 100000
                        WHERE l.cancellation_id = c.id))
    FROM cancellation AS c WHERE c.order_id = :id)
SELECT told.happened_ms, told.known_ms, told.source, told.first, told.second, told.kind, told.actor, told.version, told.begins, i.partner, i.name, i.sha256,
       told.detail, json_extract(told.facts, '$.currency'), j.key, j.atom, j.type
FROM told
LEFT JOIN interchange AS i ON i.id = told.interchange_id
LEFT JOIN json_each(told.facts) AS j
ORDER BY told.source, told.first, told.second, j.id;

-- name: story_goods
WITH told(happened_ms, known_ms, source, first, second, kind, actor, version, begins, interchange_id, detail, facts) AS (
    SELECT s.shipped_ms, i.received_ms, 31, s.id, 0, 'shipment', s.warehouse, NULL, 0, i.id, '',
           json_object('number', s.number, 'warehouse', s.warehouse, 'carrier', s.carrier, 'tracking', s.tracking, 'lines',
                       (SELECT group_concat(iif(l.order_line = '', l.sku, l.order_line) || ' x '
                               || (l.quantity_micros / 1000000)
                               || iif(l.quantity_micros % 1000000 = 0, '',
                                      '.' || rtrim(printf('%06d', l.quantity_micros % 1000000), '0')), ', ')
                        FROM shipment_line AS l WHERE l.shipment_id = s.id))
    FROM shipment AS s JOIN interchange AS i ON i.id = s.interchange_id WHERE s.order_id = :id
    UNION ALL
    SELECT t.happened_ms, t.known_ms, 32, t.id, 0, 'parcel-event', t.carrier, NULL, 0, t.interchange_id, '',
           json_object('tracking', t.tracking, 'parcel', t.state, 'means_en', t.label_en,
                       'means_zh', t.label_zh, 'code', t.code, 'place', t.place, 'cause', t.cause, 'signed_by', t.signed_by,
                       'verdict', nullif(t.verdict, 'applied'), 'said', t.text)
    FROM (SELECT DISTINCT carrier, tracking FROM parcel WHERE order_id = :id) AS c
    CROSS JOIN transport_event AS t ON t.carrier = c.carrier AND t.tracking = c.tracking
    UNION ALL
    SELECT r.released_ms, r.released_ms, 62, r.id, 0, 'release', 'purser', r.version, 0, NULL, '',
           json_object('release', r.number, 'warehouse', r.warehouse)
    FROM warehouse_release AS r WHERE r.order_id = :id)
SELECT told.happened_ms, told.known_ms, told.source, told.first, told.second, told.kind, told.actor, told.version, told.begins, i.partner, i.name, i.sha256,
       told.detail, json_extract(told.facts, '$.currency'), j.key, j.atom, j.type
FROM told
LEFT JOIN interchange AS i ON i.id = told.interchange_id
LEFT JOIN json_each(told.facts) AS j
ORDER BY told.source, told.first, told.second, j.id;

-- name: story_money
WITH told(happened_ms, known_ms, source, first, second, kind, actor, version, begins, interchange_id, detail, facts) AS (
    SELECT strftime('%s', date(p.paid_on * 86400, 'unixepoch'), 'utc') * 1000, i.received_ms, 33, p.id, 0, p.kind, p.finance, NULL, 0, i.id, '',
           json_object('number', p.number, 'amount_minor', p.amount_minor, 'currency', p.currency, 'day_on', p.paid_on,
                       'payer', p.payer, 'reference', p.reference, 'invoice', p.invoice_number)
    FROM (SELECT payment_id FROM payment_allocation WHERE order_id = :id UNION SELECT id FROM payment WHERE order_id = :id) AS a
    JOIN payment AS p ON p.id = a.payment_id
    JOIN interchange AS i ON i.id = p.interchange_id
    UNION ALL
    SELECT a.from_ms, a.from_ms, 34, a.id, 0, 'payment-assigned', p.assigned_by, NULL, 0, NULL, '',
           json_object('number', p.number)
    FROM payment_allocation AS a JOIN payment AS p ON p.id = a.payment_id
    WHERE a.order_id = :id AND p.assigned_by IS NOT NULL AND p.order_id = :id
    UNION ALL
    SELECT a.until_ms, a.until_ms, 35, a.id, 0, 'payment-ceased', coalesce(p.assigned_by, 'purser'), NULL, 0, NULL, '',
           json_object('number', p.number)
    FROM payment_allocation AS a JOIN payment AS p ON p.id = a.payment_id WHERE a.order_id = :id AND a.until_ms IS NOT NULL
    UNION ALL
    SELECT i.issued_ms, i.issued_ms, 63, i.id, 0, i.kind, i.issued_by, i.version, 0, NULL, '',
           json_object('number', i.number, 'shipment', s.number, 'corrects', c.number, 'net_minor', i.net_minor, 'tax_minor',
                       i.tax_minor, 'gross_minor', i.gross_minor, 'currency', i.currency, 'due_on', i.due, 'reason', i.reason)
    FROM invoice AS i LEFT JOIN shipment AS s ON s.id = i.shipment_id LEFT JOIN invoice AS c ON c.id = i.corrects
    WHERE i.order_id = :id)
SELECT told.happened_ms, told.known_ms, told.source, told.first, told.second, told.kind, told.actor, told.version, told.begins, i.partner, i.name, i.sha256,
       told.detail, json_extract(told.facts, '$.currency'), j.key, j.atom, j.type
FROM told
LEFT JOIN interchange AS i ON i.id = told.interchange_id
LEFT JOIN json_each(told.facts) AS j
ORDER BY told.source, told.first, told.second, j.id;

-- name: story_decisions
WITH told(happened_ms, known_ms, source, first, second, kind, actor, version, begins, interchange_id, detail, facts) AS (
    SELECT p.decided_ms, p.decided_ms, 41, p.approval_id, p.ordinal, 'decision-' || p.state, coalesce(p.decided_by, p.person),
           a.version, 0, NULL, '',
           json_object('step', a.step, 'person', p.person, 'authority', iif(p.authority = p.person, NULL, p.authority), 'way',
                       iif(p.decided_by GLOB 'user:*', 'at-command-line', iif(p.decided_by = 'purser', NULL, 'by-file')),
                       'reason', p.reason)
    FROM approval AS a JOIN approval_person AS p ON p.approval_id = a.id
    WHERE a.order_id = :id AND p.state IN ('approved', 'rejected', 'returned', 'delegated')
    UNION ALL
    SELECT a.decided_ms, a.decided_ms, 43, a.id, 0, 'decision-' || a.state, coalesce(a.decided_by, 'purser'), a.version, 0, NULL, '',
           json_object('step', a.step, 'person', coalesce(nullif(a.approvers, ''), a.roles), 'way',
                       iif(a.decided_by GLOB 'user:*', 'at-command-line', NULL), 'reason', a.reason)
    FROM approval AS a
    WHERE a.order_id = :id AND a.state IN ('approved', 'rejected', 'returned') AND a.decided_ms IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM approval_person AS p
         WHERE p.approval_id = a.id AND p.state IN ('approved', 'rejected', 'returned'))
    UNION ALL
    SELECT r.at_ms, r.at_ms, 42, r.id, 0, 'decision-not-taken', r.person, r.version, 0, NULL, '',
           json_object('person', r.person, 'verdict', r.verdict, 'why', r.code)
    FROM orders AS o JOIN approval_refused AS r ON r.partner = o.partner AND r.order_number = o.number WHERE o.id = :id
    UNION ALL
    SELECT p.asked_ms, p.asked_ms, 61, p.approval_id, p.ordinal, 'decision-asked', 'purser', a.version, 0, NULL, '',
           json_object('step', a.step, 'person', p.person, 'authority', iif(p.authority = p.person, NULL, p.authority),
                       'amount_minor', a.amount_minor, 'limit_minor', a.limit_minor, 'currency', a.currency)
    FROM approval AS a JOIN approval_person AS p ON p.approval_id = a.id WHERE a.order_id = :id)
SELECT told.happened_ms, told.known_ms, told.source, told.first, told.second, told.kind, told.actor, told.version, told.begins, i.partner, i.name, i.sha256,
       told.detail, json_extract(told.facts, '$.currency'), j.key, j.atom, j.type
FROM told
LEFT JOIN interchange AS i ON i.id = told.interchange_id
LEFT JOIN json_each(told.facts) AS j
ORDER BY told.source, told.first, told.second, j.id;

-- name: story_events
-- Events, and the prices of versions, each before the first event that followed from it.
WITH told(happened_ms, known_ms, source, first, second, kind, actor, version, begins, interchange_id, detail, facts) AS (
    SELECT e.happened_ms, e.known_ms, 50, e.id, 0, 'priced', 'purser', p.version, 0, NULL, '',
           json_object('net_minor', p.net_minor, 'freight_minor', nullif(p.freight_minor, 0), 'tax_minor', p.tax_minor,
                       'gross_minor', p.gross_minor, 'currency', p.currency)
    FROM order_price AS p JOIN order_event AS e ON e.id = coalesce(
        (SELECT min(b.id) FROM order_event AS b WHERE b.order_id = p.order_id AND b.version = p.version
         AND b.event NOT IN ('received', 'repriced', 'changed', 'amended', 'price-awaited')),
        (SELECT min(b.id) FROM order_event AS b WHERE b.order_id = p.order_id AND b.version = p.version))
    WHERE p.order_id = :id
    UNION ALL
    SELECT e.happened_ms, e.known_ms, 50, e.id, 1, e.event, e.actor, e.version,
           e.version > 1 AND NOT EXISTS (SELECT 1 FROM order_event AS b
                                         WHERE b.order_id = e.order_id AND b.version = e.version AND b.id < e.id),
           e.interchange_id, e.detail,
           CASE WHEN e.detail = '' THEN '{}' WHEN substr(e.detail, 1, 1) <> '{' THEN json_object('said', e.detail)
           ELSE iif(json_extract(e.detail, '$.rule') = 'approval-matrix', json_object('rule', 'approval-matrix'),
                    json_patch(json_remove(e.detail, '$.trace'), json_object('struck',
                        (SELECT group_concat(s.value, ', ') FROM json_each(e.detail, '$.struck') AS s)))) END
    FROM order_event AS e WHERE e.order_id = :id)
SELECT told.happened_ms, told.known_ms, told.source, told.first, told.second, told.kind, told.actor, told.version, told.begins, i.partner, i.name, i.sha256,
       told.detail, json_extract(told.facts, '$.currency'), j.key, j.atom, j.type
FROM told
LEFT JOIN interchange AS i ON i.id = told.interchange_id
LEFT JOIN json_each(told.facts) AS j
ORDER BY told.source, told.first, told.second, j.id;

-- name: story_turns
-- What is stopped, comes back, or is late.
WITH told(happened_ms, known_ms, source, first, second, kind, actor, version, begins, interchange_id, detail, facts) AS (
    SELECT k.happened_ms, k.known_ms, 38, k.id, 0, 'return-taken', k.warehouse, r.version, 0, k.interchange_id, '',
           json_object('return', r.number, 'receipt', k.receipt, 'line', l.number, 'sku', l.sku,
                       'quantity_micros', k.quantity_micros, 'condition', k.condition, 'disposition', k.disposition,
                       'waits', k.waits, 'refund_minor', nullif(k.refund_minor, 0), 'fee_minor', nullif(k.fee_minor, 0),
                       'currency', v.currency, 'reason', k.reason)
    FROM return_authorisation AS r CROSS JOIN return_taken AS k ON k.return_id = r.id
    JOIN return_line AS l ON l.return_id = r.id AND l.ordinal = k.ordinal
    JOIN order_version AS v ON v.order_id = r.order_id AND v.version = r.version
    WHERE r.order_id = :id
    UNION ALL
    SELECT coalesce(s.at_ms, i.received_ms), i.received_ms, 39, s.id, 0, 'stop-answer', s.partner, n.version, 0, i.id, '',
           json_object('notice', s.number, 'status', s.status, 'line', s.order_line, 'quantity_micros', s.quantity_micros,
                       'reason', s.reason)
    FROM stop_notice AS n JOIN stop_answer AS s ON s.notice_id = n.id JOIN interchange AS i ON i.id = s.interchange_id
    WHERE n.order_id = :id
    UNION ALL
    SELECT n.asked_ms, n.asked_ms, 66, n.id, 0, iif(n.action = 'stop', 'stop-notice', 'redirection'), 'purser', n.version, 0,
           NULL, '', json_object('notice', n.number, 'person', n.partner, 'release', r.number, 'production', p.number,
                                 'shipment', s.number, 'state', n.state)
    FROM stop_notice AS n
    LEFT JOIN warehouse_release AS r ON r.id = n.release_id
    LEFT JOIN production AS p ON p.id = n.production_id
    LEFT JOIN shipment AS s ON s.id = n.shipment_id
    WHERE n.order_id = :id
    UNION ALL
    SELECT w.at_ms, w.at_ms, 67, w.number, 0, 'delay-warning', 'purser', w.version, 0, NULL, '',
           json_object('grade', w.grade, 'delay', w.cause, 'promised_on', w.promised, 'expected_ms', w.expected_p50_ms)
    FROM delay_warning AS w WHERE w.order_id = :id)
SELECT told.happened_ms, told.known_ms, told.source, told.first, told.second, told.kind, told.actor, told.version, told.begins, i.partner, i.name, i.sha256,
       told.detail, json_extract(told.facts, '$.currency'), j.key, j.atom, j.type
FROM told
LEFT JOIN interchange AS i ON i.id = told.interchange_id
LEFT JOIN json_each(told.facts) AS j
ORDER BY told.source, told.first, told.second, j.id;
