/* purser invoice list, show, credit. */
#include "cli/command.h"
#include "cli/view.h"

#include "base/date.h"
#include "desk/desk.h"
#include "store/store_invoice.h"

static const struct view_column list_columns[] = {
    {"number", VIEW_TEXT, 1, 0, M_COLUMN_NUMBER},
    {"kind", VIEW_WORD, 0, 0, M_COLUMN_KIND},
    {"day", VIEW_DAY, 2, 0, M_COLUMN_ISSUED},
    {"due", VIEW_DAY, 3, 0, M_COLUMN_DUE},
    {NULL, VIEW_PATH, 4, 5, M_COLUMN_ORDER},
    {"partner", VIEW_TEXT, 4, 0, VIEW_HIDDEN},
    {"order", VIEW_TEXT, 5, 0, VIEW_HIDDEN},
    {"customer", VIEW_TEXT, 6, 0, M_COLUMN_CUSTOMER},
    {"currency", VIEW_TEXT, 7, 0, VIEW_HIDDEN},
    {"net", VIEW_MONEY, 8, 7, VIEW_HIDDEN},
    {"tax", VIEW_MONEY, 9, 7, VIEW_HIDDEN},
    {"gross", VIEW_MONEY, 10, 7, M_COLUMN_TOTAL},
    {"corrects", VIEW_TEXT, 11, 0, M_COLUMN_CORRECTS},
};
static const struct view list_view = VIEW(SQL_view_invoices, "invoices", VIEW_HIDDEN, list_columns);

static const struct view_column head_columns[] = {
    {"number", VIEW_TEXT, 1, 0, M_COLUMN_NUMBER},
    {"kind", VIEW_WORD, 0, 0, M_COLUMN_KIND},
    {"day", VIEW_DAY, 2, 0, M_COLUMN_ISSUED},
    {"due", VIEW_DAY, 3, 0, M_COLUMN_DUE},
    {"corrects", VIEW_TEXT, 12, 0, M_COLUMN_CORRECTS},
    {"reason", VIEW_TEXT, 13, 0, M_COLUMN_REASON},
    {NULL, VIEW_PATH, 4, 5, M_COLUMN_ORDER},
    {"partner", VIEW_TEXT, 4, 0, VIEW_HIDDEN},
    {"order", VIEW_TEXT, 5, 0, VIEW_HIDDEN},
    {"version", VIEW_INTEGER, 6, 0, M_COLUMN_VERSION},
    {"warehouse", VIEW_TEXT, 16, 0, VIEW_HIDDEN},
    {"shipment", VIEW_TEXT, 17, 0, M_COLUMN_SHIPMENT},
    {"customer", VIEW_TEXT, 7, 0, M_COLUMN_CUSTOMER},
    {"currency", VIEW_TEXT, 8, 0, VIEW_HIDDEN},
    {"net", VIEW_MONEY, 9, 8, M_COLUMN_NET},
    {"tax", VIEW_MONEY, 10, 8, M_COLUMN_TAX},
    {"gross", VIEW_MONEY, 11, 8, M_COLUMN_TOTAL},
    {"left", VIEW_MONEY, 18, 8, M_COLUMN_LEFT},
    {"issued_by", VIEW_TEXT, 14, 0, M_COLUMN_ACTOR},
    {"issued", VIEW_MOMENT, 15, 0, VIEW_HIDDEN},
};
static const struct view head_view =
    VIEW(SQL_view_invoice_head, "invoice", VIEW_HIDDEN, head_columns);

