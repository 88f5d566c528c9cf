-- name: invoice_order
SELECT customer, currency, includes_tax, payment_days FROM order_price WHERE order_id = :order_id AND version = :version;

-- What a shipment has of each line, and what other matched shipments had before.
-- name: invoice_shipped
WITH sent AS (
    SELECT k.order_line, sum(iif(q.id = s.id, k.quantity_micros, 0)) AS now_micros,
           sum(iif(q.id = s.id, 0, k.quantity_micros)) AS before_micros
    FROM shipment AS s
    JOIN shipment AS q ON q.order_id = s.order_id
    JOIN shipment_line AS k ON k.shipment_id = q.id
    WHERE s.id = :shipment_id
    GROUP BY k.order_line)
SELECT l.ordinal, l.number, l.sku, l.unit, l.quantity_micros, t.before_micros, t.now_micros, p.price_micros,
       p.tax_rate_micros, p.net_minor, p.tax_minor,
       p.discount_minor + (SELECT coalesce(sum(r.reduction_minor), 0) FROM order_line_reduction AS r
        WHERE r.order_id = l.order_id AND r.version = l.version AND r.ordinal = l.ordinal),
       coalesce(l.manual_discount_micros, 0)
FROM shipment AS s
JOIN order_line AS l ON l.order_id = s.order_id AND l.version = :version
JOIN order_line_price AS p ON p.order_id = l.order_id AND p.version = l.version AND p.ordinal = l.ordinal
JOIN sent AS t ON t.order_line = l.number
WHERE s.id = :shipment_id AND t.now_micros > 0
UNION ALL
SELECT 100000 + f.ordinal, f.number, f.sku, f.unit, f.quantity_micros, t.before_micros, t.now_micros, 0, 0, 0, 0, 0, 0
FROM shipment AS s
JOIN order_free_line AS f ON f.order_id = s.order_id AND f.version = :version
JOIN sent AS t ON t.order_line = f.number
WHERE s.id = :shipment_id AND t.now_micros > 0
ORDER BY 1;

-- What no invoice of the order has charged yet of its freight.
-- name: invoice_freight
SELECT f.part, f.tax_rate_micros, f.net_minor, f.tax_minor
FROM order_freight AS f
WHERE f.order_id = :order_id AND f.version = :version
  AND NOT EXISTS (SELECT 1 FROM invoice AS i JOIN invoice_line AS l ON l.invoice_id = i.id
                  WHERE i.order_id = f.order_id AND i.kind = 'invoice' AND l.ordinal BETWEEN 400001 AND 999999)
ORDER BY f.part;

-- name: invoice_last_sequence
SELECT max(sequence) FROM invoice WHERE kind = :kind AND year = :year;

-- name: invoice_insert
INSERT INTO invoice (kind, year, sequence, number, day, due, order_id, version, shipment_id, corrects, customer, currency,
                     includes_tax, net_minor, tax_minor, gross_minor, reason, issued_by, issued_ms)
VALUES (:kind, :year, :sequence, :number, :day, :due, :order_id, :version, :shipment_id, :corrects, :customer, :currency,
        :includes_tax, :net_minor, :tax_minor, :gross_minor, :reason, :issued_by, :issued_ms)
ON CONFLICT (number) DO NOTHING;

-- name: invoice_line_insert
INSERT INTO invoice_line (invoice_id, ordinal, number, sku, unit, quantity_micros, uncharged_micros, price_micros,
                          tax_rate_micros, net_minor, tax_minor, reduction_minor, clause, package_ordinal)
VALUES (:invoice_id, :ordinal, :number, :sku, :unit, :quantity_micros, :uncharged_micros, :price_micros, :tax_rate_micros,
        :net_minor, :tax_minor, :reduction_minor, :clause, :package_ordinal);

-- name: invoice_find
SELECT i.id, i.kind, i.number, i.year, i.sequence, i.day, i.due, i.order_id, i.version, i.shipment_id, i.corrects,
       i.customer, i.currency, i.includes_tax, i.net_minor, i.tax_minor, i.gross_minor, i.reason, i.issued_by, i.issued_ms,
       o.partner, o.number
FROM invoice AS i JOIN orders AS o ON o.id = i.order_id WHERE i.number = :number;

-- What is credited of a line is what was taken back of it, and the units of packages of which a part came back: all of their
-- quantity, and the amounts that were credited of them.
-- name: invoice_creditable
SELECT l.ordinal, l.number, l.sku, l.unit, l.quantity_micros, l.uncharged_micros, l.price_micros, l.tax_rate_micros,
       l.net_minor, l.tax_minor, l.reduction_minor,
       coalesce(c.quantity_micros, 0)
       + (SELECT count(*) * 1000000 FROM return_unit AS u WHERE u.invoice_id = l.invoice_id AND u.ordinal = l.ordinal),
       coalesce(c.net_minor, 0),
       coalesce(c.tax_minor, 0)
FROM invoice_line AS l
LEFT JOIN (SELECT iif(k.ordinal BETWEEN 500001 AND 700000, k.package_ordinal, k.ordinal) AS ordinal,
                  sum(iif(k.package_ordinal > 0, 0, k.quantity_micros)) AS quantity_micros, sum(k.net_minor) AS net_minor,
                  sum(k.tax_minor) AS tax_minor
           FROM invoice AS n JOIN invoice_line AS k ON k.invoice_id = n.id
           WHERE n.corrects = :invoice_id
           GROUP BY 1) AS c ON c.ordinal = l.ordinal
WHERE l.invoice_id = :invoice_id
ORDER BY l.ordinal;
