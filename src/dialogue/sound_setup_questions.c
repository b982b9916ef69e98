/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The questions of the sound check, a row each (the table is at the end). */
#include "base/mem.h"
#include "base/number.h"
#include "base/voice_range.h"
#include "dialogue/sound_setup_state.h"
#include "model/keymap.h"

#include <stdlib.h>

/* The second sample is so much faster than the first: a difference that everybody hears. */
#define FASTER_PERCENT 150
#define FIRST_PERCENT  80 /* of the pack's rate */

/* Nobody answers: perhaps nobody heard the question. It comes once more. */
#define ANSWER_MS 12000
/* How long it must be quiet to know the room. */
#define QUIET_MS 2000
/* While something is to be mended: how often it is looked at. */
#define LOOK_AGAIN_MS 3000
/* Between the announcement and the sounds. */
#define BEFORE_SOUNDS_MS 300
#define AGAIN_MAX        1
#define TRIES_MAX        3

/* --- what both files say ---------------------------------------------------------------------- */

void setup_change_settings(struct sound_setup *setup)
{
    effects_add(setup->effects, EFFECT_SETTINGS)->settings = &setup->settings;
}

void setup_say_at(struct sound_setup *setup, int rate, char *text)
{
    effects_say(setup->effects, (struct utterance){.text = text, .rate = rate});
}

const char *setup_key(const struct sound_setup *setup, enum command command)
{
    return setup->config.single_keys ? keymap_key(setup->config.pack, setup->settings.keys, command)
                                     : NULL;
}

const char *setup_phrase(const struct sound_setup *setup, enum command command)
{
    return pack_command_phrase(setup->config.pack, command);
}

/* What is wrong with the microphone and what to do. */
static void tell_trouble(struct sound_setup *setup, enum microphone_state state)
{
    static const enum message words[] = {
        [MICROPHONE_FINE] = MSG_SETUP_HEARD,        [MICROPHONE_MUTED] = MSG_SETUP_MUTED,
        [MICROPHONE_SILENT] = MSG_SETUP_SILENT,     [MICROPHONE_TOO_LOW] = MSG_SETUP_TOO_LOW,
        [MICROPHONE_TOO_LOUD] = MSG_SETUP_TOO_LOUD, [MICROPHONE_NOISE] = MSG_SETUP_NOISE,
    };
    setup_say(setup, words[state]);
}

/* --- numbers to choose from ------------------------------------------------------------------- */

static void add_choice(struct setup_choices *choices, int value, enum message says)
{
    choices->of[choices->count] = value;
    choices->says[choices->count++] = says;
}

static void tell_choices(struct sound_setup *setup)
{
    struct setup_choices choices = setup_rule(setup->question)->choices(setup);
    for (int i = 0; i < choices.count; i++) {
        char number[NUMBER_TEXT_SIZE];
        setup_say(setup, MSG_CHOICE, "number", number_text(number, i + 1), "title",
                  messages_text(setup->messages, choices.says[i]));
    }
}

/* --- do you hear me? -------------------------------------------------------------------------- */

static bool speaks(const struct sound_setup *setup)
{
    return setup->config.speaks;
}

static void ask_hear(struct sound_setup *setup)
{
    const char *yes = setup_key(setup, COMMAND_YES), *no = setup_key(setup, COMMAND_NO);
    if (yes && no)
        setup_say(setup, MSG_SETUP_HEAR_KEYS, "yes", yes, "no", no);
    else
        setup_say(setup, MSG_SETUP_HEAR);
}

enum setup_next setup_turn_volume(struct sound_setup *setup, bool louder)
{
    int before = setup->settings.volume;
    char number[NUMBER_TEXT_SIZE];
    setup->settings.volume =
        number_clamp(before + (louder ? SETUP_VOLUME_STEP : -SETUP_VOLUME_STEP),
                     VOICE_VOLUME_SOFTEST, VOICE_VOLUME_MAX);
    setup_change_settings(setup);
    if (setup->settings.volume == before && louder)
        setup_say(setup, MSG_SETUP_LOUDSPEAKER);
    else if (setup->settings.volume == before)
        setup_say(setup, MSG_SOFTEST, "volume", number_text(number, before));
    else
        setup_say(setup, louder ? MSG_LOUDER : MSG_SOFTER, "volume",
                  number_text(number, setup->settings.volume));
    return SETUP_ASK;
}

