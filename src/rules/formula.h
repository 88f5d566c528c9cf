/* formula.h -- a price as an expression: pure, total, bounded.
 *
 *     length * width * 12.00 + setup
 *     max(round(base * 1.15, 2), 9.90)
 *     if(quantity >= 100 and colour in ("red", "blue"), 0.80, 1.00) * base
 *     graduated(quantity, 0: 0.10, 1000: 0.05, 10000: 0.01)
 *
 * Whoever wrote it is not trusted: it may come from a cell of a partner's file.  It cannot loop,
 * call, store or look at anything but the values it is handed; it is checked once, before it is
 * used, and is then evaluated many times.  What goes wrong has a code and a column, and never makes
 * a price of zero.
 *
 * Grammar (EBNF).  Blanks, tabs and line feeds may stand between tokens.
 *
 *     formula    = or
 *     or         = and { "or" and }
 *     and        = not { "and" not }
 *     not        = "not" not | comparison
 *     comparison = sum [ ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) sum
 *                      | "in" "(" sum { "," sum } ")" ]              each a number or text literal
 *     sum        = product { ( "+" | "-" ) product }
 *     product    = sign { ( "*" | "/" ) sign }
 *     sign       = "-" sign | value
 *     value      = number | text | "true" | "false" | name | call | "(" or ")"
 *     call       = word "(" [ argument { "," argument } ] ")"
 *     argument   = [ [ "-" ] number ":" ] or                           a break and what applies
 * from it number     = digits [ "." digits ]                               at most 12 decimals, no
 * exponent text       = '"' { any but '"' } '"' | "'" { any but "'" } "'" name       = word | "[" {
 * any but "]" } "]"                      [gift wrap], [and] word       = letter { letter | digit }
 * "_" and all beyond ASCII are letters
 *
 * Words are case-sensitive; and, or, not, in, true and false are no names.  A name may be called
 * like a function: only a word before "(" is one.
 *
 * Functions:
 *     min(number, ...)   max(number, ...)   abs(number)   clamp(number, low, high)
 *     if(truth, value, value)
 *     given(name)                        was there a value for it?
 *     round(number, places[, mode])      mode "half-up" (unless told), "half-even", "up", "down"
 *     floor(number[, step])   ceil(number[, step])         to a multiple of 1, or of `step` above 0
 *     tier(number, break: value, ...)        the value of the deepest break that is reached
 *     graduated(number, 0: price, ...)       the sum over the bands: so many of each at its price
 *
 * clamp is max(low, min(number, high)): where they cross, low wins.  Breaks ascend.  `places` and
 * `mode` are literals, places from -9 (-1: tens) to 12.
 *
 * Types are number, text and truth; none becomes another.  = and != compare two of one type, the
 * others numbers.  Text is equal when its bytes are.  `and`, `or`, `if`, `tier` and `graduated`
 * evaluate only what they need, from left to right.
 *
 * Numbers are exact decimals of 12 places up to 10^24 (rules/picos.h).  The one rounding rule: each
 * single product and quotient, and nothing else, is rounded to 12 places, halves away from zero.
 * Beyond 10^24 is FORMULA_OVERFLOW.
 *
 * Limits: FORMULA_BYTES_MAX bytes, FORMULA_DEPTH_MAX brackets, calls, signs and "not" in each
 * other, FORMULA_STEPS_MAX values and operations.  A compiled formula takes at most some 100 kB of
 * arena, usually one or two.
 *
 * What the check knows: it computes between which numbers each part lies when every name lies
 * within its bounds.  A divisor which may be 0 is an error; that a result may be negative or
 * overflow, a warning.  Sound: a formula without these cannot do so.  In a branch of `if`, and
 * after `and` and `or`, it knows what the condition says of single names: `quantity > 0`, `not
 * (width = 0)`, `given(engraving)`.  What it does not see, and so warns of in vain: that names
 * depend on each other, or one on itself (`x / (1 + x * x)`, `x - x`), and what a condition says of
 * more than one name (`if(a > b, 1 / (a - b), 0)`): write 1 / max(a - b, 0.01).
 */
#ifndef PURSER_FORMULA_H
#define PURSER_FORMULA_H

#include "base/arena.h"
#include "rules/picos_range.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FORMULA_BYTES_MAX = 4096, FORMULA_DEPTH_MAX = 64, FORMULA_STEPS_MAX = 1000 };

enum formula_type { FORMULA_NUMBER, FORMULA_TEXT, FORMULA_TRUTH, FORMULA_TYPE_COUNT };
extern const char *const formula_type_names[FORMULA_TYPE_COUNT]; /* "number", "text", "truth" */

/* A name that a formula may use. */
struct formula_name {
    const char *name;
    enum formula_type type;
    const char *unit;       /* of a number, for people and for the check of sums: "mm"; "" */
    int64_t minimum_micros; /* of a number; both 0: only DECIMAL_MICROS_MAX, */
    int64_t maximum_micros; /* with either sign */
    bool is_required;       /* there is always a value */
};

struct formula_names {
    const struct formula_name *items;
    size_t count;
};

/* What can be wrong.  The text of each, for people, is the caller's. */
enum formula_code {
    FORMULA_FINE,

    /* It cannot be read. */
    FORMULA_EMPTY,
    FORMULA_TOO_LONG,         /* expected: the most bytes */
    FORMULA_TOO_DEEP,         /* expected: the most brackets in each other */
    FORMULA_TOO_MANY_STEPS,   /* expected: the most steps */
    FORMULA_CHARACTER,        /* one that has no place in a formula, or that is no UTF-8 */
    FORMULA_NOT_CLOSED,       /* a text or [name]; expected: what closes it */
    FORMULA_NUMBER_FORM,      /* 1.2.3, 1e5, 5mm */
    FORMULA_NUMBER_PRECISION, /* expected: the most decimals */
    FORMULA_NUMBER_SIZE,
    FORMULA_VALUE_EXPECTED,  /* a number, text, name, call or bracket */
    FORMULA_SYMBOL_EXPECTED, /* expected: the symbols, with blanks between them */

