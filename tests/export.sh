#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# pasapas export: a small guide as a page, a text and a book, looked at by Python's own parsers. What
# validators and a browser say of them is for `scripts/check --exports`.
set -u
: "${PASAPAS:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME=$work LC_ALL=C.UTF-8
unset XDG_STATE_HOME XDG_CONFIG_HOME XDG_DATA_HOME
bad=0
fail() {
    echo "FAIL: $1"
    bad=1
}

cat >"$work/essai.yaml" <<'END'
format: 1
id: essai
title: "Un essai & <b>deux</b>"
updated: 2026-01-10
welcome: "Bienvenue !"
closing: "C'est fini."
source: "Une source."
paths:
  - {id: un, title: Avec un, place: avec un, phrases: [avec un]}
  - {id: deux, title: Avec deux, place: avec deux, phrases: [avec deux]}
sections:
  - id: entrer
    title: Entrer
    phrases: [entrer]
    paths: [un]
    steps:
      - id: code
        say: "Tapez votre code."
        simple: "Tapez le code."
        more: "Il a quatre chiffres."
        where: "Au milieu de la page."
        warning: "Ne le dites pas."
        private: true
        image: images/code.svg
        alt: "Un code."
      - id: bouton
        say: "Cliquez sur « Entrer » : c'est <ici>."
        simple: "Cliquez sur « Entrer »."
        more: "Le bouton ouvre la page."
        simple_more: "Il ouvre la page."
        where: "En bas."
        link: https://example.org/?a=1&b=2
        image: images/bouton.svg
        alt: "Un bouton \"Entrer\" & <rien>."
  - id: mois
    title: Chaque mois
    phrases: [chaque mois]
    period: {every: month, opens: 28, closes: 15}
    needs:
      - {id: papier, label: un papier, ask: "Avez-vous le papier ?", more: "Il est bleu."}
    steps:
      - id: dire
        say: "Dites où vous en êtes."
        simple: "Dites-le."
        more: "C'est pour le mois."
glossary:
  - {word: page, say: "Une page est une feuille."}
END
mkdir "$work/images"
cp "${srcdir:?}/guides/images/valider.svg" "$work/images/bouton.svg"
cp "$srcdir/guides/images/lettre.svg" "$work/images/code.svg"
guide=(--guide "$work/essai.yaml" --today 2026-11-29)

cat >"$work/look.py" <<'END'
"""look.py page|book FILE: what the page or the book must be, whatever it says."""
import base64, re, struct, sys, xml.etree.ElementTree as tree, zipfile

X = "{http://www.w3.org/1999/xhtml}"
S = "{http://www.w3.org/ns/SMIL}"
O = "{http://www.idpf.org/2007/opf}"
PRIVATE = ("quatre chiffres", "milieu de la page", "Un code.")
ALT = 'Un bouton "Entrer" & <rien>.'
PICTURE = open(sys.argv[3], "rb").read()


def texts(element):
    return " ".join("".join(element.itertext()).replace("\u202f", " ").replace("\xa0", " ").split())


def look_at_ids(root):
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), "an id twice"
    return set(ids)


def page(name):
    data = open(name, encoding="utf-8").read()
    assert data.startswith("<!DOCTYPE html>\n")
    root = tree.fromstring(data.split("\n", 1)[1])
    assert root.tag == "html" and root.get("lang") == "fr-FR"
    ids = look_at_ids(root)
    for name in ("header", "nav", "main", "footer", "h1"):
        assert len(list(root.iter(name))) == 1, name
    for link in root.iter("a"):
        assert link.get("href")[0] != "#" or link.get("href")[1:] in ids, link.get("href")
    for element in root.iter():
        assert element.get("aria-labelledby") is None or element.get("aria-labelledby") in ids
        assert element.tag not in ("script", "link", "b", "ici", "iframe"), element.tag
        assert not any(key.startswith("on") for key in element.keys())
    pictures = list(root.iter("img"))
    assert [picture.get("alt") for picture in pictures] == [ALT]
    kind, data64 = pictures[0].get("src").split(",")
    assert kind == "data:image/svg+xml;base64" and base64.b64decode(data64) == PICTURE
    assert "img-src data:" in data
    boxes = [e for e in root.iter("span") if e.get("class") == "box"]
    assert len(boxes) == 4 and all(box.get("aria-hidden") == "true" for box in boxes)
    assert texts(next(root.iter("title"))) == "Un essai & <b>deux</b>"
    whole = texts(root)
    assert "Cliquez sur « Entrer » : c'est <ici>." in whole
    assert "Mois : novembre 2026. Dernier jour : 15 décembre 2026." in whole
    assert "Entrer (avec un)" in whole and "Chaque mois (" not in whole
    assert "Ne le dites pas. C'est secret." in whole
    assert not any(secret in whole for secret in PRIVATE)
    assert "Bienvenue\u202f!" in data and "«\xa0Entrer\xa0»\xa0: c" in data


