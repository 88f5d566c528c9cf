#!/bin/bash
# check.sh [SUITE...] -- every suite of tests (or those named), one line each, then what failed; the last line is
# "N passed, N failed".  Each suite's whole output is in .build/check/SUITE.log.
#
# A name that is no suite's ends it at once, with the names there are.
#
# A suite is any command.  Its results are counted from what it prints: TAP lines ("ok 1 - ...", "not ok 2 - ..."),
# cmocka's "[  PASSED  ] N test(s)", and lines "N passed, N failed".  A suite that ends with an error without
# having counted a failure counts as one, and so does one that printed no result at all.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

logs=.build/check
mkdir -p "$logs"
passed=0 failed=0
cores=$(nproc)

count() { # LOG -- prints "PASSED FAILED"
    awk '
        /^ok / { passed++ }
        /^not ok / { failed++ }
        { last = $0 }
        /^\[  PASSED  \] [0-9]+ test/ { passed += $4 }
        /^\[  FAILED  \] .*[0-9]+ test\(s\), listed below/ { for (i = 1; i < NF; i++) if ($(i + 1) ~ /^test/) failed += $i }
        /^[0-9]+ passed, [0-9]+ failed/ { passed += $1; failed += $3 }
        # A sum in the last line is of all that stands above it.
        END {
            if (last ~ /^[0-9]+ passed, [0-9]+ failed/) { split(last, sum, " "); passed = sum[1]; failed = sum[3] }
            print passed + 0, failed + 0
        }' "$1"
}

is_wanted() { # NAME
    [ ${#wanted[@]} -eq 0 ] || [[ " ${wanted[*]} " == *" $1 "* ]]
}

suite() { # NAME COMMAND...
    local name=$1 log=$logs/$1.log status=0 begin=$SECONDS good bad
    shift
    is_wanted "$name" || return 0
    "$@" >"$log" 2>&1 </dev/null || status=$?
    read -r good bad < <(count "$log")
    if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$good" -eq 0 ]; }; then
        bad=1
    fi
    printf '%-12s %5d passed, %d failed  (%d s)\n' "$name" "$good" "$bad" $((SECONDS - begin))
    if [ "$bad" -gt 0 ]; then
        echo "---- from $log (exit $status)"
        grep -nE '^not ok |FAILED|error:|ERROR|runtime error|^#' "$log" | head -40
        tail -n 15 "$log"
        echo "----"
    fi
    passed=$((passed + good)) failed=$((failed + bad))
}

build() {
    make --no-print-directory -s -j"$cores" all unit-programs tools && echo "ok the program builds without a warning"
}

build_with_sanitizers() {
    make --no-print-directory -s -j"$cores" asan-build && echo "ok the program builds with sanitizers"
}

each_suite() { # FUNCTION -- is called with name and command of every suite there is
    local with=$1
    "$with" build build
    "$with" unit make --no-print-directory -s unit
    [ ! -x tests/scenarios/run.sh ] || "$with" scenarios tests/scenarios/run.sh
    "$with" story tests/story/run.sh
    "$with" sequences tests/story/sequences.sh --seeds 3
    "$with" demo tests/demo_test.sh
    [ ! -d tests/cli ] || "$with" cli bats --tap tests/cli
    [ -z "${NORTHWIND:-}" ] || "$with" northwind tests/northwind.sh
    "$with" pages tests/pages_test.sh
    [ ! -x tests/sftp/run.sh ] || "$with" sftp tests/sftp/run.sh
    [ ! -x tests/sftp/faults.sh ] || "$with" sftp-faults tests/sftp/faults.sh --seconds 15
    "$with" lint tests/lint.sh
    "$with" asan-build build_with_sanitizers
    [ ! -x tests/sftp/run.sh ] || "$with" asan-sftp env BUILD=.build/asan tests/sftp/run.sh --quick
    "$with" asan-unit make --no-print-directory -s asan
    [ ! -x tests/scenarios/run.sh ] || "$with" asan-scenarios env PURSER=.build/asan/purser tests/scenarios/run.sh
    "$with" crash-tool tests/crash/tool_test.sh
    [ ! -x tests/crash/run.sh ] || "$with" crash tests/crash/run.sh --seconds 100
}

remember() { # NAME COMMAND...
    known+=("$1")
}

wanted=("$@") known=()
each_suite remember
for name in "${wanted[@]}"; do
    if ! [[ " ${known[*]} " == *" $name "* ]]; then
        echo "check.sh: there is no suite \"$name\"; there are: ${known[*]}" >&2
        exit 2
    fi
done
export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
each_suite suite

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
