-- name: request_change_insert
INSERT INTO change_request (interchange_id, partner, order_number, number, sha256, version, reason, requested_from, requested_to,
                            terms, line)
VALUES (nullif(:interchange_id, 0), :partner, :order_number, :number, :sha256, :version, :reason, :requested_from,
        :requested_to, :terms, :line)
ON CONFLICT (partner, order_number, number) DO NOTHING;

-- name: request_change_line_insert
INSERT INTO change_request_line (request_id, ordinal, action, number, sku, description, quantity_micros, unit,
                                 expected_price_micros, manual_price_micros, manual_discount_micros, manual_reason, manual_person, requested_from,
                                 requested_to, options, line, column)
VALUES (:request_id, :ordinal, :action, :number, :sku, :description, :quantity_micros, :unit, :expected_price_micros,
        :manual_price_micros, :manual_discount_micros, :manual_reason, :manual_person, :requested_from, :requested_to, :options, :line, :column);

-- name: request_change_note_insert
INSERT INTO change_request_note (request_id, ordinal, order_line, kind, text)
VALUES (:request_id, :ordinal, :order_line, :kind, :text);

-- name: request_change_ship_to_insert
INSERT INTO change_request_ship_to (request_id, code, name, contact, phone, email, country, region, city, district, postal_code,
                                    street, street2)
VALUES (:request_id, :code, :name, :contact, :phone, :email, :country, :region, :city, :district, :postal_code, :street, :street2);

-- name: request_change_is_same
SELECT sha256 = :sha256 FROM change_request
WHERE partner = :partner AND order_number = :order_number AND number = :number;

-- name: request_change_of_interchange
SELECT c.id, c.number, c.order_number, c.version, c.reason, c.requested_from, c.requested_to, c.terms, c.line,
       s.request_id IS NOT NULL, s.code, s.name, s.contact, s.phone, s.email, s.country, s.region, s.city, s.district,
       s.postal_code, s.street, s.street2
FROM change_request c LEFT JOIN change_request_ship_to s ON s.request_id = c.id
WHERE c.interchange_id = :interchange_id AND c.id > :after ORDER BY c.id LIMIT 1;

-- name: request_change_find
SELECT id FROM change_request WHERE partner = :partner AND order_number = :order_number AND number = :number;

-- name: request_change_by_id
SELECT c.id, c.number, c.order_number, c.version, c.reason, c.requested_from, c.requested_to, c.terms, c.line,
       s.request_id IS NOT NULL, s.code, s.name, s.contact, s.phone, s.email, s.country, s.region, s.city, s.district,
       s.postal_code, s.street, s.street2
FROM change_request c LEFT JOIN change_request_ship_to s ON s.request_id = c.id
WHERE c.id = :id;

-- name: request_change_lines
SELECT action, number, sku, description, quantity_micros, unit, expected_price_micros, manual_price_micros, manual_discount_micros, manual_reason,
       manual_person, requested_from, requested_to, options, line, column
FROM change_request_line WHERE request_id = :request_id ORDER BY ordinal;

-- name: request_change_notes
SELECT kind, text, order_line FROM change_request_note WHERE request_id = :request_id ORDER BY ordinal;

-- name: request_change_match
UPDATE change_request SET order_id = :order_id WHERE id = :id;

-- name: request_change_lines_discard
DELETE FROM change_request_line WHERE request_id = :id;

-- name: request_change_notes_discard
DELETE FROM change_request_note WHERE request_id = :id;

-- name: request_change_ship_to_discard
DELETE FROM change_request_ship_to WHERE request_id = :id;

-- name: request_change_discard
DELETE FROM change_request WHERE id = :id;

-- name: request_cancel_insert
INSERT INTO cancel_request (interchange_id, partner, order_number, number, sha256, version, reason, text, line)
VALUES (:interchange_id, :partner, :order_number, :number, :sha256, :version, :reason, :text, :line)
ON CONFLICT (partner, order_number, number) DO NOTHING;

-- name: request_cancel_line_insert
INSERT INTO cancel_request_line (request_id, ordinal, number, quantity_micros, line)
VALUES (:request_id, :ordinal, :number, :quantity_micros, :line);

-- name: request_cancel_is_same
SELECT sha256 = :sha256 FROM cancel_request
WHERE partner = :partner AND order_number = :order_number AND number = :number;

-- name: request_cancel_of_interchange
SELECT id, number, order_number, version, reason, text, line FROM cancel_request
WHERE interchange_id = :interchange_id AND id > :after ORDER BY id LIMIT 1;

-- name: request_cancel_lines
SELECT number, quantity_micros, line FROM cancel_request_line WHERE request_id = :request_id ORDER BY ordinal;

-- name: request_cancel_match
UPDATE cancel_request SET order_id = :order_id WHERE id = :id;

-- name: request_cancel_lines_discard
DELETE FROM cancel_request_line WHERE request_id = :id;

-- name: request_cancel_discard
DELETE FROM cancel_request WHERE id = :id;

-- name: request_stop_insert
INSERT INTO stop_answer (interchange_id, partner, number, status, order_line, quantity_micros, at_ms, cost_micros, currency,
                         reason, line)
VALUES (:interchange_id, :partner, :number, :status, :order_line, :quantity_micros, :at_ms, :cost_micros, :currency, :reason, :line)
ON CONFLICT DO NOTHING;

-- name: request_stop_is_same
SELECT quantity_micros IS :quantity_micros AND cost_micros IS :cost_micros AND currency = :currency AND reason = :reason
FROM stop_answer
WHERE partner = :partner AND number = :number AND status = :status AND order_line = :order_line
  AND coalesce(at_ms, 0) = coalesce(:at_ms, 0);

-- name: request_stop_of_interchange
SELECT id, number, status, order_line, quantity_micros, at_ms, cost_micros, currency, reason, line FROM stop_answer
WHERE interchange_id = :interchange_id AND id > :after ORDER BY id LIMIT 1;

-- name: request_stop_match
UPDATE stop_answer SET notice_id = :notice_id WHERE id = :id;

-- name: request_stop_discard
DELETE FROM stop_answer WHERE id = :id;
