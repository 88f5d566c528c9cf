-- What store_order leaves out of an order version: store_order_whole.h.

-- name: order_whole_head
SELECT requested_from, requested_to, sales_person FROM order_version WHERE order_id = :order_id AND version = :version;

-- name: order_whole_parties
SELECT role, code, name, contact, phone, email, country, region, city, district, postal_code, street, street2
FROM order_party WHERE order_id = :order_id AND version = :version;

-- name: order_whole_lines
SELECT description, requested_from, requested_to
FROM order_line WHERE order_id = :order_id AND version = :version ORDER BY ordinal;

-- name: order_whole_notes
SELECT kind, text, line FROM order_note WHERE order_id = :order_id AND version = :version ORDER BY ordinal;
