#include "dialogue/enrolment.h"

#include "base/mem.h"
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
    size_t current;     /* the item asked for */
    size_t asked;       /* items finished or skipped in this part */
    bool refused;       /* a saying of this item was not taken */
    bool stays;         /* at this item they said that they did not mean to stop */
    int misses;         /* answers to the first question not understood */
    struct strbuf text; /* of the step that is being made */
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
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", count);
    say(enrolment, id, "count", digits);
}

static struct enrolment_step step(struct enrolment *enrolment, enum enrolment_wish wish)
{
    char *text = enrolment->text.length ? strbuf_take(&enrolment->text) : NULL;
    return (struct enrolment_step){.text = text, .wish = wish};
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
    char before[16], after[16], total[16];
    snprintf(before, sizeof before, "%d", gain.before);
    snprintf(after, sizeof after, "%d", gain.after);
    snprintf(total, sizeof total, "%d", gain.total);
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

static struct enrolment_step over(struct enrolment *enrolment, enum message id,
                                  enum enrolment_wish wish)
{
    enrolment->state = OVER;
    say(enrolment, id);
    say(enrolment, enrolment->config.in_session ? MSG_ENROLMENT_BACK : MSG_ENROLMENT_GOODBYE);
    return step(enrolment, wish);
}

/* The end of a part: measure, if there is anything to decide on. */
static struct enrolment_step end_part(struct enrolment *enrolment)
{
    if (has_undecided(enrolment)) {
        enrolment->state = MEASURING;
        say(enrolment, MSG_ENROLMENT_MOMENT);
        return step(enrolment, ENROLMENT_MEASURE);
    }
    if (!count_open(enrolment))
        return over(enrolment, MSG_ENROLMENT_ALL_DONE, ENROLMENT_NOTHING);
    enrolment->state = MORE;
    ask(enrolment);
    return step(enrolment, ENROLMENT_NOTHING);
}

/* The next phrase, or the end of the part. */
static struct enrolment_step next_word(struct enrolment *enrolment)
{
    enrolment->refused = enrolment->stays = false;
    if (enrolment->asked >= CALIBRATION_PART || !count_open(enrolment))
        return end_part(enrolment);
    enrolment->current = 0;
    while (!is_open(enrolment, current(enrolment)))
        enrolment->current++;
    enrolment->state = WORD;
    ask_word(enrolment);
    return step(enrolment, ENROLMENT_NOTHING);
}

static struct enrolment_step begin_part(struct enrolment *enrolment)
{
    enrolment->asked = 0;
    return next_word(enrolment);
}

/* After the learner has decided. */
static struct enrolment_step go_on(struct enrolment *enrolment, enum message id,
                                   enum enrolment_wish wish)
{
    say(enrolment, id);
    if (!count_open(enrolment))
        return over(enrolment, MSG_ENROLMENT_ALL_DONE, wish);
    enrolment->state = MORE;
    ask(enrolment);
    return step(enrolment, wish);
}

struct enrolment_step enrolment_start(struct enrolment *enrolment)
{
    size_t done = enrolment->count - count_open(enrolment);
    if (done == enrolment->count && !has_undecided(enrolment))
        return over(enrolment, MSG_ENROLMENT_NOTHING_LEFT, ENROLMENT_NOTHING);
    if (done == enrolment->count)
        return end_part(enrolment);
    say(enrolment, MSG_ENROLMENT_INTRO);
    if (enrolment->config.in_session)
        say(enrolment, MSG_ENROLMENT_IN_SESSION);
    if (!enrolment->config.saves)
        say(enrolment, MSG_ENROLMENT_UNSAVED);
    if (done)
        say_count(enrolment, MSG_ENROLMENT_RESUME, done);
    ask(enrolment);
    return step(enrolment, ENROLMENT_NOTHING);
}

static struct enrolment_step skip(struct enrolment *enrolment)
{
    enrolment->items[enrolment->current].skipped = true;
    enrolment->asked++;
    return next_word(enrolment);
}

static struct enrolment_step later(struct enrolment *enrolment)
{
    return over(enrolment, enrolment->config.saves ? MSG_ENROLMENT_LATER : MSG_ENROLMENT_LATER_HERE,
                ENROLMENT_NOTHING);
}

/* Back to the phrase, or not. */
static struct enrolment_step answer_stop(struct enrolment *enrolment, bool yes)
{
    if (yes)
        return later(enrolment);
    enrolment->stays = true;
    enrolment->state = WORD;
    ask(enrolment);
    return step(enrolment, ENROLMENT_NOTHING);
}

static enum message kept(const struct enrolment *enrolment)
{
    return enrolment->config.saves ? MSG_ENROLMENT_KEPT : MSG_ENROLMENT_KEPT_HERE;
}

static struct enrolment_step answer(struct enrolment *enrolment, bool yes)
{
    switch (enrolment->state) {
    case BEGIN:
    case MORE:
        return yes ? begin_part(enrolment) : later(enrolment);
    case STOP:
        return answer_stop(enrolment, yes);
    case KEEP:
        return yes ? go_on(enrolment, kept(enrolment), ENROLMENT_KEEP)
                   : go_on(enrolment, MSG_ENROLMENT_DROPPED, ENROLMENT_DROP);
    default:
        return enrolment_not_understood(enrolment);
    }
}

struct enrolment_step enrolment_command(struct enrolment *enrolment, int command)
{
    if (enrolment->state == OVER || enrolment->state == MEASURING)
        return step(enrolment, ENROLMENT_NOTHING);
    switch (command) {
    case COMMAND_QUIT:
        return later(enrolment);
    case COMMAND_YES:
    case COMMAND_NO:
        return answer(enrolment, command == COMMAND_YES);
    case COMMAND_NEXT:
        if (enrolment->state == WORD)
            return skip(enrolment);
        return enrolment_not_understood(enrolment);
    case COMMAND_HELP:
        say(enrolment, MSG_ENROLMENT_HELP);
        ask(enrolment);
        return step(enrolment, ENROLMENT_NOTHING);
    case COMMAND_REPEAT:
        ask(enrolment);
        return step(enrolment, ENROLMENT_NOTHING);
    /* Switches: the one that takes says yes, or goes on; the other says no, or hears it again. */
    case COMMAND_SCAN_TAKE:
        return enrolment->state == WORD ? skip(enrolment) : answer(enrolment, true);
    case COMMAND_SCAN_NEXT:
        if (enrolment->state != WORD)
            return answer(enrolment, false);
        ask(enrolment);
        return step(enrolment, ENROLMENT_NOTHING);
    default:
        return enrolment_not_understood(enrolment);
    }
}

bool enrolment_may_ask_stop(const struct enrolment *enrolment, int command)
{
    return enrolment->state == WORD && !enrolment->stays && enrolment_obeys(enrolment, command);
}

struct enrolment_step enrolment_ask_stop(struct enrolment *enrolment)
{
    enrolment->state = STOP;
    ask(enrolment);
    return step(enrolment, ENROLMENT_NOTHING);
}

struct enrolment_step enrolment_not_understood(struct enrolment *enrolment)
{
    if (enrolment->state == BEGIN && ++enrolment->misses >= PATIENCE)
        return begin_part(enrolment);
    if (enrolment->state != OVER && enrolment->state != MEASURING) {
        say(enrolment, MSG_ENROLMENT_NOT_UNDERSTOOD);
        ask(enrolment);
    }
    return step(enrolment, ENROLMENT_NOTHING);
}

struct enrolment_step enrolment_said(struct enrolment *enrolment, enum calibration_answer answer,
                                     const char *other)
{
    const char *text = current(enrolment)->text;
    if (answer == CALIBRATION_TAKEN) {
        if (!calibration_is_done(enrolment->config.calibration, text)) {
            enrolment->refused = false;
            ask_word(enrolment);
            return step(enrolment, ENROLMENT_NOTHING);
        }
        enrolment->asked++;
        return next_word(enrolment);
    }
    enrolment->refused = true;
    if (answer == CALIBRATION_OTHER)
        say(enrolment, MSG_ENROLMENT_OTHER, "other", other, "phrase", text);
    else if (answer == CALIBRATION_UNLIKE)
        say(enrolment, MSG_ENROLMENT_UNLIKE, "phrase", text);
    else
        say(enrolment, MSG_ENROLMENT_UNCLEAR, "phrase", text);
    return step(enrolment, ENROLMENT_NOTHING);
}

struct enrolment_step enrolment_measured(struct enrolment *enrolment)
{
    enrolment->state = KEEP;
    ask(enrolment);
    return step(enrolment, ENROLMENT_NOTHING);
}

bool enrolment_is_over(const struct enrolment *enrolment)
{
    return enrolment->state == OVER;
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

void enrolment_vocabulary(const struct enrolment *enrolment, struct vocabulary *vocabulary)
{
    static const enum command answers[] = {COMMAND_YES, COMMAND_NO, COMMAND_REPEAT, COMMAND_HELP,
                                           COMMAND_QUIT};
    const struct pack *pack = enrolment->config.pack;
    if (enrolment->state == WORD)
        pack_vocabulary_add_spoken_commands(pack, vocabulary);
    else
        for (size_t i = 0; i < COUNT_OF(answers); i++)
            pack_vocabulary_add_command(pack, answers[i], vocabulary);
}
