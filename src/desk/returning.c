#include "desk/returning.h"

#include "base/date.h"
#include "base/decimal.h"
#include "base/json.h"
#include "desk/exchanging.h"
#include "desk/gift_claims.h"
#include "desk/gifts.h"
#include "desk/returnable.h"
#include "order/document.h"
#include "rules/returning.h"
#include "store/store.h"
#include "store/store_outbox.h"
#include "store/store_stand.h"

#include <inttypes.h>
#include <string.h>

enum { DETAIL_BYTES_MAX = 64 * 1024, EXPIRY_BYTES_MAX = 16 * 1024 * 1024 };

/* A request that is judged. */
struct judging {
    struct run *run;
    const struct subject *subject;
    const struct return_request *request;
    struct arena *arena;
    struct line_stand *stands;
    size_t stand_count;
    const struct return_table *table;
    struct stored_return stored;
    const struct package_part **parts; /* of each line: that is asked for; NULL: whole units */
    struct judged_line *lines;
    size_t allowed;
    size_t waiting;
};

struct judged_line {
    struct return_facts facts;
    struct return_ruling ruling;
    struct stored_return_line line; /* without what the ruling says */
    enum gift_terms gifts;
};

static const struct line_stand *
find_stand(const struct line_stand *stands, size_t count, const char *number)
{
    for (size_t index = 0; index < count; index++) {
        if (strcmp(stands[index].number, number) == 0) {
            return &stands[index];
        }
    }
    return NULL;
}

static const struct line_stand *
find_line(const struct judging *judging, const char *number)
{
    return find_stand(judging->stands, judging->stand_count, number);
}

/* ---- who is told ---- */

enum outcome
returning_tell(struct run *run, const char *partner, const struct stored_return *stored,
               enum return_telling telling, struct fault *why)
{
    return outbox_message_add(run->store,
                              &(struct outbox_message){.partner = partner,
                                                       .kind = KIND_RETURN_AUTHORISATION,
                                                       .order_id = stored->order_id,
                                                       .version = stored->version,
                                                       .return_id = stored->id,
                                                       .reminder = telling},
                              why);
}

static enum outcome
note(struct run *run, const struct subject *subject, enum order_event event,
     const struct stored_return *stored, const struct cause *cause, struct arena *arena,
     struct fault *why)
{
    OWNED(buf) text;
    struct json json;
    struct cause told = *cause;
    buf_init(&text, DETAIL_BYTES_MAX);
    json_begin(&json, &text);
    json_object(&json, NULL);
    json_text(&json, "request", stored->request);
    if (stored->number[0] != '\0') {
        json_text(&json, "return", stored->number);
    }
    if (stored->expires != DAY_NONE) {
        json_day(&json, "expires", stored->expires);
    }
    if (cause->detail[0] != '\0') {
        json_text(&json, "reason", cause->detail);
    }
    json_end(&json);
    told.detail = arena_copy(arena, text.bytes);
    return flow_news(run, subject, event, &told, why);
}

/* ---- decided ---- */

static enum outcome
authorise(struct run *run, const struct subject *subject, struct stored_return *stored,
          const char *reason, const struct cause *cause, struct arena *arena, struct fault *why)
{
    int year = 0;
    int month = 0;
    int day = 0;
    const int32_t today = moment_day(run->as_of_ms);
    day_split(today, &year, &month, &day);
    struct return_decision decision = {.year = year,
                                       .expires = today + (int32_t)run->config->return_days,
                                       .at_ms = run->as_of_ms,
                                       .actor = cause->actor,
                                       .reason = reason};
    TRY(return_next(run->store, year, &decision.sequence, why));
    decision.number =
        arena_format(arena, "%s%04d-%06" PRId64, run->config->rma_prefix, year, decision.sequence);
    TRY(return_authorise(run->store, stored->id, &decision, why));
    stored->number = decision.number;
    stored->expires = decision.expires;
    stored->state = "authorised";
    TRY(note(run, subject, EVENT_RETURN_AUTHORISED, stored, cause, arena, why));
    TRY(returning_tell(run, stored->partner, stored, TELLS_DECISION, why));
    return returning_tell(run, stored->warehouse, stored, TELLS_DECISION, why);
}

