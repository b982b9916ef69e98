#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# --duplex half: the voice is silent for a moment after each sentence. "Silence", as "stop", said then stops it;
# said in the middle of a sentence it is not heard. That turns are taken is said once.
. "$(dirname "$0")/support/home.sh"
# shellcheck source=tests/support/recording.sh
. "$(dirname "$0")/support/recording.sh"
recording_tools

run() { # microphone, options...
    local microphone=$1
    shift
    rm -rf "$work/state" "$work/config"
    timeout 300 "$PASAPAS" --audio "wav:$microphone,$work/out.wav" --today 2026-12-03 --fast \
        --path ordinateur "$@" </dev/null >"$work/answer" 2>"$work/errors" || fail "exit $?"
    [ -s "$work/errors" ] && fail "lines on standard error"
}

# The silences of 0.9 s and more in what was said: begin and end, in seconds.
silences() {
    command sox "$work/out.wav" -r 2000 -t dat - |
        awk '/^;/ { next }
             { loud = $2 > 0.004 || $2 < -0.004 }
             loud { if (heard && $1 - last > 0.9) print last, $1; last = $1; heard = 1 }'
}

# A quiet room; with the word that begins at so many seconds.
room() { # FILE [SECONDS]
    sox -n -r 16000 -b 16 -c 1 "$work/room.wav" synth 30 whitenoise vol 0.001
    cp "$work/room.wav" "$1"
    [ $# = 1 ] && return
    sox "$work/stop.wav" -r 16000 -b 16 "$work/late.wav" norm -6 pad "$2" 0
    sox -m -v 1 "$work/room.wav" -v 1 "$work/late.wav" -b 16 "$1" trim 0 30
}
espeak-ng -v "$VOICE" -s "$VOICE_RATE" -w "$work/raw.wav" silence
sox "$work/raw.wav" "$work/stop.wav" silence 1 0.01 1%

room "$work/quiet.wav"
run "$work/quiet.wav" --duplex headphones
silences >"$work/pauses"
[ -s "$work/pauses" ] && fail "there are long silences without turns: $(cat "$work/pauses")"
grep -q "je n'entends pas" "$work/answer" && fail "turns are told where none are taken"
run "$work/quiet.wav" --duplex half
[ "$(grep -c "Pendant que je parle, je n'entends pas" "$work/answer")" = 1 ] ||
    fail "that turns are taken is not said once"
silences >"$work/gaps"
cat "$work/gaps"
[ "$(wc -l <"$work/gaps")" -ge 4 ] || fail "there is no silence after each sentence"
end=$(silences | tail -1 | cut -d' ' -f2)

# In the fourth silence.
read -r from to < <(sed -n 4p "$work/gaps")
room "$work/in-turn.wav" "$(awk -v t="$from" 'BEGIN { print t + 0.5 }')"
run "$work/in-turn.wav" --duplex half
grep -q '^> silence$' "$work/answer" || fail "« silence » in the silence after a sentence is not heard"
command sox "$work/out.wav" -r 2000 -t dat - |
    awk -v t="$to" '/^;/ { next } $1 > t && ($2 > 0.004 || $2 < -0.004) { exit 1 }' ||
    fail "the voice went on while or after « silence » was said"

# Later in that silence: the word ends when the next sentence would have begun. The voice waits.
room "$work/late-turn.wav" "$(awk -v t="$to" 'BEGIN { print t - 0.2 }')"
run "$work/late-turn.wav" --duplex half
grep -q '^> silence$' "$work/answer" || fail "the voice did not wait for « silence »"

# In the middle of the sentence behind it.
room "$work/out-of-turn.wav" "$(awk -v t="$to" 'BEGIN { print t + 0.4 }')"
run "$work/out-of-turn.wav" --duplex half
grep -q '^> silence$' "$work/answer" && fail "something is heard while the voice speaks"
echo "the last silence ends at $end s"
exit 0
