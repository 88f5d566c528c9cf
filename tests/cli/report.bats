#!/usr/bin/env bats
# Reports from the command line, as workbooks.
load helper

orders() {
    cp "$top"/samples/master/{customers,products,product-options,prices,approval-matrix}.csv inbox/ledger/
    "$purser" run --as-of 2026-03-01T08:00:00+08:00
    cp "$top/samples/orders/bluebird-2026-03-02.csv" inbox/bluebird/orders.csv
    "$purser" run --as-of $as_of
}

sales() { # FORMAT NAME [OPTION...]
    "$purser" report run sales --from 2026-03-01 --to 2026-03-31 --format "$1" --output "$2" --as-of $as_of "${@:3}"
}

@test "a workbook holds the figures of the CSV, as numbers, and the same bytes come twice" {
    orders
    sales csv sales.csv
    sales xlsx sales.xlsx
    sales xlsx again.xlsx
    cmp sales.xlsx again.xlsx
    "$top/tests/xlsx.sh" sales.xlsx >sales.txt
    total=$(awk -F, '$3 == "total" { print $22 + 0 }' sales.csv)
    grep -qF "=SUBTOTAL(109,F4:F34) -> $total" sales.txt
    grep -qP "^By product\tUSD\t$total\t$total\t=ROUND\(C\d+-D\d+,4\)=0 -> TRUE" sales.txt
    grep -qP '^TGY-250\tTieguanyin, Anxi, bag of 250 g\tC\t1\t2\tC62\t49.6\t' sales.txt
}

@test "customers are told as buyers, in every form" {
    orders
    for form in html csv xlsx; do
        "$purser" report run customers --period 2026-03 --format $form --output customers.$form --as-of $as_of
    done
    grep -q '^2026-03-01,2026-03-31,loyalty,USD,first-orders,,,,,,,,1,' customers.csv
    "$top/tests/xlsx.sh" customers.xlsx >customers.txt
    grep -qF '== RFM classes USD' customers.txt
    "$purser" report run customers --period 2026-03 --lang zh --as-of $as_of | grep -q 重要价值客户
    apart "$purser" report run customers --by booked
    [ "$status" -eq 2 ]
    [[ $err == *"--by is of the reports sales and efficiency, not of customers"* ]]
}

@test "the finance pack leads from orders to cash, in every form" {
    orders
    for form in html csv xlsx; do
        "$purser" report run finance --period 2026-03 --format $form --output finance.$form --as-of $as_of
    done
    grep -q ',not-invoiced-here,' finance.csv
    ! grep -q ',no.$' finance.csv
    grep -qF '<title>Finance pack of March 2026: all totals agree, ' finance.html
    "$top/tests/xlsx.sh" finance.xlsx >finance.txt
    grep -qF '== From orders to cash USD' finance.txt
    "$purser" report run finance --period 2026-03 --lang zh --as-of $as_of | grep -q 从订单到收款
}

@test "how orders went their way is told in every form" {
    orders
    for form in html csv xlsx; do
        "$purser" report run efficiency --period 2026-03 --format $form --output way.$form --as-of $as_of
    done
    grep -q '^2026-03-01,2026-03-31,stage,approval,,hours,' way.csv
    "$top/tests/xlsx.sh" way.xlsx >way.txt
    grep -qF '== Stages, hours by the clock' way.txt
    "$purser" report run efficiency --period 2026-03 --lang zh --as-of $as_of | grep -q '各阶段自然小时'
    "$purser" report run efficiency --by ordered --period 2026-03 --format csv --as-of $as_of | grep -q ',open,'
}

@test "a name that looks like a formula stays a text" {
    orders
    sed 's/Bluebird Tea Company/=1+2+cmd/' "$top/samples/master/customers.csv" >inbox/ledger/customers.csv
    "$purser" run --as-of 2026-03-02T10:00:00+08:00
    sed 's/BB-447/BB-557/' "$top/samples/orders/bluebird-2026-03-02.csv" >inbox/bluebird/more.csv
    "$purser" run --as-of 2026-03-02T11:00:00+08:00
    "$purser" report run sales --format xlsx --output sales.xlsx --as-of 2026-03-03T08:00:00+08:00
    "$top/tests/xlsx.sh" sales.xlsx >sales.txt
    grep -qF $'BLUE\t=1+2+cmd\t' sales.txt
    ! sqlite3 :memory: "SELECT CAST(data AS TEXT) FROM zipfile('sales.xlsx') WHERE name LIKE 'xl/worksheets/%.xml'" |
        grep -o '<f>[^<]*</f>' | grep -vE '<f>(SUBTOTAL\(109,[A-Z0-9:]+\)|ROUND\([A-Z0-9-]+,4\)=0)</f>'
}

