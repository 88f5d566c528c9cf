#include "intake/intake_taking.h"

#include "base/text.h"
#include "intake/mapping.h"
#include "store/store.h"
#include "store/store_approval.h"
#include "store/store_ledger.h"
#include "store/store_lookup.h"
#include "store/store_master.h"
#include "store/store_order.h"
#include "store/store_payment.h"
#include "store/store_production.h"
#include "store/store_release.h"
#include "store/store_request.h"
#include "store/store_shipment.h"
#include "store/store_transport.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

enum { SHOWN_MAX = 255 };

static const char *
shown(struct taking *taking, const char *text)
{
    return text_show(&taking->arena, text, strlen(text), SHOWN_MAX);
}

/* Where an order that uses the number stands, in words for a finding. */
static enum outcome
describe_conflict(struct taking *taking, const struct order *order, const char **words,
                  struct fault *why)
{
    struct order_standing standing;
    TRY(order_find(taking->run->store, taking->interchange.partner, order->number, &standing, why));
    const enum headline headline =
        lifecycle_headline(standing.approval, standing.fulfilment, standing.payment);
    *words = headline_names[headline];
    return DONE;
}

static enum outcome
store_order(struct taking *taking, const struct document *document, struct fault *why)
{
    const struct order *order = &document->order;
    const struct order_source source = {taking->interchange.partner, taking->interchange.id,
                                        taking->interchange.received_ms};
    enum order_admission admission;
    TRY(order_store(taking->run->store, &source, order, &admission, why));
    struct finding finding = {.place = order->place,
                              .order_number = order->number,
                              .field = "order_number",
                              .value = shown(taking, order->number)};
    switch (admission) {
    case ORDER_STORED: taking->stored++; return DONE;
    case ORDER_OPEN: taking->must_wait = true; return DONE;
    case ORDER_KNOWN:
        taking->known++;
        finding.code = M_ORDER_KNOWN;
        break;
    case ORDER_CONFLICT:
        finding.code = M_ORDER_CONFLICT;
        TRY(describe_conflict(taking, order, &finding.expected, why));
        break;
    }
    findings_add(&taking->findings, &finding);
    return DONE;
}

static enum outcome
store_shipment(struct taking *taking, const struct document *document, struct fault *why)
{
    const struct shipment *shipment = &document->shipment;
    enum shipment_admission admission;
    TRY(shipment_store(taking->run->store, taking->interchange.partner, taking->interchange.id,
                       shipment, &admission, why));
    if (admission == SHIPMENT_STORED) {
        taking->stored++;
        return DONE;
    }
    taking->known += admission == SHIPMENT_KNOWN;
    findings_add(&taking->findings,
                 &(struct finding){.code = admission == SHIPMENT_KNOWN ? M_SHIPMENT_KNOWN
                                                                       : M_SHIPMENT_CONFLICT,
                                   .place = shipment->place,
                                   .order_number = shipment->order_number,
                                   .field = "shipment_number",
                                   .value = shown(taking, shipment->number)});
    return DONE;
}

static enum outcome
store_payment(struct taking *taking, const struct document *document, struct fault *why)
{
    const struct payment *payment = &document->payment;
    enum payment_admission admission;
    TRY(payment_store(taking->run->store, taking->interchange.partner, taking->interchange.id,
                      payment, &admission, why));
    if (admission == PAYMENT_STORED) {
        taking->stored++;
        return DONE;
    }
    taking->known += admission == PAYMENT_KNOWN;
    findings_add(
        &taking->findings,
        &(struct finding){.code = admission == PAYMENT_KNOWN ? M_PAYMENT_KNOWN : M_PAYMENT_CONFLICT,
                          .place = {payment->line, 0},
                          .order_number = payment->order_number,
                          .field = "payment_number",
                          .value = shown(taking, payment->number)});
    return DONE;
}

static enum outcome
store_decision(struct taking *taking, const struct document *document, struct fault *why)
{
    taking->stored++;
    return decision_store(taking->run->store, taking->interchange.id, taking->stored,
                          &document->decision, why);
}

