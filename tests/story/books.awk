# books.awk -- do the books balance?  Kept from the files alone that went in and out: what was ordered, what left, what was
# invoiced and paid, what customers were told will not come, and what came back and was credited; and what cancellations cost.
# Prints a line for each thing that does not add up, and the sums.  Money is counted in cents.
function cents(text) { return int(text * 100 + (text < 0 ? -0.5 : 0.5)) }
function wrong(text) { print "wrong: " text; mistakes++ }
function near(one, other) { return one - other < 0.0000005 && other - one < 0.0000005 }

read_record($0) {
    if (FILENAME ~ /\/orders\.csv$/) {
        ordered[cell["order_number"], cell["line_number"]] = cell["quantity"]
    } else if (FILENAME ~ /order-response/) {
        order = cell["order_number"]
        if (cell["record"] == "order") {
            answer[order] = cell["outcome"]
            gross[order] = cents(cell["total"])
            forget(order)
        } else if (cell["record"] == "line") {
            ordered[order, cell["line_number"]] = cell["quantity"]
            net[order, cell["line_number"]] = cents(cell["net"])
        } else if (cell["record"] == "free-goods") {
            ordered[order, cell["line_number"]] = cell["quantity"]
            net[order, cell["line_number"]] = 0
        }
    } else if (FILENAME ~ /order-status/) {
        if (cell["cancelled"] != "") cancel(cell["order_number"], cell["cancelled"])
    } else if (FILENAME ~ /-shipment\.csv$/) {
        shipped[cell["order_number"], cell["order_line"]] += cell["quantity"]
    } else if (FILENAME ~ /return-authorisation/) {
        order_of[cell["number"]] = cell["order_number"]
    } else if (FILENAME ~ /return-receipt/) {
        returned[order_of[cell["authorisation"]], cell["order_line"]] += cell["quantity"]
        sum_returned += cell["quantity"]
    } else if (FILENAME ~ /cancellation-statement/) {
        key = cell["order_number"] SUBSEP cell["cancellation"]
        if (cell["statement"] > statement[key]) { statement[key] = cell["statement"]; told[key] = 0 }
        if (cell["kind"] != "line") told[key] += cents(cell["gross"])
    } else if (FILENAME ~ /\/invoice-/ && (cell["kind"] == "charge" || cell["corrects"] ~ /^CHG-/)) {
        if (!(cell["number"] in charge)) {
            charge[cell["number"]] = 1
            value = cents(cell["gross"])
            charged[cell["order_number"]] += cell["kind"] == "charge" ? value : -value
            if (cell["kind"] == "charge") sum_charged += value
            else sum_waived += value
        }
    } else if (FILENAME ~ /\/invoice-/ && cell["kind"] == "credit-note") {
        key = cell["order_number"] SUBSEP cell["line_number"]
        credited[key] += cell["quantity"]
        credited_net[key] += cents(cell["line_net"])
        if (!(cell["number"] in credit)) {
            credit[cell["number"]] = 1
            sum_credited += cents(cell["gross"])
        }
    } else if (FILENAME ~ /\/invoice-/) {
        key = cell["order_number"] SUBSEP cell["line_number"]
        invoiced[key] += cell["quantity"]
        invoiced_net[key] += cents(cell["line_net"])
        if (!(cell["number"] in invoice)) {
            invoice[cell["number"]] = cents(cell["gross"])
            invoiced_gross[cell["order_number"]] += cents(cell["gross"])
            sum_invoiced += cents(cell["gross"])
            invoices++
        }
        lines_of[cell["number"]] += cents(cell["line_net"]) + cents(cell["line_tax"])
    } else if (FILENAME ~ /-payment\.csv$/) {
        paid[cell["order_number"]] += cents(cell["amount"])
        sum_paid += cents(cell["amount"])
    }
}

# Another version takes the place of the one before.
function forget(order,    key, part) {
    for (key in ordered) {
        split(key, part, SUBSEP)
        if (part[1] == order) { delete ordered[key]; delete net[key] }
    }
}

