/* The outbox: numbers without gaps, files complete or absent, and the same files whatever was
 * interrupted. */
#include "outbox_fixture.h"

#include <dirent.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

static int
set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    fixture_open(fixture);
    fixture_fill(fixture);
    *state = fixture;
    return 0;
}

static int
tear_down(void **state)
{
    fixture_close(*state);
    free(*state);
    return 0;
}

static void
work(struct fixture *fixture, enum outcome (*station)(struct run *run, struct fault *why))
{
    struct fault why = {0};
    fixture_expect(station(&fixture->run, &why), &why);
}

/* One digest over all names and bytes of the outbox, temporary ones included. */
static void
digest_outbox(const struct fixture *fixture, char hex[DIGEST_HEX_SIZE])
{
    char command[256];
    snprintf(command, sizeof command,
             "cd %s && find outbox -type f | LC_ALL=C sort | xargs -r sha256sum | sha256sum",
             fixture->home);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    assert_int_equal(fread(hex, 1, DIGEST_HEX_SIZE - 1, pipe), DIGEST_HEX_SIZE - 1);
    hex[DIGEST_HEX_SIZE - 1] = '\0';
    pclose(pipe);
}

/* Messages that are in no file. */
static int64_t
count_waiting(const struct fixture *fixture)
{
    return fixture_number(fixture, "SELECT count(*) FROM outbox_message AS m WHERE NOT EXISTS"
                                   " (SELECT 1 FROM outbox_file AS f WHERE f.partner = m.partner"
                                   " AND f.kind = m.kind AND m.number BETWEEN f.first_message"
                                   " AND f.last_message)");
}

static int
count_files(const struct fixture *fixture, const char *partner)
{
    char path[256];
    int count = 0;
    snprintf(path, sizeof path, "%s/outbox/%s", fixture->home, partner);
    DIR *folder = opendir(path);
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        count += entry->d_type == DT_REG;
    }
    closedir(folder);
    return count;
}

static void
every_message_becomes_a_numbered_file(void **state)
{
    static const char *const names[] = {"nordlicht/acknowledgement-nordlicht-000001.xml",
                                        "nordlicht/acknowledgement-nordlicht-000002.xml",
                                        "qinghe/acknowledgement-qinghe-000001.csv",
                                        "qinghe/acknowledgement-qinghe-000002.csv",
                                        "harbour/acknowledgement-harbour-000001.xml",
                                        "nordlicht/order-response-nordlicht-000001.xml",
                                        "qinghe/order-response-qinghe-000001.csv",
                                        "nordlicht/order-status-nordlicht-000001.xml",
                                        "qinghe/order-status-qinghe-000001.csv",
                                        "harbour/release-harbour-000001.xml",
                                        "depot/release-depot-000001.csv",
                                        "nordlicht/shipment-notice-nordlicht-000001.xml",
                                        "qinghe/shipment-notice-qinghe-000001.csv",
                                        "linwei/approval-request-linwei-000001.xml",
                                        "linwei/approval-request-linwei-000001.csv",
                                        "linwei/approval-request-linwei-000001.html"};
    struct fixture *fixture = *state;
    work(fixture, outbox_write);
    for (size_t index = 0; index < sizeof names / sizeof names[0]; index++) {
        char *bytes = fixture_read(fixture, names[index]);
        assert_non_null(bytes);
        free(bytes);
    }
    assert_int_equal(
        fixture_number(fixture, "SELECT count(*) FROM outbox_file WHERE state = 'written'"), 16);
    assert_int_equal(count_waiting(fixture), 0);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM outbox_message"), 18);
    assert_int_equal(count_files(fixture, "nordlicht"), 5);
    assert_int_equal(fixture->run.counts.files_written, 16);
}

static void
size_and_digest_of_the_row_are_those_of_the_file(void **state)
{
    struct fixture *fixture = *state;
    work(fixture, outbox_write);
    char command[512];
    snprintf(command, sizeof command,
             "cd %s && sqlite3 -separator ' ' .purser/purser.db"
             " \"SELECT sha256, ' outbox/' || partner || '/' || name FROM outbox_file\" | sed 's/  "
             " */  /' |"
             " sha256sum --check --quiet",
             fixture->home);
    assert_int_equal(system(command), 0);
}

