/* Shipments: of the warehouse that got the release; each against what was ordered and has not left
 * yet. */
#include "base/decimal.h"
#include "desk/flow.h"
#include "desk/matter.h"
#include "store/store_order.h"
#include "store/store_shipment.h"

#include <stdlib.h>
#include <string.h>

/* One shipment on the desk. */
struct parcel {
    int64_t id;
    struct shipment shipment;
    struct shippable *lines; /* of the order, sorted by number */
    size_t line_count;
    bool is_good;
};

static void
complain(struct matter *matter, struct parcel *parcel, const struct shipment_line *line,
         struct finding finding)
{
    parcel->is_good = false;
    finding.place.line = line == NULL ? parcel->shipment.place.line : line->line;
    finding.order_number = parcel->shipment.order_number;
    finding.order_line = line == NULL ? "" : line->order_line;
    findings_add(&matter->findings, &finding);
}

static int
compare_number(const void *number, const void *line)
{
    return strcmp(number, ((const struct shippable *)line)->number);
}

static const char *
quantity_text(struct matter *matter, int64_t micros)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(&matter->arena, decimal_format(text, micros, MICROS_PLACES, 0));
}

/* What a line of the shipment says against the order line that it names; true when it fits. */
static bool
judge_line(struct matter *matter, struct parcel *parcel, const struct shipment_line *line,
           const struct shippable *ordered)
{
    const int64_t due = ordered->ordered_micros - ordered->shipped_micros;
    struct finding finding = {.field = "quantity"};
    if (line->sku[0] != '\0' && strcmp(ordered->sku, line->sku) != 0) {
        finding.code = M_SHIPMENT_SKU;
        finding.field = "sku";
        finding.value = matter_show(matter, line->sku);
        finding.expected = matter_show(matter, ordered->sku);
    } else if (line->quantity_micros % MICROS != 0 && unit_is_whole(ordered->unit)) {
        finding.code = M_FLD_NUMBER_WHOLE;
        finding.value = quantity_text(matter, line->quantity_micros);
        finding.expected = ordered->unit;
    } else if (line->quantity_micros > due) {
        finding.code = M_SHIPMENT_TOO_MUCH;
        finding.value = quantity_text(matter, line->quantity_micros);
        finding.expected = quantity_text(matter, due);
    } else {
        return true;
    }
    complain(matter, parcel, line, finding);
    return false;
}

/* Add one line of the shipment to what has left. */
static void
ship_line(struct matter *matter, struct parcel *parcel, const struct shipment_line *line)
{
    struct shippable *ordered = parcel->line_count == 0
                                    ? NULL
                                    : bsearch(line->order_line, parcel->lines, parcel->line_count,
                                              sizeof *parcel->lines, compare_number);
    if (ordered == NULL) {
        complain(matter, parcel, line,
                 (struct finding){.code = M_SHIPMENT_LINE_UNKNOWN,
                                  .field = "order_line",
                                  .value = matter_show(matter, line->order_line)});
    } else if (judge_line(matter, parcel, line, ordered)) {
        ordered->shipped_micros += line->quantity_micros;
    }
}

static bool
is_complete(const struct parcel *parcel)
{
    for (size_t index = 0; index < parcel->line_count; index++) {
        if (parcel->lines[index].shipped_micros < parcel->lines[index].ordered_micros) {
            return false;
        }
    }
    return true;
}

static const char *
order_name(struct matter *matter, const struct shipment *shipment)
{
    return matter_show(
        matter, arena_format(&matter->arena, "%s/%s", shipment->partner, shipment->order_number));
}

/* The finding that the order is not there to be shipped, or not any more. */
static void
complain_of_state(struct matter *matter, struct parcel *parcel,
                  const struct order_standing *standing)
{
    const enum headline headline =
        lifecycle_headline(standing->approval, standing->fulfilment, standing->payment);
    complain(matter, parcel, NULL,
             (struct finding){.code = M_SHIPMENT_NOT_RELEASED,
                              .value = order_name(matter, &parcel->shipment),
                              .expected = headline_names[headline]});
}

static enum outcome
ship(struct matter *matter, struct parcel *parcel, const struct order_standing *standing,
     struct fault *why)
{
    const struct shipment *shipment = &parcel->shipment;
    struct subject subject = flow_subject(standing, shipment->partner);
    const struct cause cause = {matter->interchange->partner, matter->interchange->id,
                                shipment->shipped_ms, shipment->number};
    TRY(shipment_match(matter->run->store, parcel->id, standing->id, why));
    return flow_ship(matter->run, &subject, &cause, parcel->id, is_complete(parcel), why);
}

/* Judge it against the order; what fits is shipped. */
static enum outcome
match(struct matter *matter, struct parcel *parcel, const struct order_standing *standing,
      struct fault *why)
{
    const struct shipment *shipment = &parcel->shipment;
    if (standing->fulfilment == FULFILMENT_NONE) {
        complain_of_state(matter, parcel, standing);
        return DONE;
    }
    TRY(shipment_order_lines(matter->run->store, standing->id, standing->version, &matter->arena,
                             &parcel->lines, &parcel->line_count, why));
    for (size_t index = 0; index < shipment->line_count; index++) {
        ship_line(matter, parcel, &shipment->lines[index]);
    }
    if (parcel->is_good && standing->fulfilment == FULFILMENT_SHIPPED) {
        complain_of_state(matter, parcel, standing); /* a shipment of nothing */
    }
    return parcel->is_good ? ship(matter, parcel, standing, why) : DONE;
}

static enum outcome
work_shipment(struct matter *matter, struct parcel *parcel, struct fault *why)
{
    const struct shipment *shipment = &parcel->shipment;
    struct order_standing standing;
    if (strcmp(matter->interchange->partner, matter->run->config->warehouse) != 0) {
        complain(matter, parcel, NULL, (struct finding){.code = M_SHIPMENT_NOT_WAREHOUSE});
        return DONE;
    }
    const enum outcome found =
        order_find(matter->run->store, shipment->partner, shipment->order_number, &standing, why);
    if (found == NONE) {
        complain(matter, parcel, NULL,
                 (struct finding){.code = M_SHIPMENT_ORDER_UNKNOWN,
                                  .field = "order_number",
                                  .value = order_name(matter, shipment)});
        return DONE;
    }
    TRY(found);
    return match(matter, parcel, &standing, why);
}

static enum outcome
apply(struct matter *matter, struct fault *why)
{
    struct parcel parcel = {0};
    enum outcome outcome;
    arena_reset(&matter->arena);
    while ((outcome = shipment_next(matter->run->store, matter->interchange->id, parcel.id,
                                    &matter->arena, &parcel.id, &parcel.shipment, why)) == DONE) {
        parcel.is_good = true;
        TRY(work_shipment(matter, &parcel, why));
        if (!parcel.is_good) {
            matter->refused++;
            TRY(shipment_discard(matter->run->store, parcel.id, why));
        }
        arena_reset(&matter->arena);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
discard(struct matter *matter, struct fault *why)
{
    int64_t id = 0;
    struct shipment shipment;
    enum outcome outcome;
    arena_reset(&matter->arena);
    while ((outcome = shipment_next(matter->run->store, matter->interchange->id, id, &matter->arena,
                                    &id, &shipment, why)) == DONE) {
        TRY(shipment_discard(matter->run->store, id, why));
        arena_reset(&matter->arena);
    }
    return outcome == NONE ? DONE : outcome;
}

const struct applier shipment_applier = {apply, discard};
