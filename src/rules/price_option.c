/* The options of a line: each must be one that the product offers; their surcharges add up. */
#include "rules/pricing.h"

#include <string.h>

/* An option that the product does not offer: the name is wrong, or only the value. */
static enum message
wrong_option(struct pricing *pricing, const struct order_line *line, const struct line_facts *facts,
             const struct option *option)
{
    const char **names = arena_array(pricing->arena, const char *, facts->option_count);
    const char **values = arena_array(pricing->arena, const char *, facts->option_count);
    size_t value_count = 0;
    for (size_t index = 0; index < facts->option_count; index++) {
        names[index] = facts->options[index].name;
        if (strcmp(facts->options[index].name, option->name) == 0) {
            values[value_count++] = facts->options[index].value;
        }
    }
    struct finding finding = {.code = M_PRICE_OPTION_VALUE,
                              .field = pricing_shown(pricing, option->name),
                              .value = pricing_shown(pricing, option->value)};
    if (value_count > 0) {
        finding.expected = pricing_list(pricing, values, value_count);
    } else {
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
    for (size_t index = 0; index < facts->option_count; index++) {
        if (strcmp(facts->options[index].name, option->name) == 0 &&
            strcmp(facts->options[index].value, option->value) == 0) {
            return &facts->options[index];
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
        }
        first = first == MESSAGE_COUNT ? code : first;
    }
    return first;
}
