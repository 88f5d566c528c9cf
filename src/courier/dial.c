#include "courier/dial.h"

#include "base/date.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CALLS_MAX = 16, HEAD_START_MS = 250 };

/* Connections under way, in the order of their addresses. */
struct calls {
    struct pollfd lines[CALLS_MAX];
    nfds_t count;
    const struct addrinfo *next;
    int64_t next_ms; /* when it is called, if the others are still silent */
    int problem;     /* errno of the last that failed */
};

static void
hang_up(struct calls *calls, nfds_t index)
{
    close(calls->lines[index].fd);
    for (calls->count--; index < calls->count; index++) {
        calls->lines[index] = calls->lines[index + 1];
    }
}

static void
hang_up_all(struct calls *calls)
{
    while (calls->count > 0) {
        hang_up(calls, 0);
    }
}

static void
call_next(struct calls *calls)
{
    const int yes = 1;
    const struct addrinfo *address = calls->next;
    calls->next = address->ai_next;
    const int descriptor =
        socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0) {
        calls->problem = errno;
        return;
    }
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (connect(descriptor, address->ai_addr, address->ai_addrlen) != 0 && errno != EINPROGRESS) {
        calls->problem = errno;
        close(descriptor);
        return;
    }
    calls->lines[calls->count++] = (struct pollfd){.fd = descriptor, .events = POLLOUT};
    calls->next_ms = clock_ticks_ms() + HEAD_START_MS;
}

static void
call_those_due(struct calls *calls)
{
    while (calls->next != NULL && calls->count < CALLS_MAX &&
           (calls->count == 0 || clock_ticks_ms() >= calls->next_ms)) {
        call_next(calls);
    }
}

/* The first that is connected, or -1; those that have failed are hung up. */
static int
take_answer(struct calls *calls)
{
    for (nfds_t index = 0; index < calls->count;) {
        const int descriptor = calls->lines[index].fd;
        int problem = 0;
        socklen_t size = sizeof problem;
        if (calls->lines[index].revents == 0) {
            index++;
            continue;
        }
        if (getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &problem, &size) == 0 && problem == 0) {
            calls->lines[index] = calls->lines[--calls->count];
            return descriptor;
        }
        calls->problem = problem;
        hang_up(calls, index);
    }
    return -1;
}

static int
wait_ms(const struct calls *calls, int64_t deadline_ms)
{
    const bool waits_for_next = calls->next != NULL && calls->count < CALLS_MAX;
    const int64_t until_ms =
        waits_for_next && calls->next_ms < deadline_ms ? calls->next_ms : deadline_ms;
    const int64_t left_ms = until_ms - clock_ticks_ms();
    return left_ms < 0 ? 0 : (int)left_ms;
}

int
dial(const struct addrinfo *addresses, int64_t timeout_ms)
{
    const int64_t deadline_ms = clock_ticks_ms() + timeout_ms;
    struct calls calls = {.next = addresses};
    int answered = -1;
    while (answered < 0) {
        call_those_due(&calls);
        if (calls.count == 0) {
            break; /* all have failed */
        }
        if (clock_ticks_ms() >= deadline_ms) {
            calls.problem = ETIMEDOUT;
            break;
        }
        if (poll(calls.lines, calls.count, wait_ms(&calls, deadline_ms)) > 0) {
            answered = take_answer(&calls);
        }
    }
    hang_up_all(&calls);
    errno = calls.problem;
    return answered;
}
