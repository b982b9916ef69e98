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

void device_watch_init(struct device_watch *watchdog, bool want_output, bool want_input)
{
    *watchdog = (struct device_watch){
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

void device_watch_opened(struct device_watch *watchdog, int64_t now_ms, bool output, bool input,
                         bool output_substitute, bool input_substitute)
{
    side_opened(&watchdog->output, now_ms, output, output_substitute);
    side_opened(&watchdog->input, now_ms, input, input_substitute);
    watchdog->waiting = false;
    watchdog->slower = false;
    watchdog->changed_ms = -1;
    watchdog->another = false;
    watchdog->underruns = 0;
    watchdog->window_ms = now_ms;
    watchdog->retry_ms = now_ms + watchdog->retry_wait;
    watchdog->retry_wait =
        watchdog->retry_wait * 2 < RETRY_MAX_MS ? watchdog->retry_wait * 2 : RETRY_MAX_MS;
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

static void count_underruns(struct device_watch *watchdog, const struct device_watch_look *look)
{
    if (look->now_ms - watchdog->window_ms > UNDERRUN_WINDOW_MS) {
        watchdog->window_ms = look->now_ms;
        watchdog->underruns = look->underruns;
    }
    if (watchdog->output.open && look->underruns >= watchdog->underruns + UNDERRUNS_MAX)
        watchdog->slower = true;
}

static void begin_waiting(struct device_watch *watchdog, const struct device_watch_look *look)
{
    if (watchdog->waiting)
        return;
    watchdog->waiting = true;
    watchdog->sentence = look->sentence;
}

/* Nothing that works is disturbed for long. */
static bool is_boundary(const struct device_watch *watchdog, const struct device_watch_look *look)
{
    if (watchdog->input.open && look->hearing)
        return false;
    return !watchdog->output.open || !look->sentence || look->sentence != watchdog->sentence;
}

/* Whether there is a reason to open again. */
static void find_reason(struct device_watch *watchdog, const struct device_watch_look *look,
                        bool lost, int *wait_ms)
{
    bool missing = is_missing(&watchdog->output) || is_missing(&watchdog->input);
    if (look->devices_changed || look->default_changed) {
        watchdog->changed_ms = look->now_ms;
        watchdog->retry_wait = RETRY_MIN_MS;
        watchdog->another |= look->default_changed;
    }
    if (watchdog->changed_ms >= 0) {
        int64_t left = watchdog->changed_ms + SETTLE_MS - look->now_ms;
        if (left > 0) {
            sooner(wait_ms, left);
        } else {
            watchdog->changed_ms = -1;
            if (missing || watchdog->another)
                begin_waiting(watchdog, look);
        }
    }
    if (lost) {
        watchdog->retry_wait = RETRY_MIN_MS;
        begin_waiting(watchdog, look);
    }
    /* A substitute works: only news of other devices makes us leave it. */
    if ((watchdog->output.wanted && !watchdog->output.open) ||
        (watchdog->input.wanted && !watchdog->input.open)) {
        if (look->now_ms >= watchdog->retry_ms)
            begin_waiting(watchdog, look);
        else
            sooner(wait_ms, watchdog->retry_ms - look->now_ms);
    }
    if (watchdog->slower)
        begin_waiting(watchdog, look);
}

static void notice_sleep(struct device_watch *watchdog, int64_t now_ms)
{
    if (watchdog->looked_ms >= 0 && now_ms - watchdog->looked_ms > ASLEEP_MS)
        watchdog->awake_ms = now_ms;
    watchdog->looked_ms = now_ms;
}

struct device_watch_advice device_watch_look(struct device_watch *watchdog,
                                             const struct device_watch_look *look)
{
    struct device_watch_advice advice = {.wait_ms = LOOK_MS};
    notice_sleep(watchdog, look->now_ms);
    bool output_was = watchdog->output.open, input_was = watchdog->input.open;
    advice.output_lost =
        listen_to_heart(&watchdog->output, look->output_beaten, look->output_beat_ms,
                        watchdog->awake_ms, look->now_ms, &advice.output_back, &advice.wait_ms);
    advice.input_lost =
        listen_to_heart(&watchdog->input, look->input_beaten, look->input_beat_ms,
                        watchdog->awake_ms, look->now_ms, &advice.input_back, &advice.wait_ms);
    count_underruns(watchdog, look);
    find_reason(watchdog, look,
                (output_was && !watchdog->output.open) || (input_was && !watchdog->input.open),
                &advice.wait_ms);
    if (!watchdog->waiting)
        return advice;
    advice.reopen = is_boundary(watchdog, look);
    advice.slower = advice.reopen && watchdog->slower;
    if (!advice.reopen)
        sooner(&advice.wait_ms, BOUNDARY_MS);
    return advice;
}
