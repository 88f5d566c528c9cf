/* purser help, version, completion: everything here is printed from tables. */
#include "cli/command.h"

#include "base/text.h"
#include "config/keys.h"

#include <string.h>

#define PURSER_VERSION "0.2"

static const struct {
    int code;
    enum message meaning;
} exit_codes[] = {
    {0, M_EXIT_0}, {1, M_EXIT_1}, {2, M_EXIT_2}, {3, M_EXIT_3}, {4, M_EXIT_4},   {5, M_EXIT_5},
    {6, M_EXIT_6}, {7, M_EXIT_7}, {8, M_EXIT_8}, {9, M_EXIT_9}, {10, M_EXIT_10}, {128, M_EXIT_128},
};

static void
help_exit_codes(struct cli *cli)
{
    for (size_t index = 0; index < sizeof exit_codes / sizeof exit_codes[0]; index++) {
        const char *code =
            exit_codes[index].code == 128 ? "128+N" : cli_integer(cli, exit_codes[index].code);
        buf_format(&cli->out, "%5s  %s\n", code, cli_text(cli, exit_codes[index].meaning));
    }
}

static void
show_option(struct cli *cli, const struct option_entry *entry)
{
    const char *left = arena_format(
        &cli->arena, "%s--%s%s%s",
        entry->letter == 0 ? "    " : arena_format(&cli->arena, "-%c, ", entry->letter),
        entry->name, entry->argument == NULL ? "" : " ",
        entry->argument == NULL ? "" : entry->argument);
    buf_format(&cli->out, "  %-24s %s\n", left, cli_text(cli, entry->help));
}

static void
help_command(struct cli *cli, const struct command *command)
{
    buf_format(&cli->out, "purser %s%s%s -- %s\n\n", command->name,
               command->operands[0] == '\0' ? "" : " ", command->operands,
               cli_text(cli, command->summary));
    for (int common = 0; common < 2; common++) {
        for (size_t index = 0; index < OPTION_COUNT; index++) {
            const bool is_common = (int)index < OPTION_COMMON_COUNT;
            if (is_common == (common == 1) && option_allowed(command, (enum cli_option)index)) {
                show_option(cli, &option_entries[index]);
            }
        }
    }
}

static void
help_all(struct cli *cli)
{
    cli_say(cli, M_HELP_USAGE);
    buf_char(&cli->out, '\n');
    for (size_t index = 0; index < command_count; index++) {
        const char *left =
            arena_format(&cli->arena, "%s %s", commands[index].name, commands[index].operands);
        buf_format(&cli->out, "  %-26s %s\n", left, cli_text(cli, commands[index].summary));
    }
    buf_char(&cli->out, '\n');
    for (size_t index = 0; index < (size_t)OPTION_COMMON_COUNT; index++) {
        show_option(cli, &option_entries[index]);
    }
    buf_char(&cli->out, '\n');
    cli_say(cli, M_HELP_MORE);
}

/* All keys, section by section. */
static void
help_config(struct cli *cli)
{
    for (int section = 0; section < SECTION_COUNT; section++) {
        buf_format(&cli->out, "%s\n", section_names[section]);
        for (size_t index = 0; index < config_key_count; index++) {
            const struct config_key *key = &config_keys[index];
            if ((int)key->section != section) {
                continue;
            }
            const char *range = config_key_range(key, &cli->arena);
            buf_format(&cli->out, "  %-16s %s", key->name, cli_text(cli, key->help));
            if (range[0] != '\0') {
                buf_format(&cli->out, " [%s]", range);
            }
            if (key->otherwise[0] != '\0') {
                buf_format(&cli->out, " (%s)", key->otherwise);
            }
            buf_char(&cli->out, '\n');
        }
    }
}

/* A finding's code: what it means, what to do.  Placeholders stay: there is no value to fill in. */
static void
help_code(struct cli *cli, const struct message_entry *entry)
{
    const enum language language = cli->language;
    buf_format(&cli->out, "%s (%s)\n", entry->id, entry->severity);
    buf_format(&cli->out, "  %s\n", entry->text[language]);
    if (entry->hint[language][0] != '\0') {
        buf_format(&cli->out, "  %s\n", entry->hint[language]);
    }
    if (entry->action[0] != '\0') {
        buf_format(&cli->out, "  -> %s\n", entry->action);
    }
}

