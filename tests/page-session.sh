#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A session asks the companion where one is on the page: with consent, kept for the learner; never on a
# private step; whatever the companion does, it hangs, dies or talks nonsense, the session goes on. A name
# that is no label of the guide is written nowhere. The companion is one of our own here; the real one is
# tried with real browsers (tests/browser/companion.sh).
set -u
: "${PASAPAS:?}" "${srcdir:?}"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export PASAPAS_DATA=$srcdir HOME=$work/home XDG_RUNTIME_DIR=$work/run XDG_STATE_HOME=$work/state XDG_CONFIG_HOME=$work/config
mkdir -m 700 "$work/run" "$work/home" "$work/bin"
failed=0
fail() {
    echo "FAILED: $*"
    failed=1
}
# Beside a copy of the program; it does what $work/does says.
cp "$PASAPAS" "$work/bin/pasapas"
cat >"$work/bin/pasapas-page" <<END
#!/bin/bash
echo "start \$*" >>"$work/calls"
trap 'echo end >>"$work/calls"' EXIT
trap exit TERM
while IFS= read -r line; do
    echo "\$line" >>"$work/calls"
    case \$(cat "$work/does") in
    hang) sleep 60 & wait ;;
    die) exit 3 ;;
    nonsense) echo "found	bogus	x" ;;
    *)
        case \$line in
        watch*) # It is reached, and pressed twice; then a name that nobody watches for.
            [ "\$(cat "$work/does")" != press ] || printf 'reached\npressed\npressed\n' ;;
        focus) printf 'found\tbutton\tCamille Martin\n' ;;
        find*) printf 'found\tbutton\tValider\tforward\n' ;;
        go*) printf 'found\tbutton\tValider\tforward\n' ;;
        esac ;;
    esac
done
END
chmod +x "$work/bin/pasapas-page"

# give LINE: types it, and waits until it is answered (what was said last begins no line with >).
give() {
    local before
    before=$(wc -l <"$work/out")
    printf '%s\n' "$1"
    for _ in $(seq 80); do
        [ "$(wc -l <"$work/out")" -ge $((before + 2)) ] && break
        sleep 0.1
    done
    sleep 0.2
}

# play STEP LINE...: a session at a step, a line after the other; "wait N" waits,
# "last" keeps what the companion was told last. Answers are in $work/out.
play() {
    local step=$1 line
    shift
    : >"$work/calls"
    : >"$work/out"
    {
        for _ in $(seq 80); do grep -q '^Étape\|^Si vous' "$work/out" && break; sleep 0.1; done
        for line; do
            case $line in
            wait*) sleep "${line#wait }" ;;
            last) tail -n 1 "$work/calls" >"$work/last" ;;
            *) give "$line" ;;
            esac
        done
    } | timeout 60 "$work/bin/pasapas" --no-speech --no-listen --learner Zoe --path ordinateur \
        --section "${step%/*}" --step "${step#*/}" --transcript "$work/transcript" >"$work/out" 2>"$work/err"
    code=$?
    [ $code -eq 0 ] && [ ! -s "$work/err" ] || fail "exit code $code: $(cat "$work/err")"
}
said() { grep -qF -- "$1" "$work/out" || fail "not said: $1 ($(tr '\n' '|' <"$work/out" | tail -c 600))"; }
not_said() { grep -qF -- "$1" "$work/out" && fail "said: $1"; }
ask='où suis-je sur la page'

# --- consent ------------------------------------------------------------------------------------
echo fine >"$work/does"
play actualisation/valider "$ask" non "$ask" oui
said "Voulez-vous que je regarde le nom des boutons"
said "Je ne regarde pas la page"
said "Vous êtes sur un autre bouton."
said "« Valider » est sur la page, plus loin."
[ "$(grep -c start "$work/calls")" = 1 ] || fail "started: $(cat "$work/calls")"
grep -rq '^page: true' "$work/config" || fail "the consent is not kept"
play actualisation/valider "$ask" "aide-moi à y aller"
not_said "Voulez-vous que je regarde"
said "Vous êtes sur un autre bouton."
said "Vous êtes maintenant sur « Valider »"
grep -qx 'go Valider' "$work/calls" || fail "the focus is not moved: $(cat "$work/calls")"
grep -rl "Camille" "$work" --include='*' 2>/dev/null | grep -v "$work/bin/pasapas-page" | grep . && fail "a name from the page was written"

