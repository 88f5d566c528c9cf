/* Shipments: of the warehouse that got the release; each against what was ordered and has not left
 * yet. */
#include "base/decimal.h"
#include "base/text.h"
#include "desk/flow.h"
#include "desk/gift_claims.h"
#include "desk/ledger.h"
#include "desk/matter.h"
#include "desk/parcels.h"
#include "desk/planning.h"
#include "desk/stopping.h"
#include "store/store_order.h"
#include "store/store_release.h"
#include "store/store_shipment.h"

#include <stdlib.h>
#include <string.h>

/* One shipment on the desk. */
struct leaving {
    int64_t id;
    struct shipment shipment;
    struct shippable *lines; /* of the order, sorted by number */
    size_t line_count;
    bool is_good;
};

/* A finding that does not stop it. */
static void
tell(struct matter *matter, const struct leaving *parcel, const struct shipment_line *line,
     struct finding finding)
{
    finding.place.line = line == NULL ? parcel->shipment.place.line : line->line;
    finding.order_number = parcel->shipment.order_number;
    finding.order_line = line == NULL ? "" : line->order_line;
    findings_add(&matter->findings, &finding);
}

static void
complain(struct matter *matter, struct leaving *parcel, const struct shipment_line *line,
         struct finding finding)
{
    parcel->is_good = false;
    tell(matter, parcel, line, finding);
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

/* A share of a quantity, of which nothing is rounded up. */
static int64_t
share_of(int64_t quantity_micros, int64_t rate_micros)
{
    return decimal_divide((int128)quantity_micros * rate_micros, MICROS, ROUND_DOWN);
}

/* What a line of the shipment says against the order line that it names; true when it fits. */
static bool
judge_line(struct matter *matter, struct leaving *parcel, const struct shipment_line *line,
           const struct shippable *ordered)
{
    const int64_t due = ordered->ordered_micros - ordered->shipped_micros;
    const int64_t over =
        share_of(ordered->ordered_micros, matter->run->config->ship_tolerance_over_micros);
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
    } else if (line->quantity_micros > due + over) {
        finding.code = M_SHIPMENT_TOO_MUCH;
        finding.value = quantity_text(matter, line->quantity_micros);
        finding.expected = quantity_text(matter, due < 0 ? 0 : due);
    } else {
        return true;
    }
    complain(matter, parcel, line, finding);
    return false;
}

static struct shippable *
ordered_line(const struct leaving *parcel, const struct shipment_line *line)
{
    return parcel->line_count == 0 ? NULL
                                   : bsearch(line->order_line, parcel->lines, parcel->line_count,
                                             sizeof *parcel->lines, compare_number);
}

/* Each serial number leaves once; the first that has left before is told. */
static enum outcome
ship_serials(struct matter *matter, struct leaving *parcel, const struct shipment_line *line,
             const struct shippable *ordered, struct fault *why)
{
    const char *rest = line->serials;
    size_t size = 0;
    for (const char *at = text_list_next(&rest, &size); at != NULL;
         at = text_list_next(&rest, &size)) {
        const char *serial = arena_copy_bytes(&matter->arena, at, size);
        bool is_new = false;
        TRY(shipment_add_serial(matter->run->store, parcel->id, ordered->sku, serial, &is_new,
                                why));
        if (!is_new) {
            complain(matter, parcel, line,
                     (struct finding){.code = M_SHIPMENT_SERIAL,
                                      .field = "serial_numbers",
                                      .value = matter_show(matter, serial),
                                      .expected = matter_show(matter, ordered->sku)});
            return DONE;
        }
    }
    return DONE;
}

/* Add one line of the shipment to what has left. */
static enum outcome
ship_line(struct matter *matter, struct leaving *parcel, const struct shipment_line *line,
          struct fault *why)
{
    struct shippable *ordered = ordered_line(parcel, line);
    if (ordered == NULL) {
        complain(matter, parcel, line,
                 (struct finding){.code = M_SHIPMENT_LINE_UNKNOWN,
                                  .field = "order_line",
                                  .value = matter_show(matter, line->order_line)});
    } else if (judge_line(matter, parcel, line, ordered)) {
        ordered->shipped_micros += line->quantity_micros;
        return ship_serials(matter, parcel, line, ordered, why);
    }
    return DONE;
}

