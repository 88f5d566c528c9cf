#!/bin/bash
# lint.sh -- judges the text of the sources: form, common mistakes, scripts, the manual, and our own rules (tests/lint/).
# Prints one TAP line per judge, and what it found.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

build=${BUILD:-.build}
mapfile -t sources < <(find src tests -name '*.[ch]' | sort)
mapfile -t programs < <(find src -name '*.c' | sort)
mapfile -t scripts < <(grep -rlE '^#!/bin/(ba)?sh' .ci src tests | sort)
status=0

judge() { # NAME COMMAND...
    local name=$1 said
    shift
    if said=$("$@" 2>&1); then
        echo "ok $name"
    else
        printf '%s\n' "$said" | grep -v ': note: ' | head -n 60 | sed 's/^/# /'
        echo "not ok $name"
        status=1
    fi
}

no_warnings() { # COMMAND... -- succeeds when the command does and says nothing
    local said
    said=$("$@" 2>&1) && [ -z "$said" ] || { printf '%s\n' "$said"; return 1; }
}

tidy() {
    local flags
    flags=$(pkg-config --cflags libxml-2.0 sqlite3 libssh2 libcrypto libconfuse jansson libutf8proc)
    # A file that passed stays passed until it, or any header, changes.
    mkdir -p "$build/lint"
    local stamp=$build/lint/headers newest
    newest=$(find src "$build/gen" tests/lint -name '*.h' -exec sha256sum {} + | sort | sha256sum)$(sha256sum <.clang-tidy)
    [ "$(cat "$stamp" 2>/dev/null)" = "$newest" ] || { rm -rf "$build/lint"; mkdir -p "$build/lint"; echo "$newest" >"$stamp"; }
    for program in "${programs[@]}"; do
        sum=$(sha256sum <"$program" | cut -c1-20)
        [ -e "$build/lint/$sum" ] || printf '%s %s\n' "$program" "$build/lint/$sum"
    done | xargs -r -n 2 -P "$(nproc)" bash -c '
        said=$(clang-tidy --quiet "$1" -- -std=c17 -D_GNU_SOURCE -Isrc -I"$0/gen" -include tests/lint/analyzer.h \
            '"$flags"' 2>/dev/null) &&
        [ -z "$said" ] && touch "$2" || { printf "%s\n" "$said"; exit 1; }' "$build"
}

judge "clang-format: every C file has the form of .clang-format" clang-format --dry-run -Werror "${sources[@]}"
judge "cppcheck: nothing found" cppcheck --quiet --std=c11 --language=c --error-exitcode=1 --inline-suppr \
    --enable=warning,performance,portability --suppress=missingIncludeSystem -Isrc -I"$build/gen" -D_GNU_SOURCE \
    -D__extension__= -D'__attribute__(x)=' -j "$(nproc)" src
judge "clang-tidy: nothing found" tidy
[ ${#scripts[@]} -eq 0 ] || judge "shellcheck: nothing found" shellcheck -x -S warning "${scripts[@]}"
for page in src/cli/*.[1-8]; do
    [ ! -e "$page" ] || judge "mandoc: $page" no_warnings mandoc -T lint -W warning "$page"
done
for rule in tests/lint/*.sh; do
    [ ! -x "$rule" ] || judge "$(basename "$rule")" "$rule"
done
exit $status
