#!/bin/bash
# sftp.sh [RUNS] -- fetching by purser against OpenSSH's own sftp: same server, same files, same file system, in turn.
#
# purser's figure is the whole `purser run --only fetch`: handshake, copying, SHA-256, sync to the disk, its row in the
# store, and (for the small files) deleting the partner's copy.  sftp only copies, without a sync.
set -euo pipefail
cd "$(dirname "$0")/../.."
purser=$PWD/.build/purser
runs=${1:-3}
work=$(mktemp -d "${BENCH_FOLDER:-${TMPDIR:-/tmp}}/purser-bench-sftp.XXXXXX")
. tests/sshd.sh
trap 'sshd_stop; rm -rf "$work"' EXIT

median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
seconds() { # COMMAND... -- how long it took
    local begin=${EPOCHREALTIME/./}
    "$@" >"$work/said" 2>&1 || { cat "$work/said" >&2; return 1; }
    awk -v us=$((${EPOCHREALTIME/./} - begin)) 'BEGIN { printf "%.3f\n", us / 1e6 }'
}

remote=$work/remote
mkdir -p "$remote/out" "$work/got"
sshd_start "$work/server" "$remote"
printf '[127.0.0.1]:%s %s\n' "$sshd_port" "$(cut -d' ' -f1,2 "$work/server/host.pub")" >"$work/known"

by_sftp() {
    rm -rf "$work/got" && mkdir "$work/got"
    printf 'get out/* %s/\n' "$work/got" |
        sftp -q -b - -P "$sshd_port" -i "$sshd_key" -o IdentitiesOnly=yes -o UserKnownHostsFile="$work/known" \
            "$sshd_user@127.0.0.1"
}

home() { # AFTER -- a home folder whose store exists
    rm -rf "${work:?}/home" && mkdir -p "$work/home/partners.d"
    cat >"$work/home/purser.conf" <<EOT
company {
    name      = "Bench"
    currency  = EUR
    time-zone = "Europe/Berlin"
}
EOT
    cat >"$work/home/partners.d/acme.conf" <<EOT
partner "acme" {
    name  = "Acme"
    roles = customer
    mailbox "server" {
        fetch    = "sftp://$sshd_user@127.0.0.1:$sshd_port/~/out"
        host-key = {"$sshd_fingerprint"}
        key-file = "$sshd_key"
        ready    = name
        after    = $1
    }
}
EOT
    mv "$remote/out" "$remote/aside" && mkdir "$remote/out"
    "$purser" run --home "$work/home" --only fetch >/dev/null
    rmdir "$remote/out" && mv "$remote/aside" "$remote/out"
}

by_purser() { "$purser" run --home "$work/home" --only fetch; }

compare() { # WHAT AFTER
    : >"$work/ours" && : >"$work/theirs"
    for _ in $(seq "$runs"); do
        cp -a "$remote/out" "$remote/kept"
        home "$2"
        sync
        seconds by_purser >>"$work/ours"
        rm -rf "$remote/out" && mv "$remote/kept" "$remote/out"
        sync
        seconds by_sftp >>"$work/theirs"
        [ "$(find "$work/home/.purser/spool" -type f | wc -l)" -eq "$(find "$remote/out" -type f | wc -l)" ]
    done
    echo "sftp: $1: purser $(median <"$work/ours") s, sftp $(median <"$work/theirs") s," \
        "ratio $(ratio "$(median <"$work/ours")" "$(median <"$work/theirs")")"
}

head -c 200000000 /dev/urandom >"$remote/out/large.bin"
compare "one file of 200 MB" remember
rm "$remote/out/large.bin"
for number in $(seq 1000); do
    head -c 8192 /dev/urandom >"$remote/out/$number.xml"
done
compare "1,000 files of 8 KB" delete
