#include "desk/cancel_fee.h"

#include "base/date.h"
#include "base/decimal.h"
#include "desk/cancel_claim.h"
#include "desk/cancel_evaluate.h"
#include "desk/facts.h"
#include "desk/gift_claims.h"
#include "desk/paying.h"
#include "order/document.h"
#include "rules/payment.h"
#include "store/store.h"
#include "store/store_outbox.h"
#include "store/store_return.h"

#include <string.h>

enum { HOUR_MS = 3600 * 1000, GIFT_ORDINAL = 100000 };

/* ---- judged --------------------------------------------------------------------------------- */

static int
kind_of(const char *name)
{
    const int kind = name_index(name, fee_kind_names, FEE_KIND_COUNT);
    return kind < 0 ? FEE_NONE : kind;
}

static int
gifts_of(const char *name)
{
    const int gifts = name_index(name, gift_terms_names, GIFT_TERMS_COUNT);
    return gifts < 0 ? GIFTS_KEEP : gifts;
}

struct fee_clause
cancel_clause_of(const struct policy_row *row, int64_t line)
{
    return (struct fee_clause){
        .clause = row->clause,
        .rank = row->rank,
        .stages = row->stages,
        .product_kind = row->product_kind,
        .categories = row->categories,
        .skus = row->skus,
        .groups = row->groups,
        .hours_from = row->hours_from,
        .hours_below = row->hours_below,
        .promised_within = row->promised_within,
        .faults = row->faults,
        .deposit_paid = row->deposit_paid,
        .currency = row->currency,
        .kind = (enum fee_kind)kind_of(row->fee),
        .amount_micros = row->amount_micros,
        .percent_micros = row->percent_micros,
        .minimum_micros = row->minimum_micros,
        .maximum_micros = row->maximum_micros,
        .bears_tax = strcmp(row->tax, "with") == 0,
        .evaluates = strcmp(row->promotions, "evaluate") == 0,
        .gifts = (enum gift_terms)gifts_of(row->gifts),
        .waived_by = row->waived_by,
        .waive_up_to_micros = row->waive_up_to_micros,
        .line = line,
    };
}

enum outcome
cancel_policy_in_force(struct run *run, int64_t *id, struct fault *why)
{
    __attribute__((cleanup(facts_free))) struct facts *facts = facts_new(run->store);
    const struct master_versions *versions = NULL;
    TRY(facts_versions(facts, &versions, why));
    *id = versions->of[DOCUMENT_CANCELLATION_POLICY].id;
    return DONE;
}

/* The policy of the day on which it was asked for. */
static enum outcome
read_policy(struct run *run, int64_t id, struct arena *arena, struct fee_table *table,
            struct fault *why)
{
    struct master_row *rows = NULL;
    size_t count = 0;
    if (id != 0) {
        TRY(master_policies(run->store, id, arena, &rows, &count, why));
    }
    struct fee_clause *clauses = arena_array(arena, struct fee_clause, count + 1);
    for (size_t index = 0; index < count; index++) {
        clauses[index] = cancel_clause_of(&rows[index].policy, rows[index].line);
    }
    fee_table_init(table, clauses, count);
    return DONE;
}

/* How far it has come; that of an order counts for its lines until a line is further. */
static enum cancel_stage
stage_reached(const struct subject *subject, const struct line_stand *line)
{
    if (line->shipped_micros > 0) {
        return CANCEL_PARTLY_SHIPPED;
    }
    if (line->making == MAKING_STARTED) {
        return CANCEL_IN_PRODUCTION;
    }
    if (subject->approval != APPROVAL_APPROVED) {
        return CANCEL_SUBMITTED;
    }
    return subject->fulfilment == FULFILMENT_PARTLY ? CANCEL_PARTLY_SHIPPED
           : subject->fulfilment >= FULFILMENT_RELEASED || line->released_micros > 0
               ? CANCEL_RELEASED
               : CANCEL_APPROVED;
}

static enum cancel_stage
stage_of(const struct subject *subject, const struct line_stand *line,
         const struct cancel_matter *matter)
{
    const enum cancel_stage stage = stage_reached(subject, line);
    return stage < matter->stage_least ? matter->stage_least : stage;
}

