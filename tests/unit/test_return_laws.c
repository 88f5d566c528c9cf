/* What must hold for any order that comes back piece by piece, in whichever order and by whatever
 * policy, over a real store.  By a fixed seed. */
#include "return_world.h"

#define POLICY  "clause,rank,skus,window_days,gifts,fee_new,fee_opened,fee_damaged,currency\n"
#define REQUEST "return_number,order_number,line_number,quantity,reason,wish\n"
#define RECEIPT "receipt_number,authorisation,received_at,order_line,sku,quantity,condition\n"

enum { CASES = 12, TEXT_SIZE = 4096, ROWS_MAX = 32 };

struct drawn_row {
    const char *line;
    const char *sku;
    const char *condition;
    int64_t quantity;
};

struct drawn {
    int64_t quantities[2];
    int64_t given;
    const char *conditions[3];       /* of the lines and of the goods that are given */
    struct drawn_row rows[ROWS_MAX]; /* of the receipts, one each */
    int count;
    bool has_invoices;
    char policy[TEXT_SIZE];
};

static uint64_t seed = 88172645463325252u;

static int64_t
draw(int64_t count)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int64_t)(seed % (uint64_t)count);
}

static void
print(char *text, const char *format, ...)
{
    va_list values;
    const size_t used = strlen(text);
    va_start(values, format);
    const int length = vsnprintf(text + used, TEXT_SIZE - used, format, values);
    va_end(values);
    assert_true(length >= 0 && used + (size_t)length < TEXT_SIZE);
}

/* All of a line in pieces, in one condition. */
static void
draw_rows(struct drawn *drawn, const char *line, const char *sku, const char *condition,
          int64_t quantity)
{
    while (quantity > 0) {
        const int64_t now = 1 + draw(quantity);
        drawn->rows[drawn->count++] = (struct drawn_row){line, sku, condition, now};
        quantity -= now;
    }
}

/* In any order, too. */
static void
split(struct drawn *drawn)
{
    drawn->count = 0;
    draw_rows(drawn, "1", "TEA-1", drawn->conditions[0], drawn->quantities[0]);
    draw_rows(drawn, "2", "TEA-2", drawn->conditions[1], drawn->quantities[1]);
    draw_rows(drawn, "F1", "TEA-2", drawn->conditions[2], drawn->given);
    for (int index = drawn->count - 1; index > 0; index--) {
        const int64_t other = draw(index + 1);
        const struct drawn_row row = drawn->rows[index];
        drawn->rows[index] = drawn->rows[other];
        drawn->rows[other] = row;
    }
}

static void
draw_case(struct drawn *drawn)
{
    static const char *const conditions[] = {"new", "opened", "damaged"};
    static const char *const fees[] = {"", "7.77", "0.05", "40.00", "12.5%", "33%"};
    memset(drawn, 0, sizeof *drawn);
    drawn->quantities[0] = 2 + draw(5);
    drawn->quantities[1] = 1 + draw(3);
    drawn->given = (drawn->quantities[0] + drawn->quantities[1]) / 2;
    drawn->has_invoices = draw(3) > 0;
    for (int line = 0; line < 3; line++) {
        drawn->conditions[line] = conditions[draw(3)];
    }
    print(drawn->policy, POLICY);
    for (int row = 0; row < 2; row++) {
        print(drawn->policy, "C-%d,%d,%s,30,%s,%s,%s,%s,EUR\n", row, row, row == 0 ? "TEA-1" : "",
              draw(2) == 0 ? "value" : "back", fees[draw(6)], fees[draw(6)], fees[draw(6)]);
    }
}

