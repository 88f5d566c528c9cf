/* purser order list, show; and purser approval show. */
#include "cli/command.h"
#include "cli/find.h"
#include "cli/stops.h"
#include "cli/view.h"

#include "order/lifecycle.h"

#include <string.h>

static const struct view_column order_columns[] = {
    {NULL, VIEW_PATH, 0, 1, M_COLUMN_ORDER},
    {"partner", VIEW_TEXT, 0, 0, VIEW_HIDDEN},
    {"number", VIEW_TEXT, 1, 0, VIEW_HIDDEN},
    {"version", VIEW_INTEGER, 2, 0, VIEW_HIDDEN},
    {"state", VIEW_HEADLINE, 3, 4, M_COLUMN_STATE},
    {"approval", VIEW_TEXT, 3, 0, VIEW_HIDDEN},
    {"fulfilment", VIEW_TEXT, 4, 0, VIEW_HIDDEN},
    {"payment", VIEW_TEXT, 5, 0, VIEW_HIDDEN},
    {"lines", VIEW_INTEGER, 8, 0, M_COLUMN_LINES},
    {"gross", VIEW_MONEY, 7, 6, M_COLUMN_TOTAL},
    {"currency", VIEW_TEXT, 6, 0, VIEW_HIDDEN},
    {"received", VIEW_MOMENT, 9, 0, M_COLUMN_RECEIVED},
};
static const struct view orders_view = VIEW(SQL_view_orders, "orders", VIEW_HIDDEN, order_columns);

static const struct view_column head_columns[] = {
    {NULL, VIEW_PATH, 0, 1, M_COLUMN_ORDER},
    {"partner", VIEW_TEXT, 0, 0, VIEW_HIDDEN},
    {"number", VIEW_TEXT, 1, 0, VIEW_HIDDEN},
    {"version", VIEW_INTEGER, 2, 0, M_COLUMN_VERSION},
    {"state", VIEW_HEADLINE, 3, 4, M_COLUMN_STATE},
    {"approval", VIEW_TEXT, 3, 0, VIEW_HIDDEN},
    {"fulfilment", VIEW_TEXT, 4, 0, VIEW_HIDDEN},
    {"payment", VIEW_TEXT, 5, 0, VIEW_HIDDEN},
    {"type", VIEW_WORD, 10, 0, M_COLUMN_TYPE},
    {"currency", VIEW_TEXT, 6, 0, VIEW_HIDDEN},
    {"order_date", VIEW_DAY, 11, 0, M_COLUMN_ORDER_DATE},
    {"requested_from", VIEW_DAY, 12, 0, M_COLUMN_REQUESTED_FROM},
    {"requested_to", VIEW_DAY, 13, 0, M_COLUMN_REQUESTED_TO},
    {"coupons", VIEW_RAW, 14, 0, VIEW_HIDDEN},
    {NULL, VIEW_TEXT, 20, 0, M_COLUMN_COUPONS},
    {"customer", VIEW_TEXT, 18, 0, M_COLUMN_CUSTOMER},
    {"sales_person", VIEW_TEXT, 33, 0, M_COLUMN_SALES_PERSON},
    {"net", VIEW_MONEY, 16, 6, M_COLUMN_NET},
    {"freight", VIEW_MONEY, 33, 6, M_COLUMN_FREIGHT},
    {"tax", VIEW_MONEY, 17, 6, M_COLUMN_TAX},
    {"gross", VIEW_MONEY, 7, 6, M_COLUMN_TOTAL},
    {"cancelled", VIEW_MONEY, 31, 6, M_COLUMN_CANCELLED},
    {"charged", VIEW_MONEY, 32, 6, M_COLUMN_CHARGED},
    {"payment_terms", VIEW_TEXT, 21, 0, VIEW_HIDDEN},
    {NULL, VIEW_WORD, 22, 0, M_COLUMN_TERMS},
    {"deposit", VIEW_MICROS, 23, 0, VIEW_HIDDEN},
    {"payment_days", VIEW_INTEGER, 24, 0, VIEW_HIDDEN},
    {"required", VIEW_MONEY, 25, 30, M_COLUMN_REQUIRED},
    {"paid", VIEW_MONEY, 26, 30, M_COLUMN_PAID},
    {"refunded", VIEW_MONEY, 27, 30, M_COLUMN_REFUNDED},
    {"open", VIEW_MONEY, 28, 30, M_COLUMN_OPEN},
    {"to_refund", VIEW_MONEY, 29, 30, M_COLUMN_TO_REFUND},
    {"file", VIEW_TEXT, 15, 0, M_COLUMN_FILE},
    {"received", VIEW_MOMENT, 9, 0, M_COLUMN_RECEIVED},
};
static const struct view head_view = VIEW(SQL_view_order_head, "order", VIEW_HIDDEN, head_columns);

