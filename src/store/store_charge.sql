-- The cancellation policy, charges and their waivers, and the statements that tell of them.

-- name: master_policy_insert
INSERT INTO cancellation_policy (version_id, clause, rank, stages, product_kind, categories, skus, customer_groups, hours_from,
                                 hours_below, promised_within, faults, deposit_paid, currency, fee, amount_micros,
                                 percent_micros, minimum_micros, maximum_micros, tax, promotions, gifts, waived_by,
                                 waive_up_to_micros, line)
VALUES (:version_id, :clause, :rank, :stages, :product_kind, :categories, :skus, :customer_groups, :hours_from, :hours_below,
        :promised_within, :faults, :deposit_paid, :currency, :fee, :amount_micros, :percent_micros, :minimum_micros,
        :maximum_micros, :tax, :promotions, :gifts, :waived_by, :waive_up_to_micros, :line)
ON CONFLICT DO NOTHING;

-- name: master_policy_discard
DELETE FROM cancellation_policy WHERE version_id = :version_id;

-- name: master_policies
SELECT clause, rank, stages, product_kind, categories, skus, customer_groups, hours_from, hours_below,
       promised_within, faults, deposit_paid, currency, fee, amount_micros, percent_micros, minimum_micros,
       maximum_micros, tax, promotions, gifts, waived_by, waive_up_to_micros
FROM cancellation_policy WHERE version_id = :version_id ORDER BY rank, clause;

-- name: master_policies_deposit
SELECT clause, min(line) FROM cancellation_policy
WHERE version_id = :version_id AND fee = 'deposit'
  AND EXISTS (SELECT 1 FROM customer AS c
              WHERE c.version_id = :customers AND c.payment_terms = 'deposit' AND c.deposit_micros > 200000)
GROUP BY clause ORDER BY 2;

-- name: master_policies_many
SELECT min(clause), min(line) FROM cancellation_policy WHERE version_id = :version_id HAVING count(*) > :rows_max;

-- What the policy asks of an order, beside its lines; the amounts are those of its goods.
-- name: cancel_fee_order
SELECT o.received_ms, coalesce(p.customer_group, ''), v.currency, coalesce(p.net_minor, 0),
       coalesce(p.tax_minor, 0) - coalesce((SELECT sum(f.tax_minor) FROM order_freight AS f
                                            WHERE f.order_id = v.order_id AND f.version = v.version), 0),
       coalesce(n.promised, v.requested_to, v.requested_from), coalesce(p.customer, ''), coalesce(p.includes_tax, 0),
       coalesce(p.payment_days, -1)
FROM orders AS o
JOIN order_version AS v ON v.order_id = o.id AND v.version = :version
LEFT JOIN order_price AS p ON p.order_id = o.id AND p.version = v.version
LEFT JOIN order_plan AS n ON n.order_id = o.id AND n.version = v.version
WHERE o.id = :order_id;

-- name: cancel_fee_rates
SELECT min(tax_rate_micros), max(tax_rate_micros) FROM order_line_price WHERE order_id = :order_id AND version = :version;

-- name: charge_number
SELECT max(number) FROM charge WHERE order_id = :order_id;

-- name: charge_insert
INSERT INTO charge (order_id, number, cancellation_id, return_id, kind, clause, gift_ordinal, gift_number, gift_sku, at_ms,
                    statement, currency, net_minor, tax_minor, tax_rate_micros, text_en, text_zh, waived_by, waive_up_to_minor,
                    invoice_id, base_net_minor, base_tax_minor, base_cost_minor)
VALUES (:order_id, :number, (SELECT id FROM cancellation WHERE order_id = :order_id AND number = :cancellation),
        nullif(:return_id, 0), :kind, :clause, :gift_ordinal, :gift_number, :gift_sku, :at_ms, :statement, :currency, :net_minor,
        :tax_minor, :tax_rate_micros, :text_en, :text_zh, :waived_by, :waive_up_to_minor, :invoice_id, :base_net_minor,
        :base_tax_minor, :base_cost_minor);

-- What was charged for a request before: its own cancellation, and those of what was stopped for it.
-- name: charges_before
SELECT g.clause, sum(g.base_net_minor), sum(g.base_tax_minor), sum(g.base_cost_minor), sum(g.net_minor), sum(g.tax_minor)
FROM charge AS g JOIN cancellation AS c ON c.id = g.cancellation_id LEFT JOIN stop_notice AS n ON n.id = c.notice_id
WHERE g.order_id = :order_id AND g.kind = 'fee' AND coalesce(n.cancellation_id, c.id) = :asked_id
GROUP BY g.clause ORDER BY g.clause;

-- name: charges_open
SELECT sum(net_minor + tax_minor) FROM charge_open WHERE order_id = :order_id;

-- name: charges
SELECT g.id, g.number, coalesce(c.number, 0), g.kind, g.clause, g.net_minor, g.tax_minor, g.tax_rate_micros, g.text_en, g.text_zh,
       g.waived_by, g.waive_up_to_minor, coalesce(g.invoice_id, 0), coalesce(i.number, ''), g.currency,
       coalesce((SELECT sum(s.net_minor) FROM charge_less AS s WHERE s.charge_id = g.id), 0),
       coalesce((SELECT sum(s.tax_minor) FROM charge_less AS s WHERE s.charge_id = g.id), 0),
       coalesce((SELECT max(s.sequence) FROM charge_less AS s WHERE s.charge_id = g.id), 0), g.gift_ordinal, g.gift_number, g.gift_sku
