/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogue/sound_setup.h"

#include "base/mem.h"
#include "base/number.h"
#include "base/voice_range.h"
#include "dialogue/sound_setup_state.h"
#include "model/pack_vocabulary.h"

#include <stdlib.h>

#define DIGITS_MAX 9 /* the highest number that can be typed */

/* The argument of COMMAND_NEXT here. */
enum skip { SKIP_NO, SKIP_ONE, SKIP_ALL };

/* --- from one question to the next ------------------------------------------------------------ */

static void ask(struct sound_setup *setup)
{
    const struct setup_rule *rule = setup_rule(setup->question);
    if (rule->ask)
        rule->ask(setup);
    effects_add(setup->effects, EFFECT_MEASURE_MICROPHONE);
}

static bool applies(const struct sound_setup *setup, int question)
{
    const struct setup_rule *rule = setup_rule((enum setup_question)question);
    return !rule->applies || rule->applies(setup);
}

static void go_to(struct sound_setup *setup, int question)
{
    setup->question = (enum setup_question)question;
    setup->again = 0;
    setup->tries = 0;
    if (setup_rule(setup->question)->enter)
        setup_rule(setup->question)->enter(setup);
    ask(setup);
}

static void end(struct sound_setup *setup, enum message words)
{
    setup->question = SETUP_NOTHING;
    setup_say(setup, words, "phrase", setup_phrase(setup, COMMAND_SOUND_CHECK));
    setup_change_settings(setup);
    effects_add(setup->effects, EFFECT_OVER);
}

static void go_on(struct sound_setup *setup)
{
    int question = (int)setup->question + 1;
    while (question < SETUP_NOTHING && !applies(setup, question))
        question++;
    /* What should be heard is not there: how to mend it is said where it would have been asked. */
    if (question >= SETUP_LISTEN && setup->question < SETUP_QUIET && !setup->config.hears &&
        setup->settings.listen != LISTEN_NONE)
        setup_say(setup, MSG_SETUP_NO_MICROPHONE, "phrase",
                  setup_phrase(setup, COMMAND_SOUND_CHECK));
    if (question >= SETUP_NOTHING)
        end(setup, MSG_SETUP_END);
    else
        go_to(setup, question);
}

static void go_back(struct sound_setup *setup)
{
    int question = (int)setup->question - 1;
    while (question >= 0 && !applies(setup, question))
        question--;
    go_to(setup, question < 0 ? (int)setup->question : question);
}

static void start(struct sound_setup *setup)
{
    const char *key = setup_key(setup, COMMAND_NEXT);
    /* What opened the store may have spoken: nothing of it is cut. */
    setup->effects->spoke = true;
    setup_say(setup, setup->config.first ? MSG_SETUP_WELCOME : MSG_SETUP_AGAIN);
    if (setup->config.other_language)
        setup_say(setup, MSG_SETUP_LANGUAGE, "name", setup->config.pack->name);
    if (key)
        setup_say(setup, MSG_SETUP_SKIPPING_KEY, "key", key);
    else
        setup_say(setup, MSG_SETUP_SKIPPING);
    setup->question = SETUP_HEAR;
    if (applies(setup, SETUP_HEAR))
        go_to(setup, SETUP_HEAR);
    else
        go_on(setup);
}

static void apply(struct sound_setup *setup, enum setup_next next)
{
    if (next == SETUP_NO_IDEA)
        setup_say(setup, MSG_SETUP_NOT_UNDERSTOOD);
    if (next == SETUP_GO_ON)
        go_on(setup);
    else if (next != SETUP_STAY)
        ask(setup);
}

/* --- commands --------------------------------------------------------------------------------- */

/* A command as its handler gets it. */
struct setup_request {
    int argument; /* of the phrase */
    int value;    /* of the command's row */
};

static enum setup_next next(struct sound_setup *setup, struct setup_request request)
{
    enum setup_next (*answer)(struct sound_setup *) = setup_rule(setup->question)->next;
    if (request.argument != SKIP_ALL)
        return answer && request.argument != SKIP_ONE ? answer(setup) : SETUP_GO_ON;
    end(setup, MSG_SETUP_SKIPPED);
    return SETUP_STAY;
}

static enum setup_next previous(struct sound_setup *setup, struct setup_request request)
{
    (void)request;
    go_back(setup);
    return SETUP_STAY;
}

/* A number, from 1 up. */
static enum setup_next choose(struct sound_setup *setup, struct setup_request request)
{
    const struct setup_rule *rule = setup_rule(setup->question);
    const int number = request.argument;
    struct setup_choices choices =
        rule->choices ? rule->choices(setup) : (struct setup_choices){.count = 0};
    if (number < 1 || number > choices.count)
        return SETUP_NO_IDEA;
    rule->choose(setup, choices.of[number - 1]);
    return SETUP_GO_ON;
}

