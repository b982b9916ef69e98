#include "dialogue/sound_setup.h"

#include "base/mem.h"
#include "base/text.h"
#include "base/voice_range.h"
#include "dialogue/microphone_state.h"
#include "model/keymap.h"
#include "model/pack_vocabulary.h"
#include "reading/utterance.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define RATE_STEP      20
#define VOLUME_SOFTEST 20
#define LOUDER         40

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

/* In the order in which they are asked. */
enum question {
    ASK_HEAR,     /* do you hear me? */
    ASK_READER,   /* is there a screen reader? */
    ASK_SHARE,    /* how do the two share the sound? A number. */
    ASK_RATE,     /* which of two samples? A number. */
    ASK_QUIET,    /* no question: the microphone is measured while it is quiet */
    ASK_LISTEN,   /* how to listen? A number. */
    ASK_ECHO,     /* no question: what the microphone hears of the loudspeaker */
    ASK_EXERCISE, /* say "suivant" */
    ASK_NOTHING
};

/* What COMMAND_NEXT and COMMAND_CHOOSE mean here. */
enum skip { SKIP_NO, SKIP_ONE, SKIP_ALL };

#define CHOICES_MAX 3

struct sound_setup {
    struct sound_setup_config config; /* its settings are not used after sound_setup_new() */
    const struct messages *messages;
    struct settings settings;

    enum question question;
    bool reader;                   /* a screen reader is there */
    int slow, fast;                /* the two samples */
    enum microphone_state trouble; /* what is to be mended, ASK_QUIET */
    int again;                     /* the question was told again so often by itself */
    int tries;                     /* ASK_EXERCISE */
    enum settings_speech before;   /* ASK_SHARE: what to go back to */

    /* While an event is handled. */
    struct effects *effects;
    const struct microphone_report *microphone;
};

/* --- effects ---------------------------------------------------------------------------------- */

static void add_effect(struct sound_setup *setup, enum effect_kind kind)
{
    effects_add(setup->effects, kind);
}

static void change_settings(struct sound_setup *setup)
{
    effects_add(setup->effects, EFFECT_SETTINGS)->settings = &setup->settings;
}

/* Takes the text over. */
static void say_at(struct sound_setup *setup, int rate, char *text)
{
    effects_say(setup->effects, (struct utterance){.text = text, .rate = rate});
}

#define say(setup, ...) say_at(setup, 0, messages_format((setup)->messages, __VA_ARGS__))

static void print(struct sound_setup *setup, enum message id)
{
    effects_print(setup->effects, messages_format(setup->messages, id));
}

static const char *number_text(char buffer[16], long number)
{
    snprintf(buffer, 16, "%ld", number);
    return buffer;
}

/* --- what there is to choose ------------------------------------------------------------------ */

struct choices {
    int of[CHOICES_MAX]; /* values of the setting */
    enum message says[CHOICES_MAX];
    int count;
};

static void add_choice(struct choices *choices, int value, enum message says)
{
    choices->of[choices->count] = value;
    choices->says[choices->count++] = says;
}

static struct choices share_choices(const struct sound_setup *setup)
{
    struct choices choices = {.count = 0};
    if (setup->config.dispatcher)
        add_choice(&choices, SPEECH_SPEECHD, MSG_SETUP_SHARE_SPEECHD);
    add_choice(&choices, SPEECH_NONE, MSG_SETUP_SHARE_NONE);
    add_choice(&choices, SPEECH_ESPEAK, MSG_SETUP_SHARE_ESPEAK);
    return choices;
}

/* Beside another voice, and in noise, listening all the time hears too much: it comes second. */
static struct choices listen_choices(const struct sound_setup *setup)
{
    struct choices choices = {.count = 0};
    bool tap_first = setup->reader || setup->trouble == MICROPHONE_NOISE;
    if (setup->config.single_keys && tap_first)
        add_choice(&choices, LISTEN_TAP, MSG_SETUP_LISTEN_TAP);
    add_choice(&choices, LISTEN_FREE, MSG_SETUP_LISTEN_FREE);
    if (setup->config.single_keys && !tap_first)
        add_choice(&choices, LISTEN_TAP, MSG_SETUP_LISTEN_TAP);
    add_choice(&choices, LISTEN_NONE, MSG_SETUP_LISTEN_NONE);
    return choices;
}

