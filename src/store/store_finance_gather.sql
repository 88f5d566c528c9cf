-- What the finance pack tells of, gathered into the scratch tables (schemas/store/scratch.sql).  Read is what was booked,
-- issued or paid in the period, what is open now, and what has moved since the period began: what is open when it ends, or
-- begins, is what is open now less what came later.  :cut_ms is the period's end, or what is known, if that is less.

-- name: finance_forget_entries
DELETE FROM temp.finance_entry;
-- name: finance_forget_flow
DELETE FROM temp.finance_flow;
-- name: finance_forget_classes
DELETE FROM temp.finance_class;
-- name: finance_forget_taxed
DELETE FROM temp.finance_taxed;
-- name: finance_forget_documents
DELETE FROM temp.finance_document;
-- name: finance_forget_payments
DELETE FROM temp.finance_payment;
-- name: finance_forget_orders
DELETE FROM temp.finance_order;
-- name: finance_forget_lines
DELETE FROM temp.finance_line;
-- name: finance_forget_heads
DELETE FROM temp.finance_head;
-- name: finance_forget_facts
DELETE FROM temp.finance_fact;
-- name: finance_forget_controls
DELETE FROM temp.finance_control;

-- ---- registers ----

-- The entries of the ledger of sales: by their lines, and by the heads of their orders.  What prices with tax come to without it
-- is worked out line by line, where there are any.
-- name: finance_gather_entries
INSERT INTO temp.finance_entry
SELECT s.id, s.currency, s.order_id, o.partner, o.number, s.version, s.customer, s.products_version, s.kind, s.sign, s.day,
       s.order_day, s.sign * sum(l.list_minor), s.sign * sum(l.net_minor), s.sign * sum(l.tax_minor),
       iif(s.version = 1 AND min(l.tax_rate_micros) = max(l.tax_rate_micros), min(l.tax_rate_micros), NULL), 0,
       s.sign * p.net_minor, s.sign * p.tax_minor, s.sign * p.freight_minor
FROM main.sale s INDEXED BY sale_by_day
CROSS JOIN main.order_price p ON p.order_id = s.order_id AND p.version = s.version
CROSS JOIN main.orders o ON o.id = s.order_id
CROSS JOIN main.order_line_price l ON l.order_id = s.order_id AND l.version = s.version
WHERE s.day BETWEEN :first_day AND :last_day AND s.known_ms <= :as_of_ms AND s.sign <> 0
GROUP BY s.day, s.id;

-- name: finance_gather_with_tax
UPDATE temp.finance_entry
SET list_minor = sign * (
    SELECT sum(l.net_minor + ((l.list_minor - l.net_minor - l.tax_minor) * 1000000 + (1000000 + l.tax_rate_micros) / 2)
                             / (1000000 + l.tax_rate_micros))
    FROM main.order_line_price l WHERE l.order_id = finance_entry.order_id AND l.version = finance_entry.version)
WHERE (SELECT s.includes_tax FROM main.sale s WHERE s.id = finance_entry.id) = 1;

-- name: finance_gather_parts
INSERT INTO temp.finance_entry
SELECT s.id, s.currency, s.order_id, o.partner, o.number, s.version, s.customer, s.products_version, s.kind, 0, s.day,
       s.order_day, sum(l.list_minor), sum(l.net_minor), sum(l.tax_minor), NULL, 0, sum(l.net_minor), sum(l.tax_minor), 0
FROM main.sale s INDEXED BY sale_by_day
CROSS JOIN main.orders o ON o.id = s.order_id
CROSS JOIN main.sale_line l ON l.sale_id = s.id
WHERE s.day BETWEEN :first_day AND :last_day AND s.known_ms <= :as_of_ms AND s.sign = 0
GROUP BY s.day, s.id;

-- name: finance_gather_freight
UPDATE temp.finance_entry SET freight_minor = sign * f.net, tax_minor = tax_minor + sign * f.tax
FROM (SELECT e.id, sum(x.net_minor) AS net, sum(x.tax_minor) AS tax
      FROM temp.finance_entry e CROSS JOIN main.order_freight x ON x.order_id = e.order_id AND x.version = e.version
      WHERE e.sign <> 0 GROUP BY e.id) f
WHERE finance_entry.id = f.id;

-- name: finance_gather_flow
INSERT INTO temp.finance_flow
SELECT currency, kind, sum(sign), sum(list_minor), sum(net_minor), sum(tax_minor), sum(freight_minor),
       sum(head_net_minor), sum(head_tax_minor), sum(head_freight_minor)
