-- name: order_insert
INSERT INTO orders (partner, number, version, approval, fulfilment, received_ms)
VALUES (:partner, :number, 1, 'received', 'none', :received_ms)
ON CONFLICT (partner, number) DO NOTHING;

-- name: order_in_force
SELECT o.id, o.version, o.approval, o.fulfilment, v.sha256, v.type, v.currency, v.lines, v.interchange_id, o.payment
FROM orders o
JOIN order_version v ON v.order_id = o.id AND v.version = o.version
WHERE o.partner = :partner AND o.number = :number;

-- name: order_again
UPDATE orders SET version = :version, approval = 'received', received_ms = :received_ms WHERE id = :id;

-- name: order_version_insert
INSERT INTO order_version (order_id, version, interchange_id, sha256, type, currency, order_date, requested_from,
                           requested_to, coupons, lines, line, column, address_doubt, sales_person, freight_micros)
VALUES (:order_id, :version, :interchange_id, :sha256, :type, :currency, :order_date, :requested_from,
        :requested_to, :coupons, :lines, :line, :column, :address_doubt, :sales_person, :freight_micros);

-- name: order_line_insert
INSERT INTO order_line (order_id, version, ordinal, number, sku, description, quantity_micros, unit,
                        expected_price_micros, manual_price_micros, manual_discount_micros, manual_reason, manual_person,
                        manual_is_ours,                        requested_from, requested_to, options, line, column)
VALUES (:order_id, :version, :ordinal, :number, :sku, :description, :quantity_micros, :unit,
        :expected_price_micros, :manual_price_micros, :manual_discount_micros, :manual_reason, :manual_person,
        :manual_is_ours, :requested_from, :requested_to, :options, :line, :column);

-- name: order_party_insert
INSERT INTO order_party (order_id, version, role, code, name, contact, phone, email, country, region, city, district,
                         postal_code, street, street2)
VALUES (:order_id, :version, :role, :code, :name, :contact, :phone, :email, :country, :region, :city, :district,
        :postal_code, :street, :street2);

-- name: order_note_insert
INSERT INTO order_note (order_id, version, ordinal, line, kind, text)
VALUES (:order_id, :version, :ordinal, :line, :kind, :text);

-- name: order_event_insert
INSERT INTO order_event (order_id, version, event, headline, happened_ms, known_ms, actor, interchange_id, detail)
VALUES (:order_id, :version, :event, :headline, :happened_ms, :known_ms, :actor, :interchange_id, :detail);

-- name: order_unpriced
SELECT v.order_id, v.version, o.number, v.type, v.currency, v.order_date, v.lines, v.line, v.column, p.code,
       o.received_ms, coalesce(s.country, p.country), coalesce(s.region, p.region), v.coupons, v.address_doubt,
       v.is_ours, v.requested_from, EXISTS (SELECT 1 FROM order_exchange x WHERE x.order_id = v.order_id),
       v.terms, v.freight_micros
FROM order_version v
JOIN orders o ON o.id = v.order_id
JOIN order_party p ON p.order_id = v.order_id AND p.version = v.version AND p.role = 'sold-to'
LEFT JOIN order_party s ON s.order_id = v.order_id AND s.version = v.version AND s.role = 'ship-to'
WHERE v.interchange_id = :interchange_id AND v.order_id > :after AND o.approval = 'received'
ORDER BY v.order_id LIMIT :count;

-- name: order_of_version
SELECT v.order_id, v.version, o.number, v.type, v.currency, v.order_date, v.lines, v.line, v.column, p.code,
       o.received_ms, coalesce(s.country, p.country), coalesce(s.region, p.region), v.coupons, v.address_doubt,
       v.is_ours, v.requested_from, EXISTS (SELECT 1 FROM order_exchange x WHERE x.order_id = v.order_id),
       v.terms, v.freight_micros
FROM order_version v
JOIN orders o ON o.id = v.order_id
JOIN order_party p ON p.order_id = v.order_id AND p.version = v.version AND p.role = 'sold-to'
LEFT JOIN order_party s ON s.order_id = v.order_id AND s.version = v.version AND s.role = 'ship-to'
WHERE v.order_id = :order_id AND v.version = :version;

