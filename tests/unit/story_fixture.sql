-- Order 1 (p/PO-1) has something of everything that a story tells; order 2 has as much that must not be told of it.  Moments are
-- hours of 2 March 2026, UTC: 1772409600000 is its midnight, 3600000 an hour.
INSERT INTO interchange (id, arrival_id, partner, name, sha256, size, format, document, acceptance, state, repetition, place,
                         received_ms) VALUES
    (1, 1, 'p', 'order.csv', 'aaaaaaaaaaaabbbb', 1, 'csv', 'order', 'per-order', 'taken', 0, 'archive/x', 1772442000000),
    (2, 2, 'p', 'changes.csv', 'sha-2', 1, 'csv', 'order-change', 'per-order', 'taken', 0, 'archive/x', 1772445600000),
    (3, 3, 'harbour', 'left.csv', 'sha-3', 1, 'csv', 'shipment', 'per-order', 'taken', 0, 'archive/x', 1772456400000),
    (4, 4, 'ups', 'scans.csv', 'sha-4', 1, 'csv', 'transport-event', 'per-order', 'taken', 0, 'archive/x', 1772528400000),
    (5, 5, 'ledger', 'money.csv', 'sha-5', 1, 'csv', 'payment', 'per-order', 'taken', 0, 'archive/x', 1772532000000),
    (6, 6, 'p', 'cancel.csv', 'sha-6', 1, 'csv', 'order-cancellation', 'per-order', 'taken', 0, 'archive/x', 1772449200000),
    (7, 7, 'p', 'return.csv', 'sha-7', 1, 'csv', 'return-request', 'per-order', 'taken', 0, 'archive/x', 1772535600000),
    (8, 8, 'harbour', 'came.csv', 'sha-8', 1, 'csv', 'return-receipt', 'per-order', 'taken', 0, 'archive/x', 1772539200000),
    (9, 9, 'harbour', 'news.csv', 'sha-9', 1, 'csv', 'release-status', 'per-order', 'taken', 0, 'archive/x', 1772460000000),
    (10, 10, 'plant', 'made.csv', 'sha-10', 1, 'csv', 'production-status', 'per-order', 'taken', 0, 'archive/x', 1772460000000),
    (11, 11, 'harbour', 'stop.csv', 'sha-11', 1, 'csv', 'stop-status', 'per-order', 'taken', 0, 'archive/x', 1772452800000),
    (20, 20, 'p', 'other.csv', 'sha-20', 1, 'csv', 'order', 'per-order', 'taken', 0, 'archive/x', 1772442000000);
INSERT INTO orders (id, partner, number, version, approval, fulfilment, received_ms) VALUES
    (1, 'p', 'PO-1', 2, 'approved', 'none', 1772442000000), (2, 'p', 'PO-2', 1, 'approved', 'none', 1772442000000);
INSERT INTO order_version (order_id, version, interchange_id, sha256, type, currency, order_date, coupons, lines, line,
                           column) VALUES
    (1, 1, 1, '', 'regular', 'EUR', 20514, '[]', 1, 2, 1), (1, 2, 2, '', 'regular', 'EUR', 20514, '[]', 1, 2, 1),
    (2, 1, 20, '', 'regular', 'EUR', 20514, '[]', 1, 2, 1);
INSERT INTO order_line (order_id, version, ordinal, number, sku, description, quantity_micros, unit, options, line, column) VALUES
    (1, 1, 1, '10', 'TEA', '', 3000000, 'C62', '{}', 2, 1), (1, 2, 1, '10', 'TEA', '', 5000000, 'C62', '{}', 2, 1),
    (2, 1, 1, '10', 'TEA', '', 3000000, 'C62', '{}', 2, 1);
INSERT INTO order_price (order_id, version, customer, customer_group, currency, net_minor, tax_minor, gross_minor, day,
                         customers_version, products_version, prices_version) VALUES
    (1, 1, 'C', '', 'EUR', 1000, 190, 1190, 20514, 1, 1, 1), (1, 2, 'C', '', 'EUR', 2000, 380, 2380, 20514, 1, 1, 1),
    (2, 1, 'C', '', 'EUR', 1000, 190, 1190, 20514, 1, 1, 1);
