#!/bin/bash
# demo.sh -- a day of the sample company, on real parts: an OpenSSH server on the loopback address plays the partners.
#
# Everything is made anew in .build/demo: company/ is the home folder of purser, partners/ what lies on the partners'
# servers.  Nothing is left running.
set -euo pipefail
cd "$(dirname "$0")/.."
top=$PWD
purser=$top/.build/purser
demo=$top/.build/demo
home=$demo/company
partners=$demo/partners
. tests/sshd.sh

bold='' dim='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then
    bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'
fi
title() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
tell() { printf '  %s\n' "$@"; }
show() { sed 's/^/    /'; }

# Show a command as one would type it, then what it says.
type_in() {
    printf '\n    %s$ purser %s%s\n' "$bold" "$*" "$plain"
    (cd "$home" && "$purser" "$@") 2>&1 | show
}

listing() { # FOLDER -- what lies there
    (cd "$1" && find . -type f ! -name '.*' | sort | sed 's|^\./||' | while read -r file; do
        printf '    %8d bytes  %s\n' "$(stat -c %s "$file")" "$file"
    done)
}

excerpt() { # FILE FIRST LINES -- LINES lines of FILE from the first that holds FIRST
    printf '    %s--- %s%s\n' "$dim" "${1#"$demo"/}" "$plain"
    awk -v first="$2" -v lines="$3" 'index($0, first) { found = 1 } found && lines-- > 0' "$1" | cut -c1-150 | show
}

# Their own folders on the server: out/ is what they have for us, in/ is where our answers go.
sftp_mailbox() { # PARTNER
    local url=sftp://$sshd_user@127.0.0.1:$sshd_port/~/$1
    awk '/^ *(#.*SFTP|mailbox )/ { exit } { print }' "samples/partners.d/$1.conf"
    cat <<EOT
    mailbox "server" {
        fetch    = "$url/out"
        deliver  = "$url/in"
        host-key = {"$sshd_fingerprint"}
        key-file = "key"
        settle   = 300ms
    }
}
EOT
}

set_up() {
    rm -rf "$demo"
    mkdir -p "$home/partners.d" "$home/outbox" "$home/inbox"
    sshd_start "$demo/server" "$partners"
    trap sshd_stop EXIT
    cp samples/purser.conf "$home/"
    cp "$sshd_key" "$home/key" && cp "$sshd_key.pub" "$home/key.pub" && chmod 600 "$home/key"
    local partner
    for partner in nordlicht bluebird qinghe harbour linwei; do
        mkdir -p "$partners/$partner/out" "$partners/$partner/in"
        sftp_mailbox "$partner" >"$home/partners.d/$partner.conf"
    done
    cp samples/partners.d/ledger.conf "$home/partners.d/" && mkdir -p "$home/inbox/ledger"
    cp samples/master/*.csv "$home/inbox/ledger/"
    cp samples/orders/nordlicht-*.xml samples/wrong/nordlicht-*.xml "$partners/nordlicht/out/"
    cp samples/orders/bluebird-*.csv samples/wrong/bluebird-*.csv "$partners/bluebird/out/"
    cp samples/orders/qinghe-*.csv samples/wrong/qinghe-*.csv "$partners/qinghe/out/"
}

set_up
title "Lanting 兰亭, a small tea house, opens on Monday, 2 March 2026"
tell "Its configuration is in .build/demo/company: purser.conf and one file per partner." \
    "An OpenSSH server on 127.0.0.1:$sshd_port plays the partners' servers. There wait:"
listing "$partners"
tell "and finance has left its spreadsheets in a local folder:"
(cd "$home" && listing inbox)

title "08:30  cron starts purser"
tell "It fetches all files, checks them, puts the master data in force, prices and approves the orders," \
    "answers every partner, and delivers the answers over SFTP."
type_in run --verbose --as-of 2026-03-02T08:30:00+08:00
tell "" "Now the partners find on their servers:"
listing "$partners"
tell "Nordlicht sent three orders in one file, and gets the prices of each line:"
excerpt "$partners/nordlicht/in/order-response-nordlicht-000001.xml" '<orderResponse>' 26
tell "A file with several mistakes gets all of them told at once, each with its place and what to do:"
for file in "$partners"/nordlicht/in/acknowledgement-*.xml; do
    if grep -q several-mistakes "$file"; then
        excerpt "$file" '<verdict>' 20
    fi
done
tell "Qinghe writes GB18030 with Chinese headers, and is answered in Chinese:"
excerpt "$(find "$partners/qinghe/in" -name 'order-response-*' | sort | head -n 1)" order_number 4
type_in status --as-of 2026-03-02T10:00:00+08:00

title "15:00  Lin Wei has decided, the warehouse has shipped; Bluebird sends the same file once more"
cp samples/later/linwei-*.csv "$partners/linwei/out/"
cp samples/later/harbour-*.xml "$partners/harbour/out/"
cp samples/orders/bluebird-2026-03-02.csv "$partners/bluebird/out/"
type_in run --verbose --as-of 2026-03-02T15:00:00+08:00
type_in order list
type_in order trace qinghe/QH20260302-02
type_in price explain nordlicht/NL-2026-0117

title "Next morning, 08:00  the report of the day, once, however often cron starts"
type_in run --verbose --as-of 2026-03-03T08:00:00+08:00
type_in run --verbose --as-of 2026-03-03T08:05:00+08:00
type_in verify

report=$(find "$home/outbox/ledger" -name 'report-*.html' | sort | head -n 1)
title "Have a look"
tell "The report, for a browser:        ${report:-(none)}" \
    "The company, to play with:        cd .build/demo/company && ../../purser status" \
    "Check a file as a partner would:  .build/purser check samples/wrong/nordlicht-several-mistakes.xml" \
    "Every test:                       make check" \
    "How a partner is added:           README.md;  how the program is built: src/README.md"