    /* It makes no sense. */
    FORMULA_UNKNOWN_NAME,     /* nearest: a name there is */
    FORMULA_UNKNOWN_FUNCTION, /* nearest: a function there is */
    FORMULA_ARGUMENTS,        /* too many, too few, or breaks out of place; expected: the usage */
    FORMULA_LITERAL_EXPECTED, /* expected: "-9..12", the modes, "name", "literal" */
    FORMULA_WRONG_TYPE,       /* expected: the type */
    FORMULA_BREAKS_DESCEND,   /* expected: the break before, which must be smaller */
    FORMULA_BREAK_FIRST,      /* of graduated; expected: "0" */
    FORMULA_STEP,             /* of floor or ceil: may be 0 or less */
    FORMULA_BOUNDS_CROSSED,   /* of clamp: low is always above high */
    FORMULA_DIVISION_BY_ZERO,
    FORMULA_MAY_DIVIDE_BY_ZERO,

    /* It can be used, but somebody should look: warnings. */
    FORMULA_MAY_BE_NEGATIVE, /* the result; expected: the least it can be */
    FORMULA_MAY_OVERFLOW,    /* told once, at the innermost place */
    FORMULA_MAY_BE_MISSING,  /* a name that is not required, used without given() */
    FORMULA_MAY_MISS_BREAKS, /* the number may be below the first break; expected: that */
    FORMULA_UNITS_DIFFER,    /* added, compared or chosen from; expected: the unit of the other */

    /* It has no value for these inputs (as FORMULA_DIVISION_BY_ZERO). */
    FORMULA_OVERFLOW,
    FORMULA_MISSING,
    FORMULA_NOT_A_NUMBER, /* with at most 6 decimals */
    FORMULA_NOT_A_TRUTH,  /* true or false */
    FORMULA_OUT_OF_BOUNDS,
    FORMULA_BELOW_BREAKS,

    FORMULA_CODE_COUNT
};
extern const char *const formula_code_names[FORMULA_CODE_COUNT]; /* "unknown-name" */

bool formula_is_warning(enum formula_code code);

struct formula_mistake {
    enum formula_code code;
    size_t column;        /* from 1, in characters */
    const char *place;    /* what stands there, shown safely and cut; "" at the end */
    const char *expected; /* as the code says, in no language; "" */
    const char *nearest;  /* "" */
};

enum { FORMULA_MISTAKES_MAX = 16 };

/* The first mistakes, each once; one that cannot be read has one. */
struct formula_mistakes {
    struct formula_mistake items[FORMULA_MISTAKES_MAX];
    size_t count;
    bool has_error;
};

struct formula;

/* Read and check a formula whose result must be of `type`.  NULL when there is an error; there may
 * be warnings either way.  The formula and the texts of its mistakes lie in `arena`; it refers to
 * `names`, but not to `text`.  The text is best normalised before (text_normalise), so that
 * full-width brackets are brackets. */
const struct formula *
formula_compile(const char *text, const struct formula_names *names, enum formula_type type,
                struct arena *arena, struct formula_mistakes *mistakes);

/* Between what its result lies, when it is a number. */
struct picos_range formula_range(const struct formula *formula);

/* The value of one name, in the sequence of the table. */
struct formula_input {
    enum { FORMULA_ABSENT, FORMULA_GIVEN, FORMULA_WRITTEN } state;
    int64_t micros;   /* of a number that is given */
    bool truth;       /* of a truth that is given */
    const char *text; /* of a text; of a number or truth that is still written as its sender did */
};

struct formula_value {
    enum formula_type type;
    int128 picos;
    bool truth;
    const char *text; /* of the formula or of an input */
};

struct formula_used {
    size_t name; /* its index in the table */
    struct formula_value value;
};

struct formula_node;

struct formula_step {
    const struct formula_node *node;
    struct formula_value value;
};

enum { FORMULA_USED_MAX = 32, FORMULA_TRACE_MAX = 32 };

/* One evaluation: its result and how it came about.  Nothing has to be set before, nothing is to be
 * freed after.  It refers to the formula and the inputs. */
struct formula_evaluation {
    const struct formula *formula;
    enum formula_code code;     /* FORMULA_FINE, or why there is no value, and where: */
    size_t column;              /* from 1, in characters */
    const char *place;          /* the part of the formula, */
    size_t place_size;          /* so many bytes */
    size_t name;                /* when it is a name: its index in the table, else SIZE_MAX */
    struct formula_value value; /* when FINE */

    struct formula_used used[FORMULA_USED_MAX]; /* in the sequence of their first use */
    size_t used_count;
    struct formula_step steps[FORMULA_TRACE_MAX]; /* terms and calls as they were finished */
    size_t step_count;
    size_t left_out; /* names and steps beyond */
};

/* `inputs` has one for each name.  Allocates nothing; the same inputs give the same evaluation. */
enum formula_code
formula_evaluate(const struct formula *formula, const struct formula_input *inputs,
                 struct formula_evaluation *evaluation);

/* What it came from, for people, in no language; the calls and terms in their sequence, what was
 * computed before in place of its text:
 *     length 2.40 m * width 1.10 m * 12.00 = 31.68; 31.68 + setup 5.00 = 36.68
 * One line, shown safely, at most FORMULA_TOLD_MAX bytes and an ellipsis. */
enum { FORMULA_TOLD_MAX = 2000 };
const char *formula_tell(const struct formula_evaluation *evaluation, struct arena *arena);

#endif
