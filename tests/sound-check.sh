#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# pasapas sound-check: what is played is given back as the microphone, later and weaker, or not.
. "$(dirname "$0")/support/home.sh"
need sox

check() { # microphone, what the answer must hold
    timeout 120 "$PASAPAS" sound-check --audio "wav:$1,$work/out.wav" >"$work/answer" \
        2>"$work/errors" || fail "$1: exit $?"
    [ -s "$work/errors" ] && fail "$1: lines on standard error"
    grep -q "$2" "$work/answer" || fail "$1: not « $2 »"
}

# echo_of FILE DELAY_S VOLUME: the signal comes back, in a quiet room.
echo_of() {
    sox "$work/signal.wav" -r 16000 "$work/late.wav" pad "$2" trim 0 7
    sox -R -n -r 16000 -b 16 -c 1 "$work/room.wav" synth 7 whitenoise vol 0.0008
    sox -R -m -v "$3" "$work/late.wav" -v 1 "$work/room.wav" -b 16 "$1" trim 0 7
}

sox -R -n -r 16000 -b 16 -c 1 "$work/quiet.wav" synth 7 whitenoise vol 0.0008
check "$work/quiet.wav" "n'entend pas ma voix"
grep -q "duplex: headphones" "$work/config/pasapas/default/settings.yaml" || fail "it is not kept"
cp "$work/out.wav" "$work/signal.wav"
# It is said aloud behind the signal, unless another voice reads it.
loud() { # how loud what comes behind the signal is
    sox "$work/out.wav" -n trim 5.1 stat 2>&1 | awk '/^Maximum amplitude/ { print $3 }'
}
[ "$(loud | awk '{ print ($1 > 0.1) }')" = 1 ] || fail "the sentence is not said aloud"
sed -i '1i speech: none' "$work/config/pasapas/default/settings.yaml"
check "$work/quiet.wav" "n'entend pas ma voix"
[ "$(loud | awk '{ print ($1 > 0.1) }')" = 1 ] && fail "two voices at once"
rm "$work/config/pasapas/default/settings.yaml"
check "$work/quiet.wav" "n'entend pas ma voix"

echo_of "$work/echo.wav" 0.12 0.2
check "$work/echo.wav" "je sais l'enlever"
delay=$(sed -n 's/^délai \([0-9]*\) ms.*/\1/p' "$work/answer")
[ "${delay:-0}" -ge 110 ] && [ "$delay" -le 140 ] || fail "a delay of $delay ms, not 120"
grep -q "duplex: echo" "$work/config/pasapas/default/settings.yaml" || fail "it is not kept"
# One entry a pair of devices: the two recordings are two.
[ "$(grep -c duplex: "$work/config/pasapas/default/settings.yaml")" = 2 ] || fail "not two pairs"
check "$work/echo.wav" "je sais l'enlever"
[ "$(grep -c duplex: "$work/config/pasapas/default/settings.yaml")" = 2 ] || fail "not two pairs"

echo_of "$work/loud.wav" 0.03 0.95
check "$work/loud.wav" "trop fort"

sox -n -r 16000 -b 16 -c 1 "$work/nothing.wav" trim 0 7
check "$work/nothing.wav" "Le micro ne donne rien"

# Devices that are named are kept.
"$PASAPAS" sound-check --audio "wav:$work/quiet.wav,$work/out.wav" --input-device "Micro USB" \
    >/dev/null || fail "a device by name: exit $?"
grep -q "input-device: Micro USB" "$work/config/pasapas/default/settings.yaml" ||
    fail "the device is not kept"

"$PASAPAS" sound-check --audio wav:x >/dev/null 2>&1
[ $? = 2 ] || fail "a bad --audio is no mistake in use"
"$PASAPAS" sound-check --audio "wav:$work/missing.wav,$work/out.wav" >/dev/null 2>&1
[ $? = 1 ] || fail "a missing recording is no failure"
exit 0
