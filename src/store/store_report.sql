-- Figures of a period, in one shape: currency, key, name, unit, day, quantity_micros, orders, net, tax, gross.
-- A version of an order is booked on the day it was received, and counts as sold when its last decision known at
-- :as_of_ms is 'approved' and no later version of the order was approved, or made by us, by then.  Periods are found by
-- order_price_by_day, so other months are not read.

-- name: report_totals
SELECT p.currency, '', '', '', NULL, 0, count(*), sum(p.net_minor), sum(p.tax_minor), sum(p.gross_minor)
FROM order_price p
WHERE p.day BETWEEN :first_day AND :last_day
  AND 'approved' = (SELECT e.event FROM order_event e
                    WHERE e.order_id = p.order_id AND e.version = p.version AND e.known_ms <= :as_of_ms
                      AND e.event IN ('approved', 'refused', 'cancelled', 'approval-asked', 'approval-held') ORDER BY e.id DESC LIMIT 1)
  AND NOT EXISTS (SELECT 1 FROM order_event e
                  WHERE e.order_id = p.order_id AND e.version > p.version AND e.known_ms <= :as_of_ms
                    AND e.event IN ('approved', 'repriced', 'changed'))
  AND :currency IN ('', p.currency)
GROUP BY p.currency ORDER BY p.currency;

-- name: report_days
SELECT p.currency, '', '', '', p.day, 0, count(*), sum(p.net_minor), sum(p.tax_minor), sum(p.gross_minor)
FROM order_price p
WHERE p.day BETWEEN :first_day AND :last_day
  AND 'approved' = (SELECT e.event FROM order_event e
                    WHERE e.order_id = p.order_id AND e.version = p.version AND e.known_ms <= :as_of_ms
                      AND e.event IN ('approved', 'refused', 'cancelled', 'approval-asked', 'approval-held') ORDER BY e.id DESC LIMIT 1)
  AND NOT EXISTS (SELECT 1 FROM order_event e
                  WHERE e.order_id = p.order_id AND e.version > p.version AND e.known_ms <= :as_of_ms
                    AND e.event IN ('approved', 'repriced', 'changed'))
  AND :currency IN ('', p.currency)
GROUP BY p.currency, p.day ORDER BY p.currency, p.day;

-- A line that names no unit is in its product's unit; the name is that of the newest product list that priced it here.
-- name: report_products
WITH booked AS (
    SELECT p.order_id, p.version, p.currency, p.products_version
    FROM order_price p
    WHERE p.day BETWEEN :first_day AND :last_day
      AND 'approved' = (SELECT e.event FROM order_event e
                        WHERE e.order_id = p.order_id AND e.version = p.version AND e.known_ms <= :as_of_ms
                          AND e.event IN ('approved', 'refused', 'cancelled', 'approval-asked', 'approval-held') ORDER BY e.id DESC LIMIT 1)
      AND NOT EXISTS (SELECT 1 FROM order_event e
                      WHERE e.order_id = p.order_id AND e.version > p.version AND e.known_ms <= :as_of_ms
                        AND e.event IN ('approved', 'repriced', 'changed'))
      AND :currency IN ('', p.currency)),
sold AS (
    SELECT b.currency, l.sku,
           CASE WHEN l.unit <> '' THEN l.unit
                ELSE coalesce((SELECT r.unit FROM product r JOIN master_version m ON m.id = r.version_id
                               WHERE m.master = 'products' AND m.number = b.products_version AND r.sku = l.sku), '')
           END AS unit,
           max(b.products_version) AS newest, sum(l.quantity_micros) AS quantity_micros,
           count(DISTINCT b.order_id) AS orders, sum(lp.net_minor) AS net, sum(lp.tax_minor) AS tax
    FROM booked b
    CROSS JOIN order_line l ON l.order_id = b.order_id AND l.version = b.version
    CROSS JOIN order_line_price lp ON lp.order_id = l.order_id AND lp.version = l.version AND lp.ordinal = l.ordinal
    GROUP BY 1, 2, 3)
SELECT s.currency, s.sku,
       coalesce((SELECT CASE WHEN :language = 'zh' AND r.name_zh <> '' THEN r.name_zh ELSE r.name END
                 FROM product r JOIN master_version m ON m.id = r.version_id
                 WHERE m.master = 'products' AND m.number = s.newest AND r.sku = s.sku), ''),
       s.unit, NULL, s.quantity_micros, s.orders, s.net, s.tax, s.net + s.tax
FROM sold s
ORDER BY s.currency, s.net DESC, s.sku, s.unit;

