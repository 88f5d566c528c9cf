# sql2c.awk -- makes statements.gen.h from the .sql files of this folder: #define STATEMENTS(X) X(name, "sql") ...
# With -v what=names it makes statement_names.gen.h instead, which most files need alone: SQL_name, ...
BEGIN {
    print "/* made by src/store/sql2c.awk from the SQL beside it; do not edit */"
    if (what != "names") printf "#define STATEMENTS(X)"
}
/^-- name: /            { flush(); name = $3; next }
/^[ \t]*(--.*)?$/       { next }
{
    if (name == "") {
        print FILENAME ":" FNR ": SQL before the first name" > "/dev/stderr"
        failed = 1
        exit 1
    }
    gsub(/\\/, "\\\\")
    gsub(/"/, "\\\"")
    text = text " \\\n    \"" $0 "\\n\""
}
END {
    if (!failed) {
        flush()
        print ""
    }
}
function flush() {
    if (name != "") {
        if (what == "names") print "SQL_" name ","
        else printf " \\\n  X(%s, %s)", name, text
    }
    name = ""
    text = ""
}
