#!/bin/bash
# northwind.sh -- the sample company Northwind goes through purser from its own CSV files, by the mappings of
# tests/northwind/.  NORTHWIND names the folder of the files (customers.csv, products.csv, categories.csv, suppliers.csv,
# employees.csv, shippers.csv, orders.csv, order_details.csv), which are not part of this repository; without it nothing is
# tested.  Prints one TAP line each.  PURSER names the program to test.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
if [ -z "${NORTHWIND:-}" ]; then
    echo "ok northwind # SKIP: NORTHWIND does not name the folder of its CSV files, which are not kept here"
    exit 0
fi
purser=$(realpath "${PURSER:-.build/purser}")
home=$(mktemp -d "${TMPDIR:-/tmp}/northwind.XXXXXX")
trap 'rm -rf "$home"' EXIT
status=0

is() { # SENTENCE WANTED GOT
    if [ "$2" = "$3" ]; then
        echo "ok $1"
    else
        printf 'not ok %s\n# wanted: %s\n# got:    %s\n' "$1" "$2" "$3"
        status=1
    fi
}

store() { sqlite3 "$home/.purser/purser.db" "$1"; }

arrive() { # FILE...
    mkdir -p "$home/inbox/northwind"
    for file in "$@"; do
        install -m 0644 "$file" "$home/inbox/northwind/"
        touch -d 2026-01-01 "$home/inbox/northwind/$(basename "$file")"
    done
}

cp -r tests/northwind/. "$home"
is "the configuration is sound" "The configuration is sound: partners 1; schedules 0." "$("$purser" --home "$home" config check 2>&1)"

# On a day when all orders had been placed: prices and addresses are judged as of then, and nothing lies in the future.
arrive tests/northwind/lists/price-authority.csv "$NORTHWIND"/*.csv
"$purser" --home "$home" run --as-of 1998-06-01T08:00:00Z
is "the run ends well" 0 $?
is "every file is taken" 0 "$(store "SELECT count(*) FROM interchange WHERE state <> 'taken'")"
is "91 customers" 91 "$(store "SELECT count(*) FROM customer")"
is "77 products" 77 "$(store "SELECT count(*) FROM product")"
is "the categories come from another file" "Beverages|12 Condiments|12 Confections|13 Dairy Products|10 Grains/Cereals|7 Meat/Poultry|6 Produce|5 Seafood|12" \
    "$(store "SELECT category, count(*) FROM product GROUP BY 1 ORDER BY 1" | paste -sd' ')"
is "830 orders, from two files" 830 "$(store "SELECT count(*) FROM orders")"
is "2,155 lines" 2155 "$(store "SELECT count(*) FROM order_line")"
is "all orders are approved" 830 "$(store "SELECT count(*) FROM orders WHERE approval = 'approved'")"
is "51,317 units" 51317 "$(store "SELECT sum(quantity_micros) / 1000000 FROM order_line")"
# Before what is taken off per line.
is "the price of each line is that of the order, 1,354,458.59 in all" 135445859 \
    "$(store "SELECT sum(p.net_minor) FROM orders o JOIN order_price p ON p.order_id = o.id AND p.version = o.version")"
is "order dates are those of the file" "1996|152 1997|408 1998|270" \
    "$(store "SELECT strftime('%Y', order_date * 86400, 'unixepoch'), count(*) FROM order_version GROUP BY 1" | paste -sd' ')"
is "809 orders are shipped, 21 are not" "released|21 shipped|809" \
    "$(store "SELECT fulfilment, count(*) FROM orders GROUP BY 1 ORDER BY 1" | paste -sd' ')"
is "from order to shipment pass 6,870 days in all" 6870 \
    "$(store "SELECT sum(s.shipped_ms / 86400000 - v.order_date) FROM shipment s JOIN order_version v USING (order_id)")"
is "each shipper has sent what it did" "Federal Shipping|249 Speedy Express|245 United Package|315" \
    "$(store "SELECT carrier, count(*) FROM shipment GROUP BY 1 ORDER BY 1" | paste -sd' ')"
is "nothing is lost and nothing is there twice" 0 "$("$purser" --home "$home" verify >/dev/null 2>&1; echo $?)"

# The same files once more change nothing.
"$purser" --home "$home" order list --limit 1000 --json >"$home/before.json"
arrive "$NORTHWIND"/*.csv
touch -d 2026-01-02 "$home"/inbox/northwind/*
"$purser" --home "$home" run --as-of 1998-06-01T09:00:00Z
is "the same files again are known as such" 11 "$(store "SELECT count(*) FROM interchange WHERE state = 'duplicate'")"
"$purser" --home "$home" order list --limit 1000 --json >"$home/after.json"
is "and change nothing" 0 "$(cmp "$home/before.json" "$home/after.json"; echo $?)"
exit $status
