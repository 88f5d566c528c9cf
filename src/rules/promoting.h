/* promoting.h -- private to rules/: what the parts of the promotion engine share.
 *
 * A table is compiled once: lists become sorted words, and each row is filed under the one thing an
 * order must have for it (its coupon; else its products; else its customers; else its groups; else
 * nothing).
 *
 * One order is worked through like this.  Its lines lie on shelves: all of them on the first, and
 * each on one for its SKU and one for its category.  Each candidate becomes a contender that knows
 * its shelves, so that "its lines" and "whoever is on this line" are both found without looking at
 * anything else.  Contenders are sorted into the sequence in which they are judged: by stage,
 * priority (the highest first), action, code; those of one stage and priority are a round.
 *
 * Whatever a promotion would do is a bid.  Bids are put together in a draft (one promotion, or a
 * compound of several on the same lines), and only what is taken from a draft changes the order.
 */
#ifndef PURSER_PROMOTING_H
#define PURSER_PROMOTING_H

#include "rules/promotion.h"

#include "base/decimal.h"
#include "order/order.h"

enum {
    /* The scratch memory of one order, at most: for the longest order with the most promotions. */
    PROMOTING_BYTES_MAX = 1024 * 1024 * 1024,
    /* The most work, some seconds: sixteen looks for each line of the longest order at each of as
     * many promotions as may be on it. */
    PROMOTING_LOOKS_MAX = 16 * ORDER_LINES_MAX * PROMOTION_CANDIDATES_MAX,
    LOOKS_PER_BID = 3,
    LOOKS_PER_RUN = 16, /* to sort it into a heap */
};

enum promotion_stage { STAGE_LINE, STAGE_THRESHOLD, STAGE_ORDER, STAGE_COUNT };

/* What the work on one order costs, in looks at a line or a contender. */
struct effort {
    int64_t looks;
    bool has_too_many_goods;
};

/* What a row is filed under, and a word looked up as. */
enum promotion_key { KEY_SKU, KEY_CATEGORY, KEY_COUPON, KEY_CUSTOMER, KEY_GROUP, KEY_NONE };

struct promotion_word {
    const char *text;
    uint64_t hash; /* as a word of its list */
};

/* A list of a row, sorted, each word once. */
struct promotion_list {
    struct promotion_word *words;
    size_t count;
};

struct promotion_row {
    const struct promotion *promotion;
    enum promotion_stage stage;
    bool is_together;      /* one offer over all its lines */
    bool repeats;          /* may be used several times by one order */
    bool is_per_threshold; /* no more often than its threshold is reached */
    struct promotion_list customers, groups, channels, skus, categories, get_skus, never_with;
    const char *reward; /* the first of get_skus, or NULL */
};

/* The rows filed under one word. */
struct promotion_slot {
    uint64_t hash;
    enum promotion_key key;
    const char *text; /* NULL: empty */
    size_t number;    /* of the word */
    size_t first, count;
};

struct promotion_table {
    const struct promotion *promotions;
    struct promotion_row *rows; /* likewise */
    size_t count;
    size_t *by_code;              /* indexes of rows */
    struct promotion_slot *slots; /* open addressing, at most half full */
    size_t slot_count;            /* a power of two */
    size_t word_count;
    uint32_t *filed; /* positions in by_code, slot after slot */
};

uint64_t promotion_hash(enum promotion_key key, const char *text);
/* Read "A | B" as words to be looked up by `key`. */
struct promotion_list
promotion_list_read(enum promotion_key key, const char *text, struct arena *arena);
bool promotion_list_has(const struct promotion_list *list, const char *text);
void promotion_row_read(const struct promotion *promotion, struct arena *arena,
                        struct promotion_row *row);

/* A set of small numbers. */
static inline bool
bit_get(const uint64_t *bits, size_t at)
{
    return (bits[at / 64] >> (at % 64) & 1) != 0;
}

