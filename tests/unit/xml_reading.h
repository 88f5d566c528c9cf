/* xml_reading.h -- reads bytes as a file and keeps what came of it, for tests of the intake. */
#ifndef TESTS_XML_READING_H
#define TESTS_XML_READING_H

#include "intake/reading.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

struct result {
    struct findings findings;
    size_t documents;
    size_t good;
    char digest[DIGEST_HEX_SIZE]; /* of the first order */
};

static inline struct sender
any_sender(void)
{
    return (struct sender){.encoding = "",
                           .default_currency = "",
                           .default_country = "",
                           .customer = "",
                           .today = DAY_NONE,
                           .file_bytes_max = INT64_MAX};
}

/* Everything of a descriptor; the caller closes it and the findings. */
static inline void
read_descriptor(int descriptor, const char *name, const struct sender *sender,
                struct result *result)
{
    struct fault why = {0};
    struct reading *reading = NULL;
    struct document *document = NULL;
    memset(result, 0, sizeof *result);
    findings_init(&result->findings);
    enum outcome outcome =
        reading_open(&reading, descriptor, name, strlen(name), sender, &result->findings, &why);
    while (outcome == DONE && (outcome = reading_next(reading, &document, &why)) == DONE) {
        if (result->documents++ == 0 && document->kind == DOCUMENT_ORDER) {
            order_digest(&document->order, result->digest);
        }
        result->good += document->is_good;
    }
    assert_int_equal(outcome, NONE);
    reading_close(reading);
}

static inline void
read_bytes(const void *bytes, size_t size, const char *name, const struct sender *sender,
           struct result *result)
{
    const int descriptor = memfd_create("test", MFD_CLOEXEC);
    assert_true(descriptor >= 0);
    for (size_t at = 0; at < size;) {
        const ssize_t written = write(descriptor, (const char *)bytes + at, size - at);
        assert_true(written > 0);
        at += (size_t)written;
    }
    read_descriptor(descriptor, name, sender, result);
    close(descriptor);
}

static inline void
read_xml(const char *text, struct result *result)
{
    const struct sender sender = any_sender();
    read_bytes(text, strlen(text), "orders.xml", &sender, result);
}

static inline bool
has_code(const struct result *result, const char *code)
{
    for (size_t index = 0; index < result->findings.count; index++) {
        if (strcmp(message_entry(result->findings.items[index].code)->id, code) == 0) {
            return true;
        }
    }
    return false;
}

#define XML_HEAD                                                                                   \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<orders xmlns=\"urn:purser:order:1\">\n"
#define XML_SOLD_TO                                                                                \
    "<soldTo><code>C-1</code><name>Teehaus Nord</name><contact>Anna</contact>"                     \
    "<phone>+49301234567</phone><email>anna@nord.example</email><address><country>DE</country>"    \
    "<city>Berlin</city><postalCode>10115</postalCode><street>Allee 1</street></address></soldTo>"
#define XML_LINE(number, quantity)                                                                 \
    "<line><number>" number "</number><sku>TEA-" number "</sku><description>Tea</description>"     \
    "<quantity unit=\"C62\">" quantity "</quantity><expectedPrice>12.50</expectedPrice>"           \
    "<option name=\"colour\">red</option></line>"
#define XML_ORDER(number, lines)                                                                   \
    "<order><number>" number "</number><type>regular</type><orderDate>2026-11-24</orderDate>"      \
    "<currency>EUR</currency><requestedDelivery><from>2026-12-01</from><to>2026-12-05</to>"        \
    "</requestedDelivery>" XML_SOLD_TO "<coupon>TEN</coupon>" lines "</order>\n"
#define XML_FOOT "</orders>\n"

#endif
