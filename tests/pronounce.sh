#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# pasapas pronounce: the shape of its output, each set of phones, lines of standard input, and its errors.
# shellcheck source=tests/support/home.sh
. "$srcdir/tests/support/home.sh"
command -v espeak-ng >/dev/null || { echo "skipped: espeak-ng is missing"; exit 77; }

pronounced() { # EXPECTED EXIT-CODE ARGUMENT...: what is printed
    local expected=$1 code=$2 got
    shift 2
    "$PASAPAS" pronounce "$@" >"$work/answer" 2>"$work/errors"
    got=$?
    [ $got = "$code" ] || fail "pronounce $*: it ended with $got"
    printf "$expected" | cmp -s - "$work/answer" || fail "pronounce $*"
}
told() { grep -q "$1" "$work/errors" || fail "« $1 » is not told"; }

# One text has no text before it, several have; the first set is the French one.
pronounced 'ww ii\nou ii\n' 0 oui
pronounced 'oui\tww ii\noui\tou ii\nnon\tnn on\n' 0 oui non
pronounced 'W IY\nUW IY\n' 0 --phones en-us oui
[ ! -s "$work/errors" ] || fail "something on standard error"

# Lines: with either end, without the last end, none for an empty one.
printf 'oui\r\n\nnon' >"$work/lines"
pronounced 'oui\tww ii\noui\tou ii\nnon\tnn on\n' 0 - <"$work/lines"
pronounced 'non\tnn on\noui\tww ii\noui\tou ii\nnon\tnn on\n' 0 non - <"$work/lines"
pronounced '' 0 - </dev/null

# What is no word is told, and the others are pronounced.
pronounced '' 1 '!'
told '« ! » ne se prononce pas'
pronounced 'oui\tww ii\noui\tou ii\n' 1 '!' oui
printf '!\noui\n' >"$work/lines"
pronounced 'oui\tww ii\noui\tou ii\n' 1 - <"$work/lines"
told '« ! » ne se prononce pas'

# Wrong use, and a pack without its phones or with wrong ones.
pronounced '' 2 --phones zz oui
told 'zz'
pronounced '' 2 --voice /nowhere oui
told '/nowhere'
pronounced '' 2
cp -r "$srcdir/voices/fr" "$work/pack" && chmod -R u+w "$work/pack"
echo 'sets: [' >"$work/pack/phones.yaml"
pronounced '' 1 --voice "$work/pack" oui
told 'phones.yaml'
rm "$work/pack/phones.yaml"
pronounced '' 1 --voice "$work/pack" oui
[ -s "$work/errors" ] || fail "without phones nothing is told"
echo "it is told how texts are said"
