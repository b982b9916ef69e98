/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * model_seal: whether the files of an acoustic model are those that were made.
 *
 * pocketsphinx believes its files: one that is cut or has a wrong byte ends the program. A file
 * `sums` beside them has a line for each, "SUM SIZE NAME", as cksum(1) writes it
 * (scripts/seal-model makes it). It is a seal against damage, not against somebody who means harm:
 * they could change it too. What people read and may edit (a licence, a README, *.md, *.tsv, *.txt)
 * is not looked at. Thread: any.
 */
#ifndef PASAPAS_LISTEN_MODEL_SEAL_H
#define PASAPAS_LISTEN_MODEL_SEAL_H

enum model_seal {
    MODEL_SEAL_NONE,  /* it has none, or there is a file that it does not know */
    MODEL_SEAL_GOOD,  /* all is as it was made */
    MODEL_SEAL_BROKEN /* a file is missing, or not as it was made */
};

/* If it is broken: stores the name of the first file, to be freed with free(). */
enum model_seal model_seal_check(const char *folder, char **ret_file);

#endif
