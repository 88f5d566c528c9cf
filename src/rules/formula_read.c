/* Recursive descent, a function a rule of the grammar.  Each returns NULL once something cannot be
 * read, and all above return too: of these mistakes there is one.  Unknown names are told on the
 * way. */
#include "rules/formula_parts.h"

#include "base/text.h"

#include <string.h>

enum { NEAREST_DISTANCE_MAX = 3, NEAREST_LENGTH_MAX = 64 };

struct reader {
    const struct formula_text *text;
    const struct formula_names *names;
    enum formula_token token;
    struct formula_span span; /* of the token */
    size_t at;                /* behind it */
    size_t read_end;          /* of the token before it */
    int depth;
    int steps;
};

static struct formula_node *read_or(struct reader *reader);

static struct formula_node *
give_up(struct reader *reader, enum formula_code code, const char *expected)
{
    formula_mistake_add(reader->text, code, reader->span, expected);
    return NULL;
}

static bool
advance(struct reader *reader)
{
    reader->read_end = reader->span.end;
    return formula_token_next(reader->text, &reader->at, &reader->token, &reader->span);
}

/* Step over a symbol that must stand here. */
static bool
pass(struct reader *reader, enum formula_token token, const char *expected)
{
    if (reader->token != token) {
        give_up(reader, FORMULA_SYMBOL_EXPECTED, expected);
        return false;
    }
    return advance(reader);
}

static bool
enter(struct reader *reader)
{
    if (++reader->depth > FORMULA_DEPTH_MAX) {
        give_up(reader, FORMULA_TOO_DEEP,
                arena_format(reader->text->arena, "%d", FORMULA_DEPTH_MAX));
        return false;
    }
    return true;
}

/* A node that begins at the token of now. */
static struct formula_node *
node_new(struct reader *reader, enum formula_kind kind)
{
    if (++reader->steps > FORMULA_STEPS_MAX) {
        return give_up(reader, FORMULA_TOO_MANY_STEPS,
                       arena_format(reader->text->arena, "%d", FORMULA_STEPS_MAX));
    }
    struct formula_node *node = arena_new(reader->text->arena, struct formula_node);
    node->kind = kind;
    node->span = reader->span;
    return node;
}

/* A node that began before its first operand was read, perhaps with a bracket. */
static struct formula_node *
node_around(struct reader *reader, enum formula_kind kind, size_t start, struct formula_node *first)
{
    struct formula_node *node = node_new(reader, kind);
    if (node != NULL) {
        node->first = first;
        node->span.start = start;
    }
    return node;
}

static const char *
token_text(const struct reader *reader, size_t cut)
{
    return arena_copy_bytes(reader->text->arena, reader->text->bytes + reader->span.start + cut,
                            reader->span.end - reader->span.start - 2 * cut);
}

/* Keep *nearest as the nearest of the names offered to it one after the other. */
static void
offer(struct arena *arena, const char *folded, const char *name, size_t *distance,
      const char **nearest)
{
    if (strlen(name) <= NEAREST_LENGTH_MAX) {
        const size_t here = text_distance(folded, text_fold(arena, name), NEAREST_DISTANCE_MAX);
        if (here < *distance && here < strlen(name)) {
            *distance = here;
            *nearest = name;
        }
    }
}

static int
find_name(struct reader *reader, const char *wanted)
{
    for (size_t index = 0; index < reader->names->count; index++) {
        if (strcmp(reader->names->items[index].name, wanted) == 0) {
            return (int)index;
        }
    }
    struct formula_mistake *mistake =
        formula_mistake_add(reader->text, FORMULA_UNKNOWN_NAME, reader->span, "");
    if (mistake != NULL && strlen(wanted) <= NEAREST_LENGTH_MAX) {
        const char *folded = text_fold(reader->text->arena, wanted);
        size_t distance = NEAREST_DISTANCE_MAX + 1;
        for (size_t index = 0; index < reader->names->count; index++) {
            offer(reader->text->arena, folded, reader->names->items[index].name, &distance,
                  &mistake->nearest);
        }
    }
    return NAME_UNKNOWN;
}

