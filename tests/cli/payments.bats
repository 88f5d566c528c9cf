#!/usr/bin/env bats
# Payments from the command line: what is listed, and what a person may assign.
load helper

pay() { # ROW... -- finance sends payments
    {
        echo "payment_number,kind,partner,order_number,amount,currency,paid_on"
        printf '%s\n' "$@"
    } >inbox/ledger/payments.csv
    "$purser" run --as-of $as_of
}

prepaid() { # Bluebird's orders wait for their money
    sed -e '1s/$/,payment_terms/' -e '/^BLUE/s/$/,prepaid/' -e '/^[NQ]/s/$/,/' "$top/samples/master/customers.csv" \
        >inbox/ledger/customers.csv
    cp "$top"/samples/master/{products,product-options,prices,approval-matrix}.csv inbox/ledger/
    "$purser" run --as-of 2026-03-01T08:00:00+08:00
    cp "$top/samples/orders/bluebird-2026-03-02.csv" inbox/bluebird/
    "$purser" run --as-of $as_of
}

@test "before the first run there are no payments, and none to assign" {
    apart "$purser" payment list
    [ "$status" -eq 0 ]
    [ -n "$out" ]
    [ -z "$err" ]
    apart "$purser" payment assign IN-1 bluebird/BB-4471
    [ "$status" -eq 7 ]
    [ -z "$out" ]
}

@test "a payment that names no order is listed, tried, and assigned once" {
    prepaid
    pay "IN-1,,bluebird,BB-9999,2470.51,USD,2026-03-02"
    apart "$purser" payment list --unallocated --json
    [ "$status" -eq 0 ]
    is_json "$out"
    [[ $out == *'"number":"IN-1"'*'"counts_for":null,"trouble":"order-unknown"'* ]]
    apart "$purser" payment list --unallocated --partner nordlicht --json
    [[ $out == *'"payments":[]'* ]]
    apart "$purser" status --json --as-of $as_of
    [[ $out == *'"what":"payment","for":"","count":1,'* ]]

    before=$("$purser" verify --dump | sha256sum)
    apart "$purser" payment assign IN-1 BB-4471 --dry-run --json
    [ "$status" -eq 0 ]
    is_json "$out"
    [[ $out == *'"order":"bluebird/BB-4471"'*'"open":"0.00"'*'"dry_run":true'* ]]
    [ "$before" = "$("$purser" verify --dump | sha256sum)" ]

    apart "$purser" payment assign IN-1 BB-4471 --json --as-of $as_of
    [ "$status" -eq 0 ]
    is_json "$out"
    [[ $out == *'"state":"released"'*'"dry_run":false'* ]]
    [ "$before" != "$("$purser" verify --dump | sha256sum)" ]
    apart "$purser" payment assign IN-1 BB-4472 --as-of $as_of
    [ "$status" -eq 9 ]
    [ -z "$out" ]
    apart "$purser" payment list --unallocated --json
    [[ $out == *'"payments":[]'* ]]
    "$purser" verify
}

@test "what does not fit an order is not assigned, and says why" {
    prepaid
    pay "IN-1,,bluebird,,10.00,EUR,2026-03-02" "IN-2,refund,bluebird,BB-9999,10.00,USD,2026-03-02" || true
    apart "$purser" payment assign IN-2 bluebird/BB-4471 --as-of $as_of
    [ "$status" -eq 9 ]
    [[ $err == *"no more than 0.00 USD was paid"* ]]
    apart "$purser" payment assign IN-9 bluebird/BB-4471 --as-of $as_of
    [ "$status" -eq 7 ]
    apart "$purser" payment assign IN-2 bluebird/NONE --as-of $as_of
    [ "$status" -eq 7 ]
    apart "$purser" payment assign IN-2
    [ "$status" -eq 2 ]
    "$purser" verify
}
