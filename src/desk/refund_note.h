/* refund_note.h -- a credit note for goods that came back, as it grows; private to src/desk.
 *
 * There is one for each invoice of the order; it is issued when it has any line. */
#ifndef PURSER_DESK_REFUND_NOTE_H
#define PURSER_DESK_REFUND_NOTE_H

#include "desk/refunding.h"
#include "order/invoice.h"
#include "rules/gift.h"
#include "store/store_invoice.h"

struct refund_note {
    int64_t invoice_id;
    struct invoice invoice; /* that is corrected */
    const char *partner;
    struct invoice_creditable *from;
    size_t from_count;
    struct invoice_line *lines; /* first one for each of `from`, then parts of packages, and what is
                                   kept */
    size_t line_count;
    struct invoice_amounts *parts; /* what each part has of it */
};

/* With room for so many goods that were given, beside what is kept of each part. */
MUST_USE enum outcome
refund_note_open(const struct refunding *refunding, const char *number, size_t gift_count,
                 struct refund_note *note, struct fault *why);

/* Of a part as much as the invoice has of its line. */
void refund_note_take(struct refund_note *note, struct refund_part *part, size_t part_index,
                      int64_t *open_micros);

/* A unit of a package is opened: the note takes it off its invoice, and says what it paid.  False:
 * the invoice has none any more. */
bool refund_note_unit(struct refund_note *note, const struct refund_part *part,
                      struct invoice_amounts *paid);
/* Pieces of it that paid so much, in a line of their own; never more than is left of the invoice's
 * line. */
struct refund_pieces {
    size_t part_index;
    int64_t micros;
    int64_t price_micros; /* of one by the list */
    struct invoice_amounts paid;
};
void refund_note_pieces(struct refund_note *note, struct refund_part *part,
                        const struct refund_pieces *pieces);

/* What is kept of a part, as far as this note gives some of it back: net and tax as in that. */
void refund_note_charge(struct refund_note *note, const struct refund_part *part, size_t part_index,
                        int64_t *left_minor);

/* What it gives back so far, with tax. */
int64_t refund_note_gross(const struct refund_note *note);

/* So much is kept for goods that stay; below 0: given back. */
void refund_note_keep(struct refund_note *note, const struct gift *gift, const char *clause,
                      const struct gift_amount *amount);

MUST_USE enum outcome
refund_note_issue(const struct refunding *refunding, struct refund_note *note, struct fault *why);

#endif
