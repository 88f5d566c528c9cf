/* parcel.h -- private to courier/: what the run and its workers say to each other, over a socket
 * pair.
 *
 * A worker has the network and the folders but not the store.  The run asks for one thing after the
 * other; the worker does them in that order and tells how each went.  Both are the same program
 * (forked), so a parcel is this struct as it lies in memory, cut behind its text; one parcel is one
 * packet, whole or not at all.
 */
#ifndef PURSER_PARCEL_H
#define PURSER_PARCEL_H

#include "base/digest.h"
#include "base/fault.h"

#include <stdbool.h>
#include <stdint.h>

enum parcel_kind {
    /* from the run */
    ASK_LIST,   /* TELL_FILE for each, TELL_REMARK, TELL_LEFT, then TELL_LISTED */
    ASK_CLAIM,  /* move the local file into the spool: TELL_GOT, or TELL_GONE */
    ASK_GET,    /* copy it into the spool under a temporary name: TELL_GOT, or TELL_GONE */
    ASK_SETTLE, /* it is safe with us: delete or move the partner's copy: TELL_SETTLED */
    ASK_PUT,    /* upload under a temporary name: TELL_UPLOADED */
    ASK_FINISH, /* give it its name: TELL_DELIVERED (size: of what lies there under it, -1 when
                   nothing does), or TELL_DAMAGED */
    /* from the worker */
    TELL_READY, /* connected and logged in; unasked, once */
    TELL_FILE,
    TELL_REMARK, /* text: a person should look */
    TELL_LEFT,   /* flag: the enum left_kind of what lies there and is left alone; the first ones */
    TELL_LISTED, /* size: how much is left alone */
    TELL_GOT,
    TELL_GONE, /* gone, or changed since: nothing was taken */
    TELL_SETTLED,
    TELL_UPLOADED,
    TELL_DELIVERED,
    TELL_DAMAGED, /* text: what was uploaded is not there whole: upload it again */
    TELL_FAILED,  /* text: this one thing failed, the next may be asked */
    TELL_GAVE_UP, /* text: the worker ends */
};

enum { PARCEL_TEXT_SIZE = 1100, SPOOL_NAME_SIZE = 128 };

struct parcel {
    int32_t kind;
    int32_t flag; /* TELL_LEFT: see there; TELL_GOT: the partner's copy is there and is to go;
                     TELL_GAVE_UP: enum fault_kind */
    int32_t rename_is_open; /* ASK_FINISH: an earlier rename may have been carried out; TELL_FAILED
                               and TELL_GAVE_UP to it: this or an earlier one may have been */
    int64_t key;            /* chosen by who asks, comes back in the answer */
    int64_t size;
    int64_t mtime_s;
    char sha256[DIGEST_HEX_SIZE];
    char spool[SPOOL_NAME_SIZE]; /* name in the spool, temporary or final */
    char text[PARCEL_TEXT_SIZE]; /* a name or a sentence */
};

/* False: the other side is gone. */
bool parcel_send(int socket, const struct parcel *parcel);

/* Waits for the next parcel, or says at once that none is here. */
enum parcel_state { PARCEL_HERE, PARCEL_NOT_YET, PARCEL_ENDED };
enum parcel_state parcel_receive(int socket, bool waits, struct parcel *parcel);

void parcel_text(struct parcel *parcel, const char *text);

#endif
