#include "store/store.h"
#include <stdio.h>
int
main(void)
{
    struct store *store = NULL;
    struct fault why = {0};
    if (store_open(&store, "/tmp/t.db", STORE_CREATE, &why) != DONE || store_prepare_all(store, &why) != DONE) {
        printf("%s\n", why.text);
    }
    store_shut(store);
    return 0;
}
