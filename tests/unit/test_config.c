#include "config_home.h"

static const char acme[] =
    "partner \"acme\" {\n"
    "  name = \"Acme\"   # a remark\n"
    "  roles = {customer, approver}\n"
    "  format = csv\n"
    "  acceptance = all-or-nothing\n"
    "  encoding = GB18030\n"
    "  mailbox \"main\" {\n"
    "    fetch = \"sftp://purser@sftp.acme.test:2222/out\"\n"
    "    deliver = \"sftp://purser@sftp.acme.test:2222/~/in\"\n"
    "    host-key = {\"SHA256:0123456789012345678901234567890123456789012\"}\n"
    "    key-file = key\n"
    "    patterns = {\"*.csv\", \"*.xml\"}\n"
    "    settle = 500ms\n"
    "    after = move\n"
    "    move-to = done\n"
    "  }\n"
    "}\n";

static void
everything_is_read_and_the_rest_has_defaults(void **state)
{
    struct home home;
    (void)state;
    home_open(&home);
    home_write(&home, "key", "secret");
    home_write(&home, "purser.conf",
               "company { name = \"Lanting 兰亭\" currency = CNY time-zone = \"Asia/Shanghai\"\n"
               "          language = zh warehouse = harbour }\n"
               "limits { file-size = 10MiB }\n"
               "schedule \"weekly\" { report = sales every = week to = harbour }\n"
               "partner \"harbour\" { roles = warehouse }\n");
    home_write(&home, "partners.d/acme.conf", acme);
    home_write(&home, "partners.d/.hidden.conf", "this is not read");
    assert_int_equal(home_load(&home), DONE);
    assert_string_equal(home.said, "");
    const struct config *config = &home.config;
    assert_string_equal(config->company_name, "Lanting 兰亭");
    assert_int_equal(config->language, LANGUAGE_ZH);
    assert_int_equal(config->limits.file_bytes_max, 10 * 1024 * 1024);
    assert_int_equal(config->limits.listing_max, 100000);
    assert_int_equal(config->schedule_count, 1);
    assert_int_equal(config->schedules[0].period, PERIOD_WEEK);
    assert_string_equal(config->schedules[0].report, "sales");
    assert_int_equal(config->partner_count, 2);
    const struct partner *partner = config_partner(config, "acme");
    assert_int_equal(partner->roles, ROLE_CUSTOMER | ROLE_APPROVER);
    assert_int_equal(partner->language, LANGUAGE_ZH);
    assert_int_equal(partner->format, FORMAT_CSV);
    assert_int_equal(partner->acceptance, ACCEPT_ALL_OR_NOTHING);
    assert_int_equal(partner->mailbox_count, 1);
    const struct mailbox *mailbox = &partner->mailboxes[0];
    assert_int_equal(mailbox->kind, MAILBOX_SFTP);
    assert_string_equal(mailbox->host, "sftp.acme.test");
    assert_string_equal(mailbox->user, "purser");
    assert_int_equal(mailbox->port, 2222);
    assert_string_equal(mailbox->fetch_path, "/out");
    assert_string_equal(mailbox->deliver_path, "in");
    assert_int_equal(mailbox->settle_ms, 500);
    assert_int_equal(mailbox->afterwards, AFTER_MOVE);
    assert_int_equal(mailbox->pattern_count, 2);
    assert_int_equal(mailbox->temporary_pattern_count, 5);
    assert_int_equal(mailbox->attempts, 3);
    const struct mailbox *inbox = &config_partner(config, "harbour")->mailboxes[0];
    assert_int_equal(inbox->kind, MAILBOX_FOLDER);
    assert_string_equal(inbox->fetch_path, "inbox/harbour");
    assert_string_equal(inbox->deliver_path, "");
    home_close(&home);
}

