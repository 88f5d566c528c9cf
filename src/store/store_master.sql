-- name: master_version_insert
INSERT INTO master_version (master, number, interchange_id, rows)
SELECT :master, coalesce(max(number), 0) + 1, :interchange_id, 0 FROM master_version WHERE master = :master;

-- name: master_version_rows
UPDATE master_version SET rows = :rows WHERE id = :id;

-- name: master_version_row_count
SELECT rows FROM master_version WHERE id = :id;

-- name: master_version_of
SELECT id FROM master_version WHERE interchange_id = :interchange_id;

-- name: master_in_force
SELECT f.master, f.version_id, v.number FROM master_in_force f JOIN master_version v ON v.id = f.version_id;

-- name: master_put_in_force
INSERT INTO master_in_force (master, version_id) VALUES (:master, :version_id)
ON CONFLICT (master) DO UPDATE SET version_id = excluded.version_id;

-- name: master_version_in_force
UPDATE master_version SET in_force_ms = :in_force_ms WHERE id = :id;

-- name: master_version_discard
DELETE FROM master_version WHERE id = :id;

-- name: master_customer_insert
INSERT INTO customer (version_id, code, name, partner, customer_group, country, currency, email, tax_exemption, payment_terms,
                      deposit_micros, payment_days, delivery, class, line)
VALUES (:version_id, :code, :name, :partner, :customer_group, :country, :currency, :email, :tax_exemption, :payment_terms,
        :deposit_micros, :payment_days, :delivery, :class, :line)
ON CONFLICT DO NOTHING;

-- name: master_customer_discard
DELETE FROM customer WHERE version_id = :version_id;

-- name: master_product_insert
INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class, tax_rate_micros, minimum_micros,
                     multiple_micros, line)
VALUES (:version_id, :sku, :name, :name_zh, :category, :unit, :tax_class, :tax_rate_micros, :minimum_micros,
        :multiple_micros, :line)
ON CONFLICT DO NOTHING;

-- name: master_product_discard
DELETE FROM product WHERE version_id = :version_id;

-- name: master_option_insert
INSERT INTO product_option (version_id, sku, name, value, surcharge_micros, surcharge_percent_micros, excludes, needs,
                            minimum_micros, maximum_micros, unit, is_required, line)
VALUES (:version_id, :sku, :name, :value, :surcharge_micros, :surcharge_percent_micros, :excludes, :needs,
        :minimum_micros, :maximum_micros, :unit, :is_required, :line)
ON CONFLICT DO NOTHING;

-- name: master_option_discard
DELETE FROM product_option WHERE version_id = :version_id;

-- name: master_unit_insert
INSERT INTO product_unit (version_id, sku, unit, factor_micros, line)
VALUES (:version_id, :sku, :unit, :factor_micros, :line)
ON CONFLICT DO NOTHING;

-- name: master_unit_discard
DELETE FROM product_unit WHERE version_id = :version_id;

-- name: master_price_insert
INSERT INTO price (version_id, sku, scope, holder, currency, breaks, break_group, quantity_from_micros, valid_from,
                   valid_to, price_micros, includes_tax, formula, line)
VALUES (:version_id, :sku, :scope, :holder, :currency, :breaks, :break_group, :quantity_from_micros, :valid_from,
        :valid_to, :price_micros, :includes_tax, :formula, :line)
ON CONFLICT DO NOTHING;

-- name: master_price_discard
DELETE FROM price WHERE version_id = :version_id;

-- name: master_package_insert
INSERT INTO package (version_id, sku, part, quantity_micros, pricing, less_micros, line)
VALUES (:version_id, :sku, :part, :quantity_micros, :pricing, :less_micros, :line)
ON CONFLICT DO NOTHING;

-- name: master_package_discard
DELETE FROM package WHERE version_id = :version_id;

-- name: master_rate_insert
INSERT INTO exchange_rate (version_id, from_currency, to_currency, day, rate_micros, units, line)
VALUES (:version_id, :from_currency, :to_currency, :day, :rate_micros, :units, :line)
ON CONFLICT DO NOTHING;

