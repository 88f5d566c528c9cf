-- name: interchange_landed
SELECT id, partner, mailbox, name, spool, size, sha256, coalesce(mapping, '') FROM arrival
WHERE state <> 'taken' AND state = 'landed' AND held_by_run IS NOT :run_id
ORDER BY partner, turn, mailbox, name, sha256, id LIMIT :count OFFSET :skip;

-- name: interchange_arrival_taken
UPDATE arrival SET state = 'taken', trouble = NULL WHERE id = :id;

-- Master data that a later version has replaced, or is about to, may come again: so one goes back to it.
-- name: interchange_original
SELECT i.id FROM (
    SELECT id FROM interchange
    WHERE partner = :partner AND sha256 = :sha256 AND mapping = :mapping AND state IN ('read', 'taken', 'partly', 'held') AND acceptance <> 'test'
    ORDER BY CASE WHEN document IN ('', 'order', 'shipment', 'decision', 'payment', 'transport-event', 'stock-report', 'release-status',
                                    'production-status', 'order-change', 'order-cancellation', 'stop-status', 'return-request',
                                    'return-receipt') THEN 0 ELSE repetition END DESC
    LIMIT 1) i
WHERE NOT EXISTS (SELECT 1 FROM master_version v JOIN master_version later
                      ON later.master = v.master AND later.number > v.number
                  WHERE v.interchange_id = i.id)
  AND NOT EXISTS (SELECT 1 FROM interchange l WHERE l.id = i.id AND l.document = 'lookup'
                  AND NOT EXISTS (SELECT 1 FROM lookup WHERE lookup.interchange_id = i.id));

-- name: interchange_repetition
SELECT max(repetition) + 1 FROM interchange WHERE partner = :partner AND sha256 = :sha256;

-- name: interchange_insert
INSERT INTO interchange (arrival_id, partner, name, sha256, size, format, mapping, document, acceptance, state, duplicate_of,
                         repetition, place, documents, documents_taken, findings, received_ms)
VALUES (:arrival_id, :partner, :name, :sha256, :size, :format, :mapping, :document, :acceptance, :state, :duplicate_of,
        :repetition, :place, :documents, :documents_taken, :findings, :received_ms);

-- name: interchange_update
UPDATE interchange SET format = :format, document = :document, state = :state, documents = :documents,
                       documents_taken = :documents_taken, findings = :findings
WHERE id = :id;

-- name: interchange_by_id
SELECT id, arrival_id, partner, name, sha256, size, format, document, acceptance, state,
       duplicate_of, repetition, place, documents, documents_taken, findings, received_ms
FROM interchange WHERE id = :id;

-- name: interchange_waiting
SELECT id, arrival_id, partner, name, sha256, size, format, document, acceptance, state,
       duplicate_of, repetition, place, documents, documents_taken, findings, received_ms
FROM interchange
WHERE state = 'read'
ORDER BY CASE document
             WHEN 'customers' THEN 1 -- other master data refer to these two, orders to all of them
             WHEN 'products' THEN 2
             WHEN 'product-options' THEN 3 -- prices by formula refer to them
             WHEN 'approvers' THEN 3 -- the approval matrix asks them
             WHEN 'coupons' THEN 5 -- for promotions
             WHEN 'packages' THEN 5 -- after prices
             WHEN 'supply' THEN 5 -- after plants
             WHEN 'materials' THEN 6 -- after supply
             WHEN 'price-cases' THEN 6 -- that all others must satisfy
             WHEN 'order' THEN 7
             WHEN 'order-change' THEN 8 -- of these orders
             WHEN 'order-cancellation' THEN 9 -- what has left is told after it
             WHEN 'payment' THEN 10 -- for orders
             WHEN 'decision' THEN 11
             WHEN 'stop-status' THEN 12 -- before what the same plant or warehouse says of it
             WHEN 'production-status' THEN 13
             WHEN 'release-status' THEN 14 -- before it has left
             WHEN 'shipment' THEN 15
             WHEN 'return-request' THEN 16 -- of what has left
             WHEN 'return-receipt' THEN 17
             WHEN 'transport-event' THEN 18
             WHEN 'stock-report' THEN 19
             ELSE 4
         END, CASE WHEN document IN ('order', 'payment', 'decision', 'shipment', 'transport-event', 'stock-report', 'release-status',
                               'production-status', 'order-change', 'order-cancellation', 'stop-status', 'return-request',
                               'return-receipt') THEN '' ELSE document END, partner, name, sha256, repetition
LIMIT :count OFFSET :skip;

-- name: interchange_unfiled
SELECT id, arrival_id, partner, name, sha256, size, format, document, acceptance, state,
       duplicate_of, repetition, place, documents, documents_taken, findings, received_ms
FROM interchange
WHERE place GLOB 'spool/*' AND state NOT IN ('read', 'held')
ORDER BY id LIMIT :count OFFSET :skip;

-- name: interchange_filed
UPDATE interchange SET place = :place WHERE id = :id;

-- name: finding_insert
INSERT INTO finding (interchange_id, ordinal, code, severity, line, column, order_number, order_line, field, value,
                     expected, hint, version)
VALUES (:interchange_id, :ordinal, :code, :severity, :line, :column, :order_number, :order_line, :field, :value,
        :expected, :hint, :version);

-- name: finding_last
SELECT max(ordinal) FROM finding WHERE interchange_id = :interchange_id;

-- name: savepoint_open
SAVEPOINT unit;

-- name: savepoint_keep
RELEASE unit;

-- name: savepoint_undo
ROLLBACK TO unit;
