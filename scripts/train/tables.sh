# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2154
# What scripts/train-model and scripts/train-net share: tables of recordings with their pronunciations,
# and the tool in C. Sourced; the caller sets $here (the folder scripts), $scratch (a folder to work
# in), $excluded (speakers, a line each), and has fail().

# Reads "language TAB text" lines, writes "language TAB text TAB pronunciations".
pronounce() {
    local language text
    sort -u | while IFS=$'\t' read -r language text; do
        printf '%s\t%s\t%s\n' "$text" "$language" \
            "$(espeak-ng -q --ipa --sep=_ -v "$language" -- "$text" | tr '\n' ' ')"
    done | awk -f "$here/train/pronounce.awk" "$here/train/ipa-phones" -
}

# select_rows FOLDER NEIGHBOUR: the rows that may be used.
select_rows() {
    [ -f "$1/transcripts.tsv" ] || fail "no transcripts.tsv in $1"
    awk -v folder="$1" -v neighbour="$2" -v exclude="$excluded" -v report="$scratch/report" \
        -v licences="${licences:-0}" \
        -f "$here/train/select.awk" "$1/transcripts.tsv"
}

# table ROWS TO: adds the pronunciations to selected rows.
table() {
    awk -v table=1 -f "$here/train/texts.awk" "$1" |
        awk -f "$here/train/join.awk" "$scratch/pronunciations" - >"$2"
}

# The pronunciations of train/phrases.
phrases() {
    awk -F '\t' 'FNR == NR { phrase[$0] = 1; next }
        $1 == "fr" && $2 in phrase { print $2 "\t" $3 }' \
        "$here/train/phrases" "$scratch/pronunciations"
}

# The tool train-acoustic, to $scratch.
build_tool() {
    # shellcheck disable=SC2046 # several options
    cc -std=c11 -D_GNU_SOURCE -O3 -march=native -ffast-math -Wall -Wextra -I"$here/../src" \
        -o "$scratch/train-acoustic" "$here"/train/*.c "$here/../src/dsp/denoise.c" "$here/../src/base/mem.c" \
        $(pkg-config --cflags --libs sphinxbase sndfile speexdsp) -lm
}
