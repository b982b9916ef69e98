/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/neural_scorer.h"

#include "base/durable.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "listen/acoustic_net.h"
#include "listen/cepstra.h"
#include "listen/net_file.h"
#include "listen/senone_scores.h"

#include <pocketsphinx.h>

#include <stdlib.h>
#include <unistd.h>

#define MDEF_MAX 20000000 /* bytes; the English model has 3 million */

struct neural_scorer {
    struct acoustic_net *net;
    double weight, scale;
};

/* --- loading ---------------------------------------------------------------------------------- */

static const uint8_t *bytes_of(const struct strbuf *file)
{
    return (const uint8_t *)(file->text ? file->text : "");
}

static int count_senones(int folder, size_t *ret_senones)
{
    struct strbuf mdef = {0};
    const int result = durable_read(folder, "mdef", MDEF_MAX, &mdef);
    *ret_senones = senone_scores_count(bytes_of(&mdef), mdef.length);
    strbuf_free(&mdef);
    return result;
}

/* The net in an open folder; NULL if there is none. 0, or -1 if it cannot be used. */
static int load_net(int folder, struct acoustic_net **ret_net)
{
    struct acoustic_net *net = NULL;
    size_t senones = 0;
    int result = net_file_read(folder, "net", &net);
    if (!result && net && (count_senones(folder, &senones) || acoustic_net_outputs(net) != senones))
        result = -1;
    if (result)
        acoustic_net_free(net);
    else
        *ret_net = net;
    return result;
}

int neural_scorer_open(const char *model, const struct neural_use *use,
                       struct neural_scorer **ret_scorer)
{
    const int folder = durable_open(model);
    struct acoustic_net *net = NULL;
    const int result = folder < 0 ? -1 : load_net(folder, &net);
    if (folder >= 0)
        close(folder);
    if (result)
        return -1;
    *ret_scorer = NULL;
    if (!net || !cepstra_can_be_made()) {
        acoustic_net_free(net);
        return 0;
    }
    struct neural_scorer *scorer = xcalloc(1, sizeof *scorer);
    scorer->net = net;
    scorer->weight = (use->weight ? use->weight : 100) / 100.0;
    scorer->scale = (use->scale ? use->scale : NEURAL_SCALE) / 100.0;
    *ret_scorer = scorer;
    return 0;
}

void neural_scorer_close(struct neural_scorer *scorer)
{
    if (!scorer)
        return;
    acoustic_net_free(scorer->net);
    free(scorer);
}

bool neural_scorer_mixes(const struct neural_scorer *scorer)
{
    return scorer->weight < 1;
}

/* --- scoring ---------------------------------------------------------------------------------- */

static void write_scores(const struct neural_scorer *scorer, struct ps_decoder_s *decoder,
                         const float *cepstra, size_t frames, struct strbuf *file)
{
    const size_t senones = acoustic_net_outputs(scorer->net);
    const double base = logmath_get_base(ps_get_logmath(decoder));
    float *outputs = xcalloc(frames * senones, sizeof *outputs);
    acoustic_net_run(scorer->net, cepstra, frames, outputs);
    senone_scores_add_head(file, senones, base);
    for (size_t t = 0; t < frames; t++)
        senone_scores_add_frame(file, outputs + t * senones, senones, scorer->scale, base);
    free(outputs);
}

int neural_scorer_run(const struct neural_scorer *scorer, struct ps_decoder_s *decoder,
                      const int16_t *samples, size_t count, const struct strbuf *gaussian,
                      struct strbuf *ret_file)
{
    float *cepstra;
    size_t frames;
    if (cepstra_make(decoder, samples, count, acoustic_net_inputs(scorer->net), &cepstra, &frames))
        return -1;
    write_scores(scorer, decoder, cepstra, frames, ret_file);
    free(cepstra);
    if (neural_scorer_mixes(scorer) &&
        senone_scores_mix(ret_file, bytes_of(gaussian), gaussian->length,
                          acoustic_net_outputs(scorer->net), scorer->weight)) {
        strbuf_free(ret_file);
        return -1;
    }
    return 0;
}
