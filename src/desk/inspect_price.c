/* Prices ladder by ladder, and what options can make of them. */
#include "desk/inspect.h"
#include "desk/ladders.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { PRODUCT_BYTES_MAX = 64 * 1024 * 1024, PAGE_BYTES_MAX = 64 * 1024 * 1024 };

/* Where a pass over all prices stands. */
struct pass {
    struct inspection *inspection;
    const struct master_versions *versions;
    struct ladders ladders;
    struct arena arena; /* of the product */
    const char *sku;    /* of the product; NULL: none yet */
    struct product_row product;
    struct option_fact *options;
    size_t option_count;
    struct price_span span; /* of its prices in one currency; sku NULL: none yet */
};

static void
pass_close(struct pass *pass)
{
    ladders_close(&pass->ladders);
    arena_close(&pass->arena);
}

static void
pass_free(struct pass **pass)
{
    if (*pass != NULL) {
        pass_close(*pass);
        free(*pass);
    }
}

/* All options of a product, by name. */
static enum outcome
read_options(struct pass *pass, int64_t version_id, const char *sku, struct fault *why)
{
    struct master_row *rows = NULL;
    TRY(master_options(pass->inspection->store, version_id, sku, &pass->arena, &rows,
                       &pass->option_count, why));
    pass->options = arena_array(&pass->arena, struct option_fact, pass->option_count);
    for (size_t index = 0; index < pass->option_count; index++) {
        const struct option_row *row = &rows[index].option;
        pass->options[index] =
            (struct option_fact){.name = row->name,
                                 .value = row->value,
                                 .is_required = strcmp(row->is_required, "yes") == 0,
                                 .surcharge_micros = row->surcharge_micros,
                                 .surcharge_percent_micros = row->surcharge_percent_micros};
    }
    return DONE;
}

static enum outcome
begin_product(struct pass *pass, const char *sku, struct fault *why)
{
    if (pass->sku != NULL && strcmp(pass->sku, sku) == 0) {
        return DONE;
    }
    arena_reset(&pass->arena);
    pass->sku = arena_copy(&pass->arena, sku);
    pass->product = (struct product_row){0};
    const enum outcome outcome =
        master_product(pass->inspection->store, pass->versions->of[DOCUMENT_PRODUCTS].id, sku,
                       &pass->arena, &pass->product, why);
    if (outcome != DONE && outcome != NONE) {
        return outcome;
    }
    return read_options(pass, pass->versions->of[DOCUMENT_PRODUCT_OPTIONS].id, sku, why);
}

/* The prices of one product and currency are all seen. */
static void
end_span(struct pass *pass)
{
    if (pass->span.sku != NULL) {
        ladder_lint_options(&pass->span, pass->options, pass->option_count,
                            &pass->inspection->lint);
    }
    pass->span.sku = NULL;
}

static void
widen_span(struct pass *pass, const struct master_row *row)
{
    struct price_span *span = &pass->span;
    const int64_t price_micros = row->price.price_micros;
    if (!ladder_has_price(row)) {
        return;
    }
    if (span->sku == NULL) {
        *span = (struct price_span){pass->sku, arena_copy(&pass->arena, row->price.currency),
                                    price_micros, price_micros, row->line};
    }
    if (price_micros < span->lowest_micros) {
        span->lowest_micros = price_micros;
        span->line = row->line;
    }
    span->highest_micros =
        price_micros > span->highest_micros ? price_micros : span->highest_micros;
}

static enum outcome
study_ladder(struct pass *pass, struct fault *why)
{
    struct ladders *ladders = &pass->ladders;
    const struct price_row *first = &ladders->rows[0].price;
    if (pass->span.sku != NULL && (strcmp(pass->span.sku, first->sku) != 0 ||
                                   strcmp(pass->span.currency, first->currency) != 0)) {
        end_span(pass);
    }
    TRY(begin_product(pass, first->sku, why));
    struct lint *lint = &pass->inspection->lint;
    if (ladders->is_cut) {
        struct arena *scratch = lint_scratch(lint);
        lint_tell(lint,
                  &(struct finding){.code = M_MASTER_LADDER_LONG,
                                    .place = {ladders->rows[0].line, 0},
                                    .field = "sku",
                                    .value = ladder_name(&ladders->rows[0], false, scratch),
                                    .expected = arena_format(scratch, "%d", (int)LADDER_ROWS_MAX)});
    }
    for (size_t index = 0; index < ladders->count; index++) {
        widen_span(pass, &ladders->rows[index]);
    }
    ladder_lint(&(struct ladder){ladders->rows, ladders->count, pass->product.minimum_micros,
                                 pass->product.multiple_micros, pass->inspection->today},
                lint);
    return DONE;
}

static struct pass *
pass_new(struct inspection *inspection)
{
    struct pass *pass = calloc(1, sizeof *pass);
    assert(pass != NULL);
    pass->inspection = inspection;
    arena_init(&pass->arena, PRODUCT_BYTES_MAX);
    return pass;
}

enum outcome
inspect_prices(struct inspection *inspection, struct fault *why)
{
    __attribute__((cleanup(pass_free))) struct pass *pass = pass_new(inspection);
    TRY(facts_versions(inspection->facts, &pass->versions, why));
    TRY(ladders_open(&pass->ladders, inspection->store, inspection->version_id, why));
    enum outcome outcome;
    while ((outcome = ladders_next(&pass->ladders, why)) == DONE) {
        TRY(study_ladder(pass, why));
    }
    end_span(pass);
    return outcome == NONE ? DONE : outcome;
}

/* Options that come in, against the prices in force. */
static enum outcome
study_option_spans(struct pass *pass, const struct option_span *spans, size_t count,
                   struct fault *why)
{
    for (size_t index = 0; index < count; index++) {
        const struct option_span *span = &spans[index];
        if (span->currency[0] == '\0') {
            continue; /* it has no price */
        }
        arena_reset(&pass->arena);
        TRY(read_options(pass, pass->inspection->version_id, span->sku, why));
        ladder_lint_options(&(struct price_span){span->sku, span->currency, span->lowest_micros,
                                                 span->highest_micros, span->line},
                            pass->options, pass->option_count, &pass->inspection->lint);
    }
    return DONE;
}

/* Page by page; the last SKU of one page is needed for the next. */
static enum outcome
study_options(struct pass *pass, struct arena pages[2], struct fault *why)
{
    const struct inspection *inspection = pass->inspection;
    const char *after = "";
    size_t count = 0;
    int turn = 0;
    do {
        struct option_span *spans = NULL;
        arena_reset(&pages[turn]);
        TRY(master_option_spans(inspection->store, inspection->version_id,
                                pass->versions->of[DOCUMENT_PRICES].id, after, &pages[turn], &spans,
                                &count, why));
        TRY(study_option_spans(pass, spans, count, why));
        after = count == 0 ? after : spans[count - 1].sku;
        turn = 1 - turn;
    } while (count > 0);
    return DONE;
}

enum outcome
inspect_options(struct inspection *inspection, struct fault *why)
{
    __attribute__((cleanup(pass_free))) struct pass *pass = pass_new(inspection);
    struct arena pages[2];
    TRY(facts_versions(inspection->facts, &pass->versions, why));
    arena_init(&pages[0], PAGE_BYTES_MAX);
    arena_init(&pages[1], PAGE_BYTES_MAX);
    const enum outcome outcome = study_options(pass, pages, why);
    arena_close(&pages[0]);
    arena_close(&pages[1]);
    return outcome;
}
