#include "reports/pdf.h"

#include "base/arena.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/tree.h"
#include "reports/pdf_program.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE_NAME "report.html"
#define PDF_NAME  "report.pdf"
#define FOLDER    "pdf"
#define OFF_NAME  "off" /* no other page is tried in this run */

enum { WORDS_MAX = 32, WORDS_BYTES_MAX = 64 * 1024, SAID_LINES_MAX = 20 };

void
pdf_result_close(struct pdf_result *result)
{
    buf_close(&result->said);
}

#define end_as(result, how, ...)                                                                   \
    do {                                                                                           \
        (result)->end = (how);                                                                     \
        snprintf((result)->trouble, sizeof(result)->trouble, __VA_ARGS__);                         \
    } while (0)

/* -- the command ------------------------------------------------------------------------------ */

/* "PROGRAM --to={out}": the word with the names of the files in it. */
static char *
fill_word(struct arena *arena, const char *word)
{
    OWNED(buf) filled;
    buf_init(&filled, WORDS_BYTES_MAX);
    buf_text(&filled, "");
    while (*word != '\0') {
        const bool is_in = strncmp(word, "{in}", 4) == 0;
        const bool is_out = strncmp(word, "{out}", 5) == 0;
        if (is_in || is_out) {
            buf_text(&filled, is_in ? PAGE_NAME : PDF_NAME);
            word += is_in ? 4 : 5;
        } else {
            buf_char(&filled, *word++);
        }
    }
    return arena_copy(arena, filled.bytes);
}

static char **
split_command(struct arena *arena, const char *command)
{
    char **words = arena_array(arena, char *, WORDS_MAX + 1);
    char *rest = NULL;
    size_t count = 0;
    for (char *word = strtok_r(arena_copy(arena, command), " ", &rest);
         word != NULL && count < WORDS_MAX; word = strtok_r(NULL, " ", &rest)) {
        words[count++] = fill_word(arena, word);
    }
    words[count] = NULL;
    return words;
}

/* A name is looked for where programs are installed: cron knows another PATH than people. */
static bool
find_program(struct arena *arena, char **name)
{
    static const char *const folders[] = {"/usr/local/bin", "/usr/bin", "/bin"};
    if (*name == NULL || (*name)[0] == '/') {
        return *name != NULL && access(*name, X_OK) == 0;
    }
    for (size_t index = 0; index < sizeof folders / sizeof folders[0]; index++) {
        char *path = arena_format(arena, "%s/%s", folders[index], *name);
        if (access(path, X_OK) == 0) {
            *name = path;
            return true;
        }
    }
    return false;
}

bool
pdf_has_converter(const struct pdf_policy *policy)
{
    OWNED(arena) arena;
    arena_init(&arena, WORDS_BYTES_MAX);
    char **words = split_command(&arena, policy->converter);
    return find_program(&arena, &words[0]);
}

/* -- converting ------------------------------------------------------------------------------- */

static enum outcome
put_page(int folder, const struct pdf_page *page, struct fault *why)
{
    const int file =
        openat(folder, PAGE_NAME, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) {
        return fail(why, "cannot write %s: %s", PAGE_NAME, strerror(errno));
    }
    const enum outcome outcome = file_write_all(file, page->html, page->size, PAGE_NAME, why);
    close(file);
    return outcome;
}

/* A file that was cut off has another end. */
static bool
is_whole(const char *bytes, size_t size)
{
    static const char begin[] = "%PDF-", end[] = "%%EOF";
    while (size > 0 && strchr(" \r\n", bytes[size - 1]) != NULL) {
        size--;
    }
    return size >= strlen(begin) + strlen(end) && memcmp(bytes, begin, strlen(begin)) == 0 &&
           memcmp(bytes + size - strlen(end), end, strlen(end)) == 0;
}

