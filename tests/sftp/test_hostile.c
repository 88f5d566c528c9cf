/* A partner's server that lies (hostile.c): nothing but whole files comes in, under names of ours,
 * within the limits and in time. */
#include "stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int
open_stage(void **state)
{
    struct stage *stage = calloc(1, sizeof *stage);
    stage_open(stage);
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

static struct mailbox *
serve(struct stage *stage, const char *mode)
{
    char subsystem[STAGE_PATH_SIZE];
    const char *program = getenv("PURSER_TEST_HOSTILE");
    assert_non_null(program);
    snprintf(subsystem, sizeof subsystem, "%s %s", program, mode);
    stage_serve(stage, subsystem, "");
    struct mailbox *mailbox = stage_partner(stage, "acme");
    /* Its file can only be remembered: a hostile server would show it for ever. */
    mailbox->afterwards = AFTER_REMEMBER;
    return mailbox;
}

static long long
landed(struct stage *stage)
{
    return stage_number(stage, "SELECT count(*) FROM arrival WHERE state = 'landed'");
}

static void
assert_nothing_came(struct stage *stage)
{
    assert_int_equal(landed(stage), 0);
    assert_int_equal(stage_shell(stage, "test -z \"$(ls -A home/.purser/spool)\""), 0);
}

static void
honest_by_default(void **state)
{
    struct stage *stage = *state;
    serve(stage, "honest");
    assert_int_equal(stage_fetch(stage), DONE);
    assert_string_equal(stage->said, "");
    assert_int_equal(landed(stage), 1);
    assert_int_equal(stage_number(stage, "SELECT size FROM arrival"), 1000);
}

static void
names_lead_nowhere(void **state)
{
    struct stage *stage = *state;
    serve(stage, "names");
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(landed(stage), 2); /* good.xml once, and the one of 255 bytes */
    assert_non_null(strstr(stage->said, "a slash or a NUL"));
    assert_non_null(strstr(stage->said, "too long"));
    assert_int_equal(stage_count(stage, "home/.purser/spool"), 2);
}

static void
an_endless_listing_ends(void **state)
{
    struct stage *stage = *state;
    stage->config.limits.listing_max = 500;
    stage->config.limits.files_per_fetch_max = 10;
    serve(stage, "endless");
    assert_int_equal(stage_fetch(stage), DONE);
    assert_non_null(strstr(stage->said, "cut off"));
    assert_int_equal(landed(stage), 10);
}

static void
a_promise_of_endless_names(void **state)
{
    struct stage *stage = *state;
    serve(stage, "count");
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(stage->run.counts.mailboxes_failed, 1);
    assert_nothing_came(stage);
}

static void
files_of_another_size_than_told(void **state)
{
    static const char *const modes[] = {"grow", "shrink"};
    struct stage *stage = *state;
    for (size_t index = 0; index < 2; index++) {
        stage->config.partner_count = 0;
        serve(stage, modes[index]);
        assert_int_equal(stage_fetch(stage), DONE);
        assert_nothing_came(stage);
    }
}

static void
short_reads_are_put_together(void **state)
{
    struct stage *stage = *state;
    serve(stage, "short");
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(landed(stage), 1);
    assert_int_equal(stage_number(stage, "SELECT size FROM arrival"), 1000);
}

static void
attributes_that_tell_nothing(void **state)
{
    static const char *const modes[] = {"bare", "vast"};
    struct stage *stage = *state;
    for (size_t index = 0; index < 2; index++) {
        stage->config.partner_count = 0;
        serve(stage, modes[index]);
        assert_int_equal(stage_fetch(stage), DONE);
        assert_nothing_came(stage);
    }
}

static void
silence_and_noise(void **state)
{
    static const char *const modes[] = {"silent", "garbage"};
    struct stage *stage = *state;
    for (size_t index = 0; index < 2; index++) {
        stage->config.partner_count = 0;
        struct mailbox *mailbox = serve(stage, modes[index]);
        mailbox->idle_timeout_ms = mailbox->connect_timeout_ms = STAGE_HASTE_MS;
        assert_int_equal(stage_fetch(stage), DONE);
        assert_int_equal(stage->run.counts.mailboxes_failed, 1);
        assert_nothing_came(stage);
    }
}

#define ON_STAGE(test) cmocka_unit_test_setup_teardown(test, open_stage, close_stage)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STAGE(honest_by_default),
        ON_STAGE(names_lead_nowhere),
        ON_STAGE(an_endless_listing_ends),
        ON_STAGE(a_promise_of_endless_names),
        ON_STAGE(files_of_another_size_than_told),
        ON_STAGE(short_reads_are_put_together),
        ON_STAGE(attributes_that_tell_nothing),
        ON_STAGE(silence_and_noise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
