#include "store/store_document.h"

#include "base/decimal.h"

#include <assert.h>

enum outcome
document_scan_open(struct document_scan *scan, struct store *store, enum statement statement,
                   int64_t id, struct fault *why)
{
    return store_query(store, statement, &scan->rows, why, INTEGER(id));
}

enum outcome
document_scan_next(struct document_scan *scan, struct fault *why)
{
    if (scan->is_over) {
        return NONE;
    }
    const enum outcome outcome = rows_next(&scan->rows, why);
    if (outcome == DONE) {
        scan->position = rows_integer(&scan->rows, 0);
    }
    scan->is_over = outcome == NONE;
    return outcome;
}

enum outcome
document_scan_part(struct document_scan *scan, int64_t position, struct fault *why)
{
    if (!scan->is_held) {
        TRY(document_scan_next(scan, why));
    }
    assert(scan->position >= position && "all parts of a head are read before the next head");
    scan->is_held = scan->position > position;
    return scan->is_held ? NONE : DONE;
}

void
document_scan_close(struct document_scan *scan)
{
    rows_close(&scan->rows);
}

static int32_t
day_at(const struct rows *rows, int column)
{
    return (int32_t)rows_integer_or(rows, column, DAY_NONE);
}

void
document_acknowledgement_get(const struct document_scan *scan,
                             struct document_acknowledgement *acknowledgement)
{
    const struct rows *rows = &scan->rows;
    *acknowledgement = (struct document_acknowledgement){
        .interchange_id = rows_integer(rows, 0),
        .name = rows_text(rows, 1),
        .size = rows_integer(rows, 2),
        .sha256 = rows_text(rows, 3),
        .received_ms = rows_integer(rows, 4),
        .format = rows_text(rows, 5),
        .document = rows_text(rows, 6),
        .acceptance = rows_text(rows, 7),
        .state = rows_text(rows, 8),
        .documents = rows_integer(rows, 9),
        .documents_taken = rows_integer(rows, 10),
        .findings = rows_integer(rows, 11),
        .duplicate_name = rows_text(rows, 12),
        .duplicate_received_ms = rows_integer(rows, 13),
    };
}

bool
document_finding_get(const struct document_scan *scan, struct finding *finding)
{
    const struct rows *rows = &scan->rows;
    *finding = (struct finding){
        .code = message_find(rows_text(rows, 1)),
        .place = {.line = rows_integer(rows, 3), .column = rows_integer(rows, 4)},
        .order_number = rows_text(rows, 5),
        .order_line = rows_text(rows, 6),
        .field = rows_text(rows, 7),
        .value = rows_text(rows, 8),
        .expected = rows_text(rows, 9),
        .hint = rows_text(rows, 10),
    };
    return finding->code != MESSAGE_COUNT;
}

void
document_response_get(const struct document_scan *scan, struct document_response *response)
{
    const struct rows *rows = &scan->rows;
    *response = (struct document_response){
        .order_number = rows_text(rows, 1),
        .version = rows_integer(rows, 2),
        .headline = rows_text(rows, 3),
        .happened_ms = rows_integer(rows, 4),
        .type = rows_text(rows, 5),
        .currency = rows_text(rows, 6),
        .customer = rows_text(rows, 7),
        .is_priced = !rows_is_null(rows, 8),
        .net_minor = rows_integer(rows, 8),
        .tax_minor = rows_integer(rows, 9),
        .gross_minor = rows_integer(rows, 10),
        .reason = rows_text(rows, 11),
        .includes_tax = rows_integer(rows, 12) != 0,
        .refusal = rows_text(rows, 13),
        .freight_minor = rows_integer(rows, 14),
        .freight_tax_minor = rows_integer(rows, 15),
    };
}

void
document_response_line_get(const struct document_scan *scan, struct document_response_line *line)
{
    const struct rows *rows = &scan->rows;
    *line = (struct document_response_line){
        .number = rows_text(rows, 1),
        .sku = rows_text(rows, 2),
        .description = rows_text(rows, 3),
        .quantity_micros = rows_integer(rows, 4),
        .unit = rows_text(rows, 5),
        .expected_price_micros = rows_integer_or(rows, 6, AMOUNT_NONE),
        .is_priced = !rows_is_null(rows, 7),
        .price_micros = rows_integer(rows, 7),
        .net_minor = rows_integer(rows, 8),
        .tax_rate_micros = rows_integer(rows, 9),
        .tax_minor = rows_integer(rows, 10),
        .ordinal = rows_integer(rows, 11),
        .list_minor = rows_integer(rows, 12),
        .is_as_expected = rows_integer_or(rows, 13, 1) != 0,
        .discount_minor = rows_integer(rows, 14),
        .discount_micros = rows_integer_or(rows, 15, AMOUNT_NONE),
    };
}

