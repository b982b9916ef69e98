#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# pasapas-page with real browsers, under Xvfb, on a bus of its own: what it says of the focus and of labels;
# what it never asks for, by a trace of the bus; hidden and disabled controls, frames, texts that are being
# written, password fields, long and changing pages, no browser, two of them, one that hangs, one that is
# killed; and that what it changes for browsers is put back.
set -u
: "${builddir:?}" "${srcdir:?}" "${PASAPAS:?}"
page=$builddir/pasapas-page
for wanted in firefox-esr chromium xvfb-run xdotool dbus-run-session dbus-monitor python3; do
    command -v $wanted >/dev/null || { echo "skipped: $wanted is missing"; exit 77; }
done
[ -x "$page" ] || { echo "skipped: built without AT-SPI"; exit 77; }
if [ "${1:-}" != inside ]; then
    work=$(mktemp -d) || exit 1
    trap 'rm -rf "$work"' EXIT
    mkdir -m 700 "$work/run"
    unset WAYLAND_DISPLAY DISPLAY DBUS_SESSION_BUS_ADDRESS AT_SPI_BUS_ADDRESS
    HOME=$work XDG_RUNTIME_DIR=$work/run PASAPAS_DATA=$srcdir \
        timeout 1200 dbus-run-session -- xvfb-run -a "$0" inside 2>"$work/noise"
    exit
fi
work=$HOME
failed=0
fail() {
    echo "FAILED: $*"
    failed=1
}
# ask CODE ANSWER COMMAND...: what pasapas-page must answer.
ask() {
    local wanted=$1 answer=$2 code
    shift 2
    "$page" "$@" >"$work/answer" 2>/dev/null
    code=$?
    [ $code = "$wanted" ] && [ "$(cat "$work/answer")" = "$answer" ] ||
        fail "$kind: $*: $code $(cat "$work/answer"), not $wanted $answer"
}
T=$'\t'
enabled() { dbus-send --session --print-reply=literal --dest=org.a11y.Bus /org/a11y/bus \
    org.freedesktop.DBus.Properties.Get string:org.a11y.Status string:"$1" | grep -o 'true\|false'; }
enable() { dbus-send --session --print-reply --dest=org.a11y.Bus /org/a11y/bus \
    org.freedesktop.DBus.Properties.Set string:org.a11y.Status string:IsEnabled "variant:boolean:$1" >/dev/null; }
# open KIND FILE: starts a browser of its own and waits for its page; $browser is its process.
open() {
    local home
    home=$(mktemp -d "$work/home.XXXXXX")
    if [ "$1" = firefox ]; then
        HOME=$home firefox-esr --no-remote --new-instance "file://$2" >/dev/null 2>&1 &
    else
        HOME=$home chromium --no-sandbox --force-renderer-accessibility --no-first-run --disable-gpu --disable-features=Translate \
            --user-data-dir="$home" "file://$2" >/dev/null 2>&1 &
    fi
    browser=$!
    # A browser that begins answers, then is busy again for a while.
    local good=0
    for _ in $(seq 80); do
        "$page" find "${3:-Valider}" >/dev/null 2>&1 && good=$((good + 1)) || good=0
        [ $good = 3 ] && return
        sleep 0.5
    done
    fail "$1 does not show $2"
}
serve() { echo "$1" >&"${SERVE[1]}"; }
# watched LINE COMMAND...: the command leads to this line of the companion that serves.
watched() {
    local wanted=$1 line
    shift
    "$@"
    IFS= read -r -t 5 line <&"${SERVE[0]}"
    [ "$line" = "$wanted" ] || fail "$kind: $*: ${line:-nothing}, not $wanted"
}
close() {
    kill "$browser" 2>/dev/null
    wait "$browser" 2>/dev/null
    for _ in $(seq 20); do "$page" focus >/dev/null 2>&1 || return; sleep 0.2; done
}