static const struct view_column line_columns[] = {
    {"line", VIEW_TEXT, 0, 0, M_COLUMN_LINE},
    {"sku", VIEW_TEXT, 1, 0, M_COLUMN_SKU},
    {"description", VIEW_TEXT, 2, 0, M_COLUMN_DESCRIPTION},
    {"quantity", VIEW_MICROS, 3, 0, M_COLUMN_QUANTITY},
    {"unit", VIEW_TEXT, 4, 0, M_COLUMN_UNIT},
    {"price", VIEW_PRICE, 5, 0, M_COLUMN_PRICE},
    {"net", VIEW_MONEY, 6, 9, M_COLUMN_NET},
    {"tax_rate", VIEW_MICROS, 7, 0, VIEW_HIDDEN},
    {"tax", VIEW_MONEY, 8, 9, M_COLUMN_TAX},
    {"options", VIEW_RAW, 10, 0, VIEW_HIDDEN},
    {NULL, VIEW_TEXT, 14, 0, VIEW_BELOW(M_COLUMN_OPTIONS)},
    {"expected_price", VIEW_PRICE, 11, 0, VIEW_BELOW(M_COLUMN_EXPECTED_PRICE)},
    {"manual_price", VIEW_PRICE, 15, 0, VIEW_BELOW(M_COLUMN_PRICE_BY_HAND)},
    {"rules_price", VIEW_PRICE, 18, 0, VIEW_BELOW(M_COLUMN_PRICE_BY_RULES)},
    {"requested_discount", VIEW_MICROS, 20, 0, VIEW_BELOW(M_COLUMN_DISCOUNT_PERCENT)},
    {"price_reason", VIEW_TEXT, 16, 0, VIEW_BELOW(M_COLUMN_PRICE_REASON)},
    {"price_person", VIEW_TEXT, 17, 0, VIEW_BELOW(M_COLUMN_PRICE_PERSON)},
    {"cancelled", VIEW_MICROS, 19, 0, VIEW_BELOW(M_COLUMN_CANCELLED)},
    {"requested_from", VIEW_DAY, 12, 0, VIEW_BELOW(M_COLUMN_REQUESTED_FROM)},
    {"requested_to", VIEW_DAY, 13, 0, VIEW_BELOW(M_COLUMN_REQUESTED_TO)},
};
static const struct view lines_view =
    VIEW(SQL_view_order_lines, "lines", M_HEADING_LINES, line_columns);

static const struct view_column reduction_columns[] = {
    {"line", VIEW_TEXT, 0, 0, M_COLUMN_LINE},
    {"promotion", VIEW_TEXT, 1, 0, M_COLUMN_PROMOTION},
    {"reduction", VIEW_MONEY, 2, 3, M_COLUMN_REDUCTION},
};
static const struct view reductions_view =
    VIEW(SQL_view_order_reductions, "reductions", M_HEADING_REDUCTIONS, reduction_columns);

