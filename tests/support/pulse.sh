# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by tests that need sound devices where there is no hardware: a PulseAudio server of their
# own, whose null sinks are the loudspeakers, and their monitors or null sources the microphones. Ends the test as
# skipped (77) where PulseAudio is missing. Sets $work, a folder that is gone at the end, and the
# environment, and gives the shell the functions below. A test that starts more sets `at_end`.
command -v pulseaudio >/dev/null && command -v pactl >/dev/null || { echo "no pulseaudio"; exit 77; }

work=$(mktemp -d) || exit 1
server=
at_end() { :; }
pulse_finish() {
    at_end
    stop_server
    rm -rf "$work"
}
trap pulse_finish EXIT
trap 'exit 1' INT TERM

export HOME="$work" XDG_RUNTIME_DIR="$work" XDG_CONFIG_HOME="$work/config" XDG_STATE_HOME="$work/state"
export PULSE_RUNTIME_PATH="$work/pulse" PULSE_SERVER="unix:$work/pulse/native"
unset DBUS_SESSION_BUS_ADDRESS DISPLAY WAYLAND_DISPLAY PULSE_SINK PULSE_SOURCE
mkdir -p "$work/pulse" "$work/config"
printf 'pcm.!default pulse\nctl.!default pulse\n' >"$work/.asoundrc"
# Not ours: what the plugin leaves behind when its server is gone.
printf 'leak:libpulse\nleak:libasound\n' >"$work/lsan"
printf 'called_from_lib:libpulse.so\ncalled_from_lib:libpulsecommon\n' >"$work/tsan"
export LSAN_OPTIONS="suppressions=$work/lsan" TSAN_OPTIONS="suppressions=$work/tsan $TSAN_OPTIONS"

# shellcheck source=tests/support/await.sh
. "${srcdir:-.}/tests/support/await.sh"

start_server() { # SINK [SOURCE]: the names of its null sink and null source
    pulseaudio -n --daemonize=no --use-pid-file=no --exit-idle-time=-1 --log-target="file:$work/log" \
        -L "module-native-protocol-unix socket=$work/pulse/native auth-anonymous=1" \
        -L "module-null-sink sink_name=$1" ${2:+-L "module-null-source source_name=$2"} >/dev/null 2>&1 &
    server=$!
    await 10 pactl info && return
    echo "pulseaudio does not run here:"
    cat "$work/log" 2>/dev/null
    exit 77
}

stop_server() {
    [ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null
    server=
}

failed=0
fail() {
    echo "FAILED: $*"
    cat "$work/out" "$work/err" 2>/dev/null
    failed=1
}
