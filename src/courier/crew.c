#include "courier/crew.h"

#include <poll.h>
#include <sys/socket.h>

void
crew_close(struct crew *crew)
{
    for (size_t index = 0; index < CREW_MAX; index++) {
        if (crew->members[index].visit != NULL) {
            crew_dismiss(crew, &crew->members[index]);
        }
    }
}

enum outcome
crew_hire(struct crew *crew, const struct partner *partner, const struct mailbox *mailbox,
          void *visit, struct fault *why)
{
    for (size_t index = 0; index < CREW_MAX; index++) {
        struct member *member = &crew->members[index];
        if (member->visit == NULL) {
            TRY(worker_start(&member->worker, crew->run, crew->spool, partner, mailbox, why));
            member->visit = visit;
            crew->count++;
            return DONE;
        }
    }
    return NONE;
}

void
crew_dismiss(struct crew *crew, struct member *member)
{
    worker_stop(&member->worker);
    member->visit = NULL;
    crew->count--;
}

void
crew_dismiss_all(struct crew *crew, const void *visit)
{
    for (size_t index = 0; index < CREW_MAX; index++) {
        if (crew->members[index].visit == visit) {
            crew_dismiss(crew, &crew->members[index]);
        }
    }
}

void
crew_ask(struct member *member, const struct parcel *parcel)
{
    if (!parcel_send(member->worker.socket, parcel)) {
        /* It would wait for the request, and we for the answer: let it be heard as ended. */
        (void)shutdown(member->worker.socket, SHUT_RDWR);
    }
    member->worker.asked++;
}

void
crew_wait(struct crew *crew, int64_t timeout_ms)
{
    struct pollfd waiting[CREW_MAX];
    nfds_t count = 0;
    for (size_t index = 0; index < CREW_MAX; index++) {
        if (crew->members[index].visit != NULL) {
            waiting[count++] =
                (struct pollfd){.fd = crew->members[index].worker.socket, .events = POLLIN};
        }
    }
    (void)poll(waiting, count, (int)timeout_ms);
}

enum parcel_state
crew_receive(struct member *member, struct parcel *parcel)
{
    const enum parcel_state state = parcel_receive(member->worker.socket, false, parcel);
    const bool more_follows =
        state == PARCEL_HERE &&
        (parcel->kind == TELL_FILE || parcel->kind == TELL_REMARK || parcel->kind == TELL_LEFT);
    if (state == PARCEL_HERE && !more_follows) {
        member->worker.asked--;
    }
    return state;
}
