/* purser verify -- nothing lost, nothing twice; --dump prints the whole story by natural keys. */
#include "batch.h"
#include "cli/command.h"

#include "base/file.h"
#include "desk/verify.h"
#include "store/store_verify.h"

#include <stdio.h>

/* A run must not change what is being looked at. */
static enum outcome
hold(struct cli *cli, struct fault *why)
{
    TRY(file_open_folder(cli->home, ".purser", &cli->state, why));
    return batch_lock(cli->state, cli->started_ms, &cli->lock, why);
}

static void
show_problems(struct cli *cli, const struct verify_report *report)
{
    struct json json;
    if (cli->wants_json) {
        cli_json_begin(cli, &json, "verify");
        json_object(&json, "data");
        json_integer(&json, "problems", (int64_t)report->total);
        json_array(&json, "list");
    }
    for (size_t index = 0; index < report->count; index++) {
        const struct verify_problem *problem = &report->items[index];
        const char *sentence = verify_sentence(problem, cli->language, &cli->arena);
        const char *code = message_entry(problem->code)->id;
        if (!cli->wants_json) {
            buf_format(&cli->out, "%s [%s]\n", sentence, code);
            continue;
        }
        json_object(&json, NULL);
        json_text(&json, "code", code);
        json_text(&json, "text", sentence);
        json_end(&json);
    }
    if (cli->wants_json) {
        json_end(&json);
        json_end(&json);
        cli_json_end(cli, &json);
    } else if (report->total == 0 && !option_given(cli, OPTION_QUIET)) {
        cli_say(cli, M_VERIFY_FINE);
    }
}

static enum outcome
verify(struct cli *cli, struct verify_report *report, struct fault *why)
{
    struct run run = {0};
    run.config = &cli->config;
    run.language = cli->language;
    run.store = cli->store;
    run.log = &cli->log;
    run.home = cli->home;
    run.state = cli->state;
    run.as_of_ms = cli->as_of_ms;
    TRY(verify_work(&run, report, why));
    show_problems(cli, report);
    cli->exit_code = report->total == 0 ? 0 : FAULT_STORE;
    return DONE;
}

enum outcome
cmd_verify(struct cli *cli, struct fault *why)
{
    OWNED(verify_report) report;
    verify_report_init(&report);
    if (cli->store == NULL) {
        show_problems(cli, &report);
        return DONE;
    }
    TRY(hold(cli, why));
    if (option_given(cli, OPTION_DUMP)) {
        FILE *dump;
        TRY(cli_overflow(cli, &dump, why));
        return verify_dump(cli->store, dump, why);
    }
    return verify(cli, &report, why);
}
