#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Numbers, dates and times in words against two sources that we did not write: libnumbertext
# (Debian's libnumbertext-tools) and ICU (libicu-dev). What is not installed is told and left out.
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0 compared=0

# Hyphens everywhere are the spelling of 1990, those below a hundred the older one; both are heard
# alike. So hyphens and blanks are one.
plain() {
    tr '-' ' ' | sed 's/  */ /g; s/ $//'
}

# ours <TEXTS: each line is a text; prints its words.
ours() {
    sed 's/$/./' | "$PASAPAS" say --show | sed 's/\.$//' | plain
}

# same WHAT: $work/texts as we read them against $work/expected.
same() {
    ours <"$work/texts" >"$work/words"
    plain <"$work/expected" >"$work/wanted"
    lines=$(wc -l <"$work/texts")
    compared=$((compared + lines))
    if ! paste "$work/texts" "$work/words" "$work/wanted" |
        awk -F '\t' '$2 != $3 { print $1 ": « " $2 " » and not « " $3 " »"; bad = 1 } END { exit bad }' \
            >"$work/differences"; then
        echo "FAILED: $1"
        head -20 "$work/differences"
        failed=1
    fi
}

# Every number to 1,100, then every 997th up to a million, and the edges of each word.
{
    seq 0 1100
    seq 1101 997 1000000
    printf '%s\n' 1999 2000 2024 9999 10000 70000 71000 80000 80001 81000 99999 100000 180000 200000 \
        200001 280000 280080 999999 1000000
} >"$work/numbers"
sed '/^0$/d; /^1$/d' "$work/numbers" >"$work/above-one"

spellout=/usr/lib/libnumbertext/spellout
[ -x "$spellout" ] || spellout=$(command -v spellout)
if [ -n "$spellout" ]; then
    cp "$work/numbers" "$work/texts"
    # shellcheck disable=SC2046
    "$spellout" -l fr $(cat "$work/numbers") >"$work/expected"
    same "cardinal numbers and libnumbertext"
    sed 's/$/e/' "$work/above-one" >"$work/texts"
    # It keeps the s of the cardinal ("quatre-vingtsième", "deux-centsième"), which is a mistake.
    # shellcheck disable=SC2046
    "$spellout" -l fr -p ordinal $(cat "$work/above-one") | sed 's/tsième/tième/' >"$work/expected"
    same "ordinal numbers and libnumbertext"
else
    echo "skipped: libnumbertext-tools is not installed"
fi

icu() { # RULES <NUMBERS
    "$work/icu" "%spellout-$1"
}

if flags=$(pkg-config --cflags --libs icu-i18n icu-uc 2>/dev/null); then
    # shellcheck disable=SC2086
    ${CC:-cc} "$srcdir/tests/icu_spellout.c" -o "$work/icu" $flags || exit 1
    cp "$work/numbers" "$work/texts"
    icu cardinal-masculine <"$work/numbers" >"$work/expected"
    same "cardinal numbers and ICU"

    sed 's/$/e/' "$work/above-one" >"$work/texts"
    # It has "et" in 81e, 101e and 111e ("cent-et-onzième"), where usage has none.
    icu ordinal-masculine <"$work/above-one" |
        sed -E 's/quatre-vingt-et-/quatre-vingt-/; s/(cent|mille)-et-(un|onz)/\1 \2/' >"$work/expected"
    same "ordinal numbers and ICU"

    # From 1100 to 1999 ICU says "dix-neuf-cent", which is as right as our "mille neuf cent".
    { seq 1000 1099; seq 2000 2100; } >"$work/years"
    sed 's/^/en /' "$work/years" >"$work/texts"
    icu numbering-year <"$work/years" | sed 's/^/en /' >"$work/expected"
    same "years and ICU"

    # Dates and times are put together here from ICU's numbers.
    seq 1 31 | icu cardinal-masculine | sed '1s/.*/premier/' >"$work/days"
    seq 1900 7 2100 | icu cardinal-masculine >"$work/year-words"
    awk -v days="$work/days" -v years="$work/year-words" -v texts="$work/texts" 'BEGIN {
        split("janvier février mars avril mai juin juillet août septembre octobre novembre décembre", month, " ")
        split("31 28 31 30 31 30 31 31 30 31 30 31", last, " ")
        while ((getline line <days) > 0) day[++d] = line
        while ((getline line <years) > 0) year[++y] = line
        for (i = 1; i <= y; i++)
            for (m = 1; m <= 12; m++)
                for (d = 1 + (i + m) % 5; d <= last[m]; d += 5) {
                    printf "%02d/%02d/%d\n", d, m, 1900 + 7 * (i - 1) >texts
                    print day[d] " " month[m] " " year[i]
                }
    }' >"$work/expected"
    same "dates and ICU"

    seq 0 59 | icu cardinal-feminine >"$work/feminine"
    awk -v words="$work/feminine" -v texts="$work/texts" 'BEGIN {
        while ((getline line <words) > 0) word[n++] = line
        for (h = 0; h < 24; h++)
            for (m = 0; m < 60; m++) {
                printf "%d h %02d\n", h, m >texts
                print word[h] " heure" (h < 2 ? "" : "s") (m ? " " word[m] : "")
            }
    }' >"$work/expected"
    same "times and ICU"
else
    echo "skipped: libicu-dev is not installed"
fi

[ "$compared" -gt 0 ] || exit 77
echo "$compared texts compared"
exit $failed
