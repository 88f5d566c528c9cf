-- What a schedule has made, and what of it was sent to whom.

-- name: schedule_of_message
SELECT r.schedule
FROM outbox_message m JOIN report r ON r.id = m.report_id
WHERE m.partner = :partner AND m.kind = 'report' AND m.number = :number;

-- name: schedule_of_file
SELECT r.schedule
FROM outbox_file f
JOIN outbox_message m ON m.partner = f.partner AND m.kind = f.kind AND m.number = f.first_message
JOIN report r ON r.id = m.report_id
WHERE f.id = :file_id;

-- The CSV that goes out with a file, of the same number.
-- name: schedule_twin
SELECT t.name
FROM outbox_file f
JOIN outbox_file t ON t.partner = f.partner AND t.kind = f.kind AND t.sequence = f.sequence AND t.format = 'csv'
WHERE f.id = :file_id;

-- name: schedule_made
SELECT report, first_day, last_day, made_ms FROM report WHERE schedule = :schedule AND first_day = :first_day;

-- The first file of what a recipient was sent of a report; each report has a message, and a file, of its own.
-- name: schedule_sent
SELECT f.id
FROM report r
CROSS JOIN outbox_message m ON m.report_id = r.id AND m.partner = :partner AND m.kind = 'report'
CROSS JOIN outbox_file f ON f.partner = m.partner AND f.kind = m.kind AND f.first_message = m.number
WHERE r.schedule = :schedule AND r.first_day = :first_day
ORDER BY f.id LIMIT 1;
