/* The options of a line: each must be one that the product offers, and they must go together; their
 * surcharges add up. */
#include "rules/pricing.h"

#include <string.h>

/* An option that the product does not offer: the name is wrong, or only the value. */
static enum message
wrong_option(struct pricing *pricing, const struct order_line *line, const struct line_facts *facts,
             const struct option *option)
{
    struct arena *scratch = &pricing->findings->scratch;
    const char **names = arena_array(scratch, const char *, facts->option_count);
    const char **values = arena_array(scratch, const char *, facts->option_count);
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
    for (const char *at = list; *at != '\0';) {
        at += strspn(at, "| ");
        size_t size = strcspn(at, "|");
        const char *next = at + size;
        while (size > 0 && at[size - 1] == ' ') {
            size--;
        }
        if (size > 0 && is_ordered(line, at, size) == is_wanted) {
            return arena_copy_bytes(&pricing->findings->scratch, at, size);
        }
        at = next;
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
    return first != MESSAGE_COUNT ? first : check_together(pricing, line, verdict);
}