INSERT INTO order_event (id, order_id, version, event, headline, happened_ms, known_ms, actor, interchange_id, detail) VALUES
    (1, 1, 1, 'received', 'submitted', 1772442000000, 1772442000000, 'p', 1, ''),
    (2, 2, 1, 'received', 'submitted', 1772442000000, 1772442000000, 'p', 20, ''),
    (3, 1, 1, 'approval-asked', 'waiting-for-approval', 1772442000000, 1772442000000, 'purser', 1, ''),
    (4, 1, 2, 'changed', 'submitted', 1772445600000, 1772445600000, 'p', 2, '{"change":"C-1","reason":"more guests"}'),
    (5, 1, 2, 'approved', 'approved', 1772445600000, 1772445600000, 'linwei', NULL, 'go ahead'),
    (6, 2, 1, 'approved', 'approved', 1772445600000, 1772445600000, 'purser', NULL, ''),
    (7, 1, 2, 'hold-placed', 'approved', 1772445600000, 1772445600000, 'purser', NULL,
     '{"hold":"stock","blocks":"release","reason":"TEA 1","trace":{"a":[1]}}'),
    (8, 1, 2, 'repriced', 'approved', 1772446000000, 1772446000000, 'purser', NULL, '{"struck":["2","3"],"reason":"gone"}'),
    (9, 1, 2, 'shipped', 'shipped', 1772452800000, 1772456400000, 'harbour', 3, '4711'),
    (10, 1, 2, 'part-paid', 'shipped', 1772409600000, 1772532000000, 'ledger', 5,
     '{"required":"23.80","paid":"5.00","currency":"EUR"}'),
    (11, 1, 2, 'return-authorised', 'shipped', 1772535600000, 1772535600000, 'purser', 7, '{"return":"RMA-1"}');
INSERT INTO approval (id, order_id, version, step, approvers, amount_minor, limit_minor, currency, trace, state) VALUES
    (1, 1, 1, 1, 'linwei', 1190, 1000, 'EUR', '{}', 'approved'), (2, 2, 1, 1, 'linwei', 1190, 1000, 'EUR', '{}', 'approved');
-- Somebody who was not asked decided the next step, at the command line.
INSERT INTO approval (id, order_id, version, step, approvers, amount_minor, limit_minor, currency, trace, state, decided_ms,
                      decided_by, reason) VALUES
    (3, 1, 1, 2, 'boss', 1190, 1000, 'EUR', '{}', 'rejected', 1772445500000, 'user:bob', 'no');
INSERT INTO approval_person (approval_id, ordinal, slot, named, person, authority, chosen, chain, trace, asked_ms, state,
                             decided_ms, decided_by, reason) VALUES
    (1, 1, 1, 'linwei', 'linwei', 'linwei', 'named', '', '{}', 1772442000000, 'approved', 1772445600000, 'user:ann', 'go ahead'),
    (1, 2, 2, 'boss', 'boss', 'boss', 'named', '', '{}', 1772442000000, 'withdrawn', 1772445600000, NULL, NULL),
    (2, 1, 1, 'linwei', 'linwei', 'linwei', 'named', '', '{}', 1772442000000, 'approved', 1772445600000, 'linwei', '');
INSERT INTO approval_refused (partner, order_number, version, person, verdict, code, at_ms) VALUES
    ('p', 'PO-1', 1, 'boss', 'approve', 'DEC-LATE', 1772449200000), ('p', 'PO-2', 1, 'boss', 'approve', 'DEC-LATE', 1772449200000);
INSERT INTO warehouse_release (id, order_id, number, version, warehouse, is_whole, released_ms, state, state_ms, reason) VALUES
    (1, 1, 1, 2, 'harbour', 1, 1772449200000, 'sent', 1772449200000, ''),
    (2, 2, 1, 1, 'harbour', 1, 1772449200000, 'sent', 1772449200000, '');
