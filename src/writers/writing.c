#include "writers/writing.h"

#include "order/lifecycle.h"

#include <string.h>

enum { FLUSH_SIZE = 64 * 1024 };

enum outcome
writing_flush_full(struct writing *writing, struct fault *why)
{
    if (writing->draft == NULL || writing->buf->size < FLUSH_SIZE) {
        return DONE;
    }
    TRY(draft_write(writing->draft, writing->buf->bytes, writing->buf->size, why));
    buf_clear(writing->buf);
    return DONE;
}

void
writing_begin_xml(struct writing *writing, struct xml_out *xml, const char *root,
                  const char *document)
{
    xml_out_begin(xml, writing->buf, root, document);
    xml_out_open(xml, "header");
    xml_out_text(xml, "file", writing->name);
    xml_out_integer(xml, "sequence", writing->sequence);
    xml_out_moment(xml, "created", writing->created_ms);
    xml_out_text(xml, "from", writing->config->company_name);
    xml_out_text(xml, "to", writing->partner->id);
    xml_out_close(xml);
}

void
writing_begin_csv(struct writing *writing, struct csv_out *csv, const char *const *columns,
                  size_t column_count)
{
    csv_out_begin(csv, writing->buf, columns, column_count);
}

/* The filling whose placeholder stands at `at`, or NULL. */
static const struct filling *
filling_at(const char *at, const struct filling *fillings, size_t filling_count)
{
    for (size_t index = 0; index < filling_count; index++) {
        const char *placeholder = fillings[index].placeholder;
        if (strncmp(at, placeholder, strlen(placeholder)) == 0) {
            return &fillings[index];
        }
    }
    return NULL;
}

void
writing_fill(struct buf *buf, const char *pattern, const struct filling *fillings,
             size_t filling_count)
{
    buf_text(buf, "");
    for (const char *at = pattern; *at != '\0';) {
        const struct filling *filling = *at == '{' ? filling_at(at, fillings, filling_count) : NULL;
        if (filling == NULL) {
            buf_char(buf, *at++);
        } else {
            buf_text(buf, filling->value);
            at += strlen(filling->placeholder);
        }
    }
}
