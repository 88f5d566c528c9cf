/* config_home.h -- a home folder with a configuration, for tests that load it. */
#ifndef PURSER_TEST_CONFIG_HOME_H
#define PURSER_TEST_CONFIG_HOME_H

#include "config/config.h"
#include "config/keys.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* A home folder of its own for each test, with what was said on stderr while loading. */
struct home {
    char path[64];
    int folder;
    char said[4096];
    struct config config;
    struct fault why;
};

static inline void
home_open(struct home *home)
{
    memset(home, 0, sizeof *home);
    snprintf(home->path, sizeof home->path, "/tmp/purser-config-XXXXXX");
    assert_non_null(mkdtemp(home->path));
    home->folder = open(home->path, O_RDONLY | O_DIRECTORY);
    assert_true(home->folder >= 0);
    assert_int_equal(mkdirat(home->folder, "partners.d", 0700), 0);
}

static inline void
home_write(struct home *home, const char *name, const char *text)
{
    const int file = openat(home->folder, name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
}

/* Load with stderr caught. */
static inline enum outcome
home_load(struct home *home)
{
    struct log log = {.level_max = LOG_NOTE};
    FILE *caught = tmpfile();
    const int before = dup(STDERR_FILENO);
    fflush(stderr);
    dup2(fileno(caught), STDERR_FILENO);
    const enum outcome outcome = config_load(&home->config, home->folder, &log, &home->why);
    fflush(stderr);
    dup2(before, STDERR_FILENO);
    close(before);
    rewind(caught);
    home->said[fread(home->said, 1, sizeof home->said - 1, caught)] = '\0';
    fclose(caught);
    return outcome;
}

static inline void
home_close(struct home *home)
{
    char command[128];
    config_close(&home->config);
    close(home->folder);
    snprintf(command, sizeof command, "rm -r %s", home->path);
    assert_int_equal(system(command), 0);
}

#endif
