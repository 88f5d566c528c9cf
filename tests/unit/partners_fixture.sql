-- What three partners sent in November 2026, whose figures are worked out by hand in test_partners.c.  Times are UTC; each file has
-- an acknowledgement of its own.
INSERT INTO arrival (id, partner, mailbox, name, remote_size, remote_mtime_s, spool, state, remote, arrived_ms) VALUES
    (1, 'north', 'folder', x'6f63746f6265722d312e637376', 1, 1, 'spool-1', 'taken', 'settled', 1791190800000),
    (2, 'north', 'folder', x'6f63746f6265722d322e637376', 1, 1, 'spool-2', 'taken', 'settled', 1791277200000),
    (3, 'south', 'folder', x'6f63746f6265722e637376', 1, 1, 'spool-3', 'taken', 'settled', 1793440800000),
    (11, 'north', 'folder', x'6e2d30322e637376', 1, 1, 'spool-11', 'taken', 'settled', 1793610000000),
    (12, 'north', 'folder', x'6e2d30332e637376', 1, 1, 'spool-12', 'taken', 'settled', 1793696400000),
    (13, 'north', 'folder', x'6e2d30342e637376', 1, 1, 'spool-13', 'taken', 'settled', 1793782800000),
    (14, 'north', 'folder', x'6e2d30352e637376', 1, 1, 'spool-14', 'taken', 'settled', 1793869200000),
    (15, 'north', 'folder', x'6e2d30362e637376', 1, 1, 'spool-15', 'taken', 'settled', 1793955600000),
    (16, 'north', 'folder', x'6e2d30322d616761696e2e637376', 1, 1, 'spool-16', 'taken', 'settled', 1793959200000),
    (17, 'north', 'folder', x'6e2d30372e637376', 1, 1, 'spool-17', 'taken', 'settled', 1794042000000),
    (18, 'north', 'folder', x'6e2d30382e637376', 1, 1, 'spool-18', 'taken', 'settled', 1794128400000),
    (19, 'north', 'folder', x'6e2d30392e637376', 1, 1, 'spool-19', 'taken', 'settled', 1794214800000),
    (21, 'south', 'folder', x'732d30322e637376', 1, 1, 'spool-21', 'taken', 'settled', 1793613600000),
    (22, 'south', 'folder', x'732d30342e637376', 1, 1, 'spool-22', 'taken', 'settled', 1793786400000),
    (23, 'south', 'folder', x'732d30372e637376', 1, 1, 'spool-23', 'taken', 'settled', 1794045600000);
INSERT INTO interchange (id, arrival_id, partner, name, sha256, size, format, document, acceptance, state, repetition, place,
                         documents, documents_taken, received_ms) VALUES
    (1, 1, 'north', 'october-1.csv', 'sha-1', 1, 'csv', 'order', 'per-order', 'taken', 0, 'archive/x', 1, 1, 1791190800000),
    (2, 2, 'north', 'october-2.csv', 'sha-2', 1, 'csv', 'order', 'per-order', 'taken', 0, 'archive/x', 1, 1, 1791277200000),
    (3, 3, 'south', 'october.csv', 'sha-3', 1, 'csv', 'stock-report', 'per-order', 'taken', 0, 'archive/x', 1, 1, 1793440800000),
    (11, 11, 'north', 'n-02.csv', 'sha-11', 1, 'csv', 'order', 'per-order', 'taken', 0, 'archive/x', 2, 2, 1793610000000),
    (12, 12, 'north', 'n-03.csv', 'sha-12', 1, 'csv', 'order', 'per-order', 'partly', 0, 'archive/x', 3, 1, 1793696400000),
    (13, 13, 'north', 'n-04.csv', 'sha-13', 1, 'csv', 'order', 'per-order', 'refused', 0, 'archive/x', 2, 0, 1793782800000),
    (14, 14, 'north', 'n-05.csv', 'sha-14', 1, 'csv', '', 'per-order', 'refused', 0, 'archive/x', 0, 0, 1793869200000),
    (15, 15, 'north', 'n-06.csv', 'sha-15', 1, 'csv', 'order', 'per-order', 'refused', 0, 'archive/x', 1, 0, 1793955600000),
    (16, 16, 'north', 'n-02-again.csv', 'sha-16', 1, 'csv', '', 'per-order', 'duplicate', 0, 'archive/x', 0, 0, 1793959200000),
    (17, 17, 'north', 'n-07.csv', 'sha-17', 1, 'csv', 'order', 'test', 'taken', 0, 'archive/x', 1, 0, 1794042000000),
    (18, 18, 'north', 'n-08.csv', 'sha-18', 1, 'csv', 'order', 'per-order', 'taken', 0, 'archive/x', 1, 1, 1794128400000),
    (19, 19, 'north', 'n-09.csv', 'sha-19', 1, 'csv', 'order', 'per-order', 'partly', 0, 'archive/x', 3, 2, 1794214800000),
    (21, 21, 'south', 's-02.csv', 'sha-21', 1, 'csv', 'stock-report', 'per-order', 'taken', 0, 'archive/x', 1, 1, 1793613600000),
    (22, 22, 'south', 's-04.csv', 'sha-22', 1, 'csv', 'stock-report', 'per-order', 'taken', 0, 'archive/x', 1, 1, 1793786400000),
    (23, 23, 'south', 's-07.csv', 'sha-23', 1, 'csv', 'stock-report', 'per-order', 'taken', 0, 'archive/x', 1, 1, 1794045600000);
