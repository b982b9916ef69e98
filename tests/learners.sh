#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Learners, as the files and a terminal show them: who is asked for at the start and when not; a
# guest leaves nothing; a copy, a reset, a new name and a deletion do what they say; a store that
# another session has; a damaged file is told of once; the session log holds what was agreed to and
# no secret.
# shellcheck source=tests/support/home.sh
. "$srcdir/tests/support/home.sh"
need script
export HOME=$work/home
state=$work/state/pasapas
mkdir "$HOME"
bad=0

fail() {
    echo "FAIL: $1"
    sed 's/^/    /' "$work/out"
    bad=1
}
said() { # NAME TEXT: was it said?
    grep -qF -- "$2" "$work/out" || fail "$1: « $2 » was not said"
}
unsaid() {
    grep -qF -- "$2" "$work/out" && fail "$1: « $2 » was said"
    return 0
}
fresh() {
    rm -rf "$work/state" "$work/config"
}
# piped "OPTIONS" LINE...; typed "OPTIONS" LINE...: a session led by a pipe, or on a terminal.
piped() {
    local options=$1
    shift
    # shellcheck disable=SC2086
    printf '%s\n' "$@" | timeout 60 "$PASAPAS" --no-speech --no-listen --today 2026-12-01 $options \
        >"$work/out" 2>"$work/err" || fail "exit $?"
    [ -s "$work/err" ] && cat "$work/err" && bad=1
    return 0
}
typed() {
    local options=$1
    shift
    printf '%s\n' "$@" | timeout 60 script -qec \
        "'$PASAPAS' --no-speech --no-listen --today 2026-12-01 $options" /dev/null |
        tr -d '\r' >"$work/out"
}

# --- who is there ---------------------------------------------------------------------------------
typed "" quitter
unsaid "nobody is known" "Qui êtes-vous"
piped "--learner Zoé --path ordinateur --section site" suivant
typed "" zoé non quitter oui
said "somebody is known" "Qui êtes-vous"
said "somebody is known" "1. Zoé."
said "chosen by name" "Bonjour Zoé."
said "chosen by name" "étape 2 sur 2"
typed "" 2 quitter
said "nobody in particular" "C'est déjà le cas : sans nom."
said "nobody in particular" "Choisissez."
typed "" 3 Ali oui quitter
said "a new one at the start" "Bonjour Ali."
[ -e "$state/ali/progress.yaml" ] || fail "a new learner is not on disk"
typed "--section site" quitter
unsaid "--section" "Qui êtes-vous"
typed "--learner zoe" quitter
unsaid "--learner" "Qui êtes-vous"
piped "" quitter
unsaid "a pipe" "Qui êtes-vous"

# Spaces that nobody sees make no other person; a folder from before opens all the same.
fresh
piped "--learner Zoé --path ordinateur --section site" suivant
nbsp=$(printf '\302\240')
for name in " Zoé" "Zoé " "${nbsp}Zoé$nbsp"; do
    "$PASAPAS" progress --learner "$name" --json >"$work/out" 2>&1 || fail "« $name » is somebody else"
    said "« $name »" '"learner":"Zoé"'
    "$PASAPAS" --no-speech --no-listen --learner "$name" </dev/null >"$work/out" 2>&1
done
# Nor does an accent that somebody did not type, where nobody else is called so.
for name in Zoe zoe ZOÉ; do
    "$PASAPAS" progress --learner "$name" --json >"$work/out" 2>&1 || fail "« $name » is nobody"
    said "« $name »" '"learner":"Zoé"'
    "$PASAPAS" --no-speech --no-listen --learner "$name" </dev/null >"$work/out" 2>&1
done
piped "--guest" ":" "nouvelle personne" "Zoé${nbsp} Martin" oui quitter
said "a no-break space in a new name" "Bonjour Zoé Martin."
[ "$(ls "$state")" = "$(printf 'zo%%C3%%A9\nzo%%C3%%A9%%20martin')" ] || fail "other folders: $(ls "$state")"
mv "$state/zo%C3%A9" "$state/zo%C3%A9%20"
echo 'Zoé ' >"$state/zo%C3%A9%20/name"
"$PASAPAS" progress --learner "Zoé " --json >"$work/out" 2>&1
said "a folder from before" '"section":"site"'
"$PASAPAS" progress --all >"$work/out"
said "a folder from before, in the list" "Zoé  : "
# What cannot be seen is refused, with a reason.
for name in "$(printf 'Zo\033[2J')" "$(printf 'Zo\342\200\256\303\251')"; do
    "$PASAPAS" --no-speech --no-listen --learner "$name" </dev/null >"$work/out" 2>&1
    [ $? = 2 ] || fail "an invisible sign in a name"
    said "an invisible sign" "Ce nom a un signe invisible."