static const struct view_column free_line_columns[] = {
    {"number", VIEW_TEXT, 0, 0, M_COLUMN_LINE},
    {"sku", VIEW_TEXT, 1, 0, M_COLUMN_SKU},
    {"quantity", VIEW_MICROS, 2, 0, M_COLUMN_QUANTITY},
    {"unit", VIEW_TEXT, 3, 0, M_COLUMN_UNIT},
    {"promotion", VIEW_TEXT, 4, 0, M_COLUMN_PROMOTION},
    {"for_line", VIEW_TEXT, 5, 0, M_COLUMN_FOR_LINE},
    {"owed", VIEW_MICROS, 6, 0, VIEW_BELOW(M_COLUMN_OWED)},
};
static const struct view free_lines_view =
    VIEW(SQL_view_order_free_lines, "free_goods", M_HEADING_FREE_GOODS, free_line_columns);

static const struct view_column party_columns[] = {
    {"role", VIEW_WORD, 0, 0, M_COLUMN_ROLE},
    {"code", VIEW_TEXT, 1, 0, VIEW_BELOW(M_COLUMN_CUSTOMER)},
    {"name", VIEW_TEXT, 2, 0, M_COLUMN_NAME},
    {"contact", VIEW_TEXT, 3, 0, VIEW_BELOW(M_COLUMN_CONTACT)},
    {"phone", VIEW_TEXT, 4, 0, M_COLUMN_PHONE},
    {"email", VIEW_TEXT, 5, 0, VIEW_BELOW(M_COLUMN_EMAIL)},
    {"street", VIEW_TEXT, 6, 0, M_COLUMN_STREET},
    {"street2", VIEW_TEXT, 7, 0, VIEW_BELOW(M_COLUMN_STREET_2)},
    {"district", VIEW_TEXT, 8, 0, VIEW_BELOW(M_COLUMN_DISTRICT)},
    {"postal_code", VIEW_TEXT, 9, 0, M_COLUMN_POSTAL_CODE},
    {"city", VIEW_TEXT, 10, 0, M_COLUMN_CITY},
    {"region", VIEW_TEXT, 11, 0, VIEW_BELOW(M_COLUMN_REGION)},
    {"country", VIEW_TEXT, 12, 0, M_COLUMN_COUNTRY},
};
static const struct view parties_view =
    VIEW(SQL_view_order_parties, "parties", M_HEADING_PARTIES, party_columns);

static const struct view_column hold_columns[] = {
    {"kind", VIEW_WORD, 0, 0, M_COLUMN_KIND},
    {"blocks", VIEW_WORD, 20, 0, M_COLUMN_BLOCKS},
    {"version", VIEW_INTEGER, 1, 0, VIEW_HIDDEN},
    {"reason", VIEW_TEXT, 2, 0, VIEW_HIDDEN},
    {"since", VIEW_MOMENT, 3, 0, M_COLUMN_SINCE},
    {"until", VIEW_DAY, 4, 0, M_COLUMN_UNTIL},
    {"placed_by", VIEW_TEXT, 5, 0, M_COLUMN_ACTOR},
    {"only_by", VIEW_TEXT, 6, 0, VIEW_BELOW(M_COLUMN_ONLY_BY)},
    {"how", VIEW_WORD, 7, 0, M_COLUMN_END},
    {"ended", VIEW_MOMENT, 8, 0, M_COLUMN_ENDED},
    {NULL, VIEW_WORD, 12, 0, VIEW_BELOW(M_COLUMN_REASON)},
    {NULL, VIEW_TEXT, 13, 0, VIEW_BELOW(M_COLUMN_REASON)},
    {NULL, VIEW_TEXT, 14, 0, VIEW_BELOW(M_COLUMN_CREDIT_LIMIT)},
    {NULL, VIEW_TEXT, 15, 0, VIEW_BELOW(M_COLUMN_CREDIT_UNPAID)},
    {NULL, VIEW_TEXT, 16, 0, VIEW_BELOW(M_COLUMN_CREDIT_OVERDUE)},
    {NULL, VIEW_TEXT, 17, 0, VIEW_BELOW(M_COLUMN_CREDIT_OPEN)},
    {NULL, VIEW_TEXT, 18, 0, VIEW_BELOW(M_COLUMN_CREDIT_ORDER)},
    {NULL, VIEW_TEXT, 19, 0, VIEW_BELOW(M_COLUMN_CREDIT_SUM)},
    {"ended_by", VIEW_TEXT, 9, 0, VIEW_BELOW(M_COLUMN_ENDED_BY)},
    {"end_reason", VIEW_TEXT, 10, 0, VIEW_BELOW(M_COLUMN_END_REASON)},
    {"trace", VIEW_RAW, 11, 0, VIEW_HIDDEN},
};
static const struct view holds_view =
    VIEW(SQL_view_order_holds, "holds", M_HEADING_HOLDS, hold_columns);

