#!/usr/bin/env bats
# The runner of the tests itself: what it must never do is to pass without having tested.
load helper

@test "a suite that does not exist is no success, and the suites there are are named" {
    for names in unti "crash-tool unti"; do
        # shellcheck disable=SC2086
        apart "$top/tests/check.sh" $names
        [ "$status" -eq 2 ]
        [ -z "$out" ]
        [[ $err == *'no suite "unti"'*" unit "*" lint "* ]]
    done
}
