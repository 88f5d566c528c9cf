/* delay_words.h -- delays in words: for our own people, who learn the cause and what to do, and for
 * customers, who learn what concerns them and nothing of what goes on with us. */
#ifndef PURSER_DELAY_WORDS_H
#define PURSER_DELAY_WORDS_H

#include "order/message.h"

#include <stdbool.h>
#include <stdint.h>

/* Is it a grade of what is not in time? */
bool delay_is_late(const char *grade);

/* Grades and causes are names of rules/outlook.h; of another, or of no cause, the words are "". */
const char *delay_grade_words(const char *grade, enum language language);
const char *delay_cause_words(const char *cause, enum language language);
const char *delay_advice(const char *cause, enum language language);

/* The cause as a customer may know it: "preparation" of all that goes on with us. */
const char *delay_customer_cause(const char *cause);
/* In words, with what the customer can do. */
const char *delay_customer_words(const char *cause, enum language language);

struct delay_saying {
    const char *grade;
    int32_t promised;
    int32_t promised_before; /* another day: it has moved */
    int32_t expected;        /* DAY_NONE, and so the next */
    int32_t expected_latest;
};
/* "Your order may arrive later than 2026-03-09.  It is expected from ... to ...." */
const char *
delay_sentence(const struct delay_saying *saying, enum language language, struct arena *arena);

#endif
