/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * date_words: days and months in the words of the voice pack.
 *
 * Months are 1..12. All texts are to be freed with free(). Pure. Thread: any.
 */
#ifndef PASAPAS_MODEL_DATE_WORDS_H
#define PASAPAS_MODEL_DATE_WORDS_H

#include "base/date.h"

struct messages;

char *date_words_date(const struct messages *messages, struct date date); /* "15 décembre 2026" */
char *date_words_day(const struct messages *messages, struct date date);  /* "15 décembre" */
char *date_words_month(const struct messages *messages, struct month month); /* "décembre 2026" */
char *date_words_month_name(const struct messages *messages, int month);     /* "décembre" */
char *date_words_of_month(const struct messages *messages, int month);       /* "de décembre" */

#endif
