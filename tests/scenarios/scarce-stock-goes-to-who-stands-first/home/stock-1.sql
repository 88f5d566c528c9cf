-- What reports of the warehouses would say.
INSERT INTO stock_move (warehouse, sku, kind, number, quantity_micros, effect_micros, happened_ms, known_ms, reference, reason, line)
SELECT 'harbour', 'YX-200', 'correction', 'C' || (SELECT count(*) FROM stock_move), d, d, 0, 0, '', '', 0
FROM (SELECT 5000000 - coalesce((SELECT on_hand_micros FROM stock_item WHERE warehouse = 'harbour' AND sku = 'YX-200'), 0) AS d);
INSERT INTO stock_item VALUES ('harbour', 'YX-200', 5000000, 0, NULL) ON CONFLICT DO UPDATE SET on_hand_micros = excluded.on_hand_micros;
INSERT INTO stock_receipt VALUES ('harbour', 'YX-200', 'PO-77', unixepoch('2026-03-06') / 86400, 4000000, 0);
