#include "intake/address.h"

#include "base/text.h"

#include <ctype.h>
#include <string.h>

static const char digits_text[] = "0123456789";

/* Letters and digits of a code, in upper case. */
static void
compact(const char *text, size_t size, char *to, size_t room)
{
    size_t used = 0;
    for (size_t index = 0; index < size && used + 1 < room; index++) {
        if (isalnum((unsigned char)text[index])) {
            to[used++] = (char)toupper((unsigned char)text[index]);
        }
    }
    to[used] = '\0';
}

/* Write `code` (compacted) in the layout of a pattern; false when it does not fit. */
static bool
lay_out(const char *code, const char *pattern, size_t size, char *to, size_t room)
{
    size_t used = 0;
    for (size_t index = 0; index < size && used + 1 < room; index++) {
        const char wanted = pattern[index];
        if (wanted == '9' || wanted == 'A') {
            const bool is_right = wanted == '9' ? isdigit((unsigned char)*code) != 0
                                                : isupper((unsigned char)*code) != 0;
            if (!is_right) {
                return false;
            }
            to[used++] = *code++;
        } else {
            to[used++] = wanted;
        }
    }
    to[used] = '\0';
    return *code == '\0';
}

enum { POSTAL_BYTES_MAX = 24 };

static bool
match_patterns(const char *code, const char *patterns, char normal[POSTAL_BYTES_MAX])
{
    while (*patterns != '\0') {
        const size_t size = strcspn(patterns, "|");
        if (lay_out(code, patterns, size, normal, POSTAL_BYTES_MAX)) {
            return true;
        }
        patterns += size + (patterns[size] == '|');
    }
    return false;
}

enum address_verdict
address_postal(const char *postal_code, const struct code_entry *country, struct arena *arena,
               const char **normal)
{
    char code[POSTAL_BYTES_MAX] = {0};
    char laid_out[POSTAL_BYTES_MAX];
    if (country->postal[0] == '\0') {
        *normal = postal_code;
        return ADDRESS_FINE;
    }
    /* Only these may be dropped: 1067.0 of a spreadsheet is not the code 10670. */
    if (strspn(postal_code,
               "0123456789 -='\""
               "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") != strlen(postal_code)) {
        return ADDRESS_DOUBTFUL;
    }
    compact(postal_code, strlen(postal_code), code, sizeof code);
    const char *bare = code;
    if (!match_patterns(bare, country->postal, laid_out)) {
        /* D-10115, DE-10115: an old habit. */
        const char *dash = strchr(postal_code, '-');
        if (dash == NULL || dash - postal_code > 3 || !isalpha((unsigned char)postal_code[0])) {
            return ADDRESS_DOUBTFUL;
        }
        compact(dash, strlen(dash), code, sizeof code);
        if (!match_patterns(bare, country->postal, laid_out)) {
            return ADDRESS_DOUBTFUL;
        }
    }
    if (strcmp(laid_out, postal_code) == 0) {
        *normal = postal_code;
        return ADDRESS_FINE;
    }
    *normal = arena_copy(arena, laid_out);
    return ADDRESS_CORRECTED;
}

const char *
address_postal_padded(const char *postal_code, const struct code_entry *country,
                      struct arena *arena)
{
    const size_t length = strlen(postal_code);
    const size_t wanted = strcspn(country->postal, "|");
    if (wanted != strspn(country->postal, "9") || length == 0 || length >= wanted ||
        wanted - length > 2 || strspn(postal_code, digits_text) != length) {
        return NULL;
    }
    return arena_format(arena, "%.*s%s", (int)(wanted - length), "00", postal_code);
}

static const struct address_province provinces[] = {
    {"北京", "beijing", "10"},
    {"天津", "tianjin", "30"},
    {"上海", "shanghai", "20"},
    {"重庆", "chongqing", "40"},
    {"河北", "hebei", "05 06 07"},
    {"山西", "shanxi", "03 04"},
    {"内蒙古", "innermongolia", "01 02"},
    {"辽宁", "liaoning", "11 12"},
    {"吉林", "jilin", "13"},
    {"黑龙江", "heilongjiang", "15 16"},
    {"江苏", "jiangsu", "21 22"},
    {"浙江", "zhejiang", "31 32"},
    {"安徽", "anhui", "23 24"},
    {"福建", "fujian", "35 36"},
    {"江西", "jiangxi", "33 34"},
    {"山东", "shandong", "25 26 27"},
    {"河南", "henan", "45 46 47"},
    {"湖北", "hubei", "43 44"},
    {"湖南", "hunan", "41 42"},
    {"广东", "guangdong", "51 52"},
    {"广西", "guangxi", "53 54"},
    {"海南", "hainan", "57"},
    {"四川", "sichuan", "61 62 63 64"},
    {"贵州", "guizhou", "55 56"},
    {"云南", "yunnan", "65 66 67"},
    {"西藏", "tibet", "85 86"},
    {"陕西", "shaanxi", "71 72"},
    {"甘肃", "gansu", "73 74"},
    {"青海", "qinghai", "81"},
    {"宁夏", "ningxia", "75"},
    {"新疆", "xinjiang", "83 84"},
};

enum { PROVINCE_COUNT = sizeof provinces / sizeof provinces[0] };

const struct address_province *
address_province(const char *name, struct arena *arena)
{
    const char *key = label_key(arena, name);
    for (size_t index = 0; index < PROVINCE_COUNT; index++) {
        if (strncmp(name, provinces[index].zh, strlen(provinces[index].zh)) == 0 ||
            strncmp(key, provinces[index].en, strlen(provinces[index].en)) == 0) {
            return &provinces[index];
        }
    }
    return NULL;
}

const char *
address_province_near(const char *name)
{
    const char *nearest = "";
    size_t best = 4;
    for (size_t index = 0; index < PROVINCE_COUNT; index++) {
        const size_t in_chinese = text_distance(provinces[index].zh, name, best);
        const size_t in_english = text_distance(provinces[index].en, name, best);
        const size_t distance = in_chinese < in_english ? in_chinese : in_english;
        if (distance < best) {
            best = distance;
            nearest = provinces[index].zh;
        }
    }
    return nearest;
}

bool
address_province_has(const struct address_province *province, const char *postal_code)
{
    char front[3] = {postal_code[0], postal_code[0] == '\0' ? '\0' : postal_code[1], '\0'};
    return strstr(province->postal, front) != NULL;
}
