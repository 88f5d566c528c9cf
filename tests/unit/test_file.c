/* On a real folder below TMPDIR; each test has its own. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct ground {
    char path[256];
    int folder;
    struct arena arena;
};

static int
set_up(void **state)
{
    static struct ground ground;
    const char *below = getenv("TMPDIR");
    snprintf(ground.path, sizeof ground.path, "%s/purser-file-XXXXXX", below ? below : "/tmp");
    if (mkdtemp(ground.path) == NULL) {
        return -1;
    }
    ground.folder = open(ground.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    arena_init(&ground.arena, 1024 * 1024);
    *state = &ground;
    return ground.folder < 0 ? -1 : 0;
}

static int
tear_down(void **state)
{
    struct ground *ground = *state;
    char command[300];
    snprintf(command, sizeof command, "rm -rf '%s'", ground->path);
    arena_close(&ground->arena);
    close(ground->folder);
    return system(command);
}

static void
put(const struct ground *ground, const char *name, const char *content)
{
    const int file = openat(ground->folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(file >= 0);
    assert_int_equal(write(file, content, strlen(content)), strlen(content));
    assert_int_equal(close(file), 0);
}

static const char *
content_of(struct ground *ground, const char *name)
{
    struct fault why = {0};
    char *bytes = NULL;
    size_t size = 0;
    assert_int_equal(file_read(ground->folder, name, 1000, &ground->arena, &bytes, &size, &why),
                     DONE);
    assert_int_equal(strlen(bytes), size);
    return bytes;
}

static void
whole_files_are_read(void **state)
{
    struct ground *ground = *state;
    struct fault why = {0};
    char *bytes = NULL;
    size_t size = 7;
    put(ground, "tea", "green");
    put(ground, "empty", "");
    assert_string_equal(content_of(ground, "tea"), "green");
    assert_string_equal(content_of(ground, "empty"), "");
    assert_int_equal(file_read(ground->folder, "none", 9, &ground->arena, &bytes, &size, &why),
                     NONE);
    assert_int_equal(why.kind, 0);
    assert_int_equal(file_read(ground->folder, "tea", 4, &ground->arena, &bytes, &size, &why),
                     FAILED);
    assert_int_equal(why.kind, FAULT_UNEXPECTED);
    assert_true(bytes == NULL && size == 7);
}

/* A mailbox may hold anything: links, pipes, folders.  None is opened, none makes us wait. */
static void
only_regular_files_are_opened(void **state)
{
    struct ground *ground = *state;
    static const char *const names[] = {"link", "pipe", "sub", "dangling"};
    put(ground, "tea", "green");
    assert_int_equal(symlinkat("tea", ground->folder, "link"), 0);
    assert_int_equal(symlinkat("nowhere", ground->folder, "dangling"), 0);
    assert_int_equal(mkfifoat(ground->folder, "pipe", 0600), 0);
    assert_int_equal(mkdirat(ground->folder, "sub", 0700), 0);
    for (size_t index = 0; index < sizeof names / sizeof names[0]; index++) {
        struct fault why = {0};
        int descriptor = -7;
        int64_t size = -7;
        assert_int_equal(file_open_read(ground->folder, names[index], &descriptor, &size, &why),
                         FAILED);
        assert_true(descriptor == -7 && size == -7);
        assert_non_null(strstr(why.text, names[index]));
    }
}

static void
a_file_of_the_administrator_may_be_a_link(void **state)
{
    struct ground *ground = *state;
    struct fault why = {0};
    OWNED(arena) arena;
    char *bytes = NULL;
    size_t size = 0;
    arena_init(&arena, 1024 * 1024);
    put(ground, "tea", "green");
    assert_int_equal(symlinkat("tea", ground->folder, "link"), 0);
    assert_int_equal(file_read(ground->folder, "link", 100, &arena, &bytes, &size, &why), DONE);
    assert_string_equal(bytes, "green");
    assert_int_equal(symlinkat("nowhere", ground->folder, "dangling"), 0);
    assert_int_equal(file_read(ground->folder, "dangling", 100, &arena, &bytes, &size, &why), NONE);
}

