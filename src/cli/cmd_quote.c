/* purser price quote -- what an order would cost and why, without an order: the same facts, the
 * same rule and the same bill, and nothing is stored. */
#include "cli/bill.h"
#include "cli/command.h"
#include "cli/find.h"
#include "cli/input.h"
#include "cli/quote.h"

#include "base/decimal.h"
#include "desk/appraise.h"
#include "writers/finding_report.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct quoting {
    struct cli *cli;
    struct json *json; /* NULL: for people */
    struct facts *facts;
    const struct partner *partner; /* of --partner, else NULL: the customer's */
    int32_t day;                   /* of orders that name none */
    struct arena arena;            /* of one order */
    struct findings findings;
    size_t count;
    bool has_unpriced;
};

static void
quoting_close(struct quoting *quoting)
{
    facts_close(quoting->facts);
    arena_close(&quoting->arena);
    findings_close(&quoting->findings);
}

/* What is put together to be shown of one order goes with it: a file may hold any number. */
static enum outcome
show_bill(struct quoting *quoting, const char *trace, struct fault *why)
{
    const struct arena lasting = quoting->cli->arena;
    quoting->cli->arena = quoting->arena;
    const enum outcome outcome = bill_show(quoting->cli, trace, "", why);
    quoting->arena = quoting->cli->arena;
    quoting->cli->arena = lasting;
    return outcome;
}

static enum outcome
flush_full(struct cli *cli, struct fault *why)
{
    enum { FLUSH_SIZE = 64 * 1024 };
    return cli->out.size > FLUSH_SIZE ? cli_flush(cli, why) : DONE;
}

/* The bill, or the lines that have a price. */
static enum outcome
show(struct quoting *quoting, const struct order *order, const struct appraisal *appraisal,
     struct fault *why)
{
    struct cli *cli = quoting->cli;
    const bool has_trace = appraisal->decision.trace[0] != '\0'; /* not of what is too large */
    if (quoting->json != NULL) {
        json_object(quoting->json, NULL);
        json_text(quoting->json, "order", order->number);
        json_bool(quoting->json, "priced", appraisal->is_good);
        json_raw(quoting->json, "trace", has_trace ? appraisal->decision.trace : "null");
        json_end(quoting->json);
        return flush_full(cli, why);
    }
    if (quoting->count > 0) {
        buf_char(&cli->out, '\n');
    }
    if (order->number[0] != '\0') {
        cli_say_with(cli, M_QUOTE_ORDER, order->number);
    }
    if (has_trace) {
        TRY(show_bill(quoting, appraisal->decision.trace, why));
    }
    return flush_full(cli, why);
}

static enum outcome
quote(struct quoting *quoting, struct order *order, struct fault *why)
{
    struct partner stranger;
    struct appraisal appraisal = {0};
    struct appraiser appraiser = {quoting->facts, &quoting->cli->config, quoting->partner, NULL};
    if (order->order_date == DAY_NONE) {
        order->order_date = quoting->day;
    }
    if (quoting->partner == NULL) {
        TRY(appraise_partner(&appraiser, order, &stranger, why));
    }
    TRY(appraise(&appraiser, order, &quoting->arena, &quoting->findings, &appraisal, why));
    quoting->has_unpriced |= !appraisal.is_good;
    TRY(show(quoting, order, &appraisal, why));
    quoting->count++;
    return DONE;
}

/* What the command line does not say: the customer's currency and country, the products' units. */
static enum outcome
complete(struct quoting *quoting, struct order *order, struct fault *why)
{
    const struct cli *cli = quoting->cli;
    const struct customer_row *customer = NULL;
    if (order->parties[PARTY_SOLD_TO].code[0] == '\0' && quoting->partner != NULL) {
        order->parties[PARTY_SOLD_TO].code = quoting->partner->customer;
    }
    const enum outcome found =
        facts_customer(quoting->facts, order->parties[PARTY_SOLD_TO].code, &customer, why);
    if (found != DONE && found != NONE) {
        return found;
    }
    if (order->currency[0] == '\0') {
        order->currency = found == DONE && customer->currency[0] != '\0'
                              ? customer->currency
                              : cli->config.company_currency;
    }
    if (found == DONE && order->parties[PARTY_SHIP_TO].country[0] == '\0') {
        order->parties[PARTY_SHIP_TO].country = customer->country;
    }
    for (size_t index = 0; index < order->line_count; index++) {
        struct order_line *line = &order->lines[index];
        if (line->unit[0] == '\0') {
            const enum outcome outcome = facts_unit(quoting->facts, line->sku, &line->unit, why);
            if (outcome != NONE) { /* that there is no such product is found by pricing */
                TRY(outcome);
            }
        }
    }
    return DONE;
}