static const struct line_stand *
stand_of(const struct cancel_matter *matter, int64_t ordinal)
{
    for (size_t index = 0; index < matter->line_count; index++) {
        if (matter->lines[index].ordinal == ordinal) {
            return &matter->lines[index];
        }
    }
    return NULL;
}

static enum outcome
read_lines(struct run *run, const struct subject *subject, const struct cancel_matter *matter,
           struct arena *arena, struct fee_facts *facts, struct fault *why)
{
    const struct cancellation *cancellation = matter->cancellation;
    struct fee_line *lines = arena_array(arena, struct fee_line, cancellation->part_count + 1);
    for (size_t index = 0; index < cancellation->part_count; index++) {
        const struct cancelled_part *part = &cancellation->parts[index];
        const struct line_stand *line = stand_of(matter, part->ordinal);
        struct return_known known;
        if (part->ordinal > GIFT_ORDINAL) {
            continue; /* what was given costs nothing */
        }
        TRY(return_know(run->store, subject->id, subject->version, part->ordinal, line->number,
                        arena, &known, why));
        lines[facts->line_count++] = (struct fee_line){.number = line->number,
                                                       .sku = line->sku,
                                                       .category = known.category,
                                                       .is_custom = known.is_custom,
                                                       .stage = stage_of(subject, line, matter),
                                                       .net_minor = part->net_minor,
                                                       .tax_minor = part->tax_minor};
    }
    facts->lines = lines;
    return DONE;
}

/* What of the goods is not cancelled, with tax. */
static int64_t
goods_of(const struct line_stand *lines, size_t count)
{
    int64_t gross_minor = 0;
    for (size_t index = 0; index < count; index++) {
        gross_minor += lines[index].net_minor - lines[index].cancelled_net_minor +
                       lines[index].tax_minor - lines[index].cancelled_tax_minor;
    }
    return gross_minor;
}

/* Of an order that is paid as a whole, or of which nothing was asked yet, nothing is a deposit. */
static bool
has_deposit(const struct order_money *money)
{
    return money->is_stored && money->terms.kind == PAYMENT_DEPOSIT && money->required_minor > 0 &&
           strcmp(money->currency, money->order_currency) == 0;
}

enum outcome
cancel_deposit(struct run *run, const struct subject *subject, const struct line_stand *lines,
               size_t line_count, struct cancellation *cancellation, struct fault *why)
{
    struct order_money money;
    int64_t claimed_minor = 0;
    TRY(order_money_get(run->store, subject->id, subject->version, &money, why));
    if (!has_deposit(&money)) {
        return DONE;
    }
    TRY(charges_open(run->store, subject->id, &claimed_minor, why));
    const struct payment_demand demand = payment_demand(
        &money.terms, money.gross_minor - claimed_minor, &(const struct payment_tolerance){0, 0});
    const int64_t here = money.paid_minor - money.refunded_minor - claimed_minor;
    cancellation->deposit_minor = here < 0                       ? 0
                                  : here < demand.required_minor ? here
                                                                 : demand.required_minor;
    cancellation->deposit_for_minor = goods_of(lines, line_count);
    return DONE;
}

/* What it had cost, as those said who stopped, is in our currency: of orders in another it is
 * exchanged by the rate of the day.  Without one nobody can say. */
static enum outcome
cost_of(struct run *run, const struct cancellation *cancellation, const char *currency,
        int64_t *cost_minor, struct fault *why)
{
    const struct rate_key key = {run->config->company_currency, currency,
                                 moment_day(run->as_of_ms)};
    const int64_t told_minor =
        cancellation->cost_minor == AMOUNT_NONE ? 0 : cancellation->cost_minor;
    const struct rate_fact *rate = NULL;
    OWNED(facts) facts = {0};
    *cost_minor = told_minor;
    if (told_minor == 0 || strcmp(key.from, key.to) == 0) {
        return DONE;
    }
    facts_init(&facts, run->store);
    TRY(facts_rate_in_force(&facts, &key, &rate, why));
    *cost_minor = rate == NULL ? 0
                               : decimal_divide((int128)told_minor * rate->rate_micros *
                                                    money_unit_picos(currency_exponent(key.from)),
                                                (int128)MICROS * rate->units *
                                                    money_unit_picos(currency_exponent(currency)),
                                                ROUND_HALF_UP);
    return DONE;
}

