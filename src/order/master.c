#include "order/master.h"

#include <assert.h>
#include <string.h>

#define COLUMN(name, type, member, ...)                                                            \
    {                                                                                              \
        name, type, offsetof(struct master_row, member), __VA_ARGS__                               \
    }
/* What stands behind the member: is it part of the key, and what is an empty cell? */
#define KEY       true, 0, ""
#define PLAIN     false, 0, ""
#define ABSENT(n) false, n, ""
#define WORD(w)   false, 0, w

static const struct master_column customer_columns[] = {
    COLUMN("code", MASTER_TEXT, customer.code, KEY),
    COLUMN("name", MASTER_TEXT, customer.name, PLAIN),
    COLUMN("partner", MASTER_TEXT, customer.partner, PLAIN),
    COLUMN("group", MASTER_TEXT, customer.group, PLAIN),
    COLUMN("country", MASTER_TEXT, customer.country, PLAIN),
    COLUMN("currency", MASTER_TEXT, customer.currency, PLAIN),
    COLUMN("email", MASTER_TEXT, customer.email, PLAIN),
    COLUMN("tax_exemption", MASTER_TEXT, customer.tax_exemption, PLAIN),
    COLUMN("payment_terms", MASTER_TEXT, customer.payment_terms, WORD("account")),
    COLUMN("deposit_percent", MASTER_MICROS, customer.deposit_micros, PLAIN),
    COLUMN("payment_days", MASTER_COUNT, customer.payment_days, ABSENT(MASTER_VALUE_NONE)),
    COLUMN("delivery", MASTER_TEXT, customer.delivery, PLAIN),
    COLUMN("class", MASTER_COUNT, customer.class, ABSENT(CUSTOMER_CLASS_OTHERS)),
};

static const struct master_column product_columns[] = {
    COLUMN("sku", MASTER_TEXT, product.sku, KEY),
    COLUMN("name", MASTER_TEXT, product.name, PLAIN),
    COLUMN("name_zh", MASTER_TEXT, product.name_zh, PLAIN),
    COLUMN("category", MASTER_TEXT, product.category, PLAIN),
    COLUMN("unit", MASTER_TEXT, product.unit, PLAIN),
    COLUMN("tax_class", MASTER_TEXT, product.tax_class, PLAIN),
    COLUMN("tax_rate", MASTER_MICROS, product.tax_rate_micros, PLAIN),
    COLUMN("minimum_quantity", MASTER_MICROS, product.minimum_micros, PLAIN),
    COLUMN("quantity_multiple", MASTER_MICROS, product.multiple_micros, PLAIN),
};

static const struct master_column option_columns[] = {
    COLUMN("sku", MASTER_TEXT, option.sku, KEY),
    COLUMN("option", MASTER_TEXT, option.name, KEY),
    COLUMN("value", MASTER_TEXT, option.value, KEY),
    COLUMN("surcharge", MASTER_MICROS, option.surcharge_micros, PLAIN),
    COLUMN("surcharge_percent", MASTER_MICROS, option.surcharge_percent_micros, PLAIN),
    COLUMN("excludes", MASTER_TEXT, option.excludes, PLAIN),
    COLUMN("needs", MASTER_TEXT, option.needs, PLAIN),
    COLUMN("minimum", MASTER_MICROS, option.minimum_micros, ABSENT(AMOUNT_NONE)),
    COLUMN("maximum", MASTER_MICROS, option.maximum_micros, ABSENT(AMOUNT_NONE)),
    COLUMN("unit", MASTER_TEXT, option.unit, PLAIN),
    COLUMN("required", MASTER_TEXT, option.is_required, false, 0, "no"),
};

static const struct master_column unit_columns[] = {
    COLUMN("sku", MASTER_TEXT, unit.sku, KEY),
    COLUMN("unit", MASTER_TEXT, unit.unit, KEY),
    COLUMN("factor", MASTER_MICROS, unit.factor_micros, PLAIN),
};

