#include "desk/gifts.h"

#include "base/decimal.h"
#include "desk/revision.h"
#include "store/store_stand.h"

#include <string.h>

enum { GIFT_ORDINAL = 100000 };

struct work {
    const struct gift_matter *matter;
    struct arena *arena;
    struct line_stand *lines;
    size_t line_count;
    struct gone_line *gone; /* that the store knows */
    size_t gone_count;
    struct gift *gifts;
    size_t count;
};

/* Those of a line. */
static size_t
claims_of(const struct gone_line *lines, size_t count, int64_t ordinal, bool is_counted,
          struct package_claim *claims)
{
    size_t found = 0;
    for (size_t index = 0; index < count; index++) {
        const struct gone_line *line = &lines[index];
        if (line->ordinal == ordinal && claims != NULL) {
            claims[found] = line->all;
            claims[found].micros = is_counted ? line->counted_micros : line->all.micros;
        }
        found += line->ordinal == ordinal;
    }
    return found;
}

/* All, or what counts for goods that were given.  A package of which a part goes back is gone. */
static int64_t
gone_of(const struct work *work, int64_t ordinal, bool is_counted)
{
    const struct gift_matter *matter = work->matter;
    const size_t most = claims_of(work->gone, work->gone_count, ordinal, is_counted, NULL) +
                        claims_of(matter->now, matter->now_count, ordinal, is_counted, NULL);
    struct package_claim *claims = arena_array(work->arena, struct package_claim, most + 1);
    size_t count = claims_of(work->gone, work->gone_count, ordinal, is_counted, claims);
    count += claims_of(matter->now, matter->now_count, ordinal, is_counted, &claims[count]);
    return package_whole(claims, count) + package_opened(claims, count);
}

static void
list_gifts(struct work *work)
{
    work->gifts = arena_array(work->arena, struct gift, work->line_count + 1);
    for (size_t index = 0; index < work->line_count; index++) {
        const struct line_stand *line = &work->lines[index];
        if (line->ordinal > GIFT_ORDINAL && line->shipped_micros > 0) {
            work->gifts[work->count++] =
                (struct gift){.ordinal = line->ordinal,
                              .number = line->number,
                              .sku = line->sku,
                              .unit = line->unit,
                              .given_micros = line->shipped_micros,
                              .back_micros = gone_of(work, line->ordinal, false)};
        }
    }
}

/* ---- what stays, priced again --------------------------------------------------------------- */

/* False: nothing is left. */
static bool
keep_rest(const struct work *work, struct revision *revision)
{
    struct order *order = &revision->order.order;
    size_t left = 0;
    for (size_t index = 0; index < order->line_count; index++) {
        const int64_t rest =
            order->lines[index].quantity_micros - gone_of(work, (int64_t)index + 1, true);
        if (rest > 0) {
            order->lines[left] = order->lines[index];
            order->lines[left++].quantity_micros = rest;
        }
    }
    order->line_count = left;
    revision->order.line_count = left;
    return left > 0;
}

static enum outcome
read_order(const struct work *work, struct revision *revision, struct fault *why)
{
    const struct gift_matter *matter = work->matter;
    revision->facts.ignores_uses = true;
    TRY(facts_as_of_order(&revision->facts, matter->order_id, matter->version, why));
    return revision_read(revision, matter->order_id, matter->version, why);
}

static enum outcome
appraise_it(const struct work *work, struct revision *revision, bool *is_good, struct fault *why)
{
    const struct gift_matter *matter = work->matter;
    const struct subject subject = {
        .id = matter->order_id, .version = matter->version, .partner = matter->partner};
    *is_good = false;
    if (config_partner(matter->run->config, matter->partner) == NULL) {
        return DONE;
    }
    TRY(revision_appraise(revision, &subject, why));
    *is_good = revision->appraisal.is_good;
    return DONE;
}

/* So much of a product is given now; of goods of the same the first ones are those. */
static void
earn(const struct work *work, const struct revision *revision)
{
    const struct promotion_result *result = &revision->appraisal.decision.promotions.result;
    for (size_t at = 0; at < result->free_goods_count; at++) {
        int64_t left = result->free_goods[at].quantity_micros;
        for (size_t index = 0; index < work->count && left > 0; index++) {
            struct gift *gift = &work->gifts[index];
            const int64_t open = gift->given_micros - gift->earned_micros;
            const int64_t now = open < left ? open : left;
            if (strcmp(gift->sku, result->free_goods[at].sku) == 0) {
                gift->earned_micros += now;
                left -= now;
            }
        }
    }
}

static void
earn_all(const struct work *work)
{
    for (size_t index = 0; index < work->count; index++) {
        work->gifts[index].earned_micros = work->gifts[index].given_micros;
    }
}

static enum outcome
find_earned(const struct work *work, struct fault *why)
{
    __attribute__((cleanup(revision_free))) struct revision *revision =
        revision_new(work->matter->run);
    bool is_good = false;
    TRY(read_order(work, revision, why));
    if (!keep_rest(work, revision)) {
        return DONE;
    }
    TRY(appraise_it(work, revision, &is_good, why));
    if (is_good) {
        earn(work, revision);
    } else {
        earn_all(work);
    }
    return DONE;
}

/* ---- what they are worth -------------------------------------------------------------------- */