/* Prices that leave odd cents, taxes that differ, and goods that are given for each two. */
static struct world *
begin(const struct drawn *drawn)
{
    void *state = NULL;
    char text[TEXT_SIZE] = HEAD;
    world_setup(&state);
    struct world *world = state;
    world->config.invoices = drawn->has_invoices;
    world->config.invoice_prefix = "INV-";
    world->config.credit_note_prefix = "CRN-";
    world->config.invoice_copy_to = "";
    world->config.rma_prefix = "RMA-";
    world->config.return_days = 30;
    world_do(world, "UPDATE approval_matrix SET above_micros = above_micros * 100");
    world_do(world, "UPDATE price SET price_micros = price_micros - 10000 * (3 * line + 1)");
    world_do(world, "UPDATE product SET tax_rate_micros = 70000 WHERE sku = 'TEA-2'");
    world_come(world, "ledger",
               "code,mode,valid_from,currency,level,action,amount,buy,get,get_skus,free_units\n"
               "GIVE,compounded,2020-01-01,EUR,line,buy-get,,2,1,TEA-2,exclusive\n"
               "OFF,compounded,2020-01-01,EUR,order,amount,1.01,,,,\n");
    world_come(world, "ledger", drawn->policy);
    for (int line = 0; line < 2; line++) {
        print(text,
              "A-1,2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,%d,TEA-%d,%" PRId64 ",C62\n",
              line + 1, line + 1, drawn->quantities[line]);
    }
    world_come(world, "nordlicht", text);
    assert_int_equal(world_number(world, "SELECT sum(quantity_micros) FROM order_free_line"),
                     drawn->given * MICROS);
    text[0] = '\0';
    print(text, "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n");
    print(text, "S-1,nordlicht,A-1,1,TEA-1,1,2026-11-23T00:30:00Z\n");
    print(text, "S-2,nordlicht,A-1,1,TEA-1,%" PRId64 ",2026-11-24T00:30:00Z\n",
          drawn->quantities[0] - 1);
    print(text, "S-2,nordlicht,A-1,2,TEA-2,%" PRId64 ",2026-11-24T00:30:00Z\n",
          drawn->quantities[1]);
    print(text, "S-2,nordlicht,A-1,F1,TEA-2,%" PRId64 ",2026-11-24T00:30:00Z\n", drawn->given);
    world_come(world, "harbour", text);
    return world;
}

static void
come_back(struct world *world, const struct drawn *drawn)
{
    char text[TEXT_SIZE] = REQUEST;
    print(text, "R-1,A-1,1,%" PRId64 ",not-wanted,\n", drawn->quantities[0]);
    print(text, "R-1,A-1,2,%" PRId64 ",other,\n", drawn->quantities[1]);
    print(text, "R-1,A-1,F1,%" PRId64 ",not-wanted,\n", drawn->given);
    world_come(world, "nordlicht", text);
    assert_int_equal(
        world_number(world, "SELECT count(*) FROM return_line WHERE verdict = 'allow'"), 3);
    for (int index = 0; index < drawn->count; index++) {
        const struct drawn_row *row = &drawn->rows[index];
        text[0] = '\0';
        print(text, RECEIPT "B-%d,RMA-2026-000001,2026-11-24T01:00:00Z,%s,%s,%" PRId64 ",%s\n",
              index, row->line, row->sku, row->quantity, row->condition);
        world_come(world, "harbour", text);
        world_verify(world);
        assert_int_equal(world_number(world, "SELECT count(*) FROM invoice"
                                             " WHERE kind = 'credit-note' AND gross_minor < 0"),
                         0);
    }
}

/* All that was paid, less the same fees in whatever pieces, and nothing for goods that are back. */
static void
all_of_it_comes_to_what_was_paid(void **state)
{
    static struct drawn drawn;
    (void)state;
    for (int round = 0; round < CASES; round++) {
        char said[2][TEXT_SIZE];
        draw_case(&drawn);
        for (int twin = 0; twin < 2; twin++) {
            split(&drawn);
            struct world *world = begin(&drawn);
            come_back(world, &drawn);
            assert_int_equal(world_number(world, "SELECT sum(refund_minor) FROM return_taken"),
                             world_number(world, "SELECT gross_minor FROM order_price"));
            assert_int_equal(world_number(world, "SELECT coalesce(sum(net_minor + tax_minor), 0)"
                                                 " FROM return_gift"),
                             0);
            snprintf(said[twin], sizeof said[twin], "%s",
                     world_text(world,
                                "SELECT group_concat(t) FROM (SELECT l.clause || ' ' || t.condition"
                                " || ' ' || sum(t.fee_minor) || '/' || sum(t.refund_minor) AS t"
                                " FROM return_line l JOIN return_taken t ON t.return_id ="
                                " l.return_id AND t.ordinal = l.ordinal GROUP BY l.clause,"
                                " t.condition)"));
            world_end(world);
        }
        if (strcmp(said[0], said[1]) != 0) {
            fail_msg("case %d: %s, and in other pieces %s\n%s", round, said[0], said[1],
                     drawn.policy);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_of_it_comes_to_what_was_paid)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
