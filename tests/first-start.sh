#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The first start, whole: when it comes by itself and when not, what it keeps, and what it says of a
# microphone that is muted, mended, noisy, too low, too loud or fine (recordings; the answers before
# are typed).
# shellcheck source=tests/support/home.sh
. "$srcdir/tests/support/home.sh"
# shellcheck source=tests/support/recording.sh
. "$srcdir/tests/support/recording.sh"
recording_tools
# No sound server is to be found.
export PULSE_SERVER="unix:$work/nobody" PULSE_RUNTIME_PATH="$work"
unset DISPLAY DBUS_SESSION_BUS_ADDRESS
settings=$work/config/pasapas/default/settings.yaml
bad=0

fail() {
    echo "FAILED: $1"
    sed 's/^/    /' "$work/out"
    bad=1
}
said() { # TEST TEXT
    grep -qF -- "$2" "$work/out" || fail "$1: « $2 » was not said"
}
unsaid() {
    grep -qF -- "$2" "$work/out" && fail "$1: « $2 » was said"
}
fresh() {
    rm -rf "$work/state" "$work/config"
}

# --- the microphone -------------------------------------------------------------------------------
# heard IN.wav OPTIONS LINE...: the lines are typed, then the recording is heard.
heard() {
    local in=$1 options=$2
    shift 2
    fresh
    # shellcheck disable=SC2086
    printf '%s\n' "$@" | timeout 120 "$PASAPAS" --setup --audio "wav:$in,$work/out.wav" --fast \
        --speech espeak $options >"$work/out" 2>"$work/err" || fail "$in: exit $?"
    [ -s "$work/err" ] && { cat "$work/err"; bad=1; }
    return 0
}
noise() { # FILE SECONDS VOLUME
    sox -R -n -r 16000 -b 16 -c 1 "$1" synth "$2" whitenoise vol "$3"
}
to_microphone=(oui "pas maintenant" passer)
to_exercise=("${to_microphone[@]}" passer passer)

sox -n -r 16000 -b 16 -c 1 "$work/muted.wav" trim 0 15
heard "$work/muted.wav" "" "${to_microphone[@]}"
said "muted" "Le micro n'envoie aucun son."
[ "$(grep -c "n'envoie aucun son" "$work/out")" = 1 ] || fail "muted: told more than once"
unsaid "muted" "Le micro marche"

noise "$work/hiss.wav" 15 0.001
sox "$work/muted.wav" "$work/hiss.wav" "$work/mended.wav"
heard "$work/mended.wav" "" "${to_microphone[@]}"
said "mended" "Le micro n'envoie aucun son."
said "mended" "Le micro marche maintenant."
said "mended" "Comment voulez-vous me parler ?"

noise "$work/noise.wav" 15 0.1
heard "$work/noise.wav" "" "${to_microphone[@]}"
said "noise" "Il y a beaucoup de bruit."

heard "$work/hiss.wav" "" "${to_microphone[@]}"
said "quiet" "Le micro marche."
unsaid "quiet" "marche maintenant"

# --- the exercise ---------------------------------------------------------------------------------
# Words that are no command: first as they are, then far away, then much too loud.
VOICE=fr VOICE_RATE=150
record "$work/said.wav" 8 "la météo de demain"
sox "$work/hiss.wav" "$work/before.wav" trim 0 8
sox "$work/before.wav" "$work/said.wav" "$work/words.wav"
sox -v 0.03 "$work/words.wav" "$work/low.wav"
sox "$work/words.wav" "$work/loud.wav" vol 20 2>/dev/null
heard "$work/words.wav" "" "${to_exercise[@]}"
said "other words" "J'entends votre voix, mais je n'ai pas compris."
heard "$work/low.wav" "" "${to_exercise[@]}"
said "too low" "Votre voix arrive trop faible."
heard "$work/loud.wav" "" "${to_exercise[@]}"
said "too loud" "Votre voix arrive trop fort."
sox "$work/hiss.wav" "$work/hiss.wav" "$work/long.wav"
heard "$work/long.wav" "" "${to_exercise[@]}"
said "nobody" "Je n'entends pas votre voix."
[ "$(grep -c "Je n'entends pas" "$work/out")" = 1 ] || fail "nobody: told more than once"

VOICE=fr+f3 VOICE_RATE=120
# espeak-ng never makes quite the same sound twice.
for _ in 1 2 3; do
    record "$work/next.wav" 12 "étape suivante"
    heard "$work/next.wav" "" "${to_exercise[@]}"
    grep -q "Bravo" "$work/out" && break
done
said "the exercise" "> étape suivante"
said "the exercise" "Bravo"
said "the exercise" "Choisissez."

# --- when -----------------------------------------------------------------------------------------
# piped "OPTIONS" LINE...
piped() {
    local options=$1
    shift
    # shellcheck disable=SC2086
    printf '%s\n' "$@" | timeout 60 "$PASAPAS" $options >"$work/out" 2>"$work/err"
}
fresh
piped "--no-listen --no-speech" quitter
unsaid "a pipe" "première fois"
piped "--no-listen --audio null --guest --setup" "tout passer" quitter
said "a guest" "Pour régler le son plus tard"
[ -e "$settings" ] && fail "a guest has left settings"

"$PASAPAS" devices | grep -q '^\(sortie\|entrée\) : ' && { echo "there is a device: the rest is skipped"; exit $bad; }
command -v script >/dev/null || { echo "script(1) is missing: the rest is skipped"; exit $bad; }
language=C.UTF-8
typed() { # "OPTIONS" LINE...: on a terminal
    local options=$1
    shift
    printf '%s\n' "$@" | timeout 60 script -qec "LC_ALL=$language '$PASAPAS' $options" /dev/null |
        tr -d '\r' >"$work/out"
}
fresh
typed "" quitter
said "a terminal" "première fois"
said "a terminal" "Au revoir."
[ -e "$settings" ] && fail "leaving is no answer, but settings are kept"
fresh
# Learners whom somebody has prepared are asked first who they are; then the sound is theirs.
printf 'quitter\n' | "$PASAPAS" --no-speech --no-listen --learner Zoé --path ordinateur --section site >"$work/out"
typed "" zoé "tout passer" quitter
said "prepared" "Qui êtes-vous ?"
who=$(grep -n "Qui êtes-vous" "$work/out" | head -n 1 | cut -d: -f1)
setup=$(grep -n "première fois" "$work/out" | head -n 1 | cut -d: -f1)
[ -n "$setup" ] && [ "$who" -lt "$setup" ] || fail "prepared: the sound check was not after the name"
fresh
typed "--section site" quitter
unsaid "--section" "première fois"
fresh
typed "--no-listen --no-speech" quitter
unsaid "nothing of sound" "première fois"
fresh
typed "--scan two" quitter
unsaid "a switch" "première fois"
fresh
language=de_DE.UTF-8
typed "" "tout passer" quitter
language=C.UTF-8
said "another language" "réglé dans une autre langue"
said "all skipped" "Dites « aide » à tout moment."
[ -e "$settings" ] || fail "all skipped: it will be asked again"
typed "" quitter
unsaid "the second time" "première fois"
typed "--setup" quitter
said "asked for" "Vérifions le son."
printf 'keys: {next: n, "no": ""}\nvoice-variant: f2\n' >"$settings"
typed "--keys single" "vérifier le son" "passer" "passer" quitter
said "own keys" "c'est la touche n"
said "own keys" "Choisissez."
said "own keys" "Au revoir"
exit $bad
