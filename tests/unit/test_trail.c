/* The note of what is worked on, and what is read out of it. */
#include "base/trail.h"
#include "config/suspect.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder_path[] = "/tmp/purser-trail-XXXXXX";

static int
setup(void **state)
{
    static int folder;
    assert_non_null(mkdtemp(folder_path));
    folder = open(folder_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    *state = &folder;
    return 0;
}

static int
teardown(void **state)
{
    const int folder = *(int *)*state;
    unlinkat(folder, "working", 0);
    close(folder);
    rmdir(folder_path);
    return 0;
}

static void
what_was_written_last_is_found_again(void **state)
{
    const int folder = *(int *)*state;
    struct fault why = {0};
    struct stat status;
    struct trail trail;
    assert_int_equal(trail_open(&trail, folder, "working", &why), DONE);
    assert_string_equal(trail.text, "");
    assert_int_equal(trail_write(&trail, "run 1 file 123456789", &why), DONE);
    assert_int_equal(trail_write(&trail, "run 1 file 2", &why), DONE);
    trail_close(&trail);
    assert_int_equal(trail_open(&trail, folder, "working", &why), DONE);
    assert_string_equal(trail.text, "run 1 file 2");
    assert_int_equal(trail_clear(&trail, &why), DONE);
    trail_close(&trail);
    assert_int_equal(fstatat(folder, "working", &status, 0), 0);
    assert_int_equal(status.st_size, 0);
}

static void
only_a_whole_note_tells_of_a_file(void **state)
{
    static const char *const torn[] = {"",
                                       "run",
                                       "run 1",
                                       "run 1 file",
                                       "run 1 file ",
                                       "run 0 file 1",
                                       "run 1 file 1x",
                                       "file 1",
                                       "run 1 file -1"};
    int64_t run_id = 0;
    int64_t arrival_id = 0;
    struct trail trail = {0};
    (void)state;
    for (size_t index = 0; index < sizeof torn / sizeof torn[0]; index++) {
        snprintf(trail.text, sizeof trail.text, "%s", torn[index]);
        assert_int_equal(suspect_read(&trail, &run_id, &arrival_id), NONE);
    }
    snprintf(trail.text, sizeof trail.text, "run 12 file 345");
    assert_int_equal(suspect_read(&trail, &run_id, &arrival_id), DONE);
    assert_int_equal(run_id, 12);
    assert_int_equal(arrival_id, 345);
}

static void
a_partner_whose_files_ended_two_runs_comes_last(void **state)
{
    const struct suspect suspects[] = {{1, "one", "a", 1}, {2, "two", "b", 1}, {3, "two", "c", 1}};
    struct run run = {.suspects = suspects, .suspect_count = 3};
    (void)state;
    assert_int_equal(suspect_deaths(&run, 3), 1);
    assert_int_equal(suspect_deaths(&run, 4), 0);
    assert_true(suspect_any_last(&run));
    assert_false(suspect_waits(&run, "one"));
    assert_true(suspect_waits(&run, "two"));
    assert_false(suspect_waits(&run, "three"));
    run.is_last_turn = true;
    assert_true(suspect_waits(&run, "one"));
    assert_false(suspect_waits(&run, "two"));
    run.suspect_count = 2;
    assert_false(suspect_any_last(&run));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_last_is_found_again),
        cmocka_unit_test(only_a_whole_note_tells_of_a_file),
        cmocka_unit_test(a_partner_whose_files_ended_two_runs_comes_last),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
