#!/bin/bash
# run.sh -- thirty days of a small company, file by file: customers order, the owner decides, warehouses and a plant send
# and make, a carrier delivers, customers pay.  Each of them knows nothing but the files that it gets.  At the end the
# books of all that went in and out must balance (books.awk).  Prints TAP lines.
#
# orders.csv is what customers order, with the day; the files *.awk are the others.  KEEP=1 leaves the home folder.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
top=$PWD
story=$top/tests/story
PURSER=${PURSER:-$top/.build/purser}
[ "${PURSER#/}" != "$PURSER" ] || PURSER=$top/$PURSER
scratch=/dev/shm
[ -w $scratch ] || scratch=${TMPDIR:-/tmp}
work=$(mktemp -d "$scratch/purser-story.XXXXXX")
[ -n "${KEEP:-}" ] || trap 'rm -rf "$work"' EXIT
home=$work/home
world=$work/world

header() { # KIND
    case $1 in
    decision) echo partner,order_number,version,decision,reason,shown ;;
    shipment) echo shipment_number,partner,order_number,order_line,sku,quantity,shipped_at,carrier,tracking ;;
    transport-event) echo tracking,code,happened_at,place,country,signed_by ;;
    payment) echo payment_number,kind,partner,order_number,invoice_number,amount,currency,paid_on,payer,reference ;;
    stock-*) echo extent,sku,quantity,as_of,kind,number,reference,expected_on,reason ;;
    production-status) echo production_number,status,quantity_done,expected_on,cause,at ;;
    release-status) echo partner,order_number,release,status,at,ship_on ;;
    esac
}

arrives() { # PARTNER NAME -- standard input becomes a file in the partner's mailbox, at once
    cat >"$home/inbox/$1/.$2" && mv "$home/inbox/$1/.$2" "$home/inbox/$1/$2"
}

# What was queued until DDHH arrives, each partner's in one file of a kind.
bring() { # DDHH
    local partner kind
    awk -F'\t' -v now="$1" -v late="$work/later" '{ if ($1 <= now) print; else print > late }' "$world/queue" |
        sort -s -k2,3 >"$work/due"
    [ -e "$work/later" ] && mv "$work/later" "$world/queue" || : >"$world/queue"
    cut -f2,3 "$work/due" | sort -u | while read -r partner kind; do
        { header "$kind" && awk -F'\t' -v p="$partner" -v k="$kind" '$2 == p && $3 == k { print $4 }' "$work/due"; } |
            tee "$world/in/$1-$partner-$kind.csv" | arrives "$partner" "$1-$kind.csv"
    done
}

orders() { # DD -- what customers order on this day, one file of each
    local partner
    for partner in atelier bistro clinic dock; do
        awk -F, -v day="$((10#$1))" -v partner="$partner" -f "$story/orders.awk" "$story/orders.csv" >"$work/order.csv"
        [ ! -s "$work/order.csv" ] || tee "$world/in/${1}08-$partner-order.csv" <"$work/order.csv" | arrives "$partner" "$1-order.csv"
    done
}

agent() { # NAME FILE... -- reads what the company wrote
    awk -v now="$now" -v world="$world" -v warehouse="${warehouse:-}" -f "$story/world.awk" -f "$story/$1.awk" "${@:2}"
}

# Everybody reads the files that are new.
react() {
    local files file
    find "$home/outbox" -type f -name '*.csv' | LC_ALL=C sort | LC_ALL=C comm -23 - "$world/seen" >"$work/new"
    LC_ALL=C sort -o "$world/seen" "$world/seen" "$work/new"
    for warehouse in north south; do
        mapfile -t files < <(grep "/$warehouse/release-" "$work/new")
        [ ${#files[@]} -eq 0 ] || agent warehouse "${files[@]}"
    done
    mapfile -t files < <(grep /works/production-request- "$work/new")
    [ ${#files[@]} -eq 0 ] || agent plant "${files[@]}"
    mapfile -t files < <(grep /chief/approval-request- "$work/new")
    [ ${#files[@]} -eq 0 ] || agent owner "${files[@]}"
    mapfile -t files < <(grep -E '/books/invoice-|/dock/order-status-' "$work/new")
    [ ${#files[@]} -eq 0 ] || agent finance "${files[@]}"
}

run() { # DDHH
    now=$1
    bring "$now"
    "$PURSER" run --home "$home" --as-of "2026-06-${now:0:2}T${now:2:2}:00:00+02:00" >>"$work/log" 2>&1 ||
        echo "run at $now ended with $?" >>"$work/trouble"
    react
}

begin() {
    mkdir -p "$home" "$world/in"
    cp -r "$story/home/." "$home"
    : >"$world/ledger" && : >"$world/queue" && : >"$world/seen" && : >"$world/asked" && : >"$work/trouble"
    for partner in atelier bistro clinic dock north south works swift books chief; do mkdir -p "$home/inbox/$partner"; done
    for file in "$story"/master/*.csv; do arrives books "$(basename "$file")" <"$file"; done
    now=0107 agent stock "$story/stock.csv"
    run 0107
}

failed=0
is() { # SENTENCE COMMAND...
    local sentence=$1
    shift
    if "$@" >"$work/is" 2>&1; then
        echo "ok $sentence"
    else
        failed=1
        echo "not ok $sentence"
        head -n 30 "$work/is" | sed 's/^/# /'
    fi
}

nothing_refused() {
    ! grep -rlE '^(finding,.*,(error|fatal),|file,[^,]*,[^,]*,[^,]*,[^,]*,(refused|partly))' "$home/outbox" --include='acknowledgement-*.csv'
}

books() {
    awk -f "$story/world.awk" -f "$story/books.awk" "$story/orders.csv" "$home"/outbox/*/order-response-*.csv \
        "$home"/outbox/*/order-status-*.csv \
        "$world"/in/*-shipment.csv "$home"/outbox/books/invoice-*.csv "$world"/in/*-payment.csv | tee "$work/sums"
    [ "${PIPESTATUS[0]}" -eq 0 ]
}

# What the company says that it has is what the warehouses' own ledgers say.
stock() {
    "$PURSER" stock list --home "$home" --json --limit 1000 --as-of 2026-06-30T19:00:00+02:00 >"$work/stock.json"
    sqlite3 -separator $'\t' :memory: "SELECT value->>'warehouse', value->>'sku', value->>'on_hand'
        FROM json_each(readfile('$work/stock.json'), '\$.data.items')" | sort >"$work/company"
    awk -F'\t' '$1 <= 30 { has[$2 "\t" $3] += $4 } END { for (key in has) printf "%s\t%s\n", key, has[key] }' \
        "$world/ledger" | sort >"$work/warehouses"
    [ -s "$work/company" ] && diff "$work/warehouses" "$work/company"
}

begin
for day in $(seq -w 1 30); do
    orders "$day"
    run "${day}08"
    run "${day}12"
    run "${day}18"
    [ "$day" != 19 ] || { now=1919 warehouse=north; agent count "$world/ledger"; run 1920; }
done
"$PURSER" order list --home "$home" --limit 1000 --json >"$work/orders.json" 2>>"$work/trouble"
[ -n "${KEEP:-}" ] && echo "# $work"
is "- all runs of the thirty days ended well" test ! -s "$work/trouble"
is "- nothing that was sent was refused" nothing_refused
is "- ordered is left, open and cancelled, and invoiced is what left at its price" books
is "- stock in is out and on hand" stock
is "- every file is answered, and the store is sound" "$PURSER" verify --home "$home"
exit $failed
