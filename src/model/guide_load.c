/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/guide_load.h"

#include "base/diag.h"
#include "base/edit_distance.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "base/unique.h"
#include "base/ydoc.h"
#include "base/yschema.h"
#include "model/guide.h"
#include "model/guide_labels.h"
#include "model/guide_readability.h"
#include "model/picture.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* --- the format ------------------------------------------------------------------------------ */

/* What the file holds beside the guide, needed only while it is read. */
struct guide_draft {
    struct guide guide;
    char *updated;
    struct guide_allowance *allowances;
    size_t allowance_count;
};

#define NEEDED YFIELD_REQUIRED
#define LINE   (YFIELD_REQUIRED | YFIELD_ONE_LINE)
#define ID     (YFIELD_REQUIRED | YFIELD_ID)

static const struct yfield need_fields[] = {
    YSCHEMA_TEXT("id", ID, 0, struct guide_need, id),
    YSCHEMA_TEXT("label", LINE, GUIDE_LABEL_MAX, struct guide_need, label),
    YSCHEMA_TEXT("ask", NEEDED, 0, struct guide_need, ask),
    YSCHEMA_TEXT("if_no", 0, 0, struct guide_need, if_no),
    YSCHEMA_TEXT("more", NEEDED, 0, struct guide_need, more),
    YSCHEMA_TEXT("simple_more", 0, 0, struct guide_need, simple_more),
    YSCHEMA_TEXT("with", 0, 0, struct guide_need, with),
};
static const struct yschema need_schema = YSCHEMA(need_fields, struct guide_need);

static const struct yfield period_fields[] = {
    {.name = "every",
     .kind = YFIELD_CHOICE,
     .flags = YFIELD_REQUIRED,
     .choices = "month",
     .offset = YFIELD_UNSTORED},
    YSCHEMA_INT("opens", NEEDED, 1, 31, struct guide_period, opens),
    YSCHEMA_INT("opens_february", 0, 1, 29, struct guide_period, opens_february),
    YSCHEMA_INT("closes", NEEDED, 1, 31, struct guide_period, closes),
    YSCHEMA_TEXT("missed", 0, 0, struct guide_period, missed),
    YSCHEMA_TEXT("done", 0, 0, struct guide_period, done),
};
static const struct yschema period_schema = YSCHEMA(period_fields, struct guide_period);

static const struct yfield question_fields[] = {
    YSCHEMA_TEXT("ask", NEEDED, 0, struct guide_question, ask),
    YSCHEMA_CHOICE("answer", NEEDED, "yes no", struct guide_question, answer),
    YSCHEMA_TEXT("why", NEEDED, 0, struct guide_question, why),
};
static const struct yschema question_schema = YSCHEMA(question_fields, struct guide_question);

static const struct yfield step_fields[] = {
    YSCHEMA_TEXT("id", YFIELD_ID, 0, struct guide_step, id),
    YSCHEMA_TEXT("say", NEEDED, 0, struct guide_step, say),
    YSCHEMA_TEXT("simple", 0, 0, struct guide_step, simple),
    YSCHEMA_TEXT("more", 0, 0, struct guide_step, more),
    YSCHEMA_TEXT("simple_more", 0, 0, struct guide_step, simple_more),
    YSCHEMA_TEXT("where", 0, 0, struct guide_step, where),
    YSCHEMA_TEXT("label", YFIELD_ONE_LINE, GUIDE_LABEL_MAX, struct guide_step, label),
    YSCHEMA_TEXTS("other_labels", YFIELD_ONE_LINE, GUIDE_LABEL_MAX, GUIDE_PHRASES_MAX,
                  struct guide_step, other_labels.items, other_labels.count),
    YSCHEMA_TEXT("warning", 0, 0, struct guide_step, warning),
    YSCHEMA_CHOICE("kind", 0, "link button field choice none", struct guide_step, kind),
    YSCHEMA_TEXT("page", YFIELD_ONE_LINE, GUIDE_TITLE_MAX, struct guide_step, page),
    YSCHEMA_INT("order", 0, 1, GUIDE_ORDER_MAX, struct guide_step, order),
    YSCHEMA_TEXT("example", YFIELD_ONE_LINE, GUIDE_TITLE_MAX, struct guide_step, example),
    YSCHEMA_LIST("questions", 0, GUIDE_QUESTIONS_MAX, &question_schema, struct guide_step,
                 questions, question_count),
    YSCHEMA_BOOL("private", 0, struct guide_step, is_private),
    YSCHEMA_BOOL("check", 0, struct guide_step, check),
    YSCHEMA_TEXT("read_back", 0, 0, struct guide_step, read_back),
    YSCHEMA_BOOL("not_needed", 0, struct guide_step, not_needed),
    YSCHEMA_BOOL("optional", 0, struct guide_step, optional),
    YSCHEMA_TEXT("link", YFIELD_ONE_LINE, GUIDE_LINK_MAX, struct guide_step, link),
    YSCHEMA_TEXT("spell", YFIELD_ONE_LINE, GUIDE_LABEL_MAX, struct guide_step, spell),
    YSCHEMA_TEXT("image", YFIELD_ONE_LINE, GUIDE_LABEL_MAX, struct guide_step, image),
    YSCHEMA_TEXT("alt", YFIELD_ONE_LINE, GUIDE_LABEL_MAX, struct guide_step, alt),
};
static const struct yschema step_schema = YSCHEMA(step_fields, struct guide_step);

