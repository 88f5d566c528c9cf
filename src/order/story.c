#include "order/story.h"

#include "base/date.h"
#include "base/text.h"
#include "order/delay_words.h"
#include "order/lifecycle.h"
#include "order/order.h"
#include "order/transport_state.h"

#include <assert.h>
#include <string.h>

#define STORY_FAMILY_AS_NAME(enumerator, name) name,
const char *const story_family_names[STORY_FAMILY_COUNT] = {"",
                                                            STORY_FAMILIES(STORY_FAMILY_AS_NAME)};

/* Of the events: here a new one gets its family and its sentence. */
static const struct story_kind events[ORDER_EVENT_COUNT] = {
    [EVENT_RECEIVED] = {STORY_ORDER, M_STORY_RECEIVED},
    [EVENT_REFUSED] = {STORY_DECISIONS, M_STORY_REFUSED},
    [EVENT_PRICE_AWAITED] = {STORY_ORDER, M_STORY_PRICE_AWAITED},
    [EVENT_APPROVAL_HELD] = {STORY_DECISIONS, M_STORY_APPROVAL_HELD},
    [EVENT_APPROVAL_ASKED] = {STORY_DECISIONS, M_STORY_APPROVAL_ASKED},
    [EVENT_APPROVED] = {STORY_DECISIONS, M_STORY_APPROVED},
    [EVENT_REPRICED] = {STORY_ORDER, M_STORY_REPRICED},
    [EVENT_HOLD_PLACED] = {STORY_ORDER, M_STORY_HOLD_PLACED},
    [EVENT_HOLD_ENDED] = {STORY_ORDER, M_STORY_HOLD_ENDED},
    [EVENT_PROMISED] = {STORY_ORDER, M_STORY_PROMISED},
    [EVENT_REST_CANCELLED] = {STORY_CHANGES, M_STORY_REST_CANCELLED},
    [EVENT_CHANGED] = {STORY_CHANGES, M_STORY_CHANGED},
    [EVENT_AMENDED] = {STORY_CHANGES, M_STORY_AMENDED},
    [EVENT_CANCELLED] = {STORY_CHANGES, M_STORY_CANCELLED},
    [EVENT_CLOSED] = {STORY_CHANGES, M_STORY_CLOSED},
    [EVENT_RELEASED] = {STORY_GOODS, M_STORY_RELEASED},
    [EVENT_PARTLY_SHIPPED] = {STORY_GOODS, M_STORY_PARTLY_SHIPPED},
    [EVENT_SHIPPED] = {STORY_GOODS, M_STORY_SHIPPED},
    [EVENT_PARTLY_DELIVERED] = {STORY_GOODS, M_STORY_PARTLY_DELIVERED},
    [EVENT_DELIVERED] = {STORY_GOODS, M_STORY_DELIVERED},
    [EVENT_PAYMENT_DUE] = {STORY_MONEY, M_STORY_PAYMENT_DUE},
    [EVENT_PART_PAID] = {STORY_MONEY, M_STORY_PART_PAID},
    [EVENT_PAID] = {STORY_MONEY, M_STORY_PAID},
    [EVENT_REFUNDED] = {STORY_MONEY, M_STORY_REFUNDED},
    [EVENT_WAREHOUSE_RECEIVED] = {STORY_GOODS, M_STORY_WAREHOUSE_RECEIVED},
    [EVENT_PICKING] = {STORY_GOODS, M_STORY_PICKING},
    [EVENT_PACKED] = {STORY_GOODS, M_STORY_PACKED},
    [EVENT_RELEASE_SHORT] = {STORY_GOODS, M_STORY_RELEASE_SHORT},
    [EVENT_RELEASE_REFUSED] = {STORY_GOODS, M_STORY_RELEASE_REFUSED},
    [EVENT_PRODUCTION_ASKED] = {STORY_GOODS, M_STORY_PRODUCTION_ASKED},
    [EVENT_PRODUCTION_ACCEPTED] = {STORY_GOODS, M_STORY_PRODUCTION_ACCEPTED},
    [EVENT_PRODUCTION_STARTED] = {STORY_GOODS, M_STORY_PRODUCTION_STARTED},
    [EVENT_PRODUCTION_LATE] = {STORY_GOODS, M_STORY_PRODUCTION_LATE},
    [EVENT_PRODUCTION_DONE] = {STORY_GOODS, M_STORY_PRODUCTION_DONE},
    [EVENT_PRODUCTION_REFUSED] = {STORY_GOODS, M_STORY_PRODUCTION_REFUSED},
    [EVENT_PRODUCTION_STOPPED] = {STORY_GOODS, M_STORY_PRODUCTION_STOPPED},
    [EVENT_CHANGE_ASKED] = {STORY_CHANGES, M_STORY_CHANGE_ASKED},
    [EVENT_CHANGE_REFUSED] = {STORY_CHANGES, M_STORY_CHANGE_REFUSED},
    [EVENT_CANCEL_ASKED] = {STORY_CHANGES, M_STORY_CANCEL_ASKED},
    [EVENT_CANCEL_REFUSED] = {STORY_CHANGES, M_STORY_CANCEL_REFUSED},
    [EVENT_PART_CANCELLED] = {STORY_CHANGES, M_STORY_PART_CANCELLED},
    [EVENT_STOP_ASKED] = {STORY_CHANGES, M_STORY_STOP_ASKED},
    [EVENT_STOPPED] = {STORY_CHANGES, M_STORY_STOPPED},
    [EVENT_STOP_TOO_LATE] = {STORY_CHANGES, M_STORY_STOP_TOO_LATE},
    [EVENT_REDIRECT_ASKED] = {STORY_CHANGES, M_STORY_REDIRECT_ASKED},
    [EVENT_REDIRECTED] = {STORY_CHANGES, M_STORY_REDIRECTED},
    [EVENT_REDIRECT_REFUSED] = {STORY_CHANGES, M_STORY_REDIRECT_REFUSED},
    [EVENT_CHARGED] = {STORY_MONEY, M_STORY_CHARGED},
    [EVENT_FEE_WAIVED] = {STORY_MONEY, M_STORY_FEE_WAIVED},
    [EVENT_RETURN_SETTLED] = {STORY_RETURNS, M_STORY_RETURN_SETTLED},
    [EVENT_RETURN_AUTHORISED] = {STORY_RETURNS, M_STORY_RETURN_AUTHORISED},
    [EVENT_RETURN_REFUSED] = {STORY_RETURNS, M_STORY_RETURN_REFUSED},
    [EVENT_RETURN_RECEIVED] = {STORY_RETURNS, M_STORY_RETURN_RECEIVED},
    [EVENT_RETURN_EXPIRED] = {STORY_RETURNS, M_STORY_RETURN_EXPIRED},
    [EVENT_EXCHANGED] = {STORY_RETURNS, M_STORY_EXCHANGED},
};

