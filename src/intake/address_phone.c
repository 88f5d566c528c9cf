/* Telephone numbers.  A number is changed only where the plan of its country leaves no doubt which
 * one is meant; a wrong number on a parcel is worse than one in another dress. */
#include "intake/address.h"

#include <ctype.h>
#include <string.h>

static const char digits_text[] = "0123456789";

enum { PHONE_DIGITS_MIN = 5, PHONE_DIGITS_MAX = 15, PHONE_BYTES_MAX = 60 };

/* How numbers are dialled inside a country. */
struct plan {
    const char *calling;
    const char *trunk; /* stands before a complete number inside the country; "" for none */
    unsigned char digits_min;
    unsigned char digits_max; /* of a complete number, without trunk */
    bool is_optional; /* without trunk it is complete all the same: no shorter, local number is as
                         long as this */
    bool is_from_00;  /* 00 at the front can only be the way out, or a number from abroad */
};

/* Countries whose numbers need more than this table can say (Argentina's mobile 15, the zeros that
 * Ivory Coast, Benin and Congo keep, ...) are left out: their numbers are taken as they are
 * written, and only with the country code.  China, North America and Italy have functions of their
 * own. */
static const struct plan plans[] = {
    {"1", "1", 10, 10, true, true},    {"20", "0", 8, 10, false, true},
    {"27", "0", 9, 9, true, true},     {"30", "", 10, 10, true, true},
    {"31", "0", 9, 9, true, true},     {"32", "0", 8, 9, true, true},
    {"33", "0", 9, 9, true, true},     {"34", "", 9, 9, true, true},
    {"36", "06", 8, 9, false, true},   {"39", "", 6, 11, true, true},
    {"40", "0", 9, 9, true, true},     {"41", "0", 9, 9, true, true},
    {"43", "0", 4, 13, false, true},   {"44", "0", 9, 10, false, true},
    {"45", "", 8, 8, true, true},      {"46", "0", 6, 10, false, true},
    {"47", "", 8, 8, true, true},      {"48", "", 9, 9, true, true},
    {"49", "0", 5, 13, false, true},   {"51", "0", 8, 9, false, true},
    {"52", "", 10, 10, true, true},    {"55", "0", 10, 11, true, false},
    {"56", "", 9, 9, true, true},      {"57", "", 10, 10, true, false},
    {"58", "0", 10, 10, true, true},   {"60", "0", 8, 10, false, true},
    {"61", "0", 9, 9, true, true},     {"62", "0", 7, 12, false, false},
    {"63", "0", 8, 10, false, true},   {"64", "0", 8, 10, false, true},
    {"65", "", 8, 8, true, false},     {"66", "0", 8, 9, false, false},
    {"7", "8", 10, 10, true, true},    {"81", "0", 9, 10, false, false},
    {"82", "0", 8, 10, false, false},  {"84", "0", 9, 10, false, true},
    {"86", "0", 9, 11, true, true},    {"90", "0", 10, 10, true, true},
    {"91", "0", 10, 10, true, true},   {"92", "0", 8, 10, false, true},
    {"93", "0", 9, 9, true, true},     {"94", "0", 9, 9, true, true},
    {"98", "0", 10, 10, true, true},   {"212", "0", 9, 9, true, true},
    {"213", "0", 8, 9, false, true},   {"216", "", 8, 8, true, true},
    {"233", "0", 9, 9, true, true},    {"234", "0", 8, 10, false, true},
    {"254", "0", 7, 10, false, false}, {"255", "0", 9, 9, true, false},
    {"256", "0", 9, 9, true, false},   {"351", "", 9, 9, true, true},
    {"352", "", 5, 11, true, true},    {"353", "0", 7, 9, false, true},
    {"354", "", 7, 7, true, true},     {"356", "", 8, 8, true, true},
    {"357", "", 8, 8, true, true},     {"358", "0", 5, 12, false, true},
    {"359", "0", 7, 9, false, true},   {"370", "8", 8, 8, true, true},
    {"371", "", 8, 8, true, true},     {"372", "", 7, 8, true, true},
    {"373", "0", 8, 8, true, true},    {"374", "0", 8, 8, true, true},
    {"375", "80", 9, 9, true, true},   {"380", "0", 9, 9, true, true},
    {"381", "0", 6, 12, false, true},  {"382", "0", 8, 9, false, true},
    {"385", "0", 7, 9, false, true},   {"386", "0", 8, 8, true, true},
    {"387", "0", 8, 9, false, true},   {"389", "0", 8, 8, true, true},
    {"420", "", 9, 9, true, true},     {"421", "0", 9, 9, true, true},
    {"423", "", 7, 7, true, true},     {"502", "", 8, 8, true, true},
    {"503", "", 8, 8, true, true},     {"504", "", 8, 8, true, true},
    {"505", "", 8, 8, true, true},     {"506", "", 8, 8, true, true},
    {"507", "", 7, 8, true, true},     {"852", "", 8, 8, true, false},
    {"853", "", 8, 8, true, true},     {"855", "0", 8, 9, false, false},
    {"886", "0", 8, 9, false, false},  {"962", "0", 8, 9, false, true},
    {"965", "", 8, 8, true, true},     {"966", "0", 9, 9, true, true},
    {"968", "", 8, 8, true, true},     {"971", "0", 8, 9, false, true},
    {"972", "0", 8, 9, false, true},   {"973", "", 8, 8, true, true},
    {"974", "", 8, 8, true, true},     {"994", "0", 9, 9, true, true},
    {"995", "0", 9, 9, true, true},    {"996", "0", 9, 9, true, true},
};

