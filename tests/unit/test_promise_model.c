/* The rule against a plain model that keeps tables of what is taken and tries every number of
 * receipts: thousands of questions. */
#include "promise_draw.h"

struct model {
    const struct promise_question *question;
    int64_t used[SKUS][SUPPLIES + 1];      /* of each supply */
    int64_t day_used[PLANTS][HORIZON + 1]; /* of each plant, from today on */
    struct drawn *drawn;
    struct buf *text;
    size_t only_place;
    int32_t today;
    int32_t ship_day; /* of the need that is served, so far */
    int32_t arrive_day;
};

static int32_t
model_after(const struct model *model, int32_t day, int64_t working_days)
{
    const int32_t end = day + CALENDAR_DAYS_MAX;
    for (; day < end; day++) {
        if (calendar_works(model->question->calendar, day) && working_days-- == 0) {
            return day;
        }
    }
    return INT32_MAX;
}

static int32_t
model_day(const struct model *model, const struct promise_supply *supply)
{
    return supply->source == PROMISE_FROM_STOCK   ? model->today
           : supply->day < model->question->today ? model_after(model, model->question->today, 1)
                                                  : supply->day;
}

static int64_t
model_free(const struct model *model, size_t sku, size_t at)
{
    const int64_t free_micros = model->drawn->supplies[sku][at].free_micros - model->used[sku][at];
    return free_micros < 0 ? 0 : free_micros;
}

/* Is one taken before the other? */
static bool
model_before(const struct model *model, const struct promise_supply *one,
             const struct promise_supply *other)
{
    const int32_t one_day = model_day(model, one);
    const int32_t other_day = model_day(model, other);
    if (one->source != other->source) {
        return one->source == PROMISE_FROM_STOCK;
    }
    if (one_day != other_day) {
        return one_day < other_day;
    }
    return one->place != other->place ? one->place < other->place
                                      : strcmp(one->reference, other->reference) < 0;
}

/* The next supply with something free, at a place or at any; SUPPLIES: there is none. */
static size_t
model_next(const struct model *model, size_t sku, size_t place)
{
    const struct promise_supply *supplies = model->drawn->supplies[sku];
    size_t best = SUPPLIES;
    for (size_t at = 0; at < model->drawn->supply_counts[sku]; at++) {
        if ((place == SIZE_MAX || supplies[at].place == place) && model_free(model, sku, at) > 0 &&
            (best == SUPPLIES || model_before(model, &supplies[at], &supplies[best]))) {
            best = at;
        }
    }
    return best;
}

/* Something leaves a place. */
static void
model_part(struct model *model, size_t place, int32_t day)
{
    const int32_t ship =
        day == INT32_MAX ? day : model_after(model, day, model->question->pick_days);
    const int32_t arrive =
        ship == INT32_MAX ? ship
                          : model_after(model, ship, model->question->places[place].transit_days);
    model->ship_day = ship > model->ship_day ? ship : model->ship_day;
    model->arrive_day = arrive > model->arrive_day ? arrive : model->arrive_day;
}

/* Take up to so many receipts (SIZE_MAX: any) and all stock; what is left.  *day is that of the
 * last. */
static int64_t
model_take(struct model *model, size_t sku, size_t place, size_t receipts, int64_t left,
           const char *label, int32_t *day)
{
    size_t at;
    while (left > 0 && (at = model_next(model, sku, place)) != SUPPLIES) {
        const struct promise_supply *supply = &model->drawn->supplies[sku][at];
        const int64_t free_micros = model_free(model, sku, at);
        const int64_t taken = free_micros < left ? free_micros : left;
        if (supply->source == PROMISE_FROM_RECEIPT && receipts-- == 0) {
            break;
        }
        model->used[sku][at] += taken;
        left -= taken;
        *day = model_day(model, supply) > *day ? model_day(model, supply) : *day;
        buf_format(model->text, " %s:%d@%zu%s*%" PRId64, label, (int)supply->source, supply->place,
                   supply->reference, taken);
        if (label[0] == 'T') {
            model_part(model, supply->place, model_day(model, supply));
        }
    }
    return left;
}

/* Of a plant, from its materials to its last day. */
static int32_t
model_make(struct model *model, const struct promise_need *need, int64_t quantity)
{
    const size_t plant = (size_t)(need->plant - model->drawn->plants);
    int32_t day = model->today;
    int64_t load = (quantity * need->load_micros + MICROS - 1) / MICROS;
    for (size_t index = 0; index < need->material_count; index++) {
        const struct promise_material *material = &need->materials[index];
        const int64_t needed = (quantity * material->quantity_micros + MICROS - 1) / MICROS;
        if (material->is_counted && model_take(model, sku_index(material->sku), need->plant->place,
                                               SIZE_MAX, needed, material->sku, &day) > 0) {
            return INT32_MAX;
        }
    }
    int32_t last = day = model_after(model, day, 0);
    for (; load > 0 && day - model->today < HORIZON; day++) {
        int64_t room =
            calendar_works(model->question->calendar, day)
                ? need->plant->capacity_micros - model->day_used[plant][day - model->today]
                : 0;
        for (size_t index = 0; index < need->plant->load_count; index++) {
            room -=
                need->plant->loads[index].day == day ? need->plant->loads[index].load_micros : 0;
        }
        const int64_t used = room < load ? room : load;
        if (room > 0) {
            model->day_used[plant][day - model->today] += used;
            buf_format(model->text, " day:%d*%" PRId64, day, used);
            load -= used;
            last = day;
        }
    }
    return load > 0 ? INT32_MAX : model_after(model, last, need->lead_days);
}

