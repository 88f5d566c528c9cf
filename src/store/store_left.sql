-- name: left_list
SELECT name, kind FROM left_alone WHERE partner = :partner AND mailbox = :mailbox ORDER BY name;

-- name: left_found
INSERT INTO left_alone (partner, mailbox, name, kind, since_ms) VALUES (:partner, :mailbox, :name, :kind, :since_ms)
ON CONFLICT (partner, mailbox, name) DO UPDATE SET kind = excluded.kind, since_ms = excluded.since_ms;

-- name: left_gone
DELETE FROM left_alone WHERE partner = :partner AND mailbox = :mailbox AND name = :name;
