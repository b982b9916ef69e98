/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audio/device_watch.h"

/* Together they make a loss known within a second: the longest time between two looks, the silence
 * that makes us look again soon, when that is, and the silence that is none any more. Callbacks
 * come every 10 ms from a card and every 50 ms or so from a sound server; on a busy machine 0.5 s
 * without one were seen, and nothing had been unplugged. */
#define LOOK_MS    850
#define SUSPECT_MS 120
#define AGAIN_MS   100
#define LOST_MS    800

/* A device that was just opened takes its time: a sound server's 1.9 s to its first call were
 * measured, and from there to the second 0.7 s, and more than 2 s beside a suspended source. */
#define START_MS      5000
#define EARLY_MS      5000
#define LOST_EARLY_MS 3000
/* A look that comes so late was missed: the program itself stood still (stopped, swapped out, a
 * laptop asleep), so that nothing is known of the devices. */
#define ASLEEP_MS 1500
/* How soon to look whether it has begun. */
#define BEGUN_MS 200

/* Plugging in one headset is told in many pieces, and its mixer comes last. */
#define SETTLE_MS 400
/* How soon to look whether the sentence or the learner has ended. */
#define BOUNDARY_MS 50

#define RETRY_MIN_MS 2000
#define RETRY_MAX_MS 60000

/* So many blocks that came too late within a window ask for more time in hand. */
#define UNDERRUNS_MAX      4
#define UNDERRUN_WINDOW_MS 10000

void device_watch_init(struct device_watch *watch, bool want_output, bool want_input)
{
    *watch = (struct device_watch){
        .output = {.wanted = want_output},
        .input = {.wanted = want_input},
        .changed_ms = -1,
        .looked_ms = -1,
        .retry_wait = RETRY_MIN_MS,
    };
}

static bool is_missing(const struct device_watch_side *side)
{
    return side->wanted && (!side->open || side->is_substitute);
}

static void side_opened(struct device_watch_side *side, int64_t now_ms, bool open,
                        bool is_substitute)
{
    bool first = side->opened_ms == 0;
    side->open = open;
    side->alive = false;
    side->is_substitute = open && is_substitute;
    side->opened_ms = now_ms ? now_ms : 1;
    if (first && !open)
        side->told_lost = true;
    /* Devices that go together are opened again at the first one's loss. */
    side->gone = side->wanted && !open && !side->told_lost;
}

void device_watch_opened(struct device_watch *watch, int64_t now_ms, bool output, bool input,
                         bool output_substitute, bool input_substitute)
{
    side_opened(&watch->output, now_ms, output, output_substitute);
    side_opened(&watch->input, now_ms, input, input_substitute);
    watch->waiting = false;
    watch->slower = false;
    watch->changed_ms = -1;
    watch->another = false;
    watch->underruns = 0;
    watch->window_ms = now_ms;
    watch->retry_ms = now_ms + watch->retry_wait;
    watch->retry_wait = watch->retry_wait * 2 < RETRY_MAX_MS ? watch->retry_wait * 2 : RETRY_MAX_MS;
}

