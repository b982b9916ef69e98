#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A whole declaration on the practice pages, as somebody does it who cannot see: a session is led by a voice
# alone, from the welcome through "Se connecter" and "Actualisation"; keys are sent to a real browser under
# Xvfb; at each step that is not private the companion says where the focus is and finds the label, on the
# wrong page it says so, and it brings one to the control. While a private step is open, the bus of the
# browser carries no call of ours (a trace). The browser is killed in the middle, and the session goes on.
# At the end what is private is in no file.
#
# The voice is espeak-ng's fr+m8: nothing was trained on it (scripts/train/synthesise leaves it out, the net
# has heard none of espeak-ng's). It speaks into a null sink of a PulseAudio server of its own, whose monitor
# is the microphone. Nothing rests for a time: each thing done waits for what it must lead to.
# Runs alone: words are spoken at the pace of a person.
: "${PASAPAS:?}" "${srcdir:?}" "${builddir:?}"
export PAGE=$builddir/pasapas-page
if [ "${1:-}" != inside ]; then
    for wanted in chromium xvfb-run xdotool dbus-run-session dbus-monitor espeak-ng sox paplay; do
        command -v $wanted >/dev/null || { echo "skipped: $wanted is missing"; exit 77; }
    done
    [ -x "$PAGE" ] || { echo "skipped: built without AT-SPI"; exit 77; }
    # shellcheck source=tests/support/pulse.sh
    . "$srcdir/tests/support/pulse.sh"
    start_server loudspeaker
    pactl load-module module-null-sink sink_name=mouth >/dev/null
    pactl set-default-sink loudspeaker
    pactl set-default-source mouth.monitor
    "$PASAPAS" devices 2>&1 | grep -q '^sortie : default' || { echo "skipped: ALSA has no pulse plugin"; exit 77; }
    mkdir "$work/home" "$work/browser" "$work/tmp"
    TMPDIR=$work/tmp HOME=$work/home work=$work timeout 400 dbus-run-session -- xvfb-run -a "$0" inside 2>"$work/noise"
    exit
fi

# shellcheck source=tests/support/await.sh
. "$srcdir/tests/support/await.sh"
failed=0
fail() { # ends the test: what follows would wait for nothing
    echo "FAILED: $*"
    tail -n 12 "$work/out" 2>/dev/null
    tail -n 5 "$work/err" 2>/dev/null
    [ -n "${KEEP:-}" ] && cp -r "$work" "$KEEP"
    finish
    exit 1
}
finish() {
    exec 3>&-
    for process in "${session:-}" "${browser:-}" "${monitor:-}"; do
        [ -z "$process" ] || { kill "$process" && wait "$process"; } 2>/dev/null
    done
}

# --- the session and its voice ----------------------------------------------------------------------
heard_from=1 spoken=0 again=0
since() { tail -n +"$heard_from" "$work/out"; }
is_said() { since | grep -qF -- "$1"; }
# hear TEXT...: each is said from here on, in any order. What was said until then is done with.
hear() {
    local text
    for text; do
        await 20 is_said "$text" || fail "not said: $text"
    done
}
done_with() { heard_from=$(($(wc -l <"$work/out") + 1)); }
not_said() { is_said "$1" && fail "said: $1"; }
# It is obeyed, or asked back.
is_taken() { is_said "> $1" || is_said "Vous avez dit : « $1 » ?"; }
# speak PHRASE: by voice, and is understood; who gets no answer says it once more, as people do.
speak() {
    local file="$work/words/$1.wav"
    if [ ! -f "$file" ]; then
        mkdir -p "$work/words"
        espeak-ng -v fr+m8 -s 130 -w "$work/word.wav" "$1"
        sox -R "$work/word.wav" -r 48000 -b 16 -c 1 "$file" norm -6 pad 0.1 0.1
    fi
    done_with
    spoken=$((spoken + 1))
    paplay --device=mouth "$file"
    await 6 is_taken "$1" || {
        again=$((again + 1))
        paplay --device=mouth "$file"
        await 8 is_taken "$1" || fail "« $1 » is not understood"
    }
    is_said "> $1" || speak oui
}
# By a shortcut of the desktop, or a pedal.
tell() {
    done_with
    "$PASAPAS" tell "$1" || fail "tell $1"
}

# --- the browser -------------------------------------------------------------------------------------
open() { # PAGE
    ACCESSIBILITY_ENABLED=1 chromium --no-sandbox --force-renderer-accessibility --no-first-run --disable-gpu --disable-features=Translate \
        --user-data-dir="$work/browser" "file://$work/pages/$1" >/dev/null 2>&1 &
    browser=$!
}
# Before somebody agreed, nothing is asked: browsers are not told that anybody looks.
shows() { xdotool search --onlyvisible --name "^$1 – Page d'entraînement"; }
arrive() { # TITLE: the browser shows this page, and answers
    await 60 shows "$1" || fail "the browser does not show « $1 »"
    xdotool windowfocus --sync "$(shows "$1" | tail -n 1)" || fail "no window to be focused"
}
key() { xdotool key --clearmodifiers "$1" || fail "the key $1"; }
has_focus() { [ "$("$PAGE" focus | cut -f2)" = "$1" ]; }
go() { # NAME: Tab until the focus is there
    local i
    for i in $(seq 12); do
        has_focus "$1" && return
        key Tab
    done
    await 5 has_focus "$1" || fail "Tab does not lead to « $1 »"
}

