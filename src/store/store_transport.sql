-- name: transport_event_insert
INSERT INTO transport_event (interchange_id, line, carrier, tracking, identity, code, happened_ms, known_ms, place, country,
                             region, latitude_micros, longitude_micros, text, eta_from_ms, eta_to_ms, signed_by, proof)
SELECT :interchange_id, :line, :carrier, :tracking, :identity, :code, :happened_ms, :known_ms, :place, :country,
       :region, :latitude_micros, :longitude_micros, :text, :eta_from_ms, :eta_to_ms, :signed_by, :proof
WHERE (SELECT count(*) FROM (SELECT 1 FROM transport_event WHERE carrier = :carrier AND tracking = :tracking LIMIT :most))
      < :most
ON CONFLICT (carrier, tracking, identity) DO NOTHING;

-- What the carrier said in words may be said otherwise the next time; what happened, when and where may not.
-- name: transport_event_is_same
SELECT (code, happened_ms, place) = (:code, :happened_ms, :place) FROM transport_event
WHERE carrier = :carrier AND tracking = :tracking AND identity = :identity;

-- name: transport_event_discard
DELETE FROM transport_event WHERE interchange_id = :interchange_id;

-- A carrier's own row goes before the one of all carriers.
-- name: transport_event_name
UPDATE transport_event AS e
SET state = c.state, cause = c.cause, label_en = c.label_en, label_zh = c.label_zh,
    is_final = c.is_final = 'yes' OR c.state = 'delivered', verdict = 'unmatched'
FROM master_in_force f, carrier_code c
WHERE e.interchange_id = :interchange_id AND e.verdict = 'read' AND f.master = 'carrier-codes'
  AND c.version_id = f.version_id AND c.code = e.code
  AND c.carrier = CASE WHEN EXISTS (SELECT 1 FROM carrier_code o
                                    WHERE o.version_id = f.version_id AND o.carrier = e.carrier AND o.code = e.code)
                       THEN e.carrier ELSE '' END;

-- name: transport_event_set_aside
UPDATE transport_event SET verdict = 'unknown-code' WHERE interchange_id = :interchange_id AND verdict = 'read';

-- As many as a file keeps findings.
-- name: transport_event_unknown_codes
SELECT code, count(*), min(line) FROM transport_event
WHERE interchange_id = :interchange_id AND verdict = 'unknown-code'
GROUP BY code ORDER BY code LIMIT 1000;

-- name: transport_event_name_aside
UPDATE transport_event AS e
SET state = c.state, cause = c.cause, label_en = c.label_en, label_zh = c.label_zh,
    is_final = c.is_final = 'yes' OR c.state = 'delivered', verdict = 'named'
FROM master_in_force f, carrier_code c
WHERE e.verdict = 'unknown-code' AND f.master = 'carrier-codes'
  AND c.version_id = f.version_id AND c.code = e.code
  AND c.carrier = CASE WHEN EXISTS (SELECT 1 FROM carrier_code o
                                    WHERE o.version_id = f.version_id AND o.carrier = e.carrier AND o.code = e.code)
                       THEN e.carrier ELSE '' END;

-- name: transport_next_of_interchange
SELECT carrier, tracking FROM transport_event
WHERE interchange_id = :interchange_id AND tracking > :tracking ORDER BY tracking LIMIT 1;

-- name: transport_next_named
SELECT carrier, tracking FROM transport_event WHERE verdict = 'named' ORDER BY carrier, tracking LIMIT 1;

-- name: transport_news
SELECT id, interchange_id, line, verdict, identity, state, cause, is_final, happened_ms, known_ms, eta_from_ms, eta_to_ms,
       signed_by, proof
FROM transport_event WHERE carrier = :carrier AND tracking = :tracking AND state <> '';

-- name: transport_judge
UPDATE transport_event SET verdict = :verdict WHERE id = :id;

-- name: parcel_list
SELECT p.shipment_id, p.order_id, s.shipped_ms, p.delivered_ms IS NOT NULL
FROM parcel p JOIN shipment s ON s.id = p.shipment_id
WHERE p.carrier = :carrier AND p.tracking = :tracking
ORDER BY s.warehouse, s.number;

-- name: parcel_lacking
SELECT s.id, s.carrier FROM shipment s
WHERE s.tracking = :tracking AND s.tracking <> '' AND s.order_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM parcel p WHERE p.shipment_id = s.id)
ORDER BY s.warehouse, s.number;

-- name: parcel_insert
INSERT INTO parcel (shipment_id, order_id, carrier, tracking, state, rank, cause, since_ms, last_ms, events, signed_by, proof,
                    is_final)
SELECT id, order_id, :carrier, tracking, 'pending', 0, '', shipped_ms, shipped_ms, 0, '', '', 0 FROM shipment
WHERE id = :shipment_id;

-- name: parcel_update
UPDATE parcel SET state = :state, rank = :rank, cause = :cause, since_ms = :since_ms, last_ms = :last_ms,
                  last_event_id = :last_event_id, events = :events, first_eta_from_ms = :first_eta_from_ms,
                  first_eta_to_ms = :first_eta_to_ms, eta_from_ms = :eta_from_ms, eta_to_ms = :eta_to_ms,
                  delivered_ms = :delivered_ms, signed_by = :signed_by, proof = :proof, is_final = :is_final
WHERE shipment_id = :shipment_id;

-- name: parcel_arrivals
SELECT o.partner, o.number, count(*), count(p.delivered_ms), max(p.delivered_ms),
       (SELECT q.carrier FROM parcel q WHERE q.order_id = :order_id AND q.delivered_ms IS NOT NULL
        ORDER BY q.delivered_ms DESC, q.carrier, q.tracking LIMIT 1),
       (SELECT q.tracking FROM parcel q WHERE q.order_id = :order_id AND q.delivered_ms IS NOT NULL
        ORDER BY q.delivered_ms DESC, q.carrier, q.tracking LIMIT 1)
FROM orders o JOIN shipment s ON s.order_id = o.id LEFT JOIN parcel p ON p.shipment_id = s.id
WHERE o.id = :order_id;
