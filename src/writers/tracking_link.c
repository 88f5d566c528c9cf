#include "writers/tracking_link.h"

#include "base/digest.h"

#include <assert.h>
#include <string.h>

enum { TOKEN_BITS = 128, LETTER_BITS = 5, NIBBLE_BITS = 4 };

static unsigned int
nibble(char hex)
{
    return (unsigned int)(hex <= '9' ? hex - '0' : hex - 'a' + 10);
}

/* Bit number `bit` of the digest, from its beginning; 0 beyond the token. */
static unsigned int
bit_of(const char *hex, size_t bit)
{
    return bit >= TOKEN_BITS
               ? 0
               : nibble(hex[bit / NIBBLE_BITS]) >> (NIBBLE_BITS - 1 - bit % NIBBLE_BITS) & 1U;
}

const char *
tracking_token(const struct tracking_policy *policy, const char *partner, const char *order_number,
               struct arena *arena)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
    enum { LENGTH = (TOKEN_BITS + LETTER_BITS - 1) / LETTER_BITS };
    char hex[DIGEST_HEX_SIZE];
    char token[LENGTH + 1] = "";
    assert(policy->key != NULL);
    /* No partner has a slash in its id. */
    digest_keyed(policy->key, policy->key_size, arena_format(arena, "%s/%s", partner, order_number),
                 hex);
    for (size_t index = 0; index < LENGTH; index++) {
        unsigned int letter = 0;
        for (size_t bit = 0; bit < LETTER_BITS; bit++) {
            letter = letter << 1 | bit_of(hex, index * LETTER_BITS + bit);
        }
        token[index] = letters[letter];
    }
    return arena_copy(arena, token);
}

/* Are pages made, and is it known where customers find them? */
static bool
has_links(const struct tracking_policy *policy)
{
    return policy->key != NULL && policy->url[0] != '\0';
}

const char *
tracking_link(const struct tracking_policy *policy, const char *partner, const char *order_number,
              struct arena *arena)
{
    if (!has_links(policy)) {
        return "";
    }
    const bool has_slash = policy->url[strlen(policy->url) - 1] == '/';
    return arena_format(arena, "%s%s%s.html", policy->url, has_slash ? "" : "/",
                        tracking_token(policy, partner, order_number, arena));
}
