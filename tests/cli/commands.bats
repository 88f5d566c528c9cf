#!/usr/bin/env bats
# Each command: its exit status, what it says on stdout, and that stderr is silent when all is well.
load helper

@test "without a command, usage is explained and the status is 2" {
    apart "$purser"
    [ "$status" -eq 2 ] && [ -z "$out" ] && [[ $err == *"purser help"* ]]
}

@test "an unknown command names the nearest one" {
    apart "$purser" statsu
    [ "$status" -eq 2 ] && [[ $err == *'did you mean "status"'* ]]
}

@test "an unknown option names the nearest one, and names are not abbreviated" {
    apart "$purser" status --jsn
    [ "$status" -eq 2 ] && [[ $err == *"did you mean --json"* ]]
    apart "$purser" status --verb
    [ "$status" -eq 2 ] && [[ $err == *"--verb"* ]]
}

@test "an option of another command is refused" {
    apart "$purser" status --dry-run
    [ "$status" -eq 2 ] && [[ $err == *"takes no option --dry-run"* ]]
}

@test "help, version and exit codes come from tables" {
    apart "$purser" help
    [ "$status" -eq 0 ] && [[ $out == *"price explain"* ]] && [ -z "$err" ]
    apart "$purser" help exit-codes
    [ "$status" -eq 0 ] && [[ $out == *"128+N"* ]]
    apart "$purser" help FILE-EMPTY
    [ "$status" -eq 0 ] && [[ $out == *"FILE-EMPTY"* ]]
    apart "$purser" order list --help
    [ "$status" -eq 0 ] && [[ $out == *"--graph"* ]]
    apart "$purser" --version
    [ "$status" -eq 0 ] && [[ $out == "purser "* ]]
    apart "$purser" help nothing-of-the-kind
    [ "$status" -eq 7 ]
}

@test "completion is bash that bash accepts" {
    "$purser" completion bash | bash -n
}

@test "init makes a home that works, once" {
    apart "$purser" init new
    [ "$status" -eq 0 ] && [ -z "$err" ]
    apart "$purser" --home new config check
    [ "$status" -eq 0 ] && [ -z "$err" ]
    apart "$purser" --home new run
    [ "$status" -eq 0 ] && [ -z "$out$err" ]
    apart "$purser" init new
    [ "$status" -eq 9 ]
}

@test "status of an empty home is friendly" {
    apart "$purser" status
    [ "$status" -eq 0 ] && [[ $out == *"purser run"* ]] && [ -z "$err" ]
}

@test "a home that is not there, and one without configuration" {
    apart "$purser" status --home /nowhere/at/all
    [ "$status" -eq 7 ]
    mkdir empty
    apart "$purser" status --home empty
    [ "$status" -eq 4 ] && [[ $err == *"purser init"* ]]
}

@test "config check tells file and line, and exits 4" {
    apart "$purser" config check
    [ "$status" -eq 0 ] && [ -z "$err" ]
    printf 'partner "extra" { roles = customer\n  formt = csv }\n' >partners.d/extra.conf
    apart "$purser" config check
    [ "$status" -eq 4 ] && [[ $err == *"partners.d/extra.conf:2"*"did you mean"*"format"* ]]
}

@test "config show tells where each value comes from" {
    apart "$purser" config show currency
    [ "$status" -eq 0 ] && [[ $out == *"company.currency"*"CNY"*"purser.conf:"* ]]
    apart "$purser" config show no-such-key
    [ "$status" -eq 7 ]
}

@test "every list of an empty home is an empty list" {
    for command in "order list" "file list" "approval list" "report list"; do
        apart "$purser" $command
        [ "$status" -eq 0 ] && [ -n "$out" ] && [ -z "$err" ]
    done
}

@test "what is not there is status 7" {
    for command in "order show x/1" "order trace x/1" "price explain x/1" "approval show x/1" "file show x/1" \
        "partner show nobody"; do
        apart "$purser" $command
        [ "$status" -eq 7 ] && [ -z "$out" ]
    done
}

@test "--json is one JSON object for every command" {
    master
    for command in status "order list" "file list" "approval list" "report list" "partner list" "config show" "config check" \
        "partner show bluebird" doctor verify version "run --dry-run" run "file show ledger/prices.csv"; do
        apart "$purser" $command --json
        is_json "$out" || { echo "$command: $out"; return 1; }
    done
}

@test "with --json a fault is JSON on stderr" {
    apart "$purser" order show nobody/1 --json
    [ "$status" -eq 7 ] && [ -z "$out" ] && is_json "$err" && [[ $err == *'"exit_code":7'* ]]
}

@test "--lang zh speaks Chinese" {
    apart "$purser" order list --lang zh
    [ "$status" -eq 0 ] && [[ $out == *"没有"* ]]
}

@test "the life cycle is a graph" {
    apart "$purser" order list --graph
    [ "$status" -eq 0 ] && [[ $out == "digraph order {"*"released"*"}" ]]
}

@test "check finds, and exits 3" {
    apart "$purser" check "$top/samples/wrong/nordlicht-several-mistakes.xml"
    [ "$status" -eq 3 ] && [ -z "$err" ]
    apart "$purser" check --format json "$top/samples/wrong/nordlicht-several-mistakes.xml"
    [ "$status" -eq 3 ] && is_json "$out"
}
