/* proxy.h -- a TCP proxy that breaks connections as a test wants it. */
#ifndef PURSER_TESTS_PROXY_H
#define PURSER_TESTS_PROXY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum fault_kind_of_proxy {
    PROXY_RESET,      /* both ends get an RST */
    PROXY_FINISH,     /* both ends get a FIN */
    PROXY_BLACK_HOLE, /* nothing is passed on any more, the connections stay */
    PROXY_FLIP,       /* one bit of the byte at the offset is turned over */
    PROXY_NONE,       /* only delays */
};

struct proxy {
    int port;
    pid_t process;
    int *connections; /* accepted so far */
};

struct proxy_plan {
    int target_port;
    enum fault_kind_of_proxy kind;
    bool is_to_server; /* which direction's bytes are counted */
    int64_t offset;    /* bytes that pass before */
    int connections;   /* that are broken; later ones pass untouched */
    int delay_ms;      /* each way */
    int spared;        /* connections that pass untouched before the broken ones */
    int late_ms;       /* connections are refused so long */
};

void proxy_start(struct proxy *proxy, const struct proxy_plan *plan);
void proxy_stop(struct proxy *proxy);

#endif
