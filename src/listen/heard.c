/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/heard.h"

#include <stdlib.h>

void heard_free(struct heard *heard)
{
    free(heard->phrase);
    free(heard->samples);
    free(heard->error);
    *heard = (struct heard){0};
}

enum verdict heard_verdict(const struct heard *heard, enum verdict_context context, bool again)
{
    const struct hypothesis hypothesis = {heard->command, heard->confidence, heard->costly};
    struct situation situation = heard->situation;
    situation.context = context;
    situation.again = again;
    return verdict_of(&hypothesis, &situation);
}
