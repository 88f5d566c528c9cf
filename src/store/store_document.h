/* store_document.h -- what writers read from the store, as rows of one outbox file.
 *
 * A document is a scan of heads (one row a message) and, for some kinds, further scans of parts
 * (lines, notes, findings), all in the order of the messages.  The writer asks a scan of parts for
 * those that belong to the head it is at: OWNED(document_scan) heads = {0}, lines = {0};
 *     TRY(document_scan_open(&heads, store, SQL_document_responses, file_id, why)); ...
 *     while ((outcome = document_scan_next(&heads, why)) == DONE) {
 *         document_response_get(&heads, &response);
 *         while ((outcome = document_scan_part(&lines, heads.position, why)) == DONE) { ... } }
 * Texts live until the scan they came from moves on.
 */
#ifndef PURSER_STORE_DOCUMENT_H
#define PURSER_STORE_DOCUMENT_H

#include "order/finding.h"
#include "order/order.h"
#include "store/store.h"

struct document_scan {
    struct rows rows;
    int64_t position; /* of the current row */
    bool is_held;     /* the current row belongs to a later head */
    bool is_over;
};
MUST_USE enum outcome document_scan_open(struct document_scan *scan, struct store *store,
                                         enum statement statement, int64_t id, struct fault *why);
MUST_USE enum outcome document_scan_next(struct document_scan *scan, struct fault *why);
MUST_USE enum outcome
document_scan_part(struct document_scan *scan, int64_t position, struct fault *why);
void document_scan_close(struct document_scan *scan);

/* SQL_document_acknowledgement */
struct document_acknowledgement {
    int64_t interchange_id;
    const char *name;
    int64_t size;
    const char *sha256;
    int64_t received_ms;
    const char *format;
    const char *document;
    const char *acceptance;
    const char *state;
    int64_t documents;
    int64_t documents_taken;
    int64_t findings;
    const char *duplicate_name; /* "" when it is no duplicate */
    int64_t duplicate_received_ms;
};
void document_acknowledgement_get(const struct document_scan *scan,
                                  struct document_acknowledgement *acknowledgement);

/* SQL_document_findings, SQL_document_response_findings.  False when its code is not in the
 * catalogue of this program (a store of a newer one). */
bool document_finding_get(const struct document_scan *scan, struct finding *finding);

/* SQL_document_responses */
struct document_response {
    const char *order_number;
    int64_t version;
    const char *headline;
    int64_t happened_ms;
    const char *type;
    const char *currency;
    const char *customer;
    bool is_priced;
    int64_t net_minor;
    int64_t tax_minor;
    int64_t gross_minor;
    const char *reason;    /* that a person gave for refusing it */
    bool includes_tax;     /* the prices of its lines do */
    const char *refusal;   /* by an approver: "rejected", or "returned" to be mended; "" */
    int64_t freight_minor; /* and the tax on it, which tax_minor has too */
    int64_t freight_tax_minor;
};
void document_response_get(const struct document_scan *scan, struct document_response *response);

/* SQL_document_response_lines */
struct document_response_line {
    const char *number;
    const char *sku;
    const char *description;
    int64_t quantity_micros;
    const char *unit;
    int64_t expected_price_micros; /* AMOUNT_NONE */
    bool is_priced;
    int64_t price_micros;
    int64_t net_minor;
    int64_t tax_rate_micros;
    int64_t tax_minor;
    int64_t ordinal;
    int64_t list_minor; /* before discount and promotions */
    int64_t discount_minor;
    int64_t discount_micros; /* asked for; AMOUNT_NONE: none */
    bool is_as_expected;     /* the price is what the partner expected */
};
void
document_response_line_get(const struct document_scan *scan, struct document_response_line *line);

/* SQL_document_response_reductions: parts of a line, at its position. */
struct document_reduction {
    const char *promotion;
    const char *name[LANGUAGE_COUNT];
    int64_t reduction_minor;
};
void document_reduction_get(const struct document_scan *scan, struct document_reduction *reduction);
int64_t document_line_position(const struct document_scan *lines,
                               const struct document_response_line *line);

