-- What writers read, by outbox file: one scan in the order of the messages' numbers, in which they lie; lines, notes and findings are further scans in the same order that the
-- writers merge.  Everything here is final once its message is in the outbox.

-- name: document_acknowledgement
SELECT i.id, i.name, i.size, i.sha256, i.received_ms, i.format, i.document, i.acceptance,
       CASE WHEN h.interchange_id IS NULL THEN i.state ELSE 'held' END, i.documents,
       CASE WHEN h.interchange_id IS NULL THEN i.documents_taken ELSE 0 END, i.findings, d.name, d.received_ms
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN interchange AS i ON i.id = m.interchange_id
LEFT JOIN interchange AS d ON d.id = i.duplicate_of
LEFT JOIN master_hold AS h ON h.interchange_id = i.id AND m.version = 0 -- what was said before anybody had decided
WHERE file.id = :file_id ORDER BY m.number;

-- name: document_findings
SELECT 0, f.code, f.severity, f.line, f.column, f.order_number, f.order_line, f.field, f.value, f.expected, f.hint
FROM finding AS f WHERE f.interchange_id = :interchange_id AND f.version = 0 ORDER BY f.line, f.ordinal;

-- name: document_responses
SELECT m.number, o.number, m.version, e.headline, e.happened_ms, v.type, v.currency, coalesce(p.customer, ''),
       p.net_minor, p.tax_minor, p.gross_minor,
       CASE WHEN e.event = 'refused' THEN
           (SELECT nullif(a.reason, '') FROM approval AS a
            WHERE a.order_id = m.order_id AND a.version = m.version AND a.state IN ('rejected', 'returned')) END,
       coalesce(p.includes_tax, 0),
       CASE WHEN e.event = 'refused' THEN
           (SELECT a.state FROM approval AS a
            WHERE a.order_id = m.order_id AND a.version = m.version AND a.state IN ('rejected', 'returned')) END,
       coalesce(p.freight_minor, 0),
       (SELECT coalesce(sum(f.tax_minor), 0) FROM order_freight AS f WHERE f.order_id = m.order_id AND f.version = m.version)
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN order_event AS e ON e.id = m.event_id
JOIN orders AS o ON o.id = m.order_id
JOIN order_version AS v ON v.order_id = m.order_id AND v.version = m.version
LEFT JOIN order_price AS p ON p.order_id = m.order_id AND p.version = m.version
WHERE file.id = :file_id ORDER BY m.number;

-- name: document_response_lines
SELECT m.number, l.number, l.sku, l.description, l.quantity_micros, l.unit, l.expected_price_micros,
       p.price_micros, p.net_minor, p.tax_rate_micros, p.tax_minor, l.ordinal, p.list_minor, p.is_as_expected,
       p.discount_minor, l.manual_discount_micros
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN order_line AS l ON l.order_id = m.order_id AND l.version = m.version
LEFT JOIN order_line_price AS p
    ON p.order_id = l.order_id AND p.version = l.version AND p.ordinal = l.ordinal
WHERE file.id = :file_id ORDER BY m.number, l.ordinal;

-- The position is of the line, so that they are parts of it.
-- name: document_response_reductions
SELECT m.number * 100000 + r.ordinal, r.promotion, coalesce(n.name, ''), coalesce(n.name_zh, ''), r.reduction_minor
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN order_line_reduction AS r ON r.order_id = m.order_id AND r.version = m.version
JOIN order_price AS p ON p.order_id = m.order_id AND p.version = m.version
LEFT JOIN master_version AS w ON w.master = 'promotions' AND w.number = p.promotions_version
LEFT JOIN promotion AS n ON n.version_id = w.id AND n.code = r.promotion
WHERE file.id = :file_id ORDER BY m.number, r.ordinal, r.sequence;

-- name: document_response_goods
SELECT m.number, f.number, f.sku, coalesce(g.name, ''), coalesce(g.name_zh, ''), f.quantity_micros, f.unit, f.owed_micros,
       f.promotion, coalesce(n.name, ''), coalesce(n.name_zh, '')
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN order_free_line AS f ON f.order_id = m.order_id AND f.version = m.version
JOIN order_price AS p ON p.order_id = m.order_id AND p.version = m.version
LEFT JOIN master_version AS v ON v.master = 'products' AND v.number = p.products_version
LEFT JOIN product AS g ON g.version_id = v.id AND g.sku = f.sku
LEFT JOIN master_version AS w ON w.master = 'promotions' AND w.number = p.promotions_version
LEFT JOIN promotion AS n ON n.version_id = w.id AND n.code = f.promotion
WHERE file.id = :file_id ORDER BY m.number, f.ordinal;

