#!/bin/bash
# run.sh [NAME...] -- plays every scenario (or those named) and prints one TAP line each.
#
# A scenario is a folder whose name is a sentence.  In it:
#   steps            what happens, one step a line (below); "#" begins a comment
#   home/            files laid over the home folder before the first step (own configuration, say)
#   any other file   something that arrives
#   expect/said      every step with what it printed: stdout, then stderr marked "! ", then the exit code when not 0
#   expect/outbox/   what must lie in outbox/ at the end: the same names, the same bytes, nothing else; but of pages the
#                    style sheet, which all of them carry, is not looked at, nor are the page and the workbook in a mail, which lie beside it;
#                    workbooks are compared as the texts that tests/xlsx.sh makes of them (NAME.xlsx.txt)
# The home folder is the sample company (samples/purser.conf and samples/partners.d).  Steps:
#   master                      the sample master data come in and are in force; their answers are taken away
#   drop FILE PARTNER [NAME]    FILE (of the scenario, else below samples/) arrives in inbox/PARTNER as NAME
#   purser ARGUMENTS            the program is run in the home folder
#   shell COMMAND               anything else, in the home folder
# Afterwards every scenario must also pass `purser verify`, and one more run must change nothing in the outbox.
#
# UPDATE=1 writes expect/ anew: read the difference before you commit it.  PURSER names the program to test.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
top=$PWD
export PURSER=${PURSER:-$top/.build/purser}
[ "${PURSER#/}" != "$PURSER" ] || PURSER=$top/$PURSER
scratch=/dev/shm
[ -w $scratch ] || scratch=${TMPDIR:-/tmp}

say() { # the home folder's own path, the program's and who plays, made the same everywhere
    sed -e "s|$home|HOME|g" -e "s|$PURSER|purser|g" -e "s|user:$(id -un)|user:ME|g"
}

step() { # TEXT COMMAND... -- runs the command in the home folder and notes what it said
    local text=$1 code=0
    shift
    (cd "$home" && "$@") >"$work/out" 2>"$work/err" </dev/null || code=$?
    {
        echo "$ $text"
        say <"$work/out"
        sed 's/^/! /' "$work/err" | say
        [ $code -eq 0 ] || echo "[exit $code]"
    } >>"$work/said"
    return 0
}

drop() { # FILE PARTNER [NAME]
    local from=$folder/$1
    [ -e "$from" ] || from=$top/samples/$1
    mkdir -p "$home/inbox/$2"
    # Old enough to be complete: partners' files are taken when they have not changed for a while.
    cp "$from" "$home/inbox/$2/.arriving" && touch -d '2026-01-01' "$home/inbox/$2/.arriving" &&
        mv "$home/inbox/$2/.arriving" "$home/inbox/$2/${3:-$(basename "$1")}"
}

master() {
    for file in customers products product-options prices approval-matrix; do
        drop "master/$file.csv" ledger
    done
    (cd "$home" && "$PURSER" run --as-of 2026-03-02T07:00:00+08:00) >"$work/out" 2>&1 </dev/null || cat "$work/out"
    rm -rf "$home"/outbox/*/*
    [ ! -d "$home/.purser/sent" ] || rm -rf "$home"/.purser/sent/*/*
}

play() { # runs the steps; leaves $work/said and $home/outbox
    local line verb rest
    last_as_of=2026-03-02T08:00:00+08:00
    while IFS= read -r line || [ -n "$line" ]; do
        read -r verb rest <<<"$line"
        case $verb in
        "" | "#"*) ;;
        master) master >>"$work/said" ;;
        drop) step "$line" true && eval "drop $rest" >>"$work/said" 2>&1 ;;
        purser)
            [[ $rest =~ --as-of[=\ ]([^ ]+) ]] && last_as_of=${BASH_REMATCH[1]}
            step "$line" bash -c "\"\$PURSER\" $rest"
            ;;
        shell) step "$line" bash -c "$rest" ;;
        *) echo "steps: $verb is not a step" >>"$work/said" ;;
        esac
    done <"$folder/steps"
}