static enum outcome
read_before(struct run *run, const struct subject *subject, const struct cancel_matter *matter,
            struct arena *arena, struct fee_facts *facts, struct fault *why)
{
    struct charged_before *items = NULL;
    size_t count = 0;
    if (matter->asked_id != 0) {
        TRY(charges_before(run->store, subject->id, matter->asked_id, arena, &items, &count, why));
    }
    struct fee_before *before = arena_array(arena, struct fee_before, count + 1);
    for (size_t index = 0; index < count; index++) {
        const struct charged_before *item = &items[index];
        before[index] =
            (struct fee_before){item->clause,          item->base_net_minor, item->base_tax_minor,
                                item->base_cost_minor, item->net_minor,      item->tax_minor};
    }
    facts->before = before;
    facts->before_count = count;
    return DONE;
}

enum outcome
cancel_fee_judge(struct run *run, struct subject *subject, const struct cancel_matter *matter,
                 struct arena *arena, struct cancel_fee *fee, struct fault *why)
{
    struct fee_table table;
    struct order_money money;
    *fee = (struct cancel_fee){.matter = *matter};
    TRY(read_policy(run, matter->policy_id, arena, &table, why));
    TRY(fee_order_get(run->store, subject->id, subject->version, arena, &fee->order, why));
    TRY(order_money_get(run->store, subject->id, subject->version, &money, why));
    TRY(statement_next(run->store, subject->id, &fee->statement, why));
    const struct fee_order *order = &fee->order;
    struct fee_facts facts = {
        .group = order->group,
        .fault = matter->cancellation->fault,
        .currency = order->currency,
        .exponent = currency_exponent(order->currency),
        .hours_since = (matter->asked_ms - order->received_ms) / HOUR_MS,
        .hours_left = order->promised == DAY_NONE
                          ? FEE_HOURS_NONE
                          : (day_begin(order->promised) - matter->asked_ms) / HOUR_MS,
        .deposit_minor = matter->cancellation->deposit_minor,
        .deposit_for_minor = matter->cancellation->deposit_for_minor,
        .deposit_left_minor = money.paid_minor - money.refunded_minor,
    };
    TRY(cost_of(run, matter->cancellation, order->currency, &facts.cost_minor, why));
    TRY(read_lines(run, subject, matter, arena, &facts, why));
    TRY(read_before(run, subject, matter, arena, &facts, why));
    cancellation_fee(&table, &facts, arena, &fee->ruling);
    return DONE;
}

/* ---- claimed -------------------------------------------------------------------------------- */

static int64_t
minor_of(const struct cancel_fee *fee, int64_t micros)
{
    return micros == FEE_NOT_GIVEN
               ? FEE_NOT_GIVEN
               : money_extend(micros, MICROS, currency_exponent(fee->order.currency),
                              ROUND_HALF_UP);
}

/* In the invoice, where all lines have the same; else what it comes to. */
static int64_t
rate_of(const struct cancel_fee *fee, int64_t net_minor, int64_t tax_minor)
{
    enum { RATE_STEP = 100 }; /* of millionths: a hundredth of a percent */
    if (tax_minor == 0 || net_minor == 0) {
        return 0;
    }
    return fee->order.tax_rate_micros >= 0
               ? fee->order.tax_rate_micros
               : RATE_STEP * decimal_divide((int128)tax_minor * MICROS,
                                            (int128)net_minor * RATE_STEP, ROUND_HALF_UP);
}

static void
gather_fees(const struct cancel_fee *fee, int64_t number, struct cancel_charges *charges)
{
    for (size_t index = 0; index < fee->ruling.count; index++) {
        const struct fee_item *item = &fee->ruling.items[index];
        charges->items[charges->count++] =
            (struct charge){.cancellation = number,
                            .kind = CHARGE_FEE,
                            .clause = item->clause->clause,
                            .net_minor = item->net_minor,
                            .tax_minor = item->tax_minor,
                            .tax_rate_micros = rate_of(fee, item->net_minor, item->tax_minor),
                            .text = {item->trace[LANGUAGE_EN], item->trace[LANGUAGE_ZH]},
                            .waived_by = item->clause->waived_by,
                            .waive_up_to_minor = minor_of(fee, item->clause->waive_up_to_micros),
                            .invoice = "",
                            .gift_number = "",
                            .gift_sku = "",
                            .currency = fee->order.currency,
                            .base_net_minor = item->base_net_minor,
                            .base_tax_minor = item->base_tax_minor,
                            .base_cost_minor = item->cost_minor};
    }
}

