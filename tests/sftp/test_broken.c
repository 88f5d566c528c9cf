/* Connections that break: cut by RST or FIN, silent, or with a bit turned over, at many places in
 * both directions.  Whatever happens in the first run, after one undisturbed run everything is
 * there, once, and whole. */
#include "proxy.h"
#include "stage.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { FILES = 3, LARGE_SIZE = 300000 };

static int
open_stage(void **state)
{
    struct stage *stage = calloc(1, sizeof *stage);
    stage_open(stage);
    stage_serve(stage, NULL, "");
    stage_partner(stage, "acme");
    *state = stage;
    return 0;
}

static int
close_stage(void **state)
{
    stage_close(*state);
    free(*state);
    return 0;
}

/* What waits to be fetched and to be delivered. */
static void
lay_out(struct stage *stage)
{
    static char text[LARGE_SIZE + 1];
    assert_int_equal(stage_shell(stage,
                                 "rm -rf acme home/outbox home/.purser/spool home/.purser/sent && "
                                 "mkdir -p acme/in acme/out"),
                     0);
    stage_execute(stage, "DELETE FROM arrival; DELETE FROM outbox_file;");
    stage_put_big(stage, "acme/out/large.bin", LARGE_SIZE, 3);
    stage_put(stage, "acme/out/a.xml", "first");
    stage_put(stage, "acme/out/b.xml", "second");
    assert_int_equal(stage_shell(stage, "cp acme/out/large.bin large.kept"), 0);
    memset(text, 'x', LARGE_SIZE);
    stage_outbox(stage, "acme", "one.xml", "answer");
    stage_outbox(stage, "acme", "two.xml", text);
}

static void
assert_no_half_file_is_visible(struct stage *stage)
{
    assert_int_equal(
        stage_shell(stage, "test ! -e acme/in/two.xml || test $(stat -c %%s acme/in/two.xml) = %d",
                    LARGE_SIZE),
        0);
    assert_int_equal(
        stage_shell(stage, "test ! -e acme/in/one.xml || test $(stat -c %%s acme/in/one.xml) = 6"),
        0);
    /* Whatever left the partner is with us. */
    assert_true(stage_count(stage, "acme/out") + stage_count(stage, "home/.purser/spool") >= FILES);
}

static void
assert_all_is_there_once(struct stage *stage)
{
    assert_int_equal(
        stage_number(stage, "SELECT count(*) FROM arrival WHERE state = 'landed' AND remote = "
                            "'settled'"),
        FILES);
    assert_int_equal(stage_number(stage, "SELECT count(*) FROM arrival"), FILES);
    assert_int_equal(
        stage_number(stage, "SELECT count(*) FROM outbox_file WHERE state = 'delivered'"), 2);
    assert_int_equal(
        stage_shell(stage,
                    "test \"$(echo $(ls -A acme/in acme/out))\" = 'acme/in: one.xml two.xml "
                    "acme/out:' && cd home/.purser && test $(ls -A spool | wc -l) = %d && "
                    "cmp -s ../../acme/in/two.xml sent/acme/two.xml && cmp -s "
                    "../../acme/in/one.xml sent/acme/one.xml && test ! -e stray",
                    FILES),
        0);
    assert_int_equal(
        stage_shell(
            stage,
            "for f in home/.purser/spool/*; do cmp -s $f large.kept && exit 0; done; exit 1"),
        0);
}

/* The mailbox is reached through the proxy.  Only silence needs haste; corrupted lengths can make
 * either side wait for more, too. */
static void
go_through(struct stage *stage, const struct proxy *proxy, const struct proxy_plan *plan)
{
    struct mailbox *mailbox = &stage->mailboxes[0];
    const bool can_hang = plan->kind == PROXY_BLACK_HOLE || plan->kind == PROXY_FLIP;
    mailbox->port = proxy->port;
    mailbox->idle_timeout_ms = can_hang ? STAGE_HASTE_MS : STAGE_PATIENCE_MS;
    mailbox->connect_timeout_ms = mailbox->idle_timeout_ms;
}

static void
go_direct(struct stage *stage)
{
    struct mailbox *mailbox = &stage->mailboxes[0];
    mailbox->port = stage->port;
    mailbox->idle_timeout_ms = mailbox->connect_timeout_ms = STAGE_PATIENCE_MS;
}

static void
break_once(struct stage *stage, const struct proxy_plan *plan)
{
    struct proxy proxy;
    lay_out(stage);
    proxy_start(&proxy, plan);
    go_through(stage, &proxy, plan);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(stage_deliver(stage), DONE);
    proxy_stop(&proxy);
    assert_no_half_file_is_visible(stage);
    go_direct(stage);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(stage_deliver(stage), DONE);
    assert_all_is_there_once(stage);
}

static bool
is_full(void)
{
    const char *full = getenv("PURSER_TEST_FULL");
    return full != NULL && full[0] == '1';
}

/* Places over a whole conversation: handshake and login are dense with small messages, data is not.
 */
