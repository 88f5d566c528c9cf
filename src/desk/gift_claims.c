#include "desk/gift_claims.h"

#include "base/date.h"
#include "base/decimal.h"
#include "desk/gifts.h"
#include "desk/paying.h"
#include "desk/returning.h"
#include "rules/returning.h"
#include "store/store.h"
#include "store/store_return.h"
#include "store/store_stand.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { WORK_BYTES_MAX = 64 * 1024 * 1024 };

/* ---- what is to be done --------------------------------------------------------------------- */

/* NONE: nothing says that they are claimed. */
static enum outcome
find_terms(struct run *run, const struct subject *subject, int64_t return_id, struct arena *arena,
           struct gift_order_terms *terms, struct fault *why)
{
    if (return_id == 0) {
        return gift_terms_cancelled(run->store, subject->id, arena, terms, why);
    }
    *terms = (struct gift_order_terms){.gifts = gift_terms_names[GIFTS_VALUE], .waived_by = ""};
    return gift_terms_returned(run->store, return_id, arena, &terms->clause, why);
}

enum outcome
gift_claims_gather(struct run *run, const struct subject *subject, int64_t return_id,
                   struct arena *arena, struct gift_claims *claims, struct fault *why)
{
    const struct gift_matter matter = {.run = run,
                                       .order_id = subject->id,
                                       .version = subject->version,
                                       .partner = subject->partner};
    *claims = (struct gift_claims){.return_id = return_id};
    const enum outcome found = find_terms(run, subject, return_id, arena, &claims->terms, why);
    if (found != DONE && found != NONE) {
        return found;
    }
    claims->has_terms = found == DONE;
    return found == NONE && return_id == 0
               ? DONE
               : gifts_gather(&matter, arena, &claims->gifts, &claims->count, why);
}

/* ---- asked back ----------------------------------------------------------------------------- */

static struct stored_return
request_of(const struct claim *claim, int64_t number, const char *warehouse)
{
    return (struct stored_return){.order_id = claim->subject->id,
                                  .version = claim->subject->version,
                                  .request = arena_format(claim->arena, "OWN-%" PRId64, number),
                                  .number = "",
                                  .state = "asked",
                                  .expires = DAY_NONE,
                                  .warehouse = warehouse,
                                  .freight = "customer",
                                  .partner = claim->subject->partner,
                                  .order_number = ""};
}

/* "restock | restock | scrap | restock": what becomes of it the return policy says, as of goods
 * that are not wanted. */
static enum outcome
dispositions_of(const struct claim *claim, const struct gift *gift, const char **list,
                struct fault *why)
{
    __attribute__((cleanup(facts_free))) struct facts *facts = facts_new(claim->run->store);
    const struct return_table *table = NULL;
    struct return_known known;
    TRY(facts_return_policy(facts, &table, why));
    TRY(return_know(claim->run->store, claim->subject->id, claim->subject->version, gift->ordinal,
                    gift->number, claim->arena, &known, why));
    const struct return_facts asked = {.reason = RETURN_NOT_WANTED,
                                       .wish = RETURN_REFUND,
                                       .sku = gift->sku,
                                       .category = known.category,
                                       .group = known.group,
                                       .currency = known.currency,
                                       .is_custom = known.is_custom,
                                       .since_day = DAY_NONE,
                                       .today = moment_day(claim->run->as_of_ms)};
    const struct return_ruling ruling = returning_judge(table, &asked);
    *list = "";
    for (int at = 0; at < RETURN_CONDITION_COUNT; at++) {
        *list = arena_format(claim->arena, "%s%s%s", *list, at == 0 ? "" : " | ",
                             disposition_names[ruling.clause->dispositions[at]]);
    }
    return DONE;
}

static enum outcome
add_line(const struct claim *claim, const struct gift_claims *claims, int64_t return_id,
         int64_t ordinal, const struct gift *gift, int64_t micros, struct fault *why)
{
    const char *values[] = {claims->terms.clause, NULL};
    struct stored_return_line line = {
        .ordinal = ordinal,
        .order_ordinal = gift->ordinal,
        .number = gift->number,
        .package = "",
        .sku = gift->sku,
        .unit = gift->unit,
        .quantity_micros = micros,
        .reason = return_reason_names[RETURN_OTHER],
        .wish = return_wish_names[RETURN_REFUND],
        .exchange_sku = "",
        .serials = "",
        .verdict = return_verdict_names[RETURN_ALLOW],
        .clause = claims->terms.clause,
        .why = return_why_names[RETURN_WHY_GIFT],
        .text = {message_fill(M_GIFT_ASKED_BACK, LANGUAGE_EN, values, claim->arena),
                 message_fill(M_GIFT_ASKED_BACK, LANGUAGE_ZH, values, claim->arena)},
        .fees = "none | none | none | none",
        .gifts = gift_terms_names[GIFTS_KEEP]};
    TRY(dispositions_of(claim, gift, &line.dispositions, why));
    return return_add_line(claim->run->store, return_id, &line, why);
}

