/* Decisions, payments, transport events, stock reports, statuses and master data: every row is a
 * document. */

#include "intake/reader_csv.h"

#include "base/text.h"
#include "order/payment_terms.h"

#include <stdio.h>
#include <string.h>

static void
stage(enum document_kind kind, struct staged *staged)
{
    *staged = (struct staged){.verdict = "", .money_kind = money_kind_names[0]};
    staged->decision = decision_blank;
    staged->transport = transport_event_blank;
    staged->payment = payment_blank;
    staged->stock = stock_report_blank;
    staged->release_status = release_status_blank;
    staged->production_status = production_status_blank;
    staged->stop_answer = stop_answer_blank;
    if (master_is_table(kind)) {
        master_row_init(kind, &staged->row);
    }
}

static size_t
cell_of(const struct csv_state *state, const char *column)
{
    for (size_t index = 0; index < state->steps[SCOPE_LINE].count; index++) {
        const struct step *step = &state->steps[SCOPE_LINE].items[index];
        if (strcmp(step->column->name, column) == 0) {
            return step->cell;
        }
    }
    return CELL_NONE;
}

void
reader_csv_complain(struct reading *reading, struct field *field, const char *column,
                    const char *value, enum message code, const char *expected, const char *hint)
{
    const struct csv_state *state = reading->state;
    field->name = column;
    field->text = value;
    const size_t cell = cell_of(state, column);
    field->place.column = cell == CELL_NONE ? 0 : (int64_t)cell + 1;
    field_complain(field, code, expected, hint);
}

static const char *
day_text(struct reading *reading, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    return arena_copy(&reading->arena, day_format(text, day));
}

bool
reader_csv_check_validity(struct reading *reading, struct field *field, int32_t from, int32_t to)
{
    if (from != DAY_NONE && from > to) {
        reader_csv_complain(reading, field, "valid_to", day_text(reading, to), M_MST_VALIDITY,
                            day_text(reading, from), NULL);
        return false;
    }
    return true;
}

static const char *
percent_text(struct reading *reading, int64_t rate_micros)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(&reading->arena, decimal_format(text, rate_micros, 4, 0));
}

/* One rate for each tax class, as far as the memory goes. */
static void
check_product(struct reading *reading, struct field *field, const struct product_row *row)
{
    struct master_memory *memory = &((struct csv_state *)reading->state)->memory;
    for (size_t index = 0; index < memory->tax_class_count; index++) {
        if (strcmp(memory->tax_classes[index], row->tax_class) == 0) {
            if (memory->tax_rates_micros[index] != row->tax_rate_micros) {
                reader_csv_complain(reading, field, "tax_rate",
                                    percent_text(reading, row->tax_rate_micros), M_MST_TAX_RATE,
                                    row->tax_class,
                                    percent_text(reading, memory->tax_rates_micros[index]));
            }
            return;
        }
    }
    if (memory->tax_class_count < TAX_CLASSES_MAX && row->tax_class[0] != '\0') {
        memory->tax_rates_micros[memory->tax_class_count] = row->tax_rate_micros;
        memory->tax_classes[memory->tax_class_count++] =
            arena_copy(&reading->file_arena, row->tax_class);
    }
}

/* Within a run of rows for the same price, no two may be valid on the same day. */
static void
check_overlap(struct reading *reading, struct field *field, const struct price_row *row)
{
    struct master_memory *memory = &((struct csv_state *)reading->state)->memory;
    char key[sizeof memory->price_key.text];
    snprintf(key, sizeof key, "%s|%s|%s|%s|%lld", row->sku, row->scope, row->holder, row->currency,
             (long long)row->quantity_from_micros);
    if (strcmp(key, memory->price_key.text) != 0) {
        memcpy(memory->price_key.text, key, sizeof key);
        memory->validity_count = 0;
    }
    for (size_t index = 0; index < memory->validity_count; index++) {
        const struct validity *other = &memory->validities[index];
        if (row->valid_from != other->from && row->valid_from <= other->to &&
            other->from <= row->valid_to) {
            reader_csv_complain(
                reading, field, "valid_from", day_text(reading, row->valid_from), M_MST_OVERLAP,
                arena_format(&reading->arena, "%lld", (long long)other->line), NULL);
            return;
        }
    }
    if (memory->validity_count < VALIDITIES_MAX) {
        memory->validities[memory->validity_count++] = (struct validity){
            row->valid_from, row->valid_to, ((struct csv_state *)reading->state)->row.line};
    }
}

