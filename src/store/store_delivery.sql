-- name: delivery_list
SELECT id, name, size, sha256, state FROM outbox_file
WHERE partner = :partner AND state IN ('written', 'uploaded', 'renaming') ORDER BY id;

-- name: delivery_state
SELECT count(*) FROM outbox_file WHERE partner = :partner AND name = :name AND state = 'delivered';

-- name: delivery_move
UPDATE outbox_file SET state = :state WHERE id = :id AND state IN ('written', 'uploaded', 'renaming');

-- name: delivery_delivered
UPDATE outbox_file SET state = 'delivered', delivered_ms = :delivered_ms, attempts = attempts + 1, trouble = :trouble
WHERE id = :id AND state IN ('written', 'uploaded', 'renaming');

-- name: delivery_failed
UPDATE outbox_file SET attempts = attempts + 1, trouble = :trouble
WHERE id = :id AND state IN ('written', 'uploaded', 'renaming');
