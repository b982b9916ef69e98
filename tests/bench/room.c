/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/room.h"

#include "base/mem.h"

#include <complex.h>
#include <math.h>
#include <stdlib.h>

#define SOUND_M_S 343.0

const struct room rooms[ROOM_COUNT] = {
    {"car", {2.4, 1.5, 1.2}, 0.2, {1.9, 0.4, 0.7}, {1.5, 0.9, 0.9}, {0.9, 0.9, 0.95}},
    {"bedroom", {3.5, 3.0, 2.5}, 0.3, {1.2, 1.0, 0.8}, {1.5, 1.3, 0.8}, {2.0, 1.6, 1.2}},
    {"office", {4.5, 3.6, 2.6}, 0.4, {2.0, 1.2, 0.8}, {2.4, 1.5, 0.8}, {2.9, 2.0, 1.2}},
    {"living room", {6.0, 4.5, 2.6}, 0.5, {1.0, 2.0, 0.6}, {2.5, 2.6, 0.8}, {4.0, 3.2, 1.1}},
    {"classroom", {8.0, 6.0, 3.0}, 0.65, {3.0, 2.0, 0.8}, {3.6, 2.5, 0.8}, {5.4, 3.6, 1.3}},
    {"hall", {11.0, 8.0, 3.8}, 0.8, {4.0, 3.0, 0.9}, {5.2, 3.6, 0.9}, {7.6, 5.0, 1.5}},
};

/* Of one axis: how often an image was reflected, and how far off it is. */
static double image(double size, double source, double microphone, int order, int side,
                    int *ret_hits)
{
    *ret_hits = abs(2 * order - side);
    return 2 * order * size + (side ? -source : source) - microphone;
}

static void add_images(const struct room *room, const double from[3], int rate, double beta, int x,
                       int side, float *response, size_t length)
{
    const double most = (double)length / rate * SOUND_M_S;
    int hits[3];
    const double dx = image(room->size[0], from[0], room->microphone[0], x, side, &hits[0]);
    const int y_most = (int)(most / (2 * room->size[1])) + 1;
    const int z_most = (int)(most / (2 * room->size[2])) + 1;
    for (int y = -y_most; y <= y_most; y++)
        for (int z = -z_most; z <= z_most; z++)
            for (int sides = 0; sides < 4; sides++) {
                const double dy =
                    image(room->size[1], from[1], room->microphone[1], y, sides & 1, &hits[1]);
                const double dz =
                    image(room->size[2], from[2], room->microphone[2], z, sides >> 1, &hits[2]);
                const double metres = sqrt(dx * dx + dy * dy + dz * dz);
                const size_t at = (size_t)lrint(metres / SOUND_M_S * rate);
                if (at < length)
                    response[at] += (float)(pow(beta, hits[0] + hits[1] + hits[2]) /
                                            (metres > 0.1 ? metres : 0.1));
            }
}

float *room_response(const struct room *room, const double from[3], int rate, size_t *ret_length)
{
    const double *s = room->size, volume = s[0] * s[1] * s[2];
    const double walls = 2 * (s[0] * s[1] + s[0] * s[2] + s[1] * s[2]);
    const double beta = sqrt(exp(-0.161 * volume / (walls * room->rt60)));
    const size_t length = (size_t)(room->rt60 * 0.75 * rate);
    float *response = xcalloc(length, sizeof *response);
    const int most = (int)((double)length / rate * SOUND_M_S / (2 * s[0])) + 1;
    for (int x = -most; x <= most; x++)
        for (int side = 0; side < 2; side++)
            add_images(room, from, rate, beta, x, side, response, length);
    *ret_length = length;
    return response;
}

/* The discrete Fourier transform in place (radix 2), of a power of two; `sign` -1 there, 1 back. */
static void transform(double complex *x, size_t count, int sign)
{
    for (size_t i = 1, j = 0; i < count; i++) {
        size_t bit = count >> 1;
        for (; j & bit; bit >>= 1)
            j ^= bit;
        j |= bit;
        if (i < j) {
            const double complex other = x[i];
            x[i] = x[j];
            x[j] = other;
        }
    }
    for (size_t span = 2; span <= count; span *= 2) {
        const double complex step = cexp(sign * 2 * M_PI * I / (double)span);
        for (size_t from = 0; from < count; from += span) {
            double complex turn = 1;
            for (size_t i = from; i < from + span / 2; i++) {
                const double complex a = x[i], b = x[i + span / 2] * turn;
                x[i] = a + b;
                x[i + span / 2] = a - b;
                turn *= step;
            }
        }
    }
}

void room_convolve(float *samples, size_t count, const float *response, size_t length, size_t delay)
{
    size_t size = 1;
    while (size < count + length + delay)
        size *= 2;
    double complex *a = xcalloc(size, sizeof *a), *b = xcalloc(size, sizeof *b);
    for (size_t i = 0; i < count; i++)
        a[i + delay] = samples[i];
    for (size_t i = 0; i < length; i++)
        b[i] = response[i];
    transform(a, size, -1);
    transform(b, size, -1);
    for (size_t i = 0; i < size; i++)
        a[i] *= b[i];
    transform(a, size, 1);
    for (size_t i = 0; i < count; i++)
        samples[i] = (float)(creal(a[i]) / (double)size);
    free(a);
    free(b);
}