done
piped "" ":" "nouvelle personne" "$(printf 'Zo\342\200\213\303\251')" Ali oui quitter
said "an invisible sign that was typed" "Ce nom a un signe invisible."
said "then another name" "Bonjour Ali."
# Marks of direction and control characters too, of which the transcript has none.
for sign in "\\342\\200\\252" "\\342\\200\\256" "\\342\\201\\246" "\\342\\201\\251" "\\033[2J"; do
    piped "" ":" "nouvelle personne" "$(printf "Zo${sign}\303\251")" non quitter
    said "a mark of direction that was typed" "Ce nom a un signe invisible."
    LC_ALL=C grep -q "$(printf "${sign}")" "$work/out" && fail "a mark of direction in the transcript"
done

# Key by key: while a name is asked for, keys are letters of it.
cat >"$work/keys.py" <<'END'
"""keys.py PROGRAM...: presses keys one by one, each after what it waits for was said."""
import os, pty, select, sys, time

pid, fd = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], sys.argv[1:])
heard = b""
for awaited, keys in (
    ("Choisissez", ":"), ("invité", "2"), ("appuyez sur Entrée", "sq"), (None, "\x7fi\n"),
    ("Nouvelle personne : « si »", "o"), ("Bonjour si.", "q"), ("Au revoir", ""),
):
    end = time.time() + 20
    while awaited and awaited.encode() not in heard and time.time() < end:
        if select.select([fd], [], [], 0.1)[0]:
            try:
                heard += os.read(fd, 4096)
            except OSError:
                break
    for key in keys:
        os.write(fd, key.encode())
        time.sleep(0.15)
sys.stdout.buffer.write(heard.replace(b"\r", b""))
END
rm -rf "$work/state"
python3 "$work/keys.py" "$PASAPAS" --no-speech --no-listen --keys single >"$work/out"
said "a name, key by key" "Bonjour si."
said "a name, key by key" "Au revoir."

# --- a guest --------------------------------------------------------------------------------------
fresh
piped "--guest --path ordinateur --section actualisation" suivant "c'est fait" "moins vite" \
    "texte simple" quitter
said "a guest" "Rien n'est gardé."
[ -z "$(find "$work/state" "$work/config" -type f 2>/dev/null)" ] ||
    fail "a guest left $(find "$work/state" "$work/config" -type f)"
"$PASAPAS" --guest --learner zoe </dev/null >"$work/out" 2>&1
[ $? = 2 ] || fail "--guest with --learner"

# --- a copy, a reset, a new name, a deletion ------------------------------------------------------
fresh
piped "--learner Zoé --path ordinateur --section actualisation" suivant "c'est fait" "moins vite" \
    ":" "copier le suivi" oui ":" "copier le suivi" oui répéter
copy=$(find "$HOME" -name 'pasapas-Zoé-*.yaml' ! -name '*-2.yaml')
said "a copy" "La copie est dans ce fichier : $copy"
[ "$(grep -cF "La copie est dans" "$work/out")" = 3 ] || fail "a copy: it is not told again"
cmp -s "$copy" "$state/zo%C3%A9/progress.yaml" || fail "a copy: not what is kept"
[ "$(find "$HOME" -name '*.yaml' | wc -l)" = 2 ] || fail "a second copy went over the first"
[ "$(stat -c %a "$copy")" = 600 ] || fail "a copy that others can read"

piped "--learner zoé" ":" "effacer le suivi" non ":" "effacer le suivi" suivant oui
said "a reset" "Le suivi de « Zoé » est effacé."
aside=$(find "$state" -name 'progress.yaml.reset-*' -printf '%f\n')
said "a reset" "sous le nom $aside."
"$PASAPAS" progress --learner zoé --json >"$work/out"
grep -q '"done"' "$work/out" && fail "a reset: something is still done"

piped "--learner zoé --path ordinateur --section site" suivant ":" "changer de nom" "Zoé Martin" oui
[ -e "$state/zo%C3%A9" ] && fail "a new name: the old folder is there"
grep -q 'step: ouvrir-site' "$state/zo%C3%A9%20martin/progress.yaml" || fail "a new name: no place"
grep -q rate "$work/config/pasapas/zo%C3%A9%20martin/settings.yaml" || fail "a new name: settings"
piped "--learner Ali --path ordinateur --section site" ":" "changer de nom" "zoe martin" non
said "a name that is taken" "Le nom « zoe martin » est déjà pris."
# Who only taught their voice, or was prepared for, is somebody: nothing of theirs makes way.
mkdir -p "$work/config/pasapas/bob"
echo 'rate: 150' >"$work/config/pasapas/bob/settings.yaml"
piped "--learner Ali --path ordinateur --section site" ":" "changer de nom" "Bob" oui
said "the name of one who has settings only" "Le nom « Bob » est déjà pris."
grep -q 150 "$work/config/pasapas/bob/settings.yaml" || fail "another's settings made way"
[ -e "$state/ali/progress.yaml" ] || fail "a name that is taken: the old one is gone"
# Another form of the same name: the folder stays.
piped "--learner ali" ":" "changer de nom" "ALI" oui
said "the same name in capitals" "« Ali » s'appelle maintenant « ALI »."