-- name: document_response_findings
SELECT m.number, f.code, f.severity, f.line, f.column, f.order_number, f.order_line, f.field, f.value, f.expected,
       f.hint
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN order_version AS v ON v.order_id = m.order_id AND v.version = m.version
JOIN orders AS o ON o.id = m.order_id
JOIN finding AS f ON f.interchange_id = v.interchange_id AND f.order_number = o.number
    AND f.version = iif(v.is_ours, v.version, 0)
WHERE file.id = :file_id ORDER BY m.number, f.ordinal;

-- name: document_statuses
SELECT m.number, o.number, e.version, e.headline, e.happened_ms, e.known_ms,
       json_extract(p.said, '$.required'), json_extract(p.said, '$.paid'), json_extract(p.said, '$.open'),
       json_extract(p.said, '$.currency'),
       (SELECT json_extract(x.detail, '$.day') FROM order_event AS x
        WHERE x.order_id = e.order_id AND x.version = e.version AND x.event = 'promised' AND x.id <= e.id
        ORDER BY x.id DESC LIMIT 1),
       CASE WHEN e.event IN ('rest-cancelled', 'part-cancelled', 'cancelled', 'closed', 'stop-too-late') THEN (
           SELECT group_concat(text, '; ')
           FROM (SELECT json_extract(value, '$.line') || '=' || json_extract(value, '$.quantity') || ' ' ||
                        json_extract(value, '$.unit') AS text
                 FROM json_each(e.detail, '$.lines') ORDER BY key)) END
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN order_event AS e ON e.id = m.event_id
JOIN (SELECT id, CASE WHEN event IN ('payment-due', 'part-paid', 'paid') THEN detail END AS said FROM order_event) AS p
    ON p.id = e.id
JOIN orders AS o ON o.id = e.order_id
WHERE file.id = :file_id ORDER BY m.number;

-- name: document_releases
SELECT m.number, o.partner, o.number, m.version, v.type, v.requested_from, v.requested_to,
       coalesce(nullif(b.name, ''), b.code, ''), h.code, h.name, h.contact, h.phone, h.email, h.country, h.region, h.city,
       h.district, h.postal_code, h.street, h.street2, r.number
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN orders AS o ON o.id = m.order_id
JOIN order_version AS v ON v.order_id = m.order_id AND v.version = m.version
LEFT JOIN warehouse_release AS r ON r.id = m.release_id
LEFT JOIN order_party AS b ON b.order_id = m.order_id AND b.version = m.version AND b.role = 'sold-to'
LEFT JOIN order_party AS h ON h.order_id = m.order_id AND h.version = m.version AND h.role =
    CASE WHEN EXISTS (SELECT 1 FROM order_party AS x
                      WHERE x.order_id = m.order_id AND x.version = m.version AND x.role = 'ship-to')
    THEN 'ship-to' ELSE 'sold-to' END
WHERE file.id = :file_id ORDER BY m.number;

-- What was ordered, then what promotions give: those lines come after any ordinal of an order.  Of a release that is not
-- of the whole order its own lines alone.
-- name: document_goods
SELECT m.number, l.ordinal, l.number, l.sku, coalesce(r.name, ''), coalesce(r.name_zh, ''), l.description,
       coalesce(t.quantity_micros, l.quantity_micros), l.unit, l.requested_from, l.requested_to, l.options, ''
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN order_line AS l ON l.order_id = m.order_id AND l.version = m.version
JOIN warehouse_release AS k ON k.id = m.release_id
LEFT JOIN warehouse_release_line AS t ON t.release_id = k.id AND t.ordinal = l.ordinal
LEFT JOIN order_price AS p ON p.order_id = l.order_id AND p.version = l.version
LEFT JOIN master_version AS w ON w.master = 'products' AND w.number = p.products_version
LEFT JOIN product AS r ON r.version_id = w.id AND r.sku = l.sku
WHERE file.id = :file_id AND (k.is_whole OR t.ordinal IS NOT NULL)
UNION ALL
SELECT m.number, 100000 + f.ordinal, f.number, f.sku, coalesce(r.name, ''), coalesce(r.name_zh, ''), '',
       coalesce(t.quantity_micros, f.quantity_micros), f.unit, NULL, NULL, '{}', f.promotion
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN order_free_line AS f ON f.order_id = m.order_id AND f.version = m.version
JOIN warehouse_release AS k ON k.id = m.release_id
LEFT JOIN warehouse_release_line AS t ON t.release_id = k.id AND t.ordinal = 100000 + f.ordinal
LEFT JOIN order_price AS p ON p.order_id = f.order_id AND p.version = f.version
LEFT JOIN master_version AS w ON w.master = 'products' AND w.number = p.products_version
LEFT JOIN product AS r ON r.version_id = w.id AND r.sku = f.sku
WHERE file.id = :file_id AND (k.is_whole OR t.ordinal IS NOT NULL)
ORDER BY 1, 2;

