#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Several guides: which one is asked for by its title, the last one comes again, another is taken by
# "changer de guide", and each keeps its place. A broken one is told in one line and left out.
# shellcheck source=tests/support/home.sh
. "$srcdir/tests/support/home.sh"
need script
case $srcdir in /*) ;; *) srcdir=$(pwd)/$srcdir ;; esac
export PASAPAS_DATA=$work/data
mkdir -p "$work/data/guides"
ln -s "$srcdir/voices" "$work/data/voices"
cp "$srcdir/guides/espace-france-travail.yaml" "$work/data/guides"
"$PASAPAS" new "$work/data/guides/lettre" >"$work/answer" || fail "no second guide"
sed -i 's/^title: .*/title: Une lettre/' "$work/data/guides/lettre.yaml"

# A session on a terminal, led by these lines.
typed() {
    printf '%s\n' "$@" | timeout 60 script -qec \
        "'$PASAPAS' --no-speech --no-listen --today 2026-12-01 ${options:-}" /dev/null | tr -d '\r' >"$work/answer"
}
said() { # TEXT TIMES
    [ "$(grep -cF -- "$1" "$work/answer")" = "$2" ] || fail "« $1 » was not said $2 times"
}

typed "une lettre" préparer suivant quitter
said "Quel guide ? Dites un titre ou un numéro." 1
said "2. Une lettre." 1
said "Étape 2 sur 2. Collez le timbre" 1
# The last one comes again, at its place; then another, and back to the first: both places are kept.
typed non "changer de guide" 1 ordinateur site suivant sommaire ";" 2 quitter
said "Vous étiez à la partie « Préparer la lettre », étape 2 sur 2" 1
said "Guide : Votre espace France Travail." 2
said "du 12 novembre 2024" 0 # only the title
said "Étape 2 sur 2. Allez sur le site" 1
"$PASAPAS" progress --guide lettre --json >"$work/answer"
grep -q '"guide":"lettre"' "$work/answer" || fail "no place in the first guide"
"$PASAPAS" progress --guide espace-france-travail --json >"$work/answer"
grep -q '"path":"ordinateur"' "$work/answer" || fail "no place in the second guide"
# Who changes the guide and leaves at the first question comes back to that one.
typed préparer suivant quitter
sleep 1 # places are kept by the second
typed ";" 1 quitter
said "On y va ?" 1
typed quitter
said "Guide : Votre espace France Travail." 1
sleep 1
typed ";" 2 quitter
said "On reprend ?" 1
typed quitter
said "Guide : Une lettre." 1
said "Vous étiez à la partie « Préparer la lettre », étape 2 sur 2" 1
# To stay: no, or the one that is open.
typed ";" non ";" "une lettre" quitter
said "C'est déjà ce guide." 1
# What a guest did in a guide is there when they come back to it.
options="--guest --guide lettre --section preparer" typed "c'est fait" sommaire ";" 2 ";" 1 préparer "où suis-je" quitter
said "1 étape faite" 1
# Who cannot be asked, and who has said which.
printf 'quitter\n' | "$PASAPAS" --no-speech --no-listen --guest >"$work/answer" 2>"$work/errors"
said "Quel guide" 0
options="--guide lettre" typed quitter
said "Quel guide" 0

# A broken guide is no reason not to start, and takes over nothing.
echo 'format: 1' >"$work/data/guides/a-broken.yaml"
printf 'quitter\n' | "$PASAPAS" --no-speech --no-listen --guest >"$work/answer" 2>"$work/errors" || fail "a broken guide"
[ "$(wc -l <"$work/errors")" = 1 ] && grep -q 'a-broken.yaml' "$work/errors" || fail "a broken guide: not one line"
said "Bonjour" 1
"$PASAPAS" reminders --ics "$work/r.ics" >"$work/answer" 2>"$work/errors" || fail "reminders beside a broken guide"
[ "$(wc -l <"$work/errors")" = 1 ] && grep -q VEVENT "$work/r.ics" || fail "reminders beside a broken guide"
# Where it is the last one that was used, the question comes again.
mv "$work/data/guides/lettre.yaml" "$work/lettre.yaml"
echo 'format: 1' >"$work/data/guides/lettre.yaml"
cp "$work/lettre.yaml" "$work/data/guides/autre.yaml"
sed -i 's/^id: .*/id: autre/' "$work/data/guides/autre.yaml"
typed quitter
said "Quel guide" 1
# Asked for by name, it says all that is wrong.
"$PASAPAS" --no-speech --no-listen --guide a-broken </dev/null >"$work/answer" 2>"$work/errors" && fail "a broken guide was opened"
grep -q 'a-broken.yaml:1:1 : Il manque la clé « title »' "$work/errors" || fail "a broken guide by name"
# Only broken ones: the program says so.
rm "$work"/data/guides/*
echo 'format: 1' >"$work/data/guides/b.yaml"
"$PASAPAS" --no-speech --no-listen </dev/null >"$work/answer" 2>"$work/errors" && fail "started without a guide"
grep -q 'b.yaml:1:1 : Il manque' "$work/errors" || fail "one broken guide"

# What an administrator put into a folder of the system is found, behind the learner's own of that name.
unset PASAPAS_DATA
mkdir -p "$work/system/pasapas/guides" "$work/own/pasapas/guides"
cp "$work/lettre.yaml" "$work/system/pasapas/guides/"
found() { XDG_DATA_HOME=$work/own XDG_DATA_DIRS="relative:$work/none:$work/system" "$PASAPAS" guides --guide lettre --json 2>/dev/null; }
found | grep -qF "\"$work/system/pasapas/guides/lettre.yaml\"" || fail "a guide in XDG_DATA_DIRS: $(found)"
cp "$work/lettre.yaml" "$work/own/pasapas/guides/"
found | grep -qF "\"$work/own/pasapas/guides/lettre.yaml\"" || fail "the learner's own guide is not first: $(found)"
