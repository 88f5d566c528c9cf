#include "writers/verdict.h"

#include "base/decimal.h"
#include "writers/writing.h"

#include <string.h>

const char *
verdict_things(const char *document, int64_t count, enum language language)
{
    static const struct {
        const char *document;
        enum message one;
        enum message many;
    } things[] = {
        {"order", M_THING_ORDER, M_THING_ORDERS},
        {"shipment", M_THING_SHIPMENT, M_THING_SHIPMENTS},
        {"decision", M_THING_DECISION, M_THING_DECISIONS},
        {"stock-report", M_THING_STOCK_ROW, M_THING_STOCK_ROWS},
        {"order-change", M_THING_CHANGE, M_THING_CHANGES},
        {"order-cancellation", M_THING_CANCELLATION, M_THING_CANCELLATIONS},
        {"return-request", M_THING_RETURN_REQUEST, M_THING_RETURN_REQUESTS},
        {"return-receipt", M_THING_RETURN_RECEIPT, M_THING_RETURN_RECEIPTS},
        {"transport-event", M_THING_TRANSPORT_EVENT, M_THING_TRANSPORT_EVENTS},
    };
    for (size_t index = 0; index < sizeof things / sizeof things[0]; index++) {
        if (strcmp(document, things[index].document) == 0) {
            return message_text(count == 1 ? things[index].one : things[index].many, language);
        }
    }
    return message_text(count == 1 ? M_THING_ROW : M_THING_ROWS, language);
}

/* A full report of the rest alone would say that all else is gone. */
static bool
is_one_thing(const struct verdict *verdict)
{
    return strcmp(verdict->document, "stock-report") == 0;
}

static enum message
sentence_of(const struct verdict *verdict)
{
    static const struct {
        const char *state;
        enum message text;
        enum message check_text;
    } sentences[] = {
        {"taken", M_VERDICT_TAKEN, M_VERDICT_CHECK_TAKEN},
        {"partly", M_VERDICT_PARTLY, M_VERDICT_CHECK_PARTLY},
        {"duplicate", M_VERDICT_DUPLICATE, M_VERDICT_DUPLICATE},
        {"held", M_VERDICT_HELD, M_VERDICT_HELD},
    };
    if (!verdict->is_check && strcmp(verdict->state, "partly") == 0 && is_one_thing(verdict)) {
        return M_VERDICT_PARTLY_WHOLE;
    }
    for (size_t index = 0; index < sizeof sentences / sizeof sentences[0]; index++) {
        if (strcmp(verdict->state, sentences[index].state) == 0) {
            return verdict->is_check ? sentences[index].check_text : sentences[index].text;
        }
    }
    return verdict->is_check ? M_VERDICT_CHECK_REFUSED : M_VERDICT_REFUSED;
}

void
verdict_sentence(struct buf *buf, const struct verdict *verdict, enum language language)
{
    char taken[DECIMAL_TEXT_SIZE];
    char documents[DECIMAL_TEXT_SIZE];
    char refused[DECIMAL_TEXT_SIZE];
    const struct filling fillings[] = {
        {"{taken}", decimal_format(taken, verdict->documents_taken, 0, 0)},
        {"{documents}", decimal_format(documents, verdict->documents, 0, 0)},
        {"{refused}", decimal_format(refused, verdict->documents - verdict->documents_taken, 0, 0)},
        {"{things}", verdict_things(verdict->document, verdict->documents, language)},
        {"{name}", verdict->duplicate_name},
        {"{received}", verdict->duplicate_received},
    };
    if (verdict->is_test) {
        buf_text(buf, message_text(M_VERDICT_TEST, language));
        buf_text(buf, language == LANGUAGE_EN ? " " : "");
    }
    writing_fill(buf, message_text(sentence_of(verdict), language), fillings,
                 sizeof fillings / sizeof fillings[0]);
}
