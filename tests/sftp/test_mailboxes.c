/* Fetching from a server that behaves: readiness, afterwards, names, numbers. */
#include "on_stage.h"

static void
a_file_is_fetched_and_deleted(void **state)
{
    struct stage *stage = *state;
    stage_partner(stage, "acme");
    stage_put(stage, "acme/out/order.xml", "<order/>");
    stage_put(stage, "acme/out/empty.xml", "");
    assert_int_equal(stage_fetch(stage), DONE);
    assert_string_equal(stage->said, "");
    assert_int_equal(stage->run.counts.files_fetched, 2);
    assert_int_equal(landed(stage), 2);
    assert_int_equal(stage_number(stage, "SELECT count(*) FROM arrival WHERE remote = 'settled'"),
                     2);
    assert_spooled(stage, "order.xml", "<order/>");
    assert_int_equal(stage_count(stage, "acme/out"), 0);
    assert_int_equal(stage_count(stage, "home/.purser/spool"), 2);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(stage->run.counts.files_fetched, 0);
    assert_int_equal(landed(stage), 2);
}

static void
the_same_file_may_come_again(void **state)
{
    struct stage *stage = *state;
    stage_partner(stage, "acme");
    for (int round = 1; round <= 3; round++) {
        stage_put(stage, "acme/out/order.xml", "<order/>");
        assert_int_equal(stage_shell(stage, "touch -d @1700000000 acme/out/order.xml"), 0);
        assert_int_equal(stage_fetch(stage), DONE);
        assert_int_equal(landed(stage), round);
    }
    assert_int_equal(stage_count(stage, "home/.purser/spool"), 3);
}

static void
a_remembered_file_is_fetched_once(void **state)
{
    struct stage *stage = *state;
    stage_partner(stage, "acme")->afterwards = AFTER_REMEMBER;
    stage_put(stage, "acme/out/order.xml", "<order/>");
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(landed(stage), 1);
    assert_true(stage_has(stage, "acme/out/order.xml"));
    stage_put(stage, "acme/out/order.xml", "<order>changed</order>");
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(landed(stage), 2);
}

static void
a_moved_file_keeps_its_name_or_gets_a_number(void **state)
{
    struct stage *stage = *state;
    char done[STAGE_PATH_SIZE];
    struct mailbox *mailbox = stage_partner(stage, "acme");
    snprintf(done, sizeof done, "%s/acme/done", stage->root);
    mailbox->afterwards = AFTER_MOVE;
    mailbox->move_to = done;
    assert_int_equal(stage_shell(stage, "mkdir acme/done"), 0);
    stage_put(stage, "acme/out/order.xml", "one");
    assert_int_equal(stage_fetch(stage), DONE);
    stage_put(stage, "acme/out/order.xml", "another");
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(landed(stage), 2);
    assert_int_equal(stage_count(stage, "acme/out"), 0);
    assert_true(stage_has(stage, "acme/done/order.xml"));
    assert_true(stage_has(stage, "acme/done/order.xml.2"));
}

/* However often the name came before, a free one is found by asking a few times; and it is a name
 * that file systems take, and that is taken by no other file of ours. */
