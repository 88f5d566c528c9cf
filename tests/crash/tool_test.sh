#!/bin/bash
# tool_test.sh -- proves that the crash tool strikes where it says: a sweep that never strikes would always be green.
set -uo pipefail
crash=$(cd "$(dirname "$0")/../.." && pwd)/.build/tools/crash
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
status=0

# Calls in order: 1 makes one, 2 renames it, 3 makes three; writes to descriptor 1 are not counted.
story=': >one; mv one two; : >three'

expect() { # SENTENCE CODE FILES CRASH ARGUMENTS...
    local sentence=$1 code=$2 files=$3 got=0
    shift 3
    rm -f one two three
    "$crash" "$@" -- sh -c "$story" >said 2>&1 || got=$?
    if [ "$got" = "$code" ] && [ "$(find . -name 'one' -o -name two -o -name three | sort | tr -d './\n')" = "$files" ]; then
        echo "ok $sentence"
    else
        sed 's/^/# /' said
        echo "not ok $sentence (exit $got)"
        status=1
    fi
}

expect "an undisturbed command runs to its end" 0 threetwo --count count --list list
[ "$(cat count)" = 3 ] && echo "ok three calls are counted, over parent and child" || { cat list; echo "not ok count"; status=1; }
expect "a kill at the first call leaves nothing" 137 "" --kill 1
expect "a kill at the second leaves what the first made, though a child makes the call" 137 one --kill 2
expect "a kill at the third leaves the renamed file" 137 two --kill 3
expect "a kill beyond the last call never comes" 0 threetwo --kill 4
expect "an error once lets later calls work" 0 onethree --fail 2:EIO
expect "an error for good stops all later calls" 2 one --fail-from 2:ENOSPC
expect "what happens meanwhile has happened before the call" 0 threetwo --meanwhile "2:test -e one && ! test -e two"
expect "a SIGTERM ends the command, but not the child that makes the call" 143 two --term 2
expect "with --of only calls on such paths are counted" 137 two --of three --kill 1
echo 12345678 >in
"$crash" --short 2 --list list -- tee five <in >/dev/null 2>&1
if cmp -s in five && [ "$(grep -c 'write(.*five)' list)" = 2 ]; then
    echo "ok a short write makes the writer write the rest"
else
    echo "not ok a short write makes the writer write the rest"
    status=1
fi
if "$crash" --of /in --fail 1:EIO -- head -c 4 in >out 2>said || [ -s out ] || ! grep -q 'struck at 1 read(.*/in)' said; then
    cat said
    echo "not ok a read fails with --of" && status=1
else
    echo "ok a read fails with --of"
fi
exit $status
