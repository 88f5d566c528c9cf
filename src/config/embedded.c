/* The bytes are put into the program by embedded.gen.S, with a table of struct embedded beside them
 * (sizes are known to the assembler only); both are made by the Makefile from what lies in
 * schemas/. */
#include "config/embedded.h"

#include <assert.h>
#include <string.h>

const struct embedded *
embedded_lookup(const char *name)
{
    for (size_t index = 0; index < embedded_file_count; index++) {
        if (strcmp(embedded_files[index].name, name) == 0) {
            return &embedded_files[index];
        }
    }
    return NULL;
}

const struct embedded *
embedded_find(const char *name)
{
    const struct embedded *found = embedded_lookup(name);
    assert(found != NULL);
    return found;
}
