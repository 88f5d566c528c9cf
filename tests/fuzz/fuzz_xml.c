/* Any bytes as an XML file: reading ends, adds at least one finding or yields documents, and
 * touches no memory that is not its own.  The first byte chooses the sender, the rest is the file:
 * tests/fuzz/run.sh xml. */
#include "intake/reading.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* What was yielded must be usable: no text is NULL, and the digest can be made. */
static void
use(const struct document *document)
{
    char hex[DIGEST_HEX_SIZE];
    if (document->kind == DOCUMENT_ORDER) {
        order_digest(&document->order, hex);
    } else if (document->kind == DOCUMENT_SHIPMENT) {
        const struct shipment *shipment = &document->shipment;
        if (shipment->number == NULL || shipment->order_number == NULL) {
            abort();
        }
    } else if (document->kind == DOCUMENT_DECISION && document->decision.reason == NULL) {
        abort();
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char *const encodings[] = {"", "GB18030", "ISO-8859-1", "Shift_JIS"};
    if (size < 1) {
        return 0;
    }
    struct sender sender = {.encoding = encodings[bytes[0] % 4],
                            .default_currency = "",
                            .default_country = "",
                            .customer = "",
                            .today = bytes[0] / 4 % 2 == 0 ? DAY_NONE : 20000,
                            .file_bytes_max = INT64_MAX};
    const int descriptor = memfd_create("fuzz", MFD_CLOEXEC);
    if (descriptor < 0 || write(descriptor, bytes + 1, size - 1) != (ssize_t)(size - 1)) {
        abort();
    }
    struct findings findings;
    struct fault why = {0};
    struct reading *reading = NULL;
    struct document *document;
    size_t documents = 0;
    findings_init(&findings);
    enum outcome outcome =
        reading_open(&reading, descriptor, "fuzz.xml", 8, &sender, &findings, &why);
    while (outcome == DONE && (outcome = reading_next(reading, &document, &why)) == DONE) {
        use(document);
        documents++;
    }
    if (outcome != NONE || (documents == 0 && findings_total(&findings) == 0)) {
        abort(); /* a silent nothing, or a fault of ours because of what a file says */
    }
    reading_close(reading);
    findings_close(&findings);
    close(descriptor);
    return 0;
}