choose() { # Radio buttons are one stop of Tab; the arrows go between them.
    local i
    for i in $(seq 12); do
        case $("$PAGE" focus | cut -f1) in
        choice) break ;;
        esac
        key Tab
    done
    key space
    has_focus "$1" || key Down
    await 5 has_focus "$1" || fail "« $1 » cannot be chosen"
}
secret=Nuage-Violet-4711

# --- a trace of the bus of the browser ---------------------------------------------------------------
begin_trace() {
    address=$(dbus-send --session --print-reply=literal --dest=org.a11y.Bus /org/a11y/bus org.a11y.Bus.GetAddress | sed 's/^ *//')
    dbus-monitor --address "$address" >"$work/trace" 2>/dev/null &
    monitor=$!
    await 10 mark begun || fail "no trace of the bus"
}
# A signal of our own in the trace.
send_mark() { dbus-send --address="$address" --type=signal / "pasapas.test.$1"; }
is_marked() { grep -q "member=$1\$" "$work/trace"; }
mark() {
    send_mark "$1"
    is_marked "$1"
}
no_companion() { ! pgrep -P "$session" -f "pasapas-page serve"; }
private_begins() {
    await 5 no_companion || fail "the companion is there on a private step"
    private=$((${private:-0} + 1))
    send_mark "private$private"
    await 5 is_marked "private$private" || fail "no mark in the trace"
}
private_ends() {
    no_companion || fail "the companion was started on a private step"
    send_mark "public$private"
    await 5 is_marked "public$private" || fail "no mark in the trace"
}
# Calls while a private step was open (1), or not (0), but for those of a browser about its own keys.
calls() {
    awk -v inside="$1" '/^signal/ && /member=private[0-9]$/ { private = 1 } /^signal/ && /member=public[0-9]$/ { private = 0 }
        /^method call/ && private == inside && !/DeviceEventController/' "$work/trace"
}

"$PASAPAS" practice --output "$work/pages" >/dev/null || fail "no practice pages"
# A name that is somebody's, on a page.
sed -i 's,<details>,<p><button type="button">Dossier de Zoubida Ferroukhi</button></p>&,' \
    "$work/pages/ordinateur.actualisation.01.html"
open index.html

mkfifo "$work/keys"
"$PASAPAS" --no-speech --duplex headphones --today 2026-12-03 --transcript "$work/transcript" <"$work/keys" \
    >"$work/out" 2>"$work/err" &
session=$!
exec 3>"$work/keys"
hear "Bonjour." "Choisissez."

# --- the welcome, the log, the part -----------------------------------------------------------------
speak "sur ordinateur"
hear "on y va ?"
speak non
hear "sommaire"
speak journal
hear "Êtes-vous d'accord"
speak oui
hear "Le journal est en marche"
speak connexion
hear "Étape 1 sur 5. Cliquez sur « Connexion Candidat »"

# --- consent, on the wrong page ------------------------------------------------------------------------
arrive "Votre espace France Travail"
tell "où suis-je sur la page"
hear "Voulez-vous que je regarde le nom des boutons"
speak oui
hear "Je ne trouve pas « Connexion Candidat ». Êtes-vous sur la bonne page ?"
go "Se connecter"
key Return
arrive "Accueil du site"

begin_trace

# --- connexion --------------------------------------------------------------------------------------------
speak "où suis-je sur la page"
hear "« Connexion Candidat » est sur la page, plus loin."
go "Toutes les pages d'entraînement"
speak "où suis-je sur la page"
hear "Vous êtes sur un autre bouton." "« Connexion Candidat » est sur la page, plus haut."
speak "aide-moi à y aller"
hear "Vous êtes maintenant sur « Connexion Candidat »"
has_focus "Connexion Candidat" || fail "the focus is not on « Connexion Candidat »"
speak "où suis-je sur la page"
hear "Vous êtes sur le lien « Connexion Candidat »." "C'est bien « Connexion Candidat »."
key Return
arrive Connexion
# Having pressed is asked about, and marks nothing.
hear "Vous avez appuyé sur « Connexion Candidat » ? Dites « c'est fait »."
not_said "C'est noté"