static void
messages_go_out_in_the_order_in_which_they_came_to_wait(void **state)
{
    struct fixture *fixture = *state;
    work(fixture, outbox_write);
    char *bytes = fixture_read(fixture, "nordlicht/order-response-nordlicht-000001.xml");
    const char *first = strstr(bytes, ">N-1<");
    const char *second = strstr(bytes, "<orderNumber>N-2<");
    const char *third = strstr(bytes, "<orderNumber>N-3<");
    assert_true(first != NULL && first < second && second < third);
    free(bytes);

    bytes = fixture_read(fixture, "nordlicht/acknowledgement-nordlicht-000001.xml");
    assert_non_null(strstr(bytes, "-rf\\x1B &lt;a&gt;.xml"));
    free(bytes);
}

static void
a_second_run_changes_nothing_and_goes_on_counting(void **state)
{
    struct fixture *fixture = *state;
    char before[DIGEST_HEX_SIZE];
    char after[DIGEST_HEX_SIZE];
    work(fixture, outbox_write);
    digest_outbox(fixture, before);
    work(fixture, outbox_recover);
    work(fixture, outbox_write);
    digest_outbox(fixture, after);
    assert_string_equal(before, after);
    fixture_sql(fixture, "INSERT INTO outbox_message (partner, kind, number, event_id) VALUES "
                         "('nordlicht', 'order-status', 2, 4)");
    work(fixture, outbox_write);
    char *bytes = fixture_read(fixture, "nordlicht/order-status-nordlicht-000002.xml");
    assert_non_null(strstr(bytes, "<sequence>2</sequence>"));
    free(bytes);
}

static void
recover_seals_nothing(void **state)
{
    struct fixture *fixture = *state;
    work(fixture, outbox_recover);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM outbox_file"), 0);
    assert_int_equal(count_waiting(fixture), 18);
}

/* By hand: written files go back one step each, in every mixture of steps; recover brings the same
 * files back. */
static void
every_step_can_be_the_last_before_a_crash(void **state)
{
    static const struct {
        const char *sql;     /* what the store knew at the crash */
        const char *command; /* what the folder held, from the home folder */
    } crashes[] = {
        /* Sealed, nothing written yet. */
        {"UPDATE outbox_file SET state = 'sealed', size = NULL, sha256 = NULL", "rm -r outbox"},
        /* Sealed, half a file under the temporary name. */
        {"UPDATE outbox_file SET state = 'sealed', size = NULL, sha256 = NULL",
         "rm outbox/nordlicht/*; echo '<half' > "
         "outbox/nordlicht/.order-status-nordlicht-000001.xml.part"},
        /* Staged, and nothing renamed. */
        {"UPDATE outbox_file SET state = 'staged'",
         "for f in outbox/*/*; do mv $f $(dirname $f)/.$(basename $f).part; done"},
        /* Staged, half of them renamed. */
        {"UPDATE outbox_file SET state = 'staged'",
         "for f in outbox/nordlicht/*; do mv $f $(dirname $f)/.$(basename $f).part; done"},
        /* Staged, all renamed, the last commit lost. */
        {"UPDATE outbox_file SET state = 'staged'", "true"},
    };
    struct fixture *fixture = *state;
    char expected[DIGEST_HEX_SIZE];
    char found[DIGEST_HEX_SIZE];
    work(fixture, outbox_write);
    digest_outbox(fixture, expected);
    for (size_t index = 0; index < sizeof crashes / sizeof crashes[0]; index++) {
        char command[512];
        fixture_sql(fixture, crashes[index].sql);
        snprintf(command, sizeof command, "cd %s && %s", fixture->home, crashes[index].command);
        assert_int_equal(system(command), 0);
        work(fixture, outbox_recover);
        digest_outbox(fixture, found);
        assert_string_equal(expected, found);
        assert_int_equal(
            fixture_number(fixture,
                           "SELECT count(*) FROM outbox_file WHERE state = 'written' AND size > 0"),
            16);
    }
}