/* Of the parts of a line: heads have so many places. */
static int64_t
line_position(const struct document_scan *lines, int64_t ordinal)
{
    enum { PLACES_OF_A_HEAD = 100000 };
    return lines->position * PLACES_OF_A_HEAD + ordinal;
}

int64_t
document_line_position(const struct document_scan *lines, const struct document_response_line *line)
{
    return line_position(lines, line->ordinal);
}

void
document_reduction_get(const struct document_scan *scan, struct document_reduction *reduction)
{
    const struct rows *rows = &scan->rows;
    *reduction = (struct document_reduction){
        .promotion = rows_text(rows, 1),
        .name = {rows_text(rows, 2), rows_text(rows, 3)},
        .reduction_minor = rows_integer(rows, 4),
    };
}

void
document_free_good_get(const struct document_scan *scan, struct document_free_good *good)
{
    const struct rows *rows = &scan->rows;
    *good = (struct document_free_good){
        .number = rows_text(rows, 1),
        .sku = rows_text(rows, 2),
        .name = {rows_text(rows, 3), rows_text(rows, 4)},
        .quantity_micros = rows_integer(rows, 5),
        .unit = rows_text(rows, 6),
        .owed_micros = rows_integer(rows, 7),
        .promotion = rows_text(rows, 8),
        .promotion_name = {rows_text(rows, 9), rows_text(rows, 10)},
    };
}

void
document_status_get(const struct document_scan *scan, struct document_status *status)
{
    const struct rows *rows = &scan->rows;
    *status = (struct document_status){
        .order_number = rows_text(rows, 1),
        .version = rows_integer(rows, 2),
        .headline = rows_text(rows, 3),
        .happened_ms = rows_integer(rows, 4),
        .known_ms = rows_integer(rows, 5),
        .required = rows_text(rows, 6),
        .paid = rows_text(rows, 7),
        .open = rows_text(rows, 8),
        .currency = rows_text(rows, 9),
        .promised_on = rows_text(rows, 10),
        .cancelled = rows_text(rows, 11),
    };
}

void
document_release_get(const struct document_scan *scan, struct document_release *release)
{
    const struct rows *rows = &scan->rows;
    *release = (struct document_release){
        .partner = rows_text(rows, 1),
        .order_number = rows_text(rows, 2),
        .version = rows_integer(rows, 3),
        .type = rows_text(rows, 4),
        .requested_from = day_at(rows, 5),
        .requested_to = day_at(rows, 6),
        .sold_to = rows_text(rows, 7),
        .ship_to = {.code = rows_text(rows, 8),
                    .name = rows_text(rows, 9),
                    .contact = rows_text(rows, 10),
                    .phone = rows_text(rows, 11),
                    .email = rows_text(rows, 12),
                    .country = rows_text(rows, 13),
                    .region = rows_text(rows, 14),
                    .city = rows_text(rows, 15),
                    .district = rows_text(rows, 16),
                    .postal_code = rows_text(rows, 17),
                    .street = rows_text(rows, 18),
                    .street2 = rows_text(rows, 19)},
        .number = rows_integer(rows, 20),
    };
}

void
document_good_get(const struct document_scan *scan, struct document_good *good)
{
    const struct rows *rows = &scan->rows;
    *good = (struct document_good){
        .ordinal = rows_integer(rows, 1),
        .number = rows_text(rows, 2),
        .sku = rows_text(rows, 3),
        .name = {rows_text(rows, 4), rows_text(rows, 5)},
        .description = rows_text(rows, 6),
        .quantity_micros = rows_integer(rows, 7),
        .unit = rows_text(rows, 8),
        .requested_from = day_at(rows, 9),
        .requested_to = day_at(rows, 10),
        .options = rows_text(rows, 11),
        .promotion = rows_text(rows, 12),
    };
}

