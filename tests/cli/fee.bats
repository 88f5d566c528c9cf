#!/usr/bin/env bats
# What cancellations cost, from the command line.
load helper

master() { # Bluebird pays first: its orders wait, and nobody has begun with them
    cp "$top"/samples/master/*.csv inbox/ledger/
    cat >inbox/ledger/customers.csv <<'CSV'
code,name,partner,group,country,currency,email,payment_terms
BLUE,Bluebird Tea Company,bluebird,america,US,USD,orders@bluebird.example,prepaid
CSV
    "$purser" run --as-of 2026-03-01T08:00:00+08:00
}

policy() { # ROW...
    {
        echo "clause,rank,stages,faults,currency,fee,amount,percent,minimum,maximum,tax,promotions,waived_by,waive_up_to"
        printf '%s\n' "$@"
    } >inbox/ledger/cancellation-policy.csv
    "$purser" run --as-of 2026-03-01T08:30:00+08:00
}

order() { # NUMBER -- of two lines
    cat >inbox/bluebird/"$1".csv <<CSV
order_number,order_date,currency,sold_to_name,sold_to_country,sold_to_city,sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit
$1,2026-03-01,USD,Bluebird Tea House,US,Seattle,98101,1501 4th Ave,1,LJ-100,10,C62
$1,2026-03-01,USD,Bluebird Tea House,US,Seattle,98101,1501 4th Ave,2,GW-150,4,C62
CSV
    "$purser" run --as-of 2026-03-01T09:00:00+08:00
}

mine() { # LIMIT -- one of us may waive so much of 5.00
    master
    policy "C-1,1,approved,customer | nobody,USD,fixed,5.00,,,,,,$(id -un),$1"
    order B-1
}

stored() { # SQL
    sqlite3 .purser/purser.db "$1"
}

@test "before the first cancellation nothing costs anything" {
    apart "$purser" fee list
    [ "$status" -eq 0 ]
    [ "$out" = "No cancellation cost anything." ]
    [ -z "$err" ]
    apart "$purser" fee list --lang zh
    [ "$out" = "没有取消费用。" ]
    apart "$purser" fee list --json
    is_json "$out"
    [[ $out == *'"fees":[]'* ]]
    apart "$purser" fee list bluebird/B-9
    [ "$status" -eq 7 ]
    [ -z "$out" ]
    apart "$purser" fee waive bluebird/B-9 --reason "who knows"
    [ "$status" -eq 7 ]
}

@test "a fee is told, listed and stands with the order" {
    mine ""
    apart "$purser" order cancel bluebird/B-1/1 --quantity 2 --reason "too many" --as-of $as_of
    [ "$status" -eq 0 ]
    [[ $out == *"Charged: 5.00 USD. By the clause C-1 a fixed fee is charged: 5.00 USD."* ]]
    apart "$purser" fee list bluebird/B-1
    [[ $out == *"C-1"*"5.00 USD"* ]]
    apart "$purser" fee list --lang zh
    [[ $out == *"违约费"*"根据条款 C-1，收取固定违约金：5.00 USD。"* ]]
    [[ $out != *"By the clause"* ]]
    apart "$purser" fee list --json
    is_json "$out"
    [[ $out == *'"clause":"C-1"'*'"net":"5.00"'* ]]
    [[ $out == *'"less_net":"0.00"'* ]]
    apart "$purser" order show bluebird/B-1
    [[ $out == *"CHARGED"*"5.00 USD"* ]]
    order B-2
    apart "$purser" fee list bluebird/B-2
    [ "$out" = "No cancellation cost anything." ]
}

@test "nobody pays for our own fault" {
    master
    policy "C-1,1,,,USD,fixed,5.00,,,,,,,"
    order B-1
    apart "$purser" order cancel bluebird/B-1 --fault company --reason "we cannot" --as-of $as_of
    [ "$status" -eq 0 ]
    [[ $out != *"Charged"*"5.00"* ]]
    apart "$purser" fee list
    [ "$out" = "No cancellation cost anything." ]
}

@test "a trial of a cancellation charges nothing" {
    mine ""
    apart "$purser" order cancel bluebird/B-1 --reason "too many" --dry-run --as-of $as_of
    [[ $out == *"Charged: 5.00 USD."*"Nothing was changed"* ]]
    [ "$(stored 'SELECT count(*) FROM charge')" -eq 0 ]
    [ "$(stored 'SELECT count(*) FROM cancellation_statement')" -eq 0 ]
}

@test "who may waives at once, a part or all" {
    mine ""
    apart "$purser" order cancel bluebird/B-1/1 --quantity 1 --waive 2.00 --reason "a good customer" --as-of $as_of
    [ "$status" -eq 0 ]
    [ "$(stored 'SELECT sum(net_minor + tax_minor) FROM charge_open')" -eq 300 ]
    apart "$purser" order cancel bluebird/B-1/2 --waive all --reason "a good customer" --as-of $as_of
    [ "$status" -eq 0 ]
    [ "$(stored 'SELECT sum(net_minor + tax_minor) FROM charge_open')" -eq 300 ]
    [ "$(stored 'SELECT sum(net_minor + tax_minor) FROM charge')" -eq 1000 ]
    apart "$purser" order cancel bluebird/B-1/1 --quantity 1 --waive 5.01 --reason "a good customer" --as-of $as_of
    [ "$status" -eq 9 ]
    [[ $err == *"the fee is less than what is to be waived"* ]]
    [ "$(stored 'SELECT count(*) FROM cancellation')" -eq 2 ]
}

@test "who may waives afterwards, once tried and once for good" {
    mine ""
    "$purser" order cancel bluebird/B-1 --reason "too many" --as-of $as_of
    apart "$purser" fee waive bluebird/B-1 --amount 2.00 --reason "a good customer" --dry-run --as-of $as_of
    [ "$status" -eq 0 ]
    [[ $out == *"2.00 USD of the fee of order bluebird/B-1 are waived."*"Nothing was changed"* ]]
    [ "$(stored 'SELECT count(*) FROM charge_less')" -eq 0 ]
    apart "$purser" fee waive bluebird/B-1 --amount 2.00 --reason "a good customer" --json --as-of $as_of
    is_json "$out"
    [[ $out == *'"waived":"2.00"'*'"currency":"USD"'*'"dry_run":false'* ]]
    apart "$purser" fee waive bluebird/B-1 --reason "a good customer" --lang zh --as-of $as_of
    [[ $out == *"订单 bluebird/B-1 的违约金已减免 3.00 USD。"* ]]
    [ "$(stored 'SELECT sum(net_minor + tax_minor) FROM charge_open')" -eq 0 ]
    [ "$(stored 'SELECT count(*) FROM cancellation_statement')" -eq 3 ]
    apart "$purser" fee waive bluebird/B-1 --reason "a good customer" --as-of $as_of
    [ "$status" -ne 0 ]
    [ -z "$out" ]
    [ "$(stored 'SELECT count(*) FROM charge_less')" -eq 2 ]
    "$purser" verify
}

@test "no more is waived than the clause lets, in however many steps" {
    mine 3.00
    apart "$purser" order cancel bluebird/B-1 --waive all --reason "a good customer" --as-of $as_of
    [ "$status" -eq 9 ]
    [[ $err == *"no more than 3.00 USD may be waived"* ]]
    [ "$(stored 'SELECT count(*) FROM cancellation')" -eq 0 ]
    "$purser" order cancel bluebird/B-1 --waive 2.00 --reason "a good customer" --as-of $as_of
    apart "$purser" fee waive bluebird/B-1 --amount 1.01 --reason "a good customer" --as-of $as_of
    [ "$status" -eq 9 ]
    "$purser" fee waive bluebird/B-1 --amount 1.00 --reason "a good customer" --as-of $as_of
    [ "$(stored 'SELECT sum(net_minor + tax_minor) FROM charge_open')" -eq 200 ]
}

@test "who may not is told whom to ask" {
    master
    policy "C-1,1,approved,,USD,fixed,5.00,,,,,,linwei," "C-2,2,,,USD,fixed,1.00,,,,,,,"
    order B-1
    apart "$purser" order cancel bluebird/B-1 --waive all --reason "a good customer" --as-of $as_of
    [ "$status" -eq 9 ]
    [ -z "$out" ]
    [[ $err == *"may not waive the fee by the clause C-1: ask linwei"* ]]
    "$purser" order cancel bluebird/B-1 --reason "too many" --as-of $as_of
    apart "$purser" fee waive bluebird/B-1 --reason "a good customer" --as-of $as_of
    [ "$status" -eq 9 ]
    [[ $err == *"ask linwei"* ]]
    policy "C-1,1,,,USD,fixed,5.00,,,,,,,"
    order B-2
    apart "$purser" order cancel bluebird/B-2 --waive all --reason "a good customer" --as-of $as_of
    [ "$status" -eq 9 ]
    [[ $err == *"nobody may waive the fee by the clause C-1"* ]]
}

@test "what cannot be waived is said" {
    mine ""
    for wrong in 0 -1 much 1.0000001 ""; do
        apart "$purser" order cancel bluebird/B-1 --waive "$wrong" --reason "a good customer" --as-of $as_of
        [ "$status" -eq 2 ]
        [ -z "$out" ]
        apart "$purser" fee waive bluebird/B-1 --amount "$wrong" --reason "a good customer" --as-of $as_of
        [ "$status" -eq 2 ]
        [ -z "$out" ]
    done
    apart "$purser" fee waive bluebird/B-1 --as-of $as_of
    [ "$status" -eq 2 ]
    apart "$purser" fee waive --reason "a good customer" --as-of $as_of
    [ "$status" -eq 2 ]
    apart "$purser" fee waive bluebird/B-1 --reason "a good customer" --as-of $as_of
    [ "$status" -ne 0 ]
    [ -z "$out" ]
    [ -n "$err" ]
    [ "$(stored 'SELECT count(*) FROM cancellation')" -eq 0 ]
}

@test "what is paid beyond the fee goes back" {
    mine ""
    total=$(stored "SELECT printf('%.2f', (net_minor + tax_minor) / 100.0) FROM order_price")
    cat >inbox/ledger/paid.csv <<CSV
payment_number,kind,partner,order_number,amount,currency,paid_on
P-1,,bluebird,B-1,$total,USD,2026-03-01
CSV
    "$purser" order hold bluebird/B-1 --reason "wait" --as-of 2026-03-01T09:05:00+08:00
    "$purser" run --as-of 2026-03-01T09:10:00+08:00
    "$purser" order cancel bluebird/B-1 --reason "too many" --as-of $as_of
    left=$(awk -v total="$total" 'BEGIN { printf "%.2f", total - 5 }')
    apart "$purser" status --as-of $as_of
    [[ $out == *"$left USD"* ]]
    apart "$purser" order show bluebird/B-1 --as-of $as_of
    [[ $out == *"$left USD"* ]]
    "$purser" fee waive bluebird/B-1 --reason "a good customer" --as-of $as_of
    apart "$purser" status --as-of $as_of
    [[ $out == *"$total USD"* ]]
}

@test "a policy with mistakes or doubts is told" {
    master
    policy "C-1,1,,,,fixed,,,,,,,," "C-2,2,,,,fixed,5.00,,,,,,," "C-3,3,shipped,,,none,,,,,,,," \
        "C-4,4,,,USD,percent,,10,9.00,8.00,,,,"
    cat outbox/ledger/*acknowledgement* >told
    for code in NEEDS CURRENCY WORD LIMITS; do
        grep -q "MASTER-POLICY-$code" told
    done
    [ "$(stored 'SELECT count(*) FROM cancellation_policy')" -eq 0 ]
    policy "C-1,1,submitted,customer,,percent,,31,,,,,," "C-2,2,submitted,customer,,none,,,,,,,," \
        "C-3,3,approved,company,USD,fixed,5.00,,,,,,," "C-4,3,approved,,,none,,,,,,,,"
    cat outbox/ledger/*acknowledgement* >told
    for code in PENALTY HIDDEN COMPANY EQUAL; do
        grep -q "MASTER-POLICY-$code" told
    done
    [ "$(stored 'SELECT count(*) FROM cancellation_policy')" -eq 4 ]
}