static void
thresholds_of_reports_are_kept_and_judged(void **state)
{
    struct home home;
    (void)state;
    home_open(&home);
    home_write(&home, "purser.conf", "company { name = \"Lanting\" }\n");
    assert_int_equal(home_load(&home), DONE);
    assert_int_equal(home.config.report.x_most_micros, 500000);
    assert_int_equal(home.config.report.y_most_micros, 1000000);
    assert_int_equal(home.config.report.slow_days, 90);
    config_close(&home.config);
    home_write(&home, "purser.conf",
               "report { steady-most = 12.5% varying-most = 80% slow-days = 30 }\n");
    assert_int_equal(home_load(&home), DONE);
    assert_int_equal(home.config.report.x_most_micros, 125000);
    assert_int_equal(home.config.report.y_most_micros, 800000);
    assert_int_equal(home.config.report.slow_days, 30);
    config_close(&home.config);
    home_write(&home, "purser.conf", "report {\n  steady-most = 120%\n  slow-days = 0 }\n");
    assert_int_equal(home_load(&home), FAILED);
    assert_non_null(strstr(home.said, "purser.conf:2: steady-most is more than varying-most"));
    assert_non_null(strstr(home.said, "purser.conf:3: slow-days cannot be 0: it goes from 1"));
    home_close(&home);
}

/* Each line of wrong configuration, and what must be said about it. */
static void
every_mistake_is_told_at_once_with_its_line(void **state)
{
    static const char *const expected[] = {
        "purser.conf:2: there is no key \"naem\" in section company (did you mean \"name\"?)",
        "purser.conf:3: this machine knows no time zone \"Mars/Olympus\"",
        "purser.conf:4: currency \"EURO\" is no ISO 4217",
        "purser.conf:5: language cannot be \"zn\" (did you mean \"en\"?)",
        "purser.conf:6: warehouse: there is no usable partner \"harbor\" (did you mean "
        "\"harbour\"?)",
        "purser.conf:7: working-days cannot be \"mo\" (did you mean \"mon\"?): it is one of mon, "
        "tue",
        "purser.conf:7: working-hours cannot be 22:00-06:00: working hours over midnight are not",
        "purser.conf:8: there is no section \"limit\" (did you mean \"limits\"?)",
        "purser.conf:9: listing cannot be 0: it goes from 1 to 10000000",
        "purser.conf:10: file-size cannot be \"10 Mb\": write it like 64KiB",
        "purser.conf:12: there is no key \"settle\" in section partner (it belongs into a mailbox "
        "section)",
        "purser.conf:13: name takes one value, not a list of 2",
        "purser.conf:14: partner \"Bad Id\" ends here without \"roles\"",
        "purser.conf:14: partner \"Bad Id\": an id has 1 to 32",
        "purser.conf:16: roles is given twice",
        "purser.conf:17: fetch \"ftp://x\" is neither a folder nor sftp",
        "purser.conf:18: key-file missing.key: No such file",
        "purser.conf:20: mailbox \"far\" ends here without \"host-key\"",
        "purser.conf:20: mailbox \"far\" ends here without \"key-file\"",
        "purser.conf:20: mailbox \"far\" ends here without \"move-to\"",
        "purser.conf:22: schedule \"s\" ends here without \"to\"",
    };
    struct home home;
    (void)state;
    home_open(&home);
    home_write(&home, "purser.conf",
               "company {\n"
               "  naem = \"x\"\n"
               "  time-zone = \"Mars/Olympus\"\n"
               "  currency = EURO\n"
               "  language = zn\n"
               "  warehouse = harbor\n"
               "working-days = mo working-hours = \"22:00-06:00\" }\n"
               "limit { other { x = 1 } }\n"
               "limits { listing = 0\n"
               "  file-size = \"10 Mb\" }\n"
               "partner \"Bad Id\" {\n"
               "  settle = 2s\n"
               "  name = {a, b}\n"
               "}\n"
               "partner \"harbour\" { roles = customer\n"
               "  roles = warehouse\n"
               "  mailbox \"near\" { fetch = \"ftp://x\"\n"
               "    key-file = missing.key }\n"
               "  mailbox \"far\" { fetch = \"sftp://u@h/x\" after = move\n"
               "  } }\n"
               "schedule \"s\" { every = day\n"
               "}\n");
    assert_int_equal(home_load(&home), FAILED);
    assert_int_equal(home.why.kind, FAULT_CONFIG);
    for (size_t index = 0; index < sizeof expected / sizeof expected[0]; index++) {
        if (strstr(home.said, expected[index]) == NULL) {
            print_message("not said: %s\nbut:\n%s", expected[index], home.said);
            assert_string_equal("nothing", expected[index]);
        }
    }
    home_close(&home);
}