bool
reader_csv_is_left_out(const struct csv_state *state, const char *column)
{
    return text_is_blank(reader_csv_said(state, state->row.bytes, SCOPE_LINE, column));
}

static void
check_price(struct reading *reading, struct field *field, const struct price_row *row)
{
    const bool is_base = strcmp(row->scope, "base") == 0;
    if (row->formula[0] == '\0' && reader_csv_is_left_out(reading->state, "price")) {
        reader_csv_complain(reading, field, "price", "", M_FLD_REQUIRED, NULL, NULL);
    }
    if (row->scope[0] != '\0' && is_base != (row->holder[0] == '\0')) {
        reader_csv_complain(reading, field, "holder", row->holder, M_MST_HOLDER, NULL, NULL);
    }
    if (reader_csv_check_validity(reading, field, row->valid_from, row->valid_to)) {
        check_overlap(reading, field, row);
    }
}

static bool
has_bounds(const struct option_row *row)
{
    return row->minimum_micros != AMOUNT_NONE && row->maximum_micros != AMOUNT_NONE &&
           row->minimum_micros < row->maximum_micros;
}

/* Any number has bounds, other values have none.  (A bound that is wrong has a finding.) */
static void
check_option(struct reading *reading, struct field *field, const struct option_row *row)
{
    const struct csv_state *state = reading->state;
    const bool is_number = strcmp(row->value, OPTION_ANY_NUMBER) == 0;
    static const char *const bounds[] = {"minimum", "maximum"};
    const bool is_wrong[] = {
        row->minimum_micros == AMOUNT_NONE && !reader_csv_is_left_out(state, bounds[0]),
        row->maximum_micros == AMOUNT_NONE && !reader_csv_is_left_out(state, bounds[1])};
    if (is_wrong[0] || is_wrong[1]) {
        return;
    }
    if (is_number && !has_bounds(row)) {
        const bool is_first = row->minimum_micros == AMOUNT_NONE;
        reader_csv_complain(reading, field, bounds[!is_first], "", M_MST_OPTION_BOUNDS, NULL, NULL);
    }
    if (!is_number && (row->minimum_micros != AMOUNT_NONE || row->maximum_micros != AMOUNT_NONE ||
                       row->unit[0] != '\0')) {
        reader_csv_complain(reading, field, "value", row->value, M_MST_OPTION_NOT_A_NUMBER, NULL,
                            NULL);
    }
}

/* A case is an order, so its lists are read as an order's are; and it must say what it must cost.
 */
static void
check_case(struct reading *reading, struct field *field, const struct case_row *row)
{
    const struct csv_state *state = reading->state;
    struct order order = {0};
    struct order_line line = {0};
    field->name = "options";
    field->text = row->options;
    field->place.column = (int64_t)cell_of(state, "options") + 1;
    if (row->options[0] != '\0') {
        (void)field_options(field, &line);
    }
    field->name = "coupons";
    field->text = row->coupons;
    field->place.column = (int64_t)cell_of(state, "coupons") + 1;
    if (row->coupons[0] != '\0') {
        (void)field_coupons(field, &order);
    }
    if (reader_csv_is_left_out(state, "expected_price") &&
        reader_csv_is_left_out(state, "expected_net")) {
        reader_csv_complain(reading, field, "expected_price", "", M_MST_CASE_EXPECTS, NULL, NULL);
    }
}

/* (A percent that is wrong has a finding.) */
static void
check_customer(struct reading *reading, struct field *field, const struct customer_row *row)
{
    const bool is_deposit = strcmp(row->payment_terms, payment_kind_names[PAYMENT_DEPOSIT]) == 0;
    const bool is_out = reader_csv_is_left_out(reading->state, "deposit_percent");
    if (is_deposit ? is_out : row->deposit_micros > 0) {
        reader_csv_complain(reading, field, "deposit_percent", "", M_MST_DEPOSIT,
                            payment_kind_names[PAYMENT_DEPOSIT], NULL);
    }
}

static void
check_rate(struct reading *reading, struct field *field, const struct rate_row *row)
{
    if (row->from[0] != '\0' && strcmp(row->from, row->to) == 0) {
        reader_csv_complain(reading, field, "to", row->to, M_MST_RATE_SAME, NULL, NULL);
    }
}

static void
check_delegation(struct reading *reading, struct field *field, const struct delegation_row *row)
{
    (void)reader_csv_check_validity(reading, field, row->valid_from, row->valid_to);
    if (row->person[0] != '\0' && strcmp(row->person, row->delegate) == 0) {
        reader_csv_complain(reading, field, "delegate", row->delegate, M_MST_DELEGATE_SAME, NULL,
                            NULL);
    }
}

