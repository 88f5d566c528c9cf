-- name: amend_reductions
SELECT coalesce(max(sequence), 0) FROM order_line_reduction WHERE order_id = :order_id AND version = :version;

-- name: amend_free_lines
SELECT coalesce(max(ordinal), 0) FROM order_free_line WHERE order_id = :order_id AND version = :version;

-- name: amend_shipments
SELECT s.id FROM shipment AS s LEFT JOIN parcel AS p ON p.shipment_id = s.id
WHERE s.order_id = :order_id AND p.delivered_ms IS NULL ORDER BY s.id;

-- name: amend_includes_tax
SELECT includes_tax FROM order_price WHERE order_id = :order_id AND version = :version;

-- name: amend_carry_price
INSERT INTO order_price (order_id, version, customer, customer_group, currency, net_minor, tax_minor, gross_minor, freight_minor,
                         includes_tax, cost_minor, day, customers_version, products_version, prices_version, promotions_version,
                         payment_terms, deposit_micros, payment_days)
SELECT order_id, version + 1, customer, customer_group, currency, net_minor + :net_minor, tax_minor + :tax_minor,
       gross_minor + :gross_minor, freight_minor, includes_tax, cost_minor + :cost_minor, day, customers_version, products_version,
       prices_version, promotions_version, payment_terms, deposit_micros, payment_days
FROM order_price WHERE order_id = :order_id AND version = :version;

-- What joins it is told among its lines, in their order.
-- name: amend_carry_trace
INSERT INTO order_price_trace (order_id, version, trace)
SELECT order_id, version + 1,
       json_set(trace, '$.lines', (
           SELECT json_group_array(json(t.value))
           FROM (SELECT value FROM json_each(order_price_trace.trace, '$.lines')
                 UNION ALL SELECT value FROM json_each(:trace, '$.lines')) AS t))
FROM order_price_trace WHERE order_id = :order_id AND version = :version;

-- name: amend_carry_line_prices
INSERT INTO order_line_price (order_id, version, ordinal, price_micros, list_minor, discount_minor, list_exact_micros,
                              exact_micros, is_as_expected, net_minor, tax_rate_micros,
                              tax_minor, rules_price_micros, deviation_micros, allowed_micros, cost_minor, least_minor,
                              is_below_floor)
SELECT order_id, version + 1, ordinal, price_micros, list_minor, discount_minor, list_exact_micros, exact_micros,
       is_as_expected, net_minor, tax_rate_micros, tax_minor,
       rules_price_micros, deviation_micros, allowed_micros, cost_minor, least_minor, is_below_floor
FROM order_line_price WHERE order_id = :order_id AND version = :version;

-- name: amend_carry_freight
INSERT INTO order_freight (order_id, version, part, tax_rate_micros, net_minor, tax_minor)
SELECT order_id, version + 1, part, tax_rate_micros, net_minor, tax_minor
FROM order_freight WHERE order_id = :order_id AND version = :version;

-- name: amend_carry_parts
INSERT INTO order_line_part (order_id, version, ordinal, part, sku, quantity_micros, unit, list_minor, net_minor)
SELECT order_id, version + 1, ordinal, part, sku, quantity_micros, unit, list_minor, net_minor
FROM order_line_part WHERE order_id = :order_id AND version = :version;

-- name: amend_carry_reductions
INSERT INTO order_line_reduction (order_id, version, ordinal, sequence, promotion, reduction_minor)
SELECT order_id, version + 1, ordinal, sequence, promotion, reduction_minor
FROM order_line_reduction WHERE order_id = :order_id AND version = :version;

-- name: amend_carry_free_lines
INSERT INTO order_free_line (order_id, version, ordinal, number, order_line, promotion, sku, quantity_micros, unit, owed_micros,
                             stock_version)
SELECT order_id, version + 1, ordinal, number, order_line, promotion, sku, quantity_micros, unit, owed_micros, stock_version
FROM order_free_line WHERE order_id = :order_id AND version = :version;

-- name: amend_carry_cancelled
INSERT INTO order_cancelled (order_id, version, ordinal, quantity_micros, net_minor, tax_minor, counted_micros)
SELECT order_id, version + 1, ordinal, quantity_micros, net_minor, tax_minor, counted_micros
FROM order_cancelled WHERE order_id = :order_id AND version = :version;

-- What the version before used of promotions is used by this one, with what the lines that join it used.  The sums of all
-- orders know of both already.
-- name: amend_carry_uses
INSERT INTO promotion_use (order_id, version, promotion, coupon, customer, uses, reduction_minor, spent_minor, is_released)
SELECT order_id, version + 1, promotion, coupon, customer, uses, reduction_minor, spent_minor, 0
FROM promotion_use WHERE order_id = :order_id AND version = :version AND is_released = 0
ON CONFLICT (order_id, version, promotion)
DO UPDATE SET coupon = excluded.coupon, uses = promotion_use.uses + excluded.uses,
              reduction_minor = promotion_use.reduction_minor + excluded.reduction_minor,
              spent_minor = promotion_use.spent_minor + excluded.spent_minor;

-- name: amend_end_uses
UPDATE promotion_use SET is_released = 1 WHERE order_id = :order_id AND version = :version;

-- name: amend_move_stock
UPDATE order_stock SET version = version + 1 WHERE order_id = :order_id AND version = :version;

-- Lines keep their ordinals: what plants make, and what somebody was asked to stop, is of this version from now on.
-- name: amend_move_productions
UPDATE production SET version = version + 1 WHERE order_id = :order_id AND version = :version;

-- name: amend_move_notices
UPDATE stop_notice SET version = version + 1 WHERE order_id = :order_id AND version = :version AND state = 'asked';
