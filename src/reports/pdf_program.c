#include "reports/pdf_program.h"

#include "base/date.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SAID_BYTES_MAX = 16 * 1024, LOOK_MS = 20 };

/* What it says is read to the end, also what is not kept: it must not stand still for it. */
static void
listen(const struct program *program, int pipe_end, int wait_ms)
{
    char bytes[4096];
    struct pollfd look = {.fd = pipe_end, .events = POLLIN};
    if (poll(&look, 1, wait_ms) <= 0) {
        return;
    }
    ssize_t size;
    while ((size = read(pipe_end, bytes, sizeof bytes)) > 0) {
        const size_t room = SAID_BYTES_MAX - program->said->size;
        buf_add(program->said, bytes, (size_t)size < room ? (size_t)size : room);
    }
    if (size == 0 && wait_ms > 0) {
        poll(NULL, 0, wait_ms); /* it has closed its stderr, and works on */
    }
}

/* Whether it ended by itself; its process group is killed then, before its number is free. */
static bool
has_ended(pid_t child)
{
    siginfo_t info = {0};
    return waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == child;
}

static enum program_end
await(const struct program *program, pid_t child, int pipe_end, int *detail)
{
    const int64_t deadline_ms = clock_ticks_ms() + program->timeout_ms;
    bool is_over = false;
    while (!(is_over = has_ended(child)) && clock_ticks_ms() < deadline_ms) {
        listen(program, pipe_end, LOOK_MS);
    }
    kill(-child, SIGKILL);
    while (waitpid(child, detail, 0) < 0 && errno == EINTR) {
    }
    listen(program, pipe_end, 0);
    return !is_over                                          ? PROGRAM_TIMED_OUT
           : WIFEXITED(*detail) && WEXITSTATUS(*detail) == 0 ? PROGRAM_WELL
                                                             : PROGRAM_BADLY;
}

/* As the child begins: nothing of ours but the pipe, and no signal that we ignore or block. */
static int
spawn(const struct program *program, int pipe_end, pid_t *child)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    sigaddset(&usual, SIGINT);
    sigaddset(&usual, SIGTERM);
    sigaddset(&usual, SIGHUP);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    int error = posix_spawn_file_actions_addfchdir_np(&actions, program->folder);
    error = error != 0 ? error
                       : posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    error = error != 0 ? error
                       : posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    error = error != 0 ? error : posix_spawn_file_actions_adddup2(&actions, pipe_end, 2);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                              POSIX_SPAWN_SETSIGDEF);
    error = error != 0 ? error
                       : posix_spawn(child, program->arguments[0], &actions, &attributes,
                                     program->arguments, program->environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

enum program_end
program_run(const struct program *program, int *detail)
{
    int ends[2];
    pid_t child = 0;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        *detail = errno;
        return PROGRAM_NOT_STARTED;
    }
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    *detail = spawn(program, ends[1], &child);
    close(ends[1]);
    const enum program_end end =
        *detail == 0 ? await(program, child, ends[0], detail) : PROGRAM_NOT_STARTED;
    close(ends[0]);
    return end;
}
