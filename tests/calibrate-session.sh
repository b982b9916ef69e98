#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# "Apprendre ma voix" in the middle of a session: by a recording alone, by keyboard, stopped and gone
# on with, as a guest. It always leads back to the place in the guide, and what was learnt counts at
# once; a copy to take along holds it, and it goes with the learner.
# shellcheck source=tests/support/home.sh
. "$srcdir/tests/support/home.sh"
# shellcheck source=tests/support/recording.sh
. "$srcdir/tests/support/recording.sh"
recording_tools
export HOME=$work/home
mkdir "$HOME"
file=$work/config/pasapas/zo%C3%A9/calibration.yaml
bad=0

fail() {
    echo "FAIL: $1"
    sed 's/^/    /' "$work/out" "$work/err"
    bad=1
}
said() { # NAME TEXT
    grep -qF -- "$2" "$work/out" || fail "$1: « $2 » was not said"
}
unsaid() {
    grep -qF -- "$2" "$work/out" && fail "$1: « $2 » was said"
    return 0
}
# session FILE OPTIONS: at a step, with a recording as the microphone.
session() {
    local file=$1
    shift
    timeout 300 "$PASAPAS" --audio "wav:$file,$work/spoken.wav" --fast --today 2026-12-01 \
        --path ordinateur "$@" </dev/null >"$work/out" 2>"$work/err" || fail "exit $?"
    [ -s "$work/err" ] && fail "something on standard error"
    return 0
}
# keyed OPTIONS -- LINE...: led by a pipe; the microphone hears nothing.
keyed() {
    local options=()
    while [ "$1" != -- ]; do options+=("$1") && shift; done
    shift
    printf '%s\n' "$@" | timeout 120 "$PASAPAS" --no-speech --audio "wav:$work/silence.wav" \
        --today 2026-12-01 --path ordinateur "${options[@]}" >"$work/out" 2>"$work/err" ||
        fail "keyed: exit $?"
    [ -s "$work/err" ] && fail "keyed: something on standard error"
    return 0
}
after_back() { # what came when it was over
    sed '1,/On revient au guide\./d' "$work/out"
}
sox -n -r 16000 -b 16 -c 1 "$work/silence.wav" trim 0 3

# --- by voice alone -------------------------------------------------------------------------------
ten=(suivant répéter "c'est fait" oui non silence aide précédent "où suis-je" quitter)
twice "$work/all.wav" -- "apprendre ma voix" oui -- "${ten[@]}" -- oui non actualisation
session "$work/all.wav" --learner Zoé
said "by voice" "> apprendre ma voix"
said "by voice" "« Quitter » vous ramène au guide."
for phrase in "${ten[@]}"; do
    said "by voice" "Encore une fois : « $phrase »."
done
grep -qE 'Avant : [0-9]+ sur 20\. Maintenant : [0-9]+ sur 20\. Je garde \?' "$work/out" ||
    fail "by voice: what it gained was not told"
said "by voice" "C'est gardé. Commandes qui restent : "
unsaid "by voice" "Au revoir."
after_back | grep -qF "Voici le sommaire" || fail "by voice: not back where it was"
after_back | grep -qF "> actualisation" || fail "by voice: nothing is obeyed any more"
[ "$(grep -c '  kept: true' "$file")" = 10 ] || fail "by voice: not ten phrases in the file"
find "$work" -name '*.wav' -path '*config*' -o -name '*.wav' -path '*state*' | grep . &&
    fail "by voice: sound was kept"

# --- by keyboard, at a step: every answer also by key, and back to the very step -------------------
keyed --learner Zoé --section actualisation -- suivant suivant suivant _ o h r s q r
said "by keyboard" "Commandes déjà apprises : 10."
said "by keyboard" "Pour passer ce mot : suivant."
[ "$(grep -c '^Dites : ' "$work/out")" = 3 ] || fail "by keyboard: not a phrase, that again, the next"
[ "$(after_back | grep -c '^Étape 1 sur 5\.')" = 2 ] || fail "by keyboard: not back at the step"

# --- stopped, and gone on with in another session --------------------------------------------------
# A clear "quitter" stops at once; one in doubt is asked about (tests/test_enrolment.c).
rm -rf "$work/config" "$work/state"
twice "$work/two.wav" -- "apprendre ma voix" oui -- suivant répéter -- quitter actualisation
session "$work/two.wav" --learner Zoé
unsaid "stopped" "Voulez-vous arrêter ?"
said "stopped" "Vous pourrez continuer un autre jour. On revient au guide."
after_back | grep -qF "> actualisation" || fail "stopped: not back in the guide"
[ "$(grep -c '^- text: ' "$file")" = 2 ] || fail "stopped: what was said twice is not on disk"
grep -q 'kept: true' "$file" && fail "stopped: in use before the learner agreed"
keyed --learner Zoé -- "apprendre ma voix" oui non
said "gone on with" "Commandes déjà apprises : 2."
unsaid "gone on with" "Dites : « suivant »."
said "gone on with" "Dites : « c'est fait »."

# --- a guest: nothing is kept, and that is said; in this session it is known ------------------------
rm -rf "$work/config" "$work/state"
twice "$work/guest.wav" -- "apprendre ma voix" oui -- "${ten[@]}" -- oui non "apprendre ma voix" non
session "$work/guest.wav" --guest
said "a guest" "Ce que j'apprends sert pour cette séance, puis je l'oublie."
said "a guest" "Je m'en sers jusqu'à la fin de la séance."
said "a guest" "Commandes déjà apprises : 10."
said "a guest" "Vous pourrez continuer pendant cette séance."
find "$work/config" "$work/state" -type f 2>/dev/null | grep . && fail "a guest: something was kept"

# --- a copy to take along, and forgotten with the learner -------------------------------------------
session "$work/all.wav" --learner Zoé
keyed --learner Zoé -- "changer de personne" "copier le suivi" oui
copy=$HOME/pasapas-Zoé-2026-12-01.yaml voice=$HOME/pasapas-Zoé-2026-12-01-calibration.yaml
said "a copy" "$voice"
[ -e "$copy" ] || fail "a copy: not there"
cmp "$voice" "$file" || fail "a copy: not what was learnt"
[ "$(stat -c %a "$voice")" = 600 ] || fail "a copy: others can read it"
"$PASAPAS" listen --calibration "$voice" "$work/silence.wav" >"$work/out" 2>"$work/err" ||
    fail "a copy: it cannot be used"
keyed --learner Zoé -- "changer de personne" "effacer le suivi" oui
said "reset" "J'oublie aussi sa voix."
[ -e "$file" ] && fail "reset: the voice is still known"
session "$work/all.wav" --learner Zoé
[ -e "$file" ] || fail "deleted: nothing was learnt before"
keyed --learner Zoé -- "changer de personne" "supprimer la personne" oui
said "deleted" "ce que j'ai appris de sa voix ?"
[ -e "${file%/*}" ] && fail "deleted: the voice is still known"
[ -e "$voice" ] || fail "deleted: the learner's own copy is gone"
exit $bad