# --- pages -------------------------------------------------------------------------------------
cat >"$work/probe.html" <<'END'
<!DOCTYPE html><html lang="fr"><meta charset="utf-8"><title>Camille Secret</title><body>
<h1>Titre secret</h1><p>Texte secret</p>
<button>Annuler</button> <button style="display:none">Caché</button> <button hidden>Caché</button>
<button disabled>Envoyer</button> <a href="#a">Mes  échanges…</a> <button disabled>Fermé</button>
<label>Nom <input value="Valeur secrète"></label>
<label>Code <input type="password" value="xyz"></label>
<textarea aria-label="Message">Brouillon secret</textarea>
<div contenteditable="true" role="textbox" aria-label="Lettre">Cher <a href="#b">Lien secret</a></div>
<iframe title="cadre" srcdoc="<button>Dans le cadre</button>"></iframe>
<button>Envoyer</button> <label><input type="checkbox"> J'accepte</label>
<label><input type="radio" name="r"> Oui</label> <select aria-label="Mois"><option>mai</option></select>
<button>Valider</button></body></html>
END
cat >"$work/password.html" <<'END'
<!DOCTYPE html><html lang="fr"><meta charset="utf-8"><title>x</title><body><button>Valider</button>
<label>Mot très secret <input type="password" autofocus value="xyz"></label></body></html>
END
cat >"$work/changing.html" <<'END'
<!DOCTYPE html><html lang="fr"><meta charset="utf-8"><title>x</title><body><div id="d"></div><button>Valider</button>
<script>let i = 0; setInterval(() => { const b = document.createElement('button'); b.textContent = 'Bouton ' + i++;
d.prepend(b); if (d.children.length > 40) d.lastChild.remove(); }, 5);</script></body></html>
END
python3 - "$work/long.html" <<'END'
import sys
with open(sys.argv[1], "w") as page:
    page.write('<!DOCTYPE html><html lang="fr"><meta charset="utf-8"><title>x</title><body>')
    for i in range(1200):
        page.write(f'<div><p>Texte {i}</p><a href="#{i}">Lien {i}</a></div>')
    page.write("<button>Valider</button></body></html>")
