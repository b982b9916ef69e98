/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/listener.h"

#include "base/mem.h"
#include "listen/front_end.h"
#include "listen/intake.h"
#include "listen/interpreter.h"
#include "model/calibration.h"
#include "model/command.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

/* The callback must not wake anybody, so the thread looks for samples by itself: often while
 * somebody speaks, who is waited for; less often in silence, where waking is all it does. */
#define LOOK_MS      20
#define LOOK_IDLE_MS 60

struct event {
    struct heard heard;
    struct event *next;
};

struct listener {
    struct listener_config config;
    struct intake *intake;

    /* Of the working thread: */
    struct front_end *front_end;
    struct interpreter *interpreter; /* NULL until it is loaded, and if it cannot be */

    atomic_int mode;              /* enum listener_mode */
    atomic_int delay_ms, tail_ms; /* of the devices; see front_end_set_room() */
    atomic_int hangover_ms;
    atomic_bool learning; /* sayings are wanted, with their samples */
    atomic_bool hearing_now;

    pthread_t thread;
    bool started;
    int fd;

    pthread_mutex_t mutex;        /* of all below */
    pthread_cond_t wake;          /* for the thread: something changed */
    pthread_cond_t idle;          /* for the others: the thread finished */
    struct vocabulary vocabulary; /* to be told to the interpreter */
    bool has_vocabulary;
    struct calibration calibration; /* of who speaks; the same */
    bool has_calibration;
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

static void on_front_end(void *context, const struct front_end_event *event)
{
    struct listener *listener = context;
    const struct interpreter_mode mode = {
        .learning = atomic_load(&listener->learning),
        .echo = atomic_load(&listener->mode) == LISTENER_ECHO,
    };
    struct heard heard;
    if (!interpreter_take(listener->interpreter, event, mode, &heard))
        return;
    if (event->kind != FRONT_END_PAUSE)
        atomic_store(&listener->hearing_now, event->kind == FRONT_END_ONSET);
    push(listener, &heard);
}

/* What can be said, and who speaks, if the main thread has told anything new. */
static void take_wishes(struct listener *listener)
{
    struct vocabulary vocabulary = {0};
    struct calibration calibration = {0};
    pthread_mutex_lock(&listener->mutex);
    const bool has_vocabulary = listener->has_vocabulary;
    const bool has_calibration = listener->has_calibration;
    if (has_vocabulary) {
        vocabulary = listener->vocabulary;
        listener->vocabulary = (struct vocabulary){0};
    }
    if (has_calibration) {
        calibration = listener->calibration;
        listener->calibration = (struct calibration){0};
    }
    listener->has_vocabulary = listener->has_calibration = false;
    pthread_mutex_unlock(&listener->mutex);
    interpreter_listen_for(listener->interpreter, has_vocabulary ? &vocabulary : NULL,
                           has_calibration ? &calibration : NULL);
    calibration_free(&calibration);
}

static void hear_all(struct listener *listener)
{
    do {
        take_wishes(listener);
        front_end_set_hangover(listener->front_end, atomic_load(&listener->hangover_ms));
        front_end_set_room(listener->front_end, atomic_load(&listener->delay_ms),
                           atomic_load(&listener->tail_ms));
        front_end_set_mode(listener->front_end, (enum listener_mode)atomic_load(&listener->mode));
    } while (intake_take(listener->intake, listener->front_end));
}

static void tell_notice(struct listener *listener)
{
    struct heard heard = {.kind = HEARD_NOTICE, .command = COMMAND_NONE};
    heard.error = interpreter_take_notice(listener->interpreter);
    if (heard.error)
        push(listener, &heard);
}

static int load(struct listener *listener)
{
    const struct listener_config *config = &listener->config;
    struct heard heard = {.kind = HEARD_READY, .command = COMMAND_NONE};
    int result =
        interpreter_open(config->driver, config->pack, &listener->interpreter, &heard.error);
    if (result) {
        heard.kind = HEARD_FAILED;
    } else {
        tell_notice(listener);
        take_wishes(listener);
    }
    push(listener, &heard);
    return result;
}

void listener_work(struct listener *listener)
{
    if (listener->interpreter)
        hear_all(listener);
}

static struct front_end *make_front_end(struct listener *listener)
{
    const struct front_end_config config = {
        .input_rate = listener->config.input_rate,
        .output_rate = listener->config.output_rate,
        .mode = listener->config.mode,
        .endpoint = listener->config.endpoint,
        .sink = on_front_end,
        .context = listener,
    };
    return front_end_new(&config);
}

/* As if opened now: of what was heard before nothing is left. */
static void begin_anew(struct listener *listener)
{
    interpreter_restart(listener->interpreter);
    front_end_free(listener->front_end);
    listener->front_end = make_front_end(listener);
    intake_restart(listener->intake, listener->config.input_rate, listener->config.output_rate);
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
    return intake_is_playing(listener->intake) || atomic_load(&listener->hearing_now)
               ? LOOK_MS
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
    if (!listener->closing && !listener->finishing && !listener->has_vocabulary &&
        !listener->has_calibration && !listener->rates_wanted)
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
            front_end_finish(listener->front_end);
        if (finishing)
            tell_finished(listener);
    } while (wait_a_little(listener));
    interpreter_free(listener->interpreter);
    listener->interpreter = NULL;
    return NULL;
}

void listener_finish(struct listener *listener)
{
    if (!listener->started) {
        listener_work(listener);
        if (listener->interpreter)
            front_end_finish(listener->front_end);
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
    vocabulary_free(&listener->vocabulary);
    listener->vocabulary = copy;
    listener->has_vocabulary = true;
    pthread_cond_signal(&listener->wake);
    pthread_mutex_unlock(&listener->mutex);
}

void listener_set_calibration(struct listener *listener, const struct calibration *calibration)
{
    struct calibration copy;
    calibration_copy(&copy, calibration, false, -1);
    pthread_mutex_lock(&listener->mutex);
    calibration_free(&listener->calibration);
    listener->calibration = copy;
    listener->has_calibration = true;
    pthread_cond_signal(&listener->wake);
    pthread_mutex_unlock(&listener->mutex);
}

void listener_set_mode(struct listener *listener, enum listener_mode mode)
{
    atomic_store(&listener->mode, (int)mode);
    intake_set_following(listener->intake, mode == LISTENER_ECHO);
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
    listener->front_end = make_front_end(listener);
    listener->intake = intake_new(config->input_rate, config->output_rate);
    intake_set_following(listener->intake, config->mode == LISTENER_ECHO);
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
    interpreter_free(listener->interpreter);
    for (struct heard heard; listener_next(listener, &heard);)
        heard_free(&heard);
    if (listener->fd >= 0)
        close(listener->fd);
    front_end_free(listener->front_end);
    intake_free(listener->intake);
    vocabulary_free(&listener->vocabulary);
    calibration_free(&listener->calibration);
    pthread_cond_destroy(&listener->wake);
    pthread_cond_destroy(&listener->idle);
    pthread_mutex_destroy(&listener->mutex);
    free(listener);
}

/* --- from the audio callback ------------------------------------------------------------------ */

void listener_capture(struct listener *listener, const int16_t *samples, size_t count)
{
    intake_capture(listener->intake, samples, count);
}

void listener_played(struct listener *listener, const int16_t *samples, size_t count, bool speaking)
{
    intake_played(listener->intake, samples, count, speaking);
}

void listener_monitored(struct listener *listener, const int16_t *samples, size_t count)
{
    intake_monitored(listener->intake, samples, count);
}
