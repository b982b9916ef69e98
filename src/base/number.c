/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/number.h"

#include <stdio.h>

const char *number_text(char buffer[NUMBER_TEXT_SIZE], long number)
{
    snprintf(buffer, NUMBER_TEXT_SIZE, "%ld", number);
    return buffer;
}

int number_clamp(int number, int minimum, int maximum)
{
    return number < minimum ? minimum : number > maximum ? maximum : number;
}
