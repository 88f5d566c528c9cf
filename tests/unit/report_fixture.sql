-- A small ledger whose figures are worked out by hand in test_report.c.  Days are of October to December 2026, each
-- file came at 09:00 UTC.  Order 6 waits, 7 was refused by a person, 9 is approved only on 3 December, 10 was refused by
-- the checks and came again as version 2; one file was a test, one a duplicate.
INSERT INTO master_version (id, master, number, interchange_id, rows, in_force_ms) VALUES
    (1, 'products', 1, 1, 3, 1), (2, 'customers', 1, 1, 2, 1), (3, 'products', 2, 1, 3, 2);
INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class, tax_rate_micros, line) VALUES
    (1, 'TEA', 'Old tea', '旧茶', 'tea', 'KGM', 'tea', 190000, 2),
    (3, 'TEA', 'Green <tea>', '绿茶', 'tea', 'KGM', 'tea', 190000, 2),
    (3, 'CUP', 'Cup, small', '', 'ware', 'C62', 'ware', 190000, 3);
INSERT INTO customer (version_id, code, name, partner, customer_group, country, currency, email, line) VALUES
    (2, 'NORD', 'Nordlicht', 'nordlicht', 'shops', 'DE', 'EUR', '', 2),
    (2, 'BLUE', 'Blue & Co', 'bluebird', 'shops', 'US', 'USD', '', 3);
INSERT INTO interchange (id, arrival_id, partner, name, sha256, size, format, document, acceptance, state, repetition, place,
                         documents, documents_taken, received_ms) VALUES
    (1, 1, 'p', 'file', 'sha-1', 1, 'csv', 'order', 'per-order', 'taken', 0, 'archive/x', 1, 1, 1791622800000),
    (2, 2, 'p', 'file', 'sha-2', 1, 'csv', 'order', 'per-order', 'taken', 0, 'archive/x', 2, 2, 1793610000000),
    (3, 3, 'p', 'file', 'sha-3', 1, 'csv', 'order', 'per-order', 'refused', 0, 'archive/x', 1, 0, 1793696400000),
    (4, 4, 'p', 'file', 'sha-4', 1, 'csv', 'order', 'per-order', 'taken', 0, 'archive/x', 1, 1, 1793782800000),
    (5, 5, 'p', 'file', 'sha-5', 1, 'csv', 'order', 'per-order', 'taken', 0, 'archive/x', 1, 1, 1793869200000),
    (6, 6, 'p', 'file', 'sha-6', 1, 'csv', 'order', 'per-order', 'taken', 0, 'archive/x', 1, 1, 1794214800000),
    (7, 7, 'p', 'file', 'sha-7', 1, 'csv', 'order', 'per-order', 'taken', 0, 'archive/x', 1, 1, 1794733200000),
    (8, 8, 'p', 'file', 'sha-8', 1, 'csv', 'order', 'per-order', 'taken', 0, 'archive/x', 1, 1, 1795165200000),
    (9, 9, 'p', 'file', 'sha-9', 1, 'csv', 'order', 'per-order', 'taken', 0, 'archive/x', 1, 1, 1795251600000),
    (10, 10, 'p', 'file', 'sha-10', 1, 'csv', 'order', 'per-order', 'partly', 0, 'archive/x', 3, 2, 1796029200000),
    (11, 11, 'p', 'file', 'sha-11', 1, 'csv', 'order', 'per-order', 'taken', 0, 'archive/x', 1, 1, 1796115600000),
    (12, 12, 'p', 'file', 'sha-12', 1, 'csv', 'order', 'test', 'taken', 0, 'archive/x', 5, 0, 1793955600000),
    (13, 13, 'p', 'file', 'sha-13', 1, 'csv', 'order', 'per-order', 'duplicate', 0, 'archive/x', 0, 0, 1794042000000);
INSERT INTO orders (id, partner, number, version, approval, fulfilment, received_ms) VALUES
    (1, 'p', 'PO-1', 1, 'approved', 'none', 1791622800000),
    (2, 'p', 'PO-2', 1, 'approved', 'none', 1793610000000),
    (3, 'p', 'PO-3', 1, 'approved', 'none', 1793610000000),
    (4, 'p', 'PO-4', 1, 'approved', 'none', 1796029200000),
    (5, 'p', 'PO-5', 1, 'approved', 'none', 1794733200000),
    (6, 'p', 'PO-6', 1, 'waiting', 'none', 1795165200000),
    (7, 'p', 'PO-7', 1, 'refused', 'none', 1795251600000),
    (8, 'p', 'PO-8', 1, 'approved', 'none', 1796115600000),
    (9, 'p', 'PO-9', 1, 'approved', 'none', 1793869200000),
    (10, 'p', 'PO-10', 2, 'approved', 'none', 1793782800000),
    (11, 'p', 'PO-11', 1, 'approved', 'none', 1794214800000);
