#!/bin/bash
# faults.sh -- breaks the connections to the partners' server under a whole `purser run` and looks whether anything was
# lost or doubled.
#
#     faults.sh                       every point: cut by RST or FIN, silent, a bit turned over, in both directions
#     faults.sh --seconds S           as many of them as fit into S seconds, spread over all (what `make check` does)
#     faults.sh PHASE WAY FAULT DIRECTION OFFSET      one of them again, e.g.  faults.sh 1 fetch reset to-server 2017
#
# The story is that of the crash sweep (tests/crash/phases.sh).  The ways to break it:
#     once      the first connection of a whole run breaks; the run tries again by itself
#     fetch     every connection of `purser run --only fetch` breaks, then comes a run
#     deliver   what was to be fetched is here; every connection of the run that answers breaks
# What comes together in a run is answered in common files; in these ways a fault does not change what comes together, so
# after two more runs `purser verify` must be content and the canonical dump of the store, the outbox and all folders of
# the partners must be, byte for byte, what undisturbed runs make.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
purser=$PWD/.build/purser
make --no-print-directory -s .build/purser .build/sftp/strike || exit 1
. tests/sshd.sh
. tests/crash/phases.sh

scratch=/dev/shm
[ -w $scratch ] || scratch=${TMPDIR:-/tmp}
work=$(mktemp -d "$scratch/purser-faults.XXXXXX")
trap 'proxy_stop; sshd_stop; rm -rf "$work"' EXIT

proxy_pid=
proxy_start() { # FAULT DIRECTION OFFSET CONNECTIONS -- sets proxy_port
    coproc proxy { exec .build/sftp/strike "$sshd_port" "$@"; }
    proxy_pid=$!
    read -r proxy_port <&"${proxy[0]}"
}

proxy_stop() { # its children die with it
    [ -n "$proxy_pid" ] || return 0
    kill "$proxy_pid" 2>/dev/null
    wait "$proxy_pid" 2>/dev/null
    proxy_pid=
}

run() { # PLACE PHASE [ARGUMENTS...]
    local place=$1 phase=$2
    shift 2
    timeout -s KILL 100 "$purser" run --home "$place/home" --as-of "${phase_as_of[$phase]}" "$@" </dev/null
}

state() { # PLACE -- everything that must come out the same, one line per file, and the dump
    (
        cd "$1" || exit 1
        "$purser" verify --home home >said 2>&1 || { echo "verify says $?"; cat said; }
        "$purser" verify --home home --dump || echo "verify says $?"
        find home/inbox home/outbox home/.purser remote -type f ! -path 'home/.purser/purser.db*' \
            ! -name run.lock -print0 | sort -z | xargs -0 -r sha256sum
    ) 2>&1
}

through_proxy() { # PLACE COMMAND... -- the partners are reached through the proxy, and soon given up
    local place=$1 server_port=$sshd_port
    shift
    sshd_port=$proxy_port
    configure "$place" "$place"
    sed -i 's/-timeout = .*/-timeout = 1s/; s/-timeout    = .*/-timeout = 1s/' "$place"/home/partners.d/*.conf
    sshd_port=$server_port
    "$@"
    local code=$?
    configure "$place" "$place"
    return $code
}

struck() { # PLACE PHASE WAY
    case $3 in
    fetch) through_proxy "$1" run "$1" "$2" --only fetch ;;
    deliver) run "$1" "$2" --only fetch >/dev/null && through_proxy "$1" run "$1" "$2" ;;
    once) through_proxy "$1" run "$1" "$2" ;;
    esac
}

strike() { # PHASE WAY FAULT DIRECTION OFFSET
    local phase=$1 way=$2 place=$work/place nth code
    rm -rf "$place" && cp -a "$work/before-$phase" "$place" && configure "$place" "$place"
    proxy_start "$3" "$4" "$5" "$([ "$way" = once ] && echo 1 || echo 100000)"
    struck "$place" "$phase" "$way" >"$place/log" 2>&1
    code=$?
    proxy_stop
    [ $code -lt 128 ] || echo "the struck run ended with $code" >>"$place/bad"
    for nth in second third; do
        run "$place" "$phase" >"$place/log.$nth" 2>&1 || echo "the $nth run ended with $?"
        state "$place" >"$place/state"
        cmp -s "$work/after-$phase.state" "$place/state" && continue
        echo "after the $nth run:"
        diff "$work/after-$phase.state" "$place/state" | head -n 20
        break
    done >>"$place/bad"
    if [ -s "$place/bad" ]; then
        sed 's/^/# /' "$place/log" "$place"/log.* "$place/bad" | head -n 50
        echo "not ok repeat: tests/sftp/faults.sh $*"
        return 1
    fi
    echo "ok $*"
}

prepare() { # snapshots before each phase, and the state after it, of undisturbed runs
    local phase place=$work/place
    mkdir -p "$place/home" "$place/remote"
    first_home "$place"
    for phase in "${!phase_as_of[@]}"; do
        arrive "$phase" "$place"
        configure "$place" "$place"
        cp -a "$place" "$work/before-$phase"
        run "$place" "$phase" >"$work/log" 2>&1 && state "$place" >"$work/after-$phase.state"
        if ! grep -q . "$work/after-$phase.state" || grep -q '^verify says' "$work/after-$phase.state"; then
            sed 's/^/# /' "$work/log" "$work/after-$phase.state" | tail -n 20
            echo "not ok the undisturbed run of phase $phase"
            return 1
        fi
        rm -f "$place/said"
    done
}

# All points, in an order that spreads any first part of it over everything: a fixed shuffle.  A bit turned over in the
# handshake may look like a wrong host key, which is not tried again in the same run, so not "once".
points() {
    local phase way fault direction offset
    for phase in 2 3; do # the first has no partner on the server
        for way in once fetch deliver; do
            for fault in reset finish silent flip; do
                [ $way$fault != onceflip ] || continue
                for direction in to-server from-server; do
                    for offset in $(seq 13 311 6000) 7001 9001 12007 16001; do
                        echo "$phase $way $fault $direction $offset"
                    done
                done
            done
        done
    done | awk '{ print (NR * 7919 + 12345) % 999983 "\t" $0 }' | sort -n | cut -f2
}

sshd_start "$work/sshd" "$work" || exit 1
prepare || exit 1
case ${1:-} in
"" | --seconds)
    points >"$work/points"
    begin=$SECONDS
    while read -r point; do
        [ -z "${2:-}" ] || [ $((SECONDS - begin)) -lt "$2" ] || break
        # shellcheck disable=SC2086
        strike $point
    done <"$work/points" >"$work/results"
    cat "$work/results"
    echo "# $(wc -l <"$work/points") points in all, $SECONDS s"
    ! grep -q '^not ok' "$work/results" && grep -q '^ok' "$work/results"
    ;;
*) strike "$@" ;;
esac