-- name: master_rate_discard
DELETE FROM exchange_rate WHERE version_id = :version_id;

-- name: master_tax_insert
INSERT INTO tax_rate (version_id, tax_class, country, region, valid_from, valid_to, rate_micros, line)
VALUES (:version_id, :tax_class, :country, :region, :valid_from, :valid_to, :rate_micros, :line)
ON CONFLICT DO NOTHING;

-- name: master_tax_discard
DELETE FROM tax_rate WHERE version_id = :version_id;

-- name: master_promotion_insert
INSERT INTO promotion (version_id, code, name, name_zh, priority, mode, valid_from, valid_to, customers,
                       customer_groups, channels, currency, needs_coupon, never_with, level, skus, categories,
                       together, minimum_quantity_micros, minimum_amount_micros, threshold_base, repeats, action,
                       percent_micros, price_micros, amount_micros, buy, get, get_percent_micros, get_skus, pick,
                       grouping, free_units, given_as, out_of_stock, limit_order, limit_customer, limit_total,
                       budget_micros, line)
VALUES (:version_id, :code, :name, :name_zh, :priority, :mode, :valid_from, :valid_to, :customers, :customer_groups,
        :channels, :currency, :needs_coupon, :never_with, :level, :skus, :categories, :together,
        :minimum_quantity_micros, :minimum_amount_micros, :threshold_base, :repeats, :action, :percent_micros,
        :price_micros, :amount_micros, :buy, :get, :get_percent_micros, :get_skus, :pick, :grouping, :free_units,
        :given_as, :out_of_stock, :limit_order, :limit_customer, :limit_total, :budget_micros, :line)
ON CONFLICT DO NOTHING;

-- name: master_promotion_discard
DELETE FROM promotion WHERE version_id = :version_id;

-- name: master_coupon_insert
INSERT INTO coupon (version_id, code, promotion, valid_from, valid_to, customer, limit_total, limit_customer, line)
VALUES (:version_id, :code, :promotion, :valid_from, :valid_to, :customer, :limit_total, :limit_customer, :line)
ON CONFLICT DO NOTHING;

-- name: master_coupon_discard
DELETE FROM coupon WHERE version_id = :version_id;

-- name: master_stock_insert
INSERT INTO stock (version_id, sku, available_micros, line) VALUES (:version_id, :sku, :available_micros, :line)
ON CONFLICT DO NOTHING;

-- name: master_stock_discard
DELETE FROM stock WHERE version_id = :version_id;
-- name: master_cost_insert
INSERT INTO product_cost (version_id, sku, currency, cost_micros, floor_micros, margin_least_micros, valid_from, valid_to,
                          line)
VALUES (:version_id, :sku, :currency, :cost_micros, :floor_micros, :margin_least_micros, :valid_from, :valid_to, :line)
ON CONFLICT DO NOTHING;

-- name: master_cost_discard
DELETE FROM product_cost WHERE version_id = :version_id;

-- name: master_authority_insert
INSERT INTO price_authority (version_id, role, persons, partner, customer_group, below_micros, above_micros, below_floor,
                             line)
VALUES (:version_id, :role, :persons, :partner, :customer_group, :below_micros, :above_micros, :below_floor, :line)
ON CONFLICT DO NOTHING;

-- name: master_authority_discard
DELETE FROM price_authority WHERE version_id = :version_id;

-- name: master_case_insert
INSERT INTO price_case (version_id, name, case_line, customer, sku, quantity_micros, unit, price_day, currency, country,
                        options, coupons, expected_price_micros, expected_net_micros, line)
VALUES (:version_id, :name, :case_line, :customer, :sku, :quantity_micros, :unit, :price_day, :currency, :country,
        :options, :coupons, :expected_price_micros, :expected_net_micros, :line)
ON CONFLICT DO NOTHING;

