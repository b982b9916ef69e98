/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Speech through Speech Dispatcher (libspeechd, SSIP).
 *
 * Each sentence is a message of its own, so that its end is told and a pause keeps the place: to
 * pause is to cancel and to remember what was not said to its end. The library's thread only writes
 * down which message ended; everything else happens in the main thread.
 */
#include "speech/speech.h"

#ifdef HAVE_SPEECHD

#include "base/mem.h"

#include <ctype.h>
#include <libspeechd.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Words per minute at the rates -100, 0 and 100 of SSIP, as Speech Dispatcher's own module for
 * espeak-ng has them (espeak-ng.conf: EspeakMinRate, EspeakNormalRate, EspeakMaxRate). */
#define WPM_MIN    80
#define WPM_NORMAL 170
#define WPM_MAX    449

struct message {
    int id; /* the server's; 0: not sent */
    bool slowly;
    char *text;
    uint64_t utterance;
    size_t position; /* of the sentence in it */
};

struct dispatcher {
    SPDConnection *connection;
    const struct reading_rules *reading;
    enum reading_marks marks;
    int rate, pitch, volume; /* as SSIP has them */
    char *language;          /* "fr", or NULL: as the server has it */
    char *voice;             /* that was asked for, or NULL: the server's */
    struct message *items;   /* said or to be said; the first is the one being said */
    size_t count, capacity;
    bool paused, broken;
    bool turns; /* one message at a time; the next one by end_turn() */
    int idle_fd;

    pthread_mutex_t lock; /* for what follows: the library's thread writes it */
    int *ended;
    size_t ended_count, ended_capacity;
};

/* The library's callbacks are given no context. */
static struct dispatcher *the_dispatcher;
static pthread_mutex_t the_lock = PTHREAD_MUTEX_INITIALIZER;

/* --- the library's thread --------------------------------------------------------------------- */

static void on_end(size_t id, size_t client, SPDNotificationType what)
{
    (void)client;
    (void)what;
    pthread_mutex_lock(&the_lock);
    struct dispatcher *dispatcher = the_dispatcher;
    if (dispatcher) {
        uint64_t one = 1;
        pthread_mutex_lock(&dispatcher->lock);
        dispatcher->ended = mem_grow(dispatcher->ended, &dispatcher->ended_capacity,
                                     dispatcher->ended_count + 1, sizeof *dispatcher->ended);
        dispatcher->ended[dispatcher->ended_count++] = (int)id;
        pthread_mutex_unlock(&dispatcher->lock);
        ssize_t ignored = write(dispatcher->idle_fd, &one, sizeof one);
        (void)ignored;
    }
    pthread_mutex_unlock(&the_lock);
}

/* --- messages --------------------------------------------------------------------------------- */

static void forget(struct dispatcher *dispatcher, size_t at)
{
    free(dispatcher->items[at].text);
    dispatcher->count--;
    memmove(dispatcher->items + at, dispatcher->items + at + 1,
            (dispatcher->count - at) * sizeof *dispatcher->items);
}

static void forget_all(struct dispatcher *dispatcher)
{
    while (dispatcher->count)
        forget(dispatcher, dispatcher->count - 1);
}

/* The server is gone: nobody shall wait for the end of what will not be said. */
static void give_up(struct dispatcher *dispatcher)
{
    uint64_t one = 1;
    dispatcher->broken = true;
    forget_all(dispatcher);
    ssize_t ignored = write(dispatcher->idle_fd, &one, sizeof one);
    (void)ignored;
}

static int at_most_100(int value)
{
    return value < -100 ? -100 : value > 100 ? 100 : value;
}

static int rate_of(int words_per_minute)
{
    int above = words_per_minute - WPM_NORMAL;
    int range = above < 0 ? WPM_NORMAL - WPM_MIN : WPM_MAX - WPM_NORMAL;
    return at_most_100(above * 100 / range);
}

/* The same number of words in the time that UTTERANCE_SLOWLY says. */
static int slow_rate(int rate)
{
    int range = rate < 0 ? WPM_NORMAL - WPM_MIN : WPM_MAX - WPM_NORMAL;
    int words_per_minute = WPM_NORMAL + rate * range / 100;
    return rate_of(words_per_minute * UTTERANCE_SLOWLY / 100);
}

static void send_message(struct dispatcher *dispatcher, struct message *message)
{
    if (message->slowly)
        spd_set_voice_rate(dispatcher->connection, slow_rate(dispatcher->rate));
    message->id = spd_say(dispatcher->connection, SPD_MESSAGE, message->text);
    if (message->slowly)
        spd_set_voice_rate(dispatcher->connection, dispatcher->rate);
}