static void
what_the_partner_took_is_not_written_again(void **state)
{
    struct fixture *fixture = *state;
    char command[256];
    work(fixture, outbox_write);
    fixture_sql(fixture, "UPDATE outbox_file SET state = 'staged' WHERE kind = 'order-status'");
    snprintf(command, sizeof command, "rm %s/outbox/*/order-status*", fixture->home);
    assert_int_equal(system(command), 0);
    work(fixture, outbox_recover);
    assert_null(fixture_read(fixture, "nordlicht/order-status-nordlicht-000001.xml"));
    assert_int_equal(
        fixture_number(fixture, "SELECT count(*) FROM outbox_file WHERE state <> 'written'"), 0);
}

/* A child is killed at some moment of its work, again and again; then one run finishes. */
static void
killed_at_any_moment_it_converges(void **state)
{
    struct fixture *fixture = *state;
    char expected[DIGEST_HEX_SIZE];
    char found[DIGEST_HEX_SIZE];
    struct fixture quiet;
    fixture_open(&quiet);
    fixture_fill(&quiet);
    work(&quiet, outbox_write);
    digest_outbox(&quiet, expected);
    fixture_close(&quiet);
    store_shut(fixture->run.store);
    for (useconds_t pause_us = 500; pause_us < 20000; pause_us += 1500) {
        const pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            struct fault why = {0};
            fixture_open_store(fixture);
            const bool is_done = outbox_recover(&fixture->run, &why) == DONE &&
                                 outbox_write(&fixture->run, &why) == DONE;
            _exit(is_done ? 0 : 1);
        }
        usleep(pause_us);
        kill(child, SIGKILL);
        int status;
        waitpid(child, &status, 0);
        assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    }
    fixture_open_store(fixture);
    work(fixture, outbox_recover);
    work(fixture, outbox_write);
    digest_outbox(fixture, found);
    assert_string_equal(expected, found);
}

static void
large_groups_become_several_files_without_gaps(void **state)
{
    struct fixture *fixture = *state;
    fixture_sql(fixture,
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20001)"
                "INSERT INTO outbox_message (partner, kind, number, event_id)"
                " SELECT 'qinghe', 'order-status', i + 1, 6 FROM n");
    work(fixture, outbox_write);
    assert_int_equal(
        fixture_number(fixture,
                       "SELECT group_concat(messages, '') FROM (SELECT messages FROM outbox_file"
                       " WHERE partner = 'qinghe' AND kind = 'order-status' ORDER BY sequence)"),
        10000100002);
    assert_int_equal(
        fixture_number(fixture, "SELECT max(sequence) FROM outbox_file WHERE partner = 'qinghe' AND"
                                " kind = 'order-status'"),
        3);
}

/* Large files are written by several threads at once, alone each by one: the bytes are the same. */
static void
threads_write_the_bytes_of_one(void **state)
{
    struct fixture *fixture = *state;
    char together[DIGEST_HEX_SIZE];
    char alone[DIGEST_HEX_SIZE];
    fixture_sql(fixture, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                         " WHERE i < 25000)"
                         "INSERT INTO outbox_message (partner, kind, number, order_id, version)"
                         " SELECT 'harbour', 'release', i + 2, 2, 1 FROM n");
    work(fixture, outbox_write);
    digest_outbox(fixture, together);
    assert_int_equal(fixture_number(fixture, "SELECT max(sequence) FROM outbox_file"), 3);
    for (int sequence = 1; sequence <= 3; sequence++) {
        char sql[256];
        snprintf(sql, sizeof sql,
                 "UPDATE outbox_file SET state = 'sealed', size = NULL, sha256 = NULL"
                 " WHERE partner = 'harbour' AND kind = 'release' AND sequence = %d",
                 sequence);
        fixture_sql(fixture, sql);
        snprintf(sql, sizeof sql, "rm %s/outbox/harbour/release-harbour-%06d.xml", fixture->home,
                 sequence);
        assert_int_equal(system(sql), 0);
        work(fixture, outbox_recover);
    }
    digest_outbox(fixture, alone);
    assert_string_equal(together, alone);
    size_and_digest_of_the_row_are_those_of_the_file(state);
}

