/* A change that is only tried tells which promised days it would move: exactly as it then does. */
#include "desk_world.h"

#include "order/order_change.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define LINE(number, line, sku, quantity)                                                          \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1," line "," sku "," quantity       \
           ",C62\n"
/* Every line with its day, of all orders in line: "A-1/2 2026-12-01". */
#define DAYS                                                                                       \
    "SELECT o.number || '/' || coalesce(l.number, n.ordinal) || ' ' ||"                            \
    " coalesce(date(n.promised * 86400, 'unixepoch'), '-') FROM order_plan p"                      \
    " JOIN plan_line n ON n.order_id = p.order_id JOIN orders o ON o.id = n.order_id"              \
    " LEFT JOIN order_line l ON l.order_id = n.order_id AND l.version = p.version"                 \
    " AND l.ordinal = n.ordinal WHERE n.cancelled_micros < n.needed_micros ORDER BY 1"

enum { TEXT_SIZE = 4096, STEPS = 80, ORDERS = 6 };

/* TEA-1 is made at the mill, two a day, of leaves; TEA-2 comes when it comes. */
static int
set_up(void **state)
{
    world_setup(state);
    struct world *world = *state;
    world->config.company_currency = "EUR";
    world->config.planning = (struct planning_policy){.is_on = true,
                                                      .cut_off_ms = 24 * 3600000,
                                                      .pick_days = 1,
                                                      .transit_days = 3,
                                                      .delivery = DELIVERY_COMPLETE};
    world->partners[5].id = "mill";
    world->partners[5].name = "Mill";
    world->partners[5].roles = ROLE_PLANT;
    world->partners[5].format = FORMAT_CSV;
    world_do(world, "UPDATE approval_matrix SET same_day = 'no', above_micros = 5000000000,"
                    " approver = 'linwei'");
    return 0;
}

static void
use_mill(struct world *world)
{
    world_do(world,
             "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
             " tax_rate_micros, line) VALUES (2, 'LEAF', 'Leaf', '', 'raw', 'C62', 'std', 0, 4);"
             "INSERT INTO master_version VALUES (6, 'supply', 1, 1, 1, 0), (7, 'materials', 1, 1, "
             "1, 0), (8, 'plants', 1, 1, 1, 0);"
             "INSERT INTO master_in_force VALUES ('supply', 6), ('materials', 7), ('plants', 8);"
             "INSERT INTO supply VALUES (6, 'TEA-1', 'make', 'mill', 1, 1000000, 2);"
             "INSERT INTO material VALUES (7, 'TEA-1', 'LEAF', 1000000, 2);"
             "INSERT INTO plant VALUES (8, 'mill', 'harbour', 2000000, 2)");
}

/* From now on the warehouse has so much of it, whatever left before. */
static void
has(struct world *world, const char *sku, int64_t quantity)
{
    char sql[900];
    snprintf(sql, sizeof sql,
             "INSERT INTO stock_move (warehouse, sku, kind, number, quantity_micros, effect_micros,"
             " happened_ms, known_ms, reference, reason, line) SELECT 'harbour', '%s',"
             " 'correction', 'C' || (SELECT count(*) FROM stock_move), d, d, 0, 0, '', '', 0 FROM"
             " (SELECT %" PRId64 " - (SELECT coalesce(sum(effect_micros), 0) FROM stock_move"
             " WHERE warehouse = 'harbour' AND sku = '%s') AS d);"
             "INSERT INTO stock_item VALUES ('harbour', '%s', %" PRId64 ", 0, NULL) ON CONFLICT DO"
             " UPDATE SET on_hand_micros = excluded.on_hand_micros",
             sku, quantity * MICROS, sku, sku, quantity * MICROS);
    world_do(world, sql);
}

