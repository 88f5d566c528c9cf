/* Delivering to a server that behaves, and local folders. */
#include "on_stage.h"

/* ---- delivering ---- */

static void
assert_delivered(struct stage *stage)
{
    assert_string_equal(stage->said, "");
    assert_int_equal(stage->run.counts.files_delivered, 2);
    assert_int_equal(
        stage_number(stage, "SELECT count(*) FROM outbox_file WHERE state = 'delivered'"), 2);
    assert_true(stage_same(stage, "acme/in/a.xml", "home/.purser/sent/acme/a.xml"));
    assert_int_equal(stage_count(stage, "home/outbox/acme"), 0);
    assert_int_equal(stage_shell(stage, "test $(ls -A acme/in | wc -l) = 2"), 0);
}

static void
files_are_delivered_in_whole(void **state)
{
    static const char *const subsystems[] = {"internal-sftp", "internal-sftp -P posix-rename",
                                             "internal-sftp -P posix-rename,fsync"};
    struct stage *stage = *state;
    stage_partner(stage, "acme");
    for (size_t index = 0; index < 3; index++) {
        stage_serve(stage, subsystems[index], "");
        stage_outbox(stage, "acme", "a.xml", "answer");
        stage_outbox(stage, "acme", "b.xml", "");
        assert_int_equal(stage_deliver(stage), DONE);
        assert_delivered(stage);
        assert_int_equal(stage_deliver(stage), DONE);
        assert_int_equal(stage->run.counts.files_delivered, 0);
        stage_execute(stage, "DELETE FROM outbox_file");
        assert_int_equal(stage_shell(stage, "rm acme/in/*"), 0);
    }
}

static void
a_taken_name_is_never_overwritten(void **state)
{
    struct stage *stage = *state;
    stage_partner(stage, "acme");
    for (int has_posix = 0; has_posix < 2; has_posix++) {
        stage_serve(stage, has_posix ? NULL : "internal-sftp -P posix-rename", "");
        stage_put(stage, "acme/in/a.xml", "theirs!");
        stage_outbox(stage, "acme", "a.xml", "answer!");
        assert_int_equal(stage_deliver(stage), DONE);
        assert_said(stage, "with other content");
        assert_int_equal(stage_shell(stage, "grep -q theirs acme/in/a.xml"), 0);
        assert_int_equal(stage_shell(stage, "rm acme/in/a.xml"), 0);
        assert_int_equal(stage_deliver(stage), DONE);
        assert_int_equal(
            stage_shell(stage, "grep -q answer acme/in/a.xml && test $(ls -A acme/in | wc -l) = 1"),
            0);
        stage_execute(stage, "DELETE FROM outbox_file");
    }
}

/* The states that a lost answer or a crash can leave.  `renaming`: a rename may have been sent;
 * `uploaded`: none was. */