#define PHRASES(key, flags, type, member)                                                          \
    YSCHEMA_TEXTS(key, flags, GUIDE_TITLE_MAX, GUIDE_PHRASES_MAX, type, member.items, member.count)

static const struct yfield section_fields[] = {
    YSCHEMA_TEXT("id", ID, 0, struct guide_section, id),
    YSCHEMA_TEXT("title", LINE, GUIDE_TITLE_MAX, struct guide_section, title),
    YSCHEMA_UNSTORED("paths", YFIELD_TEXTS, 0, 0),
    PHRASES("phrases", LINE, struct guide_section, phrases),
    YSCHEMA_TEXT("intro", 0, 0, struct guide_section, intro),
    YSCHEMA_TEXT("story", 0, 0, struct guide_section, story),
    YSCHEMA_LIST("needs", 0, GUIDE_NEEDS_MAX, &need_schema, struct guide_section, needs,
                 need_count),
    YSCHEMA_MAP("period", 0, &period_schema, struct guide_section, period),
    YSCHEMA_LIST("steps", NEEDED, GUIDE_STEPS_MAX, &step_schema, struct guide_section, steps,
                 step_count),
};
static const struct yschema section_schema = YSCHEMA(section_fields, struct guide_section);

static const struct yfield path_fields[] = {
    YSCHEMA_TEXT("id", ID, 0, struct guide_path, id),
    YSCHEMA_TEXT("title", LINE, GUIDE_TITLE_MAX, struct guide_path, title),
    YSCHEMA_TEXT("place", LINE, GUIDE_TITLE_MAX, struct guide_path, place),
    PHRASES("phrases", LINE, struct guide_path, phrases),
};
static const struct yschema path_schema = YSCHEMA(path_fields, struct guide_path);

static const struct yfield word_fields[] = {
    YSCHEMA_TEXT("word", LINE, GUIDE_TITLE_MAX, struct guide_word, word),
    PHRASES("forms", YFIELD_ONE_LINE, struct guide_word, forms),
    YSCHEMA_TEXT("say", NEEDED, 0, struct guide_word, say),
};
static const struct yschema word_schema = YSCHEMA(word_fields, struct guide_word);

static const struct yfield draft_fields[] = {
    YSCHEMA_FORMAT,
    YSCHEMA_TEXT("id", ID, 0, struct guide_draft, guide.id),
    YSCHEMA_TEXT("title", LINE, GUIDE_TITLE_MAX, struct guide_draft, guide.title),
    YSCHEMA_TEXT("updated", LINE, 0, struct guide_draft, updated),
    YSCHEMA_TEXT("source", 0, 0, struct guide_draft, guide.source),
    YSCHEMA_TEXT("welcome", NEEDED, 0, struct guide_draft, guide.welcome),
    YSCHEMA_TEXT("closing", NEEDED, 0, struct guide_draft, guide.closing),
    YSCHEMA_LIST("paths", NEEDED, GUIDE_PATHS_MAX, &path_schema, struct guide_draft, guide.paths,
                 guide.path_count),
    YSCHEMA_LIST("sections", NEEDED, GUIDE_SECTIONS_MAX, &section_schema, struct guide_draft,
                 guide.sections, guide.section_count),
    YSCHEMA_LIST("glossary", YFIELD_EMPTY_OK, GUIDE_WORDS_MAX, &word_schema, struct guide_draft,
                 guide.words, guide.word_count),
    YSCHEMA_LIST("allow", YFIELD_EMPTY_OK, GUIDE_ALLOW_MAX, &guide_allowance_schema,
                 struct guide_draft, allowances, allowance_count),
};
static const struct yschema draft_schema = YSCHEMA(draft_fields, struct guide_draft);

