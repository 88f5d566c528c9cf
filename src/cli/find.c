#include "cli/find.h"

#include "base/text.h"
#include "store/store_view.h"

#include <string.h>

static enum outcome
look(struct cli *cli, const char *partner, const char *number, const char *line,
     struct found_order *found, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(view_find_order(cli->store, partner, number, &found->id, why));
    TRY(store_query(cli->store, SQL_view_order_head, &rows, why, INTEGER(found->id)));
    TRY(rows_next(&rows, why));
    found->partner = rows_copy(&rows, 0, &cli->arena);
    found->number = rows_copy(&rows, 1, &cli->arena);
    found->line = line;
    return DONE;
}

/* Numbers may hold a slash themselves, so the longest reading is tried first. */
static enum outcome
try_readings(struct cli *cli, const char *operand, bool takes_line, struct found_order *found,
             struct fault *why)
{
    const char *slash = strchr(operand, '/');
    if (slash == NULL) {
        return look(cli, "", operand, "", found, why);
    }
    const char *partner = arena_copy_bytes(&cli->arena, operand, (size_t)(slash - operand));
    const enum outcome outcome = look(cli, partner, slash + 1, "", found, why);
    const char *last = strrchr(operand, '/');
    if (outcome != NONE || !takes_line) {
        return outcome;
    }
    const char *front = last == slash
                            ? partner
                            : arena_copy_bytes(&cli->arena, slash + 1, (size_t)(last - slash - 1));
    return look(cli, last == slash ? "" : partner, front, last + 1, found, why);
}

static enum outcome
find(struct cli *cli, int at, bool takes_line, struct found_order *found, struct fault *why)
{
    const enum outcome outcome =
        cli->store == NULL ? NONE : try_readings(cli, cli->operands[at], takes_line, found, why);
    return outcome != NONE
               ? outcome
               : fail_as(why, FAULT_NOT_FOUND,
                         "there is no order %s; `purser order list` shows them as PARTNER/NUMBER",
                         cli->operands[at]);
}

enum outcome
find_order(struct cli *cli, bool takes_line, struct found_order *found, struct fault *why)
{
    return find(cli, 0, takes_line, found, why);
}

enum outcome
find_order_at(struct cli *cli, int at, struct found_order *found, struct fault *why)
{
    return find(cli, at, false, found, why);
}

enum outcome
find_file(struct cli *cli, int64_t *interchange_id, struct fault *why)
{
    const char *operand = cli->operands[0];
    const char *slash = strchr(operand, '/');
    enum outcome outcome = NONE;
    if (slash == NULL) {
        return fail_as(
            why, FAULT_USAGE,
            "say PARTNER/FILE (or PARTNER/ and the beginning of its SHA-256), not \"%s\"", operand);
    }
    if (cli->store != NULL) {
        const char *partner = arena_copy_bytes(&cli->arena, operand, (size_t)(slash - operand));
        outcome = view_find_file(cli->store, partner, slash + 1, interchange_id, why);
    }
    return outcome != NONE
               ? outcome
               : fail_as(why, FAULT_NOT_FOUND,
                         "there is no file %s; `purser file list` shows them as PARTNER/FILE",
                         operand);
}

enum outcome
find_partner(struct cli *cli, const char *id, const struct partner **partner, struct fault *why)
{
    enum { DISTANCE_MAX = 2 };
    const char *nearest = NULL;
    *partner = config_partner(&cli->config, id);
    if (*partner != NULL) {
        return DONE;
    }
    for (size_t index = 0; index < cli->config.partner_count; index++) {
        if (text_distance(id, cli->config.partners[index].id, DISTANCE_MAX) <= DISTANCE_MAX) {
            nearest = cli->config.partners[index].id;
        }
    }
    return fail_as(why, FAULT_NOT_FOUND, "there is no partner \"%s\"; %s%s%s", id,
                   nearest == NULL ? "`purser partner list` shows them" : "did you mean \"",
                   nearest == NULL ? "" : nearest, nearest == NULL ? "" : "\"?");
}
