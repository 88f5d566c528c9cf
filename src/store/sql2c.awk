# sql2c.awk -- makes statements.gen.h from the .sql files of this folder: #define STATEMENTS(X) X(name, "sql") ...
BEGIN {
    print "/* made by src/store/sql2c.awk from the SQL beside it; do not edit */"
    printf "#define STATEMENTS(X)"
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
        printf " \\\n  X(%s, %s)", name, text
    }
    name = ""
    text = ""
}
