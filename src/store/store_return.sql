-- What customers send back: what they may, and what came.

-- name: return_insert
INSERT INTO return_authorisation (order_id, version, request, state, asked_ms, decided_by, reason, warehouse, freight,
                                  interchange_id)
VALUES (:order_id, :version, :request, 'asked', :asked_ms, '', '', :warehouse, :freight, :interchange_id);

-- name: return_pay_freight
UPDATE return_authorisation SET freight = 'company' WHERE id = :id;

-- name: return_line_insert
INSERT INTO return_line (return_id, ordinal, order_ordinal, number, sku, unit, quantity_micros, reason, wish, exchange_sku,
                         serials, verdict, clause, why, text_en, text_zh, dispositions, fees, gifts, package, per_micros)
VALUES (:return_id, :ordinal, :order_ordinal, :number, :sku, :unit, :quantity_micros, :reason, :wish, :exchange_sku,
        :serials, :verdict, :clause, :why, :text_en, :text_zh, :dispositions, :fees, :gifts, :package, :per_micros);

-- name: return_of_request
SELECT r.id, r.order_id, r.version, r.request, coalesce(r.number, ''), r.state, r.expires, r.warehouse, r.freight, o.partner,
       o.number
FROM return_authorisation r JOIN orders o ON o.id = r.order_id WHERE r.order_id = :order_id AND r.request = :request;

-- name: return_of_number
SELECT r.id, r.order_id, r.version, r.request, coalesce(r.number, ''), r.state, r.expires, r.warehouse, r.freight, o.partner,
       o.number
FROM return_authorisation r JOIN orders o ON o.id = r.order_id WHERE r.number = :number;

-- name: return_lines
SELECT ordinal, order_ordinal, number, sku, unit, quantity_micros, received_micros, reason, wish, exchange_sku, serials,
       verdict, clause, why, text_en, text_zh, dispositions, fees, gifts, package, per_micros
FROM return_line WHERE return_id = :return_id ORDER BY ordinal;

-- name: return_last_sequence
SELECT max(sequence) FROM return_authorisation WHERE year = :year;

-- name: return_authorise
UPDATE return_authorisation SET state = 'authorised', year = :year, sequence = :sequence, number = :number, expires = :expires,
                                decided_ms = :decided_ms, decided_by = :decided_by, reason = :reason
WHERE id = :id;

-- name: return_refuse
UPDATE return_authorisation SET state = 'refused', decided_ms = :decided_ms, decided_by = :decided_by, reason = :reason
WHERE id = :id;

-- name: return_stand
UPDATE return_authorisation SET state = :state WHERE id = :id;

-- name: return_line_decide
UPDATE return_line SET verdict = :verdict, why = 'person', text_en = :text_en, text_zh = :text_zh
WHERE return_id = :return_id AND verdict = 'ask';

-- What of an order line left, and when the last of it arrived, or else left.
-- name: return_left
SELECT coalesce(sum(k.quantity_micros), 0), max(coalesce(p.delivered_ms, s.shipped_ms)), max(p.delivered_ms)
FROM shipment s JOIN shipment_line k ON k.shipment_id = s.id LEFT JOIN parcel p ON p.shipment_id = s.id
WHERE s.order_id = :order_id AND k.order_line = :number;

-- Where the last of an order left from.
-- name: return_warehouse
SELECT warehouse FROM shipment WHERE order_id = :order_id ORDER BY shipped_ms DESC, id DESC LIMIT 1;

-- name: return_receipt_known
SELECT count(*) FROM return_taken WHERE warehouse = :warehouse AND receipt = :receipt;

-- name: return_taken_insert
INSERT INTO return_taken (return_id, ordinal, warehouse, receipt, happened_ms, known_ms, condition, quantity_micros,
                          disposition, waits, serials, lot, reason, refund_minor, fee_minor, unbilled_minor,
                          interchange_id, decided_ms)
VALUES (:return_id, :ordinal, :warehouse, :receipt, :happened_ms, :known_ms, :condition, :quantity_micros, :disposition,
        :waits, :serials, :lot, :reason, :refund_minor, :fee_minor, :unbilled_minor, :interchange_id,
        iif(:waits IN ('expired', 'excess'), NULL, :known_ms));

-- What was refunded of a request, and kept of that, by what says how much is kept.
-- name: return_refunded
SELECT l.clause, t.condition, l.reason, sum(t.refund_minor), sum(t.fee_minor)
FROM return_line l JOIN return_taken t ON t.return_id = l.return_id AND t.ordinal = l.ordinal
WHERE l.return_id = :return_id AND t.waits = ''
GROUP BY l.clause, t.condition, l.reason ORDER BY l.clause, t.condition, l.reason;

-- name: return_line_receive
UPDATE return_line SET received_micros = received_micros + :quantity_micros
WHERE return_id = :return_id AND ordinal = :ordinal;

-- name: return_credit_insert
INSERT INTO return_credit (return_id, invoice_id) VALUES (:return_id, :invoice_id);

-- name: return_invoices
SELECT number FROM invoice WHERE order_id = :order_id AND kind = 'invoice' ORDER BY day DESC, year DESC, sequence DESC;

-- Refunded are whole units, and those of packages that were opened.
-- name: return_priced
SELECT l.quantity_micros, p.net_minor, p.tax_minor,
       (SELECT coalesce(sum(t.quantity_micros), 0) FROM return_authorisation r
        JOIN return_line k ON k.return_id = r.id JOIN return_taken t ON t.return_id = r.id AND t.ordinal = k.ordinal
        WHERE r.order_id = :order_id AND k.number = :number AND k.package = '' AND t.waits = '')
       + (SELECT count(*) * 1000000 FROM return_unit u WHERE u.order_id = l.order_id AND u.ordinal = l.ordinal), o.currency
