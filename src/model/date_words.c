/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/date_words.h"

#include "base/mem.h"
#include "base/messages.h"
#include "base/number.h"

#include <stdlib.h>
#include <string.h>

/* The n-th word (from 1) of a message that is a list of words; '_' stands for a space in a word. */
static char *nth_word(const struct messages *messages, enum message id, int n)
{
    char *list = messages_format(messages, id);
    const char *at = list;
    for (int i = 1; i < n && at; i++) {
        at = strchr(at, ' ');
        at = at ? at + 1 : NULL;
    }
    char *word = at ? xstrndup(at, strcspn(at, " ")) : xstrdup("");
    for (char *gap = word; (gap = strchr(gap, '_'));)
        *gap = ' ';
    free(list);
    return word;
}

char *date_words_month_name(const struct messages *messages, int month)
{
    return nth_word(messages, MSG_MONTHS, month);
}

char *date_words_of_month(const struct messages *messages, int month)
{
    return nth_word(messages, MSG_OF_MONTHS, month);
}

char *date_words_date(const struct messages *messages, struct date date)
{
    char day[NUMBER_TEXT_SIZE], year[NUMBER_TEXT_SIZE];
    number_text(day, date.day);
    number_text(year, date.year);
    char *month = date_words_month_name(messages, date.month);
    char *text = messages_format(messages, date.day == 1 ? MSG_DATE_FIRST : MSG_DATE, "day", day,
                                 "month", month, "year", year);
    free(month);
    return text;
}

char *date_words_day(const struct messages *messages, struct date date)
{
    char day[NUMBER_TEXT_SIZE];
    number_text(day, date.day);
    char *month = date_words_month_name(messages, date.month);
    char *text =
        messages_format(messages, date.day == 1 ? MSG_DAY_OF_MONTH_FIRST : MSG_DAY_OF_MONTH, "day",
                        day, "month", month);
    free(month);
    return text;
}

char *date_words_month(const struct messages *messages, struct month month)
{
    char year[NUMBER_TEXT_SIZE];
    number_text(year, month.year);
    char *name = date_words_month_name(messages, month.month);
    char *text = messages_format(messages, MSG_MONTH_OF_YEAR, "month", name, "year", year);
    free(name);
    return text;
}
