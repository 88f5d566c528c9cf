/* libConfuse stops at the first key it does not know.  So that all mistakes are told at once, an
 * unknown name is noted, added to the names of its section as something to be skipped, and the
 * (small) file is read again.
 *
 * libConfuse hands no context to its callbacks.  The first option of every section is therefore one
 * without a name that a file could write, and carries ours.
 */
#include "config/conffile.h"

#include "base/file.h"
#include "base/text.h"

#include <confuse.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONFFILE_BYTES_MAX = 1024 * 1024, STRANGERS_MAX = 100, OPTIONS_MAX = 150 };

/* Sections that libConfuse is told of: ours, the file itself, and those we do not know, one within
 * another. */
enum { SCOPE_ROOT = SECTION_COUNT, SCOPE_STRANGE, SCOPE_COUNT = SCOPE_STRANGE + 4 };

/* What the first option of a scope carries. */
struct carried {
    struct reading_state *state;
    int scope;
};

struct stranger {
    int scope;
    const char *name;
    bool is_section;
    bool has_title;
};

struct value_text {
    int line;
    bool is_again; /* the key stood in this section before */
    char text[];
};

struct seen {
    const cfg_t *section;
    const char *key;
    struct seen *next;
};

struct reading_state {
    struct config *config;
    struct mistakes *mistakes;
    const char *file;
    const char *text;
    struct stranger strangers[STRANGERS_MAX];
    size_t stranger_count;
    struct seen *seen;
    bool met_stranger; /* in this pass */
    bool is_broken;
    cfg_opt_t options[SCOPE_COUNT][OPTIONS_MAX];
    struct carried carried[SCOPE_COUNT];
};

void
mistake_add(struct mistakes *mistakes, const char *file, int line, const char *format, ...)
{
    char text[500];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    mistakes->items = arena_grow(mistakes->arena, mistakes->items, sizeof *mistakes->items,
                                 mistakes->count, &mistakes->capacity);
    mistakes->items[mistakes->count++] =
        (struct mistake){file, line, arena_copy(mistakes->arena, text)};
}

const char *
near_name(struct arena *arena, const char *name, const char *const *names, size_t count)
{
    enum { DISTANCE_MAX = 2 };
    const char *nearest = NULL;
    size_t distance = DISTANCE_MAX + 1;
    for (size_t index = 0; index < count; index++) {
        const size_t here = text_distance(name, names[index], DISTANCE_MAX);
        if (here < distance && here < strlen(names[index])) {
            distance = here;
            nearest = names[index];
        }
    }
    return nearest == NULL ? "" : arena_format(arena, " (did you mean \"%s\"?)", nearest);
}

static const struct carried *
carried_by(const cfg_t *section)
{
    return (const struct carried *)(void *)section->opts[0].simple_value.ptr;
}

static struct reading_state *
state_of(const cfg_t *section)
{
    return carried_by(section)->state;
}

/* ---- strangers ---- */

/* The text behind `name` on a line tells a key (=) from a section ({ or a title). */
static void
look_behind(const char *text, int line, const char *name, struct stranger *stranger)
{
    const char *at = text;
    for (int number = 1; number < line && at != NULL; number++) {
        at = strchr(at, '\n');
        at = at == NULL ? NULL : at + 1;
    }
    at = at == NULL ? NULL : strstr(at, name);
    if (at == NULL) {
        return;
    }
    at += strlen(name);
    at += strspn(at, " \t\r\n");
    stranger->is_section = *at != '=' && *at != '+';
    stranger->has_title = stranger->is_section && *at != '{';
}

static size_t
names_of_scope(int scope, const char **names, size_t names_max)
{
    size_t count = 0;
    for (size_t index = 0; index < config_key_count && count < names_max; index++) {
        if ((int)config_keys[index].section == scope) {
            names[count++] = config_keys[index].name;
        }
    }
    for (int section = 0; section < SECTION_COUNT && count < names_max; section++) {
        if (scope == (section == SECTION_MAILBOX ? SECTION_PARTNER : SCOPE_ROOT)) {
            names[count++] = section_names[section];
        }
    }
    return count;
}

/* Where else the name would be right, for keys that stand in the wrong section. */
static const char *
belongs_to(struct arena *arena, const char *name)
{
    for (size_t index = 0; index < config_key_count; index++) {
        if (strcmp(config_keys[index].name, name) == 0) {
            return arena_format(arena, " (it belongs into a %s section)",
                                section_names[config_keys[index].section]);
        }
    }
    return strcmp(name, "mailbox") == 0 ? " (it belongs into a partner section)" : "";
}

