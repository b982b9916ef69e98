/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogue/enrolment.h"

#include "base/mem.h"
#include "base/number.h"
#include "base/strbuf.h"
#include "model/command.h"
#include "model/pack.h"
#include "model/pack_vocabulary.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The commonest first: what a whole guide needs. */
static const enum command first[] = {COMMAND_NEXT,  COMMAND_REPEAT, COMMAND_DONE, COMMAND_YES,
                                     COMMAND_NO,    COMMAND_STOP,   COMMAND_HELP, COMMAND_PREVIOUS,
                                     COMMAND_WHERE, COMMAND_QUIT};

/* Who is never understood can still say yes to the first question: by saying anything, so often. */
#define PATIENCE 3

enum state { BEGIN, WORD, STOP, MEASURING, KEEP, MORE, OVER };

struct item {
    enum command command;
    const char *text; /* of the voice */
    bool skipped;
};

struct enrolment {
    struct enrolment_config config;
    enum state state;
    struct item items[COMMAND_COUNT];
    size_t count;
    size_t current; /* the item asked for */
    size_t asked;   /* items finished or skipped in this part */
    bool refused;   /* a saying of this item was not taken */
    bool stays;     /* at this item they said that they did not mean to stop */
    int misses;     /* answers to the first question not understood */

    /* While an event is handled. */
    struct effects *effects;
    struct strbuf text; /* what it says */
};

/* --- what is asked for ------------------------------------------------------------------------ */

static bool has_item(const struct enrolment *enrolment, enum command command)
{
    for (size_t i = 0; i < enrolment->count; i++)
        if (enrolment->items[i].command == command)
            return true;
    return false;
}

static void add_item(struct enrolment *enrolment, enum command command)
{
    const struct pack_command *words = &enrolment->config.pack->commands[command];
    if (has_item(enrolment, command) || !words->phrase_count ||
        (command_flags(command) & COMMAND_TYPED))
        return;
    enrolment->items[enrolment->count++] =
        (struct item){.command = command, .text = words->phrases[0]};
}

struct enrolment *enrolment_new(const struct enrolment_config *config)
{
    struct enrolment *enrolment = xcalloc(1, sizeof *enrolment);
    enrolment->config = *config;
    for (size_t i = 0; i < COUNT_OF(first); i++)
        add_item(enrolment, first[i]);
    for (int command = 0; command < COMMAND_COUNT; command++)
        add_item(enrolment, (enum command)command);
    return enrolment;
}

void enrolment_free(struct enrolment *enrolment)
{
    if (!enrolment)
        return;
    strbuf_free(&enrolment->text);
    free(enrolment);
}

static bool is_open(const struct enrolment *enrolment, const struct item *item)
{
    return !item->skipped && !calibration_is_done(enrolment->config.calibration, item->text);
}

/* How many are still to be asked for. */
static size_t count_open(const struct enrolment *enrolment)
{
    size_t open = 0;
    for (size_t i = 0; i < enrolment->count; i++)
        open += is_open(enrolment, &enrolment->items[i]);
    return open;
}

/* Said twice, but the learner has not yet decided on them. */
static bool has_undecided(const struct enrolment *enrolment)
{
    const struct calibration *calibration = enrolment->config.calibration;
    for (size_t i = 0; i < calibration->phrase_count; i++)
        if (!calibration->phrases[i].kept &&
            calibration->phrases[i].token_count == CALIBRATION_TOKENS)
            return true;
    return false;
}

static const struct item *current(const struct enrolment *enrolment)
{
    return &enrolment->items[enrolment->current];
}

/* --- what is said ----------------------------------------------------------------------------- */

#define say(...) say_pairs(__VA_ARGS__, (const char *)NULL)

static void __attribute__((sentinel)) say_pairs(struct enrolment *enrolment, enum message id, ...)
{
    va_list pairs;
    va_start(pairs, id);
    char *text = messages_vformat(enrolment->config.pack->messages, id, pairs);
    va_end(pairs);
    strbuf_addf(&enrolment->text, "%s%s", enrolment->text.length ? " " : "", text);
    free(text);
}

