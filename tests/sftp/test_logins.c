/* Logging in: host keys, keys of ours, an agent, passwords. */
#include "on_stage.h"

static void
an_unknown_host_key_is_refused(void **state)
{
    struct stage *stage = *state;
    static const char *pinned[] = {"SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"};
    stage_partner(stage, "acme")->host_keys = pinned;
    stage_put(stage, "acme/out/order.xml", "text");
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(stage->run.counts.mailboxes_failed, 1);
    assert_said(stage, stage->ecdsa_key);
    assert_said(stage, pinned[0]);
    assert_int_equal(landed(stage), 0);
    assert_true(stage_has(stage, "acme/out/order.xml"));
}

static void
either_kind_of_host_key_may_be_pinned(void **state)
{
    struct stage *stage = *state;
    stage_partner(stage, "acme")->host_keys = stage->pinned + 1;
    stage_put(stage, "acme/out/order.xml", "text");
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(landed(stage), 1);
}

static void
an_rsa_host_key_is_explained(void **state)
{
    struct stage *stage = *state;
    char lines[STAGE_PATH_SIZE];
    snprintf(lines, sizeof lines, "HostKey %s/host_rsa", stage->root);
    stage_serve(stage, NULL, lines);
    stage_partner(stage, "acme");
    assert_int_equal(stage_fetch(stage), DONE);
    assert_said(stage, "only an RSA host key");
}

static void
kinds_of_user_keys(void **state)
{
    struct stage *stage = *state;
    struct mailbox *mailbox = stage_partner(stage, "acme");
    static const struct {
        const char *key, *phrase, *says;
    } cases[] = {
        {"ecdsa", "", ""},
        {"locked", "phrase", ""},
        {"locked", "", "passphrase"},
        {"rsa", "", "is an RSA key"},
        {"rsapem", "", "is an RSA key"},
        {"rsalocked", "", "is an RSA key"},
        {"nothing", "", "there is no file nothing"},
        {"phrase", "", "cannot use the key file"},
    };
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        mailbox->key_file = cases[index].key;
        mailbox->passphrase_file = cases[index].phrase;
        assert_int_equal(stage_fetch(stage), DONE);
        if (cases[index].says[0] == '\0') {
            assert_string_equal(stage->said, "");
        } else {
            assert_said(stage, cases[index].says);
        }
    }
}

static void
a_key_that_the_server_does_not_know(void **state)
{
    struct stage *stage = *state;
    struct mailbox *mailbox = stage_partner(stage, "acme");
    mailbox->key_file = "other";
    assert_int_equal(stage_fetch(stage), DONE);
    assert_said(stage, "does not let user");
    assert_said(stage, "other");
}

static void
the_keys_of_an_agent(void **state)
{
    struct stage *stage = *state;
    char path[STAGE_PATH_SIZE];
    struct mailbox *mailbox = stage_partner(stage, "acme");
    assert_int_equal(stage_shell(stage,
                                 "ssh-agent -a agent > agent.env && . ./agent.env > /dev/null && "
                                 "ssh-add -q home/key"),
                     0);
    snprintf(path, sizeof path, "%s/agent", stage->root);
    setenv("SSH_AUTH_SOCK", path, 1);
    mailbox->key_file = "";
    mailbox->uses_agent = true;
    assert_int_equal(stage_fetch(stage), DONE);
    assert_string_equal(stage->said, "");
    assert_int_equal(stage_shell(stage, ". ./agent.env > /dev/null && kill $SSH_AGENT_PID"), 0);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_said(stage, "no key agent answers");
    unsetenv("SSH_AUTH_SOCK");
}

static void
a_password_from_a_file(void **state)
{
    struct stage *stage = *state;
    struct mailbox *mailbox = stage_partner(stage, "acme");
    if (getenv("PURSER_TEST_SHADOW") == NULL) {
        skip();
    }
    setenv("PURSER_TEST_PRELOAD", getenv("PURSER_TEST_SHADOW"), 1);
    stage_serve(stage, NULL, "PasswordAuthentication yes");
    unsetenv("PURSER_TEST_PRELOAD");
    stage_put(stage, "home/password", "correct horse\n");
    assert_int_equal(stage_shell(stage, "chmod 600 home/password"), 0);
    mailbox->key_file = "";
    mailbox->password_file = "password";
    assert_int_equal(stage_fetch(stage), DONE);
    assert_string_equal(stage->said, "");
    stage_put(stage, "home/password", "wrong horse\n");
    assert_int_equal(stage_fetch(stage), DONE);
    assert_said(stage, "does not let user");
    assert_null(strstr(stage->said, "wrong horse"));
    stage_put(stage, "home/password", "correct horse\n");
    assert_int_equal(stage_shell(stage, "chmod 640 home/password"), 0);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_said(stage, "password can be read by others and is not used: chmod 600 password");
}

static void
a_key_that_others_can_read_is_not_used(void **state)
{
    struct stage *stage = *state;
    struct mailbox *mailbox = stage_partner(stage, "acme");
    stage_put(stage, "acme/out/order.xml", "text");
    assert_int_equal(stage_shell(stage, "chmod 640 home/key && chmod 604 home/phrase"), 0);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_said(stage, "acme/box: key can be read by others and is not used: chmod 600 key");
    assert_int_equal(stage->run.counts.mailboxes_failed, 1);
    mailbox->key_file = "locked";
    mailbox->passphrase_file = "phrase";
    assert_int_equal(stage_fetch(stage), DONE);
    assert_said(stage, "phrase can be read by others and is not used: chmod 600 phrase");
    assert_int_equal(landed(stage), 0);
    assert_int_equal(stage_shell(stage, "chmod 600 home/key home/phrase"), 0);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_int_equal(landed(stage), 1);
}

/* As container systems lay out secrets: a link to a folder that is changed as a whole. */
static void
secrets_may_be_links(void **state)
{
    struct stage *stage = *state;
    struct mailbox *mailbox = stage_partner(stage, "acme");
    mailbox->key_file = "secrets/locked";
    mailbox->passphrase_file = "secrets/phrase";
    stage_put(stage, "acme/out/order.xml", "text");
    assert_int_equal(
        stage_shell(stage, "cd home && mkdir -p secrets/..2026 && mv locked phrase secrets/..2026/ "
                           "&& cd secrets && ln -s ..2026 ..data && ln -s ..data/locked locked && "
                           "ln -s ..data/phrase phrase"),
        0);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_string_equal(stage->said, "");
    assert_int_equal(landed(stage), 1);
    assert_int_equal(stage_shell(stage, "chmod 644 home/secrets/..2026/locked"), 0);
    assert_int_equal(stage_fetch(stage), DONE);
    assert_said(stage, "secrets/locked can be read by others");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STAGE(an_unknown_host_key_is_refused),
        ON_STAGE(either_kind_of_host_key_may_be_pinned),
        ON_STAGE(an_rsa_host_key_is_explained),
        ON_STAGE(kinds_of_user_keys),
        ON_STAGE(a_key_that_the_server_does_not_know),
        ON_STAGE(the_keys_of_an_agent),
        ON_STAGE(a_password_from_a_file),
        ON_STAGE(a_key_that_others_can_read_is_not_used),
        ON_STAGE(secrets_may_be_links),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
