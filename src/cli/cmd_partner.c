/* purser partner list, show, test. */
#include "cli/command.h"
#include "cli/find.h"
#include "cli/table.h"
#include "store/store_view.h"

#include "courier/courier.h"

#include <string.h>

static const struct {
    enum role role;
    const char *name;
} roles[] = {
    {ROLE_CUSTOMER, "customer"}, {ROLE_WAREHOUSE, "warehouse"}, {ROLE_FINANCE, "finance"},
    {ROLE_APPROVER, "approver"}, {ROLE_CARRIER, "carrier"},     {ROLE_PLANT, "plant"},
};

static const char *
roles_text(struct cli *cli, unsigned int bits)
{
    const char *text = "";
    for (size_t index = 0; index < sizeof roles / sizeof roles[0]; index++) {
        if ((bits & roles[index].role) != 0) {
            text = arena_format(&cli->arena, "%s%s%s", text, text[0] == '\0' ? "" : ",",
                                cli->wants_json ? roles[index].name
                                                : cli_word(cli, roles[index].name));
        }
    }
    return text;
}

/* sftp://user@host:port/path as it was written, or the folder. */
static const char *
place_text(struct cli *cli, const struct mailbox *mailbox, const char *path)
{
    if (path[0] == '\0') {
        return "-";
    }
    return mailbox->kind == MAILBOX_FOLDER
               ? path
               : arena_format(&cli->arena, "sftp://%s@%s:%d%s%s", mailbox->user, mailbox->host,
                              mailbox->port, path[0] == '/' ? "" : "/~/", path);
}

static const char *
fetch_text(struct cli *cli, const struct partner *partner)
{
    const char *text = "";
    for (size_t index = 0; index < partner->mailbox_count; index++) {
        const struct mailbox *mailbox = &partner->mailboxes[index];
        if (mailbox->fetch_path[0] != '\0') {
            text = arena_format(&cli->arena, "%s%s%s", text, text[0] == '\0' ? "" : " ",
                                place_text(cli, mailbox, mailbox->fetch_path));
        }
    }
    return text;
}

static const char *
deliver_text(struct cli *cli, const struct partner *partner)
{
    for (size_t index = 0; index < partner->mailbox_count; index++) {
        const struct mailbox *mailbox = &partner->mailboxes[index];
        if (mailbox->deliver_path[0] != '\0') {
            return place_text(cli, mailbox, mailbox->deliver_path);
        }
    }
    return arena_format(&cli->arena, "outbox/%s", partner->id);
}

static void
partner_json(struct cli *cli, struct json *json, const struct partner *partner)
{
    static const char *const acceptances[] = {"per-order", "all-or-nothing", "test"};
    json_text(json, "id", partner->id);
    json_text(json, "name", partner->name);
    json_text(json, "roles", roles_text(cli, partner->roles));
    json_text(json, "language", language_names[partner->language]);
    json_text(json, "format", file_format_names[partner->format]);
    json_text(json, "acceptance", acceptances[partner->acceptance]);
    json_text(json, "encoding", partner->encoding);
    json_text(json, "file", partner->file);
    json_array(json, "mailboxes");
    for (size_t index = 0; index < partner->mailbox_count; index++) {
        const struct mailbox *mailbox = &partner->mailboxes[index];
        json_object(json, NULL);
        json_text(json, "name", mailbox->name);
        json_text(json, "fetch", place_text(cli, mailbox, mailbox->fetch_path));
        json_text(json, "deliver", place_text(cli, mailbox, mailbox->deliver_path));
        json_end(json);
    }
    json_end(json);
}

enum outcome
cmd_partner_list(struct cli *cli, struct fault *why)
{
    static const enum message titles[] = {M_COLUMN_PARTNER, M_COLUMN_NAME,  M_COLUMN_ROLE,
                                          M_COLUMN_FORMAT,  M_COLUMN_FETCH, M_COLUMN_DELIVER};
    struct table table;
    struct json json;
    (void)why;
    if (cli->wants_json) {
        cli_json_begin(cli, &json, "partner.list");
        json_object(&json, "data");
        json_array(&json, "partners");
    }
    table_init(&table, cli, "llllll", titles);
    for (size_t index = 0; index < cli->config.partner_count; index++) {
        const struct partner *partner = &cli->config.partners[index];
        if (!cli->wants_json) {
            table_add(&table, partner->id, partner->name, roles_text(cli, partner->roles),
                      file_format_names[partner->format], fetch_text(cli, partner),
                      deliver_text(cli, partner));
            continue;
        }
        json_object(&json, NULL);
        partner_json(cli, &json, partner);
        json_end(&json);
    }
    if (cli->wants_json) {
        json_end(&json);
        json_end(&json);
        cli_json_end(cli, &json);
    } else if (cli->config.partner_count == 0) {
        cli_say(cli, M_PARTNER_NONE);
    } else {
        table_show(&table, cli);
    }
    return DONE;
}