static void sooner(int *wait_ms, int64_t ms)
{
    if (ms < 1)
        ms = 1;
    if (ms < *wait_ms)
        *wait_ms = (int)ms;
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* The heart of one side; what was before `awake_ms` does not count. True if it was lost just now.
 */
static bool listen_to_heart(struct device_watch_side *side, bool beaten, int64_t beat_ms,
                            int64_t awake_ms, int64_t now_ms, bool *ret_back, int *wait_ms)
{
    *ret_back = false;
    if (side->gone) {
        side->gone = false;
        side->told_lost = true;
        return true;
    }
    if (!side->wanted || !side->open)
        return false;
    int64_t still = now_ms - later(beaten ? beat_ms : side->opened_ms, awake_ms);
    int64_t lost_ms = now_ms - side->opened_ms < EARLY_MS ? LOST_EARLY_MS : LOST_MS;
    if (still > (beaten ? lost_ms : START_MS)) {
        side->open = false;
        side->alive = false;
        bool news = !side->told_lost;
        side->told_lost = true;
        return news;
    }
    if (beaten && !side->alive) {
        side->alive = true;
        *ret_back = side->told_lost;
        side->told_lost = false;
    }
    if (!beaten)
        sooner(wait_ms, BEGUN_MS);
    else if (still > SUSPECT_MS)
        sooner(wait_ms, AGAIN_MS);
    return false;
}

static void count_underruns(struct device_watch *watch, const struct device_watch_look *look)
{
    if (look->now_ms - watch->window_ms > UNDERRUN_WINDOW_MS) {
        watch->window_ms = look->now_ms;
        watch->underruns = look->underruns;
    }
    if (watch->output.open && look->underruns >= watch->underruns + UNDERRUNS_MAX)
        watch->slower = true;
}

static void begin_waiting(struct device_watch *watch, const struct device_watch_look *look)
{
    if (watch->waiting)
        return;
    watch->waiting = true;
    watch->sentence = look->sentence;
}

/* Nothing that works is disturbed for long. */
static bool is_boundary(const struct device_watch *watch, const struct device_watch_look *look)
{
    if (watch->input.open && look->hearing)
        return false;
    return !watch->output.open || !look->sentence || look->sentence != watch->sentence;
}

/* Whether there is a reason to open again. */
static void find_reason(struct device_watch *watch, const struct device_watch_look *look, bool lost,
                        int *wait_ms)
{
    bool missing = is_missing(&watch->output) || is_missing(&watch->input);
    if (look->devices_changed || look->default_changed) {
        watch->changed_ms = look->now_ms;
        watch->retry_wait = RETRY_MIN_MS;
        watch->another |= look->default_changed;
    }
    if (watch->changed_ms >= 0) {
        int64_t left = watch->changed_ms + SETTLE_MS - look->now_ms;
        if (left > 0) {
            sooner(wait_ms, left);
        } else {
            watch->changed_ms = -1;
            if (missing || watch->another)
                begin_waiting(watch, look);
        }
    }
    if (lost) {
        watch->retry_wait = RETRY_MIN_MS;
        begin_waiting(watch, look);
    }
    /* A substitute works: only news of other devices makes us leave it. */
    if ((watch->output.wanted && !watch->output.open) ||
        (watch->input.wanted && !watch->input.open)) {
        if (look->now_ms >= watch->retry_ms)
            begin_waiting(watch, look);
        else
            sooner(wait_ms, watch->retry_ms - look->now_ms);
    }
    if (watch->slower)
        begin_waiting(watch, look);
}

static void notice_sleep(struct device_watch *watch, int64_t now_ms)
{
    if (watch->looked_ms >= 0 && now_ms - watch->looked_ms > ASLEEP_MS)
        watch->awake_ms = now_ms;
    watch->looked_ms = now_ms;
}

struct device_watch_advice device_watch_look(struct device_watch *watch,
                                             const struct device_watch_look *look)
{
    struct device_watch_advice advice = {.wait_ms = LOOK_MS};
    notice_sleep(watch, look->now_ms);
    bool output_was = watch->output.open, input_was = watch->input.open;
    advice.output_lost =
        listen_to_heart(&watch->output, look->output_beaten, look->output_beat_ms, watch->awake_ms,
                        look->now_ms, &advice.output_back, &advice.wait_ms);
    advice.input_lost =
        listen_to_heart(&watch->input, look->input_beaten, look->input_beat_ms, watch->awake_ms,
                        look->now_ms, &advice.input_back, &advice.wait_ms);
    count_underruns(watch, look);
    find_reason(watch, look,
                (output_was && !watch->output.open) || (input_was && !watch->input.open),
                &advice.wait_ms);
    if (!watch->waiting)
        return advice;
    advice.reopen = is_boundary(watch, look);
    advice.slower = advice.reopen && watch->slower;
    if (!advice.reopen)
        sooner(&advice.wait_ms, BOUNDARY_MS);
    return advice;
}
