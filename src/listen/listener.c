#include "listen/listener.h"

#include "base/mem.h"
#include "dsp/ring.h"
#include "listen/front_end.h"
#include "listen/talk_gate.h"
#include "model/calibration.h"
#include "model/command.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

/* The recogniser loads or decodes while the microphone goes on: this much is kept for it. */
#define RING_SECONDS 8
#define MARKS        1024
/* A mark at least this often, per second: they keep what is played and what is heard together. */
#define MARKS_PER_SECOND 5

/* The callback must not wake anybody, so the thread looks for samples by itself: often while
 * somebody speaks, who is waited for; less often in silence, where waking is all it does. */
#define LOOK_MS      20
#define LOOK_IDLE_MS 60

/* Samples handed on at once, per second of audio: 50 ms. */
#define CHUNKS_PER_SECOND 20

/* The beginning of speech may be found to be this much elsewhere when more is known of the noise,
 * seconds. */
#define SAME_S 0.15

/* The reference of the echo: what was played, by us or by all in the room. */
struct reference {
    struct ring *ring;   /* int16_t */
    atomic_ullong count; /* samples put into it */
    uint64_t read;       /* of the working thread: samples taken from it */
};
enum { OWN, MONITOR, REFERENCES };

/* From this sample on the assistant speaks, or no longer does; so much was played until then. */
struct mark {
    uint64_t position;
    uint64_t played;
    int reference;
    bool speaking;
};

struct event {
    struct heard heard;
    struct event *next;
};

/* What was decoded ahead, at a pause. */
struct guess {
    bool there;
    double start_s, end_s; /* of the speech */
    size_t count;          /* samples */
    struct recog_result result;
    double ready_ms; /* from the end of the speech until it was decoded */
};

struct listener {
    struct listener_config config;
    struct recog *recog;          /* of the working thread */
    struct front_end *hearing;    /* the same */
    struct vocabulary vocabulary; /* the same: what the recogniser knows */
    struct guess guess;           /* the same */
    bool obeyed;                  /* the same: the guess was told */
    struct talk_gate talk;        /* the same: what was said before */
    uint64_t read;                /* the same: samples taken from the ring */
    bool speaking;                /* the same */
    int reference;                /* the same: what the echo is taken out with */
    int16_t *chunk;               /* the same */
    size_t chunk_size;

    struct ring *captured; /* int16_t, from the callback */
    struct reference references[REFERENCES];
    struct ring *marks;           /* struct mark, from the callback */
    uint64_t written;             /* of the callback: samples put into the ring */
    bool marked;                  /* of the callback: the last mark's state */
    uint64_t next_mark;           /* of the callback: when another one is due */
    atomic_int reference_now;     /* OWN or MONITOR */
    atomic_bool playing;          /* what is being played now is speech */
    atomic_int mode;              /* enum listener_mode */
    atomic_int delay_ms, tail_ms; /* of the devices; see front_end_set_room() */
    atomic_int hangover_ms;
    atomic_bool learning; /* sayings are wanted, with their samples */
    atomic_bool hearing_now;

    pthread_t thread;
    bool started;
    int fd;

    pthread_mutex_t mutex; /* of all below */
    pthread_cond_t wake;   /* for the thread: something changed */
    pthread_cond_t idle;   /* for the others: the thread finished */
    struct vocabulary wanted;
    bool has_wanted;
    struct calibration pack; /* of who speaks, to be told to the recogniser */
    bool has_voice;
    bool closing;
    bool finishing;
    bool finished;
    bool rates_wanted; /* input_rate and output_rate are for the thread to take */
    int input_rate, output_rate;
    struct event *first, *last;
};

/* --- events ----------------------------------------------------------------------------------- */

/* Takes over what `heard` holds. */
static void push(struct listener *listener, const struct heard *heard)
{
    struct event *event = xcalloc(1, sizeof *event);
    event->heard = *heard;
    pthread_mutex_lock(&listener->mutex);
    if (listener->last)
        listener->last->next = event;
    else
        listener->first = event;
    listener->last = event;
    pthread_mutex_unlock(&listener->mutex);
    eventfd_write(listener->fd, 1);
}