-- name: master_case_discard
DELETE FROM price_case WHERE version_id = :version_id;

-- name: master_case_rows
SELECT name, case_line, customer, sku, quantity_micros, unit, price_day, currency, country, options, coupons,
       expected_price_micros, expected_net_micros, line
FROM price_case WHERE version_id = :version_id ORDER BY name, case_line;

-- What would be in force when all that waits were: the newest version that a file brought which is not judged yet, or
-- that waits for a person.
-- name: master_waiting
SELECT v.master, v.id, v.number FROM interchange AS i JOIN master_version AS v ON v.interchange_id = i.id
WHERE i.state = 'read' AND i.acceptance <> 'test' ORDER BY v.master, v.number;

-- name: master_held
SELECT v.master, v.id, v.number FROM master_hold AS h CROSS JOIN master_version AS v
WHERE h.verdict IS NULL AND v.interchange_id = h.interchange_id ORDER BY v.master, v.number;

-- name: master_approval_insert
INSERT INTO approval_matrix (version_id, type, currency, above_micros, up_to_micros, basis, same_day, customers,
                             customer_groups, channels, countries, categories, changed, manual_price,
                             lead_days_below, discount_above_micros, margin_below_micros, credit,
                             increase_above_micros, country_changed, step, approver, role, quorum, remind_hours,
                             escalate_hours, decide_hours, undecided, told, line)
VALUES (:version_id, :type, :currency, :above_micros, :up_to_micros, :basis, :same_day, :customers, :customer_groups,
        :channels, :countries, :categories, :changed, :manual_price, :lead_days_below, :discount_above_micros,
        :margin_below_micros, :credit, :increase_above_micros, :country_changed, :step, :approver, :role, :quorum,
        :remind_hours, :escalate_hours, :decide_hours, :undecided, :told, :line)
ON CONFLICT DO NOTHING;

-- name: master_approval_discard
DELETE FROM approval_matrix WHERE version_id = :version_id;

-- name: master_credit_insert
INSERT INTO credit_limit (version_id, customer, currency, limit_micros, unpaid_micros, overdue_micros,
                          overdue_max_micros, terms, line)
VALUES (:version_id, :customer, :currency, :limit_micros, :unpaid_micros, :overdue_micros, :overdue_max_micros, :terms,
        :line)
ON CONFLICT DO NOTHING;

-- name: master_credit_discard
DELETE FROM credit_limit WHERE version_id = :version_id;

-- name: master_credit_customers
SELECT customer, min(line) FROM credit_limit l
WHERE version_id = :version_id
  AND NOT EXISTS (SELECT 1 FROM customer c WHERE c.version_id = :customers AND c.code = l.customer)
GROUP BY customer ORDER BY 2;

-- name: master_customer
SELECT code, name, partner, customer_group, country, currency, email, tax_exemption, payment_terms, deposit_micros,
       payment_days, delivery, class
FROM customer
WHERE version_id = :version_id AND code = :code;

-- name: master_product
SELECT sku, name, name_zh, category, unit, tax_class, tax_rate_micros, minimum_micros, multiple_micros FROM product
WHERE version_id = :version_id AND sku = :sku;

-- name: master_options
SELECT sku, name, value, surcharge_micros, surcharge_percent_micros, excludes, needs, minimum_micros, maximum_micros,
       unit, is_required
FROM product_option
WHERE version_id = :version_id AND sku = :sku ORDER BY name, value;

-- name: master_units
SELECT sku, unit, factor_micros FROM product_unit WHERE version_id = :version_id AND sku = :sku ORDER BY unit;

-- name: master_prices
SELECT sku, scope, holder, currency, breaks, break_group, quantity_from_micros, valid_from, valid_to, price_micros,
       includes_tax, formula
FROM price WHERE version_id = :version_id AND sku = :sku AND currency = :currency AND scope = 'customer'
  AND holder = :customer
UNION ALL
SELECT sku, scope, holder, currency, breaks, break_group, quantity_from_micros, valid_from, valid_to, price_micros,
       includes_tax, formula
