#include "desk/refunding.h"

#include "base/decimal.h"
#include "base/text.h"
#include "desk/gifts.h"
#include "desk/refund_note.h"
#include "desk/selling.h"
#include "desk/unpacking.h"
#include "rules/cancellation.h"
#include "rules/returning.h"
#include "store/store.h"
#include "store/store_invoice.h"

#include <stdlib.h>
#include <string.h>

/* What is at hand. */
struct work {
    struct refunding *refunding;
    struct return_refunded *refunded; /* of the request, before */
    size_t refunded_count;
    struct refund_note *notes; /* one for each invoice, the latest first */
    size_t note_count;
    struct gift *gifts;
    size_t gift_count;
    struct kept_gift *kept; /* for them, before */
    size_t kept_count;
    struct sale_part *sold; /* of parts of packages, to be taken off the ledger of sales */
    size_t sold_count;
    struct selling_unit_list back; /* units of packages of which that were the last parts */
};

/* ---- the terms, as they were frozen: see table return_line ---- */

static const char *
entry_of(const char *list, int at, struct arena *arena)
{
    size_t size = 0;
    const char *entry = text_list_next(&list, &size);
    while (at-- > 0 && entry != NULL) {
        entry = text_list_next(&list, &size);
    }
    return entry == NULL ? "" : arena_copy_bytes(arena, entry, size);
}

static struct return_fee
fee_of(const char *text)
{
    struct return_fee fee = {RETURN_FEE_NONE, 0};
    const char *number = strchr(text, ' ');
    if (number != NULL) {
        fee.kind = strncmp(text, "percent", strlen("percent")) == 0 ? RETURN_FEE_PERCENT
                                                                    : RETURN_FEE_FIXED;
        fee.micros = strtoll(number + 1, NULL, 10);
    }
    return fee;
}

static enum return_reason
reason_of(const char *text)
{
    return (enum return_reason)name_index(text, return_reason_names, RETURN_REASON_COUNT);
}

/* Of the same request came back so by the same clause: with earlier receipts, and before in this.
 */
static struct return_before
before_part(const struct work *work, size_t at)
{
    const struct refund_part *part = &work->refunding->parts[at];
    struct return_before before = {0, 0};
    for (size_t index = 0; index < work->refunded_count; index++) {
        const struct return_refunded *item = &work->refunded[index];
        if (strcmp(item->clause, part->line->clause) == 0 &&
            strcmp(item->condition, return_condition_names[part->condition]) == 0 &&
            !return_is_fault_of_company(reason_of(item->reason))) {
            before.refund_minor += item->refund_minor;
            before.fee_minor += item->fee_minor;
        }
    }
    for (size_t index = 0; index < at; index++) {
        const struct refund_part *other = &work->refunding->parts[index];
        if (strcmp(other->line->clause, part->line->clause) == 0 &&
            other->condition == part->condition &&
            !return_is_fault_of_company(reason_of(other->line->reason))) {
            before.refund_minor += other->refund_minor;
            before.fee_minor += other->fee_minor;
        }
    }
    return before;
}

static void
keep_fee(const struct work *work, size_t at)
{
    const struct refunding *refunding = work->refunding;
    struct refund_part *part = &refunding->parts[at];
    struct return_clause clause = {.clause = part->line->clause};
    const struct return_before before = before_part(work, at);
    clause.fees[part->condition] =
        fee_of(entry_of(part->line->fees, (int)part->condition, refunding->arena));
    part->fee_minor =
        refunding->currency[0] == '\0'
            ? 0
            : returning_fee(&clause, reason_of(part->line->reason), part->condition, &before,
                            part->refund_minor, currency_exponent(refunding->currency));
}

/* ---- by the price ---- */

/* Whole units of the order line that came before, of earlier receipts and of parts before this one.
 */
static int64_t
before_of(const struct refunding *refunding, size_t index, int64_t earlier_micros)
{
    int64_t before_micros = earlier_micros;
    for (size_t at = 0; at < index; at++) {
        const struct stored_return_line *line = refunding->parts[at].line;
        if (line->package[0] == '\0' &&
            strcmp(line->number, refunding->parts[index].line->number) == 0) {
            before_micros += refunding->parts[at].quantity_micros;
        }
    }
    return before_micros;
}

