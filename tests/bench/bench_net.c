/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench_net: what scoring costs, with a net and with Gaussians. tests/bench/net runs it.
 *
 *   bench_net make WIDTH OUTPUTS SEED FILE   writes a net of random weights
 *   bench_net compare FILE EXAMPLE           a net beside what its trainer wrote: the largest
 *                                            difference; fails if it is more than 0.001
 *   bench_net alone FILE [N]                 a net by itself on a second of random cepstra, N times
 *   bench_net decode MODEL RAW NAME [N]      a decoder with the model in a folder hears a sound
 *                                            (16 kHz, 16 bit, no header) N times, each a little
 *                                            different; and the most memory that took
 *
 * A line a sample: "sample", name, unit, goal, value: milliseconds of processor a second of sound.
 */
#include "base/durable.h"
#include "base/mem.h"
#include "dsp/listening_rate.h"
#include "listen/acoustic_net.h"
#include "listen/decoder.h"
#include "listen/neural_scorer.h"
#include "support/net_bytes.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define FRAMES 100 /* a second */

static double processor_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void read_whole(const char *name, struct strbuf *ret_bytes)
{
    if (durable_read(AT_FDCWD, name, SIZE_MAX, ret_bytes)) {
        perror(name);
        exit(1);
    }
}

static int compare(const char *net, const char *example)
{
    struct strbuf files[2] = {{0}};
    read_whole(net, &files[0]);
    read_whole(example, &files[1]);
    const double most = net_bytes_compare(&files[0], &files[1]);
    printf("%g\n", most);
    strbuf_free(&files[0]);
    strbuf_free(&files[1]);
    return most <= 0.001 ? 0 : 1;
}

static int make(char **arguments)
{
    struct net_shape shapes[NET_BYTES_USUAL];
    struct strbuf bytes = {0};
    net_bytes_usual_shape((uint32_t)atoi(arguments[0]), (uint32_t)atoi(arguments[1]), shapes);
    net_bytes_random(&bytes, shapes, COUNT_OF(shapes), (uint32_t)atoi(arguments[2]));
    FILE *file = fopen(arguments[3], "wbe");
    const int failed = !file || fwrite(bytes.text, 1, bytes.length, file) != bytes.length;
    strbuf_free(&bytes);
    return (file && fclose(file)) || failed;
}

static int run_alone(const char *name, int times)
{
    struct strbuf bytes = {0};
    struct acoustic_net *net;
    read_whole(name, &bytes);
    if (acoustic_net_parse((const uint8_t *)bytes.text, bytes.length, &net) != ACOUSTIC_NET_SOUND)
        return 1;
    float *cepstra = xcalloc(FRAMES * acoustic_net_inputs(net), sizeof *cepstra);
    float *outputs = xcalloc(FRAMES * acoustic_net_outputs(net), sizeof *outputs);
    for (size_t i = 0; i < FRAMES * acoustic_net_inputs(net); i++)
        cepstra[i] = (float)(i * 7919 % 1000) / 50;
    for (int i = 0; i < times; i++) {
        const double before = processor_ms();
        acoustic_net_run(net, cepstra, FRAMES, outputs);
        printf("sample\tnet of %zu weights alone, a second of sound\tms\t20\t%.3f\n",
               acoustic_net_weights(net), processor_ms() - before);
    }
    acoustic_net_free(net);
    free(cepstra);
    free(outputs);
    strbuf_free(&bytes);
    return 0;
}

static int decode(char **arguments, int times)
{
    static const char *const phones[] = {"aa", "ii", "ss", "tt", "rr"};
    const struct neural_use use = {0};
    struct strbuf sound = {0};
    struct decoder *decoder;
    struct rusage usage;
    read_whole(arguments[1], &sound);
    const size_t count = sound.length / sizeof(int16_t);
    int16_t *samples = xmalloc(sound.length + 1);
    memcpy(samples, sound.text, count * sizeof *samples);
    if (decoder_open(arguments[0], &use, &decoder))
        return 1;
    for (size_t i = 0; i < COUNT_OF(phones); i++)
        decoder_add_word(decoder, phones[i], phones[i]);
    decoder_set_grammar(decoder, "loop", DECODER_LOOP, phones, COUNT_OF(phones));
    for (int i = 0; i < times; i++) {
        struct decoded decoded;
        samples[0] = (int16_t)i; /* or it would know them already */
        const double before = processor_ms();
        if (decoder_run(decoder, "loop", samples, count, &decoded))
            return 1;
        printf("sample\t%s, a second of sound\tms\t\t%.3f\n", arguments[2],
               (processor_ms() - before) * LISTENING_RATE / (double)count);
    }
    getrusage(RUSAGE_SELF, &usage);
    printf("sample\t%s, memory at most\tMiB\t\t%.2f\n", arguments[2],
           (double)usage.ru_maxrss / 1024);
    decoder_close(decoder);
    free(samples);
    strbuf_free(&sound);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 6 && !strcmp(argv[1], "make"))
        return make(argv + 2);
    if (argc == 4 && !strcmp(argv[1], "compare"))
        return compare(argv[2], argv[3]);
    if (argc >= 3 && !strcmp(argv[1], "alone"))
        return run_alone(argv[2], argc > 3 ? atoi(argv[3]) : 50);
    if (argc >= 5 && !strcmp(argv[1], "decode"))
        return decode(argv + 2, argc > 5 ? atoi(argv[5]) : 20);
    fprintf(stderr, "bench_net: make, compare, alone or decode; see the source\n");
    return 2;
}
