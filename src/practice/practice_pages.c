/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "practice/practice_pages.h"

#include "base/mem.h"
#include "base/messages.h"
#include "base/number.h"
#include "base/strbuf.h"
#include "model/guide.h"
#include "practice/html_fill.h"
#include "practice/practice_style.h"
#include "practice/practice_walk.h"

#include <stdlib.h>
#include <string.h>

/* Where pages go, and the first answer that was not 0. */
struct sink {
    int (*take)(void *context, const char *name, const char *text, size_t length);
    void *context;
    int result;
};

/* The section whose pages are made. */
struct chapter {
    const struct practice *practice;
    struct sink *sink;
    const struct guide_path *path;
    const struct guide_section *section;
    const struct guide_section *after; /* the one that follows, or NULL */
    struct practice_page *pages;
    size_t page_count;
};

static const char *words(const struct practice *practice, enum message id)
{
    return messages_text(practice->messages, id);
}

/* --- names of files --------------------------------------------------------------------------- */

/* Ids have no dot, so no two names can be the same. To be freed with free(). */
static char *page_name(const struct guide_path *path, const struct guide_section *section,
                       size_t index, const char *kind)
{
    return xasprintf("%s.%s.%02zu%s.html", path->id, section->id, index + 1, kind);
}

static char *end_name(const struct chapter *chapter)
{
    return xasprintf("%s.%s.end.html", chapter->path->id, chapter->section->id);
}

static char *next_name(const struct chapter *chapter, size_t index)
{
    return index + 1 < chapter->page_count
               ? page_name(chapter->path, chapter->section, index + 1, "")
               : end_name(chapter);
}

/* --- the frame of a page ---------------------------------------------------------------------- */

static void begin(struct strbuf *html, const struct practice *practice, const char *title)
{
    html_fill(html,
              "<!DOCTYPE html>\n<html lang=\"%\">\n<head>\n<meta charset=\"utf-8\">\n"
              "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
              "style-src 'self'; form-action 'self' file:; base-uri 'none'\">\n"
              "<meta name=\"referrer\" content=\"no-referrer\">\n"
              "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
              "<title>% – %</title>\n<link rel=\"stylesheet\" href=\"%\">\n</head>\n<body>\n"
              "<header><p><strong>%</strong></p></header>\n<main>\n<h1>%</h1>\n",
              practice->language, title, words(practice, MSG_PRACTICE_TITLE), PRACTICE_STYLE_NAME,
              words(practice, MSG_PRACTICE_MARK), title);
}

static void end(struct strbuf *html, const struct practice *practice, bool with_all)
{
    strbuf_add(html, "</main>\n");
    if (with_all)
        html_fill(
            html,
            "<footer><nav aria-label=\"%\"><ul><li><a href=\"%\">%</a></li></ul></nav></footer>\n",
            words(practice, MSG_PRACTICE_TITLE), PRACTICE_FIRST_NAME,
            words(practice, MSG_PRACTICE_ALL));
    strbuf_add(html, "</body>\n</html>\n");
}

/* Hands a page over and empties it. Takes `name` over. */
static void hand_over(struct sink *sink, char *name, struct strbuf *html)
{
    if (!sink->result)
        sink->result = sink->take(sink->context, name, html->text, html->length);
    strbuf_free(html);
    free(name);
}

static void add_paragraph(struct strbuf *html, const char *text)
{
    html_fill(html, "<p>%</p>\n", text);
}

/* Takes `text` over. */
static void add_own_paragraph(struct strbuf *html, char *text)
{
    add_paragraph(html, text);
    free(text);
}

/* A link of ours, apart from what the site would have. Takes `name` over. */
static void add_link(struct strbuf *html, char *name, const char *text)
{
    html_fill(html, "<p class=\"next\"><a href=\"%\">%</a></p>\n", name, text);
    free(name);
}

static void add_story(struct strbuf *html, const struct chapter *chapter)
{
    if (chapter->section->story)
        add_paragraph(html, chapter->section->story);
}

/* What is to be done, for who has no voice that says it; folded away, as the site says no such
 * thing. */
static void add_instruction(struct strbuf *html, const struct chapter *chapter,
                            const struct guide_step *step)
{
    html_fill(html, "<details><summary>%</summary><p>%</p></details>\n",
              words(chapter->practice, MSG_PRACTICE_WHAT), step->simple);
}

/* --- pages with controls ---------------------------------------------------------------------- */

static const char *page_title(const struct chapter *chapter, const struct guide_step *step)
{
    return step->page ? step->page : chapter->section->title;
}