static inline void
bit_set(uint64_t *bits, size_t at)
{
    bits[at / 64] |= UINT64_C(1) << (at % 64);
}

/* The next number that is set, from `at` on; `count` when there is none. */
static inline size_t
bit_next(const uint64_t *bits, size_t count, size_t at)
{
    while (at < count) {
        const uint64_t rest = bits[at / 64] >> (at % 64);
        if (rest != 0) {
            at += (size_t)__builtin_ctzll(rest);
            return at < count ? at : count;
        }
        at = (at / 64 + 1) * 64;
    }
    return count;
}

/* ------------------------------------------------------------------------------- one order -- */

/* Lines that have something in common, in the order of the basket, and the contenders that stand
 * on each of these lines by itself, in their sequence. */
struct shelf {
    enum promotion_key key; /* KEY_SKU, KEY_CATEGORY; KEY_NONE: every line */
    const char *text;
    uint64_t hash;
    uint32_t *lines;
    uint32_t line_count;
    uint32_t *contenders;
    uint32_t contender_count;
    uint32_t cursor; /* those before it are of earlier rounds */
};

enum { SHELF_EVERY = 0, SHELVES_PER_LINE = 3 };

struct promoting_line {
    const struct promotion_line *line;
    uint32_t shelves[SHELVES_PER_LINE]; /* every, SKU, category */
    int64_t left_minor;
    int64_t now_minor;                /* in the draft */
    int64_t round_minor;              /* before it was taken in `round_taken` */
    uint16_t stack;                   /* promotions that reduced it */
    uint16_t stack_now;               /* in the draft */
    bool is_exclusive;                /* taken by one that closes it */
    uint32_t takes;                   /* offers that took it */
    uint32_t round_taken;             /* the last in which it was; 0: never */
    const struct promotion *taken_by; /* then, or NULL */
    uint32_t offers[STAGE_COUNT];     /* MODEL_WITHIN: the one that took it in a stage, from 1 */
    uint32_t cluster_round;           /* in which it was last part of a cluster */
    uint32_t cluster;
};

/* What a contender gave so far. */
struct tally {
    uint32_t takes; /* bids that were taken */
    int64_t uses;
    int64_t reduction_minor;
    int64_t spent_minor;
};

struct contender {
    const struct promotion_row *row;
    const struct promotion *promotion;
    const struct promotion_fact *fact;
    const struct coupon_fact *coupon; /* the one that it may be used with, or NULL */
    uint32_t code_rank;
    bool is_best_price; /* worked out on the amounts before all reductions */
    bool is_compound;   /* goes together with others of its round */
    bool is_out;        /* it cannot be applied, and was told so */
    bool is_entangled;  /* giving it changes what others, or it elsewhere, can give */
    uint32_t *shelves;  /* whose lines it is on, sorted */
    uint32_t shelf_count;
    uint32_t *get_shelves; /* of lines whose units can be given, sorted */
    uint32_t get_shelf_count;
    size_t line_count;   /* of all shelves; lines may count twice */
    uint32_t first_line; /* of a cluster's */
    uint32_t *foes;      /* contenders that it is never with, sorted */
    uint32_t foe_count;
    bool is_loner; /* never with any */
    struct tally so_far;
    uint64_t draft; /* in which `now` is valid */
    struct tally now;
    bool was_told, was_told_applied;
};

/* What a promotion would do. */
struct bid {
    enum promotion_verdict verdict; /* PROMOTION_APPLIED: it can be */
    const struct promotion *other;
    int64_t compared, needed;
    int64_t reduction_minor;
    int64_t goods_minor; /* value of what is given in kind */
    int64_t gain_minor;  /* of both, less what it would replace */
    int64_t uses;
    int64_t given_micros, owed_micros, dropped_micros;
};

struct step {
    struct reduction reduction;
    bool is_gone;
};

struct goods {
    struct free_goods goods;
    uint32_t reward; /* index, or NO_REWARD */
    bool is_gone;
};
#define NO_REWARD UINT32_MAX

