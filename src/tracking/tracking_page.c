#include "tracking/tracking_page.h"

#include "base/date.h"
#include "tracking/tracking_route.h"

#include <string.h>

#define STEP_AS_NAME(enumerator, name) [enumerator] = name,
const char *const tracking_step_names[TRACKING_STEP_COUNT] = {TRACKING_STEPS(STEP_AS_NAME)};

enum tracking_step
tracking_step(const struct tracking *tracking)
{
    int step = STEP_SUBMITTED;
    for (int next = STEP_APPROVED; next < TRACKING_STEP_COUNT; next++) {
        step = tracking->reached_ms[next] == AMOUNT_NONE ? step : next;
    }
    return (enum tracking_step)step;
}

const char *
tracking_words(const struct tracking *tracking)
{
    static const struct {
        const char *headline;
        enum message words;
    } table[] = {
        {"submitted", M_TRACK_SUBMITTED},
        {"waiting-for-price", M_TRACK_SUBMITTED},
        {"waiting-for-approval", M_TRACK_SUBMITTED},
        {"refused", M_TRACK_REFUSED},
        {"cancelled", M_TRACK_CANCELLED},
        {"approved", M_TRACK_APPROVED},
        {"waiting-for-payment", M_TRACK_AWAITING_PAYMENT},
        {"paid", M_TRACK_PAID},
        {"released", M_TRACK_PREPARING},
        {"partly-shipped", M_TRACK_PARTLY_SHIPPED},
        {"shipped", M_TRACK_SHIPPED},
        {"partly-delivered", M_TRACK_PARTLY_DELIVERED},
        {"delivered", M_TRACK_DELIVERED},
    };
    for (size_t index = 0; index < sizeof table / sizeof table[0]; index++) {
        if (strcmp(table[index].headline, tracking->headline) == 0) {
            return message_text(table[index].words, tracking->language);
        }
    }
    return tracking->headline;
}

/* In words for those who wait for it. */
const char *
tracking_state_words(enum transport_state state, enum language language)
{
    static const enum message words[TRANSPORT_STATE_COUNT] = {
        [TRANSPORT_PENDING] = M_TRACK_PENDING,
        [TRANSPORT_INFO_RECEIVED] = M_TRACK_INFO_RECEIVED,
        [TRANSPORT_IN_TRANSIT] = M_TRACK_IN_TRANSIT,
        [TRANSPORT_OUT_FOR_DELIVERY] = M_TRACK_OUT_FOR_DELIVERY,
        [TRANSPORT_ATTEMPT_FAILED] = M_TRACK_ATTEMPT_FAILED,
        [TRANSPORT_AVAILABLE_FOR_PICKUP] = M_TRACK_AVAILABLE_FOR_PICKUP,
        [TRANSPORT_EXCEPTION] = M_TRACK_EXCEPTION,
        [TRANSPORT_EXPIRED] = M_TRACK_EXPIRED,
        [TRANSPORT_DELIVERED] = M_TRACK_ARRIVED,
    };
    return message_text(words[state], language);
}

/* What holds a parcel up. */
static const char *
cause_words(enum transport_cause cause, enum language language)
{
    static const enum message words[TRANSPORT_CAUSE_COUNT] = {
        [CAUSE_NONE] = M_TRACK_EXCEPTION,        [CAUSE_CUSTOMS] = M_TRACK_CAUSE_CUSTOMS,
        [CAUSE_WEATHER] = M_TRACK_CAUSE_WEATHER, [CAUSE_ADDRESS] = M_TRACK_CAUSE_ADDRESS,
        [CAUSE_REFUSED] = M_TRACK_CAUSE_REFUSED, [CAUSE_DAMAGED] = M_TRACK_CAUSE_DAMAGED,
        [CAUSE_CARRIER] = M_TRACK_CAUSE_CARRIER,
    };
    return message_text(words[cause], language);
}

static const char *
parcel_words(const struct tracking_parcel *parcel, enum language language)
{
    return !parcel->is_tracked                    ? message_text(M_TRACK_HANDED_OVER, language)
           : parcel->state == TRANSPORT_EXCEPTION ? cause_words(parcel->cause, language)
                                                  : tracking_state_words(parcel->state, language);
}