void
document_part_get(const struct document_scan *scan, struct document_part *part)
{
    const struct rows *rows = &scan->rows;
    const int64_t ordered_micros = rows_integer(rows, 7);
    const int64_t told_micros = rows_integer_or(rows, 8, ordered_micros);
    *part = (struct document_part){
        .line = rows_integer(rows, 1),
        .sku = rows_text(rows, 2),
        .name = {rows_text(rows, 3), rows_text(rows, 4)},
        .quantity_micros = (int64_t)((int128)rows_integer(rows, 5) * told_micros / ordered_micros),
        .unit = rows_text(rows, 6),
    };
}

void
document_note_get(const struct document_scan *scan, struct document_note *note)
{
    const struct rows *rows = &scan->rows;
    *note = (struct document_note){
        .line = rows_integer(rows, 1), .kind = rows_text(rows, 2), .text = rows_text(rows, 3)};
}

void
document_notice_get(const struct document_scan *scan, struct document_notice *notice)
{
    const struct rows *rows = &scan->rows;
    *notice = (struct document_notice){
        .order_number = rows_text(rows, 1),
        .shipment_number = rows_text(rows, 2),
        .shipped_ms = rows_integer(rows, 3),
        .carrier = rows_text(rows, 4),
        .tracking = rows_text(rows, 5),
        .load = rows_text(rows, 6),
    };
}

void
document_notice_line_get(const struct document_scan *scan, struct document_notice_line *line)
{
    const struct rows *rows = &scan->rows;
    const int64_t open_micros = rows_integer(rows, 7);
    *line = (struct document_notice_line){
        .number = rows_text(rows, 1),
        .sku = rows_text(rows, 2),
        .description = rows_text(rows, 3),
        .unit = rows_text(rows, 4),
        .ordered_micros = rows_integer(rows, 5),
        .shipped_micros = rows_integer(rows, 6),
        .open_micros = open_micros < 0 ? 0 : open_micros, /* more was sent than ordered */
        .lot = rows_text(rows, 9),
        .serials = rows_text(rows, 10),
    };
}

/* Price, reason, person, the rules' price, deviation and allowance from column `at` on. */
static struct document_manual
manual_at(const struct rows *rows, int at)
{
    return (struct document_manual){
        .line = "",
        .price_micros = rows_integer_or(rows, at, AMOUNT_NONE),
        .discount_micros = AMOUNT_NONE,
        .off_micros = AMOUNT_NONE,
        .reason = rows_text(rows, at + 1),
        .person = rows_text(rows, at + 2),
        .rules_price_micros = rows_integer_or(rows, at + 3, AMOUNT_NONE),
        .deviation_micros = rows_integer_or(rows, at + 4, AMOUNT_NONE),
        .allowed_micros = rows_integer_or(rows, at + 5, AMOUNT_NONE),
    };
}

bool
document_manual_is_asked(const struct document_manual *manual)
{
    return manual->price_micros != AMOUNT_NONE || manual->discount_micros != AMOUNT_NONE;
}

void
document_request_get(const struct document_scan *scan, struct document_request *request)
{
    const struct rows *rows = &scan->rows;
    *request = (struct document_request){
        .partner = rows_text(rows, 1),
        .order_number = rows_text(rows, 2),
        .version = rows_integer(rows, 3),
        .step = rows_integer(rows, 4),
        .amount_minor = rows_integer(rows, 5),
        .limit_minor = rows_integer_or(rows, 6, AMOUNT_NONE),
        .currency = rows_text(rows, 7),
        .asked_ms = rows_integer(rows, 8),
        .type = rows_text(rows, 9),
        .requested_from = day_at(rows, 10),
        .requested_to = day_at(rows, 11),
        .lines = rows_integer(rows, 12),
        .customer = rows_text(rows, 13),
        .customer_name = rows_text(rows, 14),
        .wait_reasons = (unsigned int)rows_integer(rows, 15),
        .manual = manual_at(rows, 17),
        .chain = rows_text(rows, 27),
        .chosen = rows_text(rows, 28),
        .shown = rows_text(rows, 29),
        .due_ms = rows_integer_or(rows, 30, AMOUNT_NONE),
        .reminder = rows_integer(rows, 31),
        .quorum = rows_integer(rows, 32),
        .gross_minor = rows_integer(rows, 33),
        .net_minor = rows_integer(rows, 34),
        .cost_minor = rows_integer_or(rows, 35, AMOUNT_NONE),
        .freight_minor = rows_integer(rows, 38),
    };
    request->manual.line = rows_text(rows, 16);
    request->manual.discount_micros = rows_integer_or(rows, 36, AMOUNT_NONE);
    request->manual.off_micros = rows_integer_or(rows, 37, AMOUNT_NONE);
    request->floor = (struct document_floor){rows_text(rows, 23), rows_integer(rows, 24),
                                             rows_integer_or(rows, 25, AMOUNT_NONE),
                                             rows_integer_or(rows, 26, AMOUNT_NONE)};
}

