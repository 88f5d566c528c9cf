/* A change of an order: what is wanted, and what the modification matrix says of it. */
#include "desk/amending_work.h"

#include "base/decimal.h"
#include "base/json.h"
#include "desk/matrix.h"

#include <string.h>

enum { DETAIL_BYTES_MAX = 16 * 1024 * 1024 };

/* ---- what the matrix says of each kind of change ---- */

/* After the release nothing is merely reduced, whatever is configured. */
static enum modification_state
cancellation_point(const struct config *config)
{
    static const enum modification_state points[] = {MODIFY_APPROVED, MODIFY_RELEASED,
                                                     MODIFY_SUBMITTED};
    return points[config->change_point];
}

static enum outcome
decide_kinds(struct work *work, struct fault *why)
{
    const struct subject *subject = work->subject;
    const struct customer_row *customer = NULL;
    const struct master_versions *versions = NULL;
    struct modification_rule *rules = NULL;
    size_t count = 0;
    struct modification_question question = {
        .state = modification_state_of(subject->approval, subject->fulfilment),
        .group = "",
        .cancellation_point = cancellation_point(work->revision->run->config),
    };
    const enum outcome found = facts_customer(
        &work->revision->facts, work->before.parties[PARTY_SOLD_TO].code, &customer, why);
    if (found != DONE && found != NONE) {
        return found;
    }
    question.group = found == DONE ? customer->group : "";
    TRY(facts_in_force(&work->revision->facts, &versions, why));
    TRY(matrix_read(work->revision->run->store, versions->of[DOCUMENT_MODIFICATION_RULES].id,
                    work->arena, &rules, &count, why));
    for (int kind = 0; kind < MODIFICATION_COUNT; kind++) {
        question.change = (enum modification)kind;
        modification_decide(rules, count, &question, work->arena, &work->decisions[kind]);
    }
    return amend_terms_know(work, found == DONE ? customer : NULL, why);
}

static bool
is_more(enum modification kind)
{
    return kind == MODIFICATION_INCREASE || kind == MODIFICATION_ADD_LINE;
}

/* How it is carried out, wherever the order stands.  After the release nothing that was ordered is
 * altered: what may be done is another line then, and what is only told. */
static bool
can_do(const struct work *work, enum modification kind, enum modification_way way)
{
    const enum fulfilment_state fulfilment = work->subject->fulfilment;
    const bool is_told = kind == MODIFICATION_DATE || kind == MODIFICATION_NOTE;
    switch (way) {
    case MODIFY_CANCEL: return true;
    case MODIFY_ALLOW:
        return fulfilment == FULFILMENT_NONE || is_told ||
               (is_more(kind) && fulfilment <= FULFILMENT_PARTLY);
    case MODIFY_NEW_LINE:
        return fulfilment == FULFILMENT_NONE || (is_more(kind) && fulfilment <= FULFILMENT_PARTLY);
    case MODIFY_REDIRECT: return kind == MODIFICATION_ADDRESS;
    default: return false;
    }
}

/* What is allowed is carried out where the order stands: as its next version, or as other lines.
 * What a person must allow is, when it has. */
static enum modification_way
way_of(const struct work *work, enum modification kind)
{
    const bool is_early = work->subject->fulfilment == FULFILMENT_NONE;
    enum modification_way way = work->decisions[kind].way;
    if (way == MODIFY_ASK) {
        way = !is_early && (kind == MODIFICATION_DECREASE || kind == MODIFICATION_REMOVE_LINE)
                  ? MODIFY_CANCEL
                  : MODIFY_ALLOW;
    }
    if (way == MODIFY_ALLOW && is_more(kind) && !is_early) {
        return MODIFY_NEW_LINE;
    }
    if (way == MODIFY_ALLOW && kind == MODIFICATION_ADDRESS && !is_early) {
        return MODIFY_REDIRECT;
    }
    return is_early && (way == MODIFY_NEW_LINE || way == MODIFY_REDIRECT) ? MODIFY_ALLOW : way;
}

static void
reject(const struct work *work, struct change_item *item)
{
    item->verdict = CHANGE_REFUSED;
    item->code = work->amendment->consent == AMEND_EXPIRED ? M_CHANGE_EXPIRED : M_CHANGE_REJECTED;
    item->value = work->amendment->reason;
}

/* What waited as a whole is rejected as a whole, wherever the order stands by now. */
static bool
is_rejected(const struct work *work)
{
    return work->amendment->consent == AMEND_REJECTED || work->amendment->consent == AMEND_EXPIRED;
}

int64_t
amend_asked(const struct work *work, const char *line, int64_t *left_micros)
{
    for (size_t index = 0; index < work->stand_count; index++) {
        const struct line_stand *stand = &work->stands[index];
        if (strcmp(stand->number, line) == 0) {
            const int64_t open = stand_open(stand);
            *left_micros = open < stand->asked_micros ? 0 : open - stand->asked_micros;
            return stand->asked_micros;
        }
    }
    *left_micros = 0;
    return 0;
}