INSERT INTO release_news (interchange_id, line, warehouse, partner, order_number, release, status, at_ms, order_line, reason,
                          release_id, is_late) VALUES
    (9, 2, 'harbour', 'p', 'PO-1', 1, 'picking', 1772450000000, '', '', 1, 1);
INSERT INTO production (id, order_id, version, ordinal, part, plant, number, warehouse, asked_ms, sku, quantity_micros, done_micros,
                        start_day, finish_day, state, state_ms, cause, reason) VALUES
    (1, 1, 2, 1, 0, 'plant', 1, 'harbour', 1772449200000, 'TEA', 1000000, 0, 20514, 20515, 'started', 1772449200000, '', '');
INSERT INTO production_news (interchange_id, line, plant, number, status, at_ms, cause, currency, reason, production_id, is_late)
VALUES (10, 2, 'plant', 1, 'accepted', 1772449900000, '', '', '', 1, 1);
INSERT INTO shipment (id, interchange_id, warehouse, number, partner, order_number, order_id, shipped_ms, carrier, tracking, line)
VALUES (1, 3, 'harbour', 'S-1', 'p', 'PO-1', 1, 1772452800000, 'ups', '1Z', 2),
       (2, 3, 'harbour', 'S-2', 'p', 'PO-1', 1, 1772452800000, 'ups', '1Z', 3),
       (3, 3, 'harbour', 'S-3', 'p', 'PO-2', 2, 1772452800000, 'ups', '2Z', 4);
INSERT INTO shipment_line (shipment_id, ordinal, order_line, sku, quantity_micros, line) VALUES (1, 1, '10', 'TEA', 1500000, 2);
INSERT INTO parcel (shipment_id, order_id, carrier, tracking, state, rank, cause, since_ms, last_ms, events, signed_by, proof,
                    is_final) VALUES
    (1, 1, 'ups', '1Z', 'delivered', 9, '', 1, 1, 1, '', '', 1), (2, 1, 'ups', '1Z', 'delivered', 9, '', 1, 1, 1, '', '', 1),
    (3, 2, 'ups', '2Z', 'delivered', 9, '', 1, 1, 1, '', '', 1);
INSERT INTO transport_event (interchange_id, line, carrier, tracking, identity, code, happened_ms, known_ms, place, country, region,
                             text, signed_by, proof, state, label_en, label_zh, verdict) VALUES
    (4, 2, 'ups', '1Z', '#1', 'DL', 1772470800000, 1772528400000, 'Bonn', '', '', '', 'Eva', '', 'delivered', 'Delivered', '已签收',
     'applied'),
    (4, 3, 'ups', '2Z', '#2', 'DL', 1772470800000, 1772528400000, 'Bonn', '', '', '', 'Max', '', 'delivered', 'Delivered', '已签收',
     'applied');
INSERT INTO payment (id, interchange_id, finance, number, kind, partner, order_number, invoice_number, amount_minor, currency,
                     paid_on, payer, reference, line, order_id, assigned_by) VALUES
    (1, 5, 'ledger', 'M-1', 'payment', 'p', 'PO-1', '', 500, 'EUR', 20514, 'P Ltd', '', 2, 1, NULL),
    (2, 5, 'ledger', 'M-2', 'payment', 'p', '', '', 700, 'EUR', 20514, '', '', 3, 1, 'user:ann'),
    (3, 5, 'ledger', 'M-3', 'payment', 'p', 'PO-2', '', 700, 'EUR', 20514, '', '', 4, 2, 'user:ann');
INSERT INTO payment_allocation (payment_id, order_id, from_ms, until_ms) VALUES
    (1, 1, 1772532000000, NULL), (2, 1, 1772535600000, NULL), (3, 1, 1772532000000, 1772535600000), (3, 2, 1772535600000, NULL);