FROM price WHERE version_id = :version_id AND sku = :sku AND currency = :currency AND scope = 'group'
  AND holder = :customer_group
UNION ALL
SELECT sku, scope, holder, currency, breaks, break_group, quantity_from_micros, valid_from, valid_to, price_micros,
       includes_tax, formula
FROM price WHERE version_id = :version_id AND sku = :sku AND currency = :currency AND scope = 'channel'
  AND holder = :channel
UNION ALL
SELECT sku, scope, holder, currency, breaks, break_group, quantity_from_micros, valid_from, valid_to, price_micros,
       includes_tax, formula
FROM price WHERE version_id = :version_id AND sku = :sku AND currency = :currency AND scope = 'base';

-- name: master_rate
SELECT from_currency, to_currency, day, rate_micros, units FROM exchange_rate
WHERE version_id = :version_id AND from_currency = :from AND to_currency = :to AND day <= :day
ORDER BY day DESC LIMIT 1;

-- name: master_package
SELECT sku, part, quantity_micros, pricing, less_micros FROM package
WHERE version_id = :version_id AND sku = :sku ORDER BY part;

-- name: master_formulas
SELECT sku, scope, holder, currency, breaks, break_group, quantity_from_micros, valid_from, valid_to, price_micros,
       includes_tax, formula, line
FROM price WHERE version_id = :version_id AND formula <> ''
ORDER BY sku, currency, scope, holder, quantity_from_micros, valid_from;

-- name: master_price_rows
SELECT sku, scope, holder, currency, breaks, break_group, quantity_from_micros, valid_from, valid_to, price_micros,
       includes_tax, formula, line
FROM price WHERE version_id = :version_id
ORDER BY sku, currency, scope, holder, quantity_from_micros, valid_from;

-- name: master_ladder
SELECT sku, scope, holder, currency, breaks, break_group, quantity_from_micros, valid_from, valid_to, price_micros,
       includes_tax, formula
FROM price WHERE version_id = :version_id AND sku = :sku AND currency = :currency AND scope = :scope AND holder = :holder
ORDER BY quantity_from_micros, valid_from LIMIT :max;

-- name: master_option_spans
SELECT o.sku, coalesce(p.currency, ''), coalesce(min(p.price_micros), 0), coalesce(max(p.price_micros), 0), o.line
FROM (SELECT sku, min(line) AS line FROM product_option WHERE version_id = :version_id AND sku > :after
      GROUP BY sku ORDER BY sku LIMIT :count) AS o
LEFT JOIN price AS p ON p.version_id = :prices AND p.sku = o.sku AND p.formula = ''
GROUP BY o.sku, p.currency
ORDER BY o.sku, p.currency;

-- name: master_taxes
SELECT tax_class, country, region, valid_from, valid_to, rate_micros FROM tax_rate
WHERE version_id = :version_id AND tax_class = :tax_class ORDER BY country, region, valid_from;

-- name: master_taxes_overlapping
SELECT tax_class, line, before FROM (
    SELECT tax_class, line, valid_from, max(valid_to) OVER earlier AS before
    FROM tax_rate
    WHERE version_id = :version_id
    WINDOW earlier AS (PARTITION BY tax_class, country, region ORDER BY valid_from
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))
WHERE before >= valid_from
ORDER BY line;

-- Names that a list may mention, sorted bytewise.
-- name: master_skus
SELECT sku FROM product WHERE version_id = :version_id ORDER BY sku;

-- name: master_categories
SELECT DISTINCT category FROM product WHERE version_id = :version_id ORDER BY category;

-- name: master_customer_codes
SELECT code FROM customer WHERE version_id = :version_id ORDER BY code;

-- name: master_groups
SELECT DISTINCT customer_group FROM customer WHERE version_id = :version_id ORDER BY customer_group;
-- name: master_costs
SELECT sku, currency, cost_micros, floor_micros, margin_least_micros, valid_from, valid_to FROM product_cost
WHERE version_id = :version_id AND sku = :sku AND currency = :currency ORDER BY valid_from;