FROM order_line l
JOIN order_line_price p ON p.order_id = l.order_id AND p.version = l.version AND p.ordinal = l.ordinal
JOIN order_price o ON o.order_id = l.order_id AND o.version = l.version
WHERE l.order_id = :order_id AND l.version = :version AND l.ordinal = :ordinal;

-- It may leave again.
-- name: return_serial_take
DELETE FROM shipment_serial
WHERE sku = :sku AND serial = :serial AND shipment_id IN (SELECT id FROM shipment WHERE order_id = :order_id);

-- name: return_serial_left
SELECT count(*) FROM shipment_serial q JOIN shipment s ON s.id = q.shipment_id
WHERE q.sku = :sku AND q.serial = :serial AND s.order_id = :order_id;

-- What all of an order line takes of products: parts in place of their package, in the product's unit.
-- name: return_products
SELECT sku, needed_micros, NULL FROM plan_line WHERE order_id = :order_id AND ordinal = :ordinal
UNION ALL
SELECT p.sku, p.quantity_micros, NULL FROM order_line_part p
WHERE p.order_id = :order_id AND p.version = :version AND p.ordinal = :ordinal
  AND NOT EXISTS (SELECT 1 FROM plan_line x WHERE x.order_id = :order_id AND x.ordinal = :ordinal)
UNION ALL
SELECT l.sku, l.quantity_micros, u.factor_micros
FROM (SELECT sku, unit, quantity_micros FROM order_line
      WHERE order_id = :order_id AND version = :version AND ordinal = :ordinal
      UNION ALL
      SELECT sku, unit, quantity_micros FROM order_free_line
      WHERE order_id = :order_id AND version = :version AND ordinal = :ordinal - 100000) l
LEFT JOIN master_in_force f ON f.master = 'product-units'
LEFT JOIN product_unit u ON u.version_id = f.version_id AND u.sku = l.sku AND u.unit = l.unit
WHERE NOT EXISTS (SELECT 1 FROM plan_line x WHERE x.order_id = :order_id AND x.ordinal = :ordinal)
  AND NOT EXISTS (SELECT 1 FROM order_line_part p
                  WHERE p.order_id = :order_id AND p.version = :version AND p.ordinal = :ordinal);

-- name: return_ordered
SELECT quantity_micros FROM order_line WHERE order_id = :order_id AND version = :version AND ordinal = :ordinal
UNION ALL
SELECT quantity_micros FROM order_free_line
WHERE order_id = :order_id AND version = :version AND ordinal = :ordinal - 100000;

-- name: return_expiring
SELECT r.id, r.order_id, r.version, r.request, r.number, r.state, r.expires, r.warehouse, r.freight, o.partner, o.number
FROM return_authorisation r JOIN orders o ON o.id = r.order_id
WHERE r.state = 'authorised' AND r.expires < :today ORDER BY r.expires, r.number LIMIT 500;

-- What the customer's group is, and the currency; of the product its category, and is it made as ordered.
-- name: return_group
SELECT coalesce(c.customer_group, ''), p.currency FROM order_price p
LEFT JOIN master_in_force f ON f.master = 'customers'
LEFT JOIN customer c ON c.version_id = f.version_id AND c.code = p.customer
WHERE p.order_id = :order_id AND p.version = :version;

-- name: return_product
SELECT coalesce((SELECT p.category FROM master_in_force f JOIN product p ON p.version_id = f.version_id AND p.sku = l.sku
                 WHERE f.master = 'products'), ''),
       l.options <> '{}'
           OR coalesce((SELECT s.source = 'make' FROM master_in_force f
                        JOIN supply s ON s.version_id = f.version_id AND s.sku = l.sku WHERE f.master = 'supply'), 0)
FROM order_line l WHERE l.order_id = :order_id AND l.version = :version AND l.ordinal = :ordinal;

-- Requests that wait for a person, of this number of the customer's, or PARTNER/ORDER/NUMBER: two are one too many.
-- name: return_asked_named
SELECT r.id, r.order_id, r.version, r.request, coalesce(r.number, ''), r.state, r.expires, r.warehouse, r.freight, o.partner,
       o.number
FROM return_authorisation r INDEXED BY return_authorisation_asked CROSS JOIN orders o ON o.id = r.order_id
WHERE r.state = 'asked' AND :name IN (r.request, o.partner || '/' || o.number || '/' || r.request)
ORDER BY r.id LIMIT 2;

-- What came and waits.
-- name: return_waiting
SELECT t.id, t.ordinal, t.condition, t.quantity_micros
FROM return_taken t
WHERE t.return_id = :return_id AND t.waits IN ('expired', 'excess') ORDER BY t.id;

-- name: return_taken_settle
UPDATE return_taken SET waits = :waits, refund_minor = :refund_minor, fee_minor = :fee_minor, unbilled_minor = :unbilled_minor,
                        decided_ms = :decided_ms
WHERE id = :id;

-- name: return_settle
UPDATE return_authorisation SET settled = :settled WHERE id = :id;

-- name: return_own_number
SELECT count(*) + 1 FROM return_authorisation WHERE order_id = :order_id AND interchange_id IS NULL;

-- name: return_replaces
SELECT count(*) FROM order_exchange WHERE order_id = :order_id;

-- name: return_exchange_insert
INSERT INTO order_exchange (order_id, return_id) VALUES (:order_id, :return_id);
