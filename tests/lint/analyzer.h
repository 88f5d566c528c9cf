/* analyzer.h -- told to clang-tidy before each file: what it cannot see across files, namely that
 * setting a fault never means DONE. */
#include "base/fault.h"
void analyzer_reads(const struct fault *why, ...);
#undef fail
#undef fail_as
#define fail(why, ...)          (analyzer_reads((why), __VA_ARGS__), FAILED)
#define fail_as(why, kind, ...) (analyzer_reads((why), (kind), __VA_ARGS__), FAILED)
