# The stock of warehouses at the command line.
load helper

told() { # the sample report of the warehouse, and what is to come
    master
    cp "$top"/samples/stock/* inbox/harbour/
    "$purser" run --as-of "$as_of"
}

@test "before a warehouse has told of its stock, the list is empty and no product has any" {
    apart "$purser" stock list
    [ "$status" -eq 0 ]
    [[ $out == *"No warehouse has told of its stock."* ]]
    apart "$purser" stock show LJ-100
    [ "$status" -eq 7 ]
    [[ $err == *"there is no product LJ-100"* ]]
    master
    apart "$purser" stock show LJ-100
    [ "$status" -eq 0 ]
    [[ $out == *"West Lake Longjing"* ]]
    [[ $out != *"harbour"* ]]
    apart "$purser" stock show NO-SUCH --json
    [ "$status" -eq 7 ]
}

@test "the stock is listed by warehouse and product, in words and as JSON" {
    told
    apart "$purser" stock list
    [ "$status" -eq 0 ]
    [[ $out == *"harbour"*"LJ-100"*"240"*"2026-03-02 07:30"*"2026-04-10"*"500"* ]]
    [ "$(grep -c harbour <<<"$out")" -eq 5 ]
    apart "$purser" stock list --limit 2
    [ "$(grep -c harbour <<<"$out")" -eq 2 ]
    apart "$purser" stock list --warehouse nobody
    [[ $out == *"No warehouse has told of its stock."* ]]
    apart "$purser" stock list --sku PE-357 --warehouse harbour --json
    is_json "$out"
    [[ $out == *'"schema":"purser.stock.list/1"'*'"sku":"PE-357","on_hand":"36","reserved":"0","free":"36"'* ]]
    [[ $out == *'"next_receipt":null'* ]]
    [ "$(grep -o '"sku"' <<<"$out" | wc -l)" -eq 1 ]
}

@test "a product is shown with its moves, newest first" {
    told
    cat >inbox/harbour/changes.csv <<'EOT'
extent,sku,quantity,as_of,kind,number,reason
change,LJ-100,-250,2026-03-02T07:40:00+08:00,transfer,H-1,to the fair
change,LJ-100,-1,2026-03-02T07:20:00+08:00,scrap,H-2,
EOT
    "$purser" run --as-of 2026-03-02T09:00:00+08:00
    apart "$purser" stock show LJ-100
    [ "$status" -eq 0 ]
    [[ $out == *"-10"*"PO-2026-014"*"H-1"*"to the fair"*"count"*"H-2"* ]]
    apart "$purser" stock show LJ-100 --limit 1 --json
    is_json "$out"
    [[ $out == *'"kind":"transfer","number":"H-1","quantity":"-250","effect":"-250","reference":null'* ]]
    [[ $out != *'"number":"H-2"'* ]]
    apart "$purser" stock show LJ-100 --lang zh
    [[ $out == *"库存变动"*"调拨"*"盘点"* ]]
    apart "$purser" status
    [[ $out == *"harbour has -10 of LJ-100"*"purser stock show 'LJ-100'"* ]]
    apart "$purser" status --json
    [[ $out == *'"what":"stock-below","for":"harbour"'* ]]
}

@test "a stock report is checked before it is sent" {
    apart "$purser" check "$top/samples/stock/harbour-2026-03-02.csv"
    [ "$status" -eq 0 ]
    [[ $out == *"5 stock rows"* ]]
    apart "$purser" check "$top/samples/stock/harbour-planned.xml"
    [ "$status" -eq 0 ]
}
