/*
 * calendar: days and months in the words of the voice pack.
 *
 * All texts are to be freed with free(). Thread: any.
 */
#ifndef PASAPAS_CALENDAR_H
#define PASAPAS_CALENDAR_H

#include "date.h"

struct messages;

char *calendar_date(const struct messages *messages, struct date date);    /* "15 décembre 2026" */
char *calendar_month(const struct messages *messages, struct month month); /* "décembre 2026" */

#endif
