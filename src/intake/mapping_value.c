/* Values of a mapping, from JSON. */
#include "intake/mapping.h"

#include "base/decimal.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const kind_keys[MAPPED_KIND_COUNT] = {
    "column", "constant", "text", "first", "add", "subtract", "multiply", "divide", "number"};

void
mapping_mistake(struct mapping_loading *loading, const char *format, ...)
{
    char text[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    struct mappings *mappings = loading->mappings;
    mappings->mistakes = arena_grow(loading->arena, mappings->mistakes, sizeof *mappings->mistakes,
                                    mappings->mistake_count, &mappings->mistake_capacity);
    mappings->mistakes[mappings->mistake_count++] = arena_format(
        loading->arena, "%s%s%s", loading->where, loading->where[0] == '\0' ? "" : ": ", text);
}

/* 0 is the file itself. */
static bool
find_source(struct mapping_loading *loading, const char *name, size_t *source)
{
    const struct mapping *mapping = loading->mapping;
    *source = 0;
    if (name == NULL) {
        return true;
    }
    for (size_t index = 0; index < mapping->join_count; index++) {
        if (strcmp(mapping->joins[index].name, name) == 0) {
            *source = index + 1;
            return true;
        }
    }
    mapping_mistake(loading, "there is no join \"%s\" (before this one)", name);
    return false;
}

static bool
add_slot(struct mapping_loading *loading, size_t source, const char *column, size_t *slot)
{
    struct mapping *mapping = loading->mapping;
    for (*slot = 0; *slot < mapping->slot_count; (*slot)++) {
        if (mapping->slots[*slot].source == source &&
            strcmp(mapping->slots[*slot].column, column) == 0) {
            return true;
        }
    }
    if (mapping->slot_count == MAPPED_SLOTS_MAX) {
        mapping_mistake(loading, "more than %d columns are needed", MAPPED_SLOTS_MAX);
        return false;
    }
    mapping->slots[mapping->slot_count++] =
        (struct mapped_slot){source, arena_copy(loading->arena, column)};
    return true;
}

static bool
read_column(struct mapping_loading *loading, const char *column, const char *source_name,
            struct mapped_value *value)
{
    size_t source = 0;
    value->kind = MAPPED_COLUMN;
    if (column[0] == '\0') {
        mapping_mistake(loading, "the name of a column is empty");
        return false;
    }
    return find_source(loading, source_name, &source) &&
           add_slot(loading, source, column, &value->slot);
}

static bool
read_parts(struct mapping_loading *loading, const json_t *list, struct mapped_value *value,
           int depth)
{
    const bool is_list = json_is_array(list);
    const size_t count = is_list ? json_array_size(list) : 1;
    const bool is_pair = value->kind == MAPPED_SUBTRACT || value->kind == MAPPED_DIVIDE;
    loading->part_count += count;
    if (count == 0 || (is_pair && count != 2)) {
        mapping_mistake(loading, "\"%s\" needs %s", kind_keys[value->kind],
                        is_pair ? "two values" : "values");
        return false;
    }
    loading->number_count += value->kind == MAPPED_NUMBER;
    if (loading->number_count > MAPPED_COUNTERS_MAX) {
        mapping_mistake(loading, "more than %d values \"number\"", MAPPED_COUNTERS_MAX);
        return false;
    }
    if (depth >= MAPPED_DEPTH_MAX || loading->part_count > MAPPED_PARTS_MAX) {
        mapping_mistake(loading, "too many values within values");
        return false;
    }
    value->parts = arena_array(loading->arena, struct mapped_value, count);
    for (size_t index = 0; index < count; index++) {
        if (!mapping_read_value(loading, is_list ? json_array_get(list, index) : list,
                                &value->parts[index], depth + 1)) {
            return false;
        }
    }
    value->part_count = count;
    return true;
}

static bool
read_constant(struct mapping_loading *loading, const json_t *json, struct mapped_value *value)
{
    value->kind = MAPPED_CONSTANT;
    if (json_is_integer(json)) {
        value->text =
            arena_format(loading->arena, "%" JSON_INTEGER_FORMAT, json_integer_value(json));
    } else if (json_is_string(json)) {
        value->text = arena_copy(loading->arena, json_string_value(json));
    } else {
        mapping_mistake(loading, "a constant is a text; write numbers as \"0.5\"");
        return false;
    }
    return true;
}

static bool
read_table(struct mapping_loading *loading, const json_t *table, struct mapped_value *value)
{
    const char *from;
    json_t *to;
    struct mapped_pair *pairs =
        arena_array(loading->arena, struct mapped_pair, json_object_size(table) + 1);
    if (!json_is_object(table)) {
        mapping_mistake(loading, "\"table\" is an object: {\"UK\": \"GB\"}");
        return false;
    }
    json_object_foreach((json_t *)table, from, to)
    {
        if (!json_is_string(to)) {
            mapping_mistake(loading, "table: \"%s\" needs a text", from);
            return false;
        }
        pairs[value->table_count++] = (struct mapped_pair){
            arena_copy(loading->arena, from), arena_copy(loading->arena, json_string_value(to))};
    }
    value->table = pairs;
    return true;
}

/* What any value may have beside where it comes from. */
static bool
read_extras(struct mapping_loading *loading, const json_t *json, struct mapped_value *value)
{
    const json_t *table = json_object_get(json, "table");
    const json_t *otherwise = json_object_get(json, "otherwise");
    const json_t *round = json_object_get(json, "round");
    if (table != NULL && !read_table(loading, table, value)) {
        return false;
    }
    if (otherwise != NULL &&
        (table == NULL || !(json_is_string(otherwise) || json_is_null(otherwise)))) {
        mapping_mistake(loading, "\"otherwise\" is a text, or null, beside a \"table\"");
        return false;
    }
    value->is_strict = otherwise != NULL && json_is_null(otherwise);
    if (json_is_string(otherwise)) {
        value->otherwise = arena_copy(loading->arena, json_string_value(otherwise));
    }
    if (round != NULL && (!json_is_integer(round) || json_integer_value(round) < 0 ||
                          json_integer_value(round) > MICROS_PLACES)) {
        mapping_mistake(loading, "\"round\" is a number of decimals, 0 to 6");
        return false;
    }
    value->places = round == NULL ? -1 : (int)json_integer_value(round);
    return true;
}

static bool
check_keys(struct mapping_loading *loading, const json_t *json, enum mapped_kind kind, int depth)
{
    const char *key;
    json_t *member;
    json_object_foreach((json_t *)json, key, member)
    {
        const bool fits = strcmp(key, kind_keys[kind]) == 0 || strcmp(key, "table") == 0 ||
                          strcmp(key, "otherwise") == 0 || strcmp(key, "round") == 0 ||
                          (strcmp(key, "dates") == 0 && depth == 0) ||
                          (strcmp(key, "of") == 0 && kind == MAPPED_COLUMN) ||
                          (strcmp(key, "between") == 0 && kind == MAPPED_TEXT) || key[0] == '_';
        if (!fits) {
            mapping_mistake(loading, "\"%s\" does not go with \"%s\" here", key, kind_keys[kind]);
            return false;
        }
    }
    return true;
}

static bool
read_object(struct mapping_loading *loading, const json_t *json, struct mapped_value *value,
            int depth)
{
    int kind = 0;
    while (kind < MAPPED_KIND_COUNT && json_object_get(json, kind_keys[kind]) == NULL) {
        kind++;
    }
    if (kind == MAPPED_KIND_COUNT) {
        mapping_mistake(loading, "a value says where it comes from: \"column\", \"constant\", "
                                 "\"text\", \"first\", \"number\", or arithmetic");
        return false;
    }
    value->kind = (enum mapped_kind)kind;
    const json_t *member = json_object_get(json, kind_keys[kind]);
    const json_t *of = json_object_get(json, "of");
    const json_t *between = json_object_get(json, "between");
    if (!check_keys(loading, json, value->kind, depth) || !read_extras(loading, json, value)) {
        return false;
    }
    if ((of != NULL && !json_is_string(of)) || (between != NULL && !json_is_string(between)) ||
        (kind == MAPPED_COLUMN && !json_is_string(member))) {
        mapping_mistake(loading, "\"column\", \"of\" and \"between\" are texts");
        return false;
    }
    value->text = between == NULL ? "" : arena_copy(loading->arena, json_string_value(between));
    return kind == MAPPED_COLUMN     ? read_column(loading, json_string_value(member),
                                               of == NULL ? NULL : json_string_value(of), value)
           : kind == MAPPED_CONSTANT ? read_constant(loading, member, value)
                                     : read_parts(loading, member, value, depth);
}

bool
mapping_read_value(struct mapping_loading *loading, const void *any, struct mapped_value *value,
                   int depth)
{
    const json_t *json = any;
    *value = (struct mapped_value){.text = "", .places = -1};
    if (json_is_string(json)) {
        return read_column(loading, json_string_value(json), NULL, value);
    }
    if (json_is_integer(json) && depth > 0) {
        return read_constant(loading, json, value);
    }
    if (json_is_object(json)) {
        return read_object(loading, json, value, depth);
    }
    mapping_mistake(loading, "a value is the name of a column, or an object");
    return false;
}
