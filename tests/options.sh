#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The options of the command line: every one is in --help, in the man page and in the completion of
# each shell, and all say the same. A wrong one is told, in the same words as ever. Whether man, zsh and
# fish can read what was made is for tests/man-page.sh, tests/zsh.sh and tests/fish.sh.
set -u
: "${PASAPAS:?}" "${srcdir:?}" "${builddir:?}"
export LC_ALL=C.UTF-8
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export PASAPAS_DATA=${PASAPAS_DATA:-$srcdir} HOME=$work
unset XDG_STATE_HOME XDG_CONFIG_HOME XDG_DATA_HOME
page=$builddir/doc/pasapas.1
completions=$builddir/completions
failed=0

fail() {
    echo "FAILED: $*"
    failed=1
}

# run ARGUMENTS...: the program, with $code, $work/out and $work/err.
run() {
    "$PASAPAS" "$@" >"$work/out" 2>"$work/err" </dev/null
    code=$?
}

# --- the tables, one option a line: COMMAND, --NAME, choices ------------------------------------
run --print list
[ $code -eq 0 ] || fail "--print list: exit code $code"
cp "$work/out" "$work/list"
[ "$(wc -l <"$work/list")" -ge 75 ] || fail "only $(wc -l <"$work/list") options"
commands=$(cut -f 1 "$work/list" | sort -u | grep -vx -- -)
# word COMMAND: what it is on a command line; "-", the program itself, is none.
word() {
    [ "$1" = - ] || echo "$1"
}

# What others rely on: an option may be added, none may go.
while read -r command options; do
    for option in $options; do
        grep -q "^$command	$option	" "$work/list" || fail "$command: $option is gone"
    done
done <<'END'
- --guide --path --section --step --learner --today --voice --speech --no-speech --listen --no-listen
- --duplex --audio --input-device --output-device --rate --simple --restart --transcript --fast --guest
- --setup --pitch --volume --voice-variant --listen-pause --earcons --sentence-pause --punctuation
- --keys --scan --scan-pause --ask-again --view --view-address --media-keys --help --version
guides --guide --steps --json --help
voices --help
check --help
new --voice --help
import --today --help
say --show --output --rate --pitch --volume --variant --voice --help
listen --vocabulary --no-reject --evidence --calibration --voice --help
calibrate --learner --forget --no-speech --audio --fast --input-device --output-device --transcript
calibrate --voice --from --vocabulary --output --help
pronounce --phones --voice --help
devices --help
sound-check --input-device --output-device --learner --audio --help
tell --json --help
state --json --help
export --html --epub --text --guide --path --simple --month --today --rate --voice --help
progress --learner --all --guide --month --today --json --csv --help
reminders --ics --guide --today --help
practice --output --guide --path --section --voice --help
reset --learner --yes --help
END

