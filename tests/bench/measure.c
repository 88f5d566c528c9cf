/* measure.c -- runs a command and says what it took:
 *
 *     measure COMMAND...      prints "SECONDS PEAK_KIB" on stdout; the command's own stdout goes to
 * /dev/null
 *
 * SECONDS is wall time, PEAK_KIB the largest resident set of the command or any child it waited for
 * (getrusage).  The exit code is the command's. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int
main(int count, char **arguments)
{
    int status = 0;
    struct rusage usage;
    if (count < 2) {
        fputs("usage: measure COMMAND...\n", stderr);
        return 2;
    }
    const double begin = now();
    const pid_t child = fork();
    if (child == 0) {
        const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
        dup2(nowhere, STDOUT_FILENO);
        execvp(arguments[1], arguments + 1);
        fprintf(stderr, "measure: %s: %s\n", arguments[1], strerror(errno));
        _exit(127);
    }
    if (child < 0 || waitpid(child, &status, 0) != child) {
        perror("measure");
        return 1;
    }
    const double seconds = now() - begin;
    getrusage(RUSAGE_CHILDREN, &usage);
    printf("%.4f %ld\n", seconds, usage.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