static void
sweep(struct stage *stage, enum fault_kind_of_proxy kind, bool is_to_server, int connections)
{
    const int64_t step = is_full() ? 211 : kind == PROXY_BLACK_HOLE ? 7001 : 4001;
    const int64_t end = is_full() ? 12000 : 8000;
    for (int64_t offset = 17; offset < end; offset += step) {
        const struct proxy_plan plan = {stage->port, kind, is_to_server, offset, connections, 0,
                                        0,           0};
        break_once(stage, &plan);
    }
    for (int64_t offset = 20000; offset < LARGE_SIZE; offset += is_full() ? 30011 : 300007) {
        const struct proxy_plan plan = {stage->port, kind, is_to_server, offset, connections, 0,
                                        0,           0};
        break_once(stage, &plan);
    }
}

static void
cut_by_reset(void **state)
{
    sweep(*state, PROXY_RESET, false, 1);
    sweep(*state, PROXY_RESET, true, 100);
}

static void
cut_by_finish(void **state)
{
    sweep(*state, PROXY_FINISH, false, 100);
    sweep(*state, PROXY_FINISH, true, 1);
}

static void
gone_silent(void **state)
{
    sweep(*state, PROXY_BLACK_HOLE, false, 1);
    if (is_full()) {
        sweep(*state, PROXY_BLACK_HOLE, true, 1);
    }
}

static void
a_bit_turned_over(void **state)
{
    sweep(*state, PROXY_FLIP, false, 1);
    sweep(*state, PROXY_FLIP, true, 1);
}

/* Each connection dies after 100,000 bytes: a fetch of 300,000 only ends because it goes on where
 * it was.  How much of the 100,000 had been read when the reset came is a matter of luck, so there
 * are more attempts than needed; begun anew each time, no number of them would be enough. */
static void
a_fetch_goes_on_where_it_was(void **state)
{
    struct stage *stage = *state;
    struct proxy proxy;
    const struct proxy_plan plan = {stage->port, PROXY_RESET, false, 100000, 1000, 0, 0, 0};
    stage->mailboxes[0].attempts = 50;
    lay_out(stage);
    proxy_start(&proxy, &plan);
    stage->mailboxes[0].port = proxy.port;
    assert_int_equal(stage_fetch(stage), DONE);
    proxy_stop(&proxy);
    assert_int_equal(stage_number(stage, "SELECT count(*) FROM arrival WHERE state = 'landed'"),
                     FILES);
    assert_int_equal(
        stage_shell(
            stage,
            "for f in home/.purser/spool/*; do cmp -s $f large.kept && exit 0; done; exit 1"),
        0);
}

/* What is asked of the server for a small file is a handful of requests: a connection that would
 * break after so many bytes to the server lasts for all of them. */
static void
small_files_cost_few_requests(void **state)
{
    enum { SMALL_FILES = 30, BYTES_EACH = 2000, BYTES_TO_LOG_IN = 8000 };
    struct stage *stage = *state;
    struct proxy proxy;
    const struct proxy_plan plan = {
        stage->port, PROXY_RESET, true, BYTES_TO_LOG_IN + SMALL_FILES * BYTES_EACH, 1000, 0, 0, 0};
    assert_int_equal(stage_shell(stage,
                                 "cd acme/out && for i in $(seq %d); do echo $i > $i.xml; done",
                                 SMALL_FILES),
                     0);
    stage->mailboxes[0].attempts = 1;
    stage->mailboxes[0].connections = 1;
    proxy_start(&proxy, &plan);
    stage->mailboxes[0].port = proxy.port;
    assert_int_equal(stage_fetch(stage), DONE);
    proxy_stop(&proxy);
    assert_int_equal(stage->run.counts.mailboxes_failed, 0);
    assert_int_equal(stage->run.counts.files_fetched, SMALL_FILES);
    assert_int_equal(stage_count(stage, "acme/out"), 0);
}

static int64_t
now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
a_silent_partner_holds_up_nobody(void **state)
{
    struct stage *stage = *state;
    struct proxy proxy;
    const struct proxy_plan plan = {stage->port, PROXY_BLACK_HOLE, false, 0, 100, 0, 0, 0};
    struct mailbox *silent = stage_partner(stage, "silent");
    lay_out(stage);
    proxy_start(&proxy, &plan);
    silent->port = proxy.port;
    silent->connect_timeout_ms = STAGE_HASTE_MS;
    silent->attempts = 1;
    const int64_t begin_ms = now_ms();
    assert_int_equal(stage_fetch(stage), DONE);
    assert_true(now_ms() - begin_ms < STAGE_PATIENCE_MS);
    proxy_stop(&proxy);
    assert_int_equal(stage->run.counts.files_fetched, FILES);
    assert_int_equal(stage->run.counts.mailboxes_failed, 1);
    assert_non_null(strstr(stage->said, "silent/box: cannot agree on keys: no answer in time"));
}