static enum outcome
help_topic(struct cli *cli, const char *topic, struct fault *why)
{
    const struct command *command = command_find(topic);
    const enum message code = message_find(topic);
    const size_t size = strlen(topic);
    bool is_group = false;
    if (command != NULL) {
        help_command(cli, command);
        return DONE;
    }
    if (strcmp(topic, "exit-codes") == 0) {
        help_exit_codes(cli);
        return DONE;
    }
    if (strcmp(topic, "config") == 0) {
        help_config(cli);
        return DONE;
    }
    if (code != MESSAGE_COUNT && message_entry(code)->severity[0] != '\0') {
        help_code(cli, message_entry(code));
        return DONE;
    }
    for (size_t index = 0; index < command_count; index++) {
        if (strncmp(commands[index].name, topic, size) == 0 && commands[index].name[size] == ' ') {
            help_command(cli, &commands[index]);
            buf_char(&cli->out, '\n');
            is_group = true;
        }
    }
    return is_group ? DONE
                    : fail_as(why, FAULT_NOT_FOUND, "there is no help on \"%s\"%s", topic,
                              command_near(topic, &cli->arena));
}

static enum outcome
help(struct cli *cli, struct fault *why)
{
    /* `purser order list --help` comes here too: then the command itself is the topic. */
    if (cli->command != command_find("help")) {
        help_command(cli, cli->command);
        return DONE;
    }
    if (cli->operand_count == 0) {
        help_all(cli);
        return DONE;
    }
    return help_topic(cli,
                      cli->operand_count == 1
                          ? cli->operands[0]
                          : arena_format(&cli->arena, "%s %s", cli->operands[0], cli->operands[1]),
                      why);
}

enum outcome
cmd_help(struct cli *cli, struct fault *why)
{
    TRY(help(cli, why));
    cli_json_around(cli, "help");
    return DONE;
}

enum outcome
cmd_version(struct cli *cli, struct fault *why)
{
    (void)why;
    if (cli->wants_json) {
        struct json json;
        cli_json_begin(cli, &json, "version");
        json_object(&json, "data");
        json_text(&json, "version", PURSER_VERSION);
        json_end(&json);
        cli_json_end(cli, &json);
        return DONE;
    }
    buf_text(&cli->out, "purser " PURSER_VERSION "\n");
    return DONE;
}

/* Words that may stand behind "purser": whole command names and options. */
enum outcome
cmd_completion(struct cli *cli, struct fault *why)
{
    if (strcmp(cli->operands[0], "bash") != 0) {
        return fail_as(why, FAULT_USAGE, "there is completion for bash, not for \"%s\"",
                       cli->operands[0]);
    }
    struct buf *out = &cli->out;
    buf_text(
        out,
        "# bash completion for purser: source <(purser completion bash)\n"
        "_purser() {\n"
        "    local before=\"${COMP_WORDS[*]:1:COMP_CWORD-1}\" word=\"${COMP_WORDS[COMP_CWORD]}\"\n"
        "    local commands options\n    commands='");
    for (size_t index = 0; index < command_count; index++) {
        buf_format(out, "%s%s", index == 0 ? "" : "\n", commands[index].name);
    }
    buf_text(out, "'\n    options='");
    for (size_t index = 0; index < OPTION_COUNT; index++) {
        buf_format(out, "%s--%s", index == 0 ? "" : " ", option_entries[index].name);
    }
    buf_text(out,
             "'\n"
             "    case $word in\n"
             "    -*) mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\") ;;\n"
             "    *) mapfile -t COMPREPLY < <(compgen -W \"$(sed -n \"s/^${before:+$before "
             "}\\\\([^ ]*\\\\).*/\\\\1/p\" "
             "<<<\"$commands\")\" -- \"$word\") ;;\n"
             "    esac\n"
             "    [ ${#COMPREPLY[@]} -gt 0 ] || mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
             "}\n"
             "complete -F _purser purser\n");
    cli_json_around(cli, "completion");
    return DONE;
}
