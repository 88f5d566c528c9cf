#include "base/vector.h"

#include <stdlib.h>

enum { FIRST_CAPACITY = 16 };

void *
vector_room(void *array, size_t element_size, size_t count, size_t *capacity)
{
    if (count < *capacity) {
        return array;
    }
    *capacity = *capacity == 0 ? FIRST_CAPACITY : *capacity * 2;
    void *grown = reallocarray(array, *capacity, element_size);
    if (grown == NULL) {
        abort();
    }
    return grown;
}
