#include "tracking/tracking_read.h"

#include "base/date.h"
#include "base/text.h"
#include "order/delay_words.h"
#include "order/lifecycle.h"
#include "store/store_delay.h"
#include "store/store_document_delay.h"

#include <string.h>

/* -- the way of the order --------------------------------------------------------------------- */

/* What an event says of the steps.  A version that takes the place of another begins anew. */
static void
reach(struct tracking *tracking, enum order_event event, int64_t happened_ms)
{
    static const struct {
        enum order_event event;
        enum tracking_step step;
    } table[] = {
        {EVENT_RECEIVED, STEP_SUBMITTED},
        {EVENT_APPROVED, STEP_APPROVED},
        {EVENT_PAID, STEP_PAID},
        {EVENT_RELEASED, STEP_PREPARING},
        {EVENT_PARTLY_SHIPPED, STEP_SHIPPED},
        {EVENT_SHIPPED, STEP_SHIPPED},
        {EVENT_DELIVERED, STEP_DELIVERED},
    };
    if (event == EVENT_RECEIVED || event == EVENT_REPRICED) {
        tracking->reached_ms[STEP_APPROVED] = AMOUNT_NONE;
    }
    if (event == EVENT_PAYMENT_DUE || event == EVENT_PART_PAID) {
        tracking->reached_ms[STEP_PAID] = AMOUNT_NONE;
    }
    tracking->asks_payment |=
        event == EVENT_PAYMENT_DUE || event == EVENT_PART_PAID || event == EVENT_PAID;
    for (size_t index = 0; index < sizeof table / sizeof table[0]; index++) {
        if (table[index].event == event && tracking->reached_ms[table[index].step] == AMOUNT_NONE) {
            tracking->reached_ms[table[index].step] = happened_ms;
        }
    }
}

static enum outcome
read_steps(const struct tracking_source *source, int64_t order_id, struct arena *arena,
           struct tracking *tracking, struct fault *why)
{
    struct tracked_step *steps = NULL;
    size_t count = 0;
    for (int step = 0; step < TRACKING_STEP_COUNT; step++) {
        tracking->reached_ms[step] = AMOUNT_NONE;
    }
    TRY(tracked_steps(source->store, order_id, arena, &steps, &count, why));
    for (size_t index = 0; index < count; index++) {
        const int event = name_index(steps[index].event, order_event_names, ORDER_EVENT_COUNT);
        if (event >= 0) {
            reach(tracking, (enum order_event)event, steps[index].happened_ms);
        }
        tracking->headline = steps[index].headline;
        tracking->updated_ms = steps[index].known_ms;
    }
    tracking->is_refused = strcmp(tracking->headline, headline_names[HEADLINE_REFUSED]) == 0 ||
                           strcmp(tracking->headline, headline_names[HEADLINE_CANCELLED]) == 0;
    return DONE;
}

/* -- parcels ---------------------------------------------------------------------------------- */

static void
find_place(const struct tracking_source *source, const char *name, const char *country,
           int64_t *latitude_micros, int64_t *longitude_micros)
{
    *latitude_micros = AMOUNT_NONE;
    *longitude_micros = AMOUNT_NONE;
    (void)gazetteer_find(source->places, name, country, latitude_micros, longitude_micros);
}

static void
take_event(const struct tracking_source *source, const struct tracked_event *from,
           struct tracking *tracking, struct tracking_event *event)
{
    const int state = name_index(from->state, transport_state_names, TRANSPORT_STATE_COUNT);
    *event = (struct tracking_event){
        .happened_ms = from->happened_ms,
        .state = state < 0 ? TRANSPORT_PENDING : (enum transport_state)state,
        .label = tracking->language == LANGUAGE_ZH ? from->label_zh : from->label_en,
        .place = from->place,
        .country = from->country,
        .latitude_micros = from->latitude_micros,
        .longitude_micros = from->longitude_micros,
    };
    if (event->latitude_micros == AMOUNT_NONE || event->longitude_micros == AMOUNT_NONE) {
        find_place(source, event->place, event->country, &event->latitude_micros,
                   &event->longitude_micros);
    }
    if (from->known_ms > tracking->updated_ms) {
        tracking->updated_ms = from->known_ms;
    }
}

