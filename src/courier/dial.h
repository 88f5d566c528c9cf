/* dial.h -- private to courier/: one TCP connection to a host that may have several addresses.
 *
 * The addresses are called in their order, each a moment after the one before, or at once when all
 * before have failed; the first that answers is taken and the others are dropped.  So an address
 * that is dead, as IPv6 often is, costs a moment and not the whole timeout (RFC 8305).
 */
#ifndef PURSER_DIAL_H
#define PURSER_DIAL_H

#include <netdb.h>
#include <stdint.h>

/* A connected socket that does not block, owned by the caller; -1 with errno of the last address
 * that failed, or ETIMEDOUT. */
int dial(const struct addrinfo *addresses, int64_t timeout_ms);

#endif
