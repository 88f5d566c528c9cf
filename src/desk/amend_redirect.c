/* A change of an order after its release: the goods are to go to another address.  Whoever has them
 * is asked: the warehouse of what has not left, and that of each parcel that has not arrived. */
#include "desk/amending_work.h"

#include "base/json.h"
#include "desk/stopping.h"
#include "store/store_amend.h"

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

enum outcome
amend_redirect(struct work *work, struct fault *why)
{
    struct run *run = work->revision->run;
    const struct subject *subject = work->subject;
    const char *content = content_of(work);
    int64_t *shipments = NULL;
    size_t count = 0;
    size_t wanted = 0;
    for (size_t index = 0; index < work->answer->item_count; index++) {
        wanted += amend_is_taken(&work->answer->items[index], MODIFY_REDIRECT);
    }
    if (wanted == 0) {
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
