/* The report of `purser check`, in every form, and the excerpts in it. */
#include "writers/finding_report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char file_text[] = "order_number,line_number,sku,quantity\r\n"
                                "N-1,1,\"LT-CUP, blue\",1\r\n"
                                "N-2,1,LT-GREN-1,<b>&'\r\n"
                                "N-3,1,乌龙茶\xFF,2";

/* Findings of a CSV file, and the file itself as an open descriptor. */
struct scene {
    struct findings findings;
    struct arena arena;
    struct excerpt *excerpts;
    struct finding_report report;
    struct buf buf;
};

static void
add(struct scene *scene, enum message code, int64_t line, int64_t column, const char *order,
    const char *value)
{
    const struct finding finding = {.code = code,
                                    .place = {line, column},
                                    .order_number = order,
                                    .order_line = "1",
                                    .field = "sku",
                                    .value = value,
                                    .hint = "LT-GREEN-1"};
    findings_add(&scene->findings, &finding);
}

static void
read_excerpts(struct scene *scene, const void *bytes, size_t size, bool is_xml)
{
    struct fault why = {0};
    FILE *file = tmpfile();
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fflush(file);
    assert_int_equal(excerpt_read_all(fileno(file), is_xml, &scene->findings, &scene->arena,
                                      &scene->excerpts, &why),
                     DONE);
    scene->report.excerpts = scene->excerpts;
    fclose(file);
}

static int
set_up(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    assert_non_null(scene);
    findings_init(&scene->findings);
    arena_init(&scene->arena, 64 * 1024 * 1024);
    buf_init(&scene->buf, 64 * 1024 * 1024);
    scene->report = (struct finding_report){.name = "a<b>.csv",
                                            .size = 99,
                                            .sha256 = "ab",
                                            .format = "csv",
                                            .document = DOCUMENT_ORDER,
                                            .documents = 3,
                                            .documents_good = 2,
                                            .findings = &scene->findings};
    *state = scene;
    return 0;
}

static int
tear_down(void **state)
{
    struct scene *scene = *state;
    findings_close(&scene->findings);
    arena_close(&scene->arena);
    buf_close(&scene->buf);
    free(scene);
    return 0;
}

static void
expect(const struct scene *scene, const char *part)
{
    if (strstr(scene->buf.bytes, part) == NULL) {
        print_error("not found: %s\nin: %s\n", part, scene->buf.bytes);
        fail();
    }
}

static void
write_report(struct scene *scene, enum finding_form form, enum language language, bool has_colour)
{
    struct finding_reports reports = {
        .form = form, .language = language, .has_colour = has_colour, .buf = &scene->buf};
    finding_reports_begin(&reports);
    finding_reports_add(&reports, &scene->report);
    finding_reports_end(&reports);
}

static void
verdict_follows_from_counts_and_findings(void **state)
{
    struct scene *scene = *state;
    assert_string_equal(finding_report_verdict(&scene->report), "partly");
    scene->report.is_all_or_nothing = true;
    assert_string_equal(finding_report_verdict(&scene->report), "refused");
    scene->report.documents_good = 3;
    assert_string_equal(finding_report_verdict(&scene->report), "taken");
    add(scene, M_FILE_EMPTY, 0, 0, "", "");
    assert_string_equal(finding_report_verdict(&scene->report), "refused");
    scene->report.documents = 0;
    scene->report.documents_good = 0;
    assert_string_equal(finding_report_verdict(&scene->report), "refused");
}

static void
csv_excerpts_mark_the_field(void **state)
{
    struct scene *scene = *state;
    add(scene, M_PRICE_SKU_UNKNOWN, 3, 3, "N-2", "LT-GREN-1");
    add(scene, M_PRICE_SKU_UNKNOWN, 2, 3, "N-1", "LT-CUP, blue");
    add(scene, M_PRICE_SKU_UNKNOWN, 4, 3, "N-3", "?");
    add(scene, M_PRICE_SKU_UNKNOWN, 3, 9, "N-2", "?");
    add(scene, M_PRICE_SKU_UNKNOWN, 77, 1, "N-2", "?");
    read_excerpts(scene, file_text, sizeof file_text - 1, false);
    const struct excerpt *first = &scene->excerpts[0];
    assert_string_equal(first->text, "N-2,1,LT-GREN-1,<b>&'");
    assert_int_equal(first->mark_begin, 6);
    assert_int_equal(first->mark_end, 15);
    const struct excerpt *second = &scene->excerpts[1];
    assert_memory_equal(second->text + second->mark_begin, "\"LT-CUP, blue\"", 14);
    assert_string_equal(scene->excerpts[2].text, ""); /* not UTF-8 */
    assert_int_equal(scene->excerpts[3].mark_end, 0); /* no such field */
    assert_string_equal(scene->excerpts[4].text, ""); /* no such line */
}