FROM temp.finance_entry GROUP BY currency, kind;

-- name: finance_gather_documents
INSERT INTO temp.finance_document
SELECT i.id, i.currency, i.kind, i.kind = 'credit-note' AND EXISTS (SELECT 1 FROM main.return_credit r WHERE r.invoice_id = i.id),
       i.net_minor, i.tax_minor, i.gross_minor, coalesce(sum(l.net_minor), 0), coalesce(sum(l.tax_minor), 0),
       coalesce(sum(iif(l.clause <> '', l.net_minor + l.tax_minor, 0)), 0)
FROM main.invoice i INDEXED BY invoice_issued LEFT JOIN main.invoice_line l ON l.invoice_id = i.id
WHERE i.issued_ms BETWEEN :from_ms AND :cut_ms
GROUP BY i.id;

-- By invoices, charges and credit notes; without invoices by the ledger of sales.  What is told of an order once is looked up
-- before its lines are.
-- name: finance_tax_documents
INSERT INTO temp.finance_taxed
SELECT d.currency, coalesce(t.country, s.country, ''), d.kind, coalesce(r.tax_class, ''), l.tax_rate_micros,
       iif(d.kind = 'credit-note', -1, 1) * l.net_minor, iif(d.kind = 'credit-note', -1, 1) * l.tax_minor
FROM temp.finance_document d
CROSS JOIN main.invoice i ON i.id = d.id
CROSS JOIN main.order_price p ON p.order_id = i.order_id AND p.version = i.version
LEFT JOIN main.order_party t ON t.order_id = i.order_id AND t.version = i.version AND t.role = 'ship-to'
LEFT JOIN main.order_party s ON s.order_id = i.order_id AND s.version = i.version AND s.role = 'sold-to'
LEFT JOIN main.master_version m ON m.master = 'products' AND m.number = p.products_version
CROSS JOIN main.invoice_line l ON l.invoice_id = i.id
LEFT JOIN main.product r ON r.version_id = m.id
                         AND r.sku = iif(l.package_ordinal = 0, l.sku, (SELECT k.sku FROM main.order_line k -- a part has the tax of its package
                                                                        WHERE k.order_id = i.order_id AND k.version = i.version
                                                                          AND k.ordinal = l.package_ordinal))
WHERE true
ON CONFLICT DO UPDATE SET net_minor = net_minor + excluded.net_minor, tax_minor = tax_minor + excluded.tax_minor;

-- Most orders are taxed at one rate, and most products are of one class: such orders count as a whole, and of their lines only
-- those of another class are read, to count there instead.  All products of a first version are in its list of products.
-- name: finance_gather_classes
INSERT INTO temp.finance_class
SELECT number, '', tax_class
FROM (SELECT number, tax_class, max(products)
      FROM (SELECT m.number, r.tax_class, count(*) AS products
            FROM (SELECT DISTINCT products_version FROM temp.finance_entry) e
            CROSS JOIN main.master_version m ON m.master = 'products' AND m.number = e.products_version
            CROSS JOIN main.product r ON r.version_id = m.id
            GROUP BY m.number, r.tax_class)
      GROUP BY number);

-- name: finance_gather_other_classes
INSERT INTO temp.finance_class
SELECT c.products_version, r.sku, r.tax_class
FROM temp.finance_class c
CROSS JOIN main.master_version m ON m.master = 'products' AND m.number = c.products_version
CROSS JOIN main.product r ON r.version_id = m.id
WHERE c.sku = '' AND r.tax_class <> c.tax_class;

-- name: finance_tax_entries
INSERT INTO temp.finance_taxed
SELECT e.currency, coalesce(t.country, s.country, ''), 'sales-ledger', c.tax_class, e.rate_micros, e.net_minor, e.tax_minor
FROM temp.finance_entry e
CROSS JOIN temp.finance_class c ON c.products_version = e.products_version AND c.sku = ''
LEFT JOIN main.order_party t ON t.order_id = e.order_id AND t.version = e.version AND t.role = 'ship-to'
LEFT JOIN main.order_party s ON s.order_id = e.order_id AND s.version = e.version AND s.role = 'sold-to'
WHERE e.rate_micros IS NOT NULL
ON CONFLICT DO UPDATE SET net_minor = net_minor + excluded.net_minor, tax_minor = tax_minor + excluded.tax_minor;

