# warehouse.awk -- a warehouse sends what it is told to send on the next working day; of one release in seven half of each
# line leaves at once and the rest three days later, one in eleven takes a week.  The carrier brings a parcel two days
# later, but customs hold one in nine.
function parcel(number, day, part,    tracking, held) {
    tracking = "SW" number part
    gsub(/-/, "", tracking)
    held = chance(tracking, 9) == 4
    queue(day, 17, "swift", "transport-event", tracking OFS "PU" OFS moment(day, 17) OFS "Kassel" OFS "DE" OFS "")
    queue(day + 1, 8, "swift", "transport-event", tracking OFS "TR" OFS moment(day + 1, 6) OFS "Frankfurt" OFS "DE" OFS "")
    if (held)
        queue(day + 2, 12, "swift", "transport-event", tracking OFS "CU" OFS moment(day + 2, 9) OFS "Frankfurt" OFS "DE" OFS "")
    queue(day + (held ? 5 : 2), 12, "swift", "transport-event", \
          tracking OFS "DL" OFS moment(day + (held ? 5 : 2), 11) OFS "" OFS "" OFS "front desk")
    return tracking
}
function send(number, part, day, quantity) {
    if (quantity <= 0) return
    if (cell["parts"] == "") moves(day, warehouse, cell["sku"], -quantity, number "/" cell["line_number"])
    else parts_move(day, cell["parts"], quantity / cell["quantity"])
    queue(day, 15, warehouse, "shipment", number "-" part OFS cell["partner"] OFS cell["order_number"] OFS \
          cell["line_number"] OFS cell["sku"] OFS quantity OFS moment(day, 14) OFS "swift" OFS parcel_of(number, day, part))
}
# "CUP-1=8 C62; POT-1=4 C62"
function parts_move(day, parts, share,    list, count, i, at) {
    count = split(parts, list, /; /)
    for (i = 1; i <= count; i++) {
        at = index(list[i], "=")
        moves(day, warehouse, substr(list[i], 1, at - 1), -share * (substr(list[i], at + 1) + 0), number "/" cell["line_number"])
    }
}
function parcel_of(number, day, part) {
    if (!((number, part) in parcels)) parcels[number, part] = parcel(number, day, part)
    return parcels[number, part]
}
read_record($0) {
    release = cell["release"] == "" ? 1 : cell["release"]
    number = substr(warehouse, 1, 1) "-" cell["order_number"] "-" release
    slow = chance(number, 11) == 5
    day = working_day(today(), slow ? 5 : 1)
    first = chance(number, 7) == 3 ? int(cell["quantity"] / 2) : cell["quantity"]
    send(number, "a", day, first)
    send(number, "b", working_day(day, 3), cell["quantity"] - first)
    if (!(number in answered)) {
        answered[number] = 1
        queue(today(), now % 100 + 1, warehouse, "release-status", cell["partner"] OFS cell["order_number"] OFS release OFS \
              "received" OFS moment(today(), now % 100) OFS sprintf("2026-06-%02d", day > 30 ? 30 : day))
    }
}
