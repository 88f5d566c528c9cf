/* The report of approvals: what it counts, and that it tells the same later. */
#include "desk_world.h"
#include "reports/report.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define TEA(number, quantity)                                                                      \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,1,TEA-1," quantity ",C62\n"
#define MATRIX    "order_type,currency,above,step,approver,quorum,decide_hours,undecided\n"
#define DECISIONS "partner,order_number,version,decision,reason,delegate_to\n"
#define HOUR_MS   (3600 * 1000)
/* Tuesday 2026-11-24, 00:00. */
#define MIDNIGHT INT64_C(1795478400000)

static char *
report_of(struct world *world, const char *name, bool is_html, int64_t as_of_ms)
{
    struct fault why = {0};
    struct buf buf;
    const int32_t day = moment_day(MIDNIGHT);
    const struct report_request request = {day, day, as_of_ms, LANGUAGE_EN, DAY_BOOKED, "", NULL};
    buf_init(&buf, REPORT_BYTES_MAX);
    must(report_make(name, is_html ? REPORT_HTML : REPORT_CSV, world->run.store, &world->config,
                     &request, &buf, &why));
    char *text = strdup(buf.bytes);
    buf_close(&buf);
    return text;
}

static char *
report(struct world *world, bool is_html, int64_t as_of_ms)
{
    return report_of(world, "approvals", is_html, as_of_ms);
}

static void
has(const char *text, const char *part)
{
    if (strstr(text, part) == NULL) {
        fail_msg("%s is not in\n%s", part, text);
    }
}

static void
decides(struct world *world, const char *approver, const char *row)
{
    char file[200];
    snprintf(file, sizeof file, DECISIONS "nordlicht,%s\n", row);
    world_come(world, approver, file);
}

static void
come(struct world *world)
{
    world_do(world, "DELETE FROM master_in_force WHERE master = 'approval-matrix'");
    world_come(world, "ledger", MATRIX ",EUR,100.00,1,linwei | boss,,2,wait\n");
    world->run.as_of_ms = MIDNIGHT + 9 * HOUR_MS;
    world_come(world, "nordlicht", HEAD TEA("A-1", "20") TEA("A-2", "20") TEA("A-3", "20"));
    world->run.as_of_ms = MIDNIGHT + 10 * HOUR_MS;
    decides(world, "linwei", "A-1,1,approve,,");
    decides(world, "boss", "A-1,1,reject,too late,");
    world->run.as_of_ms = MIDNIGHT + 15 * HOUR_MS / 2 * 2;
    decides(world, "boss", "A-2,1,reject,<b>no</b> & never,");
}

static void
it_counts_answers_times_and_what_is_late(void **state)
{
    struct world *world = *state;
    come(world);
    char *csv = report(world, false, MIDNIGHT + 16 * HOUR_MS);
    has(csv, "total,,,,,,,,,,,,,,,,1,,2,0,2,2,0,0,6,,,3\r\n");
    has(csv, "person,boss,1,,,,,,,,,,,,,,6,,1,0,1,1,0,0,6,boss,,2\r\n");
    has(csv, "person,linwei,1,,,,,,,,,,,,,,1,,1,0,1,1,0,0,1,linwei,,1\r\n");
    has(csv, "speed,,,,,,,,,,,,,,,,,,1,,,,,,,within-4-hours,,\r\n");
    has(csv, "speed,,,,,,,,,,,,,,,,,,1,,,,,,,within-a-day,,\r\n");
    has(csv, "decided,linwei,1,nordlicht,A-1,1,EUR,214.20,named,,approved,,,"
             "2026-11-24T09:00:00Z,2026-11-24T11:00:00Z,2026-11-24T10:00:00Z,1,no,");
    has(csv, "decided,boss,1,nordlicht,A-1,1,EUR,214.20,named,,withdrawn,linwei,");
    has(csv, "open,boss,1,nordlicht,A-3,1,EUR,214.20,named,,asked,,,2026-11-24T09:00:00Z,"
             "2026-11-24T11:00:00Z,,7,yes,");
    has(csv, "refused,boss,,nordlicht,A-1,1,,,,,reject,,DECISION-NOT-OPEN,,,"
             "2026-11-24T10:00:00Z,");
    free(csv);
    char *html = report(world, true, MIDNIGHT + 16 * HOUR_MS);
    has(html, "2 decided, half of them within 1 h; 2 waiting</h1>");
    has(html, "<li>Waiting: 2; longest of all nordlicht/A-3, with linwei for 7 h.</li>");
    has(html, "<li>Past their time, decided or not: 3.</li>");
    has(html, "<td>2</td><td class=\"ok\">\xE2\x9C\x93 equal</td>");
    has(html, "&lt;b&gt;no&lt;/b&gt; &amp; never");
    free(html);
}

/* Who reads knows people by their names; programs know them by their ids. */
static void
people_are_called_by_their_names(void **state)
{
    struct world *world = *state;
    for (size_t index = 0; index < sizeof world->partners / sizeof world->partners[0]; index++) {
        if (strcmp(world->partners[index].id, "linwei") == 0) {
            world->partners[index].name = "Lin <Wei>";
        }
    }
    come(world);
    char *html = report(world, true, MIDNIGHT + 16 * HOUR_MS);
    has(html, "with Lin &lt;Wei&gt; for 7 h.</li>");
    has(html, "Lin &lt;Wei&gt; <span class=\"code\">linwei</span>");
    has(html, "<td class=\"words\">Lin &lt;Wei&gt;</td>");
    has(html, "<td class=\"words\">boss</td>"); /* has no name */
    free(html);
    char *csv = report(world, false, MIDNIGHT + 16 * HOUR_MS);
    has(csv, "decided,linwei,1,nordlicht,A-1,");
    free(csv);
    html = report_of(world, "efficiency", true, MIDNIGHT + 16 * HOUR_MS);
    has(html, "class=\"what\">Lin &lt;Wei&gt; <span class=\"code\">linwei</span>");
    free(html);
}

static void
later_it_tells_the_same(void **state)
{
    struct world *world = *state;
    come(world);
    char *then = report(world, false, MIDNIGHT + 16 * HOUR_MS);
    world->run.as_of_ms = MIDNIGHT + 17 * HOUR_MS;
    decides(world, "linwei", "A-3,1,delegate,go on,nobody");
    decides(world, "linwei", "A-3,1,approve,,");
    char *now = report(world, false, MIDNIGHT + 16 * HOUR_MS);
    assert_string_equal(now, then);
    free(now);
    now = report(world, false, MIDNIGHT + 17 * HOUR_MS);
    has(now, "total,,,,,,,,,,,,,,,,6,,3,0,3,0,0,0,8,,,2\r\n");
    free(now);
    free(then);
}

#define ABOUT(test) cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ABOUT(it_counts_answers_times_and_what_is_late),
        ABOUT(people_are_called_by_their_names),
        ABOUT(later_it_tells_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
