# SPDX-License-Identifier: GPL-3.0-or-later
# The rows of a transcript table that a model under the GPL may be made of. Variables: folder,
# neighbour (1: the first folder of each file names its language), exclude (speakers, separated by
# newlines), report (a file for what was refused; with licences=1 also for what was taken). Writes "sound TAB speaker TAB language TAB text".
BEGIN {
    FS = OFS = "\t"
    count = split(exclude, list, "\n")
    for (i = 1; i <= count; i++)
        if (list[i] != "")
            excluded[list[i]] = 1
}

FNR == 1 {
    for (i = 1; i <= NF; i++)
        column[$i] = i
    split("file speaker text licence", needed, " ")
    for (i = 1; i <= 4; i++)
        if (!(needed[i] in column)) {
            print "no column \"" needed[i] "\" in " FILENAME > "/dev/stderr"
            exit 1
        }
    next
}

# Why a licence does not allow it, or "".
function refusal(licence) {
    if (licence == "" || tolower(licence) == "unknown")
        return "no licence"
    if (licence ~ /CC-BY-SA/)
        return "CC-BY-SA"
    if (licence ~ /FDL/)
        return "FDL"
    if (licence ~ /^(GPL|BSD|MIT|CC0|CC-BY-[0-9]|CC-BY$|Public domain|Apache-2\.0)/)
        return ""
    return "licence not known to allow it: " licence
}

{
    if ($column["text"] == "")
        next
    why = refusal($column["licence"])
    if (why != "") {
        refused[why]++
        next
    }
    speaker = $column["speaker"]
    if (speaker in excluded) {
        left_out[speaker]++
        next
    }
    taken[$column["licence"]]++
    language = "fr"
    if (neighbour) {
        language = tolower($column["file"])
        sub(/\/.*/, "", language)
        sub(/_/, "-", language)
    }
    print folder "/" $column["file"], speaker, language, $column["text"]
}

END {
    if (licences)
        for (licence in taken)
            print folder ": took " taken[licence] " recordings (" licence ")" >> report
    for (why in refused)
        print folder ": refused " refused[why] " recordings (" why ")" >> report
    for (speaker in left_out)
        print folder ": excluded " left_out[speaker] " of " speaker >> report
}