static const struct plan *
plan_of(const char *calling)
{
    for (size_t index = 0; index < sizeof plans / sizeof plans[0]; index++) {
        if (strcmp(plans[index].calling, calling) == 0) {
            return &plans[index];
        }
    }
    return NULL;
}

/* A telephone number taken apart. */
struct phone {
    const char *calling; /* of the country that the number stands with */
    const struct plan *plan;
    bool is_international;
    bool has_inner_zero; /* +49 (0)40: for callers inside the country */
    bool is_odd;         /* characters that no number has, or two numbers in one */
    bool is_corrected;
    char digits[PHONE_BYTES_MAX + 1];
    char extension[PHONE_BYTES_MAX + 1];
};

static void
append(char *text, char one)
{
    const size_t length = strlen(text);
    text[length] = one;
    text[length + 1] = '\0';
}

static bool
begins_with(const char *text, const char *front)
{
    return strncmp(text, front, strlen(front)) == 0;
}

static bool
is_of_china(const struct phone *parts)
{
    return strcmp(parts->calling, "86") == 0;
}

/* Where the extension begins, and how long its mark is: "x12", "ext. 12", "转12", "#12"; in China
 * also "-12" after a full number, which elsewhere just divides one. */
static const char *
extension_mark(const struct phone *parts, const char *phone, size_t *length)
{
    static const char *const marks[] = {"转", "分机", "ext.", "ext", "Ext", "x", "X", "#"};
    for (size_t index = 0; index < sizeof marks / sizeof marks[0]; index++) {
        const char *found = strstr(phone, marks[index]);
        if (found != NULL && found != phone) {
            *length = strlen(marks[index]);
            return found;
        }
    }
    const char *dash = is_of_china(parts) ? strrchr(phone, '-') : NULL;
    const bool after_mobile =
        dash != NULL && dash - phone >= 11 && phone[0] == '1' && strspn(phone, digits_text) == 11;
    /* 010-12345678-123: area, number, extension. */
    const bool is_third = dash != NULL && phone[0] == '0' && strchr(phone, '-') != dash &&
                          strlen(dash + 1) <= 5 && dash - phone >= 11;
    *length = 1;
    return after_mobile || is_third ? dash : NULL;
}