static const struct formula_function *
find_function(struct reader *reader, struct formula_span span, const char *wanted)
{
    for (size_t index = 0; index < FORMULA_FUNCTION_COUNT; index++) {
        if (strcmp(formula_functions[index].name, wanted) == 0) {
            return &formula_functions[index];
        }
    }
    struct formula_mistake *mistake =
        formula_mistake_add(reader->text, FORMULA_UNKNOWN_FUNCTION, span, "");
    if (mistake != NULL && strlen(wanted) <= NEAREST_LENGTH_MAX) {
        const char *folded = text_fold(reader->text->arena, wanted);
        size_t distance = NEAREST_DISTANCE_MAX + 1;
        for (size_t index = 0; index < FORMULA_FUNCTION_COUNT; index++) {
            offer(reader->text->arena, folded, formula_functions[index].name, &distance,
                  &mistake->nearest);
        }
    }
    return NULL;
}

static struct formula_node *
read_number(struct reader *reader)
{
    struct formula_node *node = node_new(reader, NODE_NUMBER);
    if (node == NULL) {
        return NULL;
    }
    switch (picos_parse(reader->text->bytes + reader->span.start,
                        reader->span.end - reader->span.start, &node->picos)) {
    case DECIMAL_FINE: return advance(reader) ? node : NULL;
    case DECIMAL_TOO_LARGE: return give_up(reader, FORMULA_NUMBER_SIZE, "");
    case DECIMAL_TOO_PRECISE:
        return give_up(reader, FORMULA_NUMBER_PRECISION,
                       arena_format(reader->text->arena, "%d", PICOS_PLACES));
    case DECIMAL_NOT_A_NUMBER: break;
    }
    return give_up(reader, FORMULA_NUMBER_FORM, "");
}

static struct formula_node *
read_literal(struct reader *reader, enum formula_kind kind)
{
    struct formula_node *node = node_new(reader, kind);
    if (node == NULL) {
        return NULL;
    }
    if (kind == NODE_TEXT) {
        node->text = token_text(reader, 1);
    } else {
        node->truth = reader->token == TOKEN_TRUE;
    }
    return advance(reader) ? node : NULL;
}

static struct formula_node *
read_name(struct reader *reader, size_t cut)
{
    struct formula_node *node = node_new(reader, NODE_NAME);
    if (node == NULL) {
        return NULL;
    }
    node->name = find_name(reader, token_text(reader, cut));
    return advance(reader) ? node : NULL;
}

/* An argument; one that is followed by a colon was a break, and its value follows. */
static struct formula_node *
read_argument(struct reader *reader, bool takes_breaks)
{
    struct formula_node *argument = read_or(reader);
    if (argument == NULL || reader->token != TOKEN_COLON) {
        return argument;
    }
    if (!takes_breaks) {
        return give_up(reader, FORMULA_SYMBOL_EXPECTED, ", )");
    }
    if (argument->kind != NODE_NUMBER) {
        formula_mistake_add(reader->text, FORMULA_LITERAL_EXPECTED, argument->span, "number");
        return NULL;
    }
    argument->kind = NODE_BREAK;
    if (!advance(reader) || (argument->first = read_or(reader)) == NULL) {
        return NULL;
    }
    argument->span.end = reader->read_end;
    return argument;
}

static bool
read_arguments(struct reader *reader, struct formula_node *call, bool takes_breaks)
{
    struct formula_node **end = &call->first;
    if (reader->token == TOKEN_CLOSE) {
        return true;
    }
    for (;;) {
        *end = read_argument(reader, takes_breaks);
        if (*end == NULL) {
            return false;
        }
        end = &(*end)->next;
        if (reader->token != TOKEN_COMMA) {
            return true;
        }
        if (!advance(reader)) {
            return false;
        }
    }
}

