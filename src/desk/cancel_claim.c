#include "desk/cancel_claim.h"

#include "base/decimal.h"
#include "base/json.h"
#include "desk/invoicing.h"
#include "desk/paying.h"
#include "store/store.h"

#include <inttypes.h>
#include <string.h>

enum { DETAIL_BYTES_MAX = 64 * 1024 };

static int64_t
gross_of(const struct charge *charge)
{
    return charge->net_minor + charge->tax_minor;
}

static int64_t
open_of(const struct charge *charge)
{
    return gross_of(charge) - charge->less_net_minor - charge->less_tax_minor;
}

struct fee_amount
claim_part(const struct charge *charge, int64_t gross_minor)
{
    const int64_t net_left = charge->net_minor - charge->less_net_minor;
    const int64_t left = open_of(charge);
    const int64_t net =
        left == 0 ? 0 : decimal_divide((int128)net_left * gross_minor, left, ROUND_HALF_UP);
    return (struct fee_amount){net, gross_minor - net};
}

static const char *
money_text(const struct charge *charge, int64_t minor, char text[DECIMAL_TEXT_SIZE])
{
    const int places = currency_exponent(charge->currency);
    return decimal_format(text, minor, places, places);
}

bool
claim_is_waivable(const struct charge *charge)
{
    return strcmp(charge->kind, CHARGE_FEE) == 0 ||
           (strcmp(charge->kind, CHARGE_GIFT) == 0 && *charge->waived_by != '\0');
}

enum outcome
claim_may_waive(const struct charge *charge, const char *actor, int64_t gross_minor,
                struct fault *why)
{
    char text[DECIMAL_TEXT_SIZE];
    const int64_t before = charge->less_net_minor + charge->less_tax_minor;
    switch (cancellation_waiver(charge->waived_by, charge->waive_up_to_minor, actor,
                                before + gross_minor)) {
    case WAIVER_NOBODY:
        return fail_as(why, FAULT_CONFLICT,
                       "nobody may waive the fee by the clause %s: name persons in waived_by of "
                       "the cancellation policy",
                       charge->clause);
    case WAIVER_PERSON:
        return fail_as(why, FAULT_CONFLICT, "%s may not waive the fee by the clause %s: ask %s",
                       actor, charge->clause, charge->waived_by);
    case WAIVER_AMOUNT:
        return fail_as(why, FAULT_CONFLICT,
                       "of the fee by the clause %s no more than %s %s may be waived, with what "
                       "was waived before: waive less, or raise waive_up_to of the policy",
                       charge->clause, money_text(charge, charge->waive_up_to_minor, text),
                       charge->currency);
    default: return DONE;
    }
}

enum outcome
claim_waive_first(const struct claim *claim, const struct cancel_waiver *waiver,
                  struct cancel_charges *charges, struct fault *why)
{
    int64_t rest = waiver->micros <= 0
                       ? waiver->micros
                       : money_extend(waiver->micros, MICROS,
                                      currency_exponent(claim->order->currency), ROUND_HALF_UP);
    for (size_t index = 0; index < charges->count && rest != 0; index++) {
        struct charge *charge = &charges->items[index];
        const int64_t gross = gross_of(charge);
        const int64_t now = rest == CANCEL_WAIVE_ALL || rest > gross ? gross : rest;
        if (!claim_is_waivable(charge) || now == 0) {
            continue;
        }
        TRY(claim_may_waive(charge, waiver->actor, now, why));
        const struct fee_amount part = claim_part(charge, now);
        charge->less_net_minor = part.net_minor;
        charge->less_tax_minor = part.tax_minor;
        charges->waived_minor += now;
        rest -= rest == CANCEL_WAIVE_ALL ? 0 : now;
    }
    return rest > 0 ? fail_as(why, FAULT_CONFLICT, "the fee is less than what is to be waived")
                    : DONE;
}

/* ---- invoices ------------------------------------------------------------------------------- */

static struct invoice_line
line_of(const struct charge *charge, struct fee_amount amount)
{
    const bool is_fee = strcmp(charge->kind, CHARGE_FEE) == 0;
    const bool is_gift = strcmp(charge->kind, CHARGE_GIFT) == 0;
    return (struct invoice_line){.ordinal = INVOICE_CHARGE_ORDINAL + charge->number,
                                 .number = is_gift  ? charge->gift_number
                                           : is_fee ? charge->clause
                                                    : CHARGE_CLAW_BACK,
                                 .sku = is_gift  ? charge->gift_sku
                                        : is_fee ? "cancellation-fee"
                                                 : CHARGE_CLAW_BACK,
                                 .unit = "C62",
                                 .quantity_micros = MICROS,
                                 .price_micros = 0,
                                 .tax_rate_micros = charge->tax_rate_micros,
                                 .amounts = {amount.net_minor, amount.tax_minor, 0},
                                 .clause = is_gift ? charge->clause : ""};
}

