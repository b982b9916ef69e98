/* voices: the voice packs and their acoustic models, and which of them are used. */
#include "cli.h"
#include "diag.h"
#include "paths.h"
#include "voice.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static void print_models(const struct cli *cli, const struct voice *voice)
{
    if (!voice_best_model(voice))
        cli_print(cli, MSG_VOICES_NO_MODEL, "id", voice->id);
    for (size_t i = 0; i < voice->model_count; i++) {
        const struct voice_model *model = &voice->models[i];
        enum message id = voice_model_is_used(voice, model) ? MSG_VOICES_MODEL_USED
                          : voice_model_is_there(model)     ? MSG_VOICES_MODEL
                                                            : MSG_VOICES_MODEL_ABSENT;
        cli_print(cli, id, "id", voice->id, "model", model->name, "folder", model->folder);
    }
}

static int list_voice(const struct cli *cli, const char *folder)
{
    struct diags diags;
    diags_init(&diags, cli->messages);
    struct voice *voice;
    int result = voice_load(folder, &diags, &voice);
    if (result) {
        diags_print(&diags, stderr);
    } else {
        bool used = !strcmp(voice->id, VOICE_DEFAULT);
        cli_print(cli, used ? MSG_VOICES_LINE_USED : MSG_VOICES_LINE, "id", voice->id, "name",
                  voice->name);
        print_models(cli, voice);
        voice_free(voice);
    }
    diags_free(&diags);
    return result;
}

int cmd_voices(const struct cli *cli, int argc, char **argv)
{
    int code = cli_help_only(cli, argc, argv, MSG_HELP_VOICES);
    if (code >= 0)
        return code;
    if (optind < argc)
        return cli_superfluous(cli, argv[optind]);
    char **folders = NULL;
    size_t count = paths_list_voices(&folders);
    bool failed = !count;
    if (!count)
        cli_error(cli, MSG_VOICES_NONE);
    for (size_t i = 0; i < count; i++) {
        failed |= list_voice(cli, folders[i]) != 0;
        free(folders[i]);
    }
    free(folders);
    code = cli_finish(cli);
    return failed ? CLI_FAILED : code;
}