# "2=8 C62; F1=1 C62"
function cancel(order, text,    list, count, i, at) {
    count = split(text, list, /; /)
    for (i = 1; i <= count; i++) {
        at = index(list[i], "=")
        cancelled[order, substr(list[i], 1, at - 1)] += substr(list[i], at + 1) + 0
    }
}

# Ordered is what left, what is open and what never will: so nothing is open below 0, and all of an order that is done.
function check_line(order, line,    key, left, open) {
    key = order SUBSEP line
    left = shipped[key] + 0
    open = ordered[key] - left - cancelled[key]
    if (answer[order] != "accepted" && left > 0) wrong(order " was not accepted, and " left " of line " line " left")
    if (answer[order] != "accepted") return
    if (open < -0.0000005) wrong(order " line " line ": " left " left of " ordered[key])
    if (open > 0.0000005) is_open[order] = 1
    if (!near(left, invoiced[key])) wrong(order " line " line ": " left " left, " invoiced[key] + 0 " invoiced")
    # So much of the price as of the goods: to the cent when all is sent, else within one.
    exact = ordered[key] > 0 ? net[key] * left / ordered[key] : 0
    if (invoiced_net[key] - exact > 1 || exact - invoiced_net[key] > 1)
        wrong(order " line " line ": " invoiced_net[key] " cents are invoiced, it should be " exact)
    # What comes back is credited at what it paid, whatever else leaves or comes.
    if (!near(returned[key] + 0, credited[key] + 0))
        wrong(order " line " line ": " returned[key] + 0 " came back, " credited[key] + 0 " are credited")
    if (credited[key] > 0) {
        exact = invoiced[key] > 0 ? invoiced_net[key] * credited[key] / invoiced[key] : 0
        if (credited_net[key] - exact > 1 || exact - credited_net[key] > 1)
            wrong(order " line " line ": " credited_net[key] " cents are credited, it should be " exact)
        if (near(credited[key], invoiced[key]) && credited_net[key] != invoiced_net[key])
            wrong(order " line " line ": all came back, but not all is credited")
    }
    if (cancelled[key] > 0) is_short[order] = 1
    sum_ordered += ordered[key]; sum_left += left; sum_cancelled += cancelled[key]; sum_open += open
}

END {
    for (key in ordered) { split(key, part, SUBSEP); check_line(part[1], part[2]) }
    for (key in shipped) if (!(key in ordered)) { split(key, part, SUBSEP); wrong("nobody ordered line " part[2] " of " part[1]) }
    for (order in answer) {
        if (answer[order] != "accepted") continue
        accepted++
        if (!(order in is_open) && !(order in is_short) && invoiced_gross[order] != gross[order])
            wrong(order " came to " gross[order] " cents, " invoiced_gross[order] " are invoiced")
        if (!(order in is_open)) done++
    }
    for (key in told) { split(key, part, SUBSEP); charged[part[1]] -= told[key] }
    for (order in charged)
        if (charged[order] != 0) wrong(order ": " charged[order] " cents are charged beyond what its statements say")
    for (number in invoice)
        if (lines_of[number] != invoice[number]) wrong(number " says " invoice[number] " cents, its lines " lines_of[number])
    printf "orders %d done %d ordered %s left %s cancelled %s open %s\n", accepted, done, sum_ordered, sum_left, sum_cancelled + 0, sum_open
    printf "invoices %d cents %d paid %d returned %s credited %d charged %d waived %d\n",
        invoices, sum_invoiced, sum_paid, sum_returned + 0, sum_credited, sum_charged, sum_waived
    if (!seed && (sum_cancelled == 0 || sum_open == 0 || sum_returned == 0 || sum_charged == 0 || sum_waived == 0)) wrong("all went well: the story is too simple")
    if (accepted == 0 || sum_left == 0 || sum_paid == 0) wrong("nothing happened")
    exit mistakes > 0
}
