/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dsp/echo_probe.h"

#include "base/mem.h"
#include "dsp/echo.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A sweep holds the band of the voice; a sine under a sin² window begins and ends without a click.
 * Its frequency grows evenly from LOW to HIGH. */
#define FIRST_MS 800 /* of silence: the room */
#define SWEEP_MS 250
#define EVERY_MS 900
#define LOW_HZ   400.0
#define HIGH_HZ  3400.0
#define LEVEL    8000.0 /* as loud as speech */

#define PER_MS (LISTENING_RATE / 1000)

/* The matched filter's peak over what it gives elsewhere (its mean square), dB: chance gives about
 * 12 at most over so many delays. */
#define PEAK_DB 16.0

/* An echo that is louder than this against what was played overdrives small microphones, and hides
 * a voice. Below the other the endpointer does not take it for speech over any floor. */
#define LOUD_DB  (-6.0)
#define FAINT_DB (-50.0)

/* The canceller holds no more back than ECHO_DELAY_MAX_MS, and the delay may grow by the devices'
 * buffers after the check. */
#define LATE_MS (ECHO_DELAY_MAX_MS - 100)

/* The room is quiet again at so much over its floor, dB, for two frames. */
#define QUIET_DB    6.0
#define TAIL_MIN_MS 100

static double window(double part)
{
    return sin(M_PI * part) * sin(M_PI * part);
}

static double sweep(double seconds)
{
    const double length = SWEEP_MS / 1e3;
    const double phase =
        2 * M_PI * (LOW_HZ * seconds + (HIGH_HZ - LOW_HZ) * seconds * seconds / (2 * length));
    return window(seconds / length) * sin(phase);
}

size_t echo_probe_signal(int rate, int16_t **ret_samples)
{
    const size_t count = (size_t)rate * ECHO_PROBE_MS / 1000;
    int16_t *samples = xcalloc(count, sizeof *samples);
    for (int k = 0; k < ECHO_PROBE_SWEEPS; k++) {
        const size_t from = (size_t)rate * (size_t)(FIRST_MS + k * EVERY_MS) / 1000;
        const size_t length = (size_t)rate * SWEEP_MS / 1000;
        for (size_t i = 0; i < length; i++)
            samples[from + i] = (int16_t)lrint(LEVEL * sweep((double)i / rate));
    }
    *ret_samples = samples;
    return count;
}

/* --- the echo --------------------------------------------------------------------------------- */

/* The matched filter over all sweeps, at one delay in samples. */
static double match(const int16_t *recorded, const double *shape, size_t delay)
{
    double sum = 0;
    for (size_t k = 0; k < ECHO_PROBE_SWEEPS; k++) {
        const int16_t *from = recorded + (FIRST_MS + k * EVERY_MS) * PER_MS + delay;
        for (size_t i = 0; i < SWEEP_MS * PER_MS; i++)
            sum += shape[i] * from[i];
    }
    return sum;
}

/* Where the sweeps come back strongest, in samples; how far that stands out, and its gain. */
static size_t find_echo(const int16_t *recorded, double *ret_peak_db, double *ret_gain)
{
    const size_t length = SWEEP_MS * PER_MS, delays = ECHO_PROBE_DELAY_MAX_MS * PER_MS;
    double *shape = xcalloc(length, sizeof *shape);
    double energy = 0, sum = 0, best = 0;
    size_t at = 0;
    for (size_t i = 0; i < length; i++) {
        shape[i] = LEVEL * sweep((double)i / LISTENING_RATE);
        energy += shape[i] * shape[i];
    }
    for (size_t delay = 0; delay < delays; delay++) {
        const double value = match(recorded, shape, delay);
        sum += value * value;
        if (fabs(value) > best) {
            best = fabs(value);
            at = delay;
        }
    }
    free(shape);
    *ret_peak_db = best > 0 ? 10 * log10(best * best / (sum / (double)delays)) : 0;
    *ret_gain = best / (energy * ECHO_PROBE_SWEEPS);
    return at;
}

/* --- levels ----------------------------------------------------------------------------------- */

static double frame_db(const int16_t *samples)
{
    const size_t length = LISTENING_FRAME;
    double mean = 0, power = 0;
    for (size_t i = 0; i < length; i++)
        mean += samples[i] / (double)length;
    for (size_t i = 0; i < length; i++)
        power += (samples[i] - mean) * (samples[i] - mean) / (double)length;
    return 10 * log10(power / (32768.0 * 32768.0) + 1e-9);
}

