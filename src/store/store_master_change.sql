-- What a version changes against another: how many rows both have, how many of them alike, how many names (the first
-- column of the key) the other has, how many of those are gone, and the first of these.

-- name: master_customers_changed
WITH old AS (SELECT DISTINCT code AS name FROM customer WHERE version_id = :old),
     gone AS (SELECT name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM customer n WHERE n.version_id = :new AND n.code = old.name))
SELECT count(*), count(*) FILTER (WHERE (n.name, n.partner, n.customer_group, n.country, n.currency, n.email,
                                   n.tax_exemption, n.payment_terms, n.deposit_micros, n.payment_days, n.delivery,
                                   n.class)
                                  = (o.name, o.partner, o.customer_group, o.country, o.currency, o.email,
                                     o.tax_exemption, o.payment_terms, o.deposit_micros, o.payment_days, o.delivery,
                                     o.class)),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM customer n
JOIN customer o ON o.version_id = :old AND o.code = n.code
WHERE n.version_id = :new;

-- name: master_products_changed
WITH old AS (SELECT DISTINCT sku AS name FROM product WHERE version_id = :old),
     gone AS (SELECT name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM product n WHERE n.version_id = :new AND n.sku = old.name))
SELECT count(*), count(*) FILTER (
    WHERE (n.name, n.name_zh, n.category, n.unit, n.tax_class, n.tax_rate_micros, n.minimum_micros, n.multiple_micros)
        = (o.name, o.name_zh, o.category, o.unit, o.tax_class, o.tax_rate_micros, o.minimum_micros, o.multiple_micros)),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM product n
JOIN product o ON o.version_id = :old AND o.sku = n.sku
WHERE n.version_id = :new;

-- name: master_options_changed
WITH old AS (SELECT DISTINCT sku AS name FROM product_option WHERE version_id = :old),
     gone AS (SELECT name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM product_option n WHERE n.version_id = :new AND n.sku = old.name))
SELECT count(*), count(*) FILTER (WHERE (n.surcharge_micros, n.surcharge_percent_micros, n.excludes, n.needs,
                                   coalesce(n.minimum_micros, 9223372036854775807),
                                   coalesce(n.maximum_micros, 9223372036854775807), n.unit, n.is_required)
                                  = (o.surcharge_micros, o.surcharge_percent_micros, o.excludes, o.needs,
                                     coalesce(o.minimum_micros, 9223372036854775807),
                                     coalesce(o.maximum_micros, 9223372036854775807), o.unit, o.is_required)),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM product_option n
JOIN product_option o ON o.version_id = :old AND o.sku = n.sku AND o.name = n.name AND o.value = n.value
WHERE n.version_id = :new;

-- name: master_units_changed
WITH old AS (SELECT DISTINCT sku AS name FROM product_unit WHERE version_id = :old),
     gone AS (SELECT name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM product_unit n WHERE n.version_id = :new AND n.sku = old.name))
SELECT count(*), count(*) FILTER (WHERE n.factor_micros
                                  = o.factor_micros),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM product_unit n
JOIN product_unit o ON o.version_id = :old AND o.sku = n.sku AND o.unit = n.unit
WHERE n.version_id = :new;

-- name: master_prices_changed
WITH old AS (SELECT DISTINCT sku AS name FROM price WHERE version_id = :old),
     gone AS (SELECT name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM price n WHERE n.version_id = :new AND n.sku = old.name))
SELECT count(*), count(*) FILTER (WHERE (n.breaks, n.break_group, n.valid_to, coalesce(n.price_micros, -1), n.includes_tax,
                                   n.formula)
                                  = (o.breaks, o.break_group, o.valid_to, coalesce(o.price_micros, -1), o.includes_tax,
                                     o.formula)),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM price n
JOIN price o ON o.version_id = :old AND o.sku = n.sku AND o.currency = n.currency AND o.scope = n.scope AND o.holder =
    n.holder AND o.quantity_from_micros = n.quantity_from_micros AND o.valid_from = n.valid_from
WHERE n.version_id = :new;

-- name: master_packages_changed
WITH old AS (SELECT DISTINCT sku AS name FROM package WHERE version_id = :old),
     gone AS (SELECT name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM package n WHERE n.version_id = :new AND n.sku = old.name))
SELECT count(*), count(*) FILTER (WHERE (n.quantity_micros, n.pricing, n.less_micros)
                                  = (o.quantity_micros, o.pricing, o.less_micros)),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM package n