static enum outcome
invoice(const struct claim *claim, const struct cancel_charges *charges, int64_t *id,
        struct fault *why)
{
    const struct subject *subject = claim->subject;
    struct invoice_line *lines = arena_array(claim->arena, struct invoice_line, charges->count + 1);
    size_t count = 0;
    *id = 0;
    for (size_t index = 0; index < charges->count; index++) {
        const struct charge *charge = &charges->items[index];
        if (open_of(charge) > 0) {
            lines[count] =
                line_of(charge, (struct fee_amount){charge->net_minor - charge->less_net_minor,
                                                    charge->tax_minor - charge->less_tax_minor});
            lines[count].price_micros = decimal_divide(
                (int128)(claim->order->includes_tax
                             ? lines[count].amounts.net_minor + lines[count].amounts.tax_minor
                             : lines[count].amounts.net_minor) *
                    (int128)money_unit_picos(currency_exponent(charge->currency)),
                MICROS, ROUND_HALF_UP);
            count++;
        }
    }
    if (!claim->run->config->invoices || count == 0) {
        return DONE;
    }
    struct invoice document = {.kind = INVOICE_CHARGE,
                               .order_id = subject->id,
                               .version = subject->version,
                               .customer = claim->order->customer,
                               .currency = claim->order->currency,
                               .includes_tax = claim->order->includes_tax,
                               .reason = "",
                               .issued_by = "purser"};
    return invoicing_add(
        claim->run,
        &(struct invoicing){subject->partner, &document, lines, count, claim->order->payment_days},
        claim->arena, id, why);
}

static enum outcome
credit(const struct claim *claim, const struct charge *charge, const struct claim_cut *cut,
       int64_t *id, struct fault *why)
{
    struct invoice_line line = line_of(charge, cut->amount);
    line.quantity_micros = 0; /* an amount alone */
    struct invoice document = {.kind = INVOICE_CREDIT_NOTE,
                               .order_id = claim->subject->id,
                               .version = claim->subject->version,
                               .corrects = charge->invoice_id,
                               .customer = claim->order->customer,
                               .currency = claim->order->currency,
                               .includes_tax = claim->order->includes_tax,
                               .reason = *cut->reason == '\0' ? cut->kind : cut->reason,
                               .issued_by = cut->actor};
    return invoicing_add(claim->run,
                         &(struct invoicing){claim->subject->partner, &document, &line, 1, 0},
                         claim->arena, id, why);
}

/* ---- what follows --------------------------------------------------------------------------- */

/* {"clause":"C-3","amount":"20.00","currency":"EUR","reason":"..."} */
static enum outcome
note(const struct claim *claim, const struct charge *charge, enum order_event event,
     const char *actor, int64_t gross_minor, const char *reason, struct fault *why)
{
    OWNED(buf) buf;
    struct json json;
    const int places = currency_exponent(charge->currency);
    buf_init(&buf, DETAIL_BYTES_MAX);
    json_begin(&json, &buf);
    json_object(&json, NULL);
    json_text(&json, "kind", charge->kind);
    if (*charge->clause != '\0') {
        json_text(&json, "clause", charge->clause);
    }
    json_decimal(&json, "amount", gross_minor, places, places);
    json_text(&json, "currency", charge->currency);
    if (*reason != '\0') {
        json_text(&json, "reason", reason);
    }
    json_end(&json);
    const struct cause cause = {actor, 0, claim->run->as_of_ms,
                                arena_copy_bytes(claim->arena, buf.bytes, buf.size)};
    return flow_news(claim->run, claim->subject, event, &cause, why);
}

/* What the customer has open follows. */
static enum outcome
count(const struct claim *claim, int64_t gross_minor, struct fault *why)
{
    bool is_counted = false;
    TRY(flow_is_counted(claim->run, claim->subject, &is_counted, why));
    return is_counted && gross_minor != 0 ? credit_less(claim->run->store, claim->subject->id,
                                                        claim->subject->version, -gross_minor, why)
                                          : DONE;
}

