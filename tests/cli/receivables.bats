#!/usr/bin/env bats
# The report of receivables from the command line.
load helper

invoiced() { # an order of Nordlicht has left and is invoiced
    sed -i 's/warehouse = harbour/&\n    invoices  = yes\n    payment-days = 14/' purser.conf
    master
    cp "$top/samples/orders/nordlicht-2026-03-02.xml" inbox/nordlicht/
    "$purser" run --as-of $as_of
    printf '%s\n' "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at" \
        "H-1,nordlicht,NL-2026-0119,1,LJ-100,1,2026-03-02T09:30:00+08:00" >inbox/harbour/shipped.csv
    "$purser" run --as-of 2026-03-02T12:00:00+08:00
}

@test "before the first run there is nothing to report" {
    apart "$purser" report run receivables
    [ "$status" -eq 7 ]
    [ -z "$out" ]
}

@test "of a period without invoices the report is empty, in both shapes" {
    "$purser" run --as-of $as_of
    apart "$purser" report run receivables --from 2026-03-01 --to 2026-03-01 --as-of $as_of
    [ "$status" -eq 0 ]
    [[ $out == *"Customers owed nothing on 1 March 2026"*"</html>" ]]
    apart "$purser" report run receivables --format csv --from 2026-03-01 --to 2026-03-01 --as-of $as_of --lang zh
    [ "$status" -eq 0 ]
    [ "$(wc -l <<<"$out")" -eq 1 ]
}

@test "an open invoice is in it, and a day that is over stays as it was" {
    invoiced
    apart "$purser" report run receivables --format csv --from 2026-03-01 --to 2026-03-31 --as-of 2026-04-01T00:05:00+08:00
    [ "$status" -eq 0 ]
    before=$out
    [[ $out == *",invoice,EUR,NORD,nordlicht,NL-2026-0119,INV-2026-000001,2026-03-02,2026-03-16,15,"* ]]
    printf '%s\n' "payment_number,kind,partner,order_number,amount,currency,paid_on" \
        "IN-1,,nordlicht,NL-2026-0119,100.00,EUR,2026-03-20" >inbox/ledger/paid.csv
    "$purser" run --as-of 2026-04-02T09:00:00+08:00
    apart "$purser" report run receivables --format csv --from 2026-03-01 --to 2026-03-31 --as-of 2026-06-01T09:00:00+08:00
    [ "$out" = "$before" ]
    apart "$purser" report run receivables --format csv --from 2026-04-01 --to 2026-04-30 --as-of 2026-06-01T09:00:00+08:00
    [[ $out != *",invoice,"* ]]
    [[ $out == *",beyond,EUR,NORD,nordlicht,NL-2026-0119,"* ]]
    apart "$purser" report run receivables --json --from 2026-03-01 --to 2026-03-31 --as-of 2026-06-01T09:00:00+08:00
    is_json "$out"
    [[ $out == *'"report":"receivables"'* ]]
}

@test "its CSV has the columns that the schema describes" {
    "$purser" run --as-of $as_of
    apart "$purser" report run receivables --format csv --as-of $as_of
    columns=$(grep -o '"name": "[a-z_0-9]*"' "$top/schemas/report-receivables.csv.json" | cut -d'"' -f4 | tr '\n' ',' | sed 's/,$//')
    [ "${out%%$'\r'*}" = "$columns" ]
}
