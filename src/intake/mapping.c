/* The mappings of a partner, from their file.  Lookups first, so that mappings know them; what
 * mappings need of a lookup is then asked of its file, whose sender can mend it. */
#include "intake/mapping.h"

#include "base/text.h"
#include "intake/table_schema.h"
#include "order/document.h"
#include "order/order.h"

#include <fnmatch.h>
#include <jansson.h>
#include <string.h>

enum { CONDITIONS_MAX = 20, KEYS_MAX = 8 };

/* What all mappings of the file have in common, unless they say otherwise. */
static const char *const shared_keys[] = {"decimal", "dates", "nothing", "delimiter"};
static const char *const lookup_keys[] = {"files", "key"};
static const char *const mapping_keys[] = {"files", "as",    "scattered", "distinct",
                                           "joins", "where", "columns"};
static const char *const root_keys[] = {"lookups", "mappings"};
enum { SHARED_COUNT = sizeof shared_keys / sizeof shared_keys[0] };

static void
check_object(struct mapping_loading *loading, const json_t *json, const char *const *names,
             size_t count)
{
    const char *key;
    json_t *member;
    json_object_foreach((json_t *)json, key, member)
    {
        if (key[0] != '_' && !text_among(key, names, count) &&
            !text_among(key, shared_keys, SHARED_COUNT)) {
            mapping_mistake(loading, "there is no \"%s\" here", key);
        }
    }
}

/* A text, or several, as a list; false after a mistake. */
static bool
read_texts(struct mapping_loading *loading, const json_t *json, const char *name,
           const char ***texts, size_t *count)
{
    const size_t size = json_is_array(json) ? json_array_size(json) : 1;
    const char **list = arena_array(loading->arena, const char *, size + 1);
    for (size_t index = 0; index < size; index++) {
        const json_t *item = json_is_array(json) ? json_array_get(json, index) : json;
        if (!json_is_string(item)) {
            mapping_mistake(loading, "\"%s\" is a text, or a list of texts", name);
            return false;
        }
        list[index] = arena_copy(loading->arena, json_string_value(item));
    }
    *texts = list;
    *count = size;
    return true;
}

static bool
is_date_form(const char *form)
{
    bool has_year = false, has_month = false, has_day = false;
    for (const char *at = form; *at != '\0'; at++) {
        has_year = has_year || *at == 'y';
        has_month = has_month || *at == 'm';
        has_day = has_day || *at == 'd';
        if (strchr("ymdhns", *at) == NULL && strchr(" .:/-,T[]", *at) == NULL) {
            return false;
        }
    }
    return has_year && has_month && has_day;
}

static void
read_dates(struct mapping_loading *loading, const json_t *json, const char **dates)
{
    const json_t *form = json_object_get(json, "dates");
    if (form == NULL) {
        return;
    }
    if (!json_is_string(form) || !is_date_form(json_string_value(form))) {
        mapping_mistake(loading, "\"dates\" is a form such as \"dd.mm.yyyy\" or "
                                 "\"m/d/yyyy[ h:nn]\" (y m d, h n s of a time, [what may be "
                                 "missing])");
        return;
    }
    *dates = arena_copy(loading->arena, json_string_value(form));
}

static void
read_mark(struct mapping_loading *loading, const json_t *json, const char *name, const char *marks,
          char *mark)
{
    const json_t *member = json_object_get(json, name);
    const char *text = json_is_string(member) ? json_string_value(member) : "";
    if (member == NULL) {
        return;
    }
    if (text[0] == '\0' || text[1] != '\0' || strchr(marks, text[0]) == NULL) {
        mapping_mistake(loading, "\"%s\" is one of %s", name,
                        marks[1] == '\0'               ? marks
                        : strcmp(name, "decimal") == 0 ? "\".\" and \",\""
                                                       : "\",\", \";\" and \"\\t\"");
        return;
    }
    *mark = text[0];
}

