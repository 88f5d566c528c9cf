/* Stock reports: what a warehouse has, what came and went, what is to come.  A full report without
 * a mistake also says what is not there; one with mistakes cannot. */
#include "base/date.h"
#include "base/decimal.h"
#include "desk/matter.h"
#include "store/store_ledger.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* One report on the desk. */
struct counting {
    struct matter *matter;
    int64_t ordinal;
    struct stock_report row;
    const char *unit; /* of its product */
    int64_t as_of_ms; /* of a full report */
    int64_t known;
    int64_t late;
};

static void
tell(struct counting *counting, struct finding finding)
{
    finding.place = counting->row.place;
    findings_add(&counting->matter->findings, &finding);
}

static void
complain(struct counting *counting, struct finding finding)
{
    counting->matter->refused++;
    tell(counting, finding);
}

static const char *
time_text(struct counting *counting, int64_t moment_ms)
{
    char text[TIME_TEXT_SIZE];
    return arena_copy(&counting->matter->arena, moment_format(text, moment_ms));
}

/* ---- is it a product, in its unit ---- */

static enum outcome
complain_unknown(struct counting *counting, struct fault *why)
{
    struct matter *matter = counting->matter;
    const struct master_versions *versions = NULL;
    const char *nearest = "";
    TRY(facts_in_force(matter->facts, &versions, why));
    if (facts_may_hint(matter->facts)) {
        TRY(master_nearest_sku(matter->run->store, versions->of[DOCUMENT_PRODUCTS].id,
                               counting->row.sku, &matter->arena, &nearest, why));
    }
    complain(counting, (struct finding){.code = M_STOCK_SKU_UNKNOWN,
                                        .field = "sku",
                                        .value = matter_show(matter, counting->row.sku),
                                        .hint = nearest[0] == '\0' ? NULL : nearest});
    return DONE;
}

/* NONE after a finding. */
static enum outcome
judge_product(struct counting *counting, struct fault *why)
{
    const struct stock_report *row = &counting->row;
    char text[DECIMAL_TEXT_SIZE];
    if (counting->unit[0] == '\0') {
        TRY(complain_unknown(counting, why));
        return NONE;
    }
    if (row->unit[0] != '\0' && strcmp(row->unit, counting->unit) != 0) {
        complain(counting, (struct finding){.code = M_STOCK_UNIT,
                                            .field = "unit",
                                            .value = matter_show(counting->matter, row->sku),
                                            .expected = counting->unit});
        return NONE;
    }
    if (row->quantity_micros % MICROS != 0 && unit_is_whole(counting->unit)) {
        complain(counting,
                 (struct finding){.code = M_FLD_NUMBER_WHOLE,
                                  .field = "quantity",
                                  .value = arena_copy(
                                      &counting->matter->arena,
                                      decimal_format(text, row->quantity_micros, MICROS_PLACES, 0)),
                                  .expected = counting->unit});
        return NONE;
    }
    return DONE;
}

/* ---- what it says ---- */

static struct ledger_move
move_of(const struct counting *counting, enum ledger_kind kind)
{
    const struct matter *matter = counting->matter;
    const struct stock_report *row = &counting->row;
    return (struct ledger_move){
        .warehouse = matter->interchange->partner,
        .sku = row->sku,
        .kind = kind,
        .number = "",
        .quantity_micros = row->quantity_micros,
        .happened_ms = row->as_of_ms,
        .known_ms = matter->run->as_of_ms,
        .reference = "",
        .reason = row->reason,
        .interchange_id = matter->interchange->id,
        .line = row->place.line,
    };
}

static void
complain_too_much(struct counting *counting)
{
    complain(counting, (struct finding){.code = M_STOCK_TOO_MUCH,
                                        .field = "quantity",
                                        .value = matter_show(counting->matter, counting->row.sku)});
}