-- name: master_costs_unknown
SELECT sku, min(line) FROM product_cost o
WHERE version_id = :version_id
  AND NOT EXISTS (SELECT 1 FROM product p WHERE p.version_id = :products AND p.sku = o.sku)
GROUP BY sku ORDER BY 2;

-- name: master_costs_overlapping
SELECT sku, line, before FROM (
    SELECT sku, line, valid_from, max(valid_to) OVER earlier AS before
    FROM product_cost
    WHERE version_id = :version_id
    WINDOW earlier AS (PARTITION BY sku, currency ORDER BY valid_from
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))
WHERE before >= valid_from
ORDER BY line;

-- name: master_authorities
SELECT role, persons, partner, customer_group, below_micros, above_micros, below_floor FROM price_authority
WHERE version_id = :version_id ORDER BY role, partner, customer_group;

-- name: master_authority_partners
SELECT partner, min(line), count(*) FROM price_authority WHERE version_id = :version_id AND partner <> ''
GROUP BY partner ORDER BY 2;

-- name: master_approval_rules
SELECT type, currency, above_micros, up_to_micros, basis, same_day, customers, customer_groups, channels, countries,
       categories, changed, manual_price, lead_days_below, discount_above_micros, margin_below_micros, credit,
       increase_above_micros, country_changed, step, approver, role, quorum, remind_hours, escalate_hours,
       decide_hours, undecided, told, line
FROM approval_matrix WHERE version_id = :version_id AND type IN ('', :type)
ORDER BY step, type, currency, above_micros, line;

-- name: master_skus_from
SELECT sku FROM product WHERE version_id = :version_id AND sku >= :from AND sku < :to ORDER BY sku LIMIT :count;

-- name: master_customers_of
SELECT code FROM customer WHERE version_id = :version_id AND partner = :partner ORDER BY code LIMIT :count;

-- name: master_partners
SELECT partner, min(line), count(*) FROM customer WHERE version_id = :version_id GROUP BY partner ORDER BY 2;

-- name: master_approval_rules_all
SELECT type, currency, above_micros, up_to_micros, basis, same_day, customers, customer_groups, channels, countries,
       categories, changed, manual_price, lead_days_below, discount_above_micros, margin_below_micros, credit,
       increase_above_micros, country_changed, step, approver, role, quorum, remind_hours, escalate_hours,
       decide_hours, undecided, told, line
FROM approval_matrix WHERE version_id = :version_id ORDER BY line;

-- name: master_options_many
SELECT sku, min(line) FROM product_option WHERE version_id = :version_id GROUP BY sku HAVING count(*) > :rows_max ORDER BY 2;

-- name: master_units_many
SELECT sku, min(line) FROM product_unit WHERE version_id = :version_id GROUP BY sku HAVING count(*) > :rows_max ORDER BY 2;

-- name: master_prices_many
SELECT replace(sku || ' ' || scope || ' ' || holder || ' ' || currency, '  ', ' '), min(line) FROM price WHERE version_id = :version_id
GROUP BY sku, currency, scope, holder HAVING count(*) > :rows_max ORDER BY 2;

-- name: master_parts_many
SELECT sku, min(line) FROM package WHERE version_id = :version_id GROUP BY sku HAVING count(*) > :rows_max ORDER BY 2;

-- name: master_taxes_many
SELECT tax_class, min(line) FROM tax_rate WHERE version_id = :version_id GROUP BY tax_class HAVING count(*) > :rows_max
ORDER BY 2;

-- name: master_approvals_many
SELECT type, min(line) FROM approval_matrix WHERE version_id = :version_id GROUP BY type HAVING count(*) > :rows_max
ORDER BY 2;

-- name: master_costs_many
SELECT sku || ' ' || currency, min(line) FROM product_cost WHERE version_id = :version_id GROUP BY sku, currency
HAVING count(*) > :rows_max ORDER BY 2;

