/* mail_out.h -- writing mail (RFC 5322, 2045 to 2047): heads that nothing can be put into, and
 * bodies as base64, so that no line is longer than 76 and no boundary occurs in them. */
#ifndef PURSER_MAIL_OUT_H
#define PURSER_MAIL_OUT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"

#include <stdbool.h>
#include <stdint.h>

struct config;
struct partner;
struct store;

/* Mails are made by a company that has an address of its own: nobody could answer others. */
bool mail_out_is_sent(const struct config *config);

/* Where a partner reads mail: by the list of approvers in force, else by its configuration; "" when
 * that is not known, or may not stand in a head. */
MUST_USE enum outcome
mail_out_address(struct store *store, const struct partner *partner, struct arena *arena,
                 const char **address, struct fault *why);

/* "Name: text", whatever the text holds: it is encoded unless it is letters, digits, blanks and
 * colons. */
void mail_out_text(struct buf *buf, const char *name, const char *text);
/* "Name: display <address>" */
void mail_out_mailbox(struct buf *buf, const char *name, const char *display, const char *address);
/* "Date: Mon, 02 Mar 2026 09:00:00 +0800" */
void mail_out_date(struct buf *buf, int64_t moment_ms);

/* The head of a part, and its bytes; `disposition` "" for none. */
void mail_out_part(struct buf *buf, const char *type, const char *disposition, const char *bytes,
                   size_t size);

/* A part with a name of its own, which may hold any text (RFC 2231): of what would be a path or a
 * head of its own a dash remains. */
void mail_out_attachment(struct buf *buf, const char *type, const char *name, const char *bytes,
                         size_t size);

#endif