static void
a_name_that_comes_every_day_is_moved_by_a_few_questions(void **state)
{
    static const char umlaut[] = "\303\244";
    struct stage *stage = *state;
    char done[STAGE_PATH_SIZE], spool[STAGE_PATH_SIZE], path[2 * STAGE_PATH_SIZE], name[256];
    struct mailbox *mailbox = stage_partner(stage, "acme");
    snprintf(done, sizeof done, "%s/acme/done", stage->root);
    mailbox->afterwards = AFTER_MOVE;
    mailbox->move_to = done;
    for (size_t at = 0; at < 250; at += 2) {
        memcpy(name + at, umlaut, 2);
    }
    snprintf(name + 250, 6, ".xml");
    assert_int_equal(
        stage_shell(stage,
                    "mkdir acme/done && cd acme/done && touch order.xml order.xml.2 order.xml.3 "
                    "order.xml.4 %s && echo two > ../out/order.xml && echo two > ../out/%s",
                    name, name),
        0);
    for (int round = 0; round < 2; round++) {
        assert_int_equal(stage_fetch(stage), DONE);
        assert_string_equal(stage->said, "");
        assert_int_equal(stage_count(stage, "acme/out"), 0);
        stage_text(stage, "SELECT spool FROM arrival WHERE length(name) < 20 ORDER BY id DESC",
                   spool);
        snprintf(path, sizeof path, "acme/done/order.xml.%s", spool);
        assert_true(stage_has(stage, path));
        stage_put(stage, "acme/out/order.xml", "two"); /* also the same again */
    }
    assert_int_equal(
        stage_shell(stage, "cd acme/done && test $(ls | wc -l) = 8 && ls | iconv -f UTF-8 > names"),
        0);
    /* Nothing is free: said, and the file stays. */
    assert_int_equal(stage_fetch(stage), DONE);
    stage_execute(stage,
                  "UPDATE arrival SET remote = 'present' WHERE id = (SELECT max(id) FROM arrival)");
    stage_text(stage, "SELECT spool FROM arrival ORDER BY id DESC", spool);
    assert_int_equal(stage_shell(stage, "cp -p acme/done/order.xml.%s acme/out/order.xml", spool),
                     0);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(stage->run.counts.mailboxes_failed, 1);
    assert_said(stage, "clear that folder");
    assert_true(stage_has(stage, "acme/out/order.xml"));
}

/* The server says of a missing folder what it says of a missing file; the file is not fetched again
 * and again. */
static void
a_missing_folder_for_done_files_is_told(void **state)
{
    struct stage *stage = *state;
    char done[STAGE_PATH_SIZE];
    struct mailbox *mailbox = stage_partner(stage, "acme");
    snprintf(done, sizeof done, "%s/acme/nowhere", stage->root);
    mailbox->afterwards = AFTER_MOVE;
    mailbox->move_to = done;
    stage_put(stage, "acme/out/order.xml", "one");
    for (int run = 0; run < 2; run++) {
        assert_int_equal(stage_fetch(stage), DONE);
        assert_int_equal(stage->run.counts.mailboxes_failed, 1);
    }
    assert_int_equal(landed(stage), 1);
    assert_true(stage_has(stage, "acme/out/order.xml"));
}

static void
patterns_and_temporary_names_choose(void **state)
{
    static const char *patterns[] = {"*.xml", "*.csv"};
    struct stage *stage = *state;
    struct mailbox *mailbox = stage_partner(stage, "acme");
    mailbox->patterns = patterns;
    mailbox->pattern_count = 2;
    assert_int_equal(stage_shell(stage,
                                 "cd acme/out && touch a.xml b.csv c.txt .hidden.xml d.xml.part "
                                 "e.tmp && mkdir f.xml && ln -s a.xml g.xml"),
                     0);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(landed(stage), 2);
    assert_int_equal(stage_count(stage, "acme/out"), 5);
}

static void
a_marker_makes_a_file_complete(void **state)
{
    struct stage *stage = *state;
    struct mailbox *mailbox = stage_partner(stage, "acme");
    mailbox->readiness = READY_BY_MARKER;
    assert_int_equal(
        stage_shell(stage, "cd acme/out && touch a.xml b.xml b.xml.done lost.xml.done"), 0);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(landed(stage), 1);
    assert_spooled(stage, "b.xml", "");
    assert_true(stage_has(stage, "acme/out/a.xml"));
    assert_false(stage_has(stage, "acme/out/b.xml.done"));
}

static void
a_file_still_written_is_left_alone(void **state)
{
    struct stage *stage = *state;
    struct mailbox *mailbox = stage_partner(stage, "acme");
    mailbox->readiness = READY_WHEN_STABLE;
    mailbox->settle_ms = 400;
    stage_put(stage, "acme/out/steady.xml", "steady");
    stage_put(stage, "acme/out/growing.xml", "");
    assert_int_equal(
        stage_shell(stage, "(for i in 1 2 3 4 5 6 7 8 9 10; do echo more >> acme/out/growing.xml; "
                           "sleep 0.1; done) &"),
        0);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(landed(stage), 1);
    assert_spooled(stage, "steady.xml", "steady");
    assert_true(stage_has(stage, "acme/out/growing.xml"));
    sleep(1);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(landed(stage), 2);
}