/* What is left is made or bought; nothing is taken for what does not come about. */
static int32_t
model_rest(struct model *model, const struct promise_need *need, int64_t left)
{
    OWNED(buf) making;
    struct model *trial = malloc(sizeof *trial);
    int32_t day = INT32_MAX;
    assert_non_null(trial);
    buf_init(&making, TEXT_BYTES_MAX);
    buf_text(&making, "");
    *trial = *model;
    trial->text = &making;
    if (need->plant != NULL) {
        day = model_make(trial, need, left);
    } else if (need->is_bought) {
        day = model_after(model, model->today, need->lead_days);
    }
    if (day != INT32_MAX) {
        trial->text = model->text;
        *model = *trial;
        buf_text(model->text, making.bytes);
    }
    free(trial);
    buf_format(model->text, " %s:%" PRId64,
               day == INT32_MAX  ? "short"
               : need->is_bought ? "buy"
                                 : "make",
               left);
    model_part(model, need->plant == NULL ? 0 : need->plant->place, day);
    return day;
}

/* One need, waiting for so many receipts at most; the day on which all of it is there. */
static int32_t
model_try(struct model *model, const struct promise_need *need, size_t receipts)
{
    int32_t day = model->today;
    int64_t left = need->quantity_micros;
    model->ship_day = model->arrive_day = INT32_MIN;
    if (left == 0) {
        model_part(model, 0, day);
        return day;
    }
    if (!need->is_counted) {
        const size_t place = model->only_place == SIZE_MAX ? 0 : model->only_place;
        buf_format(model->text, " T:0@%zu*%" PRId64, place, left);
        model_part(model, place, day);
        return day;
    }
    left = model_take(model, sku_index(need->sku), model->only_place, receipts, left, "T", &day);
    if (left > 0) {
        const int32_t rest = model_rest(model, need, left);
        day = rest > day ? rest : day;
    }
    return day;
}

/* The soonest; of these the one that takes most receipts. */
static void
model_serve(struct model *model, const struct promise_need *need)
{
    OWNED(buf) scratch;
    struct model *copy = malloc(sizeof *copy);
    int32_t best_day = INT32_MAX;
    size_t best = SUPPLIES;
    assert_non_null(copy);
    buf_init(&scratch, TEXT_BYTES_MAX);
    for (size_t receipts = 0; receipts <= SUPPLIES; receipts++) {
        *copy = *model;
        copy->text = &scratch;
        const int32_t day = model_try(copy, need, receipts);
        best = day <= best_day ? receipts : best;
        best_day = day <= best_day ? day : best_day;
    }
    free(copy);
    (void)model_try(model, need, best);
    const bool is_known = model->ship_day != INT32_MAX;
    buf_format(model->text, " %d %d;", is_known ? model->ship_day : DAY_NONE,
               is_known ? model->arrive_day : DAY_NONE);
}

/* The first place where all needs together are in stock. */
static size_t
model_place(const struct model *model)
{
    for (size_t place = 0; place < model->question->place_count; place++) {
        int64_t left[SKUS] = {0};
        bool has_all = true;
        for (size_t index = 0; index < model->question->need_count; index++) {
            const struct promise_need *need = &model->question->needs[index];
            left[sku_index(need->sku)] += need->is_counted ? need->quantity_micros : 0;
        }
        for (size_t sku = 0; sku < SKUS; sku++) {
            for (size_t at = 0; at < model->drawn->supply_counts[sku]; at++) {
                const struct promise_supply *supply = &model->drawn->supplies[sku][at];
                left[sku] -= supply->source == PROMISE_FROM_STOCK && supply->place == place
                                 ? model_free(model, sku, at)
                                 : 0;
            }
            has_all = has_all && left[sku] <= 0;
        }
        if (has_all) {
            return place;
        }
    }
    return SIZE_MAX;
}

static void
model_decide(struct drawn *drawn, struct buf *text)
{
    struct model *model = calloc(1, sizeof *model);
    assert_non_null(model);
    *model = (struct model){
        .question = &drawn->bench->question, .drawn = drawn, .text = text, .only_place = SIZE_MAX};
    model->today = model_after(model, model->question->today, 0);
    if (model->question->one_place) {
        model->only_place = model_place(model);
    }
    for (size_t index = 0; index < model->question->need_count; index++) {
        model_serve(model, &model->question->needs[index]);
    }
    free(model);
}

static void
the_rule_does_as_the_plain_model(void **state)
{
    struct drawn *drawn = drawn_make();
    (void)state;
    for (int question = 0; question < QUESTIONS; question++) {
        OWNED(buf) expected;
        OWNED(buf) found;
        buf_init(&expected, TEXT_BYTES_MAX);
        buf_init(&found, TEXT_BYTES_MAX);
        draw_question(drawn);
        model_decide(drawn, &expected);
        rule_decide(drawn->bench, &found);
        if (strcmp(expected.bytes, found.bytes) != 0) {
            print_message("question %d\n", question);
        }
        assert_string_equal(found.bytes, expected.bytes);
    }
    drawn_end(drawn);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rule_does_as_the_plain_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
