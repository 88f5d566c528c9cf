#!/bin/bash
# run.sh -- strikes `purser run` at every state-changing system call and looks whether anything was lost or doubled.
#
#     run.sh                         every point: kills, SIGTERM, the errors ENOSPC, EIO, EINTR, short writes, a disk full for good
#     run.sh --strikes kill          only these, e.g. --strikes "kill term"
#     run.sh --seconds S             as many of them as fit into S seconds, of each phase equally many (what `make check` does)
#     run.sh --phases "4 5"          only these phases of the story
#     run.sh --workers W             so many at a time (otherwise one a core)
#     run.sh --full                  on a disk that really fills up, in steps of 4 KiB (needs root: mounts a tmpfs)
#     run.sh PHASE STRIKE POINT      one of them again, e.g.  run.sh 1 kill 57,  run.sh 2 fail 31:EIO
#
# The story (tests/crash/phases.sh) has every kind of document, partners on a real SFTP server and in local folders.  For
# each phase: the home and the partners' folders are as they were before it, a run is struck at one point, then `purser run`
# is started again, and again.  After the second run the canonical dump of the store, the outbox and all partners' folders
# must be, byte for byte, what an undisturbed run makes, `purser verify` must be content, and the third run must change
# nothing.  A run that met an error must have said so and ended with a code that is not 0, or have done all of its work;
# after an error one partner's file may come a run later, so there the messages must be the same, in whichever files.
#
# What the runs after a strike do depends on nothing but what the struck run left: digest.c makes one number of that, and
# when a point leaves exactly what an earlier one left, the runs after it are not started once more.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
top=$PWD
purser=$top/.build/purser
crash=$top/.build/tools/crash
digest=$top/.build/tools/digest
. tests/sshd.sh
. tests/crash/phases.sh || exit 1 # a story that cannot be read would be played without a word

scratch=/dev/shm
[ -w $scratch ] || scratch=${TMPDIR:-/tmp}
work=$(mktemp -d "$scratch/purser-crash.XXXXXX")
trap clean_up EXIT
clean_up() {
    local disk
    sshd_stop
    for disk in "${disks[@]}"; do
        umount "$disk"
    done
    rm -rf "$work"
}

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
        find home/inbox home/outbox home/public home/.purser remote -type f ! -path 'home/.purser/purser.db*' \
            ! -name run.lock -print0 | sort -z | xargs -0 -r sha256sum
    ) 2>&1
}

# The same, but in whichever file an answer went out, whichever file made us know, and in whichever run: what holds after an
# error too, when one partner's file comes a run later than the others'.  What is planned a run later has other reasons (its
# place in line, who stood before it), and what a partner is told at set times may still wait.
sense() {
    grep -v '^\["outbox-file"' |
        sed -E '/^\["outbox-message"/s/^(\["outbox-message","[^"]*","[^"]*",)([0-9]+|null)/\1/
                /^\["order-event"/s/"[0-9a-f]{64}"//
                /^\["plan-line"/s/,"\{.*//' |
        grep -vE '^[0-9a-f]{64}  (home/outbox|home/.purser/sent|remote/[^/]*/in)/' | LC_ALL=C sort
}

compare() { # PHASE PLACE STRIKE TITLE -- prints how it differs from the state after an undisturbed run
    state "$2" >"$log.state"
    cmp -s "$work/after-$1.state" "$log.state" && return
    case $3 in
    fail* | short | full)
        sense <"$log.state" >"$log.sense"
        cmp -s "$work/after-$1.sense" "$log.sense" && return
        echo "$4"
        diff "$work/after-$1.sense" "$log.sense" | head -n 20
        ;;
    *)
        echo "$4"
        diff "$work/after-$1.state" "$log.state" | head -n 20
        ;;
    esac
}

# The folders as they were before a phase, with the paths of this place; made once, copied for each point.
snapshots() { # PLACE
    local phase
    for phase in "${!phase_as_of[@]}"; do
        mkdir -p "$1.before-$phase"
        cp -a "$work/before-$phase/home" "$work/before-$phase/remote" "$1.before-$phase/"
        configure "$1.before-$phase" "$1"
    done
}