-- name: document_parts
SELECT m.number, t.ordinal, t.sku, coalesce(r.name, ''), coalesce(r.name_zh, ''), t.quantity_micros, t.unit,
       l.quantity_micros, u.quantity_micros
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN order_line_part AS t ON t.order_id = m.order_id AND t.version = m.version
JOIN warehouse_release AS k ON k.id = m.release_id
JOIN order_line AS l ON l.order_id = t.order_id AND l.version = t.version AND l.ordinal = t.ordinal
LEFT JOIN warehouse_release_line AS u ON u.release_id = k.id AND u.ordinal = t.ordinal
LEFT JOIN order_price AS p ON p.order_id = t.order_id AND p.version = t.version
LEFT JOIN master_version AS w ON w.master = 'products' AND w.number = p.products_version
LEFT JOIN product AS r ON r.version_id = w.id AND r.sku = t.sku
WHERE file.id = :file_id AND (k.is_whole OR u.ordinal IS NOT NULL) ORDER BY m.number, t.ordinal, t.part;

-- name: document_notes
SELECT m.number, n.line, n.kind, n.text
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN order_note AS n ON n.order_id = m.order_id AND n.version = m.version
WHERE file.id = :file_id ORDER BY m.number, n.ordinal;

-- name: document_notices
SELECT m.number, o.number, s.number, s.shipped_ms, s.carrier, s.tracking, s.load
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN shipment AS s ON s.id = m.shipment_id
JOIN orders AS o ON o.id = s.order_id
WHERE file.id = :file_id ORDER BY m.number;

-- What is open after this shipment: later ones do not count, whenever the notice is written.
-- name: document_notice_lines
WITH told AS NOT MATERIALIZED (
    SELECT m.number AS message_id, m.shipment_id, s.order_id, coalesce(nullif(m.version, 0), o.version) AS version
    FROM outbox_file AS file
    JOIN outbox_message AS m
        ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
    JOIN shipment AS s ON s.id = m.shipment_id
    JOIN orders AS o ON o.id = s.order_id
    WHERE file.id = :file_id),
sent AS (
    SELECT n.message_id, k.order_line, sum(CASE WHEN q.id = n.shipment_id THEN k.quantity_micros ELSE 0 END) AS now_micros,
           sum(k.quantity_micros) AS so_far_micros, max(k.is_closed) AS is_closed
    FROM told AS n
    JOIN shipment AS q ON q.order_id = n.order_id AND q.id <= n.shipment_id
    JOIN shipment_line AS k ON k.shipment_id = q.id
    GROUP BY n.message_id, k.order_line),
traced AS (
    SELECT message_id, order_line, group_concat(nullif(lot, ''), ' | ') AS lot,
           group_concat(nullif(serials, ''), ' | ') AS serials
    FROM (SELECT n.message_id, k.order_line, k.lot, k.serials
          FROM told AS n JOIN shipment_line AS k ON k.shipment_id = n.shipment_id
          WHERE k.lot <> '' OR k.serials <> ''
          ORDER BY n.message_id, k.order_line, k.ordinal)
    GROUP BY message_id, order_line)
SELECT n.message_id, l.number, l.sku, l.description, l.unit, l.quantity_micros, coalesce(t.now_micros, 0),
       iif(t.is_closed, 0, l.quantity_micros - coalesce(t.so_far_micros, 0)), l.ordinal, coalesce(r.lot, ''),
       coalesce(r.serials, '')
FROM told AS n
JOIN order_line AS l ON l.order_id = n.order_id AND l.version = n.version
LEFT JOIN sent AS t ON t.message_id = n.message_id AND t.order_line = l.number
LEFT JOIN traced AS r ON r.message_id = n.message_id AND r.order_line = l.number
UNION ALL
SELECT n.message_id, f.number, f.sku, '', f.unit, f.quantity_micros, coalesce(t.now_micros, 0),
       iif(t.is_closed, 0, f.quantity_micros - coalesce(t.so_far_micros, 0)), 100000 + f.ordinal, coalesce(r.lot, ''),
       coalesce(r.serials, '')
FROM told AS n
JOIN order_free_line AS f ON f.order_id = n.order_id AND f.version = n.version
LEFT JOIN sent AS t ON t.message_id = n.message_id AND t.order_line = f.number
LEFT JOIN traced AS r ON r.message_id = n.message_id AND r.order_line = f.number
ORDER BY 1, 9;