static enum outcome
read_events(const struct tracking_source *source, const struct tracked_parcel *from,
            struct arena *arena, struct tracking *tracking, struct tracking_parcel *parcel,
            struct fault *why)
{
    struct tracked_event *events = NULL;
    TRY(tracked_events(source->store, from, arena, &events, &parcel->event_count, why));
    parcel->events = arena_array(arena, struct tracking_event, parcel->event_count + 1);
    for (size_t index = 0; index < parcel->event_count; index++) {
        take_event(source, &events[index], tracking, &parcel->events[index]);
    }
    return DONE;
}

/* The carrier as people know it. */
static const char *
carrier_name(const struct tracking_source *source, const struct tracked_parcel *from)
{
    const struct partner *carrier = config_partner(source->config, from->carrier);
    return carrier == NULL || carrier->name[0] == '\0' ? from->carrier_text : carrier->name;
}

static struct tracking_parcel
take_parcel(const struct tracking_source *source, const struct tracked_parcel *from,
            struct arena *arena)
{
    const int state = name_index(from->state, transport_state_names, TRANSPORT_STATE_COUNT);
    const int cause = name_index(from->cause, transport_cause_names, TRANSPORT_CAUSE_COUNT);
    return (struct tracking_parcel){
        .number = from->number,
        .carrier = carrier_name(source, from),
        .tracking = from->tracking,
        .shipped_ms = from->shipped_ms,
        .is_tracked = from->carrier[0] != '\0',
        .state = state < 0 ? TRANSPORT_PENDING : (enum transport_state)state,
        .cause = cause < 0 ? CAUSE_NONE : (enum transport_cause)cause,
        .eta_from_ms = from->eta_from_ms,
        .eta_to_ms = from->eta_to_ms,
        .delivered_ms = from->delivered_ms,
        .signed_by = text_mask_name(arena, from->signed_by),
    };
}

static enum outcome
read_parcels(const struct tracking_source *source, int64_t order_id, struct arena *arena,
             struct tracking *tracking, struct fault *why)
{
    struct tracked_parcel *parcels = NULL;
    TRY(tracked_parcels(source->store, order_id, arena, &parcels, &tracking->parcel_count, why));
    tracking->parcels = arena_array(arena, struct tracking_parcel, tracking->parcel_count + 1);
    for (size_t index = 0; index < tracking->parcel_count; index++) {
        tracking->parcels[index] = take_parcel(source, &parcels[index], arena);
        if (tracking->parcels[index].is_tracked) {
            TRY(read_events(source, &parcels[index], arena, tracking, &tracking->parcels[index],
                            why));
        }
    }
    return DONE;
}

/* When all of it has left: the window of the parcel that comes last. */
static void
find_window(struct tracking *tracking)
{
    tracking->window_from_ms = AMOUNT_NONE;
    tracking->window_to_ms = AMOUNT_NONE;
    for (size_t index = 0; index < tracking->parcel_count; index++) {
        const struct tracking_parcel *parcel = &tracking->parcels[index];
        const int64_t last_ms =
            parcel->eta_to_ms == AMOUNT_NONE ? parcel->eta_from_ms : parcel->eta_to_ms;
        if (parcel->delivered_ms == AMOUNT_NONE && last_ms != AMOUNT_NONE &&
            last_ms > tracking->window_to_ms) {
            tracking->window_from_ms = parcel->eta_from_ms;
            tracking->window_to_ms = last_ms;
        }
    }
    if (strcmp(tracking->headline, headline_names[HEADLINE_SHIPPED]) != 0 &&
        strcmp(tracking->headline, headline_names[HEADLINE_PARTLY_DELIVERED]) != 0) {
        tracking->window_from_ms = AMOUNT_NONE;
        tracking->window_to_ms = AMOUNT_NONE;
    }
}

/* -- items and places ------------------------------------------------------------------------- */

static enum outcome
read_items(const struct tracking_source *source, int64_t order_id, int64_t version,
           struct arena *arena, struct tracking *tracking, struct fault *why)
{
    struct tracked_item *items = NULL;
    TRY(tracked_items(source->store, order_id, version, arena, &items, &tracking->item_count, why));
    tracking->items = arena_array(arena, struct tracking_item, tracking->item_count + 1);
    for (size_t index = 0; index < tracking->item_count; index++) {
        tracking->items[index] =
            (struct tracking_item){items[index].number,         items[index].sku,
                                   items[index].description,    items[index].unit,
                                   items[index].ordered_micros, items[index].shipped_micros};
    }
    return DONE;
}

