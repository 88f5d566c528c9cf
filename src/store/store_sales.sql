-- What was sold in a period, gathered into the scratch tables once and told of in many ways.  The names of columns are
-- those of schemas/report-sales.csv.json.

-- name: sales_forget_sums
DELETE FROM temp.sold_sum;
-- name: sales_forget_promotions
DELETE FROM temp.sold_promotion;
-- name: sales_forget_manual
DELETE FROM temp.sold_manual;
-- name: sales_forget_best
DELETE FROM temp.best_product;
-- name: sales_forget_came
DELETE FROM temp.came_order;
-- name: sales_forget_lines
DELETE FROM temp.sold_line;
-- name: sales_forget_products
DELETE FROM temp.sold_product;

-- The entries of a period, with what their sections are about.  Where an order goes: its ship-to, or else (the second row, when
-- there are two) its sold-to.
-- name: sales_entries_booked
SELECT s.id, s.order_id, s.version, s.kind, s.sign, s.day, s.currency, s.customer, s.customers_version, s.products_version,
       s.includes_tax, o.partner, v.sales_person, t.country, t.region, s.list_minor, s.net_minor, s.tax_minor, s.cost_minor,
       s.costed_minor, s.exact_micros, s.rounded_minor, s.freight_minor
FROM main.sale s INDEXED BY sale_by_day
CROSS JOIN main.order_version v ON v.order_id = s.order_id AND v.version = s.version
CROSS JOIN main.orders o ON o.id = s.order_id
LEFT JOIN main.order_party t ON t.order_id = s.order_id AND t.version = s.version AND t.role >= 'ship-to'
WHERE s.day BETWEEN :first_day AND :last_day AND s.known_ms <= :as_of_ms
ORDER BY s.day, s.id, t.role;

-- name: sales_entries_ordered
SELECT s.id, s.order_id, s.version, s.kind, s.sign, s.order_day, s.currency, s.customer, s.customers_version, s.products_version,
       s.includes_tax, o.partner, v.sales_person, t.country, t.region, s.list_minor, s.net_minor, s.tax_minor, s.cost_minor,
       s.costed_minor, s.exact_micros, s.rounded_minor, s.freight_minor
FROM main.sale s INDEXED BY sale_by_order_day
CROSS JOIN main.order_version v ON v.order_id = s.order_id AND v.version = s.version
CROSS JOIN main.orders o ON o.id = s.order_id
LEFT JOIN main.order_party t ON t.order_id = s.order_id AND t.version = s.version AND t.role >= 'ship-to'
WHERE s.order_day BETWEEN :first_day AND :last_day AND s.known_ms <= :as_of_ms
ORDER BY s.order_day, s.id, t.role;

-- name: sales_entry_keys_booked
SELECT s.id, s.order_id, s.version, s.sign, s.currency FROM main.sale s INDEXED BY sale_by_day
WHERE s.day BETWEEN :first_day AND :last_day AND s.known_ms <= :as_of_ms;

-- name: sales_entry_keys_ordered
SELECT s.id, s.order_id, s.version, s.sign, s.currency FROM main.sale s INDEXED BY sale_by_order_day
WHERE s.order_day BETWEEN :first_day AND :last_day AND s.known_ms <= :as_of_ms;

-- Lines and their prices are read beside each other: both in this sequence.  (Goods that are given have no price.)
-- name: sales_lines
SELECT k.ordinal, k.sku, k.unit, k.options, k.quantity_micros, k.manual_price_micros IS NOT NULL
FROM main.order_line k WHERE k.order_id = :order_id AND k.version = :version ORDER BY k.ordinal;

-- name: sales_prices
SELECT l.ordinal, l.net_minor, l.list_minor, l.discount_minor, l.exact_micros, l.tax_rate_micros, l.tax_minor, l.cost_minor
FROM main.order_line_price l WHERE l.order_id = :order_id AND l.version = :version ORDER BY l.ordinal;

-- name: sales_skus
SELECT k.ordinal, k.sku FROM main.order_line k WHERE k.order_id = :order_id AND k.version = :version ORDER BY k.ordinal;

-- name: sales_nets
SELECT l.ordinal, l.net_minor FROM main.order_line_price l WHERE l.order_id = :order_id AND l.version = :version ORDER BY l.ordinal;