void
document_request_reason_get(const struct document_scan *scan,
                            struct document_request_reason *reason)
{
    *reason = (struct document_request_reason){rows_text(&scan->rows, 1), rows_text(&scan->rows, 2),
                                               rows_text(&scan->rows, 3)};
}

void
document_request_line_get(const struct document_scan *scan, struct document_request_line *line)
{
    const struct rows *rows = &scan->rows;
    *line = (struct document_request_line){
        .number = rows_text(rows, 1),
        .sku = rows_text(rows, 2),
        .name = {rows_text(rows, 3), rows_text(rows, 4)},
        .quantity_micros = rows_integer(rows, 5),
        .unit = rows_text(rows, 6),
        .price_micros = rows_integer(rows, 7),
        .net_minor = rows_integer(rows, 8),
        .expected_price_micros = rows_integer_or(rows, 9, AMOUNT_NONE),
        .manual = manual_at(rows, 10),
        .floor = {"", rows_integer(rows, 8), rows_integer_or(rows, 16, AMOUNT_NONE),
                  rows_integer_or(rows, 17, AMOUNT_NONE)},
        .reduction_minor = rows_integer(rows, 18),
        .discount_minor = rows_integer(rows, 21),
        .position = line_position(scan, rows_integer(rows, 19)),
    };
    line->manual.discount_micros = rows_integer_or(rows, 20, AMOUNT_NONE);
    line->manual.off_micros = line->price_micros;
}

void
document_request_matter_get(const struct document_scan *scan,
                            struct document_request_matter *matter)
{
    const struct rows *rows = &scan->rows;
    *matter = (struct document_request_matter){
        .kind = rows_text(rows, 1),
        .whose = rows_text(rows, 2),
        .state = rows_text(rows, 3),
        .at_ms = rows_integer_or(rows, 4, AMOUNT_NONE),
        .reason = rows_text(rows, 5),
    };
}

void
document_request_total_get(const struct document_scan *scan, struct document_request_total *total)
{
    *total = (struct document_request_total){
        rows_text(&scan->rows, 1), rows_integer(&scan->rows, 2), rows_integer(&scan->rows, 3)};
}

void
document_request_overdue_get(const struct document_scan *scan,
                             struct document_request_overdue *overdue)
{
    *overdue = (struct document_request_overdue){
        rows_text(&scan->rows, 1), rows_text(&scan->rows, 2), rows_integer(&scan->rows, 3)};
}

void
document_result_get(const struct document_scan *scan, struct document_result *result)
{
    const struct rows *rows = &scan->rows;
    *result = (struct document_result){
        .partner = rows_text(rows, 1),
        .order_number = rows_text(rows, 2),
        .version = rows_integer(rows, 3),
        .verdict = rows_text(rows, 4),
        .headline = rows_text(rows, 5),
        .happened_ms = rows_integer(rows, 6),
        .type = rows_text(rows, 7),
        .customer = rows_text(rows, 8),
        .customer_name = rows_text(rows, 9),
        .currency = rows_text(rows, 10),
        .gross_minor = rows_integer_or(rows, 11, AMOUNT_NONE),
        .reason = rows_text(rows, 12),
    };
}

void
document_result_step_get(const struct document_scan *scan, struct document_result_step *step)
{
    const struct rows *rows = &scan->rows;
    *step =
        (struct document_result_step){rows_integer(rows, 1), rows_text(rows, 2), rows_text(rows, 3),
                                      rows_integer(rows, 4), rows_text(rows, 5)};
}

enum outcome
document_email(struct store *store, const char *person, struct arena *arena, const char **email,
               struct fault *why)
{
    OWNED(rows) rows = {0};
    *email = "";
    TRY(store_query(store, SQL_document_email, &rows, why, TEXT(person)));
    const enum outcome outcome = rows_next(&rows, why);
    if (outcome == DONE) {
        *email = rows_copy(&rows, 1, arena);
    }
    return outcome == NONE ? DONE : outcome;
}
