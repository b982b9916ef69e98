#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Media keys, pressed by playerctl on a bus of their own: they do what the words do, at a private step too;
# the player is there while the session speaks or waits, and gone in a pause and at the end; it shows
# nothing of what is said; a bus that dies harms nothing.
# shellcheck source=tests/support/home.sh
. "$srcdir/tests/support/home.sh"
need playerctl dbus-daemon
coproc bus { exec dbus-daemon --session --nofork --nopidfile --address="unix:path=$work/bus" --print-address; }
bus_id=$bus_PID
session=
trap 'kill $bus_id $session 2>/dev/null; wait; rm -rf "$work"' EXIT
read -r DBUS_SESSION_BUS_ADDRESS <&"${bus[0]}"
export DBUS_SESSION_BUS_ADDRESS
mkfifo "$work/keys"

# begin OPTIONS...: a session that speaks into nothing, slowly, so that a busy machine sees it speak.
begin() {
    "$PASAPAS" --audio null --no-listen --rate 80 --today 2026-11-20 --path ordinateur "$@" \
        <"$work/keys" >"$work/answer" 2>"$work/errors" &
    session=$!
    exec 9>"$work/keys"
    until_true "there is no player" is_there
}
is_there() { playerctl --list-all 2>/dev/null | grep -qx pasapas; }
is_gone() { ! is_there; }
is_status() { [ "$(playerctl --player pasapas status 2>/dev/null)" = "$1" ]; }
wrote() { [ "$(grep -cx -- "$1" "$work/answer")" -ge "${2:-1}" ]; }
until_true() { # what, COMMAND...
    local what=$1
    shift
    for _ in $(seq 300); do
        "$@" && return
        sleep 0.05
    done
    fail "$what"
}
press() { playerctl --player pasapas "$@" || fail "playerctl $*"; }

begin --section connexion --step connexion-candidat
until_true "it does not play while it speaks" is_status Playing
press next
until_true "next" wrote '> suivant'
press previous
until_true "previous" wrote '> précédent'
press stop
until_true "stop" wrote '> silence'
until_true "it plays in silence" is_status Paused
press play
until_true "play in silence says nothing again" wrote '> répéter'
press play-pause
until_true "play-pause while it speaks is no pause" wrote '> pause'
until_true "the keys are kept in a pause" is_gone
"$PASAPAS" tell reprendre
until_true "the keys do not come back" is_there
playerctl --player pasapas metadata >"$work/metadata"
grep -iE "connexion|étape|identifiant|default" "$work/metadata" && fail "it shows what is said"
grep -q "Pas à pas" "$work/metadata" || fail "it has no title"
kill -TERM $session
wait $session
until_true "the player stays" is_gone

begin --section connexion --step mot-de-passe
press next
until_true "next at a private step" wrote '> suivant'
press previous
until_true "back to the private step" wrote '> précédent'
press play-pause
until_true "play-pause at a private step is no silence" wrote '> silence'
grep -qx "Tapez-le sur le site ou dans l'application, pas ici." "$work/answer" && fail "a key was taken for a secret"

# Without its bus it goes on.
kill $bus_id
wait $bus_id 2>/dev/null
"$PASAPAS" tell "où suis-je"
until_true "it does not go on without a bus" wrote '> où suis-je'
echo quitter >&9
exec 9>&-
wait $session || fail "exit code $?"
session=

# Nobody's keys are taken that does not want it, nor where there is no bus.
export DBUS_SESSION_BUS_ADDRESS=unix:path=$work/none
echo quitter | "$PASAPAS" --audio null --no-listen >/dev/null 2>"$work/errors" || fail "exit code $? without a bus"
[ ! -s "$work/errors" ] || fail "a word about the bus"