-- name: order_revise
UPDATE orders SET version = version + 1 WHERE id = :id;

-- name: order_change_version
INSERT INTO order_version (order_id, version, interchange_id, sha256, type, currency, order_date, requested_from,
                           requested_to, coupons, lines, line, column, address_doubt, terms, freight_micros, is_ours, sales_person)
SELECT order_id, version + 1, interchange_id, sha256, type, currency, :order_date, :requested_from, :requested_to,
       coupons, :lines, line, column, :address_doubt, :terms, freight_micros, 1, sales_person
FROM order_version WHERE order_id = :order_id AND version = :version;

-- Lines that are struck, by their ordinals as a JSON array, are left out of the next version.
-- name: order_revise_version
INSERT INTO order_version (order_id, version, interchange_id, sha256, type, currency, order_date, requested_from,
                           requested_to, coupons, lines, line, column, address_doubt, terms, freight_micros, is_ours, sales_person)
SELECT order_id, version + 1, interchange_id, sha256, type, currency, order_date, requested_from, requested_to, coupons,
       lines - json_array_length(:struck), line, column, address_doubt, terms, freight_micros, 1, sales_person
FROM order_version WHERE order_id = :order_id AND version = :version;

-- A price that is set takes the place of all that was asked for, a discount too.
-- name: order_revise_lines
INSERT INTO order_line (order_id, version, ordinal, number, sku, description, quantity_micros, unit,
                        expected_price_micros, manual_price_micros, manual_discount_micros, manual_reason, manual_person,
                        manual_is_ours,                        requested_from, requested_to, options, line, column)
SELECT order_id, version + 1, row_number() OVER (ORDER BY ordinal), number, sku, description, quantity_micros, unit,
       expected_price_micros,
       iif(ordinal = :ordinal, :price_micros, manual_price_micros),
       iif(ordinal = :ordinal, NULL, manual_discount_micros), iif(ordinal = :ordinal, :reason, manual_reason),
       iif(ordinal = :ordinal, :person, manual_person), iif(ordinal = :ordinal, 1, manual_is_ours),
       requested_from, requested_to, options, line, column
FROM order_line
WHERE order_id = :order_id AND version = :version AND ordinal NOT IN (SELECT value FROM json_each(:struck));

-- name: order_revise_parties
INSERT INTO order_party (order_id, version, role, code, name, contact, phone, email, country, region, city, district,
                         postal_code, street, street2)
SELECT order_id, version + 1, role, code, name, contact, phone, email, country, region, city, district,
       postal_code, street, street2
FROM order_party WHERE order_id = :order_id AND version = :version;

-- name: order_revise_notes
INSERT INTO order_note (order_id, version, ordinal, line, kind, text)
SELECT order_id, version + 1, row_number() OVER (ORDER BY ordinal),
       line - (SELECT count(*) FROM json_each(:struck) AS s WHERE s.value < line), kind, text
FROM order_note
WHERE order_id = :order_id AND version = :version AND line NOT IN (SELECT value FROM json_each(:struck));

-- The versions of the master data that an order version was priced by, as its trace says.
-- name: order_priced_by
SELECT m.master, m.id, m.number
FROM order_price_trace p, json_each(p.trace, '$.versions') j
JOIN master_version m ON m.master = j.key AND m.number = j.value
WHERE p.order_id = :order_id AND p.version = :version;

-- name: order_price_of_line
SELECT price_micros FROM order_line_price WHERE order_id = :order_id AND version = :version AND ordinal = :ordinal;

-- name: order_lines
SELECT number, sku, quantity_micros, unit, expected_price_micros, options, line, column, manual_price_micros,
       manual_discount_micros, manual_reason, manual_person, manual_is_ours
FROM order_line WHERE order_id = :order_id AND version = :version ORDER BY ordinal;

-- name: order_options
SELECT key, value FROM json_each(:options);

-- name: order_coupons
SELECT value FROM json_each(:coupons) ORDER BY key;

-- name: order_freight_insert
INSERT INTO order_freight (order_id, version, part, tax_rate_micros, net_minor, tax_minor)
VALUES (:order_id, :version, :part, :tax_rate_micros, :net_minor, :tax_minor);

