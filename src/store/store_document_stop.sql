-- What the writer of stop notices reads, as store_document.sql.

-- name: document_stops
SELECT m.number, s.number, m.reminder, s.action, o.partner, o.number, s.version, r.number, x.number, coalesce(h.number, ''),
       coalesce(nullif(c.text, ''), c.reason, ''), coalesce(nullif(s.content, ''), '{}'), s.next_ms
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN stop_notice AS s ON s.id = m.stop_id
JOIN orders AS o ON o.id = s.order_id
LEFT JOIN warehouse_release AS r ON r.id = s.release_id
LEFT JOIN production AS x ON x.id = s.production_id
LEFT JOIN shipment AS h ON h.id = s.shipment_id
LEFT JOIN cancellation AS c ON c.id = s.cancellation_id
WHERE file.id = :file_id ORDER BY m.number;

-- name: document_stop_lines
SELECT m.number, coalesce(l.number, f.number, ''), coalesce(l.sku, f.sku, ''), k.quantity_micros, coalesce(l.unit, f.unit, '')
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN stop_notice AS s ON s.id = m.stop_id
JOIN stop_notice_line AS k ON k.notice_id = s.id
LEFT JOIN order_line AS l ON l.order_id = s.order_id AND l.version = s.version AND l.ordinal = k.ordinal
LEFT JOIN order_free_line AS f ON f.order_id = s.order_id AND f.version = s.version AND f.ordinal = k.ordinal - 100000
WHERE file.id = :file_id ORDER BY m.number, k.ordinal;