static void draft_free(struct guide_draft *draft)
{
    for (size_t i = 0; i < draft->guide.path_count; i++)
        free(draft->guide.paths[i].sections);
    free(draft->guide.file);
    yschema_free(&draft_schema, draft);
}

void guide_free(struct guide *guide)
{
    if (!guide)
        return;
    struct guide_draft draft = {.guide = *guide};
    draft_free(&draft);
    free(guide);
}

/* --- what the tables cannot say --------------------------------------------------------------- */

/* The tree of the file beside what was read from it; the arrays of both have the same order. */
struct guide_reader {
    struct guide *guide;
    const struct ynode *root, *paths, *sections, *glossary;
    uint32_t *scopes; /* per section: a bit for each path it belongs to */
    bool path_unknown;
    struct unique phrases; /* of paths and sections: all can be said or typed in one place */
    struct diags *diags;
};

static void report(struct guide_reader *reader, const struct ynode *node, enum message id)
{
    diags_add(reader->diags, DIAG_ERROR, node->line, node->column, id, "name",
              node->text ? node->text : "");
}

static const struct ynode *text_node(const struct ynode *map, const char *key)
{
    const struct ynode *node = ynode_get(map, key);
    return node && node->kind == YNODE_TEXT ? node : NULL;
}

static void claim(struct unique *unique, const struct ynode *map, const char *key, uint32_t scopes)
{
    const struct ynode *node = text_node(map, key);
    if (node && *node->text)
        unique_add(unique, node->text, scopes, node, NULL);
}

/* Claims the phrases of a list; one that has no letter could never be said or typed. */
static void claim_phrases(struct guide_reader *reader, struct unique *unique,
                          const struct ynode *list, uint32_t scopes)
{
    for (size_t i = 0; list && list->kind == YNODE_LIST && i < list->count; i++) {
        const struct ynode *node = &list->items[i];
        if (node->kind != YNODE_TEXT || !*node->text)
            continue;
        char *folded = text_fold(node->text);
        if (*folded)
            unique_add(unique, folded, scopes, node, NULL);
        else
            report(reader, node, MSG_GUIDE_PHRASE_MUTE);
        free(folded);
    }
}

static void check_date(struct guide_reader *reader)
{
    const struct ynode *node = text_node(reader->root, "updated");
    if (node && *node->text && date_parse(node->text, &reader->guide->updated))
        report(reader, node, MSG_GUIDE_DATE);
}

static void check_paths(struct guide_reader *reader)
{
    struct unique ids = {0};
    for (size_t i = 0; i < reader->guide->path_count; i++) {
        const struct ynode *node = &reader->paths->items[i];
        claim(&ids, node, "id", 1);
        /* Another path can be asked for from within any path. */
        claim_phrases(reader, &reader->phrases, ynode_get(node, "phrases"), UINT32_MAX);
    }
    unique_report(&ids, reader->diags, MSG_GUIDE_DUPLICATE_ID);
}

static void report_unknown_path(struct guide_reader *reader, const struct ynode *node)
{
    reader->path_unknown = true;
    const struct guide *guide = reader->guide;
    const char *ids[GUIDE_PATHS_MAX + 1] = {0};
    size_t count = 0;
    for (size_t i = 0; i < guide->path_count; i++)
        if (guide->paths[i].id)
            ids[count++] = guide->paths[i].id;
    const char *nearest = edit_nearest(node->text, ids);
    if (nearest)
        diags_add(reader->diags, DIAG_ERROR, node->line, node->column, MSG_GUIDE_UNKNOWN_PATH_NEAR,
                  "name", node->text, "nearest", nearest);
    else
        report(reader, node, MSG_GUIDE_UNKNOWN_PATH);
}

static uint32_t all_paths(const struct guide *guide)
{
    return guide->path_count >= 32 ? UINT32_MAX : (UINT32_C(1) << guide->path_count) - 1;
}

