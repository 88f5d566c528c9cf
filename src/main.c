/* purser -- takes in, prices, approves and answers the order files of trading partners; see
 * src/README.md. */
#include "cli/command.h"

int
main(int argc, char **argv)
{
    return cli_main(argc, argv);
}
