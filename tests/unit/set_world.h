/* set_world.h -- a package that is sold, for the tests of what comes back of it in parts. */
#ifndef PURSER_SET_WORLD_H
#define PURSER_SET_WORLD_H

#include "return_world.h"

#define SET_ORDER HEAD "A-1,2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,1,SET-1,3,C62\n"
#define SET_SHIPPED                                                                                \
    "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"                    \
    "S-1,nordlicht,A-1,1,SET-1,1,2026-11-23T00:30:00Z\n"                                           \
    "S-2,nordlicht,A-1,1,SET-1,2,2026-11-24T00:30:00Z\n"
#define REQUEST "return_number,order_number,line_number,part,quantity,reason,wish,exchange_sku\n"

#define RECEIPT "receipt_number,authorisation,received_at,order_line,sku,quantity,condition\n"

#define CAME(number, year_number) number ",RMA-2026-00000" year_number ",2026-11-24T01:00:00Z,1,"

/* Of SET-1: so many TEA-1 (9.00), TEA-2 (20.00) and CAN are in it; and what a can and a set cost.
 */
enum { SET_PARTS = 3 };
static const char *const set_parts[SET_PARTS] = {"TEA-1", "TEA-2", "CAN"};
struct set {
    int64_t per[SET_PARTS];
    int64_t can_micros;
    int64_t set_micros;
};

/* The set is sold from the stock, and a promotion takes 2.00 off each order. */
static inline void
sets_begin(struct world *world, bool has_invoices, const struct set *set)
{
    char sql[2048];
    world->config.invoices = has_invoices;
    world->config.invoice_prefix = "INV-";
    world->config.credit_note_prefix = "CRN-";
    world->config.invoice_copy_to = "";
    world->config.payment_days = 30;
    world->config.rma_prefix = "RMA-";
    world->config.return_days = 30;
    world->config.planning = (struct planning_policy){.is_on = true,
                                                      .cut_off_ms = 24 * 3600000,
                                                      .transit_days = 3,
                                                      .delivery = DELIVERY_BACKORDER};
    snprintf(sql, sizeof sql,
             "UPDATE approval_matrix SET above_micros = above_micros * 100;"
             "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
             " tax_rate_micros, line) VALUES (2, 'SET-1', 'Set', '', 'sets', 'C62', 'std', 190000,"
             " 4), (2, 'CAN', 'Can', '', 'cans', 'C62', 'std', 190000, 5);"
             "INSERT INTO price (version_id, sku, scope, holder, currency, breaks, break_group,"
             " quantity_from_micros, valid_from, valid_to, price_micros, line) VALUES"
             " (4, 'CAN', 'base', '', 'EUR', 'all-units', '', 0, 0, 2147483647, %" PRId64 ", 5),"
             " (4, 'SET-1', 'base', '', 'EUR', 'all-units', '', 0, 0, 2147483647, %" PRId64 ", 6);"
             "INSERT INTO master_version VALUES (6, 'packages', 1, 1, 3, 0);"
             "INSERT INTO master_in_force VALUES ('packages', 6);",
             set->can_micros, set->set_micros);
    world_do(world, sql);
    for (int part = 0; part < SET_PARTS; part++) {
        snprintf(sql, sizeof sql,
                 "INSERT INTO package VALUES (6, 'SET-1', '%s', %" PRId64 ", 'fixed', 0, %d)",
                 set_parts[part], set->per[part] * MICROS, part + 2);
        world_do(world, sql);
    }
    world_come(world, "harbour",
               "extent,sku,quantity,as_of\nfull,TEA-1,40,2026-11-20T10:00:00Z\n"
               "full,TEA-2,40,2026-11-20T10:00:00Z\nfull,CAN,40,2026-11-20T10:00:00Z\n");
    world_come(
        world, "ledger",
        "code,mode,valid_from,currency,action,amount\nTWO,compounded,2020-01-01,EUR,amount,2\n");
}

/* Three sets of two greens (9.00), a red (20.00) and three cans (3.33): a set is 45.00, and a
 * promotion takes 2.00 off all: 133.00 and 25.27 of tax.  Two invoices charge them. */
static inline void
open_world(void **state, bool has_invoices)
{
    world_setup(state);
    sets_begin(*state, has_invoices, &(struct set){{2, 1, 3}, 3330000, 45000000});
}

static inline int
sets_setup(void **state)
{
    open_world(state, true);
    world_come(*state, "nordlicht", SET_ORDER);
    world_come(*state, "harbour", SET_SHIPPED);
    assert_int_equal(world_number(*state, "SELECT gross_minor FROM order_price"), 15827);
    return 0;
}

static inline int
unbilled_sets_setup(void **state)
{
    open_world(state, false);
    world_come(*state, "nordlicht", SET_ORDER);
    world_come(*state, "harbour", SET_SHIPPED);
    return 0;
}

#endif