static const struct view_column change_columns[] = {
    {"number", VIEW_INTEGER, 0, 0, M_COLUMN_NUMBER},
    {"change", VIEW_TEXT, 1, 0, M_COLUMN_CHANGE},
    {"actor", VIEW_TEXT, 2, 0, M_COLUMN_ACTOR},
    {"at", VIEW_MOMENT, 3, 0, M_COLUMN_TIME},
    {"state", VIEW_WORD, 4, 0, M_COLUMN_STATE},
    {"version", VIEW_INTEGER, 5, 0, M_COLUMN_VERSION},
    {"until", VIEW_DAY, 6, 0, M_COLUMN_UNTIL},
    {"ended_by", VIEW_TEXT, 7, 0, VIEW_HIDDEN},
};
static const struct view changes_view =
    VIEW(SQL_view_order_changes, "changes", M_HEADING_CHANGES, change_columns);

static const struct view_column note_columns[] = {
    {"kind", VIEW_WORD, 0, 0, M_COLUMN_KIND},
    {"line", VIEW_TEXT, 1, 0, M_COLUMN_LINE},
    {"text", VIEW_TEXT, 2, 0, VIEW_BELOW(M_COLUMN_TEXT)},
};
static const struct view notes_view =
    VIEW(SQL_view_order_notes, "notes", M_HEADING_NOTES, note_columns);

static const struct view_column step_columns[] = {
    {"version", VIEW_INTEGER, 0, 0, M_COLUMN_VERSION},
    {"step", VIEW_INTEGER, 1, 0, M_COLUMN_STEP},
    {"approver", VIEW_TEXT, 2, 0, M_COLUMN_APPROVER},
    {"state", VIEW_WORD, 3, 0, M_COLUMN_STATE},
    {"amount", VIEW_MONEY, 4, 6, M_COLUMN_AMOUNT},
    {"limit", VIEW_MONEY, 5, 6, M_COLUMN_LIMIT},
    {"currency", VIEW_TEXT, 6, 0, VIEW_HIDDEN},
    {"asked", VIEW_MOMENT, 7, 0, M_COLUMN_ASKED},
    {"decided", VIEW_MOMENT, 8, 0, M_COLUMN_DECIDED},
    {"decided_by", VIEW_TEXT, 9, 0, M_COLUMN_ACTOR},
    {"reason", VIEW_TEXT, 10, 0, M_COLUMN_REASON},
    {"trace", VIEW_RAW, 11, 0, VIEW_HIDDEN},
    {"way", VIEW_RAW, 12, 0, VIEW_HIDDEN},
    {"due", VIEW_MOMENT, 13, 0, VIEW_HIDDEN},
    {"reminders", VIEW_INTEGER, 14, 0, VIEW_HIDDEN},
};
static const struct view steps_view =
    VIEW(SQL_view_order_approvals, "approvals", M_HEADING_APPROVALS, step_columns);

static const struct view_column finding_columns[] = {
    {"code", VIEW_TEXT, 0, 0, M_COLUMN_CODE},    {"severity", VIEW_WORD, 1, 0, M_COLUMN_SEVERITY},
    {"line", VIEW_INTEGER, 2, 0, VIEW_HIDDEN},   {"order_line", VIEW_TEXT, 4, 0, M_COLUMN_LINE},
    {"field", VIEW_TEXT, 5, 0, M_COLUMN_FIELD},  {"value", VIEW_TEXT, 6, 0, M_COLUMN_VALUE},
    {"expected", VIEW_TEXT, 7, 0, VIEW_HIDDEN},  {"hint", VIEW_TEXT, 8, 0, VIEW_HIDDEN},
    {"text", VIEW_FINDING, 0, 3, M_COLUMN_TEXT},
};
static const struct view findings_view =
    VIEW(SQL_view_order_findings, "findings", M_HEADING_FINDINGS, finding_columns);

