#!/usr/bin/env bats
# Each command: its exit status, what it says on stdout, and that stderr is silent when all is well.
load helper

@test "without a command, usage is explained and the status is 2" {
    apart "$purser"
    [ "$status" -eq 2 ]
    [ -z "$out" ]
    [[ $err == *"purser help"* ]]
}

@test "an unknown command names the nearest one" {
    apart "$purser" statsu
    [ "$status" -eq 2 ]
    [[ $err == *'did you mean "status"'* ]]
}

@test "an unknown option names the nearest one, and names are not abbreviated" {
    apart "$purser" status --jsn
    [ "$status" -eq 2 ]
    [[ $err == *"did you mean --json"* ]]
    apart "$purser" status --verb
    [ "$status" -eq 2 ]
    [[ $err == *"--verb"* ]]
}

@test "an option of another command is refused" {
    apart "$purser" status --dry-run
    [ "$status" -eq 2 ]
    [[ $err == *"takes no option --dry-run"* ]]
}

@test "help, version and exit codes come from tables" {
    apart "$purser" help
    [ "$status" -eq 0 ]
    [[ $out == *"price explain"* ]]
    [ -z "$err" ]
    apart "$purser" help exit-codes
    [ "$status" -eq 0 ]
    [[ $out == *"128+N"* ]]
    apart "$purser" help FILE-EMPTY
    [ "$status" -eq 0 ]
    [[ $out == *"FILE-EMPTY"* ]]
    apart "$purser" order list --help
    [ "$status" -eq 0 ]
    [[ $out == *"--graph"* ]]
    apart "$purser" --version
    [ "$status" -eq 0 ]
    [[ $out == "purser "* ]]
    apart "$purser" help nothing-of-the-kind
    [ "$status" -eq 7 ]
}

@test "completion is bash that bash accepts" {
    "$purser" completion bash | bash -n
}

@test "init makes a home that works, once" {
    apart "$purser" init new
    [ "$status" -eq 0 ]
    [ -z "$err" ]
    apart "$purser" --home new config check
    [ "$status" -eq 0 ]
    [ -z "$err" ]
    apart "$purser" --home new run
    [ "$status" -eq 0 ]
    [ -z "$out$err" ]
    apart "$purser" init new
    [ "$status" -eq 9 ]
}

@test "status of an empty home is friendly" {
    apart "$purser" status
    [ "$status" -eq 0 ]
    [[ $out == *"purser run"* ]]
    [ -z "$err" ]
}

@test "a home that is not there, and one without configuration" {
    apart "$purser" status --home /nowhere/at/all
    [ "$status" -eq 7 ]
    mkdir empty
    apart "$purser" status --home empty
    [ "$status" -eq 4 ]
    [[ $err == *"purser init"* ]]
}

@test "config check tells file and line, and exits 4" {
    apart "$purser" config check
    [ "$status" -eq 0 ]
    [ -z "$err" ]
    printf 'partner "extra" { roles = customer\n  formt = csv }\n' >partners.d/extra.conf
    apart "$purser" config check
    [ "$status" -eq 4 ]
    [[ $err == *"partners.d/extra.conf:2"*"did you mean"*"format"* ]]
}

@test "config show tells where each value comes from" {
    apart "$purser" config show currency
    [ "$status" -eq 0 ]
    [[ $out == *"company.currency"*"CNY"*"purser.conf:"* ]]
    apart "$purser" config show no-such-key
    [ "$status" -eq 7 ]
}

@test "every list of an empty home is an empty list" {
    for command in "order list" "file list" "approval list" "report list"; do
        apart "$purser" $command
        [ "$status" -eq 0 ]
        [ -n "$out" ]
        [ -z "$err" ]
    done
}

@test "what is not there is status 7" {
    for command in "order show x/1" "order trace x/1" "order track x/1" "order explain x/1" "price explain x/1" "approval show x/1" "file show x/1" \
        "partner show nobody"; do
        apart "$purser" $command
        [ "$status" -eq 7 ]
        [ -z "$out" ]
    done
}