# Was the struck run honest?  Prints what was wrong.
judge_struck() { # PLACE PHASE STRIKE CODE
    case $3,$4 in
    kill,137 | term,143) ;;
    *,0) compare "$2" "$1" "$3" "the struck run ended with 0, but its work is not done:" ;;
    fail,13[0-9] | fail-from,13[0-9] | short,13[0-9] | term,*) echo "the struck run ended with $4" ;;
    *) grep -qv '^crash: ' "$log" || echo "the struck run ended with $4 and did not say why" ;;
    esac
}

# The runs after it.  Prints what was wrong.
judge_recovery() { # PLACE PHASE STRIKE
    local place=$1 phase=$2 strike=$3 left
    run "$place" "$phase" >"$log.2" 2>&1 || echo "the second run ended with $?"
    left=$("$digest" "$place")
    [ ! -e "$work/well-$kind-$phase-$left" ] || return 0
    compare "$phase" "$place" "$strike" "after the second run:"
    run "$place" "$phase" >"$log.3" 2>&1 || echo "the third run ended with $?"
    [ "$("$digest" "$place")" = "$left" ] || { echo "the third run changed something"; compare "$phase" "$place" "$strike" "after the third run:"; }
    return 0
}

# One point: prints nothing when all is well.
strike() { # PLACE PHASE STRIKE POINT
    local place=$1 phase=$2 strike=$3 point=$4 code=0 kind=error left how log
    log=$work/log-$(basename "${1%/place}")
    [[ $strike != @(kill|term) ]] || kind=strict
    rm -rf "$place" "$log"*
    cp -a "$place.before-$phase" "$place"
    how=("--$strike" "$point")
    if [ "$strike" = full ]; then # once the run has seen that there is room: POINT KiB are left
        how=(--meanwhile "4:cat /dev/zero >'$place.ballast' 2>/dev/null; truncate -s -${point}K '$place.ballast'")
    fi
    run "$place" "$phase" "${how[@]}" >"$log" 2>&1 || code=$?
    rm -f "$place.ballast"
    left=$("$digest" "$place")
    judge_struck "$place" "$phase" "$strike" "$code" >"$log.bad"
    if [ ! -e "$work/known-$kind-$phase-$left" ]; then
        judge_recovery "$place" "$phase" "$strike" >>"$log.bad"
        if [ ! -s "$log.bad" ]; then
            : >"$work/known-$kind-$phase-$left"
            : >"$work/well-$kind-$phase-$("$digest" "$place")"
        fi
    fi
    [ ! -s "$log.bad" ] && return 0
    echo "# phase $phase: $(grep -h '^crash: struck' "$log") exit $code"
    sed 's/^/# /' "$log" "$log".[23] "$log.bad" 2>/dev/null | head -n 40
    echo "not ok repeat: tests/crash/run.sh $phase $strike $point"
    return 1
}

# The undisturbed runs: snapshots before each phase, the state after it, and how many calls it makes.
prepare() {
    local phase place=$work/prepare log=$work/log-prepare
    mkdir -p "$place/home" "$place/remote"
    first_home "$place"
    configure "$place" "$place"
    for phase in "${!phase_as_of[@]}"; do
        arrive "$phase" "$place"
        mkdir -p "$work/before-$phase"
        cp -a "$place/home" "$place/remote" "$work/before-$phase/"
        run "$place" "$phase" --count "$work/count-$phase" --list "$work/list-$phase" >"$place/log" 2>&1 ||
            { echo "# the undisturbed run of phase $phase ended with $?"; sed 's/^/# /' "$place/log"; echo "not ok undisturbed run"; return 1; }
        state "$place" >"$work/after-$phase.state"
        sense <"$work/after-$phase.state" >"$work/after-$phase.sense"
        if grep -q '^verify says' "$work/after-$phase.state"; then
            sed 's/^/# /' "$work/after-$phase.state" | tail -n 20
            echo "not ok verify after the undisturbed run of phase $phase"
            return 1
        fi
        run "$place" "$phase" >"$place/log" 2>&1
        compare "$phase" "$place" kill "a second undisturbed run of phase $phase changes something" >"$place/bad"
        [ ! -s "$place/bad" ] || { sed 's/^/# /' "$place/bad"; echo "not ok second run changes nothing"; return 1; }
    done
    echo "ok the undisturbed runs, and second ones change nothing"
}

