/* crash.c -- runs a command and strikes at one of its state-changing system calls.
 *
 *     crash [STRIKE] [--count FILE] [--list FILE] -- COMMAND...
 *
 * System calls that change something outside the process (files made, written, renamed, removed,
 * synced; bytes sent to a socket or a pipe) are counted over the command and all its children,
 * from 1.  Just before call number N:
 *     --kill N            the command and all its children get SIGKILL
 *     --fail N:ENOSPC     the call is not made and fails with that error; later ones work
 *     --fail-from N:EIO   this one and all later ones fail
 *     --short N           a write or send takes only half of its bytes
 *     --term N            the command (not its children) gets SIGTERM
 *     --meanwhile N:DO    the shell command DO is done first, for instance one that fills the disk
 * With --of TEXT only calls on paths that contain TEXT are counted, and reads of such files, too.
 * --count writes the number of calls, --list all of them, one a line.  The exit code is the
 * command's, 128 + signal when a signal ended it.  What was struck is said on stderr.
 *
 * How: a seccomp filter makes the kernel stop the process at just these calls, and ptrace does the
 * rest, so an undisturbed call costs nothing.  Output to descriptors 1 and 2 is not counted. x86-64
 * only.
 */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef __x86_64__
#error "crash.c sets registers of x86-64"
#endif

/* How a call names its object, for --list. */
enum object { OBJECT_PATH0, OBJECT_PATH1, OBJECT_DESCRIPTOR };

struct watched {
    long number;
    const char *name;
    enum object object;
    int flags_at; /* argument with open flags: only calls that create or truncate count; -1: all
                     count */
    bool is_write;
    bool is_read; /* changes nothing: counted with --of only */
};

static const struct watched watched[] = {
    {SYS_open, "open", OBJECT_PATH0, 1, false, false},
    {SYS_openat, "openat", OBJECT_PATH1, 2, false, false},
    {SYS_creat, "creat", OBJECT_PATH0, -1, false, false},
    {SYS_write, "write", OBJECT_DESCRIPTOR, -1, true, false},
    {SYS_pwrite64, "pwrite64", OBJECT_DESCRIPTOR, -1, true, false},
    {SYS_writev, "writev", OBJECT_DESCRIPTOR, -1, false, false},
    {SYS_sendto, "sendto", OBJECT_DESCRIPTOR, -1, true, false},
    {SYS_sendmsg, "sendmsg", OBJECT_DESCRIPTOR, -1, false, false},
    {SYS_sendfile, "sendfile", OBJECT_DESCRIPTOR, -1, false, false},
    {SYS_copy_file_range, "copy_file_range", OBJECT_DESCRIPTOR, -1, false, false},
    {SYS_rename, "rename", OBJECT_PATH0, -1, false, false},
    {SYS_renameat, "renameat", OBJECT_PATH1, -1, false, false},
    {SYS_renameat2, "renameat2", OBJECT_PATH1, -1, false, false},
    {SYS_link, "link", OBJECT_PATH0, -1, false, false},
    {SYS_linkat, "linkat", OBJECT_PATH1, -1, false, false},
    {SYS_symlink, "symlink", OBJECT_PATH0, -1, false, false},
    {SYS_symlinkat, "symlinkat", OBJECT_PATH0, -1, false, false},
    {SYS_unlink, "unlink", OBJECT_PATH0, -1, false, false},
    {SYS_unlinkat, "unlinkat", OBJECT_PATH1, -1, false, false},
    {SYS_mkdir, "mkdir", OBJECT_PATH0, -1, false, false},
    {SYS_mkdirat, "mkdirat", OBJECT_PATH1, -1, false, false},
    {SYS_rmdir, "rmdir", OBJECT_PATH0, -1, false, false},
    {SYS_fsync, "fsync", OBJECT_DESCRIPTOR, -1, false, false},
    {SYS_fdatasync, "fdatasync", OBJECT_DESCRIPTOR, -1, false, false},
    {SYS_ftruncate, "ftruncate", OBJECT_DESCRIPTOR, -1, false, false},
    {SYS_fallocate, "fallocate", OBJECT_DESCRIPTOR, -1, false, false},
    {SYS_read, "read", OBJECT_DESCRIPTOR, -1, false, true},
    {SYS_pread64, "pread64", OBJECT_DESCRIPTOR, -1, false, true},
};
enum { WATCHED_COUNT = sizeof watched / sizeof watched[0] };

