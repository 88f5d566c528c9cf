/* place.h -- private to config/: where a mailbox is, from the text of a configuration file. */
#ifndef PURSER_PLACE_H
#define PURSER_PLACE_H

#include "base/arena.h"
#include "config/config.h"

struct place_address {
    enum mailbox_kind kind;
    const char *host;
    const char *user;
    int port;
    const char *path;
};

/* A folder, or sftp://user@host[:port]/path, where /~/path begins at the login folder; false:
 * neither. Texts lie in the arena. */
bool place_split(struct arena *arena, const char *text, struct place_address *address);

/* The path without "./", doubled and trailing slashes, so that one folder has one name. */
const char *place_plain(struct arena *arena, const char *text);

#endif
