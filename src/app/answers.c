/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/answers.h"

#include "base/mem.h"
#include "base/text.h"
#include "listen/heard.h"
#include "model/command.h"
#include "model/keymap.h"
#include "model/pack.h"
#include "model/settings.h"

#include <stdlib.h>
#include <string.h>

struct answer answer_command(int command, int argument)
{
    return (struct answer){
        .given = true,
        .event = {.kind = EVENT_COMMAND, .command = command, .argument = argument},
    };
}

void answer_free(struct answer *answer)
{
    free(answer->written);
    free(answer->text);
}

/* `kind` and a text, which is copied. */
static struct answer answer_text(enum event_kind kind, const char *text)
{
    struct answer answer = {.given = true, .event.kind = kind, .text = xstrdup(text)};
    answer.event.text = answer.text;
    return answer;
}

static const struct dialogue *top(const struct answers *answers)
{
    return &dialogue_stack_top(answers->dialogues)->dialogue;
}

/* --- switches --------------------------------------------------------------------------------- */

/* What a switch asks for: a key of its own while choices are scanned. */
static int switch_command(const struct settings *settings, const char *key)
{
    const bool space = !strcmp(key, " ");
    if (settings->scan == SCAN_OFF || (!space && strcmp(key, "enter")))
        return COMMAND_NONE;
    return space && settings->scan == SCAN_TWO ? COMMAND_SCAN_NEXT : COMMAND_SCAN_TAKE;
}

/* --- lines ------------------------------------------------------------------------------------ */

/* What was typed, without what could drive a terminal: it is written into the transcript. */
static char *readable(const char *line)
{
    return text_is_clean(line) ? text_trim(line) : text_fold(line);
}

/* What the dialogue below knows: who wants to go there is not kept. */
static struct answer for_dialogue_below(const struct answers *answers, const char *text)
{
    const struct dialogue *below = dialogue_stack_below(answers->dialogues);
    struct vocabulary vocabulary = {0};
    struct answer answer = {0};
    if (!below)
        return answer;
    dialogue_vocabulary(below, CHANNEL_TYPED, &vocabulary);
    const struct phrase *phrase = vocabulary_find(&vocabulary, text);
    if (phrase) {
        answer = answer_command(phrase->command, phrase->argument);
        answer.leave = true;
    }
    vocabulary_free(&vocabulary);
    return answer;
}

/* Nearly a phrase is asked back, as what a voice said not clearly. Not where anything may be typed.
 */
static struct answer unknown_text(const struct answers *answers,
                                  const struct vocabulary *vocabulary, const char *text)
{
    const struct dialogue *dialogue = top(answers);
    struct answer answer = for_dialogue_below(answers, text);
    if (answer.given)
        return answer;
    if (dialogue_takes_text(dialogue, text))
        return answer_text(EVENT_TYPED, text);
    const bool words = dialogue_asks_back(dialogue) && !dialogue_wants_line(dialogue);
    const struct phrase *near = words ? vocabulary_near(vocabulary, text) : NULL;
    answer = answer_text(near ? EVENT_DOUBTFUL : EVENT_NOT_UNDERSTOOD, near ? near->text : text);
    answer.event.command = near ? near->command : COMMAND_NONE;
    answer.event.argument = near ? near->argument : 0;
    return answer;
}

/* A secret may land here: only what is one of a few words is obeyed, or written. */
static struct answer answer_private(const struct answers *answers, const char *text)
{
    struct vocabulary vocabulary = {0};
    struct answer answer = {.given = true, .event.kind = EVENT_SECRET};
    dialogue_vocabulary(top(answers), CHANNEL_PRIVATE, &vocabulary);
    const struct phrase *phrase = vocabulary_find(&vocabulary, text);
    if (phrase) {
        answer = answer_command(phrase->command, phrase->argument);
        /* As the pack has it: a secret may be spelt like it in all but its capitals and signs. */
        answer.written = xstrdup(phrase->text);
    }
    vocabulary_free(&vocabulary);
    return answer;
}

