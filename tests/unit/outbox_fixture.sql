-- Three orders of Nordlicht (accepted, waiting, refused) and one of Qinghe; what the desk says about them, and
-- everything that waits to be told, in an order that has nothing to do with the natural one.
BEGIN;
INSERT INTO arrival (id, partner, mailbox, name, remote_size, remote_mtime_s, spool, state, 
remote, arrived_ms)
 VALUES (1, 'nordlicht', 'in', CAST('a.xml' AS BLOB), 1, 1, 'a', 'taken', 'settled', 1),
 (2, 'qinghe', 'in', CAST('b.csv' AS BLOB), 1, 1, 'b', 'taken', 'settled', 1),
 (3, 'nordlicht', 'in', CAST('a.xml' AS BLOB), 1, 1, 'c', 'taken', 'settled', 1),
 (4, 'qinghe', 'in', CAST('t.csv' AS BLOB), 1, 1, 'd', 'taken', 'settled', 1),
 (5, 'harbour', 'in', CAST('s.xml' AS BLOB), 1, 1, 'e', 'taken', 'settled', 1);
INSERT INTO interchange (id, arrival_id, partner, name, sha256, size, format, document, 
acceptance, state,
 duplicate_of, repetition, place, documents, documents_taken, findings, received_ms) VALUES
 (1, 1, 'nordlicht', '-rf\x1B <a>.xml', 'aa11', 4711, 'xml', 'order', 'per-order', 'partly', 
NULL, 0,
  'archive/a', 3, 2, 3, 1795500000000),
 (2, 2, 'qinghe', '订单.csv', 'bb22', 120, 'csv', 'order', 'per-order', 'taken', NULL, 0, 
'archive/b', 1, 1, 0,
  1795500000000),
 (3, 3, 'nordlicht', 'again.xml', 'aa11', 4711, 'xml', 'order', 'per-order', 'duplicate', 1, 
1, 'duplicate/c',
  0, 0, 1, 1795500060000),
 (4, 4, 'qinghe', '=cmd|.csv', 'cc33', 9, '', '', 'test', 'refused', NULL, 0, 'quarantine/d', 
0, 0, 1,
  1795500060000),
 (5, 5, 'harbour', 's.xml', 'dd44', 9, 'xml', 'shipment', 'per-order', 'taken', NULL, 0, 
'archive/e', 2, 2, 0,
  1795500060000);
INSERT INTO finding (interchange_id, ordinal, code, severity, line, column, order_number, order_line, field, value,
 expected, hint) VALUES
 (1, 1, 'PRICE-SKU-UNKNOWN', 'error', 31, 12, 'N-3', '2', 'sku', 'LT-GREN<1>', '', 
'LT-GREEN-1'),
 (1, 2, 'PRICE-DIFFERS', 'warning', 12, 5, 'N-1', '1', 'expected_price', '3.40', '3.50', ''),
 (1, 3, 'PRICE-NONE', 'error', 33, 1, 'N-3', '', '', 'LT-CUP', 'EUR', ''),
 (3, 1, 'FILE-DUPLICATE', 'info', 0, 0, '', '', '', '', '', ''),
 (4, 1, 'FILE-EMPTY', 'fatal', 0, 0, '', '', '', '', '', '');
INSERT INTO orders (id, partner, number, version, approval, fulfilment, received_ms) VALUES
 (1, 'nordlicht', 'N-2', 1, 'waiting', 'none', 1), (2, 'nordlicht', 'N-1', 1, 'approved', 
'released', 1),
 (3, 'nordlicht', 'N-3', 1, 'refused', 'none', 1), (4, 'qinghe', '订单-1', 1, 'approved', 
'released', 1);
INSERT INTO order_version (order_id, version, interchange_id, sha256, type, currency, 
order_date, requested_from,
 requested_to, coupons, lines, line, column) VALUES
 (1, 1, 1, 'x', 'strategic', 'EUR', 20781, NULL, NULL, '[]', 7, 1, 1),
 (2, 1, 1, 'x', 'regular', 'EUR', 20781, 20790, 20792, '[]', 2, 1, 1),
 (3, 1, 1, 'x', 'regular', 'EUR', 20781, NULL, NULL, '[]', 2, 1, 1),
 (4, 1, 2, 'x', 'regular', 'CNY', 20781, NULL, NULL, '[]', 1, 1, 1);
