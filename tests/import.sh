#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# pasapas import: three everyday procedures become guides that pass `pasapas check` and can be followed,
# in each form that they can have; what cannot be a guide is told.
set -u
: "${PASAPAS:?}" "${srcdir:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME=$work LC_ALL=C.UTF-8
unset XDG_STATE_HOME XDG_CONFIG_HOME XDG_DATA_HOME
texts=$srcdir/tests/import
bad=0
fail() {
    echo "FAIL: $1"
    cat "$work/guide" "$work/said" 2>/dev/null | head -n 60
    bad=1
}

# The guide that is made of FILE, as check finds it right; then its steps, one a line.
import() { # FILE ID WHAT IS SAID
    "$PASAPAS" import "$1" --today 2026-11-28 >"$work/guide" 2>"$work/said" || fail "$1: exit $?"
    grep -qF "$3" "$work/said" || fail "$1: what is said"
    cp "$work/guide" "$work/$2.yaml"
    "$PASAPAS" check "$work/$2.yaml" >"$work/said" 2>&1 || fail "$1: check finds it wrong"
    "$PASAPAS" export --guide "$work/$2.yaml" --today 2026-11-28 --text "$work/steps" >/dev/null || fail "$1: no text"
}
has() { # LINE...
    local line
    for line; do grep -qxF -- "$line" "$work/guide" || fail "no line « $line »"; done
}

import "$texts/lave-linge.md" laver-son-linge "4 parties, 11 étapes."
diff - <(sed -n '/^Trier/,/^Pour finir/p' "$work/steps") <<'END' || fail "the washing"
Trier
1. Mettez le blanc d'un côté, la couleur de l'autre.
2. Videz les poches.

Mettre en route
Tout est sur le devant de la machine.
1. Ouvrez le hublot et mettez le linge sans tasser, en gardant la place d'une main au-dessus, car un tambour trop plein lave mal et essore encore plus mal.
2. Choisissez le programme :
3. 30 ° pour la couleur ;
4. 60 ° pour les draps.
5. Lisez la notice s'il y a un doute.
6. Appuyez sur « Départ ».

Étendre
1. Sortez le linge tout de suite.
2. Secouez chaque pièce, puis étendez-la.

Mettre en route 2
1. Si la machine s'arrête, vérifiez le robinet.

Pour finir
END
has 'id: laver-son-linge' 'title: "Laver son linge"' 'updated: 2026-11-28' \
    'welcome: "Vous allez laver votre linge à la machine. Comptez une heure et demie."' \
    '        more: "Un mouchoir oublié laisse des traces partout. Une pièce peut abîmer la machine."' \
    '        link: "https://example.org/notice"' \
    '      # À couper : une phrase de 28 mots. Il en faut 20 au plus.'
grep -q panier "$work/guide" && fail "a picture's words are among those of the text"
printf 'trier\nsuivant\nquitter\n' | "$PASAPAS" --guest --no-speech --no-listen --guide "$work/laver-son-linge.yaml" >"$work/said" 2>&1
grep -qF "Étape 2 sur 2. Videz les poches." "$work/said" || fail "it cannot be followed"

import "$texts/rendez-vous.md" prendre-un-rendez-vous-chez-le-medecin "2 parties, 6 étapes."

if type -P pandoc >/dev/null; then
    import "$texts/retirer-argent.html" retirer-de-l-argent "2 parties, 5 étapes."
    has '      - say: "Mettez la carte, puce en avant."' '        more: "Personne ne doit voir le code."'
    grep -qE 'alert|color' "$work/guide" && fail "a script or a style is among the text"
    cp "$texts/rendez-vous.md" "$work/-o x.md"
    for form in odt docx; do
        pandoc "$texts/rendez-vous.md" -o "$work/rendez-vous.$form"
        import "$work/rendez-vous.$form" prendre-un-rendez-vous-chez-le-medecin "2 parties, 6 étapes."
        has '      - say: "Prenez votre carte Vitale."'
    done
    echo "no document" >"$work/broken.docx"
    "$PASAPAS" import "$work/broken.docx" >"$work/guide" 2>"$work/said" && fail "a broken document"
    grep -q "ne peut pas être lu" "$work/said" || fail "a broken document: what is said"
fi
PATH=$work/none "$PASAPAS" import "$texts/retirer-argent.html" >"$work/guide" 2>"$work/said" && fail "without pandoc"
grep -q "il faut le programme pandoc" "$work/said" || fail "without pandoc: what is said"

# Whatever stands in the text is a text in the guide.
printf '# "Titre": \\ fin # x\n\n- clé: "valeur" \\n [a](javascript:x)\n- \033[31mrouge\n- \377\n-\n- ...\n' >"$work/odd.md"
import "$work/odd.md" titre-fin-x "1 partie, 2 étapes."
has 'title: "\"Titre\": \\ fin # x"' '      - say: "clé: \"valeur\" \\n a"'

wrong() { # CODE WHAT IS SAID arguments...
    "$PASAPAS" import "${@:3}" >"$work/guide" 2>"$work/said"
    local code=$?
    [ $code = "$1" ] || fail "${*:3}: exit $code"
    [ ! -s "$work/guide" ] || fail "${*:3}: something was written"
    grep -qF -- "$2" "$work/said" || fail "${*:3}: what is said"
}
: >"$work/empty.md"
wrong 1 "aucune étape" "$work/empty.md"
wrong 2 "n'est pas un fichier .md" "$work/x.pdf"
wrong 1 "$work/none.md" "$work/none.md"
wrong 2 "le nom du fichier à reprendre"
exit $bad
