#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# tests/bench/recognition on a few recordings made here with espeak-ng: what it counts, whom it
# refuses to judge by, what it does to recordings. How well anything is understood is not judged.
set -euo pipefail
here=$(cd "${srcdir:-.}" && pwd)
bench=$here/tests/bench/recognition
recordings=$(dirname "$PASAPAS")/tests/bench/recordings
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source=tests/support/recording.sh
. "$here/tests/support/recording.sh"
recording_tools
[ -f "$here/voices/fr/model/mdef" ] || { echo "skipped: no model"; exit 77; }

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

say() { # FILE VOICE TEXT
    espeak-ng -v "$2" -s 120 -w "$work/raw.wav" -- "$3"
    sox "$work/raw.wav" -r 16000 -c 1 -b 16 "$1" norm -6 pad 0.3 0.3
}

# anne says two commands and a word that is none; bruno one of each; both talk.
mkdir -p "$work/set/words" "$work/set/talk"
table=$work/set/transcripts.tsv
printf 'file\tspeaker\ttext\tlabel\n' >"$table"
n=0
for row in "anne:fr:suivant" "anne:fr:répéter" "anne:fr:montagne" "bruno:fr+m3:précédent" \
    "bruno:fr+m3:le jardin|jardin"; do
    n=$((n + 1))
    IFS=: read -r speaker voice text <<<"$row"
    say "$work/set/words/$n.wav" "$voice" "${text%%|*}"
    printf 'words/%s.wav\t%s\t%s\ttable\n' $n "$speaker" "$text" >>"$table"
done
say "$work/set/talk/a.wav" fr "il a plu toute la nuit sur les toits du village"
say "$work/set/talk/b.wav" fr+m3 "suivant"
printf 'talk/a.wav\tanne\t\tnone\ntalk/b.wav\tbruno\t\tnone\n' >>"$table"
printf 'suivant\nrépéter\nprécédent\nannuler\n' >"$work/vocabulary"

# A pack whose model was made with somebody else, and one with anne.
pack() { # NAME SPEAKER
    mkdir "$work/$1"
    cp -r "$here/voices/fr/." "$work/$1"
    chmod -R u+w "$work/$1"
    printf 'speaker\trecordings\tuse\n%s\t3\ttrained\n' "$2" >"$work/$1/model/speakers.tsv"
}
pack free zoe
pack taken anne

judge() { # PACK OPTION... : into $work/out, and its end into $status
    local pack=$1
    shift
    status=0
    "$bench" --voice "$work/$pack/" --vocabulary "$work/vocabulary" "$@" "$work/set" \
        >"$work/out" 2>"$work/err" || status=$?
}

# What is counted.
judge free --confusions
[ $status = 0 ] || fail "ended with $status: $(cat "$work/err")"
grep -q '^--- pasapas, 4 phrases' "$work/out" || fail "no heading: $(cat "$work/out")"
grep -q '^anne: right .* of 2, .* of 1$' "$work/out" || fail "anne: $(grep anne "$work/out")"
grep -q '^bruno: right .* of 1, .* of 1$' "$work/out" || fail "bruno: $(grep bruno "$work/out")"
grep -q '^all: right 100.0 % (44-100) of 3, ' "$work/out" || fail "all: $(grep all: "$work/out")"
grep -q '^5 % of other words obeyed: confidence ' "$work/out" || fail "no threshold"
grep -q '^processor: 0\.[0-9]* of real time, .* MiB at most$' "$work/out" || fail "no cost"

# By whom: not by anne, whom the model has heard, unless it is asked for and told.
judge taken
[ $status = 0 ] && grep -q '^left out, .*: anne$' "$work/out" || fail "anne is not left out"
! grep -q '^anne:' "$work/out" || fail "anne judges"
grep -q '^bruno:' "$work/out" || fail "bruno does not judge"
judge taken --speakers 'anne|bruno'
[ $status = 2 ] && ! grep -q ':' "$work/out" || fail "anne by name: $status, $(cat "$work/out")"
grep -q 'the model was made with anne' "$work/err" || fail "not told why: $(cat "$work/err")"
judge taken --speakers anne --heard-too
[ $status = 0 ] || fail "--heard-too: $(cat "$work/err")"
grep -q '^NOT A JUDGEMENT: .*anne' "$work/out" && grep -q '^--- .*(NOT A JUDGEMENT)$' "$work/out" ||
    fail "not marked: $(cat "$work/out")"
