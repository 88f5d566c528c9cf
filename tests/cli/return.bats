#!/usr/bin/env bats
# What customers send back, from the command line.
load helper

order() { # an order of three has left, and two files of it are spoken of
    master
    cat >inbox/bluebird/order.csv <<'CSV'
order_number,order_date,currency,sold_to_name,sold_to_country,sold_to_city,sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit
B-1,2026-03-01,USD,Bluebird Tea House,US,Seattle,98101,1501 4th Ave,1,LJ-100,3,C62
CSV
    "$purser" run --as-of 2026-03-01T09:00:00+08:00
    "$purser" order resume bluebird/B-1 --kind payment --reason "a good customer" --as-of 2026-03-01T09:05:00+08:00 || true
    "$purser" run --as-of 2026-03-01T09:10:00+08:00
    cat >inbox/harbour/shipment.csv <<'CSV'
shipment_number,partner,order_number,order_line,sku,quantity,shipped_at
H-1,bluebird,B-1,1,LJ-100,3,2026-03-01T10:00:00+08:00
CSV
    "$purser" run --as-of 2026-03-01T11:00:00+08:00
}

policy() { # ROW...
    {
        echo "clause,rank,reasons,window_days,verdict,fee_opened"
        printf '%s\n' "$@"
    } >inbox/ledger/return-policy.csv
    "$purser" run --as-of 2026-03-01T12:00:00+08:00
}

came() { # RECEIPT RMA QUANTITY CONDITION
    {
        echo "receipt_number,authorisation,received_at,order_line,sku,quantity,condition"
        echo "$1,$2,$as_of,1,LJ-100,$3,$4"
    } >inbox/harbour/came.csv
    "$purser" run --as-of $as_of
}

@test "before the first run nothing comes back" {
    apart "$purser" return list
    [ "$status" -eq 0 ]
    [ -n "$out" ]
    [ -z "$err" ]
    apart "$purser" return list --open --json
    is_json "$out"
    apart "$purser" return list --overdue --json
    is_json "$out"
    apart "$purser" return show RMA-2026-000001
    [ "$status" -eq 7 ]
    [ -z "$out" ]
    apart "$purser" return settle RMA-2026-000001 --refund --reason "who knows" --as-of $as_of
    [ "$status" -eq 7 ]
    apart "$purser" return authorise R-1 --reason "who knows" --as-of $as_of
    [ "$status" -eq 7 ]
}

@test "what cannot be asked for is said" {
    order
    for wrong in "1 none" "1 0" "1 -1" "1 1.5" "9 1"; do
        # shellcheck disable=SC2086
        apart "$purser" return request bluebird/B-1 $wrong --reason "he called" --as-of $as_of
        [ "$status" -ne 0 ]
        [ -z "$out" ]
        [ -n "$err" ]
    done
    apart "$purser" return request bluebird/B-9 1 1 --reason "he called" --as-of $as_of
    [ "$status" -eq 7 ]
    apart "$purser" return request bluebird/B-1 1 1 --as-of $as_of
    [ "$status" -eq 2 ]
    apart "$purser" return request bluebird/B-1 1 1 --cause weather --reason "he called" --as-of $as_of
    [ "$status" -eq 2 ]
    apart "$purser" return request bluebird/B-1 1 1 --exchange LJ-10 --reason "he called" --as-of $as_of
    [ "$status" -eq 2 ]
    [[ $err == *"no product LJ-10 to exchange it for; the nearest is LJ-100"* ]]
    apart "$purser" return list --json
    [[ $out == *'"returns":[]'* ]]
}

@test "a person asks, decides and settles" {
    order
    policy "ASK,1,other,30,ask,20%" "HOUSE,2,,30,,10%"
    apart "$purser" return request bluebird/B-1 1 1 --cause other --reason "he called" --dry-run --json --as-of $as_of
    [ "$status" -eq 0 ]
    is_json "$out"
    [[ $out == *'"state":"asked"'*'"dry_run":true'* ]]
    apart "$purser" return list --json
    [[ $out == *'"returns":[]'* ]]
    apart "$purser" return request bluebird/B-1 1 1 --cause other --reason "he called" --as-of $as_of
    [ "$status" -eq 0 ]
    apart "$purser" status --json --as-of $as_of
    is_json "$out"
    [[ $out == *'"return-asked"'* ]]
    apart "$purser" return show OWN-1 --json --as-of $as_of
    is_json "$out"
    [[ $out == *'"state":"asked"'*'"clause":"ASK"'* ]]
    apart "$purser" return settle OWN-1 --refund --reason "so be it" --as-of $as_of
    [ "$status" -eq 7 ]
    apart "$purser" return authorise bluebird/B-1/OWN-1 --reason "so be it" --json --as-of $as_of
    [ "$status" -eq 0 ]
    is_json "$out"
    [[ $out == *'"number":"RMA-2026-000001"'*'"state":"authorised"'* ]]
    apart "$purser" return refuse OWN-1 --reason "or not" --as-of $as_of
    [ "$status" -eq 7 ]
    [[ $err == *"no return OWN-1 waits for a decision"* ]]
    came RC-1 RMA-2026-000001 2 opened
    apart "$purser" return show RMA-2026-000001 --lang zh --as-of $as_of
    [ "$status" -eq 0 ]
    [[ $out == *超出授权* ]]
    apart "$purser" return settle RMA-2026-000001 --as-of $as_of --reason "so be it" --refund --reject
    [ "$status" -eq 2 ]
    apart "$purser" return settle RMA-2026-000001 --refund --reason "so be it" --json --as-of $as_of
    [ "$status" -eq 0 ]
    is_json "$out"
    [[ $out == *'"refund":"'*'"fee":"'* ]]
    apart "$purser" return settle RMA-2026-000001 --refund --reason "twice" --as-of $as_of
    [ "$status" -eq 9 ]
    "$purser" verify
}

@test "a person refuses, and the customer reads why" {
    order
    policy "ASK,1,,30,ask,"
    "$purser" return request bluebird/B-1 1 3 --reason "he called" --as-of $as_of
    apart "$purser" return refuse OWN-1 --reason "it was a gift" --as-of $as_of
    [ "$status" -eq 0 ]
    "$purser" run --as-of $as_of
    grep -rq "it was a gift" outbox/bluebird
    apart "$purser" return list --open --json
    [[ $out == *'"returns":[]'* ]]
    "$purser" verify
}
