-- What the writer of return authorisations reads, as store_document.sql.

-- name: document_returns
SELECT m.number, m.reminder, o.partner, o.number, r.version, r.request, coalesce(r.number, ''), coalesce(r.decided_ms, 0),
       r.expires, r.warehouse, r.freight, iif(m.reminder = 2, r.settled, r.reason)
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN return_authorisation AS r ON r.id = m.return_id
JOIN orders AS o ON o.id = r.order_id
WHERE file.id = :file_id ORDER BY m.number;

-- name: document_return_lines
SELECT m.number, l.number, l.sku, l.quantity_micros, l.unit, l.reason, l.wish, l.exchange_sku, l.serials, l.verdict, l.clause,
       l.why, l.text_en, l.text_zh, l.package
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN return_line AS l ON l.return_id = m.return_id
WHERE file.id = :file_id ORDER BY m.number, l.ordinal;