/* So much of it is to come on that day of December. */
static void
comes(struct world *world, const char *sku, const char *reference, int day, int64_t quantity)
{
    char sql[400];
    snprintf(sql, sizeof sql,
             "INSERT INTO stock_receipt VALUES ('harbour', '%s', '%s',"
             " julianday('2026-12-%02d') - 2440587.5, %" PRId64 ", 0, NULL)",
             sku, reference, day, quantity * MICROS);
    world_do(world, sql);
}

/* -- what is foreseen, and what comes -- */

static void
days_of(const char *path, char text[TEXT_SIZE])
{
    sqlite3 *look = NULL;
    sqlite3_stmt *statement = NULL;
    size_t size = 0;
    assert_int_equal(sqlite3_open(path, &look), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(look, DAYS, -1, &statement, NULL), SQLITE_OK);
    text[0] = '\0';
    while (sqlite3_step(statement) == SQLITE_ROW) {
        size += (size_t)snprintf(text + size, TEXT_SIZE - size, "%s\n",
                                 (const char *)sqlite3_column_text(statement, 0));
        assert_true(size < TEXT_SIZE);
    }
    sqlite3_finalize(statement);
    sqlite3_close(look);
}

/* As it would come with nothing done: on a copy. */
static void
days_without(struct world *world, char text[TEXT_SIZE])
{
    struct fault why = {0};
    struct run run = world->run;
    char path[128];
    snprintf(path, sizeof path, "%s/without.db", world->home);
    must(store_backup(world->run.store, path, &why));
    must(store_open(&run.store, path, STORE_WRITE, &why));
    must(desk_work(&run, &why));
    store_shut(run.store);
    days_of(path, text);
    assert_int_equal(unlink(path), 0);
}

static const char *
day_text(int32_t day)
{
    static char text[DATE_TEXT_SIZE];
    return day == DAY_NONE ? "-" : day_format(text, day);
}

/* In `days` the line is as it is foreseen: before, or after. */
static void
expect(const char *days, const struct promise_shift *shift, bool is_after)
{
    char wanted[128];
    char line[64];
    const bool is_there = shift->move != (is_after ? PROMISE_DROPS : PROMISE_JOINS);
    snprintf(line, sizeof line, "%s/%s ", shift->order_number, shift->line);
    snprintf(wanted, sizeof wanted, "%s%s\n", line,
             day_text(is_after ? shift->after : shift->before));
    const char *found = strstr(days, line);
    if (is_there != (found != NULL) ||
        (found != NULL && strncmp(found, wanted, strlen(wanted)) != 0)) {
        fail_msg("%s it is %s (%s), not:\n%s", is_after ? "after" : "before", wanted,
                 promise_move_names[shift->move], days);
    }
}

static bool
is_told(const struct change_promises *promises, const char *line)
{
    char start[64];
    for (size_t index = 0; index < promises->line_count + promises->other_count; index++) {
        const struct promise_shift *shift = index < promises->line_count
                                                ? &promises->lines[index]
                                                : &promises->others[index - promises->line_count];
        snprintf(start, sizeof start, "%s/%s ", shift->order_number, shift->line);
        if (strncmp(line, start, strlen(start)) == 0) {
            return true;
        }
    }
    return false;
}

/* What is not told of is after it as it is without it. */
static void
expect_rest(const struct change_promises *promises, const char *before, const char *after)
{
    for (const char *line = after; *line != '\0'; line = strchr(line, '\n') + 1) {
        char text[64];
        snprintf(text, sizeof text, "%.*s", (int)(strchr(line, '\n') - line + 1), line);
        if (!is_told(promises, line) && strstr(before, text) == NULL) {
            fail_msg("nobody told of %s", text);
        }
    }
}

/* The change is tried, then made: the answer of the first is what the second gives.  Texts of
 * `promises` lie in the arena. */
