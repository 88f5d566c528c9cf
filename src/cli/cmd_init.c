/* purser init DIR -- a home folder that works at once: configuration, one example partner,
 * mailboxes. */
#include "cli/command.h"

#include "base/file.h"
#include "config/embedded.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const folders[] = {"partners.d",      "inbox/example", "inbox/finance",
                                      "inbox/warehouse", "outbox",        ".purser"};

/* What is laid into a new home; the templates stand in schemas/home/. */
static const struct {
    const char *template;
    const char *folder;
    const char *name;
} files[] = {
    {"home/purser.conf", ".", "purser.conf"},
    {"home/example.conf", "partners.d", "example.conf"},
    {"home/finance.conf", "partners.d", "finance.conf"},
    {"home/warehouse.conf", "partners.d", "warehouse.conf"},
};

static enum outcome
write_file(int home, size_t index, struct fault *why)
{
    const struct embedded *template = embedded_find(files[index].template);
    OWNED(draft) draft = {0};
    int folder;
    TRY(file_make_folder(home, files[index].folder, &folder, why));
    enum outcome outcome = draft_open(&draft, folder, files[index].name, why);
    if (outcome == DONE) {
        outcome = draft_write(&draft, template->bytes, template->size, why);
    }
    if (outcome == DONE) {
        outcome = draft_seal(&draft, why);
    }
    if (outcome == DONE) {
        outcome = draft_publish(&draft, why);
    }
    close(folder);
    return outcome;
}

static enum outcome
fill_home(int home, struct fault *why)
{
    for (size_t index = 0; index < sizeof folders / sizeof folders[0]; index++) {
        int folder;
        TRY(file_make_folder(home, folders[index], &folder, why));
        close(folder);
    }
    for (size_t index = 0; index < sizeof files / sizeof files[0]; index++) {
        TRY(write_file(home, index, why));
    }
    return DONE;
}

enum outcome
cmd_init(struct cli *cli, struct fault *why)
{
    const char *path = cli->operands[0];
    int home;
    TRY(file_make_folder(AT_FDCWD, path, &home, why));
    enum outcome outcome =
        file_exists(home, "purser.conf")
            ? fail_as(why, FAULT_CONFLICT, "%s is a home already: it has a purser.conf", path)
            : fill_home(home, why);
    close(home);
    TRY(outcome);
    if (cli->wants_json) {
        struct json json;
        cli_json_begin(cli, &json, "init");
        json_object(&json, "data");
        json_text(&json, "home", path);
        json_end(&json);
        cli_json_end(cli, &json);
        return DONE;
    }
    if (!option_given(cli, OPTION_QUIET)) {
        cli_say_with(cli, M_INIT_DONE, path);
        cli_say_with(cli, M_INIT_NEXT, path);
    }
    return DONE;
}