static enum outcome
read_notes(const struct tracking_source *source, int64_t order_id, int64_t version,
           struct arena *arena, struct tracking *tracking, struct fault *why)
{
    struct tracked_note *notes = NULL;
    TRY(tracked_notes(source->store, order_id, version, arena, &notes, &tracking->note_count, why));
    tracking->notes = arena_array(arena, struct tracking_note, tracking->note_count + 1);
    for (size_t index = 0; index < tracking->note_count; index++) {
        tracking->notes[index] =
            (struct tracking_note){notes[index].kind, notes[index].line, notes[index].text};
    }
    return DONE;
}

/* -- whether it is late ----------------------------------------------------------------------- */

/* What the customer is told of it, as in the warning. */
static void
take_delay(struct tracking *tracking, const struct order_outlook *outlook, struct arena *arena)
{
    const struct delay_saying saying = {outlook->grade, outlook->promised, outlook->promised,
                                        delay_expected_day(outlook->expected_p50_ms),
                                        delay_expected_day(outlook->expected_p90_ms)};
    const char *why = delay_customer_words(outlook->cause, tracking->language);
    if (!delay_is_late(outlook->grade)) {
        return;
    }
    tracking->delay = outlook->grade;
    tracking->delay_cause = delay_customer_cause(outlook->cause);
    tracking->notice =
        arena_format(arena, "%s%s%s", delay_sentence(&saying, tracking->language, arena),
                     tracking->language == LANGUAGE_ZH ? "" : " ", why);
}

/* The days of our own outlook, where no carrier has said when it comes. */
static void
take_window(struct tracking *tracking, const struct order_outlook *outlook)
{
    const int32_t first = delay_expected_day(outlook->expected_p50_ms);
    const int32_t last = delay_expected_day(outlook->expected_p90_ms);
    if (tracking->window_to_ms == AMOUNT_NONE && tracking->window_from_ms == AMOUNT_NONE &&
        first != DAY_NONE && last != DAY_NONE) {
        tracking->window_from_ms = day_begin(first);
        tracking->window_to_ms = day_begin(last);
    }
}

static enum outcome
read_outlook(const struct tracking_source *source, int64_t order_id, struct arena *arena,
             struct tracking *tracking, struct fault *why)
{
    struct order_outlook outlook;
    if (!source->config->delay.is_on) {
        return DONE;
    }
    const enum outcome found = order_outlook_find(source->store, order_id, arena, &outlook, why);
    if (found != DONE || outlook.outcome[0] != '\0') {
        return found == NONE ? DONE : found;
    }
    take_window(tracking, &outlook);
    if (source->config->delay.tells_customers) {
        take_delay(tracking, &outlook, arena);
    }
    return DONE;
}

static struct tracking_place
destination(const struct tracking_source *source, const struct tracked_order *order)
{
    struct tracking_place to = {.name = order->city, .country = order->country};
    find_place(source, to.name, to.country, &to.latitude_micros, &to.longitude_micros);
    return to;
}

/* "Hamburg, DE" */
static struct tracking_place
origin(const struct tracking_source *source, struct arena *arena)
{
    const char *text = source->config->tracking.from;
    const char *comma = strrchr(text, ',');
    struct tracking_place from = {.name = text, .country = ""};
    if (comma != NULL) {
        from.name = arena_format(arena, "%.*s", (int)(comma - text), text);
        from.country = comma + 1 + strspn(comma + 1, " ");
    }
    find_place(source, from.name, from.country, &from.latitude_micros, &from.longitude_micros);
    return from;
}

enum outcome
tracking_read(const struct tracking_source *source, int64_t order_id,
              const struct tracked_order *order, struct arena *arena, struct tracking *tracking,
              struct fault *why)
{
    const struct partner *partner = config_partner(source->config, order->partner);
    *tracking = (struct tracking){
        .language = partner == NULL ? source->config->language : partner->language,
        .company = source->config->company_name,
        .contact = source->config->tracking.contact,
        .order_number = order->number,
        .headline = headline_names[HEADLINE_SUBMITTED],
        .receiver = text_mask_name(arena, order->receiver),
        .to = destination(source, order),
        .from = origin(source, arena),
        .notice = "",
        .delay = "",
        .delay_cause = "",
        .has_map = source->config->tracking.has_map,
    };
    TRY(read_steps(source, order_id, arena, tracking, why));
    TRY(read_parcels(source, order_id, arena, tracking, why));
    TRY(read_items(source, order_id, order->version, arena, tracking, why));
    TRY(read_notes(source, order_id, order->version, arena, tracking, why));
    find_window(tracking);
    return read_outlook(source, order_id, arena, tracking, why);
}