static enum setup_next answer_hear(struct sound_setup *setup, bool yes)
{
    return yes ? SETUP_GO_ON : setup_turn_volume(setup, true);
}

/* It is told again once by itself, then it waits. */
static int answer_ms(const struct sound_setup *setup)
{
    return setup->again < AGAIN_MAX ? ANSWER_MS : 0;
}

static enum setup_next ask_again(struct sound_setup *setup)
{
    setup->again++;
    return SETUP_ASK;
}

/* --- is there a screen reader? ---------------------------------------------------------------- */

static void ask_reader(struct sound_setup *setup)
{
    setup_say(setup, MSG_SETUP_READER);
}

static enum setup_next answer_reader(struct sound_setup *setup, bool yes)
{
    setup->reader = yes;
    return SETUP_GO_ON;
}

/* --- how do the two share the sound? ---------------------------------------------------------- */

static bool has_reader(const struct sound_setup *setup)
{
    return setup->reader;
}

static struct setup_choices share_choices(const struct sound_setup *setup)
{
    struct setup_choices choices = {.count = 0};
    if (setup->config.dispatcher)
        add_choice(&choices, SPEECH_SPEECHD, MSG_SETUP_SHARE_SPEECHD);
    add_choice(&choices, SPEECH_NONE, MSG_SETUP_SHARE_NONE);
    add_choice(&choices, SPEECH_ESPEAK, MSG_SETUP_SHARE_ESPEAK);
    return choices;
}

static void ask_share(struct sound_setup *setup)
{
    setup_say(setup, MSG_SETUP_SHARE);
    tell_choices(setup);
}

/* A way of speaking or of listening that cannot begin now begins with the next start. */
static void choose_speech(struct sound_setup *setup, int speech)
{
    setup->before = setup->settings.speech;
    setup->settings.speech = (enum settings_speech)speech;
    setup_change_settings(setup);
    setup_say(setup, speech == SPEECH_ESPEAK && !setup->config.speaker ? MSG_SETUP_NEXT_TIME
                                                                       : MSG_SETUP_CHOSEN);
}

/* --- which of two samples? -------------------------------------------------------------------- */

static bool speaks_itself(const struct sound_setup *setup)
{
    return setup->config.speaker && setup->settings.speech == SPEECH_ESPEAK;
}

static void enter_rate(struct sound_setup *setup)
{
    setup->slow = setup->config.pack->rate * FIRST_PERCENT / 100;
    setup->fast = setup->slow * FASTER_PERCENT / 100;
}

static struct setup_choices rate_choices(const struct sound_setup *setup)
{
    return (struct setup_choices){.of = {setup->slow, setup->fast}, .count = 2};
}

static void ask_rate(struct sound_setup *setup)
{
    const int rates[] = {setup->slow, setup->fast};
    setup_say(setup, MSG_SETUP_RATE);
    for (int i = 0; i < 2; i++) {
        char number[NUMBER_TEXT_SIZE], rate[NUMBER_TEXT_SIZE];
        setup_say_at(setup, rates[i],
                     messages_format(setup->messages, MSG_SETUP_SAMPLE, "number",
                                     number_text(number, i + 1), "rate",
                                     number_text(rate, rates[i])));
    }
    setup_say(setup, MSG_SETUP_WHICH);
}

/* Two other samples, slower or faster. */
static enum setup_next turn_samples(struct sound_setup *setup, bool faster)
{
    int wanted = faster ? setup->fast : setup->slow * 100 / FASTER_PERCENT;
    setup->slow = number_clamp(wanted, VOICE_RATE_MIN, VOICE_RATE_MAX * 100 / FASTER_PERCENT);
    setup->fast = setup->slow * FASTER_PERCENT / 100;
    return SETUP_ASK;
}

static void choose_rate(struct sound_setup *setup, int rate)
{
    char number[NUMBER_TEXT_SIZE];
    setup->settings.rate = rate;
    setup_change_settings(setup);
    setup_say(setup, MSG_SETUP_RATE_CHOSEN, "rate", number_text(number, rate));
}

/* --- a quiet moment --------------------------------------------------------------------------- */

static bool hears(const struct sound_setup *setup)
{
    return setup->config.hears;
}

static void enter_quiet(struct sound_setup *setup)
{
    setup->trouble = MICROPHONE_FINE;
}