INSERT INTO order_line (order_id, version, ordinal, number, sku, description, quantity_micros,
 unit, expected_price_micros, requested_from, requested_to, options, line, column) VALUES
 (1, 1, 1, '1', 'LT-GREEN-1', '', 1000000000, 'C62', NULL, NULL, NULL, '{}', 1, 1),
 (1, 1, 2, '2', 'LT-CUP', '', 1000000, 'C62', NULL, NULL, NULL, '{}', 1, 1),
 (1, 1, 3, '3', 'LT-CUP', '', 1000000, 'C62', NULL, NULL, NULL, '{}', 1, 1),
 (1, 1, 4, '4', 'LT-CUP', '', 1000000, 'C62', NULL, NULL, NULL, '{}', 1, 1),
 (1, 1, 5, '5', 'LT-CUP', '', 1000000, 'C62', NULL, NULL, NULL, '{}', 1, 1),
 (1, 1, 6, '6', 'LT-CUP', '', 1000000, 'C62', NULL, NULL, NULL, '{}', 1, 1),
 (1, 1, 7, '7', 'LT-CUP', '', 1000000, 'C62', NULL, NULL, NULL, '{}', 1, 1),
 (2, 1, 1, '1', 'LT-GREEN-1', 'Grüner Tee & "Lu\Yu"', 12500000, 'KGM', 3400000, NULL, NULL,
  '{"colour":"r\"e\\d","刻字":"兰亭\n序"}', 1, 1),
 (2, 1, 2, '2', 'LT-CUP', '=1+1', 3000000, 'C62', NULL, 20795, 20795, '{}', 1, 1),
 (3, 1, 1, '1', 'LT-CUP', '', 1000000, 'C62', NULL, NULL, NULL, '{}', 1, 1),
 (3, 1, 2, '2', 'LT-GREN<1>', '', 1000000, 'C62', NULL, NULL, NULL, '{}', 1, 1),
 (4, 1, 1, '10', 'LT-CUP', '盖碗', 2000000, 'C62', NULL, NULL, NULL, '{"款式":"青花"}', 
1, 1);
UPDATE order_line SET manual_price_micros = 1000000, manual_reason = '=last "year"', manual_person = ''
 WHERE order_id = 1 AND ordinal IN (2, 3);
INSERT INTO order_party VALUES
 (1, 1, 'sold-to', 'C-NORD', 'Nordlicht GmbH', '', '+49301234567', '', 'DE', '', 'Berlin', 
'', '10115', 'A 1', ''),
 (2, 1, 'sold-to', 'C-NORD', 'Nordlicht GmbH', '', '+49301234567', '', 'DE', '', 'Berlin', 
'', '10115', 'A 1', ''),
 (2, 1, 'ship-to', '', 'Teehaus <Nord>', 'Jo', '+49409876543x12', 'jo@example.org', 'DE', '', 
'Hamburg', '',
  '20095', 'Kai 7', 'Tor 3'),
 (3, 1, 'sold-to', 'C-NORD', '', '', '', '', '', '', '', '', '', '', ''),
 (4, 1, 'sold-to', 'C-QING', '清河茶行', '王', '+8613812345678', '', 'CN', '浙江省', 
'杭州市', '西湖区', '310000',
  '龙井路 1 号', '');
INSERT INTO order_note VALUES
 (2, 1, 1, 0, 'delivery', 'Ring twice'), (2, 1, 2, 0, 'internal', 'VIP'), (2, 1, 3, 1, 
'packaging', 'Tin'),
 (2, 1, 4, 2, 'gift', 'For you'), (2, 1, 5, 0, 'delivery', 'Not on Monday'), (4, 1, 1, 0, 
'gift', '生日快乐');
INSERT INTO order_price (order_id, version, customer, customer_group, currency, net_minor, tax_minor, gross_minor, day,
                         customers_version, products_version, prices_version, promotions_version) VALUES
 (1, 1, 'C-NORD', 'trade', 'EUR', 350600, 24542, 375142, 20781, 1, 1, 1, 1),
 (2, 1, 'C-NORD', 'trade', 'EUR', 6875, 1013, 7888, 20781, 1, 1, 1, 1),
 (4, 1, 'C-QING', '', 'CNY', 19600, 2548, 22148, 20781, 1, 1, 1, 1);
