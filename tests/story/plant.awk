# plant.awk -- the workshop says yes, begins when it is asked to, and is done on the day; one request in three waits two
# days for the saw.  What is cancelled is not made (play.sh takes it out of the queue and the ledger).  A table takes four boards and twelve screws from the warehouse.
function says(day, hour, status, done, expected, cause) {
    queue(day, hour, "works", "production-status", cell["production_number"] OFS status OFS done OFS expected OFS cause OFS moment(day, hour))
}
read_record($0) && cell["cancelled"] == "yes" { halts(cell["production_number"]); next }
FNR > 1 {
    start = substr(cell["start_on"], 9) + 0
    finish = substr(cell["finish_on"], 9) + 0
    waits = chance("W" cell["production_number"], 3) == 1
    says(today(), now % 100 + 1, "accepted", "", "", "")
    says(start, 13, "started", "", "", "")
    if (waits) says(finish, 9, "late", "", sprintf("2026-06-%02d", working_day(finish, 2)), "equipment")
    if (waits) finish = working_day(finish, 2)
    says(finish, 16, "done", cell["quantity"], "", "")
    moves(finish, "north", cell["sku"], cell["quantity"], cell["production_number"])
    moves(finish, "north", "OAK-1", -4 * cell["quantity"], cell["production_number"])
    moves(finish, "north", "SCREW-8", -12 * cell["quantity"], cell["production_number"])
}