/* What one thread cannot write fails the whole, once; the next run finishes it. */
static void
a_fault_of_one_thread_is_the_fault_of_all(void **state)
{
    struct fixture *fixture = *state;
    struct fault why = {0};
    char command[256];
    fixture_sql(fixture, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                         " WHERE i < 25000)"
                         "INSERT INTO outbox_message (partner, kind, number, event_id)"
                         " SELECT 'qinghe', 'order-status', i + 1, 6 FROM n");
    snprintf(command, sizeof command, "mkdir -p %s/outbox/qinghe && mkdir %s/outbox/qinghe/%s",
             fixture->home, fixture->home, ".order-status-qinghe-000002.csv.part");
    assert_int_equal(system(command), 0);
    assert_int_equal(outbox_write(&fixture->run, &why), FAILED);
    assert_non_null(strstr(why.text, "order-status-qinghe-000002"));
    assert_int_equal(
        fixture_number(fixture, "SELECT count(*) FROM outbox_file WHERE state <> 'sealed'"), 0);
    snprintf(command, sizeof command, "rmdir %s/outbox/qinghe/.order-status-qinghe-000002.csv.part",
             fixture->home);
    assert_int_equal(system(command), 0);
    work(fixture, outbox_write);
    assert_int_equal(
        fixture_number(fixture, "SELECT count(*) FROM outbox_file WHERE state <> 'written'"), 0);
}

static void
a_partner_that_left_holds_up_nobody(void **state)
{
    struct fixture *fixture = *state;
    fixture_sql(fixture, "UPDATE outbox_message SET partner = 'gone' WHERE partner = 'depot'");
    work(fixture, outbox_write);
    assert_int_equal(count_waiting(fixture), 1);
    assert_int_equal(
        fixture_number(fixture, "SELECT count(*) FROM outbox_file WHERE state = 'written'"), 15);
    fixture_sql(fixture, "UPDATE outbox_message SET partner = 'depot' WHERE partner = 'gone'");
    work(fixture, outbox_write);
    assert_int_equal(
        fixture_number(fixture, "SELECT count(*) FROM outbox_file WHERE state = 'written'"), 16);
}

static void
a_stop_signal_leaves_the_rest_for_the_next_run(void **state)
{
    struct fixture *fixture = *state;
    volatile sig_atomic_t stop = SIGTERM;
    fixture->run.stop_signal = &stop;
    work(fixture, outbox_write);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM outbox_file"), 0);
    fixture->run.stop_signal = NULL;
    work(fixture, outbox_write);
    assert_int_equal(
        fixture_number(fixture, "SELECT count(*) FROM outbox_file WHERE state = 'written'"), 16);
}

int
main(void)
{
#define WITH_FIXTURE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        WITH_FIXTURE(every_message_becomes_a_numbered_file),
        WITH_FIXTURE(size_and_digest_of_the_row_are_those_of_the_file),
        WITH_FIXTURE(messages_go_out_in_the_order_in_which_they_came_to_wait),
        WITH_FIXTURE(a_second_run_changes_nothing_and_goes_on_counting),
        WITH_FIXTURE(recover_seals_nothing),
        WITH_FIXTURE(every_step_can_be_the_last_before_a_crash),
        WITH_FIXTURE(what_the_partner_took_is_not_written_again),
        WITH_FIXTURE(killed_at_any_moment_it_converges),
        WITH_FIXTURE(large_groups_become_several_files_without_gaps),
        WITH_FIXTURE(threads_write_the_bytes_of_one),
        WITH_FIXTURE(a_fault_of_one_thread_is_the_fault_of_all),
        WITH_FIXTURE(a_partner_that_left_holds_up_nobody),
        WITH_FIXTURE(a_stop_signal_leaves_the_rest_for_the_next_run),
    };
    return cmocka_run_group_tests_name("outbox", tests, NULL, NULL);
}