# --- steps without a control, private steps -------------------------------------------------------
play connexion/mot-de-passe "$ask" "aide-moi à y aller"
[ -s "$work/calls" ] && fail "asked on a private step: $(cat "$work/calls")"
play site/ouvrir-site "aide-moi à y aller"
said "pas de bouton à chercher"
[ -s "$work/calls" ] && fail "asked where there is nothing to look for"
play actualisation/repondre-questions "$ask"
said "Vous êtes sur un autre bouton."
not_said "est sur la page"
[ "$(sed 1d "$work/calls" | head -n 1)" = focus ] || fail "asked: $(cat "$work/calls")"
# Going on to a private step ends it at once.
echo hang >"$work/does"
play connexion/connexion-candidat "$ask" suivant "wait 1" last
[ "$(cat "$work/last")" = end ] || fail "it goes on on a private step: $(cat "$work/calls")"

# --- the label is watched for: what was pressed is asked about once, and marks nothing ----------------
echo press >"$work/does"
play actualisation/valider "wait 1" répéter
grep -qx 'watch Valider' "$work/calls" || fail "the label is not watched for: $(cat "$work/calls")"
said "Vous avez appuyé sur « Valider » ? Dites « c'est fait »."
[ "$(grep -c "Vous avez appuyé" "$work/out")" = 1 ] || fail "asked twice"
not_said "C'est noté"
grep -qx '« Valider ».' "$work/out" && fail "the name is said"
# The name is said to who wishes for it.
settings=$(grep -rl '^page: true' "$work/config")
echo 'page-names: true' >>"$settings"
play actualisation/valider "wait 1" répéter
grep -qx '« Valider ».' "$work/out" || fail "the name is not said"
sed -i '/^page-names/d' "$settings"
# On a step without a control nothing is watched for.
play actualisation/valider "wait 0.5" "c'est fait" oui suivant suivant "wait 0.5"
[ "$(grep -c '^watch' "$work/calls")" = 2 ] && grep -qx rest "$work/calls" || fail "watched for: $(cat "$work/calls")"

# --- it hangs, dies, talks nonsense ----------------------------------------------------------------
echo hang >"$work/does"
play actualisation/valider "$ask" "wait 4" "répéter"
said "Je cherche encore."
said "La page ne répond pas."
said "Relisez vos réponses."
for how in die nonsense; do
    echo $how >"$work/does"
    play actualisation/valider "$ask"
    said "La page ne répond pas."
done
echo hang >"$work/does"
: >"$work/calls"
: >"$work/out"
{
    give "$ask"
    sleep 4
    echo fine >"$work/does"
    give "$ask"
} | timeout 60 "$work/bin/pasapas" --no-speech --no-listen --learner Zoe --path ordinateur --section actualisation \
    --step valider >"$work/out" 2>"$work/err"
said "plus loin."
[ "$(grep -c start "$work/calls")" = 2 ] || fail "not started again: $(cat "$work/calls")"

# --- no longer -------------------------------------------------------------------------------------
play actualisation/valider "$ask" "ne plus regarder la page" "wait 1" last "$ask"
[ "$(cat "$work/last")" = end ] || fail "it is not ended: $(cat "$work/calls")"
grep -rq '^page: true' "$work/config" && fail "the consent is not taken back"
said "Voulez-vous que je regarde le nom des boutons"
rm "$work/bin/pasapas-page"
PATH=/usr/bin:/bin play actualisation/valider "$ask" oui
said "pasapas-page n'est pas installé"

exit $failed
