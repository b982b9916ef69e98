#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The guide teaches all of its source: every place named in doc/guide-coverage.md exists, every
# label of the source is in the guide letter for letter and where it is needed, and, when the
# source is at hand beside the tree, every line of it is in the page.
set -u

here=$(cd "$(dirname "$0")" && pwd)
top=${srcdir:-$here/..}
guide=$top/guides/espace-france-travail.yaml
page=$top/doc/guide-coverage.md
source_file=$top/../shared/source/000_2420e988a3f1a4ae.txt
bad=0
fail() {
	echo "FAIL: $*"
	bad=1
}

for file in "$guide" "$page"; do
	[ -r "$file" ] || { echo "FAIL: cannot read $file"; exit 1; }
done

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# One line for each thing that can be named, as path/section/step. A section without `paths`
# belongs to every path; its places are printed when it ends, once its paths are known.
places() {
	awk '
	function value(line) {
		sub(/^[^:]*:[ ]*/, "", line)
		return line
	}
	function end_section(   i, j, n, of) {
		if (section == "")
			return
		n = split(section_paths == "" ? all_paths : section_paths, of, " ")
		for (i = 1; i <= n; i++)
			for (j = 1; j <= count; j++)
				print of[i] "/" section "/" place[j]
		section = ""
	}
	/^[a-z_]+:/ {
		end_section()
		top = $1
		sub(/:.*/, "", top)
		print "guide/" top
		next
	}
	top == "paths" && /^  - id:/ { all_paths = all_paths " " value($0); next }
	top == "sections" && /^  - id:/ {
		end_section()
		section = value($0)
		section_paths = ""
		count = 0
		next
	}
	top == "sections" && /^    paths:/ {
		section_paths = value($0)
		gsub(/[][,"]/, " ", section_paths)
		next
	}
	top == "sections" && /^    intro:/ { place[++count] = "intro"; next }
	top == "sections" && /^      - id:/ { place[++count] = value($0); next }
	END { end_section() }' "$guide"
}
places >"$work/places"

# The names the page gives: after the dash, between backquotes.
awk '/^- L[0-9]/ {
	at = index($0, " — ")
	if (!at) { print "no-dash:" $2; next }
	n = split(substr($0, at), part, "`")
	if (n < 3) print "no-place:" $2
	for (i = 2; i <= n; i += 2) print part[i]
}' "$page" | sort -u >"$work/named"

named=$(wc -l <"$work/named")
[ "$named" -ge 80 ] || fail "the page names only $named places"
while IFS= read -r name; do
	grep -Fqx -e "$name" "$work/places" || fail "the page names $name, which is not in the guide"
done <"$work/named"

# The other way round: nothing in the guide is without a line of the source.
while IFS= read -r name; do
	case $name in
	guide/* | */intro) continue ;;
	esac
	grep -Fqx -e "$name" "$work/named" || fail "the guide has $name, which the page does not name"
done <"$work/places"

# What the source writes on buttons, fields and links, and the names of what is needed.
while IFS= read -r label; do
	[ -n "$label" ] || continue
	grep -Fq -e "$label" "$guide" || fail "label not in the guide: $label"
done <<'END'
Nom d'utilisateur
nom d'utilisateur
Mot de passe
FranceConnect
Chrome
Edge
Firefox
Safari
Opera
https://www.francetravail.fr/
App Store
Google Play
Mon Espace – France Travail
Connexion Candidat
en haut à droite de la page
J'ai oublié mon mot de passe
« SE CONNECTER »
« Se connecter »
Mes échanges
Mes échanges avec France Travail
Mes contacts en agence
Mes rendez-vous
Mes documents
Mes attestations
Mes courriers reçus
Transmettre et suivre un document
nombre d'heures travaillées
montant de votre salaire brut
salaire brut
dates auxquelles vous avez été en arrêt maladie
« M'actualiser »
« Valider »
Télécharger le justificatif d'actualisation (PDF. 120Ko)
« Paramètres »
Ctrl + Maj + Suppr
https://www.cybermalveillance.gouv.fr
Assistance et prévention en sécurité numérique
Comprendre les menaces et agir
Adopter les bonnes pratiques
Ressources complémentaires
END

