/* The story of an order, over a real store filled with story_fixture.sql. */
#include "desk_world.h"

#include "base/date.h"
#include "order/lifecycle.h"
#include "order/story.h"
#include "order/transport_state.h"
#include "store/store_story.h"

#include <limits.h>

struct story {
    struct world *world;
    struct arena arena;
    struct story_entry *entries;
    size_t count;
};

static int
story_setup(void **state)
{
    struct story *story = calloc(1, sizeof *story);
    char *text = NULL;
    size_t size = 0;
    struct fault why = {0};
    assert_non_null(story);
    arena_init(&story->arena, 1 << 22);
    story->world = world_make();
    must(file_read(AT_FDCWD, "tests/unit/story_fixture.sql", 1 << 20, &story->arena, &text, &size,
                   &why));
    world_do(story->world, text);
    *state = story;
    return 0;
}

static int
story_teardown(void **state)
{
    struct story *story = *state;
    world_end(story->world);
    arena_close(&story->arena);
    free(story);
    return 0;
}

static void
read_between(struct story *story, bool by_known, int64_t from_ms, int64_t to_ms)
{
    struct fault why = {0};
    const struct story_ask ask = {1, by_known, from_ms, to_ms};
    must(story_read(story->world->run.store, &ask, &story->arena, &story->entries, &story->count,
                    &why));
}

static void
read_all(struct story *story, bool by_known)
{
    read_between(story, by_known, INT64_MIN, INT64_MAX);
}

static const char *
words(struct story *story, const struct story_entry *entry, enum language language)
{
    struct story_kind kind;
    if (!story_kind_find(entry->kind, &kind)) {
        fail_msg("nobody gave words to %s", entry->kind);
    }
    return story_text(kind.message, entry->facts, entry->fact_count, language, &story->arena);
}

/* The nth entry of a kind, from 0. */
static const struct story_entry *
entry_of(const struct story *story, const char *kind, size_t nth)
{
    for (size_t index = 0; index < story->count; index++) {
        if (strcmp(story->entries[index].kind, kind) == 0 && nth-- == 0) {
            return &story->entries[index];
        }
    }
    fail_msg("no %s", kind);
    return NULL;
}

static size_t
count_of(const struct story *story, const char *kind)
{
    size_t count = 0;
    for (size_t index = 0; index < story->count; index++) {
        count += strcmp(story->entries[index].kind, kind) == 0 ? 1 : 0;
    }
    return count;
}

/* How many rows there must be of each kind, asked of the store in another way. */
static const struct {
    const char *kind;
    const char *sql;
} rows_of[] = {
    {"file-in", "SELECT count(*) FROM interchange WHERE id < 20"},
    {"file-out", "SELECT count(*) FROM outbox_file WHERE id NOT IN (2, 4)"},
    {"priced", "SELECT count(*) FROM order_price WHERE order_id = 1"},
    {"decision-asked", "SELECT count(*) FROM approval_person WHERE approval_id = 1"},
    {"decision-approved", "SELECT count(*) FROM approval_person WHERE approval_id = 1"
                          " AND state = 'approved'"},
    {"decision-rejected", "SELECT count(*) FROM approval WHERE state = 'rejected'"},
    {"decision-not-taken", "SELECT count(*) FROM approval_refused WHERE order_number = 'PO-1'"},
    {"release", "SELECT count(*) FROM warehouse_release WHERE order_id = 1"},
    {"shipment", "SELECT count(*) FROM shipment WHERE order_id = 1"},
    {"parcel-event", "SELECT count(*) FROM transport_event WHERE tracking = '1Z'"},
    {"delay-warning", "SELECT count(*) FROM delay_warning WHERE order_id = 1"},
    {"payment", "SELECT count(DISTINCT payment_id) FROM payment_allocation WHERE order_id = 1"},
    {"payment-assigned", "SELECT 1"},
    {"payment-ceased", "SELECT count(*) FROM payment_allocation WHERE until_ms IS NOT NULL"},
    {"invoice", "SELECT count(*) FROM invoice WHERE order_id = 1 AND kind = 'invoice'"},
    {"charge", "SELECT count(*) FROM invoice WHERE order_id = 1 AND kind = 'charge'"},
    {"credit-note", "SELECT count(*) FROM invoice WHERE order_id = 1 AND kind = 'credit-note'"},
    {"change-request", "SELECT count(*) FROM change_request"},
    {"change-answer", "SELECT count(*) FROM change_answer"},
    {"cancel-request", "SELECT count(*) FROM cancel_request"},
    {"cancellation", "SELECT count(DISTINCT cancellation_id) FROM cancellation_line"},
    {"cancellation-begun", "SELECT count(*) FROM cancellation WHERE net_minor = 0"},
    {"stop-notice", "SELECT count(*) FROM stop_notice WHERE order_id = 1 AND action = 'stop'"},
    {"redirection", "SELECT count(*) FROM stop_notice WHERE action = 'redirect'"},
    {"stop-answer", "SELECT count(*) FROM stop_answer"},
    {"exchange", "SELECT count(*) FROM order_exchange"},
    {"return-request", "SELECT count(*) FROM return_request"},
    {"return-taken", "SELECT count(*) FROM return_taken"},
};

