/* What lies in a mailbox and is no plain file: left alone, said once, and known until it is gone.
 */
#include "on_stage.h"

#include <sys/socket.h>
#include <sys/un.h>

static void
make_socket(struct stage *stage, const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const int made = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(snprintf(address.sun_path, sizeof address.sun_path, "%s/%s", stage->root, path) <
                (int)sizeof address.sun_path);
    assert_int_equal(bind(made, (const struct sockaddr *)&address, sizeof address), 0);
    close(made);
}

static void
lay_out(struct stage *stage)
{
    assert_int_equal(
        stage_shell(stage,
                    "cd acme/out && echo -n x > a.xml && mkdir sub && ln -s a.xml link.xml && "
                    "ln -s nowhere lost.xml && mkfifo pipe && touch two && ln two names && "
                    "mkdir .hidden sub.tmp"),
        0);
    make_socket(stage, "acme/out/sock");
}

static long long
known(struct stage *stage)
{
    return stage_number(stage, "SELECT count(*) FROM left_alone");
}

static void
each_is_said_once(struct stage *stage)
{
    static const char *const said[] = {
        "acme/box: sub is a folder and is left alone: only plain files are fetched",
        "acme/box: link.xml is a symbolic link",
        "acme/box: lost.xml is a symbolic link",
        "acme/box: pipe is a pipe",
        "acme/box: sock is a socket",
    };
    assert_int_equal(stage_fetch(stage), DONE);
    for (size_t index = 0; index < sizeof said / sizeof said[0]; index++) {
        assert_said(stage, said[index]);
        assert_null(strstr(strstr(stage->said, said[index]) + 1, said[index]));
    }
    assert_null(strstr(stage->said, "hidden"));
    assert_null(strstr(stage->said, ".tmp"));
    assert_spooled(stage, "a.xml", "x");
    assert_int_equal(stage->run.counts.mailboxes_failed, 0);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_string_equal(stage->said, "");
    assert_true(known(stage) >= 5);
}

static void
a_server_has_more_than_files(void **state)
{
    struct stage *stage = *state;
    stage_partner(stage, "acme");
    lay_out(stage);
    each_is_said_once(stage);
    assert_int_equal(landed(stage), 3); /* the server does not tell of second names */
}

/* Twice looked at, once told. */
static void
a_folder_of_ours_has_more_than_files(void **state)
{
    struct stage *stage = *state;
    struct mailbox *mailbox = stage_partner(stage, "acme");
    mailbox->kind = MAILBOX_FOLDER;
    mailbox->readiness = READY_WHEN_STABLE;
    lay_out(stage);
    each_is_said_once(stage);
    assert_int_equal(landed(stage), 1);
    assert_int_equal(
        stage_number(stage, "SELECT count(*) FROM left_alone WHERE kind = 'two-names'"), 2);
}

static void
what_goes_is_forgotten_and_what_changes_is_said_again(void **state)
{
    struct stage *stage = *state;
    stage_partner(stage, "acme");
    lay_out(stage);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(
        stage_shell(stage, "cd acme/out && rm -r link.xml pipe sub && mkdir link.xml && ln -s x y"),
        0);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_said(stage, "link.xml is a folder");
    assert_said(stage, "y is a symbolic link");
    assert_null(strstr(stage->said, "lost.xml"));
    assert_int_equal(known(stage), 4);
    assert_int_equal(stage_shell(stage, "rm -r acme/out/*"), 0);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_string_equal(stage->said, "");
    assert_int_equal(known(stage), 0);
}

/* Folders that the partner's mailboxes name, and what the patterns do not choose, are no surprise.
 */
static void
configured_folders_and_other_names_are_not_told(void **state)
{
    struct stage *stage = *state;
    static const char *patterns[] = {"*.xml", "d*", "e*"};
    char done[STAGE_PATH_SIZE], ours[STAGE_PATH_SIZE];
    struct mailbox *mailbox = stage_partner(stage, "acme");
    snprintf(done, sizeof done, "%s/acme/out/done", stage->root);
    snprintf(ours, sizeof ours, "%s/acme/out/eur/in", stage->root);
    mailbox->afterwards = AFTER_MOVE;
    mailbox->move_to = done;
    mailbox->deliver_path = ours;
    mailbox->patterns = patterns;
    mailbox->pattern_count = 3;
    assert_int_equal(stage_shell(stage, "cd acme/out && mkdir -p done eur/in other && ln -s x link "
                                        "&& touch a.xml"),
                     0);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_string_equal(stage->said, "");
    assert_int_equal(landed(stage), 1);
    assert_int_equal(known(stage), 0);
    assert_int_equal(stage_shell(stage, "mkdir acme/out/eurasia"), 0);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_said(stage, "eurasia is a folder");
}

static void
of_many_the_first_are_named_and_the_others_counted(void **state)
{
    struct stage *stage = *state;
    stage_partner(stage, "acme");
    assert_int_equal(stage_shell(stage,
                                 "cd acme/out && for n in $(seq 100 149); do ln -s x l$n; done && "
                                 "ln -s x \"$(printf 'a\\nb\\377\\033[31m')\""),
                     0);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_said(stage, "acme/box: a\\x0Ab\\xFF\\x1B[31m is a symbolic link");
    assert_said(stage, "l118 is a symbolic link");
    assert_null(strstr(stage->said, "l119"));
    assert_said(stage, "acme/box: and so is more that lies there: 31");
    assert_int_equal(known(stage), 20);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_string_equal(stage->said, "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STAGE(a_server_has_more_than_files),
        ON_STAGE(a_folder_of_ours_has_more_than_files),
        ON_STAGE(what_goes_is_forgotten_and_what_changes_is_said_again),
        ON_STAGE(configured_folders_and_other_names_are_not_told),
        ON_STAGE(of_many_the_first_are_named_and_the_others_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