static void
change(struct world *world, const char *order, const struct order_change *wanted,
       struct arena *arena, struct change_promises *promises)
{
    struct fault why = {0};
    struct change_answer tried = {0};
    struct change_answer made = {0};
    static char before[TEXT_SIZE];
    static char after[TEXT_SIZE];
    struct change_request request = {"nordlicht", order, wanted, "user:anna", true, NULL, promises};
    days_without(world, before);
    const int64_t version = world_number(world, "PRAGMA data_version");
    must(desk_amend(&world->run, &request, arena, &tried, &why));
    assert_int_equal(world_number(world, "PRAGMA data_version"), version);
    request.is_trial = false;
    request.promises = NULL;
    must(desk_amend(&world->run, &request, arena, &made, &why));
    assert_int_equal(tried.verdict, made.verdict);
    world_work(world);
    days_of(world->path, after);
    for (size_t index = 0; index < promises->line_count; index++) {
        assert_string_equal(promises->lines[index].order_number, order);
        if (made.headline != HEADLINE_WAITING) {
            expect(before, &promises->lines[index], false);
            expect(after, &promises->lines[index], true);
        }
    }
    for (size_t index = 0; index < promises->other_count; index++) {
        assert_string_not_equal(promises->others[index].order_number, order);
        expect(before, &promises->others[index], false);
        expect(after, &promises->others[index], true);
    }
    expect_rest(promises, before, after);
}

static void
set(struct world *world, const char *order, const char *line, int64_t quantity, struct arena *arena,
    struct change_promises *promises)
{
    struct order_change wanted = order_change_blank;
    struct line_change part = {.action = quantity == 0 ? CHANGE_REMOVE : CHANGE_SET};
    order_line_init(&part.line);
    part.line.number = line;
    part.line.sku = part.line.unit = "";
    part.line.quantity_micros = quantity == 0 ? AMOUNT_NONE : quantity * MICROS;
    wanted.lines = &part;
    wanted.line_count = 1;
    change(world, order, &wanted, arena, promises);
}

/* "A-1/1 earlier, A-2/1 later" */
static const char *
moves(const struct promise_shift *shifts, size_t count)
{
    static char text[TEXT_SIZE];
    size_t size = 0;
    text[0] = '\0';
    for (size_t index = 0; index < count; index++) {
        size += (size_t)snprintf(text + size, sizeof text - size, "%s%s/%s %s",
                                 index == 0 ? "" : ", ", shifts[index].order_number,
                                 shifts[index].line, promise_move_names[shifts[index].move]);
        assert_true(size < sizeof text);
    }
    return text;
}

/* -- tests -- */

#define START                                                                                      \
    struct world *world = *state;                                                                  \
    OWNED(arena) arena;                                                                            \
    struct change_promises promises = {0};                                                         \
    arena_init(&arena, 64 * 1024 * 1024)

/* 5 of TEA-2 are there: A-1 has them, and its other line waits; A-2 waits for more of them. */
static void
begin(struct world *world)
{
    has(world, "TEA-1", 0);
    has(world, "TEA-2", 5);
    comes(world, "TEA-1", "R-1", 4, 10);
    comes(world, "TEA-2", "R-2", 11, 10);
    world_come(world, "nordlicht",
               HEAD LINE("A-1", "1", "TEA-2", "5") LINE("A-1", "2", "TEA-1", "2"));
    world_come(world, "nordlicht", HEAD LINE("A-2", "1", "TEA-2", "4"));
}

static void
less_gives_others_an_earlier_day(void **state)
{
    START;
    begin(world);
    set(world, "A-1", "1", 1, &arena, &promises);
    assert_true(promises.is_planned);
    assert_string_equal(moves(promises.lines, promises.line_count), "A-1/1 same, A-1/2 same");
    assert_string_equal(moves(promises.others, promises.other_count), "A-2/1 earlier");
    assert_true(promises.others[0].after < promises.others[0].before);
    assert_string_equal(promises.others[0].partner, "nordlicht");
    assert_string_equal(promises.others[0].sku, "TEA-2");
}

