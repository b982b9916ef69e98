# SPDX-License-Identifier: GPL-3.0-or-later
# What a recording may say: reads "sound TAB speaker TAB language TAB text", writes
# "language TAB text" for each alternative. A text may give several, separated by "|"; a bare noun
# may have been said with its article (KTuberling's were), a letter or a syllable without the word
# that the table puts before it. With table=1, "sound TAB speaker TAB texts, separated by |".
BEGIN {
    FS = OFS = "\t"
    articles = split("un |une |le |la |les |des |l'", article, "|")
}

function offer(text) {
    if (table)
        all = all (all == "" ? "" : "|") text
    else
        print $3, text
}

{
    all = ""
    count = split($4, given, "|")
    for (i = 1; i <= count; i++) {
        offer(given[i])
        if ($2 == "ktuberling_fr")
            for (j = 1; j <= articles; j++)
                offer(article[j] given[i])
        bare = given[i]
        if (sub(/^(lettre|syllabe) /, "", bare))
            offer(bare)
    }
    if (table)
        print $1, $2, $3, all
}