static void
read_shared(struct mapping_loading *loading, const json_t *json, struct mapping *mapping)
{
    const json_t *nothing = json_object_get(json, "nothing");
    read_dates(loading, json, &mapping->dates);
    read_mark(loading, json, "decimal", ".,", &mapping->decimal);
    mapping->groups = mapping->groups || json_object_get(json, "decimal") != NULL;
    read_mark(loading, json, "delimiter", ",;\t", &mapping->delimiter);
    if (nothing != NULL) {
        (void)read_texts(loading, nothing, "nothing", &mapping->nothing, &mapping->nothing_count);
    }
}

static void
read_files(struct mapping_loading *loading, const json_t *json, struct mapping *mapping)
{
    const json_t *files = json_object_get(json, "files");
    if (files == NULL) {
        mapping_mistake(loading, "\"files\" is missing: patterns of names, such as "
                                 "\"orders*.csv\"");
        return;
    }
    if (read_texts(loading, files, "files", &mapping->patterns, &mapping->pattern_count)) {
        for (size_t index = 0; index < mapping->pattern_count; index++) {
            if (mapping->patterns[index][0] == '\0') {
                mapping_mistake(loading, "a pattern of file names is empty");
            }
        }
    }
}

static struct mapping *
begin_mapping(struct mapping_loading *loading, const struct mapping *shared, const char *name,
              const json_t *json)
{
    struct mappings *mappings = loading->mappings;
    loading->where = arena_format(loading->arena, "\"%s\"", name);
    loading->part_count = loading->number_count = 0;
    if (!json_is_object(json)) {
        mapping_mistake(loading, "it must be an object: {\"files\": ...}");
        return NULL;
    }
    if (mappings_named(mappings, name) != NULL) {
        mapping_mistake(loading, "a lookup has this name, too");
        return NULL;
    }
    if (mappings->count == MAPPINGS_MAX) {
        mapping_mistake(loading, "more than %d mappings", MAPPINGS_MAX);
        return NULL;
    }
    struct mapping *mapping = &mappings->items[mappings->count++];
    *mapping = *shared;
    mapping->name = arena_copy(loading->arena, name);
    mapping->slots = arena_array(loading->arena, struct mapped_slot, MAPPED_SLOTS_MAX);
    loading->mapping = mapping;
    read_shared(loading, json, mapping);
    read_files(loading, json, mapping);
    return mapping;
}

static void
read_lookup(struct mapping_loading *loading, const struct mapping *shared, const char *name,
            const json_t *json)
{
    struct mapping *mapping = begin_mapping(loading, shared, name, json);
    const char **keys = NULL;
    size_t count = 0;
    if (mapping == NULL) {
        return;
    }
    check_object(loading, json, lookup_keys, sizeof lookup_keys / sizeof lookup_keys[0]);
    mapping->kind = DOCUMENT_LOOKUP;
    const json_t *key = json_object_get(json, "key");
    if (key == NULL) {
        mapping_mistake(loading, "\"key\" is missing: the columns by which a row is found");
        return;
    }
    if (!read_texts(loading, key, "key", &keys, &count)) {
        return;
    }
    if (count == 0 || count > KEYS_MAX) {
        mapping_mistake(loading, "\"key\" names 1 to %d columns", KEYS_MAX);
        return;
    }
    for (size_t index = 0; index < count; index++) {
        mapping->slots[index] = (struct mapped_slot){0, keys[index]};
    }
    mapping->slot_count = mapping->key_count = count;
}

