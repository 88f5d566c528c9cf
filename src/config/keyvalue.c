#include "config/keyvalue.h"

#include "base/date.h"
#include "base/decimal.h"
#include "base/file.h"
#include "base/text.h"
#include "config/zone.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* keys.c gives the offset of the pointer; the count stands right behind it. */
#define COUNT_FOLLOWS(list, count)                                                                 \
    _Static_assert(offsetof(struct mailbox, count) ==                                              \
                       offsetof(struct mailbox, list) + sizeof(const char **),                     \
                   "the count of a list follows its pointer")
COUNT_FOLLOWS(host_keys, host_key_count);
COUNT_FOLLOWS(patterns, pattern_count);
COUNT_FOLLOWS(temporary_patterns, temporary_pattern_count);
_Static_assert(offsetof(struct planning_policy, more_warehouse_count) ==
                   offsetof(struct planning_policy, more_warehouses) + sizeof(const char **),
               "the count of a list follows its pointer");

struct spot {
    const struct value_context *context;
    const struct config_section *section;
    const struct config_key *key;
    int line;
    char *member;
};

#define complain(spot, ...)                                                                        \
    mistake_add((spot)->context->mistakes, (spot)->section->file, (spot)->line, __VA_ARGS__)

static const char *const zone_examples = "an IANA name such as Europe/Berlin or Asia/Shanghai";

static bool
has_only(const char *text, const char *allowed)
{
    return text[strspn(text, allowed)] == '\0';
}

#define LOWER   "abcdefghijklmnopqrstuvwxyz"
#define CAPITAL "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS  "0123456789"

static int
choice_index(const struct spot *spot, const char *text)
{
    size_t count = 0;
    for (const char *const *choice = spot->key->choices; *choice != NULL; choice++, count++) {
        if (strcmp(*choice, text) == 0) {
            return (int)count;
        }
    }
    struct arena *arena = spot->context->mistakes->arena;
    const char *nearest = near_name(arena, text, spot->key->choices, count);
    complain(spot, "%s cannot be \"%s\"%s: it is one of %s", spot->key->name, text, nearest,
             config_key_range(spot->key, arena));
    return -1;
}

static void
store_choice(const struct spot *spot, const char *text)
{
    const int index = choice_index(spot, text);
    if (index >= 0) {
        memcpy(spot->member, &index, sizeof index);
    }
}

static void
store_text(const struct spot *spot, const char *text)
{
    memcpy(spot->member, &text, sizeof text);
}

static void
store_word(const struct spot *spot, const char *text)
{
    const int index = choice_index(spot, text);
    if (index >= 0) {
        store_text(spot, spot->key->choices[index]);
    }
}

static void
store_code(const struct spot *spot, const char *text)
{
    if (!has_only(text, LOWER CAPITAL DIGITS "-_.")) {
        complain(spot, "%s \"%s\" may hold only letters, digits, - _ and .", spot->key->name, text);
    }
    store_text(spot, text);
}

/* It stands in the head of a mail, between angle brackets: nothing that means something there. */
static void
store_email(const struct spot *spot, const char *text)
{
    const char *at = strchr(text, '@');
    if (text[0] != '\0' && (!has_only(text, LOWER CAPITAL DIGITS "-_.+=@") || at == NULL ||
                            at == text || at[1] == '\0' || strchr(at + 1, '@') != NULL)) {
        complain(spot, "%s \"%s\" is no e-mail address such as anna@example.com", spot->key->name,
                 text);
    }
    store_text(spot, text);
}

static void
store_currency(const struct spot *spot, const char *text)
{
    if (text[0] != '\0' && currency_exponent(text) < 0) {
        complain(spot, "%s \"%s\" is no ISO 4217 currency code such as EUR or CNY", spot->key->name,
                 text);
    }
    store_text(spot, text);
}

static void
store_country(const struct spot *spot, const char *text)
{
    if (text[0] != '\0' && (strlen(text) != 2 || !has_only(text, CAPITAL))) {
        complain(spot, "%s \"%s\" is no ISO 3166 country code such as DE or CN", spot->key->name,
                 text);
    }
    store_text(spot, text);
}