/* While it is not known how much of a line is stopped, it becomes nothing but less than that. */
static bool
is_waited_for(const struct work *work, const struct difference *difference, int64_t *left_micros)
{
    int64_t before = 0;
    int64_t after = 0;
    const int64_t asked = amend_asked(work, difference->line, left_micros);
    if (asked == 0 || strcmp(difference->field, "quantity") != 0) {
        return false;
    }
    return decimal_parse(difference->before, MICROS_PLACES, &before) != DECIMAL_FINE ||
           decimal_parse(difference->after, MICROS_PLACES, &after) != DECIMAL_FINE ||
           before - after <= asked;
}

static const char *
quantity_text(const struct work *work, int64_t micros)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(work->arena, decimal_format(text, micros, MICROS_PLACES, 0));
}

/* Goods that are under way were taxed by where they go. */
static bool
is_taxed_elsewhere(const struct work *work)
{
    const struct party *parties = work->before.parties;
    const struct party *is =
        &parties[parties[PARTY_SHIP_TO].country[0] == '\0' ? PARTY_SOLD_TO : PARTY_SHIP_TO];
    const struct party *becomes = &work->amendment->change->ship_to;
    return strcmp(is->country, becomes->country) != 0 || strcmp(is->region, becomes->region) != 0;
}

/* What the line becomes, where that has a part of a unit that has none; NULL. */
static const struct order_line *
in_parts(const struct difference *difference, const struct order *wanted)
{
    const struct order_line *line = amend_line(wanted, difference->line);
    const bool is_of_quantity = difference->field[0] == '\0' ||
                                strcmp(difference->field, "quantity") == 0 ||
                                strcmp(difference->field, "unit") == 0;
    return is_of_quantity && line != NULL && line->quantity_micros % MICROS != 0 &&
                   unit_is_whole(line->unit)
               ? line
               : NULL;
}

static void
judge(const struct work *work, const struct difference *difference, const struct order *wanted,
      struct change_item *item)
{
    int64_t left_micros = 0;
    const struct modification_decision *decision = &work->decisions[difference->kind];
    const enum modification_way way = way_of(work, difference->kind);
    *item = (struct change_item){.kind = modification_names[difference->kind],
                                 .line = difference->line,
                                 .field = difference->field,
                                 .before = amend_terms_before(work, difference),
                                 .after = difference->after,
                                 .verdict = CHANGE_TAKEN,
                                 .way = modification_way_names[way],
                                 .code = MESSAGE_COUNT,
                                 .value = "",
                                 .rule = decision->trace};
    const enum message trouble = amend_terms_trouble(work, difference);
    const struct order_line *parted = in_parts(difference, wanted);
    if (parted != NULL) {
        item->verdict = CHANGE_REFUSED;
        item->code = M_CHANGE_WHOLE_UNITS;
        item->value = quantity_text(work, parted->quantity_micros);
        item->other = parted->unit;
    } else if (trouble != MESSAGE_COUNT) {
        item->verdict = CHANGE_REFUSED;
        item->code = trouble;
    } else if (way == MODIFY_REFUSE) {
        item->verdict = CHANGE_REFUSED;
        item->code = M_CHANGE_REFUSED;
        item->value = work->state;
    } else if (!can_do(work, difference->kind, way)) {
        item->verdict = CHANGE_REFUSED;
        item->code = M_CHANGE_NOT_DONE;
    } else if (is_rejected(work)) {
        reject(work, item);
    } else if (way == MODIFY_REDIRECT && is_taxed_elsewhere(work)) {
        item->verdict = CHANGE_REFUSED;
        item->code = M_CHANGE_TAXED_ELSEWHERE;
    } else if (is_waited_for(work, difference, &left_micros)) {
        item->verdict = CHANGE_REFUSED;
        item->code = M_CANCEL_STOP_WAITS;
        item->value = quantity_text(work, left_micros);
    } else if (decision->way == MODIFY_ASK && work->amendment->consent == AMEND_OPEN) {
        item->verdict = CHANGE_WAITS;
    }
}

/* ---- the items of the answer ---- */

struct change_item *
amend_add_item(struct work *work)
{
    struct change_answer *answer = work->answer;
    answer->items = arena_grow(work->arena, answer->items, sizeof *answer->items,
                               answer->item_count, &work->item_capacity);
    return &answer->items[answer->item_count++];
}

static void
list_troubles(struct work *work, const struct applied *wanted)
{
    for (size_t index = 0; index < wanted->trouble_count; index++) {
        const struct apply_trouble *trouble = &wanted->troubles[index];
        *amend_add_item(work) = (struct change_item){.kind = "",
                                                     .line = trouble->line,
                                                     .field = "",
                                                     .before = "",
                                                     .after = "",
                                                     .verdict = CHANGE_REFUSED,
                                                     .way = "",
                                                     .code = trouble->code,
                                                     .value = "",
                                                     .rule = "",
                                                     .at = trouble->at};
    }
}

enum outcome
amend_judge(struct work *work, const struct applied *wanted, struct fault *why)
{
    struct difference *differences = NULL;
    size_t count = 0;
    TRY(decide_kinds(work, why));
    order_compare(&work->before, &wanted->order, work->arena, &differences, &count);
    for (size_t index = 0; index < count; index++) {
        if (!amend_terms_stay(work, &differences[index])) {
            judge(work, &differences[index], &wanted->order, amend_add_item(work));
        }
    }
    list_troubles(work, wanted);
    return DONE;
}