static void say_count(struct enrolment *enrolment, enum message id, size_t count)
{
    char digits[NUMBER_TEXT_SIZE];
    number_text(digits, (long)count);
    say(enrolment, id, "count", digits);
}

/* What was put together is said before the effect is carried out. */
static struct effect *add_effect(struct enrolment *enrolment, enum effect_kind kind)
{
    if (enrolment->text.length)
        effects_say(enrolment->effects, (struct utterance){.text = strbuf_take(&enrolment->text)});
    return effects_add(enrolment->effects, kind);
}

static void ask_word(struct enrolment *enrolment)
{
    const struct calibration_phrase *phrase =
        calibration_find(enrolment->config.calibration, current(enrolment)->text);
    say(enrolment, phrase && phrase->token_count ? MSG_ENROLMENT_AGAIN : MSG_ENROLMENT_SAY,
        "phrase", current(enrolment)->text);
}

static void say_gain(struct enrolment *enrolment)
{
    const struct calibration_gain gain = calibration_gain(enrolment->config.calibration);
    char before[NUMBER_TEXT_SIZE], after[NUMBER_TEXT_SIZE], total[NUMBER_TEXT_SIZE];
    number_text(before, gain.before);
    number_text(after, gain.after);
    number_text(total, gain.total);
    say(enrolment, MSG_CALIBRATE_GAIN, "before", before, "after", after, "total", total);
    say(enrolment, MSG_ENROLMENT_KEEP);
}

/* Says again what is asked for. */
static void ask(struct enrolment *enrolment)
{
    switch (enrolment->state) {
    case BEGIN:
        say(enrolment, MSG_ENROLMENT_BEGIN);
        break;
    case WORD:
        ask_word(enrolment);
        break;
    case STOP:
        say(enrolment, MSG_ENROLMENT_STOP);
        break;
    case KEEP:
        say_gain(enrolment);
        break;
    case MORE:
        say_count(enrolment, MSG_ENROLMENT_MORE, count_open(enrolment));
        break;
    case MEASURING:
    case OVER:
        break;
    }
}

/* --- the way through -------------------------------------------------------------------------- */

static void end(struct enrolment *enrolment, enum message id)
{
    enrolment->state = OVER;
    say(enrolment, id);
    say(enrolment, enrolment->config.in_session ? MSG_ENROLMENT_BACK : MSG_ENROLMENT_GOODBYE);
}

/* More, or the end, if there is no more. */
static void offer_more(struct enrolment *enrolment)
{
    if (!count_open(enrolment)) {
        end(enrolment, MSG_ENROLMENT_ALL_DONE);
        return;
    }
    enrolment->state = MORE;
    ask(enrolment);
}

/* The end of a part: measure, if there is anything to decide on. */
static void end_part(struct enrolment *enrolment)
{
    if (!has_undecided(enrolment)) {
        offer_more(enrolment);
        return;
    }
    enrolment->state = MEASURING;
    say(enrolment, MSG_ENROLMENT_MOMENT);
}

/* The next phrase, or the end of the part. */
static void next_word(struct enrolment *enrolment)
{
    enrolment->refused = enrolment->stays = false;
    if (enrolment->asked >= CALIBRATION_PART || !count_open(enrolment)) {
        end_part(enrolment);
        return;
    }
    enrolment->current = 0;
    while (!is_open(enrolment, current(enrolment)))
        enrolment->current++;
    enrolment->state = WORD;
    ask(enrolment);
}

static void begin_part(struct enrolment *enrolment)
{
    enrolment->asked = 0;
    next_word(enrolment);
}

static void start(struct enrolment *enrolment)
{
    const size_t done = enrolment->count - count_open(enrolment);
    if (done == enrolment->count && !has_undecided(enrolment)) {
        end(enrolment, MSG_ENROLMENT_NOTHING_LEFT);
        return;
    }
    if (done == enrolment->count) {
        end_part(enrolment);
        return;
    }
    say(enrolment, MSG_ENROLMENT_INTRO);
    if (enrolment->config.in_session)
        say(enrolment, MSG_ENROLMENT_IN_SESSION);
    if (!enrolment->config.saves)
        say(enrolment, MSG_ENROLMENT_UNSAVED);
    if (done)
        say_count(enrolment, MSG_ENROLMENT_RESUME, done);
    ask(enrolment);
}

