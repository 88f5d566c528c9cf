-- How products move: how evenly they are sold (XYZ), which sell best, and which lie in stock and are not sold.  Months that are
-- over come from the sums that are kept of them (table product_month); of the month that is not, its entries are read.  Months
-- are counted, year * 12 + month - 1.

-- name: movement_forget_products
DELETE FROM temp.moved_product;
-- name: movement_forget_values
DELETE FROM temp.sold_value;
-- name: movement_forget_classes
DELETE FROM temp.sold_class;
-- name: movement_forget_stock
DELETE FROM temp.stock_then;
-- name: movement_forget_lately
DELETE FROM temp.sold_lately;
-- name: movement_forget_slow
DELETE FROM temp.slow_product;

-- ---- the last twelve whole months ----

-- Of the products that the report names, in the units they were ordered in.
-- name: movement_months_booked
SELECT m.sku, m.unit, m.month - :month_first, m.quantity_micros
FROM (SELECT sku FROM temp.sold_product UNION SELECT sku FROM temp.slow_product) d
CROSS JOIN main.product_month m ON m.sku = d.sku
WHERE m.month BETWEEN :month_first AND :month_last;

-- By the dates of orders, as far as they were known: those of earlier months, and of the one that :as_of_ms lies in.
-- name: movement_months_ordered
WITH named AS MATERIALIZED (SELECT sku FROM temp.sold_product UNION SELECT sku FROM temp.slow_product)
SELECT m.sku, m.unit, m.order_month - :month_first, m.quantity_micros
FROM named d CROSS JOIN main.product_month m ON m.sku = d.sku
WHERE m.order_month BETWEEN :month_first AND :month_last AND m.month < :running_month
UNION ALL
SELECT k.sku, k.unit,
       CAST(strftime('%Y', s.order_day * 86400, 'unixepoch') AS INTEGER) * 12 + CAST(strftime('%m', s.order_day * 86400, 'unixepoch') AS INTEGER) - 1
           - :month_first,
       s.sign * k.quantity_micros
FROM main.sale s INDEXED BY sale_by_day
CROSS JOIN main.order_line k ON k.order_id = s.order_id AND k.version = s.version
CROSS JOIN main.order_line_price l ON l.order_id = k.order_id AND l.version = k.version AND l.ordinal = k.ordinal
WHERE s.day BETWEEN :running_day AND :as_of_day AND s.known_ms <= :as_of_ms AND s.sign <> 0
  AND s.order_day BETWEEN :months_first_day AND :months_last_day AND k.sku IN (SELECT sku FROM named)
UNION ALL
SELECT k.sku, k.unit,
       CAST(strftime('%Y', s.order_day * 86400, 'unixepoch') AS INTEGER) * 12 + CAST(strftime('%m', s.order_day * 86400, 'unixepoch') AS INTEGER) - 1
           - :month_first,
       l.quantity_micros
FROM main.sale s INDEXED BY sale_by_day
CROSS JOIN main.sale_line l ON l.sale_id = s.id
CROSS JOIN main.order_line k ON k.order_id = s.order_id AND k.version = s.version AND k.ordinal = l.ordinal
WHERE s.day BETWEEN :running_day AND :as_of_day AND s.known_ms <= :as_of_ms AND s.sign = 0
  AND s.order_day BETWEEN :months_first_day AND :months_last_day AND k.sku IN (SELECT sku FROM named);

-- In the product's unit; a unit that nobody has told of is taken for it.
-- name: movement_list_version
SELECT version_id FROM main.master_in_force WHERE master = :master;

-- name: movement_factor
SELECT u.factor_micros FROM main.product_unit u WHERE u.version_id = :version_id AND u.sku = :sku AND u.unit = :unit;

-- name: movement_add_product
INSERT INTO temp.moved_product (sku, xyz, year_micros) VALUES (:sku, :xyz, :year_micros);

-- name: movement_gather_values
INSERT INTO temp.sold_value (currency, net_minor)
SELECT r.currency, sum(max(r.net, 0))
FROM (SELECT currency, sum(net_minor) AS net FROM temp.sold_product GROUP BY currency, sku, unit) r
GROUP BY r.currency;

-- A is what makes up the first 80 % of the net, B the next 15 %: a product belongs where its part begins.
-- name: movement_gather_classes
INSERT INTO temp.sold_class (currency, place, sku, unit, products_version, lines, quantity_micros, list_minor, discount_minor,
                             returned_minor, net_minor, tax_minor, cost_minor, costed_minor, exact_micros, rounded_minor, abc, xyz)
SELECT r.currency, r.place, r.sku, r.unit, r.newest, r.lines, r.quantity, r.list, r.discount, r.returned, r.net, r.tax, r.cost,
       r.costed, r.exact, r.rounded,
       CASE WHEN r.before_net * 100 < v.net_minor * 80 THEN 'A' WHEN r.before_net * 100 < v.net_minor * 95 THEN 'B' ELSE 'C' END,
       coalesce((SELECT m.xyz FROM temp.moved_product m WHERE m.sku = r.sku), '')
