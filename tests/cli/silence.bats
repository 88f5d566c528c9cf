#!/usr/bin/env bats
# Partners whose files have stopped, as `purser status` tells of them.
load helper

order() { # NUMBER MOMENT -- Bluebird orders one pot
    printf '%s\n' "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit" \
        "$1,2026-03-02,USD,BLUE,Bluebird Tea Company,US,Portland,97209,1120 NW Couch Street,1,GW-150,1,C62" >inbox/bluebird/orders.csv
    touch -d 2026-01-01 inbox/bluebird/orders.csv
    "$purser" run --as-of "$2"
}

days() { # so many days of March with an order each
    master
    for day in $(seq -f %02g 2 "$(($1 + 1))"); do
        order "B-$day" "2026-03-${day}T09:00:00+08:00"
    done
}

silent() { # MOMENT -- it is told then that Bluebird is
    apart "$purser" status --json --as-of "$1"
    [ "$status" -eq 0 ]
    is_json "$out"
    [[ $out == *'"what":"partner-silent","for":"bluebird"'* ]]
}

quiet() { # MOMENT -- nothing of that
    apart "$purser" status --json --as-of "$1"
    [ "$status" -eq 0 ]
    [[ $out != *partner-silent* ]]
}

@test "a partner that ordered every day and stopped is told of, and why" {
    days 9 # 2 to 10 March, 8 gaps
    quiet 2026-03-13T08:00:00+08:00 # two days, and a working day: Friday 09:00
    silent 2026-03-13T09:00:01+08:00
    [[ $out == *'"document":"order","last_file":"2026-03-10T09:00:00+08:00","usual_hours":"24.0","expected":"2026-03-11T09:00:00+08:00"'* ]]
    apart "$purser" status --as-of 2026-03-14T09:00:00+08:00
    [[ $out == *"bluebird has stopped sending order files; the last came on 2026-03-10 09:00, usually there is one every 24 hours"* ]]
    order B-99 2026-03-14T10:00:00+08:00
    quiet 2026-03-14T11:00:00+08:00
}

@test "with fewer gaps nothing is expected" {
    days 8
    quiet 2026-06-01T09:00:00+08:00
}

@test "hours that are configured come before the rhythm, 0 is never" {
    sed -i 's/^    roles .*/&\n    expect-hours = 5/' partners.d/bluebird.conf
    master
    silent 2026-03-02T09:00:00+08:00
    [[ $out == *"bluebird has never sent a file"* ]]
    order B-1 2026-03-02T10:00:00+08:00
    quiet 2026-03-02T15:00:00+08:00
    silent 2026-03-02T15:00:01+08:00
    [[ $out == *'"expected":"2026-03-02T15:00:00+08:00"'* ]]
    sed -i 's/expect-hours = 5/expect-hours = 0/' partners.d/bluebird.conf
    quiet 2026-06-01T09:00:00+08:00
    sed -i 's/expect-hours = 0/expect-hours = soon/' partners.d/bluebird.conf
    apart "$purser" config check
    [ "$status" -ne 0 ]
    [[ $err$out == *"expect-hours"* ]]
}
