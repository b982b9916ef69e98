#!/bin/sh
# A whole session on a PulseAudio server of its own, whose null sink is unloaded, and whose server is
# ended and started again, while it speaks. Skipped (77) where PulseAudio or its ALSA plugin cannot
# run.
command -v pulseaudio >/dev/null && command -v pactl >/dev/null || { echo "no pulseaudio"; exit 77; }

work=$(mktemp -d) || exit 1
server=
session=
finish() {
    exec 3>&-
    [ -n "$session" ] && kill "$session" 2>/dev/null && wait "$session" 2>/dev/null
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
# Not ours: what the plugin leaves behind when its server is gone.
printf 'leak:libpulse\nleak:libasound\n' >"$work/lsan"
printf 'called_from_lib:libpulse.so\ncalled_from_lib:libpulsecommon\n' >"$work/tsan"
export LSAN_OPTIONS="suppressions=$work/lsan" TSAN_OPTIONS="suppressions=$work/tsan $TSAN_OPTIONS"

start_server() {
    pulseaudio -n --daemonize=no --use-pid-file=no --exit-idle-time=-1 --log-target="file:$work/log" \
        -L "module-native-protocol-unix socket=$work/pulse/native auth-anonymous=1" \
        -L "module-null-sink sink_name=pasapas_test" >/dev/null 2>&1 &
    server=$!
    await 10 pactl info || { echo "pulseaudio does not run here"; exit 77; }
}

# await SECONDS COMMAND...: true as soon as the command is.
await() {
    turns=$(($1 * 5))
    shift
    while [ $turns -gt 0 ]; do
        "$@" >/dev/null 2>&1 && return 0
        turns=$((turns - 1))
        sleep 0.2
    done
    return 1
}

failed=0
fail() {
    echo "FAILED: $*"
    cat "$work/out" "$work/err"
    failed=1
}
said() { [ "$(grep -c "$1" "$work/out")" -ge "$2" ]; }
# A stream of this session on the server, of which samples are taken.
plays() { pactl list short sink-inputs 2>/dev/null | grep -q .; }
must() {
    what=$1
    shift
    await "$@" || fail "$what"
}

start_server
"$PASAPAS" devices >"$work/out" 2>&1
grep -q '^sortie : default' "$work/out" || { echo "ALSA has no pulse plugin"; exit 77; }

mkfifo "$work/keys"
"$PASAPAS" --path ordinateur --section actualisation <"$work/keys" >"$work/out" 2>"$work/err" &
session=$!
exec 3>"$work/keys"
must "it does not play" 20 plays

# The server ends, as when a desktop session is restarted, and comes back.
kill "$server" && wait "$server" 2>/dev/null
must "the loss is not told" 10 said 'ne répond' 1
printf 'aide\n' >&3
start_server
must "it does not play again" 40 plays
must "it does not tell that sound is back" 20 said 'Le son est revenu' 1

# The sink itself, and nothing in its place.
pactl unload-module module-null-sink
must "the loss of the sink is not told" 15 said 'ne répond' 2
pactl load-module module-null-sink sink_name=pasapas_other >/dev/null
must "it does not play on the new sink" 70 plays
must "it does not tell that sound is back on the new sink" 20 said 'Le son est revenu' 2

printf 'quitter\noui\n' >&3
must "it does not end" 60 sh -c "! kill -0 $session"
[ -s "$work/err" ] && fail "noise on standard error"
exit $failed
