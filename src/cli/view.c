#include "cli/view.h"

#include "base/date.h"
#include "base/decimal.h"
#include "base/text.h"
#include "order/delay_words.h"
#include "order/finding.h"
#include "order/lifecycle.h"
#include "order/transport_state.h"

#include <string.h>

enum { BELOW_INDENT = 6 };

static enum headline
headline_at(const struct rows *rows, const struct view_column *column)
{
    const int approval =
        name_index(rows_text(rows, column->column), approval_state_names, APPROVAL_STATE_COUNT);
    const int fulfilment =
        name_index(rows_text(rows, column->other), fulfilment_state_names, FULFILMENT_STATE_COUNT);
    const int payment =
        name_index(rows_text(rows, column->other + 1), payment_state_names, PAYMENT_STATE_COUNT);
    return lifecycle_headline((enum approval_state)(approval < 0 ? 0 : approval),
                              (enum fulfilment_state)(fulfilment < 0 ? 0 : fulfilment),
                              (enum payment_state)(payment < 0 ? 0 : payment));
}

/* The sentence of a finding, filled in. */
static const char *
finding_sentence(struct cli *cli, const struct rows *rows, const struct view_column *column)
{
    const char *code = rows_copy(rows, column->column, &cli->arena);
    const struct finding finding = {
        .code = message_find(code),
        .order_number = rows_copy(rows, column->other, &cli->arena),
        .order_line = rows_copy(rows, column->other + 1, &cli->arena),
        .field = rows_copy(rows, column->other + 2, &cli->arena),
        .value = rows_copy(rows, column->other + 3, &cli->arena),
        .expected = rows_copy(rows, column->other + 4, &cli->arena),
        .hint = rows_copy(rows, column->other + 5, &cli->arena),
    };
    if (finding.code == MESSAGE_COUNT) {
        return code;
    }
    return finding_text(&finding, FINDING_RULE, cli->language, &cli->arena);
}

const char *
view_headline(struct cli *cli, enum headline headline)
{
    return cli_text(cli, headline_messages[headline]);
}

static const char *
expected_text(struct cli *cli, int64_t moment_ms)
{
    char day[DATE_TEXT_SIZE];
    return moment_is_day(moment_ms)
               ? arena_copy(&cli->arena, day_format(day, moment_day(moment_ms)))
               : cli_time(cli, moment_ms);
}

/* "2026-03-06 - 2026-03-07" */
static const char *
span_text(struct cli *cli, const struct rows *rows, const struct view_column *column)
{
    const int64_t from = rows_integer(rows, column->column);
    const int64_t to = rows_integer_or(rows, column->other, from);
    return from == to ? expected_text(cli, from)
                      : arena_format(&cli->arena, "%s - %s", expected_text(cli, from),
                                     expected_text(cli, to));
}

static const char *
degrees_text(struct cli *cli, const struct rows *rows, const struct view_column *column)
{
    char latitude[DECIMAL_TEXT_SIZE];
    char longitude[DECIMAL_TEXT_SIZE];
    return arena_format(
        &cli->arena, "%s, %s",
        decimal_format(latitude, rows_integer(rows, column->column), MICROS_PLACES, 0),
        decimal_format(longitude, rows_integer(rows, column->other), MICROS_PLACES, 0));
}

const char *
view_cell(struct cli *cli, const struct rows *rows, const struct view_column *column)
{
    char text[DECIMAL_TEXT_SIZE];
    char day[DATE_TEXT_SIZE];
    const int at = column->column;
    if (column->kind != VIEW_HEADLINE && column->kind != VIEW_PATH && rows_is_null(rows, at)) {
        return "-";
    }
    switch (column->kind) {
    case VIEW_WORD: return cli_word(cli, rows_text(rows, at));
    case VIEW_INTEGER: return cli_integer(cli, rows_integer(rows, at));
    case VIEW_MICROS:
        return arena_copy(&cli->arena,
                          decimal_format(text, rows_integer(rows, at), MICROS_PLACES, 0));
    case VIEW_MONEY: return cli_money(cli, rows_integer(rows, at), rows_text(rows, column->other));
    case VIEW_DAY: return arena_copy(&cli->arena, day_format(day, (int32_t)rows_integer(rows, at)));
    case VIEW_MOMENT: return cli_time(cli, rows_integer(rows, at));
    case VIEW_SIZE: return cli_size(cli, rows_integer(rows, at));
    case VIEW_HEADLINE: return view_headline(cli, headline_at(rows, column));
    case VIEW_PATH: {
        const char *front = rows_copy(rows, at, &cli->arena);
        return arena_format(&cli->arena, "%s/%s", front, rows_text(rows, column->other));
    }
    case VIEW_FINDING: return finding_sentence(cli, rows, column);
    case VIEW_PARCEL: return transport_state_text(rows_copy(rows, at, &cli->arena), cli->language);
    case VIEW_GRADE: return delay_grade_words(rows_text(rows, at), cli->language);
    case VIEW_DELAY: return delay_cause_words(rows_text(rows, at), cli->language);
    case VIEW_EXPECTED: return span_text(cli, rows, column);
    case VIEW_DEGREES: return degrees_text(cli, rows, column);
    case VIEW_PRICE:
        return arena_copy(&cli->arena,
                          decimal_format(text, rows_integer(rows, at), MICROS_PLACES, 2));
    default: {
        const char *value = rows_text(rows, at);
        return text_show(&cli->arena, value, strlen(value), 200);
    }
    }
}