static void add_field(struct strbuf *html, const struct chapter *chapter,
                      const struct guide_step *step, const char *id)
{
    const struct practice *practice = chapter->practice;
    if (!step->is_private) {
        html_fill(html,
                  "<div class=\"control\"><label for=\"%\">%</label> <input type=\"text\" id=\"%\" "
                  "value=\"%\" autocomplete=\"off\"></div>\n",
                  id, step->label, id, step->example ? step->example : "");
        return;
    }
    const char *warning =
        step->warning ? step->warning : words(practice, MSG_PRACTICE_PRIVATE_WARNING);
    html_fill(html,
              "<div class=\"control\"><label for=\"%\">%</label> <input type=\"text\" id=\"%\" "
              "value=\"%\" readonly autocomplete=\"off\" aria-describedby=\"%-note\">"
              "<p id=\"%-note\">% %</p></div>\n",
              id, step->label, id,
              step->example ? step->example : words(practice, MSG_PRACTICE_EXAMPLE), id, id,
              words(practice, MSG_PRACTICE_PRIVATE), warning);
}

/* Where a control leads. To be freed with free(). */
static char *target(const struct chapter *chapter, size_t index, size_t step)
{
    const struct practice_page *page = &chapter->pages[index];
    if (!page->is_passive && step == page->step)
        return next_name(chapter, index);
    const struct guide_step *chosen = &chapter->section->steps[step];
    return page_name(chapter->path, chapter->section, index,
                     chosen->optional || chosen->not_needed ? ".aside" : ".other");
}

static void add_control(struct strbuf *html, const struct chapter *chapter, size_t index,
                        size_t step)
{
    const struct guide_step *control = &chapter->section->steps[step];
    if (control->kind == GUIDE_FIELD) {
        char *id = xasprintf("field-%zu", step + 1);
        add_field(html, chapter, control, id);
        free(id);
        return;
    }
    char *name = target(chapter, index, step);
    if (control->kind == GUIDE_LINK)
        html_fill(html, "<p class=\"control\"><a href=\"%\">%</a></p>\n", name, control->label);
    else
        html_fill(html,
                  "<p class=\"control\"><button type=\"submit\" formaction=\"%\">%</button></p>\n",
                  name, control->label);
    free(name);
}

/* The answers that have been given just before, to be read again. */
static void add_answers(struct strbuf *html, const struct chapter *chapter, size_t step)
{
    const struct guide_step *before = step ? &chapter->section->steps[step - 1] : NULL;
    if (!before || !before->question_count)
        return;
    strbuf_add(html, "<dl>\n");
    for (size_t i = 0; i < before->question_count; i++) {
        const struct guide_question *question = &before->questions[i];
        html_fill(html, "<dt>%</dt><dd>%</dd>\n", question->ask,
                  words(chapter->practice,
                        question->answer == GUIDE_ANSWER_YES ? MSG_PRACTICE_YES : MSG_PRACTICE_NO));
    }
    strbuf_add(html, "</dl>\n");
}

/* A page for who pressed something else: no harm is done, and here is the way back. */
static void make_detour(const struct chapter *chapter, size_t index, const char *kind,
                        enum message title, char *text)
{
    struct strbuf html = {0};
    begin(&html, chapter->practice, words(chapter->practice, title));
    add_own_paragraph(&html, text);
    add_link(&html, page_name(chapter->path, chapter->section, index, ""),
             words(chapter->practice, MSG_PRACTICE_BACK));
    end(&html, chapter->practice, true);
    hand_over(chapter->sink, page_name(chapter->path, chapter->section, index, kind), &html);
}

static void make_detours(const struct chapter *chapter, size_t index, const size_t *controls,
                         size_t count)
{
    const struct practice_page *page = &chapter->pages[index];
    const struct guide_step *steps = chapter->section->steps;
    bool other = false, aside = false;
    for (size_t i = 0; i < count; i++) {
        const struct guide_step *step = &steps[controls[i]];
        const bool leads_on = !page->is_passive && controls[i] == page->step;
        const bool can_skip = step->optional || step->not_needed;
        other |= step->kind != GUIDE_FIELD && !leads_on && !can_skip;
        aside |= step->kind != GUIDE_FIELD && !leads_on && can_skip;
    }
    if (other)
        make_detour(chapter, index, ".other", MSG_PRACTICE_OTHER_TITLE,
                    messages_format(chapter->practice->messages, MSG_PRACTICE_OTHER, "label",
                                    steps[page->step].label));
    if (aside)
        make_detour(chapter, index, ".aside", MSG_PRACTICE_ASIDE_TITLE,
                    xstrdup(words(chapter->practice, MSG_PRACTICE_ASIDE)));
}

static bool needs_form(const struct guide_section *section, const size_t *controls, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (section->steps[controls[i]].kind != GUIDE_LINK)
            return true;
    return false;
}