/* A word before "(".  The reader stands on the bracket. */
static struct formula_node *
read_call(struct reader *reader, struct formula_span name, const char *word)
{
    struct formula_node *call = node_new(reader, NODE_CALL);
    if (call == NULL || !enter(reader)) {
        return NULL;
    }
    const struct formula_function *function = find_function(reader, name, word);
    call->call.function = function;
    call->span.start = name.start;
    if (!advance(reader) ||
        !read_arguments(reader, call, function == NULL || function->takes_breaks) ||
        !pass(reader, TOKEN_CLOSE, ", )")) {
        return NULL;
    }
    call->span.end = reader->read_end;
    call->is_told = true;
    reader->depth--;
    return call;
}

static bool
is_call_next(const struct reader *reader)
{
    size_t at = reader->at;
    while (at < reader->text->size && strchr(" \t\r\n", reader->text->bytes[at]) != NULL) {
        at++;
    }
    return at < reader->text->size && reader->text->bytes[at] == '(';
}

static struct formula_node *
read_word(struct reader *reader)
{
    if (!is_call_next(reader)) {
        return read_name(reader, 0);
    }
    const struct formula_span name = reader->span;
    const char *word = token_text(reader, 0);
    return advance(reader) ? read_call(reader, name, word) : NULL;
}

static struct formula_node *
read_brackets(struct reader *reader)
{
    struct formula_node *inner = NULL;
    if (!enter(reader) || !advance(reader) || (inner = read_or(reader)) == NULL ||
        !pass(reader, TOKEN_CLOSE, ")")) {
        return NULL;
    }
    reader->depth--;
    return inner;
}

static struct formula_node *
read_value(struct reader *reader)
{
    switch (reader->token) {
    case TOKEN_NUMBER: return read_number(reader);
    case TOKEN_TEXT: return read_literal(reader, NODE_TEXT);
    case TOKEN_TRUE:
    case TOKEN_FALSE: return read_literal(reader, NODE_TRUTH);
    case TOKEN_NAME: return read_word(reader);
    case TOKEN_BRACKET_NAME: return read_name(reader, 1);
    case TOKEN_OPEN: return read_brackets(reader);
    default: return give_up(reader, FORMULA_VALUE_EXPECTED, "");
    }
}

/* An operator before its operand. */
static struct formula_node *
read_prefix(struct reader *reader, enum formula_kind kind,
            struct formula_node *(*operand)(struct reader *reader))
{
    struct formula_node *node = node_new(reader, kind);
    if (node == NULL || !enter(reader) || !advance(reader) ||
        (node->first = operand(reader)) == NULL) {
        return NULL;
    }
    node->span.end = reader->read_end;
    reader->depth--;
    return node;
}

static struct formula_node *
read_sign(struct reader *reader)
{
    if (reader->token != TOKEN_MINUS) {
        return read_value(reader);
    }
    struct formula_node *node = read_prefix(reader, NODE_MINUS, read_sign);
    if (node != NULL && node->first->kind == NODE_NUMBER) {
        node->kind = NODE_NUMBER;
        node->picos = -node->first->picos;
        node->first = NULL;
    }
    return node;
}

/* operand { join operand }: a single operand stays itself, several become one node. */
static struct formula_node *
read_chain(struct reader *reader, enum formula_kind kind, enum formula_token join,
           enum formula_token other_join, struct formula_node *(*operand)(struct reader *reader))
{
    const size_t start = reader->span.start;
    struct formula_node *last = operand(reader);
    if (last == NULL || (reader->token != join && reader->token != other_join)) {
        return last;
    }
    struct formula_node *chain = node_around(reader, kind, start, last);
    if (chain == NULL) {
        return NULL;
    }
    while (reader->token == join || reader->token == other_join) {
        const enum formula_token by = reader->token;
        if (!advance(reader) || (last->next = operand(reader)) == NULL) {
            return NULL;
        }
        last = last->next;
        last->join = by;
    }
    chain->span.end = reader->read_end;
    return chain;
}

