/* Changes of orders by a modification matrix that came in: each of its columns acts. */
#include "desk_world.h"

#include "order/order_change.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define LINE(number, line, sku, quantity)                                                          \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1," line "," sku "," quantity       \
           ",C62\n"
#define RULES "change,state,customer_group,way,price_basis,promotions,approval\n"

static int
set_up(void **state)
{
    world_setup(state);
    struct world *world = *state;
    world->config.company_currency = "EUR";
    world_do(world, "UPDATE approval_matrix SET same_day = 'no'");
    return 0;
}

static struct line_change
part(enum change_action action, const char *number, int64_t quantity)
{
    struct line_change change = {.action = action};
    order_line_init(&change.line);
    change.line.number = number;
    change.line.sku = action == CHANGE_ADD ? "TEA-2" : "";
    change.line.unit = action == CHANGE_ADD ? "C62" : "";
    change.line.quantity_micros = quantity == 0 ? AMOUNT_NONE : quantity * MICROS;
    return change;
}

/* "taken2 increase, submitted: allow (modification-rules line 2)" */
static const char *
amend(struct world *world, struct line_change *lines, size_t count)
{
    static char said[500];
    OWNED(arena) arena;
    struct fault why = {0};
    struct change_answer answer = {0};
    struct order_change change = order_change_blank;
    const struct change_request request = {"nordlicht", "A-1", &change, "user:anna",
                                           false,       NULL,  NULL};
    arena_init(&arena, 64 * 1024 * 1024);
    change.lines = lines;
    change.line_count = count;
    must(desk_amend(&world->run, &request, &arena, &answer, &why));
    snprintf(said, sizeof said, "%s%" PRId64 " %s", change_verdict_names[answer.verdict],
             answer.version, answer.items[0].rule);
    return said;
}

static const char *
priced(struct world *world)
{
    return world_text(world, "SELECT group_concat(number || '=' || (quantity_micros / 1000000) ||"
                             " ' ' || net_minor, ', ') FROM (SELECT l.number,"
                             " l.quantity_micros, p.net_minor FROM orders o JOIN"
                             " order_line l ON l.order_id = o.id AND l.version = o.version JOIN"
                             " order_line_price p ON p.order_id = o.id AND p.version = o.version"
                             " AND p.ordinal = l.ordinal ORDER BY l.ordinal)");
}

static const char *
standing(struct world *world)
{
    return world_text(world, "SELECT approval || version || ' ' || fulfilment FROM orders");
}

/* A list in force since the order, of prices lower by 1.00 or of promotions. */
static void
lower_prices(struct world *world)
{
    world_do(world, "INSERT INTO master_version VALUES (14, 'prices', 2, 1, 3, 0);"
                    "INSERT INTO price (version_id, sku, scope, holder, currency, breaks,"
                    " break_group, quantity_from_micros, valid_from, valid_to, price_micros, line)"
                    " SELECT 14, sku, scope, holder, currency, breaks, break_group,"
                    " quantity_from_micros, valid_from, valid_to, price_micros - 1000000, line FROM"
                    " price;"
                    "UPDATE master_in_force SET version_id = 14 WHERE master = 'prices'");
}

/* 20 x 9.00 waits for linwei; the matrix has this row; then 22 are wanted, and 1 of TEA-2. */
static const char *
change_early(struct world *world, const char *row)
{
    char file[400];
    struct line_change parts[] = {part(CHANGE_SET, "1", 22), part(CHANGE_ADD, "2", 1)};
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "20"));
    lower_prices(world);
    snprintf(file, sizeof file, "%s%s\n", RULES, row);
    world_come(world, "ledger", file);
    return amend(world, parts, 2);
}

static void
kept_prices_are_those_of_the_version_before(void **state)
{
    struct world *world = *state;
    assert_string_equal(change_early(world, ",submitted,,allow,keep,,"),
                        "taken2 increase, submitted: allow (modification-rules line 2)");
    assert_string_equal(priced(world), "1=22 19800, 2=1 2000");
}

static void
a_new_quantity_alone_has_the_prices_of_the_change(void **state)
{
    struct world *world = *state;
    assert_string_equal(change_early(world, ",submitted,,allow,new-quantity,,"),
                        "taken2 increase, submitted: allow (modification-rules line 2)");
    assert_string_equal(priced(world), "1=20 18000, 2=1 1900, 1.1=2 1600");
    assert_string_equal(standing(world), "waiting2 none");
}

static void
prices_of_the_change_may_hold_for_all(void **state)
{
    struct world *world = *state;
    assert_string_equal(change_early(world, ",submitted,EU,allow,all,,"),
                        "taken2 increase, submitted: allow (modification-rules line 2)");
    assert_string_equal(priced(world), "1=22 17600, 2=1 1900");
}

