#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A pack whose voice is a program: what it writes is what is played; one that hangs holds nothing up, neither
# the next command nor the end; its mistakes are told. (test_synth_pipe has the stand-ins that fail.)
# shellcheck source=tests/support/home.sh
. "$srcdir/tests/support/home.sh"
need sox
mkdir "$work/pack"
for file in "$srcdir"/voices/fr/*; do
    [ "$(basename "$file")" = voice.yaml ] || ln -s "$(realpath "$file")" "$work/pack/"
done
# voice WORDS: the pack's voice is this command.
voice() {
    sed "s|^  rate: .*|&\n  command: $1\n  command_rate: 16000|" "$srcdir/voices/fr/voice.yaml" >"$work/pack/voice.yaml"
}

# One second of a tone, and a note of what was asked for.
cat >"$work/tone" <<END
#!/bin/sh
cat >>"$work/asked"
echo "\$*" >>"$work/options"
exec sox -n -t raw -r 16000 -e signed -b 16 -c 1 - synth 1 sine 440
END
chmod +x "$work/tone"
voice "[$work/tone, --rate, \"{rate}\", \"--length=x{length}\"]"
"$PASAPAS" check "$work/pack" >"$work/answer" 2>&1 || fail "the pack"
"$PASAPAS" say --voice "$work/pack" --rate 350 --output "$work/said.wav" "Il est 10 h." >"$work/answer" 2>"$work/errors" || fail "say"
grep -qx "Il est dix heures\.*" "$work/asked" || { cat "$work/asked"; fail "the program was given something else"; }
grep -qx -- "--rate 350 --length=x0.50" "$work/options" || { cat "$work/options"; fail "its options"; }
length=$(soxi -D "$work/said.wav")
awk -v l="$length" 'BEGIN { exit !(l > 0.95 && l < 1.6) }' || fail "$length seconds were said"
tone=$(sox "$work/said.wav" -n stat 2>&1 | awk '/Rough/ { print $3 }')
awk -v t="$tone" 'BEGIN { exit !(t > 400 && t < 480) }' || fail "a tone of $tone Hz was said"

# It hangs: commands are obeyed, and a signal ends all of it.
sleeps=1000.$RANDOM$RANDOM
printf '#!/bin/sh\ncat >/dev/null\nsleep %s &\nwait\n' "$sleeps" >"$work/hang"
chmod +x "$work/hang"
voice "[$work/hang]"
mkfifo "$work/keys"
"$PASAPAS" --voice "$work/pack" --audio null --no-listen --today 2026-11-20 <"$work/keys" >"$work/answer" 2>"$work/errors" &
session=$!
exec 9>"$work/keys"
sleep 0.5
echo aide >&9
for _ in $(seq 100); do
    grep -q '^> aide' "$work/answer" && break
    sleep 0.05
done
grep -q '^> aide' "$work/answer" || fail "a voice that hangs holds commands up"
begin=$(date +%s%N)
kill -TERM $session
wait $session
took=$((($(date +%s%N) - begin) / 1000000))
[ $took -lt 1000 ] || fail "a voice that hangs holds the end up for $took ms"
sleep 0.1
pgrep -f "sleep $sleeps" >/dev/null && fail "what it started is left behind"

# What a pack may not name.
voice "[./tone]"
"$PASAPAS" check "$work/pack" >"$work/answer" 2>&1 && fail "a program beside the pack"
grep -q 'voice.yaml:9:13 : « ./tone »' "$work/answer" || fail "where it is is not told"
voice "[sox, \"{volume}\"]"
"$PASAPAS" check "$work/pack" >"$work/answer" 2>&1 && fail "an unknown name"
grep -q '« {volume} »' "$work/answer" || fail "which name it is is not told"
exit 0
