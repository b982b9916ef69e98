#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# pasapas progress and pasapas reset, from stores written by hand to what is printed.
set -u

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export XDG_STATE_HOME="$work/state"
state=$work/state/pasapas
bad=0

fail() {
	echo "FAIL: $1"
	bad=1
}

# expect NAME EXIT-CODE TEXT COMMAND...: standard output must be TEXT.
expect() {
	name=$1 code=$2 text=$3
	shift 3
	got=$("$@" 2>"$work/err")
	result=$?
	[ $result = "$code" ] || fail "$name: exit code $result instead of $code"
	[ "$got" = "$text" ] && return
	fail "$name"
	printf 'expected:\n%s\ngot:\n%s\n' "$text" "$got"
	cat "$work/err"
}

# store FOLDER NAME: a learner; their progress.yaml is standard input.
store() {
	mkdir -p "$state/$1"
	printf '%s\n' "$2" >"$state/$1/name"
	cat >"$state/$1/progress.yaml"
}

cat >"$work/petit.yaml" <<'END'
format: 1
id: petit
title: Petit guide
updated: 2026-01-01
welcome: Bonjour.
closing: Bravo.
paths:
  - {id: p, title: Sur ordinateur, place: sur ordinateur, phrases: [ordinateur]}
sections:
  - id: a
    title: Ouvrir
    phrases: [ouvrir]
    steps:
      - {id: a1, say: Ouvrez le site., simple: Ouvrez., more: Cherchez.}
  - id: m
    title: Actualisation
    phrases: [actualisation]
    period: {every: month, opens: 28, opens_february: 26, closes: 15, missed: Appelez.}
    steps:
      - {id: m1, say: Cliquez., simple: Cliquez., more: Cherchez., check: true}
      - {id: m2, say: Téléchargez., simple: Prenez., more: Cherchez., check: true, not_needed: true}
END
guide=$work/petit.yaml

store 'zo%C3%A9' 'Zoé' <<'END'
format: 1
places:
  - {guide: petit, path: p, section: m, step: m2, at: 2026-12-03T09:12:00Z}
lists:
  - {guide: petit, path: p, section: a, done: {a1: 2026-10-28T22:30:00Z}}
  - {guide: petit, path: p, section: m, month: 2026-11, done: {m1: 2026-12-03T09:12:00Z}}
history:
  - guide: petit
    path: p
    section: m
    month: 2026-10
    done: {m1: 2026-10-28T23:30:00Z}
    not-needed: {m2: 2026-10-29T08:00:00Z}
END
store anne Anne <<'END'
format: 1
places: [{guide: petit, path: p, finished: true, at: 2026-12-03T09:12:00Z}]
END
store bob Bob <<'END'
format: 1
places: [{guide: petit, path: p, at: 2026-12-03T09:12:00Z}]
END
store carla Carla <<'END'
format: 1
END

on() {
	"$PASAPAS" progress --guide "$guide" "$@"
}

now=--today=2026-12-03
zoe='{"learner":"Zoé","guide":"petit","path":"p","section":"m","step":"m2","month":"2026-11","steps":[{"id":"a1","section":"a","state":"done","at":"2026-10-28T23:30:00+01:00"},{"id":"m1","section":"m","state":"done","at":"2026-12-03T10:12:00+01:00"},{"id":"m2","section":"m","state":"open","at":null}]}'
expect 'json' 0 "$zoe" on $now --learner zoé --json
expect 'json of a past month' 0 \
	'{"learner":"Zoé","guide":"petit","path":"p","section":"m","step":"m2","month":"2026-10","steps":[{"id":"a1","section":"a","state":"done","at":"2026-10-28T23:30:00+01:00"},{"id":"m1","section":"m","state":"done","at":"2026-10-29T00:30:00+01:00"},{"id":"m2","section":"m","state":"not-needed","at":"2026-10-29T09:00:00+01:00"}]}' \
	on $now --learner 'ZOÉ' --json --month 2026-10
# Somebody unknown is told of, with who is called nearly so.
expect 'somebody unknown' 1 '' on $now --learner dan --json
grep -q "personne ne s'appelle « dan »" "$work/err" || fail 'somebody unknown: nothing was said'
expect 'nearly somebody' 1 '' on $now --learner 'Ané'
grep -q "Voulez-vous dire « Anne » ?" "$work/err" || fail 'nearly somebody: nobody was named'

# A table for spreadsheets, which take a name that begins with = for a formula.
csv() {
	printf '%s\r\n' learner,guide,path,month,section,number,step,state,at,here "$@"
}
expect 'csv' 0 "$(csv Zoé,petit,p,,a,1,a1,done,2026-10-28T23:30:00+01:00, \
	Zoé,petit,p,2026-11,m,1,m1,done,2026-12-03T10:12:00+01:00, Zoé,petit,p,2026-11,m,2,m2,open,,yes)" \
	on $now --learner zoé --csv
store '%3Dcmd%2C%22x%22' '=cmd,"x"' <<'CSV'
format: 1
CSV
expect 'csv of somebody with a dangerous name' 0 "$(csv "\"'=cmd,\"\"x\"\"\",petit,,,,,,,,")" \
	on $now --learner '=cmd,"x"' --csv