static void
a_lost_answer_to_a_rename(void **state)
{
    struct stage *stage = *state;
    static const struct {
        const char *state;
        const char *left_by; /* at the partner's */
        const char *after;   /* must hold */
        const char *says;
    } cases[] = {
        {"renaming", "echo -n answer > .a.xml.part", "test -f a.xml", ""},
        {"renaming", "echo -n answer > a.xml", "test -f a.xml", ""},
        {"renaming", "true", "test ! -e a.xml", ""}, /* renamed, and the partner took it */
        {"renaming", "echo -n answer > a.xml; ln a.xml .a.xml.part", "test -f a.xml", ""},
        /* the server lost bytes: again from the start */
        {"renaming", "echo -n ans > .a.xml.part", "test -f a.xml", ""},
        /* renamed, taken, and something else put there */
        {"renaming", "echo -n answeranswer > a.xml", "test -s a.xml", "a file of 12 bytes now"},
        {"uploaded", "echo -n answer > .a.xml.part", "test -f a.xml", ""},
        {"uploaded", "true", "test -f a.xml", ""}, /* somebody cleared temporary names away */
        {"uploaded", "echo -n answer > a.xml; touch -d @1 a.xml", "test $(stat -c %Y a.xml) = 1",
         ""}, /* somebody renamed it by hand */
        {"written", "echo -n ans > .a.xml.part", "test -f a.xml", ""},
    };
    stage_partner(stage, "acme");
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        char sql[100];
        stage_outbox(stage, "acme", "a.xml", "answer");
        snprintf(sql, sizeof sql, "UPDATE outbox_file SET state = '%s'", cases[index].state);
        stage_execute(stage, sql);
        assert_int_equal(stage_shell(stage, "cd acme/in && %s", cases[index].left_by), 0);
        assert_int_equal(stage_deliver(stage), DONE);
        assert_int_equal(stage->run.counts.files_delivered, 1);
        assert_said(stage, cases[index].says);
        assert_int_equal(stage_shell(stage,
                                     "cd acme/in && %s && test ! -e .a.xml.part && "
                                     "test -z \"$(cat a.xml 2>/dev/null | sed s/answer//g)\"",
                                     cases[index].after),
                         0);
        assert_int_equal(stage_shell(stage, "rm -f acme/in/a.xml"), 0);
        stage_execute(stage, "DELETE FROM outbox_file");
    }
}

/* An upload that was whole, and no rename of it: when its temporary name is gone in the next run,
 * nobody has the file. */
static void
a_temporary_name_that_was_cleared_away_is_no_delivery(void **state)
{
    struct stage *stage = *state;
    stage_partner(stage, "acme");
    stage_serve(stage, "internal-sftp -P rename,posix-rename", "");
    stage_outbox(stage, "acme", "a.xml", "answer");
    assert_int_equal(stage_deliver(stage), DONE);
    assert_said(stage, "permission denied");
    assert_int_equal(
        stage_number(stage, "SELECT count(*) FROM outbox_file WHERE state = 'uploaded'"), 1);
    assert_int_equal(stage_shell(stage, "cd acme/in && test -f .a.xml.part && rm .a.xml.part"), 0);
    stage_serve(stage, NULL, "");
    assert_int_equal(stage_deliver(stage), DONE);
    assert_string_equal(stage->said, "");
    assert_true(stage_has(stage, "acme/in/a.xml"));
}

/* A rename whose answer never came, in a run and in the next one. */
static void
a_rename_that_may_have_been_sent_is_remembered(void **state)
{
    struct stage *stage = *state;
    struct mailbox *mailbox = stage_partner(stage, "acme");
    stage_outbox(stage, "acme", "a.xml", "answer");
    stage_execute(stage, "UPDATE outbox_file SET state = 'renaming'");
    mailbox->port = 1; /* no connection at all: still not known */
    assert_int_equal(stage_deliver(stage), DONE);
    assert_int_equal(stage->run.counts.deliveries_failed, 1);
    assert_int_equal(
        stage_number(stage, "SELECT count(*) FROM outbox_file WHERE state = 'renaming'"), 1);
    mailbox->port = stage->port;
    assert_int_equal(stage_deliver(stage), DONE);
    assert_int_equal(stage->run.counts.files_delivered, 1);
    assert_int_equal(stage_count(stage, "acme/in"), 0); /* the partner had taken it */
}

/* A partner that takes away whatever appears, finished or not. */
static void
an_upload_that_vanishes_each_time_is_given_up(void **state)
{
    struct stage *stage = *state;
    stage_partner(stage, "acme");
    stage_outbox(stage, "acme", "a.xml", "answer");
    assert_int_equal(stage_shell(stage,
                                 "touch goes-on; (while test -e goes-on; do rm -f acme/in/.*.part; "
                                 "done) > /dev/null 2>&1 &"),
                     0);
    assert_int_equal(stage_deliver(stage), DONE);
    assert_int_equal(stage_shell(stage, "rm goes-on"), 0);
    assert_int_equal(stage->run.counts.files_delivered + stage->run.counts.deliveries_failed, 1);
    const long long delivered =
        stage_number(stage, "SELECT count(*) FROM outbox_file WHERE state = 'delivered'");
    assert_int_equal(delivered, stage_count(stage, "acme/in"));
}