static void
money_json(struct json *json, const struct rows *rows, const struct view_column *column)
{
    const int exponent = currency_exponent(rows_text(rows, column->other));
    const int places = exponent < 0 ? 2 : exponent;
    json_decimal(json, column->key, rows_integer(rows, column->column), places, places);
}

static void
expected_json(struct json *json, const char *key, int64_t moment_ms)
{
    if (moment_is_day(moment_ms)) {
        json_day(json, key, moment_day(moment_ms));
    } else {
        json_moment(json, key, moment_ms);
    }
}

static void
member_json(struct cli *cli, struct json *json, const struct rows *rows,
            const struct view_column *column)
{
    const int at = column->column;
    if (column->key == NULL) {
        return;
    }
    if (column->kind == VIEW_HEADLINE) {
        json_text(json, column->key, headline_names[headline_at(rows, column)]);
        return;
    }
    if (rows_is_null(rows, at)) {
        json_text(json, column->key, NULL);
        return;
    }
    switch (column->kind) {
    case VIEW_INTEGER:
    case VIEW_SIZE: json_integer(json, column->key, rows_integer(rows, at)); break;
    case VIEW_MICROS:
    case VIEW_PRICE:
        json_decimal(json, column->key, rows_integer(rows, at), MICROS_PLACES, 0);
        break;
    case VIEW_MONEY: money_json(json, rows, column); break;
    case VIEW_DAY: json_day(json, column->key, (int32_t)rows_integer(rows, at)); break;
    case VIEW_EXPECTED: expected_json(json, column->key, rows_integer(rows, at)); break;
    case VIEW_MOMENT: json_moment(json, column->key, rows_integer(rows, at)); break;
    case VIEW_RAW: json_raw(json, column->key, rows_text(rows, at)); break;
    case VIEW_PATH:
    case VIEW_FINDING: json_text(json, column->key, view_cell(cli, rows, column)); break;
    default: json_text(json, column->key, rows_text(rows, at)); break;
    }
}

/* Is there a value, and one that says something? */
static bool
is_there(const struct rows *rows, const struct view_column *column)
{
    return !rows_is_null(rows, column->column) && rows_text(rows, column->column)[0] != '\0';
}

/* A whole value; lines behind the first are indented. */
static const char *
view_lines(struct cli *cli, const struct rows *rows, const struct view_column *column, int indent)
{
    if (column->kind != VIEW_TEXT) {
        return view_cell(cli, rows, column);
    }
    const char *text = "";
    const char *value = rows_copy(rows, column->column, &cli->arena);
    for (const char *at = value; at != NULL; at = at[0] == '\n' ? at + 1 : NULL) {
        const size_t size = strcspn(at, "\n");
        const char *line = text_show(&cli->arena, at, size, FIELD_BYTES_MAX * 4);
        text = at == value ? line : arena_format(&cli->arena, "%s\n%*s%s", text, indent, "", line);
        at += size;
    }
    return text;
}

static bool
is_number(enum view_kind kind)
{
    return kind == VIEW_INTEGER || kind == VIEW_MICROS || kind == VIEW_PRICE ||
           kind == VIEW_MONEY || kind == VIEW_SIZE;
}

static void
begin_table(struct cli *cli, const struct view *view, struct table *table)
{
    char sides[TABLE_COLUMNS_MAX + 1] = "";
    enum message titles[TABLE_COLUMNS_MAX];
    size_t count = 0;
    for (size_t index = 0; index < view->column_count; index++) {
        const struct view_column *column = &view->columns[index];
        if (column->title < VIEW_HIDDEN) {
            sides[count] = is_number(column->kind) ? 'r' : 'l';
            titles[count++] = (enum message)column->title;
        }
    }
    table_init(table, cli, sides, titles);
}

