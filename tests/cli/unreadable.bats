#!/usr/bin/env bats
# Files in the spool that cannot be read: they wait, and stop nobody.  See also the scenario
# a-file-that-cannot-be-read-holds-up-only-its-mailbox.
load helper

crash() { "$top"/.build/tools/crash "$@"; }

# Every read of the file fails once, the first, the second, and so on: each time it waits, and the others go through.
each_read_fails() { # PARTNER FILE OTHER
    local point=0 answers
    rm -rf "$home.before" && cp -a "$home" "$home.before"
    while point=$((point + 1)); do
        find . -mindepth 1 -delete && cp -a "$home.before/." .
        apart crash --fail $point:EIO --of "/spool/$1" -- "$purser" run --as-of "$as_of"
        grep -q "struck at $point" err || break
        [ "$status" -eq 5 ] || { echo "read $point: exit $status $err"; return 1; }
        [[ $err == *"$2 of $1 waits, for it cannot be read: "* ]] || return 1
        [ ! -s .purser/working ] || return 1
        [ "$(find outbox/"$3" -name 'order-response-*' | wc -l)" -eq 1 ] || return 1
        apart "$purser" status
        [[ $out == *"$1/$2 waits, for it cannot be read: "*"Input/output error"* ]] || return 1
        "$purser" run --as-of "$as_of" || return 1
        apart "$purser" file list --state taken
        [[ $out == *"$1/$2"* ]] || return 1
        "$purser" verify || return 1
    done
    rm -rf "$home.before"
    [ $point -gt 2 ]
}

@test "a disk that fails while a CSV file is read holds up that file only" {
    master
    cp "$top"/samples/orders/bluebird-2026-03-02.csv inbox/bluebird/
    cp "$top"/samples/orders/nordlicht-2026-03-02.xml inbox/nordlicht/
    touch -d 2026-01-01 inbox/*/*
    "$purser" run --only fetch --as-of "$as_of"
    each_read_fails bluebird bluebird-2026-03-02.csv nordlicht
}

@test "a disk that fails while an XML file is read holds up that file only" {
    master
    cp "$top"/samples/orders/bluebird-2026-03-02.csv inbox/bluebird/
    cp "$top"/samples/orders/nordlicht-2026-03-02.xml inbox/nordlicht/
    touch -d 2026-01-01 inbox/*/*
    "$purser" run --only fetch --as-of "$as_of"
    each_read_fails nordlicht nordlicht-2026-03-02.xml bluebird
}

@test "a file of a mailbox that is gone, which cannot be read, does not stop the fetching" {
    master
    cp "$top"/samples/orders/bluebird-2026-03-02.csv inbox/bluebird/
    touch -d 2026-01-01 inbox/*/*
    apart crash --kill 1 --of /spool/bluebird -- "$purser" run --as-of "$as_of"
    [ "$status" -eq 137 ]
    mv partners.d/bluebird.conf bluebird.kept
    name=$(basename .purser/spool/bluebird-*)
    mv .purser/spool/"$name" . && mkdir .purser/spool/"$name"
    cp "$top"/samples/orders/nordlicht-2026-03-02.xml inbox/nordlicht/
    touch -d 2026-01-01 inbox/nordlicht/*
    apart "$purser" run --as-of "$as_of"
    [ "$status" -eq 5 ]
    [[ $err == *"whose mailbox folder is not configured any more, waits, for it cannot be read: "* ]]
    [ "$(find outbox/nordlicht -name 'order-response-*' | wc -l)" -eq 1 ]
    apart "$purser" status
    [[ $out == *"bluebird/bluebird-2026-03-02.csv waits, for it cannot be read: "* ]]
    apart "$purser" verify
    [ "$status" -eq 0 ] # a claim has no bytes to compare yet
    rmdir .purser/spool/"$name" && mv "$name" .purser/spool/
    mv bluebird.kept partners.d/bluebird.conf
    "$purser" run --as-of "$as_of"
    apart "$purser" file list --state taken
    [[ $out == *bluebird/bluebird-2026-03-02.csv* ]]
    "$purser" verify
}

@test "verify tells of a file that cannot be read, and looks at the others" {
    master
    mkdir kept && mv .purser/archive/ledger/*_customers.csv kept/ && mkdir .purser/archive/ledger/"$(ls kept)"
    echo >>"$(echo .purser/archive/ledger/*_prices.csv)"
    apart "$purser" verify
    [ "$status" -eq 10 ]
    [[ $out == *"_customers.csv cannot be read: "* ]]
    [[ $out == *"_prices.csv of ledger has other bytes"* ]]
}

@test "a file that cannot leave the spool does not stop the answers" {
    master
    cp "$top"/samples/orders/bluebird-2026-03-02.csv inbox/bluebird/
    touch -d 2026-01-01 inbox/*/*
    : >.purser/archive/bluebird
    apart "$purser" run --as-of "$as_of" --json
    [ "$status" -eq 5 ]
    [[ $out == *'"files_waiting": 1'* || $out == *'"files_waiting":1'* ]]
    [[ $err == *"bluebird-2026-03-02.csv of bluebird stays in the spool, for it cannot be moved from there: "* ]]
    [ "$(find outbox/bluebird -name 'order-response-*' | wc -l)" -eq 1 ]
    rm .purser/archive/bluebird
    "$purser" run --as-of "$as_of"
    "$purser" verify
}