/* "orders": "order_id", or {"lookup": "orders", "by": [...], "optional": true}. */
static void
read_join(struct mapping_loading *loading, const char *name, const json_t *json)
{
    static const char *const names[] = {"lookup", "by", "optional"};
    struct mapping *mapping = loading->mapping;
    const json_t *lookup = json_is_object(json) ? json_object_get(json, "lookup") : NULL;
    const bool is_long = json_is_object(json) && json_object_get(json, "by") != NULL;
    const json_t *by = is_long ? json_object_get(json, "by") : json;
    const char *lookup_name = json_is_string(lookup) ? json_string_value(lookup) : name;
    const struct mapping *found = mappings_named(loading->mappings, lookup_name);
    if (is_long) {
        check_object(loading, json, names, sizeof names / sizeof names[0]);
    }
    if (found == NULL || found->kind != DOCUMENT_LOOKUP) {
        mapping_mistake(loading, "there is no lookup \"%s\"", lookup_name);
        return;
    }
    struct mapped_join join = {.name = arena_copy(loading->arena, name),
                               .lookup = found,
                               .key_count = json_is_array(by) ? json_array_size(by) : 1};
    if (join.key_count != found->key_count) {
        mapping_mistake(loading, "lookup \"%s\" has %zu key column%s, not %zu", lookup_name,
                        found->key_count, found->key_count == 1 ? "" : "s", join.key_count);
        return;
    }
    join.keys = arena_array(loading->arena, struct mapped_value, join.key_count);
    join.is_optional = is_long && json_is_true(json_object_get(json, "optional"));
    for (size_t index = 0; index < join.key_count; index++) {
        if (!mapping_read_value(loading, json_is_array(by) ? json_array_get(by, index) : by,
                                &join.keys[index], 1)) {
            return;
        }
    }
    mapping->joins[mapping->join_count++] = join;
}

static void
read_joins(struct mapping_loading *loading, const json_t *json)
{
    const json_t *joins = json_object_get(json, "joins");
    struct mapping *mapping = loading->mapping;
    const char *const where = loading->where;
    const char *name;
    json_t *join;
    mapping->joins = arena_array(loading->arena, struct mapped_join, MAPPED_JOINS_MAX);
    if (joins != NULL && (!json_is_object(joins) || json_object_size(joins) > MAPPED_JOINS_MAX)) {
        mapping_mistake(loading, "\"joins\" is an object of at most %d joins", MAPPED_JOINS_MAX);
        return;
    }
    json_object_foreach((json_t *)joins, name, join)
    {
        loading->where = arena_format(loading->arena, "%s: join \"%s\"", where, name);
        read_join(loading, name, join);
        loading->where = where;
    }
}

static void
read_condition(struct mapping_loading *loading, const json_t *json)
{
    static const char *const names[] = {"value", "is", "is-not"};
    struct mapping *mapping = loading->mapping;
    const json_t *is = json_object_get(json, "is");
    const json_t *is_not = json_object_get(json, "is-not");
    struct mapped_condition condition = {.is_not = is_not != NULL};
    check_object(loading, json, names, sizeof names / sizeof names[0]);
    if ((is == NULL) == (is_not == NULL)) {
        mapping_mistake(loading, "where: {\"value\": ..., \"is\" or \"is-not\": ...}");
        return;
    }
    if (read_texts(loading, is == NULL ? is_not : is, "is", &condition.texts,
                   &condition.text_count) &&
        mapping_read_value(loading, json_object_get(json, "value"), &condition.value, 1)) {
        mapping->conditions[mapping->condition_count++] = condition;
    }
}

static void
read_conditions(struct mapping_loading *loading, const json_t *json)
{
    const json_t *where = json_object_get(json, "where");
    const size_t count = json_is_array(where) ? json_array_size(where) : where != NULL;
    if (count > CONDITIONS_MAX) {
        mapping_mistake(loading, "\"where\" has at most %d conditions", CONDITIONS_MAX);
        return;
    }
    loading->mapping->conditions =
        arena_array(loading->arena, struct mapped_condition, CONDITIONS_MAX);
    for (size_t index = 0; index < count; index++) {
        read_condition(loading, json_is_array(where) ? json_array_get(where, index) : where);
    }
}

static const struct column *
find_column(const struct table *table, const char *name)
{
    for (size_t index = 0; index < table->column_count; index++) {
        if (strcmp(table->columns[index].name, name) == 0) {
            return &table->columns[index];
        }
    }
    return NULL;
}