-- The day is that of the customer's first sold order ever: earlier than the period means a customer who came again.
-- name: report_customers
WITH booked AS (
    SELECT p.currency, p.customer, max(p.customers_version) AS newest, count(*) AS orders,
           sum(p.net_minor) AS net, sum(p.tax_minor) AS tax, sum(p.gross_minor) AS gross
    FROM order_price p
    WHERE p.day BETWEEN :first_day AND :last_day
      AND 'approved' = (SELECT e.event FROM order_event e
                        WHERE e.order_id = p.order_id AND e.version = p.version AND e.known_ms <= :as_of_ms
                          AND e.event IN ('approved', 'refused', 'cancelled', 'approval-asked', 'approval-held') ORDER BY e.id DESC LIMIT 1)
      AND NOT EXISTS (SELECT 1 FROM order_event e
                      WHERE e.order_id = p.order_id AND e.version > p.version AND e.known_ms <= :as_of_ms
                        AND e.event IN ('approved', 'repriced', 'changed'))
      AND :currency IN ('', p.currency)
    GROUP BY p.currency, p.customer)
SELECT b.currency, b.customer,
       coalesce((SELECT c.name FROM customer c JOIN master_version m ON m.id = c.version_id
                 WHERE m.master = 'customers' AND m.number = b.newest AND c.code = b.customer), ''),
       '',
       (SELECT q.day FROM order_price q
        WHERE q.customer = b.customer AND q.day <= :last_day
          AND 'approved' = (SELECT e.event FROM order_event e
                            WHERE e.order_id = q.order_id AND e.version = q.version AND e.known_ms <= :as_of_ms
                              AND e.event IN ('approved', 'refused', 'cancelled', 'approval-asked', 'approval-held') ORDER BY e.id DESC LIMIT 1)
        ORDER BY q.day LIMIT 1),
       0, b.orders, b.net, b.tax, b.gross
FROM booked b
ORDER BY b.currency, b.net DESC, b.customer;

-- Priced orders of the period that are not sold: the key is 'waiting', 'refused' (by a person), or 'replaced'.
-- name: report_unsold
SELECT s.currency, s.state, '', '', NULL, 0, count(*), sum(s.net_minor), sum(s.tax_minor), sum(s.gross_minor)
FROM (
    SELECT p.currency, p.net_minor, p.tax_minor, p.gross_minor,
           CASE WHEN EXISTS (SELECT 1 FROM order_event e
                             WHERE e.order_id = p.order_id AND e.version > p.version AND e.known_ms <= :as_of_ms
                               AND e.event IN ('approved', 'repriced', 'changed')) THEN 'replaced'
                ELSE coalesce((SELECT CASE WHEN e.event IN ('approval-asked', 'approval-held') THEN 'waiting' ELSE e.event END
                               FROM order_event e
                               WHERE e.order_id = p.order_id AND e.version = p.version AND e.known_ms <= :as_of_ms
                                 AND e.event IN ('approved', 'refused', 'cancelled', 'approval-asked', 'approval-held')
                               ORDER BY e.id DESC LIMIT 1), 'waiting')
           END AS state
    FROM order_price p
    WHERE p.day BETWEEN :first_day AND :last_day AND :currency IN ('', p.currency)) s
WHERE s.state <> 'approved'
GROUP BY s.currency, s.state ORDER BY s.currency, s.state;

-- Orders that came in files of the period, and those of them that the checks did not let in.
-- name: report_intake
SELECT coalesce(sum(documents), 0), coalesce(sum(documents - documents_taken), 0)
FROM interchange
WHERE received_ms >= :from_ms AND received_ms < :until_ms AND document = 'order' AND acceptance <> 'test'
  AND state IN ('taken', 'partly', 'refused');

-- name: report_first_received
SELECT min(received_ms) FROM interchange;

-- name: report_last_day
SELECT last_day FROM report WHERE schedule = :schedule ORDER BY first_day DESC LIMIT 1;

-- name: report_insert
INSERT INTO report (schedule, report, first_day, last_day, made_ms)
VALUES (:schedule, :report, :first_day, :last_day, :made_ms)
ON CONFLICT (schedule, first_day) DO NOTHING;

-- name: report_of_file
SELECT r.report, r.first_day, r.last_day, r.made_ms
FROM outbox_file f
JOIN outbox_message m ON m.partner = f.partner AND m.kind = f.kind AND m.number BETWEEN f.first_message AND f.last_message
JOIN report r ON r.id = m.report_id
WHERE f.id = :file_id;
