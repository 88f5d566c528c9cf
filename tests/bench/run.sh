#!/bin/bash
# run.sh [quick] [SECTION...] -- measures the program against the least that the same work can cost, and prints the ratios.
#
# Sections: csv, xml, memory, history, transport, delivered, pricing, reports, sftp.  Every figure is a median of several runs; program and floor are measured in
# turn, on the same machine, in the same folder, with the same files (made from a fixed seed).  The floors:
#   csv      libcsv alone over the file  +  the same rows as the store has after the run, written by a bare
#            prepared-statement loop in one transaction (same columns, keys, indexes and durability)
#   xml      xmllint --stream --schema over the file  +  the same writing
#   pricing  the same orders under ten promotions, which concern many of them
#   transport  events of parcels, ten of each, as ten files of one carrier: libcsv (or xmllint with the schema) over the files
#            +  writing what the store has more than before, as above
#   delivered  the same orders in a store with few orders that have arrived
#   reports  one scan of all lines that were priced, by sqlite3; against each report of one month of ten, alone in each form, and
#            all of them by one run
#   sftp     OpenSSH's own sftp, getting the same file from the same server
# `quick` takes smaller files and fewer runs.
set -euo pipefail
cd "$(dirname "$0")/../.."
top=$PWD
purser=$top/.build/purser
tools=$top/.build/tools
work=$(mktemp -d "${BENCH_FOLDER:-${TMPDIR:-/tmp}}/purser-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT

runs=5 bytes=50000000 memory=(10 100 1000) history=(10000 1000000) priced=100000 parcels=10000 arrived=(1000 30000) weeks=40 weekly=25000
if [ "${1:-}" = quick ]; then
    shift
    runs=3 bytes=10000000 memory=(10 100) history=(10000 100000) priced=20000 parcels=2000 arrived=(1000 5000) weeks=40 weekly=1000
fi
sections=("$@")
[ ${#sections[@]} -gt 0 ] || sections=(csv xml memory history transport delivered pricing reports sftp)

median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
size_of() { stat -c %s "$1"; }

home() { # a home folder of the sample company with its master data in force, copied from one made before
    if [ ! -d "$work/company" ]; then
        mkdir -p "$work/company/inbox/ledger" "$work/company/outbox"
        cp samples/purser.conf "$work/company/" && cp -r samples/partners.d "$work/company/"
        cp samples/master/*.csv "$work/company/inbox/ledger/"
        "$purser" run --home "$work/company" --as-of 2026-03-01T08:00:00+08:00 >/dev/null
        mkdir -p "$work/company/inbox/nordlicht"
    fi
    rm -rf "${work:?}/home" && cp -a "$work/company" "$work/home"
}

run() { # prints seconds and peak KiB of one `purser run` in $work/home
    "$tools/measure" "$purser" run --home "$work/home" --as-of "${1:-2026-03-02T09:00:00+08:00}"
}

orders() { # how many orders the store has
    sqlite3 -readonly "$work/home/.purser/purser.db" 'SELECT count(*) FROM orders'
}

# End to end against its floor, for one format.
end_to_end() { # FORMAT
    local format=$1 file=$work/orders.$1 turn total read_floor write_floor
    "$tools/generate" "$format" bytes "$bytes" >"$file"
    : >"$work/total" && : >"$work/read" && : >"$work/write"
    for turn in $(seq "$runs"); do
        home
        cp "$file" "$work/home/inbox/nordlicht/orders.$format"
        sync
        run | cut -d' ' -f1 >>"$work/total"
        if [ "$format" = csv ]; then
            "$tools/floor" read "$file" 2>/dev/null >>"$work/read"
        else
            "$tools/measure" xmllint --stream --noout --schema schemas/order.xsd "$file" 2>/dev/null | cut -d' ' -f1 >>"$work/read"
        fi
        rm -f "$work/copy.db"
        "$tools/floor" write "$work/home/.purser/purser.db" "$work/copy.db" 2>"$work/rows" >>"$work/write"
    done
    total=$(median <"$work/total") read_floor=$(median <"$work/read") write_floor=$(median <"$work/write")
    awk -v format="$format" -v mb="$(($(size_of "$file") / 1000000))" -v orders="$(orders)" -v total="$total" \
        -v read="$read_floor" -v write="$write_floor" 'BEGIN {
            floor = read + write
            printf "%s: %d MB, %d orders end to end in %.2f s; floor %.2f s (reading %.2f + writing %.2f); ratio %.2f\n",
                format, mb, orders, total, floor, read, write, total / floor }'
    sed 's/^floor: /     the floor wrote /' "$work/rows"
    rm -f "$file"
}

memory() {
    local size
    for size in "${memory[@]}"; do
        for format in csv xml; do
            home
            "$tools/generate" $format bytes $((size * 1000000)) >"$work/home/inbox/nordlicht/orders.$format"
            run | awk -v format=$format -v mb="$size" '{ printf "memory: %s of %d MB: peak %.1f MiB, %.1f s\n", format, mb, $2 / 1024, $1 }'
        done
    done
}

history() {
    local stored turn times=()
    for stored in "${history[@]}"; do
        home
        "$tools/generate" csv orders "$stored" >"$work/home/inbox/nordlicht/old.csv"
        run 2026-03-02T09:00:00+08:00 >/dev/null
        : >"$work/total"
        for turn in $(seq "$runs"); do
            "$tools/generate" csv orders 1000 $((stored + turn * 1000)) >"$work/home/inbox/nordlicht/new$turn.csv"
            sync
            run 2026-03-02T1"$turn":00:00+08:00 | cut -d' ' -f1 >>"$work/total"
        done
        times+=("$(median <"$work/total")")
        echo "history: 1000 new orders with $stored stored: ${times[-1]} s (store of $(($(size_of "$work/home/.purser/purser.db") / 1000000)) MB)"
    done
    echo "history: ratio $(ratio "${times[1]}" "${times[0]}")"
}

shipped() { # NUMBER -- a home folder with so many orders that have left, each as a parcel of the carrier "sf", from one made before
    local made=$work/shipped.$1
    if [ ! -d "$made" ]; then
        home
        mkdir -p "$work"/home/inbox/{harbour,sf}
        cat >"$work/home/partners.d/sf.conf" <<'END'
partner "sf" {
    roles = carrier
    mailbox "folder" {
        fetch = "inbox/sf"
        ready = name
    }
}
END
        printf '%s\n' carrier,code,state,label_en,label_zh,cause,is_final ,M,info-received,Label,已下单,,no \
            ,I,in-transit,"On its way",运输中,,no ,O,out-for-delivery,Out,派送中,,no ,D,delivered,Delivered,已签收,,yes \
            >"$work/home/inbox/ledger/carrier-codes.csv"
        # All of them are of one customer and one day, and nobody is to be asked for that.
        printf '%s\n' currency,above,same_day,step,approver EUR,2500.00,no,1,linwei >"$work/home/inbox/ledger/approval-matrix.csv"
        "$tools/generate" csv orders "$1" >"$work/home/inbox/nordlicht/orders.csv"
        run 2026-03-02T09:00:00+08:00 >/dev/null
        {
            echo shipment_number,partner,order_number,order_line,sku,quantity,shipped_at,carrier,tracking
            sqlite3 -readonly -csv "$work/home/.purser/purser.db" "SELECT 'H-' || o.id, o.partner, o.number, l.number, l.sku,
                l.quantity_micros / 1000000, '2026-03-02T10:00:00+08:00', 'sf', 'T' || o.id
                FROM orders o JOIN order_line l ON l.order_id = o.id ORDER BY o.id, l.ordinal"
        } | tr -d '\r' >"$work/home/inbox/harbour/shipped.csv"
        run 2026-03-02T12:00:00+08:00 >/dev/null
        mv "$work/home" "$made"
    fi
    rm -rf "${work:?}/home" && cp -a "$made" "$work/home"
}

events() { # csv|xml PARCELS TURN -- one event of each of so many parcels, the TURNth of ten
    awk -v format="$1" -v parcels="$2" -v turn="$3" 'BEGIN {
        split("M I I I I I I I O D", codes, " ")
        split("Hamburg Leipzig Berlin Hannover Bremen Rostock Kiel Kassel Halle Hof", places, " ")
        at = sprintf("2026-03-%02dT08:00:00+08:00", turn + 2)
        if (format == "csv") print "tracking,event_id,code,happened_at,place,country,text"
        else print "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<transportEvents xmlns=\"urn:purser:transport-event:1\">"
        for (parcel = 1; parcel <= parcels; parcel++)
            if (format == "csv")
                printf "T%d,e%d-%d,%s,%s,%s,DE,Arrived at the depot\n", parcel, parcel, turn, codes[turn], at, places[turn]
            else
                printf "  <event>\n    <trackingNumber>T%d</trackingNumber>\n    <eventId>e%d-%d</eventId>\n    <code>%s</code>\n" \
                    "    <happenedAt>%s</happenedAt>\n    <place>%s</place>\n    <country>DE</country>\n" \
                    "    <text>Arrived at the depot</text>\n  </event>\n", parcel, parcel, turn, codes[turn], at, places[turn]
        if (format == "xml") print "</transportEvents>" }'
}

transport() {
    local format turn part before after reading total told
    for format in csv xml; do
        mkdir -p "$work/events"
        for part in 01 02 03 04 05 06 07 08 09 10; do
            events $format "$parcels" $((10#$part)) >"$work/events/$part.$format"
        done
        : >"$work/total" && : >"$work/read" && : >"$work/before" && : >"$work/after"
        for turn in $(seq "$runs"); do
            shipped "$parcels"
            rm -f "$work/copy.db" && "$tools/floor" write "$work/home/.purser/purser.db" "$work/copy.db" 2>/dev/null >>"$work/before"
            cp "$work/events/"*."$format" "$work/home/inbox/sf/"
            sync
            run 2026-03-14T09:00:00+08:00 | cut -d' ' -f1 >>"$work/total"
            for part in "$work/events/"*."$format"; do
                if [ $format = csv ]; then
                    "$tools/floor" read "$part" 2>/dev/null
                else
                    "$tools/measure" xmllint --stream --noout --schema schemas/transport-event.xsd "$part" 2>/dev/null | cut -d' ' -f1
                fi
            done | awk '{ sum += $1 } END { print sum }' >>"$work/read"
            rm -f "$work/copy.db" && "$tools/floor" write "$work/home/.purser/purser.db" "$work/copy.db" 2>/dev/null >>"$work/after"
        done
        total=$(median <"$work/total") reading=$(median <"$work/read") before=$(median <"$work/before") after=$(median <"$work/after")
        told=$(sqlite3 -readonly "$work/home/.purser/purser.db" "SELECT (SELECT count(*) FROM transport_event) || ' events, ' ||
            (SELECT count(*) FROM orders WHERE fulfilment = 'delivered') || ' orders delivered'")
        awk -v format=$format -v told="$told" -v total="$total" -v read="$reading" -v write="$(awk -v a="$after" -v b="$before" \
            'BEGIN { print a - b }')" 'BEGIN {
                floor = read + write
                printf "transport: %s, %s in %.2f s; floor %.2f s (reading %.2f + writing %.2f); ratio %.2f\n",
                    format, told, total, floor, read, write, total / floor }'
        rm -rf "$work/events"
    done
}

delivered() { # the same small run over a store with few and with many orders that have arrived
    local stored turn times=()
    for stored in "${arrived[@]}"; do
        shipped "$stored"
        events csv "$stored" 10 >"$work/home/inbox/sf/arrived.csv"
        run 2026-03-14T09:00:00+08:00 >/dev/null
        : >"$work/total"
        for turn in $(seq "$runs"); do
            "$tools/generate" csv orders 100 $((stored + turn * 100)) >"$work/home/inbox/nordlicht/new$turn.csv"
            sync
            run 2026-03-15T1"$turn":00:00+08:00 | cut -d' ' -f1 >>"$work/total"
        done
        times+=("$(median <"$work/total")")
        echo "delivered: 100 new orders with $stored delivered: ${times[-1]} s ($(sqlite3 -readonly "$work/home/.purser/purser.db" \
            "SELECT count(*) FROM orders WHERE fulfilment = 'delivered'") are)"
    done
    echo "delivered: ratio $(ratio "${times[1]}" "${times[0]}")"
}

shop() { # PROMOTIONS -- a home folder of a company with many products, under so many promotions, from one made before
    local made=$work/shop.$1 table
    if [ ! -d "$made" ]; then
        mkdir -p "$made/inbox/ledger" "$made/inbox/nordlicht" "$made/outbox"
        cp samples/purser.conf "$made/" && cp -r samples/partners.d "$made/"
        for table in customers products prices coupons; do
            "$tools/shop" $table >"$made/inbox/ledger/$table.csv"
        done
        "$tools/shop" promotions "$1" >"$made/inbox/ledger/promotions.csv"
        "$purser" run --home "$made" --as-of 2026-03-01T08:00:00+08:00 >/dev/null
    fi
    rm -rf "${work:?}/home" && cp -a "$made" "$work/home"
}

# What a run takes for the same orders, in turn under each number of promotions, into $work/total.NUMBER; and the desk's
# part of it into $work/desk.NUMBER.  Three turns, for each takes minutes.
price() { # ORDERS_FILE PROMOTIONS...
    local file=$1 turn promotions
    shift
    rm -f "$work"/total.* "$work"/desk.*
    for turn in 1 2 3; do
        for promotions in "$@"; do
            shop "$promotions"
            cp "$file" "$work/home/inbox/nordlicht/orders.csv"
            sync
            run | cut -d' ' -f1 >>"$work/total.$promotions"
            shop "$promotions"
            cp "$file" "$work/home/inbox/nordlicht/orders.csv"
            "$purser" run --only fetch --home "$work/home" --as-of 2026-03-02T09:00:00+08:00 >/dev/null
            "$purser" run --only intake --home "$work/home" --as-of 2026-03-02T09:00:00+08:00 >/dev/null
            sync
            "$tools/measure" "$purser" run --only desk --home "$work/home" --as-of 2026-03-02T09:00:00+08:00 |
                cut -d' ' -f1 >>"$work/desk.$promotions"
            sqlite3 -readonly "$work/home/.purser/purser.db" "SELECT (SELECT count(*) FROM order_price) || ' priced, ' ||
                (SELECT count(*) FROM order_line_reduction) || ' reductions'" >"$work/counts.$promotions"
        done
    done
}

priced_under() { # WHAT PROMOTIONS FEWEST -- one line about what `price` measured
    local total desk
    total=$(median <"$work/total.$2") desk=$(median <"$work/desk.$2")
    printf 'pricing: %s under %d promotions: %.2f s, the desk alone %.2f s' "$1" "$2" "$total" "$desk"
    [ "$2" = "$3" ] || printf '; ratio %s, of the desk %s' "$(ratio "$total" "$(median <"$work/total.$3")")" \
        "$(ratio "$desk" "$(median <"$work/desk.$3")")"
    printf ' (%s)\n' "$(cat "$work/counts.$2")"
}

pricing() {
    local promotions lines
    "$tools/shop" orders "$priced" >"$work/shop.csv"
    price "$work/shop.csv" 10 1000 10000
    for promotions in 10 1000 10000; do
        priced_under "$priced orders" $promotions 10
    done
    for lines in 1000 10000; do
        "$tools/shop" orders 1 $lines >"$work/shop.csv"
        price "$work/shop.csv" 10 1000
        for promotions in 10 1000; do
            priced_under "one order of $lines lines" $promotions 10
        done
    done
}

left() { # NUMBER DAY -- the file of a warehouse that has sent the last orders, so many of them
    echo shipment_number,partner,order_number,order_line,sku,quantity,shipped_at,carrier,tracking
    sqlite3 -readonly -csv "$work/home/.purser/purser.db" "SELECT 'H-' || o.id, o.partner, o.number, l.number, l.sku,
        l.quantity_micros / 1000000, '$2T10:00:00+08:00', 'sf', 'T' || o.id
        FROM orders o JOIN order_line l ON l.order_id = o.id
        WHERE o.id > (SELECT max(id) FROM orders) - $1 ORDER BY o.id, l.ordinal" | tr -d '\r'
}

reports() { # of a month, in a store of many: each week's orders leave three days later
    local week day report form seconds peak floor
    shop 10
    mkdir -p "$work/home/inbox/harbour"
    sed -i '/^schedule /,/^}/d' "$work/home/purser.conf"
    for week in $(seq "$weeks"); do
        day=$(date -d "2026-01-02 + $((7 * week)) days" +%F)
        "$tools/shop" orders "$weekly" 5 $((week * weekly)) "$day" >"$work/home/inbox/nordlicht/week$week.csv"
        touch -d 2026-01-01 "$work/home/inbox/nordlicht/week$week.csv"
        run "${day}T20:00:00+08:00" >/dev/null
        day=$(date -d "$day + 3 days" +%F)
        left "$weekly" "$day" >"$work/home/inbox/harbour/week$week.csv"
        touch -d 2026-01-01 "$work/home/inbox/harbour/week$week.csv"
        run "${day}T20:00:00+08:00" >/dev/null
    done
    for _ in 1 2 3; do
        "$tools/measure" sqlite3 -readonly "$work/home/.purser/purser.db" 'SELECT sum(net_minor) FROM order_line_price' 2>/dev/null |
            tail -1 | cut -d' ' -f1
    done >"$work/total"
    floor=$(median <"$work/total")
    echo "reports: one scan of all lines of $(orders) orders: $floor s (store of $(($(size_of "$work/home/.purser/purser.db") / 1000000)) MB)"
    for report in sales customers efficiency finance partners approvals delays receivables; do
        printf 'schedule "monthly-%s" {\n    report = %s\n    every  = month\n    to     = ledger\n}\n' $report $report >>"$work/home/purser.conf"
        for form in html csv xlsx; do
            read -r seconds peak < <("$tools/measure" "$purser" report run "$report" --period 2026-09 --format $form --home "$work/home" \
                --output "$work/report" --as-of 2026-10-15T08:00:00+08:00)
            printf 'reports: %s as %s alone: %.2f s, ratio %s, peak %d MiB\n' "$report" $form "$seconds" "$(ratio "$seconds" "$floor")" $((peak / 1024))
        done
    done
    read -r seconds peak < <(run 2026-10-15T08:00:00+08:00)
    printf 'reports: the full set of a month, eight reports in three forms, by one run: %.2f s, ratio %s, peak %d MiB\n' \
        "$seconds" "$(ratio "$seconds" "$floor")" $((peak / 1024))
}

echo "purser against its floors: medians of $runs runs, $(nproc) cores, files in $(df --output=fstype "$work" | tail -1)"
for section in "${sections[@]}"; do
    case $section in
    csv | xml) end_to_end "$section" ;;
    memory) memory ;;
    history) history ;;
    transport) transport ;;
    delivered) delivered ;;
    pricing) pricing ;;
    reports) reports ;;
    sftp) [ ! -x tests/bench/sftp.sh ] || tests/bench/sftp.sh ;;
    *) echo "there is no section $section" && exit 2 ;;
    esac
done