/* "any", "all" or a number from 1; nothing is "any". */
static bool
is_quorum(const char *text)
{
    return text[0] == '\0' || strcmp(text, "any") == 0 || strcmp(text, "all") == 0 ||
           (text[0] >= '1' && text[0] <= '9' && text[strspn(text, "0123456789")] == '\0');
}

static void
check_approval(struct reading *reading, struct field *field, const struct approval_row *row)
{
    if (text_is_blank(row->approvers) && text_is_blank(row->roles)) {
        reader_csv_complain(reading, field, "approver", "", M_MST_APPROVER_NONE, NULL, NULL);
    }
    if (!is_quorum(row->quorum)) {
        reader_csv_complain(reading, field, "quorum", row->quorum, M_MST_QUORUM, NULL, NULL);
    }
    if (row->decide_hours == MASTER_VALUE_NONE && strcmp(row->undecided, "wait") != 0) {
        reader_csv_complain(reading, field, "undecided", row->undecided, M_MST_UNDECIDED, NULL,
                            NULL);
    }
}

static void
check_approver(struct reading *reading, struct field *field, const struct approver_row *row)
{
    if (row->person[0] != '\0' && strcmp(row->person, row->superior) == 0) {
        reader_csv_complain(reading, field, "superior", row->superior, M_MST_SUPERIOR_SAME, NULL,
                            NULL);
    }
}

/* Only an exception has a cause, and a delivery is final. */
static void
check_carrier_code(struct reading *reading, struct field *field, const struct carrier_code_row *row)
{
    if (row->cause[0] != '\0' && row->state[0] != '\0' && strcmp(row->state, "exception") != 0) {
        reader_csv_complain(reading, field, "cause", row->cause, M_MST_CARRIER_CAUSE, row->state,
                            NULL);
    }
}

/* What is made has a plant and takes some of its capacity; what is bought has neither. */
static void
check_supply(struct reading *reading, struct field *field, const struct supply_row *row)
{
    const bool is_made = strcmp(row->source, SUPPLY_MAKE) == 0;
    if (row->source[0] == '\0') {
        return; /* that is told already */
    }
    if (is_made == (row->plant[0] == '\0')) {
        reader_csv_complain(reading, field, "plant", row->plant, M_MST_SUPPLY_MADE, SUPPLY_MAKE,
                            NULL);
    }
    if (!is_made && !reader_csv_is_left_out(reading->state, "load")) {
        reader_csv_complain(reading, field, "load", "", M_MST_SUPPLY_MADE, SUPPLY_MAKE, NULL);
    }
}

static void
check_material(struct reading *reading, struct field *field, const struct material_row *row)
{
    if (row->sku[0] != '\0' && strcmp(row->sku, row->material) == 0) {
        reader_csv_complain(reading, field, "material", row->material, M_MST_MATERIAL_SAME, NULL,
                            NULL);
    }
}

static void
check_lane(struct reading *reading, struct field *field, const struct lane_row *row)
{
    if (row->region[0] != '\0' && reader_csv_is_left_out(reading->state, "country")) {
        reader_csv_complain(reading, field, "country", row->region, M_MST_LANE_REGION, NULL, NULL);
    }
}

static void
finish_transport(struct reading *reading, struct field *field, struct staged *staged)
{
    struct transport_event *event = &staged->transport;
    const char *where = "";
    const char *value = "";
    const enum message code =
        check_transport_fields(event, reading->sender->today, &reading->arena, &where, &value);
    event->place = (struct place){((struct csv_state *)reading->state)->row.line, 0};
    /* A coordinate that is wrong has a finding already. */
    const bool is_told =
        code == M_TRN_COORDINATES && !reader_csv_is_left_out(reading->state, where);
    if (code != MESSAGE_COUNT && !is_told) {
        reader_csv_complain(reading, field, where, value, code, NULL, NULL);
    }
}

static void
finish_decision(struct reading *reading, struct field *field, struct staged *staged)
{
    struct decision *decision = &staged->decision;
    const int verdict = name_index(staged->verdict, decision_verdict_names, DECISION_VERDICT_COUNT);
    if (verdict < 0) {
        return; /* that is told already */
    }
    decision->verdict = (enum decision_verdict)verdict;
    const char *where = "";
    const enum message code = check_decision_fields(decision, &where);
    if (code != MESSAGE_COUNT) {
        reader_csv_complain(reading, field, where, "", code, NULL, NULL);
    }
}

