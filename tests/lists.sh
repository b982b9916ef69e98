#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# `pasapas guides` and `pasapas voices`: what is found, one a line, and what is wrong on standard
# error.
set -u
: "${PASAPAS:?}" "${srcdir:?}"
case $srcdir in /*) ;; *) srcdir=$(pwd)/$srcdir ;; esac
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0
export LC_ALL=C.UTF-8

fail() {
	echo "FAILED: $*"
	cat "$work/out" "$work/err"
	failed=1
}

# expect CODE ARGUMENT...: runs the program with its data in $data.
expect() {
	wanted=$1
	shift
	PASAPAS_DATA=$data "$PASAPAS" "$@" >"$work/out" 2>"$work/err"
	code=$?
	[ $code -eq "$wanted" ] || fail "$* ended with $code, not $wanted"
}

# --- the tree's own ----------------------------------------------------------------------------
data=$srcdir
expect 0 guides
grep -q '^espace-france-travail : Votre espace France Travail. Parcours : Sur ordinateur, ' "$work/out" ||
	fail "the guide is not listed"
grep -q 'Source : .*12 novembre 2024' "$work/out" || fail "nobody says whose facts these are"
[ -s "$work/err" ] && fail "guides: something on standard error"

# Parts and steps, under the names of --section and --step; and a wrong one names those that are near.
expect 0 guides --steps
for line in 'ordinateur : parcours « Sur ordinateur ».' '  actualisation : partie « Actualisation ».' \
	'    valider : étape 3. Relisez vos réponses.'; do
	grep -q "^$line" "$work/out" || fail "guides --steps: no $line"
done
expect 0 guides --steps --json --guide espace-france-travail
python3 - "$work/out" <<'END' || fail "guides --json"
import json, sys
[guide] = json.load(open(sys.argv[1]))
assert guide["id"] == "espace-france-travail" and guide["file"].endswith(".yaml")
sections = {section["id"]: section for section in guide["paths"][0]["sections"]}
assert sections["actualisation"]["steps"][2]["id"] == "valider"
END
expect 2 guides --guide espace-france-travel
grep -q 'Voulez-vous dire « espace-france-travail » ?' "$work/err" || fail "a wrong guide"
start() {
	expect 2 --no-speech --no-listen --guest "$@"
}
start --section actualisatio
grep -q -- '--section : « actualisatio » .* Voulez-vous dire « actualisation » ?' "$work/err" || fail "a wrong section"
start --section actualisation --step actualiser
grep -q -- '--step : « actualiser » .* Voulez-vous dire « m-actualiser » ?' "$work/err" || fail "a wrong step"
start --path ordi
grep -q -- '--path : « ordi » .* Voulez-vous dire « ordinateur » ?' "$work/err" || fail "a wrong path"
start --section xyz
grep -q 'Écrivez « pasapas guides --steps » pour la liste' "$work/err" || fail "a section that is far"

expect 0 voices
grep -q '^fr : français. C.est la voix utilisée.$' "$work/out" || fail "the voice is not listed"
[ "$(grep -c '^fr : modèle .*, utilisé, ' "$work/out")" -le 1 ] || fail "two models are used"

# --- other data: one good and one bad of each, and a model that is there ------------------------
data=$work/data
mkdir -p "$data/guides" "$data/voices/en" "$data/voices/fr/sounds" "$data/voices/bad"
cp "$srcdir/guides/espace-france-travail.yaml" "$data/guides/"
echo 'format: 1' >"$data/guides/bad.yaml"
cp "$srcdir"/tests/voices/en/*.yaml "$data/voices/en/"
cat >"$data/voices/fr/voice.yaml" <<END
format: 1
name: essai
synth: {voice: fr, language: fr-FR}
models:
  - {name: absent, folder: nowhere, phones: fr}
  - {name: bon, folder: sounds, phones: fr}
  - {name: aussi, folder: sounds, phones: fr}
END
echo '0.3' >"$data/voices/fr/sounds/mdef"
echo 'name: [x]' >"$data/voices/bad/voice.yaml"

expect 1 guides
[ "$(wc -l <"$work/out")" -eq 1 ] || fail "not one good guide"
grep -q "^Erreur : $data/guides/bad.yaml:1:1 : " "$work/err" || fail "the bad guide is not told"

expect 1 voices
cat >"$work/expected" <<END
fr : essai. C'est la voix utilisée.
fr : modèle « absent », pas installé. Son dossier serait $data/voices/fr/nowhere.
fr : modèle « bon », utilisé, dans $data/voices/fr/sounds.
fr : modèle « aussi », installé, dans $data/voices/fr/sounds.
END
grep '^fr' "$work/out" | diff -u "$work/expected" - || fail "voices: other lines than expected"
grep -q '^en : English.$' "$work/out" || fail "the English pack is not listed"
grep -q "^Erreur : $data/voices/bad/voice.yaml:1:7 : " "$work/err" || fail "the bad pack is not told"

# The pack of the system's language is the one that the session takes (see tests/test_pack_choice.c).
export LANG=en_US.UTF-8
unset LC_ALL LC_MESSAGES
expect 1 voices
grep -q '^en : English. C.est la voix utilisée.$' "$work/out" || fail "the language's pack is not used"
grep -q '^fr : essai.$' "$work/out" || fail "two packs are used"
export LC_ALL=C.UTF-8

# --- nothing there -----------------------------------------------------------------------------
data=$work/empty
mkdir "$data"
for what in guides voices; do
	expect 1 $what
	grep -q '^Erreur : ' "$work/err" || fail "$what: no error without any"
	expect 2 $what superfluous
	expect 2 $what --no-such-option
	expect 0 $what --help
	[ -s "$work/out" ] || fail "$what --help says nothing"
done

exit $failed