static void
store_zone(const struct spot *spot, const char *text)
{
    if (!zone_use(text)) {
        complain(spot, "this machine knows no time zone \"%s\"%s: give %s", text,
                 zone_hint(spot->context->mistakes->arena, text), zone_examples);
    }
    store_text(spot, text);
}

/* "anna | boris". */
static void
store_people(const struct spot *spot, const char *text)
{
    size_t size = 0;
    const char *rest = text;
    store_text(spot, text);
    if (text[0] == '\0') {
        return;
    }
    for (const char *name = text_list_next(&rest, &size); name != NULL;
         name = text_list_next(&rest, &size)) {
        const char *one = arena_copy_bytes(spot->context->mistakes->arena, name, size);
        if (!has_only(one, LOWER CAPITAL DIGITS "-_.@")) {
            complain(spot, "%s \"%s\": \"%s\" is no name of a user; write it like anna | boris",
                     spot->key->name, text, one);
        }
    }
}

static void
store_encoding(const struct spot *spot, const char *text)
{
    if (text[0] != '\0' && !text_encoding_known(text)) {
        complain(spot, "iconv knows no encoding \"%s\": give a name such as GB18030", text);
    }
    store_text(spot, text);
}

static void
store_yes_no(const struct spot *spot, const char *text)
{
    static const char *const yes[] = {"yes", "true", "on"};
    static const char *const no[] = {"no", "false", "off"};
    const bool is_yes = text_among(text, yes, 3);
    if (!is_yes && !text_among(text, no, 3)) {
        complain(spot, "%s is yes or no, not \"%s\"", spot->key->name, text);
    }
    memcpy(spot->member, &is_yes, sizeof is_yes);
}

struct unit {
    const char *name;
    int64_t factor;
};

static const struct unit no_units[] = {{"", 1}, {NULL, 0}};
static const struct unit durations[] = {{"ms", 1},      {"s", 1000},    {"m", 60000},
                                        {"min", 60000}, {"h", 3600000}, {"d", 86400000},
                                        {NULL, 0}};
static const struct unit sizes[] = {
    {"", 1},      {"KiB", 1024},   {"MiB", 1024 * 1024}, {"GiB", INT64_C(1024) * 1024 * 1024},
    {"kB", 1000}, {"MB", 1000000}, {"GB", 1000000000},   {NULL, 0}};

/* "30s" with its unit in the table; false after a mistake. */
static bool
number_of(const struct spot *spot, const char *text, const struct unit *units, const char *example,
          int64_t *number)
{
    struct arena *arena = spot->context->mistakes->arena;
    const size_t digits = strspn(text, DIGITS);
    const char *unit = text + digits + strspn(text + digits, " ");
    const struct unit *known = units;
    while (known->name != NULL && strcmp(known->name, unit) != 0) {
        known++;
    }
    if (digits == 0 || digits > 12 || known->name == NULL) {
        complain(spot, "%s cannot be \"%s\": write it like %s", spot->key->name, text, example);
        return false;
    }
    const int128 value = (int128)strtoll(text, NULL, 10) * known->factor;
    if (value < spot->key->min || value > spot->key->max) {
        complain(spot, "%s cannot be %s: it goes from %s", spot->key->name, text,
                 config_key_range(spot->key, arena));
        return false;
    }
    *number = (int64_t)value;
    return true;
}

static void
store_integer(const struct spot *spot, const char *text)
{
    int64_t number;
    if (number_of(spot, text, no_units, "3", &number)) {
        const int value = (int)number;
        memcpy(spot->member, &value, sizeof value);
    }
}

static void
store_count(const struct spot *spot, const char *text)
{
    int64_t number;
    if (number_of(spot, text, no_units, "1000", &number)) {
        memcpy(spot->member, &number, sizeof number);
    }
}

static void
store_maybe(const struct spot *spot, const char *text)
{
    int64_t number = -1;
    if (text[0] == '\0' || number_of(spot, text, no_units, "24", &number)) {
        memcpy(spot->member, &number, sizeof number);
    }
}

static void
store_duration(const struct spot *spot, const char *text)
{
    int64_t number;
    if (number_of(spot, text, durations, "500ms, 30s, 5m or 2h", &number)) {
        memcpy(spot->member, &number, sizeof number);
    }
}

