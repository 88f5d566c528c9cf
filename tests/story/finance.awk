# finance.awk -- customers pay an invoice ten days later; one in eight pays a part, and the rest a week after that, and
# one in thirteen pays five euro too much.  Who must pay before pays on the next day, one in ten in two halves.
function pays(day, number, partner, order, invoice, value) {
    queue(day, 8, "books", "payment", number OFS "payment" OFS partner OFS order OFS invoice OFS amount(value) OFS "EUR" OFS \
          sprintf("2026-06-%02d", day - 1) OFS partner OFS "")
}
BEGIN { while ((getline line < (world "/asked")) > 0) asked[line]++ }
read_record($0) && FILENAME ~ /invoice/ && (cell["kind"] == "invoice" || cell["kind"] == "charge") && !(cell["number"] in seen) {
    number = cell["number"]
    seen[number] = 1
    partner = tolower(cell["customer"])
    if (partner == "dock" || cell["gross"] + 0 <= 0) next
    gross = cell["gross"]
    in_parts = chance(number, 8) == 2
    first = in_parts ? int(gross * 60) / 100 : gross + (chance(number, 13) == 5 ? 5 : 0)
    pays(today() + 10, "B-" number "-1", partner, cell["order_number"], number, first)
    if (in_parts) pays(today() + 17, "B-" number "-2", partner, cell["order_number"], number, gross - first)
}
FILENAME ~ /order-status/ && FNR > 1 && cell["headline"] == "waiting-for-payment" && cell["open"] + 0 > 0 {
    order = cell["order_number"]
    print order >> (world "/asked")
    times = ++asked[order]
    half = times == 1 && chance(order, 10) == 7
    if (times <= 2)
        pays(today() + 1, "B-" order "-" times, "dock", order, "", half ? int(cell["open"] * 50) / 100 : cell["open"])
}
