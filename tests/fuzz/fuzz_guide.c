/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a guide: no crash, every mistake told, and a guide that is accepted is whole. */
#include "fuzz/support/fuzz.h"

#include "model/guide.h"
#include "model/guide_load.h"
#include "practice/practice_pages.h"

#include <string.h>

static void check_section(const struct guide_section *section)
{
    demand(section->id && section->title && section->phrases.count && section->step_count);
    for (size_t i = 0; i < section->need_count; i++)
        demand(section->needs[i].id && section->needs[i].label && section->needs[i].ask &&
               section->needs[i].more);
    for (size_t i = 0; i < section->step_count; i++) {
        const struct guide_step *step = &section->steps[i];
        demand(step->id && step->say && step->simple && step->more && step->line > 0);
        demand(step->check || (!step->read_back && !step->not_needed));
        demand(guide_find_step(section, step->id) >= 0);
        demand((step->kind == GUIDE_CHOICE) == (step->question_count > 0));
        demand(!step->example || step->kind == GUIDE_FIELD);
        for (size_t q = 0; q < step->question_count; q++)
            demand(step->questions[q].ask && step->questions[q].why);
    }
    const struct guide_period *window = section->period;
    demand(!window || (window->closes >= 1 && window->closes < window->opens &&
                       window->closes < window->opens_february && window->opens <= 31 &&
                       window->opens_february <= 29));
}

static void check_guide(const struct guide *guide)
{
    demand(guide->id && guide->title && guide->welcome && guide->closing);
    demand(date_is_valid(guide->updated));
    demand(guide->path_count > 0 && guide->section_count > 0);
    for (size_t i = 0; i < guide->path_count; i++) {
        const struct guide_path *path = &guide->paths[i];
        demand(path->id && path->title && path->place && path->phrases.count);
        demand(guide_find_path(guide, path->id) == (int)i);
        demand(path->section_count > 0);
        for (size_t s = 0; s < path->section_count; s++)
            demand(guide_find_section(path, path->sections[s]->id) == (int)s);
    }
    for (size_t i = 0; i < guide->section_count; i++)
        check_section(&guide->sections[i]);
    for (size_t i = 0; i < guide->word_count; i++)
        demand(guide_find_word(guide, guide->words[i].word) == &guide->words[i]);
}

/* No text of a guide becomes markup. */
static int check_page(void *context, const char *name, const char *text, size_t length)
{
    int *pages = context;
    demand(strlen(text) == length && !strchr(name, '/'));
    demand(!strstr(text, "<script") && !strstr(text, " onclick"));
    return ++*pages < 200 ? 0 : -1;
}

static void check_practice(const struct guide *guide)
{
    const struct practice practice = {guide, fuzz_messages(), "fr", NULL, NULL};
    int pages = 0;
    (void)practice_make(&practice, check_page, &pages);
    demand(pages > 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct diags diags;
    struct guide *guide = NULL;
    diags_init(&diags, fuzz_messages());
    diags_set_file(&diags, "fuzz.yaml");
    int result = guide_parse((const char *)bytes, length, &diags, &guide);
    fuzz_check_diags(&diags, result);
    demand(!result == (guide != NULL));
    if (guide) {
        check_guide(guide);
        check_practice(guide);
    }
    guide_free(guide);
    diags_free(&diags);
    return 0;
}
