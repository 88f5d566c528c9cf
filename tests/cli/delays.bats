#!/usr/bin/env bats
# Late orders from the command line.
load helper

watch_orders() { # KEY = VALUE...
    printf 'delay {\n warn = yes\n%s\n}\n' "$*" >>purser.conf
}

orders() {
    cp "$top"/samples/master/{customers,products,product-options,prices,approval-matrix}.csv inbox/ledger/
    "$purser" run --as-of 2026-03-01T08:00:00+08:00
    sed 's/2026-03-20/2026-03-04/' "$top/samples/orders/bluebird-2026-03-02.csv" >inbox/bluebird/orders.csv
    "$purser" run --as-of $as_of
}

@test "where nobody watches, no order is late, and that is said" {
    orders
    apart "$purser" order late
    [ "$status" -eq 0 ]
    [[ $out$err == *"not watched"* ]]
    apart "$purser" order late --json
    is_json "$out"
    [[ $out == *'"orders":[]'* ]]
    apart "$purser" status --json
    [[ $out != *order-late* ]]
}

@test "a late order is listed with its cause, told in the status, and shown with what is left" {
    watch_orders
    orders
    apart "$purser" order late --json
    [ "$status" -eq 0 ]
    is_json "$out"
    [[ $out == *'"number":"BB-4471","state":"released","grade":"late","cause":"time","promised":"2026-03-04"'* ]]
    apart "$purser" order late --partner nordlicht --json
    [[ $out == *'"orders":[]'* ]]
    apart "$purser" status --json
    is_json "$out"
    [[ $out == *'"what":"order-late","for":"","count":1'* ]]
    [[ $out == *'"what":"order-late-worst","for":"bluebird"'* ]]
    apart "$purser" order track bluebird/BB-4471 --json
    is_json "$out"
    [[ $out == *'"left":[{"stage":"warehouse"'*'"key":"configured","samples":0'* ]]
    [ ! -e outbox/ledger/delay-warning-ledger-000001.csv ]
    apart "$purser" report run delays --from 2026-03-01 --to 2026-03-02 --format csv
    [[ $out == *"told,bluebird,BB-4471,1,"*",late,none,time,2026-03-04,"* ]]
}

@test "nine of ten that are faster than half of them are refused in the configuration" {
    watch_orders "transit-hours = 72
 transit-hours-most = 71"
    apart "$purser" run
    [ "$status" -ne 0 ]
    [[ $err == *"transit-hours-most is less than transit-hours"* ]]
}

@test "whoever is warned must be a partner" {
    watch_orders "to = nobody"
    apart "$purser" config check
    [ "$status" -ne 0 ]
    [[ $out$err == *"nobody"* ]]
}
