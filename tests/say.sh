#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# pasapas say: the words a voice receives, a file that is complete, mistakes that are told.
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0
fail() {
    echo "FAILED: $*"
    cat "$work/out" "$work/err" 2>/dev/null
    failed=1
}
say() {
    "$PASAPAS" say "$@" >"$work/out" 2>"$work/err"
    code=$?
}
shows() { # EXPECTED ARGUMENTS...
    expected=$1
    shift
    say --show "$@"
    [ "$code" -eq 0 ] || fail "--show $*: exit code $code"
    [ "$(cat "$work/out")" = "$expected" ] || fail "--show $*: not « $expected »"
    [ -s "$work/err" ] && fail "--show $*: noise"
}

shows "Bonjour à tous." Bonjour à tous.
shows "Un.
Deux !" "Un. Deux !"
shows "" ""
shows "" " "
shows "Oui." -- Oui.
shows "moins onze" -- -11
shows "moins onze" -11
shows "de moins onze à douze" de -11 à 12
shows "moins cinquante euros" "-50 €"
say --show -x
[ "$code" -eq 2 ] || fail "-x is no text: exit code $code"
printf 'Première ligne.\nDeuxième.' | say --show
[ "$(cat "$work/out")" = "Première ligne.
Deuxième." ] || fail "standard input"
printf 'Oui.' | say --show -
[ "$(cat "$work/out")" = "Oui." ] || fail "« - » is standard input"

say --output "$work/a.wav" "Bonjour à tous. Voici la suite."
[ "$code" -eq 0 ] && [ ! -s "$work/out" ] && [ ! -s "$work/err" ] || fail "--output: exit code $code"
size=$(wc -c <"$work/a.wav")
[ "$size" -gt 44100 ] || fail "--output: only $size bytes"
# RIFF size, mono, 22050 Hz, 16 bit, and the size of the data, from the header.
header=$(od -An -v -tu4 -j4 -N4 "$work/a.wav")
[ "$header" -eq $((size - 8)) ] || fail "RIFF size $header of $size bytes"
[ "$(od -An -v -tu2 -j22 -N2 "$work/a.wav" | tr -d ' ')" = 1 ] || fail "not mono"
[ "$(od -An -v -tu4 -j24 -N4 "$work/a.wav" | tr -d ' ')" = 22050 ] || fail "not 22050 Hz"
[ "$(od -An -v -tu2 -j34 -N2 "$work/a.wav" | tr -d ' ')" = 16 ] || fail "not 16 bit"
say --rate 350 --output "$work/b.wav" "Bonjour à tous. Voici la suite."
[ "$(wc -c <"$work/b.wav")" -lt $((size * 3 / 4)) ] || fail "--rate changes nothing"

for other in "--pitch 90" "--volume 20" "--variant f3"; do
    # shellcheck disable=SC2086
    say $other --output "$work/c.wav" "Bonjour à tous. Voici la suite."
    [ "$code" -eq 0 ] || fail "$other: exit code $code"
    cmp -s "$work/a.wav" "$work/c.wav" && fail "$other changes nothing"
done

say --output /no/such/folder/a.wav "Oui."
[ "$code" -eq 1 ] && grep -q '^Erreur : /no/such/folder/a.wav' "$work/err" || fail "unwritable"
if [ -w /dev/full ]; then
    say --output /dev/full "Oui."
    [ "$code" -eq 1 ] && [ "$(wc -l <"$work/err")" -eq 1 ] || fail "full disk: exit code $code"
    "$PASAPAS" say --show "Oui." >/dev/full 2>"$work/err"
    [ $? -eq 1 ] || fail "full standard output"
fi
for wrong in "--rate=79" "--rate=451" "--rate=x" "--pitch=101" "--volume=-1" "--variant=../f3" "--voice=zz" "--nonsense"; do
    say "$wrong" --show "Oui."
    [ "$code" -eq 2 ] && [ -s "$work/err" ] || fail "$wrong: exit code $code"
done
say --help
[ "$code" -eq 0 ] && grep -q -- "--output" "$work/out" || fail "--help"
exit $failed