static void
hostile_names_are_fetched_under_names_of_ours(void **state)
{
    struct stage *stage = *state;
    stage_partner(stage, "acme");
    assert_int_equal(
        stage_shell(stage, "cd acme/out && for n in '-rf' \"$(printf 'nl\\nname')\" \"$(printf "
                           "'esc\\033[31m')\" \"$(printf 'bad\\377utf')\" ' ' '$(id)' \"$(printf "
                           "'%%0255d' 7)\" '*?[a]' 'a;b|c&d'; do echo x > \"./$n\"; done"),
        0);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(landed(stage), 9);
    assert_int_equal(stage_count(stage, "acme/out"), 0);
    assert_int_equal(
        stage_shell(stage, "test -z \"$(ls home/.purser/spool | grep -v '^acme-[0-9a-f]*$')\""), 0);
}

static void
a_newer_version_survives_our_deleting(void **state)
{
    struct stage *stage = *state;
    stage_partner(stage, "acme");
    stage_put(stage, "acme/out/order.xml", "old");
    assert_int_equal(stage_fetch(stage), DONE);
    /* As if the run had been killed after its commit, and the partner had sent a new version since.
     */
    stage_execute(stage, "UPDATE arrival SET remote = 'present'");
    stage_put(stage, "acme/out/order.xml", "newer version");
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(landed(stage), 2);
    assert_int_equal(stage_number(stage, "SELECT count(*) FROM arrival WHERE remote = 'settled'"),
                     2);
    assert_int_equal(stage_count(stage, "acme/out"), 0);
}

static void
a_committed_file_is_not_fetched_again(void **state)
{
    struct stage *stage = *state;
    stage_partner(stage, "acme");
    stage_put(stage, "acme/out/order.xml", "text");
    assert_int_equal(stage_shell(stage, "cp -p acme/out/order.xml kept"), 0);
    assert_int_equal(stage_fetch(stage), DONE);
    stage_execute(stage, "UPDATE arrival SET remote = 'present'");
    assert_int_equal(stage_shell(stage, "cp -p kept acme/out/order.xml"), 0);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(landed(stage), 1);
    assert_int_equal(stage_count(stage, "acme/out"), 0);
}

static void
left_overs_of_a_killed_run_are_cleared(void **state)
{
    struct stage *stage = *state;
    stage_partner(stage, "acme");
    assert_int_equal(stage_shell(stage, "mkdir home/.purser/spool && cd home/.purser/spool && "
                                        "touch .half.part stranger"),
                     0);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_said(stage, "stranger");
    assert_false(stage_has(stage, "home/.purser/spool/.half.part"));
    assert_true(stage_has(stage, "home/.purser/stray/stranger"));
}

/* ---- many, and large ---- */

static void
many_small_files_over_several_connections(void **state)
{
    struct stage *stage = *state;
    stage_partner(stage, "acme")->connections = 4;
    assert_int_equal(stage_shell(stage, "cd acme/out && i=0; while [ $i -lt 1000 ]; do "
                                        "echo $i > f$i.xml; i=$((i+1)); done"),
                     0);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_string_equal(stage->said, "");
    assert_int_equal(landed(stage), 1000);
    assert_int_equal(stage_number(stage, "SELECT count(DISTINCT sha256) FROM arrival"), 1000);
    assert_int_equal(stage_count(stage, "acme/out"), 0);
    assert_int_equal(stage_count(stage, "home/.purser/spool"), 1000);
}

static void
a_large_file_with_rekeying(void **state)
{
    struct stage *stage = *state;
    char spool[STAGE_PATH_SIZE], path[2 * STAGE_PATH_SIZE];
    stage_serve(stage, NULL, "RekeyLimit 1M");
    stage_partner(stage, "acme")->afterwards = AFTER_REMEMBER;
    stage_put_big(stage, "acme/out/large.bin", 30000000, 7);
    assert_int_equal(stage_fetch(stage), DONE);
    stage_text(stage, "SELECT spool FROM arrival", spool);
    snprintf(path, sizeof path, "home/.purser/spool/%s", spool);
    assert_true(stage_same(stage, "acme/out/large.bin", path));
}