static const struct master_column price_columns[] = {
    COLUMN("sku", MASTER_TEXT, price.sku, KEY),
    COLUMN("scope", MASTER_TEXT, price.scope, KEY),
    COLUMN("holder", MASTER_TEXT, price.holder, KEY),
    COLUMN("currency", MASTER_TEXT, price.currency, KEY),
    COLUMN("breaks", MASTER_TEXT, price.breaks, false, 0, "all-units"),
    COLUMN("break_group", MASTER_TEXT, price.break_group, PLAIN),
    COLUMN("quantity_from", MASTER_MICROS, price.quantity_from_micros, KEY),
    COLUMN("valid_from", MASTER_DAY, price.valid_from, true, DAY_NONE, ""),
    COLUMN("valid_to", MASTER_DAY, price.valid_to, ABSENT(INT32_MAX)),
    COLUMN("price", MASTER_MICROS, price.price_micros, ABSENT(AMOUNT_NONE)),
    COLUMN("tax_included", MASTER_TEXT, price.includes_tax, false, 0, "no"),
    COLUMN("formula", MASTER_TEXT, price.formula, PLAIN),
};

static const struct master_column package_columns[] = {
    COLUMN("package", MASTER_TEXT, package.sku, KEY),
    COLUMN("part", MASTER_TEXT, package.part, KEY),
    COLUMN("quantity", MASTER_MICROS, package.quantity_micros, PLAIN),
    COLUMN("pricing", MASTER_TEXT, package.pricing, PLAIN),
    COLUMN("less_percent", MASTER_MICROS, package.less_micros, PLAIN),
};

static const struct master_column rate_columns[] = {
    COLUMN("from", MASTER_TEXT, rate.from, KEY),
    COLUMN("to", MASTER_TEXT, rate.to, KEY),
    COLUMN("date", MASTER_DAY, rate.day, true, DAY_NONE, ""),
    COLUMN("rate", MASTER_MICROS, rate.rate_micros, PLAIN),
    COLUMN("units", MASTER_COUNT, rate.units, ABSENT(1)),
};

static const struct master_column tax_columns[] = {
    COLUMN("tax_class", MASTER_TEXT, tax.tax_class, KEY),
    COLUMN("country", MASTER_TEXT, tax.country, KEY),
    COLUMN("region", MASTER_TEXT, tax.region, KEY),
    COLUMN("valid_from", MASTER_DAY, tax.valid_from, true, DAY_NONE, ""),
    COLUMN("valid_to", MASTER_DAY, tax.valid_to, ABSENT(INT32_MAX)),
    COLUMN("rate", MASTER_MICROS, tax.rate_micros, PLAIN),
};

static const struct master_column promotion_columns[] = {
    COLUMN("code", MASTER_TEXT, promotion.code, KEY),
    COLUMN("name", MASTER_TEXT, promotion.name, PLAIN),
    COLUMN("name_zh", MASTER_TEXT, promotion.name_zh, PLAIN),
    COLUMN("priority", MASTER_COUNT, promotion.priority, PLAIN),
    COLUMN("mode", MASTER_TEXT, promotion.mode, PLAIN),
    COLUMN("valid_from", MASTER_DAY, promotion.valid_from, ABSENT(DAY_NONE)),
    COLUMN("valid_to", MASTER_DAY, promotion.valid_to, ABSENT(INT32_MAX)),
    COLUMN("customers", MASTER_TEXT, promotion.customers, PLAIN),
    COLUMN("customer_groups", MASTER_TEXT, promotion.groups, PLAIN),
    COLUMN("channels", MASTER_TEXT, promotion.channels, PLAIN),
    COLUMN("currency", MASTER_TEXT, promotion.currency, PLAIN),
    COLUMN("needs_coupon", MASTER_TEXT, promotion.needs_coupon, WORD("no")),
    COLUMN("never_with", MASTER_TEXT, promotion.never_with, PLAIN),
    COLUMN("level", MASTER_TEXT, promotion.level, WORD("line")),
    COLUMN("skus", MASTER_TEXT, promotion.skus, PLAIN),
    COLUMN("categories", MASTER_TEXT, promotion.categories, PLAIN),
    COLUMN("together", MASTER_TEXT, promotion.together, WORD("no")),
    COLUMN("minimum_quantity", MASTER_MICROS, promotion.minimum_quantity_micros, PLAIN),
    COLUMN("minimum_amount", MASTER_MICROS, promotion.minimum_amount_micros, PLAIN),
    COLUMN("threshold_base", MASTER_TEXT, promotion.threshold_base, WORD("list")),
    COLUMN("repeats", MASTER_TEXT, promotion.repeats, WORD("no")),
    COLUMN("action", MASTER_TEXT, promotion.action, PLAIN),
    COLUMN("percent", MASTER_MICROS, promotion.percent_micros, ABSENT(MASTER_VALUE_NONE)),
    COLUMN("price", MASTER_MICROS, promotion.price_micros, ABSENT(MASTER_VALUE_NONE)),
    COLUMN("amount", MASTER_MICROS, promotion.amount_micros, ABSENT(MASTER_VALUE_NONE)),
    COLUMN("buy", MASTER_COUNT, promotion.buy, PLAIN),
    COLUMN("get", MASTER_COUNT, promotion.get, PLAIN),
    COLUMN("get_percent", MASTER_MICROS, promotion.get_percent_micros, ABSENT(MICROS)),
    COLUMN("get_skus", MASTER_TEXT, promotion.get_skus, PLAIN),
    COLUMN("pick", MASTER_TEXT, promotion.pick, WORD("cheapest")),
    COLUMN("grouping", MASTER_TEXT, promotion.grouping, WORD("all")),
    COLUMN("free_units", MASTER_TEXT, promotion.free_units, WORD("inclusive")),
    COLUMN("given_as", MASTER_TEXT, promotion.given_as, PLAIN),
    COLUMN("out_of_stock", MASTER_TEXT, promotion.out_of_stock, WORD("owed")),
    COLUMN("limit_order", MASTER_COUNT, promotion.limit_order, PLAIN),
    COLUMN("limit_customer", MASTER_COUNT, promotion.limit_customer, PLAIN),
    COLUMN("limit_total", MASTER_COUNT, promotion.limit_total, PLAIN),
    COLUMN("budget", MASTER_MICROS, promotion.budget_micros, PLAIN),
};

