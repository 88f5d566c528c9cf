-- name: ledger_item
SELECT on_hand_micros, reserved_micros, counted_ms FROM stock_item WHERE warehouse = :warehouse AND sku = :sku;

-- name: ledger_place
SELECT reported_ms, counted_ms FROM stock_place WHERE warehouse = :warehouse;

-- name: ledger_place_put
INSERT INTO stock_place (warehouse, reported_ms, counted_ms)
VALUES (:warehouse, :as_of_ms, iif(:is_whole, :as_of_ms, NULL))
ON CONFLICT (warehouse)
DO UPDATE SET reported_ms = excluded.reported_ms, counted_ms = coalesce(excluded.counted_ms, stock_place.counted_ms);

-- name: ledger_item_put
INSERT INTO stock_item (warehouse, sku, on_hand_micros, reserved_micros, counted_ms)
VALUES (:warehouse, :sku, :on_hand_micros, 0, :counted_ms)
ON CONFLICT (warehouse, sku) DO UPDATE SET on_hand_micros = excluded.on_hand_micros, counted_ms = excluded.counted_ms;

-- name: ledger_move_insert
INSERT INTO stock_move (warehouse, sku, kind, number, quantity_micros, effect_micros, happened_ms, known_ms, reference, reason,
                        interchange_id, line, shipment_id)
VALUES (:warehouse, :sku, :kind, :number, :quantity_micros, :effect_micros, :happened_ms, :known_ms, :reference, :reason,
        :interchange_id, :line, :shipment_id);

-- What was said in words may be said otherwise the next time.
-- name: ledger_move_is_same
SELECT (sku, kind, quantity_micros, happened_ms, reference) = (:sku, :kind, :quantity_micros, :happened_ms, :reference)
FROM stock_move WHERE warehouse = :warehouse AND number = :number AND number <> '';

-- name: ledger_moves_since
SELECT effect_micros FROM stock_move
WHERE warehouse = :warehouse AND sku = :sku AND happened_ms > :happened_ms AND kind <> 'count';

-- name: ledger_receipt
SELECT quantity_micros, told_ms FROM stock_receipt WHERE warehouse = :warehouse AND sku = :sku AND reference = :reference;

-- name: ledger_receipts
SELECT reference, day, quantity_micros, reserved_micros FROM stock_receipt
WHERE warehouse = :warehouse AND sku = :sku ORDER BY day, reference;

-- What was promised of it stands, also where it is planned again.
-- name: ledger_receipt_put
INSERT INTO stock_receipt (warehouse, sku, reference, day, quantity_micros, reserved_micros, told_ms)
VALUES (:warehouse, :sku, :reference, :day, :quantity_micros,
        (SELECT coalesce(sum(quantity_micros), 0) FROM allocation
         WHERE warehouse = :warehouse AND sku = :sku AND source = 'receipt' AND reference = :reference),
        :told_ms)
ON CONFLICT (warehouse, sku, reference)
DO UPDATE SET day = excluded.day, quantity_micros = excluded.quantity_micros, told_ms = excluded.told_ms;

-- name: ledger_receipt_reduce
UPDATE stock_receipt SET quantity_micros = :quantity_micros
WHERE warehouse = :warehouse AND sku = :sku AND reference = :reference;

-- name: ledger_receipt_delete
DELETE FROM stock_receipt WHERE warehouse = :warehouse AND sku = :sku AND reference = :reference;

-- name: ledger_received_since
SELECT quantity_micros FROM stock_move
WHERE warehouse = :warehouse AND sku = :sku AND reference = :reference AND reference <> '' AND happened_ms > :happened_ms
  AND kind = 'receipt';

-- name: ledger_due_lacking
UPDATE order_plan SET is_due = 1
WHERE is_due = 0 AND order_id IN (
    SELECT l.order_id
    FROM (SELECT :sku AS sku
          UNION SELECT m.sku FROM master_in_force f JOIN material m ON m.version_id = f.version_id
          WHERE f.master = 'materials' AND m.material = :sku) n
    CROSS JOIN plan_line l ON l.sku = n.sku
    WHERE l.needed_micros > l.released_micros + l.cancelled_micros
      AND l.needed_micros - l.cancelled_micros - l.shipped_micros >
          (SELECT coalesce(sum(a.quantity_micros), 0) FROM allocation a
           WHERE a.order_id = l.order_id AND a.ordinal = l.ordinal AND a.part = l.part AND a.source = 'stock'));

-- name: ledger_due_promised
UPDATE order_plan SET is_due = 1
WHERE is_due = 0 AND order_id IN (
    SELECT a.order_id FROM allocation a LEFT JOIN stock_item i ON i.warehouse = a.warehouse AND i.sku = a.sku
    WHERE a.warehouse = :warehouse AND a.sku = :sku AND a.is_firm = 0
      AND (a.source = 'receipt' OR (a.source = 'stock' AND coalesce(i.on_hand_micros < i.reserved_micros, 1))));

-- name: ledger_due_lacking_by
WITH news AS (
    SELECT sku FROM stock_move WHERE interchange_id = :interchange_id AND (effect_micros <> 0 OR reference <> '')
    UNION SELECT sku FROM stock_report WHERE interchange_id = :interchange_id AND extent = 'planned')
UPDATE order_plan SET is_due = 1
WHERE is_due = 0 AND order_id IN (
    SELECT l.order_id
    FROM (SELECT sku FROM news
          UNION SELECT m.sku FROM news CROSS JOIN master_in_force f
          JOIN material m ON m.version_id = f.version_id AND m.material = news.sku
          WHERE f.master = 'materials') n
    CROSS JOIN plan_line l ON l.sku = n.sku
    WHERE l.needed_micros > l.released_micros + l.cancelled_micros
      AND l.needed_micros - l.cancelled_micros - l.shipped_micros >
          (SELECT coalesce(sum(a.quantity_micros), 0) FROM allocation a
           WHERE a.order_id = l.order_id AND a.ordinal = l.ordinal AND a.part = l.part AND a.source = 'stock'));