static void ask_quiet(struct sound_setup *setup)
{
    setup_say(setup, MSG_SETUP_QUIET);
}

static int quiet_ms(const struct sound_setup *setup)
{
    return setup->trouble == MICROPHONE_FINE ? QUIET_MS : LOOK_AGAIN_MS;
}

static enum setup_next look_at_the_room(struct sound_setup *setup)
{
    if (!setup->microphone)
        return SETUP_STAY;
    enum microphone_state state = setup->microphone->quiet;
    effects_add(setup->effects, EFFECT_MEASURE_MICROPHONE);
    if (state == MICROPHONE_FINE) {
        setup_say(setup,
                  setup->trouble == MICROPHONE_FINE ? MSG_SETUP_MICROPHONE : MSG_SETUP_MENDED);
        setup->trouble = MICROPHONE_FINE;
        return SETUP_GO_ON;
    }
    if (state != setup->trouble) {
        setup->trouble = state;
        tell_trouble(setup, state);
        setup_say(setup, MSG_SETUP_I_SEE);
    }
    return SETUP_STAY;
}

/* --- how to listen? --------------------------------------------------------------------------- */

/* Whoever did without may want to be listened to again. */
static bool may_listen(const struct sound_setup *setup)
{
    return setup->config.hears || setup->settings.listen == LISTEN_NONE;
}

/* Beside another voice, and in noise, listening all the time hears too much: it comes second. */
static struct setup_choices listen_choices(const struct sound_setup *setup)
{
    struct setup_choices choices = {.count = 0};
    bool tap_first = setup->reader || setup->trouble == MICROPHONE_NOISE;
    if (setup->config.taps && tap_first)
        add_choice(&choices, LISTEN_TAP, MSG_SETUP_LISTEN_TAP);
    add_choice(&choices, LISTEN_FREE, MSG_SETUP_LISTEN_FREE);
    if (setup->config.taps && !tap_first)
        add_choice(&choices, LISTEN_TAP, MSG_SETUP_LISTEN_TAP);
    add_choice(&choices, LISTEN_NONE, MSG_SETUP_LISTEN_NONE);
    return choices;
}

static void ask_listen(struct sound_setup *setup)
{
    setup_say(setup, MSG_SETUP_LISTEN);
    tell_choices(setup);
}

static void choose_listening(struct sound_setup *setup, int listen)
{
    setup->settings.listen = (enum settings_listen)listen;
    setup_change_settings(setup);
    setup_say(setup, listen != LISTEN_NONE && !setup->config.hears ? MSG_SETUP_NEXT_TIME
                                                                   : MSG_SETUP_CHOSEN);
}

/* --- the loudspeaker in the microphone -------------------------------------------------------- */

/* Whoever has chosen how both go together knows. */
static bool may_measure_echo(const struct sound_setup *setup)
{
    return setup->config.hears && setup->config.measures &&
           setup->settings.speech == SPEECH_ESPEAK && setup->settings.listen == LISTEN_FREE &&
           setup->settings.duplex == DUPLEX_AUTO;
}

static void ask_echo(struct sound_setup *setup)
{
    setup_say(setup, MSG_SOUND_CHECK_LISTEN);
}

static int before_sounds_ms(const struct sound_setup *setup)
{
    return setup->again < AGAIN_MAX ? BEFORE_SOUNDS_MS : 0;
}

static enum setup_next measure_echo(struct sound_setup *setup)
{
    setup->again++;
    effects_add(setup->effects, EFFECT_CHECK_ECHO);
    return SETUP_STAY;
}

/* --- the exercise ----------------------------------------------------------------------------- */

static bool listens(const struct sound_setup *setup)
{
    return setup->config.hears && setup->settings.listen != LISTEN_NONE;
}

static void ask_exercise(struct sound_setup *setup)
{
    const char *key = setup_key(setup, COMMAND_NEXT), *phrase = setup_phrase(setup, COMMAND_NEXT);
    if (listens(setup))
        setup_say(setup,
                  setup->settings.listen == LISTEN_TAP ? MSG_SETUP_EXERCISE_TAP
                                                       : MSG_SETUP_EXERCISE,
                  "phrase", phrase);
    else if (key)
        setup_say(setup, MSG_SETUP_EXERCISE_KEY, "phrase", phrase, "key", key);
    else
        setup_say(setup, MSG_SETUP_EXERCISE_WORD, "phrase", phrase);
}