static enum outcome
count_row(struct counting *counting, struct fault *why)
{
    enum ledger_admission admission;
    const struct ledger_move move = move_of(counting, LEDGER_COUNT);
    TRY(ledger_post(counting->matter->run->store, &move, &admission, why));
    if (admission == LEDGER_TOO_MUCH) {
        complain_too_much(counting);
    }
    return DONE;
}

static enum outcome
change_row(struct counting *counting, struct fault *why)
{
    const struct stock_report *row = &counting->row;
    enum ledger_admission admission;
    const int kind = name_index(row->kind, stock_change_names, STOCK_CHANGE_COUNT);
    assert(kind >= 0 && "the intake lets no other pass");
    struct ledger_move move = move_of(counting, (enum ledger_kind)kind);
    move.number = row->number;
    move.reference = kind == STOCK_RECEIPT ? row->reference : "";
    TRY(ledger_post(counting->matter->run->store, &move, &admission, why));
    counting->known += admission == LEDGER_KNOWN;
    counting->late += admission == LEDGER_LATE;
    if (admission == LEDGER_CONFLICT) {
        complain(counting, (struct finding){.code = M_STOCK_CONFLICT,
                                            .field = "number",
                                            .value = matter_show(counting->matter, row->number)});
    } else if (admission == LEDGER_TOO_MUCH) {
        complain_too_much(counting);
    }
    return DONE;
}

static enum outcome
plan_row(struct counting *counting, struct fault *why)
{
    const struct stock_report *row = &counting->row;
    struct matter *matter = counting->matter;
    int64_t newer_ms = AMOUNT_NONE;
    const struct ledger_plan plan = {
        .warehouse = matter->interchange->partner,
        .sku = row->sku,
        .reference = row->reference,
        .quantity_micros = row->quantity_micros,
        .day = row->expected_on,
        .told_ms = row->as_of_ms,
    };
    const enum outcome planned = ledger_plan(matter->run->store, &plan, &newer_ms, why);
    if (planned == NONE) {
        complain(counting, (struct finding){
                               .code = M_STOCK_PLAN_OLD,
                               .field = "as_of",
                               .value = matter_show(matter, arena_format(&matter->arena, "%s %s",
                                                                         row->reference, row->sku)),
                               .expected = time_text(counting, newer_ms)});
        return DONE;
    }
    return planned;
}

static enum outcome
next_row(struct counting *counting, struct fault *why)
{
    struct matter *matter = counting->matter;
    arena_reset(&matter->arena);
    return ledger_report_next(matter->run->store, matter->interchange->id, &counting->ordinal,
                              &matter->arena, &counting->row, &counting->unit, why);
}

/* From the row that was read to the last. */
static enum outcome
work_rows(struct counting *counting, struct fault *why)
{
    static enum outcome (*const works[STOCK_EXTENT_COUNT])(struct counting *, struct fault *) = {
        [STOCK_FULL] = count_row, [STOCK_CHANGE] = change_row, [STOCK_PLANNED] = plan_row};
    enum outcome outcome = DONE;
    while (outcome == DONE) {
        const int extent = name_index(counting->row.extent, stock_extent_names, STOCK_EXTENT_COUNT);
        assert(extent >= 0 && "the intake lets no other pass");
        const enum outcome judged = judge_product(counting, why);
        if (judged == DONE) {
            TRY(works[extent](counting, why));
        } else if (judged != NONE) {
            return judged;
        }
        outcome = next_row(counting, why);
    }
    return outcome == NONE ? DONE : outcome;
}

/* ---- a full report ---- */

/* Of what it does not name there is nothing; what came since is there. */
static enum outcome
count_unnamed(struct counting *counting, const char *sku, struct fault *why)
{
    enum ledger_admission admission;
    counting->row = stock_report_blank;
    counting->row.sku = sku;
    counting->row.quantity_micros = 0;
    counting->row.as_of_ms = counting->as_of_ms;
    const struct ledger_move move = move_of(counting, LEDGER_COUNT);
    return ledger_post(counting->matter->run->store, &move, &admission, why);
}

