# phases.sh -- sourced: the story that the crash sweep plays.  Each phase is one `purser run` with new arrivals before it.
#
# A place is a folder with home/ (of the program) and remote/PARTNER/{out,in}/ (folders on the partners' SFTP server).
# shellcheck shell=bash disable=SC2034,SC2154

phase_as_of=([0]=2026-03-02T08:30:00+08:00 [1]=2026-03-02T09:00:00+08:00 [2]=2026-03-02T10:30:00+08:00 [3]=2026-03-03T08:00:00+08:00
    [4]=2026-03-03T14:30:00+08:00 [5]=2026-03-03T16:00:00+08:00)

sftp_partners=(nordlicht bluebird) # the others have local folders: each server costs a key exchange per run

first_home() { # PLACE
    mkdir -p "$1/home/partners.d" "$1/home/inbox" "$1/home/outbox"
    # Mails are made, and each shipment is invoiced, with a copy to finance.
    sed 's/^company {/&\n    email = "orders@lanting.example"\n    invoices = yes\n    invoice-copy-to = ledger/' \
        samples/purser.conf >"$1/home/purser.conf"
    # Orders have pages, are promised a day, and watched.
    cat >>"$1/home/purser.conf" <<'EOT'
tracking {
    folder   = "public"
    key-file = "tracking.key"
    url      = "https://lanting.example/t/"
    from     = "Shanghai, CN"
}
planning {
    promise  = yes
    delivery = backorder
}
delay {
    warn           = yes
    to             = ledger
    tell-customers = yes
}
schedule "owed" {
    report = receivables
    every  = day
    to     = ledger
}
schedule "late" {
    report = delays
    every  = day
    to     = ledger
}
EOT
    printf 'the secret of this story' >"$1/home/tracking.key" && chmod 600 "$1/home/tracking.key" && mkdir -p "$1/home/public"
    cp samples/partners.d/*.conf tests/crash/story/*.conf "$1/home/partners.d/"
    cp "$sshd_key" "$1/home/key" && cp "$sshd_key.pub" "$1/home/key.pub" && chmod 600 "$1/home/key"
    local partner
    for partner in "${sftp_partners[@]}"; do
        mkdir -p "$1/remote/$partner/out" "$1/remote/$partner/in"
    done
    for partner in ledger qinghe harbour linwei zhouyan sunli dhl works; do
        mkdir -p "$1/home/inbox/$partner"
    done
}

configure() { # FOLDER PLACE -- in the home in FOLDER, the SFTP partners' mailboxes lead to PLACE
    local partner url
    for partner in "${sftp_partners[@]}"; do
        url=sftp://$sshd_user@127.0.0.1:$sshd_port$2/remote/$partner
        awk '/^ *mailbox /{ exit } { print }' "samples/partners.d/$partner.conf" >"$1/home/partners.d/$partner.conf"
        # Told of its orders at a set time: the first run after it is that of phase 4.
        [ "$partner" != bluebird ] || echo '    status-times = "14:00"' >>"$1/home/partners.d/$partner.conf"
        cat >>"$1/home/partners.d/$partner.conf" <<EOT
    mailbox "server" {
        fetch           = "$url/out"
        deliver         = "$url/in"
        host-key        = {"$sshd_fingerprint"}
        key-file        = "key"
        ready           = name
        backoff         = 10ms
        connect-timeout = 5s
        idle-timeout    = 5s
    }
}
EOT
    done
}

arrive() { # PHASE PLACE
    local inbox=$2/home/inbox remote=$2/remote
    case $1 in
    # All of a mailbox waits when a part of it does not come, so lists may come with those they refer to.  Orders come in a
    # phase of their own: another partner's mailbox does not wait.
    # Approvals take several persons, and time: decisions come in phase 2, before any clock has run out; in phase 3, where
    # none come, reminders, a superior who is asked too, and the end of time.  So it does not matter whose file an error
    # delays by a run; nor do news of parcels depend on what others send with them.
    # Stock is counted a phase before the orders that need it, and what comes to it a phase after them: with the order, who
    # gets what would depend on whose file is first.  What no report names is always there, for all other orders.
    # A set time is over with the first run after it, so it is that of phase 4, where nothing comes that it would tell of.
    0)
        cp samples/master/*.csv tests/crash/story/places.csv "$inbox/ledger/"
        # One customer pays before: a part in phase 2, more than the rest in phase 3.
        sed '1s/$/,payment_terms/; 2,$s/$/,/; /^QH-HZ/s/$/prepaid/' samples/master/customers.csv >"$inbox/ledger/customers.csv"
        { cat samples/master/products.csv && echo 'TIN-250,Tin for 250 g,250克罐,packing,C62,ware,13%'; } >"$inbox/ledger/products.csv"
        # Who takes five bowls is given cups.
        {
            cat samples/master/promotions.csv
            echo 'GW5,Cups for five bowls,五只盖碗送品茗杯,10,compounded,2026-03-01,,america,,no,line,GW-150,,no,buy-get,,5,1,CUP-6,exclusive,,'
        } >"$inbox/ledger/promotions.csv"
        cp tests/crash/story/{plants,supply,materials,lanes}.csv "$inbox/ledger/"
        cp tests/crash/story/{approval-matrix,approvers,carrier-codes,cancellation-policy,modification-rules}.csv "$inbox/ledger/"
        ;;
    1)
        cp samples/orders/nordlicht-*.xml samples/wrong/nordlicht-several-mistakes.xml "$remote/nordlicht/out/"
        cp samples/orders/bluebird-*.csv tests/crash/story/gift.csv "$remote/bluebird/out/"
        cp samples/orders/qinghe-*.csv "$inbox/qinghe/"
        cp tests/crash/story/stock-full.csv tests/crash/story/stock-planned.csv "$inbox/harbour/"
        ;;
    2)
        cp tests/crash/story/scarce.csv "$inbox/qinghe/"
        cp samples/later/linwei-*.csv "$inbox/linwei/"
        cp tests/crash/story/payments-1.csv "$inbox/ledger/"
        cp tests/crash/story/zhouyan.csv "$inbox/zhouyan/"
        cp samples/later/harbour-*.xml "$inbox/harbour/"
        cp tests/crash/story/dhl-1.csv tests/crash/story/dhl-2.xml "$inbox/dhl/"
        cp samples/orders/bluebird-2026-03-02.csv "$remote/bluebird/out/" # the same again
        ;;
    # One code of the carrier was not known; the list that names it comes now, and the order is delivered.
    3)
        cp tests/crash/story/payments-2.csv "$inbox/ledger/"
        cp samples/wrong/nordlicht-cut-off.xml "$remote/nordlicht/out/"
        cp tests/crash/story/harbour.csv "$inbox/harbour/" # the rest of an order, in two shipments
        # A part of the scarce goods has left, and the rest has come; one product is begun, another will be late.
        cp tests/crash/story/{scarce-shipped,stock-changes,release-status}.csv "$inbox/harbour/"
        cp tests/crash/story/works-1.csv "$inbox/works/"
        cp tests/crash/story/carrier-codes-later.csv "$inbox/ledger/"
        cp tests/crash/story/dhl-3.csv "$inbox/dhl/"
        ;;
    # The works finish something; and customers change their minds, about what is not planned yet or has arrived.
    4)
        cp tests/crash/story/works-2.csv "$inbox/works/"
        cp tests/crash/story/changes.csv tests/crash/story/cancellations.csv "$inbox/qinghe/"
        cp tests/crash/story/returns.csv "$remote/bluebird/out/"
        ;;
    # What was under way is stopped for a part, which costs something; goods come back, for money (one for less than was given
    # with it) and for others in their place; a released order gets more, and another is to go elsewhere.
    5)
        cp tests/crash/story/{stopped,received}.csv "$inbox/harbour/"
        cp tests/crash/story/changes-later.csv "$inbox/qinghe/"
        ;;
    esac
}
