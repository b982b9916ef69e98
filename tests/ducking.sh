#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# While somebody may be speaking the voice is lowered; it goes on at its level when it was nothing.
# A buzz in the recording, at 4 s, is no command: what was said is compared with a quiet recording.
. "$(dirname "$0")/support/home.sh"
need sox

# The level of a second of what was said, from 4.3 s on, and from 8 s on.
levels() { # recording
    rm -rf "$work/state" "$work/config"
    timeout 120 "$PASAPAS" --audio "wav:$1,$work/out.wav" --today 2026-12-03 --fast --path ordinateur \
        </dev/null >"$work/transcript" 2>&1 || fail "exit $?"
    for from in 4.3 8; do
        sox "$work/out.wav" -n trim $from 1 stat 2>&1 | sed -n 's/^RMS *amplitude: *//p'
    done | tr '\n' ' '
}

sox -R -n -r 16000 -b 16 -c 1 "$work/quiet.wav" synth 12 whitenoise vol 0.0005
sox -R -n -r 16000 -b 16 -c 1 "$work/buzz.wav" synth 1.5 sawtooth 140 vol 0.1 pad 4 6.5
sox -R -m -v 1 "$work/quiet.wav" -v 1 "$work/buzz.wav" -b 16 "$work/noisy.wav"
quiet=$(levels "$work/quiet.wav")
noisy=$(levels "$work/noisy.wav")
echo "level during and after: $quiet without, $noisy with the buzz"
awk -v q="$quiet" -v n="$noisy" 'BEGIN {
    split(q, a, " "); split(n, b, " ")
    if (a[1] < 0.01 || a[2] < 0.01) exit 1
    exit !(b[1] < 0.4 * a[1] && b[1] > 0.1 * a[1] && b[2] > 0.9 * a[2] && b[2] < 1.1 * a[2])
}' || fail "the voice is not lowered, or stays so"
