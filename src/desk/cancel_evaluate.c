#include "desk/cancel_evaluate.h"

#include "base/decimal.h"
#include "desk/revision.h"
#include "store/store_promotion.h"

#include <string.h>

enum { GIFT_ORDINAL = 100000 };

struct work {
    struct run *run;
    const struct subject *subject;
    const struct cancel_fee *fee;
    struct arena *arena;
    struct evaluation *evaluation;
    struct fee_amount locked;
    struct fee_amount claimed;
};

/* What stays of the goods, at its share of the price. */
static void
add_locked(struct work *work)
{
    const struct cancel_matter *matter = &work->fee->matter;
    for (size_t index = 0; index < matter->line_count; index++) {
        const struct line_stand *line = &matter->lines[index];
        work->locked.net_minor += line->net_minor - line->cancelled_net_minor;
        work->locked.tax_minor += line->tax_minor - line->cancelled_tax_minor;
    }
    for (size_t index = 0; index < matter->cancellation->part_count; index++) {
        const struct cancelled_part *part = &matter->cancellation->parts[index];
        const bool is_goods = part->ordinal != CANCELLED_FREIGHT;
        work->locked.net_minor -= is_goods ? part->net_minor : 0;
        work->locked.tax_minor -= is_goods ? part->tax_minor : 0;
    }
}

static enum outcome
add_claimed(struct work *work, struct fault *why)
{
    struct charge *charges = NULL;
    size_t count = 0;
    TRY(charge_list(work->run->store, work->subject->id, work->arena, &charges, &count, why));
    for (size_t index = 0; index < count; index++) {
        if (strcmp(charges[index].kind, CHARGE_CLAW_BACK) == 0) {
            work->claimed.net_minor += charges[index].net_minor - charges[index].less_net_minor;
            work->claimed.tax_minor += charges[index].tax_minor - charges[index].less_tax_minor;
        }
    }
    return DONE;
}

static int64_t
rest_of(const struct cancel_matter *matter, size_t ordinal)
{
    for (size_t index = 0; index < matter->line_count; index++) {
        const struct line_stand *line = &matter->lines[index];
        if (line->ordinal == (int64_t)ordinal) {
            return line->ordered_micros - line->cancelled_micros - matter->now_micros[index];
        }
    }
    return 0;
}

/* The order becomes what stays of it. */
static void
keep_rest(const struct cancel_matter *matter, struct revision *revision)
{
    struct order *order = &revision->order.order;
    size_t left = 0;
    for (size_t index = 0; index < order->line_count; index++) {
        const int64_t rest = rest_of(matter, index + 1);
        if (rest > 0) {
            order->lines[left] = order->lines[index];
            order->lines[left++].quantity_micros = rest;
        }
    }
    order->line_count = left;
    order->freight_micros = 0;
    revision->order.line_count = left;
}

static bool
is_used(const struct revision *revision, const char *promotion)
{
    const struct promotion_result *result = &revision->appraisal.decision.promotions.result;
    for (size_t index = 0; index < result->use_count; index++) {
        if (strcmp(result->uses[index].promotion->code, promotion) == 0) {
            return true;
        }
    }
    return false;
}

/* Limits, budgets and coupons: others may have what is not used any more.  *lost names them. */
static enum outcome
release_promotions(struct work *work, const struct revision *revision, const char **lost,
                   struct fault *why)
{
    struct promotion_used *used = NULL;
    size_t count = 0;
    const struct promotion_order order = {work->subject->id, work->subject->version,
                                          work->fee->order.customer};
    TRY(promotion_used_by(work->run->store, order.order_id, order.version, work->arena, &used,
                          &count, why));
    *lost = "";
    for (size_t index = 0; index < count; index++) {
        if (!is_used(revision, used[index].promotion)) {
            *lost = arena_format(work->arena, "%s%s%s", *lost, **lost == '\0' ? "" : ", ",
                                 used[index].promotion);
            TRY(promotion_release_one(work->run->store, &order, &used[index], why));
        }
    }
    return DONE;
}

static const char *
money_text(const struct work *work, int64_t minor)
{
    char text[DECIMAL_TEXT_SIZE];
    const char *currency = work->fee->order.currency;
    const int places = currency_exponent(currency);
    return arena_format(work->arena, "%s %s", decimal_format(text, minor, places, places),
                        currency);
}

