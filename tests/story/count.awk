# count.awk -- a warehouse counts all that it has, this evening: what its ledger says, but for three cups that nobody finds.
BEGIN { FS = "\t" }
FILENAME ~ /stopped$/ { stopped[$1] = $2; next }
$2 == warehouse && $1 <= today() && !($5 in stopped && $1 * 100 + 15 > stopped[$5] + 0) { has[$3] += $4 }
END {
    moves(today(), warehouse, "CUP-1", -3)
    has["CUP-1"] -= 3
    for (sku in has)
        queue(today(), now % 100, warehouse, "stock-full", "full" OFS sku OFS has[sku] OFS moment(today(), now % 100) OFS "" OFS "" \
              OFS "" OFS "" OFS "count of the month")
}
