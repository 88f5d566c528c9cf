#!/usr/bin/env bats
# Mailboxes as their administrator sees them: secrets, and links.
load helper

far() { # a partner behind SFTP, with a key
    mkdir -p keys
    ssh-keygen -q -t ed25519 -N '' -f keys/far
    cat >partners.d/far.conf <<EOT
partner "far" {
    roles = customer
    mailbox "box" {
        fetch    = "sftp://us@127.0.0.1:1/out"
        host-key = "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        key-file = "keys/far"
        attempts = 1
    }
}
EOT
}

@test "a key that others can read is not used, and three commands say what to do" {
    far
    apart "$purser" doctor
    [[ $out == *"far: keys/far is ours alone"* ]]
    chmod 640 keys/far
    apart "$purser" config check
    [ "$status" -eq 0 ]
    [[ $err == *"partners.d/far.conf:6: key-file keys/far can be read by others and is not used: chmod 600 keys/far"* ]]
    apart "$purser" doctor
    [ "$status" -eq 3 ]
    [[ $out == *"far: keys/far can be read by others and is not used"*"chmod 600 keys/far"* ]]
    apart "$purser" run --as-of "$as_of"
    [[ $err == *"chmod 600 keys/far"* ]]
}

@test "configuration and secrets may be links" {
    far
    mkdir etc && mv purser.conf etc/ && ln -s etc/purser.conf purser.conf
    mv partners.d etc/ && ln -s etc/partners.d partners.d
    mv keys/far keys/..far && ln -s ..far keys/far
    cp "$top"/samples/master/*.csv inbox/ledger/
    apart "$purser" config check
    [ "$status" -eq 0 ]
    [ -z "$err" ]
    apart "$purser" run --as-of "$as_of"
    [ -n "$(find outbox/ledger -type f)" ]
}

@test "a file given to a folder is synced, promised, renamed, and its folder synced, in this order" {
    sed -i 's|^\( *\)fetch *= .*inbox/ledger.*|&\n\1deliver = "given"|' partners.d/ledger.conf
    cp "$top"/samples/master/prices.csv inbox/ledger/
    "$top"/.build/tools/crash --list calls -- "$purser" run --as-of "$as_of"
    [ -e given/acknowledgement-ledger-000001.csv ]
    # W written, F file synced, D folder synced, S store committed, R renamed
    order=$(awk '
        /write\(.*given\/\.acknowledgement-ledger-000001/ { print "W"; begun = 1 }
        begun && /fsync\(.*given\/\.acknowledgement-ledger-000001/ { print "F" }
        begun && /fsync\(.*\/given\)/ { print "D" }
        begun && /(fsync|fdatasync)\(.*\/purser\.db\)/ { print "S" }
        begun && /renameat\(.*given\/\.acknowledgement-ledger-000001/ { print "R" }
        /\/sent\/ledger/ { exit }' calls | tr -d '\n')
    echo "$order"
    [[ $order =~ ^W+FDS+RDS+$ ]]
}
