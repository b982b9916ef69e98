/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * evidence: what speaks for and against a phrase that was recognised; listen/confidence.h weighs
 * it.
 */
#ifndef PASAPAS_LISTEN_EVIDENCE_H
#define PASAPAS_LISTEN_EVIDENCE_H

#include <stddef.h>

/* What the decoder found in one utterance. Scores are natural logarithms of likelihoods. */
struct evidence {
    double phrase;  /* score of the best phrase */
    double rival;   /* of the best other word: a second phrase, or a word that is none */
    double loop;    /* of any sequence of phones */
    double seconds; /* length of the word, more than 0 */
    double worst;   /* how far its second worst phone is behind the best phones there, a frame (0 or
                       less), weighted and added up over the models; 0 while not known */
    double other;   /* what other models (confidence_sum) and the number of phrases add, or 0 */
    double whole;   /* seconds that the loop's score is of, more than 0 */
    size_t phones;  /* of the word; 0: not known */
    double speech;  /* whether it is speech at all, see listen/speech_detector.h; 0: not known */
};

#endif