/* SQL_document_response_goods: what promotions give beyond what was ordered. */
struct document_free_good {
    const char *number; /* of a line for the warehouse */
    const char *sku;
    const char *name[LANGUAGE_COUNT];
    int64_t quantity_micros;
    const char *unit;
    int64_t owed_micros; /* of it out of stock */
    const char *promotion;
    const char *promotion_name[LANGUAGE_COUNT];
};
void document_free_good_get(const struct document_scan *scan, struct document_free_good *good);

/* SQL_document_statuses */
struct document_status {
    const char *order_number;
    int64_t version;
    const char *headline;
    int64_t happened_ms;
    int64_t known_ms;
    const char *required; /* these four of what was paid, as text; "" of other changes */
    const char *paid;
    const char *open;
    const char *currency;
    const char *promised_on; /* the day that all of it was promised for, then; "": none */
    const char *cancelled;   /* lines that will not be sent: "1=5 C62; 3=2 C62"; "" */
};
void document_status_get(const struct document_scan *scan, struct document_status *status);

/* SQL_document_releases */
struct document_release {
    const char *partner;
    const char *order_number;
    int64_t version;
    const char *type;
    int32_t requested_from;
    int32_t requested_to;
    const char *sold_to; /* name, or code */
    struct party ship_to;
    int64_t number; /* of the releases of the order, from 1 */
};
void document_release_get(const struct document_scan *scan, struct document_release *release);

/* SQL_document_goods: an order line as a warehouse sees it. */
struct document_good {
    int64_t ordinal;
    const char *number;
    const char *sku;
    const char *name[LANGUAGE_COUNT]; /* of the product, "" when it is not known */
    const char *description;          /* the customer's */
    int64_t quantity_micros;
    const char *unit;
    int32_t requested_from;
    int32_t requested_to;
    const char *options;   /* JSON object */
    const char *promotion; /* that gives it free of charge; "" when it was ordered */
};
void document_good_get(const struct document_scan *scan, struct document_good *good);

/* SQL_document_parts: what a line that is a package consists of. */
struct document_part {
    int64_t line; /* ordinal of its order line */
    const char *sku;
    const char *name[LANGUAGE_COUNT]; /* of the product, "" when it is not known */
    int64_t quantity_micros;          /* in all packages of the line that are released */
    const char *unit;
};
void document_part_get(const struct document_scan *scan, struct document_part *part);

/* SQL_document_notes */
struct document_note {
    int64_t line; /* ordinal of its order line, 0 for the whole order */
    const char *kind;
    const char *text;
};
void document_note_get(const struct document_scan *scan, struct document_note *note);

/* SQL_document_notices */
struct document_notice {
    const char *order_number;
    const char *shipment_number;
    int64_t shipped_ms;
    const char *carrier;
    const char *tracking;
    const char *load; /* that it travels in; "" */
};
void document_notice_get(const struct document_scan *scan, struct document_notice *notice);

/* SQL_document_notice_lines: every line of the order, also those that are not in this shipment. */
struct document_notice_line {
    const char *number;
    const char *sku;
    const char *description;
    const char *unit;
    int64_t ordered_micros;
    int64_t shipped_micros; /* now */
    int64_t open_micros;    /* after this shipment */
    const char *lot;        /* of what is in it: "A | B"; "" */
    const char *serials;
};
void document_notice_line_get(const struct document_scan *scan, struct document_notice_line *line);

/* A manual price, or a discount, that somebody must decide about. */
struct document_manual {
    const char *line;        /* its number; in a line itself "" */
    int64_t price_micros;    /* AMOUNT_NONE: there is none */
    int64_t discount_micros; /* a rate; AMOUNT_NONE: none is asked for */
    int64_t off_micros;      /* that it is off, per unit: price_micros, or what the rules give */
    const char *reason;
    const char *person;
    int64_t rules_price_micros; /* these as in struct priced_line of rules/price.h; AMOUNT_NONE */
    int64_t deviation_micros;
    int64_t allowed_micros;
};

/* What a line costs us and must come to: for us alone. */
struct document_floor {
    const char *line; /* its number; in a line itself "" */
    int64_t net_minor;
    int64_t cost_minor;  /* AMOUNT_NONE: not known */
    int64_t least_minor; /* AMOUNT_NONE: nothing */
};

