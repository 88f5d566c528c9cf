/* address.h -- telephone numbers and postal addresses, so that the goods do not go astray.  Pure
 * text work. */
#ifndef PURSER_ADDRESS_H
#define PURSER_ADDRESS_H

#include "base/arena.h"
#include "intake/code_list.h"

#include <stdbool.h>

enum address_verdict {
    ADDRESS_FINE,      /* as it should be, or only in other dress */
    ADDRESS_CORRECTED, /* a digit was added, dropped or changed */
    ADDRESS_DOUBTFUL,  /* left as it was */
};

/* "138 1234-5678" in China gives "+8613812345678", an extension follows after "x".  `calling` is
 * the country's calling code ("86"; "" when the country is not known).  A number whose country
 * leaves any doubt about what is meant is DOUBTFUL, and stays as it is.  *normal is set unless
 * DOUBTFUL. */
enum address_verdict
address_phone(const char *phone, const char *calling, struct arena *arena, const char **normal);

/* A postal code by the patterns of its country (code_entry.postal). */
enum address_verdict address_postal(const char *postal_code, const struct code_entry *country,
                                    struct arena *arena, const char **normal);

/* The full-length form of a code that has lost leading zeros, NULL when it has not. */
const char *address_postal_padded(const char *postal_code, const struct code_entry *country,
                                  struct arena *arena);

/* A province of China by its Chinese name (with or without 省, 市, 自治区) or English name. */
struct address_province {
    const char *zh;
    const char *en;
    const char *postal; /* the first two digits of its postal codes, blank between */
};
const struct address_province *address_province(const char *name, struct arena *arena);
const char *address_province_near(const char *name);
bool address_province_has(const struct address_province *province, const char *postal_code);

#endif
