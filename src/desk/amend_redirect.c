/* A change of an order after its release: the goods are to go to another address.  Whoever has them
 * is asked: the warehouse of what has not left, and that of each parcel that has not arrived. */
#include "desk/amending_work.h"

#include "base/json.h"
#include "desk/stopping.h"
#include "order/document.h"
#include "store/store_amend.h"
#include "store/store_change.h"
#include "store/store_outbox.h"

#include <string.h>

enum { CONTENT_BYTES_MAX = 64 * 1024 };

static const char *
content_of(const struct work *work)
{
    OWNED(buf) buf;
    struct json json;
    const struct party *to = &work->amendment->change->ship_to;
    buf_init(&buf, CONTENT_BYTES_MAX);
    json_begin(&json, &buf);
    json_object(&json, NULL);
    json_text(&json, "code", to->code);
    json_text(&json, "name", to->name);
    json_text(&json, "contact", to->contact);
    json_text(&json, "phone", to->phone);
    json_text(&json, "email", to->email);
    json_text(&json, "country", to->country);
    json_text(&json, "region", to->region);
    json_text(&json, "city", to->city);
    json_text(&json, "district", to->district);
    json_text(&json, "postal_code", to->postal_code);
    json_text(&json, "street", to->street);
    json_text(&json, "street2", to->street2);
    json_end(&json);
    return arena_copy_bytes(work->arena, buf.bytes, buf.size);
}

static size_t
mark_asked(const struct work *work)
{
    size_t count = 0;
    for (size_t index = 0; index < work->answer->item_count; index++) {
        struct change_item *item = &work->answer->items[index];
        if (amend_is_taken(item, MODIFY_REDIRECT)) {
            item->code = M_CHANGE_REDIRECT_ASKED;
            count++;
        }
    }
    return count;
}

enum outcome
amend_redirect(struct work *work, struct fault *why)
{
    struct run *run = work->revision->run;
    const struct subject *subject = work->subject;
    const char *content = content_of(work);
    int64_t *shipments = NULL;
    size_t count = 0;
    if (mark_asked(work) == 0) {
        return DONE;
    }
    if (subject->fulfilment < FULFILMENT_SHIPPED) {
        TRY(stopping_redirect(run, subject, 0, content, why));
    }
    TRY(amend_shipments(run->store, subject->id, work->arena, &shipments, &count, why));
    for (size_t index = 0; index < count; index++) {
        TRY(stopping_redirect(run, subject, shipments[index], content, why));
    }
    return DONE;
}

/* Under the customer's number of the change that asked for it. */
enum outcome
amending_redirected(struct run *run, const struct subject *subject,
                    const struct stop_notice *notice, const struct cause *cause,
                    struct arena *arena, struct fault *why)
{
    const bool is_done = strcmp(notice->state, stop_status_names[STOP_DONE]) == 0;
    const char *address = NULL;
    int64_t number = 0;
    struct change_item item = {.kind = modification_names[MODIFICATION_ADDRESS],
                               .line = "",
                               .field = "ship_to",
                               .before = "",
                               .verdict = is_done ? CHANGE_TAKEN : CHANGE_REFUSED,
                               .way = modification_way_names[MODIFY_REDIRECT],
                               .code = is_done                     ? M_CHANGE_REDIRECTED
                                       : notice->reason[0] == '\0' ? M_CHANGE_REDIRECT_REFUSED
                                                                   : M_CHANGE_REDIRECT_REASON,
                               .value = is_done ? "" : notice->reason,
                               .rule = ""};
    struct change_answer answer = {.verdict = item.verdict,
                                   .version_before = subject->version,
                                   .version = subject->version,
                                   .items = &item,
                                   .item_count = 1};
    TRY(change_redirected(run->store, notice->id, arena, &answer, &address, why));
    item.after = address;
    TRY(change_amounts(run->store, subject->id, subject->version, &answer.before, why));
    answer.after = answer.before;
    TRY(change_answer_add(run->store, subject->id, cause->actor, run->as_of_ms, &answer, &number,
                          why));
    return outbox_message_add(run->store,
                              &(struct outbox_message){.partner = subject->partner,
                                                       .kind = KIND_CHANGE_RESPONSE,
                                                       .order_id = subject->id,
                                                       .version = subject->version,
                                                       .reminder = number},
                              why);
}
