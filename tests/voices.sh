#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# MBROLA's voices beside espeak-ng's own, by a stand-in: they are offered where they load and nowhere else,
# tried, kept, spoken with at their own rate of samples, and left out without a word once they are gone.
set -u
: "${PASAPAS:?}" "${srcdir:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME=$work XDG_STATE_HOME=$work/state XDG_CONFIG_HOME=$work/config
bad=0
fail() {
    echo "FAILED: $1"
    bad=1
}

# espeak-ng's data in a folder of our own, with two voices: one with the head of a voice, one without.
data=$(espeak-ng --version 2>/dev/null | sed -n 's/.*Data at: //p')
[ -d "$data" ] || { echo "skipped: espeak-ng's data were not found"; exit 77; }
mkdir -p "$work/espeak/espeak-ng-data/mbrola" "$work/bin"
ln -s "$data"/* "$work/espeak/espeak-ng-data/" 2>/dev/null
printf 'MBROLA3.01' >"$work/espeak/espeak-ng-data/mbrola/fr1"
printf 'something else' >"$work/espeak/espeak-ng-data/mbrola/fr4"
export ESPEAK_DATA_PATH=$work/espeak
place=(--no-listen --path ordinateur --section site --today 2026-12-01 --fast)
count=$(ls /usr/share/mbrola 2>/dev/null | grep -c '^fr[0-9]')
[ "$count" = 0 ] || { echo "skipped: voices of MBROLA are installed here"; exit 77; }

session() { # LINES: what is typed, one a line; speaks into out.wav
    printf '%b' "$1" | timeout 60 "$PASAPAS" "${place[@]}" --audio "wav:,$work/out.wav" \
        >"$work/printed" 2>"$work/errors" || fail "exit $?: $(cat "$work/errors")"
    [ ! -s "$work/errors" ] || fail "errors: $(cat "$work/errors")"
}
say() { # VARIANT: speaks one sentence with it; prints its length in bytes
    "$PASAPAS" say ${1:+--variant "$1"} --output "$work/say.wav" "Ouvrez un navigateur, puis attendez un peu." \
        >"$work/printed" 2>"$work/errors" || fail "say --variant $1: exit $?"
    [ ! -s "$work/errors" ] || fail "say --variant $1: $(cat "$work/errors")"
    stat -c %s "$work/say.wav"
}

# Without the program there is none of them, and the file alone changes nothing.
session 'changer de voix\n'
grep -q '^Je suis la voix 2 sur 5\.$' "$work/printed" || fail "without the program: $(grep voix "$work/printed")"
plain=$(say "")
cp "$work/say.wav" "$work/plain.wav"
[ "$(say mb-fr1)" = "$plain" ] && cmp -s "$work/say.wav" "$work/plain.wav" ||
    fail "a voice that is not there is not the usual one"

# With it there is one more, behind the pack's variants; the other has no voice's file.
cp "$srcdir/tests/support/mbrola.py" "$work/bin/mbrola"
chmod +x "$work/bin/mbrola"
export PATH=$work/bin:$PATH
again='changer de voix\nchanger de voix\nchanger de voix\nchanger de voix\nchanger de voix\n'
rm -rf "$work/state" "$work/config"
session "${again}je garde\n"
grep -q '^Je suis la voix 6 sur 6\.$' "$work/printed" || fail "with it: $(grep voix "$work/printed")"
[ "$(grep -c '^Ouvrez un navigateur web\.$' "$work/printed")" = 5 ] || fail "not each voice says a sentence of the guide"
grep -q '^voice-variant: mb-fr1$' "$work/config/pasapas/default/settings.yaml" || fail "it is not kept"
# "No" goes back to the one that was kept; one more is the usual one again.
session 'changer de voix\nnon\n'
grep -q '^Je suis la voix 1 sur 6\.$' "$work/printed" || fail "behind the last one: $(grep voix "$work/printed")"
grep -q '^voice-variant: mb-fr1$' "$work/config/pasapas/default/settings.yaml" || fail "a no does not go back"

# It is heard: another sound, and, though its samples are fewer, of a length like speech.
length=$(say mb-fr1)
cmp -s "$work/say.wav" "$work/plain.wav" && fail "the voice is the usual one"
[ "$length" -gt $((plain / 2)) ] && [ "$length" -lt $((plain * 2)) ] || fail "$length bytes instead of some $plain"
# The tone of the stand-in, 120 Hz, would be heard higher if its samples were taken for ours.
python3 - "$work/say.wav" <<'END' || fail "its pitch is another one"
import sys, wave
sound = wave.open(sys.argv[1])
data = memoryview(sound.readframes(sound.getnframes())).cast("h")
signs = [value > 0 for value in data if abs(value) > 1500]
changes = sum(a != b for a, b in zip(signs, signs[1:]))
hertz = changes / 2 / (len(signs) / sound.getframerate())
print("%.0f Hz" % hertz)
sys.exit(not 110 < hertz < 132)
END

# Uninstalled meanwhile: the usual voice speaks, and nothing is complained of.
rm "$work/bin/mbrola"
session 'changer de voix\n'
grep -q '^Je suis la voix 2 sur 5\.$' "$work/printed" || fail "once it is gone: $(grep voix "$work/printed")"
exit $bad