/* Nothing more is to come of the line: enough has left, or it stays open. */
static enum outcome
close_line(struct matter *matter, struct leaving *parcel, const struct shipment_line *line,
           struct fault *why)
{
    struct shippable *ordered = ordered_line(parcel, line);
    const int64_t under =
        share_of(ordered->ordered_micros, matter->run->config->ship_tolerance_under_micros);
    if (ordered->shipped_micros >= ordered->ordered_micros || ordered->is_closed) {
        return DONE;
    }
    if (ordered->shipped_micros < ordered->ordered_micros - under) {
        tell(matter, parcel, line,
             (struct finding){.code = M_SHIPMENT_SHORT,
                              .field = "quantity",
                              .value = quantity_text(matter, ordered->shipped_micros),
                              .expected = quantity_text(matter, ordered->ordered_micros)});
        return DONE;
    }
    ordered->is_closed = true;
    return shipment_close_line(matter->run->store, parcel->id, line->order_line, why);
}

static enum outcome
close_lines(struct matter *matter, struct leaving *parcel, struct fault *why)
{
    for (size_t index = 0; index < parcel->shipment.line_count; index++) {
        const struct shipment_line *line = &parcel->shipment.lines[index];
        if (strcmp(line->final, "yes") == 0) {
            TRY(close_line(matter, parcel, line, why));
        }
    }
    return DONE;
}

static bool
is_complete(const struct leaving *parcel)
{
    for (size_t index = 0; index < parcel->line_count; index++) {
        const struct shippable *line = &parcel->lines[index];
        if (line->shipped_micros < line->ordered_micros && !line->is_closed) {
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
complain_of_state(struct matter *matter, struct leaving *parcel,
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
ship(struct matter *matter, struct leaving *parcel, const struct order_standing *standing,
     struct fault *why)
{
    const struct shipment *shipment = &parcel->shipment;
    struct subject subject = flow_subject(standing, shipment->partner);
    const struct cause cause = {matter->interchange->partner, matter->interchange->id,
                                shipment->shipped_ms, shipment->number};
    TRY(close_lines(matter, parcel, why));
    TRY(shipment_match(matter->run->store, parcel->id, standing->id,
                       matter->run->config->ship_tolerance_over_micros, why));
    TRY(ledger_ship(matter->run, parcel->id, why));
    TRY(release_ship(matter->run->store, standing->id, shipment->shipped_ms, is_complete(parcel),
                     why));
    TRY(parcels_begin(matter->run, parcel->id, shipment->carrier, shipment->tracking,
                      &matter->arena, why));
    TRY(planning_ship(matter->run, standing->id, matter->interchange->partner, shipment,
                      parcel->lines, parcel->line_count, is_complete(parcel), why));
    TRY(flow_ship(matter->run, &subject, &cause, parcel->id, is_complete(parcel), why));
    TRY(stopping_shipped(matter->run, &subject, matter->interchange->partner, is_complete(parcel),
                         &cause, why));
    TRY(gift_claims_follow(matter->run, &subject, 0, why));
    return is_complete(parcel) ? parcels_arrived(matter->run, standing->id, matter->interchange->id,
                                                 &matter->arena, why)
                               : DONE;
}

/* Judge it against the order; what fits is shipped. */
static enum outcome
match(struct matter *matter, struct leaving *parcel, const struct order_standing *standing,
      struct fault *why)
{
    const struct shipment *shipment = &parcel->shipment;
    if (standing->fulfilment == FULFILMENT_NONE || standing->approval == APPROVAL_CANCELLED) {
        complain_of_state(matter, parcel, standing);
        return DONE;
    }
    TRY(shipment_order_lines(matter->run->store, standing->id, standing->version, &matter->arena,
                             &parcel->lines, &parcel->line_count, why));
    for (size_t index = 0; index < shipment->line_count; index++) {
        TRY(ship_line(matter, parcel, &shipment->lines[index], why));
    }
    if (parcel->is_good &&
        lifecycle_next(AXIS_FULFILMENT, (int)standing->fulfilment, EVENT_SHIPPED) < 0) {
        complain_of_state(matter, parcel, standing); /* nothing of it is open */
    }
    return parcel->is_good ? ship(matter, parcel, standing, why) : DONE;
}

static enum outcome
work_shipment(struct matter *matter, struct leaving *parcel, struct fault *why)
{
    const struct shipment *shipment = &parcel->shipment;
    struct order_standing standing;
    if (!config_ships(matter->run->config, matter->interchange->partner)) {
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
    struct leaving parcel = {0};
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