/* The power of the sweeps as they came back, with their echoes, without the room's noise. */
static double returned_power(const int16_t *recorded, size_t delay, double floor_db)
{
    const size_t length = SWEEP_MS * PER_MS;
    double power = 0;
    for (size_t k = 0; k < ECHO_PROBE_SWEEPS; k++) {
        const int16_t *from = recorded + (FIRST_MS + k * EVERY_MS) * PER_MS + delay;
        for (size_t i = 0; i + LISTENING_FRAME <= length; i += LISTENING_FRAME)
            power += pow(10, frame_db(from + i) / 10);
    }
    power /= (double)(ECHO_PROBE_SWEEPS * SWEEP_MS) / LISTENING_FRAME_MS;
    return fmax(power - pow(10, floor_db / 10), 0);
}

static double played_power(void)
{
    double power = 0;
    for (int i = 0; i < SWEEP_MS * PER_MS; i++) {
        const double value = LEVEL * sweep((double)i / LISTENING_RATE) / 32768.0;
        power += value * value / (SWEEP_MS * PER_MS);
    }
    return power;
}

/* From a sweep's end as played until the room is quiet; the longest of the sweeps. */
static int find_tail(const int16_t *recorded, size_t delay, double floor_db)
{
    int longest = 0;
    for (size_t k = 0; k < ECHO_PROBE_SWEEPS; k++) {
        const size_t end = (FIRST_MS + k * EVERY_MS + SWEEP_MS) * PER_MS;
        int ms = (int)(delay / PER_MS), quiet = 0;
        for (; ms < EVERY_MS - SWEEP_MS && quiet < 2; ms += LISTENING_FRAME_MS)
            quiet = frame_db(recorded + end + (size_t)ms * PER_MS) < floor_db + QUIET_DB ? quiet + 1
                                                                                         : 0;
        longest = ms > longest ? ms : longest;
    }
    return longest > TAIL_MIN_MS ? longest : TAIL_MIN_MS;
}

/* The noise of the room before the first sweep: the weaker half of its frames. */
static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double find_floor(const int16_t *recorded)
{
    double levels[FIRST_MS / LISTENING_FRAME_MS];
    const size_t count = sizeof levels / sizeof levels[0];
    for (size_t i = 0; i < count; i++)
        levels[i] = frame_db(recorded + i * LISTENING_FRAME);
    qsort(levels, count, sizeof levels[0], compare);
    return levels[count / 4];
}

/* --- the finding ------------------------------------------------------------------------------ */

static enum echo_probe_finding choose(const struct echo_probe_result *result)
{
    if (microphone_is_dead(&result->measure))
        return ECHO_PROBE_MUTED;
    if (!result->heard || result->echo_db < FAINT_DB)
        return ECHO_PROBE_NO_ECHO;
    if (result->echo_db > LOUD_DB || result->measure.clipped > MICROPHONE_CLIPPED_MAX)
        return ECHO_PROBE_LOUD_ECHO;
    return result->delay_ms > LATE_MS ? ECHO_PROBE_LATE_ECHO : ECHO_PROBE_WEAK_ECHO;
}

void echo_probe_judge(const int16_t *recorded, size_t count,
                      const struct microphone_measure *measure,
                      struct echo_probe_result *ret_result)
{
    const size_t all = (ECHO_PROBE_MS + ECHO_PROBE_DELAY_MAX_MS) * PER_MS;
    int16_t *samples = xcalloc(all, sizeof *samples);
    struct echo_probe_result result = {.tail_ms = TAIL_MIN_MS, .echo_db = -90};
    double peak_db = 0, gain = 0;
    if (count > 0)
        memcpy(samples, recorded, (count < all ? count : all) * sizeof *samples);
    result.measure = *measure;
    result.floor_db = find_floor(samples);
    const size_t delay = find_echo(samples, &peak_db, &gain);
    result.heard = gain > 0 && peak_db >= PEAK_DB;
    if (result.heard) {
        const double power = returned_power(samples, delay, result.floor_db);
        result.delay_ms = (int)(delay / PER_MS);
        result.tail_ms = find_tail(samples, delay, result.floor_db);
        result.echo_db =
            10 * log10(fmax(power, gain * gain * played_power()) / played_power() + 1e-9);
    }
    result.finding = choose(&result);
    free(samples);
    *ret_result = result;
}