-- name: finance_tax_others
INSERT INTO temp.finance_taxed
SELECT e.currency, coalesce(t.country, s.country, ''), 'sales-ledger', iif(moved.sign = 1, r.tax_class, c.tax_class), e.rate_micros,
       e.sign * moved.sign * l.net_minor, e.sign * moved.sign * l.tax_minor
FROM temp.finance_entry e
CROSS JOIN temp.finance_class c ON c.products_version = e.products_version AND c.sku = ''
CROSS JOIN main.order_line k ON k.order_id = e.order_id AND k.version = e.version
CROSS JOIN temp.finance_class r ON r.products_version = e.products_version AND r.sku = k.sku
CROSS JOIN main.order_line_price l ON l.order_id = k.order_id AND l.version = k.version AND l.ordinal = k.ordinal
LEFT JOIN main.order_party t ON t.order_id = e.order_id AND t.version = e.version AND t.role = 'ship-to'
LEFT JOIN main.order_party s ON s.order_id = e.order_id AND s.version = e.version AND s.role = 'sold-to'
CROSS JOIN (SELECT 1 AS sign UNION ALL SELECT -1) moved
WHERE e.rate_micros IS NOT NULL
ON CONFLICT DO UPDATE SET net_minor = net_minor + excluded.net_minor, tax_minor = tax_minor + excluded.tax_minor;

-- name: finance_tax_lines
INSERT INTO temp.finance_taxed
SELECT e.currency, coalesce(t.country, s.country, ''), 'sales-ledger', coalesce(r.tax_class, ''), l.tax_rate_micros,
       e.sign * l.net_minor, e.sign * l.tax_minor
FROM temp.finance_entry e
LEFT JOIN main.order_party t ON t.order_id = e.order_id AND t.version = e.version AND t.role = 'ship-to'
LEFT JOIN main.order_party s ON s.order_id = e.order_id AND s.version = e.version AND s.role = 'sold-to'
LEFT JOIN main.master_version m ON m.master = 'products' AND m.number = e.products_version
CROSS JOIN main.order_line_price l ON l.order_id = e.order_id AND l.version = e.version
CROSS JOIN main.order_line k ON k.order_id = l.order_id AND k.version = l.version AND k.ordinal = l.ordinal
LEFT JOIN main.product r ON r.version_id = m.id AND r.sku = k.sku
WHERE e.sign <> 0 AND e.rate_micros IS NULL
ON CONFLICT DO UPDATE SET net_minor = net_minor + excluded.net_minor, tax_minor = tax_minor + excluded.tax_minor;

-- name: finance_tax_parts
INSERT INTO temp.finance_taxed
SELECT e.currency, coalesce(t.country, s.country, ''), 'sales-ledger', coalesce(r.tax_class, ''), l.tax_rate_micros,
       x.net_minor, x.tax_minor
FROM temp.finance_entry e
LEFT JOIN main.order_party t ON t.order_id = e.order_id AND t.version = e.version AND t.role = 'ship-to'
LEFT JOIN main.order_party s ON s.order_id = e.order_id AND s.version = e.version AND s.role = 'sold-to'
LEFT JOIN main.master_version m ON m.master = 'products' AND m.number = e.products_version
CROSS JOIN main.sale_line x ON x.sale_id = e.id
CROSS JOIN main.order_line_price l ON l.order_id = e.order_id AND l.version = e.version AND l.ordinal = x.ordinal
CROSS JOIN main.order_line k ON k.order_id = l.order_id AND k.version = l.version AND k.ordinal = l.ordinal
LEFT JOIN main.product r ON r.version_id = m.id AND r.sku = k.sku
WHERE e.sign = 0
ON CONFLICT DO UPDATE SET net_minor = net_minor + excluded.net_minor, tax_minor = tax_minor + excluded.tax_minor;

-- name: finance_tax_freight
INSERT INTO temp.finance_taxed
SELECT e.currency, coalesce(t.country, s.country, ''), 'sales-ledger', coalesce(r.tax_class, ''), f.tax_rate_micros,
       e.sign * f.net_minor, e.sign * f.tax_minor