static enum setup_next answer(struct sound_setup *setup, struct setup_request request)
{
    const struct setup_rule *rule = setup_rule(setup->question);
    return rule->answer ? rule->answer(setup, request.value) : SETUP_NO_IDEA;
}

static enum setup_next turn_volume(struct sound_setup *setup, struct setup_request request)
{
    return setup_turn_volume(setup, request.value > 0);
}

static enum setup_next turn_rate(struct sound_setup *setup, struct setup_request request)
{
    const struct setup_rule *rule = setup_rule(setup->question);
    if (rule->turn_rate)
        return rule->turn_rate(setup, request.value > 0);
    const int now = setup->settings.rate ? setup->settings.rate : setup->config.pack->rate;
    setup->settings.rate =
        number_clamp(now + request.value * VOICE_RATE_STEP, VOICE_RATE_MIN, VOICE_RATE_MAX);
    setup_change_settings(setup);
    return SETUP_ASK;
}

static enum setup_next help(struct sound_setup *setup, struct setup_request request)
{
    (void)request;
    setup_say(setup, MSG_SETUP_SKIPPING);
    return SETUP_ASK;
}

static void print(struct sound_setup *setup, enum message id)
{
    effects_print(setup->effects, messages_format(setup->messages, id));
}

static enum setup_next stop(struct sound_setup *setup, struct setup_request request)
{
    (void)request;
    effects_add(setup->effects, EFFECT_SILENCE);
    print(setup, MSG_SILENCE);
    return SETUP_STAY;
}

static enum setup_next pause_speech(struct sound_setup *setup, struct setup_request request)
{
    (void)request;
    effects_add(setup->effects, EFFECT_PAUSE);
    print(setup, MSG_PAUSED);
    return SETUP_STAY;
}

static enum setup_next resume(struct sound_setup *setup, struct setup_request request)
{
    (void)request;
    print(setup, MSG_RESUMED);
    effects_add(setup->effects, EFFECT_RESUME);
    return SETUP_STAY;
}

static enum setup_next leave(struct sound_setup *setup, struct setup_request request)
{
    (void)request;
    end(setup, MSG_SETUP_SKIPPED);
    return SETUP_STAY;
}

static enum setup_next quit(struct sound_setup *setup, struct setup_request request)
{
    (void)request;
    setup_say(setup, MSG_GOODBYE_UNSAVED);
    effects_add(setup->effects, EFFECT_QUIT);
    return SETUP_STAY;
}

/* What is always the same: the row's value is an enum setup_next. */
static enum setup_next move(struct sound_setup *setup, struct setup_request request)
{
    (void)setup;
    return (enum setup_next)request.value;
}

static enum setup_next carry_out(struct sound_setup *setup, int command, int argument)
{
    static const struct {
        enum setup_next (*run)(struct sound_setup *setup, struct setup_request request);
        int value;
    } rows[COMMAND_COUNT] = {
        [COMMAND_NEXT] = {next, 0},
        [COMMAND_PREVIOUS] = {previous, 0},
        [COMMAND_CHOOSE] = {choose, 0},
        [COMMAND_YES] = {answer, true},
        [COMMAND_NO] = {answer, false},
        [COMMAND_LOUDER] = {turn_volume, 1},
        [COMMAND_SOFTER] = {turn_volume, -1},
        [COMMAND_FASTER] = {turn_rate, 1},
        [COMMAND_SLOWER] = {turn_rate, -1},
        [COMMAND_REPEAT] = {move, SETUP_ASK},
        [COMMAND_REPEAT_LAST] = {move, SETUP_ASK},
        [COMMAND_HELP] = {help, 0},
        [COMMAND_SAYABLE] = {help, 0},
        [COMMAND_STOP] = {stop, 0},
        [COMMAND_PAUSE] = {pause_speech, 0},
        [COMMAND_RESUME] = {resume, 0},
        [COMMAND_CONTENTS] = {leave, 0},
        [COMMAND_QUIT] = {quit, 0},
        [COMMAND_SCAN_TAKE] = {move, SETUP_GO_ON},
        [COMMAND_SCAN_NEXT] = {move, SETUP_GO_ON},
    };
    if (!rows[command].run)
        return SETUP_NO_IDEA;
    return rows[command].run(setup, (struct setup_request){argument, rows[command].value});
}

/* --- events ----------------------------------------------------------------------------------- */

struct sound_setup *sound_setup_new(const struct sound_setup_config *config)
{
    struct sound_setup *setup = xcalloc(1, sizeof *setup);
    setup->config = *config;
    setup->messages = config->pack->messages;
    settings_copy(&setup->settings, config->settings);
    return setup;
}

void sound_setup_free(struct sound_setup *setup)
{
    if (!setup)
        return;
    settings_free(&setup->settings);
    free(setup);
}

static enum setup_next not_understood(struct sound_setup *setup, const char *text)
{
    const struct setup_rule *rule = setup_rule(setup->question);
    return rule->missed && !text ? rule->missed(setup) : SETUP_NO_IDEA;
}