-- name: sales_lines_less
SELECT k.sku, k.unit, k.options, l.quantity_micros, l.list_minor, l.net_minor, l.tax_minor, l.cost_minor
FROM main.sale_line l
CROSS JOIN main.order_line k ON k.order_id = :order_id AND k.version = :version AND k.ordinal = l.ordinal
WHERE l.sale_id = :id;

-- name: sales_reductions
SELECT r.promotion, r.reduction_minor FROM main.order_line_reduction r WHERE r.order_id = :order_id AND r.version = :version;

-- Has an earlier entry of the order the promotion, too?  (An order has several when it was changed.)
-- name: sales_is_promoted_before_booked
SELECT EXISTS (SELECT 1 FROM main.sale s INDEXED BY sale_of_order
               JOIN main.order_line_reduction r ON r.order_id = s.order_id AND r.version = s.version
               WHERE s.order_id = :order_id AND s.id < :id AND s.sign <> 0 AND s.currency = :currency AND r.promotion = :promotion
                 AND s.day BETWEEN :first_day AND :last_day AND s.known_ms <= :as_of_ms);

-- name: sales_is_promoted_before_ordered
SELECT EXISTS (SELECT 1 FROM main.sale s INDEXED BY sale_of_order
               JOIN main.order_line_reduction r ON r.order_id = s.order_id AND r.version = s.version
               WHERE s.order_id = :order_id AND s.id < :id AND s.sign <> 0 AND s.currency = :currency AND r.promotion = :promotion
                 AND s.order_day BETWEEN :first_day AND :last_day AND s.known_ms <= :as_of_ms);

-- name: sales_add_sum
INSERT INTO temp.sold_sum (topic, currency, name, detail, newest, orders, list_minor, discount_minor, returned_minor, net_minor,
                           tax_minor, cost_minor, costed_minor, exact_micros, rounded_minor, freight_minor)
VALUES (:topic, :currency, :name, :detail, :newest, :orders, :list_minor, :discount_minor, :returned_minor, :net_minor,
        :tax_minor, :cost_minor, :costed_minor, :exact_micros, :rounded_minor, :freight_minor);

-- name: sales_add_line
INSERT INTO temp.sold_line (currency, sku, unit, options, products_version, lines, quantity_micros, discount_minor, returned_minor,
                            net_minor, tax_minor, cost_minor, costed_minor, exact_micros, rounded_minor)
VALUES (:currency, :sku, :unit, :options, :products_version, :lines, :quantity_micros, :discount_minor, :returned_minor,
        :net_minor, :tax_minor, :cost_minor, :costed_minor, :exact_micros, :rounded_minor);

-- name: sales_add_promotion
INSERT INTO temp.sold_promotion (currency, promotion, orders, discount_minor) VALUES (:currency, :promotion, :orders, :discount_minor);

-- name: sales_add_manual
INSERT INTO temp.sold_manual (currency, order_id, version, ordinal) VALUES (:currency, :order_id, :version, :ordinal);

-- A line that names no unit is in its product's unit.
-- name: sales_gather_products
INSERT INTO temp.sold_product
SELECT g.currency, g.sku,
       CASE WHEN g.unit <> '' THEN g.unit
            ELSE coalesce((SELECT r.unit FROM main.master_version m JOIN main.product r ON r.version_id = m.id AND r.sku = g.sku
                           WHERE m.master = 'products' AND m.number = g.products_version), '') END,
       g.options, g.products_version, g.lines, g.quantity_micros,
       (g.quantity_micros / 1000000) * g.factor + g.quantity_micros % 1000000 * g.factor / 1000000,
       g.net_minor + g.discount_minor + g.returned_minor,
       g.discount_minor, g.returned_minor, g.net_minor, g.tax_minor, g.cost_minor, g.costed_minor, g.exact_micros, g.rounded_minor
FROM (SELECT s.*, coalesce((SELECT u.factor_micros FROM main.master_in_force f
                            JOIN main.product_unit u ON u.version_id = f.version_id AND u.sku = s.sku AND u.unit = s.unit
                            WHERE f.master = 'product-units'), 1000000) AS factor
      FROM temp.sold_line s) g
