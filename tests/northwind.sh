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
# Each line is rounded half up.
is "the price of each line is that of the order, less its discount" 126579329 \
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

# ---- the reports, against figures that are known of these data ----
report() { # NAME FIRST LAST -- into $home/NAME.csv, by the dates of the orders
    "$purser" --home "$home" report run sales --by ordered --from "$2" --to "$3" --format csv \
        --as-of 1998-06-02T08:00:00Z >"$home/$1.csv" || status=1
}
rows() { # NAME SECTION COLUMNS -- of a section, columns by name
    python3 - "$home/$1.csv" "$2" "$3" <<'EOT'
import csv, sys
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8")):
    if row["section"] == sys.argv[2]:
        print("|".join(row[name] for name in sys.argv[3].split(",")))
EOT
}
report all 1996-07-01 1998-06-01
is "gross, discounts and net, each line rounded" "830|1354458.59|88665.30|1265793.29" "$(rows all total orders,list,discount,net)"
is "net before rounding" "1265793.0395" "$(rows all total net_exact)"
is "categories" "Beverages|267868.18 Dairy Products|234507.285 Confections|167357.225 Meat/Poultry|163022.3595 Seafood|131261.7375 Condiments|106047.085 Produce|99984.58 Grains/Cereals|95744.5875" \
    "$(rows all category key,net_exact | paste -sd' ')"
is "countries, the ten largest" "US|245584.6105 DE|230284.6335 AT|128003.8385 BR|106925.7765 FR|81358.3225 GB|58971.31 VE|56810.629 SE|54495.14 CA|50196.29 IE|49979.905" \
    "$(rows all country key,net_exact | sed -n '1,10p' | paste -sd' ')"
is "customers, the five largest" "QUICK|28|110277.305 ERNSH|30|104874.9785 SAVEA|31|104361.95 RATTC|18|51097.8005 HUNGO|19|49979.905" \
    "$(rows all customer key,orders,net_exact | sed -n '1,5p' | paste -sd' ')"
is "89 customers have bought" 89 "$(rows all customer key | wc -l)"
is "products, the three largest and the least" "Côte de Blaye|141396.735 Thüringer Rostbratwurst|80368.672 Raclette Courdavault|71155.7 Chocolade|1368.7125" \
    "$(rows all product name,net_exact | sed -n '1,3p;$p' | paste -sd' ')"
is "products by units" "Camembert Pierrot|1577 Raclette Courdavault|1496 Gorgonzola Telino|1397" \
    "$(rows all product name,quantity | sort -t'|' -k2,2nr | head -3 | paste -sd' ')"
is "ABC: 36, 23 and 18 products" "36 A 23 B 18 C" "$(rows all product class | sort | uniq -c | awk '{ print $1, $2 }' | paste -sd' ')"
is "sales people" "Peacock|232890.846 Leverling|202812.843 Davolio|192107.6045 Fuller|166537.755 Callahan|126862.2775 King|124568.235 Dodsworth|77308.0665 Suyama|73913.1295 Buchanan|68792.2825" \
    "$(rows all salesperson key,net_exact | paste -sd' ')"
# Twelve whole months up to May 1998, counted from the files by hand.
is "ABC and XYZ" "AX|0 AY|20 AZ|16 BX|0 BY|13 BZ|10 CX|0 CY|4 CZ|14" "$(rows all movement key,products | paste -sd' ')"
is "the first by net, by units, by orders and by growth" "Côte de Blaye|1|41|46|1 Raclette Courdavault|3|2|1|3 Camembert Pierrot|5|1|2|5" \
    "$(rows all best name,rank_net,rank_units,rank_orders,rank_growth | grep -E '^(Côte|Camembert|Raclette)' | sort -t'|' -k3,3nr | paste -sd' ')"
is "months" "1996-07|27861.90 1997-01|61258.07 1998-04|123798.68 1998-05|18333.63" \
    "$(rows all month key,net_exact | awk -F'|' '$1 ~ /1996-07|1997-01|1998-04|1998-05/ { printf "%s|%.2f\n", $1, $2 }' | paste -sd' ')"
"$purser" --home "$home" report run customers --from 1996-07-01 --to 1998-06-01 --format csv --as-of 1998-06-02T08:00:00Z \
    >"$home/customers.csv" || status=1
is "89 customers have bought, SAVEA 31 times, one of them once" "89 31 1" \
    "$(rows customers loyalty customers) $(rows customers customer key,orders | sed -n 's/^SAVEA|//p') $(rows customers customer orders | grep -cx 1)"
"$purser" --home "$home" report run efficiency --by ordered --from 1996-07-01 --to 1998-06-01 --format csv \
    --as-of 1998-06-02T08:00:00Z >"$home/efficiency.csv" || status=1
is "from order to shipment, days by nearest rank" "809|6870|8.492|7|10|18|25|34|37" \
    "$(rows efficiency shipment finished,total,mean,p50,p80,p90,p95,p99,longest)"
is "each shipper has sent some late" "United Package|315|16 Federal Shipping|249|9 Speedy Express|245|12" \
    "$(rows efficiency carrier key,shipments,late | paste -sd' ')"
is "orders of July 1996 and April 1998 left within so many days" "1996-07|22|6|12 1998-04|63|7|10" \
    "$(rows efficiency trend key,shipped,days_p50,days_p90 | grep -E '^1996-07|^1998-04' | paste -sd' ')"
is "21 orders are open, all of them in the warehouse" "warehouse|21" "$(rows efficiency open key,open)"
is "the freight of all orders, which is no part of the net, and nothing is taxed" "64942.69|0.00|1330735.98" \
    "$(rows all total freight,tax,gross)"
is "freight by country adds up to that" "64942.69" "$(rows all country freight | awk '{ sum += $1 } END { printf "%.2f\n", sum }')"
report 1997 1997-01-01 1997-12-31
is "the year 1997" "408|617085.2035" "$(rows 1997 total orders,net_exact)"
report 1996 1996-01-01 1996-12-31
is "the year 1996" "152|208083.97" "$(rows 1996 total orders,net_exact)"
report 1998 1998-01-01 1998-12-31
is "the year 1998" "270|440623.866" "$(rows 1998 total orders,net_exact)"

# The same files once more change nothing.
"$purser" --home "$home" order list --limit 1000 --json >"$home/before.json"
arrive "$NORTHWIND"/*.csv
touch -d 2026-01-02 "$home"/inbox/northwind/*
"$purser" --home "$home" run --as-of 1998-06-01T09:00:00Z
is "the same files again are known as such" 11 "$(store "SELECT count(*) FROM interchange WHERE state = 'duplicate'")"
"$purser" --home "$home" order list --limit 1000 --json >"$home/after.json"
is "and change nothing" 0 "$(cmp "$home/before.json" "$home/after.json"; echo $?)"
exit $status
