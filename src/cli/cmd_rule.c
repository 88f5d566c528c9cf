/* purser rule confirm, reject -- master data that a person must look at before they are in force.
 */
#include "cli/command.h"
#include "cli/find.h"

#include "desk/desk.h"
#include "store/store_hold.h"
#include "writers/finding_report.h"

#include <string.h>

/* The file that waits, else any file of that name, so that its state can be said. */
static enum outcome
find_held(struct cli *cli, int64_t *interchange_id, struct fault *why)
{
    const char *operand = cli->operands[0];
    const char *slash = strchr(operand, '/');
    if (slash != NULL) {
        const char *partner = arena_copy_bytes(&cli->arena, operand, (size_t)(slash - operand));
        const enum outcome outcome =
            hold_find_file(cli->store, partner, slash + 1, interchange_id, why);
        if (outcome != NONE) {
            return outcome;
        }
    }
    return find_file(cli, interchange_id, why);
}

static void
show(struct cli *cli, bool is_done, bool confirms, const struct findings *findings)
{
    const struct finding_report report = {.name = cli->operands[0], .findings = findings};
    if (cli->wants_json) {
        struct json json;
        cli_json_begin(cli, &json, "rule.decide");
        json_object(&json, "data");
        json_text(&json, "file", cli->operands[0]);
        json_text(&json, "verdict", confirms ? "confirm" : "reject");
        json_bool(&json, "done", is_done);
        finding_report_list_json(&report, cli->language, &json);
        json_end(&json);
        cli_json_end(cli, &json);
        return;
    }
    finding_report_list(&report, cli->language, cli_has_colour(cli), &cli->out);
    if (is_done && !option_given(cli, OPTION_QUIET)) {
        cli_say_with(cli, confirms ? M_RULE_CONFIRMED : M_RULE_REJECTED, cli->operands[0]);
    }
}

static enum outcome
decide(struct cli *cli, bool confirms, struct fault *why)
{
    OWNED(findings) findings;
    struct run run = {0};
    int64_t interchange_id = 0;
    const char *reason = "";
    findings_init(&findings);
    TRY(option_reason(cli, !confirms, &reason, why));
    TRY(find_held(cli, &interchange_id, why));
    run.config = &cli->config;
    run.language = cli->language;
    run.store = cli->store;
    run.log = &cli->log;
    run.home = cli->home;
    run.state = cli->state;
    run.as_of_ms = cli->as_of_ms;
    const enum outcome outcome =
        desk_confirm(&run, interchange_id, confirms, cli_actor(cli), reason, &findings, why);
    if (outcome != NONE) {
        TRY(outcome);
    }
    show(cli, outcome == DONE, confirms, &findings);
    cli->exit_code = outcome == DONE ? 0 : 3;
    return DONE;
}

enum outcome
cmd_rule_confirm(struct cli *cli, struct fault *why)
{
    return decide(cli, true, why);
}

enum outcome
cmd_rule_reject(struct cli *cli, struct fault *why)
{
    return decide(cli, false, why);
}