/* The paths a section belongs to: those it names, else all. */
static uint32_t read_scopes(struct guide_reader *reader, const struct ynode *section)
{
    const struct ynode *list = ynode_get(section, "paths");
    if (!list)
        return all_paths(reader->guide);
    uint32_t scopes = 0;
    for (size_t i = 0; list->kind == YNODE_LIST && i < list->count; i++) {
        const struct ynode *node = &list->items[i];
        if (node->kind != YNODE_TEXT || !*node->text)
            continue;
        int path = guide_find_path(reader->guide, node->text);
        uint32_t bit = path < 0 ? 0 : UINT32_C(1) << path;
        if (path < 0)
            report_unknown_path(reader, node);
        else if (scopes & bit)
            report(reader, node, MSG_GUIDE_PATH_TWICE);
        scopes |= bit;
    }
    return scopes;
}

/* Another word in braces, or half a brace, would be read aloud. */
static bool has_only_month_gap(const char *text)
{
    const char *brace = strpbrk(text, "{}");
    if (!brace)
        return true;
    return !strncmp(brace, GUIDE_MONTH_GAP, strlen(GUIDE_MONTH_GAP)) &&
           !strpbrk(brace + strlen(GUIDE_MONTH_GAP), "{}");
}

static void check_period(struct guide_reader *reader, struct guide_period *period,
                         const struct ynode *node)
{
    if (period->done && !has_only_month_gap(period->done))
        report(reader, ynode_get(node, "done"), MSG_GUIDE_MONTH_GAP);
    if (!period->opens || !period->closes)
        return; /* missing or wrong, and told already */
    if (!period->opens_february)
        period->opens_february = period->opens > 28 ? 28 : period->opens;
    int first = period->opens < period->opens_february ? period->opens : period->opens_february;
    /* Otherwise two months could be declared on one day. */
    if (period->closes >= first)
        report(reader, ynode_get(node, "closes"), MSG_GUIDE_PERIOD_OVERLAP);
}

/* What a need depends on is asked before it. */
static void check_with(struct guide_reader *reader, const struct ynode *needs, size_t position)
{
    const struct ynode *with = text_node(&needs->items[position], "with");
    bool found = false;
    for (size_t i = 0; with && i < position; i++) {
        const struct ynode *id = text_node(&needs->items[i], "id");
        found |= id && !strcmp(id->text, with->text);
    }
    if (with && !found)
        diags_add(reader->diags, DIAG_ERROR, with->line, with->column, MSG_GUIDE_NEED_WITH, "name",
                  with->text);
}

static void check_needs(struct guide_reader *reader, const struct ynode *section)
{
    const struct ynode *needs = ynode_get(section, "needs");
    struct unique ids = {0};
    for (size_t i = 0; needs && needs->kind == YNODE_LIST && i < needs->count; i++) {
        claim(&ids, &needs->items[i], "id", 1);
        check_with(reader, needs, i);
    }
    unique_report(&ids, reader->diags, MSG_GUIDE_DUPLICATE_ID);
}

static bool is_link(const char *text)
{
    const char *host = !strncmp(text, "https://", 8)  ? text + 8
                       : !strncmp(text, "http://", 7) ? text + 7
                                                      : "";
    /* A name with a dot, then perhaps a path; nothing that a shell or a reader could stumble on. */
    size_t length = strcspn(host, "/?#:");
    bool dotted = length && host[0] != '.' && memchr(host, '.', length);
    return dotted && !strpbrk(text, " \t\n\"'<>\\^`{|}");
}

/* What most guides mean when they do not say it. */
static enum guide_kind likely_kind(const struct guide_step *step)
{
    if (step->questions)
        return GUIDE_CHOICE;
    if (!step->label)
        return GUIDE_NOTHING;
    return step->is_private ? GUIDE_FIELD : GUIDE_BUTTON;
}

/* Keys that say where a label stands have nothing to say without it. */
static void check_page(struct guide_reader *reader, struct guide_step *step,
                       const struct ynode *node)
{
    static const char *const keys[] = {"kind", "page", "order", "example", "other_labels"};
    const struct ynode *kind = ynode_get(node, "kind");
    if (!kind)
        step->kind = likely_kind(step);
    const bool placed = ynode_get(node, "label") || ynode_get(node, "questions");
    for (size_t i = 0; i < COUNT_OF(keys) && !placed; i++)
        if (ynode_get(node, keys[i]))
            diags_add(reader->diags, DIAG_ERROR, ynode_get(node, keys[i])->line,
                      ynode_get(node, keys[i])->column, MSG_GUIDE_PAGE_NO_LABEL, "key", keys[i]);
    if (kind && placed && (step->kind == GUIDE_CHOICE) != (ynode_get(node, "questions") != NULL))
        report(reader, kind, MSG_GUIDE_CHOICE_QUESTIONS);
    if (step->example && step->kind != GUIDE_FIELD)
        report(reader, ynode_get(node, "example"), MSG_GUIDE_EXAMPLE_NO_FIELD);
}

