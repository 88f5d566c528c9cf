/* What must hold for any packages that come back whole or part by part, in whichever order, over a
 * real store.  By a fixed seed. */
#include "set_world.h"

enum { CASES = 14, TRIES = 7, TEXT_SIZE = 4096 };

/* What is claimed of an order, by a model of its own: whole sets, and pieces of each part. */
struct model {
    struct set set;
    int64_t sets;
    int64_t whole;
    int64_t pieces[SET_PARTS];
    int requests;
    int returns;
    int receipts;
};

static uint64_t seed = 2545631847316401u;

static int64_t
draw(int64_t count)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int64_t)(seed % (uint64_t)count);
}

static int64_t
opened(const struct model *model)
{
    int64_t most = 0;
    for (int part = 0; part < SET_PARTS; part++) {
        int64_t units = 0;
        while (units * model->set.per[part] < model->pieces[part]) {
            units++;
        }
        most = units > most ? units : most;
    }
    return most;
}

/* Of a part, or (SET_PARTS) of whole sets. */
static int64_t
left(const struct model *model, int part)
{
    const int64_t rest = model->sets - model->whole;
    return part == SET_PARTS ? rest - opened(model)
                             : rest * model->set.per[part] - model->pieces[part];
}

static struct world *
begin(struct model *model)
{
    void *state = NULL;
    char text[TEXT_SIZE];
    *model = (struct model){.set = {{1 + draw(3), 1 + draw(2), 1 + draw(4)},
                                    10000 * (1 + draw(700)),
                                    10000 * (500 + draw(6000))},
                            .sets = 2 + draw(4)};
    const int64_t first = 1 + draw(model->sets - 1);
    world_setup(&state);
    struct world *world = state;
    sets_begin(world, draw(3) > 0, &model->set);
    snprintf(text, sizeof text,
             HEAD "A-1,2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,1,SET-1,%" PRId64
                  ",C62\n",
             model->sets);
    world_come(world, "nordlicht", text);
    snprintf(text, sizeof text,
             "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"
             "S-1,nordlicht,A-1,1,SET-1,%" PRId64 ",2026-11-23T00:30:00Z\n"
             "S-2,nordlicht,A-1,1,SET-1,%" PRId64 ",2026-11-24T00:30:00Z\n",
             first, model->sets - first);
    world_come(world, "harbour", text);
    return world;
}

/* It comes in one piece, or in two. */
static void
come_back(struct world *world, struct model *model, int part, int64_t quantity)
{
    while (quantity > 0) {
        char text[TEXT_SIZE];
        const int64_t now = 1 + draw(quantity);
        snprintf(text, sizeof text,
                 RECEIPT "B-%d,RMA-2026-%06d,2026-11-24T01:00:00Z,1,%s,%" PRId64 ",%s\n",
                 ++model->receipts, model->returns, part == SET_PARTS ? "SET-1" : set_parts[part],
                 now, draw(2) == 0 ? "new" : "opened");
        world_come(world, "harbour", text);
        world_verify(world);
        quantity -= now;
    }
}

/* It is allowed just as far as the model says, and comes. */
static void
ask_for_some(struct world *world, struct model *model, int part, int64_t quantity)
{
    char text[TEXT_SIZE];
    const bool is_allowed = quantity <= left(model, part);
    snprintf(text, sizeof text, REQUEST "R-%d,A-1,1,%s,%" PRId64 ",not-wanted,,\n",
             ++model->requests, part == SET_PARTS ? "" : set_parts[part], quantity);
    world_come(world, "nordlicht", text);
    snprintf(text, sizeof text,
             "SELECT l.verdict = 'allow' FROM return_authorisation r JOIN return_line l ON"
             " l.return_id = r.id WHERE r.request = 'R-%d'",
             model->requests);
    assert_int_equal(world_number(world, text), is_allowed);
    if (!is_allowed) {
        return;
    }
    model->returns++;
    if (part == SET_PARTS) {
        model->whole += quantity;
    } else {
        model->pieces[part] += quantity;
    }
    come_back(world, model, part, quantity);
}

/* Every part is back in the stock, and nothing is sold, or paid, any more. */
static void
nothing_is_left(struct world *world, const struct model *model)
{
    for (int part = 0; part < SET_PARTS; part++) {
        char sql[256];
        snprintf(sql, sizeof sql,
                 "SELECT sum(effect_micros) FROM stock_move WHERE kind = 'return' AND sku = '%s'",
                 set_parts[part]);
        assert_int_equal(world_number(world, sql), model->sets * model->set.per[part] * MICROS);
    }
    assert_int_equal(world_number(world, "SELECT sum(refund_minor) FROM return_taken"),
                     world_number(world, "SELECT gross_minor FROM order_price"));
    assert_int_equal(
        world_number(world,
                     "SELECT coalesce(sum(gross_minor), 0) + (SELECT sum(unbilled_minor) FROM"
                     " return_taken) FROM invoice WHERE kind = 'credit-note'"),
        world_number(world, "SELECT gross_minor FROM order_price"));
    assert_int_equal(world_number(world, "SELECT net_minor + (SELECT sum(net_minor) FROM sale_line)"
                                         " FROM order_price"),
                     0);
    assert_int_equal(world_number(world, "SELECT tax_minor + (SELECT sum(tax_minor) FROM sale_line)"
                                         " FROM order_price"),
                     0);
    assert_int_equal(world_number(world, "SELECT sum(quantity_micros) FROM sale_line"),
                     -model->sets * MICROS);
    assert_int_equal(world_number(world, "SELECT sum(net_minor) FROM customer_sale"), 0);
    assert_int_equal(world_number(world, "SELECT sum(quantity_micros) FROM product_month"), 0);
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_unit WHERE NOT is_back"), 0);
}

static void
all_of_it_comes_to_what_was_paid(void **state)
{
    (void)state;
    for (int round = 0; round < CASES; round++) {
        struct model model;
        struct world *world = begin(&model);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            ask_for_some(world, &model, (int)draw(SET_PARTS + 1), 1 + draw(3));
        }
        for (int part = SET_PARTS; part >= 0; part--) {
            if (left(&model, part) > 0) {
                ask_for_some(world, &model, part, left(&model, part));
            }
            ask_for_some(world, &model, part, 1); /* no more than there were */
        }
        nothing_is_left(world, &model);
        world_end(world);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_of_it_comes_to_what_was_paid)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
