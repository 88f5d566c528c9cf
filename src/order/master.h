/* master.h -- master data: what one row of each kind of file says, and the columns of each kind as
 * one table, which the CSV reader and the store both go by.
 *
 * Pure data, like order.h: texts lie in the arena that the row was read with and are never NULL. To
 * add a kind: a struct here, its columns in master.c, schemas/KIND.csv.json, a table in
 * schemas/store/, its statements in store_master.sql. */
#ifndef PURSER_MASTER_H
#define PURSER_MASTER_H

#include "order/document_kind.h"
#include "order/order.h"

#include <stdbool.h>

#define MASTER_VALUE_NONE INT64_C(-1) /* where nothing and zero differ */
#define MASTER_RATE_NONE                                                                           \
    INT64_C(-1000000000000) /* where a rate may be negative: lower than any                        \
                             */

struct customer_row {
    const char *code;
    const char *name;
    const char *partner; /* who may order for it */
    const char *group;
    const char *country;
    const char *currency;
    const char *email;
    const char *tax_exemption; /* why it pays no tax; "" when it does */
    const char *payment_terms; /* payment_kind_names */
    int64_t deposit_micros;
    int64_t payment_days; /* MASTER_VALUE_NONE: the company's */
    const char *delivery; /* delivery_rule_names of config.h; "": the company's */
    int64_t class;        /* the least is served first */
};
enum { CUSTOMER_CLASS_OTHERS = 1000 }; /* of those whose row says nothing */

struct product_row {
    const char *sku;
    const char *name;
    const char *name_zh;
    const char *category;
    const char *unit;
    const char *tax_class;
    int64_t tax_rate_micros;
    int64_t minimum_micros;  /* the least that is sold; 0: no least */
    int64_t multiple_micros; /* only multiples of this are; 0: any */
};

/* The value of an option whose orders give a number. */
#define OPTION_ANY_NUMBER "*"

struct option_row {
    const char *sku;
    const char *name;
    const char *value; /* OPTION_ANY_NUMBER: a number within bounds */
    int64_t surcharge_micros;
    int64_t surcharge_percent_micros;
    const char *excludes; /* "lid=none | colour" */
    const char *needs;
    int64_t minimum_micros; /* of a value that is a number; AMOUNT_NONE for all others */
    int64_t maximum_micros;
    const char *unit; /* of such a value, for people: "mm" */
    const char
        *is_required; /* "yes" or "no": to be ordered with the product, in one of its values */
};

struct unit_row {
    const char *sku;
    const char *unit;
    int64_t factor_micros; /* units of the product in one of it */
};

struct price_row {
    const char *sku;
    const char *scope;  /* price_scope_names of rules/price.h */
    const char *holder; /* customer, group or channel; "" for base */
    const char *currency;
    const char *breaks; /* price_breaks_names of rules/price.h */
    const char *break_group;
    int64_t quantity_from_micros;
    int32_t valid_from;
    int32_t valid_to;         /* INT32_MAX: open */
    int64_t price_micros;     /* AMOUNT_NONE: by the formula alone */
    const char *includes_tax; /* "yes" or "no" */
    const char *formula;      /* rules/price_formula.h; "": the price as it stands */
};

struct package_row {
    const char *sku;
    const char *part;        /* SKU of it */
    int64_t quantity_micros; /* of the part in one package */
    const char *pricing;     /* "fixed" or "sum"; "" where another row says it */
    int64_t less_micros;     /* 100000 is 10 % off the sum; 0 also where another row says it */
};

struct rate_row {
    const char *from; /* currency */
    const char *to;
    int32_t day;         /* it holds from then on, until the next one */
    int64_t rate_micros; /* so much of `to` for so many units of `from`: */
    int64_t units;
};

struct tax_row {
    const char *tax_class;
    const char *country; /* of the destination; "" for every other */
    const char *region;  /* "" for the rest of the country */
    int32_t valid_from;
    int32_t valid_to; /* INT32_MAX: open */
    int64_t rate_micros;
};