static void
note_stranger(struct reading_state *state, const cfg_t *section, const char *name)
{
    enum { NAMES_MAX = 64 };
    if (state->stranger_count == STRANGERS_MAX) {
        state->is_broken = true;
        return;
    }
    struct arena *arena = state->mistakes->arena;
    struct stranger *stranger = &state->strangers[state->stranger_count++];
    stranger->scope = carried_by(section)->scope;
    stranger->name = arena_copy(arena, name);
    look_behind(state->text, section->line, name, stranger);
    state->met_stranger = true;
    if (stranger->scope >= SCOPE_STRANGE) {
        return; /* the section around it was told of already */
    }
    const char *names[NAMES_MAX];
    const size_t count = names_of_scope(stranger->scope, names, NAMES_MAX);
    const char *nearest = near_name(arena, name, names, count);
    mistake_add(state->mistakes, state->file, section->line, "there is no %s \"%s\"%s%s%s",
                stranger->is_section ? "section" : "key", name,
                stranger->scope == SCOPE_ROOT ? "" : " in section ",
                stranger->scope == SCOPE_ROOT ? "" : section->name,
                nearest[0] != '\0' ? nearest : belongs_to(arena, name));
}

static void
on_error(cfg_t *section, const char *format, va_list arguments)
{
    static const char unknown[] = "no such option '";
    char text[400];
    struct reading_state *state = state_of(section);
    vsnprintf(text, sizeof text, format, arguments);
    if (strncmp(text, unknown, sizeof unknown - 1) == 0) {
        char *name = text + sizeof unknown - 1;
        name[strcspn(name, "'")] = '\0';
        note_stranger(state, section, name);
    } else if (!state->is_broken) {
        state->is_broken = true;
        mistake_add(state->mistakes, state->file, section->line,
                    "%s (mistakes behind this line are not seen yet)", text);
    }
}

/* ---- what libConfuse is told ---- */

static int
on_value(cfg_t *section, cfg_opt_t *option, const char *value, void *result)
{
    struct reading_state *state = state_of(section);
    const size_t size = strlen(value) + 1;
    struct value_text *kept = calloc(1, sizeof *kept + size);
    if (kept == NULL) {
        abort();
    }
    kept->line = section->line;
    memcpy(kept->text, value, size);
    if (option->nvalues == 1) {
        for (const struct seen *seen = state->seen; seen != NULL; seen = seen->next) {
            kept->is_again |= seen->section == section && seen->key == option->name;
        }
        struct seen *seen = arena_new(state->mistakes->arena, struct seen);
        *seen = (struct seen){section, option->name, state->seen};
        state->seen = seen;
    }
    memcpy(result, &kept, sizeof(void *));
    /* cppcheck-suppress memleak ; libConfuse owns it now */
    return 0;
}

static cfg_opt_t
value_option(const char *name)
{
    const cfg_opt_t option = CFG_PTR_LIST_CB(name, NULL, CFGF_NODEFAULT, on_value, free);
    return option;
}

static cfg_opt_t
section_option(const char *name, cfg_opt_t *options, bool has_title)
{
    const cfg_opt_t option =
        CFG_SEC(name, options, CFGF_MULTI | (has_title ? CFGF_TITLE | CFGF_NO_TITLE_DUPES : 0));
    return option;
}

static bool
is_titled(int section)
{
    return section == SECTION_PARTNER || section == SECTION_MAILBOX ||
           section == SECTION_SCHEDULE || section == SECTION_HOLD;
}

static void
fill_scope(struct reading_state *state, int scope)
{
    cfg_opt_t *options = state->options[scope];
    const cfg_opt_t carrier = CFG_FUNC(" ", NULL);
    const cfg_opt_t end = CFG_END();
    size_t count = 0;
    options[count] = carrier;
    state->carried[scope] = (struct carried){state, scope};
    options[count++].simple_value.ptr = (void **)(void *)&state->carried[scope];
    for (size_t index = 0; index < config_key_count; index++) {
        if ((int)config_keys[index].section == scope) {
            options[count++] = value_option(config_keys[index].name);
        }
    }
    for (int section = 0; section < SECTION_COUNT; section++) {
        if (scope == (section == SECTION_MAILBOX ? SECTION_PARTNER : SCOPE_ROOT)) {
            options[count++] =
                section_option(section_names[section], state->options[section], is_titled(section));
        }
    }
    /* libConfuse copies the options of sections deeply, so a strange section cannot hold its own
     * kind. */
    const int within = scope < SCOPE_STRANGE ? SCOPE_STRANGE : scope + 1;
    for (size_t index = 0; index < state->stranger_count; index++) {
        const struct stranger *stranger = &state->strangers[index];
        const bool fits = !stranger->is_section || within < SCOPE_COUNT;
        if (stranger->scope == scope && fits && count < OPTIONS_MAX - 1) {
            options[count++] =
                stranger->is_section
                    ? section_option(stranger->name, state->options[within], stranger->has_title)
                    : value_option(stranger->name);
        }
    }
    options[count] = end;
}

/* ---- from libConfuse's tree to ours ---- */