/* What is said of each section; "" when it is fine. */
static void
holds_are_configured_by_their_kind(void **state)
{
    static const struct {
        const char *section, *said;
    } cases[] = {
        {"hold \"credit\" { releasers = \"anna | boris\" blocks = both expires-days = 14 }", ""},
        {"hold \"address\" { releasers = anna }", ""},
        {"hold \"credti\" { }", "purser places no hold \"credti\" (did you mean \"credit\"?)"},
        {"hold \"by-hand\" { }", "purser places no hold \"by-hand\""},
        {"hold \"credit\" { }\nhold \"credit\" { }", "title"},
        {"hold \"credit\" { blocks = aproval }",
         "blocks cannot be \"aproval\" (did you mean \"approval\"?): it is one of release"},
        {"hold \"credit\" { expires-days = -1 }", "expires-days cannot be \"-1\""},
        {"hold \"credit\" { expires-days = 4000 }", "it goes from 0 to 3650"},
        {"hold \"credit\" { releasers = \"anna, boris\" }", "\"anna, boris\" is no name of a user"},
        {"hold \"credit\" { releasers = \"user:anna\" }", "\"user:anna\" is no name of a user"},
        {"hold \"credit\" { releaser = anna }", "(did you mean \"releasers\"?)"},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        struct home home;
        home_open(&home);
        home_write(&home, "purser.conf", cases[index].section);
        const bool is_fine = *cases[index].said == '\0';
        if (home_load(&home) != (is_fine ? DONE : FAILED)) {
            fail_msg("%s: %s", cases[index].section, home.said);
        }
        if (strstr(home.said, cases[index].said) == NULL || (is_fine && *home.said != '\0')) {
            fail_msg("%s: %s", cases[index].section, home.said);
        }
        if (index == 0) {
            const struct hold_policy *policy = &home.config.holds[ORDER_HOLD_CREDIT];
            assert_true(hold_policy_lets(policy, "user:boris"));
            assert_false(hold_policy_lets(policy, "user:carla"));
            assert_false(hold_policy_lets(policy, "boris"));
            assert_int_equal(policy->blocks, HOLD_BLOCKS_BOTH);
            assert_int_equal(policy->expires_days, 14);
            policy = &home.config.holds[ORDER_HOLD_PRICE];
            assert_int_equal(policy->blocks, HOLD_BLOCKS_APPROVAL);
            policy = &home.config.holds[ORDER_HOLD_ADDRESS]; /* which has no section */
            assert_true(hold_policy_lets(policy, "user:carla"));
            assert_int_equal(policy->blocks, HOLD_BLOCKS_RELEASE);
            assert_int_equal(policy->expires_days, 0);
        }
        home_close(&home);
    }
}

