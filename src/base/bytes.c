/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/bytes.h"

uint64_t bytes_sum_on(uint64_t sum, const void *bytes, size_t count)
{
    const uint8_t *at = bytes;
    for (size_t i = 0; i < count; i++)
        sum = (sum ^ at[i]) * UINT64_C(1099511628211);
    return sum;
}

uint64_t bytes_sum(const void *bytes, size_t count)
{
    return bytes_sum_on(BYTES_SUM_OF_NONE, bytes, count);
}

uint32_t bytes_u32(const void *bytes)
{
    const uint8_t *at = bytes;
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}