bool listener_next(struct listener *listener, struct heard *ret_heard)
{
    eventfd_t count;
    pthread_mutex_lock(&listener->mutex);
    struct event *event = listener->first;
    if (event)
        listener->first = event->next;
    if (!listener->first) {
        listener->last = NULL;
        (void)eventfd_read(listener->fd, &count);
    }
    pthread_mutex_unlock(&listener->mutex);
    if (!event)
        return false;
    *ret_heard = event->heard;
    free(event);
    return true;
}

int listener_fd(const struct listener *listener)
{
    return listener->fd;
}

/* --- the work --------------------------------------------------------------------------------- */

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void describe(const struct listener *listener, const struct recog_result *result,
                     struct heard *heard)
{
    heard->command = COMMAND_NONE;
    heard->verdict = VERDICT_NOTHING;
    if (result->phrase < 0)
        return;
    const struct phrase *phrase = &listener->vocabulary.items[result->phrase];
    heard->phrase = xstrdup(phrase->text);
    heard->command = phrase->command;
    heard->argument = phrase->argument;
    heard->costly = phrase->costly;
    heard->confidence = result->confidence;
    heard->situation.echo = atomic_load(&listener->mode) == LISTENER_ECHO;
    if (!atomic_load(&listener->learning))
        heard->situation.talk = talk_gate_run(&listener->talk, heard->start_s);
    heard->verdict = heard_verdict(heard, CONTEXT_SESSION, false);
}

static struct guess decode(struct listener *listener, const struct front_end_event *event)
{
    struct guess guess = {
        .there = true,
        .start_s = event->start_s,
        .end_s = event->end_s,
        .count = event->count,
        .result = {.phrase = -1},
    };
    const double began = now_ms();
    if (listener->vocabulary.count > 0)
        (void)listener->config.driver->decode(listener->recog, event->samples, event->count,
                                              &guess.result);
    guess.ready_ms = event->lag_s * 1e3 + now_ms() - began;
    return guess;
}

static bool is_the_same(const struct guess *guess, const struct front_end_event *event)
{
    return guess->there && guess->count == event->count && guess->start_s == event->start_s &&
           guess->end_s == event->end_s;
}

static void keep_samples(const struct front_end_event *event, struct heard *heard)
{
    heard->samples = xmalloc((event->count + 1) * sizeof *heard->samples);
    memcpy(heard->samples, event->samples, event->count * sizeof *heard->samples);
    heard->sample_count = event->count;
}

static void on_utterance(struct listener *listener, const struct front_end_event *event,
                         struct heard *heard)
{
    if (atomic_load(&listener->learning))
        keep_samples(event, heard);
    if (!is_the_same(&listener->guess, event))
        listener->guess = decode(listener, event);
    /* What was decoded ahead was still not known to be the end before now. */
    heard->decision_ms = fmax(listener->guess.ready_ms, event->lag_s * 1e3);
    describe(listener, &listener->guess.result, heard);
    if (!heard->situation.during_speech)
        talk_gate_heard(&listener->talk, heard->start_s, heard->end_s,
                        heard->verdict != VERDICT_NOTHING);
    listener->guess.there = false;
}

/* True if a longer phrase may still come of it, as "plus vite" of "plus". */
static bool may_go_on(const struct vocabulary *vocabulary, const struct phrase *phrase)
{
    const size_t length = strlen(phrase->text);
    for (size_t i = 0; i < vocabulary->count; i++) {
        const char *text = vocabulary->items[i].text;
        if (!strncmp(text, phrase->text, length) && text[length] == ' ')
            return true;
    }
    return false;
}

/* True if it need not wait until the silence is long enough. */
static bool acts_now(const struct listener *listener, const struct heard *heard,
                     const struct recog_result *result)
{
    return heard->verdict == VERDICT_OBEY && !atomic_load(&listener->learning) &&
           !may_go_on(&listener->vocabulary, &listener->vocabulary.items[result->phrase]);
}

/* What was obeyed at its pause, and perhaps a little more. */
static bool is_obeyed(const struct listener *listener, const struct front_end_event *event)
{
    return listener->obeyed && fabs(listener->guess.start_s - event->start_s) < SAME_S;
}

