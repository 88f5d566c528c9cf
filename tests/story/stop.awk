# stop.awk -- warehouses and the workshop answer what they are asked to stop, in the next hours: what has not left they stop
# when it is wanted of all that is left of a line, and when they find it in time (of four notices in five); the workshop
# stops before it is done and says what it has cost.  Who is asked for another address says that it is done.
BEGIN {
    FS = "\t"
    while ((getline line < (world "/stopped")) > 0) { split(line, part, "\t"); gone[part[1]] = 1 }
    while ((getline line < (world "/queue")) > 0) {
        split(line, part, "\t")
        if (part[3] == "shipment") {
            split(part[4], said, ",")
            sub(/-[ab]$/, "", said[1])
            if (!((said[1] "/" said[4]) in gone)) waiting[part[2], said[1] "/" said[4]] += said[6]
        } else if (part[3] == "production-status" && part[4] ~ /,done,/) {
            split(part[4], said, ",")
            unmade[said[1]] = 1
        }
    }
    FS = ","
}
function says(number, status, line, quantity, cost) {
    queue(today(), now % 100 + 2, place, "stop-status", number OFS status OFS moment(today(), now % 100) OFS line OFS quantity OFS cost OFS \
          (cost == "" ? "" : "EUR") OFS (status == "too-late" ? "the driver has left" : ""))
}
read_record($0) && cell["reminder"] + 0 == 0 {
    number = cell["stop_number"]
    place = FILENAME
    sub(/\/stop-notice-[^\/]*$/, "", place)
    sub(/.*\//, "", place)
    notices[place, number] = 1
    action[place, number] = cell["action"]
    production[place, number] = cell["production_number"]
    rows[place, number]++
    if (cell["production_number"] != "" || cell["action"] == "redirect") next
    key = substr(place, 1, 1) "-" cell["order_number"] "-" (cell["release"] == "" ? 1 : cell["release"]) "/" cell["line_number"]
    left = waiting[place, key] - cell["quantity"]
    if (left < 0.0000005 && left > -0.0000005 && chance("in time" key, 5)) {
        stops[place, number] = stops[place, number] cell["line_number"] "=" cell["quantity"] " "
        stopped[place, number]++
        halts(key)
    }
}
END {
    count = 0
    for (key in notices) sorted[++count] = key
    for (i = 2; i <= count; i++)
        for (j = i; j > 1 && sorted[j] < sorted[j - 1]; j--) { swap = sorted[j]; sorted[j] = sorted[j - 1]; sorted[j - 1] = swap }
    for (i = 1; i <= count; i++) {
        split(sorted[i], at, SUBSEP)
        place = at[1]; number = at[2]; made = production[place, number]
        if (action[place, number] == "redirect") says(number, "done", "", "", "")
        else if (made != "") {
            if (made in unmade && chance("in time" made, 5)) { says(number, "stopped", "", "", "12.50"); halts(made) }
            else says(number, "too-late", "", "", "")
        }
        else if (stopped[place, number] == 0) says(number, "too-late", "", "", "")
        else if (stopped[place, number] == rows[place, number]) says(number, "stopped", "", "", "")
        else {
            parts = split(stops[place, number], list, " ")
            for (p = 1; p <= parts; p++) { split(list[p], one, "="); says(number, "partly", one[1], one[2], "") }
        }
    }
}