@test "--json is one JSON object for every command" {
    master
    for command in status "order list" "file list" "approval list" "report list" "partner list" "config show" "config check" \
        "partner show bluebird" doctor verify version "run --dry-run" run "file show ledger/prices.csv"; do
        apart "$purser" $command --json
        is_json "$out" || { echo "$command: $out"; return 1; }
    done
}

@test "with --json a fault is JSON on stderr" {
    apart "$purser" order show nobody/1 --json
    [ "$status" -eq 7 ]
    [ -z "$out" ]
    is_json "$err"
    [[ $err == *'"exit_code":7'* ]]
}

@test "--lang zh speaks Chinese" {
    apart "$purser" order list --lang zh
    [ "$status" -eq 0 ]
    [[ $out == *"没有"* ]]
}

@test "the life cycle is a graph" {
    apart "$purser" order list --graph
    [ "$status" -eq 0 ]
    [[ $out == "digraph order {"*"released"*"}" ]]
}

@test "check finds, and exits 3" {
    apart "$purser" check "$top/samples/wrong/nordlicht-several-mistakes.xml"
    [ "$status" -eq 3 ]
    [ -z "$err" ]
    apart "$purser" check --format json "$top/samples/wrong/nordlicht-several-mistakes.xml"
    [ "$status" -eq 3 ]
    is_json "$out"
}

@test "check tells of each file and forgets it, however many there are" {
    {
        echo order_number,currency,ship_to_name,ship_to_country,ship_to_city,ship_to_street,line_number,sku,quantity,unit
        for number in {1..1000}; do echo "A-$number,EUR,Teehaus,DE,Berlin,Allee 1,1,TEA-1,two,C62"; done
    } >mistakes.csv
    names=()
    for number in {1..30}; do ln mistakes.csv "m$number.csv" && names+=("m$number.csv"); done
    for form in text json csv html; do
        # Each file takes some 9 MiB while it is told of, and none after that.
        apart bash -c 'ulimit -v 196608 && exec "$@"' - "$purser" check --format "$form" "${names[@]}"
        [ "$status" -eq 3 ]
        [ -z "$err" ]
        grep -q FLD-NUMBER out
        grep -q m30.csv out
    done
    apart "$purser" check --format json mistakes.csv missing.csv
    [ "$status" -eq 7 ]
    [ -z "$out" ]
    [[ $err == *missing.csv* ]]
}

@test "with --json also usage errors, help, completion and the graph are JSON" {
    for arguments in "status --jsn" "statsu" "status --dry-run" "order show" "run --only nothing" "run --as-of x" ""; do
        apart "$purser" $arguments --json
        [ "$status" -eq 2 ]
        [ -z "$out" ]
        is_json "$err"
        [[ $err == *'"exit_code":2'* ]]
    done
    for arguments in help "help order" "help exit-codes" "completion bash" "order list --graph" "order list --help"; do
        apart "$purser" $arguments --json
        [ "$status" -eq 0 ]
        [ -z "$err" ]
        is_json "$out"
        [[ $out == *'"text":"'* ]]
    done
}

@test "configuration files may begin with a byte order mark, as Notepad writes them" {
    for file in purser.conf partners.d/bluebird.conf; do
        { printf '\xEF\xBB\xBF' && cat "$file"; } >marked && mv marked "$file"
    done
    apart "$purser" config check
    [ "$status" -eq 0 ]
    [ -z "$err" ]
}

@test "config show knows the mailbox of a partner that names none" {
    printf 'partner "plain" { name = "Plain"\n roles = customer }\n' >partners.d/plain.conf
    apart "$purser" config show partner.plain.mailbox
    [ "$status" -eq 0 ]
    [[ $out == *"partner.plain.mailbox.inbox.fetch"*"inbox/plain"*"default"* ]]
}

