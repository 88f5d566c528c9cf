#include "courier/worker.h"

#include "base/arena.h"
#include "base/date.h"
#include "courier/exchange.h"
#include "courier/listing.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    LISTING_BYTES_MAX = 1024 * 1024 * 1024,
    PATIENCE_MS = 2000, /* for a worker to say goodbye to its server */
};

struct duty {
    struct exchange exchange;
    int socket;
    int64_t deadline_ms;
};

/* ---- in the worker ---- */

static bool
tell(const struct duty *duty, const struct parcel *parcel)
{
    return parcel_send(duty->socket, parcel);
}

/* A listing with a gap must not pass for a whole one. */
static enum outcome
tell_part(const struct duty *duty, const struct parcel *parcel, struct fault *why)
{
    return tell(duty, parcel)
               ? DONE
               : fail_as(why, FAULT_TEMPORARY, "cannot tell the run: %s", strerror(errno));
}

static enum outcome
list(struct duty *duty, const struct parcel *asked, struct parcel *answer, struct fault *why)
{
    OWNED(arena) arena;
    struct listing listing = {0};
    arena_init(&arena, LISTING_BYTES_MAX);
    TRY(listing_make(&listing, &duty->exchange.remote, duty->exchange.partner,
                     duty->exchange.mailbox, duty->exchange.limits, &arena, why));
    struct parcel one = {.kind = TELL_REMARK, .key = asked->key};
    for (size_t index = 0; index < listing.remark_count; index++) {
        parcel_text(&one, listing.remarks[index]);
        TRY(tell_part(duty, &one, why));
    }
    one.kind = TELL_LEFT;
    for (size_t index = 0; index < listing.left_count && index < LEFT_MAX; index++) {
        one.flag = (int32_t)listing.left[index].kind;
        parcel_text(&one, listing.left[index].name);
        TRY(tell_part(duty, &one, why));
    }
    one.kind = TELL_FILE;
    one.flag = 0;
    for (size_t index = 0; index < listing.count; index++) {
        one.size = listing.files[index].size;
        one.mtime_s = listing.files[index].mtime_s;
        parcel_text(&one, listing.files[index].name);
        TRY(tell_part(duty, &one, why));
    }
    answer->kind = TELL_LISTED;
    answer->size = (int64_t)listing.left_count;
    return DONE;
}

static enum outcome
perform(struct duty *duty, const struct parcel *asked, struct parcel *answer, struct fault *why)
{
    struct exchange *exchange = &duty->exchange;
    switch (asked->kind) {
    case ASK_LIST: return list(duty, asked, answer, why);
    case ASK_CLAIM: return exchange_claim(exchange, asked, answer, why);
    case ASK_GET: return exchange_get(exchange, asked, answer, why);
    case ASK_SETTLE: return exchange_settle(exchange, asked, answer, why);
    case ASK_PUT: return exchange_put(exchange, asked, answer, why);
    case ASK_FINISH: return exchange_finish(exchange, asked, answer, why);
    default: break;
    }
    assert(!"no such request");
    return FAILED;
}

static enum outcome
connect_and_perform(struct duty *duty, const struct parcel *asked, struct parcel *answer,
                    struct fault *why)
{
    struct exchange *exchange = &duty->exchange;
    if (exchange->remote.self == NULL) {
        const enum outcome opened =
            remote_open(&exchange->remote, exchange->mailbox, exchange->home, why);
        if (opened != DONE) {
            answer->kind = TELL_GAVE_UP; /* unless the next attempt helps */
            return opened;
        }
        answer->kind = 0;
    }
    return asked == NULL ? DONE : perform(duty, asked, answer, why);
}

/* Wait, but leave when the run has gone. */
static bool
wait_before_retry(const struct duty *duty, int64_t backoff_ms)
{
    struct pollfd waiting = {.fd = duty->socket, .events = 0};
    return poll(&waiting, 1, (int)backoff_ms) == 0;
}

/* Try until it is done, refused, or the attempts are used up (RETRY). */
static enum outcome
try_often(struct duty *duty, const struct parcel *asked, struct parcel *answer, struct fault *why)
{
    const struct mailbox *mailbox = duty->exchange.mailbox;
    int64_t backoff_ms = mailbox->backoff_ms;
    for (int attempt = 1;; attempt++) {
        const enum outcome outcome = connect_and_perform(duty, asked, answer, why);
        if (outcome != RETRY) {
            return outcome;
        }
        remote_close(&duty->exchange.remote);
        answer->kind = TELL_GAVE_UP;
        if (attempt >= mailbox->attempts || clock_ticks_ms() + backoff_ms > duty->deadline_ms ||
            !wait_before_retry(duty, backoff_ms)) {
            return RETRY;
        }
        fault_clear(why);
        backoff_ms =
            backoff_ms * 2 < mailbox->backoff_max_ms ? backoff_ms * 2 : mailbox->backoff_max_ms;
    }
}