# --- --help ---------------------------------------------------------------------------------------
for command in - $commands; do
    run $(word "$command") --help
    [ $code -eq 0 ] && [ ! -s "$work/err" ] || fail "$command --help: exit code $code"
    cp "$work/out" "$work/help-$command"
    while IFS= read -r line; do
        [ ${#line} -le 80 ] || fail "$command --help: over 80 columns: $line"
    done <"$work/out"
done

# Its part of --help, of the man page: the lines that are about one option, in one line.
part_of_help() { # COMMAND OPTION
    awk -v option="$2" '
        /^(-., )?--/ { on = 0; name = $1 ~ /^-.,$/ ? $2 : $1; if (name == option) on = 1 }
        /^$/ { on = 0 }
        on { gsub(/ +/, " "); sub(/^ /, ""); printf "%s ", $0 }' "$work/help-$1"
}
sed 's/\\-/-/g; s/\\f.//g; s/\\&//g' "$page" >"$work/page"
part_of_page() { # COMMAND: the lines of a subcommand, or of the program itself
    awk -v heading="$1" '
        /^\.SH / { in_commands = /COMMANDES/; on = heading == "-" && /OPTIONS/; next }
        /^\.SS / && in_commands { on = $3 == heading }
        on' "$work/page"
}

while IFS='	' read -r command option choices; do
    help=$(part_of_help "$command" "$option")
    [ "$help" ] || fail "$command --help has no $option"
    for choice in $choices; do
        [[ " $help" == *" $choice ("* ]] || fail "$command --help, $option: no « $choice »"
    done
    # That each subcommand has --help is said once in the page.
    [ "$command" != - ] && [ "$option" = --help ] && continue
    part_of_page "$command" >"$work/part"
    grep -q -- "^\(-., \)\?$option\( .*\)\?$" "$work/part" || fail "the page has no $option of « $command »"
    for choice in $choices; do
        grep -qx -- "$choice" "$work/part" || fail "the page, $option: no « $choice »"
    done
done <"$work/list"
for command in $commands; do
    grep -q "^$command " "$work/help--" || fail "--help does not list $command"
done

grep -q '^@print' "$page" "$completions"/* && fail "a list was not inserted"

# --- bash -----------------------------------------------------------------------------------------
bash -n "$completions/pasapas" || fail "bash -n"
# complete_bash WORD...: what bash offers for the last word, one a line.
complete_bash() {
    bash --norc -c '
        source "$1" || exit 1
        shift
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _pasapas 2>/dev/null
        printf "%s\n" "${COMPREPLY[@]}"' bash "$completions/pasapas" pasapas "$@"
}
offers() { # WANTED WORD...
    local wanted=$1
    shift
    complete_bash "$@" | grep -qx -- "$wanted" || fail "bash: « pasapas $* » is not offered $wanted"
}
for command in - $commands; do
    complete_bash $(word "$command") -- >"$work/offered-$command"
done
while IFS='	' read -r command option choices; do
    grep -qx -- "$option" "$work/offered-$command" || fail "bash: « $command » is not offered $option"
    for choice in $choices; do
        offers "$choice" $(word "$command") "$option" ''
    done
done <"$work/list"
offers check ''
offers sound-check so
offers half --duplex = ha
offers --duplex=half --duplex=ha
offers "$PASAPAS" say --output "${PASAPAS%?}"
offers "$PASAPAS" check "${PASAPAS%?}"
offers --rate say Bonjour --ra
[ "$(complete_bash say --rate '')" ] && fail "bash: --rate is offered something"

# Names that the program knows: learners, guides, parts and steps, of what is on the line.
(
    export PATH=$work/bin:$PATH LC_ALL=C.UTF-8 XDG_STATE_HOME=$work/names XDG_CONFIG_HOME=$work/names
    mkdir -p "$work/bin"
    ln -sf "$(realpath "$PASAPAS")" "$work/bin/pasapas"
    for name in Zoé "Chloé Ndiaye" 'Anne "Nan", dite'; do
        pasapas --no-speech --no-listen --today 2026-12-20 --learner "$name" --path ordinateur --section site \
            </dev/null >/dev/null || fail "no learner $name"
    done
    offers 'Zoé' --learner ''
    offers 'Zoé' progress --learner Zo
    offers 'Chloé\\ Ndiaye' progress --learner 'Chloé\ N'
    offers '"Chloé Ndiaye' reset --learner '"Chl'
    complete_bash progress --learner An | grep -qF 'Anne\ \"Nan\"\,\ dite' || fail "bash: a name with quotes"
    offers espace-france-travail progress --guide e
    offers "$PASAPAS" progress --guide "${PASAPAS%?}"
    offers telephone --path ''
    offers actualisation --section act
    offers --section=actualisation --guide espace-france-travail --section=act
    offers valider --section actualisation --step v
    offers valider --section = actualisation --step = v
    complete_bash --section site --step '' | grep -q valider && fail "bash: a step of another part"
    exit $failed
) || failed=1

# --- zsh and fish ---------------------------------------------------------------------------------
while IFS='	' read -r command option choices; do
    name=$(word "$command")
    awk -v arm="    ('$name')" '/^    \(/ { on = $0 == arm } on' "$completions/_pasapas" >"$work/part"
    grep -q -- "^ *'$option=\?\[" "$work/part" || fail "zsh: « $command » has no $option"
    case $option in --learner | --guide | --path | --section | --step)
        grep -q -- "^ *'$option=\[.*:_pasapas_${option#--}s'" "$work/part" || fail "zsh: nothing lists names for $option" ;;
    esac
    for choice in $choices; do
        grep -- "^ *'$option=\[" "$work/part" | grep -q -- "[( ]${choice%:}[\\:]*:\"" ||
            fail "zsh: $option has no « $choice »"
    done
    grep "__pasapas_in \"$name\"' -l ${option#--} " "$completions/pasapas.fish" >"$work/part"
    [ "$(wc -l <"$work/part")" -eq 1 ] || fail "fish: « $command » has no $option"
    for choice in $choices; do
        grep -q -- "[' ]$choice\\\\" "$work/part" || fail "fish: $option has no « $choice »"
    done
done <"$work/list"
for command in $commands; do
    grep -q "^ *'$command:" "$completions/_pasapas" || fail "zsh: no $command"
    grep -q -- " -a $command " "$completions/pasapas.fish" || fail "fish: no $command"
done

# --- what is wrong is told --------------------------------------------------------------------------
# says EXPECTED ARGUMENTS...: exit code 2 and this one line.
says() {
    expected=$1
    shift
    run "$@"
    [ $code -eq 2 ] || fail "$*: exit code $code"
    [ -s "$work/out" ] && fail "$*: something on standard output"
    [ "$(cat "$work/err")" = "Erreur : $expected" ] || fail "$*: $(cat "$work/err")"
}
unknown() { # OPTION ARGUMENTS...
    option=$1
    shift
    says "l'option « $option » n'existe pas ou n'est pas complète. Écrivez « pasapas --help » pour la liste." "$@"
}
bad() { # OPTION VALUE ARGUMENTS...: before OPTION VALUE
    option=$1 value=$2
    shift 2
    says "$option ne peut pas valoir « $value ». Écrivez « pasapas --help » pour les valeurs possibles." \
        "$@" "$option" "$value"
}
missing() { # WHAT ARGUMENTS...
    what=$1
    shift
    says "il manque $what. Écrivez « pasapas --help » pour un exemple." "$@"
}
superfluous() { # WORD ARGUMENTS...
    word=$1
    shift
    says "« $word » est en trop. Enlevez ce mot." "$@"
}
for command in - $commands; do
    unknown --bogus $(word "$command") --bogus
    unknown -x $(word "$command") -x
    unknown -xy $(word "$command") -xy
    unknown --help=1 $(word "$command") --help=1
done
unknown --rate --rate
unknown --output say --output
for value in '' 79 451 x 99999999999999999999; do
    bad --rate "$value"
    bad --rate "$value" say
done
bad --speech loud
bad --earcons yes
bad --audio wav:
bad --audio x sound-check
bad --audio null calibrate
bad --today 2026-13-01
bad --month 2026-13 progress
bad --learner ''
bad --voice zz say Bonjour
bad --phones zz pronounce oui
superfluous word --fast word
superfluous word guides word
superfluous --guest --guest --learner Zoé
superfluous --learner progress --all --learner Zoé
missing FICHIER.wav listen
missing 'un fichier à vérifier' check
missing COMMANDE tell
missing TEXTE pronounce
missing --ics reminders
missing --ics reminders --ics ''
says "« bogus » n'est pas une commande de pasapas. Écrivez « pasapas --help » pour la liste." bogus
says "--fast ne marche qu'avec --audio wav:ENTRÉE,SORTIE. Enlevez --fast ou donnez un enregistrement." --fast

exit $failed