/* True if `heard` is to be told already. */
static bool on_pause(struct listener *listener, const struct front_end_event *event,
                     struct heard *heard)
{
    if (is_obeyed(listener, event))
        return false;
    listener->guess = decode(listener, event);
    listener->obeyed = false;
    heard->kind = HEARD_PHRASE;
    heard->situation.at_pause = true;
    heard->situation.silence_s = event->lag_s;
    describe(listener, &listener->guess.result, heard);
    heard->decision_ms = listener->guess.ready_ms;
    listener->obeyed = acts_now(listener, heard, &listener->guess.result);
    if (listener->obeyed)
        talk_gate_heard(&listener->talk, heard->start_s, heard->end_s, true);
    else
        heard_free(heard);
    return listener->obeyed;
}

static enum heard_kind kind_of(enum front_end_kind kind)
{
    return kind == FRONT_END_ONSET       ? HEARD_ONSET
           : kind == FRONT_END_UTTERANCE ? HEARD_PHRASE
                                         : HEARD_NOTHING;
}

static void on_hearing(void *context, const struct front_end_event *event)
{
    struct listener *listener = context;
    struct heard heard = {
        .kind = kind_of(event->kind),
        .command = COMMAND_NONE,
        .start_s = event->start_s,
        .end_s = event->end_s,
        .situation = {.during_speech = event->during_speech, .over_others = event->over_others},
    };
    if (event->kind == FRONT_END_PAUSE) {
        if (on_pause(listener, event, &heard))
            push(listener, &heard);
        return;
    }
    if (event->kind == FRONT_END_UTTERANCE && is_obeyed(listener, event))
        heard.kind = HEARD_NOTHING;
    else if (event->kind == FRONT_END_UTTERANCE)
        on_utterance(listener, event, &heard);
    if (event->kind != FRONT_END_NOTHING)
        listener->obeyed = false;
    atomic_store(&listener->hearing_now, event->kind == FRONT_END_ONSET);
    push(listener, &heard);
}

/* True if somebody else speaks from now on. */
static bool take_voice(struct listener *listener)
{
    const struct recog_driver *driver = listener->config.driver;
    struct calibration pack = {0};
    pthread_mutex_lock(&listener->mutex);
    const bool changed = listener->has_voice;
    if (changed) {
        pack = listener->pack;
        listener->pack = (struct calibration){0};
        listener->has_voice = false;
    }
    pthread_mutex_unlock(&listener->mutex);
    if (changed && driver->set_calibration)
        driver->set_calibration(listener->recog, &pack);
    calibration_free(&pack);
    return changed;
}

static void take_vocabulary(struct listener *listener)
{
    const bool another = take_voice(listener);
    pthread_mutex_lock(&listener->mutex);
    const bool wanted = listener->has_wanted, changed = wanted || another;
    if (wanted) {
        vocabulary_free(&listener->vocabulary);
        listener->vocabulary = listener->wanted;
        listener->wanted = (struct vocabulary){0};
        listener->has_wanted = false;
    }
    pthread_mutex_unlock(&listener->mutex);
    if (changed)
        listener->guess.there = false;
    if (changed && listener->vocabulary.count > 0 &&
        listener->config.driver->set_vocabulary(listener->recog, &listener->vocabulary))
        vocabulary_free(&listener->vocabulary);
}

/* How many samples may be taken before the next mark, and what it says, if it is due. */
static size_t until_mark(struct listener *listener)
{
    const struct mark *mark;
    while ((mark = ring_peek(listener->marks)) && mark->position <= listener->read) {
        const uint64_t given = listener->references[listener->reference].read;
        listener->speaking = mark->speaking;
        if (mark->reference == listener->reference)
            front_end_align(listener->hearing, given > mark->played ? given - mark->played : 0);
        ring_skip(listener->marks, 1);
    }
    return mark && mark->position - listener->read < listener->chunk_size
               ? (size_t)(mark->position - listener->read)
               : listener->chunk_size;
}

static size_t read_reference(struct listener *listener, int which)
{
    struct reference *reference = &listener->references[which];
    const size_t count = ring_read(reference->ring, listener->chunk, listener->chunk_size);
    reference->read += count;
    return count;
}

static void take_reference(struct listener *listener)
{
    const int now = atomic_load(&listener->reference_now);
    if (now == listener->reference)
        return;
    listener->reference = now;
    for (int i = 0; i < REFERENCES; i++)
        while (read_reference(listener, i) > 0)
            continue;
    front_end_set_output_rate(listener->hearing,
                              now == MONITOR ? LISTENING_RATE : listener->config.output_rate);
}

static void hear_played(struct listener *listener)
{
    size_t count;
    take_reference(listener);
    while ((count = read_reference(listener, listener->reference)) > 0)
        front_end_played(listener->hearing, listener->chunk, count);
}