/* "2026-11-27 14:05" */
static const char *
moment_words(struct page *page, int64_t moment_ms)
{
    char text[TIME_TEXT_SIZE];
    moment_format(text, moment_ms);
    return arena_format(page->arena, "%.10s %.5s", text, text + strlen("2026-11-27T"));
}

/* Likewise, or the date alone where it was said alone. */
static const char *
expected_words(struct page *page, int64_t moment_ms)
{
    char text[DATE_TEXT_SIZE];
    return moment_is_day(moment_ms)
               ? arena_copy(page->arena, day_format(text, moment_day(moment_ms)))
               : moment_words(page, moment_ms);
}

const char *
tracking_window(struct page *page, int64_t from_ms, int64_t to_ms)
{
    const int64_t first_ms = from_ms == AMOUNT_NONE ? to_ms : from_ms;
    const int64_t last_ms = to_ms == AMOUNT_NONE ? from_ms : to_ms;
    const char *from = expected_words(page, first_ms);
    const char *to = expected_words(page, last_ms);
    return strcmp(from, to) == 0 ? from
                                 : page_words(page, M_TRACK_RANGE, {"from", from}, {"to", to});
}

static void
put_time(struct page *page, int64_t moment_ms)
{
    char text[TIME_TEXT_SIZE];
    buf_format(page->buf, "<time datetime=\"%s\">", moment_format(text, moment_ms));
    page_escaped(page, moment_words(page, moment_ms));
    page_markup(page, "</time>");
}

/* -- head ------------------------------------------------------------------------------------- */

static bool
is_over(const struct tracking *tracking)
{
    return tracking->is_refused || tracking->reached_ms[STEP_DELIVERED] != AMOUNT_NONE;
}

static void
put_window(struct page *page, const struct tracking *tracking)
{
    if (!is_over(tracking) &&
        (tracking->window_from_ms != AMOUNT_NONE || tracking->window_to_ms != AMOUNT_NONE)) {
        page_element(page, "p", "window",
                     page_words(page, M_TRACK_EXPECTED,
                                {"window", tracking_window(page, tracking->window_from_ms,
                                                           tracking->window_to_ms)}));
    }
}

static void
put_receiver(struct page *page, const struct tracking *tracking)
{
    if (tracking->receiver[0] != '\0' || tracking->to.name[0] != '\0') {
        const char *comma =
            tracking->receiver[0] != '\0' && tracking->to.name[0] != '\0' ? ", " : "";
        page_element(page, "p", "meta",
                     page_words(page, M_TRACK_TO,
                                {"where", arena_format(page->arena, "%s%s%s", tracking->receiver,
                                                       comma, tracking->to.name)}));
    }
}

static void
put_head(struct page *page, const struct tracking *tracking)
{
    const char *words = tracking_words(tracking);
    const char *order = page_words(page, M_TRACK_ORDER, {"number", tracking->order_number});
    page_begin_private(page, arena_format(page->arena, "%s · %s", order, words));
    page_element(page, "p", "over", arena_format(page->arena, "%s · %s", tracking->company, order));
    page_element(page, "h1", "", words);
    put_window(page, tracking);
    put_receiver(page, tracking);
    page_markup(page, "</header>\n<main>\n");
    if (tracking->notice[0] != '\0') {
        page_markup(page, "<div class=\"attention\" role=\"status\">");
        page_escaped(page, tracking->notice);
        page_markup(page, "</div>\n");
    }
}

static void
put_steps(struct page *page, const struct tracking *tracking)
{
    static const enum message names[TRACKING_STEP_COUNT] = {
        [STEP_SUBMITTED] = M_TRACK_STEP_SUBMITTED, [STEP_APPROVED] = M_TRACK_STEP_APPROVED,
        [STEP_PAID] = M_TRACK_STEP_PAID,           [STEP_PREPARING] = M_TRACK_STEP_PREPARING,
        [STEP_SHIPPED] = M_TRACK_STEP_SHIPPED,     [STEP_DELIVERED] = M_TRACK_STEP_DELIVERED,
    };
    const enum tracking_step current = tracking_step(tracking);
    page_markup(page, "<ol class=\"steps\">\n");
    for (int step = 0; step < TRACKING_STEP_COUNT; step++) {
        const int64_t reached_ms = tracking->reached_ms[step];
        if (step == STEP_PAID && !tracking->asks_payment) {
            continue;
        }
        page_markup(page, reached_ms == AMOUNT_NONE ? "<li>"
                          : step == (int)current    ? "<li class=\"done\" "
                                                      "aria-current=\"step\">"
                                                    : "<li class=\"done\">");
        page_message(page, names[step]);
        if (reached_ms != AMOUNT_NONE) {
            page_element(page, "span", "", moment_words(page, reached_ms));
        }
        page_markup(page, "</li>\n");
    }
    page_markup(page, "</ol>\n");
}

