/* folders.h -- private to config/: no folder serves two purposes.
 *
 * The sender of a file is known by its mailbox alone, so no two mailboxes fetch from the same
 * folder; and what we put somewhere must not come back as if a partner had sent it.  Folders are
 * the same when their names are, or, of those on this machine, when they are one folder by whatever
 * names and links.
 */
#ifndef PURSER_FOLDERS_H
#define PURSER_FOLDERS_H

#include "config/keyvalue.h"

void folders_check(const struct value_context *context);

#endif