/* The goods alone, at the price that was said, or else that of the list. */
static void
order_gift(const struct gift *gift, int64_t worth_micros, struct revision *revision)
{
    struct order *order = &revision->order.order;
    struct order_line *line = arena_new(&revision->arena, struct order_line);
    order_line_init(line);
    line->number = gift->number;
    line->sku = gift->sku;
    line->unit = gift->unit;
    line->quantity_micros = gift->given_micros;
    if (worth_micros > 0) {
        line->manual =
            (struct manual_price){worth_micros, AMOUNT_NONE, gift->number, "purser", true};
    }
    order->is_exchange = true; /* nobody's authority is asked for that price */
    order->coupon_count = 0;
    order->lines = line;
    order->line_count = revision->order.line_count = 1;
}

/* By the list: no promotion takes anything off it. */
static struct gift_amount
listed(const struct work *work, const struct price_decision *decision)
{
    const struct priced_line *line = &decision->lines[0];
    const enum rounding rounding = work->matter->run->config->rounding;
    if (!decision->prices_include_tax) {
        return (struct gift_amount){line->list_minor,
                                    money_rate(line->list_minor, line->tax_rate_micros, rounding)};
    }
    const int64_t net =
        decimal_divide((int128)line->list_minor * MICROS, MICROS + line->tax_rate_micros, rounding);
    return (struct gift_amount){net, line->list_minor - net};
}

static enum outcome
price(const struct work *work, struct gift *gift, struct fault *why)
{
    const struct gift_matter *matter = work->matter;
    __attribute__((cleanup(revision_free))) struct revision *revision = revision_new(matter->run);
    int64_t worth_micros = 0;
    bool is_good = false;
    TRY(gift_worth_said(matter->run->store, matter->order_id, matter->version, gift->ordinal,
                        &worth_micros, why));
    TRY(read_order(work, revision, why));
    order_gift(gift, worth_micros, revision);
    TRY(appraise_it(work, revision, &is_good, why));
    if (is_good) {
        const struct price_decision *decision = &revision->appraisal.decision;
        gift->worth = listed(work, decision);
        gift->tax_rate_micros = decision->lines[0].tax_rate_micros;
    }
    return DONE;
}

/* What became of what they are worth. */
enum taken { TAKEN_KEPT, TAKEN_CLAIMED, TAKEN_WAIVED };

static void
add_kept(const struct work *work, const struct kept_gift *items, size_t count, enum taken taken)
{
    for (size_t at = 0; at < count; at++) {
        for (size_t index = 0; index < work->count; index++) {
            struct gift *gift = &work->gifts[index];
            struct gift_amount *const amounts[] = {&gift->kept, &gift->claimed, &gift->waived};
            struct gift_amount *amount = amounts[taken];
            if (gift->ordinal == items[at].ordinal) {
                amount->net_minor += items[at].net_minor;
                amount->tax_minor += items[at].tax_minor;
            }
        }
    }
}

/* What is on its way back, or was to be: of claims to send goods back all that may come counts
 * already. */
static enum outcome
add_asked(const struct work *work, struct fault *why)
{
    const struct gift_matter *matter = work->matter;
    struct asked_gift *items = NULL;
    size_t count = 0;
    TRY(gifts_asked(matter->run->store, matter->order_id, work->arena, &items, &count, why));
    for (size_t at = 0; at < count; at++) {
        for (size_t index = 0; index < work->count; index++) {
            if (work->gifts[index].ordinal == items[at].ordinal) {
                work->gifts[index].asked_micros = matter->with_claims ? 0 : items[at].open_micros;
                work->gifts[index].lapsed_micros = items[at].lapsed_micros;
            }
        }
    }
    return DONE;
}

static enum outcome
add_taken(const struct work *work, struct fault *why)
{
    struct store *store = work->matter->run->store;
    struct kept_gift *items = NULL;
    size_t count = 0;
    TRY(kept_gifts(store, work->matter->order_id, work->arena, &items, &count, why));
    add_kept(work, items, count, TAKEN_KEPT);
    TRY(claimed_gifts(store, work->matter->order_id, work->arena, &items, &count, why));
    add_kept(work, items, count, TAKEN_CLAIMED);
    TRY(waived_gifts(store, work->matter->order_id, work->arena, &items, &count, why));
    add_kept(work, items, count, TAKEN_WAIVED);
    return DONE;
}

enum outcome
gifts_gather(const struct gift_matter *matter, struct arena *arena, struct gift **gifts,
             size_t *count, struct fault *why)
{
    struct work work = {.matter = matter, .arena = arena};
    struct store *store = matter->run->store;
    TRY(stand_lines(store, matter->order_id, matter->version, arena, &work.lines, &work.line_count,
                    why));
    TRY(gone_lines(store, matter->order_id, matter->version, matter->with_claims, arena, &work.gone,
                   &work.gone_count, why));
    list_gifts(&work);
    *gifts = work.gifts;
    *count = work.count;
    if (work.count == 0) {
        return DONE;
    }
    TRY(find_earned(&work, why));
    TRY(add_taken(&work, why));
    TRY(add_asked(&work, why));
    for (size_t index = 0; index < work.count; index++) {
        if (gift_stay(&work.gifts[index]) > 0 && !matter->with_claims) {
            TRY(price(&work, &work.gifts[index], why));
        }
    }
    return DONE;
}