static void
xml_excerpts_show_a_window_of_a_long_line(void **state)
{
    struct scene *scene = *state;
    const size_t size = 3 * 1024 * 1024;
    char *bytes = malloc(size);
    assert_non_null(bytes);
    memset(bytes, '.', size);
    static const char element[] = "<quantity unit=\"X\">1O</quantity>";
    memcpy(bytes + 2000000, element, sizeof element - 1);
    add(scene, M_PRICE_SKU_UNKNOWN, 1, 2000001, "N-2", "1O");
    read_excerpts(scene, bytes, size, true);
    free(bytes);
    const struct excerpt *excerpt = &scene->excerpts[0];
    assert_true(strlen(excerpt->text) < 300);
    assert_memory_equal(excerpt->text + excerpt->mark_begin, element, sizeof element - 1);
    assert_int_equal(excerpt->mark_end - excerpt->mark_begin, sizeof element - 1);
}

/* Columns of XML are characters, those of a terminal are twice as many for Chinese. */
static void
carets_stand_below_chinese(void **state)
{
    static const char csv[] = "\xEF\xBB\xBForder_number,options,sku,quantity\n"
                              "清河-1,颜色=红|尺寸=大|包装=礼盒|刻字=无,铁观音,两\n";
    static const char xml[] =
        "<line><note>工作日送货，周末不收。谢谢</note><sku>铁观音</sku></line>";
    struct scene *scene = *state;
    add(scene, M_PRICE_SKU_UNKNOWN, 2, 3, "", "");
    add(scene, M_PRICE_SKU_UNKNOWN, 1, 3, "", "");
    read_excerpts(scene, csv, sizeof csv - 1, false);
    write_report(scene, FINDING_FORM_TEXT, LANGUAGE_EN, false);
    expect(scene, "\n       2 | 清河-1,颜色=红|尺寸=大|包装=礼盒|刻字=无,铁观音,两\n"
                  "         |                                          ^^^^^^\n");
    expect(scene, "\n       1 | order_number,options,sku,quantity\n"
                  "         |                      ^^^\n");
    buf_clear(&scene->buf);
    findings_close(&scene->findings);
    findings_init(&scene->findings);
    add(scene, M_PRICE_SKU_UNKNOWN, 1, 33, "", "");
    read_excerpts(scene, xml, sizeof xml - 1, true);
    write_report(scene, FINDING_FORM_TEXT, LANGUAGE_EN, false);
    expect(scene,
           "\n       1 | <line><note>工作日送货，周末不收。谢谢</note><sku>铁观音</sku></line>\n"
           "         |                                              ^^^^^^^^^^^^^^^^^\n");
}

/* What is cut is cut between characters. */
static void
long_excerpts_are_cut_between_characters(void **state)
{
    enum { CHARACTERS = 3000, MARKED = 1001 };
    struct scene *scene = *state;
    char *bytes = malloc(3 * CHARACTERS + 100);
    assert_non_null(bytes);
    bytes[0] = '\0';
    char *at = bytes;
    for (int index = 0; index < CHARACTERS; index++) {
        at = stpcpy(at, index == MARKED - 1 ? "<" : index == MARKED + 200 ? ">" : "茶");
    }
    add(scene, M_PRICE_SKU_UNKNOWN, 1, MARKED, "", "");
    add(scene, M_PRICE_SKU_UNKNOWN, 1, 20, "", "");
    read_excerpts(scene, bytes, (size_t)(at - bytes), true);
    free(bytes);
    assert_null(strstr(scene->excerpts[0].text, "\\x"));
    assert_null(strstr(scene->excerpts[1].text, "\\x"));
    assert_memory_equal(scene->excerpts[0].text + scene->excerpts[0].mark_begin, "<茶", 4);
    assert_memory_equal(scene->excerpts[1].text + scene->excerpts[1].mark_begin, "茶", 3);
}

static void
text_shows_place_rule_mark_and_verdict(void **state)
{
    struct scene *scene = *state;
    add(scene, M_PRICE_SKU_UNKNOWN, 3, 3, "N-2", "LT-GREN-1");
    read_excerpts(scene, file_text, sizeof file_text - 1, false);
    write_report(scene, FINDING_FORM_TEXT, LANGUAGE_EN, false);
    assert_string_equal(scene->buf.bytes,
                        "a<b>.csv:3:3: error: We have no product with the SKU LT-GREN-1. "
                        "[PRICE-SKU-UNKNOWN]\n"
                        "         order N-2, line 1, field sku\n"
                        "       3 | N-2,1,LT-GREN-1,<b>&'\n"
                        "         |       ^^^^^^^^^\n"
                        "         → The nearest SKU we have: LT-GREEN-1\n"
                        "a<b>.csv: 2 of 3 orders would be taken, 1 not. (error: 1)\n");
    assert_null(strchr(scene->buf.bytes, '\x1B'));
    write_report(scene, FINDING_FORM_TEXT, LANGUAGE_ZH, true);
    expect(scene, "\x1B[31m错误");
}

