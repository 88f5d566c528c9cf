-- The ledger of what was sold: see table sale.

-- name: sale_insert
INSERT INTO sale (order_id, version, kind, sign, day, known_ms, order_day, currency, customer, customers_version,
                  products_version, includes_tax, list_minor, net_minor, freight_minor, tax_minor, cost_minor, costed_minor, exact_micros, rounded_minor)
SELECT v.order_id, v.version, :kind, :sign, :day, :known_ms, v.order_date, p.currency, p.customer, p.customers_version,
       p.products_version, p.includes_tax, :sign * sum(l.net_minor + l.reduced_minor), :sign * sum(l.net_minor), :sign * p.freight_minor,
       :sign * p.tax_minor,
       :sign * sum(coalesce(l.cost_minor, 0)), :sign * sum(iif(l.cost_minor IS NULL, 0, l.net_minor)),
       -- In two parts, which fit 64 bits however many there are.
       :sign * CASE WHEN abs(sum(coalesce(l.exact_micros, 0) / 1000000)) < 9000000000000
                    THEN sum(coalesce(l.exact_micros, 0) / 1000000) * 1000000 + sum(coalesce(l.exact_micros, 0) % 1000000) END,
       :sign * sum(l.rounded_minor)
FROM order_version v
CROSS JOIN order_price p ON p.order_id = v.order_id AND p.version = v.version
CROSS JOIN line_sold l ON l.order_id = v.order_id AND l.version = v.version
WHERE v.order_id = :order_id AND v.version = :version
GROUP BY v.order_id;

-- name: sale_count_whole
INSERT INTO customer_sale (customer, currency, order_day, day, orders, net_minor)
SELECT s.customer, s.currency, s.order_day, s.day, s.sign, s.net_minor
FROM sale s WHERE s.id = :id
ON CONFLICT (customer, currency, order_day, day)
DO UPDATE SET orders = customer_sale.orders + excluded.orders, net_minor = customer_sale.net_minor + excluded.net_minor;

-- The same by its products; goods that are given have no price and are not sold.
-- name: sale_count_products
INSERT INTO product_month (sku, unit, month, order_month, quantity_micros, last_day)
SELECT l.sku, l.unit,
       CAST(strftime('%Y', s.day * 86400, 'unixepoch') AS INTEGER) * 12 + CAST(strftime('%m', s.day * 86400, 'unixepoch') AS INTEGER) - 1,
       CAST(strftime('%Y', s.order_day * 86400, 'unixepoch') AS INTEGER) * 12 + CAST(strftime('%m', s.order_day * 86400, 'unixepoch') AS INTEGER) - 1,
       s.sign * sum(l.quantity_micros), iif(s.sign = 1, s.order_day, NULL)
FROM sale s
JOIN order_line l ON l.order_id = s.order_id AND l.version = s.version
JOIN order_line_price p ON p.order_id = l.order_id AND p.version = l.version AND p.ordinal = l.ordinal
WHERE s.id = :id
GROUP BY l.sku, l.unit
ON CONFLICT (sku, month, order_month, unit)
DO UPDATE SET quantity_micros = product_month.quantity_micros + excluded.quantity_micros,
              last_day = max(coalesce(product_month.last_day, excluded.last_day), coalesce(excluded.last_day, product_month.last_day));

-- name: sale_line_insert
INSERT INTO sale_line (sale_id, ordinal, quantity_micros, list_minor, net_minor, tax_minor, cost_minor)
VALUES (:sale_id, :ordinal, :quantity_micros, :list_minor, :net_minor, :tax_minor, :cost_minor)
ON CONFLICT (sale_id, ordinal) -- a receipt may name a line more than once
DO UPDATE SET quantity_micros = sale_line.quantity_micros + excluded.quantity_micros,
              list_minor = sale_line.list_minor + excluded.list_minor, net_minor = sale_line.net_minor + excluded.net_minor,
              tax_minor = sale_line.tax_minor + excluded.tax_minor, cost_minor = sale_line.cost_minor + excluded.cost_minor;

