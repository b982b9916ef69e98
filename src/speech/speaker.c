/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The main thread puts sentences into the queue; the worker (the speaker's thread, or the caller of
 * speaker_work()) has them made into blocks of the playout, which the audio callback empties.
 */
#include "speech/speaker.h"

#include "base/mem.h"
#include "base/voice_range.h"
#include "dsp/playout.h"
#include "speech/sentence_maker.h"
#include "speech/sentence_queue.h"
#include "speech/word_marks.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

/* Between two sentences at SENTENCE_MAKER_RATE; shorter when speech is faster. */
#define GAP_MS     250
#define GAP_MAX_MS 4000

/* How long the worker naps while the callback plays, at least and at most. */
#define NAP_MIN_MS 2
#define NAP_MAX_MS 250

struct speaker {
    const struct reading_rules *reading;
    bool simulated;
    pthread_t thread;
    struct playout *playout;
    struct sentence_maker *maker; /* the worker's */
    struct word_marks *words;
    int idle_fd;

    pthread_mutex_t lock; /* for all up to the next comment; never held in the engine */
    pthread_cond_t wake;
    bool changed; /* something for the worker to look at */
    bool quit;
    bool paused;
    bool idle_owed;
    int output_rate;
    struct synth_params params;
    int gap_ms; /* at SENTENCE_MAKER_RATE */
    int turn_ms;
    enum reading_marks marks;
    struct sentence_queue queue;
    uint64_t next_number; /* of the next one to synthesise, or less */
    uint64_t last_ticket;
    uint32_t generation; /* the playout's */
};

enum work {
    WORK_MORE,    /* call again at once */
    WORK_FULL,    /* the playout has no room */
    WORK_PLAYING, /* all is made, not all is played */
    WORK_REST     /* nothing to do until something is said */
};

/* --- the worker: what to do next ------------------------------------------------------------- */

static void tell_idle(struct speaker *speaker)
{
    uint64_t one = 1;
    if (speaker->idle_owed && write(speaker->idle_fd, &one, sizeof one) == sizeof one)
        speaker->idle_owed = false;
}

/* Under the lock: true, with the next job, if there is one. */
static bool find_job(struct speaker *speaker, struct sentence_job *ret_job)
{
    if (speaker->paused || speaker->output_rate <= 0)
        return false;
    const struct sentence *next = sentence_queue_find(&speaker->queue, speaker->next_number);
    if (!next)
        return false;
    *ret_job = (struct sentence_job){
        .number = next->number,
        .kind = next->kind,
        .text = xstrdup(next->text),
        .params = speaker->params,
        .gap_ms = speaker->gap_ms,
        .turn_ms = speaker->turn_ms,
        .output_rate = speaker->output_rate,
        .generation = speaker->generation,
    };
    if (next->rate)
        ret_job->params.rate = next->rate;
    if (next->slowly)
        ret_job->params.rate = ret_job->params.rate * UTTERANCE_SLOWLY / 100;
    return true;
}

/* Under the lock: nothing to make; is all played? */
static enum work rest(struct speaker *speaker)
{
    if (speaker->paused || speaker->output_rate <= 0)
        return WORK_REST;
    if (speaker->queue.count)
        return WORK_PLAYING;
    sentence_maker_rest(speaker->maker);
    tell_idle(speaker);
    return WORK_REST;
}

/* Under the lock: WORK_MORE with a job in `ret_job`, or what to wait for. */
static enum work look(struct speaker *speaker, struct sentence_job *ret_job)
{
    speaker->changed = false;
    if (!sentence_maker_works(speaker->maker))
        sentence_queue_clear(&speaker->queue);
    sentence_queue_drop_played(&speaker->queue, speaker->playout);
    if (!sentence_maker_flush(speaker->maker, speaker->generation))
        return WORK_FULL;
    return find_job(speaker, ret_job) ? WORK_MORE : rest(speaker);
}

static enum work work(struct speaker *speaker)
{
    struct sentence_job job;
    sentence_maker_open(speaker->maker);
    pthread_mutex_lock(&speaker->lock);
    enum work next = look(speaker, &job);
    pthread_mutex_unlock(&speaker->lock);
    if (next != WORK_MORE)
        return next;
    sentence_maker_make(speaker->maker, &job);
    free(job.text);
    pthread_mutex_lock(&speaker->lock);
    if (speaker->generation == job.generation)
        speaker->next_number = job.number + 1;
    pthread_mutex_unlock(&speaker->lock);
    return WORK_MORE;
}

void speaker_work(struct speaker *speaker)
{
    while (work(speaker) == WORK_MORE)
        ;
}

/* --- the worker's thread --------------------------------------------------------------------- */