-- name: ledger_due_promised_by
WITH news AS (
    SELECT warehouse, sku FROM stock_move WHERE interchange_id = :interchange_id AND (effect_micros <> 0 OR reference <> '')
    UNION SELECT c.partner, r.sku FROM interchange c JOIN stock_report r ON r.interchange_id = c.id
    WHERE c.id = :interchange_id AND r.extent = 'planned')
UPDATE order_plan SET is_due = 1
WHERE is_due = 0 AND order_id IN (
    SELECT a.order_id FROM news CROSS JOIN allocation a ON a.warehouse = news.warehouse AND a.sku = news.sku
    LEFT JOIN stock_item i ON i.warehouse = a.warehouse AND i.sku = a.sku
    WHERE a.is_firm = 0
      AND (a.source = 'receipt' OR (a.source = 'stock' AND coalesce(i.on_hand_micros < i.reserved_micros, 1))));

-- name: ledger_shipment
SELECT warehouse, shipped_ms FROM shipment WHERE id = :shipment_id;

-- What left here, and in all shipments of the order with it, of how much; what all of the line takes of a product.  As it was
-- planned, where there is a plan, so that what has left and what was needed meet.
-- name: ledger_left
WITH parcel AS (
    SELECT s.id, s.order_id, o.version,
           EXISTS (SELECT 1 FROM plan_line p WHERE p.order_id = s.order_id) AS is_planned
    FROM shipment s JOIN orders o ON o.id = s.order_id
    WHERE s.id = :shipment_id),
here AS (
    SELECT order_line, sum(quantity_micros) AS quantity_micros FROM shipment_line
    WHERE shipment_id = :shipment_id GROUP BY order_line),
line AS (
    SELECT l.ordinal, l.number, l.sku, l.unit, l.quantity_micros
    FROM parcel CROSS JOIN order_line l ON l.order_id = parcel.order_id AND l.version = parcel.version
    UNION ALL
    SELECT 100000 + l.ordinal, l.number, l.sku, l.unit, l.quantity_micros
    FROM parcel CROSS JOIN order_free_line l ON l.order_id = parcel.order_id AND l.version = parcel.version),
need AS (
    SELECT p.ordinal, p.part, p.sku, p.needed_micros AS whole_micros, NULL AS factor_micros
    FROM parcel CROSS JOIN plan_line p ON p.order_id = parcel.order_id WHERE parcel.is_planned
    UNION ALL
    SELECT p.ordinal, p.part, p.sku, p.quantity_micros, NULL
    FROM parcel CROSS JOIN order_line_part p ON p.order_id = parcel.order_id AND p.version = parcel.version
    WHERE NOT parcel.is_planned
    UNION ALL
    SELECT line.ordinal, 0, line.sku, line.quantity_micros, u.factor_micros
    FROM parcel CROSS JOIN line
    LEFT JOIN master_in_force f ON f.master = 'product-units'
    LEFT JOIN product_unit u ON u.version_id = f.version_id AND u.sku = line.sku AND u.unit = line.unit
    WHERE NOT parcel.is_planned
      AND NOT EXISTS (SELECT 1 FROM order_line_part p
                      WHERE p.order_id = parcel.order_id AND p.version = parcel.version AND p.ordinal = line.ordinal))
SELECT need.ordinal, need.part, need.sku, need.whole_micros, need.factor_micros, line.quantity_micros, here.quantity_micros,
       (SELECT sum(k.quantity_micros) FROM parcel CROSS JOIN shipment s ON s.order_id = parcel.order_id
        CROSS JOIN shipment_line k ON k.shipment_id = s.id WHERE k.order_line = line.number),
       (SELECT p.unit FROM master_in_force f JOIN product p ON p.version_id = f.version_id AND p.sku = need.sku
        WHERE f.master = 'products')
FROM here CROSS JOIN line ON line.number = here.order_line CROSS JOIN need ON need.ordinal = line.ordinal
ORDER BY need.ordinal, need.part;

-- name: ledger_report_add
INSERT INTO stock_report (interchange_id, ordinal, line, extent, sku, quantity_micros, unit, as_of_ms, kind, number, reference,
                          expected_on, reason)
VALUES (:interchange_id, :ordinal, :line, :extent, :sku, :quantity_micros, :unit, :as_of_ms, :kind, :number, :reference,
        :expected_on, :reason);

-- name: ledger_report_next
SELECT r.ordinal, r.line, r.extent, r.sku, r.quantity_micros, r.unit, r.as_of_ms, r.kind, r.number, r.reference, r.expected_on,
       r.reason, coalesce((SELECT p.unit FROM master_in_force f JOIN product p ON p.version_id = f.version_id AND p.sku = r.sku
                           WHERE f.master = 'products'), '')
FROM stock_report r
WHERE r.interchange_id = :interchange_id AND r.ordinal > :ordinal ORDER BY r.ordinal LIMIT 1;

-- name: ledger_report_forget
DELETE FROM stock_report WHERE interchange_id = :interchange_id;

-- name: ledger_unnamed
SELECT i.sku FROM stock_item i
WHERE i.warehouse = :warehouse AND i.sku > :after
  AND NOT EXISTS (SELECT 1 FROM stock_report r WHERE r.interchange_id = :interchange_id AND r.sku = i.sku)
ORDER BY i.sku LIMIT :count;
