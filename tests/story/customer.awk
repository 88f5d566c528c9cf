# customer.awk -- customers change their minds: of one accepted order in five (of Dock 9, who pays before, of every second;
# of each, when they are eager) they want something else, a part less, or nothing at all, some hours later; and of one
# delivered order in four some comes back.
# Whoever is authorised to send back does so, and the goods come to the warehouse two days later.
BEGIN {
    FS = ","
    while ((getline line < (world "/minds")) > 0) known[line] = 1
    while ((getline line < (world "/lines")) > 0) { split(line, part, "\t"); keep_line(part[1], part[2], part[3], part[4], part[5]) }
}
function once(key) {
    if (key in known) return 0
    known[key] = 1
    print key >> (world "/minds")
    return 1
}
function keep_line(order, number, sku, quantity, unit) {
    if (!((order, number) in sku_of)) lines[order] = lines[order] (lines[order] == "" ? "" : " ") number
    sku_of[order, number] = sku; quantity_of[order, number] = quantity; unit_of[order, number] = unit
}
function partner_of(order,    names) {
    names["AT"] = "atelier"; names["BI"] = "bistro"; names["CL"] = "clinic"; names["DO"] = "dock"
    return names[substr(order, 1, 2)]
}
function some_line(order, what,    list, count) {
    count = split(lines[order], list, " ")
    return list[1 + chance(what order, count)]
}
# Half of it, in what its unit lets be halved.
function half(order, line,    quantity) {
    quantity = quantity_of[order, line] / 2
    if (unit_of[order, line] != "KGM") quantity = int(quantity)
    return quantity > 0 ? quantity : quantity_of[order, line]
}
function changes(order, nth, day, hour, date, note, action, line, sku, quantity, unit) {
    queue(day, hour, partner_of(order), "order-change", "C-" order "-" nth OFS order OFS date OFS note OFS action OFS line OFS sku OFS \
          quantity OFS unit)
}
function cancels(order, nth, day, hour, line, quantity) {
    queue(day, hour, partner_of(order), "order-cancellation", "X-" order "-" nth OFS order OFS "not-needed" OFS line OFS quantity)
}
# One change of mind.
function minds(order, nth,    day, hour, kind, line) {
    day = today() + chance(nth "day" order, eager ? 5 : 3)
    hour = 7 + 5 * chance(nth "hour" order, 3)
    kind = chance(nth "kind" order, 10)
    line = some_line(order, nth "line")
    if (day > 27) return
    if (kind == 0) changes(order, nth, day, hour, "", "", "set", line, "", half(order, line), "")
    else if (kind == 1) changes(order, nth, day, hour, "", "", "set", line, "", quantity_of[order, line] + 1 + chance(order, 4), "")
    else if (kind == 2) changes(order, nth, day, hour, "", "", "add", 9, "CUP-1", 6, "C62")
    else if (kind == 3) changes(order, nth, day, hour, "", "", "remove", line, "", "", "")
    else if (kind == 4) changes(order, nth, day, hour, sprintf("2026-06-%02d", day + 3), "Side door, please", "", "", "", "", "")
    else if (kind == 5) {
        changes(order, nth, day, hour, "", "", "set", line, "", quantity_of[order, line] + 2, "")
        changes(order, nth, day, hour, "", "", "add", 8, "TEA-KG", 1.5, "KGM")
    }
    else if (kind == 6) cancels(order, nth, day, hour, "", "")
    else if (kind == 7) cancels(order, nth, day, hour, line, "")
    else cancels(order, nth, day, hour, line, half(order, line))
}
# What has arrived is sent back in part, or is not there yet when it is asked for.
function sends_back(order, nth, day,    line) {
    line = some_line(order, nth "back")
    if (day < 28)
        queue(day, 8, partner_of(order), "return-request", "R-" order "-" nth OFS order OFS line OFS half(order, line) OFS \
              (chance(nth "why" order, 2) ? "not-wanted" : "damaged") OFS "refund")
}
# Cups and pots of a set are put back one by one.
function comes_back(day, place, sku, quantity, condition) {
    if (condition == "damaged") return
    if (sku != "BREW-SET") { moves(day, place, sku, quantity); return }
    moves(day, place, "CUP-1", 2 * quantity)
    moves(day, place, "POT-1", quantity)
}
function receipt(rma, order, line, sku, quantity, place,    day, condition) {
    day = today() + 2
    if (day > 29) return
    condition = chance(rma "state" line, 3) == 1 ? "damaged" : chance(rma line, 2) ? "new" : "opened"
    queue(day, 15, place, "return-receipt", "RC-" rma "-" line OFS rma OFS moment(day, 14) OFS line OFS sku OFS quantity OFS condition)
    comes_back(day, place, sku, quantity, condition)
}

!read_record($0) { next }
FILENAME ~ /order-response/ && cell["record"] == "order" { accepted = cell["outcome"] == "accepted" }
FILENAME ~ /order-response/ && cell["record"] == "line" && accepted {
    order = cell["order_number"]
    keep_line(order, cell["line_number"], cell["sku"], cell["quantity"], cell["unit"])
    printf "%s\t%s\t%s\t%s\t%s\n", order, cell["line_number"], cell["sku"], cell["quantity"], cell["unit"] >> (world "/lines")
    fresh[order] = 1
}
FILENAME ~ /order-status/ && (cell["headline"] == "delivered" || eager && cell["headline"] == "shipped") {
    order = cell["order_number"]
    if (lines[order] != "" && once(cell["headline"] " " order) && chance("back" order, eager ? 2 : 4) == 1)
        sends_back(order, cell["headline"] == "delivered" ? 2 : 1, today() + 1)
}
FILENAME ~ /return-authorisation/ && cell["status"] == "authorised" && cell["verdict"] == "allow" &&
    once("goods " cell["number"] " " cell["line_number"]) {
    receipt(cell["number"], cell["order_number"], cell["line_number"], cell["sku"], cell["quantity"], cell["send_to"])
}
END {
    count = 0
    for (order in fresh) sorted[++count] = order
    for (i = 2; i <= count; i++)
        for (j = i; j > 1 && sorted[j] < sorted[j - 1]; j--) { swap = sorted[j]; sorted[j] = sorted[j - 1]; sorted[j - 1] = swap }
    for (i = 1; i <= count; i++) {
        order = sorted[i]
        if (!once("order " order)) continue
        times = eager ? 1 + chance("often" order, 3) : chance("mind" order, partner_of(order) == "dock" ? 2 : 5) == 1
        for (nth = 1; nth <= times; nth++) minds(order, nth)
    }
}
