/* A sheet that is too long: what there is no room for is one row, and the sums are those of all. */
#include "reports/workbook.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void
rows_beyond_the_most_become_one(void **state)
{
    enum { MORE = 3, BYTES_MAX = 64 * 1024 * 1024 };
    static char said[1000];
    char path[] = "/tmp/purser-workbook-XXXXXX";
    OWNED(arena) arena;
    OWNED(buf) buf;
    OWNED(book) book = {0};
    struct fault why = {0};
    const struct book_about about = {"t", "c", "Sum", "others", 0};
    const struct book_column columns[] = {{"Name", CELL_ID, false}, {"Net", CELL_MONEY, true}};
    const struct book_sheet sheet = {"S", "about", columns, 2, 2, "t"};
    (void)state;
    arena_init(&arena, BYTES_MAX);
    buf_init(&buf, BYTES_MAX);
    struct page page = {.buf = &buf, .arena = &arena, .language = LANGUAGE_EN};
    assert_int_equal(book_begin(&book, &about, &arena, &why), DONE);
    book_sheet(&book, &sheet);
    for (int64_t row = 0; row < BOOK_ROWS_MAX + MORE; row++) {
        book_row(&book, (const struct cell[]){{.text = "=1+1"}, {.value = 150}});
    }
    assert_int_equal(book_end(&book, &page, &why), DONE);
    const int file = mkstemp(path);
    assert_int_equal(file_write_all(file, buf.bytes, buf.size, path, &why), DONE);
    char command[200];
    snprintf(command, sizeof command, "tests/xlsx.sh %s | tail -n 2", path);
    FILE *output = popen(command, "r"); /* NOLINT(cert-env33-c): a command of ours */
    said[fread(said, 1, sizeof said - 1, output)] = '\0';
    pclose(output);
    close(file);
    unlink(path);
    assert_string_equal(said, "+ 3 others\t4.5\nSum\t=SUBTOTAL(109,B4:B20004) -> 30004.5\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rows_beyond_the_most_become_one)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