static void hear_all(struct listener *listener)
{
    size_t count;
    for (;;) {
        take_vocabulary(listener);
        front_end_set_hangover(listener->hearing, atomic_load(&listener->hangover_ms));
        front_end_set_room(listener->hearing, atomic_load(&listener->delay_ms),
                           atomic_load(&listener->tail_ms));
        front_end_set_mode(listener->hearing, (enum listener_mode)atomic_load(&listener->mode));
        hear_played(listener);
        count = ring_read(listener->captured, listener->chunk, until_mark(listener));
        if (count == 0)
            return;
        listener->read += count;
        front_end_feed(listener->hearing, listener->chunk, count, listener->speaking);
    }
}

static int load(struct listener *listener)
{
    struct heard heard = {.kind = HEARD_READY, .command = COMMAND_NONE};
    int result =
        listener->config.driver->open(listener->config.pack, &listener->recog, &heard.error);
    if (result)
        heard.kind = HEARD_FAILED;
    else
        take_vocabulary(listener);
    push(listener, &heard);
    return result;
}

void listener_work(struct listener *listener)
{
    if (listener->recog)
        hear_all(listener);
}

static struct front_end *make_hearing(struct listener *listener)
{
    const struct front_end_config config = {
        .input_rate = listener->config.input_rate,
        .output_rate = listener->config.output_rate,
        .mode = listener->config.mode,
        .endpoint = listener->config.endpoint,
        .sink = on_hearing,
        .context = listener,
    };
    return front_end_new(&config);
}

/* The two rings and the chunk, for as much time as they are made for. */
static void make_rings(struct listener *listener)
{
    const int input = listener->config.input_rate, output = listener->config.output_rate;
    const int most = input > output ? input : output;
    const size_t rate = most > 0 ? (size_t)most : LISTENING_RATE;
    listener->captured = ring_new(sizeof(int16_t), rate * RING_SECONDS);
    for (int i = 0; i < REFERENCES; i++)
        listener->references[i].ring =
            ring_new(sizeof(int16_t), (i == MONITOR ? LISTENING_RATE : rate) * RING_SECONDS);
    listener->marks = ring_new(sizeof(struct mark), MARKS);
    listener->chunk_size = rate / CHUNKS_PER_SECOND;
    listener->chunk = xcalloc(listener->chunk_size, sizeof *listener->chunk);
}

static void free_rings(struct listener *listener)
{
    ring_free(listener->captured);
    for (int i = 0; i < REFERENCES; i++)
        ring_free(listener->references[i].ring);
    ring_free(listener->marks);
    free(listener->chunk);
}

/* As if opened now: of what was heard before nothing is left. */
static void begin_anew(struct listener *listener)
{
    listener->talk = (struct talk_gate){0};
    front_end_free(listener->hearing);
    listener->hearing = make_hearing(listener);
    free_rings(listener);
    make_rings(listener);
    listener->guess.there = listener->obeyed = false;
    listener->read = listener->written = 0;
    listener->speaking = listener->marked = false;
    listener->next_mark = 0;
    listener->reference = OWN;
    atomic_store(&listener->reference_now, OWN);
    for (int i = 0; i < REFERENCES; i++) {
        listener->references[i].read = 0;
        atomic_store(&listener->references[i].count, 0);
    }
    atomic_store(&listener->playing, false);
    /* Who was told of a beginning waits for what becomes of it. */
    if (atomic_exchange(&listener->hearing_now, false)) {
        const struct heard heard = {.kind = HEARD_NOTHING, .command = COMMAND_NONE};
        push(listener, &heard);
    }
}

/* --- the thread ------------------------------------------------------------------------------- */

/* Until the next look, ms. */
static long look_after(const struct listener *listener)
{
    return atomic_load(&listener->playing) || atomic_load(&listener->hearing_now) ? LOOK_MS
                                                                                  : LOOK_IDLE_MS;
}

static bool wait_a_little(struct listener *listener)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += look_after(listener) * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_nsec -= 1000000000L;
        until.tv_sec++;
    }
    pthread_mutex_lock(&listener->mutex);
    if (!listener->closing && !listener->finishing && !listener->has_wanted &&
        !listener->has_voice && !listener->rates_wanted)
        pthread_cond_timedwait(&listener->wake, &listener->mutex, &until);
    const bool go_on = !listener->closing;
    pthread_mutex_unlock(&listener->mutex);
    return go_on;
}