static void
each_row_is_told_once(struct story *story, bool by_known)
{
    size_t sum = 0;
    read_all(story, by_known);
    for (size_t index = 0; index < sizeof rows_of / sizeof rows_of[0]; index++) {
        const size_t wanted = (size_t)world_number(story->world, rows_of[index].sql);
        const size_t found = count_of(story, rows_of[index].kind);
        if (wanted == 0 || found != wanted) {
            fail_msg("%s: %zu entries for %zu rows", rows_of[index].kind, found, wanted);
        }
        sum += found;
    }
    for (int event = 0; event < (int)ORDER_EVENT_COUNT; event++) {
        char sql[120];
        snprintf(sql, sizeof sql,
                 "SELECT count(*) FROM order_event WHERE order_id = 1 AND event = '%s'",
                 order_event_names[event]);
        const size_t wanted = (size_t)world_number(story->world, sql);
        assert_int_equal(count_of(story, order_event_names[event]), wanted);
        sum += wanted;
    }
    assert_int_equal(story->count, sum); /* and nothing else */
}

static void
every_row_is_told_once_whatever_the_sort(void **state)
{
    each_row_is_told_once(*state, false);
    each_row_is_told_once(*state, true);
}

static void
it_is_sorted_by_either_time(void **state)
{
    struct story *story = *state;
    read_all(story, false);
    for (size_t index = 1; index < story->count; index++) {
        assert_true(story->entries[index - 1].happened_ms <= story->entries[index].happened_ms);
    }
    assert_string_equal(story->entries[0].kind, "payment"); /* its day begins before the order */
    read_all(story, true);
    for (size_t index = 1; index < story->count; index++) {
        assert_true(story->entries[index - 1].known_ms <= story->entries[index].known_ms);
    }
    assert_string_equal(story->entries[0].kind, "file-in");
}

/* "file-in received priced ..." of the entries of one moment. */
static const char *
kinds_at(struct story *story, int64_t known_ms)
{
    const char *text = "";
    for (size_t index = 0; index < story->count; index++) {
        if (story->entries[index].known_ms == known_ms) {
            text = arena_format(&story->arena, "%s%s ", text, story->entries[index].kind);
        }
    }
    return text;
}

static void
in_one_moment_what_came_stands_before_what_followed(void **state)
{
    struct story *story = *state;
    read_all(story, true);
    assert_string_equal(kinds_at(story, INT64_C(1772442000000)),
                        "file-in exchange received priced approval-asked decision-asked "
                        "decision-asked file-out ");
    assert_string_equal(kinds_at(story, INT64_C(1772445600000)),
                        "file-in change-request decision-approved changed priced approved "
                        "hold-placed change-answer file-out file-out ");
}

