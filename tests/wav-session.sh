#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The whole program by voice alone: a recording made with espeak-ng leads it through
# "actualisation" on the computer, from the welcome to the closing words. First as fast as it can,
# then a short one at real time; the transcript and what was spoken (out.wav) must show it.
# shellcheck source=tests/support/home.sh
. "$srcdir/tests/support/home.sh"
# shellcheck source=tests/support/recording.sh
. "$srcdir/tests/support/recording.sh"
recording_tools

fail() {
    echo "FAILED: $1"
    echo "--- transcript"
    cat "$work/transcript"
    echo "--- errors"
    cat "$work/errors"
    exit 1
}

expect() { # each argument must stand in the transcript, in this order
    local from=1 line
    for text in "$@"; do
        line=$(tail -n +"$from" "$work/transcript" | grep -nF -m 1 -- "$text" | cut -d: -f1)
        [ -n "$line" ] || fail "« $text » was not said, or not in its turn"
        from=$((from + line))
    done
}

run() { # extra options
    timeout 120 "$PASAPAS" --audio "wav:$work/in.wav,$work/out.wav" --today 2026-12-03 "$@" \
        </dev/null >"$work/transcript" 2>"$work/errors" || fail "exit $?"
    [ -s "$work/errors" ] && fail "lines on standard error"
    return 0
}

# Speech was written: long enough, loud enough, and not without a break.
check_speech() { # seconds at least
    local seconds peak
    seconds=$(soxi -D "$work/out.wav")
    peak=$(sox "$work/out.wav" -n stat 2>&1 | sed -n 's/^Maximum amplitude: *//p')
    awk -v s="$seconds" -v p="$peak" -v m="$1" 'BEGIN { exit !(s >= m && p > 0.1) }' ||
        fail "out.wav: $seconds s, peak $peak"
}

# 1. The whole way, simulated. Eight seconds are enough to hear each step.
record "$work/in.wav" 8 "sur ordinateur" actualisation "étape suivante" "étape suivante" \
    "étape suivante" "étape finie" "étape finie" "étape finie" oui "pas besoin" "pas besoin" "au revoir"
run --fast
expect "> sur ordinateur" "> actualisation" "Avez-vous votre nombre d'heures" "> étape suivante" \
    "Étape 1 sur 5" "> étape finie" "C'est noté. Étape 2 sur 5" "> étape finie" \
    "C'est noté. Étape 3 sur 5" "c'est bien cela" "> oui" "C'est noté. Étape 4 sur 5" \
    "> pas besoin" "C'est noté. Étape 5 sur 5" "> pas besoin" "C'est noté." \
    "Fin de la partie « Actualisation »" "> au revoir" "Au revoir."
check_speech 80
cp "$work/transcript" "$work/first"

# The same again gives the same: nothing depends on the machine's speed.
rm -rf "$work/state" "$work/config"
run --fast
cmp -s "$work/first" "$work/transcript" || fail "a second run gave another transcript"

# 2. How quickly a person says a phrase is learned, and kept.
rm -rf "$work/state" "$work/config"
record "$work/in.wav" 2 silence silence silence silence silence silence silence silence silence \
    silence "au revoir"
run --fast
grep -q '^listen-pause-learned: ' "$work/config/pasapas/default/settings.yaml" ||
    fail "what was learned of the pauses is not kept"

# 3. At real time, with threads: short.
rm -rf "$work/state" "$work/config"
record "$work/in.wav" 4 "sur ordinateur" sommaire "au revoir" oui
run
expect "> sur ordinateur" "on y va ?" "> sommaire" "sommaire, sur ordinateur" "> au revoir" "> oui" "Au revoir."
check_speech 10
