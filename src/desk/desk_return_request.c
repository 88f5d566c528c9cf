/* What customers want to send back: each request of an order of their own is judged by the policy,
 * and answered by a file of its own (kind return-authorisation). */
#include "base/decimal.h"
#include "base/text.h"
#include "desk/exchanging.h"
#include "desk/matter.h"
#include "desk/returning.h"
#include "store/store_request.h"

#include <string.h>

enum { PARTS_BYTES = 400 };

/* One request on the desk. */
struct wanting {
    int64_t id;
    struct return_request request;
};

static void
tell(struct matter *matter, const struct wanting *wanting, const struct return_line *line,
     struct finding finding)
{
    finding.place.line = line == NULL ? wanting->request.place.line : line->line;
    finding.order_number = wanting->request.order_number;
    finding.order_line = line == NULL ? "" : line->number;
    findings_add(&matter->findings, &finding);
}

static enum outcome
complain(struct matter *matter, const struct wanting *wanting, const struct return_line *line,
         struct finding finding, struct fault *why)
{
    tell(matter, wanting, line, finding);
    matter->refused++;
    return return_request_discard(matter->run->store, wanting->id, why);
}

static const char *
quantity_text(struct matter *matter, int64_t micros)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(&matter->arena, decimal_format(text, micros, MICROS_PLACES, 0));
}

/* It names a part that there is not. */
static enum outcome
complain_part(struct matter *matter, const struct wanting *wanting, const struct subject *subject,
              const struct return_line *line, struct fault *why)
{
    const char *parts = "";
    TRY(returning_parts(matter->run, subject, line->number, &matter->arena, &parts, why));
    return complain(
        matter, wanting, line,
        (struct finding){.code = M_RETURN_PART_UNKNOWN,
                         .field = "part",
                         .value = matter_show(matter, line->part),
                         .expected = text_show(&matter->arena, parts, strlen(parts), PARTS_BYTES)},
        why);
}

static enum outcome
answer(struct matter *matter, const struct wanting *wanting, enum return_asked asked, size_t at,
       const struct subject *subject, struct fault *why)
{
    const struct return_request *request = &wanting->request;
    const char *number = matter_show(matter, request->number);
    const struct return_line *line = &request->lines[at];
    switch (asked) {
    case RETURN_ASKED_CONFLICT:
        return complain(matter, wanting, NULL,
                        (struct finding){.code = M_RETURN_NUMBER_USED,
                                         .field = "return_number",
                                         .value = number},
                        why);
    case RETURN_ASKED_LINE:
        return complain(matter, wanting, line,
                        (struct finding){.code = M_RETURN_LINE_UNKNOWN,
                                         .field = "line_number",
                                         .value = matter_show(matter, line->number)},
                        why);
    case RETURN_ASKED_PART:
        return complain(matter, wanting, line,
                        (struct finding){.code = M_RETURN_QUANTITY_PART,
                                         .field = "quantity",
                                         .value = quantity_text(matter, line->quantity_micros)},
                        why);
    case RETURN_ASKED_PACKAGE:
        return complain(matter, wanting, line,
                        (struct finding){.code = M_RETURN_PACKAGE_NONE,
                                         .field = "part",
                                         .value = matter_show(matter, line->number)},
                        why);
    case RETURN_ASKED_PIECE: return complain_part(matter, wanting, subject, line, why);
    case RETURN_ASKED_NOTHING:
        return complain(matter, wanting, NULL,
                        (struct finding){.code = M_RETURN_NOTHING_LEFT,
                                         .field = "order_number",
                                         .value = matter_show(matter, request->order_number)},
                        why);
    case RETURN_ASKED_WAITS:
        tell(matter, wanting, NULL, (struct finding){.code = M_RETURN_WAITS, .value = number});
        break;
    default: break;
    }
    return return_request_match(matter->run->store, wanting->id, subject->id, why);
}

/* A product that it is exchanged for is one that we have.  NONE: it is not, and was told. */
static enum outcome
check_exchanges(struct matter *matter, const struct wanting *wanting, struct fault *why)
{
    const struct return_request *request = &wanting->request;
    for (size_t index = 0; index < request->line_count; index++) {
        const struct return_line *line = &request->lines[index];
        const char *nearest = "";
        const enum outcome found =
            *line->exchange_sku == '\0'
                ? DONE
                : exchange_product(matter->run, matter->facts, line->exchange_sku, &matter->arena,
                                   &nearest, why);
        if (found == NONE) {
            TRY(complain(matter, wanting, line,
                         (struct finding){.code = M_RETURN_EXCHANGE_UNKNOWN,
                                          .field = "exchange_sku",
                                          .value = matter_show(matter, line->exchange_sku),
                                          .hint = nearest},
                         why));
        }
        if (found != DONE) {
            return found;
        }
    }
    return DONE;
}

static enum outcome
work(struct matter *matter, const struct wanting *wanting, struct fault *why)
{
    struct run *run = matter->run;
    const struct return_request *request = &wanting->request;
    const char *partner = matter->interchange->partner;
    struct order_standing standing;
    enum return_asked asked;
    size_t line = 0;
    const enum outcome found =
        order_find(run->store, partner, request->order_number, &standing, why);
    if (found == NONE) {
        return complain(matter, wanting, NULL,
                        (struct finding){.code = M_RETURN_ORDER_UNKNOWN,
                                         .field = "order_number",
                                         .value = matter_show(matter, request->order_number)},
                        why);
    }
    TRY(found);
    const enum outcome checked = check_exchanges(matter, wanting, why);
    if (checked != DONE) {
        return checked == NONE ? DONE : checked;
    }
    const struct subject subject = flow_subject(&standing, partner);
    const struct cause cause = {partner, matter->interchange->id, run->as_of_ms, ""};
    TRY(returning_ask(run, matter->facts, &subject, request, &cause, &matter->arena, &asked, &line,
                      why));
    return answer(matter, wanting, asked, line, &subject, why);
}

static enum outcome
next(struct matter *matter, int64_t *id, struct wanting *wanting, struct fault *why)
{
    TRY(return_request_next(matter->run->store, matter->interchange->id, *id, &matter->arena, id,
                            &wanting->request, why));
    wanting->id = *id;
    return DONE;
}

static enum outcome
work_one(struct matter *matter, int64_t *id, struct fault *why)
{
    struct wanting wanting;
    TRY(next(matter, id, &wanting, why));
    return work(matter, &wanting, why);
}

static enum outcome
discard_one(struct matter *matter, int64_t *id, struct fault *why)
{
    struct wanting wanting;
    TRY(next(matter, id, &wanting, why));
    return return_request_discard(matter->run->store, wanting.id, why);
}

static enum outcome
apply(struct matter *matter, struct fault *why)
{
    return matter_each(matter, work_one, why);
}

static enum outcome
discard(struct matter *matter, struct fault *why)
{
    return matter_each(matter, discard_one, why);
}

const struct applier return_request_applier = {apply, discard};