static const struct master_column coupon_columns[] = {
    COLUMN("code", MASTER_TEXT, coupon.code, KEY),
    COLUMN("promotion", MASTER_TEXT, coupon.promotion, PLAIN),
    COLUMN("valid_from", MASTER_DAY, coupon.valid_from, ABSENT(DAY_NONE)),
    COLUMN("valid_to", MASTER_DAY, coupon.valid_to, ABSENT(INT32_MAX)),
    COLUMN("customer", MASTER_TEXT, coupon.customer, PLAIN),
    COLUMN("limit_total", MASTER_COUNT, coupon.limit_total, PLAIN),
    COLUMN("limit_customer", MASTER_COUNT, coupon.limit_customer, PLAIN),
};

static const struct master_column stock_columns[] = {
    COLUMN("sku", MASTER_TEXT, stock.sku, KEY),
    COLUMN("available", MASTER_MICROS, stock.available_micros, PLAIN),
};

static const struct master_column cost_columns[] = {
    COLUMN("sku", MASTER_TEXT, cost.sku, KEY),
    COLUMN("currency", MASTER_TEXT, cost.currency, KEY),
    COLUMN("cost", MASTER_MICROS, cost.cost_micros, PLAIN),
    COLUMN("floor_price", MASTER_MICROS, cost.floor_micros, PLAIN),
    COLUMN("minimum_margin", MASTER_MICROS, cost.margin_least_micros, ABSENT(-1)),
    COLUMN("valid_from", MASTER_DAY, cost.valid_from, true, DAY_NONE, ""),
    COLUMN("valid_to", MASTER_DAY, cost.valid_to, ABSENT(INT32_MAX)),
};

static const struct master_column authority_columns[] = {
    COLUMN("role", MASTER_TEXT, authority.role, KEY),
    COLUMN("persons", MASTER_TEXT, authority.persons, PLAIN),
    COLUMN("partner", MASTER_TEXT, authority.partner, KEY),
    COLUMN("customer_group", MASTER_TEXT, authority.customer_group, KEY),
    COLUMN("max_below", MASTER_MICROS, authority.below_micros, PLAIN),
    COLUMN("max_above", MASTER_MICROS, authority.above_micros, ABSENT(-1)),
    COLUMN("below_floor", MASTER_TEXT, authority.below_floor, false, 0, "no"),
};

static const struct master_column case_columns[] = {
    COLUMN("case", MASTER_TEXT, price_case.name, KEY),
    COLUMN("case_line", MASTER_COUNT, price_case.line, true, 1, ""),
    COLUMN("customer", MASTER_TEXT, price_case.customer, PLAIN),
    COLUMN("sku", MASTER_TEXT, price_case.sku, PLAIN),
    COLUMN("quantity", MASTER_MICROS, price_case.quantity_micros, PLAIN),
    COLUMN("unit", MASTER_TEXT, price_case.unit, PLAIN),
    COLUMN("price_date", MASTER_DAY, price_case.day, ABSENT(DAY_NONE)),
    COLUMN("currency", MASTER_TEXT, price_case.currency, PLAIN),
    COLUMN("country", MASTER_TEXT, price_case.country, PLAIN),
    COLUMN("options", MASTER_TEXT, price_case.options, PLAIN),
    COLUMN("coupons", MASTER_TEXT, price_case.coupons, PLAIN),
    COLUMN("expected_price", MASTER_MICROS, price_case.expected_price_micros,
           ABSENT(MASTER_VALUE_NONE)),
    COLUMN("expected_net", MASTER_MICROS, price_case.expected_net_micros,
           ABSENT(MASTER_VALUE_NONE)),
};

