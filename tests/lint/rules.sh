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
find src -name '*.sql' | sort | xargs awk '
    FNR == NR { run[$1] = 1; next }
    /^-- name: / && !(("SQL_" $3) in run) { print FILENAME ":" FNR ": the statement " $3 " is never run" }
' "$work/statements" >>"$breaches"

# Each message is said somewhere, as M_ID, "ID" or (in SQL) 'ID', or has a fixture that triggers it; of WORD-X, the word "x" is one of
# ours; those of DIFFERENCE-X are names of fields (order_difference.c makes them).
find src \( -name '*.[ch]' -o -name '*.sql' \) -exec cat {} + |
    grep -oE "\\bM_[A-Z0-9_]+|\"[A-Z][A-Z0-9-]+\"|'[A-Z][A-Z0-9-]+'" | tr -d "\"'" |
    sed 's/^M_//; s/_/-/g' | sort -u >"$work/said"
find tests -name '[A-Z]*.*' | sed 's|.*/||; s/\..*//' | sort -u >>"$work/said"
find src schemas/store -type f -exec cat {} + | grep -oE "[\"'][a-z0-9-]+[\"']" | tr -d "\"'" | tr '[:lower:]' '[:upper:]' |
    sort -u | sed 's/^/WORD-/' >>"$work/said"
awk -F, '
    FNR == NR { said[$1] = 1; next }
    FNR > 1 && $1 != "" && !($1 in said) && $1 !~ /^DIFFERENCE-/ { print FILENAME ":" FNR ": the message " $1 " is never said" }
' "$work/said" schemas/messages/*.csv >>"$breaches"

# The tour names every file of src; the header beside a .c needs no line of its own.
if [ -f src/README.md ]; then
    find src -type f ! -name README.md | sort >"$work/files"
    awk '
        FNR == NR { n = split($0, words, /[^A-Za-z0-9_]+/); for (i = 1; i <= n; i++) told[words[i]] = 1; next }
        { stem = $0; sub(/.*\//, "", stem); sub(/\.[^.]*$/, "", stem) }
        !(stem in told) { print $0 ":1: is not in the tour, src/README.md" }
    ' src/README.md "$work/files" >>"$breaches"
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
