/*
 * The main thread puts sentences into `queue`; the worker (the speaker's thread, or the caller of
 * speaker_work()) makes them into samples and samples into blocks of the playout, which the audio
 * callback empties. A sentence stays in the queue until the callback has played its end, so that
 * pausing is only a matter of going back to the first one left.
 */
#include "speech/speaker.h"

#include "base/mem.h"
#include "base/voice_range.h"
#include "dsp/earcon.h"
#include "dsp/playout.h"
#include "dsp/resample.h"
#include "reading/reading.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

/* Between two sentences at NORMAL_RATE words per minute; shorter when speech is faster. */
#define GAP_MS      250
#define GAP_MAX_MS  4000
#define NORMAL_RATE 175

/* Sentences in a row that the engine may fail at before it counts as broken. */
#define FAILURES_MAX 3

/* How long the worker naps while the callback plays, at least and at most. */
#define NAP_MIN_MS 2
#define NAP_MAX_MS 250

struct sentence {
    uint64_t number; /* from 1 up over the speaker's life */
    enum utterance_kind kind;
    bool slowly;
    int rate; /* of the utterance, or 0 */
    char *text;
};

struct queue {
    struct sentence *items;
    size_t count;
    size_t capacity;
};

/* Samples of a sentence that are made but not yet in the playout. */
struct pending {
    size_t gap; /* samples of silence for a turn, before the others */
    struct samples samples;
    size_t start;
    uint64_t sentence; /* 0: none */
    uint32_t generation;
    bool complete; /* the engine has made all of it */
};

struct speaker {
    const struct synth_driver *driver;
    char *pack;
    char *language;
    const struct reading_rules *reading;
    bool simulated;
    pthread_t thread;
    struct playout *playout;
    int idle_fd;
    atomic_bool broken;

    pthread_mutex_t lock; /* for all up to the next comment; never held in the engine */
    pthread_cond_t wake;
    bool changed; /* something for the worker to look at */
    bool quit;
    bool paused;
    bool idle_owed;
    int output_rate;
    struct synth_params params;
    int gap_ms; /* at NORMAL_RATE */
    int turn_ms;
    enum reading_marks marks;
    struct queue queue;
    uint64_t last_number; /* of the newest sentence */
    uint64_t next_number; /* of the next one to synthesise, or less */
    uint64_t last_ticket;
    uint32_t generation; /* the playout's */

    /* Worker only: */
    struct synth *synth;
    bool opened;
    int failures;
    bool gap_owed;
    struct resample *resample;
    int resample_from;
    int resample_to;
    struct pending pending;
};

/* What the worker takes out of the lock to make one sentence. */
struct job {
    struct speaker *speaker;
    uint64_t number;
    enum utterance_kind kind;
    char *text;
    struct synth_params params;
    int gap_ms, turn_ms;
    int output_rate;
    uint32_t generation;
};

enum work {
    WORK_MORE,    /* call again at once */
    WORK_FULL,    /* the playout has no room */
    WORK_PLAYING, /* all is made, not all is played */
    WORK_REST     /* nothing to do until something is said */
};

/* --- the queue: under the lock --------------------------------------------------------------- */

static void queue_add(struct queue *queue, uint64_t number, const struct utterance *utterance,
                      char *text)
{
    queue->items = mem_grow(queue->items, &queue->capacity, queue->count + 1, sizeof *queue->items);
    queue->items[queue->count++] = (struct sentence){
        .number = number,
        .kind = utterance->kind,
        .slowly = utterance->slowly,
        .rate = utterance->rate,
        .text = text,
    };
}

static void queue_clear(struct queue *queue)
{
    for (size_t i = 0; i < queue->count; i++)
        free(queue->items[i].text);
    queue->count = 0;
}

static void queue_drop_played(struct queue *queue, const struct playout *playout)
{
    size_t played = 0;
    while (played < queue->count && playout_has_ended(playout, queue->items[played].number))
        free(queue->items[played++].text);
    if (!played)
        return;
    queue->count -= played;
    memmove(queue->items, queue->items + played, queue->count * sizeof *queue->items);
}