static const struct view_column payment_columns[] = {
    {"number", VIEW_TEXT, 0, 0, M_COLUMN_NUMBER},
    {"kind", VIEW_WORD, 1, 0, M_COLUMN_KIND},
    {"amount", VIEW_MONEY, 2, 3, M_COLUMN_AMOUNT},
    {"currency", VIEW_TEXT, 3, 0, VIEW_HIDDEN},
    {"paid_on", VIEW_DAY, 4, 0, M_COLUMN_PAID_ON},
    {"payer", VIEW_TEXT, 5, 0, VIEW_BELOW(M_COLUMN_PAYER)},
    {"reference", VIEW_TEXT, 6, 0, VIEW_BELOW(M_COLUMN_REFERENCE)},
    {"invoice", VIEW_TEXT, 7, 0, VIEW_BELOW(M_COLUMN_INVOICE)},
    {"finance", VIEW_TEXT, 8, 0, VIEW_HIDDEN},
    {"assigned_by", VIEW_TEXT, 9, 0, VIEW_BELOW(M_COLUMN_ASSIGNED_BY)},
};
static const struct view_column exchange_columns[] = {
    {"order", VIEW_PATH, 0, 1, M_COLUMN_ORDER},
    {"is", VIEW_WORD, 2, 0, M_COLUMN_KIND},
    {"return", VIEW_TEXT, 3, 0, M_COLUMN_RETURN_NUMBER},
    {"state", VIEW_HEADLINE, 4, 5, M_COLUMN_STATE},
};
static const struct view exchanges_view =
    VIEW(SQL_view_order_exchanges, "exchanges", M_HEADING_EXCHANGES, exchange_columns);

static const struct view payments_view =
    VIEW(SQL_view_order_payments, "payments", M_HEADING_PAYMENTS, payment_columns);

/* The states that a headline stands for; of payment, which decides few, "due part" or "": any. */
struct states {
    const char *approval;
    const char *fulfilment;
    const char *payments;
};

static void
add_payment(struct cli *cli, const char *headline, int approval, int fulfilment, int payment,
            struct states *states)
{
    const enum headline here =
        lifecycle_headline((enum approval_state)approval, (enum fulfilment_state)fulfilment,
                           (enum payment_state)payment);
    if (strcmp(headline_names[here], headline) == 0) {
        states->approval = approval_state_names[approval];
        states->fulfilment = fulfilment_state_names[fulfilment];
        states->payments =
            arena_format(&cli->arena, "%s %s", states->payments, payment_state_names[payment]);
    }
}

/* Approval decides it but for approved orders, whose fulfilment does, and before that payment. */
static enum outcome
states_of(struct cli *cli, const char *headline, struct states *states, struct fault *why)
{
    for (int first = 0; first < APPROVAL_STATE_COUNT; first++) {
        for (int second = 0; second < FULFILMENT_STATE_COUNT; second++) {
            for (int third = 0; third < PAYMENT_STATE_COUNT; third++) {
                add_payment(cli, headline, first, second, third, states);
            }
            if (states->approval[0] != '\0') {
                return DONE;
            }
        }
    }
    return fail_as(why, FAULT_USAGE,
                   "--state is submitted, waiting-for-price, waiting-for-approval, refused, "
                   "approved, waiting-for-payment, paid, released, "
                   "partly-shipped, shipped, partly-delivered or delivered, not \"%s\"",
                   headline);
}

static const char *
state_name(enum axis axis, int state)
{
    static const char *const *const names[AXIS_COUNT] = {
        [AXIS_APPROVAL] = approval_state_names,
        [AXIS_FULFILMENT] = fulfilment_state_names,
        [AXIS_PAYMENT] = payment_state_names,
    };
    return names[axis][state];
}