rm "$work/taken/model/speakers.tsv"
judge taken --speakers anne
grep -q '^note: whom the model .* is not known$' "$work/out" || fail "unknown speakers not told"

# Talk: one clip of two is a command, wherever it stands.
judge free --talk
grep -q '^talk, all: 2 clips, .* 1 obeyed, .* an hour$' "$work/out" || fail "an hour: $(cat "$work/out")"
grep -q '^talk, all: 2 clips, .* 1 obeyed, 50.0 % (9-91) of the clips$' "$work/out" ||
    fail "a clip: $(cat "$work/out")"
grep -q '^talk, people the model has not heard: 2 clips' "$work/out" || fail "heard: $(cat "$work/out")"

# Places.
judge free --speakers bruno --noise white --snr 20 --room car --telephone
grep -q 'white noise at 20 dB, car, telephone$' "$work/out" || fail "no place: $(cat "$work/out" "$work/err")"

# Wrong use.
judge free --noise white
[ $status = 2 ] || fail "noise without a ratio ends with $status"
judge free --unknown
[ $status = 2 ] || fail "an unknown option ends with $status"
judge free --noise thunder --snr 3
[ $status = 1 ] || fail "an unknown noise ends with $status"

# The noise is as loud as was asked, and its own for each recording and seed.
level() { # FILE FROM SECONDS: root mean square in dB
    sox "$1" -n trim "$2" "$3" stat 2>&1 | awk '/^RMS.*amplitude/ { print 20 * log($3 + 1e-9) / log(10) }'
}
sox -n -r 16000 -b 16 -c 1 "$work/tone.wav" synth 2 sine 440 vol 0.3
printf '%s\n' "$work/tone.wav" >"$work/voices"
for noise in white pink hum babble clicks; do
    printf '%s\t%s\n' "$work/tone.wav" "$work/$noise.wav" |
        "$recordings" spoil --noise $noise --snr 12 --babble "$work/voices"
    [ "$(soxi -D "$work/$noise.wav")" = 4.000000 ] || fail "$noise: not a second around"
    awk -v noise="$(level "$work/$noise.wav" 0 0.9)" -v both="$(level "$work/$noise.wav" 1.1 1.8)" '
        BEGIN { tone = 10 * log(10 ^ (both / 10) - 10 ^ (noise / 10)) / log(10)
            exit !(tone - noise > 10 && tone - noise < 14) }' || [ $noise = clicks ] ||
        fail "$noise: $(level "$work/$noise.wav" 0 0.9) and $(level "$work/$noise.wav" 1.1 1.8) dB"
done
awk -v clicks="$(level "$work/clicks.wav" 0 0.9)" 'BEGIN { exit !(clicks > -40) }' || fail "no clicks"
for seed in 1 1 2; do
    printf '%s\t%s\n' "$work/tone.wav" "$work/seed.wav" |
        "$recordings" spoil --noise white --snr 12 --seed $seed
    md5sum <"$work/seed.wav"
done >"$work/sums"
[ "$(uniq "$work/sums" | wc -l)" = 2 ] || fail "seeds: $(cat "$work/sums")"

# A room goes on when the sound has ended; a telephone takes the low tones out.
printf '%s\t%s\n' "$work/tone.wav" "$work/hall.wav" | "$recordings" spoil --room hall
awk -v after="$(level "$work/hall.wav" 3.1 0.1)" -v later="$(level "$work/hall.wav" 3.8 0.1)" '
    BEGIN { exit !(after > -60 && later < after - 10) }' || fail "no room"
sox -n -r 16000 -b 16 -c 1 "$work/low.wav" synth 2 sine 100 vol 0.3
for tone in low tone; do
    printf '%s\t%s\n' "$work/$tone.wav" "$work/telephone-$tone.wav" | "$recordings" spoil --telephone
    [ "$(soxi -r "$work/telephone-$tone.wav")" = 8000 ] || fail "not a telephone's rate"
done
awk -v low="$(level "$work/telephone-low.wav" 1.2 1)" -v tone="$(level "$work/telephone-tone.wav" 1.2 1)" '
    BEGIN { exit !(tone > -15 && low < -40) }' || fail "no telephone"
echo "recognition-bench: all as it should be"