@test "a workbook speaks Chinese, and is not put on a terminal or into JSON" {
    orders
    sales xlsx sales.xlsx --lang zh
    "$top/tests/xlsx.sh" sales.xlsx | grep -q '净销售额'
    apart "$purser" report run sales --format xlsx --json
    [ "$status" -eq 2 ]
    [[ $err == *"--output FILE"* ]]
    apart "$purser" report run sales --format ods
    [ "$status" -eq 2 ]
    [[ $err == *"html, csv, xlsx or pdf"* ]]
}

@test "a partner's score card is of that partner alone, and of no other report" {
    orders
    "$purser" report run partners --period 2026-03 --as-of $as_of --format csv >partners.csv
    grep -q '^2026-03-01,2026-03-31,partner,,ledger,' partners.csv
    "$purser" report run partners --partner bluebird --period 2026-03 --as-of $as_of >card.html
    grep -q '<h1>The one file of Bluebird Tea Company in March 2026 was accepted</h1>' card.html
    ! grep -qi -e ledger -e nordlicht card.html
    "$purser" report run score-card --partner bluebird --period 2026-03 --as-of $as_of | cmp - card.html
    for form in csv xlsx; do
        "$purser" report run partners --partner bluebird --period 2026-03 --as-of $as_of --format $form --output card.$form
    done
    grep -qE '^2026-03-01,2026-03-31,total,+1,1,0,0,100,' card.csv
    "$top/tests/xlsx.sh" card.xlsx | grep -q '^Files accepted %.*100'
    apart "$purser" report run partners --partner bluebrid
    [ "$status" -ne 0 ]
    [[ $err == *bluebrid*bluebird* ]]
    apart "$purser" report run sales --partner bluebird
    [ "$status" -eq 2 ]
    [[ $err == *"--partner makes a score card of the report partners"* ]]
    apart "$purser" report run score-card
    [ "$status" -eq 2 ]
    [[ $err == *"whose score card?"* ]]
}

@test "score cards go to partners, to all of them where none is named" {
    cat >>purser.conf <<'END'
schedule "cards" {
    report = score-card
    every  = month
    to     = "*"
    forms  = csv
}
END
    orders
    "$purser" run --as-of 2026-04-01T08:00:00+08:00
    [ "$(find outbox -name 'report-*' ! -path '*/ledger/*' | sort)" = "$(printf 'outbox/%s\n' \
        bluebird/report-bluebird-000001.csv harbour/report-harbour-000001.csv nordlicht/report-nordlicht-000001.csv \
        qinghe/report-qinghe-000001.csv)" ]
    sed -i 's/to     = "\*"/to = boss@example.com/' purser.conf
    apart "$purser" config check
    [ "$status" -ne 0 ]
    [[ $err$out == *"a score-card goes to the partner whom it is about"* ]]
}

sold_by() { # PERSON
    echo "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_region,sold_to_city,sold_to_postal_code,sold_to_street,sku,quantity,unit,sales_person"
    echo "P-1,2026-03-02,USD,BLUE,Bluebird Tea Company,US,OR,Portland,97209,1120 NW Couch Street,TGY-250,2,C62,$1"
}

@test "an order may say who sold it, and the report tells by sales person" {
    cp "$top"/samples/master/{customers,products,product-options,prices,approval-matrix}.csv inbox/ledger/
    "$purser" run --as-of 2026-03-01T08:00:00+08:00
    sold_by "Anna Berg" >inbox/bluebird/orders.csv
    "$purser" run --as-of $as_of
    sales csv sales.csv
    net=$(awk -F, '$3 == "total" { print $22 }' sales.csv)
    [ "$(awk -F, '$3 == "salesperson" { print $5 "|" $22 }' sales.csv)" = "Anna Berg|$net" ]
    "$purser" order show bluebird/P-1 | grep -q 'SALES PERSON *Anna Berg'
    "$purser" verify
    sold_by "$(printf 'x%.0s' {1..41})" >long.csv
    apart "$purser" check --partner bluebird long.csv
    [ "$status" -ne 0 ]
    [[ $out == *sales_person* ]]
}
