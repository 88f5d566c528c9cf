/* purser order trace: the whole story of an order as one line of time. */
#include "cli/command.h"
#include "cli/find.h"
#include "cli/table.h"
#include "cli/wrap.h"

#include "base/date.h"
#include "base/text.h"
#include "order/order_difference.h"
#include "order/story.h"
#include "store/store_order_whole.h"
#include "store/store_story.h"

#include <assert.h>
#include <string.h>

/* Two times that are nearer than this are told as one. */
#define APART_MS INT64_C(60000)

enum { TEXT_WIDTH_MIN = 30, COLUMN_GAP = 2, TRACE_COLUMNS = 4 };

struct trace {
    struct cli *cli;
    struct found_order found;
    struct story_ask ask;
    enum story_family family; /* STORY_NO_FAMILY: all */
    struct story_entry *entries;
    size_t count;
};

/* One entry as it is told. */
struct told {
    const struct story_entry *entry;
    struct story_kind kind;
    const char *text;
    struct difference *differences; /* to the version before */
    size_t difference_count;
};

static enum outcome
read_family(struct cli *cli, enum story_family *family, struct fault *why)
{
    const char *name = option_text(cli, OPTION_KIND, NULL);
    *family = STORY_NO_FAMILY;
    if (name == NULL) {
        return DONE;
    }
    for (int index = 1; index < (int)STORY_FAMILY_COUNT; index++) {
        if (strcmp(story_family_names[index], name) == 0) {
            *family = (enum story_family)index;
            return DONE;
        }
    }
    return fail_as(why, FAULT_USAGE,
                   "--kind is order, decisions, goods, money, changes, returns or files, not "
                   "\"%s\"",
                   name);
}

static enum outcome
read_days(struct cli *cli, struct story_ask *ask, struct fault *why)
{
    int32_t day = DAY_NONE;
    enum outcome outcome = option_day(cli, OPTION_SINCE, &day, why);
    ask->from_ms = outcome == DONE ? day_begin(day) : INT64_MIN;
    if (outcome != NONE) {
        TRY(outcome);
    }
    outcome = option_day(cli, OPTION_UNTIL, &day, why);
    ask->to_ms = outcome == DONE ? day_begin(day + 1) : INT64_MAX;
    return outcome == NONE ? DONE : outcome;
}

/* In what the version that an entry made differs from the one before. */
static enum outcome
compare(const struct trace *trace, struct told *told, struct fault *why)
{
    struct arena *arena = &trace->cli->arena;
    struct order before;
    struct order after;
    if (!told->entry->begins_version) {
        return DONE;
    }
    const int64_t version = told->entry->version;
    struct store *store = trace->cli->store;
    const enum outcome outcome =
        order_read_whole(store, trace->found.id, version - 1, arena, &before, why);
    assert(outcome != NONE); /* there is one before this one */
    TRY(outcome);
    TRY(order_read_whole(store, trace->found.id, version, arena, &after, why));
    order_compare(&before, &after, arena, &told->differences, &told->difference_count);
    return DONE;
}

/* NONE: it was not asked for. */
static enum outcome
tell(const struct trace *trace, const struct story_entry *entry, struct told *told,
     struct fault *why)
{
    struct cli *cli = trace->cli;
    *told = (struct told){.entry = entry};
    const bool is_known = story_kind_find(entry->kind, &told->kind);
    assert(is_known); /* test_story goes through them all */
    if (trace->family != STORY_NO_FAMILY && told->kind.family != trace->family) {
        return NONE;
    }
    told->text =
        story_text(told->kind.message, entry->facts, entry->fact_count, cli->language, &cli->arena);
    return compare(trace, told, why);
}

static bool
is_late_known(const struct story_entry *entry)
{
    const int64_t apart_ms = entry->known_ms - entry->happened_ms;
    return apart_ms > APART_MS || apart_ms < -APART_MS;
}

/* What people read: the sentence, by which file its actor told it, and what is another than
 * before. */
static const char *
words_of(struct cli *cli, const struct told *told)
{
    const struct story_entry *entry = told->entry;
    const char *text = told->text;
    if (entry->file[0] != '\0' && strcmp(entry->partner, entry->actor) == 0) {
        text = cli_phrase(cli, M_STORY_AND, text, cli_text(cli, M_STORY_FACT_FILE),
                          text_show(&cli->arena, entry->file, strlen(entry->file), 100));
    }
    for (size_t index = 0; index < told->difference_count; index++) {
        text = arena_format(&cli->arena, "%s\n- %s", text,
                            difference_text(&told->differences[index], cli->language, &cli->arena));
    }
    return text;
}

/* The first three cells; "" in further lines of an entry. */
static void
begin_cells(struct cli *cli, const struct story_entry *entry, const char **cells)
{
    cells[0] = cli_time(cli, entry->happened_ms);
    cells[1] = is_late_known(entry) ? cli_time(cli, entry->known_ms) : "";
    cells[2] = text_show(&cli->arena, entry->actor, strlen(entry->actor), 40);
}