static void
a_damaged_or_missing_outbox_file(void **state)
{
    struct stage *stage = *state;
    stage_partner(stage, "acme");
    stage_outbox(stage, "acme", "a.xml", "answer");
    stage_put(stage, "home/outbox/acme/a.xml", "ANSWER");
    stage_outbox(stage, "acme", "b.xml", "other");
    assert_int_equal(stage_deliver(stage), DONE);
    assert_said(stage, "is not as it was written");
    assert_int_equal(stage_shell(stage, "test \"$(ls -A acme/in)\" = b.xml"), 0);
    assert_int_equal(stage_shell(stage, "rm home/outbox/acme/a.xml"), 0);
    assert_int_equal(stage_deliver(stage), DONE);
    assert_said(stage, "taken by hand");
    assert_int_equal(
        stage_number(stage, "SELECT count(*) FROM outbox_file WHERE state = 'delivered'"), 2);
}

static void
a_delivered_file_is_put_away_after_a_crash(void **state)
{
    struct stage *stage = *state;
    stage_partner(stage, "acme");
    stage_outbox(stage, "acme", "a.xml", "answer");
    stage_execute(stage, "UPDATE outbox_file SET state = 'delivered'");
    stage_put(stage, "home/outbox/acme/stranger", "not ours");
    assert_int_equal(stage_deliver(stage), DONE);
    assert_true(stage_has(stage, "home/.purser/sent/acme/a.xml"));
    assert_true(stage_has(stage, "home/outbox/acme/stranger"));
    assert_int_equal(stage_count(stage, "acme/in"), 0);
}

/* ---- local folders ---- */

static struct mailbox *
folder_partner(struct stage *stage, const char *id)
{
    struct mailbox *mailbox = stage_partner(stage, id);
    mailbox->kind = MAILBOX_FOLDER;
    mailbox->host = "";
    return mailbox;
}

static void
a_local_folder_is_a_mailbox(void **state)
{
    struct stage *stage = *state;
    folder_partner(stage, "acme");
    assert_int_equal(stage_shell(stage, "cd acme/out && echo -n x > a.xml && touch .hidden"), 0);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_string_equal(stage->said, "");
    assert_int_equal(landed(stage), 1);
    assert_spooled(stage, "a.xml", "x");
    assert_false(stage_has(stage, "acme/out/a.xml"));
    assert_int_equal(stage_number(stage, "SELECT count(*) FROM arrival WHERE remote = 'settled'"),
                     1);
    stage_outbox(stage, "acme", "a.xml", "answer");
    stage_outbox(stage, "acme", "b.xml", "");
    assert_int_equal(stage_deliver(stage), DONE);
    assert_delivered(stage);
}

static void
a_missing_folder_below_home_is_made(void **state)
{
    struct stage *stage = *state;
    folder_partner(stage, "acme")->fetch_path = "inbox/acme";
    assert_int_equal(stage_fetch(stage), DONE);
    assert_string_equal(stage->said, "");
    assert_true(stage_has(stage, "home/inbox/acme"));
}

static void
folders_remember_move_and_mark(void **state)
{
    struct stage *stage = *state;
    char done[STAGE_PATH_SIZE];
    struct mailbox *mailbox = folder_partner(stage, "acme");
    mailbox->afterwards = AFTER_REMEMBER;
    stage_put(stage, "acme/out/a.xml", "one");
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(landed(stage), 1);
    assert_true(stage_has(stage, "acme/out/a.xml"));
    snprintf(done, sizeof done, "%s/acme/done", stage->root);
    mailbox->afterwards = AFTER_MOVE;
    mailbox->move_to = done;
    assert_int_equal(stage_shell(stage, "mkdir acme/done && rm acme/out/a.xml"), 0);
    stage_put(stage, "acme/out/b.xml", "two");
    assert_int_equal(stage_fetch(stage), DONE);
    assert_true(stage_has(stage, "acme/done/b.xml"));
    mailbox->afterwards = AFTER_DELETE;
    mailbox->readiness = READY_BY_MARKER;
    assert_int_equal(stage_shell(stage, "cd acme/out && touch c.xml d.xml d.xml.done"), 0);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(landed(stage), 3);
    assert_int_equal(stage_shell(stage, "test \"$(ls acme/out)\" = c.xml"), 0);
}