FROM temp.finance_entry e
CROSS JOIN main.order_freight f ON f.order_id = e.order_id AND f.version = e.version
LEFT JOIN main.order_party t ON t.order_id = e.order_id AND t.version = e.version AND t.role = 'ship-to'
LEFT JOIN main.order_party s ON s.order_id = e.order_id AND s.version = e.version AND s.role = 'sold-to'
LEFT JOIN main.master_version m ON m.master = 'products' AND m.number = e.products_version
LEFT JOIN main.product r ON r.version_id = m.id AND r.sku = 'freight'
WHERE e.sign <> 0
ON CONFLICT DO UPDATE SET net_minor = net_minor + excluded.net_minor, tax_minor = tax_minor + excluded.tax_minor;

-- Money that was told of, and had moved, in the period for the first time.
-- name: finance_gather_payments
WITH candidate AS (
    SELECT p.id FROM main.interchange i INDEXED BY interchange_received CROSS JOIN main.payment p ON p.interchange_id = i.id
    WHERE i.received_ms BETWEEN :from_ms AND :cut_ms
    UNION SELECT payment_id FROM main.payment_allocation INDEXED BY payment_allocation_from WHERE from_ms >= :from_ms
    UNION SELECT id FROM main.payment WHERE order_id IS NULL)
INSERT INTO temp.finance_payment
SELECT p.id, p.currency, p.kind, p.amount_minor, i.received_ms,
       (SELECT a.order_id FROM main.payment_allocation a
        WHERE a.payment_id = p.id AND a.from_ms <= :cut_ms AND coalesce(a.until_ms > :cut_ms, 1))
FROM candidate CROSS JOIN main.payment p ON p.id = candidate.id CROSS JOIN main.interchange i ON i.id = p.interchange_id
WHERE i.received_ms <= :cut_ms AND p.paid_on <= min(:last_day, :as_of_day)
  AND (i.received_ms >= :from_ms OR p.paid_on >= :first_day);

-- ---- orders that are not invoiced ----

-- The events of each are read once: when was it over for the first time?
-- name: finance_gather_orders
WITH ended AS MATERIALIZED (
    SELECT t.id, (SELECT min(e.known_ms) FROM main.order_event e WHERE e.order_id = t.id AND e.event IN ('shipped', 'closed')) AS at_ms
    FROM (SELECT id FROM main.orders INDEXED BY orders_open
          WHERE approval <> 'refused' AND approval <> 'cancelled' AND approval <> 'received' AND fulfilment <> 'shipped'
            AND fulfilment <> 'partly-delivered' AND fulfilment <> 'delivered'
          UNION SELECT order_id FROM main.sale INDEXED BY sale_by_day WHERE day >= :first_day
          UNION SELECT order_id FROM main.invoice INDEXED BY invoice_issued WHERE issued_ms >= :from_ms) t)
INSERT INTO temp.finance_order SELECT id, coalesce(at_ms < :from_ms, 0), coalesce(at_ms <= :cut_ms, 0) FROM ended;

-- Returns take nothing off what is to be invoiced: they are credited.
-- name: finance_gather_lines
INSERT INTO temp.finance_line
SELECT s.order_id, s.currency, l.ordinal, s.day >= :first_day, s.sign * k.quantity_micros, s.sign * (l.net_minor + l.tax_minor), 0, 0
FROM temp.finance_order t
CROSS JOIN main.sale s ON s.order_id = t.order_id
CROSS JOIN main.order_line k ON k.order_id = s.order_id AND k.version = s.version
CROSS JOIN main.order_line_price l ON l.order_id = k.order_id AND l.version = k.version AND l.ordinal = k.ordinal
WHERE s.sign <> 0 AND s.day <= :last_day AND s.known_ms <= :as_of_ms
UNION ALL
SELECT s.order_id, s.currency, l.ordinal, s.day >= :first_day, l.quantity_micros, l.net_minor + l.tax_minor, 0, 0
FROM temp.finance_order t
CROSS JOIN main.sale s ON s.order_id = t.order_id
CROSS JOIN main.sale_line l ON l.sale_id = s.id
WHERE s.sign = 0 AND s.kind <> 'returned' AND s.day <= :last_day AND s.known_ms <= :as_of_ms
UNION ALL -- freight leaves with the first goods
SELECT s.order_id, s.currency, 400000 + f.part, s.day >= :first_day, s.sign * 1000000, s.sign * (f.net_minor + f.tax_minor), 0, 0
FROM temp.finance_order t
CROSS JOIN main.sale s ON s.order_id = t.order_id
CROSS JOIN main.order_freight f ON f.order_id = s.order_id AND f.version = s.version
WHERE s.sign <> 0 AND s.day <= :last_day AND s.known_ms <= :as_of_ms
UNION ALL
SELECT i.order_id, i.currency, l.ordinal, i.issued_ms >= :from_ms, 0, 0, l.quantity_micros - l.uncharged_micros, l.net_minor + l.tax_minor
FROM temp.finance_order t
CROSS JOIN main.invoice i ON i.order_id = t.order_id
CROSS JOIN main.invoice_line l ON l.invoice_id = i.id
WHERE i.kind = 'invoice' AND i.issued_ms <= :cut_ms
  AND (l.ordinal <= 100000 OR l.ordinal BETWEEN 400001 AND 999999)
