/* text.h -- UTF-8 text: judged at the border, clean inside.
 *
 * Inside the program a text is a zero-terminated UTF-8 string without control characters except
 * line feed and tab.  NULL is never passed; an absent text is "".
 */
#ifndef PURSER_TEXT_H
#define PURSER_TEXT_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

/* Valid UTF-8 by RFC 3629 (no overlong forms, no surrogates, at most U+10FFFF)?  On no, *bad_at
 * (may be NULL) is the offset of the first wrong byte. */
bool text_is_utf8(const char *bytes, size_t size, size_t *bad_at);

/* NFKC (full-width １２３ becomes 123, every blank a plain one), without characters that nobody
 * sees (zero-width blanks, byte order marks, soft hyphens, left-to-right marks), outer white space
 * trimmed. Joiners and variation selectors stay, which some scripts and emoji need; so do the marks
 * that turn the direction of writing, which deceive and are refused.  The bytes must be UTF-8. */
char *text_normalise(struct arena *arena, const char *text);

/* Also without joiners and variation selectors: of two codes that look alike they make two. */
char *text_normalise_code(struct arena *arena, const char *text);

/* Has it characters that text_normalise (text_normalise_code) takes out, other than outer blanks?
 */
bool text_has_invisible(const char *text, bool is_code);

/* Nothing but blanks of any kind and what nobody sees? */
bool text_is_blank(const char *text);

/* Columns that a text takes on a terminal: East Asian Wide counts two. */
size_t text_width(const char *text);

/* Lower case for comparing, by Unicode simple folding. */
char *text_fold(struct arena *arena, const char *text);

/* Does iconv know this encoding? */
bool text_encoding_known(const char *name);

/* Is it one of a list of texts? */
bool text_among(const char *text, const char *const *list, size_t count);

/* The next entry of "A | B" from *rest on, which moves behind it: without the blanks around it, in
 * the list itself and so not terminated.  Empty ones are passed over; NULL: there is none. */
const char *text_list_next(const char **rest, size_t *size);

/* Is it one of the entries of "A | B"? */
bool text_list_has(const char *list, const char *text);

/* Any bytes, made safe to print on one line: control characters (also those that turn the direction
 * of writing), what nobody sees, and what is not UTF-8 as \xNN, a backslash as \\, cut at
 * `width_max` bytes with an ellipsis. */
char *text_show(struct arena *arena, const char *bytes, size_t size, size_t width_max);

/* The name of a person as others may see it: its first character and two asterisks; "" stays. */
const char *text_mask_name(struct arena *arena, const char *name);

/* What is left of a code when only its ASCII letters (as small ones), digits and other characters
 * than ASCII count: "LJ-100", "lj 100" and "Lj100" are alike.  Cut at the size of `skeleton`. */
enum { TEXT_SKELETON_SIZE = 128 };
char *text_skeleton(char skeleton[TEXT_SKELETON_SIZE], const char *text);

/* Damerau-Levenshtein distance (adjacent swaps count one) over bytes, or `limit` + 1 when it is
 * more. */
size_t text_distance(const char *one, const char *other, size_t limit);

/* Append with XML 1.0 / HTML escaping of & < > " '.  Characters that XML 1.0 forbids become U+FFFD.
 */
void text_escape_xml(struct buf *buf, const char *text);

/* Append as one CSV field by RFC 4180: quoted when it holds a comma, quote, CR or LF, or outer
 * blanks. */
void text_escape_csv(struct buf *buf, const char *text);

/* Append as a JSON string (RFC 8259) with its quotes. */
void text_escape_json(struct buf *buf, const char *text);

#endif
