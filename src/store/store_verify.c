#include "store/store_verify.h"

#include "order/order.h"
#include "store/store.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

static const enum statement questions[VERIFY_QUESTION_COUNT] = {
    [VERIFY_ARRIVAL_UNTOLD] = SQL_verify_arrival_untold,
    [VERIFY_ARRIVAL_UNMARKED] = SQL_verify_arrival_unmarked,
    [VERIFY_FINDINGS_COUNT] = SQL_verify_findings_count,
    [VERIFY_INTERCHANGE_FINAL] = SQL_verify_interchange_final,
    [VERIFY_INTERCHANGE_TEST] = SQL_verify_interchange_refused,
    [VERIFY_ORDER_VERSION] = SQL_verify_order_version,
    [VERIFY_ORDER_LINES] = SQL_verify_order_lines,
    [VERIFY_ORDER_PARTIES] = SQL_verify_order_parties,
    [VERIFY_ORDER_TOTALS] = SQL_verify_order_totals,
    [VERIFY_ORDER_PARTS] = SQL_verify_order_parts,
    [VERIFY_ORDER_UNPRICED] = SQL_verify_order_unpriced,
    [VERIFY_ORDER_REDUCTIONS] = SQL_verify_order_reductions,
    [VERIFY_PROMOTION_TOTALS] = SQL_verify_promotion_totals,
    [VERIFY_PROMOTION_RELEASED] = SQL_verify_promotion_released,
    [VERIFY_APPROVAL_OPEN] = SQL_verify_approval_open,
    [VERIFY_APPROVAL_PERSONS] = SQL_verify_approval_persons,
    [VERIFY_AWAITING_PRICE] = SQL_verify_awaiting_price,
    [VERIFY_CUSTOMER_DAYS] = SQL_verify_customer_days,
    [VERIFY_SALES] = SQL_verify_sales,
    [VERIFY_CUSTOMER_SALES] = SQL_verify_customer_sales,
    [VERIFY_PRODUCT_MONTHS] = SQL_verify_product_months,
    [VERIFY_SHIPPED] = SQL_verify_shipped,
    [VERIFY_SHIPMENT_MATCHED] = SQL_verify_shipment_matched,
    [VERIFY_INVOICE_NUMBERS] = SQL_verify_invoice_numbers,
    [VERIFY_INVOICE_TOTALS] = SQL_verify_invoice_totals,
    [VERIFY_INVOICE_SHIPMENTS] = SQL_verify_invoice_shipments,
    [VERIFY_FREIGHT] = SQL_verify_freight,
    [VERIFY_INVOICE_TOLD] = SQL_verify_invoice_told,
    [VERIFY_INVOICED] = SQL_verify_invoiced,
    [VERIFY_CREDITED] = SQL_verify_credited,
    [VERIFY_PARCELS] = SQL_verify_parcels,
    [VERIFY_TRANSPORT_EVENTS] = SQL_verify_transport_events,
    [VERIFY_STOCK_SUMS] = SQL_verify_stock_sums,
    [VERIFY_STOCK_REPORTS] = SQL_verify_stock_reports,
    [VERIFY_ARRIVED] = SQL_verify_arrived,
    [VERIFY_SEQUENCES] = SQL_verify_sequences,
    [VERIFY_OUTBOX_MESSAGES] = SQL_verify_outbox_messages,
    [VERIFY_ACKNOWLEDGED] = SQL_verify_acknowledged,
    [VERIFY_HELD] = SQL_verify_held,
    [VERIFY_ANSWERED] = SQL_verify_answered,
    [VERIFY_ORDER_HELD] = SQL_verify_order_held,
    [VERIFY_CANCELLED] = SQL_verify_cancelled,
    [VERIFY_CANCELLED_WHOLE] = SQL_verify_cancelled_whole,
    [VERIFY_CHANGE_PENDING] = SQL_verify_change_pending,
    [VERIFY_CREDIT_TOTALS] = SQL_verify_credit_totals,
    [VERIFY_ORDER_RELEASED] = SQL_verify_order_released,
    [VERIFY_PAYMENT_SUMS] = SQL_verify_payment_sums,
    [VERIFY_RECEIVABLES] = SQL_verify_receivables,
    [VERIFY_PAYMENT_STATE] = SQL_verify_payment_state,
    [VERIFY_PAYMENT_RELEASED] = SQL_verify_payment_released,
    [VERIFY_RELEASES] = SQL_verify_releases,
    [VERIFY_PRODUCTION] = SQL_verify_production,
    [VERIFY_PRODUCTION_TOLD] = SQL_verify_production_told,
    [VERIFY_STOPS] = SQL_verify_stops,
    [VERIFY_DELAYS] = SQL_verify_delays,
    [VERIFY_CHARGES] = SQL_verify_charges,
    [VERIFY_RETURNS] = SQL_verify_returns,
    [VERIFY_PACKAGES] = SQL_verify_packages,
    [VERIFY_RESERVED] = SQL_verify_reserved,
    [VERIFY_PLANNED] = SQL_verify_planned,
    [VERIFY_PLANNED_LINES] = SQL_verify_planned_lines,
    [VERIFY_RELEASES_TOLD] = SQL_verify_releases_told,
};