static enum outcome
refuse(struct run *run, const struct subject *subject, struct stored_return *stored,
       const char *reason, const struct cause *cause, struct arena *arena, struct fault *why)
{
    const struct return_decision decision = {
        .at_ms = run->as_of_ms, .actor = cause->actor, .reason = reason};
    TRY(return_refuse(run->store, stored->id, &decision, why));
    stored->state = "refused";
    TRY(note(run, subject, EVENT_RETURN_REFUSED, stored, cause, arena, why));
    return returning_tell(run, stored->partner, stored, TELLS_DECISION, why);
}

enum outcome
returning_decide(struct run *run, const struct subject *subject, struct stored_return *stored,
                 bool authorises, const char *reason, const struct cause *cause,
                 struct arena *arena, struct fault *why)
{
    const char *values[] = {reason, NULL};
    struct stored_return_line *lines = NULL;
    size_t count = 0;
    size_t allowed = 0;
    if (strcmp(stored->state, "asked") != 0) {
        return fail_as(why, FAULT_CONFLICT, "the return %s is %s: nobody decides about it any more",
                       stored->request, stored->state);
    }
    TRY(return_decide_lines(run->store, stored->id,
                            return_verdict_names[authorises ? RETURN_ALLOW : RETURN_REFUSE],
                            message_fill(M_RETURN_RULE_PERSON, LANGUAGE_EN, values, arena),
                            message_fill(M_RETURN_RULE_PERSON, LANGUAGE_ZH, values, arena), why));
    TRY(return_read_lines(run->store, stored->id, arena, &lines, &count, why));
    for (size_t index = 0; index < count; index++) {
        allowed += strcmp(lines[index].verdict, return_verdict_names[RETURN_ALLOW]) == 0;
    }
    return allowed > 0 ? authorise(run, subject, stored, reason, cause, arena, why)
                       : refuse(run, subject, stored, reason, cause, arena, why);
}

/* ---- asked ---- */

static bool
is_same_line(const struct return_line *asked, const struct stored_return_line *stored)
{
    return strcmp(asked->number, stored->number) == 0 &&
           strcmp(asked->part, return_line_claim(stored, 0).part) == 0 &&
           asked->quantity_micros == stored->quantity_micros &&
           strcmp(asked->reason, stored->reason) == 0 &&
           strcmp(asked->wish[0] == '\0' ? return_wish_names[RETURN_REFUND] : asked->wish,
                  stored->wish) == 0 &&
           strcmp(asked->exchange_sku, stored->exchange_sku) == 0 &&
           strcmp(asked->serials, stored->serials) == 0;
}

static enum outcome
compare(struct judging *judging, enum return_asked *asked, struct fault *why)
{
    struct stored_return_line *lines = NULL;
    size_t count = 0;
    TRY(return_read_lines(judging->run->store, judging->stored.id, judging->arena, &lines, &count,
                          why));
    bool is_same = count == judging->request->line_count;
    for (size_t index = 0; index < count && is_same; index++) {
        is_same = is_same_line(&judging->request->lines[index], &lines[index]);
    }
    *asked = is_same ? RETURN_ASKED_KNOWN : RETURN_ASKED_CONFLICT;
    return DONE;
}

static struct returnable_line
returnable_of(const struct subject *subject, const struct line_stand *stand)
{
    return (struct returnable_line){subject->id, subject->version, stand->ordinal, stand->unit};
}

