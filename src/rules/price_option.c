/* The options of a line: each must be one that the product offers, and they must go together and be
 * complete; their surcharges add up. */
#include "rules/pricing.h"

#include "base/text.h"

#include <string.h>

bool
price_option_is_number(const struct option_fact *option)
{
    return strcmp(option->value, OPTION_ANY_NUMBER) == 0;
}

/* "0.1-6 m", with a longer dash */
static const char *
bounds_text(struct pricing *pricing, const struct option_fact *option)
{
    return arena_format(&pricing->findings->scratch, "%s\xE2\x80\x93%s%s%s",
                        pricing_micros(pricing, option->minimum_micros, 0),
                        pricing_micros(pricing, option->maximum_micros, 0),
                        option->unit[0] == '\0' ? "" : " ", pricing_shown(pricing, option->unit));
}

const char *
price_option_values(struct pricing *pricing, const struct line_facts *facts, const char *name)
{
    const char **values =
        arena_array(&pricing->findings->scratch, const char *, facts->option_count + 1);
    size_t count = 0;
    for (size_t index = 0; index < facts->option_count; index++) {
        const struct option_fact *option = &facts->options[index];
        if (strcmp(option->name, name) == 0) {
            values[count++] =
                price_option_is_number(option) ? bounds_text(pricing, option) : option->value;
        }
    }
    return count == 0 ? "" : pricing_list(pricing, values, count);
}

bool
price_option_number(const struct option_fact *option, const char *value, int64_t *value_micros)
{
    int64_t micros = 0;
    if (decimal_parse(value, MICROS_PLACES, &micros) != DECIMAL_FINE ||
        micros < option->minimum_micros || micros > option->maximum_micros) {
        return false;
    }
    *value_micros = micros;
    return true;
}

/* An option that the product does not offer: the name is wrong, or only the value. */
static enum message
wrong_option(struct pricing *pricing, const struct order_line *line, const struct line_facts *facts,
             const struct option *option)
{
    struct arena *scratch = &pricing->findings->scratch;
    const char **names = arena_array(scratch, const char *, facts->option_count);
    bool takes_number = false;
    for (size_t index = 0; index < facts->option_count; index++) {
        names[index] = facts->options[index].name;
        takes_number |= price_option_is_number(&facts->options[index]) &&
                        strcmp(names[index], option->name) == 0;
    }
    struct finding finding = {.code = takes_number ? M_PRICE_OPTION_NUMBER : M_PRICE_OPTION_VALUE,
                              .field = pricing_shown(pricing, option->name),
                              .value = pricing_shown(pricing, option->value),
                              .expected = price_option_values(pricing, facts, option->name)};
    if (finding.expected[0] == '\0') {
        finding.code = M_PRICE_OPTION_UNKNOWN;
        finding.value = finding.field;
        finding.field = "options";
        finding.expected = pricing_list(pricing, names, facts->option_count);
    }
    pricing_mistake(pricing, line, finding);
    return finding.code;
}

static const struct option_fact *
option_find(const struct line_facts *facts, const struct option *option)
{
    int64_t number_micros = 0;
    for (size_t index = 0; index < facts->option_count; index++) {
        const struct option_fact *fact = &facts->options[index];
        if (strcmp(fact->name, option->name) == 0 &&
            (price_option_is_number(fact) ? price_option_number(fact, option->value, &number_micros)
                                          : strcmp(fact->value, option->value) == 0)) {
            return fact;
        }
    }
    return NULL;
}

static bool
is_named_before(const struct order_line *line, size_t at)
{
    for (size_t index = 0; index < at; index++) {
        if (strcmp(line->options[index].name, line->options[at].name) == 0) {
            return true;
        }
    }
    return false;
}

/* Is the option on the line?  `text` is "name=value", or "name" for whatever value. */
static bool
is_ordered(const struct order_line *line, const char *text, size_t size)
{
    const char *equal = memchr(text, '=', size);
    const size_t name_size = equal == NULL ? size : (size_t)(equal - text);
    for (size_t index = 0; index < line->option_count; index++) {
        const struct option *option = &line->options[index];
        const bool same_name =
            strlen(option->name) == name_size && memcmp(option->name, text, name_size) == 0;
        const bool same_value =
            equal == NULL || (strlen(option->value) == size - name_size - 1 &&
                              memcmp(option->value, equal + 1, size - name_size - 1) == 0);
        if (same_name && same_value) {
            return true;
        }
    }
    return false;
}

