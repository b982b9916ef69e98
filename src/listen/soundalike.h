/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * soundalike: phrases that are listened for together and sound alike, and phrases too short to be
 * told from a noise.
 *
 * How alike two phrases are is an edit distance over their phones, as listen/pronounce.h gives
 * them: a phone more or less, or in place of another, counts 1; in place of one that is easily
 * taken for it
 * (`alike` of phones.yaml) a half. Of several pronunciations the nearest ones count. A warning is
 * given when no more than one phone in three differs, a rule of thumb: only ears can say.
 *
 * Pure apart from espeak-ng's pronunciations. Thread: any.
 */
#ifndef PASAPAS_LISTEN_SOUNDALIKE_H
#define PASAPAS_LISTEN_SOUNDALIKE_H

struct diags;
struct pronouncer;
struct pack;
struct ynode;

/* Shorter phrases are told, in phones. */
#define SOUNDALIKE_SHORT 3

/* More phrases than these are not compared: the time grows with the square. */
#define SOUNDALIKE_MAX 1000

/* The distance of two pronunciations in the first set of phones.yaml: phones between spaces. */
double soundalike_distance(const struct pronouncer *pronouncer, const char *left,
                           const char *right);

/* The `phrases` of the paths and sections in `root`, the tree of a guide that is right, among
 * themselves and with the phrases of `voice`. */
void soundalike_check_guide(const struct ynode *root, const struct pack *pack,
                            const struct pronouncer *pronouncer, struct diags *diags);

/* The phrases in `root`, the tree of a commands.yaml. Its `allow` excuses phrases; an excuse that
 * is not needed is told as well. */
void soundalike_check_commands(const struct ynode *root, const struct pronouncer *pronouncer,
                               struct diags *diags);

#endif