static const struct {
    const char *name;
    int number;
} errors[] = {
    {"ENOSPC", ENOSPC}, {"EIO", EIO},       {"EINTR", EINTR}, {"EDQUOT", EDQUOT},
    {"EACCES", EACCES}, {"EMFILE", EMFILE}, {"EROFS", EROFS},
};

enum strike {
    STRIKE_NONE,
    STRIKE_KILL,
    STRIKE_FAIL,
    STRIKE_FAIL_FROM,
    STRIKE_SHORT,
    STRIKE_TERM,
    STRIKE_MEANWHILE
};

struct plan {
    enum strike strike;
    long at;
    int error;
    const char *meanwhile;
    const char *of; /* NULL: all calls */
    const char *count_path;
    const char *list_path;
    char **command;
};

struct hunt {
    const struct plan *plan;
    FILE *list;
    pid_t child; /* the command itself */
    pid_t *pids; /* all alive */
    size_t pid_count;
    size_t pid_capacity;
    long count;
    bool is_killed;
    int status; /* of the command */
};

static void
die(const char *what)
{
    fprintf(stderr, "crash: %s: %s\n", what, strerror(errno));
    exit(125);
}

static void
usage(void)
{
    fputs("usage: crash [--kill N | --fail N:ERRNO | --fail-from N:ERRNO | --short N | --term N |"
          " --meanwhile N:DO] [--of TEXT] [--count FILE] [--list FILE] -- COMMAND...\n",
          stderr);
    exit(125);
}

/* "57" or "57:EIO" */
static void
parse_point(struct plan *plan, enum strike strike, const char *text)
{
    char *end = NULL;
    plan->strike = strike;
    plan->at = strtol(text, &end, 10);
    if (strike == STRIKE_MEANWHILE && *end == ':') {
        plan->meanwhile = end + 1;
        return;
    }
    if (strike != STRIKE_FAIL && strike != STRIKE_FAIL_FROM) {
        if (*end != '\0') {
            usage();
        }
        return;
    }
    for (size_t index = 0; *end == ':' && index < sizeof errors / sizeof errors[0]; index++) {
        if (strcmp(end + 1, errors[index].name) == 0) {
            plan->error = errors[index].number;
            return;
        }
    }
    usage();
}

static void
parse_arguments(struct plan *plan, int count, char **arguments)
{
    static const struct {
        const char *name;
        enum strike strike;
    } strikes[] = {{"--kill", STRIKE_KILL},           {"--fail", STRIKE_FAIL},
                   {"--fail-from", STRIKE_FAIL_FROM}, {"--short", STRIKE_SHORT},
                   {"--term", STRIKE_TERM},           {"--meanwhile", STRIKE_MEANWHILE}};
    enum { STRIKE_COUNT = sizeof strikes / sizeof strikes[0] };
    int at = 1;
    for (; at + 1 < count && strcmp(arguments[at], "--") != 0; at += 2) {
        size_t index = 0;
        while (index < STRIKE_COUNT && strcmp(arguments[at], strikes[index].name) != 0) {
            index++;
        }
        if (index < STRIKE_COUNT) {
            parse_point(plan, strikes[index].strike, arguments[at + 1]);
        } else if (strcmp(arguments[at], "--count") == 0) {
            plan->count_path = arguments[at + 1];
        } else if (strcmp(arguments[at], "--list") == 0) {
            plan->list_path = arguments[at + 1];
        } else if (strcmp(arguments[at], "--of") == 0) {
            plan->of = arguments[at + 1];
        } else {
            usage();
        }
    }
    if (at + 1 >= count) {
        usage();
    }
    plan->command = arguments + at + 1;
}

