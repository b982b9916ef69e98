/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a learner's settings: no crash, every mistake told, every value in its range. */
#include "fuzz/support/fuzz.h"

#include "base/voice_range.h"
#include "model/settings.h"
#include "store/settings_file.h"

static void check_settings(const struct settings *settings)
{
    demand(!settings->rate ||
           (settings->rate >= VOICE_RATE_MIN && settings->rate <= VOICE_RATE_MAX));
    demand(settings->pitch >= VOICE_PITCH_MIN && settings->pitch <= VOICE_PITCH_MAX);
    demand(settings->volume >= VOICE_VOLUME_MIN && settings->volume <= VOICE_VOLUME_MAX);
    demand((unsigned)settings->listen <= LISTEN_NONE);
    demand((unsigned)settings->duplex <= DUPLEX_HALF);
    demand((unsigned)settings->speech <= SPEECH_NONE);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct diags diags;
    struct settings settings;
    diags_init(&diags, fuzz_messages());
    diags_set_file(&diags, "settings.yaml");
    settings_init(&settings);
    int result = settings_parse((const char *)bytes, length, &diags, &settings);
    fuzz_check_diags(&diags, result);
    check_settings(&settings);
    settings_free(&settings);
    diags_free(&diags);
    return 0;
}