static void
what_joins_a_released_order_may_have_the_price_before(void **state)
{
    struct world *world = *state;
    struct line_change parts[] = {part(CHANGE_SET, "1", 7)};
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "5"));
    lower_prices(world);
    world_come(world, "ledger", RULES "increase,released,,new-line,keep,,\n");
    assert_string_equal(amend(world, parts, 1),
                        "taken2 increase, released: new-line (modification-rules line 2)");
    assert_string_equal(priced(world), "1=5 4500, 1.1=2 1800");
    world_come(world, "ledger", RULES "increase,released,,new-line,new-quantity,,\n");
    parts[0] = part(CHANGE_SET, "1", 6);
    assert_string_equal(amend(world, parts, 1),
                        "taken3 increase, released: new-line (modification-rules line 2)");
    assert_string_equal(priced(world), "1=5 4500, 1.1=2 1800, 1.2=1 800");
}

/* A tenth off since the order. */
static void
begin_promotion(struct world *world)
{
    world_come(world, "ledger",
               "code,name,priority,mode,valid_from,valid_to,action,percent\n"
               "TENTH,A tenth,1,compounded,2026-01-01,2027-01-01,percent,10\n");
    assert_int_equal(world_number(world, "SELECT count(*) FROM promotion"), 1);
}

static const char *
change_promoted(struct world *world, const char *row)
{
    struct line_change parts[] = {part(CHANGE_SET, "1", 22)};
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "20"));
    begin_promotion(world);
    char file[400];
    snprintf(file, sizeof file, "%s%s\n", RULES, row);
    world_come(world, "ledger", file);
    (void)amend(world, parts, 1);
    return priced(world);
}

static void
promotions_are_kept(void **state)
{
    assert_string_equal(change_promoted(*state, ",submitted,,allow,all,keep,"), "1=22 19800");
}

static void
promotions_are_evaluated_anew(void **state)
{
    assert_string_equal(change_promoted(*state, ",submitted,,allow,all,evaluate,"), "1=22 17820");
}

static void
what_joins_gets_promotions_where_they_are_evaluated(void **state)
{
    struct world *world = *state;
    struct line_change parts[] = {part(CHANGE_SET, "1", 7)};
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "5"));
    begin_promotion(world);
    world_come(world, "ledger", RULES "increase,,,new-line,new-quantity,keep,\n");
    (void)amend(world, parts, 1);
    assert_string_equal(priced(world), "1=5 4500, 1.1=2 1800");
    world_come(world, "ledger", RULES "increase,,,new-line,new-quantity,evaluate,\n");
    (void)amend(world, parts, 1);
    assert_string_equal(priced(world), "1=5 4500, 1.1=2 1800, 1.2=2 1620");
    assert_int_equal(world_number(world, "SELECT uses FROM promotion_total WHERE customer = ''"),
                     1);
}

/* 20 x 9.00 is approved by linwei, and held so that it is not released; then 19 are wanted. */
static const char *
change_approved(struct world *world, const char *row, int64_t quantity)
{
    char file[400];
    struct fault why = {0};
    struct line_change parts[] = {part(CHANGE_SET, "1", quantity)};
    world->config.warehouse = "";
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "20"));
    must(world_decide(world, "A-1", true, "user:linwei", "", &why));
    snprintf(file, sizeof file, "%s%s\n", RULES, row);
    world_come(world, "ledger", file);
    (void)amend(world, parts, 1);
    world->config.warehouse = "harbour";
    world_work(world);
    return standing(world);
}

static void
approval_goes_by_the_matrix(void **state)
{
    assert_string_equal(change_approved(*state, "increase,approved,,allow,keep,,by-matrix", 120),
                        "waiting2 none");
}

static void
approval_is_never_asked_again(void **state)
{
    assert_string_equal(change_approved(*state, "increase,approved,,allow,keep,,never", 120),
                        "approved2 released");
}

static void
approval_is_always_asked_again(void **state)
{
    assert_string_equal(change_approved(*state, "increase,approved,,allow,keep,,always", 21),
                        "waiting2 none");
}

static void
what_no_row_matches_is_decided_as_ever(void **state)
{
    struct world *world = *state;
    struct line_change parts[] = {part(CHANGE_SET, "1", 22)};
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "20"));
    world_come(world, "ledger", RULES "increase,submitted,US,refuse,,,\nnote,,,refuse,,,\n");
    assert_string_equal(amend(world, parts, 1), "taken2 increase, submitted: allow (built in)");
    world_do(world,
             "UPDATE modification_rule SET customer_group = 'EU' WHERE customer_group = 'US'");
    parts[0] = part(CHANGE_SET, "1", 23);
    assert_string_equal(amend(world, parts, 1),
                        "refused2 increase, submitted: refuse (modification-rules line 2)");
}

