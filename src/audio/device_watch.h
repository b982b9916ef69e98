/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * device_watch: when sound devices count as lost, and when to open them again. Pure: times and
 * counts in, what to do out; see app/sound.c for who carries it out.
 *
 * A device that works calls back many times a second; one that stands still is gone, even if nobody
 * said so. Opening again closes both directions for a moment (PortAudio's list of devices is frozen
 * while it is open), so it waits for the end of a sentence and for silence in the room as long as
 * one direction still works. Devices that are missing are looked for when the system tells that
 * something was plugged in, and otherwise now and then, ever more rarely. After news of another
 * default device they are opened again too, though they work.
 *
 * Times are milliseconds of a clock that never goes back. Thread: one at a time.
 */
#ifndef PASAPAS_AUDIO_DEVICE_WATCH_H
#define PASAPAS_AUDIO_DEVICE_WATCH_H

#include <stdbool.h>
#include <stdint.h>

/* One direction. */
struct device_watch_side {
    bool wanted;
    bool open;          /* opened, and not known to be lost */
    bool alive;         /* has called back since it was opened */
    bool told_lost;     /* the last thing told was that it is lost */
    bool gone;          /* worked before the last opening, not after it: to be told */
    bool is_substitute; /* not the device that was asked for */
    int64_t opened_ms;
};

struct device_watch {
    struct device_watch_side output;
    struct device_watch_side input;
    int64_t changed_ms; /* when the system last told of other devices, or -1 */
    bool another;       /* it told of another default */
    int64_t looked_ms;  /* the last look, or -1 */
    int64_t awake_ms;   /* the program had stood still itself until then */
    int64_t retry_ms;   /* when missing devices are looked for again */
    int retry_wait;     /* how long after the next failure, ms */
    bool waiting;       /* to be opened again as soon as it disturbs nobody */
    bool slower;        /* because the device stumbles: with more time in hand */
    uint64_t sentence;  /* that was being said when `waiting` began */
    uint64_t underruns; /* counted when the window began */
    int64_t window_ms;  /* when it began */
};

/* What there is to see. */
struct device_watch_look {
    int64_t now_ms;
    int64_t output_beat_ms; /* the last callback since it was opened; ignored before the first */
    int64_t input_beat_ms;
    bool output_beaten; /* there was one */
    bool input_beaten;
    bool devices_changed; /* the system told so since the last look */
    bool default_changed; /* the same */
    uint64_t sentence;    /* that is being said, 0 for none */
    bool hearing;         /* somebody is speaking */
    uint64_t underruns;   /* since the output was opened */
};

/* What to tell, and what to do. */
struct device_watch_advice {
    bool output_lost; /* told once for each loss */
    bool input_lost;
    bool output_back; /* works again */
    bool input_back;
    bool reopen; /* now; then call device_watch_opened() */
    bool slower; /* with a longer latency than before */
    int wait_ms; /* until the next look at the latest */
};

void device_watch_init(struct device_watch *watch, bool want_output, bool want_input);

/* After each opening, the first one too: which sides are open. `_substitute`: by another device
 * than the one asked for. A side that is missing at the first opening counts as told. */
void device_watch_opened(struct device_watch *watch, int64_t now_ms, bool output, bool input,
                         bool output_substitute, bool input_substitute);

struct device_watch_advice device_watch_look(struct device_watch *watch,
                                             const struct device_watch_look *look);

#endif
