-- Packages of which parts come back.

-- What one unit of an order line has of each part: in the line it is a whole number of millionths for each unit.
-- name: package_parts
SELECT t.sku, t.unit, t.quantity_micros, l.quantity_micros, t.list_minor
FROM order_line_part t JOIN order_line l ON l.order_id = t.order_id AND l.version = t.version AND l.ordinal = t.ordinal
WHERE t.order_id = :order_id AND t.version = :version AND t.ordinal = :ordinal ORDER BY t.part;

-- Of a part its category, and is it made as ordered.
-- name: package_part_product
SELECT coalesce((SELECT p.category FROM master_in_force f JOIN product p ON p.version_id = f.version_id AND p.sku = :part
                 WHERE f.master = 'products'), ''),
       coalesce((SELECT s.source = 'make' FROM master_in_force f
                 JOIN supply s ON s.version_id = f.version_id AND s.sku = :part WHERE f.master = 'supply'), 0);

-- So much of an order line came back, or may: whole units (''), and pieces of parts.
-- name: package_claimed
WITH claimed AS (
    SELECT iif(l.package = '', '', l.sku) AS part, l.per_micros,
           CASE WHEN r.state IN ('asked', 'authorised') THEN max(l.quantity_micros, l.received_micros)
                ELSE l.received_micros END AS micros
    FROM return_authorisation r JOIN return_line l ON l.return_id = r.id
    WHERE r.order_id = :order_id AND l.number = :number AND l.verdict <> 'refuse')
SELECT part, max(per_micros), sum(micros) FROM claimed GROUP BY part ORDER BY part;

-- Likewise, what came back and does not wait.
-- name: package_taken
SELECT iif(l.package = '', '', l.sku) AS part, max(l.per_micros), sum(t.quantity_micros)
FROM return_authorisation r JOIN return_line l ON l.return_id = r.id
JOIN return_taken t ON t.return_id = r.id AND t.ordinal = l.ordinal
WHERE r.order_id = :order_id AND l.number = :number AND t.waits = ''
GROUP BY part ORDER BY part;

-- Likewise, of parts alone what is refunded: not what is exchanged for the same again.
-- name: package_refunded
SELECT l.sku, max(l.per_micros), sum(t.quantity_micros)
FROM return_authorisation r JOIN return_line l ON l.return_id = r.id
JOIN return_taken t ON t.return_id = r.id AND t.ordinal = l.ordinal
WHERE r.order_id = :order_id AND l.number = :number AND t.waits = '' AND l.package <> ''
  AND NOT (l.wish = 'exchange' AND l.exchange_sku IN ('', l.sku))
GROUP BY l.sku ORDER BY l.sku;

-- name: package_shipped
SELECT coalesce(sum(k.quantity_micros), 0) FROM shipment s JOIN shipment_line k ON k.shipment_id = s.id
WHERE s.order_id = :order_id AND k.order_line = :number;

-- name: package_units
SELECT unit, coalesce(invoice_id, 0), net_minor, tax_minor, is_sold, sold_list_minor, sold_net_minor, sold_tax_minor,
       sold_cost_minor, is_back
FROM return_unit WHERE order_id = :order_id AND ordinal = :ordinal ORDER BY unit;

-- name: package_unit_insert
INSERT INTO return_unit (order_id, ordinal, unit, invoice_id, net_minor, tax_minor, is_sold, sold_list_minor, sold_net_minor,
                         sold_tax_minor, sold_cost_minor)
VALUES (:order_id, :ordinal, :unit, :invoice_id, :net_minor, :tax_minor, :is_sold, :sold_list_minor, :sold_net_minor,
        :sold_tax_minor, :sold_cost_minor);

-- name: package_unit_back
UPDATE return_unit SET is_back = 1 WHERE order_id = :order_id AND ordinal = :ordinal AND unit = :unit;
