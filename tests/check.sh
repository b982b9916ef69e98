#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# `pasapas check` on every broken file of tests/broken: it must say what NAME.expected says, on
# standard error only, and end with 1. And on good files: it must end with 0.
# To renew an .expected file after a change, look at the difference that this test prints first.
set -u
: "${PASAPAS:?}" "${srcdir:?}"
case $srcdir in /*) ;; *) srcdir=$(pwd)/$srcdir ;; esac
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0

fail() {
	echo "FAILED: $*"
	failed=1
}

# expect CODE ARGUMENT...: runs check, keeps what it says in $work/out and $work/err.
expect() {
	wanted=$1
	shift
	"$PASAPAS" check "$@" >"$work/out" 2>"$work/err"
	code=$?
	if [ $code -ne "$wanted" ]; then
		fail "check $* ended with $code, not $wanted"
		cat "$work/out" "$work/err"
	fi
}

# --- broken files ----------------------------------------------------------------------------
cd "$srcdir/tests/broken" || exit 1
count=0
for expected in *.expected; do
	name=${expected%.expected}
	[ -e "$name" ] || name=$name.yaml
	expect 1 "$name"
	[ -s "$work/out" ] && fail "$name: something on standard output"
	diff -u "$expected" "$work/err" || fail "$name: other words than expected"
	count=$((count + 1))
done
for name in *; do
	case $name in *.expected | images) continue ;; esac
	[ -e "${name%.yaml}.expected" ] || fail "$name has no .expected file"
done
[ $count -ge 40 ] || fail "only $count broken files"
echo "$count broken files"

# One bad file does not hide the others.
expect 1 guide-empty.yaml "$srcdir/guides/espace-france-travail.yaml"
[ "$(wc -l <"$work/out")" -eq 1 ] || fail "the good one of two files is not told"

# --- good files ------------------------------------------------------------------------------
for good in "$srcdir"/guides/*.yaml "$srcdir"/voices/*/ "$srcdir"/voices/*/*.yaml \
	"$srcdir"/voices/*/lexicon.dict "$srcdir"/tests/voices/*/; do
	expect 0 "$good"
	[ "$(wc -l <"$work/out")" -eq 1 ] || fail "$good: not one line"
	[ -s "$work/err" ] && fail "$good: $(cat "$work/err")"
done

# A guide as Windows saves it: a mark at the beginning, and lines ended by CR LF.
{
	printf '\357\273\277'
	sed 's/$/\r/' "$srcdir/guides/espace-france-travail.yaml"
} >"$work/espace-france-travail.yaml"
cp -r "$srcdir/guides/images" "$work/"
expect 0 "$work/espace-france-travail.yaml"
# Pictures: the file may be anywhere, they are beside it; a link out of there is none of them.
(cd "$work" && "$PASAPAS" check espace-france-travail.yaml >/dev/null) || fail "pictures of a file without a folder"
mv "$work/images/lettre.svg" "$work/lettre.svg"
ln -s ../lettre.svg "$work/images/lettre.svg"
expect 1 "$work/espace-france-travail.yaml"
[ "$(grep -c 'images/lettre.svg' "$work/err")" -eq 2 ] || fail "a picture behind a link: $(cat "$work/err")"

# The example of the manual for trainers is a guide that works.
sed -n '/^```yaml court.yaml$/,/^```$/p' "$srcdir/doc/guide-format.md" | sed '1d;$d' >"$work/court.yaml"
expect 0 "$work/court.yaml"
[ -s "$work/err" ] && fail "the example of doc/guide-format.md: $(cat "$work/err")"

# A long sentence is told, but it is no error.
mkdir "$work/long"
sed 's/^welcome: .*/welcome: un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt et un./' \
	"$work/court.yaml" >"$work/long/court.yaml"
expect 0 "$work/long/court.yaml"
grep -q '^Attention : .*court.yaml:6:10 : Une phrase a 22 mots' "$work/err" ||
	fail "nothing about a long sentence: $(cat "$work/err")"

