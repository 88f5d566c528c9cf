/* The approval matrix and the list of approvers that came in: whom they name, and what the rules
 * find doubtful.  Each is looked at together with the other one in force. */
#include "base/text.h"
#include "desk/inspect.h"
#include "rules/approve_people.h"
#include "rules/credit.h"
#include "store/store_master.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN_MAX = 80, CHAIN_SHOWN_MAX = 400 };

struct naming {
    const char *field;
    enum message code;
    bool (*is_known)(const struct inspection *inspection, const char *id);
};

static bool
is_partner(const struct inspection *inspection, const char *id)
{
    return config_partner(inspection->config, id) != NULL;
}

/* Each name of the list that is not known. */
static void
tell_unknown(struct inspection *inspection, const struct naming *naming, const char *list,
             int64_t line)
{
    const char *rest = list;
    size_t size = 0;
    const char *entry;
    while ((entry = text_list_next(&rest, &size)) != NULL) {
        const char *name = arena_copy_bytes(lint_scratch(&inspection->lint), entry, size);
        if (!naming->is_known(inspection, name)) {
            lint_tell(&inspection->lint,
                      &(struct finding){.code = naming->code,
                                        .place = {line, 0},
                                        .field = naming->field,
                                        .value = text_show(lint_scratch(&inspection->lint), name,
                                                           size, SHOWN_MAX)});
        }
    }
}

static const struct naming approvers_named = {"approver", M_MASTER_APPROVER_UNKNOWN,
                                              inspect_is_approver};
static const struct naming told_named = {"told", M_MASTER_PARTNER_UNKNOWN, is_partner};
static const struct naming persons_named = {"person", M_MASTER_APPROVER_UNKNOWN,
                                            inspect_is_approver};
static const struct naming superiors_named = {"superior", M_MASTER_APPROVER_UNKNOWN,
                                              inspect_is_approver};

/* -- what a remark says ------------------------------------------------------------------------ */

/* Texts of the next finding. */
struct telling {
    struct inspection *inspection;
    struct arena *arena;
    const struct approval_remark *remark;
    struct finding finding;
};

static const char *
integer(struct telling *telling, int64_t number)
{
    return arena_format(telling->arena, "%" PRId64, number);
}

static const char *
shown(struct telling *telling, const char *text)
{
    return text_show(telling->arena, text, strlen(text), SHOWN_MAX);
}

static const char *
money(struct telling *telling, int64_t micros, const char *currency)
{
    const char *code =
        currency[0] != '\0' ? currency : telling->inspection->config->company_currency;
    const int exponent = currency_exponent(code);
    char text[DECIMAL_TEXT_SIZE];
    decimal_format(text, micros, MICROS_PLACES, exponent < 0 ? 0 : exponent);
    return arena_format(telling->arena, "%s %s", text, code);
}

static void
tell_band(struct telling *telling)
{
    const struct approval_remark *remark = telling->remark;
    const char *currency = remark->rule->currency;
    telling->finding.value = money(telling, remark->from_micros, currency);
    if (remark->to_micros >= 0) {
        telling->finding.expected = money(telling, remark->to_micros, currency);
    }
    if (remark->other != NULL) {
        telling->finding.hint = integer(telling, remark->other->line);
    } else if (remark->doubt == MATRIX_GAP) {
        telling->finding.hint = integer(telling, remark->rule->step);
    }
}

static void
tell_hidden(struct telling *telling)
{
    telling->finding.expected = integer(telling, telling->remark->other->line);
}

static void
tell_hours(struct telling *telling)
{
    telling->finding.value = integer(telling, telling->remark->count);
    telling->finding.expected = integer(telling, telling->remark->rule->asking.decide_hours);
}

static void
tell_credit(struct telling *telling)
{
    const char *words = CREDIT_UNKNOWN;
    for (size_t index = 0; index < CREDIT_VERDICT_COUNT; index++) {
        words = arena_format(telling->arena, "%s, %s", words, credit_verdict_names[index]);
    }
    telling->finding.value = shown(telling, telling->remark->name);
    telling->finding.expected = words;
}

static void
tell_named(struct telling *telling)
{
    telling->finding.value = shown(telling, telling->remark->name);
    telling->finding.expected = integer(telling, telling->remark->rule->line);
}

static void
tell_quorum(struct telling *telling)
{
    telling->finding.value = integer(telling, telling->remark->count);
    telling->finding.expected = integer(telling, telling->remark->rule->line);
    telling->finding.hint = integer(telling, telling->remark->rule->asking.quorum);
}

