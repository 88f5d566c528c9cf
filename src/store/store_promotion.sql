-- All of them: a table that is looked into for each order is kept whole.
-- name: promotion_rows
SELECT code, name, name_zh, priority, mode, valid_from, valid_to, customers, customer_groups, channels, currency,
       needs_coupon, never_with, level, skus, categories, together, minimum_quantity_micros, minimum_amount_micros,
       threshold_base, repeats, action, percent_micros, price_micros, amount_micros, buy, get, get_percent_micros,
       get_skus, pick, grouping, free_units, given_as, out_of_stock, limit_order, limit_customer, limit_total,
       budget_micros, line
FROM promotion WHERE version_id = :version_id ORDER BY code;

-- name: promotion_size
SELECT count(*), coalesce(sum(length(code) + length(name) + length(name_zh) + length(customers) + length(customer_groups)
                              + length(channels) + length(never_with) + length(skus) + length(categories)
                              + length(get_skus)), 0)
FROM promotion WHERE version_id = :version_id;

-- name: promotion_coupon
SELECT code, promotion, valid_from, valid_to, customer, limit_total, limit_customer FROM coupon
WHERE version_id = :version_id AND code = :code;

-- name: promotion_stock
SELECT s.available_micros - coalesce(g.given_micros, 0) FROM stock s
LEFT JOIN stock_given g ON g.version_id = s.version_id AND g.sku = s.sku
WHERE s.version_id = :version_id AND s.sku = :sku;

-- name: promotion_usage
SELECT uses, spent_minor FROM promotion_total WHERE kind = :kind AND code = :code AND customer = :customer;

-- name: promotion_use_insert
INSERT INTO promotion_use (order_id, version, promotion, coupon, customer, uses, reduction_minor, spent_minor, is_released)
VALUES (:order_id, :version, :promotion, :coupon, :customer, :uses, :reduction_minor, :spent_minor, 0);

-- name: promotion_uses
SELECT promotion, coupon, customer, uses, spent_minor FROM promotion_use
WHERE order_id = :order_id AND version = :version AND is_released = 0;

-- name: promotion_total_add
INSERT INTO promotion_total (kind, code, customer, uses, spent_minor)
VALUES (:kind, :code, :customer, :uses, :spent_minor)
ON CONFLICT (kind, code, customer)
DO UPDATE SET uses = promotion_total.uses + excluded.uses,
              spent_minor = promotion_total.spent_minor + excluded.spent_minor;

-- name: promotion_uses_release
UPDATE promotion_use SET is_released = 1 WHERE order_id = :order_id AND version = :version AND is_released = 0;

-- name: promotion_use_release
UPDATE promotion_use SET is_released = 1
WHERE order_id = :order_id AND version = :version AND promotion = :promotion AND is_released = 0;

-- name: promotion_free_insert
INSERT INTO order_free_line (order_id, version, ordinal, number, order_line, promotion, sku, quantity_micros, unit,
                             owed_micros, stock_version)
VALUES (:order_id, :version, :ordinal, :number, :order_line, :promotion, :sku, :quantity_micros, :unit,
        :owed_micros, :stock_version);

-- name: promotion_free_lines
SELECT sku, quantity_micros - owed_micros, stock_version FROM order_free_line
WHERE order_id = :order_id AND version = :version;

-- Goods count against the stock that they were taken from, as long as that is in force.
-- name: promotion_stock_give
INSERT INTO stock_given (version_id, sku, given_micros)
SELECT f.version_id, :sku, :given_micros FROM master_in_force f JOIN master_version v ON v.id = f.version_id
WHERE f.master = 'stock' AND v.number = :stock_version
ON CONFLICT (version_id, sku) DO UPDATE SET given_micros = stock_given.given_micros + excluded.given_micros;

-- name: promotion_reduction_insert
INSERT INTO order_line_reduction (order_id, version, ordinal, sequence, promotion, reduction_minor)
VALUES (:order_id, :version, :ordinal, :sequence, :promotion, :reduction_minor);