static void
more_of_a_line_waits_for_what_comes(void **state)
{
    START;
    begin(world);
    set(world, "A-1", "1", 6, &arena, &promises);
    assert_string_equal(moves(promises.lines, promises.line_count), "A-1/1 later, A-1/2 same");
    assert_string_equal(moves(promises.others, promises.other_count), "");
}

static void
more_than_ever_comes_has_no_day(void **state)
{
    START;
    begin(world);
    set(world, "A-1", "1", 50, &arena, &promises);
    assert_string_equal(moves(promises.lines, promises.line_count), "A-1/1 later, A-1/2 same");
    assert_int_equal(promises.lines[0].after, DAY_NONE);
    set(world, "A-1", "1", 6, &arena, &promises);
    assert_string_equal(moves(promises.lines, promises.line_count), "A-1/1 earlier, A-1/2 same");
    assert_int_equal(promises.lines[0].before, DAY_NONE);
}

/* What has come since the last planning nobody has been promised: who stands first takes it. */
static void
others_get_later_what_they_would_have_had(void **state)
{
    START;
    begin(world);
    has(world, "TEA-2", 9);
    set(world, "A-1", "1", 8, &arena, &promises);
    assert_string_equal(moves(promises.lines, promises.line_count), "A-1/1 same, A-1/2 same");
    assert_string_equal(moves(promises.others, promises.other_count), "A-2/1 later");
}

static void
a_line_that_goes_is_dropped(void **state)
{
    START;
    begin(world);
    set(world, "A-1", "1", 0, &arena, &promises);
    assert_string_equal(moves(promises.lines, promises.line_count), "A-1/2 same, A-1/1 drops");
    assert_string_equal(moves(promises.others, promises.other_count), "A-2/1 earlier");
}

static void
a_line_that_is_added_joins(void **state)
{
    START;
    struct order_change wanted = order_change_blank;
    struct line_change part = {.action = CHANGE_ADD};
    begin(world);
    order_line_init(&part.line);
    part.line.number = "3";
    part.line.sku = "TEA-1";
    part.line.unit = "C62";
    part.line.quantity_micros = 3 * MICROS;
    wanted.lines = &part;
    wanted.line_count = 1;
    change(world, "A-1", &wanted, &arena, &promises);
    assert_string_equal(moves(promises.lines, promises.line_count),
                        "A-1/1 same, A-1/2 same, A-1/3 joins");
    assert_int_not_equal(promises.lines[2].after, DAY_NONE);
}

/* An order that must be approved anew is not in line meanwhile: others have what it had. */
static void
who_waits_for_an_approval_has_no_day(void **state)
{
    START;
    begin(world);
    world_do(world, "UPDATE approval_matrix SET above_micros = 1000000");
    set(world, "A-1", "1", 6, &arena, &promises);
    assert_string_equal(moves(promises.lines, promises.line_count), "A-1/1 later, A-1/2 later");
    assert_int_equal(promises.lines[0].after, DAY_NONE);
    assert_string_equal(moves(promises.others, promises.other_count), "A-2/1 earlier");
}

static void
where_nothing_is_planned_nothing_is_foreseen(void **state)
{
    START;
    struct fault why = {0};
    struct change_answer answer = {0};
    struct order_change wanted = order_change_blank;
    struct change_request request = {"nordlicht", "A-1", &wanted,  "user:anna",
                                     true,        NULL,  &promises};
    world->config.planning.is_on = false;
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-2", "5"));
    must(desk_amend(&world->run, &request, &arena, &answer, &why));
    assert_false(promises.is_planned);
    assert_int_equal(promises.line_count + promises.other_count, 0);
}

