-- name: payment_insert
INSERT INTO payment (interchange_id, finance, number, kind, partner, order_number, invoice_number, amount_minor, currency,
                     paid_on, payer, reference, line)
VALUES (:interchange_id, :finance, :number, :kind, :partner, :order_number, :invoice_number, :amount_minor, :currency,
        :paid_on, :payer, :reference, :line)
ON CONFLICT (finance, number) DO NOTHING;

-- name: payment_by_number
SELECT id, number, partner, order_number, invoice_number, payer, reference, kind, amount_minor, currency, paid_on, line,
       finance, interchange_id, order_id
FROM payment WHERE finance = :finance AND number = :number;

-- A person names it, and need not say whose number it is; two rows tell that he must.
-- name: payment_named
SELECT id, number, partner, order_number, invoice_number, payer, reference, kind, amount_minor, currency, paid_on, line,
       finance, interchange_id, order_id
FROM payment WHERE number = :number AND :finance IN ('', finance) ORDER BY finance LIMIT 2;

-- name: payment_of_interchange
SELECT id, number, partner, order_number, invoice_number, payer, reference, kind, amount_minor, currency, paid_on, line,
       finance, interchange_id, order_id
FROM payment WHERE interchange_id = :interchange_id AND id > :after ORDER BY id LIMIT 1;

-- Those whose order has come, or is seen by now: in the order in which the money moved.
-- name: payment_ready
SELECT p.id
FROM payment AS p
JOIN orders AS o ON o.partner = p.partner AND o.number = p.order_number
JOIN order_version AS v ON v.order_id = o.id AND v.version = o.version
JOIN interchange AS i ON i.id = p.interchange_id
WHERE p.order_id IS NULL AND o.approval <> 'received' AND i.state <> 'read' AND p.currency = v.currency
ORDER BY p.paid_on, p.kind, p.finance, p.number;

-- name: payment_get
SELECT id, number, partner, order_number, invoice_number, payer, reference, kind, amount_minor, currency, paid_on, line,
       finance, interchange_id, order_id
FROM payment WHERE id = :id;

-- name: payment_allocate
UPDATE payment SET order_id = :order_id, trouble = '', assigned_by = :assigned_by WHERE id = :id;

-- name: payment_allocation_begin
INSERT INTO payment_allocation (payment_id, order_id, from_ms) VALUES (:payment_id, :order_id, :from_ms);

-- name: payment_put_off
UPDATE payment SET trouble = :trouble WHERE id = :id;

-- name: payment_discard
DELETE FROM payment WHERE id = :id;

-- The order is in another currency now: what came in the one before is nobody's.
-- name: payment_unfit
UPDATE payment SET order_id = NULL, trouble = 'currency' WHERE order_id = :order_id;

-- name: payment_allocation_end
UPDATE payment_allocation SET until_ms = :until_ms WHERE order_id = :order_id AND until_ms IS NULL;

-- What is to be paid of it is what it was priced at, less what was cancelled of it, and what credit notes, or returns that no
-- credit note says, took back.
-- name: order_money_get
SELECT coalesce(p.payment_terms, 'account'), coalesce(p.deposit_micros, 0), coalesce(p.payment_days, -1),
       max(0, coalesce(p.gross_minor, 0) - coalesce((SELECT sum(c.net_minor + c.tax_minor) FROM order_cancelled AS c
                                                     WHERE c.order_id = v.order_id AND c.version = v.version), 0)
              - coalesce((SELECT sum(i.gross_minor) FROM invoice AS i
                          WHERE i.order_id = v.order_id AND i.kind = 'credit-note'
                            AND NOT EXISTS (SELECT 1 FROM invoice AS x WHERE x.id = i.corrects AND x.kind = 'charge')), 0)
              - coalesce((SELECT sum(t.unbilled_minor) FROM return_authorisation AS r JOIN return_taken AS t ON t.return_id = r.id
                          WHERE r.order_id = v.order_id), 0)
              + coalesce((SELECT sum(k.net_minor + k.tax_minor) FROM return_authorisation AS r JOIN return_gift AS k ON k.return_id = r.id
                          WHERE r.order_id = v.order_id AND k.invoice_id IS NULL), 0))
           + coalesce((SELECT sum(g.net_minor + g.tax_minor) FROM charge_open AS g WHERE g.order_id = v.order_id), 0),
       v.currency, m.currency, m.required_minor, m.enough_minor, m.paid_minor, m.refunded_minor
FROM order_version AS v
LEFT JOIN order_price AS p ON p.order_id = v.order_id AND p.version = v.version
LEFT JOIN order_payment AS m ON m.order_id = v.order_id
WHERE v.order_id = :order_id AND v.version = :version;

-- name: order_money_put
INSERT INTO order_payment (order_id, currency, required_minor, enough_minor, paid_minor, refunded_minor, owed_minor)
VALUES (:order_id, :currency, :required_minor, :enough_minor, :paid_minor, :refunded_minor, :owed_minor)
ON CONFLICT (order_id)
DO UPDATE SET currency = excluded.currency, required_minor = excluded.required_minor,
              enough_minor = excluded.enough_minor, paid_minor = excluded.paid_minor,
              refunded_minor = excluded.refunded_minor, owed_minor = excluded.owed_minor;

-- name: order_money_owed
SELECT owed_minor FROM order_payment WHERE order_id = :order_id;

-- name: order_money_give_back
UPDATE order_payment SET required_minor = 0, enough_minor = 0,
    owed_minor = max(0, paid_minor - refunded_minor
                        - coalesce((SELECT sum(g.net_minor + g.tax_minor) FROM charge_open AS g WHERE g.order_id = :order_id), 0))
WHERE order_id = :order_id;