-- name: master_authorities_many
SELECT min(role), min(line) FROM price_authority WHERE version_id = :version_id HAVING count(*) > :rows_max;

-- name: master_options_unknown
SELECT sku, min(line) FROM product_option o
WHERE version_id = :version_id
  AND NOT EXISTS (SELECT 1 FROM product p WHERE p.version_id = :products AND p.sku = o.sku)
GROUP BY sku ORDER BY 2;

-- name: master_options_mixed
SELECT sku || ' ' || name, min(line) FROM product_option
WHERE version_id = :version_id
GROUP BY sku, name HAVING count(*) > 1 AND count(*) FILTER (WHERE value = '*') > 0 ORDER BY 2;

-- name: master_units_unknown
SELECT sku, min(line) FROM product_unit o
WHERE version_id = :version_id
  AND NOT EXISTS (SELECT 1 FROM product p WHERE p.version_id = :products AND p.sku = o.sku)
GROUP BY sku ORDER BY 2;

-- name: master_prices_unknown
SELECT sku, min(line) FROM price o
WHERE version_id = :version_id
  AND NOT EXISTS (SELECT 1 FROM product p WHERE p.version_id = :products AND p.sku = o.sku)
GROUP BY sku ORDER BY 2;

-- name: master_packages_unknown
SELECT sku, min(line) FROM package o
WHERE version_id = :version_id
  AND NOT EXISTS (SELECT 1 FROM product p WHERE p.version_id = :products AND p.sku = o.sku)
GROUP BY sku ORDER BY 2;

-- name: master_package_parts_unknown
SELECT part, min(line) FROM package o
WHERE version_id = :version_id
  AND NOT EXISTS (SELECT 1 FROM product p WHERE p.version_id = :products AND p.sku = o.part)
GROUP BY part ORDER BY 2;

-- name: master_packages_nested
SELECT part, min(line) FROM package o
WHERE version_id = :version_id
  AND EXISTS (SELECT 1 FROM package p WHERE p.version_id = o.version_id AND p.sku = o.part)
GROUP BY part ORDER BY 2;

-- name: master_packages_at_odds
SELECT sku, min(line) FROM package
WHERE version_id = :version_id
GROUP BY sku
HAVING count(DISTINCT nullif(pricing, '')) <> 1 OR count(DISTINCT nullif(less_micros, 0)) > 1
    OR (max(pricing) = 'fixed' AND max(less_micros) > 0)
ORDER BY 2;

-- name: master_packages_unpriced
SELECT part, min(line) FROM package o
WHERE version_id = :version_id AND NOT EXISTS (SELECT 1 FROM price p WHERE p.version_id = :prices AND p.sku = o.part)
GROUP BY part
UNION ALL
SELECT sku, min(line) FROM package o
WHERE version_id = :version_id AND pricing = 'fixed'
  AND NOT EXISTS (SELECT 1 FROM price p WHERE p.version_id = :prices AND p.sku = o.sku)
GROUP BY sku ORDER BY 2;

-- name: master_holders_unknown
SELECT holder, min(line) FROM price o
WHERE version_id = :version_id AND scope = 'customer'
  AND NOT EXISTS (SELECT 1 FROM customer c WHERE c.version_id = :customers AND c.code = o.holder)
GROUP BY holder ORDER BY 2;

-- name: master_coupons_of_none
SELECT promotion, min(line) FROM coupon c
WHERE version_id = :version_id
  AND NOT EXISTS (SELECT 1 FROM promotion p WHERE p.version_id = :promotions AND p.code = c.promotion)
GROUP BY promotion ORDER BY 2;

-- name: master_coupon_customers
SELECT customer, min(line) FROM coupon o
WHERE version_id = :version_id AND customer <> ''
  AND NOT EXISTS (SELECT 1 FROM customer c WHERE c.version_id = :customers AND c.code = o.customer)
GROUP BY customer ORDER BY 2;