-- With the manual price or discount that goes furthest beyond what its person may, and the line that lacks most to its floor, where
-- the order waits for such.
-- name: document_requests
SELECT m.number, o.partner, o.number, a.version, a.step, a.amount_minor, a.limit_minor, a.currency, w.asked_ms,
       v.type, v.requested_from, v.requested_to, v.lines, coalesce(p.customer, ''), coalesce(nullif(b.name, ''), b.code, ''),
       a.wait_reasons, h.number, h.manual_price_micros, h.manual_reason, coalesce(nullif(h.manual_person, ''), o.partner),
       g.rules_price_micros, g.deviation_micros, g.allowed_micros, e.number, f.net_minor, f.cost_minor, f.least_minor,
       w.chain, w.chosen, a.shown, a.due_ms, m.reminder, a.quorum, coalesce(p.gross_minor, a.amount_minor), p.net_minor,
       p.cost_minor, h.manual_discount_micros, g.price_micros, coalesce(p.freight_minor, 0)
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN approval AS a ON a.id = m.approval_id
JOIN approval_person AS w ON w.approval_id = a.id AND w.person = m.partner
JOIN orders AS o ON o.id = a.order_id
JOIN order_version AS v ON v.order_id = a.order_id AND v.version = a.version
LEFT JOIN order_price AS p ON p.order_id = a.order_id AND p.version = a.version
LEFT JOIN order_party AS b ON b.order_id = a.order_id AND b.version = a.version AND b.role = 'sold-to'
LEFT JOIN order_line_price AS g ON g.order_id = a.order_id AND g.version = a.version AND g.ordinal = (
    SELECT l.ordinal FROM order_line AS l
    JOIN order_line_price AS q ON q.order_id = l.order_id AND q.version = l.version AND q.ordinal = l.ordinal
    WHERE a.wait_reasons & 2 AND l.order_id = a.order_id AND l.version = a.version
      AND coalesce(l.manual_price_micros, l.manual_discount_micros) IS NOT NULL
      AND (q.deviation_micros IS NULL OR abs(q.deviation_micros) > coalesce(q.allowed_micros, 0))
    ORDER BY q.deviation_micros IS NOT NULL, abs(q.deviation_micros) DESC, l.ordinal LIMIT 1)
LEFT JOIN order_line AS h ON h.order_id = g.order_id AND h.version = g.version AND h.ordinal = g.ordinal
LEFT JOIN order_line_price AS f ON f.order_id = a.order_id AND f.version = a.version AND f.ordinal = (
    SELECT q.ordinal FROM order_line_price AS q
    WHERE a.wait_reasons & 4 AND q.order_id = a.order_id AND q.version = a.version AND q.is_below_floor
    ORDER BY q.least_minor - q.net_minor DESC, q.ordinal LIMIT 1)
LEFT JOIN order_line AS e ON e.order_id = f.order_id AND e.version = f.version AND e.ordinal = f.ordinal
WHERE file.id = :file_id ORDER BY m.number;

-- name: document_request_reasons
SELECT m.number, r.name, r.value, r.limit_text
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN approval_reason AS r ON r.approval_id = m.approval_id
WHERE file.id = :file_id ORDER BY m.number, r.ordinal;

-- name: document_request_lines
SELECT m.number, l.number, l.sku, coalesce(r.name, ''), coalesce(r.name_zh, ''), l.quantity_micros, l.unit,
       q.price_micros, q.net_minor, l.expected_price_micros, l.manual_price_micros, l.manual_reason, l.manual_person,
       q.rules_price_micros, q.deviation_micros, q.allowed_micros, q.cost_minor, q.least_minor,
       (SELECT coalesce(sum(e.reduction_minor), 0) FROM order_line_reduction AS e
        WHERE e.order_id = l.order_id AND e.version = l.version AND e.ordinal = l.ordinal), l.ordinal,
       l.manual_discount_micros, q.discount_minor
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN approval AS a ON a.id = m.approval_id
JOIN order_line AS l ON l.order_id = a.order_id AND l.version = a.version
LEFT JOIN order_line_price AS q ON q.order_id = l.order_id AND q.version = l.version AND q.ordinal = l.ordinal
LEFT JOIN order_price AS p ON p.order_id = l.order_id AND p.version = l.version
LEFT JOIN master_version AS w ON w.master = 'products' AND w.number = p.products_version
LEFT JOIN product AS r ON r.version_id = w.id AND r.sku = l.sku
WHERE file.id = :file_id ORDER BY m.number, l.ordinal;