static void
finish_payment(struct reading *reading, struct field *field, struct staged *staged)
{
    struct payment *payment = &staged->payment;
    struct payment_trouble_told told;
    payment->is_refund = strcmp(staged->money_kind, money_kind_names[1]) == 0;
    const enum message code =
        check_payment_fields(payment, reading->sender, &reading->arena, &told);
    if (code != MESSAGE_COUNT) {
        reader_csv_complain(reading, field, told.field, told.value, code, told.expected, NULL);
    }
}

/* (A value that is wrong has a finding already.) */
static void
finish_stock(struct reading *reading, struct field *field, struct staged *staged)
{
    struct stock_trouble_told told;
    staged->stock.place = (struct place){((struct csv_state *)reading->state)->row.line, 0};
    const enum message code = check_stock_fields(&staged->stock, &reading->stock,
                                                 reading->sender->today, &reading->arena, &told);
    const bool is_told =
        code == M_FLD_REQUIRED && !reader_csv_is_left_out(reading->state, told.field);
    if (code != MESSAGE_COUNT && !is_told) {
        reader_csv_complain(reading, field, told.field, told.value, code, told.expected, NULL);
    }
}

static void
finish_release_status(struct reading *reading, struct field *field, struct staged *staged)
{
    struct trouble_told told;
    const enum message code = check_release_status_fields(&staged->release_status, reading->sender,
                                                          &reading->arena, &told);
    staged->release_status.line = ((struct csv_state *)reading->state)->row.line;
    /* A value that is wrong has a finding already. */
    const bool is_told = code == M_REL_SHORT && !reader_csv_is_left_out(reading->state, told.field);
    if (code != MESSAGE_COUNT && !is_told) {
        reader_csv_complain(reading, field, told.field, told.value, code, told.expected, NULL);
    }
}

static void
finish_production_status(struct reading *reading, struct field *field, struct staged *staged)
{
    struct trouble_told told;
    const enum message code = check_production_status_fields(
        &staged->production_status, reading->sender, &reading->arena, &told);
    staged->production_status.line = ((struct csv_state *)reading->state)->row.line;
    if (code != MESSAGE_COUNT) {
        reader_csv_complain(reading, field, told.field, told.value, code, told.expected, NULL);
    }
}

static void
finish_stop_status(struct reading *reading, struct field *field, struct staged *staged)
{
    struct trouble_told told;
    const enum message code =
        check_stop_fields(&staged->stop_answer, reading->sender, &reading->arena, &told);
    staged->stop_answer.place.line = ((struct csv_state *)reading->state)->row.line;
    /* A value that is wrong has a finding already. */
    const bool is_told =
        code == M_STOP_PARTLY && !reader_csv_is_left_out(reading->state, told.field);
    if (code != MESSAGE_COUNT && !is_told) {
        reader_csv_complain(reading, field, told.field, told.value, code, told.expected, NULL);
    }
}

/* A reason was written and the decision forgotten, or put off: somebody believes to have decided.
 */
static void
complain_undecided(struct reading *reading)
{
    const struct csv_state *state = reading->state;
    const char *bytes = state->row.bytes;
    const char *reason = reader_csv_said(state, bytes, SCOPE_LINE, "reason");
    if (text_is_blank(reason)) {
        return;
    }
    struct field field = reader_csv_field(reading, bytes);
    field.arena = &reading->findings->scratch; /* any number of such rows needs no more memory */
    field.order_number = reader_csv_order_number(state, bytes, SCOPE_LINE, field.arena);
    reader_csv_complain(reading, &field, "reason", reason, M_DEC_UNDECIDED, NULL, NULL);
}

/* The form of an approval request comes back with some rows still empty: those are not decided yet,
 * and are no documents. */
static enum outcome
skip_undecided(struct reading *reading, struct fault *why)
{
    struct csv_state *state = reading->state;
    const size_t cell = cell_of(state, "decision");
    while (state->has_row) {
        const char *verdict = reader_csv_cell(state, state->row.bytes, cell);
        if (!text_is_blank(verdict)) {
            state->has_decision = true;
            return DONE;
        }
        complain_undecided(reading);
        const enum outcome advanced = reader_csv_advance(reading, why);
        if (advanced != DONE && advanced != NONE) {
            return advanced;
        }
    }
    if (!state->has_decision && !findings_has(reading->findings, SEVERITY_FATAL)) {
        reading_complain(reading, M_DEC_NONE, NULL, NULL);
    }
    return NONE;
}