static struct choices rate_choices(const struct sound_setup *setup)
{
    return (struct choices){.of = {setup->slow, setup->fast}, .count = 2};
}

static struct choices choices_now(const struct sound_setup *setup)
{
    switch (setup->question) {
    case ASK_SHARE:
        return share_choices(setup);
    case ASK_RATE:
        return rate_choices(setup);
    case ASK_LISTEN:
        return listen_choices(setup);
    default:
        return (struct choices){.count = 0};
    }
}

/* --- asking ----------------------------------------------------------------------------------- */

static void tell_choices(struct sound_setup *setup)
{
    struct choices choices = choices_now(setup);
    for (int i = 0; i < choices.count; i++) {
        char number[16];
        say(setup, MSG_CHOICE, "number", number_text(number, i + 1), "title",
            messages_text(setup->messages, choices.says[i]));
    }
}

static void tell_samples(struct sound_setup *setup)
{
    const int rates[] = {setup->slow, setup->fast};
    say(setup, MSG_SETUP_RATE);
    for (int i = 0; i < 2; i++) {
        char number[16], rate[16];
        say_at(setup, rates[i],
               messages_format(setup->messages, MSG_SETUP_SAMPLE, "number",
                               number_text(number, i + 1), "rate", number_text(rate, rates[i])));
    }
    say(setup, MSG_SETUP_WHICH);
}

/* Keys that do not act alone are not offered. */
static const char *key_of(const struct sound_setup *setup, enum command command)
{
    return setup->config.single_keys ? keymap_key(setup->config.pack, setup->settings.keys, command)
                                     : NULL;
}

static const char *phrase_of(const struct sound_setup *setup, enum command command)
{
    const struct pack_command *words = &setup->config.pack->commands[command];
    return words->phrase_count ? words->phrases[0] : command_name(command);
}

static void tell_hear(struct sound_setup *setup)
{
    const char *yes = key_of(setup, COMMAND_YES), *no = key_of(setup, COMMAND_NO);
    if (yes && no)
        say(setup, MSG_SETUP_HEAR_KEYS, "yes", yes, "no", no);
    else
        say(setup, MSG_SETUP_HEAR);
}

static void tell_exercise(struct sound_setup *setup)
{
    const char *key = key_of(setup, COMMAND_NEXT), *phrase = phrase_of(setup, COMMAND_NEXT);
    if (setup->config.hears && setup->settings.listen != LISTEN_NONE)
        say(setup,
            setup->settings.listen == LISTEN_TAP ? MSG_SETUP_EXERCISE_TAP : MSG_SETUP_EXERCISE,
            "phrase", phrase);
    else if (key)
        say(setup, MSG_SETUP_EXERCISE_KEY, "phrase", phrase, "key", key);
    else
        say(setup, MSG_SETUP_EXERCISE_WORD, "phrase", phrase);
}

/* What is wrong and what to do. */
static void tell_trouble(struct sound_setup *setup, enum microphone_state state)
{
    static const enum message words[] = {
        [MICROPHONE_FINE] = MSG_SETUP_HEARD,        [MICROPHONE_MUTED] = MSG_SETUP_MUTED,
        [MICROPHONE_SILENT] = MSG_SETUP_SILENT,     [MICROPHONE_TOO_LOW] = MSG_SETUP_TOO_LOW,
        [MICROPHONE_TOO_LOUD] = MSG_SETUP_TOO_LOUD, [MICROPHONE_NOISE] = MSG_SETUP_NOISE,
    };
    say(setup, words[state]);
}

static void ask(struct sound_setup *setup)
{
    switch (setup->question) {
    case ASK_HEAR:
        tell_hear(setup);
        break;
    case ASK_READER:
        say(setup, MSG_SETUP_READER);
        break;
    case ASK_SHARE:
        say(setup, MSG_SETUP_SHARE);
        tell_choices(setup);
        break;
    case ASK_RATE:
        tell_samples(setup);
        break;
    case ASK_QUIET:
        say(setup, MSG_SETUP_QUIET);
        break;
    case ASK_LISTEN:
        say(setup, MSG_SETUP_LISTEN);
        tell_choices(setup);
        break;
    case ASK_ECHO:
        say(setup, MSG_SOUND_CHECK_LISTEN);
        break;
    case ASK_EXERCISE:
        tell_exercise(setup);
        break;
    case ASK_NOTHING:
        break;
    }
    add_effect(setup, EFFECT_MEASURE_MICROPHONE);
}