WHERE true -- (for the grammar's sake)
ON CONFLICT DO UPDATE
SET products_version = max(products_version, excluded.products_version), lines = lines + excluded.lines,
    quantity_micros = quantity_micros + excluded.quantity_micros, base_micros = base_micros + excluded.base_micros,
    list_minor = list_minor + excluded.list_minor, discount_minor = discount_minor + excluded.discount_minor,
    returned_minor = returned_minor + excluded.returned_minor, net_minor = net_minor + excluded.net_minor,
    tax_minor = tax_minor + excluded.tax_minor, cost_minor = cost_minor + excluded.cost_minor,
    costed_minor = costed_minor + excluded.costed_minor, exact_micros = exact_micros + excluded.exact_micros,
    rounded_minor = rounded_minor + excluded.rounded_minor;

-- ---- what it came to, of any period, without its lines ----

-- name: sales_totals_booked
SELECT t.currency, sum(t.net) AS net, sum(t.orders) AS orders, sum(t.tax) AS tax,
       sum(t.net + t.freight + t.tax) AS gross, sum(t.freight) AS freight
FROM (SELECT s.currency, s.sign AS orders, s.freight_minor AS freight,
             iif(s.sign <> 0, s.net_minor, (SELECT coalesce(sum(l.net_minor), 0) FROM sale_line l WHERE l.sale_id = s.id)) AS net,
             iif(s.sign <> 0, s.tax_minor, (SELECT coalesce(sum(l.tax_minor), 0) FROM sale_line l WHERE l.sale_id = s.id)) AS tax
      FROM sale s INDEXED BY sale_by_day
      WHERE s.day BETWEEN :first_day AND :last_day AND s.known_ms <= :as_of_ms) t
GROUP BY t.currency ORDER BY t.currency;

-- name: sales_totals_ordered
SELECT t.currency, sum(t.net) AS net, sum(t.orders) AS orders, sum(t.tax) AS tax,
       sum(t.net + t.freight + t.tax) AS gross, sum(t.freight) AS freight
FROM (SELECT s.currency, s.sign AS orders, s.freight_minor AS freight,
             iif(s.sign <> 0, s.net_minor, (SELECT coalesce(sum(l.net_minor), 0) FROM sale_line l WHERE l.sale_id = s.id)) AS net,
             iif(s.sign <> 0, s.tax_minor, (SELECT coalesce(sum(l.tax_minor), 0) FROM sale_line l WHERE l.sale_id = s.id)) AS tax
      FROM sale s INDEXED BY sale_by_order_day
      WHERE s.order_day BETWEEN :first_day AND :last_day AND s.known_ms <= :as_of_ms) t
GROUP BY t.currency ORDER BY t.currency;

-- Currencies of orders that came in the period, sold or not, and of the value of what is not sold any more.
-- name: sales_currencies
SELECT currency FROM temp.came_order UNION SELECT currency FROM temp.slow_product;

-- ---- the sections ----

-- name: sales_total
SELECT sum(orders) AS orders, sum(list_minor) AS list, sum(discount_minor) AS discount, sum(returned_minor) AS returned,
       sum(net_minor) AS net, sum(freight_minor) AS freight,
       sum(tax_minor) AS tax, sum(net_minor + freight_minor + tax_minor) AS gross, iif(abs(sum(net_minor)) < 9000000000000000000 / :unit_micros,
           sum(net_minor) * :unit_micros + sum(exact_micros - rounded_minor * :unit_micros), NULL) AS net_exact,
       nullif(sum(cost_minor), 0) AS cost, iif(sum(costed_minor) = 0 AND sum(cost_minor) = 0, NULL, sum(costed_minor - cost_minor)) AS margin
FROM temp.sold_sum WHERE topic = 'kind' AND currency = :currency HAVING count(*) > 0;

-- What was ordered, and what became of it.
-- name: sales_flow
SELECT name AS "key", sum(orders) AS orders, sum(list_minor) AS list, sum(discount_minor) AS discount,
       sum(returned_minor) AS returned, sum(net_minor) AS net, sum(freight_minor) AS freight,
       sum(tax_minor) AS tax, sum(net_minor + freight_minor + tax_minor) AS gross,
       iif(abs(sum(net_minor)) < 9000000000000000000 / :unit_micros,
           sum(net_minor) * :unit_micros + sum(exact_micros - rounded_minor * :unit_micros), NULL) AS net_exact
FROM temp.sold_sum WHERE topic = 'kind' AND currency = :currency
GROUP BY name ORDER BY instr('ordered changed cancelled returned', name);

-- Days without sales are there, too.
-- name: sales_day
WITH RECURSIVE days(day) AS (SELECT :first_day UNION ALL SELECT day + 1 FROM days WHERE day < :last_day)
SELECT d.day AS day, coalesce(sum(s.orders), 0) AS orders, coalesce(sum(s.list_minor), 0) AS list,
       coalesce(sum(s.discount_minor), 0) AS discount, coalesce(sum(s.returned_minor), 0) AS returned,
       coalesce(sum(s.net_minor), 0) AS net, coalesce(sum(s.freight_minor), 0) AS freight,
       coalesce(sum(s.tax_minor), 0) AS tax, coalesce(sum(s.net_minor + s.freight_minor + s.tax_minor), 0) AS gross,
       coalesce(iif(abs(sum(s.net_minor)) < 9000000000000000000 / :unit_micros,
           sum(s.net_minor) * :unit_micros + sum(s.exact_micros - s.rounded_minor * :unit_micros), NULL), 0) AS net_exact
FROM days d LEFT JOIN (SELECT *, CAST(name AS INTEGER) AS day FROM temp.sold_sum WHERE topic = 'day' AND currency = :currency) s ON s.day = d.day
GROUP BY d.day ORDER BY d.day;

-- By its Monday (day 0, 1970-01-01, was a Thursday).
-- name: sales_week
SELECT s.day - (s.day + 3) % 7 AS day, sum(s.orders) AS orders, sum(s.list_minor) AS list, sum(s.discount_minor) AS discount,
       sum(s.returned_minor) AS returned, sum(s.net_minor) AS net, sum(s.freight_minor) AS freight,
       sum(s.tax_minor) AS tax, sum(s.net_minor + s.freight_minor + s.tax_minor) AS gross,
       iif(abs(sum(s.net_minor)) < 9000000000000000000 / :unit_micros,
           sum(s.net_minor) * :unit_micros + sum(s.exact_micros - s.rounded_minor * :unit_micros), NULL) AS net_exact
FROM (SELECT *, CAST(name AS INTEGER) AS day FROM temp.sold_sum WHERE topic = 'day' AND currency = :currency) s
GROUP BY 1 ORDER BY 1;

-- name: sales_month
SELECT strftime('%Y-%m', CAST(s.name AS INTEGER) * 86400, 'unixepoch') AS "key", sum(s.orders) AS orders, sum(s.list_minor) AS list,
       sum(s.discount_minor) AS discount, sum(s.returned_minor) AS returned, sum(s.net_minor) AS net, sum(s.freight_minor) AS freight,
       sum(s.tax_minor) AS tax, sum(s.net_minor + s.freight_minor + s.tax_minor) AS gross,
       iif(abs(sum(s.net_minor)) < 9000000000000000000 / :unit_micros,
           sum(s.net_minor) * :unit_micros + sum(s.exact_micros - s.rounded_minor * :unit_micros), NULL) AS net_exact
FROM temp.sold_sum s WHERE s.topic = 'day' AND s.currency = :currency
GROUP BY 1 ORDER BY 1;

-- name: sales_product
SELECT r.sku AS "key",
       coalesce((SELECT CASE WHEN :language = 'zh' AND p.name_zh <> '' THEN p.name_zh ELSE p.name END
                 FROM main.master_version m JOIN main.product p ON p.version_id = m.id AND p.sku = r.sku
                 WHERE m.master = 'products' AND m.number = r.products_version), '') AS name,
       r.abc AS class, r.xyz AS xyz,
       r.lines AS lines, r.quantity_micros AS quantity, r.unit AS unit, r.list_minor AS list, r.discount_minor AS discount,
       r.returned_minor AS returned, r.net_minor AS net, r.tax_minor AS tax, r.net_minor + r.tax_minor AS gross,
       iif(abs(r.net_minor) < 9000000000000000000 / :unit_micros,
           r.net_minor * :unit_micros + (r.exact_micros - r.rounded_minor * :unit_micros), NULL) AS net_exact,
       nullif(r.cost_minor, 0) AS cost,
       iif(r.costed_minor = 0 AND r.cost_minor = 0, NULL, r.costed_minor - r.cost_minor) AS margin
FROM temp.sold_class r WHERE r.currency = :currency
ORDER BY r.place;

-- name: sales_variant
SELECT s.sku AS "key", s.options AS variant, sum(s.lines) AS lines, sum(s.quantity_micros) AS quantity, s.unit AS unit,
       sum(s.list_minor) AS list, sum(s.discount_minor) AS discount, sum(s.returned_minor) AS returned, sum(s.net_minor) AS net,
       sum(s.tax_minor) AS tax, sum(s.net_minor + s.tax_minor) AS gross
FROM temp.sold_product s WHERE s.currency = :currency AND s.options <> '{}'
GROUP BY s.sku, s.options, s.unit ORDER BY sum(s.net_minor) DESC, s.sku, s.options, s.unit;

-- name: sales_category
SELECT s.category AS "key", sum(s.lines) AS lines, sum(s.list) AS list, sum(s.discount) AS discount, sum(s.returned) AS returned,
       sum(s.net) AS net, sum(s.tax) AS tax, sum(s.net + s.tax) AS gross, iif(abs(sum(s.net)) < 9000000000000000000 / :unit_micros,
           sum(s.net) * :unit_micros + sum(s.exact - s.rounded * :unit_micros), NULL) AS net_exact, nullif(sum(s.cost), 0) AS cost,
       iif(sum(s.costed) = 0 AND sum(s.cost) = 0, NULL, sum(s.costed - s.cost)) AS margin
FROM (SELECT g.*, coalesce((SELECT p.category FROM main.master_version m JOIN main.product p ON p.version_id = m.id AND p.sku = g.sku
                            WHERE m.master = 'products' AND m.number = g.newest), '') AS category
      FROM (SELECT x.sku, max(x.products_version) AS newest, sum(x.lines) AS lines, sum(x.list_minor) AS list,
                   sum(x.discount_minor) AS discount, sum(x.returned_minor) AS returned, sum(x.net_minor) AS net,
                   sum(x.tax_minor) AS tax, sum(x.cost_minor) AS cost, sum(x.costed_minor) AS costed, sum(x.exact_micros) AS exact, sum(x.rounded_minor) AS rounded
            FROM temp.sold_product x WHERE x.currency = :currency GROUP BY x.sku) g) s
GROUP BY s.category ORDER BY sum(s.net) DESC, s.category;

-- name: sales_country
SELECT name AS "key", sum(orders) AS orders, sum(list_minor) AS list, sum(discount_minor) AS discount,
       sum(returned_minor) AS returned, sum(net_minor) AS net, sum(freight_minor) AS freight,
       sum(tax_minor) AS tax, sum(net_minor + freight_minor + tax_minor) AS gross,
       iif(abs(sum(net_minor)) < 9000000000000000000 / :unit_micros,
           sum(net_minor) * :unit_micros + sum(exact_micros - rounded_minor * :unit_micros), NULL) AS net_exact,
       nullif(sum(cost_minor), 0) AS cost, iif(sum(costed_minor) = 0 AND sum(cost_minor) = 0, NULL, sum(costed_minor - cost_minor)) AS margin
FROM temp.sold_sum WHERE topic = 'place' AND currency = :currency
GROUP BY name ORDER BY sum(net_minor) DESC, name;

-- name: sales_region
SELECT name AS "key", detail AS name, sum(orders) AS orders, sum(list_minor) AS list, sum(discount_minor) AS discount,
       sum(returned_minor) AS returned, sum(net_minor) AS net, sum(freight_minor) AS freight,
       sum(tax_minor) AS tax, sum(net_minor + freight_minor + tax_minor) AS gross,
       iif(abs(sum(net_minor)) < 9000000000000000000 / :unit_micros,
           sum(net_minor) * :unit_micros + sum(exact_micros - rounded_minor * :unit_micros), NULL) AS net_exact
FROM temp.sold_sum WHERE topic = 'place' AND currency = :currency
GROUP BY sold_sum.name, detail ORDER BY sum(net_minor) DESC, sold_sum.name, detail;

-- The day is that of the first order that was ever sold to the customer: earlier than the period means one who came again.
-- name: sales_customer
SELECT g.customer AS "key",
       coalesce((SELECT c.name FROM main.master_version m JOIN main.customer c ON c.version_id = m.id AND c.code = g.customer
                 WHERE m.master = 'customers' AND m.number = g.newest), '') AS name,
       (SELECT min(order_day) FROM main.customer_sale f WHERE f.customer = g.customer AND f.currency = :currency AND f.orders > 0
          AND f.day <= :as_of_day)
           AS first_order,
       g.orders AS orders, g.list AS list, g.discount AS discount, g.returned AS returned, g.net AS net, g.freight AS freight, g.tax AS tax,
       g.net + g.freight + g.tax AS gross, iif(abs(g.net) < 9000000000000000000 / :unit_micros,
           g.net * :unit_micros + (g.exact - g.rounded * :unit_micros), NULL) AS net_exact, nullif(g.cost, 0) AS cost, iif(g.costed = 0 AND g.cost = 0, NULL, g.costed - g.cost) AS margin
FROM (SELECT s.name AS customer, max(s.newest) AS newest, sum(s.orders) AS orders, sum(s.list_minor) AS list,
             sum(s.discount_minor) AS discount, sum(s.returned_minor) AS returned, sum(s.net_minor) AS net,
             sum(s.freight_minor) AS freight, sum(s.tax_minor) AS tax, sum(s.cost_minor) AS cost, sum(s.costed_minor) AS costed, sum(s.exact_micros) AS exact, sum(s.rounded_minor) AS rounded
      FROM temp.sold_sum s WHERE s.topic = 'customer' AND s.currency = :currency GROUP BY s.name) g
ORDER BY g.net DESC, g.customer;

-- name: sales_partner
SELECT name AS "key", sum(orders) AS orders, sum(list_minor) AS list, sum(discount_minor) AS discount,
       sum(returned_minor) AS returned, sum(net_minor) AS net, sum(freight_minor) AS freight,
       sum(tax_minor) AS tax, sum(net_minor + freight_minor + tax_minor) AS gross,
       iif(abs(sum(net_minor)) < 9000000000000000000 / :unit_micros,
           sum(net_minor) * :unit_micros + sum(exact_micros - rounded_minor * :unit_micros), NULL) AS net_exact
FROM temp.sold_sum WHERE topic = 'partner' AND currency = :currency
GROUP BY name ORDER BY sum(net_minor) DESC, name;

-- name: sales_person
SELECT name AS "key", sum(orders) AS orders, sum(list_minor) AS list, sum(discount_minor) AS discount,
       sum(returned_minor) AS returned, sum(net_minor) AS net, sum(freight_minor) AS freight,
       sum(tax_minor) AS tax, sum(net_minor + freight_minor + tax_minor) AS gross,
       iif(abs(sum(net_minor)) < 9000000000000000000 / :unit_micros,
           sum(net_minor) * :unit_micros + sum(exact_micros - rounded_minor * :unit_micros), NULL) AS net_exact
FROM temp.sold_sum WHERE topic = 'person' AND currency = :currency
GROUP BY name ORDER BY sum(net_minor) DESC, name;

-- What promotions took off what was ordered (what was cancelled of it later in part is not taken back here).
-- name: sales_promotion
SELECT promotion AS "key", orders AS orders, discount_minor AS discount
FROM temp.sold_promotion WHERE currency = :currency AND discount_minor <> 0 ORDER BY discount_minor DESC, promotion;

-- Prices that were set by hand, in versions that still count.
-- name: sales_override
SELECT o.partner || '/' || o.number AS "key", k.number AS line, k.sku AS sku, k.manual_person AS person,
       k.manual_reason AS reason, k.quantity_micros AS quantity, k.unit AS unit, l.price_micros AS price,
       l.rules_price_micros AS rules_price, l.deviation_micros * 100 AS deviation, l.net_minor AS net
FROM temp.sold_manual e
CROSS JOIN main.order_line k ON k.order_id = e.order_id AND k.version = e.version AND k.ordinal = e.ordinal
CROSS JOIN main.orders o ON o.id = e.order_id
CROSS JOIN main.order_line_price l ON l.order_id = k.order_id AND l.version = k.version AND l.ordinal = k.ordinal
WHERE e.currency = :currency
  AND NOT EXISTS (SELECT 1 FROM main.sale x WHERE x.order_id = e.order_id AND x.version = e.version AND x.sign = -1
                  AND x.known_ms <= :as_of_ms)
ORDER BY o.partner, o.number, k.ordinal;

-- ---- by day, for the chart ----

-- name: sales_days_booked
SELECT s.day AS day, sum(s.sign) AS orders,
       sum(iif(s.sign <> 0, s.net_minor, (SELECT coalesce(sum(l.net_minor), 0) FROM sale_line l WHERE l.sale_id = s.id))) AS net
FROM sale s INDEXED BY sale_by_day
WHERE s.day BETWEEN :first_day AND :last_day AND s.known_ms <= :as_of_ms AND s.currency = :currency
GROUP BY s.day ORDER BY s.day;

-- name: sales_days_ordered
SELECT s.order_day AS day, sum(s.sign) AS orders,
       sum(iif(s.sign <> 0, s.net_minor, (SELECT coalesce(sum(l.net_minor), 0) FROM sale_line l WHERE l.sale_id = s.id))) AS net
FROM sale s INDEXED BY sale_by_order_day
WHERE s.order_day BETWEEN :first_day AND :last_day AND s.known_ms <= :as_of_ms AND s.currency = :currency
GROUP BY s.order_day ORDER BY s.order_day;

-- ---- what became of the orders that came in files of the period ----

-- What the ledger has, and has not lost since, is sold: approved, or in the place of what was; of others their events tell.
-- name: sales_came
SELECT p.currency, p.order_id, p.version,
       (SELECT sum(s.sign) = 1 FROM main.sale s INDEXED BY sale_of_order
        WHERE s.order_id = p.order_id AND s.version = p.version AND s.known_ms <= :as_of_ms)
FROM main.order_price p INDEXED BY order_price_by_day WHERE p.day BETWEEN :first_day AND :last_day;

-- name: sales_came_state
WITH s AS MATERIALIZED (
    SELECT p.order_id, p.version, p.net_minor, p.tax_minor, p.freight_minor,
           coalesce((SELECT CASE WHEN e.version > p.version THEN 'replaced' WHEN e.event = 'approved' THEN 'sold'
                                 WHEN e.event IN ('approval-asked', 'approval-held') THEN 'waiting' ELSE e.event END
                     FROM main.order_event e
                     WHERE e.order_id = p.order_id AND e.known_ms <= :as_of_ms
                       AND (e.version > p.version AND e.event IN ('approved', 'repriced', 'changed', 'amended')
                            OR e.version = p.version
                               AND e.event IN ('approved', 'refused', 'cancelled', 'approval-asked', 'approval-held'))
                     ORDER BY e.version DESC, e.id DESC LIMIT 1), 'waiting') AS state
    FROM main.order_price p WHERE p.order_id = :order_id AND p.version = :version)
SELECT s.state,
       s.net_minor - iif(s.state = 'cancelled', 0, coalesce((
           SELECT sum(c.net_minor) FROM main.cancellation c
           WHERE c.order_id = s.order_id AND c.version = s.version AND c.at_ms <= :as_of_ms), 0)),
       s.tax_minor - iif(s.state = 'cancelled', 0, coalesce((
           SELECT sum(c.tax_minor) FROM main.cancellation c
           WHERE c.order_id = s.order_id AND c.version = s.version AND c.at_ms <= :as_of_ms), 0)),
       s.freight_minor
FROM s WHERE s.state <> 'replaced';

-- name: sales_add_came
INSERT INTO temp.came_order (currency, state, orders, net_minor, tax_minor, freight_minor)
VALUES (:currency, :state, :orders, :net_minor, :tax_minor, :freight_minor);

-- name: sales_orders
WITH intake AS (
    SELECT coalesce(sum(documents), 0) AS received, coalesce(sum(documents - documents_taken), 0) AS refused
    FROM main.interchange
    WHERE received_ms >= :from_ms AND received_ms < :until_ms AND document = 'order' AND acceptance <> 'test'
      AND state IN ('taken', 'partly', 'refused')),
counted(state, orders) AS (
    SELECT 'received', received FROM intake
    UNION ALL SELECT state, sum(orders) FROM temp.came_order GROUP BY state
    UNION ALL SELECT 'not-taken', refused FROM intake WHERE refused > 0)
SELECT state AS "key", orders AS orders FROM counted
ORDER BY instr('received sold waiting refused cancelled not-taken', state);

-- Priced orders of the period that are not sold.
-- name: sales_unsold
SELECT state AS "key", orders AS orders, net_minor AS net, freight_minor AS freight, tax_minor AS tax,
       net_minor + freight_minor + tax_minor AS gross
FROM temp.came_order WHERE currency = :currency AND state <> 'sold' ORDER BY state;