/* -- map -------------------------------------------------------------------------------------- */

static void
put_stops(struct page *page, const struct tracking_route *route)
{
    static const enum message words[] = {[ROUTE_DONE] = M_TRACK_STOP_DONE,
                                         [ROUTE_HERE] = M_TRACK_STOP_HERE,
                                         [ROUTE_AHEAD] = M_TRACK_STOP_AHEAD};
    page_markup(page, "<ol class=\"stops\">\n");
    for (size_t index = 0; index < route->count; index++) {
        page_element(
            page, "li", "",
            arena_format(page->arena, "%s: %s", route->stops[index].name,
                         message_text(words[route->stops[index].progress], page->language)));
    }
    page_markup(page, "</ol>\n");
}

static void
put_map(struct page *page, const struct tracking *tracking)
{
    struct tracking_route route;
    tracking_route(&route, tracking);
    if (!tracking->has_map || tracking->parcel_count == 0 || route.count < 2) {
        return;
    }
    page_markup(page, "<figure>\n");
    route_map(page, route.stops, route.count, message_text(M_TRACK_MAP, page->language),
              page_words(page, M_TRACK_MAP_WORDS, {"from", route.stops[0].name},
                         {"to", route.stops[route.count - 1].name}));
    page_markup(page, "<figcaption>");
    page_message(page, M_TRACK_MAP_SCHEMATIC);
    page_markup(page, "</figcaption>\n");
    put_stops(page, &route);
    page_markup(page, "</figure>\n");
}

/* -- parcels ---------------------------------------------------------------------------------- */

static void
put_event(struct page *page, const struct tracking_event *event)
{
    page_markup(page, "<li>");
    put_time(page, event->happened_ms);
    page_element(page, "strong", "",
                 event->label[0] != '\0' ? event->label
                                         : tracking_state_words(event->state, page->language));
    if (event->place[0] != '\0') {
        page_markup(page, " · ");
        page_escaped(page, event->place);
    }
    page_markup(page, "</li>\n");
}

/* What is known of a parcel in one sentence or two. */
static void
put_standing(struct page *page, const struct tracking_parcel *parcel)
{
    page_markup(page, "<p><strong>");
    page_escaped(page, parcel_words(parcel, page->language));
    page_markup(page, ".</strong>");
    if (parcel->delivered_ms != AMOUNT_NONE && parcel->signed_by[0] != '\0') {
        page_markup(page, " ");
        page_escaped(page, page_words(page, M_TRACK_SIGNED_BY, {"name", parcel->signed_by}));
    } else if (parcel->delivered_ms == AMOUNT_NONE &&
               (parcel->eta_from_ms != AMOUNT_NONE || parcel->eta_to_ms != AMOUNT_NONE)) {
        page_markup(page, " ");
        page_escaped(page, page_words(page, M_TRACK_EXPECTED,
                                      {"window", tracking_window(page, parcel->eta_from_ms,
                                                                 parcel->eta_to_ms)}));
        page_markup(page, ".");
    }
    page_markup(page, "</p>\n");
}

static void
put_parcel(struct page *page, const struct tracking_parcel *parcel)
{
    page_element(page, "h3", "", page_words(page, M_TRACK_PARCEL, {"number", parcel->number}));
    put_standing(page, parcel);
    if (parcel->carrier[0] != '\0' || parcel->tracking[0] != '\0') {
        page_element(page, "p", "meta",
                     arena_format(page->arena, "%s %s", parcel->carrier, parcel->tracking));
    }
    page_markup(page, "<ol class=\"news\">\n"); /* the latest first */
    for (size_t index = parcel->event_count; index > 0; index--) {
        put_event(page, &parcel->events[index - 1]);
    }
    page_markup(page, "<li>");
    put_time(page, parcel->shipped_ms);
    page_element(page, "strong", "", message_text(M_TRACK_LEFT, page->language));
    page_markup(page, "</li>\n</ol>\n");
}