static void
store_size(const struct spot *spot, const char *text)
{
    int64_t number;
    if (number_of(spot, text, sizes, "64KiB, 10MiB or 1GiB", &number)) {
        memcpy(spot->member, &number, sizeof number);
    }
}

/* "0.5", with or without its sign. */
static void
store_percent(const struct spot *spot, const char *text)
{
    enum { PERCENT_PLACES = 4 };
    struct arena *arena = spot->context->mistakes->arena;
    const size_t size = strcspn(text, " %");
    int64_t number = 0;
    if (!has_only(text + size, " %") || decimal_parse(arena_copy_bytes(arena, text, size),
                                                      PERCENT_PLACES, &number) != DECIMAL_FINE) {
        complain(spot, "%s cannot be \"%s\": write it like 5%% or 0.5%%", spot->key->name, text);
    } else if (number < spot->key->min || number > spot->key->max) {
        complain(spot, "%s cannot be %s: it goes from %s", spot->key->name, text,
                 config_key_range(spot->key, arena));
    } else {
        memcpy(spot->member, &number, sizeof number);
    }
}

/* Secrets lie in files that only we may read.  One that is open to others stops only its own
 * mailbox, which will not log in with it. */
static void
store_secret(const struct spot *spot, const char *text)
{
    struct stat status;
    store_text(spot, text);
    if (text[0] == '\0') {
        return;
    }
    if (fstatat(spot->context->home, text, &status, 0) != 0) {
        complain(spot, "%s %s: %s", spot->key->name, text, strerror(errno));
        return;
    }
    const char *mode = file_secret_mode(&status);
    if (!S_ISREG(status.st_mode)) {
        complain(spot, "%s %s is not a file", spot->key->name, text);
    } else if (mode != NULL) {
        spot->context->config->warning_count++;
        log_write(spot->context->log, LOG_WARNING,
                  "%s:%d: %s %s can be read by others and is not used: chmod %s %s",
                  spot->section->file, spot->line, spot->key->name, text, mode, text);
    }
}

/* "09:00", at most 24:00; moves *at past it. */
static bool
take_time(const char **at, int64_t *time_ms)
{
    const char *text = *at;
    const size_t digits = strspn(text, DIGITS);
    if ((digits != 1 && digits != 2) || text[digits] != ':' ||
        strspn(text + digits + 1, DIGITS) != 2) {
        return false;
    }
    const long hours = strtol(text, NULL, 10);
    const long minutes = strtol(text + digits + 1, NULL, 10);
    *at = text + digits + 3;
    *time_ms = ((int64_t)hours * 60 + minutes) * 60000;
    return minutes < 60 && *time_ms <= DAY_MS;
}

static void
store_hours(const struct spot *spot, const char *text)
{
    struct working_hours hours = {0, 0};
    const char *at = text;
    const bool is_begun = take_time(&at, &hours.opens_ms);
    if (!is_begun || *at++ != '-' || !take_time(&at, &hours.closes_ms) || *at != '\0') {
        complain(spot, "%s cannot be \"%s\": write it like 09:00-18:00", spot->key->name, text);
    } else if (hours.closes_ms == hours.opens_ms) {
        complain(spot, "%s cannot be %s: that is no time at all", spot->key->name, text);
    } else if (hours.closes_ms < hours.opens_ms) {
        complain(spot,
                 "%s cannot be %s: working hours over midnight are not possible; give those of one "
                 "day, from 00:00 to 24:00",
                 spot->key->name, text);
    } else {
        memcpy(spot->member, &hours, sizeof hours);
    }
}

/* "08:00 14:00", each later than the one before. */
static void
store_times(const struct spot *spot, const char *text)
{
    struct day_times times = {.count = 0};
    const char *at = text + strspn(text, " ");
    while (*at != '\0') {
        int64_t time_ms = 0;
        if (!take_time(&at, &time_ms) || (*at != '\0' && *at != ' ') || time_ms == DAY_MS) {
            complain(spot, "%s cannot be \"%s\": write it like 08:00 14:00", spot->key->name, text);
            return;
        }
        if (times.count > 0 && times.at_ms[times.count - 1] >= time_ms) {
            complain(spot, "%s cannot be \"%s\": each time comes after the one before",
                     spot->key->name, text);
            return;
        }
        if (times.count == DAY_TIMES_MAX) {
            complain(spot, "%s holds %d times at most", spot->key->name, DAY_TIMES_MAX);
            return;
        }
        times.at_ms[times.count++] = time_ms;
        at += strspn(at, " ");
    }
    memcpy(spot->member, &times, sizeof times);
}

