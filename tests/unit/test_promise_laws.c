/* What must hold for any promise: thousands of questions, drawn by a fixed seed. */
#include "promise_draw.h"

/* All that was taken of a supply, for needs and as a material. */
static int64_t
taken_of(const struct bench *bench, const char *sku, const struct promise_supply *supply)
{
    const struct promise_decision *decision = &bench->decision;
    int64_t taken = 0;
    for (size_t at = 0; at < decision->take_count; at++) {
        const struct promise_take *take = &decision->takes[at];
        const bool is_it = bench->needs[take->need].is_counted &&
                           strcmp(bench->needs[take->need].sku, sku) == 0 &&
                           take->source == supply->source && take->place == supply->place &&
                           strcmp(take->reference, supply->reference) == 0;
        assert_true(take->quantity_micros > 0);
        taken += is_it ? take->quantity_micros : 0;
    }
    for (size_t at = 0; at < decision->material_count; at++) {
        const struct promise_material_take *take = &decision->materials[at];
        const bool is_it =
            strcmp(bench->needs[take->need].materials[take->material].sku, sku) == 0 &&
            take->source == supply->source && take->place == supply->place &&
            strcmp(take->reference, supply->reference) == 0;
        taken += is_it ? take->quantity_micros : 0;
    }
    return taken;
}

static void
check_supplies(const struct drawn *drawn)
{
    for (size_t sku = 0; sku < SKUS; sku++) {
        for (size_t at = 0; at < drawn->supply_counts[sku]; at++) {
            const struct promise_supply *supply = &drawn->supplies[sku][at];
            const int64_t most = supply->free_micros < 0 ? 0 : supply->free_micros;
            assert_true(taken_of(drawn->bench, sku_names[sku], supply) <= most);
        }
    }
}

static void
check_days(const struct drawn *drawn)
{
    const struct promise_decision *decision = &drawn->bench->decision;
    for (size_t at = 0; at < decision->day_count; at++) {
        const struct promise_day_take *take = &decision->days[at];
        const struct promise_plant *plant = drawn->bench->needs[take->need].plant;
        int64_t load = 0;
        for (size_t other = 0; other < decision->day_count; other++) {
            load += decision->days[other].day == take->day &&
                            drawn->bench->needs[decision->days[other].need].plant == plant
                        ? decision->days[other].load_micros
                        : 0;
        }
        for (size_t index = 0; index < plant->load_count; index++) {
            load += plant->loads[index].day == take->day ? plant->loads[index].load_micros : 0;
        }
        assert_true(load <= plant->capacity_micros);
        assert_true(calendar_works(&drawn->bench->calendar, take->day));
        assert_true(take->day >= drawn->bench->question.today);
    }
}

static void
check_answers(const struct bench *bench)
{
    for (size_t index = 0; index < bench->question.need_count; index++) {
        const struct promise_answer *answer = &bench->decision.answers[index];
        int64_t taken = 0;
        for (size_t at = 0; at < bench->decision.take_count; at++) {
            taken += bench->decision.takes[at].need == index
                         ? bench->decision.takes[at].quantity_micros
                         : 0;
        }
        assert_int_equal(taken, answer->taken_micros);
        assert_int_equal(taken + answer->bought_micros + answer->short_micros,
                         bench->needs[index].quantity_micros);
        assert_int_equal(answer->short_micros > 0, answer->reason == PROMISE_NO_SUPPLY);
        assert_int_equal(answer->short_micros > 0, answer->arrive_day == DAY_NONE);
        assert_true(answer->ship_day == DAY_NONE || answer->ship_day >= bench->question.today);
        assert_true(answer->arrive_day >= answer->ship_day);
    }
}

static void
nothing_is_taken_twice_or_beyond_what_is_there(void **state)
{
    struct drawn *drawn = drawn_make();
    (void)state;
    for (int question = 0; question < QUESTIONS; question++) {
        draw_question(drawn);
        arena_reset(&drawn->bench->arena);
        (void)bench_decide(drawn->bench);
        check_supplies(drawn);
        check_days(drawn);
        check_answers(drawn->bench);
    }
    drawn_end(drawn);
}