static void
a_secret_is_closed_to_others(void **state)
{
    const uid_t we = geteuid();
    const uid_t somebody = we + 1;
    const struct {
        uid_t owner;
        mode_t mode;
        const char *must_be;
    } cases[] = {
        {we, 0600, NULL},          {we, 0400, NULL},          {we, 0640, "600"},
        {we, 0604, "600"},         {we, 0620, "600"},         {we, 0777, "600"},
        {somebody, 0600, NULL},    {somebody, 0440, NULL},    {somebody, 0640, NULL},
        {somebody, 0644, "o-rwx"}, {somebody, 0602, "o-rwx"},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        const struct stat status = {.st_uid = cases[index].owner,
                                    .st_mode = S_IFREG | cases[index].mode};
        const char *mode = file_secret_mode(&status);
        assert_string_equal(mode == NULL ? "" : mode,
                            cases[index].must_be == NULL ? "" : cases[index].must_be);
    }
}

static void
folders_are_made_with_their_parents(void **state)
{
    struct ground *ground = *state;
    struct fault why = {0};
    int folder = -1;
    for (int twice = 0; twice < 2; twice++) {
        assert_int_equal(file_make_folder(ground->folder, "a/b/c", &folder, &why), DONE);
        assert_int_equal(file_sync_folder(folder, "c", &why), DONE);
        close(folder);
    }
    put(ground, "plain", "");
    assert_int_equal(file_make_folder(ground->folder, "plain/sub", &folder, &why), FAILED);
    fault_clear(&why);
    assert_int_equal(file_open_folder(ground->folder, "plain", &folder, &why), FAILED);
    fault_clear(&why);
    assert_int_equal(file_open_folder(ground->folder, "none", &folder, &why), FAILED);
}

static void
moving_and_removing_say_when_there_is_nothing(void **state)
{
    struct ground *ground = *state;
    struct fault why = {0};
    int folder = -1;
    assert_int_equal(file_make_folder(ground->folder, "sub", &folder, &why), DONE);
    put(ground, "tea", "green");
    assert_int_equal(file_move(ground->folder, "tea", ground->folder, "sub/leaf", &why), DONE);
    assert_int_equal(file_move(ground->folder, "tea", ground->folder, "sub/leaf", &why), NONE);
    assert_false(file_exists(ground->folder, "tea"));
    assert_true(file_exists(folder, "leaf"));
    assert_int_equal(file_move(folder, "leaf", ground->folder, "missing/leaf", &why), FAILED);
    fault_clear(&why);
    assert_string_equal(content_of(ground, "sub/leaf"), "green");
    assert_int_equal(file_remove(folder, "leaf", &why), DONE);
    assert_int_equal(file_remove(folder, "leaf", &why), NONE);
    assert_int_equal(file_remove(ground->folder, "sub", &why), FAILED);
    close(folder);
}

