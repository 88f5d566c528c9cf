#!/usr/bin/env bats
# What make install puts where, and that the installed program works without the source tree.
load helper

@test "make install puts everything below DESTDIR and PREFIX" {
    root=$home/root
    make --no-print-directory -s -C "$top" install DESTDIR="$root" PREFIX=/usr
    [ -x "$root/usr/bin/purser" ]
    [ -s "$root/usr/share/man/man1/purser.1" ]
    [ -s "$root/usr/share/doc/purser/examples/purser.cron" ]
    [ -s "$root/usr/lib/systemd/system/purser.timer" ]
    grep -q '^ExecStart=/usr/bin/purser ' "$root/usr/lib/systemd/system/purser.service"
    diff -r "$top/schemas" "$root/usr/share/purser/schemas"
    [ -z "$(find "$root" ! -path "$root/usr*" ! -path "$root")" ]
}

@test "the installed program sets up a home folder and runs" {
    root=$home/root
    make --no-print-directory -s -C "$top" install DESTDIR="$root" PREFIX=/usr
    installed=$root/usr/bin/purser
    cd /
    apart "$installed" init "$home/company"
    [ "$status" -eq 0 ]
    apart "$installed" --home "$home" config check
    [ "$status" -eq 0 ]
    cp "$top"/samples/master/*.csv "$home/inbox/ledger/"
    apart "$installed" --home "$home" run --as-of "$as_of"
    [ "$status" -eq 0 ]
    [ -z "$out$err" ]
    apart "$installed" --home "$home" verify
    [ "$status" -eq 0 ]
}