/* --- from one question to the next ------------------------------------------------------------ */

static bool applies(const struct sound_setup *setup, int question)
{
    switch (question) {
    case ASK_HEAR:
        return setup->config.speaks;
    case ASK_SHARE:
        return setup->reader;
    case ASK_RATE:
        return setup->config.speaker && setup->settings.speech == SPEECH_ESPEAK;
    case ASK_QUIET:
        return setup->config.hears;
    case ASK_LISTEN:
        /* Whoever did without may want to be listened to again. */
        return setup->config.hears || setup->settings.listen == LISTEN_NONE;
    case ASK_ECHO:
        /* Whoever has chosen how both go together knows. */
        return setup->config.hears && setup->config.measures &&
               setup->settings.speech == SPEECH_ESPEAK && setup->settings.listen == LISTEN_FREE &&
               setup->settings.duplex == DUPLEX_AUTO;
    default:
        return true;
    }
}

/* Goes to a question and asks it. */
static void go_to(struct sound_setup *setup, int question)
{
    setup->question = (enum question)question;
    setup->again = 0;
    setup->tries = 0;
    if (question == ASK_RATE) {
        setup->slow = setup->config.pack->rate * FIRST_PERCENT / 100;
        setup->fast = setup->slow * FASTER_PERCENT / 100;
    } else if (question == ASK_QUIET) {
        setup->trouble = MICROPHONE_FINE;
    }
    ask(setup);
}

static void end(struct sound_setup *setup, enum message words)
{
    setup->question = ASK_NOTHING;
    say(setup, words, "phrase", phrase_of(setup, COMMAND_SOUND_CHECK));
    change_settings(setup);
    add_effect(setup, EFFECT_OVER);
}

static void go_on(struct sound_setup *setup)
{
    int question = (int)setup->question + 1;
    while (question < ASK_NOTHING && !applies(setup, question))
        question++;
    /* What should be heard is not there: how to mend it is said where it would have been asked. */
    if (question >= ASK_LISTEN && setup->question < ASK_QUIET && !setup->config.hears &&
        setup->settings.listen != LISTEN_NONE)
        say(setup, MSG_SETUP_NO_MICROPHONE, "phrase", phrase_of(setup, COMMAND_SOUND_CHECK));
    if (question == ASK_NOTHING)
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
    const char *key = key_of(setup, COMMAND_NEXT);
    /* What opened the store may have spoken: nothing of it is cut. */
    setup->effects->spoke = true;
    say(setup, setup->config.first ? MSG_SETUP_WELCOME : MSG_SETUP_AGAIN);
    if (setup->config.other_language)
        say(setup, MSG_SETUP_LANGUAGE, "name", setup->config.pack->name);
    if (key)
        say(setup, MSG_SETUP_SKIPPING_KEY, "key", key);
    else
        say(setup, MSG_SETUP_SKIPPING);
    setup->question = ASK_HEAR;
    if (applies(setup, ASK_HEAR))
        go_to(setup, ASK_HEAR);
    else
        go_on(setup);
}

/* --- answers ---------------------------------------------------------------------------------- */

static int clamp(int value, int minimum, int maximum)
{
    return value < minimum ? minimum : value > maximum ? maximum : value;
}

static void turn_volume(struct sound_setup *setup, int more)
{
    int before = setup->settings.volume;
    char number[16];
    setup->settings.volume = clamp(before + more, VOLUME_SOFTEST, VOICE_VOLUME_MAX);
    change_settings(setup);
    if (setup->settings.volume == before && more > 0)
        say(setup, MSG_SETUP_LOUDSPEAKER);
    else if (setup->settings.volume == before)
        say(setup, MSG_SOFTEST, "volume", number_text(number, before));
    else
        say(setup, more > 0 ? MSG_LOUDER : MSG_SOFTER, "volume",
            number_text(number, setup->settings.volume));
    ask(setup);
}

