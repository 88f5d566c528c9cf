#!/bin/bash
# pages_test.sh -- the pages that tell customers where their orders are, as a browser shows them: on a telephone, on a
# desk, in the dark and on paper.  Prints one TAP line each; what the browser drew is in .build/pages.
#
# A page has no script and allows none; what is measured is measured by a script in a copy of it.
# Functions are called by say.
# shellcheck disable=SC2317
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
top=$PWD
purser=${PURSER:-$top/.build/purser}
work=$top/.build/pages
story=$top/tests/scenarios/customers-are-warned-before-it-is-too-late
map=$top/tests/scenarios/customers-see-where-their-orders-are
status=0

say() { # SENTENCE COMMAND...
    local sentence=$1
    shift
    if "$@" >"$work/said" 2>&1; then
        echo "ok $sentence"
    else
        sed 's/^/# /' "$work/said" | tail -n 20
        echo "not ok $sentence"
        status=1
    fi
}

drop() { # PARTNER FILE...
    local partner=$1 file
    shift
    mkdir -p "inbox/$partner"
    for file in "$@"; do
        cp "$file" "inbox/$partner/" && touch -d '2026-01-01' "inbox/$partner/$(basename "$file")"
    done
}

# The company of that scenario, on the day on which a parcel is held at customs and a payment is missing.
make_pages() {
    mkdir -p "$work/home/partners.d" && cd "$work/home" || return
    cp "$top"/samples/partners.d/*.conf partners.d/ && cp "$story"/home/partners.d/*.conf partners.d/ || return
    cp "$story/home/purser.conf" "$story/home/tracking.key" . && chmod 600 tracking.key || return
    drop ledger "$top"/samples/master/{products,product-options,prices,approval-matrix,promotions}.csv \
        "$story"/{customers,carrier-codes}.csv "$map/places.csv"
    "$purser" run --as-of 2026-03-02T08:00:00+08:00 || return
    drop nordlicht "$top/samples/orders/nordlicht-2026-03-02.xml"
    drop bluebird "$top/samples/orders/bluebird-2026-03-02.csv"
    drop qinghe "$top/samples/orders/qinghe-2026-03-02.csv"
    "$purser" run --as-of 2026-03-02T09:00:00+08:00 || return
    drop harbour "$top/samples/later/harbour-2026-03-02.xml" "$story/rest.csv"
    drop ups "$story/ups-1.csv"
    "$purser" run --as-of 2026-03-03T22:00:00+08:00 || return
    drop ups "$story/ups-2.csv"
    "$purser" run --as-of 2026-03-06T08:00:00+08:00 || return
    cp "$(grep -l "BB-4471" public/*.html)" "$work/parcels.html" &&
        cp "$(grep -l "QH20260302-01" public/*.html)" "$work/unpaid.html"
}

browse() { # ARGUMENTS...
    timeout 60 chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$work/profile" \
        --virtual-time-budget=3000 "$@" 2>"$work/browser"
}

# A window is never narrower than some 500 pixels, a frame is.  What the page measures in it, it tells the frame's owner:
# "WIDTH-OF-CONTENT WIDTH COLOUR-OF-PAPER HEIGHT-OF-H1 VISIBLE-TEXT-OF-H1".
frame() { # PAGE WIDTH SCRIPT
    # shellcheck disable=SC2016
    sed -e '/Content-Security-Policy/d' -e "s|</body>|<script>$3</script></body>|" "$work/$1.html" >"$work/$1.in.html"
    cat >"$work/$1.$2.html" <<HTML
<!doctype html><meta charset="utf-8"><body style="margin:0"><p id="told" hidden></p>
<iframe src="$1.in.html" style="display:block;width:$2px;height:3000px;border:0"></iframe>
<script>onmessage = function (event) { document.getElementById("told").textContent = event.data; }</script>
HTML
}

measure='var root = document.documentElement, title = document.querySelector("h1"); parent.postMessage([root.scrollWidth, innerWidth, getComputedStyle(document.body).backgroundColor.replace(/ /g, ""), title.getBoundingClientRect().height > 10, title.innerText].join(" "), "*");'

told() { # PAGE WIDTH ARGUMENTS...
    local page=$1 width=$2
    shift 2
    frame "$page" "$width" "$measure"
    browse --window-size=$((width < 600 ? 600 : width)),3000 "$@" --dump-dom "file://$work/$page.$width.html" |
        grep -o 'id="told"[^<]*' | sed 's/.*>//'
}

fits() { # PAGE WIDTH WORDS
    local content width paper visible words
    read -r content width paper visible words < <(told "$1" "$2")
    echo "content $content of $width, paper $paper, title $visible: $words"
    [ "${width:-0}" -eq "$2" ] && [ "$content" -le "$width" ] && [ "$visible" = true ] && [ "$words" = "$3" ]
}

is_dark() { # PAGE -- and light without it
    local dark light
    read -r _ _ light _ < <(told "$1" 1280 --blink-settings=preferredColorScheme=1)
    read -r _ _ dark _ < <(told "$1" 1280 --blink-settings=preferredColorScheme=0)
    echo "light $light, dark $dark"
    [ -n "$light" ] && [ -n "$dark" ] && [ "$light" != "$dark" ]
}

draws() { # PAGE WIDTH -- a picture of some size: an empty one is smaller
    browse --window-size=$((${2} < 600 ? 600 : ${2})),2600 --screenshot="$work/$1.$2.png" "file://$work/$1.$2.html"
    [ "$(stat -c %s "$work/$1.$2.png")" -gt 40000 ]
}

prints() { # PAGE -- and the map is on the paper, in a vector drawing: without it the file is much smaller
    sed '/<svg class="map"/,/<\/svg>/d' "$work/$1.html" >"$work/$1.bare.html"
    browse --no-pdf-header-footer --print-to-pdf="$work/$1.pdf" "file://$work/$1.html"
    browse --no-pdf-header-footer --print-to-pdf="$work/$1.bare.pdf" "file://$work/$1.bare.html"
    local whole bare pages
    whole=$(stat -c %s "$work/$1.pdf") bare=$(stat -c %s "$work/$1.bare.pdf")
    pages=$(grep -a -c '/Type */Page\b' "$work/$1.pdf")
    echo "$whole bytes, without its map $bare; $pages pages"
    [ "$whole" -gt $((bare + 5000)) ] && [ "$pages" -ge 1 ] && [ "$pages" -le 3 ]
}

# On paper nothing is wider than the paper: what its rules for print say, at the width of a page of A4.
fits_on_paper() { # PAGE WORDS
    sed 's/@media print/@media all/g' "$work/$1.html" >"$work/$1.paper.html"
    fits "$1.paper" 680 "$2"
}

rm -rf "$work" && mkdir -p "$work" || exit 1
say "there is a browser to look with" command -v chromium
say "a company that warns has pages for its customers" make_pages
parcels="A part of your order has arrived" unpaid="您的订单已确认，等待付款"
say "on a telephone nothing is wider than the screen" fits parcels 390 "$parcels"
say "nor is it in Chinese, with a warning" fits unpaid 390 "$unpaid"
say "on a small telephone neither" fits parcels 320 "$parcels"
say "on a desk it is all there" fits parcels 1280 "$parcels"
say "it is drawn on a telephone" draws parcels 390
say "it is drawn on a desk" draws parcels 1280
say "in the dark it is dark" is_dark parcels
say "on paper nothing is cut off" fits_on_paper parcels "$parcels"
say "it is printed with its map" prints parcels
exit $status
