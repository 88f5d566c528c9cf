/* A table of promotions that came in: what its lists mention must be known, and what the rule finds
 * doubtful is told. */
#include "base/decimal.h"
#include "base/text.h"
#include "desk/inspect.h"
#include "desk/promotions.h"
#include "store/store.h"
#include "store/store_master.h"
#include "store/store_promotion.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { REMARKS_MAX = 10000, SHOWN_MAX = 80 };

/* One name in one list. */
struct mention {
    const char *name;
    const char *field;
    int64_t line;
    bool is_known;
};

struct mentions {
    struct mention *items;
    size_t count;
    size_t capacity;
};

struct checking {
    struct inspection *inspection;
    struct arena arena;
    struct promotion *promotions;
    size_t count;
};

/* A text for the next finding. */
static const char *
shown(struct inspection *inspection, const char *text)
{
    return text_show(lint_scratch(&inspection->lint), text, strlen(text), SHOWN_MAX);
}

static void
checking_close(struct checking *checking)
{
    arena_close(&checking->arena);
}

/* "A | B": each name of the list. */
static void
mention_list(struct checking *checking, struct mentions *mentions, const char *list,
             const char *field, int64_t line)
{
    const char *name;
    size_t size = 0;
    while ((name = text_list_next(&list, &size)) != NULL) {
        mentions->items = arena_grow(&checking->arena, mentions->items, sizeof *mentions->items,
                                     mentions->count, &mentions->capacity);
        mentions->items[mentions->count++] =
            (struct mention){arena_copy_bytes(&checking->arena, name, size), field, line, false};
    }
}

static int
compare_by_name(const void *one, const void *other)
{
    const struct mention *left = one;
    const struct mention *right = other;
    const int order = strcmp(left->name, right->name);
    return order != 0 ? order : number_compare(left->line, right->line);
}

/* By line, then field, then name: in the order in which a person reads the file. */
static int
compare_by_line(const void *one, const void *other)
{
    const struct mention *left = one;
    const struct mention *right = other;
    if (left->line != right->line) {
        return left->line < right->line ? -1 : 1;
    }
    const int order = strcmp(left->field, right->field);
    return order != 0 ? order : strcmp(left->name, right->name);
}

static void
sort(struct mentions *mentions, int (*compare)(const void *, const void *))
{
    if (mentions->count > 1) {
        qsort(mentions->items, mentions->count, sizeof *mentions->items, compare);
    }
}

/* Both sides are sorted by name: one pass over what there is finds what is known.  Of a name that
 * is not known the first mention is told. */
