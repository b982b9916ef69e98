#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# scripts/readability counts what it says it counts, fails when it must, and passes our guides.
set -u

here=$(cd "$(dirname "$0")" && pwd)
top=${srcdir:-$here/..}
tool=$top/scripts/readability
bad=0
fail() {
	echo "FAIL: $*"
	bad=1
}

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# A guide of one step; the texts are the arguments: say, simple, then what follows the steps.
guide() {
	cat >"$work/guide.yaml" <<END
format: 1
sections:
  - id: une
    title: Une
    steps:
      - id: pas
        say: "$1"
        simple: "$2"
        more: "Je vous explique."
$3
END
}

# The exit status must be $1, and what is printed on standard error must hold $2, or be empty.
expect() {
	want=$1
	"$tool" "$work/guide.yaml" >"$work/out" 2>"$work/err"
	got=$?
	[ $got -eq "$want" ] || fail "$3: exit $got, not $want"
	if [ -z "$2" ]; then
		[ ! -s "$work/err" ] || fail "$3: $(cat "$work/err")"
	else
		grep -Fq -e "$2" "$work/err" || fail "$3: no \"$2\" on standard error"
	fi
}

# A figure of the line printed for `key`: 4 sentences, 5 longest, 6 words, 7 outside, 8 passive,
# 9 negative.
figure() {
	got=$(awk -F '\t' -v key="$1" -v column="$2" '$3 == key { print $column }' "$work/out")
	[ "$got" = "$3" ] || fail "$4: column $2 of $1 is $got, not $3"
}

twelve="un deux trois quatre cinq six sept huit neuf dix onze douze"
twenty="$twelve un deux trois quatre cinq six sept huit"

guide "$twenty." "$twelve." ""
expect 0 "" "at the limit"
figure say 5 20 "at the limit"
figure simple 5 12 "at the limit"

guide "$twenty un." "$twelve." ""
expect 1 "guide.yaml:7: une/pas say: 21 words in a sentence, at most 20" "say too long"

guide "$twenty." "$twelve un." ""
expect 1 "guide.yaml:8: une/pas simple: 13 words in a sentence, at most 12" "simple too long"

guide "$twenty un." "$twelve un." "allow:
  - step: pas
    rule: long-sentence
    reason: Un nom officiel."
expect 0 "" "excused"

guide "$twenty un." "$twelve." "allow:
  - step: autre
    rule: long-sentence
    reason: Un autre pas."
expect 1 "21 words" "another step is excused"

guide "Un." "Un." "glossary:
  - word: mot
    say: \"$twenty un.\""
expect 1 "glossary/mot say: 21 words" "glossary too long"

# Sentences: quotes end none, an address ends none, a colon ends none.
guide "Lisez « Ça va ? Oui ! (PDF. 2) » ici. Allez sur www.exemple.fr : c'est bien ! Oui…" "Un." ""
expect 0 "" "sentences"
figure say 4 3 "sentences"
figure say 5 7 "sentences"
figure say 6 13 "sentences"

# A text folded over lines is one text.
guide "Un deux" "Un." ""
awk '/say:/ { print "        say: >"; print "          Un deux trois"; print "          quatre cinq."; next } { print }' \
	"$work/guide.yaml" >"$work/folded" && mv "$work/folded" "$work/guide.yaml"
expect 0 "" "folded"
figure say 6 5 "folded"

# Words: elisions and inversions are looked up apart, names and figures are left out, the rest counts.
guide "L'ami d'Aurélie parle-t-il à Zorglub le 28 ?" "Ouvrez le zorglub." ""
expect 0 "" "words"
figure say 7 0 "words"
figure simple 7 33 "words"

guide "La lettre est bien envoyée." "Ne partez pas. Allez pas à pas." ""
expect 0 "" "forms"
figure say 8 1 "forms"
figure say 9 0 "forms"
figure simple 8 0 "forms"
figure simple 9 1 "forms"
guide "Elle est allée ici. Il s'est levé." "Un." ""
expect 0 "" "not passive"
figure say 8 0 "not passive"

"$tool" >/dev/null 2>&1
[ $? -eq 2 ] || fail "no guide: exit status is not 2"
"$tool" "$work/absent.yaml" >/dev/null 2>&1
[ $? -eq 2 ] || fail "no such guide: exit status is not 2"

for file in "$top"/guides/*.yaml; do
	"$tool" "$file" >"$work/out" || fail "$file has sentences that are too long"
	lines=$(wc -l <"$work/out")
	texts=$(grep -Ec '^ +(- )?(say|simple|more|simple_more|where|warning|intro|story|ask|why|missed|read_back): |^(welcome|closing): ' "$file")
	[ "$lines" -eq $((texts + 1)) ] || fail "$file: $texts texts, but $lines lines"
done

[ $bad -eq 0 ] && echo "ok"
exit $bad
