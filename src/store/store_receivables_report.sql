-- What is open when a period ends: gathered for the report of receivables and the finance pack, and told by the former.  The
-- names of columns are those of schemas/report-receivables.csv.json.  Names of customers are those of the versions their
-- invoices were priced with, and limits those that were in force, so that a period that is over comes out the same whenever
-- it is told again.

-- name: receivables_forget_lines
DELETE FROM temp.receivable_line;
-- name: receivables_forget_beyond
DELETE FROM temp.receivable_beyond;
-- name: receivables_forget_strays
DELETE FROM temp.receivable_stray;
-- name: receivables_forget_totals
DELETE FROM temp.receivable_total;
-- name: receivables_forget_kept
DELETE FROM temp.receivable_kept;
-- name: receivables_forget_customers
DELETE FROM temp.receivable_customer;

-- name: receivables_add_line
INSERT INTO temp.receivable_line
VALUES (:invoice_id, :currency, :customer, :partner, :order_number, :number, :day, :due, :days, :age, :gross, :credited, :open);

-- Of those who pay before, no limit is compared.
-- name: receivables_add_customer
WITH d (currency, customer, newest, cut_ms) AS (VALUES (:currency, :customer, :newest, :cut_ms))
INSERT INTO temp.receivable_customer
SELECT d.currency, d.customer,
       coalesce((SELECT c.name FROM main.master_version m JOIN main.customer c ON c.version_id = m.id AND c.code = d.customer
                 WHERE m.master = 'customers' AND m.number = d.newest), ''),
       coalesce(l.currency, ''), coalesce(l.limit_micros, 0), :invoices, :number, :due, :days, :open, :overdue, :not_due, :to_30,
       :to_60, :to_90, :over_90, :not_due_count, :to_30_count, :to_60_count, :to_90_count, :over_90_count
FROM d
LEFT JOIN main.credit_limit l
       ON l.version_id = (SELECT v.id FROM main.master_version v
                          WHERE v.master = 'credit-limits' AND v.in_force_ms <= d.cut_ms ORDER BY v.number DESC LIMIT 1)
      AND l.customer = d.customer AND l.terms = 'account';

-- name: receivables_add_beyond
INSERT INTO temp.receivable_beyond VALUES (:currency, :partner, :order_number, :paid, :refunded, :advance, :owed);

-- name: receivables_add_stray
INSERT INTO temp.receivable_stray (in_period, currency, kind, partner, order_number, number, payer, reference, paid_on, amount_minor)
VALUES (:in_period, :currency, :kind, :partner, :order_number, :number, :payer, :reference, :paid_on, :amount);

-- name: receivables_add_total
INSERT INTO temp.receivable_total
VALUES (:currency, :invoices, :open, :not_due, :to_30, :to_60, :to_90, :over_90, :overdue, :number, :due, :days,
        :invoiced, :credited, :paid, :refunded, :advance, :owed, :stray);

-- The sums that are kept of orders, less all that moved since; as the finance pack has them.
-- name: receivables_gather_kept
INSERT INTO temp.receivable_kept
SELECT currency, sum(minor)
FROM (SELECT currency, open_minor AS minor FROM main.receivable INDEXED BY receivable_open WHERE open_minor <> 0
      UNION ALL
      SELECT currency, iif(kind = 'credit-note', gross_minor, -gross_minor)
      FROM main.invoice INDEXED BY invoice_issued WHERE issued_ms > :cut_ms
      UNION ALL
      SELECT p.currency, iif(p.kind = 'payment', p.amount_minor, -p.amount_minor)
      FROM main.payment_allocation a INDEXED BY payment_allocation_from CROSS JOIN main.payment p ON p.id = a.payment_id
      WHERE a.from_ms > :cut_ms
      UNION ALL
      SELECT p.currency, iif(p.kind = 'payment', -p.amount_minor, p.amount_minor)
      FROM main.payment_allocation a INDEXED BY payment_allocation_until CROSS JOIN main.payment p ON p.id = a.payment_id
      WHERE a.until_ms > :cut_ms)
