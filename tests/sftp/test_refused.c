/* Servers that refuse connections, and what may not be done to their folders. */
#include "on_stage.h"
#include "proxy.h"

#include "base/date.h"
#include "courier/remote.h"

#include <arpa/inet.h>
#include <sys/socket.h>

/* ---- refused connections ---- */

/* A port that is taken but not listened at. */
static int
deaf_port(int *holder)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    *holder = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(*holder, (struct sockaddr *)&address, size), 0);
    assert_int_equal(getsockname(*holder, (struct sockaddr *)&address, &size), 0);
    return ntohs(address.sin_port);
}

static void
a_refused_connection_is_tried_again_with_pauses(void **state)
{
    struct stage *stage = *state;
    struct mailbox *mailbox = stage_partner(stage, "acme");
    int holder;
    mailbox->port = deaf_port(&holder);
    mailbox->attempts = 4;
    mailbox->backoff_ms = 200;
    mailbox->backoff_max_ms = 300;
    stage_outbox(stage, "acme", "a.xml", "answer");
    for (int station = 0; station < 2; station++) {
        const int64_t begin_ms = clock_ticks_ms();
        assert_int_equal((station == 0 ? stage_fetch : stage_deliver)(stage), DONE);
        assert_in_range(clock_ticks_ms() - begin_ms, 200 + 300 + 300, STAGE_PATIENCE_MS);
        assert_int_equal(stage->run.counts.mailboxes_failed, 1);
        assert_said(stage, "Connection refused");
    }
    assert_int_equal(stage->run.counts.deliveries_failed, 1);
    assert_int_equal(
        stage_number(stage, "SELECT attempts FROM outbox_file WHERE state = 'written'"), 1);
    close(holder);
}

static void
a_server_that_comes_up_meanwhile_is_reached(void **state)
{
    struct stage *stage = *state;
    struct proxy proxy;
    const struct proxy_plan plan = {.target_port = stage->port, .kind = PROXY_NONE, .late_ms = 300};
    struct mailbox *mailbox = stage_partner(stage, "acme");
    stage_put(stage, "acme/out/order.xml", "text");
    proxy_start(&proxy, &plan);
    mailbox->port = proxy.port;
    mailbox->attempts = 10;
    mailbox->backoff_ms = 100;
    mailbox->backoff_max_ms = 1000;
    assert_int_equal(stage_fetch(stage), DONE);
    assert_string_equal(stage->said, "");
    assert_int_equal(landed(stage), 1);
    proxy_stop(&proxy);
}

/* A server that lets one connection in: the second is tried as often as configured, and no other
 * is begun in its place. */
static void
a_server_that_takes_one_connection_is_not_beset(void **state)
{
    enum { FILES = 120, ATTEMPTS = 2 };
    struct stage *stage = *state;
    struct proxy proxy;
    const struct proxy_plan plan = {.target_port = stage->port,
                                    .kind = PROXY_RESET,
                                    .connections = 1000,
                                    .delay_ms = 2,
                                    .spared = 1};
    struct mailbox *mailbox = stage_partner(stage, "acme");
    assert_int_equal(
        stage_shell(stage, "cd acme/out && for i in $(seq %d); do echo $i > $i.xml; done", FILES),
        0);
    proxy_start(&proxy, &plan);
    mailbox->port = proxy.port;
    mailbox->connections = 4;
    mailbox->attempts = ATTEMPTS;
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(landed(stage), FILES);
    assert_int_equal(stage->run.counts.mailboxes_failed, 0);
    assert_said(stage, "one connection less");
    assert_int_equal(*proxy.connections, 1 + ATTEMPTS);
    proxy_stop(&proxy);
}

/* ---- temporary names ---- */

/* Whoever may write to the folder could plant a link under the temporary name. */
static void
what_lies_under_a_temporary_name_is_replaced_not_written_to(void **state)
{
    struct stage *stage = *state;
    struct mailbox *mailbox = stage_partner(stage, "acme");
    for (int kind = 0; kind < 2; kind++) {
        mailbox->kind = kind == 0 ? MAILBOX_SFTP : MAILBOX_FOLDER;
        for (int hard = 0; hard < 2; hard++) {
            stage_put(stage, "victim", "precious");
            assert_int_equal(
                stage_shell(stage, "ln %s $PWD/victim acme/in/.a.xml.part", hard ? "" : "-s"), 0);
            stage_outbox(stage, "acme", "a.xml", "answer");
            assert_int_equal(stage_deliver(stage), DONE);
            assert_int_equal(stage->run.counts.files_delivered, 1);
            assert_int_equal(stage_shell(stage,
                                         "grep -qx precious victim && test ! -L acme/in/a.xml "
                                         "&& grep -qx answer acme/in/a.xml && "
                                         "rm acme/in/a.xml victim"),
                             0);
            stage_execute(stage, "DELETE FROM outbox_file");
        }
    }
}

/* Between the clearing and the writing, too. */
static void
a_file_that_is_written_is_always_a_new_one(void **state)
{
    struct stage *stage = *state;
    static const char *const names[] = {"taken", "link"};
    struct mailbox *mailbox = stage_partner(stage, "acme");
    stage_put(stage, "acme/in/taken", "precious");
    assert_int_equal(stage_shell(stage, "ln -s nowhere acme/in/link"), 0);
    for (int kind = 0; kind < 2; kind++) {
        struct remote remote = {0};
        mailbox->kind = kind == 0 ? MAILBOX_SFTP : MAILBOX_FOLDER;
        assert_int_equal(remote_open(&remote, mailbox, stage->home, &stage->why), DONE);
        for (size_t index = 0; index < sizeof names / sizeof names[0]; index++) {
            char path[STAGE_PATH_SIZE];
            struct fault why = {0};
            snprintf(path, sizeof path, "%s/acme/in/%s", stage->root, names[index]);
            assert_int_equal(remote_write_open(&remote, path, &why), FAILED);
        }
        remote_close(&remote);
    }
    assert_int_equal(
        stage_shell(stage, "cd acme/in && grep -qx precious taken && test ! -e nowhere"), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STAGE(a_refused_connection_is_tried_again_with_pauses),
        ON_STAGE(a_server_that_comes_up_meanwhile_is_reached),
        ON_STAGE(a_server_that_takes_one_connection_is_not_beset),
        ON_STAGE(what_lies_under_a_temporary_name_is_replaced_not_written_to),
        ON_STAGE(a_file_that_is_written_is_always_a_new_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
