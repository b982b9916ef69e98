/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Speech through a running Speech Dispatcher whose module writes what it says, with the rate, into
 * the file that is the argument: "sentence|rate" a line. Run by speech-dispatcher.sh.
 */
#include "base/mem.h"
#include "speech/speech.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *file;

static void fail(const char *what)
{
    fprintf(stderr, "FAILED: %s\n", what);
    exit(1);
}

/* What was said so far; to be freed with free(). */
static char *spoken(void)
{
    char *text = xcalloc(1, 10000);
    FILE *stream = fopen(file, "r");
    if (stream) {
        size_t ignored = fread(text, 1, 9999, stream);
        (void)ignored;
        fclose(stream);
    }
    return text;
}

static int times_said(const char *sentence)
{
    char *text = spoken();
    int times = 0;
    for (const char *at = text; (at = strstr(at, sentence)); at++)
        times++;
    free(text);
    return times;
}

static void wait_for_an_end(struct speech *speech)
{
    struct pollfd wait = {.fd = speech_idle_fd(speech), .events = POLLIN};
    if (poll(&wait, 1, 30000) != 1)
        fail("an end is told");
    speech_clear_idle(speech);
}

static void wait_for_silence(struct speech *speech)
{
    while (speech_is_busy(speech))
        wait_for_an_end(speech);
}

static void say(struct speech *speech, const char *text, enum utterance_rule rule, bool slowly)
{
    struct utterance utterance = {.text = xstrdup(text), .rule = rule, .slowly = slowly};
    speech_say(speech, &utterance);
    free(utterance.text);
}

int main(int argc, char **argv)
{
    struct speech *speech = NULL;
    if (argc != 2)
        return 2;
    file = argv[1];
    remove(file);
    enum speech_opening opening = speech_open_dispatcher("fr-FR", NULL, &speech);
    if (opening == SPEECH_NOT_BUILT)
        return 77;
    if (opening != SPEECH_OPENED)
        fail("open");
    struct speech_params params = {.pitch = 50, .volume = 100, .marks = READING_MARKS_SOME};
    speech_set_params(speech, &params);

    /* A pause keeps the place at the sentence. */
    say(speech, "Alpha. Bravo. Charlie.", UTTERANCE_REPLACE, false);
    wait_for_an_end(speech);
    speech_pause(speech);
    int alphas = times_said("Alpha");
    if (alphas != 1 || times_said("Charlie") || !speech_is_busy(speech) ||
        !speech_is_paused(speech))
        fail("a pause keeps the place");
    speech_resume(speech);
    wait_for_silence(speech);
    if (times_said("Alpha") != 1 || times_said("Bravo") < 1 || times_said("Charlie") != 1)
        fail("after the pause what is left is said");

    /* New speech replaces old speech; nothing of the old one comes later. */
    say(speech, "Delta. Echo. Foxtrot. Golf.", UTTERANCE_REPLACE, false);
    say(speech, "Hotel.", UTTERANCE_REPLACE, false);
    wait_for_silence(speech);
    if (times_said("Foxtrot") || times_said("Golf") || times_said("Hotel") != 1)
        fail("new speech replaces old speech");

    /* After an interruption nothing is left. */
    say(speech, "India. Juliett. Kilo.", UTTERANCE_REPLACE, false);
    speech_interrupt(speech);
    if (speech_is_busy(speech))
        fail("an interruption leaves nothing");

    /* The rate that was chosen, once slowly, and again. 309 words a minute are half way up. */
    params.rate = 310;
    speech_set_params(speech, &params);
    say(speech, "Lima.", UTTERANCE_REPLACE, false);
    say(speech, "Mike.", UTTERANCE_QUEUE, true);
    say(speech, "November.", UTTERANCE_QUEUE, false);
    wait_for_silence(speech);
    if (!times_said("Lima.|50") || !times_said("Mike.|1") || !times_said("November.|50") ||
        times_said("Kilo") || times_said("Juliett"))
        fail("rates");
    speech_close(speech);
    return 0;
}
