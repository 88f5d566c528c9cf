/* return_world.h -- an order of three that has left, and what comes back of it. */
#ifndef PURSER_RETURN_WORLD_H
#define PURSER_RETURN_WORLD_H

#include "desk_world.h"

#include "base/date.h"
#include "desk/returning.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define ORDER HEAD "A-1,2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,1,TEA-1,3,C62\n"
#define SHIPPED                                                                                    \
    "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at,load,lot,"            \
    "serial_numbers,final\n"                                                                       \
    "S-1,nordlicht,A-1,1,TEA-1,3,2026-11-24T00:30:00Z,,,,\n"

/* An order of three, of which a promotion took 2.00: they cost 25.00 and 4.75 of tax. */
static inline int
not_shipped_setup(void **state, bool has_invoices, const char *order)
{
    world_setup(state);
    struct world *world = *state;
    world->config.invoices = has_invoices;
    world->config.invoice_prefix = "INV-";
    world->config.credit_note_prefix = "CRN-";
    world->config.invoice_copy_to = "";
    world->config.payment_days = 30;
    world->config.rma_prefix = "RMA-";
    world->config.return_days = 30;
    world_come(
        world, "ledger",
        "code,mode,valid_from,currency,action,amount\nTWO,compounded,2020-01-01,EUR,amount,2\n");
    world_come(world, "nordlicht", order);
    assert_int_equal(world_number(world, "SELECT net_minor FROM order_price"), 2500);
    return 0;
}

static inline int
ordered_setup(void **state, bool has_invoices, const char *order)
{
    not_shipped_setup(state, has_invoices, order);
    world_come(*state, "harbour", SHIPPED);
    return 0;
}

static inline int
returned_setup(void **state)
{
    return ordered_setup(state, true, ORDER);
}

static inline int
unbilled_setup(void **state)
{
    return ordered_setup(state, false, ORDER);
}

static inline enum return_asked
ask_for(struct world *world, const char *number, int64_t quantity, const char *reason,
        const char *wish, const char *exchange_sku)
{
    struct fault why = {0};
    OWNED(store_tx) tx = {0};
    OWNED(arena) arena;
    __attribute__((cleanup(facts_free))) struct facts *facts = facts_new(world->run.store);
    struct order_standing standing;
    struct return_line line = {.number = "1",
                               .part = "",
                               .quantity_micros = quantity * MICROS,
                               .reason = reason,
                               .wish = wish,
                               .exchange_sku = exchange_sku,
                               .serials = "",
                               .text = ""};
    const struct return_request request = {
        .number = number, .order_number = "A-1", .lines = &line, .line_count = 1};
    enum return_asked asked;
    size_t at = 0;
    arena_init(&arena, 1 << 20);
    must(store_begin(world->run.store, &tx, &why));
    must(order_find(world->run.store, "nordlicht", "A-1", &standing, &why));
    const struct subject subject = flow_subject(&standing, "nordlicht");
    const struct cause cause = {"nordlicht", 0, world->run.as_of_ms, ""};
    must(returning_ask(&world->run, facts, &subject, &request, &cause, &arena, &asked, &at, &why));
    must(store_commit(&tx, &why));
    return asked;
}

static inline enum return_asked
ask(struct world *world, const char *number, int64_t quantity, const char *reason)
{
    return ask_for(world, number, quantity, reason, "refund", "");
}

static inline struct return_told
receive(struct world *world, const char *number, const char *authorisation, int64_t quantity,
        const char *condition)
{
    struct fault why = {0};
    OWNED(store_tx) tx = {0};
    OWNED(arena) arena;
    struct received_line line = {.order_line = "1",
                                 .sku = "TEA-1",
                                 .quantity_micros = quantity * MICROS,
                                 .condition = condition,
                                 .lot = "",
                                 .serials = "",
                                 .reason = ""};
    const struct return_receipt receipt = {.number = number,
                                           .authorisation = authorisation,
                                           .at_ms = world->run.as_of_ms,
                                           .lines = &line,
                                           .line_count = 1};
    const struct cause cause = {"harbour", 0, world->run.as_of_ms, ""};
    struct return_told told;
    arena_init(&arena, 1 << 20);
    must(store_begin(world->run.store, &tx, &why));
    must(returning_receive(&world->run, &receipt, "harbour", &cause, &arena, &told, &why));
    must(store_commit(&tx, &why));
    return told;
}

static inline const char *
notes(struct world *world)
{
    return world_text(world, "SELECT group_concat(number || ' ' || gross_minor, ', ') FROM (SELECT"
                             " * FROM invoice WHERE kind = 'credit-note' ORDER BY id)");
}

#endif