/* What can be told without looking at the file; model/guide_pictures.h looks at it. */
static void check_image(struct guide_reader *reader, struct guide_step *step,
                        const struct ynode *node)
{
    const struct ynode *image = ynode_get(node, "image");
    enum picture_type type;
    if (!image && ynode_get(node, "alt"))
        report(reader, ynode_get(node, "alt"), MSG_GUIDE_ALT_NO_IMAGE);
    if (!image)
        return;
    step->image_line = image->line;
    step->image_column = image->column;
    if (!ynode_get(node, "alt"))
        report(reader, image, MSG_GUIDE_IMAGE_NO_ALT);
    if (step->image && !picture_name_is_inside(step->image))
        report(reader, image, MSG_GUIDE_IMAGE_OUTSIDE);
    else if (step->image && !picture_name_type(step->image, &type))
        report(reader, image, MSG_GUIDE_IMAGE_TYPE);
}

static void check_step(struct guide_reader *reader, struct guide_step *step,
                       const struct ynode *node)
{
    step->line = node->line;
    check_page(reader, step, node);
    check_image(reader, step, node);
    if (step->link && !is_link(step->link))
        report(reader, text_node(node, "link"), MSG_GUIDE_LINK);
    if (step->check)
        return;
    const struct ynode *check = ynode_get(node, "check");
    if (check && check->kind == YNODE_TEXT && strcmp(check->text, "false"))
        return; /* `check` itself is wrong, and told already */
    if (step->read_back)
        report(reader, ynode_get(node, "read_back"), MSG_GUIDE_READ_BACK_NO_CHECK);
    if (step->not_needed)
        report(reader, ynode_get(node, "not_needed"), MSG_GUIDE_NOT_NEEDED_NO_CHECK);
}

/* A key that a draft may lack. */
static void complete(const struct ynode *node, const char *key, char **text, const char *instead,
                     struct strbuf *missing)
{
    if (*text || ynode_get(node, key))
        return;
    *text = xstrdup(instead);
    strbuf_addf(missing, "%s%s", missing->length ? ", " : "", key);
}

/* A step of a draft may be a text alone: the rest is made of it, and told. */
static void complete_step(struct guide_reader *reader, const struct guide_section *section,
                          size_t position, struct guide_step *step, const struct ynode *node)
{
    struct strbuf missing = {0};
    if (!step->say || !section->id)
        return; /* missing or wrong, and told already */
    char *id = xasprintf("%.*s-%zu", YFIELD_ID_MAX - 8, section->id, position + 1);
    complete(node, "id", &step->id, id, &missing);
    complete(node, "simple", &step->simple, step->say, &missing);
    complete(node, "more", &step->more, step->say, &missing);
    if (missing.length)
        diags_add(reader->diags, DIAG_WARNING, node->line, node->column, MSG_GUIDE_DRAFT, "keys",
                  missing.text);
    strbuf_free(&missing);
    free(id);
}

/* The id of a step, be it written or made. */
static void claim_step(struct unique *steps, const struct guide_step *step,
                       const struct ynode *node, uint32_t scopes)
{
    if (ynode_get(node, "id"))
        claim(steps, node, "id", scopes);
    else if (step->id)
        unique_add(steps, step->id, scopes, text_node(node, "say"), NULL);
}

static void check_sections(struct guide_reader *reader)
{
    struct guide *guide = reader->guide;
    struct unique ids = {0}, steps = {0};
    for (size_t i = 0; i < guide->section_count; i++) {
        struct guide_section *section = &guide->sections[i];
        const struct ynode *node = &reader->sections->items[i];
        uint32_t scopes = read_scopes(reader, node);
        reader->scopes[i] = scopes;
        claim(&ids, node, "id", scopes);
        claim_phrases(reader, &reader->phrases, ynode_get(node, "phrases"), scopes);
        check_needs(reader, node);
        if (section->period)
            check_period(reader, section->period, ynode_get(node, "period"));
        for (size_t s = 0; s < section->step_count; s++) {
            const struct ynode *step = &ynode_get(node, "steps")->items[s];
            complete_step(reader, section, s, &section->steps[s], step);
            claim_step(&steps, &section->steps[s], step, scopes);
            check_step(reader, &section->steps[s], step);
        }
    }
    unique_report(&ids, reader->diags, MSG_GUIDE_DUPLICATE_ID);
    unique_report(&reader->phrases, reader->diags, MSG_GUIDE_DUPLICATE_PHRASE);
    unique_report(&steps, reader->diags, MSG_GUIDE_DUPLICATE_ID);
}