static const struct sentence *queue_find(const struct queue *queue, uint64_t from)
{
    for (size_t i = 0; i < queue->count; i++)
        if (queue->items[i].number >= from)
            return &queue->items[i];
    return NULL;
}

/* --- the worker: from a sentence to blocks --------------------------------------------------- */

/* True when nothing of it is left. */
static bool flush_pending(struct speaker *speaker)
{
    struct pending *pending = &speaker->pending;
    pending->gap -=
        playout_write_gap(speaker->playout, pending->generation, pending->sentence, pending->gap);
    if (pending->gap > 0)
        return false;
    size_t left = pending->samples.count - pending->start;
    size_t taken = playout_write(speaker->playout, pending->generation, pending->sentence,
                                 pending->samples.items + pending->start, left);
    pending->start += taken;
    if (taken < left)
        return false;
    pending->samples.count = 0;
    pending->start = 0;
    if (!pending->complete)
        return true;
    if (!playout_end(speaker->playout, pending->generation, pending->sentence))
        return false;
    pending->sentence = 0;
    return true;
}

static void drop_pending(struct pending *pending)
{
    pending->gap = 0;
    pending->samples.count = 0;
    pending->start = 0;
    pending->sentence = 0;
}

static bool is_current(const struct job *job)
{
    return playout_generation(job->speaker->playout) == job->generation;
}

/* The engine's sink. It never waits: what the playout has no room for stays pending. */
static bool take_samples(void *context, const int16_t *samples, size_t count)
{
    const struct job *job = context;
    if (!is_current(job))
        return false;
    resample_add(job->speaker->resample, samples, count, &job->speaker->pending.samples);
    flush_pending(job->speaker);
    return true;
}

static void prepare_resample(struct speaker *speaker, int from, int to)
{
    if (speaker->resample && speaker->resample_from == from && speaker->resample_to == to) {
        resample_reset(speaker->resample);
        return;
    }
    resample_free(speaker->resample);
    speaker->resample = resample_new(from, to);
    speaker->resample_from = from;
    speaker->resample_to = to;
}

static void add_gap(struct speaker *speaker, const struct job *job)
{
    int rate = job->params.rate > 0 ? job->params.rate : NORMAL_RATE;
    long ms = (long)job->gap_ms * NORMAL_RATE / rate, most = 2L * job->gap_ms;
    ms = ms < most ? ms : most;
    const long all = ms > job->turn_ms ? ms : job->turn_ms;
    const size_t count = (size_t)all * (size_t)job->output_rate / 1000;
    if (job->turn_ms)
        speaker->pending.gap = count;
    else
        samples_add_silence(&speaker->pending.samples, count);
}

static void speak(struct speaker *speaker, struct job *job)
{
    prepare_resample(speaker, speaker->driver->rate(speaker->synth), job->output_rate);
    if (speaker->gap_owed)
        add_gap(speaker, job);
    char *text = reading_pronounce(speaker->reading, job->text);
    int result = speaker->driver->say(speaker->synth, text, &job->params, take_samples, job);
    free(text);
    speaker->failures = result ? speaker->failures + 1 : 0;
    if (speaker->failures >= FAILURES_MAX)
        atomic_store(&speaker->broken, true);
    resample_end(speaker->resample, &speaker->pending.samples);
    speaker->gap_owed = true;
}

static void sound(struct speaker *speaker, const struct job *job)
{
    int16_t *samples = NULL;
    size_t count = earcon_make(job->text, job->output_rate, job->params.volume, &samples);
    samples_add(&speaker->pending.samples, samples, count);
    free(samples);
    speaker->gap_owed = false;
}

static void make(struct speaker *speaker, struct job *job)
{
    struct pending *pending = &speaker->pending;
    drop_pending(pending);
    pending->sentence = job->number;
    pending->generation = job->generation;
    pending->complete = false;
    if (job->kind == UTTERANCE_EARCON)
        sound(speaker, job);
    else
        speak(speaker, job);
    pending->complete = true;
    flush_pending(speaker);
}

static void open_engine(struct speaker *speaker)
{
    speaker->opened = true;
    if (speaker->driver->open(speaker->pack, speaker->language, &speaker->synth))
        atomic_store(&speaker->broken, true);
}