static void turn_rate(struct sound_setup *setup, bool up)
{
    if (setup->question == ASK_RATE) {
        int wanted = up ? setup->fast : setup->slow * 100 / FASTER_PERCENT;
        setup->slow = clamp(wanted, VOICE_RATE_MIN, VOICE_RATE_MAX * 100 / FASTER_PERCENT);
        setup->fast = setup->slow * FASTER_PERCENT / 100;
    } else {
        int now = setup->settings.rate ? setup->settings.rate : setup->config.pack->rate;
        setup->settings.rate =
            clamp(now + (up ? RATE_STEP : -RATE_STEP), VOICE_RATE_MIN, VOICE_RATE_MAX);
        change_settings(setup);
    }
    ask(setup);
}

static void not_understood(struct sound_setup *setup)
{
    say(setup, MSG_SETUP_NOT_UNDERSTOOD);
    ask(setup);
}

static void answer(struct sound_setup *setup, bool yes)
{
    switch (setup->question) {
    case ASK_HEAR:
        if (yes)
            go_on(setup);
        else
            turn_volume(setup, LOUDER);
        break;
    case ASK_READER:
        setup->reader = yes;
        go_on(setup);
        break;
    default:
        not_understood(setup);
        break;
    }
}

/* A way of speaking or of listening that cannot begin now begins with the next start. */
static void choose_speech(struct sound_setup *setup, enum settings_speech speech)
{
    setup->before = setup->settings.speech;
    setup->settings.speech = speech;
    change_settings(setup);
    say(setup,
        speech == SPEECH_ESPEAK && !setup->config.speaker ? MSG_SETUP_NEXT_TIME : MSG_SETUP_CHOSEN);
}

static void choose_rate(struct sound_setup *setup, int rate)
{
    char number[16];
    setup->settings.rate = rate;
    change_settings(setup);
    say(setup, MSG_SETUP_RATE_CHOSEN, "rate", number_text(number, rate));
}

static void choose_listening(struct sound_setup *setup, enum settings_listen listen)
{
    setup->settings.listen = listen;
    change_settings(setup);
    say(setup,
        listen != LISTEN_NONE && !setup->config.hears ? MSG_SETUP_NEXT_TIME : MSG_SETUP_CHOSEN);
}

/* `number` from 1 up. */
static void choose(struct sound_setup *setup, int number)
{
    struct choices choices = choices_now(setup);
    if (number < 1 || number > choices.count) {
        not_understood(setup);
        return;
    }
    int value = choices.of[number - 1];
    if (setup->question == ASK_SHARE)
        choose_speech(setup, (enum settings_speech)value);
    else if (setup->question == ASK_RATE)
        choose_rate(setup, value);
    else
        choose_listening(setup, (enum settings_listen)value);
    go_on(setup);
}

/* Said or pressed, all the same: it was to be learnt. A voice that has a fault is told so. */
static void praise(struct sound_setup *setup)
{
    say(setup, MSG_SETUP_PRAISE, "phrase", phrase_of(setup, COMMAND_NEXT));
    if (setup->microphone && setup->config.hears && setup->settings.listen != LISTEN_NONE) {
        enum microphone_state state = setup->microphone->voice;
        if (state == MICROPHONE_TOO_LOUD || state == MICROPHONE_TOO_LOW)
            tell_trouble(setup, state);
    }
    go_on(setup);
}

static void carry_out(struct sound_setup *setup, int command, int argument)
{
    switch (command) {
    case COMMAND_NEXT:
        if (argument == SKIP_ALL)
            end(setup, MSG_SETUP_SKIPPED);
        else if (setup->question == ASK_EXERCISE && argument != SKIP_ONE)
            praise(setup);
        else
            go_on(setup);
        break;
    case COMMAND_SCAN_TAKE:
    case COMMAND_SCAN_NEXT:
        go_on(setup);
        break;
    case COMMAND_PREVIOUS:
        go_back(setup);
        break;
    case COMMAND_CHOOSE:
        choose(setup, argument);
        break;
    case COMMAND_YES:
    case COMMAND_NO:
        answer(setup, command == COMMAND_YES);
        break;
    case COMMAND_LOUDER:
    case COMMAND_SOFTER:
        turn_volume(setup, command == COMMAND_LOUDER ? LOUDER : -LOUDER);
        break;
    case COMMAND_FASTER:
    case COMMAND_SLOWER:
        turn_rate(setup, command == COMMAND_FASTER);
        break;
    case COMMAND_REPEAT:
    case COMMAND_REPEAT_LAST:
    case COMMAND_HELP:
    case COMMAND_SAYABLE:
        if (command == COMMAND_HELP || command == COMMAND_SAYABLE)
            say(setup, MSG_SETUP_SKIPPING);
        ask(setup);
        break;
    case COMMAND_STOP:
        add_effect(setup, EFFECT_SILENCE);
        print(setup, MSG_SILENCE);
        break;
    case COMMAND_PAUSE:
        add_effect(setup, EFFECT_PAUSE);
        print(setup, MSG_PAUSED);
        break;
    case COMMAND_RESUME:
        print(setup, MSG_RESUMED);
        add_effect(setup, EFFECT_RESUME);
        break;
    case COMMAND_CONTENTS:
        end(setup, MSG_SETUP_SKIPPED);
        break;
    case COMMAND_QUIT:
        say(setup, MSG_GOODBYE_UNSAVED);
        add_effect(setup, EFFECT_QUIT);
        break;
    default:
        not_understood(setup);
        break;
    }
}