@test "order show tells all that the partner sent" {
    master
    cp "$top"/samples/orders/bluebird-2026-03-02.csv inbox/bluebird/
    cp "$top"/samples/orders/nordlicht-2026-03-02.xml inbox/nordlicht/
    "$purser" run --as-of $as_of
    apart "$purser" order show bluebird/BB-4471
    [ "$status" -eq 0 ]
    [[ $out == *"OPTIONS: packing = tin"*"PRICE EXPECTED: 32.4567"* ]]
    [[ $out == *$'TEXT: Dock 3, ring the bell.\n            Closed 12 to 1.'* ]]
    apart "$purser" order show nordlicht/NL-2026-0117
    [[ $out == *"WANTED FROM  2026-03-16"*"WANTED TO    2026-03-20"*"CONTACT: Anke Petersen"*"STREET (2): Hinterhaus"* ]]
}

@test "a store that is gone or empty while its files are there is refused" {
    master
    cp .purser/purser.db good.db
    for loss in "rm .purser/purser.db" "truncate -s 0 .purser/purser.db"; do
        $loss
        for command in status "order list" run "run --dry-run" verify "file list" "report list"; do
            apart "$purser" $command
            [ "$status" -eq 10 ]
            [[ $err == *".purser/archive holds"*"good copy"* ]]
        done
        apart "$purser" doctor
        [ "$status" -eq 3 ]
        [[ $out == *".purser/archive holds"* ]]
    done
    cp good.db .purser/purser.db
    apart "$purser" verify
    [ "$status" -eq 0 ]
}

@test "a store that cannot be opened is told with its path and the reason" {
    mkdir -p .purser/purser.db
    apart "$purser" status
    [ "$status" -eq 1 ]
    [[ $err == *".purser/purser.db: "* ]]
    [ "$(id -u)" -ne 0 ] || return 0
    rm -r .purser/purser.db && touch .purser/purser.db && chmod 000 .purser
    apart "$purser" status
    chmod 700 .purser
    [ "$status" -eq 1 ]
    [[ $err == *"Permission denied"* ]]
}

@test "verify finds files that the store does not know, and leaves them" {
    master
    apart "$purser" verify
    [ "$status" -eq 0 ]
    for file in outbox/other .purser/archive/ledger/other .purser/spool/other; do
        touch "$file"
        apart "$purser" verify
        [ "$status" -eq 10 ]
        [[ $out == *"${file#.purser/}"*VERIFY-FILE-STRAY* ]]
        rm "$file"
    done
}

@test "a reason that cannot stand in a document is refused" {
    master
    iconv -f GB18030 -t UTF-8 "$top"/samples/orders/qinghe-2026-03-02.csv >inbox/qinghe/o.csv
    "$purser" run --as-of "$as_of"
    for reason in $'bad \xff' $'two\nlines' "$(printf 'x%.0s' {1..1001})"; do
        apart "$purser" approval reject qinghe/QH20260302-02 --reason "$reason"
        [ "$status" -eq 2 ]
        [[ $err == *"UTF-8"* ]]
    done
    "$purser" approval reject qinghe/QH20260302-02 --reason 售完
}

