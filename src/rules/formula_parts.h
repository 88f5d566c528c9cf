/* formula_parts.h -- private to the formula files: the tree, and what reading, checking and
 * evaluating offer to the functions that a formula may call.
 *
 *     formula_token   bytes -> tokens
 *     formula_read    tokens -> tree (the grammar of formula.h, a function a rule)
 *     formula_check   types, units and ranges; what conditions tell of names
 *     formula_value   the value of a tree
 *     formula_call    the functions, with formula_break for tier and graduated: one row in a table
 *                     and two functions each, its check and its value
 *     formula_tell    the trace
 *
 * A tree is as deep as the text has brackets, so that recursion is bounded: a + b + c is one node
 * with three operands.
 */
#ifndef PURSER_FORMULA_PARTS_H
#define PURSER_FORMULA_PARTS_H

#include "rules/formula.h"

enum formula_token {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_TEXT,
    TOKEN_NAME, /* a word */
    TOKEN_BRACKET_NAME,
    TOKEN_AND,
    TOKEN_OR,
    TOKEN_NOT,
    TOKEN_IN,
    TOKEN_TRUE,
    TOKEN_FALSE,
    TOKEN_PLUS,
    TOKEN_MINUS,
    TOKEN_STAR,
    TOKEN_SLASH,
    TOKEN_EQUAL,
    TOKEN_UNEQUAL,
    TOKEN_LESS,
    TOKEN_LESS_EQUAL,
    TOKEN_GREATER,
    TOKEN_GREATER_EQUAL,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_COMMA,
    TOKEN_COLON,
};

/* A stretch of the formula's text, in bytes. */
struct formula_span {
    size_t start, end;
};

struct formula_text {
    const char *bytes;
    size_t size;
    struct arena *arena;
    struct formula_mistakes *mistakes;
};

/* The token at or after *at, which moves behind it.  False: a mistake was added. */
bool formula_token_next(const struct formula_text *text, size_t *at, enum formula_token *token,
                        struct formula_span *span);

/* How two values can stand to each other; a comparison is the set of those that make it true. */
enum { OUTCOME_LESS = 1, OUTCOME_EQUAL = 2, OUTCOME_GREATER = 4, OUTCOME_ANY = 7 };
enum { OUTCOME_UNEQUAL = OUTCOME_LESS | OUTCOME_GREATER };

enum formula_kind {
    NODE_NUMBER,
    NODE_TEXT,
    NODE_TRUTH,
    NODE_NAME,
    NODE_MINUS,
    NODE_NOT,
    NODE_OR,
    NODE_AND,
    NODE_COMPARE, /* of its two operands, by `outcomes` */
    NODE_IN,      /* the first operand among the others, which are literals */
    NODE_SUM,     /* operands joined by + or - */
    NODE_PRODUCT, /* operands joined by * or / */
    NODE_CALL,
    NODE_BREAK, /* an argument `picos: operand` */
    NODE_KIND_COUNT
};

enum { NAME_UNKNOWN = -1 };

struct formula_node {
    enum formula_kind kind;
    enum formula_token join; /* to the operand before it, in a sum or product */
    struct formula_span span;
    struct formula_node *first; /* operand */
    struct formula_node *next;  /* operand of the same parent */
    bool is_told;               /* a step of the trace */
    int outcomes;
    union {
        int128 picos;
        const char *text;
        bool truth;
        int name; /* index in the table, or NAME_UNKNOWN */
        struct {
            const struct formula_function *function; /* NULL: unknown */
            int places;                              /* of round, set by its check */
            enum rounding rounding;
        } call;
    };
};

struct formula {
    const char *text;
    const struct formula_names *names;
    struct formula_node *root;
    struct picos_range range;
};

/* Read the whole text; NULL when it cannot be. */
struct formula_node *
formula_read(const struct formula_text *text, const struct formula_names *names);

/* Add a mistake; NULL when the same was told of the same place, or there are too many.  `expected`
 * stays where it is. */
struct formula_mistake *formula_mistake_add(const struct formula_text *text, enum formula_code code,
                                            struct formula_span span, const char *expected);