static const struct view_column line_columns[] = {
    {"line", VIEW_TEXT, 0, 0, M_COLUMN_LINE},
    {"sku", VIEW_TEXT, 1, 0, M_COLUMN_SKU},
    {"quantity", VIEW_MICROS, 2, 0, M_COLUMN_QUANTITY},
    {"not_charged", VIEW_MICROS, 3, 0, VIEW_BELOW(M_COLUMN_NOT_CHARGED)},
    {"unit", VIEW_TEXT, 4, 0, M_COLUMN_UNIT},
    {"price", VIEW_PRICE, 5, 0, M_COLUMN_PRICE},
    {"reduction", VIEW_MONEY, 6, 10, VIEW_BELOW(M_COLUMN_REDUCTION)},
    {"net", VIEW_MONEY, 7, 10, M_COLUMN_NET},
    {"tax_rate", VIEW_MICROS, 8, 0, VIEW_HIDDEN},
    {"tax", VIEW_MONEY, 9, 10, M_COLUMN_TAX},
    {"fee_by_clause", VIEW_TEXT, 11, 0, VIEW_BELOW(M_COLUMN_FEE_CLAUSE)},
};
static const struct view lines_view =
    VIEW(SQL_view_invoice_lines, "lines", M_HEADING_LINES, line_columns);

static const struct view_column tax_columns[] = {
    {"rate", VIEW_MICROS, 0, 0, M_COLUMN_RATE},
    {"net", VIEW_MONEY, 1, 3, M_COLUMN_NET},
    {"tax", VIEW_MONEY, 2, 3, M_COLUMN_TAX},
};
static const struct view taxes_view =
    VIEW(SQL_view_invoice_taxes, "taxes", M_HEADING_TAXES, tax_columns);

static const struct view_column correction_columns[] = {
    {"number", VIEW_TEXT, 0, 0, M_COLUMN_NUMBER},   {"day", VIEW_DAY, 1, 0, M_COLUMN_ISSUED},
    {"net", VIEW_MONEY, 2, 5, M_COLUMN_NET},        {"tax", VIEW_MONEY, 3, 5, M_COLUMN_TAX},
    {"gross", VIEW_MONEY, 4, 5, M_COLUMN_TOTAL},    {"reason", VIEW_TEXT, 6, 0, M_COLUMN_REASON},
    {"issued_by", VIEW_TEXT, 7, 0, M_COLUMN_ACTOR},
};
static const struct view corrections_view =
    VIEW(SQL_view_invoice_corrections, "credit_notes", M_HEADING_CREDIT_NOTES, correction_columns);

enum outcome
cmd_invoice_list(struct cli *cli, struct fault *why)
{
    int64_t limit = 0;
    size_t count = 0;
    struct json json;
    TRY(option_number(cli, OPTION_LIMIT, 100, &limit, why));
    if (cli->wants_json) {
        cli_json_begin(cli, &json, "invoice.list");
        json_object(&json, "data");
    }
    TRY(view_show(cli, cli->wants_json ? &json : NULL, &list_view, &count, why,
                  TEXT(option_text(cli, OPTION_PARTNER, "")), INTEGER(limit)));
    if (cli->wants_json) {
        json_end(&json);
        cli_json_end(cli, &json);
    } else if (count == 0) {
        cli_say(cli, M_INVOICE_NONE);
    }
    return DONE;
}

static enum outcome
no_invoice(const char *number, struct fault *why)
{
    return fail_as(why, FAULT_NOT_FOUND,
                   "there is no invoice or credit note %s; `purser invoice list` shows them",
                   number);
}

enum outcome
cmd_invoice_show(struct cli *cli, struct fault *why)
{
    static const struct view *const views[] = {&lines_view, &taxes_view, &corrections_view};
    const struct value number = TEXT(cli->operands[0]);
    struct json json = {0};
    struct json *into = cli->wants_json ? &json : NULL;
    struct invoice invoice;
    const char *partner = "";
    int64_t id = 0;
    const enum outcome found =
        cli->store == NULL
            ? NONE
            : invoice_find(cli->store, cli->operands[0], &cli->arena, &id, &invoice, &partner, why);
    if (found == NONE) {
        return no_invoice(cli->operands[0], why);
    }
    TRY(found);
    if (into != NULL) {
        cli_json_begin(cli, into, "invoice.show");
        json_object(into, "data");
    }
    TRY(view_one(cli, into, &head_view, number, why));
    for (size_t index = 0; index < sizeof views / sizeof views[0]; index++) {
        TRY(view_show(cli, into, views[index], NULL, why, number));
    }
    if (into != NULL) {
        json_end(into);
        cli_json_end(cli, into);
    }
    return DONE;
}