/* Told where the cancellation is: a charge of nothing, until it has not come. */
static struct charge
asked_charge(const struct claim *claim, const struct gift_claims *claims, const struct gift *gift,
             int64_t micros, const struct stored_return *stored)
{
    char text[2][DECIMAL_TEXT_SIZE];
    char day[DATE_TEXT_SIZE];
    const int places = currency_exponent(claim->order->currency);
    struct gift asked = *gift;
    asked.asked_micros += gift_stay(gift) - micros;
    asked.kept = asked.claimed = (struct gift_amount){0, 0};
    const struct gift_amount worth = gift_missing(&asked);
    const char *values[] = {claims->terms.clause,
                            decimal_format(text[0], micros, MICROS_PLACES, 0),
                            gift->sku,
                            gift->number,
                            stored->number,
                            day_format(day, stored->expires),
                            decimal_format(text[1], gift_gross(&worth), places, places),
                            claim->order->currency,
                            NULL};
    return (struct charge){.text = {message_fill(M_GIFT_ASKED, LANGUAGE_EN, values, claim->arena),
                                    message_fill(M_GIFT_ASKED, LANGUAGE_ZH, values, claim->arena)}};
}

static struct charge
charge_of(const struct claim *claim, const struct gift_claims *claims, const struct gift *gift,
          struct charge charge)
{
    charge.cancellation = claims->terms.cancellation;
    charge.return_id = claims->return_id;
    charge.kind = CHARGE_GIFT;
    charge.clause = claims->terms.clause;
    charge.gift_ordinal = gift->ordinal;
    charge.gift_number = gift->number;
    charge.gift_sku = gift->sku;
    charge.tax_rate_micros = gift->tax_rate_micros;
    charge.invoice = "";
    charge.waived_by = claims->terms.waived_by;
    charge.waive_up_to_minor =
        claims->terms.waive_up_to_micros < 0
            ? claims->terms.waive_up_to_micros
            : money_extend(claims->terms.waive_up_to_micros, MICROS,
                           currency_exponent(claim->order->currency), ROUND_HALF_UP);
    charge.currency = claim->order->currency;
    return charge;
}

/* All of them by one authorisation. */
static enum outcome
ask_back(const struct claim *claim, const struct gift_claims *claims,
         struct cancel_charges *charges, struct fault *why)
{
    struct run *run = claim->run;
    const struct cause cause = {"purser", 0, run->as_of_ms, ""};
    const char *warehouse = NULL;
    int64_t number = 0;
    TRY(return_own_number(run->store, claim->subject->id, &number, why));
    TRY(return_warehouse(run->store, claim->subject->id, claim->arena, &warehouse, why));
    struct stored_return stored = request_of(claim, number, warehouse);
    TRY(return_add(run->store, &stored, run->as_of_ms, 0, &stored.id, why));
    int64_t ordinal = 0;
    for (size_t index = 0; index < claims->count; index++) {
        const struct gift *gift = &claims->gifts[index];
        const int64_t micros = gift_unasked(gift, unit_is_whole(gift->unit));
        if (micros > 0) {
            TRY(add_line(claim, claims, stored.id, ++ordinal, gift, micros, why));
        }
    }
    TRY(returning_decide(run, claim->subject, &stored, true, "", &cause, claim->arena, why));
    for (size_t index = 0; index < claims->count; index++) {
        struct gift *gift = &claims->gifts[index];
        const int64_t micros = gift_unasked(gift, unit_is_whole(gift->unit));
        if (micros > 0) {
            charges->items[charges->count++] =
                charge_of(claim, claims, gift, asked_charge(claim, claims, gift, micros, &stored));
            gift->asked_micros += micros;
        }
    }
    return DONE;
}

static bool
asks_back(const struct gift_claims *claims)
{
    bool has_unasked = false;
    for (size_t index = 0; index < claims->count; index++) {
        const struct gift *gift = &claims->gifts[index];
        has_unasked |= gift_unasked(gift, unit_is_whole(gift->unit)) > 0;
    }
    return has_unasked && strcmp(claims->terms.gifts, gift_terms_names[GIFTS_BACK]) == 0;
}

/* ---- claimed, and given up ------------------------------------------------------------------ */

