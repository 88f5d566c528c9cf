#!/bin/bash
# run.sh -- thirty days of a small company, file by file: customers order, change their minds and send back, the owner
# decides, warehouses and a plant send and make, a carrier delivers, customers pay.  Each of them knows nothing but the
# files that it gets.  At the end the books of all that went in and out must balance (books.awk).  Prints TAP lines.
#
# orders.csv is what customers order, with the day; the files *.awk are the others (see play.sh).  KEEP=1 leaves the home
# folder.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
scratch=/dev/shm
[ -w $scratch ] || scratch=${TMPDIR:-/tmp}
work=$(mktemp -d "$scratch/purser-story.XXXXXX")
[ -n "${KEEP:-}" ] || trap 'rm -rf "$work"' EXIT
seed='' eager='' orders=$PWD/tests/story/orders.csv
. tests/story/play.sh

# A part of the first fee that there is is waived, by whoever runs this.
waive() {
    local order
    "$PURSER" fee list --home "$home" --json >"$work/fees.json"
    order=$(sqlite3 :memory: "SELECT value->>'partner' || '/' || (value->>'order')
        FROM json_each(readfile('$work/fees.json'), '\$.data.fees') LIMIT 1")
    "$PURSER" fee waive "$order" --amount 0.50 --reason "a good customer" --home "$home" \
        --as-of "2026-06-${now:0:2}T19:00:00+02:00" >>"$work/log" 2>&1 || echo "the fee of $order was not waived" >>"$work/trouble"
}

begin
for day in $(seq -w 1 30); do
    orders "$day"
    run "${day}08"
    run "${day}12"
    run "${day}18"
    [ "$day" != 25 ] || waive
    [ "$day" != 19 ] || { now=1919 warehouse=north; agent count "$world/stopped" "$world/ledger"; run 1920; }
done
"$PURSER" order list --home "$home" --limit 1000 --json >"$work/orders.json" 2>>"$work/trouble"
[ -n "${KEEP:-}" ] && echo "# $work"
is "- all runs of the thirty days ended well" test ! -s "$work/trouble"
is "- nothing that was sent was refused" nothing_refused
is "- ordered is left, open and cancelled, and invoiced is what left at its price" books
is "- stock in is out and on hand" stock
is "- every file is answered, and the store is sound" "$PURSER" verify --home "$home"
exit $failed
