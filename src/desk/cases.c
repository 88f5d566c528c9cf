#include "desk/cases.h"

#include "base/text.h"
#include "desk/appraise.h"
#include "store/store.h"
#include "store/store_master.h"
#include "store/store_trace.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { ROW_BYTES_MAX = 1024 * 1024, SHOWN_MAX = 80 };

/* The tables that are assumed to be in force, and where the pass over the cases stands. */
struct world {
    struct run *run;
    struct facts *facts;
    int64_t cases_version;
    bool cases_are_new; /* their file is the one that is judged, so findings have places */
    struct findings *findings;
    struct arena arena;      /* of the case */
    struct master_row *rows; /* of the case, one per line */
    size_t count;
    size_t capacity;
};

/* -- one case --------------------------------------------------------------------------------- */

/* "A | B": the next piece; NULL after the last. */
static const char *
next_piece(const char **rest, struct arena *arena)
{
    size_t size = 0;
    const char *piece = text_list_next(rest, &size);
    return piece == NULL ? NULL : arena_copy_bytes(arena, piece, size);
}

static void
set_options(struct order_line *line, const char *text, struct arena *arena)
{
    const char *piece;
    line->options = arena_array(arena, struct option, LINE_OPTIONS_MAX);
    while (line->option_count < LINE_OPTIONS_MAX && (piece = next_piece(&text, arena)) != NULL) {
        const char *equal = strchr(piece, '=');
        if (equal == NULL) {
            continue; /* reading has refused such a file */
        }
        line->options[line->option_count++] = (struct option){
            text_normalise(arena, arena_copy_bytes(arena, piece, (size_t)(equal - piece))),
            text_normalise(arena, equal + 1)};
    }
}

static void
add_coupons(struct order *order, const char *text, struct arena *arena)
{
    const char *piece;
    if (order->coupons == NULL) {
        order->coupons = arena_array(arena, const char *, ORDER_COUPONS_MAX);
    }
    while (order->coupon_count < ORDER_COUPONS_MAX && (piece = next_piece(&text, arena)) != NULL) {
        order->coupons[order->coupon_count++] = piece;
    }
}

static enum outcome
set_line(struct world *world, struct order *order, const struct case_row *row, struct fault *why)
{
    struct order_line *line = &order->lines[order->line_count++];
    order_line_init(line);
    line->number = arena_format(&world->arena, "%" PRId64, row->line);
    line->sku = row->sku;
    line->quantity_micros = row->quantity_micros;
    line->unit = row->unit;
    set_options(line, row->options, &world->arena);
    add_coupons(order, row->coupons, &world->arena);
    if (line->unit[0] != '\0') {
        return DONE;
    }
    const enum outcome found = facts_unit(world->facts, row->sku, &line->unit, why);
    return found == NONE ? DONE : found; /* pricing finds that there is no such product */
}

/* The order of a case; customer, day, currency and destination are those of its first line. */
static enum outcome
make_order(struct world *world, struct order *order, struct fault *why)
{
    const struct case_row *first = &world->rows[0].price_case;
    const struct customer_row *customer = NULL;
    order_init(order);
    order->order_date = first->day;
    order->parties[PARTY_SOLD_TO].code = first->customer;
    const enum outcome found = facts_customer(world->facts, first->customer, &customer, why);
    if (found != DONE && found != NONE) {
        return found;
    }
    order->currency = first->currency[0] != '\0' ? first->currency
                      : found == DONE && customer->currency[0] != '\0'
                          ? customer->currency
                          : world->run->config->company_currency;
    order->parties[PARTY_SHIP_TO].country = first->country[0] != '\0' ? first->country
                                            : found == DONE           ? customer->country
                                                                      : "";
    order->lines = arena_array(&world->arena, struct order_line, world->count);
    for (size_t index = 0; index < world->count; index++) {
        TRY(set_line(world, order, &world->rows[index].price_case, why));
    }
    return DONE;
}

/* -- what comes of it ------------------------------------------------------------------------- */

static const char *
case_name(const struct case_row *row, struct arena *arena)
{
    const char *name = text_show(arena, row->name, strlen(row->name), SHOWN_MAX);
    return row->line == 1 ? name : arena_format(arena, "%s/%" PRId64, name, row->line);
}

static void
tell(struct world *world, const struct master_row *row, const char *field, const char *expected,
     const char *got)
{
    findings_add(world->findings,
                 &(struct finding){.code = M_MASTER_CASE_FAILS,
                                   .place = {world->cases_are_new ? row->line : 0, 0},
                                   .field = field,
                                   .value = case_name(&row->price_case, &world->arena),
                                   .expected = expected,
                                   .hint = got});
}