# What a note cuts off, and quotes that are not straight, are told; a note behind a word is one.
mkdir "$work/cut"
sed -e 's/say: "Choisissez « Nouveau message »."/say: Appuyez sur la touche #5, puis parlez./' \
	-e 's/title: Écrire le message/title: “Écrire le message”/' -e 's/check: true/check: true # oui/' \
	"$work/court.yaml" >"$work/cut/court.yaml"
expect 0 "$work/cut/court.yaml"
grep -q "^Attention : .*court.yaml:31:36 : Le texte s'arrête avant le signe #" "$work/err" ||
	fail "nothing about a text that is cut: $(cat "$work/err")"
grep -q "^Attention : .*court.yaml:21:12 : Ces guillemets ne sont pas droits" "$work/err" ||
	fail "nothing about curly quotes: $(cat "$work/err")"
[ "$(wc -l <"$work/err")" -eq 2 ] || fail "more than two warnings: $(cat "$work/err")"

# A draft may begin with one sentence a step: it works, and what it lacks is told.
mkdir "$work/draft"
sed '/^    steps:/,/^$/{/^ *\(- id: [^a]\|simple\|more\|where\|label\|check\|read_back\)/d;s/^        say:/      - say:/}' \
	"$work/court.yaml" >"$work/draft/court.yaml"
