#include "base/json.h"

#include "base/date.h"
#include "base/decimal.h"
#include "base/text.h"

#include <assert.h>
#include <string.h>

void
json_begin(struct json *json, struct buf *buf)
{
    memset(json, 0, sizeof *json);
    json->buf = buf;
}

static void
member(struct json *json, const char *key)
{
    if (json->depth > 0) {
        if (json->has_members[json->depth - 1]) {
            buf_char(json->buf, ',');
        }
        json->has_members[json->depth - 1] = true;
        assert((key != NULL) == (json->closers[json->depth - 1] == '}'));
    }
    if (key != NULL) {
        text_escape_json(json->buf, key);
        buf_char(json->buf, ':');
    }
}

static void
open_level(struct json *json, const char *key, char opener, char closer)
{
    member(json, key);
    assert(json->depth < JSON_DEPTH_MAX);
    buf_char(json->buf, opener);
    json->closers[json->depth] = closer;
    json->has_members[json->depth] = false;
    json->depth++;
}

void
json_object(struct json *json, const char *key)
{
    open_level(json, key, '{', '}');
}

void
json_array(struct json *json, const char *key)
{
    open_level(json, key, '[', ']');
}

void
json_end(struct json *json)
{
    assert(json->depth > 0);
    json->depth--;
    buf_char(json->buf, json->closers[json->depth]);
}

void
json_text(struct json *json, const char *key, const char *text)
{
    member(json, key);
    if (text == NULL) {
        buf_text(json->buf, "null");
    } else {
        text_escape_json(json->buf, text);
    }
}

void
json_integer(struct json *json, const char *key, int64_t number)
{
    char text[DECIMAL_TEXT_SIZE];
    member(json, key);
    buf_text(json->buf, decimal_format(text, number, 0, 0));
}

void
json_bool(struct json *json, const char *key, bool truth)
{
    member(json, key);
    buf_text(json->buf, truth ? "true" : "false");
}

void
json_decimal(struct json *json, const char *key, int64_t value, int places, int places_min)
{
    char text[DECIMAL_TEXT_SIZE];
    json_text(json, key, decimal_format(text, value, places, places_min));
}

void
json_day(struct json *json, const char *key, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    json_text(json, key, day == DAY_NONE ? NULL : day_format(text, day));
}

void
json_moment(struct json *json, const char *key, int64_t moment_ms)
{
    char text[TIME_TEXT_SIZE];
    json_text(json, key, moment_ms == 0 ? NULL : moment_format(text, moment_ms));
}

void
json_raw(struct json *json, const char *key, const char *valid_json)
{
    member(json, key);
    buf_text(json->buf, valid_json);
}