/* What a line cost, and what of it came before this part. */
static enum outcome
price_of(const struct work *work, size_t index, struct return_price *price, struct fault *why)
{
    struct refunding *refunding = work->refunding;
    TRY(return_priced(refunding->run->store, refunding->stored, refunding->parts[index].line,
                      refunding->arena, price, why));
    price->refunded_micros = before_of(refunding, index, price->refunded_micros);
    if (price->ordered_micros != 0) {
        refunding->currency = price->currency;
    }
    return DONE;
}

/* So much more of it paid this.  Goods that were given have no price. */
static struct invoice_amounts
paid_by_price(struct return_price *price, int64_t micros)
{
    const int64_t before = price->refunded_micros;
    const int64_t after = before + micros;
    price->refunded_micros = after;
    struct invoice_amounts paid = {0};
    if (price->ordered_micros != 0) {
        paid.net_minor = line_share(price->net_minor, after, price->ordered_micros) -
                         line_share(price->net_minor, before, price->ordered_micros);
        paid.tax_minor = line_share(price->tax_minor, after, price->ordered_micros) -
                         line_share(price->tax_minor, before, price->ordered_micros);
    }
    return paid;
}

/* ---- parts of packages ---- */

/* Who charged a unit that is opened, and what it paid: the latest invoice that has one, or, where
 * the order was never invoiced, its price. */
static enum outcome
open_unit(struct work *work, struct unpacking *unpacking, size_t index, struct return_price *price,
          struct fault *why)
{
    const struct refund_part *part = &work->refunding->parts[index];
    struct invoice_amounts paid = {0};
    int64_t invoice_id = 0;
    for (size_t at = 0; at < work->note_count && invoice_id == 0; at++) {
        if (refund_note_unit(&work->notes[at], part, &paid)) {
            invoice_id = work->notes[at].invoice_id;
        }
    }
    if (work->note_count == 0) {
        paid = paid_by_price(price, MICROS);
    }
    return unpacking_open(unpacking, invoice_id, &paid, why);
}

/* Of one of a part, by the list. */
static int64_t
list_price(const struct refunding *refunding, const struct package_part *part)
{
    const int128 unit_picos = money_unit_picos(currency_exponent(refunding->currency));
    return decimal_divide(part->list_minor * unit_picos, part->all_micros, ROUND_HALF_UP);
}

/* Pieces of one unit are given back by the note of its invoice, or else without one. */
static void
give_pieces(struct work *work, const struct unpacking *unpacking, size_t index)
{
    struct refund_part *part = &work->refunding->parts[index];
    const struct invoice_amounts paid = unpacking_paid(unpacking);
    const int64_t invoice_id = unpacking_invoice(unpacking);
    for (size_t at = 0; at < work->note_count; at++) {
        if (work->notes[at].invoice_id == invoice_id) {
            const struct refund_pieces pieces = {
                index, unpacking->now_micros,
                list_price(work->refunding, &unpacking->parts[unpacking->part]), paid};
            refund_note_pieces(&work->notes[at], part, &pieces);
        }
    }
    if (invoice_id == 0) {
        part->refund_minor += paid.net_minor + paid.tax_minor;
        part->unbilled_minor += paid.net_minor + paid.tax_minor;
    }
}

static enum outcome
unpack(struct work *work, size_t index, struct fault *why)
{
    struct unpacking unpacking;
    struct sale_part *sold = &work->sold[work->sold_count];
    struct return_price price = {.currency = ""};
    bool is_sold = false;
    *sold = (struct sale_part){.ordinal = work->refunding->parts[index].line->order_ordinal};
    TRY(unpacking_begin(&unpacking, work->refunding, index, why));
    if (work->note_count == 0) {
        TRY(price_of(work, index, &price, why));
    }
    while (unpacking_next(&unpacking)) {
        if (unpacking_is_new(&unpacking)) {
            TRY(open_unit(work, &unpacking, index, &price, why));
        }
        give_pieces(work, &unpacking, index);
        is_sold |= unpacking_unsell(&unpacking, sold);
    }
    unpacking_end(&unpacking, sold, &work->back);
    work->sold_count += is_sold;
    return DONE;
}

static enum outcome
give_part(struct work *work, size_t index, struct fault *why)
{
    struct refund_part *part = &work->refunding->parts[index];
    struct return_price price;
    if (part->line->package[0] != '\0') {
        TRY(unpack(work, index, why));
    } else {
        TRY(price_of(work, index, &price, why));
        const struct invoice_amounts paid = paid_by_price(&price, part->quantity_micros);
        part->refund_minor = paid.net_minor + paid.tax_minor;
    }
    keep_fee(work, index);
    part->unbilled_minor = part->refund_minor - part->fee_minor;
    return DONE;
}