/* Whatever a worker hangs in, be it the search for an address: it is killed when its time is up. */
static void
a_worker_that_hangs_is_killed(void **state)
{
    struct stage *stage = *state;
    struct proxy proxy;
    const struct proxy_plan plan = {stage->port, PROXY_BLACK_HOLE, false, 0, 100, 0, 0, 0};
    lay_out(stage);
    proxy_start(&proxy, &plan);
    go_direct(stage); /* no other limit is as short */
    stage->mailboxes[0].port = proxy.port;
    stage->mailboxes[0].total_timeout_ms = STAGE_HASTE_MS;
    const int64_t begin_ms = now_ms();
    assert_int_equal(stage_fetch(stage), DONE);
    assert_non_null(strstr(stage->said, "longer than total-timeout allows"));
    assert_int_equal(stage_deliver(stage), DONE);
    assert_non_null(strstr(stage->said, "longer than total-timeout allows"));
    assert_true(now_ms() - begin_ms < STAGE_PATIENCE_MS);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), 0); /* none but the server and the proxy */
    proxy_stop(&proxy);
}

/* ---- signals ---- */

static volatile sig_atomic_t asked_to_stop;

static void
ask_to_stop(int number)
{
    (void)number;
    asked_to_stop = 1;
}

static void
a_signal_ends_the_fetch_cleanly(void **state)
{
    struct stage *stage = *state;
    struct proxy proxy;
    const struct proxy_plan plan = {stage->port, PROXY_NONE, false, 0, 0, 20, 0, 0};
    const struct sigaction action = {.sa_handler = ask_to_stop};
    lay_out(stage);
    assert_int_equal(
        stage_shell(stage, "cd acme/out && for i in $(seq 200); do echo $i > $i.xml; done"), 0);
    proxy_start(&proxy, &plan);
    stage->mailboxes[0].port = proxy.port;
    stage->run.stop_signal = &asked_to_stop;
    sigaction(SIGALRM, &action, NULL);
    asked_to_stop = 0;
    alarm(1);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(asked_to_stop, 1);
    proxy_stop(&proxy);
    const long long fetched = stage_number(stage, "SELECT count(*) FROM arrival");
    assert_true(fetched < 203);
    assert_int_equal(stage_shell(stage, "test -z \"$(ls -A home/.purser/spool | grep part)\""), 0);
    stage->run.stop_signal = NULL;
    stage->mailboxes[0].port = stage->port;
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(stage_number(stage, "SELECT count(*) FROM arrival"), 203);
    assert_int_equal(stage_count(stage, "acme/out"), 0);
}

/* A killed run takes its workers with it, and the next one finishes. */
static void
killed_runs_leave_no_workers(void **state)
{
    struct stage *stage = *state;
    struct proxy proxy;
    const struct proxy_plan plan = {stage->port, PROXY_NONE, false, 0, 0, 3, 0, 0};
    lay_out(stage);
    assert_int_equal(
        stage_shell(stage, "cd acme/out && for i in $(seq 40); do echo $i > $i.xml; done"), 0);
    proxy_start(&proxy, &plan);
    stage->mailboxes[0].port = proxy.port;
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    for (int round = 0; round < (is_full() ? 40 : 4); round++) {
        const struct timespec moment = {0, 60000000L + 17000000L * round % 400000000L};
        const pid_t child = fork();
        if (child == 0) {
            _exit(stage_fetch(stage) == DONE ? 0 : 1);
        }
        nanosleep(&moment, NULL);
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, NULL, 0), child);
        const struct timespec soon = {0, 50000000};
        nanosleep(&soon, NULL);
        int status;
        pid_t orphan;
        while ((orphan = waitpid(-1, &status, WNOHANG)) > 0) {
            assert_true(orphan == proxy.process || WIFSIGNALED(status) || WIFEXITED(status));
        }
    }
    prctl(PR_SET_CHILD_SUBREAPER, 0);
    proxy_stop(&proxy);
    stage->mailboxes[0].port = stage->port;
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(stage_number(stage, "SELECT count(*) FROM arrival WHERE remote = 'settled'"),
                     43);
    assert_int_equal(stage_number(stage, "SELECT count(*) FROM arrival"), 43);
    assert_int_equal(stage_count(stage, "acme/out"), 0);
    assert_int_equal(stage_count(stage, "home/.purser/spool"), 43);
}

#define ON_STAGE(test) cmocka_unit_test_setup_teardown(test, open_stage, close_stage)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STAGE(cut_by_reset),
        ON_STAGE(cut_by_finish),
        ON_STAGE(gone_silent),
        ON_STAGE(a_bit_turned_over),
        ON_STAGE(a_fetch_goes_on_where_it_was),
        ON_STAGE(small_files_cost_few_requests),
        ON_STAGE(a_silent_partner_holds_up_nobody),
        ON_STAGE(a_worker_that_hangs_is_killed),
        ON_STAGE(a_signal_ends_the_fetch_cleanly),
        ON_STAGE(killed_runs_leave_no_workers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