/* --- answers ---------------------------------------------------------------------------------- */

static void skip(struct enrolment *enrolment)
{
    enrolment->items[enrolment->current].skipped = true;
    enrolment->asked++;
    next_word(enrolment);
}

static void leave(struct enrolment *enrolment)
{
    end(enrolment, enrolment->config.saves ? MSG_ENROLMENT_LATER : MSG_ENROLMENT_LATER_HERE);
}

static void not_understood(struct enrolment *enrolment)
{
    if (enrolment->state == BEGIN && ++enrolment->misses >= PATIENCE) {
        begin_part(enrolment);
        return;
    }
    say(enrolment, MSG_ENROLMENT_NOT_UNDERSTOOD);
    ask(enrolment);
}

/* Back to the phrase, or not. */
static void answer_stop(struct enrolment *enrolment, bool yes)
{
    if (yes) {
        leave(enrolment);
        return;
    }
    enrolment->stays = true;
    enrolment->state = WORD;
    ask(enrolment);
}

/* The learner has decided on what they taught. */
static void decide(struct enrolment *enrolment, bool keep)
{
    if (!keep)
        say(enrolment, MSG_ENROLMENT_DROPPED);
    else
        say(enrolment, enrolment->config.saves ? MSG_ENROLMENT_KEPT : MSG_ENROLMENT_KEPT_HERE);
    offer_more(enrolment);
    add_effect(enrolment, keep ? EFFECT_KEEP : EFFECT_DROP);
}

static void answer(struct enrolment *enrolment, bool yes)
{
    switch (enrolment->state) {
    case BEGIN:
    case MORE:
        if (yes)
            begin_part(enrolment);
        else
            leave(enrolment);
        break;
    case STOP:
        answer_stop(enrolment, yes);
        break;
    case KEEP:
        decide(enrolment, yes);
        break;
    default:
        not_understood(enrolment);
        break;
    }
}

static void obey(struct enrolment *enrolment, int command)
{
    const bool word = enrolment->state == WORD;
    /* Switches: the one that takes says yes, or goes on; the other says no, or hears it again. */
    if (command == COMMAND_SCAN_TAKE)
        command = word ? COMMAND_NEXT : COMMAND_YES;
    else if (command == COMMAND_SCAN_NEXT)
        command = word ? COMMAND_REPEAT : COMMAND_NO;
    switch (command) {
    case COMMAND_STOP:
        add_effect(enrolment, EFFECT_SILENCE);
        break;
    case COMMAND_QUIT:
        leave(enrolment);
        break;
    case COMMAND_YES:
    case COMMAND_NO:
        answer(enrolment, command == COMMAND_YES);
        break;
    case COMMAND_NEXT:
        if (word)
            skip(enrolment);
        else
            not_understood(enrolment);
        break;
    case COMMAND_HELP:
        say(enrolment, MSG_ENROLMENT_HELP);
        ask(enrolment);
        break;
    case COMMAND_REPEAT:
        ask(enrolment);
        break;
    default:
        not_understood(enrolment);
        break;
    }
}

/* The first saying of a phrase that is left behind is worth nothing. */
static void take_command(struct enrolment *enrolment, int command)
{
    const char *phrase = enrolment_phrase(enrolment);
    obey(enrolment, command);
    if (phrase && phrase != enrolment_phrase(enrolment))
        add_effect(enrolment, EFFECT_DROP_HALVES);
}

/* No answer to a question does harm; "quit" while a phrase is asked for may have been the phrase.
 */
static void take_doubtful(struct enrolment *enrolment, int command)
{
    if (!enrolment_asks_back(enrolment, command)) {
        take_command(enrolment, command);
        return;
    }
    enrolment->state = STOP;
    ask(enrolment);
}