#define ANY_AMOUNT true, MASTER_VALUE_NONE, ""

static const struct master_column approval_columns[] = {
    COLUMN("order_type", MASTER_ORDER_TYPE, approval.order_type, true, ORDER_TYPE_COUNT, ""),
    COLUMN("currency", MASTER_TEXT, approval.currency, KEY),
    COLUMN("above", MASTER_MICROS, approval.above_micros, ANY_AMOUNT),
    COLUMN("up_to", MASTER_MICROS, approval.up_to_micros, ANY_AMOUNT),
    COLUMN("basis", MASTER_TEXT, approval.basis, true, 0, "gross"),
    COLUMN("same_day", MASTER_TEXT, approval.same_day, true, 0, "yes"),
    COLUMN("customers", MASTER_TEXT, approval.customers, KEY),
    COLUMN("customer_groups", MASTER_TEXT, approval.groups, KEY),
    COLUMN("channels", MASTER_TEXT, approval.channels, KEY),
    COLUMN("countries", MASTER_TEXT, approval.countries, KEY),
    COLUMN("categories", MASTER_TEXT, approval.categories, KEY),
    COLUMN("changed", MASTER_TEXT, approval.changed, KEY),
    COLUMN("manual_price", MASTER_TEXT, approval.manual, KEY),
    COLUMN("lead_days_below", MASTER_COUNT, approval.lead_days_below, ANY_AMOUNT),
    COLUMN("discount_above", MASTER_MICROS, approval.discount_above_micros, ANY_AMOUNT),
    COLUMN("margin_below", MASTER_MICROS, approval.margin_below_micros, true, MASTER_RATE_NONE, ""),
    COLUMN("credit", MASTER_TEXT, approval.credit, KEY),
    COLUMN("increase_above", MASTER_MICROS, approval.increase_above_micros, ANY_AMOUNT),
    COLUMN("country_changed", MASTER_TEXT, approval.country_changed, KEY),
    COLUMN("step", MASTER_COUNT, approval.step, true, 1, ""),
    COLUMN("approver", MASTER_TEXT, approval.approvers, PLAIN),
    COLUMN("role", MASTER_TEXT, approval.roles, PLAIN),
    COLUMN("quorum", MASTER_TEXT, approval.quorum, WORD("any")),
    COLUMN("remind_hours", MASTER_COUNT, approval.remind_hours, ABSENT(MASTER_VALUE_NONE)),
    COLUMN("escalate_hours", MASTER_COUNT, approval.escalate_hours, ABSENT(MASTER_VALUE_NONE)),
    COLUMN("decide_hours", MASTER_COUNT, approval.decide_hours, ABSENT(MASTER_VALUE_NONE)),
    COLUMN("undecided", MASTER_TEXT, approval.undecided, WORD("wait")),
    COLUMN("told", MASTER_TEXT, approval.told, PLAIN),
};

static const struct master_column approver_columns[] = {
    COLUMN("person", MASTER_TEXT, approver.person, KEY),
    COLUMN("name", MASTER_TEXT, approver.name, PLAIN),
    COLUMN("user", MASTER_TEXT, approver.user, PLAIN),
    COLUMN("roles", MASTER_TEXT, approver.roles, PLAIN),
    COLUMN("superior", MASTER_TEXT, approver.superior, PLAIN),
    COLUMN("currency", MASTER_TEXT, approver.currency, PLAIN),
    COLUMN("above", MASTER_MICROS, approver.above_micros, ABSENT(MASTER_VALUE_NONE)),
    COLUMN("up_to", MASTER_MICROS, approver.up_to_micros, ABSENT(MASTER_VALUE_NONE)),
    COLUMN("order_types", MASTER_TEXT, approver.order_types, PLAIN),
    COLUMN("customers", MASTER_TEXT, approver.customers, PLAIN),
    COLUMN("customer_groups", MASTER_TEXT, approver.groups, PLAIN),
    COLUMN("discount_up_to", MASTER_MICROS, approver.discount_up_to_micros,
           ABSENT(MASTER_VALUE_NONE)),
    COLUMN("email", MASTER_TEXT, approver.email, PLAIN),
};