/* How a fact is said. */
enum style {
    STYLE_TEXT,
    STYLE_WORD,   /* one of our words, or what a person wrote */
    STYLE_AMOUNT, /* with the currency of the entry */
    STYLE_EN,     /* this one for readers of English, the next for those of Chinese */
    STYLE_ZH,
    STYLE_PARCEL,
    STYLE_GRADE,
    STYLE_DELAY,
    STYLE_CODE,  /* of the catalogue */
    STYLE_PLAIN, /* its label is the whole of how it follows */
};

/* Facts that people read, in the order in which they are told. */
static const struct {
    const char *name;
    enum style style;
    enum message label;
} known[] = {
    {"hold", STYLE_WORD, M_STORY_FACT_HOLD},
    {"blocks", STYLE_WORD, M_STORY_FACT_BLOCKS},
    {"how", STYLE_WORD, M_STORY_FACT_HOW},
    {"document", STYLE_WORD, M_STORY_FACT_DOCUMENT},
    {"number", STYLE_TEXT, M_STORY_FACT_NUMBER},
    {"change", STYLE_TEXT, M_STORY_FACT_CHANGE},
    {"request", STYLE_TEXT, M_STORY_FACT_REQUEST},
    {"return", STYLE_TEXT, M_STORY_FACT_RETURN},
    {"receipt", STYLE_TEXT, M_STORY_FACT_RECEIPT},
    {"exchange", STYLE_TEXT, M_STORY_FACT_EXCHANGE},
    {"exchanged_order", STYLE_TEXT, M_STORY_FACT_EXCHANGED_ORDER},
    {"corrects", STYLE_TEXT, M_STORY_FACT_CORRECTS},
    {"invoice", STYLE_TEXT, M_STORY_FACT_INVOICE},
    {"shipment", STYLE_TEXT, M_STORY_FACT_SHIPMENT},
    {"release", STYLE_TEXT, M_STORY_FACT_RELEASE},
    {"production", STYLE_TEXT, M_STORY_FACT_PRODUCTION},
    {"notice", STYLE_TEXT, M_STORY_FACT_NOTICE},
    {"plant", STYLE_TEXT, M_STORY_FACT_PLANT},
    {"warehouse", STYLE_TEXT, M_STORY_FACT_WAREHOUSE},
    {"step", STYLE_TEXT, M_STORY_FACT_STEP},
    {"person", STYLE_TEXT, M_STORY_FACT_PERSON},
    {"authority", STYLE_TEXT, M_STORY_FACT_AUTHORITY},
    {"way", STYLE_WORD, M_STORY_FACT_WAY},
    {"verdict", STYLE_WORD, M_STORY_FACT_VERDICT},
    {"status", STYLE_WORD, M_STORY_FACT_STATUS},
    {"state", STYLE_WORD, M_STORY_FACT_STATUS},
    {"line", STYLE_TEXT, M_STORY_FACT_LINE},
    {"lines", STYLE_TEXT, M_STORY_FACT_LINES},
    {"refused", STYLE_TEXT, M_STORY_FACT_REFUSED},
    {"struck", STYLE_TEXT, M_STORY_FACT_STRUCK},
    {"sku", STYLE_TEXT, M_STORY_FACT_SKU},
    {"quantity", STYLE_TEXT, M_STORY_FACT_QUANTITY},
    {"done", STYLE_TEXT, M_STORY_FACT_DONE},
    {"condition", STYLE_WORD, M_STORY_FACT_CONDITION},
    {"disposition", STYLE_WORD, M_STORY_FACT_DISPOSITION},
    {"carrier", STYLE_TEXT, M_STORY_FACT_CARRIER},
    {"tracking", STYLE_TEXT, M_STORY_FACT_TRACKING},
    {"parcel", STYLE_PARCEL, M_STORY_FACT_PARCEL},
    {"means_en", STYLE_EN, M_STORY_FACT_MEANS},
    {"means_zh", STYLE_ZH, M_STORY_FACT_MEANS},
    {"code", STYLE_TEXT, M_STORY_FACT_CODE},
    {"place", STYLE_TEXT, M_STORY_FACT_PLACE},
    {"signed_by", STYLE_TEXT, M_STORY_FACT_SIGNED_BY},
    {"grade", STYLE_GRADE, M_STORY_FACT_GRADE},
    {"delay", STYLE_DELAY, M_STORY_FACT_CAUSE},
    {"cause", STYLE_WORD, M_STORY_FACT_CAUSE},
    {"price", STYLE_TEXT, M_STORY_FACT_PRICE},
    {"amount", STYLE_AMOUNT, M_STORY_FACT_AMOUNT},
    {"net", STYLE_AMOUNT, M_STORY_FACT_NET},
    {"freight", STYLE_AMOUNT, M_STORY_FACT_FREIGHT},
    {"tax", STYLE_AMOUNT, M_STORY_FACT_TAX},
    {"gross", STYLE_AMOUNT, M_STORY_FACT_GROSS},
    {"limit", STYLE_AMOUNT, M_STORY_FACT_LIMIT},
    {"required", STYLE_AMOUNT, M_STORY_FACT_REQUIRED},
    {"paid", STYLE_AMOUNT, M_STORY_FACT_PAID},
    {"open", STYLE_AMOUNT, M_STORY_FACT_OPEN},
    {"refund", STYLE_AMOUNT, M_STORY_FACT_REFUND},
    {"fee", STYLE_AMOUNT, M_STORY_FACT_FEE},
    {"payer", STYLE_TEXT, M_STORY_FACT_PAYER},
    {"reference", STYLE_TEXT, M_STORY_FACT_REFERENCE},
    {"day", STYLE_TEXT, M_STORY_FACT_DAY},
    {"before", STYLE_TEXT, M_STORY_FACT_BEFORE},
    {"promised", STYLE_TEXT, M_STORY_FACT_PROMISED},
    {"expected", STYLE_TEXT, M_STORY_FACT_EXPECTED},
    {"ships", STYLE_TEXT, M_STORY_FACT_SHIPS},
    {"until", STYLE_TEXT, M_STORY_FACT_UNTIL},
    {"due", STYLE_TEXT, M_STORY_FACT_DUE},
    {"expires", STYLE_TEXT, M_STORY_FACT_EXPIRES},
    {"fault", STYLE_WORD, M_STORY_FACT_FAULT},
    {"reason", STYLE_WORD, M_STORY_FACT_REASON},
    {"why", STYLE_CODE, M_STORY_FACT_REASON},
    {"waits", STYLE_WORD, M_STORY_FACT_WAITS},
    {"said", STYLE_PLAIN, M_STORY_FACT_SAID},
    {"file", STYLE_TEXT, M_STORY_FACT_FILE},
    {"sha256", STYLE_TEXT, M_STORY_FACT_SHA256},
    {"delivered", STYLE_TEXT, M_STORY_FACT_DELIVERED},
};
enum { KNOWN_COUNT = sizeof known / sizeof known[0] };