/* No more decimals than the currency has, which is known by now. */
static enum outcome
check_freight(const struct order *order, struct fault *why)
{
    const int exponent = currency_exponent(order->currency);
    return exponent < 0 || order->freight_micros % (money_unit_picos(exponent) / MICROS) == 0
               ? DONE
               : fail_as(why, FAULT_USAGE, "--freight has more decimals than amounts in %s have",
                         order->currency);
}

static enum outcome
quote_options(struct quoting *quoting, struct fault *why)
{
    struct order order;
    TRY(quote_order(quoting->cli, &order, why));
    TRY(complete(quoting, &order, why));
    TRY(check_freight(&order, why));
    return quote(quoting, &order, why);
}

/* Every good order of the file; what is wrong with the others is told as `purser check` does. */
static enum outcome
quote_documents(struct quoting *quoting, struct reading *reading, struct fault *why)
{
    struct document *document = NULL;
    enum outcome outcome;
    while ((outcome = reading_next(reading, &document, why)) == DONE) {
        if (document->kind != DOCUMENT_ORDER) {
            return fail_as(why, FAULT_USAGE, "%s holds no orders, but %s",
                           quoting->cli->operands[0], document_kind_names[document->kind]);
        }
        if (document->is_good) {
            TRY(quote(quoting, &document->order, why));
        }
        arena_reset(&quoting->arena);
        facts_trim(quoting->facts);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
quote_file(struct quoting *quoting, struct fault *why)
{
    const char *path = quoting->cli->operands[0];
    const struct sender sender = input_sender(quoting->cli, quoting->partner);
    struct reading *reading = NULL;
    int descriptor = -1;
    TRY(input_open(path, &descriptor, why));
    enum outcome outcome = reading_open(&reading, descriptor, input_name(path),
                                        strlen(input_name(path)), &sender, &quoting->findings, why);
    if (outcome == DONE) {
        outcome = quote_documents(quoting, reading, why);
    }
    reading_close(reading);
    close(descriptor);
    return outcome;
}

static void
show_findings(struct quoting *quoting)
{
    struct cli *cli = quoting->cli;
    const struct finding_report report = {.name = cli->operand_count > 0 ? cli->operands[0]
                                                                         : cli->command->name,
                                          .findings = &quoting->findings};
    if (quoting->json != NULL) {
        finding_report_list_json(&report, cli->language, quoting->json);
    } else if (findings_total(&quoting->findings) > 0) {
        buf_char(&cli->out, '\n');
        finding_report_list(&report, cli->language, cli_has_colour(cli), &cli->out);
    }
}

/* A file says all that the options of an order say. */
static enum outcome
check_usage(const struct cli *cli, struct fault *why)
{
    for (size_t index = 0; cli->operand_count > 0 && index < cli->given_count; index++) {
        if (quote_takes(cli->given[index].option)) {
            return fail_as(why, FAULT_USAGE, "--%s is said by the orders of %s",
                           option_entries[cli->given[index].option].name, cli->operands[0]);
        }
    }
    return DONE;
}

static enum outcome
quote_all(struct quoting *quoting, struct fault *why)
{
    struct cli *cli = quoting->cli;
    if (quoting->json != NULL) {
        cli_json_begin(cli, quoting->json, "price.quote");
        json_object(quoting->json, "data");
        json_array(quoting->json, "quotes");
    }
    TRY(cli->operand_count > 0 ? quote_file(quoting, why) : quote_options(quoting, why));
    if (quoting->json != NULL) {
        json_end(quoting->json);
    }
    show_findings(quoting);
    if (quoting->json != NULL) {
        json_end(quoting->json);
        cli_json_end(cli, quoting->json);
    }
    if (quoting->has_unpriced || findings_has(&quoting->findings, SEVERITY_ERROR)) {
        cli->exit_code = 3;
    }
    return DONE;
}

enum outcome
cmd_price_quote(struct cli *cli, struct fault *why)
{
    struct json json = {0};
    OWNED(quoting) quoting = {.cli = cli,
                              .json = cli->wants_json ? &json : NULL,
                              .facts = arena_new(&cli->arena, struct facts),
                              .day = moment_day(cli->as_of_ms)};
    TRY(check_usage(cli, why));
    facts_init(quoting.facts, cli->store);
    arena_init(&quoting.arena, APPRAISAL_BYTES_MAX);
    findings_init(&quoting.findings);
    if (cli->store == NULL) {
        return fail_as(why, FAULT_NOT_FOUND,
                       "there are no prices yet: finance sends customers, products and prices");
    }
    const enum outcome outcome = option_day(cli, OPTION_DATE, &quoting.day, why);
    if (outcome != NONE) {
        TRY(outcome);
    }
    if (option_given(cli, OPTION_PARTNER)) {
        TRY(find_partner(cli, cli->values[OPTION_PARTNER], &quoting.partner, why));
    }
    facts_begin_file(quoting.facts);
    return quote_all(&quoting, why);
}
