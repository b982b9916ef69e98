#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# `pasapas calibrate` from start to end by a recording alone, and by keyboard: ten commands, each
# said twice, are measured and kept; a session then understands what it did not before. Stopping and
# going on, a no, forgetting, a broken file, a file that cannot be written.
# shellcheck source=tests/support/home.sh
. "$srcdir/tests/support/home.sh"
# shellcheck source=tests/support/recording.sh
. "$srcdir/tests/support/recording.sh"
recording_tools
file=$work/config/pasapas/default/calibration.yaml
bad=0 shown=

fail() {
    echo "FAIL: $1"
    [ "$shown" = "$(cat "$work/out")" ] || sed 's/^/    /' "$work/out" "$work/err"
    shown=$(cat "$work/out")
    bad=1
}
said() { # NAME TEXT
    grep -qF -- "$2" "$work/out" || fail "$1: « $2 » was not said"
}
unsaid() {
    grep -qF -- "$2" "$work/out" && fail "$1: « $2 » was said"
    return 0
}
calibrate() { # options
    timeout 300 "$PASAPAS" calibrate "$@" >"$work/out" 2>"$work/err" </dev/null
}

ten=(suivant répéter "c'est fait" oui non silence aide précédent "où suis-je" quitter)

# --- by voice alone -------------------------------------------------------------------------------
VOICE=fr+m2 # one that is not understood at once
twice "$work/part.wav" -- oui -- "${ten[@]}" -- oui non
VOICE=fr
calibrate --audio "wav:$work/part.wav,$work/out.wav" --fast || fail "by voice: exit $?"
[ -s "$work/err" ] && fail "by voice: something on standard error"
for phrase in "${ten[@]}"; do
    said "by voice" "Dites : « $phrase »."
    said "by voice" "Encore une fois : « $phrase »."
done
said "by voice" "C'est gardé. Commandes qui restent : "
said "by voice" "Au revoir."
# What it gained, as said and as counted.
gain=$(sed -n 's/.*Avant : \([0-9]*\) sur 20. Maintenant : \([0-9]*\) sur 20\..*/\1 \2/p' "$work/out")
[ -n "$gain" ] && [ "${gain#* }" -ge "${gain% *}" ] || fail "by voice: it gained « $gain »"
[ "$(grep -c '^- text: ' "$file")" = 10 ] || fail "by voice: not ten phrases in the file"
[ "$(grep -c '  kept: true' "$file")" = 10 ] || fail "by voice: not all kept"
[ "$(stat -c %a "$file")" = 600 ] || fail "by voice: a file that others can read"
# Numbers, phones and the phrases; no sound, nothing else, and little of it.
[ "$(wc -c <"$file")" -lt 10000 ] || fail "by voice: $(wc -c <"$file") bytes kept"
find "$work/config" "$work/state" -type f ! -name calibration.yaml 2>/dev/null | grep -v /pulse/ |
    grep . && fail "by voice: something else was kept"

# --- in a session: the two sayings are what it learnt from ----------------------------------------
heard_right() { # options: how many of the sayings `pasapas listen` obeys rightly
    "$PASAPAS" listen "$@" "$work/part.wav" | sed 1d | head -20 | cut -f4 >"$work/heard"
    printf '%s\n' next next repeat repeat done done yes yes no no stop stop help help previous \
        previous where where quit quit | paste - "$work/heard" | awk '$1 == $2' | wc -l
}
before=$(heard_right) after=$(heard_right --calibration "$file")
[ "$after" -gt "$before" ] || fail "listen: $before right before, $after after"
[ "$after" -ge 18 ] || fail "listen: $after of the 20 sayings it learnt from"
session() { # how many commands of the recording a session obeys
    timeout 300 "$PASAPAS" --audio "wav:$work/part.wav,$work/spoken.wav" --fast --today 2026-12-01 \
        --path ordinateur --section actualisation "$@" </dev/null 2>"$work/err" >"$work/out" ||
        fail "session: exit $?"
    grep -c '^> ' "$work/out"
}
with=$(session)
[ -s "$work/err" ] && fail "session: something on standard error"
rm -rf "$work/state"
without=$(session --guest)
[ "$with" -gt "$without" ] || fail "session: $with commands with calibration, $without as a guest"
rm -rf "$work/state"

