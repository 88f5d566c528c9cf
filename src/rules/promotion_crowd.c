/* Can too many rows of a table touch one line?
 *
 * A line has one SKU, one category, and what is on every line; its order has one customer and one
 * group, and as many coupons as somebody cares to type, so those that need one are not counted.  A
 * row that is for customers counts for each of these alone. */
#include "rules/promotion_checking.h"

#include <stdlib.h>
#include <string.h>

enum { SPREAD_MAX = 4096 }; /* products x customers of a row; above, it counts for anybody */

/* A row under a product's word, and under one of those it is for. */
struct member {
    enum promotion_key key; /* KEY_NONE: on every line */
    const char *word;
    enum promotion_key who_key; /* KEY_NONE: anybody */
    const char *who;
    uint32_t index;
};

struct members {
    struct member *list;
    size_t count, capacity;
};

static int
compare_words(const struct member *one, const struct member *other)
{
    const int by_key = number_compare((int64_t)one->key, (int64_t)other->key);
    return by_key != 0 ? by_key : strcmp(one->word, other->word);
}

static int
compare_members(const void *one_pointer, const void *other_pointer)
{
    const struct member *one = one_pointer;
    const struct member *other = other_pointer;
    const int by_word = compare_words(one, other);
    const int by_key =
        by_word != 0 ? by_word : number_compare((int64_t)one->who_key, (int64_t)other->who_key);
    const int by_who = by_key != 0 ? by_key : strcmp(one->who, other->who);
    return by_who != 0 ? by_who : number_compare(one->index, other->index);
}

static void
add_member(struct checking *checking, struct members *members, struct member member)
{
    members->list = arena_grow(checking->scratch, members->list, sizeof *members->list,
                               members->count, &members->capacity);
    members->list[members->count++] = member;
}

/* Under each of its customers, else of its groups, else under anybody. */
static void
add_for_all(struct checking *checking, struct members *members, struct member member)
{
    const struct promotion_row *row = &checking->rows[member.index].row;
    const bool is_by_customer = row->customers.count > 0;
    const struct promotion_list *who = is_by_customer ? &row->customers : &row->groups;
    const size_t products = row->skus.count + row->categories.count + 1;
    if (who->count == 0 || who->count * products > SPREAD_MAX) {
        add_member(checking, members, member);
        return;
    }
    member.who_key = is_by_customer ? KEY_CUSTOMER : KEY_GROUP;
    for (size_t index = 0; index < who->count; index++) {
        member.who = who->words[index].text;
        add_member(checking, members, member);
    }
}

static void
add_row(struct checking *checking, struct members *members, uint32_t index)
{
    const struct promotion_row *row = &checking->rows[index].row;
    const struct {
        enum promotion_key key;
        const struct promotion_list *list;
    } lists[] = {{KEY_SKU, &row->skus}, {KEY_CATEGORY, &row->categories}};
    struct member member = {
        .key = KEY_NONE, .word = "", .who_key = KEY_NONE, .who = "", .index = index};
    if (row->skus.count + row->categories.count == 0) {
        add_for_all(checking, members, member);
    }
    for (size_t at = 0; at < 2; at++) {
        member.key = lists[at].key;
        for (size_t word = 0; word < lists[at].list->count; word++) {
            member.word = lists[at].list->words[word].text;
            add_for_all(checking, members, member);
        }
    }
}

/* The most rows of one word that one customer of one group can have. */
static size_t
crowd_of_word(const struct member *members, size_t count)
{
    size_t most[KEY_NONE + 1] = {0};
    for (size_t first = 0, end = 0; first < count; first = end) {
        for (end = first + 1; end < count && members[end].who_key == members[first].who_key &&
                              strcmp(members[end].who, members[first].who) == 0;
             end++) {
        }
        size_t *kind = &most[members[first].who_key];
        *kind = end - first > *kind ? end - first : *kind;
    }
    return most[KEY_CUSTOMER] + most[KEY_GROUP] + most[KEY_NONE];
}

/* One line has one SKU, one category, and what is on every line. */
void
check_crowd(struct checking *checking)
{
    struct members members = {0};
    size_t most[KEY_NONE + 1] = {0};
    const struct member *last = NULL; /* one of the largest crowd */
    for (uint32_t index = 0; index < checking->count; index++) {
        if (!checking->rows[index].row.promotion->needs_coupon) {
            add_row(checking, &members, index);
        }
    }
    if (members.count > 1) {
        qsort(members.list, members.count, sizeof *members.list, compare_members);
    }
    size_t largest = 0;
    for (size_t first = 0, end = 0; first < members.count; first = end) {
        for (end = first + 1;
             end < members.count && compare_words(&members.list[first], &members.list[end]) == 0;
             end++) {
        }
        const size_t crowd = crowd_of_word(&members.list[first], end - first);
        size_t *kind = &most[members.list[first].key];
        *kind = crowd > *kind ? crowd : *kind;
        last = crowd > largest ? &members.list[end - 1] : last;
        largest = crowd > largest ? crowd : largest;
    }
    const size_t on_one_line = most[KEY_SKU] + most[KEY_CATEGORY] + most[KEY_NONE];
    if (last != NULL && on_one_line > PROMOTION_CANDIDATES_MAX) {
        check_remark(
            checking, DOUBT_CANDIDATES, &checking->rows[last->index],
            (struct promotion_remark){.column = last->key == KEY_CATEGORY ? "categories" : "skus",
                                      .text = arena_copy(checking->arena, last->word)});
    }
}