static const struct master_column approval_case_columns[] = {
    COLUMN("case", MASTER_TEXT, approval_case.name, KEY),
    COLUMN("order_type", MASTER_ORDER_TYPE, approval_case.order_type, ABSENT(ORDER_TYPE_COUNT)),
    COLUMN("customer", MASTER_TEXT, approval_case.customer, PLAIN),
    COLUMN("customer_group", MASTER_TEXT, approval_case.group, PLAIN),
    COLUMN("channel", MASTER_TEXT, approval_case.channel, PLAIN),
    COLUMN("country", MASTER_TEXT, approval_case.country, PLAIN),
    COLUMN("currency", MASTER_TEXT, approval_case.currency, PLAIN),
    COLUMN("amount", MASTER_MICROS, approval_case.amount_micros, PLAIN),
    COLUMN("net_amount", MASTER_MICROS, approval_case.net_micros, ABSENT(MASTER_VALUE_NONE)),
    COLUMN("order_date", MASTER_DAY, approval_case.day, ABSENT(DAY_NONE)),
    COLUMN("categories", MASTER_TEXT, approval_case.categories, PLAIN),
    COLUMN("discount", MASTER_MICROS, approval_case.discount_micros, PLAIN),
    COLUMN("margin", MASTER_MICROS, approval_case.margin_micros, ABSENT(MASTER_RATE_NONE)),
    COLUMN("manual_price", MASTER_TEXT, approval_case.manual, WORD("no")),
    COLUMN("changed", MASTER_TEXT, approval_case.changed, WORD("no")),
    COLUMN("approved_amount", MASTER_MICROS, approval_case.approved_micros,
           ABSENT(MASTER_VALUE_NONE)),
    COLUMN("approved_country", MASTER_TEXT, approval_case.approved_country, PLAIN),
    COLUMN("credit", MASTER_TEXT, approval_case.credit, WORD("none")),
    COLUMN("lead_days", MASTER_COUNT, approval_case.lead_days, ABSENT(MASTER_VALUE_NONE)),
    COLUMN("same_day_amount", MASTER_MICROS, approval_case.same_day_micros, PLAIN),
    COLUMN("expected", MASTER_TEXT, approval_case.expected, PLAIN),
};

static const struct master_column calendar_columns[] = {
    COLUMN("date", MASTER_DAY, calendar.day, true, DAY_NONE, ""),
    COLUMN("kind", MASTER_TEXT, calendar.kind, PLAIN),
    COLUMN("name", MASTER_TEXT, calendar.name, PLAIN),
};

static const struct master_column delegation_columns[] = {
    COLUMN("person", MASTER_TEXT, delegation.person, KEY),
    COLUMN("delegate", MASTER_TEXT, delegation.delegate, PLAIN),
    COLUMN("valid_from", MASTER_DAY, delegation.valid_from, true, DAY_NONE, ""),
    COLUMN("valid_to", MASTER_DAY, delegation.valid_to, ABSENT(INT32_MAX)),
    COLUMN("reason", MASTER_TEXT, delegation.reason, PLAIN),
};

static const struct master_column credit_columns[] = {
    COLUMN("customer", MASTER_TEXT, credit.customer, KEY),
    COLUMN("currency", MASTER_TEXT, credit.currency, PLAIN),
    COLUMN("limit", MASTER_MICROS, credit.limit_micros, PLAIN),
    COLUMN("unpaid", MASTER_MICROS, credit.unpaid_micros, PLAIN),
    COLUMN("overdue", MASTER_MICROS, credit.overdue_micros, PLAIN),
    COLUMN("overdue_max", MASTER_MICROS, credit.overdue_max_micros, ABSENT(AMOUNT_NONE)),
    COLUMN("terms", MASTER_TEXT, credit.terms, WORD("account")),
};

static const struct master_column place_columns[] = {
    COLUMN("name", MASTER_TEXT, place.name, KEY),
    COLUMN("country", MASTER_TEXT, place.country, KEY),
    COLUMN("aliases", MASTER_TEXT, place.aliases, PLAIN),
    COLUMN("latitude", MASTER_MICROS, place.latitude_micros, false, 0, ""),
    COLUMN("longitude", MASTER_MICROS, place.longitude_micros, false, 0, ""),
};

