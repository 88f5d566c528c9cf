# draw.awk -- orders at random, as orders.csv has them: -v seed=N -v days=D, two to four a day.
function next_number(of) {
    state = (state * 1103515245 + 12345) % 2147483648
    return int(state / 65536) % of
}
BEGIN {
    state = seed * 2654435 + 97
    partners = split("atelier bistro clinic dock", partner, " ")
    split("AT BI CL DO", prefix, " ")
    products = split("CUP-1 POT-1 TRAY-1 BREW-SET TEA-KG TABLE-1", product, " ")
    split("90 14 8 6 14 3", most, " ")
    print "day,partner,order_number,requested_to,line_number,sku,quantity,unit,delivery_note"
    for (day = 1; day <= days; day++)
        for (one = 2 + next_number(3); one > 0; one--) {
            who = 1 + next_number(partners)
            order = sprintf("%s-%03d", prefix[who], ++count[who])
            first = next_number(products)
            lines = 1 + next_number(3)
            wanted = day + 3 + next_number(6)
            for (line = 1; line <= lines; line++) {
                which = 1 + (first + line) % products
                is_tea = product[which] == "TEA-KG"
                quantity = 1 + next_number(most[which])
                printf "%d,%s,%s,2026-06-%02d,%d,%s,%s,%s,\n", day, partner[who], order, wanted, line, product[which], \
                       is_tea ? quantity / 2 : quantity, is_tea ? "KGM" : "C62"
            }
        }
}
