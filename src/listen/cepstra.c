/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/cepstra.h"

#include "base/mem.h"

#include <pocketsphinx.h>
#include <stdlib.h>

#ifdef HAVE_POCKETSPHINX_5
bool cepstra_can_be_made(void)
{
    return false;
}

int cepstra_make(struct ps_decoder_s *decoder, const int16_t *samples, size_t count, size_t width,
                 float **ret_cepstra, size_t *ret_frames)
{
    (void)decoder, (void)samples, (void)count, (void)width, (void)ret_cepstra, (void)ret_frames;
    return -1;
}
#else
#include <sphinxbase/fe.h>

bool cepstra_can_be_made(void)
{
    return true;
}

/* Fills `rows`, one more than `frames`: the end of the sound may give one. Returns how many. */
static int32 run(fe_t *fe, const int16_t *samples, size_t count, mfcc_t **rows, int32 frames)
{
    int32 last = 0;
    if (fe_start_utt(fe) || fe_process_frames(fe, &samples, &count, rows, &frames, NULL) < 0)
        return 0;
    fe_end_utt(fe, rows[frames], &last);
    return frames + (last > 0);
}

int cepstra_make(struct ps_decoder_s *decoder, const int16_t *samples, size_t count, size_t width,
                 float **ret_cepstra, size_t *ret_frames)
{
    fe_t *fe = ps_get_fe(decoder);
    int32 frames = 0;
    size_t left = count;
    if (!fe || fe_get_output_size(fe) != (int)width ||
        fe_process_frames(fe, NULL, &left, NULL, &frames, NULL) < 0)
        return -1;
    const size_t room = (size_t)frames + 1;
    mfcc_t *cepstra = xcalloc(room * width, sizeof *cepstra);
    mfcc_t **rows = xcalloc(room, sizeof *rows);
    for (size_t i = 0; i < room; i++)
        rows[i] = cepstra + i * width;
    const int32 made = run(fe, samples, count, rows, frames);
    free(rows);
    if (made <= 0) {
        free(cepstra);
        return -1;
    }
    *ret_cepstra = cepstra;
    *ret_frames = (size_t)made;
    return 0;
}
#endif