static void
put_parcels(struct page *page, const struct tracking *tracking)
{
    if (tracking->parcel_count == 0) {
        return;
    }
    page_element(page, "h2", "", message_text(M_TRACK_PARCELS, page->language));
    for (size_t index = 0; index < tracking->parcel_count; index++) {
        put_parcel(page, &tracking->parcels[index]);
    }
}

/* -- items ------------------------------------------------------------------------------------ */

/* Pieces go without saying. */
static const char *
quantity_words(struct page *page, int64_t micros, const char *unit)
{
    static const char piece[] = "C62";
    return strcmp(unit, piece) == 0
               ? page_quantity(page, micros)
               : arena_format(page->arena, "%s %s", page_quantity(page, micros),
                              page_unit(page, unit));
}

static void
put_items(struct page *page, const struct tracking *tracking)
{
    static const enum message columns[] = {M_TRACK_ITEM, M_TRACK_ORDERED, M_TRACK_LEFT_SO_FAR,
                                           M_TRACK_STILL_OPEN};
    page_element(page, "h2", "", message_text(M_TRACK_ITEMS, page->language));
    page_table(page, M_TRACK_ITEMS_CAPTION, columns, sizeof columns / sizeof columns[0]);
    for (size_t index = 0; index < tracking->item_count; index++) {
        const struct tracking_item *item = &tracking->items[index];
        const int64_t open = item->ordered_micros - item->shipped_micros;
        page_markup(page, "<tr><th scope=\"row\" class=\"what\">");
        page_escaped(page, item->description[0] == '\0' ? item->sku : item->description);
        page_markup(page, " ");
        page_element(page, "span", "code", item->description[0] == '\0' ? "" : item->sku);
        page_markup(page, "</th>");
        page_element(page, "td", "", quantity_words(page, item->ordered_micros, item->unit));
        page_element(page, "td", "", quantity_words(page, item->shipped_micros, item->unit));
        page_element(page, "td", "", quantity_words(page, open > 0 ? open : 0, item->unit));
        page_markup(page, "</tr>\n");
    }
    page_markup(page, "</tbody>\n</table></div>\n");
}

/* -- notes ------------------------------------------------------------------------------------ */

static const char *
note_title(struct page *page, const struct tracking_note *note)
{
    static const struct {
        const char *kind;
        enum message title;
    } table[] = {{"delivery", M_TRACK_NOTE_DELIVERY},
                 {"packaging", M_TRACK_NOTE_PACKAGING},
                 {"gift", M_TRACK_NOTE_GIFT}};
    const char *title = note->kind;
    for (size_t index = 0; index < sizeof table / sizeof table[0]; index++) {
        if (strcmp(table[index].kind, note->kind) == 0) {
            title = message_text(table[index].title, page->language);
        }
    }
    return note->line[0] == '\0'
               ? title
               : page_words(page, M_TRACK_NOTE_LINE, {"note", title}, {"line", note->line});
}

/* As they were written, with their line breaks. */
static void
put_notes(struct page *page, const struct tracking *tracking)
{
    if (tracking->note_count == 0) {
        return;
    }
    page_markup(page, "<h2>");
    page_message(page, M_TRACK_NOTES);
    page_markup(page, "</h2>\n<dl class=\"words notes\">\n");
    for (size_t index = 0; index < tracking->note_count; index++) {
        page_element(page, "dt", "", note_title(page, &tracking->notes[index]));
        page_element(page, "dd", "", tracking->notes[index].text);
        page_markup(page, "\n");
    }
    page_markup(page, "</dl>\n");
}

static void
put_end(struct page *page, const struct tracking *tracking)
{
    page_markup(page, "</main>\n<footer>\n");
    if (tracking->contact[0] != '\0') {
        page_element(page, "p", "",
                     page_words(page, M_TRACK_CONTACT, {"contact", tracking->contact}));
    }
    page_element(
        page, "p", "",
        page_words(page, M_TRACK_UPDATED, {"moment", moment_words(page, tracking->updated_ms)}));
    page_markup(page, "</footer>\n</body>\n</html>\n");
}

void
tracking_page(struct page *page, const struct tracking *tracking)
{
    put_head(page, tracking);
    if (!tracking->is_refused) {
        put_steps(page, tracking);
        put_map(page, tracking);
        put_parcels(page, tracking);
    }
    put_items(page, tracking);
    put_notes(page, tracking);
    put_end(page, tracking);
}
