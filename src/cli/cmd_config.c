/* purser config check, purser config show. */
#include "cli/command.h"
#include "cli/table.h"

#include "config/keys.h"
#include "intake/mapping.h"

#include <string.h>

/* Mistakes in files of mappings; *count are they. */
static void
check_mappings(struct cli *cli, const struct partner *partner, size_t *count)
{
    enum { MAPPINGS_BYTES_MAX = 256 * 1024 * 1024 };
    struct mappings mappings;
    OWNED(arena) arena;
    if (partner->mappings[0] == '\0') {
        return;
    }
    arena_init(&arena, MAPPINGS_BYTES_MAX);
    mappings_load(&mappings, partner->mappings_text, partner->mappings_size, &arena);
    for (size_t index = 0; index < mappings.mistake_count; index++) {
        log_write(&cli->log, LOG_TROUBLE, "%s: %s", partner->mappings, mappings.mistakes[index]);
    }
    *count += mappings.mistake_count > 0;
}

enum outcome
cmd_config_check(struct cli *cli, struct fault *why)
{
    TRY(config_load(&cli->config, cli->home, &cli->log, why));
    cli->has_config = true;
    size_t broken = cli->config.partner_broken_count;
    for (size_t index = 0; index < cli->config.partner_count; index++) {
        check_mappings(cli, &cli->config.partners[index], &broken);
    }
    if (broken > 0) {
        return fail_as(
            why, FAULT_CONFIG,
            "%zu partner file%s left out because of mistakes; the other partners are served",
            broken, broken == 1 ? " is" : "s are");
    }
    if (cli->wants_json) {
        struct json json;
        cli_json_begin(cli, &json, "config.check");
        json_object(&json, "data");
        json_integer(&json, "partners", (int64_t)cli->config.partner_count);
        json_integer(&json, "warnings", (int64_t)cli->config.warning_count);
        json_end(&json);
        cli_json_end(cli, &json);
    } else if (!option_given(cli, OPTION_QUIET)) {
        cli_say_with(cli, M_CONFIG_FINE, cli_integer(cli, (int64_t)cli->config.partner_count),
                     cli_integer(cli, (int64_t)cli->config.schedule_count));
    }
    return DONE;
}

static const char *
setting_value(struct cli *cli, const struct config_setting *setting)
{
    const char *text = "";
    for (size_t index = 0; index < setting->value_count; index++) {
        text = arena_format(&cli->arena, "%s%s%s", text, index == 0 ? "" : " ",
                            setting->values[index]);
    }
    return text;
}

static const struct config_setting *
setting_of(const struct config_section *section, const struct config_key *key)
{
    for (size_t index = 0; section != NULL && index < section->setting_count; index++) {
        if (section->settings[index].key == key) {
            return &section->settings[index];
        }
    }
    return NULL;
}

/* All keys of one section into the table or the JSON array. */
static size_t
show_section(struct cli *cli, const struct config_section *section, int kind, const char *prefix,
             struct table *table, struct json *json)
{
    const char *wanted = cli->operand_count == 0 ? "" : cli->operands[0];
    size_t count = 0;
    for (size_t index = 0; index < config_key_count; index++) {
        const struct config_key *key = &config_keys[index];
        const char *name = arena_format(&cli->arena, "%s.%s", prefix, key->name);
        if ((int)key->section != kind || strstr(name, wanted) == NULL) {
            continue;
        }
        const struct config_setting *setting = setting_of(section, key);
        const char *value = setting == NULL ? key->otherwise : setting_value(cli, setting);
        const int line = setting == NULL ? 0 : setting->line;
        const char *file = line > 0 && section != NULL ? section->file : NULL; /* NULL: default */
        const char *origin = file != NULL ? arena_format(&cli->arena, "%s:%d", file, line)
                                          : cli_text(cli, M_CONFIG_DEFAULT);
        count++;
        if (!cli->wants_json) {
            table_add(table, name, value, origin);
            continue;
        }
        json_object(json, NULL);
        json_text(json, "key", name);
        json_text(json, "value", value);
        json_text(json, "file", file);
        json_integer(json, "line", line);
        json_end(json);
    }
    return count;
}

static const char *
section_prefix(struct cli *cli, const struct config_section *section, const char *partner)
{
    return section->kind == SECTION_MAILBOX
               ? arena_format(&cli->arena, "partner.%s.mailbox.%s", partner, section->title)
           : section->title[0] != '\0'
               ? arena_format(&cli->arena, "%s.%s", section_names[section->kind], section->title)
               : section_names[section->kind];
}

static bool
has_mailbox_section(const struct config *config, size_t index)
{
    return index < config->section_count && config->sections[index].kind == SECTION_MAILBOX;
}

/* inbox/ID, which a partner has that names no mailbox. */
static size_t
show_default_mailbox(struct cli *cli, const char *id, struct table *table, struct json *json)
{
    const struct partner *partner = config_partner(&cli->config, id);
    struct config_setting fetch = {0};
    const char *values[1];
    struct config_section section = {.kind = SECTION_MAILBOX, .settings = &fetch};
    if (partner == NULL || partner->mailbox_count == 0) {
        return 0;
    }
    values[0] = partner->mailboxes[0].fetch_path;
    fetch.key = config_key_find(SECTION_MAILBOX, "fetch");
    fetch.values = values;
    fetch.value_count = 1;
    section.setting_count = 1;
    return show_section(
        cli, &section, SECTION_MAILBOX,
        arena_format(&cli->arena, "partner.%s.mailbox.%s", id, partner->mailboxes[0].name), table,
        json);
}

static size_t
show_sections(struct cli *cli, struct table *table, struct json *json)
{
    const struct config *config = &cli->config;
    const char *partner = "";
    size_t count = 0;
    for (int kind = SECTION_COMPANY; kind < SECTION_PARTNER; kind++) {
        bool is_written = false;
        for (size_t index = 0; index < config->section_count; index++) {
            is_written |= config->sections[index].kind == kind;
        }
        if (!is_written) {
            count += show_section(cli, NULL, kind, section_names[kind], table, json);
        }
    }
    for (size_t index = 0; index < config->section_count; index++) {
        const struct config_section *section = &config->sections[index];
        partner = section->kind == SECTION_PARTNER ? section->title : partner;
        count += show_section(cli, section, section->kind, section_prefix(cli, section, partner),
                              table, json);
        if (section->kind == SECTION_PARTNER && !has_mailbox_section(config, index + 1)) {
            count += show_default_mailbox(cli, partner, table, json);
        }
    }
    return count;
}

enum outcome
cmd_config_show(struct cli *cli, struct fault *why)
{
    static const enum message titles[] = {M_COLUMN_KEY, M_COLUMN_VALUE, M_COLUMN_ORIGIN};
    struct table table;
    struct json json = {0};
    TRY(config_load(&cli->config, cli->home, &cli->log, why));
    cli->has_config = true;
    table_init(&table, cli, "lll", titles);
    if (cli->wants_json) {
        cli_json_begin(cli, &json, "config.show");
        json_array(&json, "data");
    }
    const size_t count = show_sections(cli, &table, &json);
    if (cli->wants_json) {
        json_end(&json);
        cli_json_end(cli, &json);
    } else if (count > 0) {
        table_show(&table, cli);
    }
    return count > 0 ? DONE
                     : fail_as(why, FAULT_NOT_FOUND,
                               "no key has \"%s\" in its name; see `purser help config`",
                               cli->operands[0]);
}