static const char *
micros_text(struct world *world, int64_t micros, int places_min)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(&world->arena, decimal_format(text, micros, MICROS_PLACES, places_min));
}

static int64_t
micros_of(int64_t minor, int exponent)
{
    for (int place = exponent; place < MICROS_PLACES; place++) {
        minor *= 10;
    }
    return minor;
}

/* One expectation of a line; `rule` is what made the price. */
static void
compare(struct world *world, const struct master_row *row, const char *field,
        int64_t expected_micros, int64_t got_micros, int exponent, const char *rule)
{
    if (expected_micros == MASTER_VALUE_NONE || expected_micros == got_micros) {
        return;
    }
    tell(world, row, field, micros_text(world, expected_micros, exponent),
         arena_format(&world->arena, "%s (%s)", micros_text(world, got_micros, exponent), rule));
}

/* No price at all: said once, with why. */
static void
tell_unpriced(struct world *world, const struct findings *mistakes)
{
    const struct master_row *row = &world->rows[0];
    const bool by_price = row->price_case.expected_price_micros != MASTER_VALUE_NONE;
    const char *code = message_entry(appraisal_reason(mistakes)->code)->id;
    tell(world, row, by_price ? "expected_price" : "expected_net",
         micros_text(world,
                     by_price ? row->price_case.expected_price_micros
                              : row->price_case.expected_net_micros,
                     2),
         code);
}

/* What made the net amount of a line: the rule of its price, and the promotions that reduced it. */
static const char *
net_rule(struct world *world, const char *rule, const struct price_promotions *promotions,
         size_t line)
{
    if (promotions->from == NULL) {
        return rule;
    }
    for (size_t at = promotions->from[line]; at < promotions->from[line + 1]; at++) {
        const struct reduction *reduction =
            &promotions->result.reductions[promotions->of_lines[at]];
        rule = arena_format(&world->arena, "%s; %s", rule, reduction->promotion->code);
    }
    return rule;
}

static enum outcome
compare_lines(struct world *world, const struct order *order, const struct price_decision *decision,
              struct fault *why)
{
    OWNED(rows) rows = {0};
    const int exponent = currency_exponent(order->currency);
    struct trace_line told = {0};
    TRY(trace_lines(world->run->store, decision->trace, &rows, why));
    for (size_t index = 0; index < order->line_count; index++) {
        const struct master_row *row = &world->rows[index];
        const struct priced_line *line = &decision->lines[index];
        TRY(trace_line_next(&rows, &world->arena, &told, why));
        compare(world, row, "expected_price", row->price_case.expected_price_micros,
                line->price_micros, exponent, told.rule);
        compare(world, row, "expected_net", row->price_case.expected_net_micros,
                micros_of(line->net_minor, exponent), exponent,
                net_rule(world, told.rule, &decision->promotions, index));
    }
    return DONE;
}

static enum outcome
judge_case(struct world *world, struct fault *why)
{
    OWNED(findings) mistakes;
    struct order order;
    struct partner stranger;
    struct appraisal appraisal = {0};
    struct appraiser appraiser = {world->facts, world->run->config, NULL, NULL};
    findings_init(&mistakes);
    facts_trim(world->facts);
    TRY(make_order(world, &order, why));
    TRY(appraise_partner(&appraiser, &order, &stranger, why));
    TRY(appraise(&appraiser, &order, &world->arena, &mistakes, &appraisal, why));
    if (!appraisal.is_good) {
        tell_unpriced(world, &mistakes);
        return DONE;
    }
    return compare_lines(world, &order, &appraisal.decision, why);
}

/* -- all cases -------------------------------------------------------------------------------- */

static void
world_close(struct world *world)
{
    arena_close(&world->arena);
}

static void
add_row(struct world *world, const struct master_row *row)
{
    world->rows =
        arena_grow(&world->arena, world->rows, sizeof *world->rows, world->count, &world->capacity);
    master_row_copy(DOCUMENT_PRICE_CASES, row, &world->arena, &world->rows[world->count++]);
}

static enum outcome
end_case(struct world *world, struct fault *why)
{
    if (world->count > 0) {
        TRY(judge_case(world, why));
    }
    arena_reset(&world->arena);
    world->rows = NULL;
    world->count = world->capacity = 0;
    return DONE;
}