GROUP BY currency;

-- ---- totals ----

-- name: receivables_totals
SELECT currency, open_minor, invoices, overdue_minor, over_90_minor, advance_minor, owed_minor, stray_minor
FROM temp.receivable_total ORDER BY currency;

-- name: receivables_closing
SELECT currency, sum(open_minor), sum(faults)
FROM (SELECT currency, open_minor,
             (invoiced_minor - credited_minor - paid_minor + refunded_minor <> open_minor - advance_minor - owed_minor)
             + (open_minor - advance_minor - owed_minor
                <> coalesce((SELECT k.open_minor FROM temp.receivable_kept k WHERE k.currency = t.currency), 0)) AS faults
      FROM temp.receivable_total t
      UNION ALL
      SELECT currency, 0, open_minor <> 0 FROM temp.receivable_kept
      WHERE currency NOT IN (SELECT currency FROM temp.receivable_total) AND open_minor <> 0)
GROUP BY currency ORDER BY currency;

-- ---- the sections ----

-- name: receivables_total
SELECT number AS number, due AS due, days AS days_overdue, invoices AS invoices, invoiced_minor AS invoiced,
       credited_minor AS credited, paid_minor AS paid, refunded_minor AS refunded, open_minor AS open, not_due_minor AS not_due,
       to_30_minor AS overdue_1_30, to_60_minor AS overdue_31_60, to_90_minor AS overdue_61_90, over_90_minor AS overdue_over_90,
       advance_minor AS advance, owed_minor AS owed, stray_minor AS not_allocated, overdue_minor AS overdue
FROM temp.receivable_total WHERE currency = :currency;

-- name: receivables_age
WITH aged (place, name, invoices, minor) AS (
    SELECT 1, 'not-due', not_due_count, not_due_minor FROM temp.receivable_customer WHERE currency = :currency
    UNION ALL SELECT 2, 'days-1-30', to_30_count, to_30_minor FROM temp.receivable_customer WHERE currency = :currency
    UNION ALL SELECT 3, 'days-31-60', to_60_count, to_60_minor FROM temp.receivable_customer WHERE currency = :currency
    UNION ALL SELECT 4, 'days-61-90', to_90_count, to_90_minor FROM temp.receivable_customer WHERE currency = :currency
    UNION ALL SELECT 5, 'days-over-90', over_90_count, over_90_minor FROM temp.receivable_customer WHERE currency = :currency)
SELECT name AS "key", sum(invoices) AS invoices, sum(invoices > 0) AS customers, sum(minor) AS open
FROM aged GROUP BY place ORDER BY place;

-- Whoever owes most first.
-- name: receivables_customer
SELECT customer AS customer, name AS customer_name, open_minor AS open, not_due_minor AS not_due, to_30_minor AS overdue_1_30,
       to_60_minor AS overdue_31_60, to_90_minor AS overdue_61_90, over_90_minor AS overdue_over_90, overdue_minor AS overdue,
       invoices AS invoices, number AS number, due AS due, days AS days_overdue,
       iif(limit_currency = :currency, (limit_micros + :unit_micros / 2) / :unit_micros, NULL) AS credit_limit
FROM temp.receivable_customer WHERE currency = :currency ORDER BY open_minor DESC, customer;

-- name: receivables_invoice
SELECT l.number AS number, l.customer AS customer, c.name AS customer_name, l.partner AS partner, l.order_number AS order_number,
       l.day AS day, l.due AS due, l.days AS days_overdue, l.gross_minor AS invoiced, l.credited_minor AS credited,
       l.gross_minor - l.credited_minor - l.open_minor AS paid, l.open_minor AS open,
       iif(l.age = 'not-due', l.open_minor, NULL) AS not_due, iif(l.age = 'days-1-30', l.open_minor, NULL) AS overdue_1_30,
       iif(l.age = 'days-31-60', l.open_minor, NULL) AS overdue_31_60, iif(l.age = 'days-61-90', l.open_minor, NULL) AS overdue_61_90,
       iif(l.age = 'days-over-90', l.open_minor, NULL) AS overdue_over_90