ON CONFLICT DO UPDATE SET booked_micros = booked_micros + excluded.booked_micros, booked_minor = booked_minor + excluded.booked_minor,
                          invoiced_micros = invoiced_micros + excluded.invoiced_micros,
                          invoiced_minor = invoiced_minor + excluded.invoiced_minor;

-- name: finance_gather_heads
INSERT INTO temp.finance_head
SELECT s.order_id, s.currency, s.day >= :first_day, s.sign * p.gross_minor, 0
FROM temp.finance_order t
CROSS JOIN main.sale s ON s.order_id = t.order_id
CROSS JOIN main.order_price p ON p.order_id = s.order_id AND p.version = s.version
WHERE s.sign <> 0 AND s.day <= :last_day AND s.known_ms <= :as_of_ms
UNION ALL
SELECT s.order_id, s.currency, s.day >= :first_day, l.net_minor + l.tax_minor, 0
FROM temp.finance_order t
CROSS JOIN main.sale s ON s.order_id = t.order_id
CROSS JOIN main.sale_line l ON l.sale_id = s.id
WHERE s.sign = 0 AND s.kind <> 'returned' AND s.day <= :last_day AND s.known_ms <= :as_of_ms
UNION ALL
SELECT i.order_id, i.currency, i.issued_ms >= :from_ms, 0, i.gross_minor
FROM temp.finance_order t CROSS JOIN main.invoice i ON i.order_id = t.order_id
WHERE i.kind = 'invoice' AND i.issued_ms <= :cut_ms;

-- ---- the two sides of each line of the reconciliation ----

-- Orders by what became of them: by heads, and by lines; and all of them as the sums by customer have it.
-- name: finance_fact_orders
INSERT INTO temp.finance_fact
SELECT currency, kind, 0, head_net_minor FROM temp.finance_flow
UNION ALL SELECT currency, kind, 1, net_minor FROM temp.finance_flow
UNION ALL SELECT currency, 'net-booked', 1, net_minor FROM main.customer_sale INDEXED BY customer_sale_booked
          WHERE day BETWEEN :first_day AND min(:last_day, :as_of_day - 1)
UNION ALL SELECT currency, 'net-booked', 1, net_minor FROM temp.finance_entry WHERE day = :as_of_day
UNION ALL SELECT currency, 'tax-booked', 0, head_tax_minor FROM temp.finance_flow
UNION ALL SELECT currency, 'tax-booked', 1, tax_minor FROM temp.finance_flow WHERE true
ON CONFLICT DO UPDATE SET amount_minor = amount_minor + excluded.amount_minor;

-- name: finance_fact_documents
INSERT INTO temp.finance_fact
SELECT currency, CASE WHEN kind = 'invoice' THEN 'open-invoiced' WHEN kind = 'charge' THEN 'open-charged'
                      WHEN is_return THEN 'open-returned' ELSE 'open-credited' END, 0,
       iif(kind = 'credit-note', -gross_minor, gross_minor) FROM temp.finance_document
UNION ALL
SELECT currency, CASE WHEN kind = 'invoice' THEN 'open-invoiced' WHEN kind = 'charge' THEN 'open-charged'
                      WHEN is_return THEN 'open-returned' ELSE 'open-credited' END, 1,
       iif(kind = 'credit-note', -1, 1) * (line_net_minor + line_tax_minor) FROM temp.finance_document
UNION ALL
SELECT currency, iif(kind = 'credit-note', 'tax-credited', 'tax-invoiced'), 0,
       iif(kind = 'credit-note', -tax_minor, tax_minor) FROM temp.finance_document
UNION ALL
SELECT currency, iif(kind = 'credit-note', 'tax-credited', 'tax-invoiced'), 1,
       iif(kind = 'credit-note', -line_tax_minor, line_tax_minor) FROM temp.finance_document WHERE true
ON CONFLICT DO UPDATE SET amount_minor = amount_minor + excluded.amount_minor;