static void
tell_twice(struct telling *telling)
{
    telling->finding.value = shown(telling, telling->remark->name);
    telling->finding.expected = integer(telling, telling->remark->other->line);
    telling->finding.hint = integer(telling, telling->remark->rule->line);
}

/* "wu <= 5000.00 EUR (custom)": what the person may approve. */
static const char *
authority_text(struct telling *telling, const struct approver *person)
{
    const char *text = shown(telling, person->person);
    if (person->up_to_micros >= 0) {
        text = arena_format(telling->arena, "%s <= %s", text,
                            money(telling, person->up_to_micros, person->currency));
    }
    return person->order_types[0] == '\0'
               ? text
               : arena_format(telling->arena, "%s (%s)", text, shown(telling, person->order_types));
}

/* "regular <= 100000.00 EUR", or "regular > 50000.00 EUR" where the row has no end. */
static void
tell_authority(struct telling *telling)
{
    const struct approval_remark *remark = telling->remark;
    const struct approval_rule *rule = remark->rule;
    const bool has_end = remark->to_micros >= 0;
    const int64_t micros = has_end ? remark->to_micros : rule->above_micros;
    telling->finding.expected =
        micros < 0 ? remark->name
                   : arena_format(telling->arena, "%s %s %s", remark->name, has_end ? "<=" : ">",
                                  money(telling, micros, rule->currency));
    telling->finding.value = authority_text(telling, remark->highest);
    telling->finding.hint = integer(telling, rule->line);
}

static const struct {
    enum message code;
    void (*tell)(struct telling *telling);
} doubts[MATRIX_DOUBT_COUNT] = {
    [MATRIX_NEVER] = {M_MASTER_APPROVAL_NEVER, tell_band},
    [MATRIX_HIDDEN] = {M_MASTER_APPROVAL_HIDDEN, tell_hidden},
    [MATRIX_GAP] = {M_MASTER_APPROVAL_GAP, tell_band},
    [MATRIX_OPEN] = {M_MASTER_APPROVAL_OPEN, tell_band},
    [MATRIX_OVERLAP] = {M_MASTER_APPROVAL_OVERLAP, tell_band},
    [MATRIX_HOURS] = {M_MASTER_APPROVAL_HOURS, tell_hours},
    [MATRIX_CREDIT] = {M_MASTER_APPROVAL_CREDIT, tell_credit},
    [MATRIX_ROLE] = {M_MASTER_ROLE_NOBODY, tell_named},
    [MATRIX_UNLISTED] = {M_MASTER_APPROVER_UNLISTED, tell_named},
    [MATRIX_QUORUM] = {M_MASTER_APPROVAL_QUORUM, tell_quorum},
    [MATRIX_TWICE] = {M_MASTER_APPROVAL_TWICE, tell_twice},
    [MATRIX_AUTHORITY] = {M_MASTER_AUTHORITY_SHORT, tell_authority},
};

/* Of a list of approvers that came in, what is doubtful stands in another file. */
static void
tell_remarks(struct inspection *inspection, struct approval_remarks *remarks)
{
    const bool is_here = inspection->kind == DOCUMENT_APPROVAL_MATRIX;
    approval_remarks_sort(remarks);
    for (size_t index = 0; index < remarks->count; index++) {
        const struct approval_remark *remark = &remarks->items[index];
        struct telling telling = {
            .inspection = inspection,
            .arena = lint_scratch(&inspection->lint),
            .remark = remark,
            .finding = {.code = doubts[remark->doubt].code,
                        .place = {is_here ? remark->rule->line : 0, 0},
                        .field = is_here ? remark->field : ""},
        };
        doubts[remark->doubt].tell(&telling);
        lint_tell(&inspection->lint, &telling.finding);
    }
}

/* -- the tables -------------------------------------------------------------------------------- */

/* Both tables: the one that came in and the other one in force. */
struct tables {
    struct approval_matrix matrix;
    struct approval_people people;
    struct approval_remarks remarks;
    int64_t looks_left;
};

static enum outcome
read_matrix(struct inspection *inspection, int64_t version_id, struct tables *tables,
            struct fault *why)
{
    struct master_row *rows = NULL;
    size_t count = 0;
    TRY(master_approval_rules_all(inspection->store, version_id, &inspection->arena, &rows, &count,
                                  why));
    struct approval_rule *rules = arena_array(&inspection->arena, struct approval_rule, count);
    for (size_t index = 0; index < count; index++) {
        rules[index] = approval_rule_of(&rows[index].approval, rows[index].line);
        if (inspection->kind == DOCUMENT_APPROVAL_MATRIX) {
            tell_unknown(inspection, &approvers_named, rules[index].asking.approvers,
                         rows[index].line);
            tell_unknown(inspection, &told_named, rules[index].asking.told, rows[index].line);
        }
    }
    approval_sort(rules, count);
    tables->matrix = (struct approval_matrix){rules, count, inspection->config->company_currency,
                                              &tables->looks_left};
    return DONE;
}

