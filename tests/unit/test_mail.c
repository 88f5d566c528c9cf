/* The work list as a mail: heads that hold what they should, and parts that are what lies beside
 * it.
 */
#include "outbox_fixture.h"

#include "writers/mail_out.h"

static struct partner partners[sizeof fixture_partners / sizeof fixture_partners[0]];

static int
set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    fixture_open(fixture);
    fixture_fill(fixture);
    memcpy(partners, fixture_partners, sizeof partners);
    partners[4].name = "林薇\r\nBcc: all@example.org\r\n\r\n<script>";
    partners[4].email = "lin@lanting.example";
    fixture->config.partners = partners;
    fixture->config.email = "orders@lanting.example";
    *state = fixture;
    return 0;
}

static int
tear_down(void **state)
{
    fixture_close(*state);
    free(*state);
    return 0;
}

static char *
write_and_read(struct fixture *fixture)
{
    struct fault why = {0};
    fixture_expect(outbox_write(&fixture->run, &why), &why);
    return fixture_read(fixture, "linwei/approval-request-linwei-000001.eml");
}

/* Lines end by CR LF and are of 76 at most; a name is no line of its own, whatever it holds. */
static void
heads_take_no_lines_of_others(void **state)
{
    char *bytes = write_and_read(*state);
    assert_non_null(bytes);
    for (const char *line = bytes; *line != '\0';) {
        const char *end = strchr(line, '\n');
        assert_non_null(end);
        assert_true(end > line && end[-1] == '\r' && end - line <= 77);
        assert_null(memchr(line, '\r', (size_t)(end - line - 1)));
        line = end + 1;
    }
    assert_null(strstr(bytes, "Bcc"));
    assert_non_null(strstr(bytes, " <lin@lanting.example>\r\nSubject: =?UTF-8?B?"));
    assert_non_null(strstr(bytes, "From: "));
    assert_non_null(strstr(bytes, "<orders@lanting.example>\r\n"));
    assert_non_null(strstr(bytes, "\r\nDate: Tue, 24 Nov 2026 20:00:00 +0800\r\n"));
    assert_non_null(
        strstr(bytes, "\r\nMessage-ID: <approval-request.linwei.1@lanting.example>\r\n"));
    free(bytes);
}

/* The text of part `number` after the head, decoded, is the file, or holds the text. */
static void
check_part(const struct fixture *fixture, int number, const char *test)
{
    char command[1024];
    snprintf(command, sizeof command,
             "cd %s/outbox/linwei && tr -d '\\r' < approval-request-linwei-000001.eml |"
             " awk -v part=%d '/^Content-Transfer-Encoding/ { at++; body = 0; next }"
             " /^--/ { body = 0 } /^$/ { body = 1; next } body && at == part' |"
             " base64 -d > ../part && %s",
             fixture->home, number, test);
    assert_int_equal(system(command), 0);
}

static void
parts_are_the_words_the_page_and_the_form(void **state)
{
    struct fixture *fixture = *state;
    free(write_and_read(fixture));
    check_part(fixture, 1, "grep -q '^- nordlicht/N-2, EUR' ../part");
    check_part(fixture, 1, "grep -q approval-request-linwei-000001.csv ../part");
    check_part(fixture, 2, "cmp ../part approval-request-linwei-000001.html");
    check_part(fixture, 3, "cmp ../part approval-request-linwei-000001.csv");
}

/* The list of approvers goes first; what may not stand in a head is not known. */
static void
the_list_of_approvers_has_the_address(void **state)
{
    struct fixture *fixture = *state;
    fixture_sql(fixture, "INSERT INTO master_version VALUES (7, 'approvers', 1, 1, 1, 1);"
                         "INSERT INTO master_in_force VALUES ('approvers', 7);"
                         "INSERT INTO approver VALUES (7, 'linwei', '', '', '', '', '', -1, -1, '',"
                         " '', '', -1, 'wei@lanting.example', 1)");
    char *bytes = write_and_read(fixture);
    assert_non_null(strstr(bytes, " <wei@lanting.example>\r\n"));
    free(bytes);
}

static void
an_address_that_breaks_heads_is_none(void **state)
{
    static const char *const bad[] = {"",           "lin",  "@x",   "lin@",     "a@b@c",
                                      "a@b\r\nBcc", "a@b>", "<a@b", "a@b, c@d", "林@b.example"};
    struct fixture *fixture = *state;
    for (size_t index = 0; index < sizeof bad / sizeof bad[0]; index++) {
        OWNED(arena) arena;
        struct fault why = {0};
        const char *address = NULL;
        arena_init(&arena, 4096);
        partners[4].email = bad[index];
        fixture_expect(mail_out_address(fixture->run.store, &partners[4], &arena, &address, &why),
                       &why);
        assert_string_equal(address, "");
    }
    assert_null(write_and_read(fixture));
}

/* Nobody could answer it. */
static void
without_an_address_of_ours_no_mail_is_made(void **state)
{
    struct fixture *fixture = *state;
    fixture->config.email = "";
    assert_null(write_and_read(fixture));
    char *form = fixture_read(fixture, "linwei/approval-request-linwei-000001.csv");
    assert_non_null(form);
    free(form);
}

/* Long texts become several words, cut between characters. */
static void
words_are_cut_between_characters(void **state)
{
    OWNED(buf) buf;
    (void)state;
    buf_init(&buf, 1000);
    mail_out_text(&buf, "Subject", "审批审批审批审批审批审批审批审批");
    assert_string_equal(
        buf.bytes, "Subject: =?UTF-8?B?5a6h5om55a6h5om55a6h5om55a6h5om55a6h5om55a6h5om55a6h?=\r\n"
                   " =?UTF-8?B?5om55a6h5om5?=\r\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(heads_take_no_lines_of_others, set_up, tear_down),
        cmocka_unit_test_setup_teardown(parts_are_the_words_the_page_and_the_form, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_list_of_approvers_has_the_address, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_address_that_breaks_heads_is_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_an_address_of_ours_no_mail_is_made, set_up,
                                        tear_down),
        cmocka_unit_test(words_are_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
