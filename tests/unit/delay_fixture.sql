-- Beside outbox_fixture.sql: delays that wait to be told, each to its customer and to finance, of every cause and with what
-- may be missing.
INSERT INTO delay_warning VALUES
 (2, 1, 1, 1795500000000, 'at-risk', 'none', 'payment', 20790, 20790, 1795600000000, 1796100000000, '{}'),
 (2, 2, 1, 1795600000000, 'none', 'at-risk', '', 20795, 20790, 1795700000000, 1795700000000, '{}'),
 (4, 1, 1, 1795500000000, 'overdue', 'late', 'stock', 20780, 20780, NULL, NULL, '{}'),
 (4, 2, 1, 1795500000001, 'late', 'overdue', 'time', 20783, 20780, 1795800000000, NULL, '{}');
INSERT INTO outbox_message (partner, kind, number, order_id, version, reminder)
SELECT p.partner, 'delay-warning', row_number() OVER (PARTITION BY p.partner ORDER BY w.order_id, w.number), w.order_id,
       w.version, w.number
FROM delay_warning AS w
JOIN (SELECT 'nordlicht' AS partner, 2 AS order_id UNION ALL SELECT 'qinghe', 4 UNION ALL SELECT 'ledger', 2
      UNION ALL SELECT 'ledger', 4 UNION ALL SELECT 'harbour', 2 UNION ALL SELECT 'harbour', 4) AS p ON p.order_id = w.order_id;
