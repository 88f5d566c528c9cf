# What every file of this folder begins with: a home folder of its own, and the program in $purser.
setup() {
    top=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    purser=${PURSER:-$top/.build/purser}
    [ "${purser#/}" != "$purser" ] || purser=$top/$purser
    home=$(mktemp -d "${TMPDIR:-/tmp}/purser-cli.XXXXXX")
    cp -r "$top/samples/purser.conf" "$top/samples/partners.d" "$home/"
    mkdir -p "$home"/inbox/{bluebird,harbour,ledger,linwei,nordlicht,qinghe} "$home/outbox"
    cd "$home" || return 1
    export NO_COLOR=1
    as_of=2026-03-02T08:00:00+08:00
}

teardown() {
    cd / && rm -rf "$home"
}

# Stdout and stderr apart, for tests that say which of them speaks.
apart() {
    status=0
    "$@" >"$home/out" 2>"$home/err" </dev/null || status=$?
    out=$(cat "$home/out") err=$(cat "$home/err")
}

master() {
    cp "$top"/samples/master/*.csv inbox/ledger/
    "$purser" run --as-of 2026-03-01T08:00:00+08:00
}

is_json() {
    if command -v python3 >/dev/null; then
        python3 -m json.tool <<<"$1" >/dev/null
    else
        [ "$(sqlite3 :memory: "SELECT json_valid('$(sed "s/'/''/g" <<<"$1")')")" = 1 ]
    fi
}