static bool take_finishing(struct listener *listener)
{
    pthread_mutex_lock(&listener->mutex);
    const bool finishing = listener->finishing;
    listener->finishing = false;
    pthread_mutex_unlock(&listener->mutex);
    return finishing;
}

static void tell_finished(struct listener *listener)
{
    pthread_mutex_lock(&listener->mutex);
    listener->finished = true;
    pthread_cond_broadcast(&listener->idle);
    pthread_mutex_unlock(&listener->mutex);
}

static void take_rates(struct listener *listener)
{
    pthread_mutex_lock(&listener->mutex);
    const bool wanted = listener->rates_wanted;
    listener->config.input_rate = wanted ? listener->input_rate : listener->config.input_rate;
    listener->config.output_rate = wanted ? listener->output_rate : listener->config.output_rate;
    pthread_mutex_unlock(&listener->mutex);
    if (!wanted)
        return;
    begin_anew(listener);
    pthread_mutex_lock(&listener->mutex);
    listener->rates_wanted = false;
    pthread_cond_broadcast(&listener->idle);
    pthread_mutex_unlock(&listener->mutex);
}

static void *run(void *context)
{
    struct listener *listener = context;
    const bool works = load(listener) == 0;
    do {
        take_rates(listener);
        const bool finishing = take_finishing(listener);
        if (works)
            hear_all(listener);
        if (works && finishing)
            front_end_finish(listener->hearing);
        if (finishing)
            tell_finished(listener);
    } while (wait_a_little(listener));
    listener->config.driver->close(listener->recog);
    listener->recog = NULL;
    return NULL;
}

void listener_finish(struct listener *listener)
{
    if (!listener->started) {
        listener_work(listener);
        if (listener->recog)
            front_end_finish(listener->hearing);
        return;
    }
    pthread_mutex_lock(&listener->mutex);
    listener->finishing = true;
    listener->finished = false;
    pthread_cond_signal(&listener->wake);
    while (!listener->finished)
        pthread_cond_wait(&listener->idle, &listener->mutex);
    pthread_mutex_unlock(&listener->mutex);
}

/* --- from the main thread --------------------------------------------------------------------- */

void listener_set_vocabulary(struct listener *listener, const struct vocabulary *vocabulary)
{
    struct vocabulary copy;
    vocabulary_copy(&copy, vocabulary);
    pthread_mutex_lock(&listener->mutex);
    vocabulary_free(&listener->wanted);
    listener->wanted = copy;
    listener->has_wanted = true;
    pthread_cond_signal(&listener->wake);
    pthread_mutex_unlock(&listener->mutex);
}

void listener_set_calibration(struct listener *listener, const struct calibration *calibration)
{
    struct calibration copy;
    calibration_copy(&copy, calibration, false, -1);
    pthread_mutex_lock(&listener->mutex);
    calibration_free(&listener->pack);
    listener->pack = copy;
    listener->has_voice = true;
    pthread_cond_signal(&listener->wake);
    pthread_mutex_unlock(&listener->mutex);
}

void listener_set_mode(struct listener *listener, enum listener_mode mode)
{
    atomic_store(&listener->mode, (int)mode);
}

void listener_set_learning(struct listener *listener, bool learning)
{
    atomic_store(&listener->learning, learning);
}

void listener_set_hangover(struct listener *listener, int ms)
{
    atomic_store(&listener->hangover_ms, ms);
}

void listener_set_room(struct listener *listener, int delay_ms, int tail_ms)
{
    atomic_store(&listener->delay_ms, delay_ms);
    atomic_store(&listener->tail_ms, tail_ms);
}

static void init_sync(struct listener *listener)
{
    pthread_condattr_t attributes;
    pthread_mutex_init(&listener->mutex, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&listener->wake, &attributes);
    pthread_cond_init(&listener->idle, &attributes);
    pthread_condattr_destroy(&attributes);
}

static int start(struct listener *listener)
{
    if (listener->config.simulated) {
        /* Why it failed is in the event; there is nothing to listen with. */
        (void)load(listener);
        return 0;
    }
    if (pthread_create(&listener->thread, NULL, run, listener))
        return -1;
    listener->started = true;
    return 0;
}