static void
tell_unknown_column(struct mapping_loading *loading, const struct table *table, const char *name)
{
    const struct label *near =
        label_nearest(table->labels, table->label_count, label_key(loading->arena, name));
    if (near == NULL) {
        mapping_mistake(loading, "%s has no such column", document_kind_names[table->kind]);
    } else {
        mapping_mistake(loading, "%s has no such column (did you mean \"%s\"?)",
                        document_kind_names[table->kind], table->columns[near->index].name);
    }
}

static void
read_columns(struct mapping_loading *loading, const json_t *json)
{
    struct mapping *mapping = loading->mapping;
    const char *const where = loading->where;
    const json_t *columns = json_object_get(json, "columns");
    const char *name;
    json_t *value;
    if (!json_is_object(columns)) {
        mapping_mistake(loading, "\"columns\" is missing: our columns, and where each comes from");
        return;
    }
    mapping->columns =
        arena_array(loading->arena, struct mapped_column, json_object_size(columns) + 1);
    json_object_foreach((json_t *)columns, name, value)
    {
        loading->where = arena_format(loading->arena, "%s: column \"%s\"", where, name);
        const struct column *column = find_column(mapping->table, name);
        struct mapped_column *mapped = &mapping->columns[mapping->column_count];
        *mapped = (struct mapped_column){.dates = mapping->dates};
        if (column == NULL) {
            tell_unknown_column(loading, mapping->table, name);
        } else if (mapping_read_value(loading, value, &mapped->value, 0)) {
            mapped->name = column->name;
            mapping->column_count++;
            if (json_is_object(value)) {
                read_dates(loading, value, &mapped->dates);
            }
        }
        loading->where = where;
    }
    for (size_t index = 0; index < mapping->table->column_count; index++) {
        const struct column *column = &mapping->table->columns[index];
        if (column->is_required && json_object_get(columns, column->name) == NULL) {
            mapping_mistake(loading, "%s needs the column \"%s\"",
                            document_kind_names[mapping->kind], column->name);
        }
    }
}

/* "distinct": columns of ours; of rows that agree in them the first counts. */
static void
read_distinct(struct mapping_loading *loading, const json_t *json)
{
    struct mapping *mapping = loading->mapping;
    const json_t *distinct = json_object_get(json, "distinct");
    const char **names = NULL;
    size_t count = 0;
    if (distinct == NULL || !read_texts(loading, distinct, "distinct", &names, &count)) {
        return;
    }
    if (document_has_lines(mapping->kind)) {
        mapping_mistake(loading, "\"distinct\" is for documents of one row");
        return;
    }
    size_t *columns = arena_array(loading->arena, size_t, count + 1);
    for (size_t index = 0; index < count; index++) {
        size_t at = 0;
        while (at < mapping->column_count && strcmp(mapping->columns[at].name, names[index]) != 0) {
            at++;
        }
        if (at == mapping->column_count) {
            mapping_mistake(loading, "\"distinct\": \"%s\" is none of its columns", names[index]);
            return;
        }
        columns[index] = at;
    }
    mapping->distinct = columns;
    mapping->distinct_count = count;
}

