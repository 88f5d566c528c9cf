-- name: release_news_insert
INSERT INTO release_news (interchange_id, line, warehouse, partner, order_number, release, status, at_ms, ship_day, order_line,
                          quantity_micros, reason)
VALUES (:interchange_id, :line, :warehouse, :partner, :order_number, :release, :status, :at_ms, :ship_day, :order_line,
        :quantity_micros, :reason)
ON CONFLICT (warehouse, partner, order_number, release, status, at_ms, order_line) DO NOTHING;

-- name: release_news_is_same
SELECT ship_day IS :ship_day AND quantity_micros IS :quantity_micros AND reason = :reason FROM release_news
WHERE warehouse = :warehouse AND partner = :partner AND order_number = :order_number AND release = :release
  AND status = :status AND at_ms = :at_ms AND order_line = :order_line;

-- name: release_news_of_interchange
SELECT id, partner, order_number, release, status, at_ms, ship_day, order_line, quantity_micros, reason, line
FROM release_news WHERE interchange_id = :interchange_id AND id > :after ORDER BY id LIMIT 1;

-- name: release_news_judge
UPDATE release_news SET release_id = :release_id, is_late = :is_late WHERE id = :id;

-- name: release_news_discard
DELETE FROM release_news WHERE id = :id;

-- name: release_news_is_first
SELECT NOT EXISTS (SELECT 1 FROM release_news WHERE release_id = :release_id AND status = :status);

-- name: release_find
SELECT id, order_id, number, warehouse, state, state_ms, told_ms, reason, ship_day, ship_day_ms FROM warehouse_release
WHERE order_id = :order_id AND number = :number;

-- name: release_line_quantity
SELECT iif(r.is_whole, l.quantity_micros, t.quantity_micros)
FROM warehouse_release AS r
JOIN order_line AS l ON l.order_id = r.order_id AND l.version = r.version
LEFT JOIN warehouse_release_line AS t ON t.release_id = r.id AND t.ordinal = l.ordinal
WHERE r.id = :release_id AND l.number = :order_line AND (r.is_whole OR t.ordinal IS NOT NULL)
UNION ALL
SELECT iif(r.is_whole, f.quantity_micros, t.quantity_micros)
FROM warehouse_release AS r
JOIN order_free_line AS f ON f.order_id = r.order_id AND f.version = r.version
LEFT JOIN warehouse_release_line AS t ON t.release_id = r.id AND t.ordinal = 100000 + f.ordinal
WHERE r.id = :release_id AND f.number = :order_line AND (r.is_whole OR t.ordinal IS NOT NULL);

-- name: release_stand
UPDATE warehouse_release SET state = :state, state_ms = :state_ms, told_ms = :told_ms, reason = :reason, ship_day = :ship_day,
                             ship_day_ms = :ship_day_ms
WHERE id = :id;

-- name: release_ship_all
UPDATE warehouse_release SET state = 'shipped', state_ms = :shipped_ms
WHERE order_id = :order_id AND state NOT IN ('refused', 'shipped', 'stopped');

-- Those of whose lines so much has left their warehouse as it was told to send in them and in those before them.
-- name: release_ship_covered
UPDATE warehouse_release AS r SET state = 'shipped', state_ms = :shipped_ms
WHERE r.order_id = :order_id AND r.is_whole = 0 AND r.state NOT IN ('refused', 'shipped', 'stopped') AND NOT EXISTS (
    SELECT 1 FROM warehouse_release_line AS t
    WHERE t.release_id = r.id
      AND (SELECT coalesce(sum(u.quantity_micros - coalesce(
                (SELECT sum(k.stopped_micros) FROM stop_notice AS n CROSS JOIN stop_notice_line AS k ON k.notice_id = n.id
                 WHERE n.order_id = q.order_id AND n.release_id = q.id AND k.ordinal = u.ordinal), 0)), 0) FROM warehouse_release AS q
           JOIN warehouse_release_line AS u ON u.release_id = q.id
           WHERE q.order_id = r.order_id AND q.warehouse = r.warehouse AND q.number <= r.number AND q.state <> 'refused'
             AND u.ordinal = t.ordinal)
          > (SELECT coalesce(sum(sl.quantity_micros), 0) FROM shipment AS s
             JOIN shipment_line AS sl ON sl.shipment_id = s.id
             WHERE s.order_id = r.order_id AND s.warehouse = r.warehouse AND sl.order_line = coalesce(
                 (SELECT number FROM order_line WHERE order_id = r.order_id AND version = r.version AND ordinal = t.ordinal),
                 (SELECT number FROM order_free_line
                  WHERE order_id = r.order_id AND version = r.version AND ordinal = t.ordinal - 100000))));

