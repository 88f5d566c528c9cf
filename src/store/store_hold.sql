-- name: hold_insert
INSERT INTO master_hold (interchange_id, master, held_ms) VALUES (:interchange_id, :master, :held_ms);

-- name: hold_of_master
SELECT interchange_id FROM master_hold WHERE master = :master AND verdict IS NULL;

-- name: hold_of_file
-- CROSS JOIN: from the few that wait to their files, not the other way round.
SELECT i.id FROM master_hold AS h CROSS JOIN interchange AS i
WHERE h.verdict IS NULL AND i.id = h.interchange_id AND i.partner = :partner
  AND (i.name = :name OR (length(:name) >= 8 AND substr(i.sha256, 1, length(:name)) = :name))
ORDER BY i.id DESC LIMIT 1;

-- name: hold_decide
UPDATE master_hold SET verdict = :verdict, decided_ms = :decided_ms, decided_by = :decided_by
WHERE interchange_id = :interchange_id;
