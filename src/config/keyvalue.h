/* keyvalue.h -- private to config/: a setting's text becomes the member of its struct, or a
 * mistake. */
#ifndef PURSER_KEYVALUE_H
#define PURSER_KEYVALUE_H

#include "config/conffile.h"

/* Where values are read: for mistakes, and for looking at secret files. */
struct value_context {
    struct config *config;
    struct mistakes *mistakes;
    struct log *log;
    int home;
};

/* Set the member of `key` in `target` from the setting (NULL: from the key's default).  `section`
 * says where it stands. */
void
keyvalue_store(const struct value_context *context, const struct config_section *section,
               const struct config_key *key, const struct config_setting *setting, void *target);

/* All keys of the section's kind. */
void keyvalue_store_section(const struct value_context *context,
                            const struct config_section *section, void *target);

const struct config_setting *keyvalue_find(const struct config_section *section, const char *name);

#endif
