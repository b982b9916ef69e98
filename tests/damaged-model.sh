#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# An acoustic model that is damaged is told and not used: a file that is cut, empty, changed in one byte,
# missing or no file at all, with a seal and without one. The session goes on by keyboard.
# shellcheck source=tests/support/home.sh
. "$srcdir/tests/support/home.sh"
export XDG_CACHE_HOME=$work/cache
english=/usr/share/pocketsphinx/model/en-us/en-us
pack=$work/fr
cp -r "$srcdir/voices/fr" "$pack" && chmod -R u+w "$pack" || exit 1
# Only this model: no other one takes its place.
sed -i '/^  # What scripts/,$d' "$pack/voice.yaml"
{ printf 'RIFF\x24\xfa\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x80\x3e\0\0\0\x7d\0\0\2\0\x10\0data\0\xfa\0\0'
  head -c 64000 /dev/zero; } >"$work/silence.wav"

hears() { timeout 90 "$PASAPAS" listen --voice "$pack" "$work/silence.wav" </dev/null >"$work/answer" 2>"$work/errors"; }
good() { # WHAT
    hears || fail "$1: exit $?"
    [ ! -s "$work/errors" ] || fail "$1: $(cat "$work/errors")"
}
bad() { # WHAT WORDS
    local code=0
    hears || code=$?
    [ $code = 1 ] || fail "$1: it ended with $code"
    grep -q "^Attention : le modèle d'écoute « français » $2" "$work/errors" || fail "$1: it is not told"
}
begin() { rm -rf "$pack/model" && cp -r "$srcdir/voices/fr/model" "$pack/model" && chmod -R u+w "$pack/model"; }
damage() { # FILE HOW
    local file=$pack/model/$1
    case $2 in
    cut) truncate -s $(($(stat -c %s "$file") * 2 / 3)) "$file" ;;
    empty) : >"$file" ;;
    byte) printf '\xa5' | dd of="$file" bs=1 seek=$(($(stat -c %s "$file") / 2)) conv=notrunc status=none ;;
    missing) rm "$file" ;;
    pipe) rm "$file" && mkfifo "$file" ;;
    esac
}

# The seal is that of the files in the tree.
begin
"$srcdir/scripts/seal-model" "$pack/model"
cmp "$pack/model/sums" "$srcdir/voices/fr/model/sums" ||
    fail "voices/fr/model has changed: run scripts/seal-model voices/fr/model"
good "as it was made"
[ ! -e "$XDG_CACHE_HOME" ] || fail "a sealed model was tried"

# What people may edit is theirs; a file that the seal does not know leaves the model to be tried.
echo >>"$pack/model/LICENSE"
good "another licence"

# tests/test_model_seal.c has every file, and every way.
for what in "mdef cut" "sendump empty" "means byte" "variances missing" "feat.params pipe"; do
    begin
    # shellcheck disable=SC2086
    damage $what
    bad "$what" "est abîmé (${what% *})"
done
begin && damage mdef missing
hears && fail "no mdef: a success"
grep -q "aucun modèle" "$work/errors" || fail "no mdef: it is not told"
begin && : >"$pack/model/sums" && damage means cut
bad "an empty seal" "ne peut pas servir"
# One that is cut knows only some of them: the model is tried.
begin && truncate -s 100 "$pack/model/sums"
good "a seal that is cut"
rm -rf "$XDG_CACHE_HOME"

# Without a seal it is tried in a process of its own, once; whatever that ends with, this one goes on.
for what in "mdef cut" "sendump empty" "means missing"; do
    begin && rm "$pack/model/sums"
    # shellcheck disable=SC2086
    damage $what
    bad "no seal, $what" "ne peut pas servir"
done
# What a trial of a quarter of a second may not come to: weights that are not there, where all that is read
# then is chance; and a file that the library answers with a list of its options.
begin && rm "$pack/model/sums" && truncate -s 12246 "$pack/model/sendump"
bad "no seal, weights that end early" "ne peut pas servir"
begin && rm "$pack/model/sums" && truncate -s 117 "$pack/model/feat.params"
bad "no seal, an option without a value" "ne peut pas servir"
[ "$(wc -l <"$work/errors")" = 1 ] || fail "the library prints its options"
begin && rm "$pack/model/sums"
good "no seal"
[ "$(wc -l <"$XDG_CACHE_HOME/pasapas/models-that-work")" = 1 ] || fail "what passed is not remembered"
good "no seal, again"
[ "$(wc -l <"$XDG_CACHE_HOME/pasapas/models-that-work")" = 1 ] || fail "what passed is tried again"
touch "$pack/model/means"
good "no seal, another file"
[ "$(wc -l <"$XDG_CACHE_HOME/pasapas/models-that-work")" = 2 ] || fail "what has changed is not tried"

# Damaged in other ways: whatever the model is, the program ends by itself (scripts/bench --long models tries
# a thousand).
"$PASAPAS" say --output "$work/word.wav" "suivant. répéter." >"$work/answer" 2>"$work/errors" || fail "say"
"$srcdir/tests/fault/models.py" --count 12 "$PASAPAS" "$work/word.wav" >"$work/answer" || fail "damaged in other ways"

# In a session: it is said, and the session goes on by keyboard.
begin && damage means cut
{ sleep 2; echo aide; sleep 0.5; echo quitter; } |
    timeout 60 "$PASAPAS" --no-speech --audio null --voice "$pack" --path ordinateur >"$work/answer" 2>"$work/errors" ||
    fail "the session ended with $?"
grep -q "Je ne peux pas écouter. Attention : le modèle d'écoute « français » est abîmé (means)" "$work/answer" ||
    fail "the session does not tell it"
grep -q '^> aide' "$work/answer" && grep -q '^> quitter' "$work/answer" || fail "the session does not go on"

# The English model where it lacks its means: told too, and nothing else listens.
[ -d "$english" ] || { echo "a damaged model is told (without the English one)"; exit 0; }
begin
cp -r "$english" "$pack/english" && rm "$pack/english/means"
sed -i 's/folder: model/folder: english/; s/phones: fr/phones: en-us/; /denoise/d' "$pack/voice.yaml"
bad "the English model without means" "ne peut pas servir"
echo "a damaged model is told, and nothing stops"