static const struct master_column plant_columns[] = {
    COLUMN("plant", MASTER_TEXT, plant.plant, KEY),
    COLUMN("warehouse", MASTER_TEXT, plant.warehouse, PLAIN),
    COLUMN("capacity", MASTER_MICROS, plant.capacity_micros, PLAIN),
};

static const struct master_column supply_columns[] = {
    COLUMN("sku", MASTER_TEXT, supply.sku, KEY),
    COLUMN("source", MASTER_TEXT, supply.source, PLAIN),
    COLUMN("plant", MASTER_TEXT, supply.plant, PLAIN),
    COLUMN("lead_days", MASTER_COUNT, supply.lead_days, PLAIN),
    COLUMN("load", MASTER_MICROS, supply.load_micros, ABSENT(MICROS)),
};

static const struct master_column material_columns[] = {
    COLUMN("sku", MASTER_TEXT, material.sku, KEY),
    COLUMN("material", MASTER_TEXT, material.material, KEY),
    COLUMN("quantity", MASTER_MICROS, material.quantity_micros, PLAIN),
};

static const struct master_column lane_columns[] = {
    COLUMN("warehouse", MASTER_TEXT, lane.warehouse, KEY),
    COLUMN("country", MASTER_TEXT, lane.country, KEY),
    COLUMN("region", MASTER_TEXT, lane.region, KEY),
    COLUMN("transit_days", MASTER_COUNT, lane.transit_days, PLAIN),
};

static const struct master_column return_columns[] = {
    COLUMN("clause", MASTER_TEXT, return_clause.clause, KEY),
    COLUMN("rank", MASTER_COUNT, return_clause.rank, PLAIN),
    COLUMN("reasons", MASTER_TEXT, return_clause.reasons, PLAIN),
    COLUMN("kinds", MASTER_TEXT, return_clause.kinds, PLAIN),
    COLUMN("categories", MASTER_TEXT, return_clause.categories, PLAIN),
    COLUMN("skus", MASTER_TEXT, return_clause.skus, PLAIN),
    COLUMN("customer_groups", MASTER_TEXT, return_clause.groups, PLAIN),
    COLUMN("window_days", MASTER_COUNT, return_clause.window_days, ABSENT(MASTER_VALUE_NONE)),
    COLUMN("verdict", MASTER_TEXT, return_clause.verdict, WORD("allow")),
    COLUMN("when_new", MASTER_TEXT, return_clause.when[0], WORD("restock")),
    COLUMN("when_opened", MASTER_TEXT, return_clause.when[1], WORD("restock")),
    COLUMN("when_damaged", MASTER_TEXT, return_clause.when[2], WORD("scrap")),
    COLUMN("when_wrong_item", MASTER_TEXT, return_clause.when[3], WORD("restock")),
    COLUMN("fee_new", MASTER_TEXT, return_clause.fee[0], PLAIN),
    COLUMN("fee_opened", MASTER_TEXT, return_clause.fee[1], PLAIN),
    COLUMN("fee_damaged", MASTER_TEXT, return_clause.fee[2], PLAIN),
    COLUMN("currency", MASTER_TEXT, return_clause.currency, PLAIN),
    COLUMN("freight", MASTER_TEXT, return_clause.freight, WORD("customer")),
    COLUMN("refund", MASTER_TEXT, return_clause.refunds, WORD("yes")),
    COLUMN("exchange", MASTER_TEXT, return_clause.exchanges, WORD("yes")),
    COLUMN("gifts", MASTER_TEXT, return_clause.gifts, WORD("value")),
};

static const struct master_column modification_columns[] = {
    COLUMN("change", MASTER_TEXT, modification.change, KEY),
    COLUMN("state", MASTER_TEXT, modification.state, KEY),
    COLUMN("customer_group", MASTER_TEXT, modification.group, KEY),
    COLUMN("way", MASTER_TEXT, modification.way, PLAIN),
    COLUMN("price_basis", MASTER_TEXT, modification.basis, WORD("keep")),
    COLUMN("promotions", MASTER_TEXT, modification.promotions, WORD("evaluate")),
    COLUMN("approval", MASTER_TEXT, modification.approval, WORD("by-matrix")),
};

