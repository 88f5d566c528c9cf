#!/usr/bin/env bats
# Runs: silence in cron, the lock, signals, dry runs, stations, and files that are taken up again.
load helper

@test "a run with nothing to do says nothing" {
    apart "$purser" run --as-of "$as_of"
    [ "$status" -eq 0 ]
    [ -z "$out$err" ]
}

@test "a good day is silent in cron, and told with --verbose" {
    cp "$top"/samples/master/*.csv inbox/ledger/
    apart "$purser" run --as-of "$as_of"
    [ "$status" -eq 0 ]
    [ -z "$out$err" ]
    apart "$purser" run --as-of "$as_of" --verbose
    [ "$status" -eq 0 ]
    [[ $err == *"nothing to do"* ]]
}

@test "a home may be reached through a symbolic link" {
    ln -s "$home" "$home.link"
    cp "$top"/samples/master/*.csv inbox/ledger/
    apart "$purser" run --home "$home.link" --as-of "$as_of"
    rm "$home.link"
    [ "$status" -eq 0 ]
    "$purser" verify
}

@test "a second run leaves at once with status 6 and says who works" {
    "$purser" run
    (flock 9; sleep 5) 9>>.purser/run.lock &
    holder=$!
    sleep 0.3
    apart "$purser" run
    kill $holder
    [ "$status" -eq 6 ]
    [[ $err == *"another run holds the lock"* ]]
}

@test "two runs at once: one works, the other leaves or comes after it" {
    cp "$top"/samples/master/*.csv inbox/ledger/
    "$purser" run --as-of "$as_of" & first=$!
    "$purser" run --as-of "$as_of" & second=$!
    one=0 other=0
    wait $first || one=$?
    wait $second || other=$?
    [ $((one + other)) -eq 0 ] || [ $((one + other)) -eq 6 ]
    "$purser" verify
}

@test "a reader that does not go on reading holds up no run" {
    master
    {
        head -n 1 "$top"/samples/orders/bluebird-2026-03-02.csv
        for number in {1..1500}; do
            echo "BB-$number,2026-03-02,USD,BLUE,2026-03-20,Bluebird,+1 503 555 0142,US,OR,Portland,97209,1 Couch Street,,,1,LJ-100,Longjing,48,C62,23.90,packing=tin"
        done
    } >inbox/bluebird/many.csv
    "$purser" run --as-of "$as_of" --verbose
    mkfifo pipe
    exec 7<>pipe
    for command in "order list --limit 10000 --json" "verify --dump"; do
        # more than a pipe holds, so that it must wait
        [ "$("$purser" $command | wc -c)" -gt 131072 ]
        "$purser" $command >pipe 7<&- & reader=$!
        sleep 1
        cp "$top"/samples/master/prices.csv "inbox/ledger/prices-${command%% *}.csv"
        apart timeout 8 "$purser" run --as-of "$as_of"
        [ "$status" -eq 0 ]
        [ -z "$err" ]
        kill -0 $reader
        kill $reader
        timeout 1 cat <pipe >/dev/null || true
    done
    exec 7<&-
}

@test "a signal ends a run after its current unit with 128+N" {
    master
    mkdir -p inbox/slow
    printf 'partner "slow" { roles = customer mailbox "m" { fetch = "inbox/slow" settle = 20s } }\n' >partners.d/slow.conf
    echo x >inbox/slow/a.csv
    "$purser" run & runner=$!
    sleep 1
    kill -TERM $runner
    code=0
    wait $runner || code=$?
    [ $code -eq 143 ]
    "$purser" verify
}

@test "a dry run changes nothing and says what would be written" {
    master
    cp "$top"/samples/master/prices.csv inbox/ledger/again.csv
    echo >>inbox/ledger/again.csv
    touch -d 2026-01-01 inbox/ledger/again.csv
    find . -type f ! -name run.lock ! -name '*-journal' -exec sha256sum {} + | grep -v -e ' ./out$' -e ' ./err$' | sort >"$home.before"
    apart "$purser" run --dry-run --as-of "$as_of"
    [ "$status" -eq 0 ]
    [[ $out == *"outbox/ledger/"* ]]
    find . -type f ! -name run.lock ! -name '*-journal' -exec sha256sum {} + | grep -v -e ' ./out$' -e ' ./err$' | sort >"$home.after"
    diff "$home.before" "$home.after"
    rm -f "$home.before" "$home.after"
}

@test "--only works the stations it names and refuses others" {
    cp "$top"/samples/master/customers.csv inbox/ledger/
    "$purser" run --only fetch --as-of "$as_of"
    [ -z "$(ls inbox/ledger)" ]
    [ -z "$(find outbox -type f)" ]
    "$purser" run --as-of "$as_of"
    [ -n "$(find outbox -type f)" ]
    apart "$purser" run --only fetsch
    [ "$status" -eq 2 ]
}

@test "a refused file can be taken up again, and only a refused one" {
    : >inbox/bluebird/empty.csv
    "$purser" run --as-of "$as_of" || true
    apart "$purser" file list --state refused
    [[ $out == *"bluebird/empty.csv"* ]]
    apart "$purser" file retry bluebird/empty.csv
    [ "$status" -eq 0 ]
    [ -z "$err" ]
    apart "$purser" file retry bluebird/empty.csv
    [ "$status" -eq 9 ]
    "$purser" run --as-of "$as_of" || true
    [ "$("$purser" file list --state refused | grep -c empty.csv)" -eq 2 ]
    "$purser" verify
}

@test "a broken partner file is loud and does not stop the others" {
    cp "$top"/samples/master/*.csv inbox/ledger/
    echo 'partner "broken" { roles = }' >partners.d/broken.conf
    apart "$purser" run --as-of "$as_of"
    [ "$status" -eq 4 ]
    [[ $err == *"partners.d/broken.conf:1"* ]]
    [ -n "$(find outbox/ledger -type f)" ]
}

@test "a closed standard output is refused before anything is opened" {
    code=0
    "$purser" run >&- || code=$?
    [ $code -eq 1 ]
    [ ! -e .purser ]
}