FROM charge AS g LEFT JOIN cancellation AS c ON c.id = g.cancellation_id LEFT JOIN invoice AS i ON i.id = g.invoice_id
WHERE g.order_id = :order_id ORDER BY g.number;

-- name: charge_less_insert
INSERT INTO charge_less (charge_id, sequence, kind, net_minor, tax_minor, actor, reason, at_ms, statement, invoice_id)
VALUES (:charge_id, :sequence, :kind, :net_minor, :tax_minor, :actor, :reason, :at_ms, :statement, :invoice_id);

-- name: statement_number
SELECT max(number) FROM cancellation_statement WHERE order_id = :order_id;

-- name: statement_insert
INSERT INTO cancellation_statement (order_id, number, cancellation_id, at_ms, paid_minor, due_minor, refund_minor)
SELECT :order_id, :number, id, :at_ms, :paid_minor, :due_minor, :refund_minor
FROM cancellation WHERE order_id = :order_id AND number = :cancellation;

-- name: fee_orders
SELECT o.partner, o.number, g.number, c.number, g.kind, g.clause, g.currency, g.net_minor, g.tax_minor,
       coalesce((SELECT sum(s.net_minor) FROM charge_less AS s WHERE s.charge_id = g.id), 0),
       coalesce((SELECT sum(s.tax_minor) FROM charge_less AS s WHERE s.charge_id = g.id), 0), coalesce(i.number, ''),
       g.text_en, g.text_zh, g.waived_by, iif(:language = 'zh', g.text_zh, g.text_en), r.number
FROM charge AS g CROSS JOIN orders AS o ON o.id = g.order_id
LEFT JOIN cancellation AS c ON c.id = g.cancellation_id
LEFT JOIN return_authorisation AS r ON r.id = g.return_id
LEFT JOIN invoice AS i ON i.id = g.invoice_id
WHERE (:partner = '' OR (o.partner = :partner AND o.number = :number)) AND g.net_minor + g.tax_minor > 0
ORDER BY o.partner, o.number, g.number;

-- What the writer of cancellation statements reads, as store_document.sql.
-- name: document_statements
SELECT m.number, o.number, c.version, t.number, c.number, c.is_whole, c.request, c.actor, c.reason, c.text, c.fault, c.at_ms,
       t.at_ms, c.currency, c.net_minor, c.tax_minor, t.paid_minor, t.due_minor, t.refund_minor
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN cancellation_statement AS t ON t.order_id = m.order_id AND t.number = m.reminder
JOIN cancellation AS c ON c.id = t.cancellation_id
JOIN orders AS o ON o.id = m.order_id
WHERE file.id = :file_id ORDER BY m.number;

-- name: document_statement_lines
SELECT m.number, coalesce(l.number, f.number, iif(k.ordinal = 400000, 'freight', '')),
       coalesce(l.sku, f.sku, iif(k.ordinal = 400000, 'freight', '')),
       coalesce(l.unit, f.unit, iif(k.ordinal = 400000, 'C62', '')), k.quantity_micros,
       k.net_minor, k.tax_minor
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN cancellation_statement AS t ON t.order_id = m.order_id AND t.number = m.reminder
JOIN cancellation AS c ON c.id = t.cancellation_id
JOIN cancellation_line AS k ON k.cancellation_id = c.id
LEFT JOIN order_line AS l ON l.order_id = c.order_id AND l.version = c.version AND l.ordinal = k.ordinal
LEFT JOIN order_free_line AS f ON f.order_id = c.order_id AND f.version = c.version AND f.ordinal = k.ordinal - 100000
WHERE file.id = :file_id ORDER BY m.number, k.ordinal;

-- The charges of its cancellation, each with what is less of it by then; and what it gave back of others.
-- name: document_statement_charges
SELECT m.number, g.number, g.kind, g.clause, g.net_minor, g.tax_minor, g.text_en, g.text_zh, '', coalesce(i.number, ''),
       g.kind, 0 AS sequence
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN cancellation_statement AS t ON t.order_id = m.order_id AND t.number = m.reminder
JOIN charge AS g ON g.order_id = m.order_id AND g.cancellation_id = t.cancellation_id
LEFT JOIN invoice AS i ON i.id = g.invoice_id
WHERE file.id = :file_id AND g.statement <= t.number
UNION ALL
SELECT m.number, g.number, s.kind, g.clause, -s.net_minor, -s.tax_minor, s.reason, s.reason, s.actor, coalesce(i.number, ''),
       g.kind, s.sequence
FROM outbox_file AS file
JOIN outbox_message AS m
    ON m.partner = file.partner AND m.kind = file.kind AND m.number BETWEEN file.first_message AND file.last_message
JOIN cancellation_statement AS t ON t.order_id = m.order_id AND t.number = m.reminder
JOIN charge AS g ON g.order_id = m.order_id
JOIN charge_less AS s ON s.charge_id = g.id
LEFT JOIN invoice AS i ON i.id = s.invoice_id
WHERE file.id = :file_id AND s.statement <= t.number AND (g.cancellation_id = t.cancellation_id OR s.statement = t.number)
ORDER BY 1, 2, sequence;
