# world.awk -- what all who deal with the company have in common: they read its CSV files, and answer at a time of their
# own.  `now` is the moment of the run that wrote the files, DDHH of June 2026; what is queued arrives before the first
# run at or after its own moment.  (No multi-line fields come in this story.)

BEGIN { OFS = "," }

# The cells of a CSV record by name: cell["order_number"]; the first record of a file names them.
function read_record(line,    count, text, quoted, i, c) {
    sub(/\r$/, "", line)
    sub(/^\357\273\277/, "", line)
    count = 1; text = ""; quoted = 0
    split("", fields)
    for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        if (quoted && c == "\"" && substr(line, i + 1, 1) == "\"") { text = text c; i++ }
        else if (c == "\"") quoted = !quoted
        else if (c == "," && !quoted) { fields[count++] = text; text = "" }
        else text = text c
    }
    fields[count] = text
    if (FNR == 1) {
        split("", names)
        for (i = 1; i <= count; i++) names[i] = fields[i]
        return 0
    }
    split("", cell)
    for (i = 1; i <= count; i++) cell[names[i]] = fields[i]
    return 1
}

# A number that is always the same for a text (and a seed): what one order meets, and another does not.
function chance(text, of,    i, sum) {
    sum = 7 + seed * 7919
    for (i = 1; i <= length(text); i++) sum = (sum * 31 + index(letters, substr(text, i, 1))) % 100003
    return sum % of
}
BEGIN { letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-/." }

# 1 June 2026 is a Monday; the 4th is a holiday.
function works(day) { return (day - 1) % 7 < 5 && day != 4 }
function working_day(day, after) {
    while (after > 0 || !works(day)) { day++; if (works(day)) after-- }
    return day
}
function moment(day, hour) { return sprintf("2026-06-%02dT%02d:00:00+02:00", day, hour) }
function today() { return int(now / 100) }

# It arrives from PARTNER in its next file of KIND.
function queue(day, hour, partner, kind, row) {
    printf "%02d%02d\t%s\t%s\t%s\n", day, hour, partner, kind, row >> (world "/queue")
}
function amount(value) { return sprintf("%.2f", value) }

# What a warehouse writes in its own ledger: so much came, or (below 0) went; by a production, or the line of a release, that
# may yet be stopped.
function moves(day, place, sku, quantity, cause) {
    printf "%d\t%s\t%s\t%s\t%s\n", day, place, sku, quantity, cause >> (world "/ledger")
}
# It will not be: neither sent, nor made, nor told of by a carrier (play.sh leaves it out).
function halts(cause) { print cause "\t" now >> (world "/stopped") }
