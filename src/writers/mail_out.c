#include "writers/mail_out.h"

#include "base/date.h"
#include "config/config.h"
#include "store/store_document.h"

#include <string.h>

enum {
    LINE_MAX = 76,
    NAME_BYTES_MAX = 64 * 1024,
    WORD_BYTES_MAX = 39, /* of text in one encoded word: with a name before it, 76 at most */
};

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define DIGITS  "0123456789"

static bool
is_address(const char *text)
{
    const char *at = strchr(text, '@');
    return at != NULL && at != text && at[1] != '\0' && strchr(at + 1, '@') == NULL &&
           strlen(text) <= 254 && text[strspn(text, LETTERS DIGITS "-_.+=@")] == '\0';
}

bool
mail_out_is_sent(const struct config *config)
{
    return config->email != NULL && is_address(config->email);
}

enum outcome
mail_out_address(struct store *store, const struct partner *partner, struct arena *arena,
                 const char **address, struct fault *why)
{
    const char *email = "";
    TRY(document_email(store, partner->id, arena, &email, why));
    if (!is_address(email)) {
        email = partner->email == NULL ? "" : partner->email;
    }
    *address = is_address(email) ? email : "";
    return DONE;
}

static void
add_group(struct buf *buf, const unsigned char *bytes, size_t size)
{
    static const char letters[] = LETTERS DIGITS "+/";
    const unsigned int second = size > 1 ? bytes[1] : 0;
    const unsigned int third = size > 2 ? bytes[2] : 0;
    const unsigned int number = (unsigned int)bytes[0] << 16 | second << 8 | third;
    for (size_t at = 0; at < 4; at++) {
        buf_char(buf, at <= size ? letters[number >> (18 - 6 * at) & 63] : '=');
    }
}

static void
add_base64(struct buf *buf, const char *bytes, size_t size, const char *between)
{
    for (size_t at = 0; at < size; at += 3) {
        if (at > 0 && at % (LINE_MAX / 4 * 3) == 0) {
            buf_text(buf, between);
        }
        add_group(buf, (const unsigned char *)bytes + at, size - at < 3 ? size - at : 3);
    }
}

/* So many bytes are whole characters, and fit into a word. */
static size_t
word_size(const char *text)
{
    size_t size = 0;
    size_t whole = 0;
    while (size <= WORD_BYTES_MAX && text[size] != '\0') {
        whole = ((unsigned char)text[size] & 0xC0) == 0x80 ? whole : size;
        size++;
    }
    return size <= WORD_BYTES_MAX ? size : whole == 0 ? WORD_BYTES_MAX : whole;
}

static void
add_words(struct buf *buf, const char *text)
{
    const bool is_plain = strlen(text) <= WORD_BYTES_MAX && text[0] != ' ' &&
                          text[strspn(text, LETTERS DIGITS " ")] == '\0';
    if (is_plain) {
        buf_text(buf, text);
        return;
    }
    while (*text != '\0') {
        const size_t size = word_size(text);
        buf_text(buf, "=?UTF-8?B?");
        add_base64(buf, text, size, "");
        text += size;
        buf_text(buf, *text == '\0' ? "?=" : "?=\r\n ");
    }
}

void
mail_out_text(struct buf *buf, const char *name, const char *text)
{
    buf_format(buf, "%s: ", name);
    add_words(buf, text);
    buf_text(buf, "\r\n");
}

void
mail_out_mailbox(struct buf *buf, const char *name, const char *display, const char *address)
{
    buf_format(buf, "%s: ", name);
    if (address[0] == '\0') {
        buf_text(buf, "undisclosed-recipients:;\r\n");
        return;
    }
    add_words(buf, display);
    buf_format(buf, "%s<%s>\r\n", display[0] == '\0' ? "" : "\r\n ", address);
}

void
mail_out_date(struct buf *buf, int64_t moment_ms)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    char moment[TIME_TEXT_SIZE]; /* 2026-03-02T09:00:00+08:00, or Z */
    int year, month, day;
    const int32_t date = moment_day(moment_ms);
    moment_format(moment, moment_ms);
    day_split(date, &year, &month, &day);
    buf_format(buf, "Date: %s, %02d %s %04d %.8s ", days[day_weekday(date) - 1], day,
               months[month - 1], year, moment + 11);
    if (moment[19] == 'Z') {
        buf_text(buf, "+0000\r\n");
    } else {
        buf_format(buf, "%.3s%.2s\r\n", moment + 19, moment + 23);
    }
}

void
mail_out_part(struct buf *buf, const char *type, const char *disposition, const char *bytes,
              size_t size)
{
    const bool is_long = strlen(type) > LINE_MAX - strlen("Content-Type: ");
    buf_format(buf, "Content-Type:%s %s\r\n", is_long ? "\r\n" : "", type);
    if (disposition[0] != '\0') {
        buf_format(buf, "Content-Disposition: %s\r\n", disposition);
    }
    buf_text(buf, "Content-Transfer-Encoding: base64\r\n\r\n");
    add_base64(buf, bytes, size, "\r\n");
    buf_text(buf, "\r\n");
}

/* "%E6%97%A5": pieces of a line each, of whole characters. */
static void
add_encoded_name(struct buf *buf, const char *name)
{
    enum { PIECE_BYTES_MAX = 20 }; /* of text: three times as much, encoded */
    for (int piece = 0; *name != '\0'; piece++) {
        size_t size = 0;
        /* The zero at the end is no such byte. */
        while ((size < PIECE_BYTES_MAX || ((unsigned char)name[size] & 0xC0) == 0x80) &&
               name[size] != '\0') {
            size++;
        }
        buf_format(buf, ";\r\n filename*%d*=%s", piece, piece == 0 ? "UTF-8''" : "");
        for (size_t at = 0; at < size; at++) {
            const bool is_plain =
                name[at] != '\0' && strchr(LETTERS DIGITS "-_.", name[at]) != NULL;
            buf_format(buf, is_plain ? "%c" : "%%%02X", (unsigned char)name[at]);
        }
        name += size;
    }
}

void
mail_out_attachment(struct buf *buf, const char *type, const char *name, const char *bytes,
                    size_t size)
{
    OWNED(buf) disposition;
    OWNED(buf) safe;
    buf_init(&disposition, NAME_BYTES_MAX);
    buf_init(&safe, NAME_BYTES_MAX);
    for (const char *at = name; *at != '\0'; at++) {
        const bool is_bad = (unsigned char)*at < ' ' || strchr("/\\:*?\"<>|\177", *at) != NULL;
        buf_char(&safe, is_bad ? '-' : *at);
    }
    const bool is_plain = safe.size <= LINE_MAX / 2 && name[0] != '.' &&
                          safe.bytes[strspn(safe.bytes, LETTERS DIGITS "-_. ")] == '\0';
    buf_text(&disposition, "attachment");
    if (is_plain) {
        buf_format(&disposition, ";\r\n filename=\"%s\"", safe.bytes);
    } else {
        add_encoded_name(&disposition, safe.bytes);
    }
    mail_out_part(buf, type, disposition.bytes, bytes, size);
}
