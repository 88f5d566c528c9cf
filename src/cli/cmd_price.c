/* purser price explain ORDER[/LINE] -- the stored reasons, as they were found when the order was
 * priced. */
#include "cli/bill.h"
#include "cli/command.h"
#include "cli/find.h"
#include "cli/view.h"

/* The trace of the order version in force. */
static enum outcome
read_trace(struct cli *cli, const struct found_order *found, const char **trace, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(cli->store, SQL_view_price_trace, &rows, why, INTEGER(found->id)));
    TRY(rows_next(&rows, why));
    *trace = rows_copy(&rows, 0, &cli->arena);
    return DONE;
}

static enum outcome
no_such_line(const struct found_order *found, struct fault *why)
{
    return fail_as(why, FAULT_NOT_FOUND, "order %s/%s has no line \"%s\"", found->partner,
                   found->number, found->line);
}

static enum outcome
explain_json(struct cli *cli, const struct found_order *found, const char *trace, struct fault *why)
{
    struct json json;
    const char *told = trace;
    if (found->line[0] != '\0') {
        const enum outcome outcome = bill_line_trace(cli, trace, found->line, &told, why);
        if (outcome == NONE) {
            return no_such_line(found, why);
        }
        TRY(outcome);
    }
    cli_json_begin(cli, &json, "price.explain");
    json_object(&json, "data");
    json_text(&json, "partner", found->partner);
    json_text(&json, "number", found->number);
    json_raw(&json, "trace", told);
    json_end(&json);
    cli_json_end(cli, &json);
    return DONE;
}

enum outcome
cmd_price_explain(struct cli *cli, struct fault *why)
{
    struct found_order found;
    const char *trace = "";
    TRY(find_order(cli, true, &found, why));
    enum outcome outcome = read_trace(cli, &found, &trace, why);
    if (outcome == NONE) {
        return fail_as(why, FAULT_CONFLICT,
                       "order %s/%s has no price (yet); `purser order show %s/%s` says why",
                       found.partner, found.number, found.partner, found.number);
    }
    TRY(outcome);
    if (cli->wants_json) {
        return explain_json(cli, &found, trace, why);
    }
    outcome = bill_show(cli, trace, found.line, why);
    return outcome == NONE ? no_such_line(&found, why) : outcome;
}
