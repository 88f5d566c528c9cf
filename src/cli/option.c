#include "cli/command.h"

#include "base/date.h"
#include "base/text.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#define OPTION_AS_ENTRY(enumerator, name, letter, argument, help)                                  \
    [enumerator] = {name, letter, argument, help},
const struct option_entry option_entries[OPTION_COUNT] = {CLI_OPTIONS(OPTION_AS_ENTRY)};

enum { LONG_BASE = 256 }; /* getopt's value of a long option, above all letters */

static const char *
nearest_option(const char *name, struct arena *arena)
{
    enum { DISTANCE_MAX = 2 };
    size_t distance = DISTANCE_MAX + 1;
    const char *nearest = NULL;
    for (size_t index = 0; index < OPTION_COUNT; index++) {
        const size_t here = text_distance(name, option_entries[index].name, DISTANCE_MAX);
        const size_t size = strlen(name);
        const bool begins = size >= 2 && strncmp(name, option_entries[index].name, size) == 0;
        if (here < distance || (begins && nearest == NULL)) {
            distance = here;
            nearest = option_entries[index].name;
        }
    }
    return nearest == NULL ? "" : arena_format(arena, "; did you mean --%s?", nearest);
}

/* getopt_long takes any unambiguous beginning of a name; here a name is a name. */
static enum outcome
check_names(struct cli *cli, int argc, char **argv, struct fault *why)
{
    for (int at = 1; at < argc && strcmp(argv[at], "--") != 0; at++) {
        if (strncmp(argv[at], "--", 2) != 0) {
            continue;
        }
        const char *name = arena_copy_bytes(&cli->arena, argv[at] + 2, strcspn(argv[at] + 2, "="));
        bool is_known = false;
        for (size_t index = 0; index < OPTION_COUNT; index++) {
            is_known |= strcmp(name, option_entries[index].name) == 0;
        }
        if (!is_known) {
            return fail_as(why, FAULT_USAGE, "there is no option --%s%s", name,
                           nearest_option(name, &cli->arena));
        }
    }
    return DONE;
}

static enum cli_option
option_of(int value)
{
    for (size_t index = 0; index < OPTION_COUNT; index++) {
        if (value == LONG_BASE + (int)index ||
            (option_entries[index].letter != 0 && value == option_entries[index].letter)) {
            return (enum cli_option)index;
        }
    }
    return OPTION_COUNT;
}

static enum outcome
parse_options(struct cli *cli, int argc, char **argv, struct fault *why)
{
    struct option table[OPTION_COUNT + 1] = {{0}};
    char letters[3 * OPTION_COUNT + 2] = ":";
    size_t used = 1;
    for (size_t index = 0; index < OPTION_COUNT; index++) {
        const struct option_entry *entry = &option_entries[index];
        table[index].name = entry->name;
        table[index].has_arg = entry->argument == NULL ? no_argument : required_argument;
        table[index].val = LONG_BASE + (int)index;
        if (entry->letter != 0) {
            letters[used++] = entry->letter;
            if (entry->argument != NULL) {
                letters[used++] = ':';
            }
        }
    }
    cli->given = arena_array(&cli->arena, struct given, (size_t)argc);
    opterr = 0;
    for (;;) {
        const int value = getopt_long(argc, argv, letters, table, NULL);
        if (value == -1) {
            return DONE;
        }
        const enum cli_option option = option_of(value);
        if (value == ':') {
            return fail_as(why, FAULT_USAGE, "%s needs a value", argv[optind - 1]);
        }
        if (option == OPTION_COUNT) {
            return fail_as(why, FAULT_USAGE, "%s is no option, or takes no value",
                           argv[optind - 1]);
        }
        cli->values[option] = optarg == NULL ? "" : optarg;
        cli->given[cli->given_count++] = (struct given){option, cli->values[option]};
    }
}

/* "order list" is two words, "run" is one. */
static enum outcome
find_command(struct cli *cli, struct fault *why)
{
    const char *name = cli->operands[0];
    cli->command = command_find(name);
    int words = 1;
    if (cli->command == NULL && cli->operand_count > 1) {
        name = arena_format(&cli->arena, "%s %s", cli->operands[0], cli->operands[1]);
        cli->command = command_find(name);
        words = 2;
    }
    if (cli->command == NULL) {
        return fail_as(why, FAULT_USAGE, "there is no command \"%s\"%s", name,
                       command_near(name, &cli->arena));
    }
    cli->operands += words;
    cli->operand_count -= words;
    return DONE;
}

