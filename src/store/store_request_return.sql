-- name: request_return_insert
INSERT INTO return_request (interchange_id, partner, order_number, number, sha256, line)
VALUES (:interchange_id, :partner, :order_number, :number, :sha256, :line)
ON CONFLICT (partner, order_number, number) DO NOTHING;

-- name: request_return_line_insert
INSERT INTO return_request_line (request_id, ordinal, number, part, quantity_micros, reason, wish, exchange_sku, serials, text,
                                 line)
VALUES (:request_id, :ordinal, :number, :part, :quantity_micros, :reason, :wish, :exchange_sku, :serials, :text, :line);

-- name: request_return_is_same
SELECT sha256 = :sha256 FROM return_request
WHERE partner = :partner AND order_number = :order_number AND number = :number;

-- name: request_return_of_interchange
SELECT id, number, order_number, line FROM return_request
WHERE interchange_id = :interchange_id AND id > :after ORDER BY id LIMIT 1;

-- name: request_return_lines
SELECT number, part, quantity_micros, reason, wish, exchange_sku, serials, text, line FROM return_request_line
WHERE request_id = :request_id ORDER BY ordinal;

-- name: request_return_match
UPDATE return_request SET order_id = :order_id WHERE id = :id;

-- name: request_return_lines_discard
DELETE FROM return_request_line WHERE request_id = :id;

-- name: request_return_discard
DELETE FROM return_request WHERE id = :id;

-- name: request_receipt_insert
INSERT INTO return_receipt (interchange_id, warehouse, number, sha256, authorisation, at_ms, line)
VALUES (:interchange_id, :warehouse, :number, :sha256, :authorisation, :at_ms, :line)
ON CONFLICT (warehouse, number) DO NOTHING;

-- name: request_receipt_line_insert
INSERT INTO return_receipt_line (receipt_id, ordinal, order_line, sku, quantity_micros, condition, lot, serials, reason, line)
VALUES (:receipt_id, :ordinal, :order_line, :sku, :quantity_micros, :condition, :lot, :serials, :reason, :line);

-- name: request_receipt_is_same
SELECT sha256 = :sha256 FROM return_receipt WHERE warehouse = :warehouse AND number = :number;

-- name: request_receipt_of_interchange
SELECT id, number, authorisation, at_ms, line FROM return_receipt
WHERE interchange_id = :interchange_id AND id > :after ORDER BY id LIMIT 1;

-- name: request_receipt_lines
SELECT order_line, sku, quantity_micros, condition, lot, serials, reason, line FROM return_receipt_line
WHERE receipt_id = :receipt_id ORDER BY ordinal;

-- name: request_receipt_match
UPDATE return_receipt SET order_id = :order_id WHERE id = :id;

-- name: request_receipt_lines_discard
DELETE FROM return_receipt_line WHERE receipt_id = :id;

-- name: request_receipt_discard
DELETE FROM return_receipt WHERE id = :id;