int listener_open(const struct listener_config *config, struct listener **ret_listener)
{
    struct listener *listener = xcalloc(1, sizeof *listener);
    listener->config = *config;
    init_sync(listener);
    atomic_init(&listener->mode, (int)config->mode);
    atomic_init(&listener->learning, config->keep_samples);
    atomic_init(&listener->hangover_ms, config->endpoint.hangover_ms);
    atomic_init(&listener->delay_ms, 0);
    atomic_init(&listener->tail_ms, FRONT_END_TAIL_MS);
    listener->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    listener->hearing = make_hearing(listener);
    make_rings(listener);
    if (listener->fd < 0 || start(listener)) {
        listener_close(listener);
        return -1;
    }
    *ret_listener = listener;
    return 0;
}

void listener_restart(struct listener *listener, int input_rate)
{
    listener->config.input_rate = input_rate;
    begin_anew(listener);
}

void listener_set_rates(struct listener *listener, int input_rate, int output_rate)
{
    if (!listener->started) {
        listener->config.output_rate = output_rate;
        listener_restart(listener, input_rate);
        return;
    }
    pthread_mutex_lock(&listener->mutex);
    listener->input_rate = input_rate;
    listener->output_rate = output_rate;
    listener->rates_wanted = true;
    pthread_cond_signal(&listener->wake);
    while (listener->rates_wanted)
        pthread_cond_wait(&listener->idle, &listener->mutex);
    pthread_mutex_unlock(&listener->mutex);
}

bool listener_is_hearing(const struct listener *listener)
{
    return atomic_load(&listener->hearing_now);
}

void listener_close(struct listener *listener)
{
    if (!listener)
        return;
    if (listener->started) {
        pthread_mutex_lock(&listener->mutex);
        listener->closing = true;
        pthread_cond_signal(&listener->wake);
        pthread_mutex_unlock(&listener->mutex);
        pthread_join(listener->thread, NULL);
    }
    listener->config.driver->close(listener->recog);
    for (struct heard heard; listener_next(listener, &heard);)
        heard_free(&heard);
    if (listener->fd >= 0)
        close(listener->fd);
    front_end_free(listener->hearing);
    free_rings(listener);
    vocabulary_free(&listener->vocabulary);
    vocabulary_free(&listener->wanted);
    calibration_free(&listener->pack);
    pthread_cond_destroy(&listener->wake);
    pthread_cond_destroy(&listener->idle);
    pthread_mutex_destroy(&listener->mutex);
    free(listener);
}

/* --- from the audio callback ------------------------------------------------------------------ */

void listener_capture(struct listener *listener, const int16_t *samples, size_t count)
{
    const bool playing = atomic_load_explicit(&listener->playing, memory_order_relaxed);
    const int reference = atomic_load_explicit(&listener->reference_now, memory_order_relaxed);
    if (playing != listener->marked || listener->written >= listener->next_mark) {
        const struct mark mark = {
            .position = listener->written,
            .played =
                atomic_load_explicit(&listener->references[reference].count, memory_order_relaxed),
            .reference = reference,
            .speaking = playing,
        };
        if (ring_write(listener->marks, &mark, 1)) {
            listener->marked = playing;
            listener->next_mark =
                listener->written + listener->chunk_size * CHUNKS_PER_SECOND / MARKS_PER_SECOND;
        }
    }
    listener->written += ring_write(listener->captured, samples, count);
}

static void write_reference(struct listener *listener, int which, const int16_t *samples,
                            size_t count)
{
    struct reference *reference = &listener->references[which];
    if (atomic_load_explicit(&listener->mode, memory_order_relaxed) != LISTENER_ECHO ||
        atomic_load_explicit(&listener->reference_now, memory_order_relaxed) != which)
        return;
    atomic_fetch_add_explicit(&reference->count, ring_write(reference->ring, samples, count),
                              memory_order_relaxed);
}

void listener_played(struct listener *listener, const int16_t *samples, size_t count, bool speaking)
{
    atomic_store_explicit(&listener->playing, speaking, memory_order_relaxed);
    write_reference(listener, OWN, samples, count);
}

void listener_monitored(struct listener *listener, const int16_t *samples, size_t count)
{
    atomic_store_explicit(&listener->reference_now, samples ? MONITOR : OWN, memory_order_relaxed);
    if (samples)
        write_reference(listener, MONITOR, samples, count);
}