static struct formula_node *
read_product(struct reader *reader)
{
    return read_chain(reader, NODE_PRODUCT, TOKEN_STAR, TOKEN_SLASH, read_sign);
}

static struct formula_node *
read_sum(struct reader *reader)
{
    return read_chain(reader, NODE_SUM, TOKEN_PLUS, TOKEN_MINUS, read_product);
}

static int
outcomes_of(enum formula_token token)
{
    switch (token) {
    case TOKEN_EQUAL: return OUTCOME_EQUAL;
    case TOKEN_UNEQUAL: return OUTCOME_UNEQUAL;
    case TOKEN_LESS: return OUTCOME_LESS;
    case TOKEN_LESS_EQUAL: return OUTCOME_LESS | OUTCOME_EQUAL;
    case TOKEN_GREATER: return OUTCOME_GREATER;
    case TOKEN_GREATER_EQUAL: return OUTCOME_GREATER | OUTCOME_EQUAL;
    default: return 0;
    }
}

/* The reader stands on "in". */
static struct formula_node *
read_among(struct reader *reader, size_t start, struct formula_node *subject)
{
    struct formula_node *among = node_around(reader, NODE_IN, start, subject);
    struct formula_node *last = subject;
    if (among == NULL || !advance(reader) || !pass(reader, TOKEN_OPEN, "(")) {
        return NULL;
    }
    for (;;) {
        last->next = read_sum(reader);
        if (last->next == NULL) {
            return NULL;
        }
        last = last->next;
        if (reader->token != TOKEN_COMMA) {
            break;
        }
        if (!advance(reader)) {
            return NULL;
        }
    }
    if (!pass(reader, TOKEN_CLOSE, ", )")) {
        return NULL;
    }
    among->span.end = reader->read_end;
    return among;
}

static struct formula_node *
read_comparison(struct reader *reader)
{
    const size_t start = reader->span.start;
    struct formula_node *left = read_sum(reader);
    if (left != NULL && reader->token == TOKEN_IN) {
        return read_among(reader, start, left);
    }
    const int outcomes = outcomes_of(reader->token);
    if (left == NULL || outcomes == 0) {
        return left;
    }
    struct formula_node *node = node_around(reader, NODE_COMPARE, start, left);
    if (node == NULL || !advance(reader) || (left->next = read_sum(reader)) == NULL) {
        return NULL;
    }
    node->outcomes = outcomes;
    node->span.end = reader->read_end;
    return node;
}

static struct formula_node *
read_not(struct reader *reader)
{
    return reader->token == TOKEN_NOT ? read_prefix(reader, NODE_NOT, read_not)
                                      : read_comparison(reader);
}

static struct formula_node *
read_and(struct reader *reader)
{
    return read_chain(reader, NODE_AND, TOKEN_AND, TOKEN_AND, read_not);
}

static struct formula_node *
read_or(struct reader *reader)
{
    return read_chain(reader, NODE_OR, TOKEN_OR, TOKEN_OR, read_and);
}

struct formula_node *
formula_read(const struct formula_text *text, const struct formula_names *names)
{
    struct reader reader = {.text = text, .names = names};
    if (!advance(&reader)) {
        return NULL;
    }
    if (reader.token == TOKEN_END) {
        return give_up(&reader, FORMULA_EMPTY, "");
    }
    struct formula_node *root = read_or(&reader);
    if (root != NULL && reader.token != TOKEN_END) {
        return give_up(&reader, FORMULA_SYMBOL_EXPECTED, "+ - * /");
    }
    /* cppcheck-suppress returnDanglingLifetime -- nodes lie in the arena, not in the reader */
    return root;
}
