#include "proxy.h"

#include <arpa/inet.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static struct sockaddr_in
loopback(int port)
{
    return (struct sockaddr_in){.sin_family = AF_INET,
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                                .sin_port = htons((uint16_t)port)};
}

static void
reset(int descriptor)
{
    const struct linger now = {1, 0};
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

static bool
send_all(int descriptor, const char *bytes, size_t size)
{
    while (size > 0) {
        const ssize_t sent = send(descriptor, bytes, size, MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes += sent;
        size -= (size_t)sent;
    }
    return true;
}

static void
hang(void)
{
    for (;;) {
        pause();
    }
}

/* Strike at this part of the stream if its offset lies there; false: the connection ends. */
static bool
pass(const struct proxy_plan *plan, char *bytes, size_t size, int64_t *passed, const int ends[2],
     int to)
{
    const int64_t at = plan->offset - *passed;
    *passed += (int64_t)size;
    if (at < 0 || at >= (int64_t)size || plan->kind == PROXY_NONE) {
        return send_all(to, bytes, size);
    }
    if (plan->kind == PROXY_FLIP) {
        bytes[at] = (char)(bytes[at] ^ 0x10);
        return send_all(to, bytes, size);
    }
    (void)send_all(to, bytes, (size_t)at);
    if (plan->kind == PROXY_BLACK_HOLE) {
        hang();
    }
    if (plan->kind == PROXY_RESET) {
        reset(ends[0]);
        reset(ends[1]);
    }
    return false;
}

static void
wait_ms(int time_ms)
{
    const struct timespec moment = {time_ms / 1000, time_ms % 1000 * 1000000L};
    nanosleep(&moment, NULL);
}

/* One connection, in a process of its own. */
static void
carry(const struct proxy_plan *plan, int client, bool is_broken)
{
    static char bytes[65536];
    const struct sockaddr_in target = loopback(plan->target_port);
    const int server = socket(AF_INET, SOCK_STREAM, 0);
    const int ends[2] = {client, server}; /* bytes of ends[0] go to the server */
    int64_t passed[2] = {0, 0};
    const int64_t never = -1;
    struct proxy_plan mine = *plan;
    if (connect(server, (const struct sockaddr *)&target, sizeof target) != 0) {
        return;
    }
    if (!is_broken) {
        mine.kind = PROXY_NONE;
    }
    for (;;) {
        struct pollfd waiting[2] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
        poll(waiting, 2, -1);
        for (int from = 0; from < 2; from++) {
            if (waiting[from].revents == 0) {
                continue;
            }
            const ssize_t got = recv(ends[from], bytes, sizeof bytes, 0);
            if (got <= 0) {
                return;
            }
            if (mine.delay_ms > 0) {
                wait_ms(mine.delay_ms);
            }
            struct proxy_plan side = mine;
            if ((from == 0) != mine.is_to_server) {
                side.offset = never;
            }
            if (!pass(&side, bytes, (size_t)got, &passed[from], ends, ends[1 - from])) {
                return;
            }
        }
    }
}

static void
serve(int listener, const struct proxy_plan *plan, int *connections)
{
    signal(SIGCHLD, SIG_IGN);
    wait_ms(plan->late_ms);
    listen(listener, 64);
    for (int number = 0;; number++) {
        const int client = accept(listener, NULL, NULL);
        if (client < 0) {
            _exit(0);
        }
        ++*connections;
        if (fork() == 0) {
            const int from = plan->spared;
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            close(listener);
            carry(plan, client, number >= from && number < from + plan->connections);
            _exit(0);
        }
        close(client);
    }
}

void
proxy_start(struct proxy *proxy, const struct proxy_plan *plan)
{
    struct sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&address, size), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&address, &size), 0);
    proxy->port = ntohs(address.sin_port);
    proxy->connections = mmap(NULL, sizeof *proxy->connections, PROT_READ | PROT_WRITE,
                              MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(proxy->connections != MAP_FAILED);
    if (plan->late_ms == 0) {
        assert_int_equal(listen(listener, 64), 0); /* before anybody comes */
    }
    proxy->process = fork();
    assert_true(proxy->process >= 0);
    if (proxy->process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        serve(listener, plan, proxy->connections);
    }
    close(listener);
}

void
proxy_stop(struct proxy *proxy)
{
    kill(proxy->process, SIGKILL);
    waitpid(proxy->process, NULL, 0);
    munmap(proxy->connections, sizeof *proxy->connections);
}
