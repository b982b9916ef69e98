/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * standard_fds: descriptors 0, 1 and 2 are always open, so that no file that is opened later gets
 * the number of one of them, and is read as the keyboard or written into as the screen.
 *
 * One that was closed leads nowhere from now on: 0 has ended, writing to 1 fails (an answer that
 * nobody can read is no success), what is written to 2 is dropped. Thread: main, before anything is
 * opened.
 */
#ifndef PASAPAS_BASE_STANDARD_FDS_H
#define PASAPAS_BASE_STANDARD_FDS_H

/* 0, or -1 with errno. */
int standard_fds_open(void);

#endif
