/* The schedules of reports, and what else of the configuration is about reports. */
#include "config_home.h"

/* What is said of each; "" when it is fine. */
static void
schedules_are_read_and_checked(void **state)
{
#define OURS "company { email = us@example.com }\npartner \"ledger\" { roles = finance }\n"
    static const struct {
        const char *text, *said;
    } cases[] = {
        {OURS "schedule s { every = quarter to = \"ledger | boss@example.com\"\n"
              " on = \"working-day 2\" forms = \"pdf html\" }",
         ""},
        {OURS "schedule s { every = quarters to = ledger }", "(did you mean \"quarter\"?)"},
        {OURS "schedule s { every = day to = \"leger | boss@example.com\" }",
         "to: there is no usable partner \"leger\" (did you mean \"ledger\"?)"},
        {OURS "schedule s { every = day to = \" | \" }", "to: nobody is named"},
        {OURS "schedule s { every = day to = \"ledger | ledger\" }", "\"ledger\" is named twice"},
        {OURS "schedule s { every = day to = \"a/../b@example.com\" }", "is no e-mail address"},
        {OURS "schedule s { every = day to = \".@example.com\" }", "is no e-mail address"},
        {"schedule s { every = day to = boss@example.com }", "give email in section company"},
        {OURS "partner \"north\" { roles = customer }\n"
              "schedule s { report = score-card every = month to = \"*\" }",
         ""},
        {OURS "schedule s { report = score-card every = month to = \"*\" }", "to: nobody is named"},
        {OURS "schedule s { report = score-card every = month to = boss@example.com }",
         "\"boss@example.com\" is an address"},
        {OURS "schedule s { report = partners every = month to = \"*\" }",
         "no usable partner \"*\""},
        {OURS "schedule s { every = day to = ledger on = \"working day 2\" }",
         "write it like working-day 2, from 1 to 23"},
        {OURS "schedule s { every = day to = ledger on = \"working-day 0\" }", "from 1 to 23"},
        {OURS "schedule s { every = day to = ledger on = \"working-day 24\" }", "from 1 to 23"},
        {OURS "schedule s { every = day to = ledger forms = \"html ods\" }",
         "forms cannot be \"ods\""},
        {OURS "schedule s { every = day to = ledger forms = \" \" }", "forms is empty"},
        {OURS "schedule s { every = day to = ledger forms = pdf }", "name another form beside it"},
        {"company { pdf-converter = \"\" }\npartner \"ledger\" { roles = finance }\n"
         "schedule s { every = day to = ledger forms = \"html pdf\" }",
         "forms: pdf needs a pdf-converter"},
        {"company { pdf-converter = \"tools/print {in} {out}\" }", "neither a whole path"},
        {"company { pdf-converter = \"print {in}\" }", "PROGRAM {in} {out}"},
        {"company { pdf-timeout = 2h }", "pdf-timeout cannot be 2h: it goes from 100ms to 1h"},
        {"company { fiscal-year-begins = 04-06 }", ""},
        {"company { fiscal-year-begins = 02-29 }", "the day is from 01 to 28"},
        {"company { fiscal-year-begins = 4-1 }", "write month and day like 04-01"},
        {"company { fiscal-year-begins = 13-01 }", "write month and day like 04-01"},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        struct home home;
        home_open(&home);
        home_write(&home, "purser.conf", cases[index].text);
        const bool is_fine = *cases[index].said == '\0';
        if (home_load(&home) != (is_fine ? DONE : FAILED) ||
            strstr(home.said, cases[index].said) == NULL) {
            fail_msg("%s: %s", cases[index].text, home.said);
        }
        if (index == 0) {
            const struct schedule *schedule = config_schedule(&home.config, "s");
            assert_int_equal(schedule->period, PERIOD_QUARTER);
            assert_int_equal(schedule->working_day, 2);
            assert_int_equal(schedule->forms, 1U << REPORT_HTML | 1U << REPORT_PDF);
            assert_int_equal(schedule->recipient_count, 2);
            assert_string_equal(config_recipient(&home.config, "boss@example.com")->email,
                                "boss@example.com");
            assert_null(config_partner(&home.config, "boss@example.com"));
        }
        home_close(&home);
    }
#undef OURS
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schedules_are_read_and_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
