#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# scripts/train-model, from recordings made here with espeak-ng to a model that pocketsphinx loads:
# which rows it takes, that the same seed gives the same bytes, that another one does not.
# Judges nothing about how good a model is.
set -euo pipefail
script=${srcdir:-.}/scripts/train-model
# shellcheck source=tests/support/training.sh
. "${srcdir:-.}/tests/support/training.sh"
need pocketsphinx_batch
[ -x /usr/lib/sphinxtrain/bw ] || { echo "skipped: no sphinxtrain"; exit 77; }

words="oui:GPL non:GPL-3.0 aide:BSD suite:CC0 pause:CC-BY-SA-3.0 retour:FDL encore: stop:unknown"
printf 'file\tspeaker\ttext\tlabel\tlicence\tsource\n' >"$work/transcripts.tsv"
mkdir "$work/fr"
for pair in $words; do
    word=${pair%%:*}
    speak "$work/fr/a/$word.wav" "$word"
    printf 'a/%s.wav\tanne\t%s\ttable\t%s\there\n' "$word" "$word" "${pair#*:}"
done >>"$work/transcripts.tsv"
speak "$work/fr/b/porte.wav" "la porte"
printf 'b/porte.wav\tbruno\tporte|la porte\ttable\tGPL\there\n' >>"$work/transcripts.tsv"
printf 'a/oui.wav\tanne\t\tnone\tGPL\there\n' >>"$work/transcripts.tsv"
mv "$work/transcripts.tsv" "$work/fr"
speak "$work/other/ca/casa.wav" casa ca
printf 'file\tspeaker\ttext\tlicence\nca/casa.wav\tpere\tcasa\tGPL\n' >"$work/other/transcripts.tsv"

train() { # train NAME OPTIONS...
    local name=$1
    shift
    "$script" --output "$work/$name" --keep "$work/$name.work" --draws 30 --steps 2 --synthetic 1 "$@" "$work/fr" \
        >"$work/$name.log" 2>&1 || fail "training: $(tail -n 3 "$work/$name.log")"
}

# Which rows.
train first --neighbour "$work/other" --seed 5
grep -q 'refused 1 recordings (CC-BY-SA)' "$work/first.log" || fail "CC-BY-SA not refused"
grep -q 'refused 1 recordings (FDL)' "$work/first.log" || fail "FDL not refused"
grep -q 'refused 2 recordings (no licence)' "$work/first.log" || fail "no licence not refused"
used=$(cut -f1 "$work/first.work/recordings" | sed 's|.*/||' | sort | tr '\n' ' ')
[ "$used" = "aide.wav casa.wav non.wav oui.wav porte.wav suite.wav " ] || fail "used: $used"
[ "$(cut -f2 "$work/first.work/all" | grep -c '^espeak-ng$')" = 12 ] || fail "synthetic voices"
grep -q '^[^	]*porte.wav	bruno	porte|la porte	pp oo rr tt | ' "$work/first.work/recordings" ||
    fail "pronunciations of porte: $(grep porte "$work/first.work/recordings")"

# Whose voices: nobody may judge it by them.
[ "$(sed -n '1p;/^anne/p;/^pere/p' "$work/first/speakers.tsv" | tr '\t\n' '  ')" = \
    "speaker recordings use anne 4 trained pere 1 trained " ] || fail "speakers: $(cat "$work/first/speakers.tsv")"

# The model loads, and without the phones of other languages.
for file in feat.params mdef means noisedict sendump transition_matrices variances; do
    [ -s "$work/first/$file" ] || fail "no $file"
done
grep -q '^  xa ' "$work/first.work/adapted/mdef" || fail "the other languages' phones are not there"
! grep -q '^  xa ' "$work/first.work/plain/mdef" || fail "the other languages' phones are shipped"
printf 'oui ww ii\nnon nn on\n' >"$work/dict"
printf '#JSGF V1.0;\ngrammar g;\npublic <g> = oui | non;\n' >"$work/g.gram"
echo a/non >"$work/list"
pocketsphinx_batch -hmm "$work/first" -dict "$work/dict" -jsgf "$work/g.gram" -ctl "$work/list" \
    -cepdir "$work/fr" -cepext .wav -adcin yes -adchdr 44 -lw 1 -hyp "$work/hyp" \
    -logfn "$work/sphinx.log" || fail "pocketsphinx: $(grep ERROR "$work/sphinx.log")"
[ "$(cut -d ' ' -f 1 "$work/hyp")" = non ] || fail "heard: $(cat "$work/hyp")"

# The same again; what was written into the list of speakers by hand stays;
# other numbers; a speaker less.
mkdir "$work/again"
printf 'speaker\trecordings\tuse\nodile\t9\ttrained\nzoe\t3\ttuned\n' >"$work/again/speakers.tsv"
train again --neighbour "$work/other" --seed 5
for file in means variances sendump transition_matrices mdef; do
    cmp -s "$work/first/$file" "$work/again/$file" || fail "$file differs with the same seed"
done
train other --neighbour "$work/other" --seed 6
grep -q '^zoe	3	tuned$' "$work/again/speakers.tsv" || fail "zoe was forgotten"
! grep -q '^odile' "$work/again/speakers.tsv" || fail "odile is in no such model"
! cmp -s "$work/first/means" "$work/other/means" || fail "another seed changed nothing"
train without --exclude-speaker bruno
grep -q 'excluded 1 of bruno' "$work/without.log" || fail "nobody says that bruno is excluded"
! grep -q bruno "$work/without.work/recordings" || fail "bruno was used"

# Wrong use.
"$script" --help | grep -q -- '--exclude-speaker' || fail "--help does not help"
status=0
"$script" --unknown "$work/fr" >/dev/null 2>&1 || status=$?
[ $status = 2 ] || fail "an unknown option ends with $status"
status=0
"$script" "$work/other/ca" >/dev/null 2>&1 || status=$?
[ $status = 1 ] || fail "a folder without table ends with $status"
echo "train-model: all as it should be"