static const struct master_column policy_columns[] = {
    COLUMN("clause", MASTER_TEXT, policy.clause, KEY),
    COLUMN("rank", MASTER_COUNT, policy.rank, PLAIN),
    COLUMN("stages", MASTER_TEXT, policy.stages, PLAIN),
    COLUMN("product_kind", MASTER_TEXT, policy.product_kind, PLAIN),
    COLUMN("categories", MASTER_TEXT, policy.categories, PLAIN),
    COLUMN("skus", MASTER_TEXT, policy.skus, PLAIN),
    COLUMN("customer_groups", MASTER_TEXT, policy.groups, PLAIN),
    COLUMN("hours_from", MASTER_COUNT, policy.hours_from, ABSENT(MASTER_VALUE_NONE)),
    COLUMN("hours_below", MASTER_COUNT, policy.hours_below, ABSENT(MASTER_VALUE_NONE)),
    COLUMN("promised_within", MASTER_COUNT, policy.promised_within, ABSENT(MASTER_VALUE_NONE)),
    COLUMN("faults", MASTER_TEXT, policy.faults, PLAIN),
    COLUMN("deposit_paid", MASTER_TEXT, policy.deposit_paid, PLAIN),
    COLUMN("currency", MASTER_TEXT, policy.currency, PLAIN),
    COLUMN("fee", MASTER_TEXT, policy.fee, PLAIN),
    COLUMN("amount", MASTER_MICROS, policy.amount_micros, ABSENT(MASTER_VALUE_NONE)),
    COLUMN("percent", MASTER_MICROS, policy.percent_micros, ABSENT(MASTER_VALUE_NONE)),
    COLUMN("minimum", MASTER_MICROS, policy.minimum_micros, ABSENT(MASTER_VALUE_NONE)),
    COLUMN("maximum", MASTER_MICROS, policy.maximum_micros, ABSENT(MASTER_VALUE_NONE)),
    COLUMN("tax", MASTER_TEXT, policy.tax, WORD("without")),
    COLUMN("promotions", MASTER_TEXT, policy.promotions, WORD("lock")),
    COLUMN("gifts", MASTER_TEXT, policy.gifts, WORD("keep")),
    COLUMN("waived_by", MASTER_TEXT, policy.waived_by, PLAIN),
    COLUMN("waive_up_to", MASTER_MICROS, policy.waive_up_to_micros, ABSENT(MASTER_VALUE_NONE)),
};

static const struct master_column carrier_code_columns[] = {
    COLUMN("carrier", MASTER_TEXT, carrier_code.carrier, KEY),
    COLUMN("code", MASTER_TEXT, carrier_code.code, KEY),
    COLUMN("state", MASTER_TEXT, carrier_code.state, PLAIN),
    COLUMN("label_en", MASTER_TEXT, carrier_code.label_en, PLAIN),
    COLUMN("label_zh", MASTER_TEXT, carrier_code.label_zh, PLAIN),
    COLUMN("cause", MASTER_TEXT, carrier_code.cause, PLAIN),
    COLUMN("is_final", MASTER_TEXT, carrier_code.is_final, WORD("no")),
};

#define ALL_OF(columns)                                                                            \
    {                                                                                              \
        columns, sizeof(columns) / sizeof(columns)[0]                                              \
    }
static const struct {
    const struct master_column *columns;
    size_t count;
} kinds[DOCUMENT_KIND_COUNT] = {
    [DOCUMENT_CUSTOMERS] = ALL_OF(customer_columns),
    [DOCUMENT_PRODUCTS] = ALL_OF(product_columns),
    [DOCUMENT_PRODUCT_OPTIONS] = ALL_OF(option_columns),
    [DOCUMENT_PRODUCT_UNITS] = ALL_OF(unit_columns),
    [DOCUMENT_PRICES] = ALL_OF(price_columns),
    [DOCUMENT_PACKAGES] = ALL_OF(package_columns),
    [DOCUMENT_EXCHANGE_RATES] = ALL_OF(rate_columns),
    [DOCUMENT_TAX_RATES] = ALL_OF(tax_columns),
    [DOCUMENT_PROMOTIONS] = ALL_OF(promotion_columns),
    [DOCUMENT_COUPONS] = ALL_OF(coupon_columns),
    [DOCUMENT_STOCK] = ALL_OF(stock_columns),
    [DOCUMENT_PRODUCT_COSTS] = ALL_OF(cost_columns),
    [DOCUMENT_PRICE_AUTHORITY] = ALL_OF(authority_columns),
    [DOCUMENT_PRICE_CASES] = ALL_OF(case_columns),
    [DOCUMENT_APPROVAL_MATRIX] = ALL_OF(approval_columns),
    [DOCUMENT_CALENDAR] = ALL_OF(calendar_columns),
    [DOCUMENT_DELEGATIONS] = ALL_OF(delegation_columns),
    [DOCUMENT_CREDIT_LIMITS] = ALL_OF(credit_columns),
    [DOCUMENT_APPROVERS] = ALL_OF(approver_columns),
    [DOCUMENT_CARRIER_CODES] = ALL_OF(carrier_code_columns),
    [DOCUMENT_PLACES] = ALL_OF(place_columns),
    [DOCUMENT_PLANTS] = ALL_OF(plant_columns),
    [DOCUMENT_SUPPLY] = ALL_OF(supply_columns),
    [DOCUMENT_MATERIALS] = ALL_OF(material_columns),
    [DOCUMENT_LANES] = ALL_OF(lane_columns),
    [DOCUMENT_RETURN_POLICY] = ALL_OF(return_columns),
    [DOCUMENT_MODIFICATION_RULES] = ALL_OF(modification_columns),
    [DOCUMENT_CANCELLATION_POLICY] = ALL_OF(policy_columns),
    [DOCUMENT_APPROVAL_CASES] = ALL_OF(approval_case_columns),
};