/* A formatter joins these lines, differently each time. */
/* clang-format off */
static const enum statement dumps[] = {
    SQL_dump_arrival,
    SQL_dump_interchange,
    SQL_dump_finding,
    SQL_dump_lookup,
    SQL_dump_lookup_row,
    SQL_dump_order,
    SQL_dump_order_version,
    SQL_dump_order_line,
    SQL_dump_order_freight,
    SQL_dump_order_line_part,
    SQL_dump_order_party,
    SQL_dump_order_note,
    SQL_dump_order_price,
    SQL_dump_order_reduction,
    SQL_dump_order_free_line,
    SQL_dump_promotion_use,
    SQL_dump_promotion_total,
    SQL_dump_stock_given,
    SQL_dump_order_stock,
    SQL_dump_order_event,
    SQL_dump_approval,
    SQL_dump_decision,
    SQL_dump_shipment,
    SQL_dump_shipment_serial,
    SQL_dump_parcel,
    SQL_dump_transport_event,
    SQL_dump_stock_item,
    SQL_dump_stock_move,
    SQL_dump_stock_place,
    SQL_dump_stock_receipt,
    SQL_dump_stock_report,
    SQL_dump_carrier_code,
    SQL_dump_place,
    SQL_dump_plant,
    SQL_dump_supply,
    SQL_dump_material,
    SQL_dump_lane,
    SQL_dump_return_policy,
    SQL_dump_cancellation_policy,
    SQL_dump_tracking_page,
    SQL_dump_invoice,
    SQL_dump_invoice_line,
    SQL_dump_master_version,
    SQL_dump_customer,
    SQL_dump_product,
    SQL_dump_product_option,
    SQL_dump_product_unit,
    SQL_dump_price,
    SQL_dump_package,
    SQL_dump_exchange_rate,
    SQL_dump_tax_rate,
    SQL_dump_promotion,
    SQL_dump_coupon,
    SQL_dump_stock,
    SQL_dump_approval_matrix,
    SQL_dump_product_cost,
    SQL_dump_price_authority,
    SQL_dump_modification_rule,
    SQL_dump_outbox_file,
    SQL_dump_outbox_message,
    SQL_dump_status_look,
    SQL_dump_partner_rhythm,
    SQL_dump_report,
    SQL_dump_master_hold,
    SQL_dump_price_case,
    SQL_dump_calendar_day,
    SQL_dump_delegation,
    SQL_dump_approver,
    SQL_dump_order_hold,
    SQL_dump_approval_reason,
    SQL_dump_customer_day,
    SQL_dump_sale,
    SQL_dump_customer_sale,
    SQL_dump_product_month,
    SQL_dump_order_awaiting_price,
    SQL_dump_credit_limit,
    SQL_dump_customer_open,
    SQL_dump_cancellation,
    SQL_dump_cancellation_line,
    SQL_dump_charge,
    SQL_dump_charge_less,
    SQL_dump_cancellation_statement,
    SQL_dump_approval_person,
    SQL_dump_approval_refused,
    SQL_dump_payment,
    SQL_dump_warehouse_release,
    SQL_dump_release_news,
    SQL_dump_production,
    SQL_dump_production_material,
    SQL_dump_production_news,
    SQL_dump_change_request,
    SQL_dump_change_pending,
    SQL_dump_change_request_line,
    SQL_dump_change_request_note,
    SQL_dump_change_request_ship_to,
    SQL_dump_cancel_request,
    SQL_dump_cancel_request_line,
    SQL_dump_stop_notice,
    SQL_dump_stop_notice_line,
    SQL_dump_stop_answer,
    SQL_dump_return_authorisation,
    SQL_dump_return_line,
    SQL_dump_return_taken,
    SQL_dump_return_unit,
    SQL_dump_return_credit,
    SQL_dump_return_gift,
    SQL_dump_order_exchange,
    SQL_dump_return_request,
    SQL_dump_return_request_line,
    SQL_dump_return_receipt,
    SQL_dump_return_receipt_line,
    SQL_dump_order_payment,
    SQL_dump_stage_sample,
    SQL_dump_order_outlook,
    SQL_dump_delay_warning,
    SQL_dump_change_answer,
    SQL_dump_change_answer_item,
    SQL_dump_payment_allocation,
    SQL_dump_receivable,
    SQL_dump_order_plan,
    SQL_dump_plan_line,
    SQL_dump_allocation,
    SQL_dump_plan_load,
    SQL_dump_planning_due,
};
/* clang-format on */