/* A claim that a killed run left: before its rename, after it, and with the partner's file changed.
 */
static void
claims_are_finished_after_a_crash(void **state)
{
    struct stage *stage = *state;
    folder_partner(stage, "acme")->readiness = READY_BY_MARKER;
    stage_put(stage, "acme/out/before.xml", "before");
    stage_put(stage, "acme/out/changed.xml", "changed now");
    assert_int_equal(
        stage_shell(stage, "mkdir -p home/.purser/spool; touch -d @1700000000 acme/out/*.xml; "
                           "echo -n after > home/.purser/spool/acme-2"),
        0);
    stage_execute(
        stage,
        "INSERT INTO arrival (partner, mailbox, name, remote_size, remote_mtime_s, spool, state, "
        "remote, "
        "arrived_ms) VALUES ('acme', 'box', CAST('before.xml' AS BLOB), 6, 1700000000, 'acme-1', "
        "'claiming', 'present', 0), ('acme', 'box', CAST('after.xml' AS BLOB), 5, 1700000000, "
        "'acme-2', "
        "'claiming', 'present', 0), ('acme', 'box', CAST('changed.xml' AS BLOB), 5, 1700000000, "
        "'acme-3', 'claiming', 'present', 0), ('other', 'box', CAST('x' AS BLOB), 5, 1700000000, "
        "'other-4', 'claiming', 'present', 0)");
    assert_int_equal(stage_fetch(stage), DONE);
    assert_said(stage, "changed.xml changed");
    assert_int_equal(landed(stage), 2);
    assert_int_equal(stage_number(stage, "SELECT count(*) FROM arrival"), 2);
    assert_spooled(stage, "before.xml", "before");
    assert_spooled(stage, "after.xml", "after");
    assert_int_equal(stage_shell(stage, "test \"$(ls acme/out)\" = changed.xml"), 0);
}

static void
another_file_system_is_copied(void **state)
{
    struct stage *stage = *state;
    struct mailbox *mailbox = folder_partner(stage, "acme");
    char folder[] = "/dev/shm/purser-sftp-XXXXXX", command[128];
    if (mkdtemp(folder) == NULL) {
        skip();
    }
    mailbox->fetch_path = folder;
    snprintf(command, sizeof command, "echo -n x > %s/a.xml", folder);
    assert_int_equal(system(command), 0);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_string_equal(stage->said, "");
    assert_int_equal(landed(stage), 1);
    assert_spooled(stage, "a.xml", "x");
    assert_int_equal(stage_number(stage, "SELECT count(*) FROM arrival WHERE remote = 'settled'"),
                     1);
    assert_int_equal(rmdir(folder), 0); /* it is empty */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STAGE(files_are_delivered_in_whole),
        ON_STAGE(a_taken_name_is_never_overwritten),
        ON_STAGE(a_lost_answer_to_a_rename),
        ON_STAGE(a_temporary_name_that_was_cleared_away_is_no_delivery),
        ON_STAGE(a_rename_that_may_have_been_sent_is_remembered),
        ON_STAGE(an_upload_that_vanishes_each_time_is_given_up),
        ON_STAGE(a_damaged_or_missing_outbox_file),
        ON_STAGE(a_delivered_file_is_put_away_after_a_crash),
        ON_STAGE(a_local_folder_is_a_mailbox),
        ON_STAGE(a_missing_folder_below_home_is_made),
        ON_STAGE(folders_remember_move_and_mark),
        ON_STAGE(claims_are_finished_after_a_crash),
        ON_STAGE(another_file_system_is_copied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
