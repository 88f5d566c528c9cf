#!/bin/bash
# run.sh -- fuzz a reader: tests/fuzz/run.sh csv [SECONDS].  Needs clang (libFuzzer with ASan and UBSan).
#
# The corpus begins with the fixtures and samples and grows in .build/fuzz/NAME; a crash leaves its input there.
set -eu
cd "$(dirname "$0")/../.."
name=$1
seconds=${2:-60}
ending=$name
make -s .build/libpurser.a # generated headers and embedded schemas
out=.build/fuzz
corpus=$out/$name
mkdir -p "$corpus" "$out/obj"
# shellcheck disable=SC2046
includes="-Isrc -I.build/gen $(pkg-config --cflags libxml-2.0 jansson)"
libraries="$(pkg-config --libs libxml-2.0 jansson libcrypto libutf8proc) -lcsv"
sanitizers="-fsanitize=address,undefined -fno-sanitize-recover=undefined"
for file in src/base/*.c src/order/*.c src/config/embedded.c src/intake/*.c; do
    [[ $file == src/intake/intake*.c ]] && continue # of the store
    object=$out/obj/$(echo "$file" | tr / _).o
    # shellcheck disable=SC2086
    { [ "$object" -nt "$file" ] && [ "$object" -nt .build/libpurser.a ]; } ||
        clang -std=c17 -D_GNU_SOURCE -O1 -g -fsanitize=fuzzer-no-link $sanitizers $includes \
            -c -o "$object" "$file"
done
# shellcheck disable=SC2086
clang -std=c17 -D_GNU_SOURCE -O1 -g -fsanitize=fuzzer $sanitizers $includes -o "$out/fuzz_$name" \
    "tests/fuzz/fuzz_$name.c" "$out"/obj/*.o .build/obj/embedded.o $libraries
for seed in tests/findings/*."$ending" samples/*/*."$ending"; do
    [ -f "$seed" ] || continue
    { printf ' '; head -c 20000 "$seed"; } >"$corpus/seed-$(basename "$seed")"
    case $seed in # in the sender's own layout
    */MAP-KEY-TWICE.csv) { printf '\300'; cat "$seed"; } >"$corpus/seed-lookup" ;;
    */MAP-*)
        { printf '@Nr;Artikel;Menge;Kunde;Datum;Einheit;Preis;Rabatt;Vermerk\n'; tail -n +2 "$seed"; } \
            >"$corpus/seed-own-$(basename "$seed")"
        ;;
    esac
done
exec "$out/fuzz_$name" -max_total_time="$seconds" -max_len=20000 -timeout=10 -rss_limit_mb=1024 \
    -artifact_prefix="$corpus-" "$corpus"