static void
hand_over(const struct staged *staged, struct document *document)
{
    if (document->kind == DOCUMENT_DECISION) {
        document->decision = staged->decision;
    } else if (document->kind == DOCUMENT_TRANSPORT_EVENT) {
        document->transport = staged->transport;
    } else if (document->kind == DOCUMENT_PAYMENT) {
        document->payment = staged->payment;
    } else if (document->kind == DOCUMENT_STOCK_REPORT) {
        document->stock = staged->stock;
    } else if (document->kind == DOCUMENT_RELEASE_STATUS) {
        document->release_status = staged->release_status;
    } else if (document->kind == DOCUMENT_PRODUCTION_STATUS) {
        document->production_status = staged->production_status;
    } else if (document->kind == DOCUMENT_STOP_STATUS) {
        document->stop_answer = staged->stop_answer;
    } else {
        document->row = staged->row;
    }
}

enum outcome
reader_csv_next_row(struct reading *reading, struct document *document, struct fault *why)
{
    struct csv_state *state = reading->state;
    if (!state->has_row) {
        return NONE;
    }
    if (reading->kind == DOCUMENT_DECISION) {
        TRY(skip_undecided(reading, why));
    }
    struct staged staged;
    stage(reading->kind, &staged);
    staged.row.line = staged.decision.line = staged.payment.line = state->row.line;
    const char *bytes = arena_copy_bytes(&reading->arena, state->row.bytes, state->row.size);
    struct field field = reader_csv_field(reading, bytes);
    if (!master_is_table(reading->kind)) {
        field.order_number = reader_csv_order_number(state, bytes, SCOPE_LINE, &reading->arena);
    }
    reader_csv_use_row(reading, field.order_number);
    reader_csv_convert(reading, SCOPE_LINE, &field, bytes, &staged);
    reader_csv_check_cells(reading, &field, bytes);
    document->kind = reading->kind;
    switch (reading->kind) {
    case DOCUMENT_DECISION: finish_decision(reading, &field, &staged); break;
    case DOCUMENT_TRANSPORT_EVENT: finish_transport(reading, &field, &staged); break;
    case DOCUMENT_CARRIER_CODES:
        check_carrier_code(reading, &field, &staged.row.carrier_code);
        break;
    case DOCUMENT_PAYMENT: finish_payment(reading, &field, &staged); break;
    case DOCUMENT_STOCK_REPORT: finish_stock(reading, &field, &staged); break;
    case DOCUMENT_RELEASE_STATUS: finish_release_status(reading, &field, &staged); break;
    case DOCUMENT_PRODUCTION_STATUS: finish_production_status(reading, &field, &staged); break;
    case DOCUMENT_STOP_STATUS: finish_stop_status(reading, &field, &staged); break;
    case DOCUMENT_CUSTOMERS: check_customer(reading, &field, &staged.row.customer); break;
    case DOCUMENT_PRODUCTS: check_product(reading, &field, &staged.row.product); break;
    case DOCUMENT_PRODUCT_OPTIONS: check_option(reading, &field, &staged.row.option); break;
    case DOCUMENT_PRICES: check_price(reading, &field, &staged.row.price); break;
    case DOCUMENT_EXCHANGE_RATES: check_rate(reading, &field, &staged.row.rate); break;
    case DOCUMENT_PRICE_CASES: check_case(reading, &field, &staged.row.price_case); break;
    case DOCUMENT_PROMOTIONS:
        reader_csv_check_promotion(reading, &field, &staged.row.promotion);
        break;
    case DOCUMENT_COUPONS:
        (void)reader_csv_check_validity(reading, &field, staged.row.coupon.valid_from,
                                        staged.row.coupon.valid_to);
        break;
    case DOCUMENT_PRODUCT_COSTS:
        (void)reader_csv_check_validity(reading, &field, staged.row.cost.valid_from,
                                        staged.row.cost.valid_to);
        break;
    case DOCUMENT_APPROVAL_MATRIX: check_approval(reading, &field, &staged.row.approval); break;
    case DOCUMENT_APPROVERS: check_approver(reading, &field, &staged.row.approver); break;
    case DOCUMENT_SUPPLY: check_supply(reading, &field, &staged.row.supply); break;
    case DOCUMENT_MATERIALS: check_material(reading, &field, &staged.row.material); break;
    case DOCUMENT_LANES: check_lane(reading, &field, &staged.row.lane); break;
    case DOCUMENT_DELEGATIONS: check_delegation(reading, &field, &staged.row.delegation); break;
    default: break;
    }
    hand_over(&staged, document);
    const enum outcome outcome = reader_csv_advance(reading, why);
    return outcome == NONE ? DONE : outcome;
}
