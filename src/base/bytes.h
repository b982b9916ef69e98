/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bytes: what bytes of a file say: a number in them, and a sum of them.
 *
 * The sum is FNV-1a, 64 bit (Fowler, Noll and Vo; draft-eastlake-fnv): against damage, and to tell
 * things apart, not against somebody who means harm. Thread: any.
 */
#ifndef PASAPAS_BASE_BYTES_H
#define PASAPAS_BASE_BYTES_H

#include <stddef.h>
#include <stdint.h>

/* The sum of no bytes: what bytes_sum_on() begins with. */
#define BYTES_SUM_OF_NONE UINT64_C(14695981039346656037)

uint64_t bytes_sum(const void *bytes, size_t count);
/* The sum of those that gave `sum` and of these behind them. */
uint64_t bytes_sum_on(uint64_t sum, const void *bytes, size_t count);

/* A number of four bytes, little-endian. */
uint32_t bytes_u32(const void *bytes);

#endif