/* What reduces prices; rules/promotion.h says what it means.  Lists are "A | B". */
struct promotion_row {
    const char *code;
    const char *name;
    const char *name_zh;
    int64_t priority;
    const char *mode; /* words: the name tables of rules/promotion.h, or "yes" and "no" */
    int32_t valid_from;
    int32_t valid_to; /* INT32_MAX: open */
    const char *customers;
    const char *groups;
    const char *channels;
    const char *currency;
    const char *needs_coupon;
    const char *never_with;
    const char *level;
    const char *skus;
    const char *categories;
    const char *together;
    int64_t minimum_quantity_micros;
    int64_t minimum_amount_micros;
    const char *threshold_base;
    const char *repeats;
    const char *action;
    int64_t percent_micros; /* MASTER_VALUE_NONE: an empty cell; and so the next two */
    int64_t price_micros;
    int64_t amount_micros;
    int64_t buy;
    int64_t get;
    int64_t get_percent_micros;
    const char *get_skus;
    const char *pick;
    const char *grouping;
    const char *free_units;
    const char *given_as; /* "": as free_units has it */
    const char *out_of_stock;
    int64_t limit_order; /* limits and budget: 0 for none */
    int64_t limit_customer;
    int64_t limit_total;
    int64_t budget_micros;
};

struct coupon_row {
    const char *code;
    const char *promotion;
    int32_t valid_from;   /* DAY_NONE: open */
    int32_t valid_to;     /* INT32_MAX: open */
    const char *customer; /* "": anybody */
    int64_t limit_total;  /* 0: none */
    int64_t limit_customer;
};

struct stock_row {
    const char *sku;
    int64_t available_micros; /* in the product's unit */
};

struct cost_row {
    const char *sku;
    const char *currency;
    int64_t cost_micros;         /* per unit of the product */
    int64_t floor_micros;        /* the least it may be sold at; 0: no least */
    int64_t margin_least_micros; /* of the net amount; -1: no least */
    int32_t valid_from;
    int32_t valid_to; /* INT32_MAX: open */
};

struct authority_row {
    const char *role;
    const char *persons;        /* "anna | boris"; "": whoever */
    const char *partner;        /* in whose orders; "": set by us */
    const char *customer_group; /* "": every */
    int64_t below_micros;       /* at most so far below what the rules give */
    int64_t above_micros;       /* -1: as far above as below */
    const char *below_floor;    /* "yes" or "no" */
};

/* A line of an order, and what it must cost. */
struct case_row {
    const char *name; /* rows of the same name are one order */
    int64_t line;
    const char *customer;
    const char *sku;
    int64_t quantity_micros;
    const char *unit; /* "": the product's */
    int32_t day;
    const char *currency;          /* "": the customer's */
    const char *country;           /* "": likewise */
    const char *options;           /* "colour=red | lid=none" */
    const char *coupons;           /* "A | B" */
    int64_t expected_price_micros; /* MASTER_VALUE_NONE: not said; and so the next */
    int64_t expected_net_micros;
};

/* A rule of the approval matrix; rules/approve.h says what it means.  Lists are "A | B". */
struct approval_row {
    enum order_type order_type; /* ORDER_TYPE_COUNT: every type */
    const char *currency;       /* of the amounts; "": the company's */
    int64_t above_micros;       /* MASTER_VALUE_NONE: any amount, and so the next */
    int64_t up_to_micros;
    const char *basis;    /* "gross" or "net" */
    const char *same_day; /* "yes" or "no" */
    const char *customers;
    const char *groups;
    const char *channels;
    const char *countries;
    const char *categories;
    const char *changed;           /* "yes", "no" or "" */
    const char *manual;            /* likewise */
    int64_t lead_days_below;       /* MASTER_VALUE_NONE: any */
    int64_t discount_above_micros; /* likewise */
    int64_t margin_below_micros;   /* MASTER_RATE_NONE: any */
    const char *credit;
    int64_t increase_above_micros; /* MASTER_VALUE_NONE: any */
    const char *country_changed;   /* "yes" or "" */
    int64_t step;
    const char *approvers;
    const char *roles;
    const char *quorum;   /* "any", "all" or a number */
    int64_t remind_hours; /* of working time; MASTER_VALUE_NONE: never, and so the next two */
    int64_t escalate_hours;
    int64_t decide_hours;
    const char *undecided; /* "wait", "refuse" or "approve" */
    const char *told;
};

