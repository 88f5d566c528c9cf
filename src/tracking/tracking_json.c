#include "base/date.h"
#include "base/json.h"
#include "tracking/tracking_page.h"

/* null where there is none. */
static void
put_moment(struct json *json, const char *key, int64_t moment_ms)
{
    json_moment(json, key, moment_ms == AMOUNT_NONE ? 0 : moment_ms);
}

/* A moment, or the date alone. */
static void
put_expected(struct json *json, const char *key, int64_t moment_ms)
{
    if (moment_ms != AMOUNT_NONE && moment_is_day(moment_ms)) {
        json_day(json, key, moment_day(moment_ms));
    } else {
        put_moment(json, key, moment_ms);
    }
}

static void
put_place(struct json *json, const char *key, const struct tracking_place *place)
{
    json_object(json, key);
    json_text(json, "name", place->name);
    json_text(json, "country", place->country);
    json_end(json);
}

static void
put_event(struct json *json, const struct tracking_event *event)
{
    json_object(json, NULL);
    json_moment(json, "at", event->happened_ms);
    json_text(json, "state", transport_state_names[event->state]);
    json_text(json, "text", event->label);
    json_text(json, "place", event->place);
    json_text(json, "country", event->country);
    json_end(json);
}

static void
put_parcel(struct json *json, const struct tracking_parcel *parcel)
{
    json_object(json, NULL);
    json_text(json, "number", parcel->number);
    json_text(json, "carrier", parcel->carrier);
    json_text(json, "trackingNumber", parcel->tracking);
    json_moment(json, "shippedAt", parcel->shipped_ms);
    json_text(json, "state", parcel->is_tracked ? transport_state_names[parcel->state] : NULL);
    json_text(json, "cause",
              parcel->cause == CAUSE_NONE ? NULL : transport_cause_names[parcel->cause]);
    put_expected(json, "expectedFrom", parcel->eta_from_ms);
    put_expected(json, "expectedTo", parcel->eta_to_ms);
    put_moment(json, "deliveredAt", parcel->delivered_ms);
    json_text(json, "signedBy", parcel->signed_by);
    json_array(json, "events");
    for (size_t index = 0; index < parcel->event_count; index++) {
        put_event(json, &parcel->events[index]);
    }
    json_end(json);
    json_end(json);
}

static void
put_item(struct json *json, const struct tracking_item *item)
{
    json_object(json, NULL);
    json_text(json, "line", item->number);
    json_text(json, "sku", item->sku);
    json_text(json, "description", item->description);
    json_text(json, "unit", item->unit);
    json_decimal(json, "ordered", item->ordered_micros, MICROS_PLACES, 0);
    json_decimal(json, "shipped", item->shipped_micros, MICROS_PLACES, 0);
    json_end(json);
}

static void
put_notes(struct json *json, const struct tracking *tracking)
{
    json_array(json, "notes");
    for (size_t index = 0; index < tracking->note_count; index++) {
        const struct tracking_note *note = &tracking->notes[index];
        json_object(json, NULL);
        json_text(json, "kind", note->kind);
        json_text(json, "line", note->line[0] == '\0' ? NULL : note->line);
        json_text(json, "text", note->text);
        json_end(json);
    }
    json_end(json);
}

static void
put_steps(struct json *json, const struct tracking *tracking)
{
    json_array(json, "steps");
    for (int step = 0; step < TRACKING_STEP_COUNT; step++) {
        if (step != STEP_PAID || tracking->asks_payment) {
            json_object(json, NULL);
            json_text(json, "step", tracking_step_names[step]);
            put_moment(json, "reachedAt", tracking->reached_ms[step]);
            json_end(json);
        }
    }
    json_end(json);
}

void
tracking_json(struct buf *buf, const struct tracking *tracking)
{
    struct json json;
    json_begin(&json, buf);
    json_object(&json, NULL);
    json_text(&json, "company", tracking->company);
    json_text(&json, "contact", tracking->contact);
    json_text(&json, "order", tracking->order_number);
    json_text(&json, "state", tracking->headline);
    json_text(&json, "words", tracking_words(tracking));
    json_text(&json, "notice", tracking->notice);
    json_text(&json, "delay", tracking->delay[0] == '\0' ? NULL : tracking->delay);
    json_text(&json, "delayCause", tracking->delay_cause[0] == '\0' ? NULL : tracking->delay_cause);
    json_text(&json, "receiver", tracking->receiver);
    put_place(&json, "to", &tracking->to);
    put_expected(&json, "expectedFrom", tracking->window_from_ms);
    put_expected(&json, "expectedTo", tracking->window_to_ms);
    put_moment(&json, "updatedAt", tracking->updated_ms);
    put_steps(&json, tracking);
    json_array(&json, "parcels");
    for (size_t index = 0; index < tracking->parcel_count; index++) {
        put_parcel(&json, &tracking->parcels[index]);
    }
    json_end(&json);
    json_array(&json, "items");
    for (size_t index = 0; index < tracking->item_count; index++) {
        put_item(&json, &tracking->items[index]);
    }
    json_end(&json);
    put_notes(&json, tracking);
    json_end(&json);
    buf_char(buf, '\n');
}
