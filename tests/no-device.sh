#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Without any sound device: one line that says so, and not one of ALSA's hundred.
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
# No sound server is to be found; where there are cards all the same, the test skips itself.
export HOME="$work" XDG_RUNTIME_DIR="$work" PULSE_SERVER="unix:$work/nobody" PULSE_RUNTIME_PATH="$work"
export XDG_STATE_HOME="$work/state" XDG_CONFIG_HOME="$work/config"
unset DISPLAY DBUS_SESSION_BUS_ADDRESS

failed=0
fail() {
    echo "FAILED: $*"
    cat "$work/out" "$work/err"
    failed=1
}

"$PASAPAS" devices >"$work/out" 2>"$work/err" || fail "devices: exit code $?"
[ -s "$work/err" ] && fail "devices makes noise"
grep -q '^sortie : ' "$work/out" && { echo "there is a device all the same"; exit 77; }
[ "$(wc -l <"$work/out")" -eq 2 ] || fail "devices does not say in two lines that there is none"

"$PASAPAS" say "Bonjour." >"$work/out" 2>"$work/err"
[ $? -eq 1 ] || fail "say: exit code is not 1"
[ -s "$work/out" ] && fail "say prints on standard output"
[ "$(wc -l <"$work/err")" -eq 1 ] || fail "say does not answer in one line"
grep -q '^Erreur : ' "$work/err" || fail "say: no error"

# The terminal's standard error closed, as a service manager may do.
"$PASAPAS" devices >"$work/out" 2>&- || fail "devices without standard error"
exit $failed
