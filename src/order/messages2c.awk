# messages2c.awk -- makes messages.gen.h from schemas/messages/*.csv (RFC 4180, UTF-8, no line breaks in fields):
# #define MESSAGES(X) X(identifier, "id", "severity", "en", "zh", "hint_en", "hint_zh", "action") ...
# #define MESSAGES_BY_ID(X) X(identifier) ..., sorted by id as strcmp compares (run it with LC_ALL=C)
# With -v what=names it makes message_names.gen.h instead, which most files need alone: M_identifier, ...
BEGIN {
    print "/* made by src/order/messages2c.awk from schemas/messages; do not edit */"
    if (what != "names") printf "#define MESSAGES(X)"
}
FNR == 1 {
    sub(/\r$/, "")
    if ($0 != "id,severity,en,zh,hint_en,hint_zh,action") {
        complain("the header must be id,severity,en,zh,hint_en,hint_zh,action")
    }
    next
}
/^[ \t\r]*$/ { next }
{
    sub(/\r$/, "")
    count = split_csv($0)
    if (count != 7) {
        complain("has " count " fields instead of 7")
    }
    if (field[1] in seen) {
        complain("id " field[1] " is used twice")
    }
    seen[field[1]] = 1
    identifier = identifier_of(field[1])
    ids[++id_count] = field[1]
    if (what == "names") {
        print "M_" identifier ","
        next
    }
    printf " \\\n  X(%s", identifier
    for (i = 1; i <= 7; i++) {
        gsub(/\\/, "\\\\", field[i])
        gsub(/"/, "\\\"", field[i])
        printf ", \"%s\"", field[i]
    }
    printf ")"
}
END {
    if (failed || what == "names") exit failed
    sort_ids()
    printf "\n#define MESSAGES_BY_ID(X)"
    for (i = 1; i <= id_count; i++) {
        printf " \\\n  X(%s)", identifier_of(ids[i])
    }
    print ""
}

function identifier_of(id) {
    id = toupper(id)
    gsub(/[^A-Z0-9]/, "_", id)
    return id
}

# A shell sort: not every awk has one.
function sort_ids(    gap, at, place, id) {
    for (gap = int(id_count / 2); gap > 0; gap = int(gap / 2)) {
        for (at = gap + 1; at <= id_count; at++) {
            id = ids[at]
            for (place = at; place > gap && ids[place - gap] > id; place -= gap) {
                ids[place] = ids[place - gap]
            }
            ids[place] = id
        }
    }
}

function complain(what) {
    print FILENAME ":" FNR ": " what > "/dev/stderr"
    failed = 1
    exit 1
}

# Fields of one CSV record into field[1..n]; returns n.
function split_csv(text,    n, value) {
    n = 0
    for (;;) {
        if (substr(text, 1, 1) == "\"") {
            value = ""
            text = substr(text, 2)
            for (;;) {
                at = index(text, "\"")
                if (at == 0) {
                    complain("a quote is not closed")
                    return n
                }
                value = value substr(text, 1, at - 1)
                text = substr(text, at + 1)
                if (substr(text, 1, 1) != "\"") {
                    break
                }
                value = value "\""
                text = substr(text, 2)
            }
        } else {
            at = index(text, ",")
            value = at == 0 ? text : substr(text, 1, at - 1)
            text = at == 0 ? "" : substr(text, at)
        }
        field[++n] = value
        if (substr(text, 1, 1) != ",") {
            return n
        }
        text = substr(text, 2)
    }
}
