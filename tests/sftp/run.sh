#!/bin/bash
# run.sh [--full|--quick] [PROGRAM...] -- the courier on a real sshd on free loopback ports, as whoever runs it; nothing
# outside a temporary folder is touched and every server is stopped by its own pid.  Prints what cmocka prints and, last,
# "N passed, N failed".  Without --full the connections are broken at a sample of places only, with --quick at none.
# BUILD names another folder with the programs; they are made already.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
build=${BUILD:-.build}
export PURSER_TEST_FULL=0
left_out=
case ${1:-} in
--full)
    PURSER_TEST_FULL=1
    shift
    ;;
--quick)
    left_out=test_broken
    shift
    ;;
esac

command -v /usr/sbin/sshd >/dev/null || { echo "not ok sshd is missing (openssh-server)"; exit 1; }
[ -n "${BUILD:-}" ] || make --no-print-directory -s sftp-programs || exit 1

PURSER_TEST_KEYS=$(mktemp -d /tmp/purser-keys-XXXXXX)
trap 'rm -rf "$PURSER_TEST_KEYS"' EXIT
PURSER_TEST_SHADOW=$(realpath "$build/sftp/shadow.so")
PURSER_TEST_HOSTILE=$(realpath "$build/sftp/hostile")
export PURSER_TEST_KEYS PURSER_TEST_SHADOW PURSER_TEST_HOSTILE
(
    cd "$PURSER_TEST_KEYS" || exit 1
    mkdir home
    ssh-keygen -q -t ed25519 -N '' -f host_ed25519
    ssh-keygen -q -t ecdsa -N '' -f host_ecdsa
    ssh-keygen -q -t rsa -b 2048 -N '' -f host_rsa
    ssh-keygen -q -t ed25519 -N '' -C test -f home/key
    ssh-keygen -q -t ed25519 -N '' -f home/other
    ssh-keygen -q -t ecdsa -N '' -f home/ecdsa
    ssh-keygen -q -t ed25519 -N 'open sesame' -f home/locked
    ssh-keygen -q -t rsa -b 2048 -N '' -f home/rsa
    ssh-keygen -q -t rsa -b 2048 -N '' -m PEM -f home/rsapem
    ssh-keygen -q -t rsa -b 2048 -N secret -f home/rsalocked
    (umask 077 && echo 'open sesame' >home/phrase)
    cat home/key.pub home/ecdsa.pub home/locked.pub >authorized
    rm home/locked.pub
    for kind in ed25519 ecdsa; do
        ssh-keygen -lf host_$kind.pub | cut -d' ' -f2 >fingerprint_$kind
    done
) || exit 1

passed=0 failed=0
if [ $# -eq 0 ]; then
    set -- "$build"/sftp/test_*
fi
results=$PURSER_TEST_KEYS/results
mkdir "$results"
programs=()
for program in "$@"; do # each has folders and ports of its own, so they run at the same time
    case ${program##*/} in *.d | "$left_out") continue ;; esac
    programs+=("$program")
    { "$program" >"$results/${program##*/}" 2>&1; echo $? >"$results/${program##*/}.status"; } &
done
wait
for program in "${programs[@]}"; do
    output=$(cat "$results/${program##*/}")
    status=$(cat "$results/${program##*/}.status")
    # Counted here once for all, so cmocka's own totals are not printed.
    echo "$output" | grep -vE '^\[  (PASSED|FAILED)  \] [0-9]* ?test|listed below'
    good=$(grep -c '^\[       OK \]' <<<"$output")
    bad=$(grep '^\[  FAILED  \] [a-z]' <<<"$output" | sort -u | wc -l)
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
        echo "not ok $program ended with $status"
        bad=1
    fi
    passed=$((passed + good)) failed=$((failed + bad))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
