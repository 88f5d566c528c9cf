#include "order/delay_words.h"

#include "base/date.h"

#include <string.h>

static const struct {
    const char *grade;
    enum message words;
    enum message saying;
} grades[] = {
    {"none", M_DELAY_GRADE_NONE, M_DELAY_SAY_NONE},
    {"at-risk", M_DELAY_GRADE_AT_RISK, M_DELAY_SAY_AT_RISK},
    {"late", M_DELAY_GRADE_LATE, M_DELAY_SAY_LATE},
    {"overdue", M_DELAY_GRADE_OVERDUE, M_DELAY_SAY_OVERDUE},
};
enum { GRADE_WORDS = sizeof grades / sizeof grades[0] };

static const struct cause_words {
    const char *cause;
    enum message words;      /* its hint is what to do */
    const char *of_customer; /* as customers know it */
    enum message told;
} causes[] = {
    {"approval", M_DELAY_CAUSE_APPROVAL, "preparation", M_DELAY_TELL_APPROVAL},
    {"price", M_DELAY_CAUSE_PRICE, "preparation", M_DELAY_TELL_APPROVAL},
    {"payment", M_DELAY_CAUSE_PAYMENT, "payment", M_DELAY_TELL_PAYMENT},
    {"credit", M_DELAY_CAUSE_CREDIT, "preparation", M_DELAY_TELL_PREPARING},
    {"hold", M_DELAY_CAUSE_HOLD, "preparation", M_DELAY_TELL_PREPARING},
    {"address", M_DELAY_CAUSE_ADDRESS, "address", M_DELAY_TELL_ADDRESS},
    {"stock", M_DELAY_CAUSE_STOCK, "preparation", M_DELAY_TELL_PREPARING},
    {"material", M_DELAY_CAUSE_MATERIAL, "preparation", M_DELAY_TELL_PREPARING},
    {"production", M_DELAY_CAUSE_PRODUCTION, "preparation", M_DELAY_TELL_PREPARING},
    {"warehouse", M_DELAY_CAUSE_WAREHOUSE, "preparation", M_DELAY_TELL_PREPARING},
    {"carrier", M_DELAY_CAUSE_CARRIER, "carrier", M_DELAY_TELL_CARRIER},
    {"customs", M_DELAY_CAUSE_CUSTOMS, "customs", M_DELAY_TELL_CUSTOMS},
    {"weather", M_DELAY_CAUSE_WEATHER, "weather", M_DELAY_TELL_WEATHER},
    {"not-accepted", M_DELAY_CAUSE_NOT_ACCEPTED, "not-accepted", M_DELAY_TELL_NOT_ACCEPTED},
    {"damaged", M_DELAY_CAUSE_DAMAGED, "damaged", M_DELAY_TELL_DAMAGED},
    {"time", M_DELAY_CAUSE_TIME, "preparation", M_DELAY_TELL_PREPARING},
};

static const struct cause_words *
words_of(const char *cause)
{
    for (size_t index = 0; index < sizeof causes / sizeof causes[0]; index++) {
        if (strcmp(causes[index].cause, cause) == 0) {
            return &causes[index];
        }
    }
    return NULL;
}

bool
delay_is_late(const char *grade)
{
    return strcmp(grade, grades[0].grade) != 0;
}

const char *
delay_grade_words(const char *grade, enum language language)
{
    for (size_t index = 0; index < GRADE_WORDS; index++) {
        if (strcmp(grades[index].grade, grade) == 0) {
            return message_text(grades[index].words, language);
        }
    }
    return "";
}

const char *
delay_cause_words(const char *cause, enum language language)
{
    const struct cause_words *words = words_of(cause);
    return words == NULL ? "" : message_text(words->words, language);
}

const char *
delay_advice(const char *cause, enum language language)
{
    const struct cause_words *words = words_of(cause);
    return words == NULL ? "" : message_entry(words->words)->hint[language];
}

const char *
delay_customer_cause(const char *cause)
{
    const struct cause_words *words = words_of(cause);
    return words == NULL ? "" : words->of_customer;
}

const char *
delay_customer_words(const char *cause, enum language language)
{
    const struct cause_words *words = words_of(cause);
    return words == NULL ? "" : message_text(words->told, language);
}

static const char *
fill(enum message message, int32_t one, int32_t other, enum language language, struct arena *arena)
{
    char first[DATE_TEXT_SIZE];
    char second[DATE_TEXT_SIZE];
    return message_fill(
        message, language,
        (const char *const[]){day_format(first, one), day_format(second, other), NULL}, arena);
}

static const char *
expected(const struct delay_saying *saying, enum language language, struct arena *arena)
{
    if (saying->expected == DAY_NONE || saying->expected_latest == DAY_NONE) {
        return "";
    }
    return fill(saying->expected == saying->expected_latest ? M_DELAY_SAY_EXPECTED_ON
                                                            : M_DELAY_SAY_EXPECTED,
                saying->expected, saying->expected_latest, language, arena);
}

const char *
delay_sentence(const struct delay_saying *saying, enum language language, struct arena *arena)
{
    const bool is_well = !delay_is_late(saying->grade);
    const char *blank = language == LANGUAGE_ZH ? "" : " ";
    const char *text = "";
    if (saying->promised != saying->promised_before) {
        text = fill(M_DELAY_SAY_MOVED, saying->promised, saying->promised_before, language, arena);
    }
    for (size_t index = 0; index < GRADE_WORDS; index++) {
        if (strcmp(grades[index].grade, saying->grade) == 0 && (!is_well || text[0] == '\0')) {
            text = arena_format(
                arena, "%s%s%s", text, text[0] == '\0' ? "" : blank,
                fill(grades[index].saying, saying->promised, DAY_NONE, language, arena));
        }
    }
    const char *when = is_well ? "" : expected(saying, language, arena);
    return when[0] == '\0' ? text : arena_format(arena, "%s%s%s", text, blank, when);
}
