/* STAND-IN, to be deleted when src/desk/cancelling.c is there: nothing can be cancelled yet. */
#include "desk/cancelling.h"

enum outcome
cancelling_ask(struct run *run, struct facts *facts, struct subject *subject,
               const struct cancel_request *request, const struct cause *cause, struct arena *arena,
               struct cancel_result *result, struct fault *why)
{
    (void)run, (void)facts, (void)subject, (void)request, (void)cause, (void)arena, (void)why;
    *result = (struct cancel_result){.verdict = CANCEL_REFUSED, .code = M_CHANGE_NOT_CANCELLED};
    return DONE;
}