static struct answer answer_words(const struct answers *answers, const char *text)
{
    struct vocabulary vocabulary = {0};
    struct answer answer;
    dialogue_vocabulary(top(answers), CHANNEL_TYPED, &vocabulary);
    const struct phrase *phrase = vocabulary_find(&vocabulary, text);
    const int command =
        phrase ? phrase->command : keymap_command(answers->pack, answers->settings->keys, text);
    if (command != COMMAND_NONE)
        answer = answer_command(command, phrase ? phrase->argument : 0);
    else
        answer = unknown_text(answers, &vocabulary, text);
    answer.written = xstrdup(text);
    if (command == COMMAND_NONE && answer.event.kind != EVENT_TYPED &&
        !dialogue_wants_line(top(answers)))
        answer.note = "not-understood";
    vocabulary_free(&vocabulary);
    return answer;
}

/* A name is judged as it was typed: what is refused in it must not vanish before. */
static void keep_as_typed(const struct answers *answers, struct answer *answer, const char *line)
{
    if (!dialogue_wants_line(top(answers)))
        return;
    free(answer->text);
    answer->text = xstrdup(line);
    answer->event.text = answer->text;
}

struct answer answers_line(const struct answers *answers, const char *line)
{
    /* Without single keys, and in a pipe, a switch gives a line of its own. */
    const int by_switch = switch_command(answers->settings, *line ? line : "enter");
    if (by_switch != COMMAND_NONE)
        return answer_command(by_switch, 0);
    char *text = readable(line);
    struct answer answer = {0};
    if (*text)
        answer = answers->is_private ? answer_private(answers, text) : answer_words(answers, text);
    if (!text_is_clean(line) && answer.event.kind == EVENT_NOT_UNDERSTOOD)
        keep_as_typed(answers, &answer, line);
    free(text);
    return answer;
}

/* --- keys ------------------------------------------------------------------------------------- */

struct answer answers_key(const struct answers *answers, const char *key)
{
    const int by_switch = switch_command(answers->settings, key);
    if (by_switch != COMMAND_NONE)
        return answer_command(by_switch, 0);
    if (answers->is_private && strcmp(key, "escape") != 0)
        return (struct answer){0};
    if (key[0] >= '1' && key[0] <= '9')
        return answers_line(answers, key);
    const int command = keymap_command(answers->pack, answers->settings->keys, key);
    struct answer answer;
    if (command == COMMAND_NONE) {
        answer = answer_text(EVENT_NOT_UNDERSTOOD, key);
        answer.note = "not-understood";
        return answer;
    }
    answer = answer_command(command, 0);
    answer.written = xstrdup(pack_command_phrase(answers->pack, (enum command)command));
    return answer;
}

/* --- voice ------------------------------------------------------------------------------------ */

/* How sure a phrase must be, by what the dialogue is about. */
static enum verdict_context context_of(const struct dialogue *dialogue, bool echo)
{
    if (dialogue_is_private(dialogue))
        return CONTEXT_PRIVATE;
    if (dialogue_asks_back(dialogue))
        return CONTEXT_SESSION;
    /* What is left of our own voice is no attempt. */
    return dialogue_wants_speech(dialogue) && !echo ? CONTEXT_EXERCISE : CONTEXT_SOUND_CHECK;
}

static struct answer doubtful(const struct dialogue *dialogue, const struct heard *heard)
{
    struct answer answer = answer_text(EVENT_DOUBTFUL, heard->phrase);
    answer.event.command = heard->command;
    answer.event.argument = heard->argument;
    if (dialogue_asks_back(dialogue))
        answer.note = "doubtful";
    else
        answer.written = xstrdup(heard->phrase);
    return answer;
}

struct answer answers_heard(const struct answers *answers, const struct heard *heard, bool echo,
                            struct second_try *tries)
{
    const struct dialogue *dialogue = top(answers);
    const enum verdict_context context = context_of(dialogue, echo);
    /* What was said twice without being understood is asked back; not what may be a secret. */
    const bool again = context == CONTEXT_SESSION && second_try_heard(tries, heard);
    struct answer answer = {0};
    switch (heard_verdict(heard, context, again)) {
    case VERDICT_OBEY:
        answer = answer_command(heard->command, heard->argument);
        answer.written = xstrdup(heard->phrase);
        break;
    case VERDICT_ASK_BACK:
        answer = doubtful(dialogue, heard);
        break;
    case VERDICT_NOT_UNDERSTOOD:
        answer.given = true;
        answer.event.kind = EVENT_NOT_UNDERSTOOD;
        /* The exercise answers to anything; only what is almost a command is worth a sound. */
        answer.missed = heard->verdict != VERDICT_NOTHING;
        answer.note = answer.missed ? "not-understood" : NULL;
        break;
    case VERDICT_NOTHING:
        break;
    }
    return answer;
}
