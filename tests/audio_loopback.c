/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * audio_loopback OUTPUT INPUT [SECONDS]: plays a tone through PortAudio until it is heard on the
 * input, which a null sink's monitor makes possible. "" stands for the default device. Prints what
 * was opened, the tone's share of what was heard, and the counts of the driver; exits with 0 if the
 * tone was heard, 1 if not after SECONDS (20), 3 if one of the two could not be opened.
 */
#include "audio/audio.h"
#include "base/mem.h"
#include "base/messages.h"
#include "base/messages_load.h"
#include "dsp/ring.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define TONE   1000.0 /* Hz */
#define LEVEL  8000
#define WINDOW 4000 /* samples listened to at a time */

struct loopback {
    int rate;
    uint64_t played;
    struct ring *heard;
};

static void render(void *context, int16_t *samples, size_t count)
{
    struct loopback *loopback = context;
    for (size_t i = 0; i < count; i++)
        samples[i] =
            (int16_t)(LEVEL * sin(2 * M_PI * TONE * (double)loopback->played++ / loopback->rate));
}

static void capture(void *context, const int16_t *samples, size_t count)
{
    struct loopback *loopback = context;
    ring_write(loopback->heard, samples, count);
}

/* The tone's share of the power, 0..1 (Goertzel), and the power's root. */
static double tone_share(const int16_t *samples, int rate, double *ret_level)
{
    double c = 2 * cos(2 * M_PI * TONE / rate);
    double s1 = 0;
    double s2 = 0;
    double power = 0;
    for (size_t i = 0; i < WINDOW; i++) {
        double s = samples[i] + c * s1 - s2;
        s2 = s1;
        s1 = s;
        power += (double)samples[i] * samples[i];
    }
    *ret_level = sqrt(power / WINDOW);
    return power > 0 ? 2 * (s1 * s1 + s2 * s2 - c * s1 * s2) / WINDOW / power : 0;
}

static int listen(struct loopback *loopback, int input_rate, double seconds)
{
    static int16_t samples[WINDOW];
    for (double waited = 0; waited < seconds; waited += 0.05) {
        double level = 0;
        usleep(50000);
        while (ring_count(loopback->heard) >= WINDOW) {
            ring_read(loopback->heard, samples, WINDOW);
            double share = tone_share(samples, input_rate, &level);
            if (level > LEVEL / 4 && share > 0.95) {
                printf("heard: level %.0f, %.3f of it the tone\n", level, share);
                return 0;
            }
        }
    }
    printf("not heard\n");
    return 1;
}

static int run(struct messages *messages, struct loopback *loopback, char **argv, double seconds)
{
    struct audio *audio = NULL;
    struct audio_format format;
    struct audio_health health;
    char *error = NULL;
    const struct audio_callbacks callbacks = {loopback, render, capture};
    const struct audio_config config = {.output = argv[1],
                                        .input = argv[2],
                                        .want_output = true,
                                        .want_input = true,
                                        .preferred_output_rate = 22050,
                                        .messages = messages};
    if (audio_portaudio.open(&config, &callbacks, &audio, &format, &error)) {
        printf("%s\n", error);
        free(error);
        return 3;
    }
    printf("output %s%s at %d Hz, input %s%s at %d Hz\n", format.output_name,
           format.output_substitute ? " (substitute)" : "", format.output_rate, format.input_name,
           format.input_substitute ? " (substitute)" : "", format.input_rate);
    loopback->rate = format.output_rate;
    int code = 3;
    if (format.output_rate && format.input_rate && !audio_portaudio.start(audio, &error))
        code = listen(loopback, format.input_rate, seconds);
    audio_portaudio.health(audio, &health);
    printf("beats %" PRIu64 " out %" PRIu64 " in, underruns %" PRIu64 ", overruns %" PRIu64 "\n",
           health.output_beats, health.input_beats, health.underruns, health.overruns);
    audio_portaudio.close(audio);
    free(error);
    return code;
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    struct messages *messages = messages_load_builtin();
    struct loopback loop = {.heard = ring_new(sizeof(int16_t), 1 << 20)};
    int code = run(messages, &loop, argv, argc > 3 ? atof(argv[3]) : 20);
    ring_free(loop.heard);
    messages_free(messages);
    return code;
}
