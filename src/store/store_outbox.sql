-- name: outbox_message_insert
INSERT INTO outbox_message (partner, kind, interchange_id, order_id, version, event_id, shipment_id, approval_id,
                            report_id)
VALUES (:partner, :kind, :interchange_id, :order_id, :version, :event_id, :shipment_id, :approval_id, :report_id);