static int
compare_users(const void *one_pointer, const void *other_pointer)
{
    const struct master_row *one = *(const struct master_row *const *)one_pointer;
    const struct master_row *other = *(const struct master_row *const *)other_pointer;
    const int order = strcmp(one->approver.user, other->approver.user);
    return order != 0 ? order : number_compare(one->line, other->line);
}

static void
tell_users(struct inspection *inspection, const struct master_row *rows, size_t count)
{
    const struct master_row **sorted =
        arena_array(&inspection->arena, const struct master_row *, count);
    for (size_t index = 0; index < count; index++) {
        sorted[index] = &rows[index];
    }
    if (count > 1) {
        qsort(sorted, count, sizeof(const struct master_row *), compare_users);
    }
    for (size_t index = 1; index < count; index++) {
        const char *user = sorted[index]->approver.user;
        if (user[0] != '\0' && strcmp(user, sorted[index - 1]->approver.user) == 0) {
            struct arena *scratch = lint_scratch(&inspection->lint);
            lint_tell(&inspection->lint,
                      &(struct finding){
                          .code = M_MASTER_USER_TWICE,
                          .place = {sorted[index]->line, 0},
                          .field = "user",
                          .value = text_show(scratch, user, strlen(user), SHOWN_MAX),
                          .expected = arena_format(scratch, "%" PRId64, sorted[index - 1]->line)});
        }
    }
}

static void
tell_person(struct inspection *inspection, const struct approval_people *people, size_t index)
{
    const struct approver *person = &people->table.items[index];
    struct arena *scratch = lint_scratch(&inspection->lint);
    tell_unknown(inspection, &persons_named, person->person, person->line);
    tell_unknown(inspection, &superiors_named, person->superior, person->line);
    const char *loop = approval_superior_loop(people, person, scratch);
    if (loop != NULL) {
        lint_tell(
            &inspection->lint,
            &(struct finding){.code = M_MASTER_SUPERIOR_LOOP,
                              .place = {person->line, 0},
                              .field = "superior",
                              .value = text_show(scratch, loop, strlen(loop), CHAIN_SHOWN_MAX)});
    }
}

static enum outcome
read_people(struct inspection *inspection, int64_t version_id, struct tables *tables,
            struct fault *why)
{
    struct master_row *rows = NULL;
    size_t count = 0;
    TRY(master_approvers(inspection->store, version_id, &inspection->arena, &rows, &count, why));
    struct approver *people = arena_array(&inspection->arena, struct approver, count);
    for (size_t index = 0; index < count; index++) {
        people[index] = approver_of_row(&rows[index].approver, rows[index].line);
    }
    approver_table_init(&tables->people.table, people, count);
    tables->people.is_in_force = version_id != 0;
    if (inspection->kind == DOCUMENT_APPROVERS) {
        for (size_t index = 0; index < count; index++) {
            tell_person(inspection, &tables->people, index);
        }
        tell_users(inspection, rows, count);
    }
    return DONE;
}

enum outcome
inspect_approvals(struct inspection *inspection, struct fault *why)
{
    const struct master_versions *versions = NULL;
    struct tables tables = {.remarks.arena = &inspection->arena, .looks_left = MATRIX_LOOKS_MAX};
    const bool is_matrix = inspection->kind == DOCUMENT_APPROVAL_MATRIX;
    arena_reset(&inspection->arena);
    TRY(facts_versions(inspection->facts, &versions, why));
    TRY(read_matrix(inspection,
                    is_matrix ? inspection->version_id : versions->of[DOCUMENT_APPROVAL_MATRIX].id,
                    &tables, why));
    TRY(read_people(inspection,
                    is_matrix ? versions->of[DOCUMENT_APPROVERS].id : inspection->version_id,
                    &tables, why));
    if (is_matrix) {
        approval_check(&tables.matrix, &tables.remarks);
    }
    if (is_matrix || !findings_has(inspection->lint.findings, SEVERITY_ERROR)) {
        approval_check_people(&tables.matrix, &tables.people, &tables.remarks);
    }
    tell_remarks(inspection, &tables.remarks);
    return DONE;
}