/* For the next finding: the first entry of a list like "lid=none | colour" that is (or is not) on
 * the line, or NULL. */
static const char *
first_listed(struct pricing *pricing, const struct order_line *line, const char *list,
             bool is_wanted)
{
    const char *entry;
    size_t size;
    while ((entry = text_list_next(&list, &size)) != NULL) {
        if (is_ordered(line, entry, size) == is_wanted) {
            return arena_copy_bytes(&pricing->findings->scratch, entry, size);
        }
    }
    return NULL;
}

/* What an option excludes must not be ordered, what it needs must be. */
static enum message
check_together(struct pricing *pricing, const struct order_line *line,
               const struct line_verdict *verdict)
{
    enum message first = MESSAGE_COUNT;
    for (size_t index = 0; index < line->option_count; index++) {
        const struct option_fact *fact = verdict->options[index];
        const struct {
            enum message code;
            const char *list;
            bool is_wanted;
        } checks[] = {{M_PRICE_OPTION_EXCLUDED, fact->excludes, true},
                      {M_PRICE_OPTION_NEEDED, fact->needs, false}};
        for (size_t check = 0; check < sizeof checks / sizeof checks[0]; check++) {
            const char *what =
                first_listed(pricing, line, checks[check].list, checks[check].is_wanted);
            if (what == NULL) {
                continue;
            }
            pricing_mistake(pricing, line,
                            (struct finding){.code = checks[check].code,
                                             .field = pricing_shown(pricing, fact->name),
                                             .value = pricing_shown(pricing, fact->value),
                                             .expected = pricing_shown(pricing, what)});
            first = first == MESSAGE_COUNT ? checks[check].code : first;
        }
    }
    return first;
}

/* Is an option that is required there, or told of as missing before? */
static bool
is_settled(const struct order_line *line, const struct line_facts *facts, size_t at)
{
    const char *name = facts->options[at].name;
    bool is_told = is_ordered(line, name, strlen(name));
    for (size_t before = 0; before < at && !is_told; before++) {
        is_told =
            facts->options[before].is_required && strcmp(facts->options[before].name, name) == 0;
    }
    return is_told;
}

/* Options that the product cannot be ordered without. */
static enum message
check_required(struct pricing *pricing, const struct order_line *line,
               const struct line_facts *facts)
{
    enum message first = MESSAGE_COUNT;
    for (size_t index = 0; index < facts->option_count; index++) {
        const char *name = facts->options[index].name;
        if (facts->options[index].is_required && !is_settled(line, facts, index)) {
            first = M_PRICE_OPTION_REQUIRED;
            pricing_mistake(
                pricing, line,
                (struct finding){.code = first,
                                 .field = "options",
                                 .value = pricing_shown(pricing, name),
                                 .expected = price_option_values(pricing, facts, name)});
        }
    }
    return first;
}

enum message
price_options(struct pricing *pricing, const struct order_line *line,
              const struct line_facts *facts, struct line_verdict *verdict)
{
    enum message first = MESSAGE_COUNT;
    verdict->options = arena_array(pricing->arena, const struct option_fact *, line->option_count);
    for (size_t index = 0; index < line->option_count; index++) {
        const struct option *option = &line->options[index];
        enum message code = MESSAGE_COUNT;
        verdict->options[index] = option_find(facts, option);
        if (is_named_before(line, index)) {
            code = M_PRICE_OPTION_TWICE;
            pricing_mistake(pricing, line,
                            (struct finding){.code = code,
                                             .field = pricing_shown(pricing, option->name),
                                             .value = pricing_shown(pricing, option->value)});
        } else if (verdict->options[index] == NULL) {
            code = wrong_option(pricing, line, facts, option);
        } else {
            verdict->surcharge_micros += verdict->options[index]->surcharge_micros;
            verdict->surcharge_percent_micros += verdict->options[index]->surcharge_percent_micros;
        }
        first = first == MESSAGE_COUNT ? code : first;
    }
    const enum message missing = check_required(pricing, line, facts);
    first = first == MESSAGE_COUNT ? missing : first;
    return first != MESSAGE_COUNT ? first : check_together(pricing, line, verdict);
}
