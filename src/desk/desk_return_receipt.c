/* What warehouses say came back: against its authorisation; a receipt is taken wholly or not. */
#include "desk/matter.h"
#include "desk/returning.h"
#include "store/store.h"
#include "store/store_request.h"

/* One receipt on the desk. */
struct coming {
    int64_t id;
    struct return_receipt receipt;
};

static void
tell(struct matter *matter, const struct coming *coming, const struct received_line *line,
     struct finding finding)
{
    finding.place.line = line == NULL ? coming->receipt.place.line : line->line;
    finding.order_line = line == NULL ? "" : line->order_line;
    findings_add(&matter->findings, &finding);
}

/* What keeps a receipt from being taken. */
static enum outcome
complain(struct matter *matter, const struct coming *coming, const struct return_told *told,
         struct fault *why)
{
    static const struct {
        enum message code;
        const char *field;
        bool is_of_line;
    } complaints[] = {
        [RETURN_UNKNOWN] = {M_RETURN_AUTHORISATION_UNKNOWN, "authorisation", false},
        [RETURN_LINE] = {M_RETURN_LINE_NOT_AUTHORISED, "order_line", true},
        [RETURN_SKU] = {M_RETURN_SKU_OTHER, "sku", true},
        [RETURN_UNNAMED] = {M_RETURN_PART_UNNAMED, "sku", true},
        [RETURN_SERIAL] = {M_RETURN_SERIAL_UNKNOWN, "serial_numbers", true},
        [RETURN_PART] = {M_RETURN_QUANTITY_PART, "quantity", true},
    };
    tell(matter, coming,
         complaints[told->trouble].is_of_line ? &coming->receipt.lines[told->line] : NULL,
         (struct finding){.code = complaints[told->trouble].code,
                          .field = complaints[told->trouble].field,
                          .value = matter_show(matter, told->value),
                          .expected = matter_show(matter, told->expected)});
    matter->refused++;
    return return_receipt_discard(matter->run->store, coming->id, why);
}

/* It is taken, but somebody should know. */
static void
remark(struct matter *matter, const struct coming *coming, const struct return_told *told)
{
    const char *number = matter_show(matter, coming->receipt.authorisation);
    if (told->trouble == RETURN_STOCK) {
        tell(matter, coming, NULL,
             (struct finding){.code = M_RETURN_STOCK_OTHERWISE,
                              .field = "receipt_number",
                              .value = matter_show(matter, told->value)});
    }
    if (told->is_expired) {
        tell(matter, coming, NULL,
             (struct finding){
                 .code = M_RETURN_AFTER_EXPIRY, .field = "authorisation", .value = number});
    } else if (told->has_excess) {
        tell(matter, coming, NULL,
             (struct finding){.code = M_RETURN_EXCESS, .field = "quantity", .value = number});
    }
}

static enum outcome
work(struct matter *matter, const struct coming *coming, struct fault *why)
{
    struct savepoint savepoint = {0};
    struct return_told told;
    const struct run_counts counts = matter->run->counts;
    const char *warehouse = matter->interchange->partner;
    const struct cause cause = {warehouse, matter->interchange->id, coming->receipt.at_ms, ""};
    TRY(savepoint_open(matter->run->store, &savepoint, why));
    TRY(returning_receive(matter->run, &coming->receipt, warehouse, &cause, &matter->arena, &told,
                          why));
    if (told.trouble == RETURN_RECEIPT_KNOWN) {
        return savepoint_keep(&savepoint, why);
    }
    if (told.trouble != RETURN_TAKEN && told.trouble != RETURN_STOCK) {
        TRY(savepoint_undo(&savepoint, why));
        matter->run->counts = counts;
        return complain(matter, coming, &told, why);
    }
    TRY(savepoint_keep(&savepoint, why));
    remark(matter, coming, &told);
    return return_receipt_match(matter->run->store, coming->id, told.order_id, why);
}

static enum outcome
next(struct matter *matter, int64_t *id, struct coming *coming, struct fault *why)
{
    TRY(return_receipt_next(matter->run->store, matter->interchange->id, *id, &matter->arena, id,
                            &coming->receipt, why));
    coming->id = *id;
    return DONE;
}

static enum outcome
work_one(struct matter *matter, int64_t *id, struct fault *why)
{
    struct coming coming;
    TRY(next(matter, id, &coming, why));
    return work(matter, &coming, why);
}

static enum outcome
discard_one(struct matter *matter, int64_t *id, struct fault *why)
{
    struct coming coming;
    TRY(next(matter, id, &coming, why));
    return return_receipt_discard(matter->run->store, coming.id, why);
}

static enum outcome
apply(struct matter *matter, struct fault *why)
{
    return matter_each(matter, work_one, why);
}

static enum outcome
discard(struct matter *matter, struct fault *why)
{
    return matter_each(matter, discard_one, why);
}

const struct applier return_receipt_applier = {apply, discard};
