#include "reports/frame.h"

#include "base/date.h"

static void
put_head(struct page *page, const struct frame *frame)
{
    char moment[TIME_TEXT_SIZE];
    page_element(page, "p", "over", frame->masthead);
    page_element(page, "h1", "", frame->title);
    page_markup(page, "<p class=\"meta\">");
    moment_format(moment, frame->as_of_ms);
    page_escaped(page, page_words(page, M_REPORT_AS_OF,
                                  {"moment", arena_format(page->arena, "%.10s %.5s", moment,
                                                          moment + 11)})); /* to the minute */
    if (frame->twin[0] != '\0') {
        page_markup(page, " <a href=\"");
        page_escaped(page, frame->twin);
        page_markup(page, "\">");
        page_message(page, M_REPORT_TWIN);
        page_markup(page, "</a>");
    }
    page_markup(page, "</p>\n</header>\n<main>\n");
}

void
frame_begin(struct page *page, const struct frame *frame)
{
    page_begin(page, frame->title);
    put_head(page, frame);
}

void
frame_begin_shaded(struct page *page, const struct frame *frame)
{
    page_begin_shaded(page, frame->title);
    put_head(page, frame);
}

void
frame_end(struct page *page, const char *company)
{
    page_markup(page, "</main>\n<footer><p>");
    page_escaped(page, page_words(page, M_REPORT_FOOTER, {"company", company}));
    page_markup(page, "</p></footer>\n</body>\n</html>\n");
}

const char *
frame_period(struct page *page, struct period period)
{
    OWNED(buf) text;
    buf_init(&text, 1000);
    period_text(&text, period, page->language);
    return arena_copy(page->arena, text.bytes);
}

void
frame_words(struct page *page, const struct report_words *words, const char *zone)
{
    page_markup(page, "<section aria-labelledby=\"words\">\n<h2 id=\"words\">");
    page_message(page, M_REPORT_WORDS);
    page_markup(page, "</h2>\n<dl class=\"words\">\n");
    for (size_t index = 0; index < words->count; index++) {
        page_element(page, "dt", "", message_text(words->items[index].word, page->language));
        page_element(page, "dd", "", page_words(page, words->items[index].means, {"zone", zone}));
        page_markup(page, "\n");
    }
    page_markup(page, "</dl>\n</section>\n");
}