@test "what a partner wrote is no formula in the sheets that people open" {
    master
    sed 's/QH20260302-02/=HYPERLINK(1)/' <(iconv -f GB18030 -t UTF-8 "$top"/samples/orders/qinghe-2026-03-02.csv) >inbox/qinghe/o.csv
    "$purser" run --as-of "$as_of"
    grep -q "'=HYPERLINK" outbox/linwei/*.csv
    ! grep -rE '(^|,)"?=HYPERLINK' outbox --include='*.csv'
}

@test "price quote prices without an order, and leaves the store as it was" {
    apart "$purser" price quote --customer NORD --sku GW-150 --qty 24
    [ "$status" -eq 7 ] # before the first run there are no prices
    master
    before=$(sha256sum .purser/purser.db)
    apart "$purser" price quote --customer NORD --sku GW-150 --qty 24 --unit C62 --option colour=white --sku LJ-100 \
        --qty 2.5 --coupon SPRING --currency EUR --date 2026-03-05
    [ "$status" -eq 0 ]
    [ -z "$err" ]
    [[ $out == *"Line 2: LJ-100, 2.5 C62 x"* ]]
    apart "$purser" price quote --customer NORD --sku GW-150 --qty 24 --json
    net=$(grep -o '"net":"[^"]*","tax":"[^"]*","gross":"[^"]*"' <<<"$out" | tail -1)
    apart "$purser" price quote --customer NORD --sku GW-150 --qty 24 --freight 12.50 --json
    [ "$status" -eq 0 ]
    is_json "$out"
    [[ $out == *'"freight":"12.50"'* ]]
    [ "$net" != "$(grep -o '"net":"[^"]*","tax":"[^"]*","gross":"[^"]*"' <<<"$out" | tail -1)" ]
    apart "$purser" price quote --customer NORD --sku GW-150 --qty 24 --freight 12.50
    [[ $out == *"FREIGHT"*"12.50"* ]]
    apart "$purser" price quote --customer NORD --sku NONE --qty 1 --json
    [ "$status" -eq 3 ]
    is_json "$out"
    [[ $out == *'"priced":false'*'"code":"PRICE-SKU-UNKNOWN"'* ]]
    apart "$purser" price quote --partner bluebird "$top/samples/orders/bluebird-2026-03-02.csv" --json
    [ "$status" -eq 0 ]
    is_json "$out"
    apart "$purser" price quote --partner bluebird "$top/samples/wrong/bluebird-several-mistakes.csv"
    [ "$status" -eq 3 ]
    [ "$before" = "$(sha256sum .purser/purser.db)" ]
}

@test "rule backtest prices orders of the past again, and leaves the store as it was" {
    master
    cp "$top"/samples/orders/bluebird-2026-03-02.csv inbox/bluebird/
    "$purser" run --as-of "$as_of"
    before=$(sha256sum .purser/purser.db)
    sed '/^MLH-KG,/d' "$top/samples/master/prices.csv" >prices.csv
    for language in en zh; do
        apart "$purser" rule backtest "$top/samples/master/prices.csv" --from 2026-03-02 --to 2026-03-02 --lang $language
        [ "$status" -eq 0 ]
        [ -z "$err" ]
    done
    apart "$purser" rule backtest prices.csv "$top/samples/master/promotions.csv" --from 2026-03-01 --to 2026-03-31 --json
    [ "$status" -eq 3 ] # an order would have no price
    is_json "$out"
    [[ $out == *'"schema":"purser.rule.backtest/1"'*'"priced":true'*'"orders":1,'*'"unpriced":[{'*'"code":"PRICE-NONE"'* ]]
    sed 's/^LJ-100,base,,EUR,0,[^,]*/&x/' prices.csv >wrong.csv
    apart "$purser" rule backtest wrong.csv --from 2026-03-01 --to 2026-03-31 --json
    [ "$status" -eq 3 ]
    is_json "$out"
    [[ $out == *'"priced":false'* && $out != *'"totals"'* ]]
    [ "$before" = "$(sha256sum .purser/purser.db)" ]
    "$purser" verify --quiet
}

@test "rule backtest says what is wrong with its arguments" {
    master
    prices=$top/samples/master/prices.csv
    cp "$prices" same.csv
    for arguments in "$prices" "$prices --from 2026-03-01" "$prices --from 2026-03-01 --to soon" \
        "$prices --from 2026-03-02 --to 2026-03-01" "$prices same.csv --from 2026-03-01 --to 2026-03-02" \
        "$top/samples/orders/bluebird-2026-03-02.csv --from 2026-03-01 --to 2026-03-02"; do
        # shellcheck disable=SC2086
        apart "$purser" rule backtest $arguments
        [ "$status" -eq 2 ]
        [ -n "$err" ]
        [ -z "$out" ]
    done
    apart "$purser" rule backtest none.csv --from 2026-03-01 --to 2026-03-02
    [ "$status" -eq 7 ]
}

