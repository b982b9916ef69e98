/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/speech_detector.h"

#include "base/durable.h"
#include "base/mem.h"
#include "listen/acoustic_net.h"
#include "listen/cepstra.h"
#include "listen/net_file.h"

#include <stdlib.h>
#include <unistd.h>

struct speech_detector {
    struct acoustic_net *net;
};

int speech_detector_open(const char *model, struct speech_detector **ret_detector)
{
    const int folder = durable_open(model);
    struct acoustic_net *net = NULL;
    int result = folder < 0 ? -1 : net_file_read(folder, "speech-net", &net);
    if (folder >= 0)
        close(folder);
    if (!result && net && acoustic_net_outputs(net) != 1)
        result = -1;
    struct speech_detector *detector = NULL;
    if (!result && net && cepstra_can_be_made()) {
        detector = xcalloc(1, sizeof *detector);
        detector->net = net;
    } else {
        acoustic_net_free(net);
    }
    if (!result)
        *ret_detector = detector;
    return result;
}

void speech_detector_close(struct speech_detector *detector)
{
    if (!detector)
        return;
    acoustic_net_free(detector->net);
    free(detector);
}

int speech_detector_run(const struct speech_detector *detector, struct ps_decoder_s *decoder,
                        const int16_t *samples, size_t count, double *ret_odds)
{
    float *cepstra;
    size_t frames;
    if (cepstra_make(decoder, samples, count, acoustic_net_inputs(detector->net), &cepstra,
                     &frames))
        return -1;
    float *odds = xcalloc(frames, sizeof *odds);
    acoustic_net_run(detector->net, cepstra, frames, odds);
    double total = 0;
    for (size_t t = 0; t < frames; t++)
        total += odds[t];
    free(odds);
    free(cepstra);
    *ret_odds = total / (double)frames;
    return 0;
}
