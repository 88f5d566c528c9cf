#include "intake/xml_set.h"

#include <string.h>

void
set_text(const struct xml_value *value)
{
    (void)field_text(&value->field, value->element->length_max, member(value));
}

void
set_code(const struct xml_value *value)
{
    (void)field_code(&value->field, value->element->length_max, member(value));
}

void
set_date(const struct xml_value *value)
{
    (void)field_date(&value->field, member(value));
}

void
set_moment(const struct xml_value *value)
{
    (void)field_moment(&value->field, member(value));
}

void
set_currency(const struct xml_value *value)
{
    (void)field_currency(&value->field, member(value));
}

void
set_amount(const struct xml_value *value)
{
    const int64_t most = DECIMAL_MICROS_MAX;
    (void)field_number(&value->field, MICROS_PLACES, -most, most, member(value));
}

void
set_whole(const struct xml_value *value)
{
    (void)field_number(&value->field, 0, 1, INT32_MAX, member(value));
}

void
set_choice(const struct xml_value *value)
{
    const char *rest = value->element->expected;
    const char *said = field_clean(&value->field);
    size_t size = strlen(said);
    for (const char *at = strchr(said, ',') == NULL ? strstr(rest, said) : NULL;
         size > 0 && at != NULL; at = strstr(at + 1, said)) {
        const bool is_begin = at == rest || at[-1] == ' ';
        if (is_begin && (at[size] == '\0' || at[size] == ',')) {
            *(const char **)member(value) = arena_copy(value->field.arena, said);
            return;
        }
    }
    field_complain(&value->field, M_FLD_CHOICE, value->element->expected, NULL);
}

void *
enter_same(struct document *document, void *target, const struct check *check)
{
    (void)document;
    (void)check;
    return target;
}