/* Carriers repeat what they told before: that is counted, and told once (tell_known). */
static enum outcome
store_event(struct taking *taking, const struct document *document, struct fault *why)
{
    const struct transport_event *event = &document->transport;
    enum transport_admission admission;
    TRY(transport_store(taking->run->store, taking->interchange.partner, taking->interchange.id,
                        taking->interchange.received_ms, event, &admission, why));
    taking->stored += admission == TRANSPORT_STORED;
    taking->known += admission == TRANSPORT_KNOWN;
    if (admission == TRANSPORT_CONFLICT || admission == TRANSPORT_MANY) {
        const bool is_many = admission == TRANSPORT_MANY;
        findings_add(
            &taking->findings,
            &(struct finding){.code = is_many ? M_TRANSPORT_MANY : M_TRANSPORT_CONFLICT,
                              .place = event->place,
                              .field = is_many ? "tracking" : "event_id",
                              .value = shown(taking, is_many ? event->tracking : event->event_id),
                              .expected = shown(taking, event->tracking)});
    }
    return DONE;
}

static void
tell_contradiction(struct taking *taking, enum message code, int64_t line, const char *order_number,
                   const char *status)
{
    findings_add(&taking->findings, &(struct finding){.code = code,
                                                      .place = {line, 0},
                                                      .order_number = order_number,
                                                      .field = "status",
                                                      .value = status});
}

static enum outcome
store_release_status(struct taking *taking, const struct document *document, struct fault *why)
{
    const struct release_status *news = &document->release_status;
    enum news_admission admission;
    TRY(release_news_store(taking->run->store, taking->interchange.partner, taking->interchange.id,
                           news, &admission, why));
    taking->stored += admission == NEWS_STORED;
    taking->known += admission == NEWS_KNOWN;
    if (admission == NEWS_CONFLICT) {
        tell_contradiction(taking, M_REL_CONFLICT, news->line, news->order_number, news->status);
    }
    return DONE;
}

static enum outcome
store_production_status(struct taking *taking, const struct document *document, struct fault *why)
{
    const struct production_status *news = &document->production_status;
    enum news_admission admission;
    TRY(production_news_store(taking->run->store, taking->interchange.partner,
                              taking->interchange.id, news, &admission, why));
    taking->stored += admission == NEWS_STORED;
    taking->known += admission == NEWS_KNOWN;
    if (admission == NEWS_CONFLICT) {
        tell_contradiction(taking, M_PRD_CONFLICT, news->line, "", news->status);
    }
    return DONE;
}

/* What is known changes nothing and is told; a number that is used for something else is a
 * mistake. */
static enum outcome
admit(struct taking *taking, const struct document *document, enum request_admission admission,
      const char *field)
{
    const struct document_head head = document_head(document);
    if (admission == REQUEST_STORED) {
        taking->stored++;
        return DONE;
    }
    taking->known += admission == REQUEST_KNOWN;
    findings_add(
        &taking->findings,
        &(struct finding){.code = admission == REQUEST_KNOWN ? M_REQUEST_KNOWN : M_REQUEST_CONFLICT,
                          .place = head.place,
                          .order_number = head.order_number,
                          .field = field,
                          .value = shown(taking, head.number)});
    return DONE;
}

static enum outcome
store_change(struct taking *taking, const struct document *document, struct fault *why)
{
    enum request_admission admission;
    TRY(change_request_store(taking->run->store, taking->interchange.partner,
                             taking->interchange.id, &document->change, &admission, why));
    return admit(taking, document, admission, "change_number");
}

static enum outcome
store_cancellation(struct taking *taking, const struct document *document, struct fault *why)
{
    enum request_admission admission;
    TRY(cancel_request_store(taking->run->store, taking->interchange.partner,
                             taking->interchange.id, &document->cancellation, &admission, why));
    return admit(taking, document, admission, "cancellation_number");
}

static enum outcome
store_return_request(struct taking *taking, const struct document *document, struct fault *why)
{
    enum request_admission admission;
    TRY(return_request_store(taking->run->store, taking->interchange.partner,
                             taking->interchange.id, &document->return_request, &admission, why));
    return admit(taking, document, admission, "return_number");
}