# The label that each step carries, so that "épeler" spells the right thing on the right path.
awk '
function value(line) {
	sub(/^[^:]*:[ ]*/, "", line)
	gsub(/^"|"$/, "", line)
	return line
}
/^  - id:/ { section = value($0); path = "" }
/^    paths:/ { path = value($0); gsub(/[][]/, "", path) }
/^      - id:/ { step = value($0) }
/^        label:/ { print path "/" section "/" step "=" value($0) }' "$guide" >"$work/labels"
while IFS= read -r want; do
	[ -n "$want" ] || continue
	grep -Fqx -e "$want" "$work/labels" || fail "step without this label: $want"
done <<'END'
/preparer/avoir-nom-utilisateur=Nom d'utilisateur
/preparer/avoir-mot-de-passe=Mot de passe
telephone/application/lancer-application=Mon Espace – France Travail
ordinateur/connexion/connexion-candidat=Connexion Candidat
ordinateur/connexion/bouton-se-connecter=SE CONNECTER
telephone/connexion/toucher-se-connecter=Se connecter
telephone/connexion/bouton-se-connecter=Se connecter
ordinateur/echanges/groupe-contacts=Mes contacts
ordinateur/echanges/groupe-documents=Mes documents
ordinateur/actualisation/heures=nombre d'heures travaillées
ordinateur/actualisation/salaire-brut=montant de votre salaire brut
ordinateur/actualisation/arret-maladie=dates auxquelles vous avez été en arrêt maladie
telephone/actualisation/heures=nombre d'heures travaillées
telephone/actualisation/salaire-brut=montant de votre salaire brut
telephone/actualisation/arret-maladie=dates auxquelles vous avez été en arrêt maladie
ordinateur/actualisation/m-actualiser=M'actualiser
ordinateur/actualisation/valider=Valider
ordinateur/actualisation/justificatif=Télécharger le justificatif d'actualisation (PDF. 120Ko)
telephone/actualisation/m-actualiser=M'actualiser
telephone/actualisation/valider=Valider
END

# Whom and what the glossary explains is named somewhere else in the guide.
awk '/^glossary:/ { exit } { print }' "$guide" >"$work/taught"
grep -Fq 'Cap emploi' "$work/taught" || fail "Cap emploi is explained and never named"
# Whose facts they are, and of when.
grep -q '^source: .*12 novembre 2024' "$guide" || fail "the guide does not say where its facts come from"

# Curly apostrophes would make a label impossible to find by its text.
grep -n '’' "$guide" && fail "curly apostrophe in the guide"

# The five steps of the declaration and the seven warnings, in the order of the source.
in_order() {
	got=$(grep -e "^$1/" "$work/places" | grep -v -e /intro -e /heures -e /salaire-brut -e /arret-maladie | sed 's:.*/::' | tr '\n' ' ')
	[ "$got" = "$2 " ] || fail "$1 is: $got"
}
for path in ordinateur telephone; do
	in_order $path/actualisation "m-actualiser repondre-questions valider justificatif envoyer-justificatifs"
	in_order $path/securite "se-deconnecter codes mots-de-passe-secrets ordinateur-partage mots-de-passe-complexes wifi-public courriers-indesirables"
done

if [ -r "$source_file" ]; then
	awk 'NR == FNR {
		if (match($0, /^- L[0-9]+(-[0-9]+)?:/)) {
			split(substr($0, 4, RLENGTH - 4), range, "-")
			last = range[2] == "" ? range[1] : range[2]
			for (i = range[1] + 0; i <= last + 0; i++) covered[i] = 1
		}
		next
	}
	/[A-Za-z0-9]/ && !covered[FNR] { print "FAIL: line " FNR " of the source is not in the page"; bad = 1 }
	END { exit bad }' "$page" "$source_file" || bad=1
else
	echo "skipped: the source guide is not beside the tree, its lines were not counted"
fi

[ $bad -eq 0 ] && echo "ok: $named places and every label"
exit $bad