/* Until about half of what waits is played: the callback may not wake anybody. */
static long nap_ms(const struct speaker *speaker)
{
    if (speaker->output_rate <= 0)
        return NAP_MAX_MS;
    long ms = (long)(playout_waiting(speaker->playout) * 500 / (size_t)speaker->output_rate);
    return ms < NAP_MIN_MS ? NAP_MIN_MS : ms > NAP_MAX_MS ? NAP_MAX_MS : ms;
}

static struct timespec after_ms(long ms)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    time.tv_sec += ms / 1000;
    time.tv_nsec += ms % 1000 * 1000000;
    if (time.tv_nsec >= 1000000000) {
        time.tv_nsec -= 1000000000;
        time.tv_sec++;
    }
    return time;
}

/* False when it is time to end. */
static bool wait_for_work(struct speaker *speaker, enum work reason)
{
    pthread_mutex_lock(&speaker->lock);
    struct timespec until = after_ms(nap_ms(speaker));
    while (!speaker->changed && !speaker->quit) {
        if (reason == WORK_REST)
            pthread_cond_wait(&speaker->wake, &speaker->lock);
        else if (pthread_cond_timedwait(&speaker->wake, &speaker->lock, &until) == ETIMEDOUT)
            break;
    }
    bool go_on = !speaker->quit;
    pthread_mutex_unlock(&speaker->lock);
    return go_on;
}

static void *run(void *context)
{
    struct speaker *speaker = context;
    bool go_on = true;
    while (go_on) {
        enum work next = work(speaker);
        go_on = next == WORK_MORE || wait_for_work(speaker, next);
    }
    return NULL;
}

/* --- the main thread ------------------------------------------------------------------------- */

static void free_speaker(struct speaker *speaker)
{
    if (speaker->idle_fd >= 0)
        close(speaker->idle_fd);
    pthread_cond_destroy(&speaker->wake);
    pthread_mutex_destroy(&speaker->lock);
    sentence_queue_free(&speaker->queue);
    sentence_maker_free(speaker->maker);
    word_marks_free(speaker->words);
    playout_free(speaker->playout);
    free(speaker);
}

static struct sentence_maker *new_maker(const struct speaker_config *config,
                                        struct playout *playout, struct word_marks *marks)
{
    const struct sentence_maker_config maker = {
        .driver = config->driver,
        .synth = &config->synth,
        .reading = config->reading,
        .playout = playout,
        .marks = marks,
    };
    return sentence_maker_new(&maker);
}

static struct speaker *new_speaker(const struct speaker_config *config)
{
    struct speaker *speaker = xcalloc(1, sizeof *speaker);
    pthread_condattr_t attributes;
    speaker->reading = config->reading;
    speaker->simulated = config->simulated;
    speaker->output_rate = config->output_rate;
    speaker->params = (struct synth_params){
        .rate = SENTENCE_MAKER_RATE, .pitch = VOICE_PITCH_NORMAL, .volume = VOICE_VOLUME_NORMAL};
    speaker->gap_ms = GAP_MS;
    speaker->marks = READING_MARKS_SOME;
    speaker->playout = playout_new();
    speaker->generation = playout_generation(speaker->playout);
    speaker->words = word_marks_new();
    speaker->maker = new_maker(config, speaker->playout, speaker->words);
    speaker->idle_fd = -1;
    pthread_mutex_init(&speaker->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&speaker->wake, &attributes);
    pthread_condattr_destroy(&attributes);
    return speaker;
}

int speaker_open(const struct speaker_config *config, struct speaker **ret_speaker)
{
    struct speaker *speaker = new_speaker(config);
    int error = 0;
    speaker->idle_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (speaker->idle_fd < 0)
        error = errno;
    else if (!speaker->simulated)
        error = pthread_create(&speaker->thread, NULL, run, speaker);
    if (error) {
        free_speaker(speaker);
        errno = error;
        return -1;
    }
    *ret_speaker = speaker;
    return 0;
}

static void lock(struct speaker *speaker)
{
    pthread_mutex_lock(&speaker->lock);
}

/* Lets the worker look at what was changed under the lock. */
static void unlock(struct speaker *speaker)
{
    speaker->changed = true;
    pthread_cond_signal(&speaker->wake);
    pthread_mutex_unlock(&speaker->lock);
}

/* Under the lock. What the callback has not played to its end will be made again. */
static void cut(struct speaker *speaker)
{
    speaker->generation = playout_cut(speaker->playout);
    speaker->next_number = 0;
}

/* Under the lock. */
static void empty(struct speaker *speaker)
{
    cut(speaker);
    sentence_queue_clear(&speaker->queue);
    speaker->paused = false;
    speaker->idle_owed = false;
}

void speaker_close(struct speaker *speaker)
{
    if (!speaker)
        return;
    lock(speaker);
    speaker->quit = true;
    empty(speaker);
    unlock(speaker);
    if (!speaker->simulated)
        pthread_join(speaker->thread, NULL);
    free_speaker(speaker);
}

