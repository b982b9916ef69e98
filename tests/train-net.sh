#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# scripts/train-net up to where Python is needed, from recordings made here with espeak-ng: which rows it takes,
# who is left out, that the data fits together and comes out the same again. PyTorch is not needed.
set -euo pipefail
script=${srcdir:-.}/scripts/train-net
# shellcheck source=tests/support/training.sh
. "${srcdir:-.}/tests/support/training.sh"
need python3

record() { # record FILE SPEAKER TEXT LICENCE [LANGUAGE], below $folder
    speak "$folder/$1" "$3" "${5:-fr}"
    [ -f "$folder/transcripts.tsv" ] || printf 'file\tspeaker\ttext\tlabel\tlicence\n' >"$folder/transcripts.tsv"
    printf '%s\t%s\t%s\ttable\t%s\n' "$1" "$2" "$3" "$4" >>"$folder/transcripts.tsv"
}

folder=$work/fr
for word in oui non aide suite; do record "a/$word.wav" anne "$word" GPL; done
record b/porte.wav bruno "la porte" CC0
record c/retour.wav claire retour CC-BY-SA-3.0
record d/encore.wav denis encore MIT
folder=$work/other
record ca/casa.wav pere casa GPL ca
folder=$work/made
record 1.wav v1_ada stop Apache-2.0
record 2.wav v2_bob pause Apache-2.0
mkdir "$work/features"
printf 'first\tframes\tspeaker\tsex\ttext\tphones\n0\t5\tbruno\tmale\toui\tww ii\n' >"$work/features/utterances.tsv"
printf '# who\nd*\nv?_bob\n' >"$work/develop"

data() { # data NAME OPTIONS...
    local name=$1
    shift
    mkdir -p "$work/$name"
    if [ "$name" != first ]; then # the tool need not be built again
        cp "$work/first/train-acoustic" "$work/first/done-tool" "$work/$name"
    fi
    "$script" --work "$work/$name" --only-data --draws 12 --voice-draws 4 --develop "$work/develop" \
        --neighbour "$work/other" --voices "$work/made" --measure "$work/fr" --features "$work/features" \
        --jobs 1 "$@" "$work/fr" >"$work/$name.log" 2>&1 || fail "$name: $(tail -n 3 "$work/$name.log")"
}

names() { cut -f2 "$1" | sort -u | tr '\n' ' '; }

# Which rows, and who.
data first
grep -q 'took 2 recordings (Apache-2.0)' "$work/first.log" || fail "Apache-2.0: $(cat "$work/first.log")"
grep -q 'refused 1 recordings (CC-BY-SA)' "$work/first.log" || fail "CC-BY-SA not refused"
[ "$(names "$work/first/recorded.tsv")" = "anne bruno pere " ] || fail "people: $(names "$work/first/recorded.tsv")"
[ "$(names "$work/first/voices.tsv")" = "v1_ada " ] || fail "voices: $(names "$work/first/voices.tsv")"
[ "$(names "$work/first/develop.tsv")" = "denis v2_bob " ] || fail "development: $(names "$work/first/develop.tsv")"
# shellcheck disable=SC2046
[ "$(echo $(sort "$work/first/left-out"))" = "denis v2_bob" ] || fail "left out: $(cat "$work/first/left-out")"
[ "$(names "$work/first/judges.tsv")" = "claire denis " ] || fail "judges: $(names "$work/first/judges.tsv")"

# The data: as many frames in each file, states that a word has, levels that cepstra have.
check_data() { # check_data FOLDER KIND BYTES-A-FRAME
    python3 - "$@" <<'END'
import struct, sys
folder, kind, size = sys.argv[1], sys.argv[2], int(sys.argv[3])
read = lambda name: open(f"{folder}/{name}", "rb").read()
phones = [line.split("\t") for line in read("phones.tsv").decode().splitlines()[1:]]
assert [int(first) for _, first in phones] == [3 * i for i in range(len(phones))], phones
assert len(phones) == 46 and phones[0][0] == "SIL", phones
rows = [line.split("\t") for line in read("utterances.tsv").decode().splitlines()[1:]]
frames = 0
for first, count, speaker, text in rows:
    assert int(first) == frames, rows
    frames += int(count)
cepstra = struct.unpack(f"<{frames * 13}f", read("cepstra.f32"))
assert all(-300 < c < 300 for c in cepstra) and max(cepstra) > 20
assert len(read(kind)) == frames * size, (kind, frames)
if kind == "states.u8":
    states = read(kind)
    assert max(states) < 138
    said = {"oui": "ww", "non": "on", "aide": "dd", "suite": "ss", "la porte": "pp", "casa": "kk", "stop": "pp"}
    place = {name: int(first) for name, first in phones}
    for first, count, speaker, text in rows:
        of_word = set(states[int(first):int(first) + int(count)])
        assert place[said[text]] + 1 in of_word, (text, of_word)
print(len(rows), frames)
END
}
check_data "$work/first/draws/recorded-1" states.u8 1 >"$work/counts" || fail "draws do not fit together"
read -r rows frames <"$work/counts"
[ "$rows" = 12 ] && [ "$frames" -gt 300 ] || fail "draws: $rows, $frames frames"
check_data "$work/first/draws/voices-1" states.u8 1 >/dev/null || fail "voices do not fit together"
check_data "$work/first/judges/12dB" scores.f32 552 >/dev/null || fail "judges do not fit together"
cmp -s "$work/first/judges/clean/cepstra.f32" "$work/first/judges/12dB/cepstra.f32" && fail "12 dB is clean"

# The same again; with another seed not; what is there is not made again.
data again
for file in cepstra.f32 states.u8 utterances.tsv; do
    cmp -s "$work/first/draws/recorded-1/$file" "$work/again/draws/recorded-1/$file" ||
        fail "$file differs with the same seed"
done
data other --seed 2 --exclude-speaker bruno
cmp -s "$work/first/draws/recorded-1/cepstra.f32" "$work/other/draws/recorded-1/cepstra.f32" &&
    fail "another seed changed nothing"
grep -q 'excluded 1 of bruno' "$work/other.log" || fail "nobody says that bruno is excluded"
[ "$(names "$work/other/recorded.tsv")" = "anne pere " ] || fail "bruno was used"
grep -q '^0 sentences of 0 people' "$work/other.log" || fail "bruno's sentences: $(cat "$work/other.log")"
echo kept >"$work/other/draws/recorded-1/cepstra.f32"
data other --seed 2 --exclude-speaker bruno
[ "$(cat "$work/other/draws/recorded-1/cepstra.f32")" = kept ] || fail "what was there was made again"

# Folds: each speaker is left out of one, the blended by their base.
for fold in 1 2 3 4 5; do
    data "fold$fold" --fold $fold --draws 1 --voice-draws 0 --develop /dev/null
    cat "$work/fold$fold/excluded"
done | sort | tr '\n' ' ' >"$work/folds"
[ "$(cat "$work/folds")" = "anne bruno denis pere v1_ada v2_bob " ] || fail "folds: $(cat "$work/folds")"

# Wrong use.
"$script" --help | grep -q -- '--only-data' || fail "--help does not help"
status=0
"$script" --unknown 1 --work "$work/x" "$work/fr" >/dev/null 2>&1 || status=$?
[ $status = 2 ] || fail "an unknown option ends with $status"
status=0
"$script" "$work/fr" >/dev/null 2>&1 || status=$?
[ $status = 2 ] || fail "no --work ends with $status"
echo "train-net: all as it should be"
