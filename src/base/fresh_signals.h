/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fresh_signals: signals as a program expects them when it begins.
 *
 * For a child between fork() and what it does there: what the parent handles, ignores or blocks is
 * the parent's business. Calls only what may be called there beside other threads.
 */
#ifndef PASAPAS_BASE_FRESH_SIGNALS_H
#define PASAPAS_BASE_FRESH_SIGNALS_H

/* Every signal does what it does by default, and none is blocked. */
void fresh_signals(void);

#endif
