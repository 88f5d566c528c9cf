#include "cli/input.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum outcome
keep_standard_input(int *descriptor, struct fault *why)
{
    enum { PIECE_SIZE = 64 * 1024 };
    char piece[PIECE_SIZE];
    FILE *kept = tmpfile();
    if (kept == NULL) {
        return fail(why, "cannot make a temporary file: %s", strerror(errno));
    }
    *descriptor = fcntl(fileno(kept), F_DUPFD_CLOEXEC, 3);
    fclose(kept);
    ssize_t size;
    while ((size = read(STDIN_FILENO, piece, sizeof piece)) > 0) {
        TRY(file_write_all(*descriptor, piece, (size_t)size, "a temporary file", why));
    }
    return lseek(*descriptor, 0, SEEK_SET) == 0 ? DONE : fail(why, "cannot read standard input");
}

enum outcome
input_open(const char *path, int *descriptor, struct fault *why)
{
    struct stat status;
    if (strcmp(path, "-") == 0) {
        return keep_standard_input(descriptor, why);
    }
    *descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*descriptor < 0) {
        return fail_as(why, FAULT_NOT_FOUND, "cannot open %s: %s", path, strerror(errno));
    }
    if (fstat(*descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        close(*descriptor);
        return fail_as(why, FAULT_NOT_FOUND, "%s is not a file", path);
    }
    return DONE;
}

const char *
input_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return strcmp(path, "-") == 0 ? "stdin" : slash == NULL ? path : slash + 1;
}

struct sender
input_sender(const struct cli *cli, const struct partner *partner)
{
    const char *encoding = option_text(cli, OPTION_ENCODING, "");
    const int32_t today = moment_day(cli->as_of_ms);
    if (partner == NULL) {
        return (struct sender){.encoding = encoding,
                               .default_currency = "",
                               .default_country = "",
                               .customer = "",
                               .today = today,
                               .file_bytes_max = INT64_MAX};
    }
    return (struct sender){.roles = partner->roles,
                           .encoding =
                               option_given(cli, OPTION_ENCODING) ? encoding : partner->encoding,
                           .default_currency = partner->default_currency,
                           .default_country = partner->default_country,
                           .customer = partner->customer,
                           .today = today,
                           .file_bytes_max = cli->config.limits.file_bytes_max};
}