@test "price quote says what is wrong with its options" {
    master
    for arguments in "" "--qty 2 --sku GW-150" "--sku GW-150" "--sku GW-150 --qty 0" "--sku GW-150 --qty many" \
        "--sku GW-150 --qty 1 --option red" "--sku GW-150 --qty 1 --currency XXY" "--sku GW-150 --qty 1 --date soon" \
        "--sku GW-150 --qty 1 --ship-to Germany" "--sku GW-150 --qty 1 --freight free" "--sku GW-150 --qty 1 --freight -1" \
        "--sku GW-150 --qty 1 --freight 1.005" "--sku GW-150 --qty 1 --currency JPY --freight 1.5" "--sku GW-150 $top/samples/orders/bluebird-2026-03-02.csv" \
        "$top/samples/master/prices.csv"; do
        apart "$purser" price quote --customer NORD $arguments
        [ "$status" -eq 2 ]
        [ -n "$err" ]
    done
}

@test "status shows fifty holds, and says how many more there are" {
    printf 'customer,currency,limit\nNORD,EUR,0\n' >inbox/ledger/credit-limits.csv
    master
    {
        echo "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit"
        for number in $(seq 101 153); do
            echo "N-$number,2026-03-02,EUR,NORD,Anna Berg,DE,Berlin,10115,Weg 1,1,TGY-250,10,C62"
        done
    } >inbox/nordlicht/orders.csv
    "$purser" run --as-of $as_of
    apart "$purser" status --as-of $as_of
    [ "$(grep -c 'is not released, held by' <<<"$out")" -eq 50 ]
    [[ $out == *"holds of orders beside these: 3"* ]]
    apart "$purser" status --json --as-of $as_of
    is_json "$out"
    [[ $out == *'"what":"hold-more","for":"","count":3,'* ]]
}

@test "doctor says that mails need an address of the company" {
    apart "$purser" doctor
    [[ $out != *mail* ]]
    sed -i 's/^partner "linwei" {/&\n    email = "lin@lanting.example"/' partners.d/linwei.conf
    apart "$purser" doctor
    [ "$status" -eq 3 ]
    [[ $out == *"WARN  mail: approvers with an address: 1; the company has none, and no mails are made"*"-> set email in the section company of purser.conf"* ]]
    sed -i 's/^company {/&\n    email = "orders@lanting.example"/' purser.conf
    apart "$purser" doctor
    [ "$status" -eq 0 ]
    [[ $out == *"ok    mail: approvers with an address: 1; mails come from orders@lanting.example"* ]]
}

# A carrier, what its codes mean, an order that left in a parcel, and what the carrier tells of it.
parcel() {
    cat >partners.d/dhl.conf <<'EOT'
partner "dhl" {
    name = "DHL"
    roles = carrier
    format = csv
    mailbox "folder" { fetch = "inbox/dhl"  ready = name }
}
EOT
    mkdir -p inbox/dhl
    printf 'carrier,code,state,label_en\ndhl,I,in-transit,On its way\ndhl,D,delivered,Delivered\n' >inbox/ledger/carrier-codes.csv
    master
    cp "$top"/samples/orders/nordlicht-2026-03-02.xml inbox/nordlicht/
    "$purser" run --as-of 2026-03-02T09:00:00+08:00
    cp "$top"/samples/later/harbour-2026-03-02.xml inbox/harbour/
    printf 'tracking,code,happened_at,place,eta_from,signed_by\n%s\n' \
        "JD014600003828,I,2026-03-02T14:00:00+08:00,Shanghai,2026-03-05," >inbox/dhl/one.csv
    "$purser" run --as-of 2026-03-02T15:00:00+08:00 || true
}