size_t
amend_count(const struct work *work, enum change_verdict verdict)
{
    size_t count = 0;
    for (size_t index = 0; index < work->answer->item_count; index++) {
        count += work->answer->items[index].verdict == verdict;
    }
    return count;
}

bool
amend_is_taken(const struct change_item *item, enum modification_way way)
{
    return item->verdict == CHANGE_TAKEN && strcmp(item->way, modification_way_names[way]) == 0;
}

bool
amend_is_kind(const struct change_item *item, enum modification kind)
{
    return strcmp(item->kind, modification_names[kind]) == 0;
}

void
amend_refuse_all(struct work *work, enum message code, const char *value)
{
    for (size_t index = 0; index < work->answer->item_count; index++) {
        struct change_item *item = &work->answer->items[index];
        if (item->verdict != CHANGE_REFUSED) {
            item->verdict = CHANGE_REFUSED;
            item->code = code;
            item->value = value;
        }
    }
}

void
amend_refuse_change(struct work *work, enum message code, const char *value)
{
    work->item_capacity = 0;
    work->answer->items = NULL;
    work->answer->item_count = 0;
    *amend_add_item(work) = (struct change_item){.kind = "",
                                                 .line = "",
                                                 .field = "",
                                                 .before = "",
                                                 .after = "",
                                                 .verdict = CHANGE_REFUSED,
                                                 .way = "",
                                                 .code = code,
                                                 .value = value,
                                                 .rule = ""};
}

void
amend_refuse_version(struct work *work, int64_t named)
{
    const int64_t is = work->subject->version;
    amend_refuse_change(work, named > is ? M_CHANGE_VERSION_UNKNOWN : M_CHANGE_VERSION_OLD,
                        arena_format(work->arena, "%lld", (long long)named));
    work->answer->items[0].field = "version";
    work->answer->items[0].other = arena_format(work->arena, "%lld", (long long)is);
}

const struct finding *
amend_price_reasons(struct work *work)
{
    const struct findings *findings = &work->revision->findings;
    const struct finding *decisive = appraisal_reason(findings);
    struct change_answer *answer = work->answer;
    answer->reasons = arena_array(work->arena, struct finding, findings->count + 1);
    answer->reason_count = 0;
    for (size_t index = 0; index < findings->count; index++) {
        const struct finding *finding = &findings->items[index];
        if (finding == decisive || finding_severity(finding->code) >= SEVERITY_ERROR) {
            struct finding *reason = &answer->reasons[answer->reason_count++];
            *reason = *finding;
            reason->order_line = arena_copy(work->arena, finding->order_line);
            reason->field = arena_copy(work->arena, finding->field);
            reason->value = arena_copy(work->arena, finding->value);
            reason->expected = arena_copy(work->arena, finding->expected);
            reason->hint = arena_copy(work->arena, finding->hint);
            reason->order_number = arena_copy(work->arena, finding->order_number);
        }
    }
    return decisive;
}

struct modification_rule
amend_strictest(const struct work *work, enum modification_way way)
{
    struct modification_rule rule = {
        .basis = BASIS_KEEP, .promotions = PROMOTIONS_KEEP, .approval = CHANGE_NEVER};
    for (size_t index = 0; index < work->answer->item_count; index++) {
        const struct change_item *item = &work->answer->items[index];
        for (int kind = 0; kind < MODIFICATION_COUNT; kind++) {
            const struct modification_rule *one = &work->decisions[kind].rule;
            if (!amend_is_taken(item, way) || !amend_is_kind(item, (enum modification)kind)) {
                continue;
            }
            rule.basis = one->basis > rule.basis ? one->basis : rule.basis;
            rule.promotions = one->promotions > rule.promotions ? one->promotions : rule.promotions;
            if (one->approval == CHANGE_ALWAYS || rule.approval == CHANGE_NEVER) {
                rule.approval = one->approval;
            }
        }
    }
    return rule;
}

/* {"change":"C-1","reason":"...","differences":[{"line":"1",...}]} */
const char *
amend_detail(const struct work *work)
{
    OWNED(buf) buf;
    struct json json;
    const struct change_answer *answer = work->answer;
    buf_init(&buf, DETAIL_BYTES_MAX);
    json_begin(&json, &buf);
    json_object(&json, NULL);
    json_text(&json, "change", answer->change_number);
    json_text(&json, "reason", work->amendment->change->reason);
    json_array(&json, "differences");
    for (size_t index = 0; index < answer->item_count; index++) {
        const struct change_item *item = &answer->items[index];
        json_object(&json, NULL);
        json_text(&json, "kind", item->kind);
        json_text(&json, "line", item->line);
        json_text(&json, "field", item->field);
        json_text(&json, "before", item->before);
        json_text(&json, "after", item->after);
        json_text(&json, "verdict", change_verdict_names[item->verdict]);
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
    return arena_copy_bytes(work->arena, buf.bytes, buf.size);
}