JOIN package o ON o.version_id = :old AND o.sku = n.sku AND o.part = n.part
WHERE n.version_id = :new;

-- name: master_rates_changed
WITH old AS (SELECT DISTINCT from_currency || ' ' || to_currency AS name FROM exchange_rate WHERE version_id = :old),
     gone AS (SELECT name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM exchange_rate n WHERE n.version_id = :new AND n.from_currency || ' ' || n.to_currency = old.name))
SELECT count(*), count(*) FILTER (WHERE (n.rate_micros, n.units) = (o.rate_micros, o.units)),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM exchange_rate n
JOIN exchange_rate o ON o.version_id = :old AND o.from_currency = n.from_currency AND o.to_currency = n.to_currency AND
    o.day = n.day
WHERE n.version_id = :new;

-- name: master_taxes_changed
WITH old AS (SELECT DISTINCT tax_class AS name FROM tax_rate WHERE version_id = :old),
     gone AS (SELECT name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM tax_rate n WHERE n.version_id = :new AND n.tax_class = old.name))
SELECT count(*), count(*) FILTER (WHERE (n.valid_to, n.rate_micros) = (o.valid_to, o.rate_micros)),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM tax_rate n
JOIN tax_rate o ON o.version_id = :old AND o.tax_class = n.tax_class AND o.country = n.country AND o.region = n.region AND
    o.valid_from = n.valid_from
WHERE n.version_id = :new;

-- name: master_promotions_changed
WITH old AS (SELECT DISTINCT code AS name FROM promotion WHERE version_id = :old),
     gone AS (SELECT name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM promotion n WHERE n.version_id = :new AND n.code = old.name))
SELECT count(*), count(*) FILTER (
    WHERE (n.name, n.name_zh, n.priority, n.mode, n.valid_from, n.valid_to, n.customers, n.customer_groups,
              n.channels, n.currency, n.needs_coupon, n.never_with, n.level, n.skus, n.categories, n.together,
              n.minimum_quantity_micros, n.minimum_amount_micros, n.threshold_base, n.repeats, n.action,
              n.percent_micros, n.price_micros, n.amount_micros, n.buy, n.get, n.get_percent_micros, n.get_skus,
              n.pick, n.grouping, n.free_units, n.given_as, n.out_of_stock, n.limit_order, n.limit_customer,
              n.limit_total, n.budget_micros)
        = (o.name, o.name_zh, o.priority, o.mode, o.valid_from, o.valid_to, o.customers, o.customer_groups,
           o.channels, o.currency, o.needs_coupon, o.never_with, o.level, o.skus, o.categories, o.together,
           o.minimum_quantity_micros, o.minimum_amount_micros, o.threshold_base, o.repeats, o.action,
           o.percent_micros, o.price_micros, o.amount_micros, o.buy, o.get, o.get_percent_micros, o.get_skus, o.pick,
           o.grouping, o.free_units, o.given_as, o.out_of_stock, o.limit_order, o.limit_customer, o.limit_total,
           o.budget_micros)),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM promotion n
JOIN promotion o ON o.version_id = :old AND o.code = n.code
WHERE n.version_id = :new;

-- name: master_coupons_changed
WITH old AS (SELECT DISTINCT code AS name FROM coupon WHERE version_id = :old),
     gone AS (SELECT name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM coupon n WHERE n.version_id = :new AND n.code = old.name))
SELECT count(*), count(*) FILTER (
    WHERE (n.promotion, n.valid_from, n.valid_to, n.customer, n.limit_total, n.limit_customer)
        = (o.promotion, o.valid_from, o.valid_to, o.customer, o.limit_total, o.limit_customer)),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM coupon n
JOIN coupon o ON o.version_id = :old AND o.code = n.code
WHERE n.version_id = :new;

-- name: master_stock_changed
WITH old AS (SELECT DISTINCT sku AS name FROM stock WHERE version_id = :old),
     gone AS (SELECT name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM stock n WHERE n.version_id = :new AND n.sku = old.name))
SELECT count(*), count(*) FILTER (WHERE n.available_micros = o.available_micros),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM stock n
JOIN stock o ON o.version_id = :old AND o.sku = n.sku
WHERE n.version_id = :new;