/* The part of the line's packages that is asked for; NONE: there is none. */
static enum outcome
find_part(const struct judging *judging, const struct return_line *wanted,
          const struct line_stand *stand, const struct package_part **part,
          enum return_asked *asked, struct fault *why)
{
    const struct returnable_line line = returnable_of(judging->subject, stand);
    bool is_package = false;
    const enum outcome found =
        returnable_part(judging->run, &line, wanted->part, judging->arena, part, &is_package, why);
    *asked = is_package ? RETURN_ASKED_PIECE : RETURN_ASKED_PACKAGE;
    return found;
}

/* NONE: a line of it cannot be. */
static enum outcome
check_lines(struct judging *judging, enum return_asked *asked, size_t *line, struct fault *why)
{
    const size_t count = judging->request->line_count;
    judging->parts = arena_array(judging->arena, const struct package_part *, count + 1);
    for (*line = 0; *line < count; ++*line) {
        const struct return_line *wanted = &judging->request->lines[*line];
        const struct line_stand *stand = find_line(judging, wanted->number);
        const struct package_part *part = NULL;
        if (stand == NULL) {
            *asked = RETURN_ASKED_LINE;
            return NONE;
        }
        if (wanted->part[0] != '\0') {
            TRY(find_part(judging, wanted, stand, &part, asked, why));
        }
        if (wanted->quantity_micros % MICROS != 0 &&
            unit_is_whole(part == NULL ? stand->unit : part->unit)) {
            *asked = RETURN_ASKED_PART;
            return NONE;
        }
        judging->parts[*line] = part;
    }
    return DONE;
}

enum outcome
returning_parts(struct run *run, const struct subject *subject, const char *number,
                struct arena *arena, const char **parts, struct fault *why)
{
    struct line_stand *stands = NULL;
    size_t count = 0;
    *parts = "";
    TRY(stand_lines(run->store, subject->id, subject->version, arena, &stands, &count, why));
    const struct line_stand *stand = find_stand(stands, count, number);
    if (stand == NULL) {
        return DONE;
    }
    const struct returnable_line line = returnable_of(subject, stand);
    return returnable_parts(run, &line, arena, parts, why);
}

static const char *
dispositions_text(const struct return_clause *clause)
{
    return disposition_names[clause->dispositions[CONDITION_NEW]];
}

/* The terms of a clause as texts that stay: see table return_line. */
static void
freeze(const struct return_clause *clause, struct arena *arena, struct stored_return_line *line)
{
    static const char *const kinds[RETURN_FEE_COUNT] = {"none", "percent", "fixed"};
    line->dispositions = dispositions_text(clause);
    line->fees = "";
    for (int at = 0; at < RETURN_CONDITION_COUNT; at++) {
        const struct return_fee *fee = &clause->fees[at];
        if (at > 0) {
            line->dispositions = arena_format(arena, "%s | %s", line->dispositions,
                                              disposition_names[clause->dispositions[at]]);
        }
        line->fees = fee->kind == RETURN_FEE_NONE
                         ? arena_format(arena, "%s%snone", line->fees, at == 0 ? "" : " | ")
                         : arena_format(arena, "%s%s%s %" PRId64, line->fees, at == 0 ? "" : " | ",
                                        kinds[fee->kind], fee->micros);
    }
}

static struct stored_return_line
line_of(const struct judging *judging, size_t at, enum return_wish wish)
{
    const struct return_line *wanted = &judging->request->lines[at];
    const struct line_stand *stand = find_line(judging, wanted->number);
    const struct package_part *part = judging->parts[at];
    return (struct stored_return_line){
        .ordinal = (int64_t)at + 1,
        .order_ordinal = stand->ordinal,
        .number = stand->number,
        .sku = part == NULL ? stand->sku : part->sku,
        .unit = part == NULL ? stand->unit : part->unit,
        .quantity_micros = wanted->quantity_micros,
        .reason = wanted->reason,
        .wish = return_wish_names[wish],
        .exchange_sku = wanted->exchange_sku,
        .serials = wanted->serials,
        .package = part == NULL ? "" : stand->sku,
        .per_micros = part == NULL ? 0 : part->per_micros,
    };
}

