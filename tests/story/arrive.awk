# arrive.awk -- what arrives now of the queue, and (to the file `late`) what later; but for what was stopped: a production's
# news, a shipment of the line of a release, and what a carrier tells of a parcel that holds nothing any more.
function parcel(number) {
    gsub(/-/, "", number)
    return "SW" number
}
FILENAME ~ /stopped$/ { stopped[$1] = 1; next }
{ rows[++count] = $0; kind[count] = $3; split($4, said, ","); about[count] = said[1]; line[count] = said[4] }
kind[count] == "shipment" {
    release = about[count]
    sub(/-[ab]$/, "", release)
    is_gone[count] = (release "/" line[count]) in stopped
    if (!is_gone[count]) held[parcel(about[count])] = 1
    else emptied[parcel(about[count])] = 1
}
kind[count] == "production-status" { is_gone[count] = about[count] in stopped }
END {
    for (i = 1; i <= count; i++) {
        if (kind[i] == "transport-event" && about[i] in emptied && !(about[i] in held)) is_gone[i] = 1
        # A row that is left out must be left out of what its parcel held, too, so it stays in the queue until its time.
        split(rows[i], cells, "\t")
        if (cells[1] <= now) { if (!is_gone[i]) print rows[i] }
        else print rows[i] > late
    }
}