static void check_glossary(struct guide_reader *reader)
{
    struct unique words = {0};
    for (size_t i = 0; i < reader->guide->word_count; i++) {
        const struct ynode *node = &reader->glossary->items[i];
        const struct ynode *word = text_node(node, "word");
        if (word && *word->text)
            unique_add_folded(&words, 1, word, NULL);
        claim_phrases(reader, &words, ynode_get(node, "forms"), 1);
    }
    unique_report(&words, reader->diags, MSG_GUIDE_DUPLICATE_WORD);
}

/* Gives each path its sections; a path that no section belongs to leads nowhere. */
static void link_paths(struct guide_reader *reader)
{
    struct guide *guide = reader->guide;
    for (size_t p = 0; p < guide->path_count; p++) {
        struct guide_path *path = &guide->paths[p];
        path->sections = xcalloc(guide->section_count + 1, sizeof *path->sections);
        for (size_t s = 0; s < guide->section_count; s++)
            if (reader->scopes[s] >> p & 1)
                path->sections[path->section_count++] = &guide->sections[s];
        /* A misspelt name would only be told twice. */
        if (!path->section_count && guide->section_count && !reader->path_unknown)
            report(reader, &reader->paths->items[p], MSG_GUIDE_PATH_EMPTY);
    }
}

static void check_all(struct guide_draft *draft, const struct ynode *root, struct diags *diags)
{
    struct guide_reader reader = {
        .guide = &draft->guide,
        .root = root,
        .paths = ynode_get(root, "paths"),
        .sections = ynode_get(root, "sections"),
        .glossary = ynode_get(root, "glossary"),
        .scopes = xcalloc(draft->guide.section_count + 1, sizeof *reader.scopes),
        .diags = diags,
    };
    check_date(&reader);
    check_paths(&reader);
    check_sections(&reader);
    check_glossary(&reader);
    link_paths(&reader);
    if (draft->guide.section_count)
        guide_labels_check(&draft->guide, reader.sections, reader.scopes, diags);
    guide_readability_check(&draft->guide, root, draft->allowances, diags);
    free(reader.scopes);
}

/* Guides are found by file name but kept by id: two names for one thing would confuse. */
static void check_name(const struct ynode *root, struct diags *diags)
{
    const struct ynode *node = ynode_get(root, "id");
    const char *slash = strrchr(diags->file, '/');
    const char *name = slash ? slash + 1 : diags->file;
    size_t length = strlen(node->text);
    if (strncmp(name, node->text, length) || strcmp(name + length, ".yaml"))
        diags_add(diags, DIAG_WARNING, node->line, node->column, MSG_GUIDE_FILE_NAME, "name",
                  node->text);
}

int guide_read(const struct ynode *root, struct diags *diags, struct guide **ret_guide)
{
    if (yschema_check_format(root, GUIDE_FORMAT, diags))
        return -1;
    struct guide_draft draft = {0};
    size_t errors_before = diags->errors;
    yschema_read(&draft_schema, root, diags, &draft);
    if (root->kind == YNODE_MAP)
        check_all(&draft, root, diags);
    if (diags->errors > errors_before) {
        draft_free(&draft);
        return -1;
    }
    check_name(root, diags);
    struct guide *guide = xmalloc(sizeof *guide);
    *guide = draft.guide;
    guide->file = xstrdup(diags->file);
    draft.guide = (struct guide){0};
    draft_free(&draft);
    *ret_guide = guide;
    return 0;
}

static int read_and_free(struct ydoc *doc, struct diags *diags, struct guide **ret_guide)
{
    int result = guide_read(ydoc_root(doc), diags, ret_guide);
    ydoc_free(doc);
    return result;
}

int guide_parse(const char *bytes, size_t length, struct diags *diags, struct guide **ret_guide)
{
    struct ydoc *doc;
    return ydoc_parse(bytes, length, diags, &doc) ? -1 : read_and_free(doc, diags, ret_guide);
}

int guide_load(const char *path, struct diags *diags, struct guide **ret_guide)
{
    struct ydoc *doc;
    return ydoc_load(path, diags, &doc) ? -1 : read_and_free(doc, diags, ret_guide);
}