INSERT INTO invoice (id, kind, year, sequence, number, day, due, order_id, version, shipment_id, corrects, customer, currency,
                     includes_tax, net_minor, tax_minor, gross_minor, reason, issued_by, issued_ms) VALUES
    (1, 'invoice', 2026, 1, 'INV-1', 20514, 20544, 1, 2, 1, NULL, 'C', 'EUR', 0, 1000, 190, 1190, '', 'purser', 1772456400000),
    (2, 'credit-note', 2026, 1, 'CRN-1', 20515, NULL, 1, 2, NULL, 1, 'C', 'EUR', 0, 100, 19, 119, 'came back', 'user:ann',
     1772539200000),
    (4, 'charge', 2026, 1, 'CHG-1', 20515, 20545, 1, 2, NULL, NULL, 'C', 'EUR', 0, 10, 0, 10, '', 'purser', 1772539200000),
    (3, 'invoice', 2026, 2, 'INV-2', 20514, 20544, 2, 1, 3, NULL, 'C', 'EUR', 0, 1000, 190, 1190, '', 'purser', 1772456400000);
INSERT INTO change_request (id, interchange_id, partner, order_number, number, sha256, version, reason, terms, order_id, line)
VALUES (1, 2, 'p', 'PO-1', 'C-1', '', 1, 'more guests', '', 1, 2);
INSERT INTO change_answer (order_id, number, change_number, actor, at_ms, verdict, version_before, version, currency, gross) VALUES
    (1, 1, 'C-1', 'p', 1772445600000, 'partly', 1, 2, 'EUR', 2380);
INSERT INTO change_answer_item (order_id, number, item, kind, line, field, value_before, value_after, verdict, way, code, code_value,
                                code_other, rule) VALUES
    (1, 1, 1, 'increase', '10', 'quantity', '3', '5', 'taken', '', '', '', '', ''),
    (1, 1, 2, '', '70', '', '', '', 'refused', '', 'CHG-LINE', '', '', '');
INSERT INTO cancel_request (id, interchange_id, partner, order_number, number, sha256, version, reason, text, order_id, line) VALUES
    (1, 6, 'p', 'PO-1', 'X-1', '', 2, 'mistake', '', 1, 2);
INSERT INTO cancellation (id, order_id, number, version, is_whole, interchange_id, request, actor, reason, text, fault, at_ms,
                          currency, net_minor, tax_minor) VALUES
    (1, 1, 1, 2, 0, 6, 'X-1', 'p', 'mistake', '', 'customer', 1772449200000, 'EUR', 400, 76),
    (2, 1, 2, 2, 0, NULL, 'X-2', 'p', 'mistake', '', 'customer', 1772449260000, 'EUR', 0, 0);
INSERT INTO cancellation_line (cancellation_id, ordinal, quantity_micros, net_minor, tax_minor) VALUES (1, 1, 500000, 400, 76);
INSERT INTO stop_notice (id, partner, number, action, order_id, version, cancellation_id, release_id, content, state, asked_ms,
                         state_ms, reminders, reason) VALUES
    (1, 'harbour', 1, 'stop', 1, 2, 1, 1, '', 'stopped', 1772449200000, 1772452800000, 0, ''),
    (2, 'harbour', 2, 'redirect', 1, 2, NULL, NULL, '{}', 'asked', 1772449200000, 1772449200000, 0, ''),
    (3, 'harbour', 3, 'stop', 2, 1, NULL, 2, '', 'asked', 1772449200000, 1772449200000, 0, '');
INSERT INTO stop_answer (interchange_id, partner, number, status, order_line, at_ms, currency, reason, notice_id, line) VALUES
    (11, 'harbour', 1, 'stopped', '', 1772451000000, '', 'it was near', 1, 2);
INSERT INTO return_request (id, interchange_id, partner, order_number, number, sha256, order_id, line) VALUES
    (1, 7, 'p', 'PO-1', 'R-1', '', 1, 2);