/* What is said of each; "" and the hours in minutes when it is fine. */
static void
times_of_a_day_are_read_and_checked(void **state)
{
    static const struct {
        const char *times, *said;
        int count, last;
    } cases[] = {
        {"", "", 0, 0},
        {"8:00", "", 1, 8 * 60},
        {" 00:00  08:00 14:30 23:59 ", "", 4, 23 * 60 + 59},
        {"24:00", "write it like 08:00 14:00", 0, 0},
        {"08:60", "write it like 08:00 14:00", 0, 0},
        {"8:00 08:00", "each time comes after the one before", 0, 0},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        struct home home;
        char partner[400];
        home_open(&home);
        snprintf(partner, sizeof partner,
                 "partner \"blue\" { roles = customer status-times = \"%s\" }", cases[index].times);
        home_write(&home, "purser.conf", "company {\n}\n");
        home_write(&home, "partners.d/blue.conf", partner);
        assert_int_equal(home_load(&home), DONE);
        if (strstr(home.said, cases[index].said) == NULL) {
            fail_msg("not said: %s\nbut: %s", cases[index].said, home.said);
        }
        const struct day_times *times = &home.config.partners[0].status_times;
        if (cases[index].said[0] == '\0') {
            assert_int_equal(times->count, cases[index].count);
            assert_int_equal(times->at_ms[times->count == 0 ? 0 : times->count - 1],
                             cases[index].last * 60000);
        }
        home_close(&home);
    }
}

static void
working_time_is_read_and_checked(void **state)
{
    static const struct {
        const char *settings, *said;
        unsigned int days;
        int opens, closes;
    } cases[] = {
        {"", "", 31, 9 * 60, 18 * 60},
        {"working-days = {sat, sun, mon}", "", 97, 9 * 60, 18 * 60},
        {"working-days = tue working-hours = \"8:30-17:15\"", "", 2, 8 * 60 + 30, 17 * 60 + 15},
        {"working-hours = \"00:00-24:00\"", "", 31, 0, 24 * 60},
        {"working-days = {}", "working-days is an empty list: it names at least one of mon, tue", 0,
         0, 0},
        {"working-days = {mon, funday}", "working-days cannot be \"funday\"", 0, 0, 0},
        {"working-hours = {}", "working-hours takes one value, not a list of 0", 0, 0, 0},
        {"working-hours = \"09:00-09:00\"", "cannot be 09:00-09:00: that is no time", 0, 0, 0},
        {"working-hours = \"18:00-09:00\"", "over midnight are not possible", 0, 0, 0},
        {"working-hours = \"09:00-24:01\"", "write it like 09:00-18:00", 0, 0, 0},
        {"working-hours = \"09:60-18:00\"", "write it like 09:00-18:00", 0, 0, 0},
        {"working-hours = \"09:00-18:00 \"", "write it like 09:00-18:00", 0, 0, 0},
        {"working-hours = \"9-18\"", "cannot be \"9-18\": write it like", 0, 0, 0},
        {"working-hours = \"\"", "cannot be \"\": write it like", 0, 0, 0},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        struct home home;
        char company[200];
        home_open(&home);
        snprintf(company, sizeof company, "company {\n%s\n}\n", cases[index].settings);
        home_write(&home, "purser.conf", company);
        const bool is_fine = cases[index].said[0] == '\0';
        assert_int_equal(home_load(&home), is_fine ? DONE : FAILED);
        if (strstr(home.said, cases[index].said) == NULL) {
            fail_msg("not said: %s\nbut: %s", cases[index].said, home.said);
        }
        if (is_fine) {
            assert_int_equal(home.config.working_days, cases[index].days);
            assert_int_equal(home.config.working_hours.opens_ms, cases[index].opens * 60000);
            assert_int_equal(home.config.working_hours.closes_ms, cases[index].closes * 60000);
        }
        home_close(&home);
    }
}