static void
take_pdf(int folder, struct buf *pdf, struct pdf_result *result)
{
    OWNED(arena) arena;
    struct fault trouble = {0};
    char *bytes = NULL;
    size_t size = 0;
    arena_init(&arena, (size_t)PDF_BYTES_MAX + 4096);
    if (file_read(folder, PDF_NAME, PDF_BYTES_MAX, &arena, &bytes, &size, &trouble) != DONE) {
        end_as(result, PDF_BAD_PAGE, "it ended well and left no file that can be read");
    } else if (!is_whole(bytes, size)) {
        end_as(result, PDF_BAD_PAGE, "what it left is no whole PDF");
    } else {
        result->end = PDF_MADE;
        buf_add(pdf, bytes, size);
    }
}

/* The last line that says something. */
static const char *
last_words(struct arena *arena, const struct buf *said)
{
    size_t end = said->size;
    while (end > 0 && strchr(" \r\n", said->bytes[end - 1]) != NULL) {
        end--;
    }
    size_t begin = end;
    while (begin > 0 && said->bytes[begin - 1] != '\n') {
        begin--;
    }
    return end == 0 ? "" : arena_copy_bytes(arena, said->bytes + begin, end - begin);
}

static void
judge(int folder, const struct pdf_page *page, enum program_end end, int detail, struct buf *pdf,
      struct pdf_result *result)
{
    OWNED(arena) arena;
    arena_init(&arena, WORDS_BYTES_MAX);
    switch (end) {
    case PROGRAM_WELL: take_pdf(folder, pdf, result); return;
    case PROGRAM_NOT_STARTED:
        end_as(result, PDF_NO_CONVERTER, "it cannot be started: %s", strerror(detail));
        return;
    case PROGRAM_TIMED_OUT:
        end_as(result, PDF_NO_CONVERTER, "it took longer than %" PRId64 " ms",
               page->policy->timeout_ms);
        return;
    case PROGRAM_BADLY: break;
    }
    const char *words = last_words(&arena, &result->said);
    end_as(result, PDF_BAD_PAGE, "%s %d%s%.200s",
           WIFEXITED(detail) ? "it ended with the code" : "it was killed by the signal",
           WIFEXITED(detail) ? WEXITSTATUS(detail) : WTERMSIG(detail), *words == '\0' ? "" : ": ",
           words);
}

enum outcome
pdf_convert(int folder, const struct pdf_page *page, struct buf *pdf, struct pdf_result *result,
            struct fault *why)
{
    OWNED(arena) arena;
    char epoch[64];
    int detail = 0;
    char *environment[] = {epoch, NULL};
    arena_init(&arena, WORDS_BYTES_MAX);
    snprintf(epoch, sizeof epoch, "SOURCE_DATE_EPOCH=%" PRId64, page->made_ms / 1000);
    char **words = split_command(&arena, page->policy->converter);
    buf_init(&result->said, WORDS_BYTES_MAX);
    if (!find_program(&arena, &words[0])) {
        end_as(result, PDF_NO_CONVERTER, "there is no program %.200s",
               words[0] == NULL ? "\"\"" : words[0]);
        return DONE;
    }
    TRY(put_page(folder, page, why));
    unlinkat(folder, PDF_NAME, 0);
    const struct program program = {folder, words, environment, page->policy->timeout_ms,
                                    &result->said};
    const enum program_end end = program_run(&program, &detail);
    judge(folder, page, end, detail, pdf, result);
    unlinkat(folder, PAGE_NAME, 0);
    unlinkat(folder, PDF_NAME, 0);
    return DONE;
}

enum outcome
pdf_convert_apart(const struct pdf_page *page, struct buf *pdf, struct pdf_result *result,
                  struct fault *why)
{
    char path[] = "/tmp/purser-pdf-XXXXXX";
    int folder = -1;
    if (mkdtemp(path) == NULL) {
        return fail(why, "cannot make a folder in /tmp: %s", strerror(errno));
    }
    enum outcome outcome = file_open_folder(AT_FDCWD, path, &folder, why);
    if (outcome == DONE) {
        outcome = pdf_convert(folder, page, pdf, result, why);
        close(folder);
    }
    struct fault ignored = {0};
    const enum outcome removed = tree_remove(AT_FDCWD, path, &ignored);
    (void)removed;
    return outcome;
}