/* Too late if it was skipped meanwhile: then it is only kept. */
static enum setup_next checked(struct sound_setup *setup, const char *text)
{
    if (setup->question != SETUP_ECHO)
        return SETUP_STAY;
    if (text)
        setup_say_at(setup, 0, xstrdup(text));
    return SETUP_GO_ON;
}

static enum setup_next pause_over(struct sound_setup *setup)
{
    const struct setup_rule *rule = setup_rule(setup->question);
    return rule->pause_over ? rule->pause_over(setup) : SETUP_STAY;
}

static enum setup_next take(struct sound_setup *setup, const struct event *event)
{
    switch (event->kind) {
    case EVENT_START:
        start(setup);
        return SETUP_STAY;
    case EVENT_DOUBTFUL:
        /* No answer does harm here but leaving: that must be clear. */
        return event->command == COMMAND_QUIT ? SETUP_NO_IDEA
                                              : carry_out(setup, event->command, event->argument);
    case EVENT_COMMAND:
        return carry_out(setup, event->command, event->argument);
    case EVENT_NOT_UNDERSTOOD:
        return not_understood(setup, event->text);
    case EVENT_PAUSE_OVER:
        return pause_over(setup);
    case EVENT_LEAVE:
        end(setup, MSG_SETUP_SKIPPED);
        return SETUP_STAY;
    case EVENT_ECHO_CHECKED:
        return checked(setup, event->text);
    case EVENT_SPEECH_REFUSED:
        setup->settings.speech = setup->before;
        return SETUP_STAY;
    default:
        return SETUP_STAY;
    }
}

/* --- as a dialogue ---------------------------------------------------------------------------- */

static void handle(void *state, const struct event *event, struct effects *effects)
{
    struct sound_setup *setup = state;
    setup->effects = effects;
    setup->microphone = event->microphone;
    apply(setup, take(setup, event));
    effects_add(effects, EFFECT_VOCABULARY);
    setup->effects = NULL;
    setup->microphone = NULL;
}

static void add_spoken(const struct sound_setup *setup, struct vocabulary *vocabulary)
{
    static const enum command always[] = {COMMAND_REPEAT, COMMAND_STOP, COMMAND_HELP,
                                          COMMAND_PREVIOUS, COMMAND_QUIT};
    for (size_t i = 0; i < COUNT_OF(always); i++)
        pack_vocabulary_add_command(setup->config.pack, always[i], vocabulary);
    for (const int *heard = setup_rule(setup->question)->heard; *heard != COMMAND_NONE; heard++)
        pack_vocabulary_add_command(setup->config.pack, (enum command) * heard, vocabulary);
}

static void add_skipping(const struct sound_setup *setup, struct vocabulary *vocabulary)
{
    static const struct {
        enum message words;
        enum skip skip;
    } ways[] = {{MSG_SETUP_SKIP, SKIP_ONE},
                {MSG_SETUP_SKIP_LONG, SKIP_ONE},
                {MSG_SETUP_SKIP_ALL, SKIP_ALL}};
    for (size_t i = 0; i < COUNT_OF(ways); i++)
        vocabulary_add(vocabulary, messages_text(setup->messages, ways[i].words), COMMAND_NEXT,
                       (int)ways[i].skip, false);
}

static void vocabulary(const void *state, enum channel channel, struct vocabulary *vocabulary)
{
    const struct sound_setup *setup = state;
    const struct setup_rule *rule = setup_rule(setup->question);
    const struct pack *pack = setup->config.pack;
    /* First, as they mean something else here. */
    add_skipping(setup, vocabulary);
    if (channel == CHANNEL_TYPED)
        pack_vocabulary_add_all_typed(pack, vocabulary);
    else
        add_spoken(setup, vocabulary);
    if (rule->choices)
        pack_vocabulary_add_numbers(pack, (size_t)rule->choices(setup).count, 1, vocabulary);
    for (int i = 1; channel == CHANNEL_TYPED && i <= DIGITS_MAX; i++) {
        char number[NUMBER_TEXT_SIZE];
        vocabulary_add(vocabulary, number_text(number, i), COMMAND_CHOOSE, i, false);
    }
}

static int pause_ms(const void *state)
{
    const struct sound_setup *setup = state;
    const struct setup_rule *rule = setup_rule(setup->question);
    return rule->pause_ms ? rule->pause_ms(setup) : 0;
}

/* The exercise is to be tried, whatever comes of it. */
static bool wants_speech(const void *state)
{
    const struct sound_setup *setup = state;
    return setup_rule(setup->question)->missed != NULL;
}

struct dialogue sound_setup_dialogue(struct sound_setup *setup)
{
    static const struct dialogue_methods methods = {
        .handle = handle,
        .vocabulary = vocabulary,
        .pause_ms = pause_ms,
        .wants_speech = wants_speech,
        .gives_way = true,
        .uses_microphone = true,
    };
    return (struct dialogue){&methods, setup};
}