static void
read_mapping(struct mapping_loading *loading, const struct mapping *shared, const char *name,
             const json_t *json)
{
    struct mapping *mapping = begin_mapping(loading, shared, name, json);
    if (mapping == NULL) {
        return;
    }
    check_object(loading, json, mapping_keys, sizeof mapping_keys / sizeof mapping_keys[0]);
    const json_t *as = json_object_get(json, "as");
    const int kind = json_is_string(as) ? name_index(json_string_value(as), document_kind_names,
                                                     DOCUMENT_KIND_COUNT)
                                        : -1;
    if (kind <= DOCUMENT_NONE || kind == DOCUMENT_LOOKUP) {
        mapping_mistake(loading,
                        "\"as\" names a kind of document: order, shipment, customers, "
                        "products, prices and so on%s%s%s",
                        json_is_string(as) ? ", not \"" : "",
                        json_is_string(as) ? json_string_value(as) : "",
                        json_is_string(as) ? "\"" : "");
        return;
    }
    mapping->kind = (enum document_kind)kind;
    mapping->table = table_schema_load(mapping->kind, loading->arena);
    const json_t *scattered = json_object_get(json, "scattered");
    mapping->is_scattered = json_is_true(scattered);
    if (scattered != NULL && (!json_is_boolean(scattered) || !document_has_lines(mapping->kind))) {
        mapping_mistake(loading, "\"scattered\" is true or false, for documents of several rows");
    }
    read_joins(loading, json);
    read_conditions(loading, json);
    read_columns(loading, json);
    read_distinct(loading, json);
    if (mapping->slot_count == 0 && loading->mappings->mistake_count == 0) {
        mapping_mistake(loading, "it needs no column of the file");
    }
}

/* What is needed of a lookup is a needed column of its file. */
static void
ask_lookups(const struct mapping *mapping)
{
    for (size_t index = 0; index < mapping->slot_count; index++) {
        const struct mapped_slot *slot = &mapping->slots[index];
        if (slot->source == 0) {
            continue;
        }
        struct mapping *lookup = (struct mapping *)mapping->joins[slot->source - 1].lookup;
        size_t at = 0;
        while (at < lookup->slot_count && strcmp(lookup->slots[at].column, slot->column) != 0) {
            at++;
        }
        if (at == lookup->slot_count && at < MAPPED_SLOTS_MAX) {
            lookup->slots[lookup->slot_count++] = (struct mapped_slot){0, slot->column};
        }
    }
}

static void
read_all(struct mapping_loading *loading, const json_t *root)
{
    struct mapping shared = {.decimal = '.', .dates = ""};
    const json_t *lookups = json_object_get(root, "lookups");
    const json_t *mappings = json_object_get(root, "mappings");
    const char *name;
    json_t *json;
    check_object(loading, root, root_keys, sizeof root_keys / sizeof root_keys[0]);
    read_shared(loading, root, &shared);
    if ((lookups != NULL && !json_is_object(lookups)) || !json_is_object(mappings)) {
        mapping_mistake(loading, "\"mappings\" (and \"lookups\") are objects");
        return;
    }
    json_object_foreach((json_t *)lookups, name, json)
    {
        read_lookup(loading, &shared, name, json);
    }
    json_object_foreach((json_t *)mappings, name, json)
    {
        read_mapping(loading, &shared, name, json);
    }
    for (size_t index = 0; index < loading->mappings->count; index++) {
        ask_lookups(&loading->mappings->items[index]);
    }
}

void
mappings_load(struct mappings *mappings, const char *bytes, size_t size, struct arena *arena)
{
    json_error_t error;
    *mappings = (struct mappings){.items = arena_array(arena, struct mapping, MAPPINGS_MAX)};
    struct mapping_loading loading = {.arena = arena, .mappings = mappings, .where = ""};
    json_t *root = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &error);
    if (!json_is_object(root)) {
        mapping_mistake(&loading, "line %d: %s", root == NULL ? error.line : 1,
                        root == NULL ? error.text : "an object {...} must stand here");
    } else {
        read_all(&loading, root);
    }
    json_decref(root);
}

const struct mapping *
mappings_next(const struct mappings *mappings, const char *name, size_t *at)
{
    while (*at < mappings->count) {
        const struct mapping *mapping = &mappings->items[(*at)++];
        for (size_t index = 0; index < mapping->pattern_count; index++) {
            if (fnmatch(mapping->patterns[index], name, 0) == 0) {
                return mapping;
            }
        }
    }
    return NULL;
}

const struct mapping *
mappings_named(const struct mappings *mappings, const char *name)
{
    for (size_t index = 0; index < mappings->count; index++) {
        if (strcmp(mappings->items[index].name, name) == 0) {
            return &mappings->items[index];
        }
    }
    return NULL;
}