# --- private steps: nobody looks, whatever is asked --------------------------------------------------------
speak "c'est fait"
hear "Tapez votre « Nom d'utilisateur »."
private_begins
tell "où suis-je sur la page"
hear "Tapez-le sur le site"
tell "$secret"
hear "Tapez-le sur le site"
key Tab
xdotool type "$secret" || fail "the keys of the secret"
key Tab
key Tab
private_ends
await 5 has_focus "J'ai oublié mon mot de passe" || fail "Tab does not lead through the fields"
speak suivant
hear "Étape 3 sur 5." "« J'ai oublié mon mot de passe »"
speak "où suis-je sur la page"
hear "Vous êtes sur le lien « J'ai oublié mon mot de passe »." "C'est bien « J'ai oublié mon mot de passe »."
speak "pas besoin"
hear "Tapez votre « Mot de passe »."
private_begins
tell "aide-moi à y aller"
hear "Tapez-le sur le site"
printf '%s\n' "$secret" >&3
hear "Tapez-le sur le site"
private_ends
speak "c'est fait"
hear "Étape 5 sur 5. Puis cliquez sur « SE CONNECTER »."
speak "où suis-je sur la page"
hear "Vous êtes sur le lien « J'ai oublié mon mot de passe »." "« SE CONNECTER » est sur la page, plus loin."
speak "aide-moi à y aller"
hear "Vous êtes maintenant sur « SE CONNECTER »"
key Return
arrive "Vous avez fini cette partie"
hear "Vous avez appuyé sur « SE CONNECTER » ?"
go "Toutes les pages d'entraînement"
key Return
arrive "Votre espace France Travail"
speak "c'est fait"
hear "Fin de la partie « Se connecter »."

# --- actualisation -------------------------------------------------------------------------------------------
speak actualisation
hear "Avez-vous votre nombre d'heures travaillées ?"
speak "pas besoin"
hear "les dates auxquelles vous avez été en arrêt maladie ?"
speak "pas besoin"
hear "Étape 1 sur 5. Dans votre espace, cliquez sur « M'actualiser »."
speak "où suis-je sur la page"
hear "Je ne trouve pas « M'actualiser ». Êtes-vous sur la bonne page ?"
go Actualisation
key Return
arrive "Votre espace"
go "Dossier de Zoubida Ferroukhi"
speak "où suis-je sur la page"
hear "Vous êtes sur un autre bouton." "« M'actualiser » est sur la page, plus haut."
speak "aide-moi à y aller"
hear "Vous êtes maintenant sur « M'actualiser »"
key Return
arrive "Vos réponses : question 1 sur 4"
speak "c'est fait"
hear "C'est noté. Étape 2 sur 5. Répondez à toutes les questions."
# The last question's sense turns.
for answer in Non Non Non Oui; do
    number=$((${number:-0} + 1))
    arrive "Vos réponses : question $number sur 4"
    choose $answer
    [ $number = 1 ] && speak "où suis-je sur la page" && hear "Vous êtes sur un autre bouton."
    go Continuer
    key Return
done
arrive "Relire vos réponses"
speak "c'est fait"
hear "C'est noté. Étape 3 sur 5. Relisez vos réponses."
speak "où suis-je sur la page"
hear "« Valider » est sur la page, plus loin."

# --- the browser is killed, and the session goes on -----------------------------------------------------------
kill -KILL "$browser"
wait "$browser" 2>/dev/null
speak "où suis-je sur la page"
hear "La page ne répond pas. Votre navigateur est-il ouvert ?"
speak répéter
hear "Relisez vos réponses."
open ordinateur.actualisation.06.html
arrive "Relire vos réponses"
speak "aide-moi à y aller"
hear "Vous êtes maintenant sur « Valider »"
key Return
arrive "Vos réponses sont envoyées"
speak "c'est fait"
hear "Vous avez validé vos réponses : c'est bien cela ?"
speak oui
hear "C'est noté. Étape 4 sur 5."
speak "où suis-je sur la page"
hear "Télécharger le justificatif d'actualisation (PDF. 120Ko) » est sur la page, plus loin."
speak "pas besoin"
hear "C'est noté. Étape 5 sur 5."
speak "où suis-je sur la page"
hear "Vous êtes sur la page, mais sur aucun bouton."
speak "pas besoin"
hear "C'est noté." "Votre actualisation de novembre est faite."
"$PASAPAS" progress --json --today 2026-12-03 >"$work/progress" || fail progress
grep -qF '"id":"valider","section":"actualisation","state":"done"' "$work/progress" || fail "the checklist at the end"
speak "au revoir"
hear "Au revoir."
wait "$session" || fail "the session ends with $?"
[ -s "$work/err" ] && fail "noise on standard error"

# --- while a private step was open nobody asked anything ----------------------------------------------------------
kill "$monitor"
[ "$(calls 0 | grep -c 'interface=org.a11y.atspi')" -gt 50 ] || fail "the trace holds nothing"
calls 1 | head -n 3 | grep . && fail "asked while a private step was open"

# --- what is private is in no file --------------------------------------------------------------------------------
grep -q "un autre bouton" "$work"/state/pasapas/*/log-*.tsv || fail "there is no log to look into"
grep -q "un autre bouton" "$work/transcript" || fail "there is no transcript to look into"
grep -rlE "$secret|Ferroukhi" "$work" --exclude-dir=browser --exclude-dir=pages --exclude=trace | grep . &&
    fail "something private is in a file"
[ -n "${KEEP:-}" ] && cp -r "$work" "$KEEP"
echo "understood at once: $((spoken - again)) of $spoken"
finish
exit $failed
