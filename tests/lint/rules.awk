# rules.awk -- judges C files one by one: awk -f rules.awk FILE...  Prints "file:line: rule" per breach.
# Run with LC_ALL=C: columns are counted as bytes that begin a character.
BEGIN {
    FUNCTION_LINES_MAX = 70
    FILE_LINES_MAX = 600
    COLUMNS_MAX = 100

    # Which folders a folder may include from, beside itself.  base knows nothing; stations do not know each other.
    may["base"] = " "
    may["order"] = " base "
    may["config"] = " base order "
    may["store"] = " base order config "
    may["rules"] = " base order "
    may["intake"] = " base order config store "
    may["desk"] = " base order config store rules "
    may["courier"] = " base order config store "
    may["writers"] = " base order config store "
    may["reports"] = " base order config store intake/described.h rules/receivable.h rules/steadiness.h writers/writer.h writers/page.h writers/style.h writers/mail_out.h "
    may["tracking"] = " base order config store writers/page.h writers/tracking_link.h "
    may["cli"] = " base order config store rules intake desk courier writers reports batch.h "
    may["src"] = " base order config store rules intake desk courier writers reports tracking cli batch.h "

    # Where the header of a library may be included.
    only["sqlite3.h"] = "^src/store/(store|schema)\\.[ch]$"
    only["libssh2.h"] = only["libssh2_sftp.h"] = "^src/courier/"
    only["xlsxwriter.h"] = "^src/reports/"
    only["csv.h"] = only["jansson.h"] = only["libxml/"] = "^src/intake/"
    only["confuse.h"] = "^src/config/"
    only["openssl/"] = "^src/base/digest\\.c$"
    only["utf8proc.h"] = "^src/(base/text\\.c$|intake/)"
    only["iconv.h"] = "^src/(base/text\\.c$|config/|intake/)"
    only["statements.gen.h"] = "^src/store/store\\.c$"
    only["statement_names.gen.h"] = "^src/store/store\\.h$"
    only["messages.gen.h"] = "^src/order/message\\.c$"
    only["message_names.gen.h"] = "^src/order/message\\.h$"

    split("sprintf vsprintf strcpy strcat gets atoi atol atof strtok tmpnam mktemp alloca rand srand random", names, " ")
    for (at in names) {
        banned[names[at]] = "is banned"
    }
    banned["system"] = banned["popen"] = "is banned: it starts a shell"
    banned["time"] = banned["gettimeofday"] = "is banned: time is the run's as_of_ms"
    banned["localtime"] = banned["gmtime"] = banned["ctime"] = "is banned: see base/date.h"
}

