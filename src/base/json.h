/* json.h -- writing JSON (RFC 8259) into a buffer, with commas in the right places.
 *
 * Amounts are written as strings ("123.45"), never as numbers, so that no reader takes them for
 * doubles. Usage: json_begin(&json, &buf); json_object(&json, NULL); json_text(&json, "name", ...);
 * json_end(&json); A NULL key means: an element of an array, or the outermost value.
 */
#ifndef PURSER_JSON_H
#define PURSER_JSON_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

enum { JSON_DEPTH_MAX = 16 };

struct json {
    struct buf *buf;
    int depth;
    char closers[JSON_DEPTH_MAX];
    bool has_members[JSON_DEPTH_MAX];
};

void json_begin(struct json *json, struct buf *buf);
void json_object(struct json *json, const char *key);
void json_array(struct json *json, const char *key);
void json_end(struct json *json); /* closes the innermost object or array */

void json_text(struct json *json, const char *key, const char *text); /* NULL text gives null */
void json_integer(struct json *json, const char *key, int64_t number);
void json_bool(struct json *json, const char *key, bool truth);
void json_decimal(struct json *json, const char *key, int64_t value, int places, int places_min);
void json_day(struct json *json, const char *key, int32_t day);          /* null for DAY_NONE */
void json_moment(struct json *json, const char *key, int64_t moment_ms); /* null for 0 */
void json_raw(struct json *json, const char *key, const char *valid_json);

#endif
