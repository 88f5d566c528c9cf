#include "intake/described.h"

#include "config/embedded.h"
#include "order/order.h"

#include <assert.h>
#include <jansson.h>
#include <string.h>

static const char *
text_of(const json_t *field, const char *key, const char *otherwise)
{
    const json_t *member = json_object_get(field, key);
    return member == NULL ? otherwise : json_string_value(member);
}

static enum described_type
described_type(const json_t *field)
{
    static const char *const types[] = {"string", "integer", "number", "date", "datetime"};
    const int type =
        name_index(text_of(field, "type", "string"), types, (int)(sizeof types / sizeof types[0]));
    assert(type >= 0 && "the types of what we write");
    return (enum described_type)type;
}

void
described_columns(const char *name, struct arena *arena, struct described_column **columns,
                  size_t *count)
{
    const struct embedded *file = embedded_find(arena_format(arena, "%s.csv.json", name));
    json_t *root = json_loadb((const char *)file->bytes, file->size, JSON_REJECT_DUPLICATES, NULL);
    const json_t *fields = json_object_get(root, "fields");
    *count = json_array_size(fields);
    *columns = arena_array(arena, struct described_column, *count);
    for (size_t index = 0; index < *count; index++) {
        const json_t *field = json_array_get(fields, index);
        (*columns)[index] = (struct described_column){
            .name = arena_copy(arena, text_of(field, "name", "")),
            .title = arena_copy(arena, text_of(field, "title", "")),
            .title_zh = arena_copy(arena, text_of(field, "purser:title_zh", "")),
            .type = described_type(field),
            .is_amount = strcmp(text_of(field, "purser:kind", ""), "amount") == 0,
            .is_word = strcmp(text_of(field, "purser:kind", ""), "word") == 0,
            .is_summed = json_is_true(json_object_get(field, "purser:sum")),
        };
    }
    json_decref(root);
}
