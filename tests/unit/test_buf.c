#include "base/buf.h"

#include "base/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
it_grows_and_stays_terminated(void **state)
{
    OWNED(buf) buf;
    (void)state;
    buf_init(&buf, 1000000);
    for (int index = 0; index < 10000; index++) {
        buf_format(&buf, "%04d,", index);
        assert_int_equal(buf.bytes[buf.size], '\0');
    }
    assert_int_equal(buf.size, 50000);
    assert_memory_equal(buf.bytes, "0000,0001,", 10);
    assert_string_equal(buf.bytes + 49995, "9999,");
}

static void
bytes_may_hold_anything(void **state)
{
    OWNED(buf) buf;
    (void)state;
    buf_init(&buf, 100);
    buf_text(&buf, "a");
    buf_char(&buf, '\0');
    buf_add(&buf, "b\0c", 3);
    buf_text(&buf, "");
    assert_int_equal(buf.size, 5);
    assert_memory_equal(buf.bytes, "a\0b\0c", 6);
}

static void
it_may_be_filled_to_its_limit(void **state)
{
    OWNED(buf) buf;
    (void)state;
    buf_init(&buf, 300);
    for (int index = 0; index < 300; index++) {
        buf_char(&buf, 'x');
    }
    assert_int_equal(strlen(buf.bytes), 300);
}

static void
clear_keeps_the_room(void **state)
{
    struct buf buf = {0};
    (void)state;
    buf_close(&buf);
    buf_init(&buf, 100);
    buf_clear(&buf);
    buf_text(&buf, "tea");
    const char *bytes = buf.bytes;
    buf_clear(&buf);
    assert_int_equal(buf.size, 0);
    assert_string_equal(buf.bytes, "");
    buf_text(&buf, "pot");
    assert_ptr_equal(buf.bytes, bytes);
    assert_string_equal(buf.bytes, "pot");
    buf_close(&buf);
    assert_null(buf.bytes);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_grows_and_stays_terminated),
        cmocka_unit_test(bytes_may_hold_anything),
        cmocka_unit_test(it_may_be_filled_to_its_limit),
        cmocka_unit_test(clear_keeps_the_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