static enum outcome
store_return_receipt(struct taking *taking, const struct document *document, struct fault *why)
{
    enum request_admission admission;
    TRY(return_receipt_store(taking->run->store, taking->interchange.partner,
                             taking->interchange.id, &document->return_receipt, &admission, why));
    return admit(taking, document, admission, "receipt_number");
}

static enum outcome
store_stop_status(struct taking *taking, const struct document *document, struct fault *why)
{
    const struct stop_answer *answer = &document->stop_answer;
    enum request_admission admission;
    TRY(stop_answer_store(taking->run->store, taking->interchange.partner, taking->interchange.id,
                          answer, &admission, why));
    taking->stored += admission == REQUEST_STORED;
    taking->known += admission == REQUEST_KNOWN;
    if (admission == REQUEST_CONFLICT) {
        tell_contradiction(taking, M_STOP_CONFLICT, answer->place.line, "", answer->status);
    }
    return DONE;
}

static enum outcome
store_stock(struct taking *taking, const struct document *document, struct fault *why)
{
    taking->stored++;
    return ledger_report_add(taking->run->store, taking->interchange.id, taking->stored,
                             &document->stock, why);
}

static enum outcome
store_lookup(struct taking *taking, const struct document *document, struct fault *why)
{
    const struct lookup_row *row = &document->lookup;
    const struct lookup_name name = {taking->interchange.partner, taking->mapping->name};
    bool is_new = false;
    if (taking->lookup_id == 0) {
        TRY(lookup_begin(taking->run->store, &name, taking->interchange.id, taking->columns,
                         &taking->lookup_id, why));
    }
    TRY(lookup_add(taking->run->store, taking->lookup_id, row, &is_new, why));
    taking->kept += is_new;
    if (!is_new) {
        findings_add(&taking->findings, &(struct finding){.code = M_MAP_KEY_TWICE,
                                                          .place = {row->line, 0},
                                                          .value = shown(taking, row->key),
                                                          .expected = "?"});
    }
    return DONE;
}

static enum outcome
store_row(struct taking *taking, const struct document *document, struct fault *why)
{
    struct store *store = taking->run->store;
    bool is_new = false;
    if (taking->master_version == 0) {
        TRY(master_begin(store, document->kind, taking->interchange.id, &taking->master_version,
                         why));
    }
    TRY(master_insert(store, document->kind, taking->master_version, &document->row, &is_new, why));
    if (is_new) {
        taking->stored++;
        return DONE;
    }
    findings_add(
        &taking->findings,
        &(struct finding){.code = M_MASTER_ROW_TWICE,
                          .place = {document->row.line, 0},
                          .value = shown(taking, master_row_key(document->kind, &document->row,
                                                                &taking->arena))});
    return DONE;
}

enum outcome
taking_store(struct taking *taking, const struct document *document, struct fault *why)
{
    static enum outcome (*const stores[DOCUMENT_KIND_COUNT])(
        struct taking *, const struct document *, struct fault *) = {
        [DOCUMENT_ORDER] = store_order,
        [DOCUMENT_SHIPMENT] = store_shipment,
        [DOCUMENT_DECISION] = store_decision,
        [DOCUMENT_TRANSPORT_EVENT] = store_event,
        [DOCUMENT_PAYMENT] = store_payment,
        [DOCUMENT_STOCK_REPORT] = store_stock,
        [DOCUMENT_RELEASE_STATUS] = store_release_status,
        [DOCUMENT_PRODUCTION_STATUS] = store_production_status,
        [DOCUMENT_ORDER_CHANGE] = store_change,
        [DOCUMENT_ORDER_CANCELLATION] = store_cancellation,
        [DOCUMENT_STOP_STATUS] = store_stop_status,
        [DOCUMENT_RETURN_REQUEST] = store_return_request,
        [DOCUMENT_RETURN_RECEIPT] = store_return_receipt,
        [DOCUMENT_LOOKUP] = store_lookup,
    };
    taking->interchange.documents++;
    if (!document->is_good) {
        return DONE;
    }
    if (master_is_kind(document->kind)) {
        return store_row(taking, document, why);
    }
    assert(stores[document->kind] != NULL && "only known kinds are yielded");
    return stores[document->kind](taking, document, why);
}
