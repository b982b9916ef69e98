/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a neural net: no crash, nothing read beyond them, and a net that is accepted can be
 * used. They are given the right sum, or nothing would get past it.
 */
#include "fuzz/support/fuzz.h"

#include "base/bytes.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "listen/acoustic_net.h"
#include "listen/senone_scores.h"

#include <stdlib.h>
#include <string.h>

#define FRAMES 5

/* Whatever comes out, infinite or no number, is a score. */
static void use(const struct acoustic_net *net)
{
    const size_t inputs = acoustic_net_inputs(net), outputs = acoustic_net_outputs(net);
    float *cepstra = xcalloc(FRAMES * inputs, sizeof *cepstra);
    float *scores = xcalloc(FRAMES * outputs, sizeof *scores);
    struct strbuf file = {0};
    for (size_t i = 0; i < FRAMES * inputs; i++)
        cepstra[i] = (float)(i % 7) - 3;
    acoustic_net_run(net, cepstra, FRAMES, scores);
    for (size_t t = 0; t < FRAMES; t++)
        senone_scores_add_frame(&file, scores + t * outputs, outputs, 1, 1.0001);
    for (size_t i = 0; i < file.length; i += 2) {
        int16_t score;
        memcpy(&score, file.text + i, 2);
        demand(score >= 0);
    }
    strbuf_free(&file);
    free(cepstra);
    free(scores);
}

static void try_bytes(const uint8_t *bytes, size_t length)
{
    struct acoustic_net *net = NULL;
    const enum acoustic_net_fault fault = acoustic_net_parse(bytes, length, &net);
    demand((fault == ACOUSTIC_NET_SOUND) == (net != NULL));
    if (net)
        use(net);
    acoustic_net_free(net);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct strbuf sealed = {0};
    try_bytes(bytes, length);
    strbuf_add_bytes(&sealed, (const char *)bytes, length < 8 ? 0 : length - 8);
    const uint64_t sum = bytes_sum(sealed.text, sealed.length);
    for (int i = 0; i < 8; i++)
        strbuf_add_char(&sealed, (char)(unsigned char)(sum >> (8 * i)));
    try_bytes((const uint8_t *)sealed.text, sealed.length);
    (void)senone_scores_count(bytes, length);
    strbuf_free(&sealed);
    return 0;
}