/* "      Options: colour=red", further lines of the value below its first. */
static void
add_below(struct cli *cli, const struct view *view, const struct rows *rows, struct table *table)
{
    const char *text = "";
    for (size_t index = 0; index < view->column_count; index++) {
        const struct view_column *column = &view->columns[index];
        if (column->title <= VIEW_HIDDEN || !is_there(rows, column)) {
            continue;
        }
        const char *title = cli_text(cli, (enum message)(column->title - VIEW_BELOW(0)));
        const int indent = BELOW_INDENT + (int)text_width(title) + 2;
        text = arena_format(&cli->arena, "%s%*s%s: %s\n", text, BELOW_INDENT, "", title,
                            view_lines(cli, rows, column, indent));
    }
    if (text[0] != '\0') {
        table_below(table, text);
    }
}

static void
add_row(struct cli *cli, const struct view *view, const struct rows *rows, struct table *table)
{
    const char *cells[TABLE_COLUMNS_MAX] = {0};
    size_t count = 0;
    for (size_t index = 0; index < view->column_count; index++) {
        if (view->columns[index].title < VIEW_HIDDEN) {
            cells[count++] = view_cell(cli, rows, &view->columns[index]);
        }
    }
    table_row(table, cells);
    add_below(cli, view, rows, table);
}

static void
object_json(struct cli *cli, struct json *json, const struct view *view, const struct rows *rows)
{
    for (size_t index = 0; index < view->column_count; index++) {
        member_json(cli, json, rows, &view->columns[index]);
    }
}

static enum outcome
read_rows(struct cli *cli, struct json *json, const struct view *view, struct rows *rows,
          struct table *table, size_t *count, struct fault *why)
{
    enum outcome outcome;
    while ((outcome = rows_next(rows, why)) == DONE) {
        ++*count;
        if (json == NULL) {
            add_row(cli, view, rows, table);
            continue;
        }
        json_object(json, NULL);
        object_json(cli, json, view, rows);
        json_end(json);
        TRY(cli_set_aside(cli, why));
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
view_rows(struct cli *cli, struct json *json, const struct view *view, const struct value *values,
          size_t value_count, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct table table;
    size_t found = 0;
    begin_table(cli, view, &table);
    if (json != NULL) {
        json_array(json, view->key);
    }
    if (cli->store != NULL) {
        TRY(store_query_values(cli->store, view->statement, values, value_count, &rows, why));
        TRY(read_rows(cli, json, view, &rows, &table, &found, why));
    }
    if (json != NULL) {
        json_end(json);
    } else if (found > 0) {
        if (view->heading != VIEW_HIDDEN) {
            buf_char(&cli->out, '\n');
            cli_say(cli, (enum message)view->heading);
        }
        table_show(&table, cli);
    }
    if (count != NULL) {
        *count = found;
    }
    return DONE;
}

/* What people see of the column of the one row; NULL: nothing, for it is hidden or empty. */
static const char *
cell_of_one(struct cli *cli, const struct rows *rows, const struct view_column *column)
{
    if (column->title >= VIEW_HIDDEN) {
        return NULL;
    }
    const char *cell = view_cell(cli, rows, column);
    return cell[0] == '\0' || strcmp(cell, "-") == 0 ? NULL : cell;
}

static void
show_one(struct cli *cli, const struct view *view, const struct rows *rows)
{
    const char **cells = arena_array(&cli->arena, const char *, view->column_count);
    size_t width = 0;
    for (size_t index = 0; index < view->column_count; index++) {
        cells[index] = cell_of_one(cli, rows, &view->columns[index]);
        if (cells[index] != NULL) {
            const enum message title = (enum message)view->columns[index].title;
            const size_t here = text_width(cli_text(cli, title));
            width = here > width ? here : width;
        }
    }
    for (size_t index = 0; index < view->column_count; index++) {
        if (cells[index] != NULL) {
            const char *title = cli_text(cli, (enum message)view->columns[index].title);
            buf_format(&cli->out, "%s%*s  %s\n", title, (int)(width - text_width(title)), "",
                       cells[index]);
        }
    }
}

enum outcome
view_one(struct cli *cli, struct json *json, const struct view *view, struct value key,
         struct fault *why)
{
    return view_one_of(cli, json, view, &key, 1, why);
}

enum outcome
view_one_of(struct cli *cli, struct json *json, const struct view *view, const struct value *values,
            size_t value_count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query_values(cli->store, view->statement, values, value_count, &rows, why));
    TRY(rows_next(&rows, why));
    if (json != NULL) {
        object_json(cli, json, view, &rows);
    } else {
        show_one(cli, view, &rows);
    }
    return DONE;
}
