/* inspect.h -- private to desk/: what is wrong or doubtful about a version of master data, against
 * the configuration and the other masters, before it is in force.
 *
 * All checks are rows of one table in inspect.c: a kind of master data gets another check by a row
 * there, and a function of its own when no statement of the store answers it. */
#ifndef PURSER_INSPECT_H
#define PURSER_INSPECT_H

#include "config/run.h"
#include "desk/facts.h"
#include "rules/lint.h"

struct inspection {
    struct store *store;
    const struct config *config;
    struct facts *facts; /* the other masters: those in force, or as the caller says */
    enum document_kind kind;
    int64_t version_id;
    int32_t today;
    struct arena arena; /* texts, and what is read at a time */
    struct lint lint;
};

/* Findings of severity error mean that it cannot be put in force. */
MUST_USE enum outcome inspect(struct run *run, struct facts *facts, enum document_kind kind,
                              int64_t version_id, struct findings *findings, struct fault *why);

/* Is it the channel of a partner? */
bool inspect_is_channel(const struct inspection *inspection, const char *name);

/* Is it a partner with the role of an approver? */
bool inspect_is_approver(const struct inspection *inspection, const char *id);

/* The checks that a statement alone does not answer. */
MUST_USE enum outcome inspect_prices(struct inspection *inspection, struct fault *why);
MUST_USE enum outcome inspect_options(struct inspection *inspection, struct fault *why);
MUST_USE enum outcome inspect_promotions(struct inspection *inspection, struct fault *why);
MUST_USE enum outcome inspect_modifications(struct inspection *inspection, struct fault *why);
MUST_USE enum outcome inspect_calendar(struct inspection *inspection, struct fault *why);
MUST_USE enum outcome inspect_delegations(struct inspection *inspection, struct fault *why);
MUST_USE enum outcome inspect_approvals(struct inspection *inspection, struct fault *why);
MUST_USE enum outcome inspect_returns(struct inspection *inspection, struct fault *why);
MUST_USE enum outcome inspect_policy(struct inspection *inspection, struct fault *why);
/* Formulas of a version of prices, or what other master data do to those in force. */
MUST_USE enum outcome inspect_formulas(struct inspection *inspection, struct fault *why);

/* ---- names that lists of a table mention (inspect_mention.c) ---- */

/* One name in one list. */
struct mention {
    const char *name;
    const char *field;
    int64_t line;
    bool is_known;
};
struct mentions {
    struct inspection *inspection;
    struct arena *arena;
    struct mention *items;
    size_t count;
    size_t capacity;
};
/* "A | B": each name of the list. */
void mentions_add(struct mentions *mentions, const char *list, const char *field, int64_t line);
/* Which of them there are in a version of the master; of a name that is not known the first mention
 * is told. */
MUST_USE enum outcome mentions_find(struct mentions *mentions, enum master_name name,
                                    int64_t version_id, struct fault *why);
/* Of what was found by other means the same. */
void mentions_keep_first(struct mentions *mentions);
MUST_USE enum outcome
mentions_tell(struct mentions *mentions, enum message code, struct fault *why);

#endif
