#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What comes from outside: names, values and folders that hold what drives a terminal are told, but never
# raw; and files that are written for somebody are theirs alone, and never take the place of a link, a pipe
# or a device.
# shellcheck source=tests/support/home.sh
. "$srcdir/tests/support/home.sh"
need python3
mkdir "$work/here" && cd "$work/here" || exit 1 # some of these names are taken for those of files to be written
bad=0
# A window title, colours in both forms of CSI, a mark of direction, a byte that is no UTF-8, a line that
# looks like ours.
evil=$'z\e]0;title\a\e[31m\u009b32m\u202e\u200f\u2028\x9b33m\nErreur : faux\r\x7f'

cat >"$work/look.py" <<'END'
"""look.py FILE: fails if a terminal could be driven by what is in it."""
import re, sys
data = open(sys.argv[1], "rb").read()
text = data.decode("utf-8")  # fails on what is no UTF-8
found = re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]", text.replace("\r\n", "\n"))
assert not found, ascii(text[max(found.start() - 60, 0):found.start() + 20])
assert not re.search("^Erreur : faux", text, re.M), "a line that looks like ours: " + ascii(text)
END

run() { # ARGUMENT...: whatever comes of it, nothing of it is raw; what came is in $work/out
    timeout 60 "$PASAPAS" "$@" </dev/null >"$work/out" 2>&1
    [ $? -lt 100 ] || { echo "FAILED: it ended badly: ${*@Q}"; bad=1; }
    python3 "$work/look.py" "$work/out" || { echo "FAILED: ${*@Q}"; bad=1; }
}
quiet=(--no-speech --no-listen)

for option in learner guide path section step voice rate today audio input-device transcript keys; do
    run "${quiet[@]}" "--$option" "$evil"
done
run "$evil"
run "--$evil"
run "-$evil"
for subcommand in progress reset guides voices check listen say pronounce calibrate reminders new tell state devices sound-check; do
    run "$subcommand" "$evil"
done
for subcommand in progress reset; do run "$subcommand" --learner "$evil"; done
for subcommand in guides reminders progress; do run "$subcommand" --guide "$evil"; done
for subcommand in listen say pronounce calibrate; do run "$subcommand" --voice "$evil"; done
run say "--$evil"
run reset --yes --learner "$evil"
run reminders --ics "$work/$evil/r.ics"
run say --output "$work/$evil/a.wav" bonjour
run say --show "$evil"
run say --show -- "$(printf 'un\tdeux\n%s' "$evil")"
printf '%s\n%s\n' "${evil/$'\n'/ }" bonjour | "$PASAPAS" pronounce - >"$work/out" 2>&1
python3 "$work/look.py" "$work/out" || { echo "FAILED: pronounce -"; bad=1; }

# Files and folders of such names.
mkdir "$work/$evil"
for file in guide.yaml sound.wav voice.yaml; do
    echo "$evil" >"$work/$evil/$file"
done
run check "$work/$evil/guide.yaml"
run check "$work/$evil"
run listen "$work/$evil/sound.wav"
run guides "$work/$evil/guide.yaml"
run guides --guide "$work/$evil/guide.yaml"
run voices --voice "$work/$evil"
run "${quiet[@]}" --guide "$work/$evil/guide.yaml"
HOME="$work/$evil" XDG_STATE_HOME='' XDG_CONFIG_HOME='' run "${quiet[@]}" --learner zoe
HOME="$work/$evil" XDG_STATE_HOME='' XDG_CONFIG_HOME='' run reset --yes --learner zoe

# A name in the list of learners, as somebody may have written it there.
"$PASAPAS" "${quiet[@]}" --learner zoe --path ordinateur </dev/null >"$work/out" 2>&1
mkdir -p "$XDG_STATE_HOME/pasapas/evil"
cp "$XDG_STATE_HOME/pasapas/zoe/progress.yaml" "$XDG_STATE_HOME/pasapas/evil"
for form in "$evil" $'a\e[31mb' $'a\u202eb'; do
    folder=$XDG_STATE_HOME/pasapas/$(printf %s "$form" | od -An -v -tx1 | tr -d '\n' | tr 'a-f' 'A-F' | sed 's/ /%/g')
    mkdir -p "$folder" && cp "$XDG_STATE_HOME/pasapas/zoe/progress.yaml" "$folder"
    printf '%s\n' "$form" >"$folder/name"
done
run progress --all
run progress --all --json
run progress --all --csv
printf 'changer de personne\n' | "$PASAPAS" "${quiet[@]}" --path ordinateur >"$work/out" 2>&1
python3 "$work/look.py" "$work/out" || { echo "FAILED: the list of people"; bad=1; }

# --- files that are written ---
mode() { stat -Lc %a "$1"; }
wrong() { echo "FAILED: $1"; bad=1; }
umask 022
run "${quiet[@]}" --transcript "$work/t"
run say --output "$work/s.wav" oui
run reminders --ics "$work/r.ics" --today 2026-11-23
for file in t s.wav r.ics; do
    [ "$(mode "$work/$file")" = 600 ] || wrong "$file: mode $(mode "$work/$file")"
done
# A link is written through, and stays one.
mkdir "$work/far"
for file in t s.wav r.ics; do
    : >"$work/far/$file" && ln -sf "far/$file" "$work/link-$file"
done
run "${quiet[@]}" --transcript "$work/link-t"
run say --output "$work/link-s.wav" oui
run reminders --ics "$work/link-r.ics" --today 2026-11-23
grep -q '36 rappels' "$work/out" || wrong "a link: what was said"
for file in t s.wav r.ics; do
    [ -L "$work/link-$file" ] && [ -s "$work/far/$file" ] || wrong "a link to $file"
done
# A link into nothing is refused, or leads to a new file; it stays.
ln -s "far/new.ics" "$work/new.ics"
run reminders --ics "$work/new.ics" --today 2026-11-23
[ -L "$work/new.ics" ] || wrong "a link into nothing is replaced"
# A device is written into: what it refuses is told, and no rappel is said to be there. (By links: a program
# that is wrong must not take the devices of whoever tests it.)
ln -s /dev/full "$work/full" && ln -s /dev/stdout "$work/stdout"
run reminders --ics "$work/full" --today 2026-11-23
grep -q 'disque est plein' "$work/out" || wrong "/dev/full"
! grep -q 'rappels sont' "$work/out" || wrong "/dev/full: what was said"
run reminders --ics "$work/stdout" --today 2026-11-23
grep -q '^END:VCALENDAR' "$work/out" || wrong "/dev/stdout"
[ -L "$work/full" ] && [ -c /dev/full ] || wrong "a device was replaced"
# A pipe: with a reader it is written, without one refused; it stays a pipe.
mkfifo "$work/pipe"
run reminders --ics "$work/pipe" --today 2026-11-23
grep -q 'personne ne lit' "$work/out" || wrong "a pipe without a reader"
cat "$work/pipe" >"$work/through" &
for _ in 1 2 3 4 5 6 7 8 9 10; do
    "$PASAPAS" reminders --ics "$work/pipe" --today 2026-11-23 >"$work/out" 2>&1 && break
    sleep 0.2
done
wait $!
grep -q '^END:VCALENDAR' "$work/through" || wrong "a pipe with a reader"
[ -p "$work/pipe" ] || wrong "a pipe was replaced"
[ $bad = 0 ] && echo "nothing from outside is raw, and files are their owner's alone"
exit $bad