/* --- the worker: what to do next ------------------------------------------------------------- */

static void tell_idle(struct speaker *speaker)
{
    uint64_t one = 1;
    if (speaker->idle_owed && write(speaker->idle_fd, &one, sizeof one) == sizeof one)
        speaker->idle_owed = false;
}

/* Under the lock: true, with the next job, if there is one. */
static bool find_job(struct speaker *speaker, struct job *ret_job)
{
    if (speaker->paused || speaker->output_rate <= 0)
        return false;
    const struct sentence *next = queue_find(&speaker->queue, speaker->next_number);
    if (!next)
        return false;
    *ret_job = (struct job){
        .speaker = speaker,
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
    speaker->gap_owed = false;
    tell_idle(speaker);
    return WORK_REST;
}

/* Under the lock: WORK_MORE with a job in `ret_job`, or what to wait for. */
static enum work look(struct speaker *speaker, struct job *ret_job)
{
    struct pending *pending = &speaker->pending;
    speaker->changed = false;
    if (atomic_load(&speaker->broken))
        queue_clear(&speaker->queue);
    queue_drop_played(&speaker->queue, speaker->playout);
    if (pending->sentence && pending->generation != speaker->generation) {
        drop_pending(pending);
        speaker->gap_owed = false;
    }
    if (pending->sentence && !flush_pending(speaker))
        return WORK_FULL;
    return find_job(speaker, ret_job) ? WORK_MORE : rest(speaker);
}

static enum work work(struct speaker *speaker)
{
    struct job job;
    if (!speaker->opened)
        open_engine(speaker);
    pthread_mutex_lock(&speaker->lock);
    enum work next = look(speaker, &job);
    pthread_mutex_unlock(&speaker->lock);
    if (next != WORK_MORE)
        return next;
    make(speaker, &job);
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
    if (speaker->synth)
        speaker->driver->close(speaker->synth);
    if (speaker->idle_fd >= 0)
        close(speaker->idle_fd);
    pthread_cond_destroy(&speaker->wake);
    pthread_mutex_destroy(&speaker->lock);
    queue_clear(&speaker->queue);
    free(speaker->queue.items);
    samples_free(&speaker->pending.samples);
    resample_free(speaker->resample);
    playout_free(speaker->playout);
    free(speaker->pack);
    free(speaker->language);
    free(speaker);
}

static struct speaker *new_speaker(const struct speaker_config *config)
{
    struct speaker *speaker = xcalloc(1, sizeof *speaker);
    pthread_condattr_t attributes;
    speaker->driver = config->driver;
    speaker->pack = config->pack ? xstrdup(config->pack) : NULL;
    speaker->language = config->language ? xstrdup(config->language) : NULL;
    speaker->reading = config->reading;
    speaker->simulated = config->simulated;
    speaker->output_rate = config->output_rate;
    speaker->params = (struct synth_params){
        .rate = NORMAL_RATE, .pitch = VOICE_PITCH_NORMAL, .volume = VOICE_VOLUME_NORMAL};
    speaker->gap_ms = GAP_MS;
    speaker->marks = READING_MARKS_SOME;
    speaker->playout = playout_new();
    speaker->generation = playout_generation(speaker->playout);
    speaker->idle_fd = -1;
    atomic_init(&speaker->broken, false);
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
    queue_clear(&speaker->queue);
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
        queue_add(&speaker->queue, ++speaker->last_number, utterance, sentences[i]);
    if (utterance->kind == UTTERANCE_EARCON)
        queue_add(&speaker->queue, ++speaker->last_number, utterance, xstrdup(utterance->text));
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
    const struct queue *queue = &speaker->queue;
    bool busy = queue->count && speaker->output_rate && !atomic_load(&speaker->broken) &&
                !playout_has_ended(speaker->playout, queue->items[queue->count - 1].number);
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
    return !atomic_load(&speaker->broken);
}

void speaker_hold(struct speaker *speaker, bool hold)
{
    playout_hold(speaker->playout, hold);
}

bool speaker_render(struct speaker *speaker, int16_t *samples, size_t count)
{
    return playout_render(speaker->playout, samples, count);
}
