-- Which reports were made, and of what there may be any.

-- name: report_first_received
SELECT min(received_ms) FROM interchange;

-- name: report_last_day
SELECT last_day FROM report WHERE schedule = :schedule ORDER BY first_day DESC LIMIT 1;

-- name: report_insert
INSERT INTO report (schedule, report, first_day, last_day, made_ms)
VALUES (:schedule, :report, :first_day, :last_day, :made_ms)
ON CONFLICT (schedule, first_day) DO NOTHING;

-- name: report_of_file
SELECT r.report, r.first_day, r.last_day, r.made_ms
FROM outbox_file f
JOIN outbox_message m ON m.partner = f.partner AND m.kind = f.kind AND m.number BETWEEN f.first_message AND f.last_message
JOIN report r ON r.id = m.report_id
WHERE f.id = :file_id;
