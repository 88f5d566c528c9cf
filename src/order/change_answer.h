/* change_answer.h -- how a change of an order is answered. */
#ifndef PURSER_CHANGE_ANSWER_H
#define PURSER_CHANGE_ANSWER_H

#include "order/finding.h"
#include "order/lifecycle.h"

#include <stddef.h>
#include <stdint.h>

enum change_verdict { CHANGE_TAKEN, CHANGE_PARTLY, CHANGE_REFUSED, CHANGE_WAITS, CHANGE_VERDICTS };
extern const char
    *const change_verdict_names[CHANGE_VERDICTS]; /* "taken", "partly", "refused", "waits" */

/* What an order comes to; AMOUNT_NONE: it has no price. */
struct change_amounts {
    int64_t net_minor;
    int64_t tax_minor;
    int64_t gross_minor;
};

struct change_item {
    const char *kind; /* of order_difference.h; "": a part that names no line of the order */
    const char *line; /* its number; "": of the whole order */
    const char *field;
    const char *before;
    const char *after;
    enum change_verdict verdict; /* not CHANGE_PARTLY */
    const char *way;             /* of rules/modification.h; "" */
    enum message code;           /* why; MESSAGE_COUNT: nothing is to be said */
    const char *value;           /* that it names; "" */
    const char *other;           /* beside which it sets another; "" or NULL */
    const char *rule;            /* which row decided; "" */
    int64_t at;                  /* where in a file its part stands; 0 */
};

/* What a sentence sets beside its value: often the value itself, in words. */
const char *change_item_expected(const struct change_item *item);

struct change_answer {
    const char *change_number; /* the customer's; "" */
    enum change_verdict verdict;
    int64_t version_before;
    int64_t version; /* since then */
    enum headline headline;
    const char *currency;
    struct change_amounts before;
    struct change_amounts after;
    struct change_item *items;
    size_t item_count;
    struct finding *reasons; /* why, as it would become, it cannot be priced */
    size_t reason_count;
};

#endif