/* Ten are ordered and eight wanted: before the point that is another version, from it on two are
 * cancelled.  "2 8-0 0": the version, what is ordered and cancelled, how many cancellations. */
static const char *
eight_of_ten(struct world *world, int point, bool is_released, bool is_asked)
{
    struct line_change parts[] = {part(CHANGE_SET, "1", 8)};
    world_do(world, is_asked ? "UPDATE approval_matrix SET above_micros = 1000000"
                             : "DELETE FROM approval_matrix");
    world->config.change_point = point;
    world->config.warehouse = is_released ? "harbour" : "";
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "10"));
    (void)amend(world, parts, 1);
    return world_text(
        world, "SELECT o.approval || ' ' || o.version || ' ' || (SELECT sum(quantity_micros) /"
               " 1000000 FROM order_line l WHERE l.order_id = o.id AND l.version = o.version) ||"
               " '-' || (SELECT coalesce(sum(quantity_micros), 0) / 1000000 FROM order_cancelled c"
               " WHERE c.order_id = o.id AND c.version = o.version) || ' ' || (SELECT"
               " coalesce(group_concat(reason), '-') FROM cancellation) || ' ' || (SELECT"
               " count(*) FROM stop_notice) FROM orders o");
}

enum { POINT_APPROVED, POINT_RELEASED, POINT_SUBMITTED }; /* cancellation-point */

static void
less_before_the_point_is_another_version(void **state)
{
    assert_string_equal(eight_of_ten(*state, POINT_APPROVED, true, true), "waiting 2 8-0 - 0");
}

static void
less_of_what_was_submitted_may_be_cancelled(void **state)
{
    assert_string_equal(eight_of_ten(*state, POINT_SUBMITTED, true, true),
                        "waiting 1 10-2 other 0");
}

static void
less_of_what_is_approved_is_cancelled(void **state)
{
    assert_string_equal(eight_of_ten(*state, POINT_APPROVED, false, false),
                        "approved 1 10-2 other 0");
}

static void
less_of_what_is_approved_may_be_another_version(void **state)
{
    assert_string_equal(eight_of_ten(*state, POINT_RELEASED, false, false), "approved 2 8-0 - 0");
}

static void
less_of_what_is_released_is_always_cancelled(void **state)
{
    assert_string_equal(eight_of_ten(*state, POINT_RELEASED, true, false),
                        "approved 1 10-0 other 1");
}

static void
rows_that_never_decide_are_told(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger",
               RULES "decrease,,,cancel,,,\ndecrease,submitted,,allow,,,\n"
                     "decrease,approved,,allow,,,\ndecrease,released,,cancel,,,\n"
                     "decrease,partly-shipped,,cancel,,,\ndecrease,shipped,,refuse,,,\n"
                     "decrease,delivered,,refuse,,,\nincrease,,,redirect,,,\n"
                     "increase,,NOBODY,refuse,,,\n");
    assert_string_equal(
        world_text(world, "SELECT group_concat(code || ' ' || line || ' ' || value, '; ') FROM"
                          " (SELECT * FROM finding WHERE code LIKE 'MASTER-%' AND code <>"
                          " 'MASTER-CHANGED' ORDER BY line)"),
        "MASTER-MODIFICATION-COVERED 2 ; MASTER-MODIFICATION-WAY 9 redirect;"
        " MASTER-NAME-UNKNOWN 10 NOBODY");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(kept_prices_are_those_of_the_version_before),
        TEST(a_new_quantity_alone_has_the_prices_of_the_change),
        TEST(prices_of_the_change_may_hold_for_all),
        TEST(what_joins_a_released_order_may_have_the_price_before),
        TEST(promotions_are_kept),
        TEST(promotions_are_evaluated_anew),
        TEST(what_joins_gets_promotions_where_they_are_evaluated),
        TEST(approval_goes_by_the_matrix),
        TEST(approval_is_never_asked_again),
        TEST(approval_is_always_asked_again),
        TEST(what_no_row_matches_is_decided_as_ever),
        TEST(less_before_the_point_is_another_version),
        TEST(less_of_what_was_submitted_may_be_cancelled),
        TEST(less_of_what_is_approved_is_cancelled),
        TEST(less_of_what_is_approved_may_be_another_version),
        TEST(less_of_what_is_released_is_always_cancelled),
        TEST(rows_that_never_decide_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