static void
gather_claw_back(const struct cancel_fee *fee, int64_t number, const struct evaluation *evaluation,
                 struct cancel_charges *charges)
{
    const struct fee_amount *now = &evaluation->now;
    if (now->net_minor + now->tax_minor <= 0) {
        return;
    }
    charges->items[charges->count++] =
        (struct charge){.cancellation = number,
                        .kind = CHARGE_CLAW_BACK,
                        .clause = "",
                        .net_minor = now->net_minor,
                        .tax_minor = now->tax_minor,
                        .tax_rate_micros = rate_of(fee, now->net_minor, now->tax_minor),
                        .text = {evaluation->text[LANGUAGE_EN], evaluation->text[LANGUAGE_ZH]},
                        .waived_by = "",
                        .waive_up_to_minor = 0,
                        .invoice = "",
                        .gift_number = "",
                        .gift_sku = "",
                        .currency = fee->order.currency};
}

/* Of goods that were given and have left the store knows by now what they are not given for. */
static enum outcome
gather_gifts(const struct claim *claim, const struct cancel_fee *fee, struct gift_claims *claims,
             struct fault *why)
{
    bool has_left = false;
    *claims = (struct gift_claims){.count = 0};
    for (size_t index = 0; index < fee->matter.line_count; index++) {
        const struct line_stand *line = &fee->matter.lines[index];
        has_left |= line->ordinal > GIFT_ORDINAL && line->shipped_micros > 0;
    }
    return has_left ? gift_claims_gather(claim->run, claim->subject, 0, claim->arena, claims, why)
                    : DONE;
}

enum outcome
cancel_fee_take(struct run *run, struct subject *subject, const struct cancel_fee *fee,
                int64_t number, const struct cancel_waiver *waiver, struct arena *arena,
                struct cancel_charges *charges, struct fault *why)
{
    struct evaluation evaluation;
    struct gift_claims gifts;
    struct gift_cut cut;
    const struct claim claim = {run, subject, &fee->order, fee->statement, arena};
    *charges = (struct cancel_charges){.currency = fee->order.currency};
    TRY(cancel_evaluate(run, subject, fee, arena, &evaluation, why));
    TRY(gather_gifts(&claim, fee, &gifts, why));
    charges->items = arena_array(arena, struct charge, fee->ruling.count + 2 * gifts.count + 1);
    gather_fees(fee, number, charges);
    gather_claw_back(fee, number, &evaluation, charges);
    TRY(gift_claims_cut(&claim, &gifts, &cut, why));
    charges->given_back_minor = cut.gross_minor;
    TRY(gift_claims_add(&claim, &gifts, charges, why));
    TRY(claim_waive_first(&claim, waiver, charges, why));
    TRY(claim_charges(&claim, waiver, charges, why));
    return claim_give_back(&claim, &evaluation, charges, why);
}

/* ---- told ----------------------------------------------------------------------------------- */

enum outcome
cancel_fee_tell(struct run *run, struct subject *subject, int64_t statement, int64_t number,
                struct fault *why)
{
    struct order_money money;
    struct statement_sums sums = {0};
    if (subject->approval == APPROVAL_CANCELLED) {
        TRY(paying_changed(run, subject, 0, why));
    }
    TRY(order_money_get(run->store, subject->id, subject->version, &money, why));
    TRY(order_money_owed(run->store, subject->id, &sums.refund_minor, why));
    sums.paid_minor = money.paid_minor - money.refunded_minor;
    sums.due_minor = money.gross_minor;
    TRY(statement_add(run->store, subject->id, statement, number, run->as_of_ms, &sums, why));
    return outbox_message_add(run->store,
                              &(struct outbox_message){.partner = subject->partner,
                                                       .kind = KIND_CANCELLATION_STATEMENT,
                                                       .order_id = subject->id,
                                                       .version = subject->version,
                                                       .reminder = statement},
                              why);
}