END
# All controls of all practice pages on one page.
"$PASAPAS" practice --output "$work/pages" >/dev/null || fail "no practice pages"
{
    echo '<!DOCTYPE html><html lang="fr"><meta charset="utf-8"><title>x</title><body>'
    grep -h 'class="control"' "$work"/pages/*.html | sed 's/ id="[^"]*"//; s/ for="[^"]*"//g; s/<p id[^>]*>.*<\/p>//; s/<label>\(.*\)<\/label> <input/<input aria-label="\1"/'
    echo '</body></html>'
} >"$work/all.html"

# --- no browser ----------------------------------------------------------------------------------
kind=none
enable true
ask 3 "" focus
ask 3 "" find Valider
ask 2 "" find
ask 2 "" bogus

for kind in firefox chromium; do
    # --- what is there, and where -------------------------------------------------------------
    open $kind "$work/probe.html"
    ask 0 "button${T}Annuler${T}forward" find "annuler !"
    ask 1 "" find "Caché"
    ask 0 "button${T}Envoyer${T}forward" find "ENVOYER"
    ask 0 "button${T}Fermé${T}forward" find "ferme"
    "$page" find "mes echanges" | grep -q "^link${T}Mes *échanges…${T}forward$" || fail "$kind: a link"
    ask 0 "button${T}Dans le cadre${T}forward" find "Dans le cadre"
    ask 0 "check${T}J'accepte${T}forward" find "J’accepte"
    ask 0 "choice${T}Oui${T}forward" find "oui"
    ask 0 "list${T}Mois${T}forward" find "mois"
    ask 0 "field${T}Nom${T}forward" find "nom"
    for secret in "Valeur secrète" "Lien secret" "Brouillon secret" "Texte secret" "Titre secret" "Code" "Camille Secret" "" "…"; do
        ask "$([ -n "$secret" ] && echo 1 || echo 2)" "" find "$secret"
    done
    # The focus moves there and nothing is pressed.
    ask 0 "field${T}Message${T}forward" go message
    ask 0 "field${T}Message" focus
    ask 0 "button${T}Annuler${T}backward" find annuler
    ask 0 "button${T}Valider${T}forward" go valider
    ask 0 "button${T}Valider${T}here" find VALIDER
    ask 0 "button${T}Envoyer${T}backward" find envoyer
    close

    # --- every label of the guide --------------------------------------------------------------
    open $kind "$work/all.html"
    count=0
    while IFS= read -r label; do
        "$page" find "$label" >"$work/answer" || fail "$kind: « $label » is not found"
        count=$((count + 1))
    done < <(awk '/^      - id:/ { label = "" } /^        label:/ { label = $0; sub(/^ *label: "/, "", label); sub(/"$/, "", label) }
        /^        kind: (link|button|field)/ { print label }' "$srcdir/guides/espace-france-travail.yaml" | sort -u)
    [ $count -ge 20 ] || fail "only $count labels"
    close

    # --- a password field: no name, no text, by a trace of the bus -------------------------------
    open $kind "$work/password.html"
    address=$(dbus-send --session --print-reply=literal --dest=org.a11y.Bus /org/a11y/bus org.a11y.Bus.GetAddress | sed 's/^ *//')
    dbus-monitor --address "$address" "type='method_call'" "type='method_return'" >"$work/trace" 2>/dev/null &
    monitor=$!
    sleep 1
    ask 0 "password${T}" focus
    "$page" find Valider >/dev/null
    sleep 0.5
    kill $monitor
    wait $monitor 2>/dev/null
    grep -q 'member=GetMatches' "$work/trace" || fail "$kind: the trace holds nothing"
    grep -E 'interface=org.a11y.atspi.(Text|EditableText|Value|Hypertext|Document|Table|Selection|Image);' "$work/trace" |
        head -3 | grep . && fail "$kind: asked for contents"
    grep -q "très secret\|xyz" "$work/trace" && fail "$kind: a secret is on the bus"
    close

    # --- it is told when the focus comes to what is watched for, and when that is pressed --------
    open $kind "$work/pages/ordinateur.actualisation.06.html"
    xdotool windowfocus --sync "$(xdotool search --onlyvisible --name "^Relire vos réponses" | tail -n 1)"
    coproc SERVE { exec "$page" serve 2>/dev/null; }
    serve=$SERVE_PID
    serve "watch valider"
    watched "found${T}button${T}Valider${T}forward" serve "find valider"
    watched reached xdotool key Tab
    xdotool key Tab
    # Two moves at once are one to it: the focus has to be seen elsewhere in between.
    for _ in $(seq 50); do "$page" focus | cut -f2 | grep -qx Valider || break; sleep 0.1; done
    sleep 0.3
    watched reached xdotool key shift+Tab
    watched pressed xdotool key Return
    serve rest
    for _ in $(seq 50); do "$page" find "Étape suivante de l'entraînement" >/dev/null 2>&1 && break; sleep 0.1; done
    xdotool key Tab
    watched absent serve "find nulle part"
    kill -TERM "$serve"
    wait "$serve" 2>/dev/null
    close

    # --- a long page and one that changes --------------------------------------------------------
    open $kind "$work/changing.html"
    for _ in $(seq 20); do
        start=$(date +%s%N)
        "$page" find Valider >/dev/null || fail "$kind: not found while the page changes"
        [ $((($(date +%s%N) - start) / 1000000)) -lt 3300 ] || fail "$kind: longer than three seconds"
    done
    close
    open $kind "$work/long.html"
    # A machine that is busy may not be able to: then that is the answer, in time.
    start=$(date +%s%N)
    "$page" find valider >"$work/answer" 2>/dev/null
    code=$?
    [ $code = 0 ] || [ $code = 3 ] || fail "$kind: a long page: $code"
    [ $code = 3 ] && echo "$kind: 4,800 nodes are too many for this machine"
    [ $((($(date +%s%N) - start) / 1000000)) -lt 3300 ] || fail "$kind: a long page takes longer than three seconds"
    close
    open $kind "$work/probe.html"

    # --- one that hangs, and is killed, while a session asks --------------------------------------
    coproc SERVE { exec "$page" serve 2>/dev/null; }
    serve=$SERVE_PID
    echo "find valider" >&"${SERVE[1]}"
    IFS= read -r -t 5 line <&"${SERVE[0]}"
    [ "$line" = "found${T}button${T}Valider${T}forward" ] || fail "$kind: serve: $line"
    echo "find nulle part" >&"${SERVE[1]}"
    IFS= read -r -t 5 line <&"${SERVE[0]}"
    [ "$line" = absent ] || fail "$kind: serve: $line, not absent"
    echo "look" >&"${SERVE[1]}"
    IFS= read -r -t 5 line <&"${SERVE[0]}"
    [ "$line" = wrong ] || fail "$kind: serve: $line, not wrong"
    # Where a worker gives up, the session sees an end, and starts another.
    out=${SERVE[1]} in=${SERVE[0]}
    kill -STOP "$browser"
    start=$(date +%s%N)
    echo "find valider" >&"$out"
    IFS= read -r -t 6 line <&"$in" || line=ended
    [ "$line" = silent ] || [ "$line" = ended ] || fail "$kind: a browser that hangs: $line"
    [ $((($(date +%s%N) - start) / 1000000)) -lt 3500 ] || fail "$kind: waits for a browser that hangs"
    kill -KILL "$browser"
    kill -TERM "$serve" 2>/dev/null
    wait "$serve" 2>/dev/null
    wait "$browser" 2>/dev/null
    sleep 1
    ask 3 "" focus
done

# --- two browsers ------------------------------------------------------------------------------------
kind=both
open firefox "$work/probe.html"
first=$browser
open chromium "$work/probe.html" Annuler
ask 0 "button${T}Annuler${T}forward" find annuler
close
browser=$first
close

# --- what is changed for browsers is put back, however it ends -----------------------------------------
for how in end kill term; do
    enable false
    coproc SERVE { exec "$page" serve 2>/dev/null; }
    serve=$SERVE_PID
    for _ in $(seq 30); do [ "$(enabled IsEnabled)" = true ] && break; sleep 0.1; done
    [ "$(enabled IsEnabled)" = true ] || fail "$how: browsers are not told"
    [ "$(enabled ScreenReaderEnabled)" = false ] || fail "$how: a screen reader is started"
    case $how in
    end) exec {SERVE[1]}>&- ;;
    kill) pkill -KILL -P "$serve" ;;
    term) kill -TERM "$serve" ;;
    esac
    wait "$serve" 2>/dev/null
    for _ in $(seq 30); do [ "$(enabled IsEnabled)" = false ] && break; sleep 0.1; done
    [ "$(enabled IsEnabled)" = false ] || fail "$how: not put back"