static void make_controls(const struct chapter *chapter, size_t index)
{
    const struct practice_page *page = &chapter->pages[index];
    const struct guide_step *step = &chapter->section->steps[page->step];
    size_t controls[PRACTICE_CONTROLS_MAX];
    const size_t count = practice_controls(chapter->section, page->step, controls);
    struct strbuf html = {0};
    begin(&html, chapter->practice, page_title(chapter, step));
    add_story(&html, chapter);
    add_answers(&html, chapter, page->step);
    char *next = next_name(chapter, index);
    const bool has_form = needs_form(chapter->section, controls, count);
    if (has_form)
        html_fill(&html, "<form action=\"%\" method=\"get\">\n", next);
    for (size_t i = 0; i < count; i++)
        add_control(&html, chapter, index, controls[i]);
    if (has_form)
        strbuf_add(&html, "</form>\n");
    add_instruction(&html, chapter, step);
    if (page->has_next)
        add_link(&html, next, words(chapter->practice, MSG_PRACTICE_NEXT));
    else
        free(next);
    end(&html, chapter->practice, true);
    hand_over(chapter->sink, page_name(chapter->path, chapter->section, index, ""), &html);
    make_detours(chapter, index, controls, count);
}

/* --- questions -------------------------------------------------------------------------------- */

static void add_answer(struct strbuf *html, const char *id, const char *value, bool right,
                       const char *text)
{
    html_fill(html,
              "<p><input type=\"radio\" name=\"r\" id=\"%\" value=\"%\" class=\"%\" required> "
              "<label for=\"%\">%</label></p>\n",
              id, value, right ? "right" : "other", id, text);
}

/* Every answer can lead to the explanation, also the right one where the browser cannot tell. */
static void make_explanation(const struct chapter *chapter, size_t index,
                             const struct guide_question *question)
{
    const struct practice *practice = chapter->practice;
    struct strbuf html = {0};
    begin(&html, practice, question->ask);
    add_own_paragraph(&html, messages_format(practice->messages, MSG_PRACTICE_ANSWER, "answer",
                                             words(practice, question->answer == GUIDE_ANSWER_YES
                                                                 ? MSG_PRACTICE_YES
                                                                 : MSG_PRACTICE_NO)));
    add_paragraph(&html, question->why);
    add_link(&html, page_name(chapter->path, chapter->section, index, ""),
             words(practice, MSG_PRACTICE_ANSWER_AGAIN));
    add_link(&html, next_name(chapter, index), words(practice, MSG_PRACTICE_NEXT));
    end(&html, practice, true);
    hand_over(chapter->sink, page_name(chapter->path, chapter->section, index, ".why"), &html);
}

static void begin_question(struct strbuf *html, const struct chapter *chapter,
                           const struct practice_page *page)
{
    const struct guide_step *step = &chapter->section->steps[page->step];
    char number[NUMBER_TEXT_SIZE], count[NUMBER_TEXT_SIZE];
    char *title = messages_format(chapter->practice->messages, MSG_PRACTICE_QUESTION, "title",
                                  page_title(chapter, step), "number",
                                  number_text(number, (long)page->question + 1), "count",
                                  number_text(count, (long)step->question_count));
    begin(html, chapter->practice, title);
    free(title);
}

static void make_question(const struct chapter *chapter, size_t index)
{
    const struct practice *practice = chapter->practice;
    const struct practice_page *page = &chapter->pages[index];
    const struct guide_step *step = &chapter->section->steps[page->step];
    const struct guide_question *question = &step->questions[page->question];
    struct strbuf html = {0};
    char *why = page_name(chapter->path, chapter->section, index, ".why");
    char *next = next_name(chapter, index);
    begin_question(&html, chapter, page);
    add_story(&html, chapter);
    html_fill(&html, "<form action=\"%\" method=\"get\">\n<fieldset><legend>%</legend>\n", why,
              question->ask);
    add_answer(&html, "yes", "1", question->answer == GUIDE_ANSWER_YES,
               words(practice, MSG_PRACTICE_YES));
    add_answer(&html, "no", "2", question->answer == GUIDE_ANSWER_NO,
               words(practice, MSG_PRACTICE_NO));
    html_fill(
        &html,
        "</fieldset>\n<button type=\"submit\" class=\"by-way\">%</button>\n"
        "<button type=\"submit\" class=\"direct\" formaction=\"%\" hidden>%</button>\n</form>\n",
        words(practice, MSG_PRACTICE_GO_ON), next, words(practice, MSG_PRACTICE_GO_ON));
    add_instruction(&html, chapter, step);
    end(&html, practice, true);
    free(next);
    free(why);
    hand_over(chapter->sink, page_name(chapter->path, chapter->section, index, ""), &html);
    make_explanation(chapter, index, question);
}