/* --- the microphone --------------------------------------------------------------------------- */

static void look_at_the_room(struct sound_setup *setup)
{
    if (!setup->microphone)
        return;
    enum microphone_state state = setup->microphone->quiet;
    add_effect(setup, EFFECT_MEASURE_MICROPHONE);
    if (state == MICROPHONE_FINE) {
        say(setup, setup->trouble == MICROPHONE_FINE ? MSG_SETUP_MICROPHONE : MSG_SETUP_MENDED);
        setup->trouble = MICROPHONE_FINE;
        go_on(setup);
    } else if (state != setup->trouble) {
        setup->trouble = state;
        tell_trouble(setup, state);
        say(setup, MSG_SETUP_I_SEE);
    }
}

/* Somebody tried, or seems not to: what the microphone says of it. */
static void help_with_exercise(struct sound_setup *setup, bool heard)
{
    enum microphone_state state = setup->microphone ? setup->microphone->voice : MICROPHONE_FINE;
    if (heard && state == MICROPHONE_SILENT)
        state = MICROPHONE_FINE;
    if (!heard && state == MICROPHONE_FINE)
        state = MICROPHONE_SILENT;
    tell_trouble(setup, state);
    const char *key = key_of(setup, COMMAND_NEXT);
    if (++setup->tries >= TRIES_MAX && key)
        say(setup, MSG_SETUP_KEYBOARD, "phrase", phrase_of(setup, COMMAND_NEXT), "key", key);
    ask(setup);
}

static void tick(struct sound_setup *setup)
{
    if (setup->question == ASK_QUIET) {
        look_at_the_room(setup);
        return;
    }
    setup->again++;
    if (setup->question == ASK_ECHO)
        add_effect(setup, EFFECT_CHECK_ECHO);
    else if (setup->question == ASK_EXERCISE)
        help_with_exercise(setup, false);
    else
        ask(setup);
}

/* Too late if it was skipped meanwhile: then it is only kept. */
static void checked(struct sound_setup *setup, const char *text)
{
    if (setup->question != ASK_ECHO)
        return;
    if (text)
        say_at(setup, 0, xstrdup(text));
    go_on(setup);
}

/* --- what can be said ------------------------------------------------------------------------- */

/* Few, so that little can be mistaken: whoever is here for the first time has not been heard yet.
 */
