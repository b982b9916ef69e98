/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * enabling: browsers are told that somebody looks (org.a11y.Status IsEnabled) while any companion
 * of this user does; the last one puts back what the first one found.
 *
 * They share a lock in the runtime folder, which the kernel opens when one of them is killed. What
 * is to be put back stands in that file, so that it is not forgotten if all are. Where a screen
 * reader came meanwhile, nothing is put back. Thread: main. Only there where configure found
 * libdbus.
 */
#ifndef PASAPAS_PAGE_ENABLING_H
#define PASAPAS_PAGE_ENABLING_H

/* Returns what enabling_end() takes: a descriptor to be kept open, or -1: nothing could be locked
 * or asked, and nothing was changed. */
int enabling_begin(void);
void enabling_end(int lock); /* accepts -1 */

#endif