enum outcome
gift_claims_add(const struct claim *claim, const struct gift_claims *claims,
                struct cancel_charges *charges, struct fault *why)
{
    if (!claims->has_terms) {
        return DONE;
    }
    if (asks_back(claims)) {
        TRY(ask_back(claim, claims, charges, why));
    }
    for (size_t index = 0; index < claims->count; index++) {
        const struct gift *gift = &claims->gifts[index];
        const struct gift_amount now = gift_claim(gift);
        const char *currency = claim->order->currency;
        if (gift_gross(&now) > 0) {
            charges->items[charges->count++] = charge_of(
                claim, claims, gift,
                (struct charge){
                    .net_minor = now.net_minor,
                    .tax_minor = now.tax_minor,
                    .text = {gift_text(gift, &now, true, currency, LANGUAGE_EN, claim->arena),
                             gift_text(gift, &now, true, currency, LANGUAGE_ZH, claim->arena)}});
        }
    }
    return DONE;
}

static int64_t
open_of(const struct charge *charge)
{
    return charge->net_minor + charge->tax_minor - charge->less_net_minor - charge->less_tax_minor;
}

/* Of one of the goods, the last claim first; a claim for a return has no statement. */
static enum outcome
cut_gift(const struct claim *claim, const struct gift *gift, const struct charge *charges,
         size_t count, struct gift_cut *cut, struct fault *why)
{
    const struct gift_amount change = gift_claim(gift);
    int64_t rest = -gift_gross(&change);
    for (size_t index = count; index-- > 0 && rest > 0;) {
        const struct charge *charge = &charges[index];
        const int64_t open = open_of(charge);
        const int64_t now = open < rest ? open : rest;
        struct claim own = *claim;
        if (charge->gift_ordinal == gift->ordinal && now > 0) {
            own.statement = charge->cancellation == 0 ? 0 : claim->statement;
            TRY(claim_cut(
                &own, charge,
                &(struct claim_cut){LESS_GIVEN_BACK, "purser", "", claim_part(charge, now)}, why));
            rest -= now;
            cut->gross_minor += now;
            cut->cancellation = charge->cancellation > 0 ? charge->cancellation : cut->cancellation;
        }
    }
    return DONE;
}

enum outcome
gift_claims_cut(const struct claim *claim, const struct gift_claims *claims, struct gift_cut *cut,
                struct fault *why)
{
    struct charge *charges = NULL;
    size_t count = 0;
    *cut = (struct gift_cut){.is_any = false};
    for (size_t index = 0; index < claims->count; index++) {
        const struct gift_amount change = gift_claim(&claims->gifts[index]);
        if (gift_gross(&change) >= 0) {
            continue;
        }
        if (!cut->is_any) {
            TRY(charge_list(claim->run->store, claim->subject->id, claim->arena, &charges, &count,
                            why));
        }
        cut->is_any = true;
        TRY(cut_gift(claim, &claims->gifts[index], charges, count, cut, why));
    }
    return DONE;
}

/* ---- all of it, when something has moved ---------------------------------------------------- */

static enum outcome
follow(const struct claim *claim, const struct gift_claims *claims, struct fault *why)
{
    struct gift_cut cut;
    struct claim own = *claim;
    struct cancel_charges charges = {
        .items = arena_array(claim->arena, struct charge, 2 * claims->count + 1),
        .currency = claim->order->currency};
    TRY(gift_claims_cut(claim, claims, &cut, why));
    TRY(gift_claims_add(claim, claims, &charges, why));
    if (!cut.is_any && charges.count == 0) {
        return DONE;
    }
    own.statement = claims->return_id == 0 ? claim->statement : 0;
    TRY(claim_charges(&own, &(const struct cancel_waiver){.micros = 0}, &charges, why));
    TRY(paying_changed(claim->run, claim->subject, 0, why));
    const int64_t told =
        charges.count > 0 && claims->return_id == 0 ? claims->terms.cancellation : cut.cancellation;
    return told == 0 ? DONE
                     : cancel_fee_tell(claim->run, claim->subject, claim->statement, told, why);
}

enum outcome
gift_claims_follow(struct run *run, const struct subject *subject, int64_t return_id,
                   struct fault *why)
{
    OWNED(arena) arena;
    struct fee_order order;
    struct gift_claims claims;
    struct subject own = *subject;
    struct claim claim = {run, &own, &order, 0, &arena};
    arena_init(&arena, WORK_BYTES_MAX);
    TRY(gift_claims_gather(run, subject, return_id, &arena, &claims, why));
    if (claims.count == 0) {
        return DONE;
    }
    TRY(fee_order_get(run->store, subject->id, subject->version, &arena, &order, why));
    TRY(statement_next(run->store, subject->id, &claim.statement, why));
    return follow(&claim, &claims, why);
}
