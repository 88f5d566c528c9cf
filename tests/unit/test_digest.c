#include "base/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The vectors of FIPS 180-4. */
static void
known_digests(void **state)
{
    char hex[DIGEST_HEX_SIZE];
    char million[1000];
    struct digest digest;
    (void)state;
    digest_of("", 0, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    digest_of("abc", 3, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    memset(million, 'a', sizeof million);
    digest_init(&digest);
    for (int index = 0; index < 1000; index++) {
        digest_add(&digest, million, sizeof million);
    }
    digest_finish(&digest, hex);
    assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void
texts_are_kept_apart(void **state)
{
    static const char *const pairs[3][2] = {{"ab", "c"}, {"a", "bc"}, {"abc", ""}};
    char hexes[3][DIGEST_HEX_SIZE];
    (void)state;
    for (size_t index = 0; index < 3; index++) {
        struct digest digest;
        digest_init(&digest);
        digest_add_text(&digest, pairs[index][0]);
        digest_add_text(&digest, pairs[index][1]);
        digest_finish(&digest, hexes[index]);
    }
    assert_string_not_equal(hexes[0], hexes[1]);
    assert_string_not_equal(hexes[1], hexes[2]);
    assert_string_not_equal(hexes[0], hexes[2]);
}

static void
a_digest_may_be_given_up(void **state)
{
    struct digest digest = {0};
    (void)state;
    digest_close(&digest);
    digest_init(&digest);
    digest_add(&digest, "x", 1);
    digest_close(&digest);
    assert_null(digest.context);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_digests),
        cmocka_unit_test(texts_are_kept_apart),
        cmocka_unit_test(a_digest_may_be_given_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