FROM (SELECT g.*, row_number() OVER falling AS place, sum(max(g.net, 0)) OVER falling - max(g.net, 0) AS before_net
      FROM (SELECT currency, sku, unit, max(products_version) AS newest, sum(lines) AS lines, sum(quantity_micros) AS quantity,
                   sum(list_minor) AS list, sum(discount_minor) AS discount, sum(returned_minor) AS returned,
                   sum(net_minor) AS net, sum(tax_minor) AS tax, sum(cost_minor) AS cost, sum(costed_minor) AS costed,
                   sum(exact_micros) AS exact, sum(rounded_minor) AS rounded
            FROM temp.sold_product GROUP BY currency, sku, unit) g
      WINDOW falling AS (PARTITION BY g.currency ORDER BY g.net DESC, g.sku, g.unit ROWS UNBOUNDED PRECEDING)) r
CROSS JOIN temp.sold_value v ON v.currency = r.currency;

-- ---- what lies in stock ----

-- As warehouses told of it by then, :cut_ms.
-- name: movement_gather_stock
INSERT INTO temp.stock_then (sku, on_hand_micros)
SELECT t.sku, sum(t.micros)
FROM (SELECT i.sku, i.on_hand_micros AS micros FROM main.stock_item i
      UNION ALL
      SELECT m.sku, -m.effect_micros FROM main.stock_move m INDEXED BY stock_move_known WHERE m.known_ms > :cut_ms) t
GROUP BY t.sku HAVING sum(t.micros) > 0;

-- What no warehouse tells of, as the list that was in force then has it.
-- name: movement_gather_listed
INSERT INTO temp.stock_then (sku, on_hand_micros)
SELECT s.sku, s.available_micros
FROM (SELECT v.id FROM main.master_version v
      WHERE v.master = 'stock' AND v.in_force_ms <= :cut_ms ORDER BY v.number DESC LIMIT 1) newest
CROSS JOIN main.stock s ON s.version_id = newest.id
WHERE s.available_micros > 0 AND NOT EXISTS (SELECT 1 FROM main.stock_item i WHERE i.sku = s.sku);

-- Did anything become known in the month that the period ended in, when that was over?  Then what is kept of that month says more
-- than was known.
-- name: movement_knows_more
SELECT EXISTS (SELECT 1 FROM temp.stock_then)
   AND EXISTS (SELECT 1 FROM main.sale s INDEXED BY sale_by_day
               WHERE s.day BETWEEN :cut_day AND :cut_month_last_day AND s.known_ms > :cut_ms);

-- name: movement_gather_lately
INSERT INTO temp.sold_lately (sku, last_day)
SELECT k.sku, max(s.order_day)
FROM main.sale s INDEXED BY sale_by_day
CROSS JOIN main.order_line k ON k.order_id = s.order_id AND k.version = s.version
CROSS JOIN main.order_line_price l ON l.order_id = k.order_id AND l.version = k.version AND l.ordinal = k.ordinal
WHERE s.day BETWEEN :cut_month_day AND :cut_day AND s.known_ms <= :cut_ms AND s.sign = 1
GROUP BY k.sku;

-- When it was sold last, or (NULL) since when it is known.
-- name: movement_stock
SELECT t.sku, t.on_hand_micros, t.last_day,
       CASE WHEN t.last_day IS NULL THEN
           (SELECT v.in_force_ms FROM main.master_version v
            WHERE v.master = 'products' AND v.in_force_ms IS NOT NULL
              AND EXISTS (SELECT 1 FROM main.product p WHERE p.version_id = v.id AND p.sku = t.sku)
            ORDER BY v.number LIMIT 1) END
FROM (SELECT n.sku, n.on_hand_micros,
             (SELECT max(e.last_day)
              FROM (SELECT a.last_day FROM temp.sold_lately a WHERE a.sku = n.sku
                    UNION ALL
                    SELECT m.last_day FROM main.product_month m WHERE m.sku = n.sku AND m.month < :kept_month) e) AS last_day
      FROM temp.stock_then n) t
ORDER BY t.sku;

-- Per unit of the product; the company's currency goes before others.
-- name: movement_cost
SELECT c.currency, c.cost_micros, 0
FROM (SELECT v.id FROM main.master_version v
      WHERE v.master = 'product-costs' AND v.in_force_ms <= :cut_ms ORDER BY v.number DESC LIMIT 1) newest
CROSS JOIN main.product_cost c ON c.version_id = newest.id AND c.sku = :sku
WHERE c.valid_from <= :cut_day AND c.valid_to >= :cut_day
ORDER BY c.currency <> :company_currency, c.currency LIMIT 1;