/* How many columns are left for the words. */
static size_t
width_of_words(const struct trace *trace, const enum message *titles)
{
    size_t used = 0;
    for (size_t column = 0; column + 1 < TRACE_COLUMNS; column++) {
        size_t widest = text_width(cli_text(trace->cli, titles[column]));
        for (size_t index = 0; index < trace->count; index++) {
            const char *cells[TRACE_COLUMNS];
            begin_cells(trace->cli, &trace->entries[index], cells);
            const size_t width = text_width(cells[column]);
            widest = width > widest ? width : widest;
        }
        used += widest + COLUMN_GAP;
    }
    const size_t all = wrap_width();
    return all > used + TEXT_WIDTH_MIN ? all - used : TEXT_WIDTH_MIN;
}

static enum outcome
show_table(const struct trace *trace, struct fault *why)
{
    static const enum message titles[TRACE_COLUMNS] = {
        M_STORY_COLUMN_HAPPENED, M_STORY_COLUMN_KNOWN, M_COLUMN_ACTOR, M_COLUMN_EVENT};
    struct cli *cli = trace->cli;
    struct table table;
    const size_t width = width_of_words(trace, titles);
    size_t shown = 0;
    table_init(&table, cli, "llll", titles);
    for (size_t index = 0; index < trace->count; index++) {
        struct told told;
        const enum outcome outcome = tell(trace, &trace->entries[index], &told, why);
        if (outcome == NONE) {
            continue;
        }
        TRY(outcome);
        const char *cells[TRACE_COLUMNS];
        size_t line_count = 0;
        const char **lines = wrap_lines(&cli->arena, words_of(cli, &told), width, &line_count);
        begin_cells(cli, told.entry, cells);
        for (size_t line = 0; line < line_count; line++) {
            cells[TRACE_COLUMNS - 1] = lines[line];
            table_row(&table, cells);
            cells[0] = cells[1] = cells[2] = "";
        }
        shown++;
    }
    if (shown == 0) {
        cli_say(cli, M_STORY_NOTHING);
        return DONE;
    }
    table_show(&table, cli);
    buf_char(&cli->out, '\n');
    cli_say_with(cli, M_ORDER_TRACE_PRICE, trace->found.partner, trace->found.number);
    return DONE;
}

static void
facts_json(struct json *json, const struct story_entry *entry)
{
    json_object(json, "facts");
    for (size_t index = 0; index < entry->fact_count; index++) {
        json_text(json, entry->facts[index].name, entry->facts[index].value);
    }
    json_end(json);
}

static void
differences_json(struct cli *cli, struct json *json, const struct told *told)
{
    json_array(json, "differences");
    for (size_t index = 0; index < told->difference_count; index++) {
        const struct difference *difference = &told->differences[index];
        json_object(json, NULL);
        json_text(json, "kind", modification_names[difference->kind]);
        json_text(json, "line", difference->line);
        json_text(json, "field", difference->field);
        json_text(json, "before", difference->before);
        json_text(json, "after", difference->after);
        json_text(json, "text", difference_text(difference, cli->language, &cli->arena));
        json_end(json);
    }
    json_end(json);
}

static void
entry_json(struct cli *cli, struct json *json, const struct told *told)
{
    const struct story_entry *entry = told->entry;
    json_object(json, NULL);
    json_text(json, "happened", story_moment_utc(&cli->arena, entry->happened_ms));
    json_text(json, "known", story_moment_utc(&cli->arena, entry->known_ms));
    json_text(json, "family", story_family_names[told->kind.family]);
    json_text(json, "kind", entry->kind);
    json_text(json, "actor", entry->actor);
    if (entry->version != 0) {
        json_integer(json, "version", entry->version);
    } else {
        json_text(json, "version", NULL);
    }
    json_text(json, "text", told->text);
    json_text(json, "file",
              entry->file[0] == '\0'
                  ? NULL
                  : arena_format(&cli->arena, "%s/%s", entry->partner, entry->file));
    json_text(json, "sha256", entry->file[0] == '\0' ? NULL : entry->sha256);
    facts_json(json, entry);
    differences_json(cli, json, told);
    json_text(json, "detail", entry->detail);
    json_end(json);
}

static enum outcome
show_json(const struct trace *trace, struct fault *why)
{
    struct cli *cli = trace->cli;
    struct json json;
    cli_json_begin(cli, &json, "order.trace");
    json_object(&json, "data");
    json_text(&json, "partner", trace->found.partner);
    json_text(&json, "number", trace->found.number);
    json_array(&json, "entries");
    for (size_t index = 0; index < trace->count; index++) {
        struct told told;
        const enum outcome outcome = tell(trace, &trace->entries[index], &told, why);
        if (outcome == NONE) {
            continue;
        }
        TRY(outcome);
        entry_json(cli, &json, &told);
        TRY(cli_set_aside(cli, why));
    }
    json_end(&json);
    json_end(&json);
    cli_json_end(cli, &json);
    return DONE;
}

enum outcome
cmd_order_trace(struct cli *cli, struct fault *why)
{
    struct trace trace = {.cli = cli};
    TRY(read_family(cli, &trace.family, why));
    TRY(read_days(cli, &trace.ask, why));
    TRY(find_order(cli, false, &trace.found, why));
    trace.ask.order_id = trace.found.id;
    trace.ask.by_known = option_given(cli, OPTION_KNOWN);
    TRY(story_read(cli->store, &trace.ask, &cli->arena, &trace.entries, &trace.count, why));
    return cli->wants_json ? show_json(&trace, why) : show_table(&trace, why);
}
