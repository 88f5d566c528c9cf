/* analyzer.h -- told to clang-tidy before each file: what it cannot see across files, namely that setting a fault
 * never means DONE. */
#include "base/fault.h"
#undef fail
#undef fail_as
#define fail(why, ...)          FAILED
#define fail_as(why, kind, ...) FAILED