INSERT INTO return_authorisation (id, order_id, version, request, year, sequence, number, state, asked_ms, decided_ms, decided_by,
                                  reason, expires, warehouse, freight, interchange_id) VALUES
    (1, 1, 2, 'R-1', 2026, 1, 'RMA-1', 'authorised', 1772535600000, 1772535600000, 'purser', '', 20540, 'harbour', 'customer', 7),
    (2, 2, 1, 'R-2', 2026, 2, 'RMA-2', 'received', 1772435600000, 1772435600000, 'purser', '', 20540, 'harbour', 'customer', 7);
INSERT INTO order_exchange (order_id, return_id) VALUES (1, 2);
INSERT INTO return_line (return_id, ordinal, order_ordinal, number, sku, unit, quantity_micros, reason, wish, exchange_sku, serials,
                         verdict, clause, why, text_en, text_zh, dispositions, fees, gifts, package, per_micros) VALUES
    (1, 1, 1, '10', 'TEA', 'C62', 1000000, 'damaged', 'refund', '', '', 'allow', '', 'clause', '', '', '', '', 'value', '', 0);
INSERT INTO return_taken (return_id, ordinal, warehouse, receipt, happened_ms, known_ms, condition, quantity_micros, disposition,
                          waits, serials, lot, reason, refund_minor, fee_minor, unbilled_minor, interchange_id) VALUES
    (1, 1, 'harbour', 'RC-1', 1772537000000, 1772539200000, 'opened', 1000000, 'scrap', '', '', '', 'torn', 119, 0, 0, 8);
INSERT INTO return_receipt (id, interchange_id, warehouse, number, sha256, authorisation, at_ms, order_id, line) VALUES
    (1, 8, 'harbour', 'RC-1', '', 'RMA-1', 1772537000000, 1, 2);
INSERT INTO delay_warning (order_id, number, version, at_ms, grade, grade_before, cause, promised, promised_before, expected_p50_ms,
                           trace) VALUES
    (1, 1, 2, 1772460000000, 'late', 'none', 'customs', 20516, 20516, 1772700000000, '{}'),
    (2, 1, 1, 1772460000000, 'late', 'none', 'customs', 20516, 20516, 1772700000000, '{}');
INSERT INTO outbox_message (partner, kind, number, interchange_id, order_id, shipment_id) VALUES
    ('p', 'acknowledgement', 1, 1, NULL, NULL), ('p', 'acknowledgement', 2, 20, NULL, NULL),
    ('p', 'order-status', 1, NULL, 1, NULL), ('p', 'order-status', 2, NULL, 1, NULL), ('p', 'order-status', 3, NULL, 2, NULL),
    ('p', 'change-response', 1, 2, 1, NULL), ('p', 'change-response', 2, 6, NULL, NULL), ('p', 'shipment-notice', 1, NULL, NULL, 1);
INSERT INTO outbox_file (id, partner, kind, sequence, name, format, state, first_message, last_message, messages, sha256, created_ms,
                         delivered_ms) VALUES
    (1, 'p', 'acknowledgement', 1, 'ack-1.csv', 'csv', 'delivered', 1, 1, 1, 'ccccccccccccdddd', 1772442000000, 1772442100000),
    (2, 'p', 'acknowledgement', 2, 'ack-2.csv', 'csv', 'written', 2, 2, 1, 'sha', 1772442000000, NULL),
    (3, 'p', 'order-status', 1, 'status-1.csv', 'csv', 'written', 1, 2, 2, 'sha', 1772445600000, NULL),
    (4, 'p', 'order-status', 2, 'status-2.csv', 'csv', 'written', 3, 3, 1, 'sha', 1772445600000, NULL),
    (5, 'p', 'change-response', 1, 'change-1.csv', 'csv', 'written', 1, 2, 2, 'sha', 1772449200000, NULL),
    (6, 'p', 'shipment-notice', 1, 'notice-1.csv', 'csv', 'sealed', 1, 1, 1, NULL, 1772456400000, NULL),
    (7, 'p', 'order-status', 1, 'status-1.xml', 'xml', 'written', 1, 2, 2, 'sha', 1772445600000, NULL);