/* All of them, or only how many they are. */
static enum outcome
each_unnamed(struct counting *counting, bool is_whole, int64_t *total, struct fault *why)
{
    struct matter *matter = counting->matter;
    char after[4 * CODE_CHARACTERS_MAX + 1] = "";
    const char **skus = NULL;
    size_t count = 0;
    *total = 0;
    do {
        arena_reset(&matter->arena);
        TRY(ledger_unnamed(matter->run->store, matter->interchange->partner,
                           matter->interchange->id, after, &matter->arena, &skus, &count, why));
        for (size_t index = 0; index < count && is_whole; index++) {
            TRY(count_unnamed(counting, skus[index], why));
        }
        if (count > 0) {
            (void)snprintf(after, sizeof after, "%s", skus[count - 1]);
        }
        *total += (int64_t)count;
    } while (count == LEDGER_BATCH);
    return DONE;
}

/* Documents that the intake has refused are none of those that it stored. */
static bool
is_whole(const struct matter *matter)
{
    return matter->refused == 0 &&
           matter->interchange->documents == matter->interchange->documents_taken;
}

static enum outcome
finish_full(struct counting *counting, struct fault *why)
{
    struct matter *matter = counting->matter;
    const bool whole = is_whole(matter);
    int64_t unnamed = 0;
    TRY(each_unnamed(counting, whole, &unnamed, why));
    if (!whole && unnamed > 0) {
        findings_add(&matter->findings,
                     &(struct finding){.code = M_STOCK_NOT_NAMED,
                                       .value = arena_format(&matter->arena, "%" PRId64, unnamed)});
    }
    return ledger_report_full(matter->run->store, matter->interchange->partner, counting->as_of_ms,
                              whole, why);
}

/* NONE after a finding: there is a newer one. */
static enum outcome
begin_full(struct counting *counting, struct fault *why)
{
    struct matter *matter = counting->matter;
    int64_t reported_ms = AMOUNT_NONE;
    counting->as_of_ms = counting->row.as_of_ms;
    TRY(ledger_reported(matter->run->store, matter->interchange->partner, &reported_ms, why));
    if (reported_ms == AMOUNT_NONE || reported_ms <= counting->as_of_ms) {
        return DONE;
    }
    tell(counting, (struct finding){.code = M_STOCK_OLD,
                                    .field = "as_of",
                                    .value = time_text(counting, counting->as_of_ms),
                                    .expected = time_text(counting, reported_ms)});
    matter->refused = matter->interchange->documents_taken;
    return NONE;
}

static void
tell_counts(const struct counting *counting)
{
    struct matter *matter = counting->matter;
    const struct {
        enum message code;
        int64_t count;
    } told[] = {{M_STOCK_KNOWN, counting->known}, {M_STOCK_LATE, counting->late}};
    arena_reset(&matter->arena);
    for (size_t index = 0; index < sizeof told / sizeof told[0]; index++) {
        if (told[index].count > 0) {
            findings_add(&matter->findings,
                         &(struct finding){
                             .code = told[index].code,
                             .value = arena_format(&matter->arena, "%" PRId64, told[index].count)});
        }
    }
}

static enum outcome
work(struct counting *counting, struct fault *why)
{
    const bool is_full = strcmp(counting->row.extent, stock_extent_names[STOCK_FULL]) == 0;
    if (is_full) {
        TRY(begin_full(counting, why));
    }
    TRY(work_rows(counting, why));
    if (is_full) {
        TRY(finish_full(counting, why));
    }
    tell_counts(counting);
    return DONE;
}

static enum outcome
discard(struct matter *matter, struct fault *why)
{
    return ledger_report_forget(matter->run->store, matter->interchange->id, why);
}

static enum outcome
apply(struct matter *matter, struct fault *why)
{
    struct counting counting = {.matter = matter};
    TRY(next_row(&counting, why));
    const enum outcome worked = work(&counting, why);
    if (worked != DONE && worked != NONE) {
        return worked;
    }
    return discard(matter, why);
}

const struct applier stock_applier = {apply, discard};
