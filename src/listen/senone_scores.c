/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/senone_scores.h"

#include "base/bytes.h"
#include "base/strbuf.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HEAD_END  "endhdr\n"
#define HEAD_MAX  8192 /* bytes before its end; a path may be in it */
#define BYTE_MARK 0x11223344u

/* --- how many sounds a model has -------------------------------------------------------------- */

/* "BMDF", a version, a length, a description of that length, then numbers: the fifth is it. */
static size_t count_in_binary(const uint8_t *mdef, size_t size)
{
    const size_t head = 12, at = 4 * 4;
    const uint32_t described = bytes_u32(mdef + 8);
    if (size - head < at + 4 || described > size - head - at - 4)
        return 0;
    return bytes_u32(mdef + head + described + at);
}

/* A line "108 n_tied_state". */
static size_t count_in_text(const uint8_t *mdef, size_t size)
{
    static const char name[] = " n_tied_state";
    const uint8_t *found = memmem(mdef, size, name, strlen(name));
    size_t count = 0, factor = 1;
    while (found && found > mdef && found[-1] >= '0' && found[-1] <= '9' && factor < 1000000) {
        count += (size_t)(*--found - '0') * factor;
        factor *= 10;
    }
    return count;
}

size_t senone_scores_count(const uint8_t *mdef, size_t size)
{
    if (size >= 12 && !memcmp(mdef, "BMDF", 4))
        return count_in_binary(mdef, size);
    return count_in_text(mdef, size);
}

/* --- writing ---------------------------------------------------------------------------------- */

void senone_scores_add_head(struct strbuf *file, size_t senones, double base)
{
    const uint32_t mark = BYTE_MARK;
    strbuf_addf(file, "s3\nversion 0.1\nn_sen %zu\nlogbase %f\n" HEAD_END, senones, base);
    strbuf_add_bytes(file, (const char *)&mark, sizeof mark);
}

static int16_t clamp(double score)
{
    /* "Not less" catches what is no number. */
    return !(score < SENONE_SCORES_MAX) ? SENONE_SCORES_MAX : score > 0 ? (int16_t)lrint(score) : 0;
}

static float best_of(const float *outputs, size_t count)
{
    float best = -INFINITY;
    for (size_t i = 0; i < count; i++)
        if (outputs[i] > best)
            best = outputs[i];
    return best;
}

void senone_scores_add_frame(struct strbuf *file, const float *outputs, size_t senones,
                             double scale, double base)
{
    const double factor = scale / log(base) / SENONE_SCORES_UNIT;
    const double best = (double)best_of(outputs, senones);
    const int16_t count = (int16_t)senones;
    strbuf_add_bytes(file, (const char *)&count, sizeof count);
    for (size_t i = 0; i < senones; i++) {
        const int16_t score = clamp((best - (double)outputs[i]) * factor);
        strbuf_add_bytes(file, (const char *)&score, sizeof score);
    }
}

/* --- mixing ----------------------------------------------------------------------------------- */

/* Where the frames begin: 0 if there is no head. */
static size_t after_head(const uint8_t *file, size_t size)
{
    const size_t end = strlen(HEAD_END) + sizeof(uint32_t);
    const uint8_t *found =
        memmem(file, size < HEAD_MAX ? size : HEAD_MAX, HEAD_END, strlen(HEAD_END));
    return found && (size_t)(found - file) + end <= size ? (size_t)(found - file) + end : 0;
}

static double mix_at(const char *frame, const uint8_t *other, size_t i, double weight)
{
    int16_t mine, theirs;
    memcpy(&mine, frame + 2 * i, sizeof mine);
    memcpy(&theirs, other + 2 * i, sizeof theirs);
    return weight * mine + (1 - weight) * theirs;
}

static void mix_frame(char *frame, const uint8_t *other, size_t senones, double weight)
{
    double best = SENONE_SCORES_MAX;
    for (size_t i = 0; i < senones; i++)
        best = fmin(best, mix_at(frame, other, i, weight));
    for (size_t i = 0; i < senones; i++) {
        const int16_t score = clamp(mix_at(frame, other, i, weight) - best);
        memcpy(frame + 2 * i, &score, sizeof score);
    }
}

int senone_scores_mix(struct strbuf *file, const uint8_t *other, size_t size, size_t senones,
                      double weight)
{
    const size_t mine = after_head((const uint8_t *)file->text, file->length);
    const size_t theirs = after_head(other, size), frame = 2 * (senones + 1);
    const size_t bytes = file->length - mine;
    if (!mine || !theirs || size - theirs != bytes || bytes % frame)
        return -1;
    for (size_t at = 0; at < bytes; at += frame) {
        if (memcmp(file->text + mine + at, other + theirs + at, 2) != 0)
            return -1;
        mix_frame(file->text + mine + at + 2, other + theirs + at + 2, senones, weight);
    }
    return 0;
}