#define STORY_AS_KIND(name, family, message) {(name), {(family), (message)}},
static const struct {
    const char *name;
    struct story_kind kind;
} more[] = {STORY_MORE(STORY_AS_KIND)};

bool
story_kind_find(const char *name, struct story_kind *kind)
{
    const int event = name_index(name, order_event_names, ORDER_EVENT_COUNT);
    if (event >= 0) {
        *kind = events[event];
        return kind->family != STORY_NO_FAMILY;
    }
    for (size_t index = 0; index < sizeof more / sizeof more[0]; index++) {
        if (strcmp(more[index].name, name) == 0) {
            *kind = more[index].kind;
            return true;
        }
    }
    return false;
}

static const struct story_fact *
fact_of(const struct story_fact *facts, size_t count, const char *name, size_t size)
{
    for (size_t index = 0; index < count; index++) {
        if (strncmp(facts[index].name, name, size) == 0 && facts[index].name[size] == '\0') {
            return &facts[index];
        }
    }
    return NULL;
}

/* "2026-03-02 09:00", by the clocks here. */
static const char *
moment_here(struct arena *arena, int64_t moment_ms)
{
    char text[TIME_TEXT_SIZE];
    moment_format(text, moment_ms);
    return arena_format(arena, "%.10s %.5s", text, text + 11);
}