def spoken(archive, item, manifest):
    """The clips of a page follow one another, and each text of the page is heard but its links."""
    name = "EPUB/" + item.get("href")
    body = tree.fromstring(archive.read(name))
    ids = look_at_ids(body)
    smil = tree.fromstring(archive.read("EPUB/" + manifest[item.get("media-overlay")].get("href")))
    end, heard = 0.0, set()
    for par in smil.iter(S + "par"):
        text, audio = par.find(S + "text"), par.find(S + "audio")
        target, anchor = text.get("src").split("#")
        assert "EPUB/" + target == name and anchor in ids
        begin = float(audio.get("clipBegin")[:-1])
        assert begin == end, (begin, end)
        end = float(audio.get("clipEnd")[:-1])
        assert end > begin + 0.5, "too short to be heard"
        heard.add(anchor)
    links = {e.get("id") for e in body.iter(X + "p") if e.get("class") == "link"}
    said = {e.get("id") for e in body.iter() if e.tag in (X + "p", X + "h1", X + "dt", X + "dd")}
    assert heard == said - links, heard ^ said
    mp3 = archive.read("EPUB/" + smil.find(f".//{S}audio").get("src"))
    assert mp3[:3] == b"ID3" or mp3[0] == 0xFF and mp3[1] & 0xE0 == 0xE0, "no MP3"
    # 24 to 64 kbit/s: all of it was written, and it is small.
    assert 24000 < len(mp3) * 8 / end < 64000, (len(mp3), end)
    return end


def book(name):
    data = open(name, "rb").read()
    # OCF: the first file is named at byte 30, has no extra field, and its bytes follow.
    assert data[:4] == b"PK\3\4" and struct.unpack("<HH", data[26:30]) == (8, 0)
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    archive = zipfile.ZipFile(name)
    assert archive.testzip() is None
    infos = archive.infolist()
    assert infos[0].filename == "mimetype" and infos[0].compress_type == zipfile.ZIP_STORED
    assert not any(info.extra or info.flag_bits & 8 for info in infos)
    container = archive.read("META-INF/container.xml").decode()
    package = tree.fromstring(archive.read(re.search('full-path="([^"]*)"', container).group(1)))
    manifest = {item.get("id"): item for item in package.iter(O + "item")}
    names = {"EPUB/" + item.get("href") for item in manifest.values()}
    assert names | {"mimetype", "META-INF/container.xml", "EPUB/package.opf"} == {i.filename for i in infos}
    spine = [manifest[ref.get("idref")] for ref in package.iter(O + "itemref")]
    assert len(spine) == 5
    durations = [m for m in package.iter(O + "meta") if m.get("property") == "media:duration"]
    wanted = {"#" + item.get("media-overlay"): spoken(archive, item, manifest) for item in spine}
    for meta in durations:
        seconds = float(meta.text[:-1])
        refines = meta.get("refines")
        assert abs(seconds - (wanted[refines] if refines else sum(wanted.values()))) < 0.01
    assert len(durations) == len(spine) + 1
    whole = " ".join(texts(tree.fromstring(archive.read(n))) for n in names if n.endswith("xhtml"))
    assert "Un essai & <b>deux</b>" in whole and "Une page est une feuille." in whole
    assert not any(secret in whole for secret in PRIVATE)
    pictures = [item for item in manifest.values() if item.get("media-type").startswith("image/")]
    assert [item.get("href") for item in pictures] == ["image2.svg"]
    assert archive.read("EPUB/image2.svg") == PICTURE
    images = [e for n in names if n.endswith("xhtml") for e in tree.fromstring(archive.read(n)).iter(X + "img")]
    assert [(e.get("src"), e.get("alt")) for e in images] == [("image2.svg", ALT)]
    metas = [m.text for m in package.iter(O + "meta")]
    assert "alternativeText" in metas and "visual" in metas and not any("pas d'image" in m for m in metas)
    assert "cochez" not in whole, "there is nothing to tick in a book"


