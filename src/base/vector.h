/* vector.h -- arrays of the heap that grow by doubling, for what is too much for an arena.  The
 * caller frees them; being out of memory ends the program. */
#ifndef PURSER_VECTOR_H
#define PURSER_VECTOR_H

#include <stddef.h>

/* Room for one more than `count`; returns the (perhaps moved) array. */
void *vector_room(void *array, size_t element_size, size_t count, size_t *capacity);

#endif
