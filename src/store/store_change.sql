-- name: change_answer_number
SELECT coalesce(max(number), 0) FROM change_answer WHERE order_id = :order_id;

-- name: change_answer_of_number
SELECT count(*) FROM change_answer WHERE order_id = :order_id AND change_number = :change_number;

-- name: change_answer_insert
INSERT INTO change_answer (order_id, number, change_number, actor, at_ms, verdict, version_before, version, currency,
                           net_before, tax_before, gross_before, net, tax, gross)
VALUES (:order_id, :number, :change_number, :actor, :at_ms, :verdict, :version_before, :version, :currency,
        :net_before, :tax_before, :gross_before, :net, :tax, :gross);

-- name: change_answer_item_insert
INSERT INTO change_answer_item (order_id, number, item, kind, line, field, value_before, value_after, verdict, way, code,
                                code_value, code_other, rule)
VALUES (:order_id, :number, :item, :kind, :line, :field, :value_before, :value_after, :verdict, :way, :code,
        :code_value, :code_other, :rule);

-- Without tax, goods and freight.
-- name: change_amounts
SELECT p.net_minor + p.freight_minor - coalesce(c.net_minor, 0), p.tax_minor - coalesce(c.tax_minor, 0),
       p.gross_minor - coalesce(c.net_minor + c.tax_minor, 0)
FROM order_price AS p
LEFT JOIN (SELECT sum(net_minor) AS net_minor, sum(tax_minor) AS tax_minor FROM order_cancelled
           WHERE order_id = :order_id AND version = :version) AS c
WHERE p.order_id = :order_id AND p.version = :version;

-- Of a notice to send goods elsewhere the change that led to it, and whereto.
-- name: change_redirected
SELECT coalesce((SELECT a.change_number FROM change_answer AS a
                 WHERE a.order_id = s.order_id AND a.at_ms <= s.asked_ms AND a.actor <> s.partner AND EXISTS (
                     SELECT 1 FROM change_answer_item AS i
                     WHERE i.order_id = a.order_id AND i.number = a.number AND i.way = 'redirect' AND i.verdict = 'taken')
                 ORDER BY a.number DESC LIMIT 1), ''),
       o.currency,
       (SELECT group_concat(j.value, ', ') FROM json_each(s.content) AS j
        WHERE j.value <> '' AND j.key IN ('name', 'street', 'street2', 'postal_code', 'city'))
FROM stop_notice AS s JOIN order_version AS o ON o.order_id = s.order_id AND o.version = s.version
WHERE s.id = :notice_id;

-- name: document_changes
SELECT m.number, o.number, a.number, a.change_number, a.at_ms, a.verdict, a.version_before, a.version, a.currency,
       a.net_before, a.tax_before, a.gross_before, a.net, a.tax, a.gross, o.id
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN change_answer AS a ON a.order_id = m.order_id AND a.number = m.reminder
JOIN orders AS o ON o.id = m.order_id
WHERE file.id = :file_id ORDER BY m.number;

-- name: document_change_items
SELECT m.number, i.kind, i.line, i.field, i.value_before, i.value_after, i.verdict, i.code, i.code_value, i.code_other
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN change_answer_item AS i ON i.order_id = m.order_id AND i.number = m.reminder
WHERE file.id = :file_id ORDER BY m.number, i.item;
