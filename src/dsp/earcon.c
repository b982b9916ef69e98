/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dsp/earcon.h"

#include "base/mem.h"

#include <math.h>
#include <string.h>

#define PI        3.14159265358979323846
#define NOTES_MAX 3
#define LEVEL     0.25 /* of full scale: about as loud as the voice beside it */

struct figure {
    const char *name;
    int note_ms;
    double notes[NOTES_MAX]; /* Hz; 0 ends the figure */
};

/* Notes of the equal temperament (A4 = 440 Hz), far apart enough for weak hearing. */
static const struct figure figures[] = {
    {"listening", 80, {659.26, 987.77, 0}},
    {"understood", 100, {880.00, 0, 0}},
    {"not-understood", 110, {329.63, 246.94, 0}},
    {"done", 75, {523.25, 659.26, 783.99}},
};

static const struct figure *find_figure(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(figures); i++)
        if (!strcmp(figures[i].name, name))
            return &figures[i];
    return NULL;
}

static void make_note(double frequency, int rate, double level, int16_t *ret_samples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        double window = sin(PI * (double)i / (double)count);
        double wave = sin(2 * PI * frequency * (double)i / rate);
        ret_samples[i] = (int16_t)lrint(32767 * level * window * window * wave);
    }
}

size_t earcon_make(const char *name, int rate, int volume, int16_t **ret_samples)
{
    const struct figure *figure = find_figure(name);
    *ret_samples = NULL;
    if (!figure || rate <= 0)
        return 0;
    size_t note = (size_t)rate * (size_t)figure->note_ms / 1000;
    double loud = volume < 0 ? 0 : volume > 200 ? 2 : volume / 100.0;
    int16_t *samples = xcalloc(NOTES_MAX * note, sizeof *samples);
    size_t count = 0;
    for (size_t i = 0; i < NOTES_MAX && figure->notes[i] > 0; i++, count += note)
        make_note(figure->notes[i], rate, LEVEL * loud, samples + count, note);
    *ret_samples = samples;
    return count;
}
