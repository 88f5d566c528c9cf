/* purser order track: when an order is expected, and where its parcels are, by what their carriers
 * told. */
#include "cli/command.h"
#include "cli/find.h"
#include "cli/view.h"

static const struct view_column head_columns[] = {
    {NULL, VIEW_PATH, 0, 1, M_COLUMN_ORDER},        {"partner", VIEW_TEXT, 0, 0, VIEW_HIDDEN},
    {"number", VIEW_TEXT, 1, 0, VIEW_HIDDEN},       {"version", VIEW_INTEGER, 2, 0, VIEW_HIDDEN},
    {"state", VIEW_HEADLINE, 3, 4, M_COLUMN_STATE}, {"received", VIEW_MOMENT, 9, 0, VIEW_HIDDEN},
};
static const struct view head_view = VIEW(SQL_view_order_head, NULL, VIEW_HIDDEN, head_columns);

static const struct view_column parcel_columns[] = {
    {"warehouse", VIEW_TEXT, 0, 0, VIEW_HIDDEN},
    {"shipment", VIEW_TEXT, 1, 0, M_COLUMN_SHIPMENT},
    {"carrier", VIEW_TEXT, 2, 0, M_COLUMN_CARRIER},
    {"tracking", VIEW_TEXT, 3, 0, M_COLUMN_TRACKING},
    {"shipped", VIEW_MOMENT, 4, 0, M_COLUMN_SHIPPED},
    {"partner", VIEW_TEXT, 5, 0, VIEW_HIDDEN},
    {"state", VIEW_TEXT, 6, 0, VIEW_HIDDEN},
    {NULL, VIEW_PARCEL, 6, 0, M_COLUMN_STATE},
    {"since", VIEW_MOMENT, 8, 0, M_COLUMN_SINCE},
    {"cause", VIEW_WORD, 7, 0, VIEW_BELOW(M_COLUMN_CAUSE)},
    {"last_scan", VIEW_MOMENT, 9, 0, VIEW_HIDDEN},
    {NULL, VIEW_EXPECTED, 10, 11, VIEW_BELOW(M_COLUMN_FIRST_EXPECTED)},
    {NULL, VIEW_EXPECTED, 12, 13, VIEW_BELOW(M_COLUMN_EXPECTED_NOW)},
    {"first_expected_from", VIEW_EXPECTED, 18, 18, VIEW_HIDDEN},
    {"first_expected_to", VIEW_EXPECTED, 19, 19, VIEW_HIDDEN},
    {"expected_from", VIEW_EXPECTED, 20, 20, VIEW_HIDDEN},
    {"expected_to", VIEW_EXPECTED, 21, 21, VIEW_HIDDEN},
    {"delivered", VIEW_MOMENT, 14, 0, VIEW_BELOW(M_COLUMN_DELIVERED)},
    {"signed_by", VIEW_TEXT, 15, 0, VIEW_BELOW(M_COLUMN_SIGNED_BY)},
    {"proof", VIEW_TEXT, 16, 0, VIEW_BELOW(M_COLUMN_PROOF)},
    {"is_final", VIEW_INTEGER, 17, 0, VIEW_HIDDEN},
};
static const struct view parcels_view =
    VIEW(SQL_view_order_parcels, "parcels", M_HEADING_PARCELS, parcel_columns);

static const struct view_column scan_columns[] = {
    {"happened", VIEW_MOMENT, 0, 0, M_COLUMN_TIME},
    {"known", VIEW_MOMENT, 1, 0, VIEW_HIDDEN},
    {"carrier", VIEW_TEXT, 2, 0, VIEW_HIDDEN},
    {"tracking", VIEW_TEXT, 3, 0, M_COLUMN_TRACKING},
    {"code", VIEW_TEXT, 4, 0, VIEW_HIDDEN},
    {"state", VIEW_TEXT, 5, 0, VIEW_HIDDEN},
    {NULL, VIEW_PARCEL, 17, 0, M_COLUMN_STATE},
    {"cause", VIEW_TEXT, 6, 0, VIEW_HIDDEN},
    {NULL, VIEW_TEXT, 16, 0, M_COLUMN_PLACE},
    {"verdict", VIEW_WORD, 7, 0, M_COLUMN_VERDICT},
    {"text", VIEW_TEXT, 8, 0, VIEW_BELOW(M_COLUMN_TEXT)},
    {"place", VIEW_TEXT, 9, 0, VIEW_HIDDEN},
    {"region", VIEW_TEXT, 10, 0, VIEW_HIDDEN},
    {"country", VIEW_TEXT, 11, 0, VIEW_HIDDEN},
    {"latitude", VIEW_MICROS, 12, 0, VIEW_HIDDEN},
    {"longitude", VIEW_MICROS, 13, 0, VIEW_HIDDEN},
    {NULL, VIEW_DEGREES, 12, 13, VIEW_BELOW(M_COLUMN_COORDINATES)},
    {"signed_by", VIEW_TEXT, 14, 0, VIEW_HIDDEN},
    {"proof", VIEW_TEXT, 15, 0, VIEW_HIDDEN},
    {"label_en", VIEW_TEXT, 18, 0, VIEW_HIDDEN},
    {"label_zh", VIEW_TEXT, 19, 0, VIEW_HIDDEN},
    {"expected_from", VIEW_EXPECTED, 20, 20, VIEW_HIDDEN},
    {"expected_to", VIEW_EXPECTED, 21, 21, VIEW_HIDDEN},
};
static const struct view scans_view =
    VIEW(SQL_view_order_scans, "events", M_HEADING_SCANS, scan_columns);

static const struct view_column outlook_columns[] = {
    {"grade", VIEW_GRADE, 0, 0, M_COLUMN_DELAY},
    {"cause", VIEW_DELAY, 1, 0, M_COLUMN_CAUSE},
    {"promised", VIEW_DAY, 2, 0, M_COLUMN_PROMISED},
    {"first_promised", VIEW_DAY, 3, 0, VIEW_BELOW(M_COLUMN_FIRST_PROMISED)},
    {"expected", VIEW_MOMENT, 4, 0, M_COLUMN_EXPECTED_NOW},
    {"expected_latest", VIEW_MOMENT, 5, 0, M_COLUMN_EXPECTED_LATEST},
    {"since", VIEW_MOMENT, 6, 0, M_COLUMN_SINCE},
    {"outcome", VIEW_WORD, 7, 0, VIEW_BELOW(M_COLUMN_OUTCOME)},
    {"finished", VIEW_MOMENT, 8, 0, VIEW_HIDDEN},
    {"trace", VIEW_RAW, 9, 0, VIEW_HIDDEN},
};
static const struct view outlook_view =
    VIEW(SQL_view_order_outlook, "outlook", M_HEADING_OUTLOOK, outlook_columns);

enum outcome
cmd_order_track(struct cli *cli, struct fault *why)
{
    struct found_order found;
    struct json json = {0};
    struct json *into = cli->wants_json ? &json : NULL;
    TRY(find_order(cli, false, &found, why));
    if (into != NULL) {
        cli_json_begin(cli, into, "order.track");
        json_object(into, "data");
    }
    TRY(view_one(cli, into, &head_view, INTEGER(found.id), why));
    TRY(view_show(cli, into, &outlook_view, NULL, why, INTEGER(found.id)));
    TRY(view_show(cli, into, &parcels_view, NULL, why, INTEGER(found.id)));
    TRY(view_show(cli, into, &scans_view, NULL, why, INTEGER(found.id)));
    if (into != NULL) {
        json_end(into);
        cli_json_end(cli, into);
    }
    return DONE;
}
