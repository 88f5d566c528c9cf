/* filename.h -- the name that a sender gave to a file: data, never a path of ours. */
#ifndef PURSER_FILENAME_H
#define PURSER_FILENAME_H

#include "order/finding.h"

#include <stddef.h>

enum { FILENAME_BYTES_MAX = 200 };

/* A fatal finding for each thing that is wrong with the name. */
void filename_judge(const char *name, size_t size, struct findings *findings);

#endif
