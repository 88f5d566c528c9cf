#include "base/arena.h"

#include "base/fault.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { ROOM = 8 * 1024 * 1024 };

static void
pieces_are_zeroed_aligned_and_apart(void **state)
{
    OWNED(arena) arena;
    unsigned char *pieces[200];
    (void)state;
    arena_init(&arena, ROOM);
    for (size_t index = 0; index < 200; index++) {
        const size_t size = index * 7 + 1;
        pieces[index] = arena_alloc(&arena, size);
        assert_int_equal((uintptr_t)pieces[index] % alignof(max_align_t), 0);
        for (size_t at = 0; at < size; at++) {
            assert_int_equal(pieces[index][at], 0);
        }
        memset(pieces[index], (int)index, size);
    }
    for (size_t index = 0; index < 200; index++) {
        assert_int_equal(pieces[index][0], index);
        assert_int_equal(pieces[index][index * 7], index);
    }
}

static void
a_reset_keeps_the_first_block_and_forgets_the_rest(void **state)
{
    OWNED(arena) arena;
    (void)state;
    arena_init(&arena, ROOM);
    char *first = arena_alloc(&arena, 100);
    memset(first, 'x', 100);
    memset(arena_alloc(&arena, 1024 * 1024), 'y', 1024 * 1024);
    assert_true(arena.bytes_used > 1024 * 1024);
    arena_reset(&arena);
    assert_int_equal(arena.bytes_used, 0);
    char *again = arena_alloc(&arena, 100);
    assert_ptr_equal(again, first);
    assert_int_equal(again[0], 0);
    assert_int_equal(again[99], 0);
}

static void
texts_are_copied_and_formatted(void **state)
{
    OWNED(arena) arena;
    char long_text[200 * 1024];
    (void)state;
    arena_init(&arena, ROOM);
    assert_string_equal(arena_copy(&arena, "tea"), "tea");
    assert_string_equal(arena_copy_bytes(&arena, "teapot", 3), "tea");
    assert_string_equal(arena_copy_bytes(&arena, "", 0), "");
    assert_string_equal(arena_format(&arena, "%d/%s", 7, "x"), "7/x");
    assert_string_equal(arena_format(&arena, "%s", ""), "");
    memset(long_text, 'z', sizeof long_text);
    long_text[sizeof long_text - 1] = '\0';
    assert_string_equal(arena_format(&arena, "%s", long_text), long_text);
}

static void
a_grown_array_keeps_its_elements(void **state)
{
    OWNED(arena) arena;
    int64_t *numbers = NULL;
    size_t capacity = 0;
    (void)state;
    arena_init(&arena, ROOM);
    for (size_t index = 0; index < 1000; index++) {
        numbers = arena_grow(&arena, numbers, sizeof *numbers, index, &capacity);
        numbers[index] = (int64_t)index * 3;
        assert_true(capacity > index);
    }
    for (size_t index = 0; index < 1000; index++) {
        assert_int_equal(numbers[index], index * 3);
    }
}

static void
a_closed_arena_can_be_closed_again(void **state)
{
    struct arena arena = {0};
    (void)state;
    arena_close(&arena);
    arena_init(&arena, ROOM);
    arena_reset(&arena);
    arena_alloc(&arena, 1);
    arena_close(&arena);
    arena_close(&arena);
    assert_null(arena.first);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
        cmocka_unit_test(a_reset_keeps_the_first_block_and_forgets_the_rest),
        cmocka_unit_test(texts_are_copied_and_formatted),
        cmocka_unit_test(a_grown_array_keeps_its_elements),
        cmocka_unit_test(a_closed_arena_can_be_closed_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