struct tally {
    int64_t count;
    int64_t last_ms;
};

static enum outcome
tally_of(struct cli *cli, enum statement statement, const char *partner, struct tally *tally,
         struct fault *why)
{
    OWNED(rows) rows = {0};
    if (cli->store == NULL) {
        return DONE;
    }
    TRY(store_query(cli->store, statement, &rows, why, TEXT(partner)));
    TRY(rows_next(&rows, why));
    tally->count = rows_integer(&rows, 0);
    tally->last_ms = rows_integer(&rows, 1);
    return DONE;
}

enum outcome
cmd_partner_show(struct cli *cli, struct fault *why)
{
    const struct partner *partner;
    struct tally files = {0, 0};
    struct tally orders = {0, 0};
    TRY(find_partner(cli, cli->operands[0], &partner, why));
    TRY(tally_of(cli, SQL_view_partner_files, partner->id, &files, why));
    TRY(tally_of(cli, SQL_view_partner_orders, partner->id, &orders, why));
    if (cli->wants_json) {
        struct json json;
        cli_json_begin(cli, &json, "partner.show");
        json_object(&json, "data");
        partner_json(cli, &json, partner);
        json_integer(&json, "files", files.count);
        json_moment(&json, "last_file", files.last_ms);
        json_integer(&json, "orders", orders.count);
        json_moment(&json, "last_order", orders.last_ms);
        json_end(&json);
        cli_json_end(cli, &json);
        return DONE;
    }
    cli_say_with(cli, M_PARTNER_HEAD, partner->id, partner->name, roles_text(cli, partner->roles),
                 partner->file);
    cli_say_with(cli, M_PARTNER_PLACES, fetch_text(cli, partner), deliver_text(cli, partner));
    cli_say_with(cli, M_PARTNER_TALLY, cli_integer(cli, files.count), cli_time(cli, files.last_ms),
                 cli_integer(cli, orders.count), cli_time(cli, orders.last_ms));
    return DONE;
}

/* One line per mailbox; the command fails as a temporary fault when one cannot be used. */
enum outcome
cmd_partner_test(struct cli *cli, struct fault *why)
{
    const struct partner *partner;
    struct json json;
    size_t failed = 0;
    TRY(find_partner(cli, cli->operands[0], &partner, why));
    if (cli->wants_json) {
        cli_json_begin(cli, &json, "partner.test");
        json_array(&json, "data");
    }
    for (size_t index = 0; index < partner->mailbox_count; index++) {
        char sentence[500] = "";
        struct fault trouble = {0};
        const struct mailbox *mailbox = &partner->mailboxes[index];
        const enum outcome outcome = courier_test(&cli->config, partner, mailbox, cli->home,
                                                  sentence, sizeof sentence, &trouble);
        failed += outcome != DONE;
        const char *text = sentence[0] != '\0' ? sentence : trouble.text;
        if (cli->wants_json) {
            json_object(&json, NULL);
            json_text(&json, "mailbox", mailbox->name);
            json_bool(&json, "works", outcome == DONE);
            json_text(&json, "text", text);
            json_end(&json);
        } else {
            cli_say_with(cli, outcome == DONE ? M_DOCTOR_GOOD : M_DOCTOR_WARN,
                         arena_format(&cli->arena, "%s/%s: %s", partner->id, mailbox->name, text));
        }
    }
    if (cli->wants_json) {
        json_end(&json);
        cli_json_end(cli, &json);
        TRY(cli_flush(cli, why));
    }
    return failed == 0 ? DONE
                       : fail_as(why, FAULT_TEMPORARY, "%zu of %zu mailboxes cannot be used",
                                 failed, partner->mailbox_count);
}
