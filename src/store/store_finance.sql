-- The finance pack: what store_finance_gather.sql has gathered of a period, told in sections.  The names of columns are those
-- of schemas/report-finance.csv.json.  Names of customers are those of the versions their invoices were priced with, so that a
-- period that is over comes out the same whenever it is told again.

-- ---- totals of any period ----

-- name: finance_totals
SELECT t.currency, sum(t.net) AS net, sum(t.orders) AS orders, sum(t.invoiced) AS invoiced, sum(t.credited) AS credited,
       sum(t.received) AS received
FROM (SELECT currency, net_minor AS net, orders AS orders, 0 AS invoiced, 0 AS credited, 0 AS received
      FROM customer_sale INDEXED BY customer_sale_booked
      WHERE day BETWEEN :first_day AND min(:last_day, :as_of_day - 1)
      UNION ALL -- of today what is known by now
      SELECT s.currency, s.net_minor, s.sign, 0, 0, 0
      FROM sale s INDEXED BY sale_by_day
      WHERE s.day BETWEEN max(:first_day, :as_of_day) AND min(:last_day, :as_of_day) AND s.known_ms <= :as_of_ms AND s.sign <> 0
      UNION ALL
      SELECT s.currency, l.net_minor, 0, 0, 0, 0
      FROM sale s INDEXED BY sale_by_day CROSS JOIN sale_line l ON l.sale_id = s.id
      WHERE s.day BETWEEN max(:first_day, :as_of_day) AND min(:last_day, :as_of_day) AND s.known_ms <= :as_of_ms AND s.sign = 0
      UNION ALL
      SELECT currency, 0, 0, iif(kind = 'credit-note', 0, gross_minor), iif(kind = 'credit-note', gross_minor, 0), 0
      FROM invoice INDEXED BY invoice_issued WHERE issued_ms BETWEEN :from_ms AND :cut_ms
      UNION ALL
      SELECT p.currency, 0, 0, 0, 0, p.amount_minor
      FROM payment_allocation a INDEXED BY payment_allocation_from CROSS JOIN payment p ON p.id = a.payment_id
      WHERE a.from_ms BETWEEN :from_ms AND :cut_ms AND coalesce(a.until_ms >= a.from_ms, 1) AND p.kind = 'payment'
      UNION ALL
      SELECT p.currency, 0, 0, 0, 0, -p.amount_minor
      FROM payment_allocation a INDEXED BY payment_allocation_until CROSS JOIN payment p ON p.id = a.payment_id
      WHERE a.until_ms BETWEEN :from_ms AND :cut_ms AND a.until_ms >= a.from_ms AND p.kind = 'payment') t
GROUP BY t.currency ORDER BY t.currency;

-- What is open when the period ends, and how many lines do not agree.
-- name: finance_closing
SELECT currency, sum(iif(step = 'open-end', amount_minor, 0)), sum(against_minor IS NOT NULL AND against_minor <> amount_minor)
FROM temp.finance_control GROUP BY currency ORDER BY currency;

-- ---- the sections ----

-- name: finance_reconciliation
SELECT step AS "key", block, amount_minor AS amount, against_minor AS against, amount_minor - against_minor AS difference,
       CASE WHEN against_minor IS NULL THEN '' WHEN against_minor = amount_minor THEN 'yes' ELSE 'no' END AS agrees
FROM temp.finance_control WHERE currency = :currency ORDER BY ordinal;

-- What became of orders, by lines.
-- name: finance_flow
SELECT kind AS "key", orders AS orders, list_minor AS list, list_minor - net_minor AS discount,
       net_minor AS net, freight_minor AS freight, tax_minor AS tax, net_minor + freight_minor + tax_minor AS gross
FROM temp.finance_flow WHERE currency = :currency
ORDER BY instr('ordered changed refused cancelled returned', kind);

-- name: finance_age
SELECT age AS "key", count(*) AS documents, sum(open_minor) AS open
FROM temp.receivable_line WHERE currency = :currency
GROUP BY age ORDER BY instr('not-due days-1-30 days-31-60 days-61-90 days-over-90', age);

