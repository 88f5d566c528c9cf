/* purser run -- what cron starts. */
#include "batch.h"
#include "cli/command.h"
#include "cli/dry_run.h"

#include "base/text.h"

#include <string.h>

/* The stations of --only, as bits. */
static enum outcome
choose_stations(struct cli *cli, unsigned int *chosen, struct fault *why)
{
    unsigned int bits = 0;
    char *rest = NULL;
    if (!option_given(cli, OPTION_ONLY)) {
        *chosen = ~0U;
        return DONE;
    }
    char *list = arena_copy(&cli->arena, cli->values[OPTION_ONLY]);
    for (char *name = strtok_r(list, ",", &rest); name != NULL; name = strtok_r(NULL, ",", &rest)) {
        const struct station *station = batch_station(name);
        if (station == NULL) {
            return fail_as(why, FAULT_USAGE,
                           "there is no station \"%s\"; they are recover, fetch, intake, desk, "
                           "report, track, write, deliver",
                           name);
        }
        bits |= 1U << (station - batch_stations);
    }
    *chosen = bits;
    return DONE;
}

static void
show_result(struct cli *cli, const struct run *run, int exit_code)
{
    if (cli->wants_json) {
        struct json json;
        cli_json_begin(cli, &json, "run");
        json_object(&json, "data");
        json_moment(&json, "as_of", run->as_of_ms);
        json_integer(&json, "exit_code", exit_code);
        batch_counts_json(&run->counts, &json, "counts");
        json_end(&json);
        cli_json_end(cli, &json);
        return;
    }
    log_write(&cli->log, LOG_NOTE, "%s", batch_summary(&run->counts, cli->language, &cli->arena));
}

enum outcome
cmd_run(struct cli *cli, struct fault *why)
{
    unsigned int chosen = 0;
    TRY(choose_stations(cli, &chosen, why));
    if (option_given(cli, OPTION_DRY_RUN)) {
        return dry_run(cli, chosen, why);
    }
    struct run run = {0};
    run.stop_signal = batch_watch_signals();
    TRY(cli_lock(cli, why));
    run.config = &cli->config;
    run.language = cli->language;
    run.store = cli->store;
    run.log = &cli->log;
    run.home = cli->home;
    run.state = cli->state;
    run.as_of_ms = cli->as_of_ms;
    const enum outcome outcome = batch_work(&run, chosen, cli->started_ms, why);
    cli->exit_code = outcome == DONE ? batch_exit_code(&run) : (int)why->kind;
    show_result(cli, &run, cli->exit_code);
    return outcome;
}