static void
a_broken_partner_file_leaves_the_others_at_work(void **state)
{
    struct home home;
    (void)state;
    home_open(&home);
    home_write(&home, "purser.conf", "company { name = x }\n");
    home_write(&home, "partners.d/a.conf", "partner \"a\" { roles = customer }\n");
    home_write(&home, "partners.d/b.conf", "partner \"b\" { roles = {customer \n");
    home_write(&home, "partners.d/c.conf", "partner \"c\" { roles = customer format = pdf }\n");
    home_write(&home, "partners.d/d.conf", "partner \"d\" { roles = customer }\n");
    assert_int_equal(home_load(&home), DONE);
    assert_non_null(strstr(home.said, "partners.d/b.conf:"));
    assert_non_null(strstr(home.said, "partners.d/c.conf:1: format cannot be \"pdf\""));
    assert_int_equal(home.config.partner_count, 2);
    assert_int_equal(home.config.partner_broken_count, 2);
    assert_non_null(config_partner(&home.config, "a"));
    assert_non_null(config_partner(&home.config, "d"));
    home_close(&home);
}

static void
a_partner_that_the_company_needs_must_be_sound(void **state)
{
    struct home home;
    (void)state;
    home_open(&home);
    home_write(&home, "purser.conf", "company { warehouse = c }\n");
    home_write(&home, "partners.d/c.conf", "partner \"c\" { roles = customer format = pdf }\n");
    assert_int_equal(home_load(&home), FAILED);
    assert_non_null(strstr(home.said, "no usable partner \"c\""));
    home_close(&home);
}

static void
two_partners_never_share_a_folder(void **state)
{
    struct home home;
    (void)state;
    home_open(&home);
    home_write(&home, "purser.conf", "");
    home_write(&home, "partners.d/a.conf", "partner \"a\" { roles = customer }\n");
    home_write(&home, "partners.d/b.conf",
               "partner \"b\" { roles = customer mailbox \"m\" { fetch = \"inbox/a\" } }\n");
    assert_int_equal(home_load(&home), DONE);
    assert_non_null(strstr(home.said, "fetches from the same folder as \"a\""));
    assert_int_equal(home.config.partner_count, 1);
    home_close(&home);
}

/* On this machine a folder is what it is, by whatever name. */
static void
folders_are_known_by_any_name(void **state)
{
    static const struct {
        const char *mailbox, *said;
    } cases[] = {
        {"fetch = \"%s/inbox/a\"", "the same folder as \"a\""},
        {"fetch = \"inbox/../inbox/a\"", "the same folder as \"a\""},
        {"fetch = \"link\"", "the same folder as \"a\""},
        {"fetch = \"x\" deliver = \"link\"", "answers are delivered for \"b\""},
        {"fetch = \"outbox/b\"", "fetches from outbox/b, where our own files lie"},
        {"fetch = \"outbox/other/far\"", "fetches from outbox/other/far, where our own"},
        {"fetch = \"%s/outbox\"", "where our own files lie"},
        {"fetch = \"x\" deliver = \"outbox/b\"", "has answers delivered to outbox/b, where"},
        {"fetch = \"x\" after = move move-to = \".purser/done\"", "moved to .purser/done, where"},
        {"fetch = \"sftp://u@H.test/a\" deliver = \"sftp://u@h.test/b\" host-key = "
         "\"SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\" agent = yes } mailbox \"n\" { "
         "fetch = \"sftp://u@h.TEST/a\" host-key = "
         "\"SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\" agent = yes",
         "the same folder as \"b\""},
        {"fetch = \"outboxes\" deliver = \"inbox\"", ""},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        struct home home;
        char mailbox[600], partner[700];
        const char *path = strstr(cases[index].mailbox, "%s");
        home_open(&home);
        home_write(&home, "purser.conf", "");
        home_write(&home, "partners.d/a.conf", "partner \"a\" { roles = customer }\n");
        const int before =
            path == NULL ? (int)strlen(cases[index].mailbox) : (int)(path - cases[index].mailbox);
        snprintf(mailbox, sizeof mailbox, "%.*s%s%s", before, cases[index].mailbox,
                 path == NULL ? "" : home.path, path == NULL ? "" : path + 2);
        snprintf(partner, sizeof partner,
                 "partner \"b\" { roles = customer mailbox \"m\" { %s } }\n", mailbox);
        home_write(&home, "partners.d/b.conf", partner);
        assert_int_equal(mkdirat(home.folder, "inbox", 0700), 0);
        assert_int_equal(mkdirat(home.folder, "inbox/a", 0700), 0);
        assert_int_equal(mkdirat(home.folder, "outbox", 0700), 0);
        assert_int_equal(symlinkat("inbox/a", home.folder, "link"), 0);
        assert_int_equal(home_load(&home), DONE);
        if (strstr(home.said, cases[index].said) == NULL) {
            fail_msg("not said: %s\nbut: %s", cases[index].said, home.said);
        }
        assert_int_equal(home.config.partner_count, cases[index].said[0] == '\0' ? 2 : 1);
        home_close(&home);
    }
}

