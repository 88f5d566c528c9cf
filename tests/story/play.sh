# play.sh -- what a story is played with; run.sh and sequences.sh read it.
# shellcheck shell=bash disable=SC2154,SC2034
#
# A company and all who deal with it: each of them is an awk file beside this one and knows nothing but the files that it
# gets.  What they send is queued, and arrives before the run at or after its own moment.  The moment of a run is DDHH of
# June 2026.  What has arrived lies in $world/in, so that it can be played again.
#
# Whoever reads this has set $work (an empty folder), $seed (a number: others meet other things; "" is the story as it is
# told), $eager (1: customers change their minds all the time) and $orders (what they order, see orders.csv).
top=$PWD
story=$top/tests/story
PURSER=${PURSER:-$top/.build/purser}
[ "${PURSER#/}" != "$PURSER" ] || PURSER=$top/$PURSER
home=$work/home
world=$work/world
everybody=(atelier bistro clinic dock north south works swift books chief)

header() { # KIND
    case $1 in
    decision) echo partner,order_number,version,decision,reason,shown ;;
    shipment) echo shipment_number,partner,order_number,order_line,sku,quantity,shipped_at,carrier,tracking ;;
    transport-event) echo tracking,code,happened_at,place,country,signed_by ;;
    payment) echo payment_number,kind,partner,order_number,invoice_number,amount,currency,paid_on,payer,reference ;;
    stock-*) echo extent,sku,quantity,as_of,kind,number,reference,expected_on,reason ;;
    production-status) echo production_number,status,quantity_done,expected_on,cause,at ;;
    release-status) echo partner,order_number,release,status,at,ship_on ;;
    stop-status) echo stop_number,status,at,line_number,quantity,cost,currency,reason ;;
    order-change) echo change_number,order_number,requested_to,delivery_note,action,line_number,sku,quantity,unit ;;
    order-cancellation) echo cancellation_number,order_number,reason,line_number,quantity ;;
    return-request) echo return_number,order_number,line_number,quantity,reason,wish ;;
    return-receipt) echo receipt_number,authorisation,received_at,order_line,sku,quantity,condition ;;
    esac
}

arrives() { # PARTNER NAME -- standard input becomes a file in the partner's mailbox, at once
    cat >"$home/inbox/$1/.$2" && mv "$home/inbox/$1/.$2" "$home/inbox/$1/$2"
}

# What was queued until DDHH arrives, each partner's in one file of a kind.
bring() { # DDHH
    local partner kind
    awk -F'\t' -v now="$1" -v late="$work/later" -f "$story/arrive.awk" "$world/stopped" "$world/queue" |
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
        awk -F, -v day="$((10#$1))" -v partner="$partner" -f "$story/orders.awk" "$orders" >"$work/order.csv"
        [ ! -s "$work/order.csv" ] ||
            tee "$world/in/${1}08-$partner-order.csv" <"$work/order.csv" | arrives "$partner" "${1}08-order.csv"
    done
}

agent() { # NAME FILE... -- reads what the company wrote
    awk -v now="$now" -v world="$world" -v warehouse="${warehouse:-}" -v seed="$seed" -v eager="$eager" \
        -f "$story/world.awk" -f "$story/$1.awk" "${@:2}"
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
    mapfile -t files < <(grep /stop-notice- "$work/new")
    [ ${#files[@]} -eq 0 ] || agent stop "${files[@]}"
    mapfile -t files < <(grep /chief/approval-request- "$work/new")
    [ ${#files[@]} -eq 0 ] || agent owner "${files[@]}"
    mapfile -t files < <(grep -E '/books/invoice-|/dock/order-status-' "$work/new")
    [ ${#files[@]} -eq 0 ] || agent finance "${files[@]}"
    mapfile -t files < <(grep -E '/(order-response|order-status|return-authorisation)-' "$work/new")
    [ ${#files[@]} -eq 0 ] || agent customer "${files[@]}"
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
    for file in minds lines ledger queue seen asked stopped; do : >"$world/$file"; done
    : >"$work/trouble"
    for partner in "${everybody[@]}"; do mkdir -p "$home/inbox/$partner"; done
    for file in "$story"/master/*.csv; do
        sed "s/WHOEVER-RUNS-THIS/$(id -un)/" "$file" | arrives books "$(basename "$file")"
    done
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

# Who changes his mind may be too late, or ask twice; all else that is sent is taken.
nothing_refused() {
    ! grep -rE '^(finding,.*,(error|fatal),|file,[^,]*,[^,]*,[^,]*,[^,]*,(refused|partly))' "$home/outbox" --include='acknowledgement-*.csv' |
        grep -vE ',(CANCEL-[A-Z-]+|CHANGE-[A-Z-]+|RETURN-[A-Z-]+),|,[0-9]{4}-(order-c|return-request)[a-z-]*.csv,' | grep .
}

books() {
    local written
    shopt -s nullglob
    written=("$home"/outbox/*/order-response-*.csv "$home"/outbox/*/order-status-*.csv "$world"/in/*-shipment.csv
        "$home"/outbox/*/cancellation-statement-*.csv
        "$home"/outbox/books/invoice-*.csv "$world"/in/*-payment.csv
        "$home"/outbox/*/return-authorisation-*.csv "$world"/in/*-return-receipt.csv)
    shopt -u nullglob
    awk -v seed="$seed" -f "$story/world.awk" -f "$story/books.awk" "$orders" "${written[@]}" | tee "$work/sums"
    [ "${PIPESTATUS[0]}" -eq 0 ]
}

# What the company says that it has is what the warehouses' own ledgers say.
stock() {
    "$PURSER" stock list --home "$home" --json --limit 1000 --as-of "2026-06-${now:0:2}T19:00:00+02:00" >"$work/stock.json"
    sqlite3 -separator $'\t' :memory: "SELECT value->>'warehouse', value->>'sku', value->>'on_hand'
        FROM json_each(readfile('$work/stock.json'), '\$.data.items')" | sort >"$work/company"
    awk -F'\t' -v today="${now:0:2}" 'FILENAME ~ /stopped$/ { stopped[$1] = $2; next }
        $1 <= today + 0 && !($5 in stopped && $1 * 100 + 15 > stopped[$5] + 0) { has[$2 "\t" $3] += $4 }
        END { for (key in has) printf "%s\t%s\n", key, has[key] }' "$world/stopped" "$world/ledger" | sort >"$work/warehouses"
    [ -s "$work/company" ] && diff "$work/warehouses" "$work/company"
}