/* Let the kernel stop this process (and its children) at the watched calls. */
static void
install_filter(bool with_reads)
{
    struct sock_filter code[2 + 2 * WATCHED_COUNT + 1];
    size_t length = 0;
    code[length++] =
        (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (size_t index = 0; index < WATCHED_COUNT; index++) {
        if (watched[index].is_read && !with_reads) {
            continue;
        }
        code[length++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
                                                      (unsigned int)watched[index].number, 0, 1);
        code[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
    }
    code[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    const struct sock_fprog program = {.len = (unsigned short)length, .filter = code};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
        die("seccomp");
    }
}

static pid_t
start(char **command, bool with_reads)
{
    const pid_t child = fork();
    if (child < 0) {
        die("fork");
    }
    if (child == 0) {
        if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0) {
            die("ptrace");
        }
        raise(SIGSTOP);
        install_filter(with_reads);
        execvp(command[0], command);
        die(command[0]);
    }
    int status = 0;
    if (waitpid(child, &status, 0) != child || !WIFSTOPPED(status)) {
        die("the command did not start");
    }
    const uintptr_t options = PTRACE_O_TRACESECCOMP | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
                              PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL;
    if (ptrace(PTRACE_SETOPTIONS, child, NULL, (void *)options) != 0 ||
        ptrace(PTRACE_CONT, child, NULL, NULL) != 0) {
        die("ptrace");
    }
    return child;
}

static void
remember(struct hunt *hunt, pid_t pid)
{
    for (size_t index = 0; index < hunt->pid_count; index++) {
        if (hunt->pids[index] == pid) {
            return;
        }
    }
    if (hunt->pid_count == hunt->pid_capacity) {
        hunt->pid_capacity = hunt->pid_capacity == 0 ? 16 : 2 * hunt->pid_capacity;
        hunt->pids = realloc(hunt->pids, hunt->pid_capacity * sizeof *hunt->pids);
        if (hunt->pids == NULL) {
            die("memory");
        }
    }
    hunt->pids[hunt->pid_count++] = pid;
}

static void
forget(struct hunt *hunt, pid_t pid)
{
    for (size_t index = 0; index < hunt->pid_count; index++) {
        if (hunt->pids[index] == pid) {
            hunt->pids[index] = hunt->pids[--hunt->pid_count];
            return;
        }
    }
}

/* A zero-terminated text of the stopped process. */
static void
read_text(pid_t pid, uint64_t address, char *text, size_t size)
{
    size_t length = 0;
    text[0] = '\0';
    while (length + sizeof(long) < size) {
        errno = 0;
        const long word = ptrace(PTRACE_PEEKDATA, pid, (void *)(address + length), NULL);
        if (errno != 0) {
            return;
        }
        memcpy(text + length, &word, sizeof word);
        text[length + sizeof word] = '\0';
        if (memchr(&word, '\0', sizeof word) != NULL) {
            return;
        }
        length += sizeof word;
    }
}

static void
name_object(pid_t pid, const struct watched *call, const uint64_t arguments[6],
            char object[PATH_MAX])
{
    object[0] = '\0';
    if (call->object == OBJECT_DESCRIPTOR) {
        char link[64];
        snprintf(link, sizeof link, "/proc/%d/fd/%d", (int)pid, (int)arguments[0]);
        const ssize_t length = readlink(link, object, PATH_MAX - 1);
        object[length < 0 ? 0 : length] = '\0';
    } else {
        read_text(pid, arguments[call->object == OBJECT_PATH1 ? 1 : 0], object, PATH_MAX);
    }
}

/* The watched call this stop is about, or NULL when it changes nothing. */
static const struct watched *
which_call(pid_t pid, uint64_t arguments[6])
{
    struct __ptrace_syscall_info info;
    if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, (void *)sizeof info, &info) <= 0 ||
        info.op != PTRACE_SYSCALL_INFO_SECCOMP) {
        return NULL;
    }
    memcpy(arguments, info.seccomp.args, 6 * sizeof arguments[0]);
    for (size_t index = 0; index < WATCHED_COUNT; index++) {
        const struct watched *call = &watched[index];
        if ((uint64_t)call->number != info.seccomp.nr) {
            continue;
        }
        if (call->flags_at >= 0 && (arguments[call->flags_at] & (O_CREAT | O_TRUNC)) == 0) {
            return NULL;
        }
        const bool is_output =
            call->object == OBJECT_DESCRIPTOR && arguments[0] >= 1 && arguments[0] <= 2;
        return is_output ? NULL : call;
    }
    return NULL;
}

static void
kill_all(struct hunt *hunt)
{
    hunt->is_killed = true;
    for (size_t index = 0; index < hunt->pid_count; index++) {
        kill(hunt->pids[index], SIGKILL);
    }
}

/* Packets (between the processes of the program, and to the kernel when names are looked up) go
 * whole or not at all. */
static bool
is_packet_socket(pid_t pid, uint64_t descriptor)
{
    const int process = (int)syscall(SYS_pidfd_open, pid, 0);
    const int copy = process < 0 ? -1 : (int)syscall(SYS_pidfd_getfd, process, (int)descriptor, 0);
    int type = 0;
    socklen_t size = sizeof type;
    const bool is_packet = copy >= 0 && getsockopt(copy, SOL_SOCKET, SO_TYPE, &type, &size) == 0 &&
                           type != SOCK_STREAM;
    if (copy >= 0) {
        close(copy);
    }
    if (process >= 0) {
        close(process);
    }
    return is_packet;
}