static void send_all(struct dispatcher *dispatcher)
{
    const size_t count = dispatcher->turns && dispatcher->count ? 1 : dispatcher->count;
    for (size_t i = 0; i < count; i++) {
        if (dispatcher->items[i].id)
            continue;
        send_message(dispatcher, &dispatcher->items[i]);
        if (dispatcher->items[i].id < 0) {
            give_up(dispatcher);
            return;
        }
    }
}

static void drop(struct dispatcher *dispatcher)
{
    forget_all(dispatcher);
    dispatcher->paused = false;
    spd_cancel(dispatcher->connection);
}

/* --- the driver ------------------------------------------------------------------------------- */

static void say(void *self, const struct utterance *utterance)
{
    struct dispatcher *dispatcher = self;
    char **sentences = NULL;
    if (dispatcher->broken)
        return;
    if (utterance->rule == UTTERANCE_REPLACE)
        drop(dispatcher);
    const size_t before = dispatcher->count;
    size_t count =
        utterance_sentences_marks(dispatcher->reading, dispatcher->marks, utterance, &sentences);
    for (size_t i = 0; i < count; i++) {
        dispatcher->items = mem_grow(dispatcher->items, &dispatcher->capacity,
                                     dispatcher->count + 1, sizeof *dispatcher->items);
        dispatcher->items[dispatcher->count++] = (struct message){.slowly = utterance->slowly,
                                                                  .text = sentences[i],
                                                                  .utterance = utterance->number,
                                                                  .position = i};
    }
    free(sentences);
    /* Behind a sentence that was said it waits for its turn. */
    if (!dispatcher->paused && !(dispatcher->turns && before))
        send_all(dispatcher);
}

static void interrupt(void *self)
{
    struct dispatcher *dispatcher = self;
    if (!dispatcher->broken)
        drop(dispatcher);
}

static void pause_it(void *self)
{
    struct dispatcher *dispatcher = self;
    if (dispatcher->broken || dispatcher->paused)
        return;
    dispatcher->paused = true;
    for (size_t i = 0; i < dispatcher->count; i++)
        dispatcher->items[i].id = 0;
    spd_cancel(dispatcher->connection);
}

static void resume(void *self)
{
    struct dispatcher *dispatcher = self;
    dispatcher->paused = false;
    if (!dispatcher->broken)
        send_all(dispatcher);
}

static bool is_paused(const void *self)
{
    return ((const struct dispatcher *)self)->paused;
}

/* The way back to the server's own voice is to be opened anew. */
static void set_voice(struct dispatcher *dispatcher, const char *voice)
{
    if (!voice || (dispatcher->voice && !strcmp(dispatcher->voice, voice)))
        return;
    spd_set_synthesis_voice(dispatcher->connection, voice);
    free(dispatcher->voice);
    dispatcher->voice = xstrdup(voice);
}

/* What the learner has not chosen stays as the user of Speech Dispatcher has it. */
static void set_params(void *self, const struct speech_params *params)
{
    struct dispatcher *dispatcher = self;
    int pitch = at_most_100(params->pitch * 2 - 100),
        volume = at_most_100(params->volume * 2 - 100);
    dispatcher->marks = params->marks;
    if (dispatcher->broken)
        return;
    if (params->rate && dispatcher->rate != rate_of(params->rate)) {
        dispatcher->rate = rate_of(params->rate);
        spd_set_voice_rate(dispatcher->connection, dispatcher->rate);
    }
    set_voice(dispatcher, params->variant);
    if (pitch != dispatcher->pitch)
        spd_set_voice_pitch(dispatcher->connection, pitch);
    if (volume != dispatcher->volume)
        spd_set_volume(dispatcher->connection, volume);
    dispatcher->pitch = pitch;
    dispatcher->volume = volume;
}

static void set_turn(void *self, int ms)
{
    struct dispatcher *dispatcher = self;
    dispatcher->turns = ms > 0;
}

static bool leaves_turn(const void *self)
{
    const struct dispatcher *dispatcher = self;
    return dispatcher->turns && !dispatcher->paused && !dispatcher->broken &&
           dispatcher->count > 0 && !dispatcher->items[0].id;
}

static void end_turn(void *self)
{
    send_all(self);
}

static bool is_busy(const void *self)
{
    return ((const struct dispatcher *)self)->count > 0;
}

static bool point(const void *self, struct speech_point *ret_point)
{
    const struct dispatcher *dispatcher = self;
    if (!dispatcher->count)
        return false;
    *ret_point = (struct speech_point){dispatcher->items[0].utterance,
                                       dispatcher->items[0].position, SPEECH_NO_WORD};
    return true;
}

static int idle_fd(const void *self)
{
    return ((const struct dispatcher *)self)->idle_fd;
}

static void forget_message(struct dispatcher *dispatcher, int id)
{
    for (size_t i = 0; i < dispatcher->count; i++) {
        if (dispatcher->items[i].id != id)
            continue;
        forget(dispatcher, i);
        return;
    }
}