/* The table of moves in the language of graphviz. */
static void
show_graph(struct cli *cli)
{
    buf_text(&cli->out, "digraph order {\n    rankdir = LR;\n");
    for (int axis = 0; axis < AXIS_COUNT; axis++) {
        buf_format(&cli->out, "    subgraph cluster_%s {\n        label = \"%s\";\n",
                   axis_names[axis], axis_names[axis]);
        for (size_t index = 0; index < lifecycle_edge_count; index++) {
            const struct edge *edge = &lifecycle_edges[index];
            if ((int)edge->axis == axis) {
                buf_format(&cli->out, "        \"%s\" -> \"%s\" [label = \"%s\"];\n",
                           state_name(edge->axis, edge->from), state_name(edge->axis, edge->to),
                           order_event_names[edge->on]);
            }
        }
        buf_text(&cli->out, "    }\n");
    }
    buf_text(&cli->out, "}\n");
}

enum outcome
cmd_order_list(struct cli *cli, struct fault *why)
{
    struct states states = {"", "", ""};
    int64_t limit = 0;
    size_t count = 0;
    struct json json;
    if (option_given(cli, OPTION_GRAPH)) {
        show_graph(cli);
        cli_json_around(cli, "order.graph");
        return DONE;
    }
    if (option_given(cli, OPTION_STATE)) {
        TRY(states_of(cli, cli->values[OPTION_STATE], &states, why));
    }
    TRY(option_number(cli, OPTION_LIMIT, 100, &limit, why));
    if (cli->wants_json) {
        cli_json_begin(cli, &json, "order.list");
        json_object(&json, "data");
    }
    TRY(view_show(cli, cli->wants_json ? &json : NULL, &orders_view, &count, why,
                  TEXT(option_text(cli, OPTION_PARTNER, "")), TEXT(states.approval),
                  TEXT(states.fulfilment), TEXT(states.payments), INTEGER(limit)));
    if (cli->wants_json) {
        json_end(&json);
        cli_json_end(cli, &json);
    } else if (count == 0) {
        cli_say(cli, M_ORDER_NONE);
    } else if ((int64_t)count == limit) {
        log_write(&cli->log, LOG_NOTE, "%s",
                  cli_phrase(cli, M_ORDER_LIMITED, cli_integer(cli, (int64_t)count)));
    }
    return DONE;
}

static enum outcome
show_views(struct cli *cli, const char *schema, int64_t id, const struct view *const *views,
           struct fault *why)
{
    struct json json = {0};
    struct json *into = cli->wants_json ? &json : NULL;
    if (into != NULL) {
        cli_json_begin(cli, into, schema);
        json_object(into, "data");
    }
    TRY(view_one(cli, into, &head_view, INTEGER(id), why));
    for (; *views != NULL; views++) {
        TRY(view_show(cli, into, *views, NULL, why, INTEGER(id)));
    }
    if (into != NULL) {
        json_end(into);
        cli_json_end(cli, into);
    }
    return DONE;
}

enum outcome
cmd_order_show(struct cli *cli, struct fault *why)
{
    const struct view *views[] = {&parties_view,
                                  &lines_view,
                                  &reductions_view,
                                  &free_lines_view,
                                  &notes_view,
                                  &steps_view,
                                  &holds_view,
                                  &changes_view,
                                  &payments_view,
                                  &stops_of_order_view,
                                  &findings_view,
                                  NULL,
                                  NULL};
    const size_t last = sizeof views / sizeof views[0] - 2;
    struct found_order found;
    int64_t exchanges = 0;
    TRY(find_order(cli, false, &found, why));
    TRY(store_number(cli->store, SQL_view_order_exchange_count, 0, &exchanges, why,
                     INTEGER(found.id)));
    views[last] = exchanges > 0 ? &exchanges_view : NULL;
    return show_views(cli, "order.show", found.id, views, why);
}

enum outcome
cmd_approval_show(struct cli *cli, struct fault *why)
{
    static const struct view *const views[] = {&steps_view, NULL};
    struct found_order found;
    TRY(find_order(cli, false, &found, why));
    return show_views(cli, "approval.show", found.id, views, why);
}
