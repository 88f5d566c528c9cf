/* tracking_link.h -- the name of an order's page: whoever knows it may read the page, so nobody can
 * guess it, and it is the same whenever it is asked for. */
#ifndef PURSER_TRACKING_LINK_H
#define PURSER_TRACKING_LINK_H

#include "base/arena.h"
#include "config/config.h"

/* 26 letters and digits: 128 bits of HMAC-SHA-256 in base 32 (RFC 4648, in small letters).  There
 * must be a key. */
const char *tracking_token(const struct tracking_policy *policy, const char *partner,
                           const char *order_number, struct arena *arena);

/* Its address, "https://.../TOKEN.html"; "" when no pages are made, or no address is configured. */
const char *tracking_link(const struct tracking_policy *policy, const char *partner,
                          const char *order_number, struct arena *arena);

#endif
