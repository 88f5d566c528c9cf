/* strike TARGET-PORT reset|finish|silent|flip to-server|from-server OFFSET CONNECTIONS -- the proxy
 * as a program: prints its port, then breaks connections until it is killed or its input ends. */
#include "proxy.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const kinds[] = {
    [PROXY_RESET] = "reset",
    [PROXY_FINISH] = "finish",
    [PROXY_BLACK_HOLE] = "silent",
    [PROXY_FLIP] = "flip",
};

int
main(int argc, char **argv)
{
    struct proxy proxy;
    struct proxy_plan plan = {0};
    if (argc != 6) {
        fprintf(stderr, "strike: five arguments are wanted\n");
        return 2;
    }
    plan.target_port = (int)strtol(argv[1], NULL, 10);
    while (strcmp(kinds[plan.kind], argv[2]) != 0) {
        plan.kind++;
        if (plan.kind == PROXY_NONE) {
            fprintf(stderr, "strike: no such fault: %s\n", argv[2]);
            return 2;
        }
    }
    plan.is_to_server = strcmp(argv[3], "to-server") == 0;
    plan.offset = atoll(argv[4]);
    plan.connections = (int)strtol(argv[5], NULL, 10);
    proxy_start(&proxy, &plan);
    printf("%d\n", proxy.port);
    fflush(stdout);
    char byte;
    while (read(STDIN_FILENO, &byte, 1) > 0) {
    }
    proxy_stop(&proxy);
    return 0;
}
