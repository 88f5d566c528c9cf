-- Customers as buyers, by the sums that are kept of their orders (table customer_sale).  What they bought counts on the
-- date of its order, as far as it was known by :as_of_ms; the year is that which ends with the period.  The names of columns
-- are those of schemas/report-customers.csv.json.

-- name: customers_forget_buyers
DELETE FROM temp.buyer;
-- name: customers_forget_cohorts
DELETE FROM temp.cohort;

-- What was bought in the year, or in the period.
-- name: customers_bought
SELECT currency, customer, order_day, orders, net_minor
FROM main.customer_sale INDEXED BY customer_sale_by_day
WHERE order_day BETWEEN min(:first_day, :last_day - 364) AND :last_day AND day <= :as_of_day;

-- name: customers_add_buyer
INSERT INTO temp.buyer (currency, customer, first_day, year_first_day, last_day, orders, net_minor, period_orders, period_net_minor)
VALUES (:currency, :customer,
        (SELECT f.order_day FROM main.customer_sale f
         WHERE f.customer = :customer AND f.currency = :currency AND f.orders > 0 ORDER BY f.order_day LIMIT 1),
        :year_first_day, :last_day, :orders, :net_minor, :period_orders, :period_net_minor);

-- All that customers bought who bought for the first time in the year, customer by customer.
-- name: customers_followed
SELECT b.currency, b.first_day, b.rowid, s.order_day, s.orders, s.net_minor
FROM temp.buyer b
CROSS JOIN main.customer_sale s ON s.customer = b.customer AND s.currency = b.currency
WHERE b.first_day > :last_day - 365 AND s.order_day <= :last_day AND s.day <= :as_of_day;

-- name: customers_add_cohort
INSERT INTO temp.cohort (currency, month, later, customers, orders, net_minor)
VALUES (:currency, :month, :later, :customers, :orders, :net_minor);

-- name: customers_totals
SELECT t.currency, sum(t.net) AS net, sum(t.orders) AS orders, sum(t.orders > 0) AS customers,
       sum(t.orders > 0 AND t.first_day >= :first_day) AS new_customers
FROM (SELECT s.currency, s.customer, sum(s.net_minor) AS net, sum(s.orders) AS orders,
             (SELECT f.order_day FROM customer_sale f
              WHERE f.customer = s.customer AND f.currency = s.currency AND f.orders > 0 ORDER BY f.order_day LIMIT 1) AS first_day
      FROM customer_sale s INDEXED BY customer_sale_by_day
      WHERE s.order_day BETWEEN :first_day AND :last_day AND s.day <= :as_of_day
      GROUP BY s.currency, s.customer) t
GROUP BY t.currency ORDER BY t.currency;

-- First orders, and those of customers who came again.
-- name: customers_loyalty
SELECT iif(first_day >= :first_day, 'first-orders', 'came-again') AS "key", count(*) AS customers, sum(period_orders) AS orders,
       sum(period_net_minor) AS net
FROM temp.buyer WHERE currency = :currency AND period_orders > 0
GROUP BY 1 ORDER BY 1;

-- Recency, frequency and money of the year, each held against the average of all customers.
-- name: customers_class
WITH mean AS (SELECT count(*) AS n, sum(:last_day - last_day) AS days, sum(orders) AS orders, sum(net_minor) AS net
              FROM temp.buyer WHERE currency = :currency)
SELECT CASE (b.net_minor * m.n >= m.net) * 4 + ((:last_day - b.last_day) * m.n <= m.days) * 2 + (b.orders * m.n >= m.orders)
            WHEN 7 THEN 'important-value' WHEN 6 THEN 'important-growth' WHEN 5 THEN 'important-keep'
            WHEN 4 THEN 'important-win-back' WHEN 3 THEN 'general-value' WHEN 2 THEN 'general-growth'
            WHEN 1 THEN 'general-keep' ELSE 'general-win-back' END AS "key",
       count(*) AS customers, sum(b.orders) AS orders, sum(b.net_minor) AS net
FROM temp.buyer b, mean m WHERE b.currency = :currency
GROUP BY 1 ORDER BY sum(b.net_minor) DESC, 1;

-- The largest, and what they make up of all; parts of a hundred are rounded up to whole customers.
-- name: customers_rank
WITH ranked AS (SELECT b.orders, b.net_minor, row_number() OVER (ORDER BY b.net_minor DESC, b.customer) AS rank,
                       count(*) OVER () AS n, sum(b.net_minor) OVER () AS all_net
                FROM temp.buyer b WHERE b.currency = :currency),