enum outcome
verify_ask(struct store *store, enum verify_question question, const struct verify_visitor *visitor,
           struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query_bare(store, questions[question], &rows, why));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        visitor->wrong(visitor->context, rows_text(&rows, 0), rows_text(&rows, 1));
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
verify_steps(struct store *store, const struct verify_step_visitor *visitor, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query_bare(store, SQL_verify_paths, &rows, why));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const int approval =
            name_index(rows_text(&rows, 2), approval_state_names, APPROVAL_STATE_COUNT);
        const int fulfilment =
            name_index(rows_text(&rows, 3), fulfilment_state_names, FULFILMENT_STATE_COUNT);
        const int payment =
            name_index(rows_text(&rows, 9), payment_state_names, PAYMENT_STATE_COUNT);
        assert(approval >= 0 && fulfilment >= 0 && payment >= 0);
        const struct verify_step step = {
            .order_id = rows_integer(&rows, 0),
            .order = rows_text(&rows, 1),
            .approval = (enum approval_state)approval,
            .fulfilment = (enum fulfilment_state)fulfilment,
            .payment = (enum payment_state)payment,
            .version = rows_integer(&rows, 4),
            .event = name_index(rows_text(&rows, 5), order_event_names, ORDER_EVENT_COUNT),
            .event_version = rows_integer(&rows, 6),
            .headline = rows_text(&rows, 7),
            .is_last = rows_integer(&rows, 8) != 0,
        };
        visitor->step(visitor->context, &step);
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
verify_each_file(struct store *store, enum verify_files files,
                 const struct verify_file_visitor *visitor, struct fault *why)
{
    static const enum statement lists[VERIFY_FILES_COUNT] = {
        [VERIFY_FILES_OF_INTERCHANGES] = SQL_verify_places,
        [VERIFY_FILES_LANDED] = SQL_verify_landed,
        [VERIFY_FILES_OF_OUTBOX] = SQL_verify_outbox_files,
        [VERIFY_FILES_KNOWN] = SQL_verify_known,
    };
    OWNED(rows) rows = {0};
    TRY(store_query_bare(store, lists[files], &rows, why));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const struct verify_file file = {rows_text(&rows, 0), rows_text(&rows, 1),
                                         rows_text(&rows, 2), rows_text(&rows, 3),
                                         rows_integer(&rows, 4)};
        TRY(visitor->file(visitor->context, &file, why));
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
dump(struct store *store, enum statement statement, FILE *out, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query_bare(store, statement, &rows, why));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        if (fprintf(out, "%s\n", rows_text(&rows, 0)) < 0) {
            return fail(why, "cannot write the dump: %s", strerror(errno));
        }
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
verify_dump(struct store *store, FILE *out, struct fault *why)
{
    for (size_t index = 0; index < sizeof dumps / sizeof dumps[0]; index++) {
        TRY(dump(store, dumps[index], out, why));
    }
    return DONE;
}
