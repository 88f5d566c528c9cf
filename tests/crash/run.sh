#!/bin/bash
# run.sh -- strikes `purser run` at every state-changing system call and looks whether anything was lost or doubled.
#
#     run.sh                         every point: kills, and the errors ENOSPC, EIO, EINTR, short writes, a disk full for good
#     run.sh --seconds S             as many of them as fit into S seconds, spread over all (what `make check` does)
#     run.sh PHASE STRIKE POINT      one of them again, e.g.  run.sh 1 kill 57,  run.sh 2 fail 31:EIO
#
# The story (tests/crash/phases) has every kind of document, partners on a real SFTP server and in local folders.  For each
# phase: the home and the partners' folders are as they were before it, a run is struck at one point, then `purser run` is
# started again, and again.  After the second and after the third run the canonical dump of the store, the outbox and all
# partners' folders must be, byte for byte, what an undisturbed run makes, and `purser verify` must be content.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
top=$PWD
purser=$top/.build/purser
crash=$top/.build/tools/crash
. tests/sshd.sh
. tests/crash/phases.sh

workers=$(nproc)
scratch=/dev/shm
[ -w $scratch ] || scratch=${TMPDIR:-/tmp}
work=$(mktemp -d "$scratch/purser-crash.XXXXXX")
trap 'sshd_stop; rm -rf "$work"' EXIT

run() { # PLACE PHASE [CRASH ARGUMENTS...] -- one run of the program in PLACE/home
    local place=$1 phase=$2
    shift 2
    if [ $# -gt 0 ]; then
        set -- "$crash" "$@" --
    fi
    timeout -s KILL 60 "$@" "$purser" run --home "$place/home" --as-of "${phase_as_of[$phase]}" </dev/null
}

# Everything that must come out the same, one line per file, and the dump.
state() { # PLACE
    (
        cd "$1" || exit 1
        "$purser" verify --home home --dump || echo "verify says $?"
        find home/inbox home/outbox home/.purser remote -type f ! -path 'home/.purser/purser.db*' \
            ! -name run.lock -print0 | sort -z | xargs -0 -r sha256sum
    ) 2>&1
}

restore() { # FROM PLACE -- the folders as they were
    rm -rf "${2:?}/home" "${2:?}/remote"
    cp -a "$1/home" "$1/remote" "$2/"
    configure "$2" # with the paths of this place
}

# One point: prints nothing when all is well.
strike() { # PLACE PHASE STRIKE POINT
    local place=$1 phase=$2 strike=$3 point=$4 nth
    restore "$work/before-$phase" "$place"
    run "$place" "$phase" "--$strike" "$point" >"$place/log" 2>&1
    for nth in second third; do
        run "$place" "$phase" >"$place/log.$nth" 2>&1 || echo "the $nth run ended with $?"
        state "$place" >"$place/state"
        cmp -s "$work/after-$phase.state" "$place/state" && continue
        echo "after the $nth run:"
        diff "$work/after-$phase.state" "$place/state" | head -n 20
        break
    done >"$place/bad"
    [ ! -s "$place/bad" ] && return 0
    echo "# phase $phase: $(grep -h '^crash: struck' "$place/log")"
    sed 's/^/# /' "$place/log" "$place"/log.* "$place/bad" | head -n 40
    echo "not ok repeat: tests/crash/run.sh $phase $strike $point"
    return 1
}

# The undisturbed runs: snapshots before each phase, the state after it, and how many calls it makes.
prepare() {
    local phase place=$work/prepare
    mkdir -p "$place/home" "$place/remote"
    first_home "$place"
    for phase in "${!phase_as_of[@]}"; do
        arrive "$phase" "$place"
        configure "$place"
        rm -rf "$work/before-$phase" && mkdir "$work/before-$phase"
        cp -a "$place/home" "$place/remote" "$work/before-$phase/"
        run "$place" "$phase" --count "$work/count-$phase" --list "$work/list-$phase" >"$place/log" 2>&1 ||
            { echo "# the undisturbed run of phase $phase ended with $?"; sed 's/^/# /' "$place/log"; echo "not ok undisturbed run"; return 1; }
        state "$place" >"$work/after-$phase.state"
        if grep -q '^verify says' "$work/after-$phase.state"; then
            sed 's/^/# /' "$work/after-$phase.state" | tail -n 20
            echo "not ok verify after the undisturbed run of phase $phase"
            return 1
        fi
        run "$place" "$phase" >"$place/log" 2>&1
        state "$place" | diff "$work/after-$phase.state" - >"$place/difference" ||
            { echo "# a second undisturbed run of phase $phase changes something"; sed 's/^/# /' "$place/difference" | head -n 20; echo "not ok second run changes nothing"; return 1; }
    done
    echo "ok the undisturbed runs, and second ones change nothing"
}

# All points, in an order that spreads any first part of it over everything: a fixed shuffle.
points() {
    local phase count
    for phase in "${!phase_as_of[@]}"; do
        count=$(cat "$work/count-$phase")
        seq 1 "$count" | sed "s/^/$phase kill /"
        for error in ENOSPC EIO EINTR; do
            seq 1 "$count" | sed "s/^/$phase fail /; s/\$/:$error/"
        done
        seq 1 "$count" | sed "s/^/$phase fail-from /; s/\$/:ENOSPC/"
        grep -E '^[0-9]+ (write|pwrite64|sendto)\(' "$work/list-$phase" | sed "s/^\([0-9]*\) .*/$phase short \1/"
    done | awk '{ kind = $2 ~ /kill/ ? 0 : 1; x = (NR * 7919 + 12345) % 999983; print (kind ? x * 3 : x) "\t" $0 }' | sort -n | cut -f2
}

work_through() { # WORKER -- every workers-th point, while there is time
    local place=$work/worker-$1 number=0 struck=0 phase strike point
    mkdir -p "$place"
    while read -r phase strike point; do
        number=$((number + 1))
        [ $((number % workers)) -eq "$1" ] || continue
        [ -z "$seconds" ] || [ $SECONDS -lt "$seconds" ] || break
        strike "$place" "$phase" "$strike" "$point" >"$place/said"
        cat "$place/said"
        struck=$((struck + 1))
        [ -s "$place/said" ] || echo "$phase $strike" >>"$work/well-$1"
    done <"$work/points"
    return 0
}

seconds='' only=()
case ${1:-} in
--seconds) seconds=$2 ;;
"") ;;
*) only=("$@") ;;
esac
sshd_start "$work/sshd" "$work" || exit 1
prepare || exit 1
if [ ${#only[@]} -gt 0 ]; then
    mkdir -p "$work/one"
    strike "$work/one" "${only[@]}" && echo "ok ${only[*]}"
    exit
fi
points >"$work/points"
touch "$work/well-0"
pids=()
for ((worker = 0; worker < workers; worker++)); do
    work_through $worker >"$work/said-$worker" &
    pids+=($!)
done
wait "${pids[@]}"
cat "$work"/said-*
cat "$work"/well-* | sort | uniq -c | awk '{ total += $1; printf "# phase %s, %s: %d points are well\n", $2, $3, $1 } END { printf "%d passed, 0 failed\n", total }'
echo "# $(wc -l <"$work/points") points in all, $((SECONDS)) s"
! grep -q '^not ok' "$work"/said-*
