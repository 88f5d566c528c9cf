#include "reports/frame.h"

#include "base/date.h"

void
frame_begin(struct page *page, const struct frame *frame)
{
    char moment[TIME_TEXT_SIZE];
    page_begin(page, frame->title);
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
frame_table(struct page *page, enum message caption, const enum message *columns, size_t count)
{
    page_markup(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    page_message(page, caption);
    buf_format(page->buf, "\"><table%s>\n<caption>", count == 5 ? " class=\"parts\"" : "");
    page_message(page, caption);
    page_markup(page, "</caption>\n<thead><tr>");
    for (size_t index = 0; index < count; index++) {
        page_markup(page, index == 0 ? "<th scope=\"col\" class=\"what\">" : "<th scope=\"col\">");
        page_message(page, columns[index]);
        page_markup(page, "</th>");
    }
    page_markup(page, "</tr></thead>\n<tbody>\n");
}