static void
take_extension(struct phone *parts, const char *text)
{
    for (; *text != '\0'; text++) {
        if (isdigit((unsigned char)*text)) {
            append(parts->extension, *text);
        } else if (strchr(" .:-", *text) == NULL) {
            parts->is_odd = true;
        }
    }
    parts->is_odd = parts->is_odd || parts->extension[0] == '\0';
}

/* 040/123456 divides area and number; 123456/7 and 040123/040456 are two numbers. */
static bool
is_divider(const struct phone *parts, const char *at)
{
    enum { AREA_DIGITS_MAX = 6, NUMBER_DIGITS_MIN = 4 };
    const char *behind = at + 1 + strspn(at + 1, " ");
    return !is_of_china(parts) && strlen(parts->digits) <= AREA_DIGITS_MAX && *behind != '0' &&
           strchr(behind, '/') == NULL && strspn(behind, "0123456789 -") >= NUMBER_DIGITS_MIN;
}

static void
take_digits(struct phone *parts, const char *phone, const char *end)
{
    const char *zero = strstr(phone, "(0)");
    for (const char *at = phone; at < end; at++) {
        if (at == zero && parts->is_international) {
            parts->has_inner_zero = true;
            append(parts->digits, '0');
            at += 2;
        } else if (isdigit((unsigned char)*at)) {
            append(parts->digits, *at);
        } else if (*at == 'O' || *at == 'o') {
            append(parts->digits, '0');
            parts->is_corrected = true;
        } else if (*at == '/' ? !is_divider(parts, at) : strchr(" -().", *at) == NULL) {
            parts->is_odd = true;
        }
    }
}

static void
take_apart(struct phone *parts, const char *phone)
{
    size_t mark = 0;
    phone += begins_with(phone, "(+"); /* (+49) 30 */
    const char *end = extension_mark(parts, phone, &mark);
    if (end != NULL) {
        take_extension(parts, end + mark);
    } else {
        end = phone + strlen(phone);
    }
    parts->is_international = phone[0] == '+';
    take_digits(parts, phone + parts->is_international, end);
    if (!parts->is_international && begins_with(parts->digits, "00") && parts->plan != NULL &&
        parts->plan->is_from_00) {
        memmove(parts->digits, parts->digits + 2, strlen(parts->digits) - 1);
        parts->is_international = true;
        parts->is_corrected = true;
    }
}

/* Mobile 1[3-9] and nine digits; 400 and 800 numbers of ten; landlines of area (10, 2x, or three
 * digits) and 7 or 8. */
static bool
is_chinese(const char *national)
{
    const size_t length = strlen(national);
    if (national[0] == '1' && length == 11) {
        return national[1] >= '3';
    }
    if (length == 10 && (begins_with(national, "400") || begins_with(national, "800"))) {
        return true;
    }
    if (begins_with(national, "10") || national[0] == '2') {
        return length == 10 || length == 9;
    }
    return national[0] >= '3' && length >= 10 && length <= 11;
}

/* Italian numbers keep the zero of their area, also behind +39; mobiles begin with 3. */
static bool
is_italian(const char *national, bool is_international)
{
    const size_t length = strlen(national);
    if (national[0] == '0') {
        return national[1] != '0' && length >= 6 && length <= 11;
    }
    if (national[0] == '3') {
        return length == 9 || length == 10;
    }
    return is_international && national[0] == '8' && length >= 6;
}

/* Is this a complete number of its country, trunk taken away? */
static bool
is_complete(const struct phone *parts, const char *national)
{
    const size_t length = strlen(national);
    if (is_of_china(parts)) {
        return is_chinese(national);
    }
    if (strcmp(parts->calling, "39") == 0) {
        return is_italian(national, parts->is_international);
    }
    if (strcmp(parts->calling, "1") == 0) {
        return length == 10 && national[0] >= '2' && national[3] >= '2';
    }
    if (national[0] == '0' || length > parts->plan->digits_max) {
        return false;
    }
    /* Behind + there are also short numbers, for which no table is needed. */
    return length >= (parts->is_international ? PHONE_DIGITS_MIN : parts->plan->digits_min);
}

