-- What the writer of invoices reads, by outbox file, as in store_document.sql.

-- name: document_invoices
SELECT m.number, i.kind, i.number, i.day, i.due, coalesce(c.number, ''), c.day, i.reason, o.number, i.version,
       v.order_date, coalesce(s.number, ''), s.shipped_ms, i.customer, i.currency, i.includes_tax, i.net_minor, i.tax_minor,
       i.gross_minor
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN invoice AS i ON i.id = m.invoice_id
JOIN orders AS o ON o.id = i.order_id
JOIN order_version AS v ON v.order_id = i.order_id AND v.version = i.version
LEFT JOIN invoice AS c ON c.id = i.corrects
LEFT JOIN shipment AS s ON s.id = coalesce(i.shipment_id, c.shipment_id)
WHERE file.id = :file_id ORDER BY m.number;

-- name: document_invoice_parties
SELECT m.number, p.role, p.code, p.name, p.contact, p.phone, p.email, p.country, p.region, p.city, p.district,
       p.postal_code, p.street, p.street2
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN order_party AS p ON p.order_id = m.order_id AND p.version = m.version
WHERE file.id = :file_id
ORDER BY m.number, CASE p.role WHEN 'sold-to' THEN 1 WHEN 'bill-to' THEN 2 ELSE 3 END;

-- name: document_invoice_taxes
SELECT m.number, l.tax_rate_micros, sum(l.net_minor), sum(l.tax_minor)
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN invoice_line AS l ON l.invoice_id = m.invoice_id
WHERE file.id = :file_id
GROUP BY m.number, l.tax_rate_micros
HAVING sum(l.net_minor) <> 0 OR sum(l.tax_minor) <> 0
ORDER BY m.number, l.tax_rate_micros DESC;

-- name: document_invoice_lines
SELECT m.number, l.number, l.sku, coalesce(r.name, ''), coalesce(r.name_zh, ''), coalesce(g.description, ''), l.unit,
       l.quantity_micros, l.uncharged_micros, l.price_micros, l.reduction_minor, l.net_minor, l.tax_rate_micros, l.tax_minor,
       l.clause, g.manual_discount_micros, l.ordinal, coalesce(h.sku, '')
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN invoice_line AS l ON l.invoice_id = m.invoice_id
LEFT JOIN order_line AS g ON g.order_id = m.order_id AND g.version = m.version AND g.ordinal = l.ordinal
LEFT JOIN order_line AS h ON h.order_id = m.order_id AND h.version = m.version AND h.ordinal = l.package_ordinal
LEFT JOIN order_price AS p ON p.order_id = m.order_id AND p.version = m.version
LEFT JOIN master_version AS w ON w.master = 'products' AND w.number = p.products_version
LEFT JOIN product AS r ON r.version_id = w.id AND r.sku = l.sku
WHERE file.id = :file_id ORDER BY m.number, l.ordinal;
