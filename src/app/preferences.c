/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/preferences.h"

#include "app/assistant_options.h"
#include "base/diag.h"
#include "base/mem.h"
#include "store/settings_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * The options that stand for a setting: its field in struct settings, the option's in struct
 * assistant_options, and the number up to which the option was not given. The voice's variant, a
 * text, is treated like them by hand.
 */
#define FOR_EACH_OPTION(DO)                                                                        \
    DO(rate, rate, 0)                                                                              \
    DO(simple, simple, 0)                                                                          \
    DO(pitch, pitch, -1)                                                                           \
    DO(volume, volume, -1)                                                                         \
    DO(sentence_pause, sentence_pause, -1)                                                         \
    DO(listen_pause, listen_pause, 0)                                                              \
    DO(earcons, earcons, -1)                                                                       \
    DO(punctuation, punctuation, -1)                                                               \
    DO(single_keys, keys, -1)                                                                      \
    DO(scan, scan, -1)                                                                             \
    DO(scan_pause, scan_pause, 0)                                                                  \
    DO(ask_again, ask_again, -1)                                                                   \
    DO(speech, speech, -1)                                                                         \
    DO(listen, listen, -1)                                                                         \
    DO(duplex, duplex, -1)

static void replace_text(char **text, const char *by)
{
    char *copy = by ? xstrdup(by) : NULL;
    free(*text);
    *text = copy;
}

void preferences_add_options(const struct assistant_options *options, struct settings *settings)
{
#define ADD(field, option, none)                                                                   \
    if ((options->option) > (none))                                                                \
        settings->field = options->option;
    FOR_EACH_OPTION(ADD)
#undef ADD
    if (options->voice_variant)
        replace_text(&settings->voice_variant, options->voice_variant);
}

void preferences_remove_options(const struct assistant_options *options,
                                const struct settings *kept, struct settings *settings)
{
#define REMOVE(field, option, none)                                                                \
    if ((options->option) > (none) && (int)settings->field == (int)options->option)                \
        settings->field = kept->field;
    FOR_EACH_OPTION(REMOVE)
#undef REMOVE
    const char *variant = options->voice_variant;
    if (variant && settings->voice_variant && !strcmp(settings->voice_variant, variant))
        replace_text(&settings->voice_variant, kept->voice_variant);
}

/* --- one learner's, then another's ------------------------------------------------------------ */

void preferences_init(struct preferences *preferences, const struct assistant_options *options)
{
    *preferences = (struct preferences){.options = options};
    settings_init(&preferences->now);
    settings_init(&preferences->kept);
}

void preferences_free(struct preferences *preferences)
{
    settings_free(&preferences->now);
    settings_free(&preferences->kept);
    free(preferences->file);
}

void preferences_load(struct preferences *preferences, const char *learner, bool guest,
                      const struct messages *messages)
{
    const struct assistant_options *options = preferences->options;
    struct diags diags;
    preferences_free(preferences);
    preferences_init(preferences, options);
    preferences->file = settings_path(learner);
    diags_init(&diags, messages);
    preferences->damaged =
        !guest && settings_load(preferences->file, &diags, &preferences->now) != 0;
    if (preferences->damaged)
        diags_print(&diags, stderr);
    diags_free(&diags);
    settings_free(&preferences->kept);
    settings_copy(&preferences->kept, &preferences->now);
    preferences_add_options(options, &preferences->now);
}

int preferences_save(struct preferences *preferences, const struct messages *messages,
                     char **ret_aside)
{
    struct settings settings;
    int result = 0;
    *ret_aside = NULL;
    settings_copy(&settings, &preferences->now);
    preferences_remove_options(preferences->options, &preferences->kept, &settings);
    const bool same = settings_are_written_alike(&settings, &preferences->kept);
    if (!same || preferences_are_new(preferences))
        result = settings_save(preferences->file, &settings, messages, ret_aside);
    if (result) {
        int saved = errno;
        settings_free(&settings);
        errno = saved;
        return -1;
    }
    settings_free(&preferences->kept);
    preferences->kept = settings;
    preferences->damaged = preferences->damaged && same;
    return 0;
}

bool preferences_are_new(const struct preferences *preferences)
{
    return access(preferences->file, F_OK) != 0;
}

void preferences_change(struct preferences *preferences, const struct settings *chosen)
{
    struct settings *now = &preferences->now;
    now->listen = chosen->listen;
    now->speech = chosen->speech;
    now->rate = chosen->rate;
    now->volume = chosen->volume;
    now->simple = chosen->simple;
    now->pitch = chosen->pitch;
    now->sentence_pause = chosen->sentence_pause;
    now->punctuation = chosen->punctuation;
    now->single_keys = chosen->single_keys;
    now->reminders = chosen->reminders;
    now->log = chosen->log;
    now->page = chosen->page;
    replace_text(&now->voice_variant, chosen->voice_variant);
    replace_text(&now->speechd_voice, chosen->speechd_voice);
}
