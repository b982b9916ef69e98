#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Speech through a real Speech Dispatcher, started here in a folder of its own. Its output module is
# the generic one, told to write down what it is to say instead of saying it.
set -u
command -v speech-dispatcher >/dev/null || { echo "no speech-dispatcher here"; exit 77; }
ls /usr/lib*/speech-dispatcher-modules/sd_generic >/dev/null 2>&1 || { echo "no sd_generic here"; exit 77; }
work=$(mktemp -d)
server=
stop() {
    [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null
    rm -rf "$work"
}
trap stop EXIT
export HOME=$work XDG_RUNTIME_DIR=$work XDG_STATE_HOME=$work/state XDG_CONFIG_HOME=$work/config
failed=0
fail() { echo "FAILED: $1"; failed=1; }

mkdir -p "$work/conf/modules" "$work/log"
cat >"$work/conf/speechd.conf" <<END
LogLevel 1
AudioOutputMethod "libao"
AddModule "log" "sd_generic" "log.conf"
DefaultModule log
DefaultLanguage "fr"
END
cat >"$work/conf/modules/log.conf" <<END
GenericExecuteSynth "printf '%s|%s\\\\n' '\$DATA' '\$RATE' >>$work/spoken; printf '%s\\\\n' '\$VOICE' >>$work/voices; sleep 0.2"
GenericCmdDependency "printf"
GenericRateAdd 0
GenericRateMultiply 100
GenericLanguage "fr" "fr" "utf-8"
AddVoice "fr" "MALE1" "pierre"
AddVoice "fr" "FEMALE1" "siwis"
AddVoice "en" "MALE1" "bob"
END
speech-dispatcher -s -C "$work/conf" -S "$work/socket" -L "$work/log" -P "$work/pid" -t 0 \
    >"$work/out" 2>&1 &
server=$!
for _ in $(seq 100); do
    [ -S "$work/socket" ] && break
    kill -0 $server 2>/dev/null || { server=; tail -3 "$work/out"; echo "speech-dispatcher does not start here"; exit 77; }
    sleep 0.1
done
export SPEECHD_ADDRESS=unix_socket:$work/socket

# All that is printed is said, in the same order, in the words of the pack, and to its end: the
# session ends only after the last word.
all_is_said() { # options
    rm -rf "$work/state" "$work/config/pasapas"
    : >"$work/spoken"
    if ! timeout 100 "$PASAPAS" --speech speechd "$@" --path ordinateur --section site \
        --today 2026-12-01 </dev/null >"$work/printed" 2>"$work/errors" || [ -s "$work/errors" ]; then
        fail "the session $*: $(cat "$work/errors")"
    fi
    while read -r line; do "$PASAPAS" say --show "$line"; done <"$work/printed" | tr -d '\n .,:;' >"$work/expected"
    sed 's/|.*//' "$work/spoken" | tr -d '\n .,:;' >"$work/got"
    [ -s "$work/expected" ] && cmp -s "$work/expected" "$work/got" ||
        { fail "what was said with $*"; cat "$work/expected"; echo; cat "$work/got"; }
}
all_is_said --no-listen
grep -q "je n'entends pas" "$work/printed" && fail "turns are told though nothing is listened for"
# Listening without headphones: turn by turn, which is said once.
all_is_said --audio null
[ "$(grep -c "je n'entends pas" "$work/printed")" = 1 ] || fail "that turns are taken is not told once"

# Another voice: those of the server that speak French, and none other. What is kept is spoken with from the
# first word on; a no goes back, at last to the one that the server has.
voices() { # LINES OPTIONS: what is typed; the voices that were heard come into heard, each once in a row
    : >"$work/voices"
    printf '%b' "$1" | timeout 60 "$PASAPAS" --speech speechd --no-listen --path ordinateur --section site \
        --today 2026-12-01 >"$work/printed" 2>"$work/errors" || fail "voices: $(cat "$work/errors")"
    uniq "$work/voices" | tr '\n' ' ' >"$work/heard"
}
rm -rf "$work/state" "$work/config/pasapas"
voices 'changer de voix\nchanger de voix\noui\n'
grep -q '^Je suis la voix 3 sur 3\.$' "$work/printed" || fail "three voices: $(grep voix "$work/printed")"
grep -q "^speechd-voice: siwis$" "$XDG_CONFIG_HOME/pasapas/default/settings.yaml" || fail "the voice is not kept"
grep -q 'siwis $' "$work/heard" || fail "the voice that was kept is not heard: $(cat "$work/heard")"
voices 'changer de voix\nnon\n'
grep -q '^Je suis la voix 1 sur 3\.$' "$work/printed" || fail "behind the last one: $(grep voix "$work/printed")"
[ "$(cat "$work/heard")" = "siwis pierre siwis " ] || fail "the server's own voice in between: $(cat "$work/heard")"
rm -rf "$work/state" "$work/config/pasapas"

# Pause, cancel, rate, ends.
"$builddir/tests/speech_dispatcher" "$work/spoken" || fail "tests/speech_dispatcher"

# Without a server: one line, and the session goes on in writing. (None may be started either.)
kill $server && wait $server 2>/dev/null
server=
mkdir -p "$XDG_CONFIG_HOME/speech-dispatcher"
echo DisableAutoSpawn >"$XDG_CONFIG_HOME/speech-dispatcher/speechd.conf"
# The library itself leaks its error message then.
printf 'suivant\n' | ASAN_OPTIONS=detect_leaks=0 timeout 20 "$PASAPAS" --speech speechd --no-listen \
    --path ordinateur --section site --today 2026-12-01 >"$work/printed" 2>"$work/errors" ||
    fail "a session without a server"
[ "$(wc -l <"$work/errors")" = 1 ] || { fail "one line about the server"; cat "$work/errors"; }
grep -q '^Étape 2' "$work/printed" || fail "the session goes on in writing"
exit $failed