/* Said or pressed, all the same: it was to be learnt. A voice that has a fault is told so. */
static enum setup_next praise(struct sound_setup *setup)
{
    setup_say(setup, MSG_SETUP_PRAISE, "phrase", setup_phrase(setup, COMMAND_NEXT));
    if (setup->microphone && listens(setup)) {
        enum microphone_state state = setup->microphone->voice;
        if (state == MICROPHONE_TOO_LOUD || state == MICROPHONE_TOO_LOW)
            tell_trouble(setup, state);
    }
    return SETUP_GO_ON;
}

/* Somebody tried, or seems not to: what the microphone says of it. */
static enum setup_next help_with_exercise(struct sound_setup *setup, bool heard)
{
    enum microphone_state state = setup->microphone ? setup->microphone->voice : MICROPHONE_FINE;
    if (heard && state == MICROPHONE_SILENT)
        state = MICROPHONE_FINE;
    if (!heard && state == MICROPHONE_FINE)
        state = MICROPHONE_SILENT;
    tell_trouble(setup, state);
    const char *key = setup_key(setup, COMMAND_NEXT);
    if (++setup->tries >= TRIES_MAX && key)
        setup_say(setup, MSG_SETUP_KEYBOARD, "phrase", setup_phrase(setup, COMMAND_NEXT), "key",
                  key);
    return SETUP_ASK;
}

static enum setup_next tried(struct sound_setup *setup)
{
    return help_with_exercise(setup, true);
}

static int try_ms(const struct sound_setup *setup)
{
    return setup->config.hears && setup->settings.listen == LISTEN_FREE ? answer_ms(setup) : 0;
}

static enum setup_next not_tried(struct sound_setup *setup)
{
    setup->again++;
    return help_with_exercise(setup, false);
}

/* --- the table -------------------------------------------------------------------------------- */

/* Versions of clang-format lay such macros out differently. */
/* clang-format off */
#define HEARD(...)                                                                                 \
    {                                                                                              \
        __VA_ARGS__, COMMAND_NONE                                                                  \
    }
/* clang-format on */

static const struct setup_rule rules[SETUP_NOTHING] = {
    [SETUP_HEAR] = {.applies = speaks,
                    .ask = ask_hear,
                    .answer = answer_hear,
                    .pause_ms = answer_ms,
                    .pause_over = ask_again,
                    .heard = HEARD(COMMAND_YES, COMMAND_NO, COMMAND_LOUDER, COMMAND_SOFTER)},
    [SETUP_READER] = {.ask = ask_reader,
                      .answer = answer_reader,
                      .heard = HEARD(COMMAND_YES, COMMAND_NO)},
    [SETUP_SHARE] = {.applies = has_reader,
                     .ask = ask_share,
                     .choices = share_choices,
                     .choose = choose_speech,
                     .heard = {COMMAND_NONE}},
    [SETUP_RATE] = {.applies = speaks_itself,
                    .enter = enter_rate,
                    .ask = ask_rate,
                    .choices = rate_choices,
                    .choose = choose_rate,
                    .turn_rate = turn_samples,
                    .heard = HEARD(COMMAND_SLOWER, COMMAND_FASTER)},
    [SETUP_QUIET] = {.applies = hears,
                     .enter = enter_quiet,
                     .ask = ask_quiet,
                     .pause_ms = quiet_ms,
                     .pause_over = look_at_the_room,
                     .heard = {COMMAND_NONE}},
    [SETUP_LISTEN] = {.applies = may_listen,
                      .ask = ask_listen,
                      .choices = listen_choices,
                      .choose = choose_listening,
                      .heard = {COMMAND_NONE}},
    [SETUP_ECHO] = {.applies = may_measure_echo,
                    .ask = ask_echo,
                    .pause_ms = before_sounds_ms,
                    .pause_over = measure_echo,
                    .heard = {COMMAND_NONE}},
    [SETUP_EXERCISE] = {.ask = ask_exercise,
                        .next = praise,
                        .missed = tried,
                        .pause_ms = try_ms,
                        .pause_over = not_tried,
                        .heard = HEARD(COMMAND_NEXT)},
};

const struct setup_rule *setup_rule(enum setup_question question)
{
    static const struct setup_rule nothing = {.heard = {COMMAND_NONE}};
    return question == SETUP_NOTHING ? &nothing : &rules[question];
}