/* One request (NULL: only connect); false: the worker ends. */
static bool
serve(struct duty *duty, const struct parcel *asked)
{
    struct parcel answer = {.kind = TELL_READY};
    if (asked != NULL) {
        answer.key = asked->key;
        answer.rename_is_open = asked->rename_is_open;
    }
    struct fault why = {0};
    const enum outcome outcome = try_often(duty, asked, &answer, &why);
    if (outcome == DONE) {
        answer.kind = asked == NULL ? TELL_READY : answer.kind;
        return tell(duty, &answer);
    }
    const bool gives_up = outcome == RETRY || answer.kind == TELL_GAVE_UP;
    answer.kind = gives_up ? TELL_GAVE_UP : TELL_FAILED;
    answer.flag = (int32_t)why.kind;
    parcel_text(&answer, outcome == NONE ? "it is not there (any more)" : why.text);
    return tell(duty, &answer) && !gives_up;
}

/* Keep nothing of the run but what the work needs. */
static void
close_others(const int *kept, size_t count)
{
    unsigned int from = STDERR_FILENO + 1;
    for (;;) {
        int next = -1;
        for (size_t index = 0; index < count; index++) {
            if (kept[index] >= (int)from && (next < 0 || kept[index] < next)) {
                next = kept[index];
            }
        }
        if (next < 0) {
            (void)close_range(from, ~0U, 0);
            return;
        }
        if ((unsigned int)next > from) {
            (void)close_range(from, (unsigned int)next - 1, 0);
        }
        from = (unsigned int)next + 1;
    }
}

static void
become_worker(pid_t parent)
{
    static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT};
    const struct rlimit no_core = {0, 0};
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) {
        _exit(1);
    }
    /* The run decides when to stop; a terminal's Ctrl-C reaches us too. */
    for (size_t index = 0; index < sizeof ignored / sizeof ignored[0]; index++) {
        signal(ignored[index], SIG_IGN);
    }
    setrlimit(RLIMIT_CORE, &no_core); /* it would hold a key */
}

static void
work(struct duty *duty)
{
    struct parcel asked;
    bool goes_on = serve(duty, NULL);
    while (goes_on && parcel_receive(duty->socket, true, &asked) == PARCEL_HERE) {
        goes_on = serve(duty, &asked);
    }
    exchange_close(&duty->exchange);
}

/* ---- in the run ---- */

enum outcome
worker_start(struct worker *worker, const struct run *run, int spool, const struct partner *partner,
             const struct mailbox *mailbox, struct fault *why)
{
    int sockets[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) != 0) {
        return fail(why, "cannot make a socket pair: %s", strerror(errno));
    }
    const pid_t parent = getpid();
    const pid_t process = fork();
    if (process < 0) {
        close(sockets[0]);
        close(sockets[1]);
        return fail(why, "cannot start a process: %s", strerror(errno));
    }
    if (process == 0) {
        become_worker(parent);
        const int kept[] = {sockets[1], run->home, spool};
        close_others(kept, sizeof kept / sizeof kept[0]);
        struct duty duty = {
            .exchange = {.partner = partner,
                         .mailbox = mailbox,
                         .limits = &run->config->limits,
                         .home = run->home,
                         .spool = spool},
            .socket = sockets[1],
            .deadline_ms = clock_ticks_ms() + mailbox->total_timeout_ms,
        };
        exchange_init(&duty.exchange);
        work(&duty);
        _exit(0);
    }
    close(sockets[1]);
    *worker = (struct worker){.process = process, .socket = sockets[0], .asked = 1};
    return DONE;
}

static bool
has_ended(const struct worker *worker)
{
    const pid_t ended = waitpid(worker->process, NULL, WNOHANG);
    return ended == worker->process || (ended < 0 && errno != EINTR);
}

void
worker_stop(struct worker *worker)
{
    const struct timespec moment = {0, 1000000};
    const int64_t deadline_ms = clock_ticks_ms() + (worker->asked > 0 ? 0 : PATIENCE_MS);
    close(worker->socket);
    while (!has_ended(worker)) {
        if (clock_ticks_ms() >= deadline_ms) {
            kill(worker->process, SIGKILL);
            while (waitpid(worker->process, NULL, 0) < 0 && errno == EINTR) {
            }
            return;
        }
        nanosleep(&moment, NULL);
    }
}