static void
what_came_late_has_both_times(void **state)
{
    struct story *story = *state;
    read_all(story, false);
    const struct story_entry *scan = entry_of(story, "parcel-event", 0);
    assert_int_equal(scan->happened_ms, INT64_C(1772470800000));
    assert_int_equal(scan->known_ms, INT64_C(1772528400000));
    assert_string_equal(scan->file, "scans.csv");
    const struct story_entry *left = entry_of(story, "shipment", 0);
    assert_int_equal(left->happened_ms, INT64_C(1772452800000));
    assert_int_equal(left->known_ms, INT64_C(1772456400000));
}

static void
the_value_date_of_a_payment_begins_by_the_clocks_here(void **state)
{
    static const char *const zones[] = {"UTC", "Asia/Shanghai", "America/New_York"};
    struct story *story = *state;
    for (size_t index = 0; index < sizeof zones / sizeof zones[0]; index++) {
        assert_true(zone_use(zones[index]));
        read_all(story, false);
        const struct story_entry *payment = entry_of(story, "payment", 0);
        assert_int_equal(payment->happened_ms, day_begin(20514));
        assert_int_equal(payment->known_ms, INT64_C(1772532000000));
    }
    assert_true(zone_use("UTC"));
}

static void
days_bound_the_time_it_is_sorted_by(void **state)
{
    struct story *story = *state;
    read_all(story, false);
    const size_t all = story->count;
    read_between(story, false, INT64_C(1772470800000), INT64_MAX);
    assert_string_equal(story->entries[0].kind, "parcel-event"); /* the first moment is inside */
    const size_t after = story->count;
    read_between(story, false, INT64_MIN, INT64_C(1772470800000));
    assert_int_equal(count_of(story, "parcel-event"), 0); /* and the last one is not */
    assert_int_equal(story->count + after, all);
    read_between(story, true, INT64_MIN, INT64_C(1772528400000));
    assert_int_equal(count_of(story, "shipment"), 2);
    assert_int_equal(count_of(story, "payment"), 0); /* known the day after its day */
}

static void
a_version_is_made_once(void **state)
{
    struct story *story = *state;
    size_t made = 0;
    read_all(story, false);
    for (size_t index = 0; index < story->count; index++) {
        made += story->entries[index].begins_version ? 1 : 0;
    }
    assert_int_equal(made, 1); /* the first one differs from nothing */
    assert_true(entry_of(story, "changed", 0)->begins_version);
}

static void
facts_are_told_in_words(void **state)
{
    struct story *story = *state;
    read_all(story, false);
    assert_string_equal(words(story, entry_of(story, "priced", 0), LANGUAGE_EN),
                        "priced: 11.90 EUR with tax; net: 10.00 EUR; tax: 1.90 EUR");
    assert_string_equal(words(story, entry_of(story, "priced", 0), LANGUAGE_ZH),
                        "定价：含税 11.90 EUR；净额：10.00 EUR；税额：1.90 EUR");
    assert_string_equal(words(story, entry_of(story, "shipment", 0), LANGUAGE_EN),
                        "shipment S-1 left harbour; lines: 10 x 1.5; carrier: ups; parcel: 1Z");
    assert_string_equal(words(story, entry_of(story, "parcel-event", 0), LANGUAGE_ZH),
                        "包裹 1Z：已签收；含义：已签收；代码：DL；地点：Bonn；签收人：Eva");
    assert_string_equal(words(story, entry_of(story, "shipped", 0), LANGUAGE_EN),
                        "all of it has left the warehouse; 4711");
    assert_string_equal(words(story, entry_of(story, "repriced", 0), LANGUAGE_EN),
                        "a new version was made here: another price, or lines struck;"
                        " lines struck: 2, 3; reason: gone");
    assert_string_equal(words(story, entry_of(story, "decision-approved", 0), LANGUAGE_EN),
                        "step 1: linwei approves; decided: at the command line; reason: go ahead");
    assert_string_equal(words(story, entry_of(story, "change-answer", 0), LANGUAGE_EN),
                        "the change was answered: partly; change: C-1; not taken: 70 (CHG-LINE);"
                        " total: 23.80 EUR");
    assert_string_equal(words(story, entry_of(story, "cancellation", 0), LANGUAGE_EN),
                        "cancelled: 4.00 EUR without tax; request: X-1; lines: 10 x 0.5;"
                        " fault of: customer; reason: ordered by mistake");
    assert_string_equal(words(story, entry_of(story, "cancellation-begun", 0), LANGUAGE_EN),
                        "all of what is to be cancelled is under way: it is to be stopped first;"
                        " request: X-2; fault of: customer; reason: ordered by mistake");
    assert_string_equal(words(story, entry_of(story, "return-authorised", 0), LANGUAGE_EN),
                        "return authorised: RMA-1");
    assert_string_equal(words(story, entry_of(story, "exchange", 0), LANGUAGE_EN),
                        "it is sent in place of what came back of order PO-2: return RMA-2");
    assert_string_equal(words(story, entry_of(story, "exchange", 0), LANGUAGE_ZH),
                        "换货订单：订单 PO-2 的退货 RMA-2");
    assert_string_equal(words(story, entry_of(story, "file-out", 0), LANGUAGE_EN),
                        "p/ack-1.csv sealed; state: delivered; digest: cccccccccccc;"
                        " delivered: 2026-03-02 09:01");
}