INSERT INTO order_line_price (order_id, version, ordinal, price_micros, list_minor, is_as_expected, net_minor,
                              tax_rate_micros, tax_minor) VALUES
 (1, 1, 1, 3500000, 350000, 1, 350000, 70000, 24500), (1, 1, 2, 1000000, 100, 1, 100, 70000, 7),
 (1, 1, 3, 1000000, 100, 1, 100, 70000, 7), (1, 1, 4, 1000000, 100, 1, 100, 70000, 7),
 (1, 1, 5, 1000000, 100, 1, 100, 70000, 7), (1, 1, 6, 1000000, 100, 1, 100, 70000, 7),
 (1, 1, 7, 1000000, 100, 1, 100, 70000, 7), (2, 1, 1, 3500000, 4375, 0, 4375, 70000, 306),
 (2, 1, 2, 9000000, 2700, 1, 2500, 190000, 475), (4, 1, 1, 100000000, 20000, 1, 19600, 130000, 2548);
INSERT INTO order_line_reduction VALUES (1, 1, 5, 1, 'CUPS', 25), (2, 1, 2, 1, 'CUPS', 150), (2, 1, 2, 2, '=HALF', 50), (4, 1, 1, 1, 'CUPS', 400);
INSERT INTO order_free_line VALUES (2, 1, 1, 'F1', 1, 'B5G1', 'LT-CUP', 2000000, 'C62', 1000000, 0),
 (4, 1, 1, 'F1', 1, '=HALF', 'LT-CUP', 1000000, 'C62', 0, 1);
UPDATE order_line_price SET rules_price_micros = 1250000, deviation_micros = 200000, allowed_micros = 100000
 WHERE order_id = 1 AND ordinal = 2;
UPDATE order_line_price SET rules_price_micros = 1050000, deviation_micros = 47620, allowed_micros = 100000
 WHERE order_id = 1 AND ordinal = 3;
UPDATE order_line_price SET cost_minor = 90, least_minor = 120, is_below_floor = 1 WHERE order_id = 1 AND ordinal = 4;
INSERT INTO order_line_part VALUES
 (2, 1, 2, 1, 'LT-CUP', 12000000, 'C62', 3000, 2000), (2, 1, 2, 2, 'LT-LID', 6000000, 'C62', 750, 500);
INSERT INTO order_event VALUES
 (1, 1, 1, 'approval-asked', 'waiting-for-approval', 1795500000000, 1795500000000, 'purser', 
1, ''),
 (2, 2, 1, 'approved', 'approved', 1795500000000, 1795500000000, 'purser', 1, ''),
 (3, 3, 1, 'refused', 'refused', 1795500000000, 1795500000000, 'purser', 1, ''),
 (4, 2, 1, 'released', 'released', 1795500000000, 1795500000000, 'purser', 1, ''),
 (5, 4, 1, 'approved', 'approved', 1795500000000, 1795500000000, 'purser', 2, ''),
 (6, 4, 1, 'released', 'released', 1795500000000, 1795500000000, 'purser', 2, '');
INSERT INTO approval (id, order_id, version, step, approvers, amount_minor, limit_minor, currency, trace, state, asked_ms,
                      decided_ms, decided_by, reason, wait_reasons) VALUES (1, 1, 1, 1, 'linwei', 375142, 200000, 'EUR', '{}', 'open', 
1795500000000, NULL, NULL,
 NULL, 6);
INSERT INTO approval_person (approval_id, ordinal, slot, named, person, authority, chosen, chain, trace, asked_ms, state)
VALUES (1, 1, 1, 'linwei', 'linwei', 'linwei', 'named', '', '[]', 1795500000000, 'asked');
UPDATE approval SET asked = 1, shown = '0123456789abcdef';
INSERT INTO master_version VALUES (1, 'products', 1, 1, 2, 1), (2, 'promotions', 1, 1, 3, 1);
INSERT INTO promotion (version_id, code, name, name_zh, priority, mode, valid_from, valid_to, customers, customer_groups,
                       channels, currency, needs_coupon, never_with, level, skus, categories, together,
                       minimum_quantity_micros, minimum_amount_micros, threshold_base, repeats, action, percent_micros,
                       price_micros, amount_micros, buy, get, get_percent_micros, get_skus, pick, grouping, free_units,
                       given_as, out_of_stock, limit_order, limit_customer, limit_total, budget_micros, line)
