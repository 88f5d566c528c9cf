#include "courier/parcel.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

bool
parcel_send(int socket, const struct parcel *parcel)
{
    const size_t size = offsetof(struct parcel, text) + strlen(parcel->text) + 1;
    ssize_t sent;
    do {
        sent = send(socket, parcel, size, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)size;
}

enum parcel_state
parcel_receive(int socket, bool waits, struct parcel *parcel)
{
    ssize_t got;
    do {
        got = recv(socket, parcel, sizeof *parcel, waits ? 0 : MSG_DONTWAIT);
    } while (got < 0 && errno == EINTR);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
        return PARCEL_NOT_YET;
    }
    /* A worker can be hijacked by the server it talks to: its texts end where we say. */
    parcel->sha256[sizeof parcel->sha256 - 1] = '\0';
    parcel->spool[sizeof parcel->spool - 1] = '\0';
    parcel->text[sizeof parcel->text - 1] = '\0';
    return got > (ssize_t)offsetof(struct parcel, text) ? PARCEL_HERE : PARCEL_ENDED;
}

void
parcel_text(struct parcel *parcel, const char *text)
{
    snprintf(parcel->text, sizeof parcel->text, "%s", text);
}
