/* What was gathered for a report serves its next form, and nothing that has changed. */
#include "report_ground.h"
#include "store/store_schedule.h"

static struct report_request
month(void)
{
    return (struct report_request){.first_day = day_of(2026, 11, 1),
                                   .last_day = day_of(2026, 11, 30),
                                   .as_of_ms = day_begin(day_of(2026, 12, 5)),
                                   .language = LANGUAGE_EN,
                                   .twin = ""};
}

/* In the buffer, by a store of its own or by that of the ground; returns the number of rows that
 * were changed for it. */
static int64_t
make_by(struct ground *ground, struct store *store, const char *report, enum report_form form,
        const struct report_request *request)
{
    struct fault why = {0};
    const int64_t before = store_changes_ever(store);
    buf_clear(&ground->buf);
    if (report_make(report, form, store, &ground->config, request, &ground->buf, &why) != DONE) {
        fail_msg("%s", why.text);
    }
    return store_changes_ever(store) - before;
}

/* As a store says that has gathered nothing yet. */
static char *
fresh(struct ground *ground, const char *report, enum report_form form,
      const struct report_request *request)
{
    struct store *store = NULL;
    struct fault why = {0};
    assert_int_equal(store_open(&store, ground->database, STORE_READ, &why), DONE);
    make_by(ground, store, report, form, request);
    store_shut(store);
    return arena_copy_bytes(&ground->arena, ground->buf.bytes, ground->buf.size + 1);
}

static void
same_as_fresh(struct ground *ground, const char *report, enum report_form form,
              const struct report_request *request)
{
    const char *wanted = fresh(ground, report, form, request);
    make_by(ground, ground->store, report, form, request);
    assert_string_equal(ground->buf.bytes, wanted);
}

static int
fill_all(void **state)
{
    const int result = fill(state);
    struct ground *ground = *state;
    ground->config.working_days = 31;
    ground->config.working_hours = (struct working_hours){0, DAY_MS};
    return result;
}

static const char *const reports[] = {"sales",      "customers", "finance",   "receivables",
                                      "efficiency", "partners",  "approvals", "delays"};
enum { REPORT_COUNT = sizeof reports / sizeof reports[0] };

static void
forms_share_what_was_gathered(void **state)
{
    struct ground *ground = *state;
    const struct report_request request = month();
    for (size_t index = 0; index < REPORT_COUNT; index++) {
        const char *page = fresh(ground, reports[index], REPORT_HTML, &request);
        const char *table = fresh(ground, reports[index], REPORT_CSV, &request);
        assert_true(make_by(ground, ground->store, reports[index], REPORT_HTML, &request) > 0);
        assert_string_equal(ground->buf.bytes, page);
        assert_int_equal(make_by(ground, ground->store, reports[index], REPORT_CSV, &request), 0);
        assert_string_equal(ground->buf.bytes, table);
        assert_int_equal(make_by(ground, ground->store, reports[index], REPORT_HTML, &request), 0);
        assert_string_equal(ground->buf.bytes, page);
    }
}

/* Whatever of the request is another one makes another report. */
static void
another_request_is_gathered_anew(void **state)
{
    struct ground *ground = *state;
    struct report_request others[6];
    for (size_t index = 0; index < sizeof others / sizeof others[0]; index++) {
        others[index] = month();
    }
    others[1].first_day = day_of(2026, 11, 10);
    others[2].last_day = day_of(2026, 11, 12);
    others[3].as_of_ms = day_begin(day_of(2026, 11, 12));
    others[4].language = LANGUAGE_ZH;
    others[5].day_view = DAY_ORDERED;
    for (size_t index = 0; index < REPORT_COUNT; index++) {
        for (size_t other = 0; other < sizeof others / sizeof others[0]; other++) {
            const struct report_request usual = month();
            if (others[other].day_view == DAY_ORDERED && !report_has_day_view(reports[index])) {
                continue;
            }
            make_by(ground, ground->store, reports[index], REPORT_CSV, &usual);
            same_as_fresh(ground, reports[index], REPORT_CSV, &others[other]);
        }
        const struct report_request usual = month();
        same_as_fresh(ground, reports[(index + 1) % REPORT_COUNT], REPORT_CSV, &usual);
    }
}

static void
what_has_changed_is_gathered_anew(void **state)
{
    struct ground *ground = *state;
    struct fault why = {0};
    const struct report_request request = month();
    make_by(ground, ground->store, "sales", REPORT_CSV, &request);
    run_sql(ground, "DROP TRIGGER sale_is_final; UPDATE sale SET net_minor = net_minor + 1");
    same_as_fresh(ground, "sales", REPORT_CSV, &request);
    make_by(ground, ground->store, "sales", REPORT_CSV, &request);
    /* By the same connection, too. */
    const struct report_row row = {"daily", "sales", request.first_day, request.last_day, 0};
    int64_t id = 0;
    OWNED(store_tx) tx = {0};
    assert_int_equal(store_begin(ground->store, &tx, &why), DONE);
    assert_int_equal(report_add(ground->store, &row, &id, &why), DONE);
    assert_int_equal(store_commit(&tx, &why), DONE);
    assert_true(make_by(ground, ground->store, "sales", REPORT_CSV, &request) > 0);
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, fill_all, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(forms_share_what_was_gathered),
        WITH_STORE(another_request_is_gathered_anew),
        WITH_STORE(what_has_changed_is_gathered_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