static void clear_idle(void *self)
{
    struct dispatcher *dispatcher = self;
    uint64_t count;
    ssize_t ignored = read(dispatcher->idle_fd, &count, sizeof count);
    (void)ignored;
    pthread_mutex_lock(&dispatcher->lock);
    for (size_t i = 0; i < dispatcher->ended_count; i++)
        forget_message(dispatcher, dispatcher->ended[i]);
    dispatcher->ended_count = 0;
    pthread_mutex_unlock(&dispatcher->lock);
}

static bool works(const void *self)
{
    return !((const struct dispatcher *)self)->broken;
}

static void close_it(void *self)
{
    struct dispatcher *dispatcher = self;
    pthread_mutex_lock(&the_lock);
    the_dispatcher = NULL;
    pthread_mutex_unlock(&the_lock);
    if (dispatcher->connection)
        spd_close(dispatcher->connection);
    if (dispatcher->idle_fd >= 0)
        close(dispatcher->idle_fd);
    forget_all(dispatcher);
    pthread_mutex_destroy(&dispatcher->lock);
    free(dispatcher->items);
    free(dispatcher->ended);
    free(dispatcher->language);
    free(dispatcher->voice);
    free(dispatcher);
}

static void listen_to_ends(struct dispatcher *dispatcher)
{
    pthread_mutex_lock(&the_lock);
    the_dispatcher = dispatcher;
    pthread_mutex_unlock(&the_lock);
    dispatcher->connection->callback_end = on_end;
    dispatcher->connection->callback_cancel = on_end;
    spd_set_notification_on(dispatcher->connection, SPD_END);
    spd_set_notification_on(dispatcher->connection, SPD_CANCEL);
}

/* "fr" of "fr-FR": modules know languages better than countries. */
static void set_language(struct dispatcher *dispatcher, const char *language)
{
    if (!language)
        return;
    dispatcher->language = xstrndup(language, strcspn(language, "-"));
    spd_set_language(dispatcher->connection, dispatcher->language);
}

/* "fr-ca" is "fr" too. */
static bool has_language(const SPDVoice *voice, const char *language)
{
    const size_t length = language ? strlen(language) : 0;
    return voice->name && voice->language &&
           !strncasecmp(voice->language, language ? language : "", length) &&
           (!length || !isalpha((unsigned char)voice->language[length]));
}

static size_t voices(const void *self, char ***ret_names)
{
    const struct dispatcher *dispatcher = self;
    SPDVoice **all = dispatcher->broken ? NULL : spd_list_synthesis_voices(dispatcher->connection);
    char **names = xcalloc(SPEECH_VOICES_MAX, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; all && all[i] && count < SPEECH_VOICES_MAX; i++)
        if (has_language(all[i], dispatcher->language))
            names[count++] = xstrdup(all[i]->name);
    if (all)
        free_spd_voices(all);
    *ret_names = names;
    return count;
}

enum speech_opening speech_open_dispatcher(const char *language,
                                           const struct reading_rules *reading,
                                           struct speech **ret_speech)
{
    static const struct speech_driver driver = {
        .close = close_it,
        .say = say,
        .interrupt = interrupt,
        .pause = pause_it,
        .resume = resume,
        .is_paused = is_paused,
        .set_params = set_params,
        .set_turn = set_turn,
        .leaves_turn = leaves_turn,
        .end_turn = end_turn,
        .is_busy = is_busy,
        .point = point,
        .voices = voices,
        .idle_fd = idle_fd,
        .clear_idle = clear_idle,
        .works = works,
    };
    struct dispatcher *dispatcher = xcalloc(1, sizeof *dispatcher);
    char *error = NULL;
    pthread_mutex_init(&dispatcher->lock, NULL);
    dispatcher->reading = reading;
    dispatcher->volume = 100;
    dispatcher->idle_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    dispatcher->connection = spd_open2("pasapas", "main", NULL, SPD_MODE_THREADED, NULL, 1, &error);
    free(error);
    if (!dispatcher->connection || dispatcher->idle_fd < 0) {
        close_it(dispatcher);
        return SPEECH_NO_SERVER;
    }
    listen_to_ends(dispatcher);
    set_language(dispatcher, language);
    dispatcher->rate = at_most_100(spd_get_voice_rate(dispatcher->connection));
    *ret_speech = speech_new(&driver, dispatcher);
    return SPEECH_OPENED;
}

bool speech_has_dispatcher(void)
{
    return true;
}

#else

bool speech_has_dispatcher(void)
{
    return false;
}

enum speech_opening speech_open_dispatcher(const char *language,
                                           const struct reading_rules *reading,
                                           struct speech **ret_speech)
{
    (void)language;
    (void)reading;
    (void)ret_speech;
    return SPEECH_NOT_BUILT;
}

#endif
