#include "order/finding.h"

#include "base/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
a_finding_is_kept_with_copies_of_its_texts(void **state)
{
    OWNED(findings) findings;
    char value[] = "TEA-9";
    (void)state;
    findings_init(&findings);
    findings_add(&findings, &(struct finding){.code = M_PRICE_SKU_UNKNOWN,
                                              .place = {4, 2},
                                              .order_number = "PO-1",
                                              .value = value});
    memset(value, 'x', sizeof value - 1);
    assert_int_equal(findings.count, 1);
    assert_string_equal(findings.items[0].value, "TEA-9");
    assert_string_equal(findings.items[0].hint, "");
    assert_string_equal(findings.items[0].order_line, "");
    assert_int_equal(findings.items[0].place.line, 4);
}

static void
severities_are_counted_and_asked_for(void **state)
{
    OWNED(findings) findings;
    (void)state;
    findings_init(&findings);
    assert_false(findings_has(&findings, SEVERITY_INFO));
    findings_add(&findings, &(struct finding){.code = M_PRICE_DIFFERS});
    assert_true(findings_has(&findings, SEVERITY_INFO));
    assert_true(findings_has(&findings, SEVERITY_WARNING));
    assert_false(findings_has(&findings, SEVERITY_ERROR));
    findings_add(&findings, &(struct finding){.code = M_FILE_EMPTY});
    assert_true(findings_has(&findings, SEVERITY_ERROR));
    assert_true(findings_has(&findings, SEVERITY_FATAL));
    assert_int_equal(findings_total(&findings), 2);
    assert_int_equal(finding_severity(M_PRICE_SKU_UNKNOWN), SEVERITY_ERROR);
}

/* Hostile files can be wrong in every row: memory stays, the counts stay right. */
static void
beyond_the_cap_only_counts_grow(void **state)
{
    OWNED(findings) findings;
    (void)state;
    findings_init(&findings);
    for (int index = 0; index < 100000; index++) {
        findings_add(&findings, &(struct finding){.code = M_PRICE_SKU_UNKNOWN, .value = "x"});
    }
    findings_add(&findings, &(struct finding){.code = M_FILE_EMPTY});
    assert_int_equal(findings.count, FINDINGS_KEPT_MAX);
    assert_int_equal(findings_total(&findings), 100001);
    assert_true(findings_has(&findings, SEVERITY_FATAL));
    assert_true(findings.arena.bytes_used < 1024 * 1024);
}

static void
sentences_are_filled(void **state)
{
    OWNED(arena) arena;
    const struct finding finding = {
        .code = M_PRICE_UNIT_WRONG, .value = "{expected} & KGM", .expected = "C62"};
    const struct finding bare = {.code = M_PRICE_SKU_UNKNOWN};
    (void)state;
    arena_init(&arena, 1024 * 1024);
    assert_string_equal(finding_text(&finding, FINDING_RULE, LANGUAGE_EN, &arena),
                        "This product is not sold in the unit {expected} & KGM, but in C62.");
    assert_string_equal(finding_text(&finding, FINDING_ACTION, LANGUAGE_ZH, &arena),
                        "fix-and-resend");
    assert_string_equal(finding_text(&bare, FINDING_HINT, LANGUAGE_EN, &arena),
                        ""); /* there is none: nothing is said of it */
}

/* States and our own words are told in the reader's language, whatever the finding holds. */
static void
words_of_ours_are_translated(void **state)
{
    OWNED(arena) arena;
    const struct finding open = {
        .code = M_SHIPMENT_NOT_RELEASED, .value = "n/1", .expected = "waiting-for-approval"};
    const struct finding odd = {
        .code = M_SHIPMENT_NOT_RELEASED, .value = "n/1", .expected = "no state"};
    const struct finding role = {.code = M_FILE_ROLE, .value = "approval-matrix"};
    (void)state;
    arena_init(&arena, 1024 * 1024);
    assert_string_equal(finding_text(&open, FINDING_RULE, LANGUAGE_EN, &arena),
                        "The order n/1 was not released for shipping; it is waiting for approval.");
    assert_string_equal(finding_text(&open, FINDING_RULE, LANGUAGE_ZH, &arena),
                        "订单 n/1 未下发发货；其状态为：待审核。");
    assert_string_equal(finding_text(&odd, FINDING_RULE, LANGUAGE_ZH, &arena),
                        "订单 n/1 未下发发货；其状态为：no state。");
    assert_string_equal(finding_text(&role, FINDING_RULE, LANGUAGE_ZH, &arena),
                        "不接受此发送方的此类文件（审批矩阵）。");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finding_is_kept_with_copies_of_its_texts),
        cmocka_unit_test(severities_are_counted_and_asked_for),
        cmocka_unit_test(beyond_the_cap_only_counts_grow),
        cmocka_unit_test(sentences_are_filled),
        cmocka_unit_test(words_of_ours_are_translated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