expect 0 "$work/draft/court.yaml"
[ "$(grep -c "^Attention : .*C'est un brouillon. Il manque : id, simple, more\." "$work/err")" -eq 4 ] ||
	fail "four steps of a draft: $(cat "$work/err")"
printf 'ordinateur\nécrire\noui\nexpliquer\nsuivant\ntexte simple\n' |
	HOME=$work XDG_STATE_HOME=$work/state "$PASAPAS" --no-speech --no-listen --guide "$work/draft/court.yaml" >"$work/out" 2>&1
[ "$(grep -c 'Écrivez votre message\. Deux ou trois phrases suffisent\.' "$work/out")" -ge 2 ] ||
	fail "a draft is not taught: $(cat "$work/out")"

# Many mistakes: the first fifty, then how many more.
{
	cat "$work/court.yaml"
	for i in $(seq 60); do echo "cle$i: 1"; done
} >"$work/many.yaml"
expect 1 "$work/many.yaml"
[ "$(wc -l <"$work/err")" -eq 51 ] || fail "not fifty mistakes: $(wc -l <"$work/err")"
[ "$(tail -n 1 "$work/err")" = "… et 10 autres. Corrigez celles-ci d'abord." ] || fail "how many more: $(tail -n 1 "$work/err")"

# What is huge is refused at once.
for name in huge.yaml commands.yaml lexicon.dict; do
	mkdir -p "$work/huge"
	cp "$srcdir/voices/fr/phones.yaml" "$work/huge"
	truncate -s 100M "$work/huge/$name"
	expect 1 "$work/huge/$name"
	grep -q "Le fichier est trop gros (le maximum est [0-9]* mégaoctets)" "$work/err" || fail "$name: $(cat "$work/err")"
	rm -r "$work/huge"
done

# --- a guide to begin with ---------------------------------------------------------------------
"$PASAPAS" new "$work/Mon Guide" >"$work/out" 2>"$work/err" || fail "new: $(cat "$work/err")"
grep -q "pasapas check $work/Mon Guide.yaml" "$work/out" || fail "new: $(cat "$work/out")"
grep -qx 'id: mon-guide' "$work/Mon Guide.yaml" || fail "new: another id"
grep -qx "updated: $(date +%Y-%m-%d)" "$work/Mon Guide.yaml" || fail "new: another date"
mv "$work/Mon Guide.yaml" "$work/mon-guide.yaml"
expect 0 "$work/mon-guide.yaml"
[ -s "$work/err" ] && fail "a new guide: $(cat "$work/err")"
echo 'mien' >"$work/mien.yaml"
"$PASAPAS" new "$work/mien.yaml" >"$work/out" 2>"$work/err" && fail "new: over a file that is there"
[ "$(cat "$work/mien.yaml")" = mien ] && grep -q "existe déjà" "$work/err" || fail "new: over a file that is there"
"$PASAPAS" new "$work/ ?" >"$work/out" 2>"$work/err" && fail "new: a name without a letter"
[ -e "$work/ ?.yaml" ] && fail "new: a name without a letter: a file"
"$PASAPAS" new "$work/nowhere/a" >"$work/out" 2>"$work/err" && fail "new: in a folder that is not there"
grep -q '^Erreur : ' "$work/err" || fail "new: nothing was said"
"$PASAPAS" new --voice "$srcdir/tests/voices/en" "$work/b" >"$work/out" 2>"$work/err" && fail "new: of a pack without one"

# A phrase that is a command already would lead nowhere.
mkdir "$work/clash"
sed 's/phrases: \[envoyer\]/phrases: [envoyer, Où suis-je ?]/' "$work/court.yaml" >"$work/clash/court.yaml"
expect 0 "$work/clash/court.yaml"
grep -q '^Attention : .*La phrase « Où suis-je ? » est déjà une commande' "$work/err" ||
	fail "nothing about a phrase that is a command: $(cat "$work/err")"

# Two phrases that sound alike, and one that is too short, are told with the number of sounds.
mkdir "$work/alike"
sed 's/phrases: \[envoyer\]/phrases: [envoyer, os, étape suivantes, zexplication]/' "$work/court.yaml" \
	>"$work/alike/court.yaml"
expect 0 "$work/alike/court.yaml"
grep -q "^Attention : .*« étape suivantes » ressemble à « étape suivante » : 0 son différent sur 10\." "$work/err" ||
	fail "nothing about phrases that sound the same: $(cat "$work/err")"
grep -q "« zexplication » ressemble à « explication » : 1 son différent sur 12\." "$work/err" ||
	fail "nothing about phrases that sound alike: $(cat "$work/err")"
grep -q "« os » est très court : 2 sons\." "$work/err" ||
	fail "nothing about a phrase that is too short: $(cat "$work/err")"
[ "$(wc -l <"$work/err")" -eq 3 ] || fail "more than three warnings: $(cat "$work/err")"

# The same in a pack, as a folder and as its file; an excuse that excuses nothing is told.
mkdir "$work/pack"
cp "$srcdir"/voices/fr/*.yaml "$srcdir"/voices/fr/lexicon.dict "$work/pack"
sed -e 's/say: \[retour\|say: \[précédent/say: [la suide, précédent/' -e '/phrase: aide,/d' \
	-e 's/phrase: oui,/phrase: quitter,/' "$srcdir/voices/fr/commands.yaml" >"$work/pack/commands.yaml"
for pack in "$work/pack" "$work/pack/commands.yaml"; do
	expect 0 "$pack"
	for wanted in "« la suide » ressemble à « la suite » : 1 son différent sur 6\." \
		"« aide » est très court : 2 sons\." "« oui » est très court : 2 sons\." \
		"L'exception pour « quitter » ne sert à rien"; do
		grep -q "^Attention : $work/pack/commands.yaml:[0-9]*:[0-9]* : $wanted" "$work/err" ||
			fail "$pack: nothing about: $wanted: $(cat "$work/err")"
	done
	[ "$(wc -l <"$work/err")" -eq 4 ] || fail "$pack: more than four warnings: $(cat "$work/err")"
done

# --- wrong use -------------------------------------------------------------------------------
expect 2
[ -s "$work/out" ] && fail "wrong use: something on standard output"
expect 2 --no-such-option
expect 0 --help
[ -s "$work/err" ] && fail "--help: something on standard error"
expect 1 "$work/absent.yaml"
grep -q "^Erreur : $work/absent.yaml : ce fichier n'existe pas" "$work/err" || fail "absent file: $(cat "$work/err")"
mkdir "$work/folder"
expect 1 "$work/folder"

exit $failed
