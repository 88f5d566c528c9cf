#!/bin/bash
# xlsx.sh FILE -- a workbook as text: each sheet with its name, each row on a line, cells between tabs; of a formula the
# text and the value that it brings along.  So workbooks can be compared and read.
set -euo pipefail
part() { sqlite3 :memory: "SELECT CAST(data AS TEXT) FROM zipfile('$1') WHERE name = '$2'"; }
file=$1
part "$file" xl/workbook.xml | grep -o '<sheet name="[^"]*"' | sed 's/<sheet name="//; s/"$//' >"${TMPDIR:-/tmp}/xlsx.$$"
trap 'rm -f "${TMPDIR:-/tmp}/xlsx.$$"' EXIT
number=0
while IFS= read -r name; do
    number=$((number + 1))
    printf '%s== %s\n' "$([ $number -eq 1 ] || echo $'\n')" "$name"
    { part "$file" xl/sharedStrings.xml | sed 's/<si>/\n<si>/g' | grep '^<si>' | sed 's/<[^>]*>//g; s/^/S/'
      part "$file" "xl/worksheets/sheet$number.xml" | sed 's/<row /\n<row /g; s/<c /\n<c /g; s/<\/sheetData>.*//' | grep -E '^<(row|c) '
    } | awk '
        /^S/ { strings[count++] = substr($0, 2); next }
        /^<row / { if (line != "") print line; line = ""; next }
        {
            value = $0; formula = ""
            if (match(value, /<f>[^<]*<\/f>/)) formula = "=" substr(value, RSTART + 3, RLENGTH - 7) " -> "
            is_text = value ~ /t="s"/
            if (!match(value, /<v>[^<]*<\/v>/)) next
            value = substr(value, RSTART + 3, RLENGTH - 7)
            line = line (line == "" ? "" : "\t") formula (is_text ? strings[value] : value)
        }
        END { if (line != "") print line }' | sed 's/&amp;/\&/g; s/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g'
done <"${TMPDIR:-/tmp}/xlsx.$$"