SELECT 2, code, name, name_zh, 0, 'compounded', 0, 99999, '', '', '', '', 'no', '', 'line', '', '', 'no', 0, 0, 'list',
       'no', 'percent', 100000, -1, -1, 0, 0, 1000000, '', 'cheapest', 'all', 'inclusive', '', 'owed', 0, 0, 0, 0, 1
FROM (SELECT 'CUPS' AS code, 'Cups <off>' AS name, '杯子' AS name_zh UNION ALL SELECT '=HALF', '', '半价'
      UNION ALL SELECT 'B5G1', '', '');
INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class, tax_rate_micros, line) VALUES (1, 'LT-GREEN-1', 'Green tea', '绿茶', 'tea', 'KGM', 'food', 
70000, 1),
 (1, 'LT-CUP', 'Cup', '盖碗', 'ware', 'C62', 'ware', 190000, 2);
INSERT INTO shipment (id, interchange_id, warehouse, number, partner, order_number, order_id, shipped_ms,
 carrier, tracking, line) VALUES
 (1, 5, 'harbour', 'H-1', 'nordlicht', 'N-1', 2, 1795510000000, 'DHL', '00340', 3),
 (2, 5, 'harbour', 'H-2', 'nordlicht', 'N-1', 2, 1795511000000, '', '', 9),
 (3, 5, 'harbour', 'H-3', 'qinghe', '订单-1', 4, 1795511000000, '顺丰', 'SF1', 12);
INSERT INTO shipment_line (shipment_id, ordinal, order_line, sku, quantity_micros, line) VALUES (1, 1, '1', 'LT-GREEN-1', 5000000, 1), (1, 2, '1', 
'LT-GREEN-1', 500000, 1),
 (2, 1, '1', 'LT-GREEN-1', 7000000, 1), (2, 2, '2', 'LT-CUP', 1000000, 1), (3, 1, '10', 
'LT-CUP', 2000000, 1);
INSERT INTO outbox_message (partner, kind, number, interchange_id, order_id, version, event_id, 
shipment_id, approval_id)
 VALUES
 ('nordlicht', 'acknowledgement', 1, 1, NULL, 0, NULL, NULL, NULL),
 ('nordlicht', 'acknowledgement', 2, 3, NULL, 0, NULL, NULL, NULL),
 ('qinghe', 'acknowledgement', 1, 4, NULL, 0, NULL, NULL, NULL),
 ('qinghe', 'acknowledgement', 2, 2, NULL, 0, NULL, NULL, NULL),
 ('harbour', 'acknowledgement', 1, 5, NULL, 0, NULL, NULL, NULL),
 ('nordlicht', 'order-response', 1, NULL, 2, 1, 2, NULL, NULL),
 ('nordlicht', 'order-response', 2, NULL, 1, 1, 1, NULL, NULL),
 ('nordlicht', 'order-response', 3, NULL, 3, 1, 3, NULL, NULL),
 ('qinghe', 'order-response', 1, NULL, 4, 1, 5, NULL, NULL),
 ('nordlicht', 'order-status', 1, NULL, 2, 1, 4, NULL, NULL),
 ('qinghe', 'order-status', 1, NULL, 4, 1, 6, NULL, NULL),
 ('harbour', 'release', 1, NULL, 2, 1, NULL, NULL, NULL),
 ('harbour', 'release', 2, NULL, 4, 1, NULL, NULL, NULL),
 ('depot', 'release', 1, NULL, 2, 1, NULL, NULL, NULL),
 ('nordlicht', 'shipment-notice', 1, NULL, NULL, 0, NULL, 1, NULL),
 ('nordlicht', 'shipment-notice', 2, NULL, NULL, 0, NULL, 2, NULL),
 ('qinghe', 'shipment-notice', 1, NULL, NULL, 0, NULL, 3, NULL),
 ('linwei', 'approval-request', 1, NULL, NULL, 0, NULL, NULL, 1);
INSERT INTO warehouse_release (id, order_id, number, version, warehouse, is_whole, released_ms, state, state_ms, ship_day, reason) VALUES
 (1, 2, 1, 1, 'harbour', 1, 1795500000000, 'sent', 1795500000000, NULL, ''),
 (2, 4, 1, 1, 'harbour', 1, 1795500000000, 'sent', 1795500000000, NULL, ''),
 (3, 2, 2, 1, 'depot', 1, 1795500000000, 'sent', 1795500000000, NULL, '');
UPDATE outbox_message SET release_id = iif(partner = 'depot', 3, number) WHERE kind = 'release';
COMMIT;