/* The column, from 1, of a byte. */
size_t formula_column(const char *bytes, size_t at);

/* Check the whole; returns the range of its result. */
struct picos_range formula_check(const struct formula_text *text, const struct formula_names *names,
                                 struct formula_node *root, enum formula_type type);

/* Within what a value of this name must lie; it is a number. */
struct picos_range formula_name_range(const struct formula_name *name);

/* What is known of a part before any value is: of a truth, the range is within 0 (false) and 1. */
struct formula_known {
    enum formula_type type; /* FORMULA_TYPE_COUNT: unknown, and already told as a mistake */
    struct picos_range range;
    const char *unit;
};

/* What a condition that was passed says of a name. */
struct formula_assumption {
    int name;
    bool is_given;
    struct picos_range range;
};

/* An assumption takes a call and a name, at least. */
enum { FORMULA_ASSUMPTIONS_MAX = FORMULA_STEPS_MAX / 2 };

struct formula_check {
    const struct formula_text *text;
    const struct formula_names *names;
    struct formula_assumption assumptions[FORMULA_ASSUMPTIONS_MAX];
    size_t assumption_count;
    bool overflow_told;
};

struct formula_known formula_check_node(struct formula_check *check, struct formula_node *node);
struct formula_known
formula_check_as(struct formula_check *check, struct formula_node *node, enum formula_type type);
/* A number that must not be 0: adds the mistake.  Unless true, its range cannot be used. */
bool formula_check_divisor(struct formula_check *check, const struct formula_node *node,
                           const struct formula_known *known);
/* Assume that a condition was met, or not; forget by setting assumption_count back. */
void formula_check_assume(struct formula_check *check, const struct formula_node *node, bool truth);
void formula_check_mistake(struct formula_check *check, enum formula_code code,
                           const struct formula_node *node, const char *expected);
/* Two units meet; returns the one that is known. */
const char *formula_check_units(struct formula_check *check, const struct formula_node *node,
                                const char *unit, const char *other);
/* Warn of it, once, unless there is an error: then ranges may be too wide. */
void formula_check_overflow(struct formula_check *check, const struct formula_node *node,
                            bool may_overflow);
/* Either of two is taken: what is known of both. */
struct formula_known
formula_check_either(struct formula_check *check, const struct formula_node *node,
                     struct formula_known one, struct formula_known other);

/* The evaluation with what only its own functions need. */
struct formula_run {
    struct formula_evaluation *evaluation;
    const struct formula_input *inputs;
};

/* False: the evaluation says why.  The second is for what the check has found to be a number. */
MUST_USE bool formula_value(const struct formula_run *run, const struct formula_node *node,
                            struct formula_value *value);
MUST_USE bool
formula_number(const struct formula_run *run, const struct formula_node *node, int128 *picos);
/* The evaluation ends here; returns false. */
bool formula_give_up(const struct formula_run *run, enum formula_code code,
                     const struct formula_node *node);
/* Give up with FORMULA_OVERFLOW unless `fits`. */
bool formula_must_fit(const struct formula_run *run, const struct formula_node *node, bool fits);

struct formula_function {
    const char *name;
    const char *usage;
    size_t arguments_min, arguments_max; /* SIZE_MAX: any number */
    bool takes_breaks;                   /* after its first argument, and nothing else */
    struct formula_known (*check)(struct formula_check *check, struct formula_node *call);
    bool (*value)(const struct formula_run *run, const struct formula_node *call,
                  struct formula_value *value);
};

enum { FORMULA_FUNCTION_COUNT = 11 };
extern const struct formula_function formula_functions[FORMULA_FUNCTION_COUNT];

/* given(name): is that what this call is? */
bool formula_is_given(const struct formula_node *node);

struct formula_known formula_check_tier(struct formula_check *check, struct formula_node *call);
struct formula_known
formula_check_graduated(struct formula_check *check, struct formula_node *call);
bool formula_value_tier(const struct formula_run *run, const struct formula_node *call,
                        struct formula_value *value);
bool formula_value_graduated(const struct formula_run *run, const struct formula_node *call,
                             struct formula_value *value);

#endif