/* Does a line of the request before this one ask for more of the same? */
static bool
is_claimed_before(const struct judging *judging, size_t before, size_t at)
{
    const struct judged_line *judged = &judging->lines[before];
    return judged->ruling.verdict != RETURN_REFUSE &&
           strcmp(judged->line.number, judging->lines[at].line.number) == 0;
}

/* What may come back of it: less what other requests ask for, and this one before. */
static enum outcome
find_left(const struct judging *judging, size_t at, struct return_facts *facts, struct fault *why)
{
    size_t count = 0;
    for (size_t before = 0; before < at; before++) {
        count += is_claimed_before(judging, before, at);
    }
    struct package_claim *more = arena_array(judging->arena, struct package_claim, count + 1);
    count = 0;
    for (size_t before = 0; before < at; before++) {
        const struct stored_return_line *other = &judging->lines[before].line;
        if (is_claimed_before(judging, before, at)) {
            more[count++] = return_line_claim(other, other->quantity_micros);
        }
    }
    return returnable_left(judging->run, judging->subject->id, &judging->lines[at].line, more,
                           count, judging->arena, facts, why);
}

static enum outcome
judge_line(struct judging *judging, size_t at, struct fault *why)
{
    struct run *run = judging->run;
    const struct return_line *wanted = &judging->request->lines[at];
    struct judged_line *judged = &judging->lines[at];
    struct return_known known;
    const int wish = wanted->wish[0] == '\0'
                         ? (int)RETURN_REFUND
                         : name_index(wanted->wish, return_wish_names, RETURN_WISH_COUNT);
    judged->line = line_of(judging, at, (enum return_wish)wish);
    TRY(return_know(run->store, judging->subject->id, judging->subject->version,
                    judged->line.order_ordinal, judged->line.number, judging->arena, &known, why));
    struct return_facts facts = {
        .reason = (enum return_reason)name_index(wanted->reason, return_reason_names,
                                                 RETURN_REASON_COUNT),
        .wish = (enum return_wish)wish,
        .sku = judged->line.sku,
        .category = known.category,
        .group = known.group,
        .currency = known.currency,
        .is_custom = known.is_custom,
        .wanted_micros = wanted->quantity_micros,
        .since_day = known.since_ms == AMOUNT_NONE ? DAY_NONE : moment_day(known.since_ms),
        .is_delivered = known.is_delivered,
        .today = moment_day(run->as_of_ms),
    };
    TRY(find_left(judging, at, &facts, why));
    TRY(returnable_product(run, &judged->line, judging->arena, &facts, why));
    judged->facts = facts;
    judged->ruling = returning_judge(judging->table, &facts);
    judged->gifts =
        returning_gifts(judged->ruling.clause, facts.reason, exchange_is_free(&judged->line));
    return DONE;
}

static enum outcome
store_line(struct judging *judging, struct judged_line *judged, struct fault *why)
{
    const struct return_ruling *ruling = &judged->ruling;
    struct stored_return_line *line = &judged->line;
    line->verdict = return_verdict_names[ruling->verdict];
    line->clause = ruling->clause->clause;
    line->why = return_why_names[ruling->why];
    line->gifts = gift_terms_names[judged->gifts];
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        line->text[language] =
            returning_text(ruling, &judged->facts, (enum language)language, judging->arena);
    }
    freeze(ruling->clause, judging->arena, line);
    judging->allowed += ruling->verdict == RETURN_ALLOW;
    judging->waiting += ruling->verdict == RETURN_ASK;
    if (ruling->verdict != RETURN_REFUSE && ruling->company_pays_freight) {
        judging->stored.freight = "company";
    }
    return return_add_line(judging->run->store, judging->stored.id, line, why);
}

/* ---- goods that were given ---- */