-- name: master_costs_changed
WITH old AS (SELECT DISTINCT sku AS name FROM product_cost WHERE version_id = :old),
     gone AS (SELECT name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM product_cost n WHERE n.version_id = :new AND n.sku = old.name))
SELECT count(*), count(*) FILTER (WHERE (n.cost_micros, n.floor_micros, n.margin_least_micros, n.valid_to)
                                  = (o.cost_micros, o.floor_micros, o.margin_least_micros, o.valid_to)),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM product_cost n
JOIN product_cost o ON o.version_id = :old AND o.sku = n.sku AND o.currency = n.currency AND o.valid_from = n.valid_from
WHERE n.version_id = :new;

-- name: master_authorities_changed
WITH old AS (SELECT DISTINCT role AS name FROM price_authority WHERE version_id = :old),
     gone AS (SELECT name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM price_authority n WHERE n.version_id = :new AND n.role = old.name))
SELECT count(*), count(*) FILTER (WHERE (n.persons, n.below_micros, n.above_micros, n.below_floor)
                                  = (o.persons, o.below_micros, o.above_micros, o.below_floor)),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM price_authority n
JOIN price_authority o ON o.version_id = :old AND o.role = n.role AND o.partner = n.partner AND
    o.customer_group = n.customer_group
WHERE n.version_id = :new;

-- name: master_cases_changed
WITH old AS (SELECT DISTINCT name FROM price_case WHERE version_id = :old),
     gone AS (SELECT name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM price_case n WHERE n.version_id = :new AND n.name = old.name))
SELECT count(*), count(*) FILTER (
    WHERE (n.customer, n.sku, n.quantity_micros, n.unit, n.price_day, n.currency, n.country, n.options, n.coupons,
           n.expected_price_micros, n.expected_net_micros)
        = (o.customer, o.sku, o.quantity_micros, o.unit, o.price_day, o.currency, o.country, o.options, o.coupons,
           o.expected_price_micros, o.expected_net_micros)),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM price_case n
JOIN price_case o ON o.version_id = :old AND o.name = n.name AND o.case_line = n.case_line
WHERE n.version_id = :new;

-- name: master_approvals_changed
WITH old AS (SELECT DISTINCT approver AS name FROM approval_matrix WHERE version_id = :old),
     gone AS (SELECT name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM approval_matrix n WHERE n.version_id = :new AND n.approver = old.name))
SELECT count(*), count(*) FILTER (WHERE (n.approver, n.role, n.quorum, n.remind_hours, n.escalate_hours, n.decide_hours,
                                         n.undecided, n.told)
                                  = (o.approver, o.role, o.quorum, o.remind_hours, o.escalate_hours, o.decide_hours,
                                     o.undecided, o.told)),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM approval_matrix n
JOIN approval_matrix o
    ON o.version_id = :old
   AND (o.type, o.currency, o.above_micros, o.up_to_micros, o.basis, o.same_day, o.customers, o.customer_groups, o.channels,
        o.countries, o.categories, o.changed, o.manual_price, o.lead_days_below, o.discount_above_micros,
        o.margin_below_micros, o.credit, o.increase_above_micros, o.country_changed, o.step)
     = (n.type, n.currency, n.above_micros, n.up_to_micros, n.basis, n.same_day, n.customers, n.customer_groups, n.channels,
        n.countries, n.categories, n.changed, n.manual_price, n.lead_days_below, n.discount_above_micros,
        n.margin_below_micros, n.credit, n.increase_above_micros, n.country_changed, n.step)
WHERE n.version_id = :new;

-- name: master_approvers_changed
WITH old AS (SELECT person AS name FROM approver WHERE version_id = :old),
     gone AS (SELECT name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM approver n WHERE n.version_id = :new AND n.person = old.name))
SELECT count(*), count(*) FILTER (WHERE (n.name, n.user, n.roles, n.superior, n.currency, n.above_micros, n.up_to_micros,
                                         n.order_types, n.customers, n.customer_groups, n.discount_up_to_micros, n.email)
                                  = (o.name, o.user, o.roles, o.superior, o.currency, o.above_micros, o.up_to_micros,
                                     o.order_types, o.customers, o.customer_groups, o.discount_up_to_micros, o.email)),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM approver n
JOIN approver o ON o.version_id = :old AND o.person = n.person
WHERE n.version_id = :new;