/* SQL_document_requests */
struct document_request {
    const char *partner;
    const char *order_number;
    int64_t version;
    int64_t step;
    int64_t amount_minor;
    int64_t limit_minor; /* AMOUNT_NONE: none is exceeded */
    const char *currency;
    int64_t asked_ms;
    const char *type;
    int32_t requested_from;
    int32_t requested_to;
    int64_t lines;
    const char *customer;
    const char *customer_name;
    unsigned int wait_reasons;     /* bits of enum wait_reason */
    struct document_manual manual; /* the one that goes furthest beyond what its person may */
    struct document_floor floor;   /* of the line that lacks most to what it must come to */
    const char *chain;             /* "linwei -> zhouyan": how the last came to be asked; "" */
    const char *chosen;            /* route_way_names of rules/routing.h */
    const char *shown;             /* digest of what is decided about */
    int64_t due_ms;                /* AMOUNT_NONE: no time is set */
    int64_t reminder;              /* 0: the request itself */
    int64_t quorum;                /* as in struct approval */
    int64_t gross_minor;
    int64_t net_minor;
    int64_t cost_minor;    /* AMOUNT_NONE: not known.  For us alone */
    int64_t freight_minor; /* a part of the gross, without tax; 0: none */
};
/* Is there a manual price, or a discount? */
bool document_manual_is_asked(const struct document_manual *manual);

void document_request_get(const struct document_scan *scan, struct document_request *request);

/* SQL_document_request_reasons: rules/approve.h says what names there are. */
struct document_request_reason {
    const char *name;
    const char *value;
    const char *limit;
};
void document_request_reason_get(const struct document_scan *scan,
                                 struct document_request_reason *reason);

/* SQL_document_request_lines */
struct document_request_line {
    const char *number;
    const char *sku;
    const char *name[LANGUAGE_COUNT];
    int64_t quantity_micros;
    const char *unit;
    int64_t price_micros;
    int64_t net_minor;
    int64_t expected_price_micros; /* AMOUNT_NONE */
    struct document_manual manual;
    struct document_floor floor;
    int64_t discount_minor;  /* by the discount asked for */
    int64_t reduction_minor; /* by promotions, in all */
    int64_t position;        /* of its reductions */
};
void
document_request_line_get(const struct document_scan *scan, struct document_request_line *line);

/* SQL_document_request_matters */
struct document_request_matter {
    const char *kind;  /* "asked": too, in the step; "before": decided a step; "credit": a hold */
    const char *whose; /* the person's, or the customer's */
    const char *state; /* of "credit": a verdict of rules/credit.h */
    int64_t at_ms;     /* decided, or held, then; AMOUNT_NONE */
    const char *reason;
};
void document_request_matter_get(const struct document_scan *scan,
                                 struct document_request_matter *matter);

/* SQL_document_results: how an approval ended. */
struct document_result {
    const char *partner;
    const char *order_number;
    int64_t version;
    const char *verdict;  /* "approved", "rejected", "returned", "withdrawn" */
    const char *headline; /* of the order, from then on */
    int64_t happened_ms;
    const char *type;
    const char *customer;
    const char *customer_name;
    const char *currency;
    int64_t gross_minor; /* AMOUNT_NONE */
    const char *reason;  /* of a refusal */
};
void document_result_get(const struct document_scan *scan, struct document_result *result);

/* SQL_document_result_steps: those that were decided. */
struct document_result_step {
    int64_t step;
    const char *verdict; /* as above, or "kept": what was decided about an earlier version holds */
    const char *decided_by;
    int64_t decided_ms;
    const char *reason;
};
void document_result_step_get(const struct document_scan *scan, struct document_result_step *step);

/* The address of an approver in the list in force, as it came in; "" when it has none there. */
MUST_USE enum outcome document_email(struct store *store, const char *person, struct arena *arena,
                                     const char **email, struct fault *why);

/* SQL_document_request_totals: the orders of one currency. */
struct document_request_total {
    const char *currency;
    int64_t orders;
    int64_t gross_minor;
};
void
document_request_total_get(const struct document_scan *scan, struct document_request_total *total);

/* SQL_document_request_overdue */
struct document_request_overdue {
    const char *partner;
    const char *order_number;
    int64_t due_ms;
};
void document_request_overdue_get(const struct document_scan *scan,
                                  struct document_request_overdue *overdue);

#endif
