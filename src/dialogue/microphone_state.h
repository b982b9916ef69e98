/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * microphone_state: what is wrong with a microphone, as one word that a dialogue can tell.
 * app/microphone_judgement.h finds it from what was measured.
 */
#ifndef PASAPAS_DIALOGUE_MICROPHONE_STATE_H
#define PASAPAS_DIALOGUE_MICROPHONE_STATE_H

enum microphone_state {
    MICROPHONE_FINE,
    MICROPHONE_MUTED,    /* it gives nothing: switched off */
    MICROPHONE_SILENT,   /* nobody was heard */
    MICROPHONE_TOO_LOW,  /* somebody was heard from far away */
    MICROPHONE_TOO_LOUD, /* the end of the scale was reached */
    MICROPHONE_NOISE     /* a voice does not stand out */
};

/* The same measure, judged as if nobody spoke, and as if somebody was asked to. */
struct microphone_report {
    enum microphone_state quiet; /* MUTED, NOISE or FINE */
    enum microphone_state voice;
};

#endif
