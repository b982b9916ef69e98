#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a learner chose, and what is promised about it: a settings file that is damaged, new, a link or no
# file at all, and a disk that refuses; what is said of it is true.
. "$srcdir/tests/support/home.sh"
file=$XDG_CONFIG_HOME/pasapas/default/settings.yaml
folder=$(dirname "$file")

session() { # LINE...: what is answered, in $work/answer
    printf '%s\n' "$@" | timeout 60 "$PASAPAS" --no-speech --no-listen --today 2026-12-20 --path ordinateur \
        >"$work/answer" 2>"$work/errors" || fail "the session ended with $?"
}
said() { grep -qF -- "$1" "$work/answer" || fail "not said: $1"; }
not_said() { ! grep -qF -- "$1" "$work/answer" || fail "said: $1"; }
aside() { find "$folder" -name 'settings.yaml.damaged-*'; }
begin() { rm -rf "$XDG_CONFIG_HOME" "$XDG_STATE_HOME" && mkdir -p "$folder"; }

# A brace is forgotten: the mistake is told, and nothing is written that nobody asked for.
damaged='keys: {next: s
volume: 150'
begin
echo "$damaged" >"$file"
session quitter
grep -q 'Erreur : .*settings.yaml:' "$work/errors" || fail "the mistake is not told"
[ "$(cat "$file")" = "$damaged" ] || fail "a session alone changed the damaged file"
# Who chooses something gets a new file, and the old one is kept under a name that is told, once.
session 'plus vite' 'plus vite' quitter
said "$(basename "$(aside)")"
[ "$(grep -c 'mis de côté' "$work/answer")" = 1 ] || fail "that the file is aside is not told once"
[ "$(cat "$(aside)")" = "$damaged" ] || fail "what was kept aside is not what was there"
grep -q '^rate:' "$file" || fail "what was chosen is not kept"
session quitter
not_said 'mis de côté'

# What only a newer version knows stays.
begin
printf 'volume: 60\nfuture: {a: b}\n' >"$file"
session 'plus vite' quitter
grep -q '^future:' "$file" && grep -q '^volume: 60' "$file" && grep -q '^rate:' "$file" ||
    fail "keys of a newer version are gone"
[ -z "$(aside)" ] || fail "a file that is only newer was put aside"

# A pipe in its place stops nothing, and what cannot be kept is told, as often as it was promised.
begin
mkfifo "$file"
session 'plus vite' 'plus vite' "mes rappels" oui quitter
[ -p "$file" ] || fail "the pipe was replaced"
[ "$(grep -c 'je ne peux pas garder vos réglages' "$work/answer")" = 2 ] ||
    fail "that nothing can be kept is not told once, and again when it was promised"

# The place cannot be kept: goodbye does not promise it. (A folder of the name of the file to be written
# stops even root.)
begin
session 'où suis-je' quitter
said 'Votre place est gardée.'
record=$(find "$XDG_STATE_HOME" -name progress.yaml)
mkdir "$record.tmp" && touch "$record.tmp/full"
session suivant quitter
said 'votre place ne peut pas être gardée'
not_said 'Votre place est gardée.'
echo "what was promised is true"
