# SPDX-License-Identifier: GPL-3.0-or-later
# Joins the pronunciations ("language TAB text TAB ways") with the recordings ("sound TAB speaker
# TAB language TAB texts"): writes "sound TAB speaker TAB texts TAB ways".
BEGIN { FS = OFS = "\t" }
FNR == NR {
    ways[$1, $2] = $3
    next
}
{
    all = ""
    count = split($4, text, "|")
    for (i = 1; i <= count; i++)
        if (($3, text[i]) in ways)
            all = all (all == "" ? "" : " | ") ways[$3, text[i]]
    if (all != "")
        print $1, $2, $4, all
}