-- name: master_stock_unknown
SELECT sku, min(line) FROM stock o
WHERE version_id = :version_id
  AND NOT EXISTS (SELECT 1 FROM product p WHERE p.version_id = :products AND p.sku = o.sku)
GROUP BY sku ORDER BY 2;

-- name: master_groups_unknown
SELECT holder, min(line) FROM price
WHERE version_id = :version_id AND scope = 'group'
  AND holder NOT IN (SELECT customer_group FROM customer WHERE version_id = :customers)
GROUP BY holder ORDER BY 2;

-- name: master_channels
SELECT holder, min(line) FROM price WHERE version_id = :version_id AND scope = 'channel' GROUP BY holder ORDER BY 2;

-- A price of a group that has customers, each of whom has a price of its own that holds wherever this one does.
-- name: master_prices_shadowed
SELECT g.sku || ', group ' || g.holder || ', ' || g.currency, g.line FROM price AS g
WHERE g.version_id = :version_id AND g.scope = 'group'
  AND EXISTS (SELECT 1 FROM price AS p
              WHERE p.version_id = g.version_id AND p.sku = g.sku AND p.currency = g.currency AND p.scope = 'customer')
  AND EXISTS (SELECT 1 FROM customer AS c WHERE c.version_id = :customers AND c.customer_group = g.holder)
  AND NOT EXISTS (
      SELECT 1 FROM customer AS c
      WHERE c.version_id = :customers AND c.customer_group = g.holder AND NOT EXISTS (
          SELECT 1 FROM price AS p
          WHERE p.version_id = g.version_id AND p.sku = g.sku AND p.currency = g.currency AND p.scope = 'customer'
            AND p.holder = c.code AND p.quantity_from_micros <= g.quantity_from_micros
            AND p.valid_from <= g.valid_from AND p.valid_to >= g.valid_to AND g.break_group IN ('', p.break_group)))
ORDER BY g.line;

-- name: master_prices_overlapping
SELECT sku, line, before FROM (
    SELECT sku, line, valid_from,
           max(valid_to) OVER earlier AS before
    FROM price
    WHERE version_id = :version_id
    WINDOW earlier AS (PARTITION BY sku, currency, scope, holder, quantity_from_micros ORDER BY valid_from
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))
WHERE before >= valid_from
ORDER BY line;

-- name: master_calendar_insert
INSERT INTO calendar_day (version_id, day, kind, name, line) VALUES (:version_id, :day, :kind, :name, :line)
ON CONFLICT DO NOTHING;

-- name: master_calendar_discard
DELETE FROM calendar_day WHERE version_id = :version_id;

-- name: master_calendar
SELECT day, kind, name, line FROM calendar_day WHERE version_id = :version_id ORDER BY day;

-- name: master_calendar_many
SELECT 'calendar', min(line) FROM calendar_day WHERE version_id = :version_id HAVING count(*) > :rows_max;

-- name: master_delegation_insert
INSERT INTO delegation (version_id, person, delegate, valid_from, valid_to, reason, line)
VALUES (:version_id, :person, :delegate, :valid_from, :valid_to, :reason, :line)
ON CONFLICT DO NOTHING;

-- name: master_delegation_discard
DELETE FROM delegation WHERE version_id = :version_id;

-- name: master_delegations
SELECT person, delegate, valid_from, valid_to, reason, line FROM delegation WHERE version_id = :version_id
ORDER BY person, valid_from;

-- name: master_approver_insert
INSERT INTO approver (version_id, person, name, user, roles, superior, currency, above_micros, up_to_micros, order_types,
                      customers, customer_groups, discount_up_to_micros, email, line)
VALUES (:version_id, :person, :name, :user, :roles, :superior, :currency, :above_micros, :up_to_micros, :order_types,
        :customers, :customer_groups, :discount_up_to_micros, :email, :line)
ON CONFLICT DO NOTHING;

-- name: master_approver_discard
DELETE FROM approver WHERE version_id = :version_id;