static bool
needs_gifts(const struct judged_line *judged)
{
    return judged->ruling.verdict != RETURN_REFUSE && judged->gifts == GIFTS_BACK;
}

/* What of them would stay without being earned, with the lines that need them or without. */
static enum outcome
gather_gifts(const struct judging *judging, bool with_needing, struct gift **gifts, size_t *count,
             struct fault *why)
{
    const size_t line_count = judging->request->line_count;
    struct gone_line *now = arena_array(judging->arena, struct gone_line, line_count + 1);
    struct gift_matter matter = {.run = judging->run,
                                 .order_id = judging->subject->id,
                                 .version = judging->subject->version,
                                 .partner = judging->subject->partner,
                                 .now = now,
                                 .with_claims = true};
    for (size_t at = 0; at < line_count; at++) {
        const struct judged_line *judged = &judging->lines[at];
        const int64_t micros = judged->line.quantity_micros;
        const bool is_counted =
            judged->gifts != GIFTS_KEEP && (with_needing || !needs_gifts(judged));
        if (judged->ruling.verdict != RETURN_REFUSE) {
            now[matter.now_count++] = (struct gone_line){judged->line.order_ordinal,
                                                         return_line_claim(&judged->line, micros),
                                                         is_counted ? micros : 0};
        }
    }
    return gifts_gather(&matter, judging->arena, gifts, count, why);
}

/* "1 C62 TEA-2 (F1)"; "": nothing is missing. */
static enum outcome
missing_gifts(const struct judging *judging, const char **missing, struct fault *why)
{
    struct gift *with = NULL;
    struct gift *without = NULL;
    size_t count = 0;
    *missing = "";
    TRY(gather_gifts(judging, true, &with, &count, why));
    TRY(gather_gifts(judging, false, &without, &count, why));
    for (size_t index = 0; index < count; index++) {
        char quantity[DECIMAL_TEXT_SIZE];
        const struct gift *gift = &with[index];
        const int64_t more = gift_stay(gift) - gift_stay(&without[index]);
        if (more > 0) {
            *missing = arena_format(judging->arena, "%s%s%s %s %s (%s)", *missing,
                                    **missing == '\0' ? "" : ", ",
                                    decimal_format(quantity, more, MICROS_PLACES, 0), gift->unit,
                                    gift->sku, gift->number);
        }
    }
    return DONE;
}

/* Lines that come back only with what was given for them, and do not, are refused. */
static enum outcome
require_gifts(struct judging *judging, struct fault *why)
{
    const size_t count = judging->request->line_count;
    const char *missing = "";
    size_t needing = 0;
    for (size_t at = 0; at < count; at++) {
        needing += needs_gifts(&judging->lines[at]);
    }
    if (needing == 0) {
        return DONE;
    }
    TRY(missing_gifts(judging, &missing, why));
    for (size_t at = 0; at < count && *missing != '\0'; at++) {
        struct judged_line *judged = &judging->lines[at];
        if (needs_gifts(judged)) {
            judged->facts.gifts = missing;
            returning_refuse_gift(&judged->ruling);
        }
    }
    return DONE;
}

static enum outcome
decide(struct judging *judging, const struct cause *cause, enum return_asked *asked,
       struct fault *why)
{
    struct stored_return *stored = &judging->stored;
    if (strcmp(stored->freight, "company") == 0) {
        TRY(return_pay_freight(judging->run->store, stored->id, why));
    }
    if (judging->waiting > 0) {
        *asked = RETURN_ASKED_WAITS;
        return DONE;
    }
    *asked = judging->allowed > 0 ? RETURN_ASKED_AUTHORISED : RETURN_ASKED_REFUSED;
    struct cause decided = *cause;
    decided.actor = "purser";
    return judging->allowed > 0
               ? authorise(judging->run, judging->subject, stored, "", &decided, judging->arena,
                           why)
               : refuse(judging->run, judging->subject, stored, "", &decided, judging->arena, why);
}