/* One bid of a draft that can be applied. */
struct gift {
    uint32_t contender;
    int64_t uses, reduction_minor, spent_minor;
};

/* Stock of what is given in kind. */
struct reward {
    const char *sku;
    int64_t left_units;
    int64_t now_units; /* in the draft */
};

/* Whole units of one line, for buy-and-get. */
struct heap_run {
    uint32_t at;    /* in the span */
    uint32_t shelf; /* of its SKU */
    int64_t units;
    int64_t amount_minor; /* of the whole line */
    int64_t quantity_micros;
};

struct steps {
    struct step *list;
    size_t count, capacity;
};

struct goods_list {
    struct goods *list;
    size_t count, capacity;
};

struct gifts {
    struct gift *list;
    size_t count, capacity;
};

/* Bids one after another on the amounts as they are left.  Their steps, goods and gifts stand at
 * the end of the lists of all that was taken, where they stay when the draft is. */
struct draft {
    size_t step_first, goods_first, gift_first;
    uint32_t applied_count; /* contenders that had given nothing before */
    uint32_t loner;         /* the one of them that is a loner, from 1 */
    int64_t worth_minor;    /* reductions and goods */
};

struct numbers {
    uint32_t *list;
    size_t count, capacity;
};

/* Lines of a basket, ascending. */
struct span {
    uint32_t *lines;
    size_t count;
};

/* A stretch of a list. */
struct stretch {
    size_t first, end;
};

/* What was taken, with where it stands in the lists of all that was. */
struct offer {
    enum promotion_stage stage;
    uint32_t round;
    bool is_exclusive, is_gone;
    const struct promotion *leader;
    int64_t worth_minor;
    struct stretch steps, goods, gifts, told;
    struct span lines;   /* MODEL_WITHIN only */
    uint64_t visit;      /* the last search that found it */
    int64_t reach_minor; /* worth of it and all that was built upon it */
};

struct promoting {
    const struct promotion_table *table;
    struct effort *effort;
    const struct basket *basket;
    struct arena *scratch;
    struct promoting_line *lines;
    size_t line_count;
    struct shelf *shelves;
    size_t shelf_count;
    uint32_t *shelf_slots; /* of the shelves by hash, from 1 */
    size_t shelf_slot_count;
    struct contender *contenders; /* in their sequence */
    size_t contender_count;
    uint32_t *by_code; /* contenders */
    enum coupon_verdict *coupons;
    struct reward *rewards; /* by SKU */
    size_t reward_count;

    uint32_t round; /* from 1 */
    enum promotion_stage stage;
    size_t first, end;      /* contenders of the round */
    uint32_t applied_count; /* contenders that gave something */
    uint32_t loner;         /* the one of them that is a loner, from 1 */
    uint64_t draft_number;
    struct draft draft;
    uint64_t unsettled; /* counts what was taken that may have changed other bids */
    bool may_replace;   /* some bid of the round may take the place of others */
    uint64_t visit;
    struct numbers earlier, later; /* offers found by a search */

    struct offer *offers;
    size_t offer_count, offer_capacity;
    struct steps steps;
    struct goods_list goods;
    struct gifts gifts;
    struct promotion_told *told; /* in the arena of the result */
    size_t told_count, told_max;

    /* Room for one piece of work, of one number per line. */
    struct span span; /* the lines of the bid in work */
    int64_t *weights; /* two per line */
    int64_t *shares;  /* likewise: what the bid takes off each */
    struct heap_run *runs;
    uint32_t *parents;        /* of lines that are joined to clusters */
    uint64_t *pairs;          /* to be sorted: clusters with lines, then with contenders */
    struct cluster *clusters; /* of the round */
    size_t cluster_count;
    uint32_t *cluster_lines, *cluster_members;
    uint64_t *member_bits; /* of the round */
    uint64_t *round_bits;  /* lines that someone stands on by itself */
    struct entry *entries; /* a heap, the next on top */
    size_t entry_count;
    struct goods *pending; /* goods of the bid */
    size_t pending_count;
    uint64_t *line_bits;
};