FNR == 1 {
    finish()
    file = FILENAME
    is_source = file ~ /^src\//
    # Lines on a map are rounded where they are drawn; spreadsheets know no other numbers.
    is_geometry = file ~ /^src\/(tracking\/(route_map|coastline)|reports\/workbook)\./
    folder = file
    sub(/^src\//, "", folder)
    folder = !is_source ? "tests" : folder ~ /\// ? substr(folder, 1, index(folder, "/") - 1) : "src"
    in_comment = body_begin = 0
    guard = ""
    guarded = !is_source || file !~ /\.h$/
}

{
    lines = FNR
    judge_form($0)
    code = strip($0)
    if (code ~ /^[ ]*#[ ]*include/) {
        judge_include($0)
    } else {
        judge_code(code)
    }
    judge_guard(code)
    measure_function(code)
}

END { finish() }

function breach(line, what) {
    print file ":" line ": " what
}

function finish() {
    if (file == "") {
        return
    }
    if (lines > FILE_LINES_MAX) {
        breach(lines, "a file has at most " FILE_LINES_MAX " lines, this has " lines)
    }
    if (!guarded) {
        breach(1, "the header has no guard PURSER_" toupper(stem()) "_H")
    }
}

function stem(    name) {
    name = file
    sub(/^.*\//, "", name)
    sub(/\.h$/, "", name)
    return name
}

function judge_form(text,    shown) {
    shown = text
    gsub(/[\200-\277]/, "", shown)
    if (length(shown) > COLUMNS_MAX) {
        breach(FNR, "a line has at most " COLUMNS_MAX " columns, this has " length(shown))
    }
    if (text ~ /\t/) {
        breach(FNR, "a tab; indent by four spaces")
    }
    if (text ~ /[ \r]$/) {
        breach(FNR, "blanks at the end of a line")
    }
}

# The line without comments, and with texts emptied.  Knows comments over several lines.
function strip(text,    out, at, two, one, quote) {
    out = ""
    for (at = 1; at <= length(text); at++) {
        one = substr(text, at, 1)
        two = substr(text, at, 2)
        if (in_comment) {
            if (two == "*/") {
                in_comment = 0
                at++
            }
        } else if (two == "/*") {
            in_comment = 1
            at++
        } else if (two == "//") {
            breach(FNR, "a // comment; write /* */")
            return out
        } else if (one == "\"" || one == "'") {
            quote = one
            for (at++; at <= length(text) && substr(text, at, 1) != quote; at++) {
                if (substr(text, at, 1) == "\\") {
                    at++
                }
            }
            out = out quote quote
        } else {
            out = out one
        }
    }
    return out
}

function judge_include(text,    name, from, header) {
    name = text
    sub(/^[^"<]*["<]/, "", name)
    sub(/[">].*$/, "", name)
    for (header in only) {
        if (is_source && index(name, header) == 1 && (name == header || header ~ /\/$/) && file !~ only[header]) {
            breach(FNR, name " may not be included here, only in " only[header])
        }
    }
    if (!is_source || text !~ /"/ || name ~ /\.gen\.h$/) {
        return
    }
    if (name !~ /\// && name != "batch.h") {
        breach(FNR, name ": write the folder, as in base/fault.h")
        return
    }
    from = name ~ /\// ? substr(name, 1, index(name, "/") - 1) : name
    if (from != folder && index(may[folder], " " from " ") == 0 && index(may[folder], " " name " ") == 0) {
        breach(FNR, folder "/ may not include " name)
    }
    if (file ~ /^src\/intake\// && file !~ /^src\/intake\/intake/ && from == "store") {
        breach(FNR, "readers do not know the store")
    }
    if (name ~ /(schema|price_trace)\.h$/ && folder != from) {
        breach(FNR, name " is private to " from "/")
    }
}

function judge_code(code,    rest, name, at) {
    if (code ~ /(^|[^A-Za-z0-9_])goto([^A-Za-z0-9_]|$)/) {
        breach(FNR, "goto; return early, with OWNED objects")
    }
    if (code ~ /(^|[^A-Za-z0-9_])typedef struct/) {
        breach(FNR, "a typedef of a struct; write struct NAME")
    }
    if (is_source && code ~ /^static [A-Za-z]/ && code !~ /\(|const|inline|sig_atomic_t/ && code ~ /[;=]/) {
        breach(FNR, "a global that can change")
    }
    if (code ~ /(^|[^A-Za-z0-9_])(float|double)([^A-Za-z0-9_]|$)/ && is_source && !is_geometry) {
        breach(FNR, "a floating point number; amounts are integers (base/decimal.h)")
    }
    rest = code
    while (match(rest, /[A-Za-z_][A-Za-z0-9_]*[ ]*\(/)) {
        name = substr(rest, RSTART, RLENGTH - 1)
        at = RSTART
        sub(/[ ]+$/, "", name)
        if (name in banned && substr(rest, at - 1, 1) !~ /[.>]/ && !is_pardoned(name)) {
            breach(FNR, name "() " banned[name])
        }
        rest = substr(rest, at + RLENGTH)
    }
}

# Tests may set their scene with a shell.
function is_pardoned(name) {
    return !is_source && (name == "system" || name == "popen" || name == "time")
}

function judge_guard(code,    wanted) {
    if (guarded || code !~ /^#/) {
        return
    }
    wanted = "PURSER_(" toupper(folder) "_|TEST_)?" toupper(stem()) "_H$"
    if (guard == "" && code ~ ("^#ifndef " wanted)) {
        guard = $2
    } else if (guard != "" && code == "#define " guard) {
        guarded = 1
    }
}

# A function's body begins with { in the first column, and ends with } there.
function measure_function(code) {
    if (code ~ /^\{/) {
        body_begin = FNR
    } else if (code ~ /^\}/ && body_begin > 0) {
        if (FNR - body_begin + 1 > FUNCTION_LINES_MAX) {
            breach(body_begin, "a function has at most " FUNCTION_LINES_MAX " lines, this has " FNR - body_begin + 1)
        }
        body_begin = 0
    }
}
