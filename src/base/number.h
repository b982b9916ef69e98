/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * number: whole numbers as text, and within bounds. Pure. Thread: any.
 */
#ifndef PASAPAS_BASE_NUMBER_H
#define PASAPAS_BASE_NUMBER_H

/* Holds every long, its sign and the NUL. */
#define NUMBER_TEXT_SIZE 24

/* The number in decimal figures, in the buffer, which is returned. */
const char *number_text(char buffer[NUMBER_TEXT_SIZE], long number);

/* The number, or the bound that it is beyond. */
int number_clamp(int number, int minimum, int maximum);

#endif