INSERT INTO order_version (order_id, version, interchange_id, sha256, type, currency, order_date, coupons, lines, line,
                           column) VALUES
    (1, 1, 1, '', 'regular', 'EUR', 20736, '[]', 1, 2, 1),
    (2, 1, 2, '', 'regular', 'EUR', 20759, '[]', 2, 2, 1),
    (3, 1, 2, '', 'regular', 'EUR', 20759, '[]', 1, 2, 1),
    (4, 1, 10, '', 'regular', 'EUR', 20787, '[]', 1, 2, 1),
    (5, 1, 7, '', 'regular', 'USD', 20772, '[]', 1, 2, 1),
    (6, 1, 8, '', 'regular', 'EUR', 20777, '[]', 1, 2, 1),
    (7, 1, 9, '', 'regular', 'EUR', 20778, '[]', 1, 2, 1),
    (8, 1, 11, '', 'regular', 'EUR', 20788, '[]', 1, 2, 1),
    (9, 1, 5, '', 'regular', 'EUR', 20762, '[]', 1, 2, 1),
    (10, 2, 4, '', 'regular', 'EUR', 20761, '[]', 1, 2, 1),
    (11, 1, 6, '', 'regular', 'JPY', 20766, '[]', 1, 2, 1),
    (10, 1, 3, '', 'regular', 'EUR', 20760, '[]', 1, 2, 1);
INSERT INTO order_line (order_id, version, ordinal, number, sku, description, quantity_micros, unit, options, line,
                        column) VALUES
    (1, 1, 1, '1', 'TEA', '', 1000000, 'KGM', '{}', 2, 1),
    (2, 1, 1, '1', 'TEA', '', 10000000, '', '{}', 2, 1),
    (2, 1, 2, '2', 'CUP', '', 2000000, 'C62', '{}', 2, 1),
    (3, 1, 1, '1', 'CUP', '', 4000000, 'C62', '{}', 2, 1),
    (4, 1, 1, '1', 'TEA', '', 3000000, 'KGM', '{}', 2, 1),
    (5, 1, 1, '1', 'POT', '', 1000000, 'C62', '{}', 2, 1),
    (6, 1, 1, '1', 'POT', '', 9000000, 'C62', '{}', 2, 1),
    (7, 1, 1, '1', 'CUP', '', 1000000, 'C62', '{}', 2, 1),
    (8, 1, 1, '1', 'CUP', '', 1000000, 'C62', '{}', 2, 1),
    (9, 1, 1, '1', 'TEA', '', 8000000, 'KGM', '{}', 2, 1),
    (10, 2, 1, '1', 'CUP', '', 1000000, 'C62', '{}', 2, 1),
    (11, 1, 1, '1', 'CUP', '', 1000000, 'C62', '{}', 2, 1);
INSERT INTO order_price (order_id, version, customer, customer_group, currency, net_minor, tax_minor, gross_minor, day,
                         customers_version, products_version, prices_version) VALUES
    (1, 1, 'NORD', 'shops', 'EUR', 10000, 1900, 11900, 20736, 1, 1, 1),
    (2, 1, 'NORD', 'shops', 'EUR', 8000, 1520, 9520, 20759, 1, 2, 1),
    (3, 1, 'NORD', 'shops', 'EUR', 6000, 1140, 7140, 20759, 1, 1, 1),
    (4, 1, 'BLUE', 'shops', 'EUR', 1500, 285, 1785, 20787, 1, 2, 1),
    (5, 1, 'BLUE', 'shops', 'USD', 20000, 0, 20000, 20772, 1, 2, 1),
    (6, 1, 'NORD', 'shops', 'EUR', 99900, 18981, 118881, 20777, 1, 2, 1),
    (7, 1, 'NORD', 'shops', 'EUR', 500, 95, 595, 20778, 1, 2, 1),
    (8, 1, 'BLUE', 'shops', 'EUR', 700, 133, 833, 20788, 1, 2, 1),
    (9, 1, 'NORD', 'shops', 'EUR', 4000, 760, 4760, 20762, 1, 2, 1),
    (10, 2, 'NORD', 'shops', 'EUR', 1200, 228, 1428, 20761, 1, 2, 1),
    (11, 1, 'YEN', 'shops', 'JPY', 1000, 100, 1100, 20766, 1, 2, 1);
INSERT INTO order_line_price (order_id, version, ordinal, price_micros, net_minor, tax_rate_micros, tax_minor) VALUES
    (1, 1, 1, 100000000, 10000, 190000, 1900),
    (2, 1, 1, 5000000, 5000, 190000, 950),
    (2, 1, 2, 15000000, 3000, 190000, 570),
    (3, 1, 1, 15000000, 6000, 190000, 1140),
    (4, 1, 1, 5000000, 1500, 190000, 285),
    (5, 1, 1, 200000000, 20000, 190000, 0),
    (6, 1, 1, 111000000, 99900, 190000, 18981),
    (7, 1, 1, 5000000, 500, 190000, 95),
    (8, 1, 1, 7000000, 700, 190000, 133),
    (9, 1, 1, 5000000, 4000, 190000, 760),
    (10, 2, 1, 12000000, 1200, 190000, 228),
    (11, 1, 1, 10000000, 1000, 190000, 100);