-- What is to be invoiced yet of orders that are not over: by heads all of it; by lines that of which something has not left.  Lines
-- are gone through once, and lie as they are added up.
-- name: finance_fact_to_invoice
WITH line AS NOT MATERIALIZED (
    SELECT l.currency, t.was_over, t.is_over,
           sum(iif(l.in_period, 0, l.booked_micros - l.invoiced_micros)) AS was_micros,
           sum(iif(l.in_period, 0, l.booked_minor - l.invoiced_minor)) AS was_minor,
           sum(l.booked_micros - l.invoiced_micros) AS is_micros, sum(l.booked_minor - l.invoiced_minor) AS is_minor
    FROM temp.finance_line l CROSS JOIN temp.finance_order t ON t.order_id = l.order_id
    GROUP BY l.order_id, l.currency, l.ordinal)
INSERT INTO temp.finance_fact
SELECT h.currency, 'to-invoice-begin', 0, h.booked_minor - h.invoiced_minor
FROM temp.finance_head h CROSS JOIN temp.finance_order t ON t.order_id = h.order_id
WHERE :is_invoicing AND NOT h.in_period AND NOT t.was_over
UNION ALL
SELECT h.currency, 'less-or-more', 0,
       (h.invoiced_minor - h.booked_minor) * (t.is_over - (t.was_over AND NOT h.in_period))
FROM temp.finance_head h CROSS JOIN temp.finance_order t ON t.order_id = h.order_id
WHERE :is_invoicing AND t.is_over
UNION ALL
SELECT l.currency, s.step, 1, CASE s.place WHEN 2 THEN -l.is_minor WHEN 4 THEN l.is_minor ELSE l.was_minor END
FROM line l
CROSS JOIN (SELECT 1 AS place, 'to-invoice-begin' AS step UNION ALL SELECT 2, 'less-or-more' UNION ALL SELECT 3, 'less-or-more'
            UNION ALL SELECT 4, 'to-invoice-end') s
WHERE :is_invoicing AND CASE s.place WHEN 1 THEN NOT l.was_over AND l.was_micros <> 0
                                     WHEN 2 THEN l.is_over AND l.is_micros <> 0
                                     WHEN 3 THEN l.was_over AND l.was_micros <> 0
                                     ELSE NOT l.is_over AND l.is_micros <> 0 END
UNION ALL
SELECT currency, 'booked-with-tax', 0, head_net_minor + head_freight_minor + head_tax_minor FROM temp.finance_flow WHERE kind <> 'returned'
UNION ALL
SELECT currency, 'booked-with-tax', 1, net_minor + freight_minor + tax_minor FROM temp.finance_flow WHERE kind <> 'returned'
UNION ALL
SELECT currency, 'invoiced', 0, -gross_minor FROM temp.finance_document WHERE kind = 'invoice'
UNION ALL
SELECT currency, 'invoiced', 1, -line_net_minor - line_tax_minor FROM temp.finance_document WHERE kind = 'invoice'
UNION ALL
SELECT currency, 'not-invoiced-here', 0, -head_net_minor - head_freight_minor - head_tax_minor FROM temp.finance_flow
WHERE NOT :is_invoicing AND kind <> 'returned'
UNION ALL SELECT currency, 'not-invoiced-here', 0, gross_minor FROM temp.finance_document WHERE NOT :is_invoicing AND kind = 'invoice'
ON CONFLICT DO UPDATE SET amount_minor = amount_minor + excluded.amount_minor;

-- Goods that came back, as the ledger of sales has them, and as they were credited.
-- name: finance_fact_returns
INSERT INTO temp.finance_fact
SELECT currency, 'came-back', 0, -net_minor - tax_minor FROM temp.finance_flow WHERE kind = 'returned'
UNION ALL
SELECT e.currency, 'came-back-unbilled', 0, e.net_minor + e.tax_minor FROM temp.finance_entry e
WHERE e.kind = 'returned'
  AND NOT EXISTS (SELECT 1 FROM main.invoice i WHERE i.order_id = e.order_id AND i.kind = 'invoice' AND i.issued_ms <= :cut_ms)
UNION ALL SELECT currency, 'kept-back', 0, kept_minor FROM temp.finance_document WHERE is_return
UNION ALL SELECT currency, 'returns-credited', 1, gross_minor FROM temp.finance_document WHERE is_return
ON CONFLICT DO UPDATE SET amount_minor = amount_minor + excluded.amount_minor;