/* -- of a run --------------------------------------------------------------------------------- */

struct memory {
    int folder;
    char made[DIGEST_HEX_SIZE + 8];   /* HEX.pdf */
    char failed[DIGEST_HEX_SIZE + 8]; /* HEX.failed */
};

static enum outcome
note(const struct memory *memory, const char *name, const char *bytes, size_t size,
     struct fault *why)
{
    OWNED(draft) draft = {0};
    TRY(draft_open(&draft, memory->folder, name, why));
    TRY(draft_write(&draft, bytes, size, why));
    TRY(draft_seal(&draft, why));
    return draft_publish(&draft, why);
}

/* Its lines are for who watches; why there is no PDF is for everybody. */
static void
tell(const struct run *run, const struct pdf_result *result)
{
    OWNED(arena) arena;
    char *rest = NULL;
    size_t lines = 0;
    arena_init(&arena, WORDS_BYTES_MAX);
    if (result->said.size > 0) {
        for (char *line = strtok_r(arena_copy(&arena, result->said.bytes), "\r\n", &rest);
             line != NULL && lines++ < SAID_LINES_MAX; line = strtok_r(NULL, "\r\n", &rest)) {
            run_say(run, LOG_NOTE, M_RUN_PDF_SAID, line);
        }
    }
    if (result->end != PDF_MADE) {
        run_say(run, LOG_WARNING,
                result->end == PDF_BAD_PAGE ? M_RUN_PDF_NOT_MADE : M_RUN_PDF_NO_CONVERTER,
                run->config->pdf.converter, result->trouble);
    }
}

static enum outcome
try_once(const struct run *run, const struct memory *memory, const struct pdf_page *page,
         struct buf *pdf, struct fault *why)
{
    OWNED(pdf_result) result = {0};
    const size_t before = pdf->size;
    TRY(pdf_convert(memory->folder, page, pdf, &result, why));
    tell(run, &result);
    if (result.end == PDF_MADE) {
        return note(memory, memory->made, pdf->bytes + before, pdf->size - before, why);
    }
    TRY(note(memory, result.end == PDF_BAD_PAGE ? memory->failed : OFF_NAME, "", 0, why));
    return NONE;
}

static enum outcome
remember_or_try(const struct run *run, const struct memory *memory, const struct pdf_page *page,
                struct buf *pdf, struct fault *why)
{
    if (file_exists(memory->folder, memory->made)) {
        OWNED(arena) arena;
        char *bytes = NULL;
        size_t size = 0;
        arena_init(&arena, (size_t)PDF_BYTES_MAX + 4096);
        TRY(file_read(memory->folder, memory->made, PDF_BYTES_MAX, &arena, &bytes, &size, why));
        buf_add(pdf, bytes, size);
        return DONE;
    }
    if (file_exists(memory->folder, memory->failed) || file_exists(memory->folder, OFF_NAME)) {
        return NONE;
    }
    return try_once(run, memory, page, pdf, why);
}

enum outcome
pdf_of_run(const struct run *run, const struct pdf_page *page, struct buf *pdf, struct fault *why)
{
    struct memory memory = {.folder = -1};
    struct digest digest;
    char hex[DIGEST_HEX_SIZE];
    digest_init(&digest);
    digest_add_text(&digest, page->policy->converter);
    digest_add(&digest, page->html, page->size);
    digest_finish(&digest, hex);
    snprintf(memory.made, sizeof memory.made, "%s.pdf", hex);
    snprintf(memory.failed, sizeof memory.failed, "%s.failed", hex);
    TRY(file_make_folder(run->state, FOLDER, &memory.folder, why));
    /* Of several threads that write files one converts at a time: they work in one folder. */
    while (flock(memory.folder, LOCK_EX) != 0 && errno == EINTR) {
    }
    const enum outcome outcome = remember_or_try(run, &memory, page, pdf, why);
    close(memory.folder);
    return outcome;
}

enum outcome
pdf_forget(const struct run *run, struct fault *why)
{
    return file_exists(run->state, FOLDER) ? tree_remove(run->state, FOLDER, why) : DONE;
}
