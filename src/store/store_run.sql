-- name: run_insert
INSERT INTO run (as_of_ms, started_ms) VALUES (:as_of_ms, :started_ms);

-- name: run_finish
UPDATE run SET finished_ms = :finished_ms, exit_code = :exit_code, summary = :summary WHERE id = :id;

-- name: run_last
SELECT id, as_of_ms, started_ms, finished_ms, exit_code, summary FROM run WHERE id = (SELECT max(id) FROM run);

-- name: run_forget
DELETE FROM run WHERE id <= :id;
