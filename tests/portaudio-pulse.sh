#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Plays and records through PortAudio on a PulseAudio server of its own, with a null sink whose
# monitor is the microphone. Skipped (77) where PulseAudio or its ALSA plugin cannot run.
. "$(dirname "$0")/support/pulse.sh"
start_server pasapas_test

# Runs a command; nothing may come on standard error.
quietly() {
    timeout 60 "$@" >"$work/out" 2>"$work/err"
    code=$?
    [ -s "$work/err" ] && fail "noise from: $*"
    return $code
}

quietly "$PASAPAS" devices || fail "devices: exit code $code"
grep -q '^sortie : default (par défaut)$' "$work/out" || {
    grep -q '^sortie : ' "$work/out" || { echo "ALSA has no pulse plugin"; exit 77; }
    fail "the default output is not the user's"
}
grep -q '^entrée : default (par défaut)$' "$work/out" || fail "the default input is missing"

quietly "$builddir/tests/audio_loopback" "" "" || fail "default devices: exit code $code"
cat "$work/out"
quietly "$builddir/tests/audio_loopback" "PULS" "pUlSe" || fail "devices by a part of their name"
grep -q 'output pulse at .* input pulse at ' "$work/out" || fail "other devices than asked for"
quietly "$builddir/tests/audio_loopback" "no-such-device" "" || fail "a device that is not there"
grep -q 'output default (substitute) at .* input default at ' "$work/out" || fail "no substitute"

quietly "$PASAPAS" say "Bonjour." || fail "say: exit code $code"
exit $failed