# What must hold after every scenario, without its saying so.
always() {
    (cd "$home" && "$PURSER" verify) >"$work/out" 2>&1 </dev/null || { echo "purser verify:"; cat "$work/out"; return 1; }
    mkdir -p "$home/outbox" && cp -a "$home/outbox" "$work/outbox"
    (cd "$home" && "$PURSER" run --as-of "$last_as_of") >"$work/out" 2>&1 </dev/null
    find "$home/outbox" -type d -empty -delete && mkdir -p "$home/outbox"
    diff -r "$work/outbox" "$home/outbox" || { echo "one more run changed the outbox"; return 1; }
}

bare() { # FOLDER -- its pages without their style sheet, its mails without the page, its workbooks as texts
    local book
    find "$1" -name '*.xlsx' | while read -r book; do "$top/tests/xlsx.sh" "$book" >"$book.txt" && rm "$book"; done
    find "$1" -name '*.eml' -exec sed -i -E -e '/^(Content-Type: text\/html| application\/vnd\.)/,/^--/{' -e '/^[A-Za-z0-9+\/=]*\r$/{' -e '/^\r$/!d' -e '}' -e '}' {} +
    find "$1" -name '*.html' -exec sed -i -e '/<style><.style>/b' -e '/<style>/,/<\/style>/c <style></style>' \
        -e "s/style-src 'sha256-[^']*'/style-src 'STYLE'/" {} +
}

# What is expected: as it is compared, but whole where others read it (samples/answers, without workbooks: their bytes are
# those of a library, too).
update() {
    local outbox=$folder/expect/outbox from=$work/seen
    mkdir -p "$folder/expect"
    cp "$work/said" "$folder/expect/said"
    if [ -L "$outbox" ]; then
        from=$home/outbox
    else
        rm -rf "$outbox"
    fi
    if [ -n "$(ls -A "$from" 2>/dev/null)" ]; then
        mkdir -p "$outbox/" && rm -rf "${outbox:?}/"* && cp -r "$from/." "$outbox/"
        [ ! -L "$outbox" ] || find "$outbox/" -name '*.xlsx' -delete
    fi
}

compare() { # prints differences
    local bad=0
    mkdir -p "$work/seen" "$work/wanted"
    [ ! -d "$home/outbox" ] || find "$home/outbox" -mindepth 1 -name .gitkeep -delete
    find "$home/outbox" -type d -empty -delete 2>/dev/null
    [ ! -d "$home/outbox" ] || cp -a "$home/outbox/." "$work/seen/"
    bare "$work/seen"
    [ ! -L "$folder/expect/outbox" ] || find "$work/seen" -name '*.xlsx.txt' -delete
    if [ "${UPDATE:-}" = 1 ]; then
        update
        return 0
    fi
    [ ! -d "$folder/expect/outbox" ] || cp -r "$folder/expect/outbox/." "$work/wanted/"
    bare "$work/wanted"
    diff -u "$folder/expect/said" "$work/said" || bad=1
    diff -ru "$work/wanted/" "$work/seen/" || bad=1
    return $bad
}

one() { # NAME
    local name=$1
    folder=$top/tests/scenarios/$name
    if [ ! -s "$folder/steps" ]; then
        printf '# there are no steps in tests/scenarios/%s\nnot ok %s\n' "$name" "$name"
        return 0
    fi
    work=$(mktemp -d "$scratch/purser-scenario.XXXXXX")
    home=$work/home
    mkdir -p "$home/inbox" "$home/outbox"
    cp "$top/samples/purser.conf" "$home/" && cp -r "$top/samples/partners.d" "$home/"
    [ ! -d "$folder/home" ] || cp -r "$folder/home/." "$home/"
    play
    if { compare && always; } >"$work/difference" 2>&1; then
        echo "ok $name"
    else
        sed 's/^/# /' "$work/difference" | head -n 80 >"$work/shown"
        printf '%s\nnot ok %s\n' "$(cat "$work/shown")" "$name"
    fi
    rm -rf "$work"
}

if [ "${1:-}" = --one ]; then
    one "$2"
    exit 0
fi
names=("$@")
if [ ${#names[@]} -eq 0 ]; then
    for steps in tests/scenarios/*/steps; do
        names+=("$(basename "$(dirname "$steps")")")
    done
fi
said=$(printf '%s\n' "${names[@]}" | xargs -P "$(nproc)" -I{} tests/scenarios/run.sh --one {})
printf '%s\n' "$said"
! grep -q '^not ok' <<<"$said"
