-- name: outbox_message_insert
INSERT INTO outbox_message (partner, kind, number, interchange_id, order_id, version, event_id, shipment_id, approval_id,
                            report_id, invoice_id, production_id, release_id, return_id, stop_id, reminder)
VALUES (:partner, :kind,
        (SELECT coalesce(max(number), 0) + 1 FROM outbox_message WHERE partner = :partner AND kind = :kind),
        :interchange_id, :order_id, :version, :event_id, :shipment_id, :approval_id, :report_id, :invoice_id,
        :production_id, :release_id, :return_id, :stop_id, :reminder);

-- The pairs of partner and kind that ever had a message, one by one: each is one look into the index, however many
-- messages there are.  (Not by comparing the pair as a row value: SQLite would begin at the pair and read on through
-- all of its messages.)
-- name: outbox_group_next
SELECT partner, kind
FROM (SELECT partner, kind FROM outbox_message WHERE partner = :partner AND kind > :kind ORDER BY kind LIMIT 1)
UNION ALL
SELECT partner, kind
FROM (SELECT partner, kind FROM outbox_message WHERE partner > :partner ORDER BY partner, kind LIMIT 1)
LIMIT 1;

-- name: outbox_group_newest
SELECT max(number) FROM outbox_message WHERE partner = :partner AND kind = :kind;

-- name: outbox_group_sealed
SELECT sequence, last_message FROM outbox_file WHERE partner = :partner AND kind = :kind ORDER BY sequence DESC LIMIT 1;

-- name: outbox_file_insert
INSERT INTO outbox_file (partner, kind, sequence, name, format, state, same_as, first_message, last_message, messages,
                         created_ms)
VALUES (:partner, :kind, :sequence, :name, :format, 'sealed', :same_as, :first_message, :last_message, :messages,
        :created_ms);

-- name: outbox_files_open
SELECT id, coalesce(same_as, id), partner, kind, sequence, name, format, state, first_message, last_message, created_ms
FROM outbox_file WHERE state IN ('sealed', 'staged') AND id > :after ORDER BY id LIMIT :count;

-- name: outbox_file_staged
UPDATE outbox_file SET state = 'staged', size = :size, sha256 = :sha256 WHERE id = :id AND state = 'sealed';

-- name: outbox_file_written
UPDATE outbox_file SET state = 'written' WHERE id = :id AND state = 'staged';

-- name: outbox_file_drop
DELETE FROM outbox_file WHERE id = :id AND state = 'sealed' AND same_as IS NOT NULL;

-- name: status_look_get
SELECT looked_ms FROM status_look WHERE partner = :partner;

-- name: status_look_put
INSERT INTO status_look (partner, looked_ms) VALUES (:partner, :looked_ms)
ON CONFLICT (partner) DO UPDATE SET looked_ms = excluded.looked_ms;
