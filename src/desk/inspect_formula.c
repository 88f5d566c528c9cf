/* Prices that are formulas: those of a new price list are checked, each row, by the products and
 * options in force.  New products and options are checked against the formulas in force: what no
 * longer goes together is told, and refuses orders of the product until the prices follow. */
#include "base/text.h"
#include "desk/inspect.h"
#include "rules/price_formula.h"
#include "store/store.h"
#include "store/store_master.h"

#include <string.h>

/* A product may have any number of options; each formula gets a table of them. */
enum {
    PRODUCT_BYTES_MAX = 512 * 1024 * 1024,
    ROW_BYTES_MAX = 512 * 1024 * 1024,
    SKU_SHOWN_MAX = 80
};

/* What is checked together; one of them is new. */
struct subject_versions {
    int64_t prices, products, options;
    bool prices_are_new;
};

/* "formula:8" */
static const char *
field_text(const struct formula_mistake *mistake, struct arena *arena)
{
    return arena_format(arena, "formula:%zu", mistake->column);
}

static void
tell_mistakes(struct inspection *inspection, const struct price_formula *formula, int64_t line,
              const struct formula_mistakes *mistakes, struct arena *arena)
{
    for (size_t index = 0; index < mistakes->count; index++) {
        const struct formula_mistake *mistake = &mistakes->items[index];
        lint_tell(&inspection->lint,
                  &(struct finding){.code = price_formula_message(mistake->code),
                                    .place = {line, 0},
                                    .field = field_text(mistake, arena),
                                    .value = mistake->place,
                                    .expected = mistake->code == FORMULA_UNKNOWN_NAME
                                                    ? price_formula_names(formula, arena)
                                                    : mistake->expected,
                                    .hint = mistake->nearest});
    }
}

/* A formula in force that the new file breaks; false: it does not. */
static bool
tell_broken(struct inspection *inspection, const struct price_formula *formula, const char *sku,
            struct arena *arena)
{
    if (formula->formula != NULL) {
        return false;
    }
    lint_tell(
        &inspection->lint,
        &(struct finding){.code = M_MASTER_FORMULA_BREAKS,
                          .value = text_show(arena, sku, strlen(sku), SKU_SHOWN_MAX),
                          .expected = formula->mistake.place,
                          .hint = message_entry(price_formula_message(formula->mistake.code))->id});
    return true;
}

/* The product whose formulas are checked; they stand together. */
struct product {
    struct arena arena;
    struct line_facts facts;
    char *sku;    /* NULL: none yet */
    bool is_told; /* that a formula in force is broken: once is enough */
};

static void
product_close(struct product *product)
{
    arena_close(&product->arena);
}

static enum outcome
turn_to(struct inspection *inspection, struct product *product,
        const struct subject_versions *versions, const char *sku, struct fault *why)
{
    if (product->sku != NULL && strcmp(product->sku, sku) == 0) {
        return DONE;
    }
    arena_reset(&product->arena);
    product->sku = arena_copy(&product->arena, sku);
    product->is_told = false;
    return facts_of_product(inspection->facts, product->sku, versions->products, versions->options,
                            &product->arena, &product->facts, why);
}

/* A product that is unknown has its own finding. */
static void
check_row(struct inspection *inspection, struct product *product, bool is_new,
          const struct master_row *row, struct arena *arena)
{
    struct formula_mistakes mistakes;
    if (!product->facts.product_known || product->is_told) {
        return;
    }
    const struct price_formula *formula =
        price_formula_compile(row->price.formula, row->price.price_micros, row->price.currency,
                              &product->facts, arena, &mistakes);
    if (is_new) {
        tell_mistakes(inspection, formula, row->line, &mistakes, arena);
    } else {
        product->is_told = tell_broken(inspection, formula, product->sku, arena);
    }
}

static enum outcome
check_all(struct inspection *inspection, const struct subject_versions *versions, struct fault *why)
{
    OWNED(product) product = {.sku = NULL};
    OWNED(arena) arena;
    OWNED(rows) rows = {0};
    struct master_row row;
    arena_init(&product.arena, PRODUCT_BYTES_MAX);
    arena_init(&arena, ROW_BYTES_MAX);
    TRY(master_formulas(inspection->store, versions->prices, &rows, why));
    enum outcome outcome;
    while ((outcome = master_formula_next(&rows, &arena, &row, why)) == DONE) {
        TRY(turn_to(inspection, &product, versions, row.price.sku, why));
        check_row(inspection, &product, versions->prices_are_new, &row, &arena);
        arena_reset(&arena);
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
inspect_formulas(struct inspection *inspection, struct fault *why)
{
    const struct master_versions *in_force = NULL;
    const enum document_kind kind = inspection->kind;
    TRY(facts_versions(inspection->facts, &in_force, why));
    struct subject_versions versions = {.prices = in_force->of[DOCUMENT_PRICES].id,
                                        .products = in_force->of[DOCUMENT_PRODUCTS].id,
                                        .options = in_force->of[DOCUMENT_PRODUCT_OPTIONS].id,
                                        .prices_are_new = kind == DOCUMENT_PRICES};
    switch (kind) {
    case DOCUMENT_PRICES: versions.prices = inspection->version_id; break;
    case DOCUMENT_PRODUCTS: versions.products = inspection->version_id; break;
    case DOCUMENT_PRODUCT_OPTIONS: versions.options = inspection->version_id; break;
    default: return DONE;
    }
    return check_all(inspection, &versions, why);
}