static enum outcome
give_by_price(struct work *work, struct fault *why)
{
    for (size_t index = 0; index < work->refunding->count; index++) {
        if (work->refunding->parts[index].quantity_micros > 0) {
            TRY(give_part(work, index, why));
        }
    }
    return DONE;
}

/* ---- by invoices ---- */

/* What no note keeps is kept of what no note gives. */
static void
charge_by_invoices(struct work *work, size_t index)
{
    struct refund_part *part = &work->refunding->parts[index];
    keep_fee(work, index);
    int64_t fee_minor = part->fee_minor;
    for (size_t at = 0; at < work->note_count; at++) {
        refund_note_charge(&work->notes[at], part, index, &fee_minor);
    }
    part->unbilled_minor -= fee_minor < part->unbilled_minor ? fee_minor : part->unbilled_minor;
}

static enum outcome
give_by_invoices(struct work *work, struct fault *why)
{
    struct refunding *refunding = work->refunding;
    for (size_t index = 0; index < refunding->count; index++) {
        struct refund_part *part = &refunding->parts[index];
        int64_t open_micros = part->quantity_micros;
        if (part->line->package[0] != '\0') {
            TRY(unpack(work, index, why));
        }
        for (size_t at = 0; at < work->note_count && part->line->package[0] == '\0'; at++) {
            refund_note_take(&work->notes[at], part, index, &open_micros);
        }
        charge_by_invoices(work, index);
    }
    return DONE;
}

/* ---- goods that were given ---- */

static enum outcome
gather_gifts(struct work *work, struct fault *why)
{
    const struct refunding *refunding = work->refunding;
    struct gone_line *now = arena_array(refunding->arena, struct gone_line, refunding->count + 1);
    const struct gift_matter matter = {.run = refunding->run,
                                       .order_id = refunding->stored->order_id,
                                       .version = refunding->stored->version,
                                       .partner = refunding->stored->partner,
                                       .now = now,
                                       .now_count = refunding->count};
    for (size_t index = 0; index < refunding->count; index++) {
        const struct refund_part *part = &refunding->parts[index];
        const bool is_kept = strcmp(part->line->gifts, gift_terms_names[GIFTS_KEEP]) == 0;
        now[index] = (struct gone_line){part->line->order_ordinal,
                                        return_line_claim(part->line, part->quantity_micros),
                                        is_kept ? 0 : part->quantity_micros};
    }
    TRY(kept_gifts(refunding->run->store, refunding->stored->order_id, refunding->arena,
                   &work->kept, &work->kept_count, why));
    return gifts_gather(&matter, refunding->arena, &work->gifts, &work->gift_count, why);
}

/* By whose terms: of the first part that counts for them. */
static const char *
clause_of(const struct refunding *refunding)
{
    for (size_t index = 0; index < refunding->count; index++) {
        const struct refund_part *part = &refunding->parts[index];
        if (part->quantity_micros > 0 &&
            strcmp(part->line->gifts, gift_terms_names[GIFTS_KEEP]) != 0) {
            return part->line->clause;
        }
    }
    return refunding->parts[0].line->clause;
}

/* What may be kept of it still. */
static int64_t
room_of(const struct work *work)
{
    int64_t minor = -work->refunding->gift_minor;
    for (size_t index = 0; index < work->refunding->count; index++) {
        minor +=
            work->refunding->parts[index].refund_minor - work->refunding->parts[index].fee_minor;
    }
    return minor < 0 ? 0 : minor;
}

static int64_t
kept_by(const struct work *work, int64_t ordinal, int64_t invoice_id)
{
    for (size_t index = 0; index < work->kept_count; index++) {
        if (work->kept[index].ordinal == ordinal && work->kept[index].invoice_id == invoice_id) {
            return work->kept[index].net_minor + work->kept[index].tax_minor;
        }
    }
    return 0;
}

static enum outcome
record(struct work *work, const struct gift *gift, const struct gift_amount *change,
       int64_t invoice_id, const struct gift_amount *now, struct fault *why)
{
    struct refunding *refunding = work->refunding;
    struct arena *arena = refunding->arena;
    const struct gift_keeping keeping = {
        .return_id = refunding->stored->id,
        .now = {gift->ordinal, invoice_id, now->net_minor, now->tax_minor},
        .stay_micros = gift_stay(gift),
        .clause = clause_of(refunding),
        .known_ms = refunding->run->as_of_ms,
        .text = {gift_text(gift, change, false, refunding->currency, LANGUAGE_EN, arena),
                 gift_text(gift, change, false, refunding->currency, LANGUAGE_ZH, arena)}};
    refunding->gift_minor += gift_gross(now);
    return gift_keep(refunding->run->store, &keeping, why);
}

