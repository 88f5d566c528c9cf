#include "cli/command.h"

#include "base/text.h"

#include <string.h>

#define LOOKS (NEED_HOME | NEED_CONFIG | NEED_STORE)
#define ACTS  (NEED_HOME | NEED_CONFIG | NEED_LOCK)

/* In the order of `purser help`. */
/* clang-format off */
const struct command commands[] = {
    {"init", "DIR", 1, 1, 0, M_COMMAND_INIT, cmd_init, {0}},
    {"run", "", 0, 0, NEED_HOME | NEED_CONFIG, M_COMMAND_RUN, cmd_run, {OPTION_ONLY, OPTION_DRY_RUN}},
    {"config check", "", 0, 0, NEED_HOME, M_COMMAND_CONFIG_CHECK, cmd_config_check, {0}},
    {"config show", "[KEY]", 0, 1, NEED_HOME, M_COMMAND_CONFIG_SHOW, cmd_config_show, {0}},
    {"help", "[TOPIC]", 0, 2, 0, M_COMMAND_HELP, cmd_help, {0}},
    {"version", "", 0, 0, 0, M_COMMAND_VERSION, cmd_version, {0}},
    {"completion", "bash", 1, 1, 0, M_COMMAND_COMPLETION, cmd_completion, {0}},
};
/* clang-format on */
const size_t command_count = sizeof commands / sizeof commands[0];

const struct command *
command_find(const char *name)
{
    for (size_t index = 0; index < command_count; index++) {
        if (strcmp(commands[index].name, name) == 0) {
            return &commands[index];
        }
    }
    return NULL;
}

/* All commands of a group: "order" gives "order list, order show, ...". */
static const char *
group_members(const char *name, struct arena *arena)
{
    const size_t size = strcspn(name, " ");
    const char *text = "";
    for (size_t index = 0; index < command_count; index++) {
        const char *command = commands[index].name;
        if (strncmp(command, name, size) == 0 && command[size] == ' ') {
            text = arena_format(arena, "%s%s%s", text, text[0] == '\0' ? "" : ", ", command);
        }
    }
    return text;
}

const char *
command_near(const char *name, struct arena *arena)
{
    enum { DISTANCE_MAX = 2 };
    size_t distance = DISTANCE_MAX + 1;
    const char *nearest = NULL;
    for (size_t index = 0; index < command_count; index++) {
        const size_t here = text_distance(name, commands[index].name, DISTANCE_MAX);
        if (here < distance) {
            distance = here;
            nearest = commands[index].name;
        }
    }
    const char *members = group_members(name, arena);
    return nearest != NULL      ? arena_format(arena, "; did you mean \"%s\"?", nearest)
           : members[0] != '\0' ? arena_format(arena, "; there are: %s", members)
                                : "; `purser help` lists them";
}
