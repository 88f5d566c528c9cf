#include "base/json.h"

#include "base/date.h"
#include "base/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
commas_and_brackets_are_in_place(void **state)
{
    OWNED(buf) buf;
    struct json json;
    (void)state;
    buf_init(&buf, 10000);
    json_begin(&json, &buf);
    json_object(&json, NULL);
    json_array(&json, "empty");
    json_end(&json);
    json_array(&json, "list");
    json_integer(&json, NULL, -3);
    json_object(&json, NULL);
    json_end(&json);
    json_object(&json, NULL);
    json_text(&json, "a \"key\"", "x\ny");
    json_bool(&json, "yes", true);
    json_end(&json);
    json_text(&json, NULL, NULL);
    json_end(&json);
    json_bool(&json, "no", false);
    json_raw(&json, "raw", "[1]");
    json_end(&json);
    assert_string_equal(buf.bytes, "{\"empty\":[],\"list\":[-3,{},{\"a \\\"key\\\"\":\"x\\ny\","
                                   "\"yes\":true},null],\"no\":false,\"raw\":[1]}");
}

static void
amounts_are_texts_and_absent_times_null(void **state)
{
    OWNED(buf) buf;
    struct json json;
    (void)state;
    assert_true(zone_use("UTC"));
    buf_init(&buf, 10000);
    json_begin(&json, &buf);
    json_array(&json, NULL);
    json_decimal(&json, NULL, 1250, 2, 2);
    json_decimal(&json, NULL, -1, 6, 0);
    json_integer(&json, NULL, INT64_MIN);
    json_day(&json, NULL, 20781);
    json_day(&json, NULL, DAY_NONE);
    json_moment(&json, NULL, INT64_C(1795512600000));
    json_moment(&json, NULL, 0);
    json_end(&json);
    assert_string_equal(buf.bytes, "[\"12.50\",\"-0.000001\",-9223372036854775808,\"2026-11-24\","
                                   "null,\"2026-11-24T09:30:00Z\",null]");
}

static void
one_value_may_stand_alone(void **state)
{
    OWNED(buf) buf;
    struct json json;
    (void)state;
    buf_init(&buf, 100);
    json_begin(&json, &buf);
    json_text(&json, NULL, "tea");
    assert_string_equal(buf.bytes, "\"tea\"");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_and_brackets_are_in_place),
        cmocka_unit_test(amounts_are_texts_and_absent_times_null),
        cmocka_unit_test(one_value_may_stand_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
