-- Beside outbox_fixture.sql: two invoices and a credit note that wait to be told.
INSERT INTO invoice (id, kind, year, sequence, number, day, due, order_id, version, shipment_id, corrects, customer,
                     currency, includes_tax, net_minor, tax_minor, gross_minor, reason, issued_by, issued_ms) VALUES
 (1, 'invoice', 2026, 1, 'INV-2026-000001', 20781, 20811, 2, 1, 2, NULL, 'C-NORD', 'EUR', 0, 3700, 560, 4260, '', 'purser', 1),
 (2, 'credit-note', 2026, 1, 'CRN-2026-000001', 20782, NULL, 2, 1, NULL, 1, 'C-NORD', 'EUR', 0, 1200, 228, 1428,
  'cup <broken> & "late"', 'user:anna', 2),
 (3, 'invoice', 2026, 2, 'INV-2026-000002', 20781, 20811, 4, 1, 3, NULL, 'C-QING', 'CNY', 0, 19600, 2548, 22148, '', 'purser', 1);
INSERT INTO invoice_line VALUES
 (1, 1, '1', 'LT-GREEN-1', 'KGM', 7000000, 0, 3500000, 70000, 2450, 172, 0, '', 0),
 (1, 2, '2', 'LT-CUP', 'C62', 1000000, 0, 9000000, 190000, 1250, 388, 100, '', 0),
 (1, 100001, 'F1', 'LT-CUP', 'C62', 2000000, 2000000, 0, 0, 0, 0, 0, '', 0),
 (2, 2, '2', 'LT-CUP', 'C62', 0, 0, 9000000, 190000, 1200, 228, 0, '', 0),
 (3, 1, '10', 'LT-CUP', 'C62', 2000000, 0, 100000000, 130000, 19600, 2548, 400, '', 0);
INSERT INTO outbox_message (partner, kind, number, order_id, version, invoice_id) VALUES
 ('nordlicht', 'invoice', 1, 2, 1, 1), ('nordlicht', 'invoice', 2, 2, 1, 2), ('qinghe', 'invoice', 1, 4, 1, 3);
