#include "app/assistant_parts.h"

#include "app/duplex_choice.h"
#include "base/locale.h"
#include "base/mem.h"
#include "base/timer.h"

#include <stdlib.h>
#include <string.h>

/* How often the end of the sound check is looked for. */
#define CHECK_TICK_MS 100

void assistant_begin_session(struct assistant *assistant)
{
    assistant->begun = true;
    assistant_take_turns(assistant);
    assistant_send(assistant, (struct event){.kind = EVENT_START});
}

void assistant_start_setup(struct assistant *assistant, bool first)
{
    char *language = locale_language();
    struct sound_setup_config config = {
        .pack = assistant->pack,
        .settings = &assistant->settings,
        .first = first,
        .speaks = assistant_is_heard(assistant),
        .speaker = sound_has_output(assistant->sound),
        .dispatcher = speech_has_dispatcher(),
        .measures = assistant_sound_is(assistant, AUDIO_ECHO),
        .hears = assistant->hears,
        .single_keys = keyboard_is_terminal(assistant->input) && assistant->settings.single_keys,
        .other_language = language && !locale_is(language, assistant->pack->synth_language),
    };
    sound_setup_free(assistant->setup);
    assistant->setup = sound_setup_new(&config);
    free(language);
    assistant_send(assistant, (struct event){.kind = EVENT_START});
}

const struct settings_pair *assistant_known_pair(const struct assistant *assistant)
{
    return settings_find_pair(&assistant->settings, sound_output_name(assistant->sound),
                              sound_input_name(assistant->sound));
}

void assistant_begin_pacing(struct assistant *assistant)
{
    const struct settings *settings = &assistant->settings;
    const int fixed = settings->listen_pause;
    pacing_init(&assistant->pacing, fixed ? fixed : settings->listen_pause_learned);
    if (sound_listener(assistant->sound))
        listener_set_hangover(sound_listener(assistant->sound), assistant->pacing.hangover_ms);
}

void assistant_use_pair(struct assistant *assistant)
{
    const struct settings_pair *pair = assistant_known_pair(assistant);
    struct listener *listener = sound_listener(assistant->sound);
    if (!listener || !pair)
        return;
    listener_set_room(listener, pair->delay, pair->tail);
    if (!assistant->tapped && !assistant->ears_shut)
        listener_set_mode(listener, assistant_listener_mode(assistant));
}

static void keep_check(struct assistant *assistant, const struct echo_probe_result *result)
{
    const enum settings_duplex duplex = duplex_choice(result->finding);
    if (duplex == DUPLEX_AUTO)
        return;
    char *output = xstrdup(sound_output_name(assistant->sound));
    char *input = xstrdup(sound_input_name(assistant->sound));
    const struct settings_pair pair = {output, input, duplex, result->delay_ms, result->tail_ms};
    settings_set_pair(&assistant->settings, &pair);
    assistant_save_settings(assistant);
    free(output);
    free(input);
    assistant_use_pair(assistant);
}

static void on_check_timer(void *context)
{
    struct assistant *assistant = context;
    struct echo_probe_result result;
    timer_clear(assistant->check_timer);
    if (!sound_check_result(assistant->sound, &result))
        return;
    event_loop_unwatch(assistant->loop, assistant->check_timer);
    timer_close(assistant->check_timer);
    assistant->check_timer = -1;
    keep_check(assistant, &result);
    char *sentence = duplex_choice_sentence(assistant->pack->messages, &result);
    if (assistant->setup)
        assistant_send(assistant, (struct event){.kind = EVENT_CHECKED, .text = sentence});
    free(sentence);
}

void assistant_start_check(struct assistant *assistant)
{
    if (assistant->check_timer >= 0)
        return;
    assistant->check_timer = timer_open();
    if (assistant->check_timer < 0 || sound_check_start(assistant->sound)) {
        timer_close(assistant->check_timer);
        assistant->check_timer = -1;
        assistant_send(assistant, (struct event){.kind = EVENT_CHECKED});
        return;
    }
    timer_repeat(assistant->check_timer, CHECK_TICK_MS);
    event_loop_watch(assistant->loop, assistant->check_timer, on_check_timer, assistant);
}

void assistant_end_setup(struct assistant *assistant)
{
    sound_setup_free(assistant->setup);
    assistant->setup = NULL;
    session_set_settings(assistant->session, &assistant->settings, assistant->speech != NULL);
    if (assistant->begun)
        assistant_come_back(assistant);
    else
        assistant_begin_session(assistant);
}
