/* The trace: the formula's own text, with each name followed by its value, and what was told
 * before replaced by its value. */
#include "rules/formula_parts.h"

#include "base/fault.h"
#include "base/text.h"

#include <string.h>

enum { VALUE_SHOWN_MAX = 40, TOLD_ROOM_MAX = 2 * FORMULA_TOLD_MAX + FORMULA_BYTES_MAX };

struct telling {
    const struct formula_evaluation *evaluation;
    size_t told_count; /* of the steps */
    struct arena *arena;
    struct buf buf;
};

/* Nothing is added once there is enough, so that the buffer is bounded. */
static void
tell(struct telling *telling, const char *text)
{
    if (telling->buf.size <= FORMULA_TOLD_MAX) {
        buf_text(&telling->buf, text);
    }
}

/* A stretch of the formula, blanks and line ends as single blanks. */
static void
tell_span(struct telling *telling, size_t start, size_t end)
{
    const char *text = telling->evaluation->formula->text;
    for (size_t at = start; at < end && telling->buf.size <= FORMULA_TOLD_MAX; at++) {
        const bool is_blank = strchr(" \t\r\n", text[at]) != NULL;
        const bool is_after_blank =
            telling->buf.size > 0 && telling->buf.bytes[telling->buf.size - 1] == ' ';
        if (!is_blank) {
            buf_char(&telling->buf, text[at]);
        } else if (!is_after_blank) {
            buf_char(&telling->buf, ' ');
        }
    }
}

static void
tell_value(struct telling *telling, const struct formula_value *value, bool is_money)
{
    char text[PICOS_TEXT_SIZE];
    if (value->type == FORMULA_NUMBER) {
        tell(telling, picos_format(text, value->picos, is_money));
    } else if (value->type == FORMULA_TRUTH) {
        tell(telling, value->truth ? "true" : "false");
    } else {
        tell(telling, "\"");
        tell(telling, text_show(telling->arena, value->text, strlen(value->text), VALUE_SHOWN_MAX));
        tell(telling, "\"");
    }
}

static void
tell_name(struct telling *telling, const struct formula_node *node)
{
    const struct formula_evaluation *evaluation = telling->evaluation;
    const struct formula_name *name = &evaluation->formula->names->items[node->name];
    tell(telling, name->name);
    for (size_t index = 0; index < evaluation->used_count; index++) {
        if (evaluation->used[index].name == (size_t)node->name) {
            tell(telling, " ");
            tell_value(telling, &evaluation->used[index].value, false);
            if (name->type == FORMULA_NUMBER && name->unit[0] != '\0') {
                tell(telling, " ");
                tell(telling, name->unit);
            }
        }
    }
}

static const struct formula_value *
told_before(const struct telling *telling, const struct formula_node *node)
{
    for (size_t index = 0; index < telling->told_count; index++) {
        if (telling->evaluation->steps[index].node == node) {
            return &telling->evaluation->steps[index].value;
        }
    }
    return NULL;
}

static void
tell_node(struct telling *telling, const struct formula_node *node)
{
    const struct formula_value *value = told_before(telling, node);
    if (value != NULL) {
        tell_value(telling, value, true);
        return;
    }
    if (node->kind == NODE_NAME) {
        tell_name(telling, node);
        return;
    }
    size_t at = node->span.start;
    for (const struct formula_node *part = node->first; part != NULL; part = part->next) {
        tell_span(telling, at, part->span.start);
        tell_node(telling, part);
        at = part->span.end;
    }
    tell_span(telling, at, node->span.end);
}

const char *
formula_tell(const struct formula_evaluation *evaluation, struct arena *arena)
{
    struct telling telling = {.evaluation = evaluation, .arena = arena};
    buf_init(&telling.buf, TOLD_ROOM_MAX);
    for (size_t index = 0; index < evaluation->step_count; index++) {
        const struct formula_step *step = &evaluation->steps[index];
        telling.told_count = index;
        tell(&telling, index == 0 ? "" : "; ");
        tell_node(&telling, step->node);
        tell(&telling, " = ");
        tell_value(&telling, &step->value, true);
    }
    const char *told = text_show(arena, telling.buf.size == 0 ? "" : telling.buf.bytes,
                                 telling.buf.size, FORMULA_TOLD_MAX);
    buf_close(&telling.buf);
    return told;
}