/* --- the other pages -------------------------------------------------------------------------- */

static void make_text(const struct chapter *chapter, size_t index)
{
    const struct guide_step *step = &chapter->section->steps[chapter->pages[index].step];
    struct strbuf html = {0};
    begin(&html, chapter->practice, page_title(chapter, step));
    add_paragraph(&html, step->simple);
    if (step->warning)
        add_paragraph(&html, step->warning);
    add_link(&html, next_name(chapter, index), words(chapter->practice, MSG_PRACTICE_NEXT));
    end(&html, chapter->practice, true);
    hand_over(chapter->sink, page_name(chapter->path, chapter->section, index, ""), &html);
}

static void make_end(const struct chapter *chapter)
{
    const struct practice *practice = chapter->practice;
    struct strbuf html = {0};
    begin(&html, practice, words(practice, MSG_PRACTICE_END_TITLE));
    add_own_paragraph(&html, messages_format(practice->messages, MSG_PRACTICE_END, "title",
                                             chapter->section->title));
    if (chapter->after) {
        char *text =
            messages_format(practice->messages, MSG_PRACTICE_AFTER, "title", chapter->after->title);
        add_link(&html, page_name(chapter->path, chapter->after, 0, ""), text);
        free(text);
    }
    end(&html, practice, true);
    hand_over(chapter->sink, end_name(chapter), &html);
}

static void make_chapter(struct chapter *chapter)
{
    static void (*const make[])(const struct chapter *, size_t) = {
        [PRACTICE_TEXT] = make_text,
        [PRACTICE_CONTROLS] = make_controls,
        [PRACTICE_QUESTION] = make_question,
    };
    chapter->pages = practice_walk(chapter->section, &chapter->page_count);
    for (size_t i = 0; i < chapter->page_count && !chapter->sink->result; i++)
        make[chapter->pages[i].kind](chapter, i);
    make_end(chapter);
    free(chapter->pages);
}

/* --- all of them ------------------------------------------------------------------------------ */

static bool is_wanted(const char *wanted, const char *id)
{
    return !wanted || !strcmp(wanted, id);
}

/* The index of the first wanted section from `from` on, or the number of sections. */
static size_t find_section(const struct practice *practice, const struct guide_path *path,
                           size_t from)
{
    while (from < path->section_count && !is_wanted(practice->section, path->sections[from]->id))
        from++;
    return from;
}

static void make_path(const struct practice *practice, const struct guide_path *path,
                      struct sink *sink)
{
    for (size_t i = find_section(practice, path, 0); i < path->section_count;) {
        const size_t next = find_section(practice, path, i + 1);
        struct chapter chapter = {
            .practice = practice,
            .sink = sink,
            .path = path,
            .section = path->sections[i],
            .after = next < path->section_count ? path->sections[next] : NULL,
        };
        make_chapter(&chapter);
        i = next;
    }
}

static void list_path(struct strbuf *html, const struct practice *practice,
                      const struct guide_path *path)
{
    size_t i = find_section(practice, path, 0);
    if (i == path->section_count)
        return;
    html_fill(html, "<h2>%</h2>\n<ul>\n", path->title);
    for (; i < path->section_count; i = find_section(practice, path, i + 1)) {
        char *name = page_name(path, path->sections[i], 0, "");
        html_fill(html, "<li><a href=\"%\">%</a></li>\n", name, path->sections[i]->title);
        free(name);
    }
    strbuf_add(html, "</ul>\n");
}

static void make_index(const struct practice *practice, struct sink *sink)
{
    struct strbuf html = {0};
    begin(&html, practice, practice->guide->title);
    add_paragraph(&html, words(practice, MSG_PRACTICE_INTRO));
    for (size_t i = 0; i < practice->guide->path_count; i++)
        if (is_wanted(practice->path, practice->guide->paths[i].id))
            list_path(&html, practice, &practice->guide->paths[i]);
    end(&html, practice, false);
    hand_over(sink, xstrdup(PRACTICE_FIRST_NAME), &html);
}

int practice_make(const struct practice *practice,
                  int (*take)(void *context, const char *name, const char *text, size_t length),
                  void *context)
{
    struct sink sink = {.take = take, .context = context};
    sink.result = take(context, PRACTICE_STYLE_NAME, practice_style, strlen(practice_style));
    if (!sink.result)
        make_index(practice, &sink);
    for (size_t i = 0; i < practice->guide->path_count && !sink.result; i++)
        if (is_wanted(practice->path, practice->guide->paths[i].id))
            make_path(practice, &practice->guide->paths[i], &sink);
    return sink.result;
}
