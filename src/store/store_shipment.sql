-- name: shipment_insert
INSERT INTO shipment (interchange_id, warehouse, number, partner, order_number, shipped_ms, carrier, tracking, load, line)
VALUES (:interchange_id, :warehouse, :number, :partner, :order_number, :shipped_ms, :carrier, :tracking, :load, :line)
ON CONFLICT (warehouse, number) DO NOTHING;

-- name: shipment_line_insert
INSERT INTO shipment_line (shipment_id, ordinal, order_line, sku, quantity_micros, lot, serials, final, line)
VALUES (:shipment_id, :ordinal, :order_line, :sku, :quantity_micros, :lot, :serials, :final, :line);

-- name: shipment_by_number
SELECT id, number, partner, order_number, shipped_ms, carrier, tracking, load, line FROM shipment
WHERE warehouse = :warehouse AND number = :number;

-- name: shipment_of_interchange
SELECT id, number, partner, order_number, shipped_ms, carrier, tracking, load, line FROM shipment
WHERE interchange_id = :interchange_id AND id > :after ORDER BY id LIMIT 1;

-- name: shipment_lines
SELECT order_line, sku, quantity_micros, lot, serials, final, line FROM shipment_line
WHERE shipment_id = :shipment_id ORDER BY ordinal;

-- name: shipment_set_order
UPDATE shipment SET order_id = :order_id, over_micros = :over_micros WHERE id = :id;

-- name: shipment_close_line
UPDATE shipment_line SET is_closed = 1
WHERE shipment_id = :shipment_id AND order_line = :order_line AND final = 'yes';

-- name: shipment_serial_add
INSERT INTO shipment_serial (sku, serial, shipment_id) VALUES (:sku, :serial, :shipment_id) ON CONFLICT DO NOTHING;

-- name: shipment_serials_discard
DELETE FROM shipment_serial WHERE shipment_id = :shipment_id;

-- name: shipment_order_lines
SELECT l.number, l.sku, l.unit, l.quantity_micros - coalesce(c.quantity_micros, 0), coalesce(s.quantity_micros, 0),
       coalesce(s.is_closed, 0)
FROM (SELECT ordinal, number, sku, unit, quantity_micros FROM order_line WHERE order_id = :order_id AND version = :version
      UNION ALL
      SELECT 100000 + ordinal, number, sku, unit, quantity_micros FROM order_free_line
      WHERE order_id = :order_id AND version = :version) l
LEFT JOIN order_cancelled c ON c.order_id = :order_id AND c.version = :version AND c.ordinal = l.ordinal
LEFT JOIN (SELECT sl.order_line, sum(sl.quantity_micros) AS quantity_micros, max(sl.is_closed) AS is_closed
           FROM shipment sh
           JOIN shipment_line sl ON sl.shipment_id = sh.id
           WHERE sh.order_id = :order_id
           GROUP BY sl.order_line) s ON s.order_line = l.number
ORDER BY l.number;

-- name: shipment_lines_discard
DELETE FROM shipment_line WHERE shipment_id = :shipment_id;

-- name: shipment_discard
DELETE FROM shipment WHERE id = :id;