FROM temp.receivable_line l CROSS JOIN temp.receivable_customer c ON c.currency = l.currency AND c.customer = l.customer
WHERE l.currency = :currency ORDER BY l.due, l.number;

-- Who ordered it, as the order said, and the customers were called, when the period ended.
-- name: receivables_beyond
SELECT b.order_number AS order_number, coalesce(t.code, '') AS customer,
       coalesce((SELECT c.name FROM main.customer c
                 WHERE c.version_id = (SELECT v.id FROM main.master_version v
                                       WHERE v.master = 'customers' AND v.in_force_ms <= :cut_ms ORDER BY v.number DESC LIMIT 1)
                   AND c.code = t.code), t.name, '') AS customer_name,
       b.partner AS partner, b.paid_minor AS paid, b.refunded_minor AS refunded,
       b.advance_minor AS advance, b.owed_minor AS owed
FROM temp.receivable_beyond b
CROSS JOIN main.orders o ON o.partner = b.partner AND o.number = b.order_number
LEFT JOIN main.order_party t
       ON t.order_id = o.id AND t.role = 'sold-to'
      AND t.version = (SELECT max(e.version) FROM main.order_event e WHERE e.order_id = o.id AND e.known_ms <= :cut_ms)
WHERE b.currency = :currency ORDER BY b.partner, b.order_number;

-- name: receivables_payment
SELECT number AS number, paid_on AS day, payer AS payer, reference AS reference, partner AS partner, order_number AS order_number,
       amount_minor AS not_allocated
FROM temp.receivable_stray WHERE currency = :currency AND kind = 'payment' AND in_period ORDER BY id;

-- name: receivables_refund
SELECT number AS number, paid_on AS day, payer AS payer, reference AS reference, partner AS partner, order_number AS order_number,
       amount_minor AS not_allocated
FROM temp.receivable_stray WHERE currency = :currency AND kind = 'refund' AND in_period ORDER BY id;

-- The balance of the orders that are not settled, held against what is open less what is paid beyond; and that against the
-- sums that are kept.
-- name: receivables_check
SELECT step AS "key", amount AS amount, against AS against, amount - against AS difference,
       CASE WHEN against IS NULL THEN '' WHEN against = amount THEN 'yes' ELSE 'no' END AS agrees
FROM (SELECT 1 AS place, 'owed-invoiced' AS step, invoiced_minor AS amount, NULL AS against
      FROM temp.receivable_total WHERE currency = :currency
      UNION ALL SELECT 2, 'owed-credited', -credited_minor, NULL FROM temp.receivable_total WHERE currency = :currency
      UNION ALL SELECT 3, 'owed-paid', -paid_minor, NULL FROM temp.receivable_total WHERE currency = :currency
      UNION ALL SELECT 4, 'owed-refunded', refunded_minor, NULL FROM temp.receivable_total WHERE currency = :currency
      UNION ALL SELECT 5, 'owed-balance', invoiced_minor - credited_minor - paid_minor + refunded_minor,
                       open_minor - advance_minor - owed_minor
                FROM temp.receivable_total WHERE currency = :currency
      UNION ALL SELECT 6, 'owed-kept', coalesce((SELECT t.open_minor - t.advance_minor - t.owed_minor
                                                 FROM temp.receivable_total t WHERE t.currency = :currency), 0),
                       coalesce((SELECT k.open_minor FROM temp.receivable_kept k WHERE k.currency = :currency), 0))
WHERE amount <> 0 OR against <> 0 OR step = 'owed-balance'
ORDER BY place;
