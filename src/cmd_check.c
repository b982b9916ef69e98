/* check: reads guides and voice packs, tells every mistake and what to do. */
#include "cli.h"
#include "diag.h"
#include "guide.h"
#include "mem.h"
#include "voice.h"
#include "ydoc.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum kind { KIND_GUIDE, KIND_VOICE, KIND_MESSAGES, KIND_COMMANDS };

/* --- what a file is ------------------------------------------------------------------------- */

/* The files of a pack by their names, and by a key that only they have at their root. */
static const struct {
    const char *name;
    const char *root_key;
    enum kind kind;
} parts[] = {
    {"voice.yaml", "synth", KIND_VOICE},
    {"messages.yaml", "singular", KIND_MESSAGES},
    {"commands.yaml", "commands", KIND_COMMANDS},
};

static bool is_folder(const char *path)
{
    struct stat status;
    return !stat(path, &status) && S_ISDIR(status.st_mode);
}

static enum kind kind_of(const char *path, const struct ynode *root)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (!strcmp(name, parts[i].name))
            return parts[i].kind;
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (ynode_get(root, parts[i].root_key))
            return parts[i].kind;
    return KIND_GUIDE;
}

/* --- checking ------------------------------------------------------------------------------- */

static void number(char text[24], size_t value)
{
    snprintf(text, 24, "%zu", value);
}

static void praise_guide(const struct cli *cli, const char *path, const struct guide *guide,
                         size_t warnings)
{
    size_t steps = 0;
    for (size_t i = 0; i < guide->section_count; i++)
        steps += guide->sections[i].step_count;
    char paths[24], sections[24], step_text[24], warning_text[24];
    number(paths, guide->path_count);
    number(sections, guide->section_count);
    number(step_text, steps);
    number(warning_text, warnings);
    cli_print(cli, MSG_CHECK_GUIDE, "file", path, "title", guide->title, "paths", paths, "sections",
              sections, "steps", step_text, "warnings", warning_text);
}

static int check_guide(const struct cli *cli, const char *path, const struct ynode *root,
                       struct diags *diags)
{
    struct guide *guide;
    if (guide_read(root, diags, &guide))
        return -1;
    praise_guide(cli, path, guide, diags->count - diags->errors);
    guide_free(guide);
    return 0;
}

static int check_pack(const struct cli *cli, const char *path, struct diags *diags)
{
    struct voice *voice;
    if (voice_load(path, diags, &voice))
        return -1;
    size_t commands = 0, phrases = 0;
    for (int i = 0; i < COMMAND_COUNT; i++) {
        commands += voice->commands[i].phrase_count > 0;
        phrases += voice->commands[i].phrase_count;
    }
    char command_text[24], phrase_text[24];
    number(command_text, commands);
    number(phrase_text, phrases);
    cli_print(cli, MSG_CHECK_VOICE, "file", path, "name", voice->name, "commands", command_text,
              "phrases", phrase_text);
    voice_free(voice);
    return 0;
}

/* One file of a pack, on its own. */
static int check_part(const struct cli *cli, const char *path, enum kind kind,
                      const struct ynode *root, struct diags *diags)
{
    struct voice voice = {.folder = xstrdup("."), .messages = messages_new()};
    int result = -1;
    if (kind == KIND_VOICE)
        result = voice_read_head(&voice, root, diags);
    else if (kind == KIND_MESSAGES)
        result = messages_overlay(voice.messages, root, diags);
    else if (kind == KIND_COMMANDS)
        result = voice_read_commands(&voice, root, diags);
    voice_clear(&voice);
    if (!result)
        cli_print(cli, MSG_CHECK_PART, "file", path);
    return result;
}

static int check_file(const struct cli *cli, const char *path, struct diags *diags)
{
    struct ydoc *doc;
    if (ydoc_load(path, diags, &doc))
        return -1;
    const struct ynode *root = ydoc_root(doc);
    enum kind kind = kind_of(path, root);
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

int cmd_check(const struct cli *cli, int argc, char **argv)
{
    int code = cli_help_only(cli, argc, argv, MSG_HELP_CHECK);
    if (code >= 0)
        return code;
    if (optind == argc) {
        char *what = messages_format(cli->messages, MSG_CHECK_WHAT);
        code = cli_missing(cli, what);
        free(what);
        return code;
    }
    bool failed = false;
    for (int i = optind; i < argc; i++)
        failed |= check(cli, argv[i]) != 0;
    code = cli_finish(cli);
    return failed ? CLI_FAILED : code;
}