bool
master_is_kind(enum document_kind kind)
{
    return master_is_table(kind) && kind != DOCUMENT_APPROVAL_CASES;
}

bool
master_is_table(enum document_kind kind)
{
    return kinds[kind].count > 0;
}

const struct master_column *
master_columns(enum document_kind kind, size_t *count)
{
    *count = kinds[kind].count;
    return kinds[kind].columns;
}

void
master_row_init(enum document_kind kind, struct master_row *row)
{
    assert(master_is_table(kind));
    memset(row, 0, sizeof *row);
    for (size_t index = 0; index < kinds[kind].count; index++) {
        const struct master_column *column = &kinds[kind].columns[index];
        void *member = (char *)row + column->offset;
        switch (column->type) {
        case MASTER_TEXT: *(const char **)member = column->absent_text; break;
        case MASTER_MICROS:
        case MASTER_COUNT: *(int64_t *)member = column->absent; break;
        case MASTER_DAY: *(int32_t *)member = (int32_t)column->absent; break;
        case MASTER_ORDER_TYPE: *(enum order_type *)member = (enum order_type)column->absent; break;
        }
    }
}

void
master_row_copy(enum document_kind kind, const struct master_row *row, struct arena *arena,
                struct master_row *copy)
{
    assert(master_is_table(kind));
    *copy = *row;
    for (size_t index = 0; index < kinds[kind].count; index++) {
        const struct master_column *column = &kinds[kind].columns[index];
        if (column->type == MASTER_TEXT) {
            const char **text = (const char **)((char *)copy + column->offset);
            *text = arena_copy(arena, *text);
        }
    }
}

/* One cell as a person wrote it. */
static const char *
cell_text(const struct master_column *column, const struct master_row *row, struct arena *arena)
{
    const void *member = (const char *)row + column->offset;
    char text[DECIMAL_TEXT_SIZE];
    if ((column->type == MASTER_MICROS || column->type == MASTER_COUNT) && column->absent < 0 &&
        *(const int64_t *)member == column->absent) {
        return "";
    }
    switch (column->type) {
    case MASTER_TEXT: break;
    case MASTER_MICROS:
        return arena_copy(arena, decimal_format(text, *(const int64_t *)member, MICROS_PLACES, 0));
    case MASTER_COUNT:
        return arena_copy(arena, decimal_format(text, *(const int64_t *)member, 0, 0));
    case MASTER_DAY: return arena_copy(arena, day_format(text, *(const int32_t *)member));
    case MASTER_ORDER_TYPE: {
        const enum order_type type = *(const enum order_type *)member;
        return type < ORDER_TYPE_COUNT ? order_type_names[type] : "";
    }
    }
    return *(const char *const *)member;
}

const char *
master_row_key(enum document_kind kind, const struct master_row *row, struct arena *arena)
{
    const char *key = "";
    for (size_t index = 0; index < kinds[kind].count; index++) {
        if (kinds[kind].columns[index].is_key) {
            const char *text = cell_text(&kinds[kind].columns[index], row, arena);
            key =
                arena_format(arena, "%s%s%s", key, *key == '\0' || *text == '\0' ? "" : " ", text);
        }
    }
    return key;
}