static void
a_large_listing_within_its_limits(void **state)
{
    struct stage *stage = *state;
    static const char *patterns[] = {"wanted*"};
    struct mailbox *mailbox = stage_partner(stage, "acme");
    mailbox->patterns = patterns;
    mailbox->pattern_count = 1;
    assert_int_equal(
        stage_shell(stage, "cd acme/out && seq 20000 | xargs touch && touch wanted.xml"), 0);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(landed(stage), 1);
    stage->config.limits.listing_max = 1000;
    assert_int_equal(stage_fetch(stage), DONE);
    assert_said(stage, "cut off");
}

static void
assert_beginning(struct stage *stage, const char *name, const char *text)
{
    char sql[STAGE_PATH_SIZE], spool[STAGE_PATH_SIZE], path[2 * STAGE_PATH_SIZE];
    snprintf(sql, sizeof sql,
             "SELECT spool FROM arrival WHERE name = CAST('%s' AS BLOB) ORDER BY id DESC", name);
    stage_text(stage, sql, spool);
    snprintf(path, sizeof path, "home/.purser/spool/%s", spool);
    size_t size;
    char *bytes = stage_read(stage, path, &size);
    assert_string_equal(bytes, text);
    free(bytes);
}

/* Enough of it is taken to be refused; the rest is the partner's, and said once. */
static void
of_a_file_over_the_limit_the_beginning_is_taken(void **state)
{
    struct stage *stage = *state;
    static const enum afterwards ways[] = {AFTER_DELETE, AFTER_MOVE, AFTER_REMEMBER};
    struct mailbox *mailbox = stage_partner(stage, "acme");
    char done[STAGE_PATH_SIZE];
    snprintf(done, sizeof done, "%s/acme/in", stage->root);
    mailbox->move_to = done;
    for (size_t index = 0; index < sizeof ways / sizeof ways[0]; index++) {
        mailbox->afterwards = ways[index];
        stage->config.limits.file_bytes_max = 10;
        assert_int_equal(
            stage_shell(stage,
                        "rm -f acme/out/*; printf 0123456789abcdef > acme/out/%zu.big; "
                        "printf 0123456789 > acme/out/%zu.fits",
                        index, index),
            0);
        char big[32];
        snprintf(big, sizeof big, "%zu.big", index);
        assert_int_equal(stage_fetch(stage), DONE);
        assert_int_equal(stage->run.counts.files_fetched, 2);
        assert_int_equal(stage->run.counts.mailboxes_failed, 0);
        assert_said(stage,
                    "has 16 bytes, more than the limit file-size: its first 11 bytes are kept");
        assert_beginning(stage, big, "0123456789a");
        assert_int_equal(stage_shell(stage, "test $(stat -c %%s acme/out/%s) = 16", big), 0);
        assert_int_equal(stage_fetch(stage), DONE);
        assert_int_equal(stage->run.counts.files_fetched, 0);
        assert_null(strstr(stage->said, "more than the limit"));
    }
    stage_put(stage, "acme/out/2.big", "another of that name");
    assert_int_equal(stage_fetch(stage), DONE);
    assert_beginning(stage, "2.big", "another of ");
    stage->config.limits.file_bytes_max = 20;
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(stage->run.counts.files_fetched, 0); /* this mailbox remembers all it gave */
    mailbox->afterwards = AFTER_DELETE;
    assert_int_equal(stage_fetch(stage), DONE);
    assert_beginning(stage, "2.big", "another of that name");
    assert_int_equal(stage_count(stage, "acme/out"), 0);
    assert_int_equal(stage_count(stage, "home/.purser/spool"), 8 + 1);
}

static void
a_local_file_over_the_limit_is_taken_as_it_is(void **state)
{
    struct stage *stage = *state;
    struct mailbox *mailbox = stage_partner(stage, "acme");
    mailbox->kind = MAILBOX_FOLDER;
    stage->config.limits.file_bytes_max = 10;
    stage_put(stage, "acme/out/a.big", "more than ten bytes");
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(stage->run.counts.files_fetched, 1);
    assert_beginning(stage, "a.big", "more than ten bytes");
    assert_false(stage_has(stage, "acme/out/a.big"));
}

