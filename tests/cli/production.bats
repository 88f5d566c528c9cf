#!/usr/bin/env bats
# What plants were asked to make, from the command line.
load helper

plant() { # a plant, and the requests that planning would send it
    mkdir -p inbox/mill
    cat >partners.d/mill.conf <<'CONF'
partner "mill" {
    name   = "The Mill"
    roles  = plant
    format = csv

    mailbox "folder" {
        fetch = "inbox/mill"
        ready = name
    }
}
CONF
    master
    cp "$top/samples/orders/bluebird-2026-03-02.csv" inbox/bluebird/
    "$purser" run --as-of $as_of
    sqlite3 .purser/purser.db "
        INSERT INTO production (id, order_id, version, ordinal, part, plant, number, warehouse, asked_ms, sku, quantity_micros,
                                done_micros, start_day, finish_day, state, state_ms, cause, reason)
        SELECT n, o.id, 1, n, 0, 'mill', n, 'harbour', 1772409600000, 'CUP-6', 12000000, 0, 20517, 20523, 'asked',
               1772409600000, '', ''
        FROM orders o, (SELECT 1 AS n UNION ALL SELECT 2) WHERE o.number = 'BB-4471';
        INSERT INTO production_material VALUES (1, 'CLAY', 500000);
        INSERT INTO outbox_message (partner, kind, number, order_id, version, production_id)
        SELECT 'mill', 'production-request', id, order_id, 1, id FROM production"
}

tell() { # ROW... -- the plant answers
    {
        echo "production_number,status,at,quantity_done,expected_on,cause,cost,reason"
        printf '%s\n' "$@"
    } >inbox/mill/status.csv
    "$purser" run --as-of 2026-03-03T08:00:00+08:00
}

@test "before the first run nothing is made" {
    apart "$purser" production list
    [ "$status" -eq 0 ]
    [ -n "$out" ]
    [ -z "$err" ]
    apart "$purser" production list --open --json
    is_json "$out"
    apart "$purser" production show mill 1
    [ "$status" -eq 7 ]
    [ -z "$out" ]
    master
    apart "$purser" production show mill 1 --json
    [ "$status" -eq 7 ]
    [ -z "$out" ]
    apart "$purser" production show mill one
    [ "$status" -eq 2 ]
}

@test "what a plant makes is listed, shown and told of" {
    plant
    tell "1,late,2026-03-03T07:00:00+08:00,3,2026-03-20,material,12.50,no clay" "2,done,2026-03-03T07:30:00+08:00,,,,,"
    apart "$purser" production list --json
    [ "$status" -eq 0 ]
    is_json "$out"
    [[ $out == *'"number":2'*'"state":"done"'*'"number":1'*'"state":"late"'* ]]
    apart "$purser" production list --open --json
    is_json "$out"
    [[ $out == *'"number":1,"order":"bluebird/BB-4471","line":"1"'*'"done":"3"'*'"expected_on":"2026-03-20"'* ]]
    [[ $out != *'"number":2'* ]]
    apart "$purser" production list --partner forge --json
    [[ $out == *'"production":[]'* ]]
    apart "$purser" production show mill 1 --json
    [ "$status" -eq 0 ]
    is_json "$out"
    [[ $out == *'"cause":"material","cost":"12.50"'*'"materials":[{"sku":"CLAY","for_a_unit":"0.5"}]'*'"news":[{'*'no clay'* ]]
    apart "$purser" production show mill 1
    [[ $out == *"no clay"* ]]
    [ -z "$err" ]
    apart "$purser" status --json --as-of 2026-03-03T09:00:00+08:00
    is_json "$out"
    [[ $out == *'"what":"production-late","for":"mill"'*'production show mill 1'* ]]
    [ -f outbox/mill/production-request-mill-000001.csv ]
    apart "$purser" verify
    [ "$status" -eq 0 ]
}