done

# --- of two companions the last one puts it back, whichever that is, and also if both end at once ------
serve_on() { # NUMBER: its input is the descriptor 3NUMBER
    mkfifo "$work/serve$1"
    "$page" serve <"$work/serve$1" >/dev/null 2>&1 &
    eval "serve$1=$! && exec 3$1>$work/serve$1"
    rm "$work/serve$1"
}
is_told() { for _ in $(seq 30); do [ "$(enabled IsEnabled)" = "$1" ] && return; sleep 0.1; done; return 1; }
for order in first second both; do
    enable false
    serve_on 1
    is_told true || fail "$order: browsers are not told"
    serve_on 2
    sleep 0.3
    case $order in
    first) kill -TERM "$serve1" && wait "$serve1" ;;
    second) kill -TERM "$serve2" && wait "$serve2" ;;
    both) kill -TERM "$serve1" "$serve2" ;;
    esac
    [ $order = both ] || [ "$(enabled IsEnabled)" = true ] || fail "$order: put back while another one looks"
    kill -TERM "$serve1" "$serve2" 2>/dev/null
    wait "$serve1" "$serve2" 2>/dev/null
    is_told false || fail "$order: the last one does not put it back"
done
# All are killed: the next one knows what is to be put back.
serve_on 1
is_told true || fail "killed: browsers are not told"
kill -KILL "$serve1" $(pgrep -P "$serve1")
wait "$serve1" 2>/dev/null
serve_on 1
sleep 0.3
kill -TERM "$serve1"
wait "$serve1" 2>/dev/null
is_told false || fail "killed: not put back by the next one"

# --- it costs nothing while nothing is asked ------------------------------------------------------------
coproc SERVE { exec "$page" serve 2>/dev/null; }
echo "watch valider" >&"${SERVE[1]}"
sleep 2
used=0
for process in "$SERVE_PID" $(pgrep -P "$SERVE_PID"); do
    used=$((used + $(awk '{ print $14 + $15 }' "/proc/$process/stat")))
done
sleep 3
later=0
for process in "$SERVE_PID" $(pgrep -P "$SERVE_PID"); do
    later=$((later + $(awk '{ print $14 + $15 }' "/proc/$process/stat")))
done
[ "$later" = "$used" ] || fail "idle, it used $((later - used)) ticks in three seconds"
kill "$SERVE_PID"
exit $failed
