-- name: outbox_message_insert
INSERT INTO outbox_message (partner, kind, interchange_id, order_id, version, event_id, shipment_id, approval_id,
                            report_id)
VALUES (:partner, :kind, :interchange_id, :order_id, :version, :event_id, :shipment_id, :approval_id, :report_id);

-- name: outbox_groups
SELECT partner, kind, count(*) FROM outbox_message WHERE file_id IS NULL
GROUP BY partner, kind ORDER BY partner, kind;

-- name: outbox_last_sequence
SELECT max(sequence) FROM outbox_file WHERE partner = :partner AND kind = :kind;

-- name: outbox_file_insert
INSERT INTO outbox_file (partner, kind, sequence, name, format, state, same_as, messages, created_ms)
VALUES (:partner, :kind, :sequence, :name, :format, 'sealed', :same_as, :messages, :created_ms);

-- Messages go out in the order in which they came to wait.  Stations work through sorted lists and finish what they began, so
-- that order is the same however often a run was interrupted.
-- name: outbox_message_seal
UPDATE outbox_message SET file_id = :file_id
WHERE id IN (SELECT id FROM outbox_message WHERE partner = :partner AND kind = :kind AND file_id IS NULL
             ORDER BY id LIMIT :count);

-- name: outbox_files_open
SELECT id, coalesce(same_as, id), partner, kind, sequence, name, format, state, messages, created_ms
FROM outbox_file WHERE state IN ('sealed', 'staged') AND id > :after ORDER BY id LIMIT :count;

-- name: outbox_file_staged
UPDATE outbox_file SET state = 'staged', size = :size, sha256 = :sha256 WHERE id = :id AND state = 'sealed';

-- name: outbox_file_written
UPDATE outbox_file SET state = 'written' WHERE id = :id AND state = 'staged';