static void
findings_beyond_the_cap_are_counted(void **state)
{
    struct scene *scene = *state;
    for (int index = 0; index < FINDINGS_KEPT_MAX + 7; index++) {
        add(scene, M_PRICE_SKU_UNKNOWN, index + 2, 0, "N-2", "x");
    }
    write_report(scene, FINDING_FORM_TEXT, LANGUAGE_EN, false);
    expect(scene, "\n7 more findings are not shown");
    buf_clear(&scene->buf);
    write_report(scene, FINDING_FORM_HTML, LANGUAGE_EN, false);
    expect(scene, "and 992 more");
    expect(scene, "7 more findings are not shown");
}

static void
json_holds_every_field(void **state)
{
    struct scene *scene = *state;
    add(scene, M_PRICE_SKU_UNKNOWN, 3, 3, "N-2", "\"\\\x01");
    read_excerpts(scene, file_text, sizeof file_text - 1, false);
    write_report(scene, FINDING_FORM_JSON, LANGUAGE_EN, false);
    json_t *root = json_loads(scene->buf.bytes, 0, NULL);
    assert_non_null(root);
    const char *schema = NULL;
    const char *verdict = NULL;
    const char *code = NULL;
    const char *value = NULL;
    const char *excerpt = NULL;
    int line = 0;
    assert_int_equal(json_unpack(root, "{s:s, s:[{s:s, s:[{s:s, s:s, s:i, s:s}]}]}", "schema",
                                 &schema, "data", "verdict", &verdict, "findings", "code", &code,
                                 "value", &value, "file_line", &line, "excerpt", &excerpt),
                     0);
    assert_string_equal(schema, "purser.check/1");
    assert_string_equal(verdict, "partly");
    assert_string_equal(code, "PRICE-SKU-UNKNOWN");
    assert_string_equal(value, "\"\\\x01");
    assert_int_equal(line, 3);
    json_decref(root);
}

static void
csv_has_a_row_per_finding_and_one_for_a_clean_file(void **state)
{
    struct scene *scene = *state;
    write_report(scene, FINDING_FORM_CSV, LANGUAGE_EN, false);
    expect(scene, "\r\na<b>.csv,partly,,,,,,,,,,,,,,\r\n");
    buf_clear(&scene->buf);
    add(scene, M_PRICE_SKU_UNKNOWN, 3, 3, "=1+1", "@x");
    write_report(scene, FINDING_FORM_CSV, LANGUAGE_EN, false);
    expect(scene, "a<b>.csv,partly,\"'=1+1\",1,error,PRICE-SKU-UNKNOWN,field,3,3,sku,\"'@x\",");
}

static void
html_escapes_everything_and_loads_nothing(void **state)
{
    struct scene *scene = *state;
    add(scene, M_PRICE_SKU_UNKNOWN, 3, 3, "<i>", "<script>alert(1)</script>");
    read_excerpts(scene, file_text, sizeof file_text - 1, false);
    write_report(scene, FINDING_FORM_HTML, LANGUAGE_ZH, false);
    assert_null(strstr(scene->buf.bytes, "<script"));
    assert_null(strstr(scene->buf.bytes, "<i>"));
    assert_null(strstr(scene->buf.bytes, "http://"));
    assert_null(strstr(scene->buf.bytes, "url("));
    expect(scene, "a&lt;b&gt;.csv");
    expect(scene, "<mark>LT-GREN-1</mark>,&lt;b&gt;&amp;");
    expect(scene, "default-src 'none'");
    expect(scene, "lang=\"zh-CN\"");
}

int
main(void)
{
#define WITH_SCENE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        WITH_SCENE(verdict_follows_from_counts_and_findings),
        WITH_SCENE(csv_excerpts_mark_the_field),
        WITH_SCENE(xml_excerpts_show_a_window_of_a_long_line),
        WITH_SCENE(carets_stand_below_chinese),
        WITH_SCENE(long_excerpts_are_cut_between_characters),
        WITH_SCENE(text_shows_place_rule_mark_and_verdict),
        WITH_SCENE(findings_beyond_the_cap_are_counted),
        WITH_SCENE(json_holds_every_field),
        WITH_SCENE(csv_has_a_row_per_finding_and_one_for_a_clean_file),
        WITH_SCENE(html_escapes_everything_and_loads_nothing),
    };
    return cmocka_run_group_tests_name("finding_report", tests, NULL, NULL);
}
