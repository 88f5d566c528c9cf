-- name: delivery_list
SELECT id, name, size, sha256, state FROM outbox_file
WHERE partner = :partner AND state IN ('written', 'uploaded') ORDER BY id;

-- name: delivery_state
SELECT count(*) FROM outbox_file WHERE partner = :partner AND name = :name AND state = 'delivered';

-- name: delivery_uploaded
UPDATE outbox_file SET state = 'uploaded' WHERE id = :id AND state = 'written';

-- name: delivery_again
UPDATE outbox_file SET state = 'written' WHERE id = :id AND state = 'uploaded';

-- name: delivery_delivered
UPDATE outbox_file SET state = 'delivered', delivered_ms = :delivered_ms, attempts = attempts + 1, trouble = :trouble
WHERE id = :id AND state IN ('written', 'uploaded');

-- name: delivery_failed
UPDATE outbox_file SET attempts = attempts + 1, trouble = :trouble WHERE id = :id AND state IN ('written', 'uploaded');