static void
every_event_has_a_family_and_words(void **state)
{
    (void)state;
    for (int event = 0; event < (int)ORDER_EVENT_COUNT; event++) {
        struct story_kind kind;
        const char *name = order_event_names[event];
        if (!story_kind_find(name, &kind)) {
            fail_msg("%s has no row in order/story.c", name);
        }
        assert_true(kind.family > STORY_NO_FAMILY && kind.family < STORY_FAMILY_COUNT);
        for (int language = 0; language < (int)LANGUAGE_COUNT; language++) {
            const char *text = message_text(kind.message, (enum language)language);
            if (text[0] == '\0' || (strchr(name, '-') != NULL && strstr(text, name) != NULL)) {
                fail_msg("%s has no words", name);
            }
        }
    }
    struct story_kind kind;
    assert_false(story_kind_find("no-such-event", &kind));
}

/* Sentences may name only what story.c knows, in both languages: asserted there. */
static void
every_sentence_can_be_said(void **state)
{
    struct story *story = *state;
#define SAY(name, family, message) (message),
    static const enum message sentences[] = {STORY_MORE(SAY)};
    for (size_t index = 0; index < sizeof sentences / sizeof sentences[0]; index++) {
        story_text(sentences[index], NULL, 0, LANGUAGE_EN, &story->arena);
        story_text(sentences[index], NULL, 0, LANGUAGE_ZH, &story->arena);
    }
    for (int event = 0; event < (int)ORDER_EVENT_COUNT; event++) {
        struct story_kind kind;
        assert_true(story_kind_find(order_event_names[event], &kind));
        story_text(kind.message, NULL, 0, LANGUAGE_EN, &story->arena);
        story_text(kind.message, NULL, 0, LANGUAGE_ZH, &story->arena);
    }
}

static void
moments_are_told_in_utc(void **state)
{
    struct story *story = *state;
    assert_true(zone_use("Asia/Shanghai"));
    assert_string_equal(story_moment_utc(&story->arena, INT64_C(1772442061999)),
                        "2026-03-02T09:01:01Z");
    assert_string_equal(story_moment_utc(&story->arena, -1), "1969-12-31T23:59:59Z");
    assert_true(zone_use("UTC"));
}

int
main(void)
{
#define STORY_TEST(test) cmocka_unit_test_setup_teardown(test, story_setup, story_teardown)
    const struct CMUnitTest tests[] = {
        STORY_TEST(every_row_is_told_once_whatever_the_sort),
        STORY_TEST(it_is_sorted_by_either_time),
        STORY_TEST(in_one_moment_what_came_stands_before_what_followed),
        STORY_TEST(what_came_late_has_both_times),
        STORY_TEST(the_value_date_of_a_payment_begins_by_the_clocks_here),
        STORY_TEST(days_bound_the_time_it_is_sorted_by),
        STORY_TEST(a_version_is_made_once),
        STORY_TEST(facts_are_told_in_words),
        cmocka_unit_test(every_event_has_a_family_and_words),
        STORY_TEST(every_sentence_can_be_said),
        STORY_TEST(moments_are_told_in_utc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