/* However the folder is written, and whoever delivers or moves files to it. */
static void
nobody_fetches_what_we_put_somewhere(void **state)
{
    static const struct {
        const char *mailboxes, *said;
    } cases[] = {
        {"mailbox \"m\" { fetch = \"./inbox//a/\" }", "the same folder as \"a\""},
        {"mailbox \"m\" { fetch = \"box\" deliver = \"box/\" }", "delivered for \"b\""},
        {"mailbox \"m\" { fetch = \"x\" after = move move-to = \"./x\" }",
         "the \"move-to\" folder of \"b\""},
        {"mailbox \"m\" { fetch = \"x\" } mailbox \"n\" { fetch = \"x/\" }",
         "the same folder as \"b\""},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        struct home home;
        char partner[500];
        home_open(&home);
        home_write(&home, "purser.conf", "");
        home_write(&home, "partners.d/a.conf", "partner \"a\" { roles = customer }\n");
        snprintf(partner, sizeof partner, "partner \"b\" { roles = customer %s }\n",
                 cases[index].mailboxes);
        home_write(&home, "partners.d/b.conf", partner);
        assert_int_equal(home_load(&home), DONE);
        assert_non_null(strstr(home.said, cases[index].said));
        assert_int_equal(home.config.partner_count, 1);
        home_close(&home);
    }
}

/* A zone that is none would be taken for UTC without a word. */
static void
a_time_zone_must_be_one(void **state)
{
    static const struct {
        const char *zone;
        const char *meant;
    } cases[] = {
        {"Europe", "\"Europe\": give"},
        {"Europe/Berln", "\"Europe/Berln\" (did you mean \"Europe/Berlin\"?)"},
        {"asia/shanghai", "(did you mean \"Asia/Shanghai\"?)"},
        {"Shanghai", "(did you mean \"Asia/Shanghai\"?)"},
        {"China/Shanghai", "(did you mean \"Asia/Shanghai\"?)"},
        {"right/Asia/Shanghai", "(did you mean \"Asia/Shanghai\"?)"},
        {"zone.tab", "\"zone.tab\": give an IANA name such as Europe/Berlin"},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        struct home home;
        char text[200];
        home_open(&home);
        snprintf(text, sizeof text, "company {\n  time-zone = \"%s\"\n}\n", cases[index].zone);
        home_write(&home, "purser.conf", text);
        assert_int_equal(home_load(&home), FAILED);
        assert_non_null(strstr(home.said, "purser.conf:2: this machine knows no time zone"));
        if (strstr(home.said, cases[index].meant) == NULL) {
            fail_msg("not said: %s\nbut: %s", cases[index].meant, home.said);
        }
        home_close(&home);
    }
}

static void
secrets_that_others_can_read_are_told(void **state)
{
    struct home home;
    (void)state;
    home_open(&home);
    home_write(&home, "purser.conf", "");
    home_write(&home, "key", "secret");
    home_write(&home, "partners.d/acme.conf", acme);
    assert_int_equal(fchmodat(home.folder, "key", 0644, 0), 0);
    assert_int_equal(home_load(&home), DONE);
    assert_non_null(
        strstr(home.said, "key-file key can be read by others and is not used: chmod 600 key"));
    assert_int_equal(home.config.warning_count, 1);
    home_close(&home);
}