/* Skip the call and let it fail, or make it take half of its bytes. */
static void
spoil(const struct plan *plan, pid_t pid, const struct watched *call)
{
    struct user_regs_struct registers;
    if (ptrace(PTRACE_GETREGS, pid, NULL, &registers) != 0) {
        if (errno == ESRCH) {
            return; /* a worker that the program has killed meanwhile */
        }
        die("registers");
    }
    if (plan->strike == STRIKE_SHORT) {
        if (call->is_write && registers.rdx > 1 && !is_packet_socket(pid, registers.rdi)) {
            registers.rdx /= 2;
        }
    } else {
        registers.orig_rax = (unsigned long long)-1;
        registers.rax = (unsigned long long)-plan->error;
    }
    if (ptrace(PTRACE_SETREGS, pid, NULL, &registers) != 0 && errno != ESRCH) {
        die("registers");
    }
}

static void
at_call(struct hunt *hunt, pid_t pid)
{
    uint64_t arguments[6];
    const struct plan *plan = hunt->plan;
    const struct watched *call = which_call(pid, arguments);
    char object[PATH_MAX] = "";
    if (call == NULL) {
        return;
    }
    const bool is_named = hunt->list != NULL || plan->of != NULL || hunt->count + 1 == plan->at;
    if (is_named) {
        name_object(pid, call, arguments, object);
    }
    if (plan->of != NULL && strstr(object, plan->of) == NULL) {
        return;
    }
    hunt->count++;
    if (hunt->list != NULL) {
        fprintf(hunt->list, "%ld %s(%s)\n", hunt->count, call->name, object);
    }
    if (hunt->count == plan->at) {
        fprintf(stderr, "crash: struck at %ld %s(%s)\n", hunt->count, call->name, object);
    }
    const bool is_struck =
        hunt->count == plan->at || (plan->strike == STRIKE_FAIL_FROM && hunt->count > plan->at);
    if (!is_struck || plan->strike == STRIKE_NONE) {
        return;
    }
    if (plan->strike == STRIKE_KILL) {
        kill_all(hunt);
    } else if (plan->strike == STRIKE_TERM) {
        kill(hunt->child, SIGTERM);
    } else if (plan->strike == STRIKE_MEANWHILE) {
        if (system(plan->meanwhile) != 0) {
            die(plan->meanwhile);
        }
    } else {
        spoil(plan, pid, call);
    }
}

/* One stop or end of one process. */
static void
at_event(struct hunt *hunt, pid_t pid, int status)
{
    if (!WIFSTOPPED(status)) {
        forget(hunt, pid);
        if (pid == hunt->child) {
            hunt->status = status;
        }
        return;
    }
    remember(hunt, pid);
    if (hunt->is_killed) {
        kill(pid, SIGKILL);
        return;
    }
    const int event = status >> 16;
    int signal = 0;
    if (event == PTRACE_EVENT_SECCOMP) {
        at_call(hunt, pid);
    } else if (event == 0 && WSTOPSIG(status) != SIGSTOP && WSTOPSIG(status) != SIGTRAP) {
        signal = WSTOPSIG(status);
    }
    if (!hunt->is_killed) {
        ptrace(PTRACE_CONT, pid, NULL, (void *)(uintptr_t)signal);
    }
}

static void
write_count(const char *path, long count)
{
    FILE *file = fopen(path, "w");
    if (file == NULL || fprintf(file, "%ld\n", count) < 0 || fclose(file) != 0) {
        die(path);
    }
}

int
main(int count, char **arguments)
{
    struct plan plan = {0};
    parse_arguments(&plan, count, arguments);
    struct hunt hunt = {.plan = &plan};
    if (plan.list_path != NULL && (hunt.list = fopen(plan.list_path, "we")) == NULL) {
        die(plan.list_path);
    }
    hunt.child = start(plan.command, plan.of != NULL);
    remember(&hunt, hunt.child);
    for (;;) {
        int status = 0;
        const pid_t pid = waitpid(-1, &status, __WALL);
        if (pid < 0 && errno == EINTR) {
            continue;
        }
        if (pid < 0) {
            break;
        }
        at_event(&hunt, pid, status);
    }
    if (hunt.list != NULL && fclose(hunt.list) != 0) {
        die(plan.list_path);
    }
    if (plan.count_path != NULL) {
        write_count(plan.count_path, hunt.count);
    }
    free(hunt.pids);
    return WIFEXITED(hunt.status) ? WEXITSTATUS(hunt.status) : 128 + WTERMSIG(hunt.status);
}