const char *
story_moment_utc(struct arena *arena, int64_t moment_ms)
{
    int64_t days = moment_ms / DAY_MS;
    if (moment_ms % DAY_MS < 0) {
        days--;
    }
    const int seconds = (int)((moment_ms - days * DAY_MS) / 1000);
    char day[DATE_TEXT_SIZE];
    return arena_format(arena, "%sT%02d:%02d:%02dZ", day_format(day, (int32_t)days), seconds / 3600,
                        seconds / 60 % 60, seconds % 60);
}

/* What went into a text of the store is shown safely. */
static const char *
shown(const char *value, struct arena *arena)
{
    return text_show(arena, value, strlen(value), 200);
}

static const char *
word_of(const char *value, enum language language, struct arena *arena)
{
    const char *word = message_word(value, language);
    return word != NULL ? word : shown(value, arena);
}

static const char *
amount_of(const char *value, const struct story_fact *facts, size_t count, struct arena *arena)
{
    const struct story_fact *currency = fact_of(facts, count, "currency", strlen("currency"));
    return currency == NULL ? value : arena_format(arena, "%s %s", value, currency->value);
}

static const char *
code_of(const char *value, enum language language, struct arena *arena)
{
    const enum message code = message_find(value);
    return code == MESSAGE_COUNT ? shown(value, arena) : message_text(code, language);
}

