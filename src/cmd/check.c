/* SPDX-License-Identifier: GPL-3.0-or-later */
/* check: reads guides and voice packs, tells every mistake and what to do. */
#include "app/cli.h"
#include "base/diag.h"
#include "base/mem.h"
#include "base/messages_load.h"
#include "base/number.h"
#include "base/ydoc.h"
#include "cmd/options.h"
#include "cmd/subcommands.h"
#include "listen/lexicon.h"
#include "listen/phones.h"
#include "listen/pronounce.h"
#include "listen/soundalike.h"
#include "model/guide.h"
#include "model/guide_clash.h"
#include "model/guide_load.h"
#include "model/guide_pictures.h"
#include "model/pack.h"
#include "model/pack_choice.h"
#include "reading/reading.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum kind {
    KIND_GUIDE,
    KIND_VOICE,
    KIND_MESSAGES,
    KIND_COMMANDS,
    KIND_SPEECH,
    KIND_PHONES,
    KIND_LEXICON
};

/* --- what a file is ------------------------------------------------------------------------- */

/* The files of a pack by their names, and by a key that only they have at their root. */
static const struct {
    const char *name;
    const char *root_key;
    enum kind kind;
} parts[] = {
    {"voice.yaml", "synth", KIND_VOICE},          {"messages.yaml", "singular", KIND_MESSAGES},
    {"commands.yaml", "commands", KIND_COMMANDS}, {"speech.yaml", "abbreviations", KIND_SPEECH},
    {"phones.yaml", "sets", KIND_PHONES},         {"lexicon.dict", "", KIND_LEXICON},
};

static bool is_folder(const char *path)
{
    struct stat status;
    return !stat(path, &status) && S_ISDIR(status.st_mode);
}

/* The part of a pack that has this name, or KIND_GUIDE. */
static enum kind kind_by_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (!strcmp(name, parts[i].name))
            return parts[i].kind;
    return KIND_GUIDE;
}

static enum kind kind_by_content(const struct ynode *root)
{
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (ynode_get(root, parts[i].root_key))
            return parts[i].kind;
    return KIND_GUIDE;
}

/* --- checking ------------------------------------------------------------------------------- */

static void praise_guide(const struct cli *cli, const char *path, const struct guide *guide,
                         size_t warnings)
{
    size_t steps = 0;
    for (size_t i = 0; i < guide->section_count; i++)
        steps += guide->sections[i].step_count;
    char paths[NUMBER_TEXT_SIZE], sections[NUMBER_TEXT_SIZE], step_text[NUMBER_TEXT_SIZE],
        warning_text[NUMBER_TEXT_SIZE];
    (void)number_text(paths, (long)guide->path_count);
    (void)number_text(sections, (long)guide->section_count);
    (void)number_text(step_text, (long)steps);
    (void)number_text(warning_text, (long)warnings);
    cli_print(cli, MSG_CHECK_GUIDE, "file", path, "title", guide->title, "paths", paths, "sections",
              sections, "steps", step_text, "warnings", warning_text);
}

/* What makes the phrases of the pack in `folder` audible, or NULL: without phones.yaml nothing is
 * listened for, and its mistakes are told elsewhere. To be freed with pronouncer_free(). */
static struct pronouncer *open_pronouncer(const char *folder, const struct messages *messages)
{
    struct pronouncer *pronouncer = NULL;
    struct diags ignored;
    char *path = xasprintf("%s/phones.yaml", folder);
    diags_init(&ignored, messages);
    if (!access(path, F_OK) && pronouncer_load(folder, &ignored, &pronouncer))
        pronouncer = NULL;
    diags_free(&ignored);
    free(path);
    return pronouncer;
}

static void warn_of_sounds(const struct ynode *root, const struct pack *pack, struct diags *diags)
{
    struct pronouncer *pronouncer = open_pronouncer(pack->folder, diags->messages);
    if (pronouncer)
        soundalike_check_guide(root, pack, pronouncer, diags);
    pronouncer_free(pronouncer);
}