# --- by keyboard: the questions and the ways on ---------------------------------------------------
# A recording that says nothing but the words: stopped by the pipe's "quitter" after the first part.
keys() { # LINE...
    printf '%s\n' "$@" | timeout 300 "$PASAPAS" calibrate --no-speech \
        --audio "wav:$work/silence.wav" >"$work/out" 2>"$work/err" || fail "by keyboard: exit $?"
}
sox -n -r 16000 -b 16 -c 1 "$work/silence.wav" trim 0 3
keys aide oui "plus fort" suivant répéter quitter
said "by keyboard" "Commandes déjà apprises : 10."
said "by keyboard" "Pour passer ce mot : suivant."
said "by keyboard" "Je n'ai pas compris. Dites : "
[ "$(grep -c '^Dites : ' "$work/out")" = 3 ] || fail "by keyboard: not one phrase, the next, and that again"
said "by keyboard" "Vous pourrez continuer un autre jour."
keys n
said "by keyboard: no" "Vous pourrez continuer un autre jour."

# --- stopped, and gone on with --------------------------------------------------------------------
rm -rf "$work/config"
twice "$work/three.wav" -- oui -- suivant répéter -- "c'est fait"
calibrate --no-speech --audio "wav:$work/three.wav" --fast || fail "stopped: exit $?"
[ "$(grep -c '^- text: ' "$file")" = 2 ] || fail "stopped: what was said twice is not on disk"
grep -q 'kept: true' "$file" && fail "stopped: in use before the learner agreed"
twice "$work/rest.wav" -- oui -- "c'est fait" oui non silence aide précédent "où suis-je" quitter "pas besoin" \
    annuler -- non non
calibrate --no-speech --audio "wav:$work/rest.wav" --fast || fail "gone on with: exit $?"
said "gone on with" "Commandes déjà apprises : 2."
unsaid "gone on with" "Dites : « suivant »."
said "gone on with" "Dites : « c'est fait »."
said "gone on with" " sur 24."
said "gone on with: a no" "Ce n'est pas gardé."
grep -q 'text:' "$file" && fail "a no: something is kept"

# --- interrupted at real time ---------------------------------------------------------------------
# As soon as the third phrase is asked for. (By SIGTERM: a shell's jobs ignore SIGINT, and the
# program takes both the same way.)
timeout -k 60 300 "$PASAPAS" calibrate --no-speech --audio "wav:$work/three.wav" \
    >"$work/out" 2>"$work/err" </dev/null &
for _ in $(seq 600); do grep -q "Dites : « c'est fait »" "$work/out" && break; sleep 0.1; done
kill -TERM $!
wait $! || fail "interrupted: exit $?"
unsaid "interrupted" "Au revoir."
[ "$(grep -c '^- text: ' "$file")" = 2 ] || fail "interrupted: what was said twice is not on disk"

# --- forgotten ------------------------------------------------------------------------------------
calibrate --forget || fail "forget: exit $?"
said "forget" "C'est effacé"
[ -e "$file" ] && fail "forget: the file is there"
calibrate --forget || fail "forget again: exit $?"
said "forget again" "Il n'y a rien à effacer"

# --- a file that is broken, or cannot be written --------------------------------------------------
mkdir -p "${file%/*}"
printf 'format: 1\nphrases:\n  - text: suivant\n    tokens: 3\n' >"$file"
timeout 60 "$PASAPAS" --audio "wav:$work/silence.wav" --fast --no-speech --path ordinateur \
    --section site --today 2026-12-01 </dev/null >"$work/out" 2>"$work/err" || fail "broken: exit $?"
grep -qF "calibration.yaml:4:" "$work/err" || fail "broken: the place is not told"
grep -qF "je n'utilise pas" "$work/err" || fail "broken: it is not told"
calibrate --no-speech --audio "wav:$work/three.wav" --fast || fail "broken, said anew: exit $?"
[ "$(grep -c '^- text: ' "$file")" = 2 ] || fail "broken: not replaced by what was said"

# A learner's own, and gone with them.
calibrate --learner Zoé --no-speech --audio "wav:$work/three.wav" --fast
zoe="$work/config/pasapas/zo%C3%A9/calibration.yaml"
[ -e "$zoe" ] || fail "a learner: no file"
"$PASAPAS" reset --learner Zoé --yes >"$work/out" 2>"$work/err"
[ -e "$zoe" ] && fail "a learner who is reset: the voice is still known"

XDG_CONFIG_HOME=/dev/null/config calibrate --no-speech --audio "wav:$work/three.wav" --fast &&
    fail "unwritable: exit 0"
said "unwritable" "Je ne peux pas garder"

# --- options --------------------------------------------------------------------------------------
calibrate --fast
[ $? = 2 ] || fail "--fast without a recording"
calibrate --audio nothing
[ $? = 2 ] || fail "--audio"
calibrate --help || fail "--help"
said "--help" "pasapas calibrate"
exit $bad
