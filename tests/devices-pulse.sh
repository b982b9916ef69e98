#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A whole session on a PulseAudio server of its own: no device at the start, a server that ends and
# comes back, a default that changes, devices that stand still, a sink that is unloaded, and a program
# that was stopped, all while it speaks. Skipped (77) where PulseAudio or its ALSA plugin cannot run.
. "$(dirname "$0")/support/pulse.sh"

session=
at_end() {
    exec 3>&-
    [ -n "$session" ] && kill -CONT "$session" 2>/dev/null && kill "$session" && wait "$session"
    session=
}
said() { [ "$(grep -c "$1" "$work/out")" -ge "$2" ]; }
# Streams of this session on the server, of which samples are taken.
plays() { pactl list short sink-inputs 2>/dev/null | grep -q .; }
plays_on() { # SINK
    number=$(pactl list short sinks | awk -v name="$1" '$2 == name { print $1 }')
    pactl list short sink-inputs | awk -v n="$number" '$2 == n { found = 1 } END { exit !found }'
}
running() { pactl list short sinks | grep -q "$1.*RUNNING"; }
must() {
    what=$1
    shift
    await "$@" || fail "$what"
}
ask() { printf '%s\n' "$1" >&3; } # something to say

start_server pasapas_test pasapas_microphone
"$PASAPAS" devices >"$work/out" 2>&1
grep -q '^sortie : default' "$work/out" || { echo "ALSA has no pulse plugin"; exit 77; }
stop_server

# Nothing at the start: it begins in writing, and speaks as soon as there is a server.
mkfifo "$work/keys"
"$PASAPAS" --path ordinateur --section actualisation <"$work/keys" >"$work/out" 2>"$work/err" &
session=$!
exec 3>"$work/keys"
must "it does not begin without sound" 20 said 'Avez-vous' 1
grep -q "ni haut-parleur ni micro" "$work/err" || fail "it does not tell that there is no sound"
[ "$(wc -l <"$work/err")" = 1 ] || fail "noise on standard error"
start_server pasapas_test pasapas_microphone
must "it does not play once there is a server" 40 plays
must "it does not tell that there is sound" 20 said 'Le son est revenu' 1
must "it does not listen once there is a server" 20 said 'Le micro est revenu' 1

# The server ends, as when a desktop session is restarted, and comes back.
stop_server
must "the loss is not told" 10 said 'ne répond' 1
ask aide
start_server pasapas_test pasapas_microphone
must "it does not play again" 40 plays
must "it does not tell that sound is back" 20 said 'Le son est revenu' 2

# Another default: the voice goes there, by the server or because it is opened again.
pactl load-module module-null-sink sink_name=pasapas_second >/dev/null
pactl set-default-sink pasapas_second
must "it does not play on the new default" 20 plays_on pasapas_second
ask répéter
must "the new default gets no samples" 20 running pasapas_second

# Stopped for longer than a device may stand still, as when a laptop is suspended.
kill -STOP "$session"
sleep 2.5
kill -CONT "$session"
ask répéter
must "it does not answer after it was stopped" 20 said '> répéter' 2
must "it does not play after it was stopped" 20 running pasapas_second
sleep 6 # a device that was just opened is given time

# The microphone stands still, as one whose plug is pulled; the voice tells it.
losses=$(grep -c 'Le micro ne répond plus' "$work/out")
back=$(grep -c 'Le micro est revenu' "$work/out")
pactl suspend-source pasapas_microphone 1
must "the loss of the microphone is not told" 10 said 'Le micro ne répond plus' $((losses + 1))
pactl suspend-source pasapas_microphone 0
must "it does not listen again" 70 said 'Le micro est revenu' $((back + 1))

# The sinks themselves, and nothing in their place.
losses=$(grep -c 'ne répond' "$work/out")
back=$(grep -c 'Le son est revenu' "$work/out")
pactl unload-module module-null-sink
must "the loss of the sink is not told" 15 said 'ne répond' $((losses + 1))
pactl load-module module-null-sink sink_name=pasapas_other >/dev/null
must "it does not play on the new sink" 70 plays
must "it does not tell that sound is back on the new sink" 20 said 'Le son est revenu' $((back + 1))

ask quitter
ask oui
must "it does not end" 60 sh -c "! kill -0 $session"
[ "$(wc -l <"$work/err")" = 1 ] || fail "noise on standard error"
exit $failed