INSERT INTO order_event (order_id, version, event, headline, happened_ms, known_ms, actor, detail) VALUES
    (1, 1, 'received', '', 1791622800000, 1791622800000, 'purser', ''),
    (1, 1, 'approved', '', 1791622800000, 1791622800000, 'purser', ''),
    (1, 1, 'released', '', 1791622800001, 1791622800001, 'purser', ''),
    (2, 1, 'received', '', 1793610000000, 1793610000000, 'purser', ''),
    (2, 1, 'approved', '', 1793610000000, 1793610000000, 'purser', ''),
    (3, 1, 'received', '', 1793610000000, 1793610000000, 'purser', ''),
    (3, 1, 'approved', '', 1793610000000, 1793610000000, 'purser', ''),
    (4, 1, 'received', '', 1796029200000, 1796029200000, 'purser', ''),
    (4, 1, 'approved', '', 1796029200000, 1796029200000, 'purser', ''),
    (5, 1, 'received', '', 1794733200000, 1794733200000, 'purser', ''),
    (5, 1, 'approved', '', 1794733200000, 1794733200000, 'purser', ''),
    (6, 1, 'received', '', 1795165200000, 1795165200000, 'purser', ''),
    (6, 1, 'approval-asked', '', 1795165200000, 1795165200000, 'purser', ''),
    (7, 1, 'received', '', 1795251600000, 1795251600000, 'purser', ''),
    (7, 1, 'approval-asked', '', 1795251600000, 1795251600000, 'purser', ''),
    (7, 1, 'refused', '', 1795251600000, 1795251600000, 'purser', ''),
    (8, 1, 'received', '', 1796115600000, 1796115600000, 'purser', ''),
    (8, 1, 'approved', '', 1796115600000, 1796115600000, 'purser', ''),
    (9, 1, 'received', '', 1793869200000, 1793869200000, 'purser', ''),
    (9, 1, 'approval-asked', '', 1793869200000, 1793869200000, 'purser', ''),
    (9, 1, 'approved', '', 1796288400000, 1796288400000, 'purser', ''),
    (10, 2, 'received', '', 1793782800000, 1793782800000, 'purser', ''),
    (10, 2, 'approved', '', 1793782800000, 1793782800000, 'purser', ''),
    (11, 1, 'received', '', 1794214800000, 1794214800000, 'purser', ''),
    (11, 1, 'approved', '', 1794214800000, 1794214800000, 'purser', ''),
    (10, 1, 'received', '', 1793696400000, 1793696400000, 'purser', ''),
    (10, 1, 'refused', '', 1793696400000, 1793696400000, 'purser', '');
-- The same orders in the ledger of sales: each on the day of its approval.
UPDATE order_line_price SET list_minor = net_minor;
INSERT INTO sale (order_id, version, kind, sign, day, known_ms, order_day, currency, customer, customers_version, products_version,
                  includes_tax, list_minor, net_minor, freight_minor, tax_minor, cost_minor, costed_minor, exact_micros, rounded_minor)
SELECT e.order_id, e.version, 'ordered', 1, e.known_ms / 86400000, e.known_ms, v.order_date, p.currency, p.customer,
       p.customers_version, p.products_version, p.includes_tax, sum(l.net_minor + l.reduced_minor), sum(l.net_minor),
       p.freight_minor, sum(l.tax_minor), sum(coalesce(l.cost_minor, 0)), sum(iif(l.cost_minor IS NULL, 0, l.net_minor)),
       sum(coalesce(l.exact_micros, 0)), sum(l.rounded_minor)
FROM order_event e JOIN order_version v ON v.order_id = e.order_id AND v.version = e.version
JOIN order_price p ON p.order_id = e.order_id AND p.version = e.version
JOIN line_sold l ON l.order_id = e.order_id AND l.version = e.version
WHERE e.event = 'approved' GROUP BY e.id;
INSERT INTO customer_sale (customer, currency, order_day, day, orders, net_minor)
SELECT p.customer, p.currency, s.order_day, s.day, count(*), sum(p.net_minor)
FROM sale s JOIN order_price p ON p.order_id = s.order_id AND p.version = s.version GROUP BY 1, 2, 3, 4;
INSERT INTO product_month (sku, unit, month, order_month, quantity_micros, last_day)
SELECT l.sku, l.unit, CAST(strftime('%Y', s.day * 86400, 'unixepoch') AS INTEGER) * 12 + strftime('%m', s.day * 86400, 'unixepoch') - 1,
       CAST(strftime('%Y', s.order_day * 86400, 'unixepoch') AS INTEGER) * 12 + strftime('%m', s.order_day * 86400, 'unixepoch') - 1,
       sum(l.quantity_micros), max(s.order_day)
FROM sale s JOIN order_line l ON l.order_id = s.order_id AND l.version = s.version GROUP BY 1, 2, 3, 4;