/* Phrases that the usual voice pack has for something else, or that sound like one of its own. A
 * pack that is not there or wrong is not what was asked about. */
static void warn_of_clashes(const struct ynode *root, struct diags *diags)
{
    char *folder = pack_choice(NULL);
    struct pack *pack = NULL;
    struct diags ignored;
    diags_init(&ignored, diags->messages);
    if (folder && !pack_load(folder, &ignored, &pack)) {
        guide_clash_check(root, pack, diags);
        warn_of_sounds(root, pack, diags);
    }
    pack_free(pack);
    diags_free(&ignored);
    free(folder);
}

static int check_guide(const struct cli *cli, const char *path, const struct ynode *root,
                       struct diags *diags)
{
    struct guide *guide;
    if (guide_read(root, diags, &guide))
        return -1;
    const size_t errors = diags->errors;
    struct guide_pictures pictures;
    guide_pictures_load(guide, DIAG_ERROR, diags, &pictures);
    guide_pictures_free(&pictures);
    warn_of_clashes(root, diags);
    const int result = diags->errors > errors ? -1 : 0;
    if (!result)
        praise_guide(cli, path, guide, diags->count - diags->errors);
    guide_free(guide);
    return result;
}

/* --- packs ---------------------------------------------------------------------------------- */

/* The phones of each model must be a set that phones.yaml has. */
static int check_sets(const struct pack *pack, const struct phones *phones, struct diags *diags)
{
    int result = 0;
    for (size_t i = 0; i < pack->model_count; i++) {
        const struct pack_model *model = &pack->models[i];
        if (phones_set(phones, model->phones))
            continue;
        diags_add(diags, DIAG_ERROR, 0, 0, MSG_CHECK_NO_SET, "file", pack->folder, "model",
                  model->name, "set", model->phones);
        result = -1;
    }
    return result;
}

/* phones.yaml and lexicon.dict of a folder, if they are there; `voice` may be NULL. */
static int check_sounds(const char *folder, const struct pack *pack, struct diags *diags)
{
    struct phones *phones = NULL;
    struct lexicon *lexicon = NULL;
    char *phones_path = xasprintf("%s/phones.yaml", folder);
    char *lexicon_path = xasprintf("%s/lexicon.dict", folder);
    int result = access(phones_path, F_OK) ? 0 : phones_load(phones_path, diags, &phones);
    if (phones && pack)
        result |= check_sets(pack, phones, diags);
    if (phones && !access(lexicon_path, F_OK))
        result |= lexicon_load(lexicon_path, phones_set(phones, NULL), diags, &lexicon);
    lexicon_free(lexicon);
    phones_free(phones);
    free(phones_path);
    free(lexicon_path);
    return result;
}

static void praise_voice(const struct cli *cli, const char *path, const struct pack *pack)
{
    size_t commands = 0, phrases = 0;
    for (int i = 0; i < COMMAND_COUNT; i++) {
        commands += pack->commands[i].phrase_count > 0;
        phrases += pack->commands[i].phrase_count;
    }
    char command_text[NUMBER_TEXT_SIZE], phrase_text[NUMBER_TEXT_SIZE];
    (void)number_text(command_text, (long)commands);
    (void)number_text(phrase_text, (long)phrases);
    cli_print(cli, MSG_CHECK_VOICE, "file", path, "name", pack->name, "commands", command_text,
              "phrases", phrase_text);
}

/* Warns of the phrases in the tree of a commands.yaml in `folder`. */
static void check_phrases(const char *folder, const struct ynode *root, struct diags *diags)
{
    struct pronouncer *pronouncer = open_pronouncer(folder, diags->messages);
    if (pronouncer)
        soundalike_check_commands(root, pronouncer, diags);
    pronouncer_free(pronouncer);
}

/* The same for a whole pack that is right. */
static void check_pack_phrases(const char *folder, struct diags *diags)
{
    struct ydoc *doc;
    char *path = xasprintf("%s/commands.yaml", folder);
    if (!access(path, F_OK) && !ydoc_load(path, diags, &doc)) {
        check_phrases(folder, ydoc_root(doc), diags);
        ydoc_free(doc);
    }
    free(path);
}