-- The position is of the line, so that they are parts of it.
-- name: document_request_reductions
SELECT m.number * 100000 + r.ordinal, r.promotion, coalesce(n.name, ''), coalesce(n.name_zh, ''), r.reduction_minor
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN approval AS a ON a.id = m.approval_id
JOIN order_line_reduction AS r ON r.order_id = a.order_id AND r.version = a.version
JOIN order_price AS p ON p.order_id = a.order_id AND p.version = a.version
LEFT JOIN master_version AS w ON w.master = 'promotions' AND w.number = p.promotions_version
LEFT JOIN promotion AS n ON n.version_id = w.id AND n.code = r.promotion
WHERE file.id = :file_id ORDER BY m.number, r.ordinal, r.sequence;

-- What an approver should know besides: who else is asked in the step, who decided those before it, and that the customer
-- was held for credit.  As it was when the file got its number, whenever it is written.
-- name: document_request_matters
SELECT m.number, 'asked', p.person, CASE WHEN p.decided_ms <= file.created_ms THEN p.state ELSE 'asked' END,
       p.decided_ms, '', p.ordinal
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN approval_person AS p ON p.approval_id = m.approval_id AND p.person <> m.partner AND p.asked_ms <= file.created_ms
WHERE file.id = :file_id
UNION ALL
SELECT m.number, 'before', e.decided_by, e.state, e.decided_ms, e.reason, e.step
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN approval AS a ON a.id = m.approval_id
JOIN approval AS e ON e.order_id = a.order_id AND e.version = a.version AND e.step < a.step
WHERE file.id = :file_id AND e.state IN ('approved', 'kept')
UNION ALL
SELECT m.number, 'credit', h.customer, h.reason, h.since_ms, '', h.id
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN approval AS a ON a.id = m.approval_id
JOIN order_hold AS h ON h.order_id = a.order_id
WHERE file.id = :file_id AND h.kind = 'credit' AND h.version <= a.version AND h.since_ms <= file.created_ms
ORDER BY 1, 2, 7;

-- name: document_request_totals
SELECT 0, currency, count(*), sum(gross_minor)
FROM (
    SELECT DISTINCT a.id, a.currency, coalesce(p.gross_minor, a.amount_minor) AS gross_minor
    FROM outbox_file AS file
    JOIN outbox_message AS m
        ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
    JOIN approval AS a ON a.id = m.approval_id
    LEFT JOIN order_price AS p ON p.order_id = a.order_id AND p.version = a.version
    WHERE file.id = :file_id)
GROUP BY currency ORDER BY currency;

-- What should have been decided, oldest first.
-- name: document_request_overdue
SELECT DISTINCT 0, o.partner, o.number, a.due_ms
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN approval AS a ON a.id = m.approval_id
JOIN orders AS o ON o.id = a.order_id
WHERE file.id = :file_id AND a.due_ms <= file.created_ms ORDER BY a.due_ms, o.partner, o.number;

-- How approvals ended: the reason is of the step that was refused, or of the person who refused without one.
-- name: document_results
SELECT m.number, o.partner, o.number, m.version,
       CASE e.event WHEN 'approved' THEN 'approved' WHEN 'refused' THEN coalesce(t.state, 'rejected') ELSE 'withdrawn' END,
       e.headline, e.happened_ms, v.type, coalesce(p.customer, ''), coalesce(nullif(b.name, ''), b.code, ''), v.currency,
       p.gross_minor, CASE WHEN e.event = 'refused' THEN coalesce(t.reason, e.detail) END
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN order_event AS e ON e.id = m.event_id
JOIN orders AS o ON o.id = m.order_id
JOIN order_version AS v ON v.order_id = m.order_id AND v.version = m.version
LEFT JOIN order_price AS p ON p.order_id = m.order_id AND p.version = m.version
LEFT JOIN order_party AS b ON b.order_id = m.order_id AND b.version = m.version AND b.role = 'sold-to'
LEFT JOIN approval AS t ON t.order_id = m.order_id AND t.version = m.version AND t.state IN ('rejected', 'returned')
WHERE file.id = :file_id ORDER BY m.number;

-- name: document_result_steps
SELECT m.number, a.step, a.state, a.decided_by, a.decided_ms, a.reason
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN approval AS a ON a.order_id = m.order_id AND a.version = m.version
WHERE file.id = :file_id AND a.state IN ('approved', 'rejected', 'returned', 'kept') ORDER BY m.number, a.step;

-- The address of an approver in the list in force.
-- name: document_email
SELECT 0, a.email FROM master_in_force AS f JOIN approver AS a ON a.version_id = f.version_id AND a.person = :person
WHERE f.master = 'approvers';
