/* ledger_told.h -- files of stock reports, and what a store has by them. */
#ifndef PURSER_LEDGER_TOLD_H
#define PURSER_LEDGER_TOLD_H

#include "desk_world.h"

#define FULL                "extent,sku,quantity,as_of\n"
#define COUNTED(sku, n, at) "full," sku "," n ",2026-11-" at "Z\n"
#define CHANGES             "extent,sku,quantity,as_of,kind,number,reference,reason\n"
#define CHANGE(sku, n, at, kind, number, reference)                                                \
    "change," sku "," n ",2026-11-" at "Z," kind "," number "," reference ",\n"
#define PLANNED                      "extent,sku,quantity,reference,expected_on,as_of\n"
#define PLAN(sku, n, reference, day) "planned," sku "," n "," reference ",2026-12-" day ",\n"
#define PLAN_AS_OF(sku, n, reference, day, at)                                                     \
    "planned," sku "," n "," reference ",2026-12-" day ",2026-11-" at "Z\n"

/* "TEA-1 5, TEA-2 -1": what is on hand, in whole units. */
static inline const char *
stock(struct world *world)
{
    return world_text(
        world, "SELECT coalesce(group_concat(sku || ' ' || (on_hand_micros / 1000000), ', '), "
               "'') FROM (SELECT * FROM stock_item ORDER BY warehouse, sku)");
}

static inline const char *
moves(struct world *world)
{
    return world_text(world,
                      "SELECT coalesce(group_concat(sku || ' ' || kind || ' ' || "
                      "(quantity_micros / 1000000) || ' ' || (effect_micros / 1000000), ', '), '') "
                      "FROM (SELECT * FROM stock_move ORDER BY sku, happened_ms, number)");
}

static inline const char *
to_come(struct world *world)
{
    return world_text(world, "SELECT coalesce(group_concat(sku || ' ' || reference || ' ' || "
                             "(quantity_micros / 1000000) || ' ' || date(day * 86400, "
                             "'unixepoch'), ', '), '') FROM (SELECT * FROM stock_receipt ORDER BY "
                             "sku, reference)");
}

/* Of the last file. */
static inline const char *
findings(struct world *world)
{
    return world_text(world,
                      "SELECT coalesce(group_concat(code || ' ' || value || ' ' || expected || ' ' "
                      "|| line, ', '), '') FROM (SELECT * FROM finding WHERE interchange_id = "
                      "(SELECT max(id) FROM interchange) ORDER BY ordinal)");
}

static inline const char *
state_of_file(struct world *world)
{
    return world_text(world, "SELECT state || ' ' || documents_taken || '/' || documents FROM "
                             "interchange ORDER BY id DESC LIMIT 1");
}

/* A product that is weighed, too. */
static inline int
ledger_setup(void **state)
{
    struct world *world = world_make();
    *state = world;
    world_stock(world);
    world_do(world,
             "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
             " tax_rate_micros, line) VALUES (2, 'SALT', 'Salt', '', '', 'KGM', 'std', 0, 4)");
    return 0;
}

#define LEDGER_TEST(name) cmocka_unit_test_setup_teardown(name, ledger_setup, world_teardown)

#endif