static void
store_time(const struct spot *spot, const char *text)
{
    int64_t time_ms = 0;
    const char *at = text;
    if (!take_time(&at, &time_ms) || *at != '\0') {
        complain(spot, "%s cannot be \"%s\": write it like 15:00", spot->key->name, text);
    } else {
        memcpy(spot->member, &time_ms, sizeof time_ms);
    }
}

/* "html pdf": some of the choices, at least one. */
static void
store_some(const struct spot *spot, const char *text)
{
    unsigned int bits = 0;
    const char *at = text + strspn(text, " ");
    if (*at == '\0') {
        complain(spot, "%s is empty: it names at least one of %s", spot->key->name,
                 config_key_range(spot->key, spot->context->mistakes->arena));
    }
    while (*at != '\0') {
        const size_t size = strcspn(at, " ");
        const int choice =
            choice_index(spot, arena_copy_bytes(spot->context->mistakes->arena, at, size));
        bits |= choice >= 0 ? 1U << (unsigned int)choice : 0;
        at += size + strspn(at + size, " ");
    }
    memcpy(spot->member, &bits, sizeof bits);
}

/* "working-day 2"; no month has more of them than 23. */
static void
store_nth(const struct spot *spot, const char *text)
{
    enum { WORKING_DAY_MAX = 23 };
    static const char kind[] = "working-day ";
    const char *number = text + strlen(kind);
    int nth = 0;
    if (text[0] != '\0') {
        const bool is_begun = strncmp(text, kind, strlen(kind)) == 0;
        if (is_begun && strlen(number) <= 2 && has_only(number, DIGITS)) {
            nth = (int)strtol(number, NULL, 10);
        }
        if (nth < 1 || nth > WORKING_DAY_MAX) {
            complain(spot, "%s cannot be \"%s\": write it like working-day 2, from 1 to %d",
                     spot->key->name, text, WORKING_DAY_MAX);
        }
    }
    memcpy(spot->member, &nth, sizeof nth);
}

/* "04-01", in each year. */
static void
store_month_day(const struct spot *spot, const char *text)
{
    struct month_day value = {1, 1};
    const bool is_formed = strlen(text) == 5 && text[2] == '-' && strspn(text, DIGITS) == 2 &&
                           strspn(text + 3, DIGITS) == 2;
    if (is_formed) {
        value.month = (int)strtol(text, NULL, 10);
        value.day = (int)strtol(text + 3, NULL, 10);
    }
    if (!is_formed || value.month < 1 || value.month > 12 || value.day < 1 || value.day > 28) {
        complain(spot,
                 "%s cannot be \"%s\": write month and day like 04-01; the day is from 01 to 28",
                 spot->key->name, text);
        return;
    }
    memcpy(spot->member, &value, sizeof value);
}

/* No shell looks for the program, nor in a folder that we happen to be in. */
static void
store_command(const struct spot *spot, const char *text)
{
    const size_t size = strcspn(text, " ");
    store_text(spot, text);
    if (text[0] == '\0') {
        return;
    }
    if (text[0] != '/' && memchr(text, '/', size) != NULL) {
        complain(spot, "%s \"%.*s\" is neither a whole path nor the name of an installed program",
                 spot->key->name, (int)size, text);
    }
    if (strstr(text, "{in}") == NULL || strstr(text, "{out}") == NULL) {
        complain(spot, "%s \"%s\" must name what it reads and writes: PROGRAM {in} {out}",
                 spot->key->name, text);
    }
}

