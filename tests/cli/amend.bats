#!/usr/bin/env bats
# Changes of orders from the command line: as a file, their answer as a file, and what waits is decided.
load helper

ordered() { # an order of Bluebird's, with the warehouse
    master
    cp "$top/tests/scenarios/a-released-order-grows-and-shrinks/order.csv" inbox/bluebird/
    "$purser" run --as-of $as_of
}

change() { # ROW... -- a file of one change
    {
        echo "change_number,order_number,action,line_number,quantity"
        printf '%s\n' "$@"
    } >change.csv
}

amend() { apart "$purser" order amend bluebird/BB-7401 "$@" --as-of $as_of; }

asked() { # more must be asked of a person
    printf 'change,state,customer_group,way\nincrease,,,ask\n' >inbox/ledger/rules.csv
    "$purser" run --as-of $as_of
}

@test "a change is taken from a file as a partner would send it" {
    ordered
    change "C-9,BB-7401,set,1,8"
    amend --file change.csv --dry-run --json
    [ "$status" -eq 0 ]
    is_json "$out"
    [[ $out == *'"verdict":"taken"'*'"code":"CHANGE-NEW-LINE"'*'"dry_run":true'* ]]
    amend --file change.csv
    [ "$status" -eq 0 ]
    [[ $out == *"changed, version 2"* ]]
    [ -z "$err" ]
}

@test "a change of a number is carried out once, from whichever file" {
    ordered
    change "C-9,BB-7401,set,1,8"
    amend --file change.csv
    [ "$status" -eq 0 ]
    amend --file change.csv
    [ "$status" -ne 0 ]
    [[ $err == *"the change C-9 of order bluebird/BB-7401 was answered before"* ]]
    cp change.csv inbox/bluebird/
    "$purser" run --as-of 2026-03-02T11:00:00+08:00
    apart "$purser" order show bluebird/BB-7401 --json
    [[ $out == *'"line":"1.1"'* ]]
    [[ $out != *'"line":"1.2"'* ]]
    [[ $(cat outbox/bluebird/acknowledgement-*.csv) == *"REQUEST-KNOWN"* ]]
}

@test "a file with anything but one change of the order is no change of it" {
    ordered
    change "C-1,BB-7401,set,1,8" "C-2,BB-7401,set,2,8"
    amend --file change.csv
    [ "$status" -eq 2 ]
    [[ $err == *"must have one change of an order; it has 2"* ]]
    change "C-1,BB-1,set,1,8"
    amend --file change.csv
    [ "$status" -eq 2 ]
    [[ $err == *"has a change of order BB-1, not of BB-7401"* ]]
    change "C-1,BB-7401,set,1,many"
    amend --file change.csv
    [ "$status" -eq 2 ]
    [[ $err == *"change.csv, line 2: quantity is not a number: many (FLD-NUMBER)"* ]]
    amend --file nothing.csv
    [ "$status" -ne 0 ]
    [ -z "$out" ]
    amend
    [ "$status" -eq 2 ]
}

@test "what is said of a line is all that a file needs" {
    ordered
    amend --add 9:sku=LJ-100,quantity=2
    [ "$status" -eq 2 ]
    [[ $err == *"needs sku, quantity and unit"* ]]
    amend --note "9:ring twice"
    [ "$status" -eq 3 ]
    [[ $out == *"The order has no line 9."* ]]
    amend --set 1:quantity=8.5
    [ "$status" -eq 3 ]
    [[ $out == *"Line 1 would be 8.5 C62: there is no part of a unit."* ]]
    amend --add 9:sku=LJ-10,quantity=2,unit=C62
    [ "$status" -eq 3 ]
    [[ $out == *"PRICE-SKU-UNKNOWN: We have no product with the SKU LJ-10. The nearest SKU we have: LJ-100"* ]]
}

@test "a note is replaced, and taken away" {
    sed -i '/^ *warehouse /d' purser.conf
    ordered
    amend --note "ring twice" --note "1:上午送"
    [ "$status" -eq 0 ]
    amend --note - --note 1:-
    [ "$status" -eq 0 ]
    [[ $out == *'delivery note none (was "ring twice")'*'line 1: delivery note none (was "上午送")'* ]]
}

@test "the answer goes to a file or into a folder" {
    ordered
    mkdir answers
    amend --set 1:quantity=8 --dry-run --output answer.csv
    [ "$status" -eq 0 ]
    [[ $(<answer.csv) == *"CHANGE-NEW-LINE"* ]]
    amend --set 1:quantity=8 --dry-run --output answers
    [ -s answers/change-response-bluebird-000001.csv ]
    amend --set 1:quantity=8 --dry-run --output no/such/folder.csv
    [ "$status" -eq 2 ]
    [[ $err == *"cannot write"* ]]
}

@test "less of what is under way is told in English and Chinese" {
    ordered
    amend --set 1:quantity=4 --dry-run
    [ "$status" -eq 0 ]
    [[ $out == *"2 C62 of it are under way"* ]]
    amend --set 1:quantity=4 --lang zh
    [ "$status" -eq 0 ]
    [[ $out == *"其中 2 C62 已在处理中"* ]]
    amend --set 1:quantity=5 --lang zh
    [ "$status" -eq 3 ]
    [[ $out == *"尚未答复；仍可取消 4"* ]]
}