-- name: master_approver_list
SELECT person, name, user, roles, superior, currency, above_micros, up_to_micros, order_types, customers, customer_groups,
       discount_up_to_micros, email, line
FROM approver WHERE version_id = :version_id ORDER BY person;

-- name: master_approver_list_many
SELECT 'approvers', min(line) FROM approver WHERE version_id = :version_id HAVING count(*) > :rows_max;

-- name: master_delegations_many
SELECT 'delegations', min(line) FROM delegation WHERE version_id = :version_id HAVING count(*) > :rows_max;

-- name: master_carrier_code_insert
INSERT INTO carrier_code (version_id, carrier, code, state, label_en, label_zh, cause, is_final, line)
VALUES (:version_id, :carrier, :code, :state, :label_en, :label_zh, :cause, :is_final, :line)
ON CONFLICT (version_id, carrier, code) DO NOTHING;

-- name: master_carrier_code_discard
DELETE FROM carrier_code WHERE version_id = :version_id;

-- name: master_carrier_code_carriers
SELECT carrier, min(line) FROM carrier_code WHERE version_id = :version_id AND carrier <> '' GROUP BY carrier ORDER BY 2;

-- name: master_place_insert
INSERT INTO place (version_id, name, country, aliases, latitude_micros, longitude_micros, line)
VALUES (:version_id, :name, :country, :aliases, :latitude_micros, :longitude_micros, :line)
ON CONFLICT (version_id, name, country) DO NOTHING;

-- name: master_place_discard
DELETE FROM place WHERE version_id = :version_id;

-- name: master_return_insert
INSERT INTO return_policy (version_id, clause, rank, reasons, kinds, categories, skus, customer_groups, window_days, verdict, when_new, when_opened,
                           when_damaged, when_wrong_item, fee_new, fee_opened, fee_damaged, currency, freight, refund, exchange, gifts,
                           line)
VALUES (:version_id, :clause, :rank, :reasons, :kinds, :categories, :skus, :customer_groups, :window_days, :verdict, :when_new, :when_opened,
        :when_damaged, :when_wrong_item, :fee_new, :fee_opened, :fee_damaged, :currency, :freight, :refund, :exchange, :gifts,
        :line)
ON CONFLICT DO NOTHING;

-- name: master_return_discard
DELETE FROM return_policy WHERE version_id = :version_id;

-- name: master_returns
SELECT clause, rank, reasons, kinds, categories, skus, customer_groups, window_days, verdict, when_new, when_opened,
       when_damaged, when_wrong_item, fee_new, fee_opened, fee_damaged, currency, freight, refund, exchange, gifts, line
FROM return_policy WHERE version_id = :version_id ORDER BY rank, clause;

-- name: master_returns_many
SELECT 'return-policy', min(line) FROM return_policy WHERE version_id = :version_id HAVING count(*) > :rows_max;

-- name: master_modification_insert
INSERT INTO modification_rule (version_id, change, state, customer_group, way, price_basis, promotions, approval, line)
VALUES (:version_id, :change, :state, :customer_group, :way, :price_basis, :promotions, :approval, :line)
ON CONFLICT DO NOTHING;

-- name: master_modification_discard
DELETE FROM modification_rule WHERE version_id = :version_id;

-- name: master_modifications
SELECT change, state, customer_group, way, price_basis, promotions, approval, line FROM modification_rule
WHERE version_id = :version_id ORDER BY line, change, state, customer_group;

-- name: master_modification_groups
SELECT customer_group, min(line) FROM modification_rule AS r
WHERE version_id = :version_id AND customer_group <> ''
  AND NOT EXISTS (SELECT 1 FROM customer AS c WHERE c.version_id = :customers AND c.customer_group = r.customer_group)
GROUP BY customer_group ORDER BY 2;

-- name: master_modifications_many
SELECT 'modification-rules', min(line) FROM modification_rule WHERE version_id = :version_id HAVING count(*) > :rows_max;