/* Count looks; and: is it too much?  Then nothing that was found out so far matters. */
static inline void
promoting_look(const struct promoting *promoting, size_t looks)
{
    promoting->effort->looks += (int64_t)looks;
}
static inline bool
promoting_is_spent(const struct promoting *promoting)
{
    return promoting->effort->looks > PROMOTING_LOOKS_MAX || promoting->effort->has_too_many_goods;
}

/* --- promotion_lines.c: which lines, which contenders --- */

/* Put the lines on shelves, and find the shelves of each contender. */
void promoting_shelve(struct promoting *promoting);
void promoting_find_shelves(struct promoting *promoting, struct contender *contender);
/* Put the contenders that stand on each line by itself on their shelves; in their sequence. */
void promoting_fill_shelves(struct promoting *promoting);

/* Is the contender on the line (does it give the line's units)? */
bool contender_is_on(const struct promoting *promoting, const struct contender *contender,
                     uint32_t line);
bool contender_gives(const struct promoting *promoting, const struct contender *contender,
                     uint32_t line);

enum openness { LINE_OPEN, LINE_TAKEN /* in this round */, LINE_CLOSED };
enum openness
line_openness(const struct promoting *promoting, const struct contender *contender, uint32_t line);
/* Is it not open to anybody? */
bool line_is_shut(const struct promoting *promoting, uint32_t line);
/* Who closed it, or NULL. */
const struct promotion *line_closer(const struct promoting *promoting, uint32_t line);

/* The amount that the contender is worked out on. */
static inline int64_t
line_amount(const struct promoting_line *line, const struct contender *contender)
{
    return contender->is_best_price ? line->line->list_minor : line->now_minor;
}

/* All lines that the contender is on, closed or not, into the span. */
void promoting_gather(struct promoting *promoting, const struct contender *contender);
/* Leave out of the span what is closed to it; those taken in this round stay. */
void promoting_leave_open(struct promoting *promoting, const struct contender *contender);

/* The contenders of the round that stand on a line by itself, in their sequence. */
struct onlookers {
    const struct promoting *promoting;
    const struct shelf *shelves[SHELVES_PER_LINE];
    uint32_t at[SHELVES_PER_LINE];
    uint32_t heads[SHELVES_PER_LINE]; /* who stands there */
};
#define ONLOOKERS_END UINT32_MAX
struct onlookers onlookers_of(struct promoting *promoting, uint32_t line);
struct contender *onlookers_next(struct onlookers *onlookers); /* NULL: no more */

int reward_compare(const void *one, const void *other);

/* --- promotion_eligible.c: what has nothing to do with amounts --- */

/* Judge the coupons of the basket, and give each contender its own. */
void promoting_judge_coupons(struct promoting *promoting);
/* Find out who is never with whom. */
void promoting_find_foes(struct promoting *promoting);
/* Whether a contender may be applied at all to this basket. */
struct bid
contender_eligibility(const struct promoting *promoting, const struct contender *contender);
/* Why it cannot go with what was applied (also in the draft), or PROMOTION_APPLIED. */
struct bid
contender_meets_foe(const struct promoting *promoting, const struct contender *contender);
/* The times that it may still be used, and, when there are none, why. */
int64_t contender_uses_left(const struct promoting *promoting, const struct contender *contender,
                            struct bid *bid);
/* Set the verdict when there is not enough left of the budget. */
void contender_check_budget(const struct promoting *promoting, const struct contender *contender,
                            struct bid *bid);

/* What it gave so far, with the draft. */
const struct tally *
contender_tally(const struct promoting *promoting, const struct contender *contender);

struct contender *promoting_find(const struct promoting *promoting, const char *code);

/* --- promotion_offer.c, promotion_free.c: bids --- */

/* Of lines that count together. */
struct sums {
    int128 quantity_micros;
    int128 list_minor;
    int128 now_minor;
};

