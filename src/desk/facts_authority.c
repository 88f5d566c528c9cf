/* Who may set prices by hand, and how far: one small table, remembered as a whole. */
#include "desk/facts.h"

#include "base/decimal.h"

#include <string.h>

static enum outcome
read_authorities(struct facts *facts, struct fault *why)
{
    struct master_row *rows = NULL;
    arena_reset(&facts->rows);
    TRY(master_authorities(facts->store, facts->versions.of[DOCUMENT_PRICE_AUTHORITY].id,
                           &facts->rows, &rows, &facts->authority_count, why));
    facts->authorities = arena_array(&facts->arena, struct authority_fact, facts->authority_count);
    for (size_t index = 0; index < facts->authority_count; index++) {
        const struct authority_row *row = &rows[index].authority;
        facts->authorities[index] = (struct authority_fact){
            .role = arena_copy(&facts->arena, row->role),
            .persons = arena_copy(&facts->arena, row->persons),
            .partner = arena_copy(&facts->arena, row->partner),
            .customer_group = arena_copy(&facts->arena, row->customer_group),
            .below_micros = row->below_micros,
            .above_micros = row->above_micros < 0 ? row->below_micros : row->above_micros,
            .may_go_below_floor = strcmp(row->below_floor, "yes") == 0};
    }
    facts->has_authorities = true;
    return DONE;
}

static bool
has_manual_price(const struct order *order)
{
    for (size_t index = 0; index < order->line_count; index++) {
        if (manual_price_is_asked(&order->lines[index].manual)) {
            return true;
        }
    }
    return false;
}

enum outcome
facts_authorities(struct facts *facts, const struct order *order, struct price_facts *price_facts,
                  struct fault *why)
{
    /* What is exchanged is free of charge: that was decided with the return. */
    static const struct authority_fact exchange = {.role = "exchange",
                                                   .persons = "purser",
                                                   .partner = "",
                                                   .customer_group = "",
                                                   .below_micros = MICROS,
                                                   .may_go_below_floor = true};
    if (!has_manual_price(order)) {
        return DONE;
    }
    if (order->is_exchange) {
        price_facts->authorities = &exchange;
        price_facts->authority_count = 1;
        return DONE;
    }
    if (!facts->has_authorities) {
        TRY(read_authorities(facts, why));
    }
    price_facts->authorities = facts->authorities;
    price_facts->authority_count = facts->authority_count;
    return DONE;
}