bool
option_allowed(const struct command *command, enum cli_option option)
{
    if ((int)option < OPTION_COMMON_COUNT) {
        return true;
    }
    for (size_t index = 0; index < COMMAND_OPTIONS_MAX; index++) {
        if (command->options[index] == option) {
            return true;
        }
    }
    return false;
}

static enum outcome
check_usage(const struct cli *cli, struct fault *why)
{
    const struct command *command = cli->command;
    for (size_t index = 0; index < OPTION_COUNT; index++) {
        if (cli->values[index] != NULL && !option_allowed(command, (enum cli_option)index)) {
            return fail_as(why, FAULT_USAGE, "%s takes no option --%s; see `purser help %s`",
                           command->name, option_entries[index].name, command->name);
        }
    }
    if (option_given(cli, OPTION_HELP)) {
        return DONE;
    }
    if (cli->operand_count < command->operands_min) {
        return fail_as(why, FAULT_USAGE, "%s needs %s: purser %s %s", command->name,
                       command->operands, command->name, command->operands);
    }
    if (cli->operand_count > command->operands_max) {
        return fail_as(why, FAULT_USAGE, "%s does not take \"%s\"; see `purser help %s`",
                       command->name, cli->operands[command->operands_max], command->name);
    }
    return DONE;
}

enum outcome
option_parse(struct cli *cli, int argc, char **argv, struct fault *why)
{
    /* Known first, so that a mistake in the other arguments is told as JSON too. */
    for (int at = 1; at < argc && strcmp(argv[at], "--") != 0; at++) {
        cli->wants_json |= strcmp(argv[at], "--json") == 0;
    }
    TRY(check_names(cli, argc, argv, why));
    TRY(parse_options(cli, argc, argv, why));
    cli->operands = argv + optind;
    cli->operand_count = argc - optind;
    const char *language = option_text(cli, OPTION_LANG, "en");
    if (!text_among(language, language_names, LANGUAGE_COUNT)) {
        return fail_as(why, FAULT_USAGE, "--lang is en or zh, not \"%s\"", language);
    }
    cli->language = strcmp(language, language_names[LANGUAGE_ZH]) == 0 ? LANGUAGE_ZH : LANGUAGE_EN;
    cli->wants_json = option_given(cli, OPTION_JSON);
    if (option_given(cli, OPTION_VERSION)) {
        cli->command = command_find("version");
        return DONE;
    }
    if (cli->operand_count == 0) {
        cli->command = command_find("help");
        return option_given(cli, OPTION_HELP)
                   ? DONE
                   : fail_as(why, FAULT_USAGE, "a command is missing; `purser help` lists them");
    }
    TRY(find_command(cli, why));
    return check_usage(cli, why);
}

bool
option_given(const struct cli *cli, enum cli_option option)
{
    return cli->values[option] != NULL;
}

const char *
option_text(const struct cli *cli, enum cli_option option, const char *otherwise)
{
    return cli->values[option] == NULL ? otherwise : cli->values[option];
}

enum outcome
option_day(const struct cli *cli, enum cli_option option, int32_t *day, struct fault *why)
{
    const char *text = cli->values[option];
    if (text == NULL) {
        return NONE;
    }
    return day_parse(text, day)
               ? DONE
               : fail_as(why, FAULT_USAGE, "--%s is a day such as 2026-11-24, not \"%s\"",
                         option_entries[option].name, text);
}

enum outcome
option_reason(const struct cli *cli, bool is_needed, const char **reason, struct fault *why)
{
    enum { REASON_BYTES_MAX = 1000 };
    const char *text = option_text(cli, OPTION_REASON, "");
    if (is_needed && text[0] == '\0') {
        return fail_as(why, FAULT_USAGE, "this needs --reason TEXT: whoever is told reads it");
    }
    if (!cli_is_presentable(text, REASON_BYTES_MAX)) {
        return fail_as(
            why, FAULT_USAGE,
            "--reason is told to the partner: at most %d bytes of UTF-8 without control characters",
            REASON_BYTES_MAX);
    }
    *reason = text;
    return DONE;
}

enum outcome
option_number(const struct cli *cli, enum cli_option option, int64_t otherwise, int64_t *number,
              struct fault *why)
{
    const char *text = cli->values[option];
    char *end = NULL;
    if (text == NULL) {
        *number = otherwise;
        return DONE;
    }
    const long long value = strtoll(text, &end, 10);
    if (end == text || *end != '\0' || value < 1 || value > 1000000000) {
        return fail_as(why, FAULT_USAGE, "--%s is a whole number from 1, not \"%s\"",
                       option_entries[option].name, text);
    }
    *number = value;
    return DONE;
}
