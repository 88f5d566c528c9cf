#!/bin/sh
# rules.sh -- the rules of this house that no compiler checks.  Prints "file:line: rule", one line per breach; exit 1
# when there is one.  It needs nothing but a shell, awk, grep and find.
#
# Rules of one file are in rules.awk.  Here are those of the whole: what is written must be used and told of.
set -u
LC_ALL=C
export LC_ALL
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
breaches=$work/breaches

sources=$(find src tests -name '*.[ch]' | sort)
# shellcheck disable=SC2086
awk -f tests/lint/rules.awk $sources >"$breaches"

# Each SQL statement is run somewhere.
find src -name '*.c' -exec cat {} + | grep -oE '\bSQL_[A-Za-z0-9_]+' | sort -u >"$work/statements"
find src -name '*.sql' | sort | while read -r file; do
    awk '/^-- name: / { print FILENAME ":" FNR ": " $3 }' "$file"
done | while read -r where name; do
    grep -qx "SQL_$name" "$work/statements" || echo "$where the statement $name is never run"
done >>"$breaches"

# Each message is said somewhere, as M_ID or "ID", or has a fixture that triggers it; of WORD-X, the word "x" is one of ours.
find src -name '*.[ch]' -exec cat {} + | grep -oE '\bM_[A-Z0-9_]+|"[A-Z][A-Z0-9-]+"' | tr -d '"' |
    sed 's/^M_//; s/-/_/g' | sort -u >"$work/messages"
for file in schemas/messages/*.csv; do
    awk -F, 'FNR > 1 && $1 != "" { print FILENAME ":" FNR ": " $1 }' "$file"
done | while read -r where id; do
    word=$(echo "${id#WORD-}" | tr '[:upper:]' '[:lower:]')
    [ "WORD-${id#WORD-}" != "$id" ] || ! grep -rqE "[\"']${word}[\"']" src schemas/store || continue
    grep -qx "$(echo "$id" | tr - _)" "$work/messages" || [ -n "$(find tests -name "$id.*" | head -n 1)" ] ||
        echo "$where the message $id is never said"
done >>"$breaches"

# The tour names every file of src; the header beside a .c needs no line of its own.
if [ -f src/README.md ]; then
    find src -type f ! -name README.md | sort | while read -r file; do
        stem=$(basename "${file%.*}")
        grep -qE "(^|[^A-Za-z0-9_])$stem([^A-Za-z0-9_]|\$)" src/README.md ||
            echo "$file:1: is not in the tour, src/README.md"
    done >>"$breaches"
else
    echo "src/README.md:1: is missing" >>"$breaches"
fi

# What git holds: the top level is known by heart, and the mailboxes are empty.
if git rev-parse --git-dir >/dev/null 2>&1; then
    git ls-files | cut -d/ -f1 | sort -u | while read -r name; do
        case $name in
        .* | Makefile | README.md | LICENSE | src | schemas | inbox | outbox | tests | samples) ;;
        *) echo "$name:1: does not belong at the top" ;;
        esac
    done >>"$breaches"
    git ls-files inbox outbox | grep -v '/\.gitkeep$' | sed 's/$/:1: mailboxes are empty in git/' >>"$breaches"
fi
for name in Makefile README.md LICENSE src schemas inbox outbox tests samples; do
    [ -e "$name" ] || echo "$name:1: is missing at the top" >>"$breaches"
done

cat "$breaches"
[ ! -s "$breaches" ]
