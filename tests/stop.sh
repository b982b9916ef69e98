#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A session can always be ended, and ends as it should: signals while the main thread waits for a pipe
# (stop.py), named pipes in the place of files, closed descriptors, a full disk, a limit, a reader who
# leaves; and the terminal is as it was.
# shellcheck source=tests/support/home.sh
. "$srcdir/tests/support/home.sh"
need python3 dash
record=$XDG_STATE_HOME/pasapas/default/progress.yaml

session() { # OPTION...: a session that is given `lines`
    printf '%s\n' "${lines[@]}" | timeout 20 "$PASAPAS" --no-speech --no-listen --today 2026-12-20 \
        --path ordinateur "$@"
}
begin() { rm -rf "$XDG_CONFIG_HOME" "$XDG_STATE_HOME" "$work/transcript"; }
lines=("aller à connexion" suivant suivant quitter)

# Where it is, as a learner is told.
place() { sed -n 's/.*step: //p' "$record" | head -1; }
session >/dev/null || fail "a session"
kept=$(place)
[ -n "$kept" ] || fail "the place is kept"

# Descriptors that are closed: none becomes a file. What is said goes nowhere, and the place is kept.
for closed in '<&-' '>&-' '2>&-' '<&- >&- 2>&-' '>&- 2>&-'; do
    begin
    eval "session --transcript '$work/transcript' >/dev/null 2>'$work/errors' $closed"
    code=$?
    [ $code -lt 2 ] || fail "$closed: it ends with $code"
    case $closed in
    '<&-'*) ;; # nothing is typed
    *) [ "$(place)" = "$kept" ] || fail "$closed: the place is not kept" ;;
    esac
    ! grep -rl 'Bonjour' "$XDG_STATE_HOME" || fail "$closed: what is said is in a file"
    grep -q 'Bonjour' "$work/transcript" || fail "$closed: no transcript"
done
# An answer that goes nowhere is no success; nothing is written into another file.
"$PASAPAS" guides >&- 2>"$work/errors" && fail "an answer into nothing is a success"
grep -q '^Erreur : ' "$work/errors" || fail "an answer into nothing is not told"

# A full disk, a limit, a reader who leaves.
begin
session --transcript /dev/full >"$work/answer" 2>"$work/errors" && fail "a full transcript is a success"
grep -q 'le disque est plein' "$work/errors" || fail "a full transcript is not told"
[ "$(place)" = "$kept" ] || fail "a full transcript costs the place"
[ -c /dev/full ] || fail "/dev/full was replaced"
begin
session 2>"$work/errors" | head -1 >"$work/answer"
[ "${PIPESTATUS[0]}" = 0 ] || fail "a reader who leaves: $(cat "$work/errors")"
# So does an answer.
for what in guides voices --help; do
    "$PASAPAS" $what 2>"$work/errors" | true
    [ "${PIPESTATUS[0]}" = 0 ] && [ ! -s "$work/errors" ] || fail "a reader who leaves before $what"
done
begin
(ulimit -f 1; exec 2>"$work/errors"; lines=(aide aide aide aide aide aide quitter)
    session --transcript "$work/transcript" | cat >/dev/null; exit "${PIPESTATUS[0]}")
[ $? = 1 ] || fail "a transcript beyond the limit"
grep -q 'trop grand' "$work/errors" || fail "a transcript beyond the limit is not told"

# A named pipe that nobody reads, or writes, in the place of a file.
mkfifo "$work/pipe"
begin
session --transcript "$work/pipe" >/dev/null 2>"$work/errors"
[ $? = 1 ] && grep -q 'personne ne lit' "$work/errors" || fail "a pipe as transcript"
timeout 10 "$PASAPAS" listen "$work/pipe" >/dev/null 2>"$work/errors"
[ $? = 1 ] && grep -q 'enregistrement' "$work/errors" || fail "a pipe as a recording"
begin
session >/dev/null
for file in progress.yaml progress.yaml.copy progress.yaml.tmp progress.yaml.copy.tmp name; do
    rm -f "$(dirname "$record")/$file" && mkfifo "$(dirname "$record")/$file"
    session >"$work/answer" 2>"$work/errors"
    [ $? -le 1 ] || fail "a pipe as $file"
    rm -f "$(dirname "$record")/$file"
done
for file in settings.yaml calibration.yaml settings.yaml.tmp; do
    mkdir -p "$XDG_CONFIG_HOME/pasapas/default" && mkfifo "$XDG_CONFIG_HOME/pasapas/default/$file"
    lines=("plus vite" quitter)
    session >"$work/answer" 2>"$work/errors" || fail "a pipe as $file"
    rm -f "$XDG_CONFIG_HOME/pasapas/default/$file"
done

begin
python3 -B "$srcdir/tests/stop.py" "$PASAPAS" "$work" || exit 1
echo "it always can be stopped"