/* The second saying of a phrase is measured while the next phrase is being asked for. */
static void take_saying(struct enrolment *enrolment, enum calibration_answer answer,
                        const char *other)
{
    const char *text = current(enrolment)->text;
    if (answer == CALIBRATION_TAKEN) {
        enrolment->refused = false;
        if (!calibration_is_done(enrolment->config.calibration, text)) {
            ask(enrolment);
            return;
        }
        enrolment->asked++;
        next_word(enrolment);
        add_effect(enrolment, EFFECT_MEASURE_PHRASE)->phrase = text;
        return;
    }
    enrolment->refused = true;
    if (answer == CALIBRATION_OTHER)
        say(enrolment, MSG_ENROLMENT_OTHER, "other", other, "phrase", text);
    else if (answer == CALIBRATION_UNLIKE)
        say(enrolment, MSG_ENROLMENT_UNLIKE, "phrase", text);
    else
        say(enrolment, MSG_ENROLMENT_UNCLEAR, "phrase", text);
}

/* --- what is listened for --------------------------------------------------------------------- */

const char *enrolment_phrase(const struct enrolment *enrolment)
{
    return enrolment->state == WORD ? current(enrolment)->text : NULL;
}

bool enrolment_is_strict(const struct enrolment *enrolment)
{
    return !enrolment->refused;
}

bool enrolment_obeys(const struct enrolment *enrolment, int command)
{
    if (enrolment->state != WORD)
        return true;
    return command == COMMAND_QUIT && current(enrolment)->command != COMMAND_QUIT;
}

bool enrolment_asks_back(const struct enrolment *enrolment, int command)
{
    return enrolment->state == WORD && !enrolment->stays && enrolment_obeys(enrolment, command);
}

/* --- as a dialogue ---------------------------------------------------------------------------- */

static void take(struct enrolment *enrolment, const struct event *event)
{
    switch (event->kind) {
    case EVENT_START:
        start(enrolment);
        break;
    case EVENT_COME_BACK:
        ask(enrolment);
        break;
    case EVENT_LEAVE:
        leave(enrolment);
        break;
    case EVENT_COMMAND:
        take_command(enrolment, event->command);
        break;
    case EVENT_DOUBTFUL:
        take_doubtful(enrolment, event->command);
        break;
    case EVENT_NOT_UNDERSTOOD:
        not_understood(enrolment);
        break;
    case EVENT_SAYING:
        take_saying(enrolment, event->answer, event->text);
        break;
    case EVENT_MEASURED:
        enrolment->state = KEEP;
        ask(enrolment);
        break;
    default:
        break;
    }
}

static void handle(void *state, const struct event *event, struct effects *effects)
{
    struct enrolment *enrolment = state;
    const enum state before = enrolment->state;
    if (before == OVER || (before == MEASURING && event->kind != EVENT_MEASURED))
        return;
    enrolment->effects = effects;
    take(enrolment, event);
    if (enrolment->state == MEASURING)
        add_effect(enrolment, EFFECT_MEASURE_GAIN);
    add_effect(enrolment, EFFECT_CALIBRATION);
    add_effect(enrolment, EFFECT_VOCABULARY);
    if (enrolment->state == OVER)
        add_effect(enrolment, EFFECT_OVER);
    enrolment->effects = NULL;
}

/* Whatever phrase is asked for, everything is listened for, so that no saying is taken for the
 * nearest of a few. */
static void vocabulary(const void *state, enum channel channel, struct vocabulary *vocabulary)
{
    static const enum command answers[] = {COMMAND_YES, COMMAND_NO, COMMAND_REPEAT, COMMAND_HELP,
                                           COMMAND_QUIT};
    const struct enrolment *enrolment = state;
    const struct pack *pack = enrolment->config.pack;
    if (channel == CHANNEL_TYPED)
        pack_vocabulary_add_all_typed(pack, vocabulary);
    else if (enrolment->state == WORD)
        pack_vocabulary_add_spoken_commands(pack, vocabulary);
    else
        for (size_t i = 0; i < COUNT_OF(answers); i++)
            pack_vocabulary_add_command(pack, answers[i], vocabulary);
}

struct dialogue enrolment_dialogue(struct enrolment *enrolment)
{
    static const struct dialogue_methods methods = {.handle = handle, .vocabulary = vocabulary};
    return (struct dialogue){&methods, enrolment};
}