-- Days before the first that the new calendar names have passed: it may leave them out.
-- name: master_calendar_changed
WITH old AS (SELECT day AS name FROM calendar_day
             WHERE version_id = :old AND day >= (SELECT min(day) FROM calendar_day WHERE version_id = :new)),
     gone AS (SELECT name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM calendar_day n WHERE n.version_id = :new AND n.day = old.name))
SELECT count(*), count(*) FILTER (WHERE (n.kind, n.name) = (o.kind, o.name)),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(strftime('%Y-%m-%d', name * 86400, 'unixepoch'), ', ')
                 FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM calendar_day n
JOIN calendar_day o ON o.version_id = :old AND o.day = n.day
WHERE n.version_id = :new;

-- Delegations end and are left out: there is no name that must stay.
-- name: master_delegations_changed
SELECT count(*), count(*) FILTER (WHERE (n.delegate, n.valid_to, n.reason) = (o.delegate, o.valid_to, o.reason)), 0, 0, ''
FROM delegation n
JOIN delegation o ON o.version_id = :old AND o.person = n.person AND o.valid_from = n.valid_from
WHERE n.version_id = :new;

-- name: master_credits_changed
WITH old AS (SELECT customer AS name FROM credit_limit WHERE version_id = :old),
     gone AS (SELECT name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM credit_limit n WHERE n.version_id = :new AND n.customer = old.name))
SELECT count(*), count(*) FILTER (WHERE (n.currency, n.limit_micros, n.unpaid_micros, n.overdue_micros,
                                   coalesce(n.overdue_max_micros, -1), n.terms)
                                  = (o.currency, o.limit_micros, o.unpaid_micros, o.overdue_micros,
                                     coalesce(o.overdue_max_micros, -1), o.terms)),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM credit_limit n
JOIN credit_limit o ON o.version_id = :old AND o.customer = n.customer
WHERE n.version_id = :new;

-- name: master_carrier_codes_changed
WITH old AS (SELECT carrier, code FROM carrier_code WHERE version_id = :old),
     gone AS (SELECT trim(carrier || ' ' || code) AS name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM carrier_code n WHERE n.version_id = :new AND n.carrier = old.carrier AND n.code = old.code))
SELECT count(*), count(*) FILTER (WHERE (n.state, n.label_en, n.label_zh, n.cause, n.is_final)
                                  = (o.state, o.label_en, o.label_zh, o.cause, o.is_final)),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM carrier_code n
JOIN carrier_code o ON o.version_id = :old AND o.carrier = n.carrier AND o.code = n.code
WHERE n.version_id = :new;

-- name: master_places_changed
WITH old AS (SELECT name, country FROM place WHERE version_id = :old),
     gone AS (SELECT trim(name || ' ' || country) AS name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM place n WHERE n.version_id = :new AND n.name = old.name AND n.country = old.country))
SELECT count(*), count(*) FILTER (WHERE (n.aliases, n.latitude_micros, n.longitude_micros)
                                  = (o.aliases, o.latitude_micros, o.longitude_micros)),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM place n
JOIN place o ON o.version_id = :old AND o.name = n.name AND o.country = n.country
WHERE n.version_id = :new;

-- name: master_plants_changed
WITH old AS (SELECT plant AS name FROM plant WHERE version_id = :old),
     gone AS (SELECT name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM plant n WHERE n.version_id = :new AND n.plant = old.name))
SELECT count(*), count(*) FILTER (WHERE (n.warehouse, n.capacity_micros) = (o.warehouse, o.capacity_micros)),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM plant n
JOIN plant o ON o.version_id = :old AND o.plant = n.plant
WHERE n.version_id = :new;

-- name: master_supplies_changed
WITH old AS (SELECT sku AS name FROM supply WHERE version_id = :old),
     gone AS (SELECT name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM supply n WHERE n.version_id = :new AND n.sku = old.name))
SELECT count(*), count(*) FILTER (WHERE (n.source, n.plant, n.lead_days, n.load_micros) = (o.source, o.plant, o.lead_days, o.load_micros)),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM supply n
JOIN supply o ON o.version_id = :old AND o.sku = n.sku
WHERE n.version_id = :new;

-- name: master_materials_changed
WITH old AS (SELECT sku, material FROM material WHERE version_id = :old),
     gone AS (SELECT trim(sku || ' ' || material) AS name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM material n WHERE n.version_id = :new AND n.sku = old.sku AND n.material = old.material))
