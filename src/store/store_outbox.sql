-- name: outbox_message_insert
INSERT INTO outbox_message (partner, kind, interchange_id, order_id, version, event_id, shipment_id, approval_id,
                            report_id)
VALUES (:partner, :kind, :interchange_id, :order_id, :version, :event_id, :shipment_id, :approval_id, :report_id);

-- name: outbox_groups
SELECT partner, kind, count(*) FROM outbox_message WHERE file_id IS NULL
GROUP BY partner, kind ORDER BY partner, kind;

-- The order of messages in files: by natural keys, so that it does not depend on when rows came in.  Events of one order
-- come one after another, so their ids may decide.
-- name: outbox_rank_waiting
UPDATE outbox_message SET position = ranked.rank
FROM (
    SELECT m.id AS id, row_number() OVER (
        PARTITION BY m.partner, m.kind
        ORDER BY o.partner, o.number, m.version, a.version, a.step, s.warehouse, s.number, m.event_id,
                 i.name, i.sha256, i.repetition, r.schedule, r.first_day, m.id) AS rank
    FROM outbox_message AS m
    LEFT JOIN order_event AS e ON e.id = m.event_id
    LEFT JOIN shipment AS s ON s.id = m.shipment_id
    LEFT JOIN approval AS a ON a.id = m.approval_id
    LEFT JOIN orders AS o ON o.id = coalesce(m.order_id, e.order_id, s.order_id, a.order_id)
    LEFT JOIN interchange AS i ON i.id = m.interchange_id
    LEFT JOIN report AS r ON r.id = m.report_id
    WHERE m.file_id IS NULL) AS ranked
WHERE outbox_message.id = ranked.id;

-- name: outbox_last_sequence
SELECT max(sequence) FROM outbox_file WHERE partner = :partner AND kind = :kind;

-- name: outbox_file_insert
INSERT INTO outbox_file (partner, kind, sequence, name, format, state, same_as, messages, created_ms)
VALUES (:partner, :kind, :sequence, :name, :format, 'sealed', :same_as, :messages, :created_ms);

-- name: outbox_message_seal
UPDATE outbox_message SET file_id = :file_id
WHERE partner = :partner AND kind = :kind AND file_id IS NULL AND position BETWEEN :first AND :last;

-- name: outbox_files_open
SELECT id, coalesce(same_as, id), partner, kind, sequence, name, format, state, messages, created_ms
FROM outbox_file WHERE state IN ('sealed', 'staged') AND id > :after ORDER BY id LIMIT :count;

-- name: outbox_file_staged
UPDATE outbox_file SET state = 'staged', size = :size, sha256 = :sha256 WHERE id = :id AND state = 'sealed';

-- name: outbox_file_written
UPDATE outbox_file SET state = 'written' WHERE id = :id AND state = 'staged';