/* As people read it; "": not at all. */
static const char *
value_of(size_t at, const struct story_fact *fact, const struct story_fact *facts, size_t count,
         enum language language, struct arena *arena)
{
    const char *value = fact->value;
    if (fact->moment_ms != 0) {
        return moment_here(arena, fact->moment_ms);
    }
    switch (known[at].style) {
    case STYLE_WORD: return value[0] == '\0' ? "" : word_of(value, language, arena);
    case STYLE_AMOUNT: return value[0] == '\0' ? "" : amount_of(value, facts, count, arena);
    case STYLE_EN: return language == LANGUAGE_EN ? shown(value, arena) : "";
    case STYLE_ZH: return language == LANGUAGE_ZH ? shown(value, arena) : "";
    case STYLE_PARCEL: return transport_state_text(value, language);
    case STYLE_GRADE: return delay_grade_words(value, language);
    case STYLE_DELAY: return delay_cause_words(value, language);
    case STYLE_CODE: return value[0] == '\0' ? "" : code_of(value, language, arena);
    default: return shown(value, arena);
    }
}

struct telling {
    const struct story_fact *facts;
    size_t count;
    enum language language;
    struct arena *arena;
    bool is_said[sizeof known / sizeof known[0]];
};

/* The fact {name} of a sentence; nothing when the entry has none. */
static const char *
named_value(struct telling *telling, const char *name, size_t size)
{
    const struct story_fact *fact = fact_of(telling->facts, telling->count, name, size);
    for (size_t at = 0; at < KNOWN_COUNT; at++) {
        if (strncmp(known[at].name, name, size) == 0 && known[at].name[size] == '\0') {
            telling->is_said[at] = true;
            return fact == NULL ? ""
                                : value_of(at, fact, telling->facts, telling->count,
                                           telling->language, telling->arena);
        }
    }
    assert(!"a sentence names a fact that no row of `known` has");
    return "";
}

static const char *
fill(struct telling *telling, const char *sentence)
{
    const char *text = "";
    while (*sentence != '\0') {
        const size_t plain = strcspn(sentence, "{");
        text = arena_format(telling->arena, "%s%.*s", text, (int)plain, sentence);
        sentence += plain;
        if (*sentence == '{') {
            const size_t size = strcspn(sentence + 1, "}");
            text = arena_format(telling->arena, "%s%s", text,
                                named_value(telling, sentence + 1, size));
            sentence += size + 2;
        }
    }
    return text;
}

static const char *
followed_by(const char *text, size_t at, const char *value, enum language language,
            struct arena *arena)
{
    if (known[at].style == STYLE_PLAIN) {
        return message_fill(known[at].label, language, (const char *const[]){text, value, NULL},
                            arena);
    }
    return message_fill(
        M_STORY_AND, language,
        (const char *const[]){text, message_text(known[at].label, language), value, NULL}, arena);
}

const char *
story_text(enum message sentence, const struct story_fact *facts, size_t count,
           enum language language, struct arena *arena)
{
    struct telling telling = {facts, count, language, arena, {false}};
    const char *text = fill(&telling, message_text(sentence, language));
    for (size_t at = 0; at < KNOWN_COUNT; at++) {
        const struct story_fact *fact =
            telling.is_said[at] ? NULL
                                : fact_of(facts, count, known[at].name, strlen(known[at].name));
        const char *value = fact == NULL ? "" : value_of(at, fact, facts, count, language, arena);
        if (value[0] != '\0') {
            text = followed_by(text, at, value, language, arena);
        }
    }
    return text;
}