# All points, in an order that spreads any first part of it over everything: a fixed shuffle of each phase, and then by turns
# one of each, however many calls a phase makes.  Kills come more often at first, and so do calls on files: most others are
# pages of the store and packets to a server, many of which leave the same.  (Who is first changes from turn to turn, so that
# workers, which take every second or third, do not keep to some phases.)
points() {
    local phase strike
    for phase in $phases; do
        for strike in kill term fail:ENOSPC fail:EIO fail:EINTR fail-from:ENOSPC short; do
            sed -E 's/^([0-9]+) ([a-z0-9]+)\(.*/\1 \2/' "$work/list-$phase" | sed "s/^/$phase $strike /"
        done
    done | awk -v strikes=" $strikes " '{
        split($2, strike, ":")
        if (strikes != "  " && !index(strikes, " " strike[1] " ") ||
            strike[1] == "short" && $4 !~ /^(write|pwrite64|sendto)$/)
            next
        x = (NR * 7919 + 12345) % 999983 * (strike[1] == "kill" ? 1 : 3) * ($4 ~ /pwrite64|sendto|fdatasync/ ? 4 : 1)
        print x "\t" $1 "\t" $1, strike[1], $3 (strike[2] == "" ? "" : ":" strike[2])
    }' | sort -n | awk -F '\t' -v all="$phases" 'BEGIN { count = split(all, name, " "); for (at in name) place[name[at]] = at }
        { turn = ++seen[$2]; print turn "\t" (place[$2] + turn) % count "\t" $3 }' | sort -n -k1,1 -k2,2 | cut -f3
}

work_through() { # WORKER -- every workers-th point, while there is time, and one of each phase whatever time it takes
    local place=$work/worker-$1/place number=0 turn phase strike point
    turn=$(wc -w <<<"$phases")
    snapshots "$place"
    while read -r phase strike point; do
        number=$((number + 1))
        [ $((number % workers)) -eq "$1" ] || continue
        [ -z "$seconds" ] || [ $SECONDS -lt "$seconds" ] || [ $number -le "$turn" ] || break
        if strike "$place" "$phase" "$strike" "$point"; then
            echo "$phase $strike" >>"$work/well-of-$1"
        fi
    done <"$work/points"
    return 0
}

# A disk of its own for a place.
small_disk() { # FOLDER
    mkdir -p "$1" && mount -t tmpfs -o size=40m tmpfs "$1" || return 1
    disks+=("$1")
}

fill_disks() {
    local phase room worst=0
    small_disk "$work/disk" || return 1
    snapshots "$work/disk/place"
    for phase in $phases; do
        for ((room = 0; room <= 512; room += step)); do
            if strike "$work/disk/place" "$phase" full "$room"; then
                echo "ok phase $phase with $room KiB"
            else
                worst=1
            fi
        done
    done
    return $worst
}

seconds='' strikes='' phases=${!phase_as_of[*]} only=() disks=() is_full='' step=4 workers=$(nproc)
while [ $# -gt 0 ]; do
    case $1 in
    --seconds) seconds=$2 && shift 2 ;;
    --strikes) strikes=$2 && shift 2 ;;
    --phases) phases=$2 && shift 2 ;;
    --workers) workers=$2 && shift 2 ;;
    --full) is_full=1 && shift ;;
    --step) step=$2 && shift 2 ;;
    *) only=("$@") && break ;;
    esac
done
sshd_start "$work/sshd" "$work" || exit 1
prepare || exit 1
if [ ${#only[@]} -gt 0 ]; then
    [ "${only[1]}" != full ] || small_disk "$work/one" || exit 1
    snapshots "$work/one/place"
    strike "$work/one/place" "${only[@]}" && echo "ok ${only[*]}"
    exit
fi
if [ -n "$is_full" ]; then
    fill_disks
    exit
fi
points >"$work/points"
touch "$work/well-of-0"
pids=()
for ((worker = 0; worker < workers; worker++)); do
    work_through $worker | tee "$work/said-$worker" &
    pids+=($!)
done
wait "${pids[@]}"
failed=$(cat "$work"/said-* | grep -c '^not ok')
known=$(find "$work" -maxdepth 1 -name 'known-*' | wc -l)
cat "$work"/well-of-* | sort | uniq -c | awk '{ printf "# phase %s, %s: %d points are well\n", $2, $3, $1 }'
echo "# $(wc -l <"$work/points") points in all, $known different states left behind, $SECONDS s"
echo "$(($(cat "$work"/well-of-* | wc -l) + 1)) passed, $failed failed"
[ "$failed" -eq 0 ]
