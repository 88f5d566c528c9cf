#!/bin/sh
# rules_test.sh -- proves that rules.awk finds what it should: one small file full of breaches, and one without.
set -u
LC_ALL=C
export LC_ALL
cd "$(dirname "$0")" || exit 1
rules=$PWD/rules.awk
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/src/desk" "$work/src/intake" "$work/tests"
cd "$work" || exit 1

cat >src/desk/bad.c <<'C'
#include "base/text.h"
#include "writers/outbox.h"
#include "text.h"
#include <sqlite3.h>
#include "store/schema.h"
static int counter = 0;
static const int fixed = 0; /* strcpy(a, b) and // in a comment are nothing */
typedef struct thing thing;
static const char *text = "// goto sprintf(x) and a 'quote'";
// a comment
	int tabbed;
int blank; 
double amount;
static int
long_one(void)
{
    goto end;
    strcpy(a, b); sprintf (a, b); x = time(NULL); y->time(3); system("x");
    /* over
       several // lines, with gets(x) */ gets(x);
C
printf '    int wide = 0; /* %0100d */\n' 0 >>src/desk/bad.c
i=0
while [ $i -lt 70 ]; do echo "    x++;"; i=$((i + 1)); done >>src/desk/bad.c
echo "}" >>src/desk/bad.c
printf '#ifndef PURSER_OTHER_H\n#define PURSER_OTHER_H\n#endif\n' >src/desk/bad.h
printf '#ifndef PURSER_DESK_GOOD_H\n#define PURSER_DESK_GOOD_H\n#endif\n' >src/desk/good.h
printf '#include "store/store.h"\n' >src/intake/reader_csv.c
cp src/intake/reader_csv.c src/intake/intake.c
printf '/* \344\270\255\346\226\207 */\nint x = system("may");\n' >tests/good.c
i=0
while [ $i -lt 601 ]; do echo "/* line */"; i=$((i + 1)); done >src/long.c

cat >expected <<'E2'
src/desk/bad.c:2: desk/ may not include writers/outbox.h
src/desk/bad.c:3: text.h: write the folder, as in base/fault.h
src/desk/bad.c:4: sqlite3.h may not be included here, only in ^src/store/(store|schema)\.[ch]$
src/desk/bad.c:5: store/schema.h is private to store/
src/desk/bad.c:6: a global that can change
src/desk/bad.c:8: a typedef of a struct; write struct NAME
src/desk/bad.c:10: a // comment; write /* */
src/desk/bad.c:11: a tab; indent by four spaces
src/desk/bad.c:12: blanks at the end of a line
src/desk/bad.c:13: a floating point number; amounts are integers (base/decimal.h)
src/desk/bad.c:17: goto; return early, with OWNED objects
src/desk/bad.c:18: strcpy() is banned
src/desk/bad.c:18: sprintf() is banned
src/desk/bad.c:18: time() is banned: time is the run's as_of_ms
src/desk/bad.c:18: system() is banned: it starts a shell
src/desk/bad.c:20: gets() is banned
src/desk/bad.c:21: a line has at most 100 columns, this has 124
src/desk/bad.c:16: a function has at most 70 lines, this has 77
src/desk/bad.h:1: the header has no guard PURSER_BAD_H
src/intake/reader_csv.c:1: readers do not know the store
src/long.c:601: a file has at most 600 lines, this has 601
E2
awk -f "$rules" src/desk/bad.c src/desk/bad.h src/desk/good.h src/intake/intake.c src/intake/reader_csv.c src/long.c \
    tests/good.c >found
diff expected found
