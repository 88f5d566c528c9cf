-- name: tracking_forget_due
DELETE FROM tracking_due;

-- name: tracking_forget_seen
DELETE FROM tracking_seen;

-- name: tracking_seen_get
SELECT event_id FROM tracking_seen WHERE one = 1;

-- name: tracking_seen_put
INSERT INTO tracking_seen (one, event_id) VALUES (1, :event_id) ON CONFLICT (one) DO UPDATE SET event_id = excluded.event_id;

-- name: tracking_event_last
SELECT max(id) FROM order_event;

-- name: tracking_gather
INSERT INTO tracking_due (order_id)
SELECT DISTINCT order_id FROM order_event WHERE id > :after AND id <= :upto
ON CONFLICT DO NOTHING;

-- The first time: whatever is under way.
-- name: tracking_begin
INSERT INTO tracking_due (order_id)
SELECT id FROM orders
WHERE approval <> 'refused' AND approval <> 'cancelled' AND approval <> 'received' AND fulfilment <> 'shipped'
      AND fulfilment <> 'partly-delivered' AND fulfilment <> 'delivered'
UNION
SELECT order_id FROM parcel WHERE is_final = 0
ON CONFLICT DO NOTHING;

-- name: tracking_due_some
SELECT order_id FROM tracking_due ORDER BY order_id LIMIT :count;

-- name: tracking_due_done
DELETE FROM tracking_due WHERE order_id <= :order_id;

-- name: tracking_page_get
SELECT order_id, token, key_name, sha256, made_ms, remove_ms FROM tracking_page WHERE order_id = :order_id;

-- name: tracking_page_put
INSERT INTO tracking_page (order_id, token, key_name, sha256, made_ms, remove_ms)
VALUES (:order_id, :token, :key_name, :sha256, :made_ms, :remove_ms)
ON CONFLICT (order_id) DO UPDATE SET token = excluded.token, key_name = excluded.key_name, sha256 = excluded.sha256,
                                     made_ms = excluded.made_ms, remove_ms = excluded.remove_ms;

-- name: tracking_page_drop
DELETE FROM tracking_page WHERE order_id = :order_id;

-- name: tracking_pages_over
SELECT order_id, token, key_name, sha256, made_ms, remove_ms FROM tracking_page
WHERE remove_ms <= :now_ms ORDER BY remove_ms, order_id LIMIT :count;

-- name: tracking_pages_of_others
SELECT order_id, token, key_name, sha256, made_ms, remove_ms FROM tracking_page
WHERE key_name < :key_name
UNION ALL
SELECT order_id, token, key_name, sha256, made_ms, remove_ms FROM tracking_page
WHERE key_name > :key_name
LIMIT :count;

-- name: tracked_order
SELECT o.partner, o.number, o.version,
       iif(coalesce(s.contact, p.contact) <> '', coalesce(s.contact, p.contact), coalesce(s.name, p.name)),
       coalesce(s.city, p.city), coalesce(s.region, p.region), coalesce(s.country, p.country)
FROM orders o
JOIN order_party p ON p.order_id = o.id AND p.version = o.version AND p.role = 'sold-to'
LEFT JOIN order_party s ON s.order_id = o.id AND s.version = o.version AND s.role = 'ship-to'
WHERE o.id = :order_id;

-- name: tracked_steps
SELECT event, headline, happened_ms, known_ms FROM order_event WHERE order_id = :order_id ORDER BY id;

-- name: tracked_items
SELECT l.number, l.sku, l.description, l.unit, l.quantity_micros, coalesce(s.quantity_micros, 0)
FROM (SELECT 0 AS kind, ordinal, number, sku, description, unit, quantity_micros
      FROM order_line WHERE order_id = :order_id AND version = :version
      UNION ALL
      SELECT 1, ordinal, number, sku, '', unit, quantity_micros
      FROM order_free_line WHERE order_id = :order_id AND version = :version) AS l
LEFT JOIN (SELECT sl.order_line, sum(sl.quantity_micros) AS quantity_micros
           FROM shipment AS sh
           JOIN shipment_line AS sl ON sl.shipment_id = sh.id
           WHERE sh.order_id = :order_id
           GROUP BY sl.order_line) AS s ON s.order_line = l.number
ORDER BY l.kind, l.ordinal;

-- name: tracked_notes
SELECT coalesce(l.number, ''), n.kind, n.text
FROM order_note AS n
LEFT JOIN order_line AS l ON l.order_id = n.order_id AND l.version = n.version AND l.ordinal = n.line
WHERE n.order_id = :order_id AND n.version = :version AND n.kind <> 'internal'
ORDER BY n.ordinal;

-- name: tracked_parcels
SELECT sh.number, sh.carrier, sh.tracking, sh.shipped_ms, p.carrier, p.state, p.cause, p.eta_from_ms,
       p.eta_to_ms, p.delivered_ms, p.signed_by
FROM shipment AS sh
LEFT JOIN parcel AS p ON p.shipment_id = sh.id
WHERE sh.order_id = :order_id
ORDER BY sh.shipped_ms, sh.warehouse, sh.number;

-- name: tracked_events
SELECT happened_ms, known_ms, state, label_en, label_zh, place, country, latitude_micros, longitude_micros
FROM transport_event
WHERE carrier = :carrier AND tracking = :tracking AND verdict = 'applied'
ORDER BY happened_ms, identity;

-- name: tracked_places
SELECT p.name, p.country, p.aliases, p.latitude_micros, p.longitude_micros
FROM master_in_force AS f
JOIN place AS p ON p.version_id = f.version_id
WHERE f.master = 'places'
ORDER BY p.name, p.country;
