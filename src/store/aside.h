/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * aside: a file that cannot be used, but may be somebody's work, gets another name and stays.
 *
 * Thread: any; who else could take the name is locked out by the caller.
 */
#ifndef PASAPAS_STORE_ASIDE_H
#define PASAPAS_STORE_ASIDE_H

/*
 * Renames NAME of an open folder to "NAME.WHY-20261128-091200" (and "-2", "-3"… if that is there)
 * and syncs the folder. 0 with the new name, to be freed, in `ret_aside`; or -1 with errno.
 */
int aside_move(int folder, const char *name, const char *why, char **ret_aside);

#endif