static int check_pack(const struct cli *cli, const char *path, struct diags *diags)
{
    struct pack *pack = NULL;
    int result = pack_load(path, diags, &pack);
    result |= check_sounds(path, pack, diags);
    if (!result) {
        check_pack_phrases(path, diags);
        praise_voice(cli, path, pack);
    }
    pack_free(pack);
    return result;
}

static int check_phones(const char *path, struct diags *diags)
{
    struct phones *phones = NULL;
    int result = phones_load(path, diags, &phones);
    phones_free(phones);
    return result;
}

/* The folder that a file is in, with its last slash; "." for none. To be freed with free(). */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? xstrndup(path, (size_t)(slash - path + 1)) : xstrdup(".");
}

static int check_commands(const char *path, struct pack *pack, const struct ynode *root,
                          struct diags *diags)
{
    if (pack_read_commands(pack, root, diags))
        return -1;
    char *folder = folder_of(path);
    check_phrases(folder, root, diags);
    free(folder);
    return 0;
}

/* One file of a pack, on its own. */
static int check_part(const struct cli *cli, const char *path, enum kind kind,
                      const struct ynode *root, struct diags *diags)
{
    struct pack pack = {.folder = xstrdup("."), .messages = messages_load_builtin()};
    int result = -1;
    if (kind == KIND_VOICE)
        result = pack_read_head(&pack, root, diags);
    else if (kind == KIND_MESSAGES)
        result = messages_load_overlay(pack.messages, root, diags);
    else if (kind == KIND_COMMANDS)
        result = check_commands(path, &pack, root, diags);
    else if (kind == KIND_SPEECH)
        result = reading_rules_parse(root, diags, &pack.reading);
    else if (kind == KIND_PHONES)
        result = check_phones(path, diags);
    pack_clear(&pack);
    if (!result)
        cli_print(cli, MSG_CHECK_PART, "file", path);
    return result;
}

/* A lexicon is no YAML, and is read with the phones.yaml beside it. */
static int check_lexicon(const struct cli *cli, const char *path, struct diags *diags)
{
    char *folder = folder_of(path);
    int result = check_sounds(folder, NULL, diags);
    free(folder);
    if (!result)
        cli_print(cli, MSG_CHECK_PART, "file", path);
    return result;
}

static int check_file(const struct cli *cli, const char *path, struct diags *diags)
{
    enum kind kind = kind_by_name(path);
    if (kind == KIND_LEXICON && !access(path, F_OK))
        return check_lexicon(cli, path, diags);
    struct ydoc *doc;
    if (ydoc_load(path, diags, &doc))
        return -1;
    const struct ynode *root = ydoc_root(doc);
    if (kind == KIND_GUIDE)
        kind = kind_by_content(root);
    int result = kind == KIND_GUIDE ? check_guide(cli, path, root, diags)
                                    : check_part(cli, path, kind, root, diags);
    ydoc_free(doc);
    return result;
}

static int check(const struct cli *cli, const char *path)
{
    struct diags diags;
    diags_init(&diags, cli->messages);
    int result = is_folder(path) ? check_pack(cli, path, &diags) : check_file(cli, path, &diags);
    diags_print(&diags, stderr);
    diags_free(&diags);
    return result;
}

const struct option_table cmd_check_options = {
    .help = MSG_HELP_CHECK,
    .operand = {.kind = OPERAND_FILES,
                .name = MSG_VALUE_FILE,
                .is_required = true,
                .missing = MSG_CHECK_WHAT},
};

int cmd_check(const struct cli *cli, int argc, char **argv)
{
    char **paths;
    int code = options_parse(cli, &cmd_check_options, argc, argv, NULL, &paths);
    if (code != OPTIONS_GO_ON)
        return code;
    bool failed = false;
    for (; *paths; paths++)
        failed |= check(cli, *paths) != 0;
    code = cli_finish(cli);
    return failed ? CLI_FAILED : code;
}
