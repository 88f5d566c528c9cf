#include "rules/formula_parts.h"

#include <string.h>

static const struct {
    const char *text;
    enum formula_token token;
} words[] = {
    {"and", TOKEN_AND}, {"or", TOKEN_OR},     {"not", TOKEN_NOT},
    {"in", TOKEN_IN},   {"true", TOKEN_TRUE}, {"false", TOKEN_FALSE},
};

/* The longer ones first. */
static const struct {
    const char *text;
    enum formula_token token;
} symbols[] = {
    {"!=", TOKEN_UNEQUAL}, {"<=", TOKEN_LESS_EQUAL}, {">=", TOKEN_GREATER_EQUAL},
    {"<", TOKEN_LESS},     {">", TOKEN_GREATER},     {"=", TOKEN_EQUAL},
    {"+", TOKEN_PLUS},     {"-", TOKEN_MINUS},       {"*", TOKEN_STAR},
    {"/", TOKEN_SLASH},    {"(", TOKEN_OPEN},        {")", TOKEN_CLOSE},
    {",", TOKEN_COMMA},    {":", TOKEN_COLON},
};

static bool
is_blank(char one)
{
    return one == ' ' || one == '\t' || one == '\n' || one == '\r';
}

static bool
is_digit(char one)
{
    return one >= '0' && one <= '9';
}

static bool
is_letter(char one)
{
    return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || one == '_' ||
           (unsigned char)one >= 0x80;
}

static bool
is_word_at(const char *word, const char *bytes, size_t size)
{
    return strlen(word) == size && memcmp(word, bytes, size) == 0;
}

/* Up to what closes it, which belongs to it. */
static bool
enclosed(const struct formula_text *text, char closing, struct formula_span *span)
{
    const char *begin = text->bytes + span->start;
    const char *end = memchr(begin + 1, closing, text->size - span->start - 1);
    if (end == NULL) {
        formula_mistake_add(text, FORMULA_NOT_CLOSED, *span,
                            closing == ']'   ? "]"
                            : closing == '"' ? "\""
                                             : "'");
        return false;
    }
    span->end = (size_t)(end + 1 - text->bytes);
    return true;
}

/* All that looks as if it were meant to be of the number, so that 1.2.3 and 5mm are told whole. */
static void
number(const struct formula_text *text, struct formula_span *span)
{
    while (span->end < text->size &&
           (is_digit(text->bytes[span->end]) || is_letter(text->bytes[span->end]) ||
            text->bytes[span->end] == '.')) {
        span->end++;
    }
}

static enum formula_token
word(const struct formula_text *text, struct formula_span *span)
{
    while (span->end < text->size &&
           (is_letter(text->bytes[span->end]) || is_digit(text->bytes[span->end]))) {
        span->end++;
    }
    for (size_t index = 0; index < sizeof words / sizeof words[0]; index++) {
        if (is_word_at(words[index].text, text->bytes + span->start, span->end - span->start)) {
            return words[index].token;
        }
    }
    return TOKEN_NAME;
}

static bool
symbol(const struct formula_text *text, enum formula_token *token, struct formula_span *span)
{
    for (size_t index = 0; index < sizeof symbols / sizeof symbols[0]; index++) {
        const size_t size = strlen(symbols[index].text);
        if (size <= text->size - span->start &&
            memcmp(symbols[index].text, text->bytes + span->start, size) == 0) {
            *token = symbols[index].token;
            span->end = span->start + size;
            return true;
        }
    }
    formula_mistake_add(text, FORMULA_CHARACTER, *span, "");
    return false;
}

bool
formula_token_next(const struct formula_text *text, size_t *at, enum formula_token *token,
                   struct formula_span *span)
{
    while (*at < text->size && is_blank(text->bytes[*at])) {
        (*at)++;
    }
    const char first = text->bytes[*at];
    bool is_good = true;
    *span = (struct formula_span){*at, *at + 1};
    if (*at == text->size) {
        *token = TOKEN_END;
        span->end = *at;
    } else if (is_digit(first) || first == '.') {
        *token = TOKEN_NUMBER;
        number(text, span);
    } else if (is_letter(first)) {
        *token = word(text, span);
    } else if (first == '"' || first == '\'') {
        *token = TOKEN_TEXT;
        is_good = enclosed(text, first, span);
    } else if (first == '[') {
        *token = TOKEN_BRACKET_NAME;
        is_good = enclosed(text, ']', span);
    } else {
        is_good = symbol(text, token, span);
    }
    *at = span->end;
    return is_good;
}