-- That for everybody, without quantity; with the rate of the tax that is in it.
-- name: movement_list_price
SELECT c.currency, c.price_micros,
       CASE WHEN c.includes_tax = 'no' THEN 0
            ELSE coalesce((SELECT p.tax_rate_micros FROM main.master_in_force f
                           JOIN main.product p ON p.version_id = f.version_id AND p.sku = c.sku
                           WHERE f.master = 'products'), 0) END
FROM (SELECT v.id FROM main.master_version v
      WHERE v.master = 'prices' AND v.in_force_ms <= :cut_ms ORDER BY v.number DESC LIMIT 1) newest
CROSS JOIN main.price c ON c.version_id = newest.id AND c.sku = :sku
WHERE c.scope = 'base' AND c.holder = '' AND c.price_micros IS NOT NULL AND c.valid_from <= :cut_day AND c.valid_to >= :cut_day
ORDER BY c.currency <> :company_currency, c.currency, c.quantity_from_micros, c.valid_from DESC LIMIT 1;

-- name: movement_add_slow
INSERT INTO temp.slow_product (currency, sku, last_day, days, on_hand_micros, value_minor, valued_at)
VALUES (:currency, :sku, :sold_day, :days, :on_hand_micros, :value_minor, :valued_at);

-- ---- the sections ----

-- name: sales_movement
WITH field(name) AS (VALUES ('AX'), ('AY'), ('AZ'), ('BX'), ('BY'), ('BZ'), ('CX'), ('CY'), ('CZ'), ('A'), ('B'), ('C')),
class AS MATERIALIZED (SELECT c.abc || c.xyz AS name, count(*) AS products, sum(c.net_minor) AS net, sum(c.tax_minor) AS tax
                       FROM temp.sold_class c WHERE c.currency = :currency GROUP BY 1)
SELECT field.name AS "key", coalesce(class.products, 0) AS products, coalesce(class.net, 0) AS net, coalesce(class.tax, 0) AS tax
FROM field LEFT JOIN class ON class.name = field.name
WHERE class.products > 0 OR (length(field.name) = 2 AND EXISTS (SELECT 1 FROM class x WHERE length(x.name) = 2))
ORDER BY length(field.name) DESC, field.name;

-- What each product of a period brought, of which the ten largest by each measure are the best.
-- name: sales_best_measured
SELECT s.currency, s.sku, max(s.products_version), sum(s.net_minor), sum(s.base_micros)
FROM temp.sold_product s GROUP BY s.currency, s.sku HAVING sum(s.base_micros) > 0;

-- name: sales_add_best
INSERT INTO temp.best_product (currency, sku, products_version, net_minor, base_micros, orders, growth_minor,
                               rank_net, rank_units, rank_orders, rank_growth)
VALUES (:currency, :sku, :products_version, :net_minor, :base_micros, :orders, :growth_minor,
        :rank_net, :rank_units, :rank_orders, :rank_growth);

-- Whose ranks stand beside each other.
-- name: sales_best
SELECT r.sku AS "key",
       coalesce((SELECT CASE WHEN :language = 'zh' AND p.name_zh <> '' THEN p.name_zh ELSE p.name END
                 FROM main.master_version m JOIN main.product p ON p.version_id = m.id AND p.sku = r.sku
                 WHERE m.master = 'products' AND m.number = r.products_version), '') AS name,
       r.rank_net AS rank_net, r.rank_units AS rank_units, r.rank_orders AS rank_orders, r.rank_growth AS rank_growth,
       r.net_minor AS net, r.base_micros AS quantity,
       coalesce((SELECT p.unit FROM main.master_version m JOIN main.product p ON p.version_id = m.id AND p.sku = r.sku
                 WHERE m.master = 'products' AND m.number = r.products_version), '') AS unit,
       r.orders AS orders, r.growth_minor AS growth
FROM temp.best_product r WHERE r.currency = :currency
ORDER BY r.rank_net, r.sku;

-- name: sales_slow
SELECT s.sku AS "key",
       coalesce((SELECT CASE WHEN :language = 'zh' AND p.name_zh <> '' THEN p.name_zh ELSE p.name END
                 FROM main.master_in_force f JOIN main.product p ON p.version_id = f.version_id AND p.sku = s.sku
                 WHERE f.master = 'products'), '') AS name,
       s.last_day AS last_sale, s.days AS days_without, s.on_hand_micros AS on_hand,
       coalesce((SELECT p.unit FROM main.master_in_force f JOIN main.product p ON p.version_id = f.version_id AND p.sku = s.sku
                 WHERE f.master = 'products'), '') AS unit,
       s.value_minor AS stock_value, s.valued_at AS valued_at,
       (SELECT s.on_hand_micros / (m.year_micros / 365) FROM temp.moved_product m WHERE m.sku = s.sku AND m.year_micros >= 365)
           AS days_of_supply
FROM temp.slow_product s WHERE s.currency = :currency
ORDER BY s.value_minor IS NULL, s.value_minor DESC, s.days DESC, s.sku;