/* Who may approve what; rules/authority.h says what it means.  Lists are "A | B". */
struct approver_row {
    const char *person;
    const char *name;
    const char *user;
    const char *roles;
    const char *superior;
    const char *currency; /* of the amounts; "": the company's */
    int64_t above_micros; /* MASTER_VALUE_NONE: any amount, and so the next */
    int64_t up_to_micros;
    const char *order_types;
    const char *customers;
    const char *groups;
    int64_t discount_up_to_micros; /* MASTER_VALUE_NONE: any */
    const char *email;
};

/* An order, as the approval matrix sees it, and whom it must ask. */
struct approval_case_row {
    const char *name;
    enum order_type order_type; /* ORDER_TYPE_COUNT: not said */
    const char *customer;
    const char *group;
    const char *channel;
    const char *country;
    const char *currency; /* "": the company's */
    int64_t amount_micros;
    int64_t net_micros; /* MASTER_VALUE_NONE: as the amount */
    int32_t day;
    const char *categories; /* "A | B" */
    int64_t discount_micros;
    int64_t margin_micros;   /* MASTER_RATE_NONE: not known */
    const char *manual;      /* "yes" or "no" */
    const char *changed;     /* likewise */
    int64_t approved_micros; /* MASTER_VALUE_NONE: never approved before */
    const char *approved_country;
    const char *credit;
    int64_t lead_days; /* MASTER_VALUE_NONE: no date is requested */
    int64_t same_day_micros;
    const char *expected;
};

#define CALENDAR_HOLIDAY "holiday"
#define CALENDAR_WORKING "working"

/* A day on which work differs from the week. */
struct calendar_row {
    int32_t day;
    const char *kind; /* one of the two above */
    const char *name;
};

/* Who decides in whose place; rules/delegation.h says what it means. */
struct delegation_row {
    const char *person;
    const char *delegate; /* "": nobody */
    int32_t valid_from;
    int32_t valid_to; /* the last day */
    const char *reason;
};

/* How much a customer may owe us. */
struct credit_row {
    const char *customer;
    const char *currency; /* of all amounts */
    int64_t limit_micros;
    int64_t unpaid_micros;      /* invoiced */
    int64_t overdue_micros;     /* of it */
    int64_t overdue_max_micros; /* AMOUNT_NONE: any */
    const char *terms;          /* "account" or "prepaid" */
};

#define SUPPLY_BUY  "buy"
#define SUPPLY_MAKE "make"

/* Where a product comes from that is not simply on a shelf. */
struct supply_row {
    const char *sku;
    const char *source;  /* one of the two above */
    const char *plant;   /* partner id; "" of what is bought */
    int64_t lead_days;   /* working days */
    int64_t load_micros; /* of the plant's capacity that one unit takes */
};

/* What one unit of a product that is made takes. */
struct material_row {
    const char *sku;
    const char *material; /* SKU of it */
    int64_t quantity_micros;
};

struct plant_row {
    const char *plant;       /* partner id */
    const char *warehouse;   /* likewise: where its materials lie, and its products go */
    int64_t capacity_micros; /* of a working day */
};

/* How long goods are under way. */
/* What may still be changed of an order; its words are those of rules/modification.h. */
struct modification_row {
    const char *change; /* "": any */
    const char *state;  /* that the order has reached; "": any */
    const char *group;  /* of customers; "": any */
    const char *way;
    const char *basis;
    const char *promotions;
    const char *approval;
};

struct lane_row {
    const char *warehouse; /* partner id; "" any */
    const char *country;   /* of the destination; "" every other */
    const char *region;    /* "" the rest of the country */
    int64_t transit_days;  /* working days */
};