SELECT count(*), count(*) FILTER (WHERE n.quantity_micros = o.quantity_micros),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM material n
JOIN material o ON o.version_id = :old AND o.sku = n.sku AND o.material = n.material
WHERE n.version_id = :new;

-- name: master_policies_changed
WITH old AS (SELECT clause AS name FROM cancellation_policy WHERE version_id = :old),
     gone AS (SELECT name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM cancellation_policy n WHERE n.version_id = :new AND n.clause = old.name))
SELECT count(*), count(*) FILTER (WHERE n.rank = o.rank AND n.stages = o.stages AND n.product_kind = o.product_kind AND
                                   n.categories = o.categories AND n.skus = o.skus AND n.customer_groups =
                                   o.customer_groups AND n.hours_from = o.hours_from AND n.hours_below = o.hours_below
                                   AND n.promised_within = o.promised_within AND n.faults = o.faults AND
                                   n.deposit_paid = o.deposit_paid AND n.currency = o.currency AND n.fee = o.fee AND
                                   n.amount_micros = o.amount_micros AND n.percent_micros = o.percent_micros AND
                                   n.minimum_micros = o.minimum_micros AND n.maximum_micros = o.maximum_micros AND
                                   n.tax = o.tax AND n.promotions = o.promotions AND n.gifts = o.gifts AND
                                   n.waived_by = o.waived_by AND
                                   n.waive_up_to_micros = o.waive_up_to_micros),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM cancellation_policy n
JOIN cancellation_policy o ON o.version_id = :old AND o.clause = n.clause
WHERE n.version_id = :new;

-- name: master_lanes_changed
WITH old AS (SELECT warehouse, country, region FROM lane WHERE version_id = :old),
     gone AS (SELECT trim(warehouse || ' ' || country || ' ' || region) AS name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM lane n WHERE n.version_id = :new AND n.warehouse = old.warehouse AND n.country = old.country AND n.region = old.region))
SELECT count(*), count(*) FILTER (WHERE n.transit_days = o.transit_days),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM lane n
JOIN lane o ON o.version_id = :old AND o.warehouse = n.warehouse AND o.country = n.country AND o.region = n.region
WHERE n.version_id = :new;

-- name: master_returns_changed
WITH gone AS (SELECT clause AS name FROM return_policy o WHERE o.version_id = :old AND NOT EXISTS (
         SELECT 1 FROM return_policy n WHERE n.version_id = :new AND n.clause = o.clause))
SELECT count(*), count(*) FILTER (
    WHERE (n.rank, n.reasons, n.kinds, n.categories, n.skus, n.customer_groups, n.window_days,
           n.verdict, n.when_new, n.when_opened, n.when_damaged, n.when_wrong_item, n.fee_new,
           n.fee_opened, n.fee_damaged, n.currency, n.freight, n.refund, n.exchange, n.gifts)
        = (o.rank, o.reasons, o.kinds, o.categories, o.skus, o.customer_groups, o.window_days,
           o.verdict, o.when_new, o.when_opened, o.when_damaged, o.when_wrong_item, o.fee_new,
           o.fee_opened, o.fee_damaged, o.currency, o.freight, o.refund, o.exchange, o.gifts)),
       (SELECT count(*) FROM return_policy WHERE version_id = :old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM return_policy n
JOIN return_policy o ON o.version_id = :old AND o.clause = n.clause
WHERE n.version_id = :new;

-- name: master_modifications_changed
WITH old AS (SELECT change, state, customer_group FROM modification_rule WHERE version_id = :old),
     gone AS (SELECT trim(change || ' ' || state || ' ' || customer_group) AS name FROM old WHERE NOT EXISTS (
         SELECT 1 FROM modification_rule n WHERE n.version_id = :new AND n.change = old.change AND n.state = old.state
                                             AND n.customer_group = old.customer_group))
SELECT count(*), count(*) FILTER (WHERE (n.way, n.price_basis, n.promotions, n.approval)
                                  = (o.way, o.price_basis, o.promotions, o.approval)),
       (SELECT count(*) FROM old), (SELECT count(*) FROM gone),
       coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM gone ORDER BY name LIMIT 5)), '')
FROM modification_rule n
JOIN modification_rule o ON o.version_id = :old AND o.change = n.change AND o.state = n.state
                        AND o.customer_group = n.customer_group
WHERE n.version_id = :new;