/* A number above zero; AMOUNT_NONE when the option is not given. */
static enum outcome
read_number(struct cli *cli, enum cli_option option, int64_t *micros, struct fault *why)
{
    const char *text = option_text(cli, option, NULL);
    *micros = AMOUNT_NONE;
    if (text == NULL) {
        return DONE;
    }
    if (decimal_parse(text, MICROS_PLACES, micros) != DECIMAL_FINE || *micros <= 0 ||
        *micros > DECIMAL_MICROS_MAX) {
        return fail_as(why, FAULT_USAGE,
                       "--%s is a number above zero such as 2 or 12.50, not "
                       "\"%s\"",
                       option_entries[option].name, text);
    }
    return DONE;
}

static enum outcome
read_request(struct cli *cli, struct credit_request *request, struct fault *why)
{
    *request = (struct credit_request){.number = cli->operands[0],
                                       .line = option_text(cli, OPTION_LINE, ""),
                                       .actor = cli_actor(cli),
                                       .is_trial = option_given(cli, OPTION_DRY_RUN)};
    TRY(option_reason(cli, true, &request->reason, why));
    TRY(read_number(cli, OPTION_QUANTITY, &request->quantity_micros, why));
    TRY(read_number(cli, OPTION_AMOUNT, &request->amount_micros, why));
    if (option_given(cli, OPTION_QUANTITY) && option_given(cli, OPTION_AMOUNT)) {
        return fail_as(why, FAULT_USAGE, "give --quantity or --amount, not both");
    }
    return option_given(cli, OPTION_QUANTITY) && request->line[0] == '\0'
               ? fail_as(why, FAULT_USAGE, "--quantity is of a line: say which with --line N")
               : DONE;
}

static void
show_credit(struct cli *cli, const struct credit_request *request, const struct credit_note *note)
{
    struct json json;
    const int exponent = currency_exponent(note->currency);
    if (cli->wants_json) {
        cli_json_begin(cli, &json, "invoice.credit");
        json_object(&json, "data");
        json_text(&json, "number", note->number);
        json_text(&json, "corrects", request->number);
        json_day(&json, "day", note->day);
        json_text(&json, "currency", note->currency);
        json_decimal(&json, "net", note->net_minor, exponent, exponent);
        json_decimal(&json, "tax", note->tax_minor, exponent, exponent);
        json_decimal(&json, "gross", note->gross_minor, exponent, exponent);
        json_text(&json, "reason", request->reason);
        json_bool(&json, "dry_run", request->is_trial);
        json_end(&json);
        cli_json_end(cli, &json);
    } else if (!option_given(cli, OPTION_QUIET)) {
        cli_say_with(cli, request->is_trial ? M_INVOICE_CREDIT_TRIAL : M_INVOICE_CREDITED,
                     note->number, cli_money(cli, note->gross_minor, note->currency),
                     cli_money(cli, note->tax_minor, note->currency), request->number);
    }
}

enum outcome
cmd_invoice_credit(struct cli *cli, struct fault *why)
{
    struct credit_request request;
    struct credit_note note = {0};
    struct run run = {0};
    TRY(read_request(cli, &request, why));
    run.config = &cli->config;
    run.language = cli->language;
    run.store = cli->store;
    run.log = &cli->log;
    run.home = cli->home;
    run.state = cli->state;
    run.as_of_ms = cli->as_of_ms;
    const enum outcome credited = desk_credit(&run, &request, &cli->arena, &note, why);
    if (credited == NONE) {
        return no_invoice(request.number, why);
    }
    TRY(credited);
    show_credit(cli, &request, &note);
    return DONE;
}