-- name: order_price_insert
INSERT INTO order_price (order_id, version, customer, customer_group, currency, net_minor, tax_minor, gross_minor,
                         freight_minor, includes_tax, cost_minor, day, customers_version, products_version, prices_version,
                         promotions_version, payment_terms, deposit_micros, payment_days)
VALUES (:order_id, :version, :customer, :customer_group, :currency, :net_minor, :tax_minor, :gross_minor, :freight_minor,
        :includes_tax, :cost_minor, :day, :customers_version, :products_version, :prices_version, :promotions_version, :payment_terms,
        :deposit_micros, :payment_days);

-- name: order_price_trace_insert
INSERT INTO order_price_trace (order_id, version, trace) VALUES (:order_id, :version, :trace);

-- name: order_line_price_insert
INSERT INTO order_line_price (order_id, version, ordinal, price_micros, list_minor, discount_minor, list_exact_micros,
                              exact_micros, is_as_expected, net_minor,
                              tax_rate_micros, tax_minor, rules_price_micros, deviation_micros, allowed_micros,
                              cost_minor, least_minor, is_below_floor)
VALUES (:order_id, :version, :ordinal, :price_micros, :list_minor, :discount_minor, :list_exact_micros,
        :exact_micros, :is_as_expected, :net_minor, :tax_rate_micros, :tax_minor, :rules_price_micros, :deviation_micros, :allowed_micros, :cost_minor, :least_minor, :is_below_floor);

-- name: order_line_part_insert
INSERT INTO order_line_part (order_id, version, ordinal, part, sku, quantity_micros, unit, list_minor, net_minor)
VALUES (:order_id, :version, :ordinal, :part, :sku, :quantity_micros, :unit, :list_minor, :net_minor);

-- One row: what fails has changed nothing (OR FAIL: no statement journal).
-- name: order_move
UPDATE OR FAIL orders SET approval = :approval, fulfilment = :fulfilment, payment = :payment WHERE id = :id;

-- name: order_by_interchange
SELECT order_id, version FROM order_version WHERE interchange_id = :interchange_id AND order_id > :after
ORDER BY order_id LIMIT 1;

-- name: order_discard_lines
DELETE FROM order_line WHERE order_id = :order_id AND version = :version;

-- name: order_discard_parties
DELETE FROM order_party WHERE order_id = :order_id AND version = :version;

-- name: order_discard_notes
DELETE FROM order_note WHERE order_id = :order_id AND version = :version;

-- name: order_discard_events
DELETE FROM order_event WHERE order_id = :order_id AND version = :version;

-- name: order_discard_version
DELETE FROM order_version WHERE order_id = :order_id AND version = :version;

-- name: order_discard
DELETE FROM orders WHERE id = :id AND version = 1;

-- name: order_discard_again
UPDATE orders SET version = version - 1, approval = 'refused',
    received_ms = (SELECT e.known_ms FROM order_event e
                   WHERE e.order_id = orders.id AND e.version = orders.version - 1 AND e.event = 'received')
WHERE id = :id;

-- name: order_day_get
SELECT orders, net_minor, gross_minor FROM customer_day WHERE customer = :customer AND day = :day AND currency = :currency;

-- name: order_day_count
INSERT INTO customer_day (customer, day, currency, orders, net_minor, gross_minor)
SELECT customer, day, currency, 1, net_minor, gross_minor FROM order_price
WHERE order_id = :order_id AND version = :version
ON CONFLICT (customer, day, currency)
DO UPDATE SET orders = customer_day.orders + 1,
              net_minor = customer_day.net_minor + excluded.net_minor,
              gross_minor = customer_day.gross_minor + excluded.gross_minor;

-- name: order_day_release
UPDATE customer_day
SET orders = customer_day.orders - 1, net_minor = customer_day.net_minor - p.net_minor,
    gross_minor = customer_day.gross_minor - p.gross_minor
FROM order_price AS p
WHERE p.order_id = :order_id AND p.version = :version
  AND customer_day.customer = p.customer AND customer_day.day = p.day AND customer_day.currency = p.currency
  AND NOT EXISTS (SELECT 1 FROM approval AS a WHERE a.order_id = p.order_id AND a.version = p.version);
