#include "rules/approve_steps.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define STEPS_RULE "rule" /* as people say it, too: approved by rule */

static int
compare_names(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

/* "a & b" of all, "a | b" of any, "2 of a | b | c". */
static const char *
step_text(struct approval_persons *persons, int64_t quorum, struct arena *arena)
{
    const bool is_all = quorum == QUORUM_ALL || quorum >= (int64_t)persons->count;
    const char *text = "";
    if (persons->count > 1) {
        qsort(persons->ids, persons->count, sizeof(const char *), compare_names);
    }
    if (quorum > 1 && !is_all) {
        text = arena_format(arena, "%" PRId64 " of ", quorum);
    }
    for (size_t index = 0; index < persons->count; index++) {
        text = arena_format(arena, "%s%s%s", text,
                            index == 0 ? ""
                            : is_all   ? " & "
                                       : " | ",
                            persons->ids[index]);
    }
    return text;
}

void
approval_step_persons(const struct approval_people *people, const struct approval_asking *asking,
                      struct arena *arena, struct approval_persons *persons)
{
    approval_persons_of(people, asking, arena, persons);
    if (persons->count == 0) {
        const struct approval_asking nobody = {.approvers = asking->roles, .roles = ""};
        approval_persons_of(people, &nobody, arena, persons);
    }
}

static const char *
join_steps(const char *steps, const char *step, struct arena *arena)
{
    return steps[0] == '\0' ? step : arena_format(arena, "%s; %s", steps, step);
}

const char *
approval_steps_asked(const struct approval_people *people, const struct approval_decision *decision,
                     struct arena *arena)
{
    const char *steps = "";
    for (size_t index = 0; index < decision->step_count; index++) {
        const struct approval_asking *asking = &decision->steps[index].asking;
        struct approval_persons persons;
        approval_step_persons(people, asking, arena, &persons);
        steps = join_steps(steps, step_text(&persons, asking->quorum, arena), arena);
    }
    return steps[0] == '\0' ? APPROVAL_STEPS_NONE : steps;
}

/* One name that is expected: a person, or else everybody who has that role, or else a name. */
static void
add_expected(const struct approval_people *people, const char *name, struct approval_asking *asking,
             struct arena *arena)
{
    struct approval_persons persons;
    const struct approval_asking role = {.approvers = "", .roles = name};
    approval_persons_of(people, &role, arena, &persons);
    const bool is_person = approver_of(&people->table, name) != NULL || persons.count == 0;
    const char **list = is_person ? &asking->approvers : &asking->roles;
    *list = (*list)[0] == '\0' ? name : arena_format(arena, "%s | %s", *list, name);
}

/* The next piece of a text up to one of the separators, without blanks around it; NULL: none. */
static const char *
next_piece(const char **rest, const char *separators, struct arena *arena)
{
    while (**rest != '\0') {
        const char *begin = *rest + strspn(*rest, " \t");
        const char *end = begin + strcspn(begin, separators);
        *rest = *end == '\0' ? end : end + 1;
        while (end > begin && (end[-1] == ' ' || end[-1] == '\t')) {
            end--;
        }
        if (end > begin) {
            return arena_copy_bytes(arena, begin, (size_t)(end - begin));
        }
    }
    return NULL;
}

/* "2 of ": moves behind it. */
static int64_t
read_quorum(const char **text)
{
    char *end = NULL;
    const int64_t quorum = strtoll(*text, &end, 10);
    if (end == *text || strncmp(end, " of ", 4) != 0 || quorum < 1) {
        return strchr(*text, '&') != NULL ? QUORUM_ALL : QUORUM_ANY;
    }
    *text = end + 4;
    return quorum;
}

const char *
approval_steps_expected(const struct approval_people *people, const char *expected,
                        struct arena *arena)
{
    const char *steps = "";
    const char *step;
    if (strcmp(expected, STEPS_RULE) == 0) {
        return APPROVAL_STEPS_NONE;
    }
    while ((step = next_piece(&expected, ";", arena)) != NULL) {
        struct approval_asking asking = {.approvers = "", .roles = ""};
        struct approval_persons persons;
        const char *name;
        asking.quorum = read_quorum(&step);
        while ((name = next_piece(&step, "|&", arena)) != NULL) {
            add_expected(people, name, &asking, arena);
        }
        approval_persons_of(people, &asking, arena, &persons);
        steps = join_steps(steps, step_text(&persons, asking.quorum, arena), arena);
    }
    return steps[0] == '\0' ? APPROVAL_STEPS_NONE : steps;
}