-- An order has one share of a line taken back, an invoice another: they may differ by the rounding of each line, and no more.
-- name: finance_fact_rounding
INSERT INTO temp.finance_fact
SELECT d.currency, 'rounded-otherwise', 0, d.difference
FROM (SELECT f.currency, sum(iif(f.side = 1, f.amount_minor, -f.amount_minor)) AS difference
      FROM temp.finance_fact f WHERE f.step IN ('came-back', 'came-back-unbilled', 'kept-back', 'returns-credited')
      GROUP BY f.currency) d
WHERE d.difference <> 0
  AND abs(d.difference) <= (SELECT 2 * count(*) FROM temp.finance_document c CROSS JOIN main.invoice_line l ON l.invoice_id = c.id
                            WHERE c.is_return AND c.currency = d.currency AND l.clause = '')
ON CONFLICT DO UPDATE SET amount_minor = amount_minor + excluded.amount_minor;

-- Receivables: when the period begins by invoices and money of the orders, and by the sums that are kept of them, back from now.
-- name: finance_fact_receivables
WITH moved AS (
    SELECT order_id FROM main.receivable INDEXED BY receivable_open WHERE open_minor <> 0
    UNION SELECT order_id FROM main.receivable INDEXED BY receivable_moved WHERE moved_ms >= :from_ms),
later AS (
    SELECT currency, issued_ms AS at_ms, iif(kind = 'credit-note', -gross_minor, gross_minor) AS minor
    FROM main.invoice INDEXED BY invoice_issued WHERE issued_ms >= :from_ms
    UNION ALL
    SELECT p.currency, a.from_ms, iif(p.kind = 'payment', -p.amount_minor, p.amount_minor)
    FROM main.payment_allocation a INDEXED BY payment_allocation_from CROSS JOIN main.payment p ON p.id = a.payment_id
    WHERE a.from_ms >= :from_ms
    UNION ALL
    SELECT p.currency, a.until_ms, iif(p.kind = 'payment', p.amount_minor, -p.amount_minor)
    FROM main.payment_allocation a INDEXED BY payment_allocation_until CROSS JOIN main.payment p ON p.id = a.payment_id
    WHERE a.until_ms >= :from_ms)
INSERT INTO temp.finance_fact
SELECT i.currency, 'open-begin', 0, iif(i.kind = 'credit-note', -i.gross_minor, i.gross_minor)
FROM moved CROSS JOIN main.invoice i ON i.order_id = moved.order_id WHERE i.issued_ms < :from_ms
UNION ALL
SELECT p.currency, 'open-begin', 0, iif(p.kind = 'payment', -p.amount_minor, p.amount_minor)
FROM moved CROSS JOIN main.payment_allocation a ON a.order_id = moved.order_id CROSS JOIN main.payment p ON p.id = a.payment_id
WHERE a.from_ms < :from_ms AND coalesce(a.until_ms >= :from_ms, 1)
UNION ALL
SELECT currency, 'open-begin', 1, open_minor FROM main.receivable INDEXED BY receivable_open WHERE open_minor <> 0
UNION ALL SELECT currency, 'open-begin', 1, -minor FROM later
UNION ALL
SELECT currency, 'open-kept', 1, open_minor FROM main.receivable INDEXED BY receivable_open WHERE open_minor <> 0
UNION ALL SELECT currency, 'open-kept', 1, -minor FROM later WHERE at_ms > :cut_ms
UNION ALL SELECT currency, 'open-end', 1, open_minor FROM temp.receivable_line
UNION ALL SELECT currency, 'open-end', 1, -advance_minor - owed_minor FROM temp.receivable_beyond WHERE true
ON CONFLICT DO UPDATE SET amount_minor = amount_minor + excluded.amount_minor;

-- Money that counted for orders in the period; what was told of it, less what counts for none, must be the same.
-- name: finance_fact_money
WITH counted AS (
    SELECT p.currency, p.kind, p.amount_minor AS minor
    FROM main.payment_allocation a INDEXED BY payment_allocation_from CROSS JOIN main.payment p ON p.id = a.payment_id
    WHERE a.from_ms BETWEEN :from_ms AND :cut_ms AND coalesce(a.until_ms >= a.from_ms, 1)
    UNION ALL
    SELECT p.currency, p.kind, -p.amount_minor
    FROM main.payment_allocation a INDEXED BY payment_allocation_until CROSS JOIN main.payment p ON p.id = a.payment_id
    WHERE a.until_ms BETWEEN :from_ms AND :cut_ms AND a.until_ms >= a.from_ms)