@test "what waits is accepted or rejected, with a reason, once" {
    ordered
    asked
    amend --set 1:quantity=8
    [ "$status" -eq 0 ]
    [[ $out == *"the change waits"* ]]
    amend --decide perhaps
    [ "$status" -eq 2 ]
    amend --decide reject
    [ "$status" -eq 2 ]
    amend --decide accept --dry-run
    [ "$status" -eq 0 ]
    [[ $out == *"version 2"* ]]
    amend --decide accept
    [ "$status" -eq 0 ]
    [[ $out == *"CHANGE-NEW-LINE"* || $out == *"line 1.1"* ]]
    [[ $out != *"No file tells"* ]]
    amend --decide accept --output decided.json
    [ "$status" -eq 2 ]
    amend --decide accept --dry-run --output decided.csv
    [ "$status" -eq 2 ]
    [ -z "$(ls decided.* 2>/dev/null)" ]
    amend --decide accept
    [ "$status" -ne 0 ]
    [ -z "$out" ]
}

@test "who lets a note be taken after the release is told that nobody else hears of it" {
    ordered
    amend --note "ring twice"
    [[ $out == *"the change waits"* && $out != *"No file tells"* ]]
    amend --decide accept
    [ "$status" -eq 0 ]
    [[ $out == *"No file tells those who have the goods of another day or note: tell them"* ]]
    amend --note - --lang zh
    amend --decide accept --lang zh
    [[ $out == *"请另行告知"* ]]
}

planned() { # two orders: the first has all 8 that are there, the second waits
    master
    printf 'planning {\n promise = yes\n}\n' >>purser.conf
    printf 'extent,sku,quantity,as_of\nfull,PE-357,8,2026-03-02T07:00:00+08:00\nfull,LJ-100,0,2026-03-02T07:00:00+08:00\n' >inbox/harbour/count.csv
    sed 's/,6,C62/,8,C62/' "$top/tests/scenarios/a-released-order-grows-and-shrinks/order.csv" >inbox/bluebird/one.csv
    "$purser" run --as-of $as_of
    sed 's/7401/7402/; /LJ-100/d' "$top/tests/scenarios/a-released-order-grows-and-shrinks/order.csv" >inbox/bluebird/two.csv
    "$purser" run --as-of $as_of
}

@test "a trial tells which promised days it would move, of other orders too" {
    planned
    amend --set 1:quantity=2 --dry-run
    [ "$status" -eq 0 ]
    [ -z "$err" ]
    [[ $out == *"  promised, line 1 (PE-357): 2026-03-"*" (same)"* ]]
    [[ $out == *"  promised, line 2 (LJ-100): nobody can say -> nobody can say (same)"* ]]
    [[ $out == *"  bluebird/BB-7402, line 1 (PE-357): nobody can say -> 2026-03-"*" (earlier)"* ]]
    amend --set 1:quantity=2 --dry-run --lang zh
    [[ $out == *"  bluebird/BB-7402第 1 行（PE-357）：无法确定 -> 2026-03-"*"（提前）"* ]]
    amend --set 1:quantity=9 --dry-run
    [[ $out == *"line 1 (PE-357): 2026-03-"*" -> nobody can say (later)"* ]]
    [[ $out == *"no other order is promised another day"* ]]
    amend --remove 1 --dry-run
    [[ $out == *"line 1 (PE-357): 2026-03-"*" -> not at all (drops)"* ]]
    amend --add 3:sku=PE-357,quantity=1,unit=C62 --dry-run
    [[ $out == *"line 3 (PE-357): not at all -> nobody can say (joins)"* ]]
}

@test "what a trial tells of promised days is what the change then does" {
    planned
    amend --set 1:quantity=2 --dry-run --json
    is_json "$out"
    [[ $out == *'"promises":{"planned":true,"lines":[{"partner":"bluebird","order":"BB-7401","line":"1","sku":"PE-357","before":"2026-03-'* ]]
    told=$(grep -o '"order":"BB-7402","line":"1","sku":"PE-357","before":null,"after":"[^"]*","move":"earlier"' <<<"$out" |
        grep -o '2026-[0-9-]*')
    [ -n "$told" ]
    said=$out
    amend --set 1:quantity=2 --dry-run --output what-if.json --quiet
    [ -z "$out" ]
    [ "$(cat what-if.json)" = "$said" ]
    amend --set 1:quantity=2 --output what-if.json
    [ "$status" -eq 2 ]
    amend --set 1:quantity=2 --json
    [[ $out != *'"promises"'* ]]
    "$purser" run --as-of $as_of
    apart "$purser" order explain bluebird/BB-7402 --json
    [[ $out == *"\"promised\":\"$told\""* ]]
}

@test "a change whose partner is not configured any more waits, is told of, and can be rejected" {
    ordered
    asked
    amend --set 1:quantity=8
    [ "$status" -eq 0 ]
    mv partners.d/bluebird.conf away.conf
    apart "$purser" run --as-of $as_of
    [[ $err == *"change #1 of the order bluebird/BB-7401 waits: this partner is not configured any more"* ]]
    apart "$purser" status --as-of $as_of
    [[ $out == *"change #1 of the order bluebird/BB-7401 waits: its partner is not configured any more"* ]]
    [[ $out == *"order amend 'bluebird/BB-7401' --change '#1' --decide reject --reason"* ]]
    amend --decide accept
    [ "$status" -eq 4 ]
    [[ $err == *"its change can only be rejected"* ]]
    amend --decide reject --reason "no customer any more"
    [ "$status" -eq 3 ]
    apart "$purser" run --as-of $as_of
    [[ $err == *"messages (change-response) that wait for it: 2"* ]]
    [[ $err != *"change #1"* ]]
    mv away.conf partners.d/bluebird.conf
    "$purser" run --as-of $as_of
    grep -q "no customer any more" outbox/bluebird/change-response-*
}