static void enqueue(struct speaker *speaker, const struct utterance *utterance, char **sentences,
                    size_t count)
{
    for (size_t i = 0; i < count; i++)
        sentence_queue_add(&speaker->queue, utterance, i, sentences[i]);
    if (utterance->kind == UTTERANCE_EARCON)
        sentence_queue_add(&speaker->queue, utterance, 0, xstrdup(utterance->text));
}

uint64_t speaker_say(struct speaker *speaker, const struct utterance *utterance)
{
    char **sentences = NULL;
    if (utterance->rule == UTTERANCE_REPLACE)
        speaker_interrupt(speaker); /* before the text is read, which takes a moment */
    size_t count =
        utterance_sentences_marks(speaker->reading, speaker->marks, utterance, &sentences);
    lock(speaker);
    enqueue(speaker, utterance, sentences, count);
    speaker->idle_owed = true;
    uint64_t ticket = ++speaker->last_ticket;
    unlock(speaker);
    free(sentences);
    return ticket;
}

void speaker_interrupt(struct speaker *speaker)
{
    lock(speaker);
    empty(speaker);
    unlock(speaker);
}

void speaker_pause(struct speaker *speaker)
{
    lock(speaker);
    if (!speaker->paused)
        cut(speaker);
    speaker->paused = true;
    unlock(speaker);
}

void speaker_resume(struct speaker *speaker)
{
    lock(speaker);
    speaker->paused = false;
    unlock(speaker);
}

bool speaker_is_paused(const struct speaker *speaker)
{
    return speaker->paused; /* only the main thread writes it */
}

void speaker_set_params(struct speaker *speaker, const struct synth_params *params)
{
    lock(speaker);
    speaker->params = *params;
    unlock(speaker);
}

void speaker_set_gap(struct speaker *speaker, int ms)
{
    lock(speaker);
    speaker->gap_ms = ms < 0 ? 0 : ms > GAP_MAX_MS ? GAP_MAX_MS : ms;
    unlock(speaker);
}

void speaker_set_turn(struct speaker *speaker, int ms)
{
    lock(speaker);
    speaker->turn_ms = ms < 0 ? 0 : ms;
    unlock(speaker);
}

void speaker_set_marks(struct speaker *speaker, enum reading_marks marks)
{
    speaker->marks = marks; /* only the main thread uses it */
}

void speaker_set_output_rate(struct speaker *speaker, int rate)
{
    lock(speaker);
    cut(speaker);
    speaker->output_rate = rate;
    unlock(speaker);
}

bool speaker_is_busy(const struct speaker *speaker)
{
    struct speaker *locked = (struct speaker *)speaker;
    lock(locked);
    bool busy = speaker->output_rate && sentence_maker_works(speaker->maker) &&
                sentence_queue_has_left(&speaker->queue, speaker->playout);
    pthread_mutex_unlock(&locked->lock);
    return busy;
}

void speaker_set_level(struct speaker *speaker, int percent)
{
    playout_set_level(speaker->playout, percent);
}

uint64_t speaker_place(const struct speaker *speaker)
{
    return speaker_is_busy(speaker) ? playout_place(speaker->playout) + 1 : 0;
}

/* Under the lock: the sentence that the callback is at, or will be; NULL if there is none. */
static const struct sentence *present_sentence(const struct speaker *speaker)
{
    for (size_t i = 0; i < speaker->queue.count; i++)
        if (speaker->queue.items[i].kind != UTTERANCE_EARCON &&
            !playout_has_ended(speaker->playout, speaker->queue.items[i].number))
            return &speaker->queue.items[i];
    return NULL;
}

bool speaker_point(const struct speaker *speaker, struct speech_point *ret_point)
{
    struct speaker *locked = (struct speaker *)speaker;
    uint64_t number = 0;
    lock(locked);
    const struct sentence *sentence = present_sentence(speaker);
    if (sentence) {
        number = sentence->number;
        *ret_point = (struct speech_point){sentence->utterance, sentence->position, SPEECH_NO_WORD};
    }
    pthread_mutex_unlock(&locked->lock);
    /* It may end to be played just now: then there is no word of it any more. */
    size_t samples;
    if (number && playout_played(speaker->playout, number, &samples))
        (void)word_marks_find(speaker->words, number, samples, &ret_point->character);
    return number;
}

int speaker_idle_fd(const struct speaker *speaker)
{
    return speaker->idle_fd;
}

void speaker_clear_idle(struct speaker *speaker)
{
    uint64_t count;
    ssize_t ignored = read(speaker->idle_fd, &count, sizeof count);
    (void)ignored;
}

bool speaker_works(const struct speaker *speaker)
{
    return sentence_maker_works(speaker->maker);
}

void speaker_hold(struct speaker *speaker, bool hold)
{
    playout_hold(speaker->playout, hold);
}

bool speaker_render(struct speaker *speaker, int16_t *samples, size_t count)
{
    return playout_render(speaker->playout, samples, count);
}