/* A contender on one line, at an amount. */
struct bid bid_alone(const struct promoting *promoting, const struct contender *contender,
                     uint32_t line, int64_t amount_minor);
/* A contender over the lines of the span.  Goods stand in `pending`, and what it takes off each
 * line in `shares`, once bid_share was called for a bid that can be applied. */
struct bid bid_together(struct promoting *promoting, const struct contender *contender);
void
bid_share(struct promoting *promoting, const struct contender *contender, const struct bid *bid);
/* The part of it that is buy-and-get. */
void bid_free(struct promoting *promoting, const struct contender *contender, struct bid *bid);
/* Thresholds, repeats and limits; the number of times it is given, 0 with the verdict in *bid. */
int64_t bid_times(const struct promoting *promoting, const struct contender *contender,
                  const struct sums *sums, struct bid *bid);

/* --- promotion_draft.c: bids one after another --- */

void draft_begin(struct promoting *promoting);
/* Add a bid that can be applied. */
void draft_alone(struct promoting *promoting, struct contender *contender, uint32_t line,
                 const struct bid *bid);
void
draft_together(struct promoting *promoting, struct contender *contender, const struct bid *bid);
/* Make it true: the lines are those that the offer takes, `told` is what was told of it. */
void draft_take(struct promoting *promoting, const struct contender *leader, struct span lines,
                struct stretch told);
void draft_end(struct promoting *promoting);

/* Say what became of a bid; line SIZE_MAX: over several. */
void promoting_tell(struct promoting *promoting, struct contender *contender, size_t line,
                    const struct bid *bid);

/* --- promotion_replace.c: MODE_BEST_PRICE in a later stage --- */

/* What the offers are worth that would have to go from these lines, and the first of them. */
int64_t
replaced_worth(struct promoting *promoting, struct span lines, const struct promotion **first);
/* Tell the offers that one was built upon what it is worth; less than 0: it goes. */
void replace_reach(struct promoting *promoting, const struct offer *offer, int64_t worth_minor);
void replace(struct promoting *promoting, struct span lines, const struct promotion *by);

/* --- promotion_compound.c: promotions of one round that are one offer together (MODEL_WITHIN) ---
 */

/* Lines that compounded promotions over several lines hold together. */
struct cluster {
    struct span lines;
    const uint32_t *members; /* those over several lines */
    size_t member_count;
};

/* Find the clusters of the round. */
void promoting_cluster(struct promoting *promoting);
bool line_is_in_cluster(const struct promoting *promoting, uint32_t line);

/* Whether to tell of each bid, and whether those that could be applied have lost. */
struct hearing {
    bool is_told;
    const struct promotion *lost_to; /* or NULL */
};

/* Put into the draft what the compound of a cluster, or of one line, gives.  Returns its leader, or
 * NULL when it gives nothing. */
const struct contender *
draft_cluster(struct promoting *promoting, const struct cluster *cluster, struct hearing hearing);
const struct contender *
draft_line(struct promoting *promoting, uint32_t line, struct hearing hearing);

/* --- promotion_contest.c --- */

/* A bid on a line, at an amount: with who closed the line, and what would be replaced. */
struct bid bid_on_line(struct promoting *promoting, const struct contender *contender,
                       uint32_t line, int64_t amount_minor);
/* Will telling of it say anything? */
bool is_to_tell(const struct promoting *promoting, const struct contender *contender);

/* An offer that waits for its turn. */
struct entry {
    enum { ENTRY_LINE, ENTRY_TOGETHER, ENTRY_CLUSTER } kind;
    bool is_exclusive;
    bool is_compound;   /* of a line: all its compounded promotions */
    uint32_t line;      /* the first */
    uint32_t contender; /* the first */
    uint32_t cluster;
    int64_t gain_minor;
    uint64_t unsettled; /* when it was worked out */
};

/* Let all contenders of the round have their turn. */
void promoting_contest(struct promoting *promoting);

#endif