@test "order track tells where the parcels are, newest news first" {
    parcel
    apart "$purser" order track nordlicht/NL-2026-0117
    [ "$status" -eq 0 ]
    [ -z "$err" ]
    [[ $out == *"STATE  shipped"* ]]
    [[ $out == *"in transit"* ]]
    [[ $out == *"FIRST EXPECTED: 2026-03-05"* ]]
    printf 'tracking,code,happened_at,place,signed_by\n%s\n' \
        "JD014600003828,D,2026-03-04T10:00:00+01:00,Hamburg,K. Petersen" >inbox/dhl/two.csv
    "$purser" run --as-of 2026-03-05T08:00:00+08:00 || true
    apart "$purser" order track nordlicht/NL-2026-0117
    [[ $out == *"STATE  delivered"* ]]
    [[ $out == *"SIGNED BY: K. Petersen"* ]]
    [[ ${out##*News of them} == *Hamburg*Shanghai* ]]
    apart "$purser" order track nordlicht/NL-2026-0117 --json
    is_json "$out"
    [[ $out == *'"state":"delivered"'* ]]
    apart "$purser" order list --state delivered
    [[ $out == *NL-2026-0117* ]]
}

@test "order explain tells the day, what of, and why not earlier" {
    master
    cp "$top"/samples/orders/nordlicht-2026-03-02.xml inbox/nordlicht/
    "$purser" run --as-of 2026-03-02T09:00:00+08:00
    apart "$purser" order explain nordlicht/NL-2026-0117
    [ "$status" -eq 0 ]
    [ -z "$err" ]
    [[ $out == *"promise = yes"* ]]
    printf 'planning {\n promise = yes\n}\n' >>purser.conf
    apart "$purser" order explain nordlicht/NL-2026-0117
    [[ $out == *"is not in line for goods"* ]]
    sed 's/NL-2026-01/NL-2026-02/' "$top"/samples/orders/nordlicht-2026-03-02.xml >inbox/nordlicht/more.xml
    sqlite3 .purser/purser.db "INSERT INTO stock_item VALUES ('harbour', 'LJ-100', 0, 0, NULL)"
    "$purser" run --as-of 2026-03-03T10:00:00+08:00
    apart "$purser" order explain nordlicht/NL-2026-0217
    [ "$status" -eq 0 ]
    [[ $out == *"DELIVERY"*complete* ]]
    [[ $out == *"Nobody knows when there will be enough of LJ-100"* ]]
    [[ $out == *"All orders are served in one order"* ]]
    apart "$purser" order explain nordlicht/NL-2026-0217 --lang zh
    [[ $out == *"无人知道 LJ-100 何时足够"* ]]
    apart "$purser" order explain nordlicht/NL-2026-0217 --json
    is_json "$out"
    [[ $out == *'"reason":"no-supply"'* ]]
}

@test "status tells of silent parcels and of codes that nobody knows" {
    parcel
    apart "$purser" status --as-of 2026-03-04T13:00:00+08:00
    [[ $out != *"without news"* ]]
    apart "$purser" status --as-of 2026-03-04T14:30:00+08:00
    [[ $out == *"parcels of dhl without news for 48 hours: 1"* ]]
    sed -i 's/^company {/company {\n    silent-parcel-hours = 0/' purser.conf
    apart "$purser" status --as-of 2026-03-04T14:30:00+08:00
    [[ $out != *"without news"* ]]
    printf 'tracking,code,happened_at\nX1,Q,2026-03-02T14:00:00+08:00\n' >inbox/dhl/three.csv
    "$purser" run --as-of 2026-03-05T08:00:00+08:00 || true
    apart "$purser" status --as-of 2026-03-05T08:00:00+08:00
    [[ $out == *"does not name Q of dhl; events set aside: 1"* ]]
}