step(place, name, most, percent) AS (VALUES
    (1, 'top-1', 1, 0), (2, 'top-5', 5, 0), (3, 'top-10', 10, 0), (4, 'top-1-percent', 0, 1), (5, 'top-5-percent', 0, 5),
    (6, 'top-10-percent', 0, 10), (7, 'top-20-percent', 0, 20), (8, 'top-50-percent', 0, 50), (9, 'everybody', 0, 100))
SELECT step.name AS "key", count(*) AS customers, sum(ranked.orders) AS orders, sum(ranked.net_minor) AS net,
       CASE WHEN max(ranked.all_net) <= 0 THEN NULL
            WHEN abs(sum(ranked.net_minor)) < 400000000000000
                THEN (sum(ranked.net_minor) * 20000 / max(ranked.all_net) + 1) / 2 * 10000
            ELSE sum(ranked.net_minor) / (max(ranked.all_net) / 10000) * 10000 END AS share
FROM step JOIN ranked ON ranked.rank <= iif(step.most > 0, step.most, (ranked.n * step.percent + 99) / 100)
WHERE step.most <= ranked.n
GROUP BY step.name ORDER BY step.place;

-- name: customers_customer
WITH mean AS (SELECT count(*) AS n, sum(:last_day - last_day) AS days, sum(orders) AS orders, sum(net_minor) AS net
              FROM temp.buyer WHERE currency = :currency)
SELECT b.customer AS "key",
       coalesce((SELECT c.name FROM main.master_in_force f JOIN main.customer c ON c.version_id = f.version_id AND c.code = b.customer
                 WHERE f.master = 'customers'), '') AS name,
       CASE (b.net_minor * m.n >= m.net) * 4 + ((:last_day - b.last_day) * m.n <= m.days) * 2 + (b.orders * m.n >= m.orders)
            WHEN 7 THEN 'important-value' WHEN 6 THEN 'important-growth' WHEN 5 THEN 'important-keep'
            WHEN 4 THEN 'important-win-back' WHEN 3 THEN 'general-value' WHEN 2 THEN 'general-growth'
            WHEN 1 THEN 'general-keep' ELSE 'general-win-back' END AS class,
       b.first_day AS first_order, b.last_day AS last_order, :last_day - b.last_day AS days_since,
       iif(b.orders > 1, (b.last_day - b.year_first_day) / (b.orders - 1), NULL) AS days_between,
       b.orders AS orders, b.net_minor AS net, b.net_minor / b.orders AS average
FROM temp.buyer b, mean m WHERE b.currency = :currency
ORDER BY b.net_minor DESC, b.customer;

-- Those who bought for the first time in a month of the year, and of them those who bought again so many months later.
-- Percentages are of the month itself, which all of them bought in, and so is their net.
-- name: customers_cohort
WITH held AS (SELECT c.month, c.later, c.customers, c.orders, c.net_minor AS net, first_value(c.customers) OVER w AS all_customers,
                     first_value(c.net_minor) OVER w AS all_net
              FROM temp.cohort c WHERE c.currency = :currency WINDOW w AS (PARTITION BY c.month ORDER BY c.later))
SELECT month AS "key", later AS months_later, customers AS customers,
       (customers * 20000 / all_customers + 1) / 2 * 10000 AS retention, orders AS orders, net AS net,
       CASE WHEN all_net <= 0 THEN NULL WHEN abs(net) < 400000000000000 THEN (net * 20000 / all_net + 1) / 2 * 10000
            ELSE net / (all_net / 10000) * 10000 END AS revenue_retention
FROM held WHERE orders > 0 OR later = 0 ORDER BY 1, 2;

-- Those who have not bought for 90 days, the largest first.
-- name: customers_lapsed
SELECT b.customer AS "key",
       coalesce((SELECT c.name FROM main.master_in_force f JOIN main.customer c ON c.version_id = f.version_id AND c.code = b.customer
                 WHERE f.master = 'customers'), '') AS name,
       b.last_day AS last_order, :last_day - b.last_day AS days_since, b.orders AS orders, b.net_minor AS net
FROM temp.buyer b WHERE b.currency = :currency AND b.last_day <= :last_day - 90
ORDER BY b.net_minor DESC, b.customer;