static void (*const storers[KEY_TYPE_COUNT])(const struct spot *spot, const char *text) = {
    [KEY_TEXT] = store_text,         [KEY_CODE] = store_code,
    [KEY_CURRENCY] = store_currency, [KEY_COUNTRY] = store_country,
    [KEY_ZONE] = store_zone,         [KEY_ENCODING] = store_encoding,
    [KEY_PARTNER] = store_text,      [KEY_CHOICE] = store_choice,
    [KEY_WORD] = store_word,         [KEY_YES_NO] = store_yes_no,
    [KEY_INTEGER] = store_integer,   [KEY_COUNT] = store_count,
    [KEY_DURATION] = store_duration, [KEY_SIZE] = store_size,
    [KEY_PLACE] = store_text,        [KEY_SECRET] = store_secret,
    [KEY_PERCENT] = store_percent,   [KEY_HOURS] = store_hours,
    [KEY_PEOPLE] = store_people,     [KEY_EMAIL] = store_email,
    [KEY_TIMES] = store_times,       [KEY_TIME] = store_time,
    [KEY_MAYBE] = store_maybe,       [KEY_SOME] = store_some,
    [KEY_NTH] = store_nth,           [KEY_MONTH_DAY] = store_month_day,
    [KEY_COMMAND] = store_command,
};

static void
store_list(const struct spot *spot, const char **values, size_t count)
{
    memcpy(spot->member, &values, sizeof values);
    memcpy(spot->member + sizeof values, &count, sizeof count);
}

static void
store_roles(const struct spot *spot, const char **values, size_t count)
{
    unsigned int bits = 0;
    if (count == 0) {
        complain(spot, "%s is an empty list: it names at least one of %s", spot->key->name,
                 config_key_range(spot->key, spot->context->mistakes->arena));
    }
    for (size_t index = 0; index < count; index++) {
        const int choice = choice_index(spot, values[index]);
        bits |= choice >= 0 ? 1U << (unsigned int)choice : 0;
    }
    memcpy(spot->member, &bits, sizeof bits);
}

/* The words of a default. */
static const char **
split_default(struct arena *arena, const char *text, size_t *count)
{
    enum { WORDS_MAX = 16 };
    const char **words = arena_array(arena, const char *, WORDS_MAX);
    char *rest = NULL;
    *count = 0;
    for (char *word = strtok_r(arena_copy(arena, text), " ", &rest);
         word != NULL && *count < WORDS_MAX; word = strtok_r(NULL, " ", &rest)) {
        words[(*count)++] = word;
    }
    return words;
}

void
keyvalue_store(const struct value_context *context, const struct config_section *section,
               const struct config_key *key, const struct config_setting *setting, void *target)
{
    const struct spot spot = {context, section, key,
                              setting == NULL ? section->line_last : setting->line,
                              (char *)target + key->offset};
    if (setting == NULL && (key->flags & KEY_REQUIRED) != 0) {
        complain(&spot, "%s \"%s\" ends here without \"%s\"", section_names[section->kind],
                 section->title, key->name);
        return;
    }
    if (key->type == KEY_LIST || key->type == KEY_ROLES) {
        size_t count = setting == NULL ? 0 : setting->value_count;
        const char **values = setting == NULL
                                  ? split_default(&context->config->arena, key->otherwise, &count)
                                  : setting->values;
        (key->type == KEY_LIST ? store_list : store_roles)(&spot, values, count);
        return;
    }
    /* The default comes first, so that a member is sound whatever is wrong with the setting. */
    if (key->otherwise[0] != '\0' || key->choices == NULL) {
        storers[key->type](&spot, key->otherwise);
    }
    if (setting != NULL && setting->value_count != 1) {
        complain(&spot, "%s takes one value, not a list of %zu", key->name, setting->value_count);
    } else if (setting != NULL) {
        storers[key->type](&spot, setting->values[0]);
    }
}

const struct config_setting *
keyvalue_find(const struct config_section *section, const char *name)
{
    for (size_t index = 0; index < section->setting_count; index++) {
        if (strcmp(section->settings[index].key->name, name) == 0) {
            return &section->settings[index];
        }
    }
    return NULL;
}

void
keyvalue_store_section(const struct value_context *context, const struct config_section *section,
                       void *target)
{
    for (size_t index = 0; index < config_key_count; index++) {
        const struct config_key *key = &config_keys[index];
        if ((int)key->section == section->kind) {
            keyvalue_store(context, section, key, keyvalue_find(section, key->name), target);
        }
    }
}