static enum outcome
store_charge(const struct claim *claim, const struct cancel_waiver *waiver, struct charge *charge,
             struct fault *why)
{
    struct store *store = claim->run->store;
    charge->at_ms = claim->run->as_of_ms;
    charge->statement = claim->statement;
    TRY(charge_add(store, claim->subject->id, charge, why));
    charge->id = store_last_id(store);
    const int64_t waived = charge->less_net_minor + charge->less_tax_minor;
    if (gross_of(charge) > 0) {
        TRY(note(claim, charge, EVENT_CHARGED, "purser", gross_of(charge), "", why));
    }
    if (waived == 0) {
        return DONE;
    }
    TRY(charge_less_add(store,
                        &(struct charge_less){.charge_id = charge->id,
                                              .sequence = 1,
                                              .kind = LESS_WAIVED,
                                              .net_minor = charge->less_net_minor,
                                              .tax_minor = charge->less_tax_minor,
                                              .actor = waiver->actor,
                                              .reason = waiver->reason,
                                              .at_ms = claim->run->as_of_ms,
                                              .statement = claim->statement},
                        why));
    return note(claim, charge, EVENT_FEE_WAIVED, waiver->actor, waived, waiver->reason, why);
}

enum outcome
claim_charges(const struct claim *claim, const struct cancel_waiver *waiver,
              struct cancel_charges *charges, struct fault *why)
{
    int64_t number = 0;
    int64_t invoice_id = 0;
    TRY(charge_number(claim->run->store, claim->subject->id, &number, why));
    for (size_t index = 0; index < charges->count; index++) {
        charges->items[index].number = ++number;
    }
    TRY(invoice(claim, charges, &invoice_id, why));
    for (size_t index = 0; index < charges->count; index++) {
        struct charge *charge = &charges->items[index];
        charge->invoice_id = open_of(charge) > 0 ? invoice_id : 0;
        TRY(store_charge(claim, waiver, charge, why));
        charges->claimed_minor += open_of(charge);
    }
    return count(claim, charges->claimed_minor, why);
}

enum outcome
claim_cut(const struct claim *claim, const struct charge *charge, const struct claim_cut *cut,
          struct fault *why)
{
    int64_t credit_id = 0;
    const int64_t gross = cut->amount.net_minor + cut->amount.tax_minor;
    if (charge->invoice_id != 0) {
        TRY(credit(claim, charge, cut, &credit_id, why));
    }
    TRY(charge_less_add(claim->run->store,
                        &(struct charge_less){.charge_id = charge->id,
                                              .sequence = charge->less_count + 1,
                                              .kind = cut->kind,
                                              .net_minor = cut->amount.net_minor,
                                              .tax_minor = cut->amount.tax_minor,
                                              .actor = cut->actor,
                                              .reason = cut->reason,
                                              .at_ms = claim->run->as_of_ms,
                                              .statement = claim->statement,
                                              .invoice_id = credit_id},
                        why));
    TRY(note(claim, charge, EVENT_FEE_WAIVED, cut->actor, gross, cut->reason, why));
    return count(claim, -gross, why);
}

enum outcome
claim_give_back(const struct claim *claim, const struct evaluation *evaluation,
                struct cancel_charges *charges, struct fault *why)
{
    struct charge *stored = NULL;
    size_t stored_count = 0;
    int64_t rest = -(evaluation->now.net_minor + evaluation->now.tax_minor);
    if (rest <= 0) {
        return DONE;
    }
    charges->given_back_minor += rest;
    TRY(charge_list(claim->run->store, claim->subject->id, claim->arena, &stored, &stored_count,
                    why));
    for (size_t index = stored_count; index-- > 0 && rest > 0;) {
        const struct charge *charge = &stored[index];
        const int64_t open = open_of(charge);
        const int64_t now = open < rest ? open : rest;
        if (strcmp(charge->kind, CHARGE_CLAW_BACK) != 0 || now == 0) {
            continue;
        }
        TRY(claim_cut(claim, charge,
                      &(struct claim_cut){LESS_GIVEN_BACK, "purser", "", claim_part(charge, now)},
                      why));
        rest -= now;
    }
    return DONE;
}

enum outcome
claim_renewed(struct run *run, struct subject *subject, struct arena *arena, struct fault *why)
{
    struct charge *stored = NULL;
    size_t count = 0;
    struct fee_order order;
    struct claim claim = {run, subject, &order, 0, arena};
    TRY(charge_list(run->store, subject->id, arena, &stored, &count, why));
    for (size_t index = 0; index < count; index++) {
        const struct charge *charge = &stored[index];
        const int64_t open_minor = open_of(charge);
        if (strcmp(charge->kind, CHARGE_CLAW_BACK) != 0 || open_minor == 0) {
            continue;
        }
        TRY(fee_order_get(run->store, subject->id, subject->version, arena, &order, why));
        TRY(statement_next(run->store, subject->id, &claim.statement, why));
        TRY(claim_cut(
            &claim, charge,
            &(struct claim_cut){LESS_GIVEN_BACK, "purser", "", claim_part(charge, open_minor)},
            why));
        TRY(paying_changed(run, subject, 0, why));
        TRY(cancel_fee_tell(run, subject, claim.statement, charge->cancellation, why));
    }
    return DONE;
}
