#include "intake/table_schema.h"

#include "base/decimal.h"
#include "base/text.h"
#include "config/embedded.h"

#include <assert.h>
#include <jansson.h>
#include <string.h>

const char *const column_kind_names[COLUMN_KIND_COUNT] = {
    "text",     "code",      "quantity",   "price",    "amount",  "percent", "percent-change",
    "integer",  "date",      "moment",     "currency", "unit",    "country", "email",
    "latitude", "longitude", "order-type", "choice",   "options", "coupons", "note"};

static const char *
text_of(const json_t *object, const char *key, const char *otherwise)
{
    const json_t *member = json_object_get(object, key);
    assert(member == NULL || json_is_string(member));
    return member == NULL ? otherwise : json_string_value(member);
}

static int64_t
integer_of(const json_t *object, const char *key, int64_t otherwise)
{
    const json_t *member = json_object_get(object, key);
    assert(member == NULL || json_is_integer(member));
    return member == NULL ? otherwise : json_integer_value(member);
}

static enum column_kind
kind_of(const json_t *field)
{
    const char *type = text_of(field, "type", "string");
    const char *fallback = strcmp(type, "integer") == 0    ? "integer"
                           : strcmp(type, "date") == 0     ? "date"
                           : strcmp(type, "datetime") == 0 ? "moment"
                           : strcmp(type, "number") == 0   ? "amount"
                                                           : "text";
    const int kind =
        name_index(text_of(field, "purser:kind", fallback), column_kind_names, COLUMN_KIND_COUNT);
    assert(kind >= 0);
    return (enum column_kind)kind;
}

static void
load_choices(struct column *column, const json_t *field, const json_t *values, struct arena *arena)
{
    const json_t *others = json_object_get(field, "purser:choices");
    const size_t count = json_array_size(values);
    const char **choices = arena_array(arena, const char *, count + 1);
    struct label *labels = arena_array(arena, struct label, count + json_object_size(others) + 1);
    size_t label_count = 0;
    for (size_t index = 0; index < count; index++) {
        choices[index] = arena_copy(arena, json_string_value(json_array_get(values, index)));
        labels[label_count++] = (struct label){label_key(arena, choices[index]), index};
    }
    const char *word;
    json_t *value;
    json_object_foreach((json_t *)others, word, value)
    {
        const int index = name_index(json_string_value(value), choices, (int)count);
        assert(index >= 0);
        labels[label_count++] = (struct label){label_key(arena, word), (size_t)index};
    }
    label_sort(labels, label_count);
    column->choices = choices;
    column->choice_count = count;
    column->choice_labels = labels;
    column->choice_label_count = label_count;
}

static void
load_column(struct column *column, const json_t *field, struct arena *arena)
{
    const json_t *constraints = json_object_get(field, "constraints");
    column->name = arena_copy(arena, text_of(field, "name", ""));
    column->kind = kind_of(field);
    column->is_filled = json_is_true(json_object_get(constraints, "required"));
    column->is_required =
        column->is_filled || json_is_true(json_object_get(field, "purser:column_required"));
    column->length_max = (size_t)integer_of(constraints, "maxLength", 0);
    if (column->kind == COLUMN_INTEGER) {
        column->integer_min = integer_of(constraints, "minimum", 0);
        column->integer_max = integer_of(constraints, "maximum", INT32_MAX);
    }
    if (column->kind == COLUMN_CHOICE) {
        load_choices(column, field, json_object_get(constraints, "enum"), arena);
    }
}

static void
add_label(struct table *table, const char *name, struct arena *arena, size_t *capacity)
{
    if (name == NULL || *name == '\0') {
        return;
    }
    table->labels =
        arena_grow(arena, table->labels, sizeof *table->labels, table->label_count, capacity);
    table->labels[table->label_count++] =
        (struct label){label_key(arena, name), table->column_count};
}

const struct table *
table_schema_load(enum document_kind kind, struct arena *arena)
{
    const struct embedded *file =
        embedded_find(arena_format(arena, "%s.csv.json", document_kind_names[kind]));
    json_t *root = json_loadb((const char *)file->bytes, file->size, JSON_REJECT_DUPLICATES, NULL);
    const json_t *fields = json_object_get(root, "fields");
    assert(json_is_array(fields) && json_array_size(fields) <= TABLE_COLUMNS_MAX);
    struct table *table = arena_new(arena, struct table);
    table->kind = kind;
    size_t capacity = 0;
    for (size_t index = 0; index < json_array_size(fields); index++) {
        const json_t *field = json_array_get(fields, index);
        load_column(&table->columns[index], field, arena);
        add_label(table, text_of(field, "name", ""), arena, &capacity);
        add_label(table, text_of(field, "title", ""), arena, &capacity);
        add_label(table, text_of(field, "purser:title_zh", ""), arena, &capacity);
        const json_t *aliases = json_object_get(field, "purser:aliases");
        for (size_t alias = 0; alias < json_array_size(aliases); alias++) {
            add_label(table, json_string_value(json_array_get(aliases, alias)), arena, &capacity);
        }
        table->column_count++;
    }
    json_decref(root);
    label_sort(table->labels, table->label_count);
    return table;
}

static bool
convert_choice(const struct column *column, const struct field *field, const char **choice)
{
    for (size_t index = 0; index < column->choice_count; index++) {
        if (strcmp(field->text, column->choices[index]) == 0) {
            *choice = column->choices[index];
            return true;
        }
    }
    const struct label *found = label_find(column->choice_labels, column->choice_label_count,
                                           label_key(field->arena, field->text));
    if (found != NULL) {
        *choice = column->choices[found->index];
        return true;
    }
    const char *expected = column->choices[0];
    for (size_t index = 1; index < column->choice_count; index++) {
        expected = arena_format(field->arena, "%s, %s", expected, column->choices[index]);
    }
    field_complain(field, M_FLD_CHOICE, expected, NULL);
    return false;
}

bool
table_schema_convert(const struct column *column, const struct field *field, void *target)
{
    const int64_t most = DECIMAL_MICROS_MAX;
    switch (column->kind) {
    case COLUMN_TEXT:
    case COLUMN_NOTE: return field_text(field, column->length_max, target);
    case COLUMN_CODE: return field_code(field, column->length_max, target);
    case COLUMN_QUANTITY: return field_quantity(field, target);
    case COLUMN_PRICE: return field_price(field, target);
    case COLUMN_AMOUNT: return field_number(field, MICROS_PLACES, -most, most, target);
    case COLUMN_PERCENT: return field_percent(field, 0, target);
    case COLUMN_PERCENT_CHANGE: return field_percent(field, -100, target);
    case COLUMN_INTEGER:
        return field_number(field, 0, column->integer_min, column->integer_max, target);
    case COLUMN_DATE: return field_date(field, target);
    case COLUMN_MOMENT: return field_moment(field, target);
    case COLUMN_CURRENCY: return field_currency(field, target);
    case COLUMN_UNIT: return field_unit(field, target);
    case COLUMN_COUNTRY: return field_country(field, target);
    case COLUMN_LATITUDE: return field_degrees(field, 90, target);
    case COLUMN_LONGITUDE: return field_degrees(field, 180, target);
    case COLUMN_EMAIL: return field_email(field, target);
    case COLUMN_ORDER_TYPE: return field_order_type(field, target);
    case COLUMN_CHOICE: return convert_choice(column, field, target);
    case COLUMN_OPTIONS: return field_options(field, target);
    case COLUMN_COUPONS: return field_coupons(field, target);
    case COLUMN_KIND_COUNT: break;
    }
    assert(!"every kind is converted");
    return false;
}