/* ---- partners in trouble ---- */

static void
an_unreachable_partner_holds_up_nobody(void **state)
{
    struct stage *stage = *state;
    struct mailbox *gone = stage_partner(stage, "gone");
    stage_partner(stage, "acme");
    gone->port = 1;
    stage_put(stage, "acme/out/order.xml", "text");
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(landed(stage), 1);
    assert_int_equal(stage->run.counts.mailboxes_failed, 1);
    assert_said(stage, "gone/box: cannot connect to 127.0.0.1:1");
}

static void
a_missing_folder_is_explained(void **state)
{
    struct stage *stage = *state;
    stage_partner(stage, "acme")->fetch_path = "/nowhere/at/all";
    assert_int_equal(stage_fetch(stage), DONE);
    assert_said(stage, "has no folder /nowhere/at/all");
}

static void
a_read_only_server_is_told_and_nothing_comes_twice(void **state)
{
    struct stage *stage = *state;
    stage_serve(stage, "internal-sftp -R", "");
    stage_partner(stage, "acme");
    stage_put(stage, "acme/out/order.xml", "text");
    for (int round = 0; round < 2; round++) {
        assert_int_equal(stage_fetch(stage), DONE);
        assert_said(stage, "cannot remove");
        assert_int_equal(landed(stage), 1);
    }
    stage_outbox(stage, "acme", "a.xml", "answer");
    assert_int_equal(stage_deliver(stage), DONE);
    assert_said(stage, "was not delivered");
    assert_int_equal(stage_number(stage,
                                  "SELECT count(*) FROM outbox_file WHERE state = 'written' AND "
                                  "attempts = 1 AND trouble <> ''"),
                     1);
}

static void
the_test_of_a_mailbox_says_what_is_wrong(void **state)
{
    struct stage *stage = *state;
    char sentence[700];
    struct mailbox *mailbox = stage_partner(stage, "acme");
    struct fault why = {0};
    stage_put(stage, "acme/out/order.xml", "text");
    assert_int_equal(courier_test(&stage->config, &stage->partners[0], mailbox, stage->home,
                                  sentence, sizeof sentence, &why),
                     DONE);
    assert_string_equal(sentence, "acme/box answers; files waiting to be fetched: 1");
    mailbox->deliver_path = "/nowhere/at/all";
    assert_int_not_equal(courier_test(&stage->config, &stage->partners[0], mailbox, stage->home,
                                      sentence, sizeof sentence, &why),
                         DONE);
    assert_non_null(strstr(sentence, "/nowhere/at/all"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STAGE(a_file_is_fetched_and_deleted),
        ON_STAGE(the_same_file_may_come_again),
        ON_STAGE(a_remembered_file_is_fetched_once),
        ON_STAGE(a_moved_file_keeps_its_name_or_gets_a_number),
        ON_STAGE(a_name_that_comes_every_day_is_moved_by_a_few_questions),
        ON_STAGE(a_missing_folder_for_done_files_is_told),
        ON_STAGE(patterns_and_temporary_names_choose),
        ON_STAGE(a_marker_makes_a_file_complete),
        ON_STAGE(a_file_still_written_is_left_alone),
        ON_STAGE(hostile_names_are_fetched_under_names_of_ours),
        ON_STAGE(a_newer_version_survives_our_deleting),
        ON_STAGE(a_committed_file_is_not_fetched_again),
        ON_STAGE(left_overs_of_a_killed_run_are_cleared),
        ON_STAGE(many_small_files_over_several_connections),
        ON_STAGE(a_large_file_with_rekeying),
        ON_STAGE(a_large_listing_within_its_limits),
        ON_STAGE(of_a_file_over_the_limit_the_beginning_is_taken),
        ON_STAGE(a_local_file_over_the_limit_is_taken_as_it_is),
        ON_STAGE(an_unreachable_partner_holds_up_nobody),
        ON_STAGE(a_missing_folder_is_explained),
        ON_STAGE(a_read_only_server_is_told_and_nothing_comes_twice),
        ON_STAGE(the_test_of_a_mailbox_says_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
