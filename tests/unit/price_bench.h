/* price_bench.h -- one order with the facts about it, to be priced in tests. */
#ifndef PURSER_PRICE_BENCH_H
#define PURSER_PRICE_BENCH_H

#include "rules/price.h"

#include "base/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { LINES = 4, CANDIDATES = 8 };

/* One order of up to four lines with the facts about them; priced by `decide`. */
struct bench {
    struct arena arena;
    struct findings findings;
    struct order order;
    struct order_line lines[LINES];
    struct line_facts line_facts[LINES];
    struct price_candidate candidates[LINES][CANDIDATES];
    struct price_facts facts;
    struct price_decision decision;
};

enum { order_day = 20781 }; /* 2026-11-24 */

static inline void
bench_close(struct bench *bench)
{
    findings_close(&bench->findings);
    arena_close(&bench->arena);
}

static inline void
bench_init(struct bench *bench, const char *currency)
{
    memset(bench, 0, sizeof *bench);
    arena_init(&bench->arena, ORDER_BYTES_MAX);
    findings_init(&bench->findings);
    bench->order = (struct order){
        .number = "PO-1", .currency = currency, .order_date = order_day, .lines = bench->lines};
    bench->facts = (struct price_facts){
        .customer_known = true,
        .customer = "NORD",
        .nearest_customer = "",
        .customer_group = "shops",
        .customer_country = "DE",
        .channel = "",
        .partner = "nordlicht",
        .tax_exemption = "",
        .lines = bench->line_facts,
        .versions = {[DOCUMENT_CUSTOMERS] = 1, [DOCUMENT_PRODUCTS] = 2, [DOCUMENT_PRICES] = 3}};
}

static inline struct line_facts *
add_line(struct bench *bench, int64_t quantity_micros, int64_t tax_rate_micros)
{
    static const char *const numbers[LINES] = {"1", "2", "3", "4"};
    const size_t at = bench->order.line_count++;
    bench->lines[at] = (struct order_line){.number = numbers[at],
                                           .sku = "TEA-1",
                                           .quantity_micros = quantity_micros,
                                           .unit = "C62",
                                           .expected_price_micros = AMOUNT_NONE,
                                           .manual = {AMOUNT_NONE, AMOUNT_NONE, "", "", false},
                                           .place = {(int64_t)at + 2, 1}};
    bench->line_facts[at] = (struct line_facts){.product_known = true,
                                                .nearest_sku = "",
                                                .tax_class = "std",
                                                .unit = "C62",
                                                .tax_rate_micros = tax_rate_micros,
                                                .candidates = bench->candidates[at]};
    return &bench->line_facts[at];
}

static inline struct price_candidate *
add_price(struct line_facts *facts, enum price_scope scope, int64_t from_micros,
          int64_t price_micros)
{
    static const char *const holders[SCOPE_COUNT] = {"NORD", "shops", "web", ""};
    struct price_candidate *candidate = &facts->candidates[facts->candidate_count++];
    *candidate = (struct price_candidate){.scope = scope,
                                          .holder = holders[scope],
                                          .break_group = "",
                                          .quantity_from_micros = from_micros,
                                          .valid_from = 0,
                                          .valid_to = INT32_MAX,
                                          .price_micros = price_micros};
    return candidate;
}

static inline void
decide(struct bench *bench)
{
    price_order(&bench->order, &bench->facts, &bench->arena, &bench->findings, &bench->decision);
}

/* An option that a product offers, with an absolute surcharge. */
static inline struct option_fact
option_at(const char *name, const char *value, int64_t surcharge_micros)
{
    return (struct option_fact){.name = name,
                                .value = value,
                                .unit = "",
                                .surcharge_micros = surcharge_micros,
                                .excludes = "",
                                .needs = ""};
}

#endif