[ "$(on $now --all --csv | wc -l)" = 12 ] || fail "csv of all: $(on $now --all --csv | wc -l) lines"
expect 'csv and json' 2 '' on $now --csv --json
rm -r "$state/%3Dcmd%2C%22x%22"
expect 'json of all' 0 \
	'[{"learner":"Anne","guide":"petit","path":"p","section":null,"step":null,"month":"2026-11","steps":[{"id":"a1","section":"a","state":"open","at":null},{"id":"m1","section":"m","state":"open","at":null},{"id":"m2","section":"m","state":"open","at":null}]},{"learner":"Bob","guide":"petit","path":"p","section":null,"step":null,"month":"2026-11","steps":[{"id":"a1","section":"a","state":"open","at":null},{"id":"m1","section":"m","state":"open","at":null},{"id":"m2","section":"m","state":"open","at":null}]},{"learner":"Carla","guide":"petit","path":null,"section":null,"step":null,"month":null,"steps":[]},'"$zoe]" \
	on $now --all --json
expect 'the room' 0 'Anne : au sommaire. 0 étape faite, 3 restent. Actualisation, novembre 2026 : 0 étape faite, 2 restent.
Bob : au sommaire. 0 étape faite, 3 restent. Actualisation, novembre 2026 : 0 étape faite, 2 restent.
Carla : pas encore commencé.
Zoé : Actualisation, novembre 2026. 1 étape faite, 1 reste.' on $now --all
expect 'one learner' 0 'Personne : Zoé.
Guide : Petit guide.
Parcours : Sur ordinateur.
En ce moment : Actualisation.
Étape 2 sur 2.
Mois : novembre 2026.
Ouvrir : 1 étape faite. Il ne reste rien.
Actualisation : 1 étape faite, 1 reste.
Étape 1, faite le 3 décembre 2026 : Cliquez.
Étape 2, à faire : Téléchargez.' on $now --learner zoé
# 23:30 UTC on the 28th is the 29th in Paris.
expect 'a past month' 0 'Personne : Zoé.
Guide : Petit guide.
Parcours : Sur ordinateur.
En ce moment : Actualisation.
Étape 2 sur 2.
Mois : octobre 2026.
Ouvrir : 1 étape faite. Il ne reste rien.
Actualisation : 2 étapes faites. Il ne reste rien.
Étape 1, faite le 29 octobre 2026 : Cliquez.
Étape 2, pas besoin, dit le 29 octobre 2026 : Téléchargez.' on --learner zoé --month 2026-10

# "Finished" is said, and told, only when every step is marked; a path that was only listened to is not.
follow() { # LINE...: Dora, one line after the other
	printf '%s\n' "$@" | "$PASAPAS" --no-speech --no-listen --guide "$guide" --learner Dora $now >"$work/out"
}
follow ouvrir suivant suivant suivant suivant
grep -q "C'est la fin du parcours. 3 étapes ne sont pas marquées." "$work/out" || fail 'the end, nothing marked'
grep -q 'Bravo' "$work/out" && fail 'praise for nothing'
on $now --all >"$work/out"
grep -q '^Dora : Actualisation, novembre 2026. 0 étape faite, 2 restent.$' "$work/out" || fail 'Dora at the end'
follow non ouvrir "c'est fait" suivant "c'est fait" "pas besoin"
grep -q 'Bravo' "$work/out" || fail 'the end, all marked'
on $now --all >"$work/out"
grep -q '^Dora : parcours terminé.$' "$work/out" || fail 'Dora, finished'
rm -r "$state/dora"

expect 'a wrong month' 2 '' on --month 2026-13
expect 'a wrong option' 2 '' on --nope
expect 'a name without its option' 2 '' on zoé
expect 'all and one' 2 '' on --all --learner zoé
expect 'no such guide' 1 '' "$PASAPAS" progress --guide nope
[ -s "$work/err" ] || fail 'no such guide: nothing was said'
expect 'nearly a guide' 1 '' "$PASAPAS" progress --guide espace-france-travai
grep -q 'Voulez-vous dire « espace-france-travail » ?' "$work/err" || fail 'nearly a guide: none was named'

# A look changes nothing, not even what is damaged.
printf 'x' >"$state/carla/progress.yaml"
expect 'a damaged file' 1 'Carla : pas encore commencé.' sh -c \
	'"$0" progress --guide "$1" --all | grep Carla; exec "$0" progress --guide "$1" --all >/dev/null' \
	"$PASAPAS" "$guide"
grep -q 'Carla' "$work/err" || fail 'a damaged file: nothing was said'
[ "$(ls "$state/carla")" = 'name
progress.yaml' ] || fail 'a look has changed the store'

# Reset.
expect 'reset without a terminal' 2 '' "$PASAPAS" reset --learner zoé </dev/null
[ -e "$state/zo%C3%A9/progress.yaml" ] || fail 'reset without being asked'
"$PASAPAS" reset --learner zoé --yes >"$work/out" || fail 'reset --yes'
kept=$(sed -n 's/.* : //p' "$work/out")
grep -q 2026-11 "$kept" || fail "reset: nothing in the file that was kept ($kept)"
expect 'after a reset' 0 \
	'{"learner":"Zoé","guide":"petit","path":null,"section":null,"step":null,"month":null,"steps":[]}' \
	on $now --learner zoé --json

# Asked on a terminal: script(1) gives one.
ask() {
	printf '%s\n' "$@" | script -qec "'$PASAPAS' reset --learner anne" /dev/null >"$work/out"
}
ask peut-être non || fail 'reset: no'
[ -e "$state/anne/progress.yaml" ] || fail 'reset after a no'
[ "$(grep -c 'Faut-il effacer' "$work/out")" = 2 ] || fail 'reset: it did not ask again'
ask Oui || fail 'reset: yes'
[ ! -e "$state/anne/progress.yaml" ] || fail 'no reset after a yes'

exit $bad
