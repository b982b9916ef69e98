#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# scripts/sbom: what SPDX 2.3 asks of a document, every library that the program loads with its package,
# and the same bytes for the same program, whatever the folder, the hour and the language.
set -u
: "${PASAPAS:?}" "${srcdir:?}"
for tool in python3 dpkg-query ldd; do
    command -v $tool >/dev/null || { echo "skipped: $tool is missing"; exit 77; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset SOURCE_DATE_EPOCH
bad=0
fail() {
    echo "FAILED: $1"
    bad=1
}
sbom() { # OUTPUT
    /usr/bin/python3 -B "$srcdir/scripts/sbom" "$PASAPAS" >"$1" 2>"$work/errors" || fail "exit $?: $(cat "$work/errors")"
}

sbom "$work/one.json"
srcdir=$(cd "$srcdir" && pwd)
(cd / && TZ=Pacific/Auckland LC_ALL=C && export TZ LC_ALL && sbom "$work/two.json")
cmp "$work/one.json" "$work/two.json" || fail "another hour or folder gives other bytes"
SOURCE_DATE_EPOCH=86400 sbom "$work/three.json"
grep -q '"created": "1970-01-02T00:00:00Z"' "$work/three.json" || fail "SOURCE_DATE_EPOCH is not looked at"

# What the loader takes, by its own account; a library without a package cannot be named.
ldd "$PASAPAS" | sed -n 's|.*=> \(/[^ ]*\) .*|\1|p' >"$work/libraries"
while read -r path; do
    for form in "$path" "$(readlink -f "$path")" "/usr$path"; do
        dpkg-query -S "$form" 2>/dev/null && break
    done | sed 's/:.*//' | head -n 1 | grep . || echo "nobody-has $path"
done <"$work/libraries" | sort -u >"$work/packages"
grep -q nobody-has "$work/packages" && fail "$(grep nobody-has "$work/packages")"
[ "$(wc -l <"$work/packages")" -gt 15 ] || fail "few libraries: $(cat "$work/packages")"

/usr/bin/python3 -B - "$work/one.json" "$work/packages" "$PASAPAS" <<'END' || fail "the document"
import hashlib, json, re, subprocess, sys
document = json.load(open(sys.argv[1], encoding="utf-8"))
wanted = set(open(sys.argv[2]).read().split())


def text(thing, *keys):
    for key in keys:
        assert isinstance(thing[key], str) and thing[key], (key, thing)


# SPDX 2.3, clauses 6, 7 and 11: what has to be there, and how it is written.
text(document, "spdxVersion", "dataLicense", "SPDXID", "name", "documentNamespace")
assert document["spdxVersion"] == "SPDX-2.3" and document["dataLicense"] == "CC0-1.0"
assert document["SPDXID"] == "SPDXRef-DOCUMENT"
assert re.fullmatch(r"https?://[^\s#]+", document["documentNamespace"])
made = document["creationInfo"]
assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", made["created"]), made
assert made["creators"] and all(re.match("(Tool|Person|Organization): .", c) for c in made["creators"])
ids = {"SPDXRef-DOCUMENT"}
for package in document["packages"]:
    text(package, "name", "SPDXID", "downloadLocation", "licenseConcluded", "licenseDeclared", "copyrightText",
         "versionInfo")
    assert re.fullmatch(r"SPDXRef-[A-Za-z0-9.-]+", package["SPDXID"]), package["SPDXID"]
    assert package["SPDXID"] not in ids, "an id twice"
    ids.add(package["SPDXID"])
    assert package["filesAnalyzed"] is False and "packageVerificationCode" not in package
    assert re.match("(Person|Organization): .", package.get("supplier", "Person: x"))
    for licence in re.split(" AND | OR ", package["licenseDeclared"]):
        assert licence in ("NOASSERTION", "GPL-3.0-or-later", "BSD-2-Clause"), licence
    for reference in package.get("externalRefs", []):
        assert reference["referenceCategory"] == "PACKAGE-MANAGER" and reference["referenceType"] == "purl"
        assert re.fullmatch(r"pkg:deb/debian/[a-z0-9.+-]+@[A-Za-z0-9.%~-]+", reference["referenceLocator"]), reference
kinds = {"DESCRIBES", "CONTAINS", "DYNAMIC_LINK"}
for relation in document["relationships"]:
    assert relation["spdxElementId"] in ids and relation["relatedSpdxElement"] in ids, relation
    assert relation["relationshipType"] in kinds, relation

# It is this program, and each library's package is named and linked, with its version.
by_name = {package["name"]: package for package in document["packages"]}
ours = by_name["pasapas"]
assert ours["checksums"] == [{"algorithm": "SHA256",
                              "checksumValue": hashlib.sha256(open(sys.argv[3], "rb").read()).hexdigest()}]
linked = {r["relatedSpdxElement"] for r in document["relationships"]
          if r["relationshipType"] == "DYNAMIC_LINK" and r["spdxElementId"] == ours["SPDXID"]}
missing = [name for name in wanted if name not in by_name or by_name[name]["SPDXID"] not in linked]
assert not missing, "not named: %s" % missing
for name in wanted:
    version = subprocess.run(["dpkg-query", "-W", "-f", "${Version}\n", name], capture_output=True, text=True).stdout
    assert by_name[name]["versionInfo"] in version.split(), (name, version)
print(len(wanted), "packages of libraries")
END
exit $bad