static void add_voice_commands(const struct sound_setup *setup, struct vocabulary *vocabulary)
{
    static const struct {
        enum question question; /* ASK_NOTHING: any */
        enum command command;
    } heard[] = {
        {ASK_NOTHING, COMMAND_REPEAT},   {ASK_NOTHING, COMMAND_STOP},  {ASK_NOTHING, COMMAND_HELP},
        {ASK_NOTHING, COMMAND_PREVIOUS}, {ASK_NOTHING, COMMAND_QUIT},  {ASK_HEAR, COMMAND_YES},
        {ASK_HEAR, COMMAND_NO},          {ASK_HEAR, COMMAND_LOUDER},   {ASK_HEAR, COMMAND_SOFTER},
        {ASK_READER, COMMAND_YES},       {ASK_READER, COMMAND_NO},     {ASK_RATE, COMMAND_SLOWER},
        {ASK_RATE, COMMAND_FASTER},      {ASK_EXERCISE, COMMAND_NEXT},
    };
    for (size_t i = 0; i < COUNT_OF(heard); i++)
        if (heard[i].question == ASK_NOTHING || heard[i].question == setup->question)
            pack_vocabulary_add_command(setup->config.pack, heard[i].command, vocabulary);
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

/* --- as a dialogue ---------------------------------------------------------------------------- */

static void handle(void *state, const struct event *event, struct effects *effects)
{
    struct sound_setup *setup = state;
    setup->effects = effects;
    setup->microphone = event->microphone;
    switch (event->kind) {
    case EVENT_START:
        start(setup);
        break;
    case EVENT_DOUBTFUL:
        /* No answer does harm here but leaving: that must be clear. */
        if (event->command == COMMAND_QUIT)
            not_understood(setup);
        else
            carry_out(setup, event->command, event->argument);
        break;
    case EVENT_COMMAND:
        carry_out(setup, event->command, event->argument);
        break;
    case EVENT_NOT_UNDERSTOOD:
        if (setup->question == ASK_EXERCISE && !event->text)
            help_with_exercise(setup, true);
        else
            not_understood(setup);
        break;
    case EVENT_PAUSE_OVER:
        tick(setup);
        break;
    case EVENT_LEAVE:
        end(setup, MSG_SETUP_SKIPPED);
        break;
    case EVENT_ECHO_CHECKED:
        checked(setup, event->text);
        break;
    case EVENT_SPEECH_REFUSED:
        setup->settings.speech = setup->before;
        break;
    default:
        break;
    }
    add_effect(setup, EFFECT_VOCABULARY);
    setup->effects = NULL;
    setup->microphone = NULL;
}

static void vocabulary(const void *state, enum channel channel, struct vocabulary *vocabulary)
{
    const struct sound_setup *setup = state;
    const struct pack *pack = setup->config.pack;
    if (channel == CHANNEL_TYPED)
        for (int i = 0; i < COMMAND_COUNT; i++)
            pack_vocabulary_add_command(pack, (enum command)i, vocabulary);
    else
        add_voice_commands(setup, vocabulary);
    vocabulary_add(vocabulary, messages_text(setup->messages, MSG_SETUP_SKIP), COMMAND_NEXT,
                   SKIP_ONE, false);
    vocabulary_add(vocabulary, messages_text(setup->messages, MSG_SETUP_SKIP_LONG), COMMAND_NEXT,
                   SKIP_ONE, false);
    vocabulary_add(vocabulary, messages_text(setup->messages, MSG_SETUP_SKIP_ALL), COMMAND_NEXT,
                   SKIP_ALL, false);
    pack_vocabulary_add_numbers(pack, (size_t)choices_now(setup).count, 1, vocabulary);
    for (int i = 0; channel == CHANNEL_TYPED && i < 9; i++) {
        char number[16];
        vocabulary_add(vocabulary, number_text(number, i + 1), COMMAND_CHOOSE, i + 1, false);
    }
}

static int pause_ms(const void *state)
{
    const struct sound_setup *setup = state;
    switch (setup->question) {
    case ASK_QUIET:
        return setup->trouble == MICROPHONE_FINE ? QUIET_MS : LOOK_AGAIN_MS;
    case ASK_HEAR:
        return setup->again < AGAIN_MAX ? ANSWER_MS : 0;
    case ASK_ECHO:
        return setup->again < AGAIN_MAX ? BEFORE_SOUNDS_MS : 0;
    case ASK_EXERCISE:
        return setup->config.hears && setup->settings.listen == LISTEN_FREE &&
                       setup->again < AGAIN_MAX
                   ? ANSWER_MS
                   : 0;
    default:
        return 0;
    }
}

/* The exercise is to be tried, whatever comes of it. */
static bool wants_speech(const void *state)
{
    const struct sound_setup *setup = state;
    return setup->question == ASK_EXERCISE;
}

struct dialogue sound_setup_dialogue(struct sound_setup *setup)
{
    static const struct dialogue_methods methods = {
        .handle = handle,
        .vocabulary = vocabulary,
        .pause_ms = pause_ms,
        .wants_speech = wants_speech,
        .gives_way = true,
    };
    return (struct dialogue){&methods, setup};
}
