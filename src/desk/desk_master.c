/* Master data: checked against the configuration and the other masters in force, then in force as a
 * whole. */
#include "base/decimal.h"
#include "desk/cases.h"
#include "desk/held.h"
#include "desk/inspect.h"
#include "desk/matter.h"
#include "desk/parcels.h"
#include "desk/price_moves.h"
#include "store/store_hold.h"
#include "store/store_master.h"

#include <inttypes.h>
#include <string.h>

enum { PERCENT_PLACES = 4 };

static const char *
count_text(struct matter *matter, int64_t count)
{
    return arena_format(&matter->arena, "%" PRId64, count);
}

/* What changes against the version in force is told; a file that leaves out too much of it was
 * probably cut off, or is only a part, and is not taken. */
static enum outcome
check_change(struct matter *matter, int64_t version_id, struct fault *why)
{
    const struct master_versions *versions = NULL;
    const enum document_kind kind = matter->interchange->document;
    const int64_t share_max_micros = matter->run->config->limits.master_shrink_max_micros;
    struct master_change change = {0};
    TRY(facts_versions(matter->facts, &versions, why));
    if (versions->of[kind].id == 0) {
        return DONE;
    }
    TRY(master_compare(matter->run->store, kind, versions->of[kind].id, version_id, &matter->arena,
                       &change, why));
    struct finding finding = {.code = M_MASTER_CHANGED,
                              .value = count_text(matter, change.rows_now - change.rows_common),
                              .expected =
                                  count_text(matter, change.rows_common - change.rows_alike),
                              .hint = count_text(matter, change.rows_before - change.rows_common)};
    if ((int128)change.names_gone * MICROS > (int128)change.names_before * share_max_micros) {
        char percent[DECIMAL_TEXT_SIZE];
        decimal_format(percent, share_max_micros, PERCENT_PLACES, 0);
        finding = (struct finding){.code = M_MASTER_SHRINKS,
                                   .value = arena_format(&matter->arena, "%" PRId64 "/%" PRId64,
                                                         change.names_gone, change.names_before),
                                   .expected = arena_format(&matter->arena, "%s%%", percent),
                                   .hint = matter_show(matter, change.gone)};
    }
    findings_add(&matter->findings, &finding);
    return DONE;
}

/* The move of one price: how it is told when a version moves prices, and when that goes too far. */
static void
tell_moves(struct matter *matter, const struct price_moves *moves)
{
    findings_add(&matter->findings, &(struct finding){.code = M_MASTER_PRICE_MOVED,
                                                      .place = {moves->line, 0},
                                                      .field = "price",
                                                      .value = moves->where,
                                                      .expected = moves->prices,
                                                      .hint = moves->share});
    if (matter->is_held) {
        char percent[DECIMAL_TEXT_SIZE];
        decimal_format(percent, matter->run->config->limits.price_move_max_micros, PERCENT_PLACES,
                       0);
        findings_add(&matter->findings,
                     &(struct finding){.code = M_MASTER_HELD,
                                       .value = count_text(matter, moves->beyond),
                                       .expected = arena_format(&matter->arena, "%s%%", percent)});
    }
}

/* How far prices move is told; too far, and a person must look at them first. */
static enum outcome
check_moves(struct matter *matter, int64_t version_id, struct fault *why)
{
    const struct master_versions *versions = NULL;
    const int64_t share_max_micros = matter->run->config->limits.price_move_max_micros;
    struct price_moves moves = {0};
    TRY(facts_versions(matter->facts, &versions, why));
    const int64_t before = versions->of[DOCUMENT_PRICES].id;
    if (matter->interchange->document != DOCUMENT_PRICES || before == 0) {
        return DONE;
    }
    TRY(price_moves(matter->run->store, before, version_id, share_max_micros, &matter->arena,
                    &moves, why));
    matter->is_held = share_max_micros > 0 && moves.beyond > 0;
    if (moves.count > 0) {
        tell_moves(matter, &moves);
    }
    return DONE;
}

static enum outcome
put_in_force(struct matter *matter, int64_t version_id, struct fault *why)
{
    struct run *run = matter->run;
    TRY(master_put_in_force(run->store, matter->interchange->document, version_id, run->as_of_ms,
                            why));
    facts_forget(matter->facts);
    run->counts.master_files_in_force++;
    return matter->interchange->document == DOCUMENT_CARRIER_CODES
               ? parcels_codes_changed(run, matter->interchange->id, why)
               : DONE;
}

static enum outcome
apply(struct matter *matter, struct fault *why)
{
    struct run *run = matter->run;
    const struct interchange *interchange = matter->interchange;
    int64_t version_id = 0;
    TRY(master_of_interchange(run->store, interchange->id, &version_id, why));
    TRY(inspect(run, matter->facts, interchange->document, version_id, &matter->findings, why));
    if (!findings_has(&matter->findings, SEVERITY_ERROR)) {
        TRY(check_change(matter, version_id, why));
    }
    if (!findings_has(&matter->findings, SEVERITY_ERROR)) {
        TRY(cases_check(run, interchange->document, version_id, &matter->findings, why));
    }
    if (findings_has(&matter->findings, SEVERITY_ERROR)) {
        matter->refused = interchange->documents_taken;
        return DONE;
    }
    TRY(check_moves(matter, version_id, why));
    TRY(held_give_way(run, interchange, why));
    return matter->is_held
               ? hold_add(run->store, interchange->id, interchange->document, run->as_of_ms, why)
               : put_in_force(matter, version_id, why);
}

static enum outcome
discard(struct matter *matter, struct fault *why)
{
    int64_t version_id = 0;
    facts_forget(matter->facts);
    TRY(master_of_interchange(matter->run->store, matter->interchange->id, &version_id, why));
    return master_discard(matter->run->store, matter->interchange->document, version_id, why);
}

const struct applier master_applier = {apply, discard};
