/* keys.h -- every key of the configuration, in one table.
 *
 * The table is the only place that knows a key's section, type, default, range and help.  It drives
 * reading (config.c), `purser config check` and `config show`, and the manual page is compared with
 * it by a test. Defaults are texts as a person would write them, so they take the same way as what
 * a file says.
 */
#ifndef PURSER_KEYS_H
#define PURSER_KEYS_H

#include "order/message.h"

#include <stddef.h>
#include <stdint.h>

enum section_kind {
    SECTION_COMPANY,
    SECTION_LIMITS,
    SECTION_DELAY,
    SECTION_TRACKING,
    SECTION_PLANNING,
    SECTION_REPORT,
    SECTION_PARTNER,  /* has a title: the partner's id */
    SECTION_MAILBOX,  /* within a partner; has a title */
    SECTION_SCHEDULE, /* has a title */
    SECTION_HOLD,     /* has a title: the kind */
    SECTION_COUNT
};
extern const char *const section_names[SECTION_COUNT];

enum key_type {
    KEY_TEXT,      /* any text of one line */
    KEY_CODE,      /* letters, digits, - _ . only */
    KEY_CURRENCY,  /* ISO 4217 */
    KEY_COUNTRY,   /* ISO 3166-1 alpha-2 */
    KEY_ZONE,      /* IANA time zone */
    KEY_ENCODING,  /* that iconv knows */
    KEY_PARTNER,   /* the id of a partner that is configured */
    KEY_CHOICE,    /* one of `choices`; stored as its index in an int-sized enum */
    KEY_WORD,      /* one of `choices`; stored as text */
    KEY_ROLES,     /* some of `choices`, at least one; stored as bits */
    KEY_YES_NO,    /* bool */
    KEY_INTEGER,   /* int */
    KEY_COUNT,     /* int64_t */
    KEY_MAYBE,     /* int64_t: a count, or -1 when it is empty */
    KEY_DURATION,  /* int64_t milliseconds: 500ms, 30s, 5m, 2h */
    KEY_SIZE,      /* int64_t bytes: 100, 64KiB, 10MiB, 1GiB */
    KEY_PEOPLE,    /* users of this machine: anna | boris */
    KEY_PERCENT,   /* int64_t micros: 0.5 is 5000 */
    KEY_PLACE,     /* folder or sftp:// address; taken apart by config.c */
    KEY_SECRET,    /* path of a file that only we may read */
    KEY_LIST,      /* texts */
    KEY_EMAIL,     /* address of a mailbox */
    KEY_HOURS,     /* struct working_hours: 09:00-18:00 */
    KEY_TIMES,     /* struct day_times: 08:00 14:00 */
    KEY_TIME,      /* int64_t milliseconds after 00:00: 15:00; at most 24:00 */
    KEY_SOME,      /* words of `choices` in one text; stored as bits */
    KEY_NTH,       /* int: 2 of "working-day 2"; 0 of "" */
    KEY_MONTH_DAY, /* struct month_day: 04-01 */
    KEY_COMMAND,   /* a program and its arguments, with {in} and {out} */
    KEY_TYPE_COUNT
};

enum { KEY_REQUIRED = 1 };

struct config_key {
    enum section_kind section;
    const char *name;
    enum key_type type;
    size_t offset; /* of the member in the struct of its section (config.h) */
    const char
        *otherwise;   /* default, as one would write it; lists separated by blanks; "" is none */
    int64_t min, max; /* of numbers, durations and sizes */
    const char *const *choices; /* ends with NULL */
    int flags;                  /* KEY_REQUIRED */
    enum message help;
};

extern const struct config_key config_keys[];
extern const size_t config_key_count;

const struct config_key *config_key_find(enum section_kind section, const char *name); /* or NULL */

/* The range or the choices of a key in words, for messages and help: "1s to 1h", "xml, csv"; ""
 * when any text will do. */
struct arena;
const char *config_key_range(const struct config_key *key, struct arena *arena);

#endif
