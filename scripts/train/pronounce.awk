# SPDX-License-Identifier: GPL-3.0-or-later
# Pronunciations for training. Reads train/ipa-phones, then lines "text TAB language TAB IPA"
# (espeak-ng --ipa --sep=_), writes "language TAB text TAB phones | phones | ...", the likeliest first. What
# espeak-ng leaves open is left open here too: the training takes what it hears.
#
# Bytes, not characters: Debian's awk (mawk) knows no UTF-8, so no sets of non-ASCII characters.
BEGIN {
    FS = OFS = "\t"
    count = split("aa ai an au ee ei eu ii in oe on oo ou un uu", list, " ")
    for (i = 1; i <= count; i++)
        vowel[list[i]] = 1
}

FNR == NR {
    if ($0 !~ /^#/)
        phones[$1, $2] = $3
    next
}

function lookup(language, ipa) {
    if ((language, ipa) in phones)
        return phones[language, ipa]
    if (language != "fr" && ("*", ipa) in phones)
        return phones["*", ipa]
    return "?"
}

# Adds a way to say it, once.
function add(way) {
    gsub(/ +/, " ", way)
    gsub(/^ | $/, "", way)
    if (way != "" && !(way in known)) {
        known[way] = 1
        ways = ways (ways == "" ? "" : " | ") way
    }
}

# The open and closed vowels that accents of French disagree about, the other way round.
function other_vowels(way,   part, count, i, phone, result) {
    count = split(way, part, " ")
    for (i = 1; i <= count; i++) {
        phone = part[i]
        if (phone == "ei")
            phone = "ai"
        else if (phone == "ai" && i < count)
            phone = "ei"
        else if (phone == "au" && i < count)
            phone = "oo"
        else if (phone == "oo")
            phone = "au"
        result = result " " phone
    }
    return result
}

function french(way,   part, count, last, other) {
    while (match(way, / uu (aa|ai|an|ei|ii|in|on|eu|oe) /))
        way = substr(way, 1, RSTART) "uy" substr(way, RSTART + 3)
    add(way)
    count = split(way, part, " ")
    last = part[count]
    if (last == "rr" && count > 2 && !(part[count - 1] in vowel)) {
        other = way
        sub(/ rr $/, " ", other)
        add(other)
        add(way "ee")
    } else if (!(last in vowel) && last != "yy") {
        add(way "ee")
    }
    other = way
    if (gsub(/ un /, " in ", other))
        add(other)
    other = way
    if (sub(/ ee /, " ", other))
        add(other)
    add(other_vowels(way))
    other = way
    if (gsub(/ oe /, " eu ", other))
        add(other)
}

{
    text = $1
    language = $2
    ipa = $3
    gsub(/ˈ|ˌ|-|\([a-z-]+\)/, "", ipa)
    gsub(/[_ ]+/, " ", ipa)
    count = split(ipa, symbol, " ")
    way = " "
    for (i = 1; i <= count; i++) {
        phone = lookup(language, symbol[i])
        if (phone == "?") {
            print "no phone for " symbol[i] " (" language ") in: " text > "/dev/stderr"
            next
        }
        way = way phone " "
    }
    gsub(/ +/, " ", way)
    ways = ""
    for (i in known)
        delete known[i]
    if (language == "fr")
        french(way)
    else
        add(way)
    if (ways != "")
        print language, text, ways
}