static enum outcome
judge_rows(struct world *world, struct master_scan *scan, struct fault *why)
{
    OWNED(arena) arena;
    struct master_row row;
    enum outcome outcome;
    arena_init(&arena, ROW_BYTES_MAX);
    while ((outcome = master_scan_next(scan, &arena, &row, why)) == DONE) {
        if (world->count == ORDER_LINES_MAX ||
            (world->count > 0 &&
             strcmp(world->rows[0].price_case.name, row.price_case.name) != 0)) {
            TRY(end_case(world, why));
        }
        add_row(world, &row);
        arena_reset(&arena);
    }
    return outcome == NONE ? end_case(world, why) : outcome;
}

static enum outcome
judge_cases(struct world *world, struct fault *why)
{
    OWNED(master_scan) scan = {0};
    if (world->cases_version == 0) {
        return DONE;
    }
    TRY(master_scan_open(&scan, world->run->store, DOCUMENT_PRICE_CASES, world->cases_version,
                         why));
    return judge_rows(world, &scan, why);
}

/* -- the worlds ------------------------------------------------------------------------------- */

struct trial {
    struct run *run;
    enum document_kind kind; /* of the file that is judged */
    int64_t version_id;
    struct master_versions standing[3]; /* by enum master_standing */
};

/* The version of a kind where the standings below `beyond`, and the file itself, are in force. */
static int64_t
version_in(const struct trial *trial, enum document_kind kind, unsigned int standings)
{
    static const enum master_standing order[] = {MASTER_WAITING, MASTER_HELD, MASTER_IN_FORCE};
    if (kind == trial->kind) {
        return trial->version_id;
    }
    for (size_t index = 0; index < sizeof order / sizeof order[0]; index++) {
        const int64_t id = trial->standing[order[index]].of[kind].id;
        if ((standings & 1U << order[index]) != 0 && id != 0) {
            return id;
        }
    }
    return 0;
}

static enum outcome
judge_world(const struct trial *trial, unsigned int standings, struct facts *facts,
            struct findings *findings, struct fault *why)
{
    OWNED(world) world = {
        .run = trial->run,
        .facts = facts,
        .cases_version = version_in(trial, DOCUMENT_PRICE_CASES, standings),
        .cases_are_new = trial->kind == DOCUMENT_PRICE_CASES,
        .findings = findings,
    };
    arena_init(&world.arena, APPRAISAL_BYTES_MAX);
    for (int kind = 0; kind < DOCUMENT_KIND_COUNT; kind++) {
        facts_assume(facts, (enum document_kind)kind,
                     version_in(trial, (enum document_kind)kind, standings));
    }
    return judge_cases(&world, why);
}

/* Is there a version of that standing beside the file's own kind? */
static bool
has_others(const struct trial *trial, enum master_standing standing)
{
    for (int kind = 0; kind < DOCUMENT_KIND_COUNT; kind++) {
        if (kind != (int)trial->kind && trial->standing[standing].of[kind].id != 0) {
            return true;
        }
    }
    return false;
}

/* In the first world mistakes are told; in the others it is only asked whether there are any. */
static enum outcome
try_worlds(const struct trial *trial, struct facts *facts, struct findings *told, struct fault *why)
{
    enum {
        IN_FORCE = 1 << MASTER_IN_FORCE,
        WAITING = 1 << MASTER_WAITING,
        HELD = 1 << MASTER_HELD
    };
    const struct {
        unsigned int standings;
        bool is_another; /* than the ones before */
    } worlds[] = {
        {IN_FORCE | WAITING, true},
        {IN_FORCE | WAITING | HELD, has_others(trial, MASTER_HELD)},
        {IN_FORCE, has_others(trial, MASTER_WAITING)},
    };
    for (size_t index = 0; index < sizeof worlds / sizeof worlds[0]; index++) {
        OWNED(findings) findings;
        findings_init(&findings);
        if (!worlds[index].is_another) {
            continue;
        }
        TRY(judge_world(trial, worlds[index].standings, facts, index == 0 ? told : &findings, why));
        if (!findings_has(index == 0 ? told : &findings, SEVERITY_ERROR)) {
            findings_clear(told);
            return DONE;
        }
    }
    return DONE;
}

enum outcome
cases_check(struct run *run, enum document_kind kind, int64_t version_id, struct findings *findings,
            struct fault *why)
{
    __attribute__((cleanup(facts_free))) struct facts *facts = facts_new(run->store);
    struct trial trial = {.run = run, .kind = kind, .version_id = version_id};
    OWNED(findings) told;
    facts->ignores_uses = true; /* what a case must cost does not change as orders come in */
    findings_init(&told);
    for (int standing = MASTER_IN_FORCE; standing <= MASTER_HELD; standing++) {
        TRY(master_versions_of(run->store, (enum master_standing)standing,
                               &trial.standing[standing], why));
    }
    TRY(try_worlds(&trial, facts, &told, why));
    findings_append(findings, &told);
    return DONE;
}