static void
keep_setting(struct reading_state *state, struct config_section *section, cfg_opt_t *option)
{
    const struct config_key *key = config_key_find((enum section_kind)section->kind, option->name);
    if (key == NULL || (option->flags & CFGF_MODIFIED) == 0) {
        return;
    }
    struct arena *arena = &state->config->arena;
    section->settings = arena_grow(arena, section->settings, sizeof *section->settings,
                                   section->setting_count, &section->setting_capacity);
    struct config_setting *setting = &section->settings[section->setting_count++];
    setting->key = key;
    setting->value_count = cfg_opt_size(option);
    setting->values = arena_array(arena, const char *, setting->value_count + 1);
    setting->line = section->line_last; /* of an empty list nothing better is known */
    for (unsigned int index = 0; index < setting->value_count; index++) {
        const struct value_text *kept = cfg_opt_getnptr(option, index);
        setting->values[index] = arena_copy(arena, kept->text);
        setting->line = index == 0 ? kept->line : setting->line;
        if (kept->is_again) {
            mistake_add(state->mistakes, state->file, kept->line,
                        "%s is given twice in this section", key->name);
        }
    }
}

static struct config_section *
new_section(struct reading_state *state, enum section_kind kind, const cfg_t *from)
{
    struct config *config = state->config;
    config->sections = arena_grow(&config->arena, config->sections, sizeof *config->sections,
                                  config->section_count, &config->section_capacity);
    struct config_section *section = &config->sections[config->section_count++];
    memset(section, 0, sizeof *section);
    section->kind = kind;
    section->title = from->title == NULL ? "" : arena_copy(&config->arena, from->title);
    section->file = state->file;
    section->line_last = from->line;
    return section;
}

static void
keep_section(struct reading_state *state, enum section_kind kind, cfg_t *from)
{
    struct config_section *section = new_section(state, kind, from);
    for (cfg_opt_t *option = from->opts; option->name != NULL; option++) {
        if (option->type == CFGT_PTR) {
            keep_setting(state, section, option);
        }
    }
    if (kind == SECTION_PARTNER) {
        for (unsigned int index = 0; index < cfg_size(from, "mailbox"); index++) {
            keep_section(state, SECTION_MAILBOX, cfg_getnsec(from, "mailbox", index));
        }
    }
}

static void
keep_all(struct reading_state *state, cfg_t *root)
{
    for (int kind = 0; kind < SECTION_COUNT; kind++) {
        if (kind == SECTION_MAILBOX) {
            continue;
        }
        for (unsigned int index = 0; index < cfg_size(root, section_names[kind]); index++) {
            keep_section(state, (enum section_kind)kind,
                         cfg_getnsec(root, section_names[kind], index));
        }
    }
}

/* One pass over the text; true when another is needed because a stranger was met. */
static bool
parse_once(struct reading_state *state)
{
    for (int scope = 0; scope < SCOPE_COUNT; scope++) {
        fill_scope(state, scope);
    }
    state->met_stranger = false;
    state->seen = NULL;
    cfg_t *root = cfg_init(state->options[SCOPE_ROOT], CFGF_NONE);
    if (root == NULL) {
        abort();
    }
    cfg_set_error_function(root, on_error);
    const int result = cfg_parse_buf(root, state->text);
    if (result == CFG_SUCCESS) {
        keep_all(state, root);
    } else if (!state->met_stranger && !state->is_broken) {
        state->is_broken = true;
        mistake_add(state->mistakes, state->file, 0, "the file cannot be read as configuration");
    }
    cfg_free(root);
    return state->met_stranger && !state->is_broken;
}

/* The text of the file with a last line feed, or NULL after a mistake. */
static const char *
load_text(struct reading_state *state, int home)
{
    struct fault why = {0};
    char *bytes = NULL;
    size_t size = 0;
    size_t bad_at = 0;
    struct arena *arena = &state->config->arena;
    const enum outcome outcome =
        file_read(home, state->file, CONFFILE_BYTES_MAX, arena, &bytes, &size, &why);
    if (outcome != DONE) {
        mistake_add(state->mistakes, state->file, 0, "%s",
                    outcome == NONE ? "there is no such file" : why.text);
        return NULL;
    }
    if (!text_is_utf8(bytes, size, &bad_at) || strlen(bytes) != size) {
        int line = 1;
        const size_t end = strlen(bytes) != size ? strlen(bytes) : bad_at;
        for (size_t at = 0; at < end; at++) {
            line += bytes[at] == '\n';
        }
        mistake_add(state->mistakes, state->file, line, "the text is not UTF-8");
        return NULL;
    }
    /* Notepad of Windows begins UTF-8 with a byte order mark. */
    static const char mark[] = "\xEF\xBB\xBF";
    return arena_format(arena, "%s\n",
                        bytes + (strncmp(bytes, mark, strlen(mark)) == 0 ? strlen(mark) : 0));
}

void
conffile_read(struct config *config, int home, const char *path, struct mistakes *mistakes)
{
    struct reading_state *state = calloc(1, sizeof *state);
    if (state == NULL) {
        abort();
    }
    state->config = config;
    state->mistakes = mistakes;
    state->file = arena_copy(&config->arena, path);
    state->text = load_text(state, home);
    while (state->text != NULL && parse_once(state)) {
    }
    free(state);
}
