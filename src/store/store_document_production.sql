-- What the writer of production requests reads, as store_document.sql.

-- name: document_productions
SELECT m.number, x.number, m.reminder, o.partner, o.number, x.version, coalesce(l.number, f.number, ''), x.ordinal, x.sku,
       coalesce(r.name, ''), coalesce(r.name_zh, ''), iif(x.part = 0, coalesce(l.description, ''), ''), x.quantity_micros,
       coalesce(nullif(r.unit, ''), t.unit, l.unit, f.unit, ''), coalesce(l.options, '{}'), x.start_day, x.finish_day,
       coalesce(l.requested_to, l.requested_from, v.requested_to, v.requested_from), x.warehouse
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN production AS x ON x.id = m.production_id
JOIN orders AS o ON o.id = x.order_id
JOIN order_version AS v ON v.order_id = x.order_id AND v.version = x.version
LEFT JOIN order_line AS l ON l.order_id = x.order_id AND l.version = x.version AND l.ordinal = x.ordinal
LEFT JOIN order_free_line AS f ON f.order_id = x.order_id AND f.version = x.version AND f.ordinal = x.ordinal - 100000
LEFT JOIN order_line_part AS t
    ON t.order_id = x.order_id AND t.version = x.version AND t.ordinal = x.ordinal AND t.part = x.part
LEFT JOIN order_price AS p ON p.order_id = x.order_id AND p.version = x.version
LEFT JOIN master_version AS w ON w.master = 'products' AND w.number = p.products_version
LEFT JOIN product AS r ON r.version_id = w.id AND r.sku = x.sku
WHERE file.id = :file_id ORDER BY m.number;

-- name: document_production_materials
SELECT m.number, t.material, coalesce(r.name, ''), coalesce(r.name_zh, ''), t.quantity_micros, coalesce(r.unit, '')
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN production AS x ON x.id = m.production_id
JOIN production_material AS t ON t.production_id = x.id
LEFT JOIN order_price AS p ON p.order_id = x.order_id AND p.version = x.version
LEFT JOIN master_version AS w ON w.master = 'products' AND w.number = p.products_version
LEFT JOIN product AS r ON r.version_id = w.id AND r.sku = t.material
WHERE file.id = :file_id ORDER BY m.number, t.material;

-- Those of the order before those of the line.  How goods are delivered is no matter of the plant's.
-- name: document_production_notes
SELECT m.number, n.line, n.kind, n.text
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN production AS x ON x.id = m.production_id
JOIN order_note AS n ON n.order_id = x.order_id AND n.version = x.version
WHERE file.id = :file_id AND n.line IN (0, x.ordinal) AND n.kind IN ('packaging', 'gift', 'internal')
ORDER BY m.number, n.line, n.ordinal;
