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

/* The states that a lost answer or a crash can leave. */
static void
a_lost_answer_to_a_rename(void **state)
{
    struct stage *stage = *state;
    static const struct {
        const char *left_by; /* at the partner's */
        const char *after;   /* must hold */
    } cases[] = {
        {"echo -n answer > .a.xml.part", "test -f a.xml"},
        {"echo -n answer > a.xml", "test -f a.xml"},
        {"true", "test ! -e a.xml"}, /* renamed, and the partner took it */
        {"echo -n answer > a.xml; ln a.xml .a.xml.part", "test -f a.xml"},
        {"echo -n ans > .a.xml.part",
         "test -f a.xml"}, /* the server lost bytes: again from the start */
    };
    stage_partner(stage, "acme");
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        stage_outbox(stage, "acme", "a.xml", "answer");
        stage_execute(stage, "UPDATE outbox_file SET state = 'uploaded'");
        assert_int_equal(stage_shell(stage, "cd acme/in && %s", cases[index].left_by), 0);
        assert_int_equal(stage_deliver(stage), DONE);
        assert_int_equal(stage->run.counts.files_delivered, 1);
        assert_int_equal(stage_shell(stage,
                                     "cd acme/in && %s && test ! -e .a.xml.part && "
                                     "test -z \"$(cat a.xml 2>/dev/null | sed s/answer//)\"",
                                     cases[index].after),
                         0);
        assert_int_equal(stage_shell(stage, "rm -f acme/in/a.xml"), 0);
        stage_execute(stage, "DELETE FROM outbox_file");
    }
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
    assert_int_equal(
        stage_shell(stage, "cd acme/out && echo -n x > a.xml && mkdir d && ln -s a.xml s.xml && "
                           "mkfifo p && echo y > two && ln two names && touch .hidden"),
        0);
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
