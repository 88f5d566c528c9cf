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

void
frame_item(struct page *page, bool *is_begun, const char *sentence)
{
    if (!*is_begun) {
        page_markup(page, "<div class=\"attention\"><strong>");
        page_message(page, M_REPORT_ATTENTION);
        page_markup(page, "</strong>\n<ul>\n");
        *is_begun = true;
    }
    page_element(page, "li", "", sentence);
}

void
frame_items_end(struct page *page, bool is_begun)
{
    page_markup(page, is_begun ? "</ul></div>\n" : "");
}

const char *
frame_period(struct page *page, struct period period)
{
    OWNED(buf) text;
    buf_init(&text, 1000);
    period_text(&text, period, page->language);
    return arena_copy(page->arena, text.bytes);
}

const char *
frame_meaning(struct page *page, enum message means, const struct config *config)
{
    const struct report_policy *policy = &config->report;
    return page_words(page, means, {"zone", config->time_zone},
                      {"x", page_number(page, policy->x_most_micros, 1)},
                      {"y", page_number(page, policy->y_most_micros, 1)},
                      {"days", page_count(page, policy->slow_days)});
}

void
frame_words(struct page *page, const struct report_words *words, const struct config *config)
{
    page_markup(page, "<section aria-labelledby=\"words\">\n<h2 id=\"words\">");
    page_message(page, M_REPORT_WORDS);
    page_markup(page, "</h2>\n<dl class=\"words\">\n");
    for (size_t index = 0; index < words->count; index++) {
        page_element(page, "dt", "", message_text(words->items[index].word, page->language));
        page_element(page, "dd", "", frame_meaning(page, words->items[index].means, config));
        page_markup(page, "\n");
    }
    page_markup(page, "</dl>\n</section>\n");
}

const char *
frame_missed(struct page *page, int64_t late, int64_t missed)
{
    return page_words(page, late == 1 ? M_REPORT_MISSED_ONE : M_REPORT_MISSED,
                      {"missed", page_count(page, missed)}, {"late", page_count(page, late)});
}

const char *
frame_add_money(struct page *page, const char *all, int64_t minor, const char *currency)
{
    const char *gap = all[0] == '\0' ? "" : page->language == LANGUAGE_ZH ? "\xE3\x80\x81" : ", ";
    return arena_format(page->arena, "%s%s%s", all, gap, page_money(page, minor, currency));
}

const char *
frame_named(struct page *page, const char *name, const char *code)
{
    return name[0] == '\0'   ? arena_copy(page->arena, code)
           : code[0] == '\0' ? arena_copy(page->arena, name)
                             : arena_format(page->arena, "%s (%s)", name, code);
}
