#!/bin/sh
# Plays and records through PortAudio on a PulseAudio server of its own, with a null sink whose
# monitor is the microphone. Skipped (77) where PulseAudio or its ALSA plugin cannot run.
command -v pulseaudio >/dev/null && command -v pactl >/dev/null || { echo "no pulseaudio"; exit 77; }

work=$(mktemp -d) || exit 1
server=
finish() {
    [ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

export HOME="$work" XDG_RUNTIME_DIR="$work" XDG_CONFIG_HOME="$work/config" XDG_STATE_HOME="$work/state"
export PULSE_RUNTIME_PATH="$work/pulse" PULSE_SERVER="unix:$work/pulse/native"
unset DBUS_SESSION_BUS_ADDRESS DISPLAY WAYLAND_DISPLAY PULSE_SINK PULSE_SOURCE
mkdir -p "$work/pulse" "$work/config"
printf 'pcm.!default pulse\nctl.!default pulse\n' >"$work/.asoundrc"

pulseaudio -n --daemonize=no --use-pid-file=no --exit-idle-time=-1 --log-target="file:$work/log" \
    -L "module-native-protocol-unix socket=$work/pulse/native auth-anonymous=1" \
    -L "module-null-sink sink_name=pasapas_test" >/dev/null 2>&1 &
server=$!
tries=0
until pactl info >/dev/null 2>&1; do
    tries=$((tries + 1))
    if [ $tries -gt 50 ] || ! kill -0 "$server" 2>/dev/null; then
        echo "pulseaudio does not run here:"
        cat "$work/log" 2>/dev/null
        exit 77
    fi
    sleep 0.1
done

failed=0
fail() {
    echo "FAILED: $*"
    cat "$work/out" "$work/err" 2>/dev/null
    failed=1
}
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