INSERT INTO outbox_message (partner, kind, number, interchange_id) VALUES
    ('north', 'acknowledgement', 1, 1),
    ('north', 'acknowledgement', 2, 2),
    ('south', 'acknowledgement', 1, 3),
    ('north', 'acknowledgement', 3, 11),
    ('north', 'acknowledgement', 4, 12),
    ('north', 'acknowledgement', 5, 13),
    ('north', 'acknowledgement', 6, 14),
    ('north', 'acknowledgement', 7, 15),
    ('north', 'acknowledgement', 8, 16),
    ('north', 'acknowledgement', 9, 17),
    ('north', 'acknowledgement', 10, 18),
    ('north', 'acknowledgement', 11, 19),
    ('south', 'acknowledgement', 2, 21),
    ('south', 'acknowledgement', 3, 22),
    ('south', 'acknowledgement', 4, 23);
INSERT INTO outbox_file (partner, kind, sequence, name, format, state, first_message, last_message, messages, created_ms,
                         delivered_ms) VALUES
    ('north', 'acknowledgement', 1, 'ack-north-1', 'csv', 'written', 1, 1, 1, 1791190800000, NULL),
    ('north', 'acknowledgement', 2, 'ack-north-2', 'csv', 'written', 2, 2, 1, 1791277200000, NULL),
    ('south', 'acknowledgement', 1, 'ack-south-1', 'csv', 'written', 1, 1, 1, 1793440800000, NULL),
    ('north', 'acknowledgement', 3, 'ack-north-3', 'csv', 'written', 3, 3, 1, 1793610000000, NULL),
    ('north', 'acknowledgement', 4, 'ack-north-4', 'csv', 'written', 4, 4, 1, 1793697000000, NULL),
    ('north', 'acknowledgement', 5, 'ack-north-5', 'csv', 'written', 5, 5, 1, 1793784600000, NULL),
    ('north', 'acknowledgement', 6, 'ack-north-6', 'csv', 'delivered', 6, 6, 1, 1793872200000, 1793872800000),
    ('north', 'acknowledgement', 7, 'ack-north-7', 'csv', 'written', 7, 7, 1, 1793956800000, NULL),
    ('north', 'acknowledgement', 8, 'ack-north-8', 'csv', 'written', 8, 8, 1, 1793959200000, NULL),
    ('north', 'acknowledgement', 9, 'ack-north-9', 'csv', 'written', 9, 9, 1, 1794042300000, NULL),
    ('north', 'acknowledgement', 10, 'ack-north-10', 'csv', 'written', 10, 10, 1, 1796288400000, NULL),
    ('north', 'acknowledgement', 11, 'ack-north-11', 'csv', 'written', 11, 11, 1, 1794217200000, NULL),
    ('south', 'acknowledgement', 2, 'ack-south-2', 'csv', 'written', 2, 2, 1, 1793613600000, NULL),
    ('south', 'acknowledgement', 3, 'ack-south-3', 'csv', 'written', 3, 3, 1, 1793786400000, NULL),
    ('south', 'acknowledgement', 4, 'ack-south-4', 'csv', 'written', 4, 4, 1, 1794045600000, NULL);
INSERT INTO finding (interchange_id, ordinal, code, severity, line, "column", order_number, order_line, field, value, expected, hint, version) VALUES
    (12, 1, 'FLD-DATE', 'error', 2, 1, 'N-A', '', 'order_date', 'soon', '', '', 0),
    (12, 2, 'FLD-NUMBER', 'error', 2, 1, 'N-B', '', 'quantity', 'ten', '', '', 0),
    (12, 3, 'ADR-PHONE', 'warning', 2, 1, 'N-A', '', 'quantity', '1', '', '', 0),
    (13, 1, 'FLD-DATE', 'error', 2, 1, 'N-C', '', 'order_date', 'later', '', '', 0),
    (13, 2, 'FLD-DATE', 'error', 2, 1, 'N-D', '', 'order_date', 'later', '', '', 0),
    (14, 1, 'ENC-BROKEN', 'fatal', 2, 1, '', '', 'quantity', '', '', '', 0),
    (15, 1, 'FLD-DATE', 'error', 2, 1, 'N-E', '', 'order_date', 'never', '', '', 0),
    (16, 1, 'FILE-DUPLICATE', 'info', 2, 1, '', '', 'quantity', '', '', '', 0),
    (17, 1, 'FLD-NUMBER', 'error', 2, 1, 'N-F', '', 'quantity', 'x', '', '', 0),
    (19, 1, 'ORDER-KNOWN', 'info', 2, 1, 'PO-1', '', 'quantity', '', '', '', 0),
    (19, 2, 'ORDER-CONFLICT', 'error', 2, 1, 'PO-2', '', 'quantity', 'PO-2', '', '', 0);