static void
shuffle_supplies(struct drawn *drawn)
{
    for (size_t sku = 0; sku < SKUS; sku++) {
        for (size_t at = drawn->supply_counts[sku]; at > 1; at--) {
            const size_t other = draw(drawn, at);
            const struct promise_supply moved = drawn->supplies[sku][at - 1];
            drawn->supplies[sku][at - 1] = drawn->supplies[sku][other];
            drawn->supplies[sku][other] = moved;
        }
    }
}

static void
tell_traces(const struct bench *bench, struct buf *text)
{
    for (size_t index = 0; index < bench->question.need_count; index++) {
        buf_text(text, bench->decision.answers[index].trace);
    }
}

static void
the_order_of_supplies_does_not_matter(void **state)
{
    struct drawn *drawn = drawn_make();
    (void)state;
    for (int question = 0; question < QUESTIONS; question++) {
        OWNED(buf) before;
        OWNED(buf) after;
        buf_init(&before, TEXT_BYTES_MAX);
        buf_init(&after, TEXT_BYTES_MAX);
        draw_question(drawn);
        rule_decide(drawn->bench, &before);
        tell_traces(drawn->bench, &before);
        shuffle_supplies(drawn);
        rule_decide(drawn->bench, &after);
        tell_traces(drawn->bench, &after);
        assert_string_equal(after.bytes, before.bytes);
    }
    drawn_end(drawn);
}

/* More of a supply, one more receipt, or more capacity. */
static void
add_supply(struct drawn *drawn)
{
    const size_t sku = draw(drawn, SKUS);
    const uint64_t kind = draw(drawn, 3);
    size_t *count = &drawn->supply_counts[sku];
    if (kind == 0 && *count > 0) {
        drawn->supplies[sku][draw(drawn, *count)].free_micros += MICROS;
    } else if (kind == 1) {
        drawn->supplies[sku][*count] = (struct promise_supply){
            PROMISE_FROM_RECEIPT, draw(drawn, drawn->bench->question.place_count), "PO-9",
            draw_day(drawn, 3, 20), (int64_t)draw(drawn, 8) * MICROS};
        (*count)++;
    } else {
        drawn->plants[draw(drawn, PLANTS)].capacity_micros += MICROS;
    }
}

/* Arrays that grew. */
static void
count_again(struct drawn *drawn)
{
    for (size_t sku = 0; sku < SKUS; sku++) {
        for (size_t index = 0; index < 2; index++) {
            drawn->materials[sku][index].supply_count = drawn->supply_counts[SKUS - 2 + index];
        }
    }
    for (size_t index = 0; index < drawn->bench->question.need_count; index++) {
        struct promise_need *need = &drawn->bench->needs[index];
        need->supply_count = drawn->supply_counts[sku_index(need->sku)];
    }
}

/* Of the need that is served first: what it does not take may help or hinder the others. */
static void
more_supply_never_makes_it_later(void **state)
{
    struct drawn *drawn = drawn_make();
    int sooner = 0;
    (void)state;
    for (int question = 0; question < QUESTIONS; question++) {
        draw_question(drawn);
        arena_reset(&drawn->bench->arena);
        const struct promise_answer before = bench_decide(drawn->bench)->answers[0];
        add_supply(drawn);
        count_again(drawn);
        const struct promise_answer after = bench_decide(drawn->bench)->answers[0];
        assert_true(after.short_micros <= before.short_micros);
        assert_true(before.ship_day == DAY_NONE ||
                    (after.ship_day != DAY_NONE && after.ship_day <= before.ship_day));
        sooner += after.ship_day != before.ship_day;
    }
    assert_true(sooner > QUESTIONS / 100);
    drawn_end(drawn);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_taken_twice_or_beyond_what_is_there),
        cmocka_unit_test(the_order_of_supplies_does_not_matter),
        cmocka_unit_test(more_supply_never_makes_it_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
