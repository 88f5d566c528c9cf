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

static enum outcome
check_skus(struct checking *checking, int64_t products, struct fault *why)
{
    struct mentions mentions = {checking->inspection, &checking->arena, NULL, 0, 0};
    for (size_t index = 0; index < checking->count; index++) {
        const struct promotion *promotion = &checking->promotions[index];
        mentions_add(&mentions, promotion->skus, "skus", promotion->line);
        mentions_add(&mentions, promotion->get_skus, "get_skus", promotion->line);
    }
    TRY(mentions_find(&mentions, NAME_SKU, products, why));
    return mentions_tell(&mentions, M_MASTER_SKU_UNKNOWN, why);
}

/* A list whose names may become known later: what is not known yet is told, and waits. */
static enum outcome
check_list(struct checking *checking, size_t member, const char *field, enum master_name name,
           int64_t version_id, struct fault *why)
{
    struct mentions mentions = {checking->inspection, &checking->arena, NULL, 0, 0};
    for (size_t index = 0; index < checking->count; index++) {
        const struct promotion *promotion = &checking->promotions[index];
        const char *list = *(const char *const *)((const char *)promotion + member);
        mentions_add(&mentions, list, field, promotion->line);
    }
    TRY(mentions_find(&mentions, name, version_id, why));
    return mentions_tell(&mentions, M_MASTER_NAME_UNKNOWN, why);
}

static enum outcome
check_channels(struct checking *checking, struct fault *why)
{
    struct mentions mentions = {checking->inspection, &checking->arena, NULL, 0, 0};
    for (size_t index = 0; index < checking->count; index++) {
        const struct promotion *promotion = &checking->promotions[index];
        mentions_add(&mentions, promotion->channels, "channels", promotion->line);
    }
    for (size_t index = 0; index < mentions.count; index++) {
        struct mention *mention = &mentions.items[index];
        mention->is_known = inspect_is_channel(checking->inspection, mention->name);
    }
    mentions_keep_first(&mentions);
    return mentions_tell(&mentions, M_MASTER_NAME_UNKNOWN, why);
}

/* What is set beside the value: another row, or how many there may be. */
static const char *
expected_of(struct inspection *inspection, const struct promotion_remark *remark)
{
    if (remark->doubt == DOUBT_CANDIDATES) {
        return arena_format(lint_scratch(&inspection->lint), "%d", (int)PROMOTION_CANDIDATES_MAX);
    }
    return remark->other == NULL ? NULL : shown(inspection, remark->other->code);
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
                  .expected = expected_of(inspection, remark),
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