static void
tell(struct work *work, const struct fee_amount *evaluated, const char *lost)
{
    const struct fee_amount *now = &work->evaluation->now;
    const char *values[] = {money_text(work, evaluated->net_minor + evaluated->tax_minor),
                            money_text(work, work->locked.net_minor + work->locked.tax_minor),
                            money_text(work, work->claimed.net_minor + work->claimed.tax_minor),
                            money_text(work, now->net_minor + now->tax_minor),
                            *lost == '\0' ? "-" : lost,
                            NULL};
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        work->evaluation->text[language] =
            message_fill(M_CANCEL_CLAW_BACK, (enum language)language, values, work->arena);
    }
}

/* What stays, priced again; locked when it cannot be. */
static enum outcome
appraise_rest(struct work *work, struct revision *revision, struct fee_amount *evaluated,
              struct fault *why)
{
    const struct subject *subject = work->subject;
    *evaluated = work->locked;
    revision->facts.ignores_uses = true;
    TRY(facts_as_of_order(&revision->facts, subject->id, subject->version, why));
    TRY(revision_read(revision, subject->id, subject->version, why));
    keep_rest(&work->fee->matter, revision);
    if (revision->order.order.line_count == 0 ||
        config_partner(work->run->config, subject->partner) == NULL) {
        return DONE;
    }
    TRY(revision_appraise(revision, subject, why));
    if (revision->appraisal.is_good) {
        *evaluated = (struct fee_amount){revision->appraisal.decision.net_minor,
                                         revision->appraisal.decision.tax_minor};
    }
    return DONE;
}

/* ---- goods that were given ------------------------------------------------------------------ */

static bool
has_gifts(const struct cancel_matter *matter)
{
    bool has = false;
    for (size_t index = 0; index < matter->line_count; index++) {
        has |= matter->lines[index].ordinal > GIFT_ORDINAL;
    }
    return has;
}

/* Of goods of the same product the first ones are those that are still given. */
static void
lose(const struct cancel_matter *matter, const struct promotion_result *result,
     int64_t *lost_micros)
{
    for (size_t index = 0; index < matter->line_count; index++) {
        const struct line_stand *line = &matter->lines[index];
        lost_micros[index] =
            line->ordinal < GIFT_ORDINAL
                ? 0
                : line->ordered_micros - line->cancelled_micros - matter->now_micros[index];
    }
    for (size_t at = 0; at < result->free_goods_count; at++) {
        int64_t left = result->free_goods[at].quantity_micros;
        for (size_t index = 0; index < matter->line_count; index++) {
            const bool is_it = strcmp(matter->lines[index].sku, result->free_goods[at].sku) == 0;
            const int64_t now = lost_micros[index] < left ? lost_micros[index] : left;
            lost_micros[index] -= is_it ? now : 0;
            left -= is_it ? now : 0;
        }
    }
}

enum outcome
cancel_gifts(struct run *run, const struct subject *subject, const struct cancel_fee *fee,
             struct arena *arena, int64_t **lost_micros, struct fault *why)
{
    struct evaluation evaluation;
    struct fee_amount evaluated;
    struct work work = {run, subject, fee, arena, &evaluation, {0}, {0}};
    *lost_micros = NULL;
    if (!fee->ruling.evaluates || !has_gifts(&fee->matter)) {
        return DONE;
    }
    __attribute__((cleanup(revision_free))) struct revision *revision = revision_new(run);
    TRY(appraise_rest(&work, revision, &evaluated, why));
    if (revision->appraisal.is_good) {
        *lost_micros = arena_array(arena, int64_t, fee->matter.line_count + 1);
        lose(&fee->matter, &revision->appraisal.decision.promotions.result, *lost_micros);
    }
    return DONE;
}

/* ---- all of it ------------------------------------------------------------------------------ */

enum outcome
cancel_evaluate(struct run *run, const struct subject *subject, const struct cancel_fee *fee,
                struct arena *arena, struct evaluation *evaluation, struct fault *why)
{
    __attribute__((cleanup(revision_free))) struct revision *revision = revision_new(run);
    struct work work = {run, subject, fee, arena, evaluation, {0}, {0}};
    struct fee_amount evaluated;
    const char *lost = "";
    *evaluation = (struct evaluation){.text = {"", ""}};
    TRY(add_claimed(&work, why));
    const bool has_claimed = work.claimed.net_minor + work.claimed.tax_minor > 0;
    if (!fee->ruling.evaluates && !has_claimed) {
        return DONE;
    }
    add_locked(&work);
    TRY(appraise_rest(&work, revision, &evaluated, why));
    evaluation->now =
        cancellation_clawback(work.locked, evaluated, work.claimed, fee->ruling.evaluates);
    if (evaluation->now.net_minor + evaluation->now.tax_minor > 0) {
        TRY(release_promotions(&work, revision, &lost, why));
    }
    tell(&work, &evaluated, lost);
    return DONE;
}
