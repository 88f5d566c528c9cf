/* on_stage.h -- a test with a stage of its own and a server that behaves, and what such tests ask.
 */
#ifndef PURSER_TESTS_ON_STAGE_H
#define PURSER_TESTS_ON_STAGE_H

#include "stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static inline int
open_stage(void **state)
{
    struct stage *stage = calloc(1, sizeof *stage);
    stage_open(stage);
    stage_serve(stage, NULL, "");
    *state = stage;
    return 0;
}

static inline int
close_stage(void **state)
{
    stage_close(*state);
    free(*state);
    return 0;
}

static inline long long
landed(struct stage *stage)
{
    return stage_number(stage, "SELECT count(*) FROM arrival WHERE state = 'landed'");
}

static inline void
assert_said(const struct stage *stage, const char *words)
{
    if (strstr(stage->said, words) == NULL) {
        fail_msg("\"%s\" is not in: %s", words, stage->said);
    }
}

/* The fetched file of this name lies in the spool with these bytes. */
static inline void
assert_spooled(struct stage *stage, const char *name, const char *text)
{
    char sql[256], spool[STAGE_PATH_SIZE], path[2 * STAGE_PATH_SIZE];
    size_t size;
    snprintf(sql, sizeof sql, "SELECT spool FROM arrival WHERE name = CAST('%s' AS BLOB)", name);
    stage_text(stage, sql, spool);
    snprintf(path, sizeof path, "home/.purser/spool/%s", spool);
    char *bytes = stage_read(stage, path, &size);
    assert_string_equal(bytes, text);
    free(bytes);
}

#define ON_STAGE(test) cmocka_unit_test_setup_teardown(test, open_stage, close_stage)

#endif