static enum outcome
judge(struct judging *judging, const struct cause *cause, enum return_asked *asked,
      struct fault *why)
{
    struct run *run = judging->run;
    struct stored_return *stored = &judging->stored;
    *stored = (struct stored_return){.order_id = judging->subject->id,
                                     .version = judging->subject->version,
                                     .request = judging->request->number,
                                     .number = "",
                                     .state = "asked",
                                     .expires = DAY_NONE,
                                     .freight = "customer",
                                     .partner = judging->subject->partner,
                                     .order_number = judging->request->order_number};
    const enum outcome found =
        return_warehouse(run->store, stored->order_id, judging->arena, &stored->warehouse, why);
    if (found == NONE) {
        *asked = RETURN_ASKED_NOTHING;
        return DONE;
    }
    TRY(found);
    TRY(return_add(run->store, stored, run->as_of_ms, cause->interchange_id, &stored->id, why));
    judging->lines = arena_array(judging->arena, struct judged_line, judging->request->line_count);
    for (size_t index = 0; index < judging->request->line_count; index++) {
        TRY(judge_line(judging, index, why));
    }
    TRY(require_gifts(judging, why));
    for (size_t index = 0; index < judging->request->line_count; index++) {
        TRY(store_line(judging, &judging->lines[index], why));
    }
    return decide(judging, cause, asked, why);
}

enum outcome
returning_ask(struct run *run, struct facts *facts, const struct subject *subject,
              const struct return_request *request, const struct cause *cause, struct arena *arena,
              enum return_asked *asked, size_t *line, struct fault *why)
{
    struct judging judging = {.run = run, .subject = subject, .request = request, .arena = arena};
    *line = 0;
    TRY(stand_lines(run->store, subject->id, subject->version, arena, &judging.stands,
                    &judging.stand_count, why));
    const enum outcome found =
        return_find_request(run->store, subject->id, request->number, arena, &judging.stored, why);
    if (found != NONE) {
        return found == DONE ? compare(&judging, asked, why) : found;
    }
    const enum outcome checked = check_lines(&judging, asked, line, why);
    if (checked != DONE) {
        return checked == NONE ? DONE : checked;
    }
    TRY(facts_return_policy(facts, &judging.table, why));
    return judge(&judging, cause, asked, why);
}

/* ---- time ---- */

static enum outcome
expire(struct run *run, const struct stored_return *stored, struct arena *arena, struct fault *why)
{
    struct order_standing standing;
    TRY(order_find(run->store, stored->partner, stored->order_number, &standing, why));
    const struct subject subject = flow_subject(&standing, stored->partner);
    const struct cause cause = {"purser", 0, run->as_of_ms, ""};
    TRY(return_stand(run->store, stored->id, "expired", why));
    TRY(note(run, &subject, EVENT_RETURN_EXPIRED, stored, &cause, arena, why));
    TRY(returning_tell(run, stored->partner, stored, TELLS_EXPIRY, why));
    TRY(returning_tell(run, stored->warehouse, stored, TELLS_EXPIRY, why));
    return gift_claims_follow(run, &subject, 0, why);
}

static enum outcome
expire_some(struct run *run, struct arena *arena, size_t *count, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    struct stored_return *items = NULL;
    TRY(store_begin(run->store, &tx, why));
    TRY(return_expiring(run->store, moment_day(run->as_of_ms), arena, &items, count, why));
    for (size_t index = 0; index < *count; index++) {
        TRY(expire(run, &items[index], arena, why));
    }
    return store_commit(&tx, why);
}

enum outcome
returning_work(struct run *run, struct fault *why)
{
    OWNED(arena) arena;
    size_t count = 0;
    arena_init(&arena, EXPIRY_BYTES_MAX);
    do {
        arena_reset(&arena);
        TRY(expire_some(run, &arena, &count, why));
    } while (count > 0 && !run_must_stop(run));
    return DONE;
}