INSERT INTO temp.finance_fact
SELECT currency, iif(kind = 'payment', 'open-received', 'open-refunded'), 0, iif(kind = 'payment', -minor, minor) FROM counted
UNION ALL SELECT currency, 'money-counted', 0, iif(kind = 'payment', -minor, minor) FROM counted
UNION ALL SELECT currency, iif(kind = 'payment', 'money-received', 'money-refunded'), 0,
                 iif(kind = 'payment', amount_minor, -amount_minor) FROM temp.finance_payment
UNION ALL SELECT currency, 'unassigned-begin', 0, amount_minor FROM temp.receivable_stray WHERE NOT in_period
UNION ALL SELECT currency, 'unassigned-end', 1, amount_minor FROM temp.receivable_stray WHERE in_period
ON CONFLICT DO UPDATE SET amount_minor = amount_minor + excluded.amount_minor;

-- Blocks of lines that add up to their last: has_other: its lines are known from two places; is_sum: of all lines above it.
-- name: finance_reconcile
WITH step(ordinal, block, step, is_sum, has_other) AS (VALUES
    (1, 'block-orders', 'ordered', 0, 1),
    (2, 'block-orders', 'changed', 0, 1),
    (3, 'block-orders', 'refused', 0, 1),
    (4, 'block-orders', 'cancelled', 0, 1),
    (5, 'block-orders', 'returned', 0, 1),
    (6, 'block-orders', 'net-booked', 1, 1),
    (7, 'block-to-invoice', 'to-invoice-begin', 0, 1),
    (8, 'block-to-invoice', 'booked-with-tax', 0, 1),
    (9, 'block-to-invoice', 'invoiced', 0, 1),
    (10, 'block-to-invoice', 'less-or-more', 0, 1),
    (11, 'block-to-invoice', 'not-invoiced-here', 0, 0),
    (12, 'block-to-invoice', 'to-invoice-end', 1, 1),
    (13, 'block-returns', 'came-back', 0, 0),
    (14, 'block-returns', 'came-back-unbilled', 0, 0),
    (15, 'block-returns', 'kept-back', 0, 0),
    (16, 'block-returns', 'rounded-otherwise', 0, 0),
    (17, 'block-returns', 'returns-credited', 1, 1),
    (18, 'block-receivables', 'open-begin', 0, 1),
    (19, 'block-receivables', 'open-invoiced', 0, 1),
    (20, 'block-receivables', 'open-charged', 0, 1),
    (21, 'block-receivables', 'open-returned', 0, 1),
    (22, 'block-receivables', 'open-credited', 0, 1),
    (23, 'block-receivables', 'open-received', 0, 0),
    (24, 'block-receivables', 'open-refunded', 0, 0),
    (25, 'block-receivables', 'open-end', 1, 1),
    (26, 'block-receivables', 'open-kept', 1, 1),
    (27, 'block-money', 'unassigned-begin', 0, 0),
    (28, 'block-money', 'money-received', 0, 0),
    (29, 'block-money', 'money-refunded', 0, 0),
    (30, 'block-money', 'money-counted', 0, 0),
    (31, 'block-money', 'unassigned-end', 1, 1),
    (32, 'block-tax', 'tax-booked', 0, 1),
    (33, 'block-tax', 'tax-invoiced', 0, 1),
    (34, 'block-tax', 'tax-credited', 0, 1)),
side AS (
    SELECT currency, step, sum(iif(side = 0, amount_minor, 0)) AS amount, sum(iif(side = 1, amount_minor, 0)) AS against
    FROM temp.finance_fact GROUP BY currency, step),
block AS (
    SELECT side.currency, step.block, sum(iif(step.is_sum, 0, side.amount)) AS amount
    FROM side CROSS JOIN step ON step.step = side.step GROUP BY side.currency, step.block)
INSERT INTO temp.finance_control
SELECT b.currency, s.ordinal, s.block, s.step, s.is_sum, iif(s.is_sum, b.amount, coalesce(f.amount, 0)),
       iif(s.has_other, coalesce(f.against, 0), NULL)
FROM block b CROSS JOIN step s ON s.block = b.block
LEFT JOIN side f ON f.step = s.step AND f.currency = b.currency
WHERE s.is_sum OR coalesce(f.amount, 0) <> 0 OR coalesce(f.against, 0) <> 0;