{"page": page, "book": book}[sys.argv[1]](sys.argv[2])
END
look() { # KIND FILE
    /usr/bin/python3 "$work/look.py" "$1" "$2" "$work/images/bouton.svg" || fail "$1"
}

# All three at once; each is told.
"$PASAPAS" export "${guide[@]}" --html "$work/e.html" --text "$work/e.txt" --epub "$work/e.epub" \
    >"$work/out" 2>&1 || fail "exit $?: $(cat "$work/out")"
[ "$(grep -c 'Le guide est dans le fichier' "$work/out")" = 3 ] || fail "what was said: $(cat "$work/out")"
look page "$work/e.html"
look book "$work/e.epub"
diff - "$work/e.txt" <<'END' || fail "the text"
Un essai & <b>deux</b>
Bienvenue !

Entrer (avec un)
1. Tapez votre code. Ne le dites pas. C'est secret. Ne l'écrivez pas sur une feuille. Tapez-le seulement sur le site.
2. Cliquez sur « Entrer » : c'est <ici>.

Chaque mois
Mois : novembre 2026. Dernier jour : 15 décembre 2026.
Ce qu'il vous faut :
- un papier
1. Dites où vous en êtes.

Les mots expliqués
page : Une page est une feuille.

Pour finir
C'est fini.
Une source.
Ce guide date du 10 janvier 2026.
END

# One path, in simple words; another month; between two months; a clock that is wrong.
text() { # WANTED UNWANTED options...: what a text of these options holds and does not hold
    "$PASAPAS" export --guide "$work/essai.yaml" --text - "${@:3}" >"$work/out" 2>&1 || fail "exit $?"
    grep -qF -- "$1" "$work/out" || fail "no « $1 »: $(cat "$work/out")"
    if [ -n "$2" ] && grep -qF -- "$2" "$work/out"; then fail "« $2 »: $(cat "$work/out")"; fi
}
text "Avec deux" "Entrer" --path deux --today 2026-11-29
text "1. Tapez le code." "votre code" --simple --today 2026-11-29
text "Mois : mars 2027. Premier jour : 28 mars 2027. Dernier jour : 15 avril 2027." "" --month 2027-03 --today 2026-11-29
text "Mois : novembre 2026. Premier jour : 28 novembre 2026. Dernier jour : 15 décembre 2026." "" --today 2026-11-20
text "Mois : …" "novembre" --today 2020-01-01

# The same page twice is the same; a link of a file stays one; what is there is replaced whole.
ln -s e.html "$work/link.html"
cp "$work/e.html" "$work/first.html"
"$PASAPAS" export "${guide[@]}" --html "$work/link.html" >/dev/null || fail "a link: exit $?"
if [ ! -L "$work/link.html" ] || ! cmp -s "$work/first.html" "$work/e.html"; then fail "a link, or another page"; fi

# A picture that cannot be used is told, and left out; the file is made all the same.
echo '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script/></svg>' >"$work/images/bouton.svg"
"$PASAPAS" export "${guide[@]}" --html "$work/e.html" --text "$work/e.txt" >"$work/out" 2>&1 || fail "a bad picture: exit $?"
grep -q "^Attention : $work/essai.yaml:.*bouton.svg.*script" "$work/out" || fail "a bad picture: $(cat "$work/out")"
if grep -q '<img' "$work/e.html"; then fail "a bad picture is in the page"; fi

wrong() { # CODE SAID options...
    "$PASAPAS" export "${@:3}" >"$work/out" 2>&1
    local code=$?
    [ $code = "$1" ] || fail "${*:3}: exit $code"
    grep -qF -- "$2" "$work/out" || fail "${*:3}: $(cat "$work/out")"
}
wrong 2 "--html, --epub ou --text"
wrong 2 "personne" "${guide[@]}" --html - --path personne
wrong 1 "ne peut pas être écrit" "${guide[@]}" --html "$work/none/e.html"
wrong 2 "n'est pas installé" --guide n-existe-pas --html -
exit $bad
