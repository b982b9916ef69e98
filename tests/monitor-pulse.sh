#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A loudspeaker and a microphone in one room: a fast screen reader says the program's own commands
# out of the same loudspeaker. It is not obeyed, and the learner is, over it. On a PulseAudio server of its own: "speakers" is the loudspeaker,
# "room" is what the microphone hears: the loudspeaker, 60 ms later and weaker, and the learner. Skipped (77) where PulseAudio or its ALSA plugin cannot run.
. "$(dirname "$0")/support/pulse.sh"
. "$(dirname "$0")/support/recording.sh"
recording_tools

session=
at_end() {
    exec 3>&-
    [ -n "$session" ] && kill "$session" 2>/dev/null && wait "$session"
}
steps() { grep -c 'Étape' "$work/out"; }
said() { grep -q "$1" "$work/out"; }
further() { [ "$(steps)" -gt "$1" ]; }
monitored() { pactl list source-outputs | grep -q 'media.name = "pasapas: echo"'; }

start_server speakers
pactl load-module module-null-sink sink_name=room >/dev/null
pactl set-default-sink speakers
pactl set-default-source room.monitor
pactl load-module module-loopback source=speakers.monitor sink=room latency_msec=60 adjust_time=0 >/dev/null
echo_stream=$(pactl list short sink-inputs | awk 'NR == 1 { print $1 }')
pactl set-sink-input-volume "$echo_stream" -8dB
"$PASAPAS" devices >"$work/out" 2>&1
grep -q '^sortie : default' "$work/out" || { echo "ALSA has no pulse plugin"; exit 77; }

VOICE=fr+m3 VOICE_RATE=300 record "$work/other.wav" 0.7 suivant suivant suivant suivant suivant
record "$work/next.wav" 1 suivant

mkfifo "$work/keys"
"$PASAPAS" --guest --path ordinateur --section actualisation --step valider <"$work/keys" \
    >"$work/out" 2>"$work/err" &
session=$!
exec 3>"$work/keys"
await 20 said 'Étape' || fail "it does not begin"
if ! await 10 monitored; then
    [ -s "$work/err" ] && fail "noise on standard error"
    echo "built without libpulse"
    exit 77
fi
echo stop >&3
await 10 said 'Silence' || fail "it does not stop"
sleep 1
before=$(steps)
paplay --device=speakers "$work/other.wav"
sleep 1
further "$before" && fail "the other voice was obeyed"
paplay --device=speakers "$work/other.wav" 2>"$work/paplay" &
player=$!
sleep 1
for _ in 1 2; do # as people do
    paplay --device=room "$work/next.wav"
    await 3 further "$before" && break
done
further "$before" || fail "the learner was not heard over the other voice"
wait $player
[ -s "$work/err" ] && fail "noise on standard error"
exit $failed
