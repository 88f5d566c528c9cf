-- What people ask of stop notices.

-- name: view_stops
SELECT s.partner, s.number, s.action, o.partner, o.number, r.number, x.number, h.number,
       (SELECT group_concat(t, '; ')
        FROM (SELECT coalesce(l.number, f.number) || '=' || (k.quantity_micros / 1000000) ||
                     iif(k.quantity_micros % 1000000 = 0, '', '.' || rtrim(printf('%06d', k.quantity_micros % 1000000), '0')) AS t
              FROM stop_notice_line AS k
              LEFT JOIN order_line AS l ON l.order_id = s.order_id AND l.version = s.version AND l.ordinal = k.ordinal
              LEFT JOIN order_free_line AS f
                  ON f.order_id = s.order_id AND f.version = s.version AND f.ordinal = k.ordinal - 100000
              WHERE k.notice_id = s.id ORDER BY k.ordinal)),
       s.state, s.asked_ms, s.state_ms, s.reminders, s.next_ms, s.cost_minor, :currency, nullif(s.reason, '')
FROM stop_notice AS s JOIN orders AS o ON o.id = s.order_id
LEFT JOIN warehouse_release AS r ON r.id = s.release_id
LEFT JOIN production AS x ON x.id = s.production_id
LEFT JOIN shipment AS h ON h.id = s.shipment_id
WHERE :partner IN ('', s.partner) AND (:is_open = 0 OR s.state = 'asked')
ORDER BY s.id DESC LIMIT :limit;

-- name: view_order_stops
SELECT s.partner, s.number, s.action, o.partner, o.number, r.number, x.number, h.number,
       (SELECT group_concat(t, '; ')
        FROM (SELECT coalesce(l.number, f.number) || '=' || (k.quantity_micros / 1000000) ||
                     iif(k.quantity_micros % 1000000 = 0, '', '.' || rtrim(printf('%06d', k.quantity_micros % 1000000), '0')) AS t
              FROM stop_notice_line AS k
              LEFT JOIN order_line AS l ON l.order_id = s.order_id AND l.version = s.version AND l.ordinal = k.ordinal
              LEFT JOIN order_free_line AS f
                  ON f.order_id = s.order_id AND f.version = s.version AND f.ordinal = k.ordinal - 100000
              WHERE k.notice_id = s.id ORDER BY k.ordinal)),
       s.state, s.asked_ms, s.state_ms, s.reminders, s.next_ms, s.cost_minor, '', nullif(s.reason, '')
FROM stop_notice AS s JOIN orders AS o ON o.id = s.order_id
LEFT JOIN warehouse_release AS r ON r.id = s.release_id
LEFT JOIN production AS x ON x.id = s.production_id
LEFT JOIN shipment AS h ON h.id = s.shipment_id
WHERE s.order_id = :id ORDER BY s.id;

-- name: view_status_stops
-- Asked and not answered, the oldest first; overdue where nobody is reminded any more.
SELECT s.partner, s.number, o.partner, o.number, s.asked_ms, s.reminders, s.next_ms IS NULL OR s.next_ms <= :now_ms
FROM stop_notice AS s INDEXED BY stop_notice_asked JOIN orders AS o ON o.id = s.order_id
WHERE s.state = 'asked' ORDER BY s.asked_ms, s.id LIMIT 20;

-- name: view_status_stops_count
SELECT count(*) FROM stop_notice INDEXED BY stop_notice_asked WHERE state = 'asked';
