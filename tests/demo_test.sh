#!/bin/bash
# demo_test.sh -- the demo runs to its end, and what the partners got over SFTP is, byte for byte, what samples/answers shows.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
status=0

say() { # SENTENCE COMMAND...
    local sentence=$1
    shift
    if "$@" >.build/demo.said 2>&1; then
        echo "ok $sentence"
    else
        sed 's/^/# /' .build/demo.said | tail -n 40
        echo "not ok $sentence"
        status=1
    fi
}

say "the demo runs to its end" tests/demo.sh
for partner in nordlicht bluebird qinghe harbour linwei; do
    say "$partner got over SFTP what samples/answers shows" \
        diff -r samples/answers/$partner .build/demo/partners/$partner/in
done
say "ledger got in its folder what samples/answers shows" \
    diff -r -x '*.xlsx' samples/answers/ledger .build/demo/company/outbox/ledger
say "ledger got a workbook that holds the same" grep -q 'Net sales' <(tests/xlsx.sh .build/demo/company/outbox/ledger/report-ledger-000001.xlsx)
exit $status