/* A clause of the cancellation policy, as rules/cancellation_fee.h takes it. */
struct policy_row {
    const char *clause;
    int64_t rank;
    const char *stages;
    const char *product_kind; /* "standard", "custom"; "" any */
    const char *categories;   /* lists are "A | B"; "" any */
    const char *skus;
    const char *groups;
    int64_t hours_from; /* these three: MASTER_VALUE_NONE any */
    int64_t hours_below;
    int64_t promised_within;
    const char *faults;
    const char *deposit_paid; /* "yes", "no"; "" any */
    const char *currency;
    const char *fee;
    int64_t amount_micros; /* these four: MASTER_VALUE_NONE: not given */
    int64_t percent_micros;
    int64_t minimum_micros;
    int64_t maximum_micros;
    const char *tax;        /* "with", "without" */
    const char *promotions; /* "lock", "evaluate" */
    const char *gifts;      /* "value", "back", "keep" */
    const char *waived_by;
    int64_t waive_up_to_micros; /* MASTER_VALUE_NONE: all */
};

struct place_row {
    const char *name;
    const char *country;
    const char *aliases;     /* other names, "A | B" */
    int64_t latitude_micros; /* degrees */
    int64_t longitude_micros;
};

/* What a carrier's code means. */
struct carrier_code_row {
    const char *carrier; /* "": of those that have no row of their own for it */
    const char *code;
    const char *state; /* transport_state_names of rules/transport.h */
    const char *label_en;
    const char *label_zh;
    const char *cause;    /* transport_cause_names, of an exception; "" */
    const char *is_final; /* "yes" or "no" */
};

/* A clause of the return policy; rules/returning.h says what it means.  Lists are "A | B". */
struct return_row {
    const char *clause;
    int64_t rank;
    const char *reasons;
    const char *kinds;
    const char *categories;
    const char *skus;
    const char *groups;
    int64_t window_days; /* MASTER_VALUE_NONE: any */
    const char *verdict;
    const char *when[4]; /* what becomes of it, by condition */
    const char *fee[3];  /* "10%", "5.00" or "", by condition; another item has none */
    const char *currency;
    const char *freight;   /* "customer" or "company" */
    const char *refunds;   /* "yes" or "no" */
    const char *exchanges; /* likewise */
    const char *gifts;     /* that were given for it: "value", "back" or "keep" */
};

struct master_row {
    int64_t line; /* in the file */
    union {
        struct customer_row customer;
        struct product_row product;
        struct option_row option;
        struct unit_row unit;
        struct price_row price;
        struct package_row package;
        struct rate_row rate;
        struct tax_row tax;
        struct promotion_row promotion;
        struct coupon_row coupon;
        struct stock_row stock;
        struct cost_row cost;
        struct authority_row authority;
        struct case_row price_case;
        struct approval_row approval;
        struct calendar_row calendar;
        struct delegation_row delegation;
        struct credit_row credit;
        struct approver_row approver;
        struct carrier_code_row carrier_code;
        struct place_row place;
        struct supply_row supply;
        struct material_row material;
        struct plant_row plant;
        struct lane_row lane;
        struct return_row return_clause;
        struct modification_row modification;
        struct policy_row policy;
        struct approval_case_row approval_case;
    };
};

enum master_type {
    MASTER_TEXT,       /* const char * */
    MASTER_MICROS,     /* int64_t; NULL in the store for AMOUNT_NONE */
    MASTER_COUNT,      /* int64_t */
    MASTER_DAY,        /* int32_t */
    MASTER_ORDER_TYPE, /* enum order_type; a text in the store, "" for every type */
};

struct master_column {
    const char *name; /* in the file */
    enum master_type type;
    size_t offset;  /* in struct master_row */
    bool is_key;    /* no two rows agree in all of these */
    int64_t absent; /* of an empty cell: numbers and days */
    const char *absent_text;
};

bool master_is_kind(enum document_kind kind);

/* Is a file of this kind a table of such rows?  Also what is never stored is. */
bool master_is_table(enum document_kind kind);

/* The columns of a kind of master data, in the order in which the statements of the store name
 * them. */
const struct master_column *master_columns(enum document_kind kind, size_t *count);

/* A copy with texts of its own in `arena`. */
void master_row_copy(enum document_kind kind, const struct master_row *row, struct arena *arena,
                     struct master_row *copy);

/* A row with every cell empty. */
void master_row_init(enum document_kind kind, struct master_row *row);

/* The key of a row in words, for people: "LJ-100 base EUR 0 2026-01-01". */
const char *
master_row_key(enum document_kind kind, const struct master_row *row, struct arena *arena);

#endif
