#include "cli/amend_promises.h"

#include "base/date.h"

enum { OTHERS_SHOWN_MAX = 20 };

static void
put_shift(struct json *json, const struct promise_shift *shift)
{
    json_object(json, NULL);
    json_text(json, "partner", shift->partner);
    json_text(json, "order", shift->order_number);
    json_text(json, "line", shift->line);
    json_text(json, "sku", shift->sku);
    json_day(json, "before", shift->before);
    json_day(json, "after", shift->after);
    json_text(json, "move", promise_move_names[shift->move]);
    json_end(json);
}

static void
put_shifts(struct json *json, const char *name, const struct promise_shift *shifts, size_t count)
{
    json_array(json, name);
    for (size_t index = 0; index < count; index++) {
        put_shift(json, &shifts[index]);
    }
    json_end(json);
}

void
amend_promises_json(struct json *json, const struct change_promises *promises)
{
    json_object(json, "promises");
    json_bool(json, "planned", promises->is_planned);
    put_shifts(json, "lines", promises->lines, promises->line_count);
    put_shifts(json, "others", promises->others, promises->other_count);
    json_end(json);
}

static const char *
day_text(struct cli *cli, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    return day == DAY_NONE ? cli_text(cli, M_AMEND_NO_DAY)
                           : arena_copy(&cli->arena, day_format(text, day));
}

static void
show_shift(struct cli *cli, const struct promise_shift *shift, const char *of)
{
    const bool joins = shift->move == PROMISE_JOINS;
    const bool drops = shift->move == PROMISE_DROPS;
    cli_say_with(cli, M_AMEND_PROMISE, of, shift->line, shift->sku,
                 joins ? cli_text(cli, M_AMEND_NOT_AT_ALL) : day_text(cli, shift->before),
                 drops ? cli_text(cli, M_AMEND_NOT_AT_ALL) : day_text(cli, shift->after),
                 cli_word(cli, promise_move_names[shift->move]));
}

void
amend_promises_show(struct cli *cli, const struct change_promises *promises)
{
    if (!promises->is_planned) {
        return; /* there are no days to tell of */
    }
    for (size_t index = 0; index < promises->line_count; index++) {
        show_shift(cli, &promises->lines[index], cli_text(cli, M_AMEND_THIS_ORDER));
    }
    if (promises->other_count == 0) {
        cli_say(cli, M_AMEND_NO_OTHERS);
    }
    for (size_t index = 0; index < promises->other_count && index < OTHERS_SHOWN_MAX; index++) {
        const struct promise_shift *shift = &promises->others[index];
        show_shift(cli, shift,
                   arena_format(&cli->arena, "%s/%s", shift->partner, shift->order_number));
    }
    if (promises->other_count > OTHERS_SHOWN_MAX) {
        cli_say_with(cli, M_AMEND_MORE_OTHERS,
                     cli_integer(cli, (int64_t)promises->other_count - OTHERS_SHOWN_MAX));
    }
}
