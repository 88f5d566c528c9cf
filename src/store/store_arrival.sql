-- `state <> 'taken'` beside another state, here and elsewhere, is what lets SQLite use the index of open arrivals.

-- name: arrival_known
SELECT count(*), count(*) FILTER (WHERE remote = 'present') FROM arrival
WHERE partner = :partner AND mailbox = :mailbox AND name = :name AND remote_size = :remote_size
  AND remote_mtime_s = :remote_mtime_s;

-- name: arrival_claim
INSERT INTO arrival (partner, mailbox, name, remote_size, remote_mtime_s, spool, state, remote, arrived_ms)
VALUES (:partner, :mailbox, :name, :remote_size, :remote_mtime_s, :spool, 'claiming', 'present', :arrived_ms);

-- name: arrival_land
INSERT INTO arrival (partner, mailbox, name, remote_size, remote_mtime_s, spool, size, sha256, state, remote, arrived_ms)
VALUES (:partner, :mailbox, :name, :remote_size, :remote_mtime_s, :spool, :size, :sha256, 'landed', :remote, :arrived_ms);

-- name: arrival_claim_landed
UPDATE arrival SET state = 'landed', size = :size, sha256 = :sha256, remote = :remote, trouble = NULL
WHERE id = :id AND state = 'claiming';

-- name: arrival_claim_dropped
DELETE FROM arrival WHERE id = :id AND state = 'claiming';

-- name: arrival_settled
UPDATE arrival SET remote = 'settled' WHERE id = :id AND state <> 'claiming';

-- name: arrival_last
SELECT coalesce(max(id), 0) FROM arrival;

-- name: arrival_hold
UPDATE arrival SET held_by_run = :run_id
WHERE state <> 'taken' AND state = 'landed' AND partner = :partner AND mailbox = :mailbox AND id > :after;

-- name: arrival_wait
UPDATE arrival SET held_by_run = :run_id, trouble = :trouble WHERE id = :id;

-- name: arrival_hold_rest
-- "+" keeps SQLite from an index of all that ever came.
UPDATE arrival SET held_by_run = :run_id
WHERE state <> 'taken' AND state = 'landed' AND +partner = :partner AND +mailbox = :mailbox AND held_by_run IS NULL;

-- name: arrival_open
SELECT id, name, remote_size, remote_mtime_s, spool, state FROM arrival
WHERE partner = :partner AND mailbox = :mailbox AND remote = 'present' ORDER BY name, id;

-- name: arrival_claims
SELECT id, partner, mailbox, spool FROM arrival
WHERE state <> 'taken' AND state = 'claiming' ORDER BY id;

-- name: arrival_spool_known
SELECT count(*) FROM arrival WHERE spool = :spool;

-- What has landed of a partner, as far as nobody has asked yet what it is in the partner's own layout.
-- name: arrival_unmapped
SELECT id, name, spool FROM arrival
WHERE state <> 'taken' AND state = 'landed' AND +partner = :partner AND mapping IS NULL
ORDER BY id LIMIT :count;

-- name: arrival_map
UPDATE arrival SET mapping = :mapping, turn = :turn WHERE id = :id;

-- A copy is no file of the partner's: so no size that arrival_known could ask for.
-- name: arrival_copy
INSERT INTO arrival (partner, mailbox, name, remote_size, remote_mtime_s, spool, size, sha256, state, remote,
                     arrived_ms, held_by_run, mapping, turn)
SELECT partner, mailbox, name, -1, remote_mtime_s, :spool, size, sha256, state, 'settled', arrived_ms,
       held_by_run, :mapping, :turn
FROM arrival WHERE id = :id;

-- name: arrival_copies
SELECT spool FROM arrival
WHERE state <> 'taken' AND state = 'landed' AND +partner = :partner AND spool GLOB '*.as-*' ORDER BY id;