static void
a_draft_is_seen_only_when_it_is_complete(void **state)
{
    struct ground *ground = *state;
    struct fault why = {0};
    OWNED(draft) draft = {0};
    put(ground, ".ack.xml.part", "left over from a longer earlier try");
    assert_int_equal(draft_open(&draft, ground->folder, "ack.xml", &why), DONE);
    assert_int_equal(draft_write(&draft, "ab", 2, &why), DONE);
    assert_int_equal(draft_write(&draft, "c", 1, &why), DONE);
    assert_int_equal(draft_seal(&draft, &why), DONE);
    assert_int_equal(draft.size, 3);
    assert_string_equal(draft.sha256,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_false(file_exists(ground->folder, "ack.xml"));
    assert_string_equal(content_of(ground, ".ack.xml.part"), "abc");
    assert_int_equal(draft_publish(&draft, &why), DONE);
    assert_string_equal(content_of(ground, "ack.xml"), "abc");
    assert_false(file_exists(ground->folder, ".ack.xml.part"));
}

static void
an_unsealed_draft_vanishes_a_sealed_one_stays(void **state)
{
    struct ground *ground = *state;
    struct fault why = {0};
    struct draft draft = {0};
    draft_close(&draft);
    assert_int_equal(draft_open(&draft, ground->folder, "one", &why), DONE);
    draft_close(&draft);
    assert_false(file_exists(ground->folder, ".one.part"));
    assert_int_equal(draft_open(&draft, ground->folder, "two", &why), DONE);
    assert_int_equal(draft_seal(&draft, &why), DONE);
    draft_close(&draft);
    assert_true(file_exists(ground->folder, ".two.part"));
    assert_int_equal(file_remove(ground->folder, ".two.part", &why), DONE);
    assert_int_equal(draft_publish(&draft, &why), FAILED);
    assert_non_null(strstr(why.text, "vanished"));
}

/* Whoever may write to the folder could plant a link under the temporary name: it is replaced, its
 * target unharmed. */
static void
a_draft_never_writes_through_a_link(void **state)
{
    struct ground *ground = *state;
    struct fault why = {0};
    put(ground, "victim", "precious");
    for (int hard = 0; hard < 2; hard++) {
        OWNED(draft) draft = {0};
        assert_int_equal(hard ? linkat(ground->folder, "victim", ground->folder, ".x.part", 0)
                              : symlinkat("victim", ground->folder, ".x.part"),
                         0);
        assert_int_equal(draft_open(&draft, ground->folder, "x", &why), DONE);
        assert_int_equal(draft_write(&draft, "new", 3, &why), DONE);
        assert_string_equal(content_of(ground, "victim"), "precious");
    }
    assert_int_equal(mkdirat(ground->folder, ".y.part", 0700), 0);
    OWNED(draft) blocked = {0};
    assert_int_equal(draft_open(&blocked, ground->folder, "y", &why), FAILED);
}

/* A full disk, by a limit on the size of files: the write fails, nothing is left. */
static void
a_failed_write_leaves_nothing(void **state)
{
    struct ground *ground = *state;
    struct fault why = {0};
    struct draft draft = {0};
    static char block[8192];
    struct rlimit old, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small = old;
    small.rlim_cur = 4096;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(draft_open(&draft, ground->folder, "big", &why), DONE);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    const enum outcome outcome = draft_write(&draft, block, sizeof block, &why);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_int_equal(outcome, FAILED);
    assert_non_null(strstr(why.text, strerror(EFBIG)));
    draft_close(&draft);
    assert_false(file_exists(ground->folder, ".big.part"));
    assert_false(file_exists(ground->folder, "big"));
}

static void
publishing_over_a_folder_fails(void **state)
{
    struct ground *ground = *state;
    struct fault why = {0};
    OWNED(draft) draft = {0};
    assert_int_equal(mkdirat(ground->folder, "name", 0700), 0);
    assert_int_equal(draft_open(&draft, ground->folder, "name", &why), DONE);
    assert_int_equal(draft_seal(&draft, &why), DONE);
    assert_int_equal(draft_publish(&draft, &why), FAILED);
}

#define ON_GROUND(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_GROUND(whole_files_are_read),
        ON_GROUND(only_regular_files_are_opened),
        ON_GROUND(a_file_of_the_administrator_may_be_a_link),
        ON_GROUND(a_secret_is_closed_to_others),
        ON_GROUND(folders_are_made_with_their_parents),
        ON_GROUND(moving_and_removing_say_when_there_is_nothing),
        ON_GROUND(a_draft_is_seen_only_when_it_is_complete),
        ON_GROUND(an_unsealed_draft_vanishes_a_sealed_one_stays),
        ON_GROUND(a_draft_never_writes_through_a_link),
        ON_GROUND(a_failed_write_leaves_nothing),
        ON_GROUND(publishing_over_a_folder_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
