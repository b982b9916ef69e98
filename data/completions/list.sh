# SPDX-License-Identifier: GPL-3.0-or-later
# _pasapas_list PROGRAM LIST GUIDE SECTION: names as the program tells them, one a line: its learners,
# guides, paths, sections or steps; of a guide and of a section where these are not "".
_pasapas_list()
{
    if [ "$2" = learners ]; then
        "$1" progress --all --csv 2>/dev/null | awk '
            NR == 1 { next }
            # A cell with a comma or a quote stands in quotes.
            match($0, /^"([^"]|"")*"/) { $0 = substr($0, 2, RLENGTH - 2); gsub(/""/, "\""); add($0); next }
            { sub(/,.*/, ""); add($0) }
            function add(name) { if (name != "" && !seen[name]++) print name }'
        return
    fi
    # One word, whole: zsh does not part it.
    "$1" guides --steps ${3:+"--guide=$3"} 2>/dev/null | awk -v list="$2" -v wanted="$4" '
        { match($0, /[^ ]/); depth = RSTART - 1; id = $1 }
        # A guide stands right before its paths, a path right before its sections.
        NR > 1 && before == 0 && depth == 0 && list == "guides" { add(last) }
        NR > 1 && before == 0 && depth == 2 && list == "paths" { add(last) }
        depth == 2 { section = id; if (list == "sections") add(id) }
        depth == 4 && list == "steps" && (wanted == "" || section == wanted) { add(id) }
        { before = depth; last = id }
        function add(name) { if (!seen[name]++) print name }'
}