static enum outcome
find_known(struct checking *checking, struct mentions *mentions, enum master_name name,
           int64_t version_id, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t at = 0;
    enum outcome outcome = DONE;
    sort(mentions, compare_by_name);
    TRY(master_names(checking->inspection->store, name, version_id, &rows, why));
    while (at < mentions->count && (outcome = rows_next(&rows, why)) == DONE) {
        const char *known = rows_text(&rows, 0);
        while (at < mentions->count && strcmp(mentions->items[at].name, known) < 0) {
            at++;
        }
        while (at < mentions->count && strcmp(mentions->items[at].name, known) == 0) {
            mentions->items[at++].is_known = true;
        }
    }
    for (size_t index = 1; index < mentions->count; index++) {
        if (strcmp(mentions->items[index].name, mentions->items[index - 1].name) == 0) {
            mentions->items[index].is_known = true;
        }
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
complain_of_unknown(struct checking *checking, struct mentions *mentions, enum message code,
                    struct fault *why)
{
    struct inspection *inspection = checking->inspection;
    const struct master_versions *versions = NULL;
    TRY(facts_versions(inspection->facts, &versions, why));
    sort(mentions, compare_by_line);
    for (size_t index = 0; index < mentions->count; index++) {
        const struct mention *mention = &mentions->items[index];
        if (mention->is_known) {
            continue;
        }
        struct finding finding = {.code = code,
                                  .place = {mention->line, 0},
                                  .field = mention->field,
                                  .value = shown(inspection, mention->name)};
        if (code == M_MASTER_SKU_UNKNOWN && facts_may_hint(inspection->facts)) {
            TRY(master_nearest_sku(inspection->store, versions->of[DOCUMENT_PRODUCTS].id,
                                   mention->name, &checking->arena, &finding.hint, why));
        }
        lint_tell(&inspection->lint, &finding);
    }
    return DONE;
}

static enum outcome
check_skus(struct checking *checking, int64_t products, struct fault *why)
{
    struct mentions mentions = {0};
    for (size_t index = 0; index < checking->count; index++) {
        const struct promotion *promotion = &checking->promotions[index];
        mention_list(checking, &mentions, promotion->skus, "skus", promotion->line);
        mention_list(checking, &mentions, promotion->get_skus, "get_skus", promotion->line);
    }
    TRY(find_known(checking, &mentions, NAME_SKU, products, why));
    return complain_of_unknown(checking, &mentions, M_MASTER_SKU_UNKNOWN, why);
}

/* A list whose names may become known later: what is not known yet is told, and waits. */
static enum outcome
check_list(struct checking *checking, size_t member, const char *field, enum master_name name,
           int64_t version_id, struct fault *why)
{
    struct mentions mentions = {0};
    for (size_t index = 0; index < checking->count; index++) {
        const struct promotion *promotion = &checking->promotions[index];
        const char *list = *(const char *const *)((const char *)promotion + member);
        mention_list(checking, &mentions, list, field, promotion->line);
    }
    TRY(find_known(checking, &mentions, name, version_id, why));
    return complain_of_unknown(checking, &mentions, M_MASTER_NAME_UNKNOWN, why);
}

static enum outcome
check_channels(struct checking *checking, struct fault *why)
{
    struct mentions mentions = {0};
    for (size_t index = 0; index < checking->count; index++) {
        const struct promotion *promotion = &checking->promotions[index];
        mention_list(checking, &mentions, promotion->channels, "channels", promotion->line);
    }
    sort(&mentions, compare_by_name);
    for (size_t index = 0; index < mentions.count; index++) {
        struct mention *mention = &mentions.items[index];
        mention->is_known = (index > 0 && strcmp(mention->name, mention[-1].name) == 0) ||
                            inspect_is_channel(checking->inspection, mention->name);
    }
    return complain_of_unknown(checking, &mentions, M_MASTER_NAME_UNKNOWN, why);
}

/* What the rule remarks, as findings: about the row, or about what stands in one of its cells. */
static void
tell_remark(struct inspection *inspection, const struct promotion_remark *remark)
{
    static const enum message codes[DOUBT_COUNT] = {
        [DOUBT_NONE] = MESSAGE_COUNT,
        [DOUBT_VALUE_MISSING] = M_MASTER_PROMOTION_VALUE,
        [DOUBT_VALUE_UNUSED] = M_MASTER_PROMOTION_UNUSED,
        [DOUBT_CURRENCY] = M_MASTER_PROMOTION_CURRENCY,
        [DOUBT_PERCENT] = M_MASTER_PROMOTION_PERCENT,
        [DOUBT_BUY_GET] = M_MASTER_PROMOTION_BUY_GET,
        [DOUBT_PERIOD] = M_MST_VALIDITY,
        [DOUBT_NEVER_WITH] = M_MASTER_PROMOTION_NEVER_WITH,
        [DOUBT_OVERLAP] = M_MASTER_PROMOTION_OVERLAP,
        [DOUBT_SHADOWED] = M_MASTER_PROMOTION_SHADOWED,
        [DOUBT_SELF_FINANCED] = M_MASTER_PROMOTION_FREE,
        [DOUBT_CANDIDATES] = M_MASTER_PROMOTION_CANDIDATES,
    };
    const struct promotion *promotion = remark->promotion;
    lint_tell(&inspection->lint,
              &(struct finding){
                  .code = codes[remark->doubt],
                  .place = {promotion == NULL ? 0 : promotion->line, 0},
                  .field = remark->column,
                  .value = shown(inspection, remark->text != NULL ? remark->text
                                             : promotion != NULL  ? promotion->code
                                                                  : ""),
                  .expected = remark->other == NULL ? NULL : shown(inspection, remark->other->code),
              });
}

/* Larger tables are not read at all. */
static enum outcome
check_size(struct inspection *inspection, bool *fits, struct fault *why)
{
    int64_t rows = 0;
    int64_t characters = 0;
    TRY(promotion_size(inspection->store, inspection->version_id, &rows, &characters, why));
    *fits = rows <= PROMOTIONS_MAX && characters <= PROMOTION_TEXT_MAX;
    if (!*fits) {
        const bool are_many = rows > PROMOTIONS_MAX;
        struct arena *scratch = lint_scratch(&inspection->lint);
        lint_tell(&inspection->lint,
                  &(struct finding){
                      .code = M_MASTER_PROMOTIONS_LARGE,
                      .value = arena_format(scratch, "%" PRId64, are_many ? rows : characters),
                      .expected = arena_format(scratch, "%d",
                                               are_many ? PROMOTIONS_MAX : PROMOTION_TEXT_MAX),
                      .hint = are_many ? "code" : "skus, categories, customers",
                  });
    }
    return DONE;
}

static enum outcome
check_names(struct checking *checking, struct fault *why)
{
    const struct master_versions *versions = NULL;
    TRY(facts_versions(checking->inspection->facts, &versions, why));
    const int64_t products = versions->of[DOCUMENT_PRODUCTS].id;
    const int64_t customers = versions->of[DOCUMENT_CUSTOMERS].id;
    TRY(check_skus(checking, products, why));
    TRY(check_list(checking, offsetof(struct promotion, categories), "categories", NAME_CATEGORY,
                   products, why));
    TRY(check_list(checking, offsetof(struct promotion, customers), "customers", NAME_CUSTOMER,
                   customers, why));
    TRY(check_list(checking, offsetof(struct promotion, groups), "customer_groups", NAME_GROUP,
                   customers, why));
    return check_channels(checking, why);
}

enum outcome
inspect_promotions(struct inspection *inspection, struct fault *why)
{
    OWNED(checking) checking = {.inspection = inspection};
    struct promotion_remark *remarks = NULL;
    bool fits = false;
    arena_init(&checking.arena, PROMOTION_BYTES_MAX);
    TRY(check_size(inspection, &fits, why));
    if (!fits) {
        return DONE;
    }
    TRY(promotions_read(inspection->store, inspection->version_id, &checking.arena,
                        &checking.promotions, &checking.count, why));
    TRY(check_names(&checking, why));
    const size_t count = promotion_check(checking.promotions, checking.count, REMARKS_MAX,
                                         &checking.arena, &remarks);
    for (size_t index = 0; index < count; index++) {
        tell_remark(inspection, &remarks[index]);
    }
    return DONE;
}