piped "--learner ALI" ":" "supprimer la personne" oui
said "a deletion" "« ALI » est supprimé."
[ -z "$(find "$work/state" "$work/config" -iname '*ali*' -o -name .deleted)" ] ||
    fail "a deletion left something"
[ -e "$state/zo%C3%A9%20martin/progress.yaml" ] || fail "a deletion took somebody else"

# --- another session has it -----------------------------------------------------------------------
fresh
mkfifo "$work/hold"
"$PASAPAS" --no-speech --no-listen --learner zoe --path ordinateur --section site --today 2026-12-01 \
    <"$work/hold" >"$work/first" 2>&1 &
first=$!
exec 3>"$work/hold"
echo suivant >&3
for _ in $(seq 100); do grep -q "Étape 2" "$work/first" && break; sleep 0.1; done
piped "--learner zoe --path ordinateur --section site" "c'est fait" quitter
said "busy, from a pipe" "Celle-ci continue sans rien enregistrer."
said "busy, from a pipe" "C'est fait, mais rien n'est gardé."
unsaid "busy, from a pipe" "C'est noté"
typed "--learner zoe" suivant non
said "busy, on a terminal" "Voulez-vous continuer sans rien garder ?"
said "busy, on a terminal: no" "Au revoir."
unsaid "busy, on a terminal: no" "On reprend ?"
typed "--learner zoe" oui non quitter oui
said "busy, on a terminal: yes" "On reprend ?"
exec 3>&-
wait "$first"
"$PASAPAS" progress --learner zoe --json >"$work/out"
grep -q '"done"' "$work/out" && fail "busy: something was kept"

# --- a damaged file is told of once ---------------------------------------------------------------
printf 'x' >"$state/zoe/progress.yaml"
piped "--learner zoe" quitter
aside=$(find "$state/zoe" -name 'progress.yaml.damaged-*' -printf '%f\n')
said "damaged" "sous le nom $aside. La copie est bonne"
piped "--learner zoe" quitter
unsaid "damaged, the second time" "abîmé"

# --- the session log ------------------------------------------------------------------------------
fresh
piped "--learner zoe --path ordinateur --section site" suivant "n'importe quoi"
[ -z "$(find "$state" -name '*.tsv')" ] || fail "a log without consent"
piped "--learner zoe --path ordinateur --section connexion --step connexion-candidat" journal oui \
    épeler "il fait beau" suivant
piped "--learner zoe --path ordinateur --section connexion --step mot-de-passe" "chat noir" suivant \
    expliquer journal oui "plus rien"
said "the log, at the next start" "Le journal de séance est en marche."
cat "$state"/zoe/log-*.tsv >"$work/out"
[ "$(find "$state/zoe" -name 'log-*.tsv' | wc -l)" = 2 ] || fail "not one log a session"
[ "$(stat -c %a "$state"/zoe/log-*.tsv | sort -u)" = 600 ] || fail "a log that others can read"
tab=$(printf '\t')
said "the log" "${tab}heard${tab}connexion/connexion-candidat${tab}épeler"
said "the log" "${tab}not-understood${tab}connexion/connexion-candidat${tab}il fait beau"
said "the log" "${tab}said${tab}connexion/connexion-candidat${tab}Je n'ai pas compris."
said "the log" "${tab}step${tab}connexion/connexion-candidat${tab}"
unsaid "the log: a secret" "chat noir"
unsaid "the log: a private step" "connexion/mot-de-passe${tab}"
unsaid "the log, after it was stopped" "plus rien"
awk -F'\t' 'NF != 5 { exit 1 }' "$work/out" || fail "the log: a line has not five columns"
# Local time on the day of the session, also while that is the day before in UTC.
awk '$1 != "time" && $1 !~ /^2026-12-01T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]\+01:00$/ { exit 1 }' "$work/out" ||
    fail "the log: not the local time of the day"
find "$state/zoe" -name 'log-*.tsv' ! -name 'log-20261201-*' | grep . && fail "a log of another day"

# --- a prepared start, and the room at a glance ---------------------------------------------------
fresh
piped "--guide espace-france-travail --path ordinateur --section actualisation --step valider --learner Li"
said "a prepared start" "Étape 3 sur 5."
piped "--learner 李 --path telephone --section securite" suivant
"$PASAPAS" progress --all --today 2026-12-01 >"$work/out"
said "the room" "Li : Actualisation, novembre 2026."
said "the room" "李 : Sécurité."
# --- an option is for its own session; what is chosen in it is kept ---------------------------------
fresh
piped "--rate 220 --simple --pitch 30" ordinateur "plus fort" quitter
settings=$work/config/pasapas/default/settings.yaml
cp "$settings" "$work/out"
said "a choice" "volume: 120"
unsaid "an option" "rate: 220"
unsaid "an option" "simple: yes"
unsaid "an option" "pitch: 30"
unsaid "an option" "listen: none"
piped "--rate 220" ordinateur "plus vite" quitter
cp "$settings" "$work/out"
said "a choice after an option" "rate: 2"
unsaid "a choice after an option" "rate: 220"

exit $bad