-- name: finance_debtor
SELECT customer AS "key", name AS name, invoices AS documents, due AS due, open_minor AS open, not_due_minor AS not_due,
       to_30_minor AS to_30, to_60_minor AS to_60, to_90_minor AS to_90, over_90_minor AS over_90
FROM temp.receivable_customer WHERE currency = :currency ORDER BY open_minor DESC, customer;

-- Open at the end by what was invoiced in the period, times its days; in tenths of a day.
-- name: finance_dso
SELECT 'dso' AS "key", c.open, d.invoiced, :last_day - :first_day + 1 AS days,
       iif(d.invoiced > 0 AND abs(c.open) < 2000000000000000,
           (c.open * 10 * (:last_day - :first_day + 1) + d.invoiced / 2) / d.invoiced * 100000, NULL) AS dso
FROM (SELECT coalesce(sum(open_minor), 0) AS open FROM temp.receivable_line WHERE currency = :currency) c,
     (SELECT coalesce(sum(gross_minor), 0) AS invoiced FROM temp.finance_document
      WHERE currency = :currency AND kind <> 'credit-note') d
WHERE c.open <> 0 OR d.invoiced <> 0;

-- name: finance_beyond
SELECT partner || '/' || order_number AS "key", paid_minor AS paid, refunded_minor AS refunded, advance_minor AS advance,
       owed_minor AS owed
FROM temp.receivable_beyond WHERE currency = :currency ORDER BY partner, order_number;

-- name: finance_tax
SELECT country AS "key", source AS kind, tax_class AS tax_class, rate_micros * 100 AS rate, net_minor AS net, tax_minor AS tax
FROM temp.finance_taxed
WHERE currency = :currency AND (net_minor <> 0 OR tax_minor <> 0)
ORDER BY country, source, tax_class, rate_micros;

-- What cancellations cost, by clause of the policy and by how far the order was; what was waived of it in the period, or given
-- back; and what was kept back of returns.
-- name: finance_fee
WITH fee AS (
    SELECT g.kind, g.clause, g.order_id, c.at_ms, 1 AS documents, g.net_minor + g.tax_minor AS charged, 0 AS waived, 0 AS given_back
    FROM main.charge g INDEXED BY charge_at LEFT JOIN main.cancellation c ON c.id = g.cancellation_id
    WHERE g.at_ms BETWEEN :from_ms AND :cut_ms AND g.currency = :currency
    UNION ALL
    SELECT g.kind, g.clause, g.order_id, c.at_ms, 0, 0, iif(x.kind = 'waived', x.net_minor + x.tax_minor, 0),
           iif(x.kind = 'waived', 0, x.net_minor + x.tax_minor)
    FROM main.charge_less x INDEXED BY charge_less_at
    CROSS JOIN main.charge g ON g.id = x.charge_id
    LEFT JOIN main.cancellation c ON c.id = g.cancellation_id
    WHERE x.at_ms BETWEEN :from_ms AND :cut_ms AND g.currency = :currency)
SELECT u."key", u.clause, u.stage, sum(u.documents) AS documents, sum(u.charged) AS charged, sum(u.waived) AS waived,
       sum(u.given_back) AS given_back, sum(u.charged - u.waived - u.given_back) AS gross
FROM (SELECT f.kind AS "key", f.clause,
             coalesce((SELECT e.headline FROM main.order_event e
                       WHERE e.order_id = f.order_id
                         AND e.id < (SELECT min(x.id) FROM main.order_event x
                                     WHERE x.order_id = f.order_id AND x.known_ms = f.at_ms
                                       AND x.event IN ('cancelled', 'part-cancelled', 'rest-cancelled', 'closed'))
                       ORDER BY e.id DESC LIMIT 1), '') AS stage,
             f.documents, f.charged, f.waived, f.given_back
      FROM fee f
      UNION ALL
      SELECT 'return-fee', l.clause, '', 1, -l.net_minor - l.tax_minor, 0, 0
      FROM temp.finance_document d CROSS JOIN main.invoice_line l ON l.invoice_id = d.id
      WHERE d.currency = :currency AND d.is_return AND l.clause <> ''
      UNION ALL
      SELECT 'return-fee', l.clause, '', 1, t.fee_minor, 0, 0
      FROM main.return_taken t INDEXED BY return_taken_decided
      CROSS JOIN main.return_authorisation r ON r.id = t.return_id
      CROSS JOIN main.return_line l ON l.return_id = t.return_id AND l.ordinal = t.ordinal
      CROSS JOIN main.order_price p ON p.order_id = r.order_id AND p.version = r.version
      WHERE t.decided_ms BETWEEN :from_ms AND :cut_ms AND t.fee_minor > 0 AND p.currency = :currency
        AND NOT EXISTS (SELECT 1 FROM main.invoice i
                        WHERE i.order_id = r.order_id AND i.kind = 'invoice' AND i.issued_ms <= :cut_ms)) u