INSERT INTO orders (id, partner, number, version, approval, fulfilment, received_ms) VALUES
    (1, 'north', 'PO-1', 1, 'approved', 'none', 1793610000000),
    (2, 'north', 'PO-2', 1, 'approved', 'none', 1793610000000),
    (3, 'north', 'PO-3', 1, 'approved', 'none', 1794214800000);
INSERT INTO order_version (order_id, version, interchange_id, sha256, type, currency, order_date, requested_to, coupons, lines, line,
                           "column") VALUES
    (1, 1, 11, '', 'regular', 'EUR', 20759, 20762, '[]', 2, 2, 1),
    (2, 1, 11, '', 'regular', 'EUR', 20759, 20787, '[]', 1, 4, 1),
    (3, 1, 19, '', 'regular', 'EUR', 20766, NULL, '[]', 1, 2, 1);
INSERT INTO order_line (order_id, version, ordinal, number, sku, description, quantity_micros, unit, expected_price_micros, options, line,
                        "column") VALUES
    (1, 1, 1, '1', 'TEA', '', 10000000, 'KGM', 4000000, '{}', 2, 1),
    (1, 1, 2, '2', 'CUP', '', 2500000, 'C62', 2000000, '{}', 3, 1),
    (2, 1, 1, '1', 'TEA', '', 1000000, 'KGM', 5000000, '{}', 4, 1),
    (3, 1, 1, '1', 'CUP', '', 1000000, 'C62', 1000000, '{}', 2, 1);
INSERT INTO order_price (order_id, version, customer, customer_group, currency, net_minor, tax_minor, gross_minor, day, customers_version,
                         products_version, prices_version) VALUES
    (1, 1, 'N', 'shops', 'EUR', 5000, 0, 5000, 20759, 1, 1, 1),
    (2, 1, 'N', 'shops', 'EUR', 400, 0, 400, 20759, 1, 1, 1),
    (3, 1, 'N', 'shops', 'EUR', 200, 0, 200, 20766, 1, 1, 1);
INSERT INTO order_line_price (order_id, version, ordinal, price_micros, list_minor, is_as_expected, net_minor, tax_rate_micros, tax_minor) VALUES
    (1, 1, 1, 4500000, 4500, 0, 4500, 0, 0),
    (1, 1, 2, 2000000, 500, 1, 500, 0, 0),
    (2, 1, 1, 4500000, 450, 0, 400, 0, 0),
    (3, 1, 1, 2000000, 200, 0, 200, 0, 0);
INSERT INTO order_line_reduction (order_id, version, ordinal, sequence, promotion, reduction_minor) VALUES
    (2, 1, 1, 1, 'SPRING', 50);
INSERT INTO order_event (id, order_id, version, event, headline, happened_ms, known_ms, actor, detail) VALUES
    (1, 1, 1, 'approved', 'approved', 1793610000000, 1793610000000, 'purser', ''),
    (2, 2, 1, 'approved', 'approved', 1793610000000, 1793610000000, 'purser', ''),
    (3, 3, 1, 'price-awaited', 'price-awaited', 1794214800000, 1794214800000, 'purser', ''),
    (4, 3, 1, 'approved', 'approved', 1796288400000, 1796288400000, 'purser', '');
INSERT INTO arrival (id, partner, mailbox, name, remote_size, remote_mtime_s, spool, state, remote, arrived_ms) VALUES
    (31, 'west', 'folder', x'77', 1, 1, 'spool-31', 'taken', 'settled', 1793354400000);
INSERT INTO interchange (id, arrival_id, partner, name, sha256, size, format, document, acceptance, state, repetition, place,
                         documents, documents_taken, received_ms) VALUES
    (31, 31, 'west', 'w-30.csv', 'sha-31', 1, 'csv', 'shipment', 'per-order', 'taken', 0, 'archive/x', 1, 1, 1793354400000);
INSERT INTO outbox_message (partner, kind, number, interchange_id) VALUES ('west', 'acknowledgement', 1, 31);
INSERT INTO outbox_file (partner, kind, sequence, name, format, state, first_message, last_message, messages, created_ms) VALUES
    ('west', 'acknowledgement', 1, 'ack-west-1', 'csv', 'written', 1, 1, 1, 1793354400000);