/* Links are how tools lay out configuration and secrets. */
static void
the_configuration_may_be_links(void **state)
{
    struct home home;
    (void)state;
    home_open(&home);
    assert_int_equal(mkdirat(home.folder, "etc", 0700), 0);
    home_write(&home, "etc/company", "company { currency = CNY }");
    home_write(&home, "etc/acme", acme);
    home_write(&home, "etc/key", "secret");
    assert_int_equal(symlinkat("acme", home.folder, "etc/acme.conf"), 0);
    assert_int_equal(unlinkat(home.folder, "partners.d", AT_REMOVEDIR), 0);
    assert_int_equal(symlinkat("etc", home.folder, "partners.d"), 0);
    assert_int_equal(symlinkat("etc/company", home.folder, "purser.conf"), 0);
    assert_int_equal(symlinkat("etc/key", home.folder, "key"), 0);
    assert_int_equal(home_load(&home), DONE);
    assert_string_equal(home.said, "");
    assert_string_equal(home.config.company_currency, "CNY");
    assert_non_null(config_partner(&home.config, "acme"));
    home_close(&home);
}

static void
a_link_that_leads_nowhere_is_told(void **state)
{
    struct home home;
    (void)state;
    home_open(&home);
    home_write(&home, "purser.conf", "");
    assert_int_equal(symlinkat("nowhere", home.folder, "partners.d/lost.conf"), 0);
    assert_int_equal(symlinkat("..", home.folder, "partners.d/up.conf"), 0);
    assert_int_equal(mkfifoat(home.folder, "pipe", 0600), 0);
    assert_int_equal(symlinkat("../pipe", home.folder, "partners.d/pipe.conf"), 0);
    assert_int_equal(home_load(&home), DONE);
    assert_non_null(strstr(home.said, "partners.d/lost.conf: there is no such file"));
    assert_non_null(strstr(home.said, "partners.d/up.conf: partners.d/up.conf is not a regular"));
    assert_non_null(strstr(home.said, "partners.d/pipe.conf is not a regular"));
    assert_int_equal(home.config.partner_broken_count, 3);
    home_close(&home);
}

/* Every default is a value that its own key accepts. */
static void
the_table_is_sound(void **state)
{
    (void)state;
    for (size_t index = 0; index < config_key_count; index++) {
        const struct config_key *key = &config_keys[index];
        assert_ptr_equal(config_key_find(key->section, key->name), key);
        assert_true(message_text(key->help, LANGUAGE_EN)[0] != '\0');
        assert_true(message_text(key->help, LANGUAGE_ZH)[0] != '\0');
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_read_and_the_rest_has_defaults),
        cmocka_unit_test(thresholds_of_reports_are_kept_and_judged),
        cmocka_unit_test(every_mistake_is_told_at_once_with_its_line),
        cmocka_unit_test(holds_are_configured_by_their_kind),
        cmocka_unit_test(times_of_a_day_are_read_and_checked),
        cmocka_unit_test(working_time_is_read_and_checked),
        cmocka_unit_test(a_broken_partner_file_leaves_the_others_at_work),
        cmocka_unit_test(a_partner_that_the_company_needs_must_be_sound),
        cmocka_unit_test(two_partners_never_share_a_folder),
        cmocka_unit_test(nobody_fetches_what_we_put_somewhere),
        cmocka_unit_test(folders_are_known_by_any_name),
        cmocka_unit_test(a_time_zone_must_be_one),
        cmocka_unit_test(secrets_that_others_can_read_are_told),
        cmocka_unit_test(the_configuration_may_be_links),
        cmocka_unit_test(a_link_that_leads_nowhere_is_told),
        cmocka_unit_test(the_table_is_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