/* "+49 ..." or, after 00, "49 ...": what stands behind the calling code; NULL when it is in doubt.
 * The trunk of the country may stand between. */
static const char *
behind_calling(struct phone *parts)
{
    const struct plan *plan = parts->plan;
    const char *national = parts->digits + strlen(parts->calling);
    if (plan == NULL) {
        /* Whether a zero belongs there is not known. */
        const bool is_fine = national[0] != '0' && strlen(national) >= PHONE_DIGITS_MIN;
        return is_fine && !parts->has_inner_zero ? national : NULL;
    }
    const bool has_trunk = plan->trunk[0] == '0' && begins_with(national, plan->trunk);
    if (parts->has_inner_zero && !has_trunk && strcmp(parts->calling, "39") != 0) {
        return NULL;
    }
    parts->is_corrected = parts->is_corrected || has_trunk;
    national += has_trunk ? strlen(plan->trunk) : 0;
    return is_complete(parts, national) ? national : NULL;
}

/* A number as it is dialled inside the country; NULL when it is in doubt. */
static const char *
behind_trunk(struct phone *parts)
{
    const struct plan *plan = parts->plan;
    const char *digits = parts->digits;
    if (plan == NULL) {
        return NULL;
    }
    if (is_of_china(parts) && begins_with(digits, "861") && strlen(digits) == 13) {
        return digits + 2;
    }
    const char *national = digits;
    /* North America's 1 and Russia's 8 may also begin a number: the length tells. */
    if (plan->trunk[0] != '\0' && begins_with(digits, plan->trunk) &&
        (plan->trunk[0] == '0' || strlen(digits) == strlen(plan->trunk) + plan->digits_max)) {
        national += strlen(plan->trunk);
    } else if (!plan->is_optional) {
        return NULL; /* without an area? */
    } else if (strcmp(plan->calling, "7") == 0 && digits[0] == '7' && strlen(digits) == 11) {
        national++; /* +7 without the + */
    }
    if (!is_complete(parts, national)) {
        return NULL;
    }
    /* The country code is our assumption; where most of the orders come from, it goes without
     * saying. */
    parts->is_corrected =
        parts->is_corrected || !(is_of_china(parts) || strcmp(parts->calling, "1") == 0);
    return national;
}

/* A number of another country, complete by itself. */
static bool
is_foreign(const struct phone *parts)
{
    const size_t length = strlen(parts->digits);
    return parts->digits[0] != '0' && length >= 8 && length <= PHONE_DIGITS_MAX &&
           !parts->has_inner_zero;
}

enum address_verdict
address_phone(const char *phone, const char *calling, struct arena *arena, const char **normal)
{
    struct phone parts = {.calling = calling, .plan = plan_of(calling)};
    if (strlen(phone) > PHONE_BYTES_MAX) {
        return ADDRESS_DOUBTFUL;
    }
    take_apart(&parts, phone);
    if (parts.is_odd) {
        return ADDRESS_DOUBTFUL;
    }
    const char *extension =
        parts.extension[0] == '\0' ? "" : arena_format(arena, "x%s", parts.extension);
    const bool has_country = *calling != '\0';
    if (has_country && parts.is_international && begins_with(parts.digits, calling)) {
        const char *national = behind_calling(&parts);
        if (national == NULL || strlen(national) + strlen(calling) > PHONE_DIGITS_MAX) {
            return ADDRESS_DOUBTFUL;
        }
        *normal = arena_format(arena, "+%s%s%s", calling, national, extension);
    } else if (parts.is_international) {
        if (!is_foreign(&parts)) {
            return ADDRESS_DOUBTFUL;
        }
        *normal = arena_format(arena, "+%s%s", parts.digits, extension);
    } else {
        const char *national = has_country ? behind_trunk(&parts) : NULL;
        if (national == NULL) {
            return ADDRESS_DOUBTFUL;
        }
        *normal = arena_format(arena, "+%s%s%s", calling, national, extension);
    }
    return parts.is_corrected ? ADDRESS_CORRECTED : ADDRESS_FINE;
}
