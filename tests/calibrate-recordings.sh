#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# `pasapas calibrate --from`: a voice is learnt from recordings that a table names; what is wrong with the
# table, a recording, the list of phrases or the file to be written is told, and then nothing is written.
# shellcheck source=tests/support/home.sh
. "$srcdir/tests/support/home.sh"
# shellcheck source=tests/support/recording.sh
. "$srcdir/tests/support/recording.sh"
recording_tools
tab=$(printf '\t')

calibrate() { # CODE options
    local wanted=$1 code=0
    shift
    timeout 200 "$PASAPAS" calibrate "$@" >"$work/answer" 2>"$work/errors" </dev/null || code=$?
    [ $code = "$wanted" ] || fail "calibrate $*: it ended with $code"
}
told() { # TEXT
    [ "$(wc -l <"$work/errors")" = 1 ] && grep -qF -- "$1" "$work/errors" || fail "« $1 » is not told"
}

for phrase in suivant aide; do
    for number in 1 2; do
        VOICE_RATE=$((110 + 10 * number))
        record "$work/$phrase-$number.wav" 1 "$phrase"
        echo "$phrase$tab$work/$phrase-$number.wav"
    done
done >"$work/table"
printf '%s\n' suivant aide répéter >"$work/vocabulary"

calibrate 0 --from "$work/table" --output "$work/voice.yaml"
grep -qE '^Avant : [0-4] sur 4\. Maintenant : [0-4] sur 4\.' "$work/answer" || fail "the gain is not told"
[ "$(grep -c '^- text: ' "$work/voice.yaml")" = 2 ] || fail "not two phrases are kept"
[ "$(grep -c '  kept: true' "$work/voice.yaml")" = 2 ] || fail "they are not taken into use"
[ "$(stat -c %a "$work/voice.yaml")" = 600 ] || fail "others can read it"

# By a list of one's own; a phrase that was said once only is not learnt; empty lines are none.
{ head -n 3 "$work/table"; echo; } >"$work/short"
calibrate 0 --from "$work/short" --vocabulary "$work/vocabulary" --output "$work/short.yaml"
[ "$(grep -c '^- text: ' "$work/short.yaml")" = 1 ] || fail "a phrase that was said once is learnt"

# What is there and is not understood makes way, and its new name is told.
echo '{' >"$work/voice.yaml"
calibrate 0 --from "$work/short" --output "$work/voice.yaml"
grep -q 'voice.yaml.damaged-' "$work/answer" || fail "what made way is not told"
[ "$(cat "$work"/voice.yaml.damaged-*)" = '{' ] || fail "what made way has changed"

# Mistakes.
calibrate 1 --from "$work/none" --output "$work/no.yaml"
told "$work/none"
echo "suivant $work/suivant-1.wav" >"$work/wrong"
calibrate 2 --from "$work/wrong" --output "$work/no.yaml"
grep -q -- '--from' "$work/errors" || fail "a line without a tab is not told"
echo "suivant$tab$work/none.wav" >"$work/wrong"
calibrate 1 --from "$work/wrong" --output "$work/no.yaml"
told "none.wav"
calibrate 1 --from "$work/table" --vocabulary "$work/none" --output "$work/no.yaml"
told "$work/none"
[ ! -e "$work/no.yaml" ] || fail "something is written in spite of a mistake"
calibrate 1 --from "$work/short" --output "$work/table/voice.yaml"
told "Je ne peux pas garder"

# Without a model there is nobody to learn.
cp -r "$srcdir/voices/fr" "$work/fr" && chmod -R u+w "$work/fr" && sed -i '/^models:/,$d' "$work/fr/voice.yaml"
calibrate 1 --voice "$work/fr" --from "$work/short" --output "$work/no.yaml"
[ -s "$work/errors" ] && [ ! -e "$work/no.yaml" ] || fail "without a model"
echo "a voice is learnt from recordings"