GROUP BY u."key", u.clause, u.stage ORDER BY u."key", u.clause, u.stage;

-- Booked in the period, of orders of earlier days.
-- name: finance_adjustment
SELECT partner || '/' || number AS "key", iif(kind = 'ordered', 'late-arrival', kind) AS kind, day AS day, order_day AS order_day,
       strftime('%Y-%m', order_day * 86400, 'unixepoch') AS month, customer AS customer, net_minor AS net, freight_minor AS freight,
       tax_minor AS tax, net_minor + freight_minor + tax_minor AS gross
FROM temp.finance_entry WHERE currency = :currency AND order_day < :first_day
ORDER BY day, partner, number, version, sign, kind;

-- name: finance_order
SELECT partner || '/' || number AS "key", kind AS kind, day AS day, order_day AS order_day, customer AS customer, version AS version,
       list_minor AS list, list_minor - net_minor AS discount, net_minor AS net,
       freight_minor AS freight, tax_minor AS tax, net_minor + freight_minor + tax_minor AS gross
FROM temp.finance_entry WHERE currency = :currency
ORDER BY day, partner, number, version, sign, kind;

-- name: finance_invoice
SELECT i.number AS "key", i.kind AS kind, o.partner || '/' || o.number AS "order", i.customer AS customer, i.day AS day, i.due AS due,
       i.net_minor AS net, i.tax_minor AS tax, i.gross_minor AS gross,
       coalesce((SELECT x.open_minor FROM temp.receivable_line x WHERE x.invoice_id = i.id), 0) AS open
FROM temp.finance_document d CROSS JOIN main.invoice i ON i.id = d.id CROSS JOIN main.orders o ON o.id = i.order_id
WHERE d.currency = :currency AND d.kind <> 'credit-note'
ORDER BY i.year, i.kind, i.sequence;

-- name: finance_credit
SELECT i.number AS "key", o.partner || '/' || o.number AS "order", i.customer AS customer, i.day AS day, c.number AS invoice,
       i.reason AS reason, i.net_minor AS net, i.tax_minor AS tax, i.gross_minor AS gross
FROM temp.finance_document d CROSS JOIN main.invoice i ON i.id = d.id CROSS JOIN main.orders o ON o.id = i.order_id
LEFT JOIN main.invoice c ON c.id = i.corrects
WHERE d.currency = :currency AND d.kind = 'credit-note'
ORDER BY i.year, i.sequence;

-- A refund is below zero; what counts for no order when the period ends is not assigned.
-- name: finance_payment
SELECT p.finance || '/' || p.number AS "key", p.kind AS kind, p.paid_on AS day, f.effective_ms AS known,
       coalesce(o.partner || '/' || o.number, iif(p.order_number = '', '', p.partner || '/' || p.order_number)) AS "order",
       p.invoice_number AS invoice, p.payer AS payer, p.reference AS reference,
       iif(p.kind = 'payment', f.amount_minor, -f.amount_minor) AS gross,
       iif(f.assigned_id IS NOT NULL, 0, iif(p.kind = 'payment', f.amount_minor, -f.amount_minor)) AS unassigned
FROM temp.finance_payment f CROSS JOIN main.payment p ON p.id = f.id LEFT JOIN main.orders o ON o.id = f.assigned_id
WHERE f.currency = :currency
ORDER BY p.paid_on, p.finance, p.number;