/* What a person would decide about a change that waits is foreseen likewise. */
static void
a_decision_about_a_change_is_foreseen(void **state)
{
    START;
    struct fault why = {0};
    struct change_answer answer = {0};
    static char after[TEXT_SIZE];
    begin(world);
    world_do(world, "INSERT INTO master_version VALUES (9, 'modification-rules', 1, 1, 1, 0);"
                    "INSERT INTO master_in_force VALUES ('modification-rules', 9);"
                    "INSERT INTO modification_rule (version_id, change, state, customer_group, "
                    "way, price_basis, promotions, approval,"
                    " line) VALUES (9, 'decrease', '', '', 'ask', 'keep', 'keep', 'by-matrix', 2)");
    set(world, "A-1", "1", 1, &arena, &promises);
    assert_string_equal(moves(promises.others, promises.other_count), "");
    struct change_decision decision = {.partner = "nordlicht",
                                       .order_number = "A-1",
                                       .number = "",
                                       .accepts = true,
                                       .reason = "",
                                       .actor = "user:anna",
                                       .is_trial = true,
                                       .promises = &promises};
    must(desk_decide_change(&world->run, &decision, &arena, &answer, &why));
    assert_string_equal(moves(promises.others, promises.other_count), "A-2/1 earlier");
    decision.is_trial = false;
    decision.promises = NULL;
    must(desk_decide_change(&world->run, &decision, &arena, &answer, &why));
    world_work(world);
    days_of(world->path, after);
    expect(after, &promises.others[0], true);
}

/* -- many changes, one after the other -- */

static uint32_t
draw(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525U + 1013904223U;
    return (*seed >> 16) % below;
}

static void
order(struct world *world, int number, uint32_t *seed)
{
    char text[600];
    snprintf(text, sizeof text,
             HEAD "A-%d,2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,1,TEA-1,%u,C62\n"
                  "A-%d,2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,2,TEA-2,%u,C62\n",
             number, draw(seed, 5) + 1, number, draw(seed, 5) + 2);
    world_come(world, "nordlicht", text);
}

static void
stir(struct world *world, uint32_t *seed, int step)
{
    char reference[16];
    const char *const sku = draw(seed, 2) == 0 ? "TEA-2" : "LEAF";
    snprintf(reference, sizeof reference, "S-%d", step);
    switch (draw(seed, 4)) {
    case 0: comes(world, sku, reference, (int)draw(seed, 20) + 1, draw(seed, 6) + 1); break;
    case 1: has(world, sku, draw(seed, 4)); break;
    default: break;
    }
}

/* Whatever stock comes and goes meanwhile. */
static void
what_is_foreseen_comes(void **state)
{
    struct world *world = *state;
    uint32_t seed = 7;
    int moved = 0;
    use_mill(world);
    has(world, "TEA-1", 0);
    has(world, "TEA-2", 2);
    has(world, "LEAF", 12);
    for (int number = 1; number <= ORDERS; number++) {
        order(world, number, &seed);
    }
    for (int step = 0; step < STEPS; step++) {
        OWNED(arena) arena;
        struct change_promises promises = {0};
        char number[8];
        arena_init(&arena, 64 * 1024 * 1024);
        snprintf(number, sizeof number, "A-%u", draw(&seed, ORDERS) + 1);
        stir(world, &seed, step);
        set(world, number, draw(&seed, 2) == 0 ? "1" : "2", draw(&seed, 8) + 1, &arena, &promises);
        moved += promises.other_count > 0;
    }
    assert_true(moved > STEPS / 8);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(less_gives_others_an_earlier_day),
        TEST(more_of_a_line_waits_for_what_comes),
        TEST(more_than_ever_comes_has_no_day),
        TEST(others_get_later_what_they_would_have_had),
        TEST(a_line_that_goes_is_dropped),
        TEST(a_line_that_is_added_joins),
        TEST(who_waits_for_an_approval_has_no_day),
        TEST(where_nothing_is_planned_nothing_is_foreseen),
        TEST(a_decision_about_a_change_is_foreseen),
        TEST(what_is_foreseen_comes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