/* Kept by the notes that give something back; given back by those of the invoices whose notes kept
 * it. */
static enum outcome
keep_gift(struct work *work, const struct gift *gift, struct fault *why)
{
    const struct gift_amount change = gift_change(gift, room_of(work));
    struct gift_amount rest = change;
    for (size_t at = 0; at < work->note_count && gift_gross(&rest) != 0; at++) {
        struct refund_note *note = &work->notes[at];
        const int64_t most = gift_gross(&rest) > 0 ? refund_note_gross(note)
                                                   : kept_by(work, gift->ordinal, note->invoice_id);
        const int64_t wanted = llabs(gift_gross(&rest));
        const int64_t now_minor = wanted < most ? wanted : most;
        if (now_minor <= 0) {
            continue;
        }
        const struct gift_amount now =
            gift_part(&rest, gift_gross(&rest) > 0 ? now_minor : -now_minor);
        rest.net_minor -= now.net_minor;
        rest.tax_minor -= now.tax_minor;
        refund_note_keep(note, gift, clause_of(work->refunding), &now);
        TRY(record(work, gift, &change, note->invoice_id, &now, why));
    }
    return gift_gross(&rest) == 0 ? DONE : record(work, gift, &change, 0, &rest, why);
}

static enum outcome
keep_gifts(struct work *work, struct fault *why)
{
    struct refunding *refunding = work->refunding;
    if (work->gift_count > 0 && refunding->currency[0] == '\0') {
        struct invoice_order order;
        TRY(invoice_read_order(refunding->run->store, refunding->stored->order_id,
                               refunding->stored->version, refunding->arena, &order, why));
        refunding->currency = order.currency;
    }
    for (size_t index = 0; index < work->gift_count; index++) {
        TRY(keep_gift(work, &work->gifts[index], why));
    }
    return DONE;
}

/* ---- all of it ---- */

/* They are sold no more. */
static enum outcome
unsell(const struct work *work, struct fault *why)
{
    const struct refunding *refunding = work->refunding;
    struct cancelled_part *parts =
        arena_array(refunding->arena, struct cancelled_part, refunding->count + 1);
    size_t count = 0;
    for (size_t index = 0; index < refunding->count; index++) {
        const struct refund_part *part = &refunding->parts[index];
        if (part->line->package[0] == '\0') {
            parts[count++] = (struct cancelled_part){.ordinal = part->line->order_ordinal,
                                                     .quantity_micros = part->quantity_micros};
        }
    }
    const struct selling_back back = {parts, count, work->sold, work->sold_count, &work->back};
    return selling_return(refunding->run, refunding->stored->order_id, &back, why);
}

static enum outcome
open_notes(struct work *work, struct fault *why)
{
    struct refunding *refunding = work->refunding;
    const char **numbers = NULL;
    TRY(return_invoices(refunding->run->store, refunding->stored->order_id, refunding->arena,
                        &numbers, &work->note_count, why));
    work->notes = arena_array(refunding->arena, struct refund_note, work->note_count + 1);
    memset(work->notes, 0, (work->note_count + 1) * sizeof *work->notes);
    for (size_t at = 0; at < work->note_count; at++) {
        TRY(refund_note_open(refunding, numbers[at], work->gift_count, &work->notes[at], why));
        refunding->currency = work->notes[at].invoice.currency;
    }
    return DONE;
}

enum outcome
refunding_give(struct refunding *refunding, struct fault *why)
{
    struct work work = {.refunding = refunding};
    refunding->currency = "";
    refunding->gift_minor = 0;
    TRY(gather_gifts(&work, why));
    TRY(return_read_refunded(refunding->run->store, refunding->stored->id, refunding->arena,
                             &work.refunded, &work.refunded_count, why));
    TRY(open_notes(&work, why));
    work.sold = arena_array(refunding->arena, struct sale_part, refunding->count + 1);
    TRY(work.note_count > 0 ? give_by_invoices(&work, why) : give_by_price(&work, why));
    TRY(keep_gifts(&work, why));
    for (size_t at = 0; at < work.note_count; at++) {
        TRY(refund_note_issue(refunding, &work.notes[at], why));
    }
    return unsell(&work, why);
}
