#include "config/place.h"

#include <stdlib.h>
#include <string.h>

enum { SFTP_PORT = 22, PORT_MAX = 65535 };

/* "user@host:2222" behind sftp://; false: not an address. */
static bool
split_authority(struct arena *arena, const char *text, size_t size, struct place_address *address)
{
    char *rest = arena_copy_bytes(arena, text, size);
    char *at = strrchr(rest, '@');
    if (at == NULL || at == rest) {
        return false;
    }
    *at = '\0';
    address->user = rest;
    char *host = at + 1;
    char *end = host[0] == '[' ? strchr(host, ']') : NULL;
    char *colon = strchr(end == NULL ? host : end, ':');
    address->port = SFTP_PORT;
    if (colon != NULL) {
        char *behind = NULL;
        const long port = strtol(colon + 1, &behind, 10);
        if (behind == colon + 1 || *behind != '\0' || port < 1 || port > PORT_MAX) {
            return false;
        }
        address->port = (int)port;
        *colon = '\0';
    }
    if (end != NULL) {
        *end = '\0';
        host++;
    }
    address->host = host;
    return host[0] != '\0';
}

const char *
place_plain(struct arena *arena, const char *text)
{
    char *plain = arena_copy(arena, text);
    char *end = plain;
    for (const char *at = text; *at != '\0'; at++) {
        const bool begins = end == plain || end[-1] == '/';
        if (begins && at[0] == '.' && at[1] == '/') {
            at++;
        } else if (*at != '/' || end == plain || !begins) {
            *end++ = *at;
        }
    }
    if (end > plain + 1 && end[-1] == '/') {
        end--;
    }
    *end = '\0';
    return plain[0] == '\0' ? "." : plain;
}

bool
place_split(struct arena *arena, const char *text, struct place_address *address)
{
    static const char scheme[] = "sftp://";
    if (strstr(text, "://") == NULL) {
        *address = (struct place_address){MAILBOX_FOLDER, "", "", 0, place_plain(arena, text)};
        return text[0] != '\0';
    }
    if (strncmp(text, scheme, sizeof scheme - 1) != 0) {
        return false;
    }
    const char *authority = text + sizeof scheme - 1;
    const size_t size = strcspn(authority, "/");
    const char *path = authority + size;
    address->kind = MAILBOX_SFTP;
    address->path = strncmp(path, "/~/", 3) == 0 ? place_plain(arena, path + 3)
                    : strcmp(path, "/~") == 0    ? "."
                    : path[0] == '\0'            ? "/"
                                                 : place_plain(arena, path);
    return split_authority(arena, authority, size, address);
}