-- name: sale_count_lines
INSERT INTO customer_sale (customer, currency, order_day, day, orders, net_minor)
SELECT s.customer, s.currency, s.order_day, s.day, 0,
       (SELECT coalesce(sum(l.net_minor), 0) FROM sale_line l WHERE l.sale_id = s.id)
FROM sale s WHERE s.id = :id
ON CONFLICT (customer, currency, order_day, day)
DO UPDATE SET net_minor = customer_sale.net_minor + excluded.net_minor;

-- name: sale_count_parts
INSERT INTO product_month (sku, unit, month, order_month, quantity_micros)
SELECT k.sku, k.unit,
       CAST(strftime('%Y', s.day * 86400, 'unixepoch') AS INTEGER) * 12 + CAST(strftime('%m', s.day * 86400, 'unixepoch') AS INTEGER) - 1,
       CAST(strftime('%Y', s.order_day * 86400, 'unixepoch') AS INTEGER) * 12 + CAST(strftime('%m', s.order_day * 86400, 'unixepoch') AS INTEGER) - 1,
       sum(l.quantity_micros)
FROM sale s
JOIN sale_line l ON l.sale_id = s.id
JOIN order_line k ON k.order_id = s.order_id AND k.version = s.version AND k.ordinal = l.ordinal
WHERE s.id = :id
GROUP BY k.sku, k.unit
ON CONFLICT (sku, month, order_month, unit)
DO UPDATE SET quantity_micros = product_month.quantity_micros + excluded.quantity_micros;

-- All that entries of a kind took off a version, once more (1), or back (-1), into another entry.
-- name: sale_carry
INSERT INTO sale_line (sale_id, ordinal, quantity_micros, list_minor, net_minor, tax_minor, cost_minor)
SELECT :sale_id, l.ordinal, :sign * sum(l.quantity_micros), :sign * sum(l.list_minor), :sign * sum(l.net_minor),
       :sign * sum(l.tax_minor), CASE WHEN count(l.cost_minor) = count(*) THEN :sign * sum(l.cost_minor) END
FROM sale s JOIN sale_line l ON l.sale_id = s.id
WHERE s.order_id = :order_id AND s.version = :version AND s.kind = :kind
GROUP BY l.ordinal;

-- name: sale_kinds_less
SELECT DISTINCT s.kind FROM sale s WHERE s.order_id = :order_id AND s.version = :version AND s.sign = 0 ORDER BY s.kind;

-- A line as it was priced, its list amount without tax, and how much of it was taken off by entries of a kind.  A unit of a
-- package of which a part is back counts there, too: what is left of it is told when it comes.
-- name: sale_priced
SELECT l.quantity_micros, p.net_minor + p.reduced_minor, p.net_minor, p.tax_minor, p.cost_minor,
       (SELECT -coalesce(sum(x.quantity_micros), 0) FROM sale s JOIN sale_line x ON x.sale_id = s.id
        WHERE s.order_id = l.order_id AND s.version = l.version AND s.kind = :kind AND x.ordinal = l.ordinal)
       + iif(:kind = 'returned', (SELECT count(*) * 1000000 FROM return_unit u
                                  WHERE u.order_id = l.order_id AND u.ordinal = l.ordinal AND u.is_sold AND NOT u.is_back), 0),
       (SELECT -coalesce(sum(x.quantity_micros), 0) FROM sale s JOIN sale_line x ON x.sale_id = s.id
        WHERE s.order_id = l.order_id AND s.version = l.version AND x.ordinal = l.ordinal)
       + (SELECT count(*) * 1000000 FROM return_unit u
          WHERE u.order_id = l.order_id AND u.ordinal = l.ordinal AND u.is_sold AND NOT u.is_back)
FROM order_line l
JOIN line_sold p ON p.order_id = l.order_id AND p.version = l.version AND p.ordinal = l.ordinal
WHERE l.order_id = :order_id AND l.version = :version AND l.ordinal = :ordinal;

-- name: sale_is_known
SELECT EXISTS (SELECT 1 FROM sale WHERE order_id = :order_id);

-- name: sale_version
SELECT version FROM orders WHERE id = :order_id;
