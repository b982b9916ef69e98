/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pack_choice: which voice pack is used: for the session, for what is said or heard on the command
 * line, and for what the list of packs tells. Thread: main, at the start.
 */
#ifndef PASAPAS_MODEL_PACK_CHOICE_H
#define PASAPAS_MODEL_PACK_CHOICE_H

/*
 * The folder of the pack: of `asked` (an id, or a path) if it is not NULL, else of the language
 * that the system is set to if there is a pack for it, else of PACK_DEFAULT. To be freed with
 * free(); NULL if it is not there. Whether it is a good pack is for pack_load() to tell.
 */
char *pack_choice(const char *asked);

#endif
