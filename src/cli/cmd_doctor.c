/* purser doctor -- what around the program may stand in its way, each with what to do about it. */
#include "cli/command.h"
#include "store/store.h"
#include "store/store_run.h"

#include "base/date.h"
#include "base/file.h"
#include "base/text.h"
#include "courier/courier.h"
#include "reports/pdf.h"
#include "writers/mail_out.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum verdict_kind { GOOD, NEUTRAL, WARN };
static const char *const verdict_names[] = {"good", "neutral", "warn"};
static const enum message verdict_lines[] = {M_DOCTOR_GOOD, M_DOCTOR_NEUTRAL, M_DOCTOR_WARN};

struct doctor {
    struct cli *cli;
    struct json json; /* used with --json */
};

static void
say(struct doctor *doctor, enum verdict_kind kind, const char *text, const char *hint)
{
    struct cli *cli = doctor->cli;
    text = text_show(&cli->arena, text, strlen(text), 1000); /* a damaged store may say anything */
    if (kind == WARN) {
        cli->exit_code = 3;
    }
    if (cli->wants_json) {
        json_object(&doctor->json, NULL);
        json_text(&doctor->json, "verdict", verdict_names[kind]);
        json_text(&doctor->json, "text", text);
        json_text(&doctor->json, "hint", hint);
        json_end(&doctor->json);
        return;
    }
    if (kind == GOOD && option_given(cli, OPTION_QUIET)) {
        return;
    }
    cli_say_with(cli, verdict_lines[kind], text);
    if (hint[0] != '\0') {
        cli_say_with(cli, M_DOCTOR_HINT, hint);
    }
}

#define words(doctor, ...)   cli_phrase((doctor)->cli, __VA_ARGS__)
#define command(doctor, ...) arena_format(&(doctor)->cli->arena, __VA_ARGS__)

/* Renames must not cross file systems: a file is then never there by half. */
static void
look_at_folder(struct doctor *doctor, const char *path, dev_t device)
{
    struct stat status;
    const int home = doctor->cli->home;
    if (fstatat(home, path, &status, 0) != 0) {
        say(doctor, WARN, words(doctor, M_DOCTOR_FOLDER_FAULT, path, strerror(errno)),
            command(doctor, "mkdir -p %s", path));
    } else if (faccessat(home, path, R_OK | W_OK | X_OK, AT_EACCESS) != 0) {
        say(doctor, WARN, words(doctor, M_DOCTOR_FOLDER_CLOSED, path),
            words(doctor, M_DOCTOR_FOLDER_CLOSED_HINT, path));
    } else if (status.st_dev != device) {
        say(doctor, WARN, words(doctor, M_DOCTOR_FOLDER_FAR, path),
            words(doctor, M_DOCTOR_FOLDER_FAR_HINT, path));
    } else {
        say(doctor, GOOD, words(doctor, M_DOCTOR_FOLDER, path), "");
    }
}

static void
look_at_folders(struct doctor *doctor)
{
    struct stat status;
    struct cli *cli = doctor->cli;
    if (fstatat(cli->home, ".purser", &status, 0) != 0) {
        say(doctor, NEUTRAL, cli_text(cli, M_DOCTOR_NO_STATE), cli_text(cli, M_DOCTOR_FIRST_RUN));
        return;
    }
    if ((status.st_mode & S_IRWXO) != 0) {
        say(doctor, WARN, cli_text(cli, M_DOCTOR_STATE_OPEN), "chmod o-rwx .purser");
    }
    look_at_folder(doctor, ".purser", status.st_dev);
    for (size_t index = 0; index < cli->config.partner_count; index++) {
        const struct partner *partner = &cli->config.partners[index];
        for (size_t at = 0; at < partner->mailbox_count; at++) {
            const struct mailbox *mailbox = &partner->mailboxes[at];
            if (mailbox->kind == MAILBOX_FOLDER && mailbox->fetch_path[0] != '\0') {
                look_at_folder(doctor, mailbox->fetch_path, status.st_dev);
            }
        }
    }
}

static void
look_at_disk(struct doctor *doctor)
{
    enum { FREE_MIB_GOOD = 1024, INODES_GOOD = 10000 };
    struct cli *cli = doctor->cli;
    struct statvfs status;
    if (fstatvfs(doctor->cli->home, &status) != 0) {
        say(doctor, WARN, words(doctor, M_DOCTOR_DISK_FAULT, strerror(errno)), "");
        return;
    }
    const uint64_t free_mib = (uint64_t)status.f_bavail * status.f_frsize / (1024 * 1024);
    const bool has_inodes = status.f_files == 0 || status.f_favail >= INODES_GOOD;
    say(doctor, free_mib >= FREE_MIB_GOOD && has_inodes ? GOOD : WARN,
        words(doctor, M_DOCTOR_DISK, cli_integer(cli, (int64_t)free_mib),
              cli_integer(cli, (int64_t)status.f_favail)),
        free_mib >= FREE_MIB_GOOD && has_inodes ? "" : cli_text(cli, M_DOCTOR_DISK_HINT));
}

static void
look_at_config(struct doctor *doctor)
{
    struct cli *cli = doctor->cli;
    struct fault trouble = {0};
    if (config_load(&cli->config, cli->home, &cli->log, &trouble) != DONE) {
        say(doctor, WARN, words(doctor, M_DOCTOR_CONFIG_FAULT, trouble.text),
            "purser config check");
        return;
    }
    cli->has_config = true;
    if (!option_given(cli, OPTION_LANG)) {
        cli->language = cli->config.language;
    }
    if (cli->config.partner_broken_count > 0) {
        say(doctor, WARN, cli_text(cli, M_DOCTOR_CONFIG_BROKEN), "purser config check");
        return;
    }
    say(doctor, GOOD,
        words(doctor, M_DOCTOR_CONFIG, cli_integer(cli, (int64_t)cli->config.partner_count),
              cli->config.time_zone),
        "");
}

/* The public half tells an RSA key, which libssh2 1.10 signs with SHA-1 only: servers of today
 * refuse it. */
static bool
is_rsa_key(struct cli *cli, const char *path)
{
    struct fault unsaid = {0};
    char *bytes = NULL;
    size_t size = 0;
    if (file_read(cli->home, arena_format(&cli->arena, "%s.pub", path), 64 * 1024, &cli->arena,
                  &bytes, &size, &unsaid) == DONE) {
        return strncmp(bytes, "ssh-rsa ", 8) == 0;
    }
    return file_read(cli->home, path, 64 * 1024, &cli->arena, &bytes, &size, &unsaid) == DONE &&
           strstr(bytes, "BEGIN RSA PRIVATE KEY") != NULL;
}

static void
look_at_secret(struct doctor *doctor, const struct partner *partner, const char *path)
{
    struct stat status;
    if (path[0] == '\0' || fstatat(doctor->cli->home, path, &status, 0) != 0) {
        return;
    }
    const char *mode = file_secret_mode(&status);
    say(doctor, mode == NULL ? GOOD : WARN,
        words(doctor, mode == NULL ? M_DOCTOR_SECRET : M_DOCTOR_SECRET_OPEN, partner->id, path),
        mode == NULL ? "" : command(doctor, "chmod %s %s", mode, path));
}

static void
look_at_keys(struct doctor *doctor)
{
    struct cli *cli = doctor->cli;
    for (size_t index = 0; index < cli->config.partner_count; index++) {
        const struct partner *partner = &cli->config.partners[index];
        for (size_t at = 0; at < partner->mailbox_count; at++) {
            const struct mailbox *mailbox = &partner->mailboxes[at];
            look_at_secret(doctor, partner, mailbox->key_file);
            look_at_secret(doctor, partner, mailbox->passphrase_file);
            look_at_secret(doctor, partner, mailbox->password_file);
            if (mailbox->key_file[0] != '\0' && is_rsa_key(cli, mailbox->key_file)) {
                say(doctor, WARN, words(doctor, M_DOCTOR_RSA, partner->id, mailbox->key_file),
                    words(doctor, M_DOCTOR_RSA_HINT, mailbox->key_file));
            }
        }
    }
}

static void
look_at_store(struct doctor *doctor)
{
    struct cli *cli = doctor->cli;
    struct fault trouble = {0};
    const char *problems = "";
    const enum outcome outcome = cli_open_store(cli, false, &trouble);
    if (outcome == NONE) {
        say(doctor, NEUTRAL, cli_text(cli, M_DOCTOR_NO_STORE), cli_text(cli, M_DOCTOR_FIRST_RUN));
        return;
    }
    if (outcome != DONE || store_check(cli->store, &cli->arena, &problems, &trouble) != DONE ||
        problems[0] != '\0') {
        say(doctor, WARN,
            words(doctor, M_DOCTOR_STORE_FAULT,
                  command(doctor, "%.400s", problems[0] != '\0' ? problems : trouble.text)),
            cli_text(cli, M_DOCTOR_STORE_HINT));
        return;
    }
    say(doctor, GOOD, cli_text(cli, M_DOCTOR_STORE), "");
}

/* Work lists go as mails when both ends have an address. */
static void
look_at_mail(struct doctor *doctor)
{
    struct cli *cli = doctor->cli;
    int64_t count = 0;
    for (size_t index = 0; index < cli->config.partner_count; index++) {
        const struct partner *partner = &cli->config.partners[index];
        struct fault unsaid = {0};
        const char *address = partner->email;
        if ((partner->roles & (unsigned int)ROLE_APPROVER) == 0 ||
            (cli->store != NULL &&
             mail_out_address(cli->store, partner, &cli->arena, &address, &unsaid) != DONE)) {
            continue;
        }
        count += address != NULL && address[0] != '\0';
    }
    if (count == 0) {
        return;
    }
    if (mail_out_is_sent(&cli->config)) {
        say(doctor, GOOD, words(doctor, M_DOCTOR_MAIL, cli_integer(cli, count), cli->config.email),
            "");
    } else {
        say(doctor, WARN, words(doctor, M_DOCTOR_MAIL_NOT, cli_integer(cli, count)),
            cli_text(cli, M_DOCTOR_MAIL_HINT));
    }
}

/* What makes PDFs, where a schedule asks for them. */
static void
look_at_converter(struct doctor *doctor)
{
    struct cli *cli = doctor->cli;
    unsigned int forms = 0;
    for (size_t index = 0; index < cli->config.schedule_count; index++) {
        forms |= cli->config.schedules[index].forms;
    }
    if ((forms >> REPORT_PDF & 1) == 0) {
        return;
    }
    const bool is_there = pdf_has_converter(&cli->config.pdf);
    say(doctor, is_there ? GOOD : WARN,
        words(doctor, is_there ? M_DOCTOR_PDF : M_DOCTOR_PDF_NOT, cli->config.pdf.converter),
        is_there ? "" : cli_text(cli, M_DOCTOR_PDF_HINT));
}

static void
look_at_last_run(struct doctor *doctor)
{
    struct cli *cli = doctor->cli;
    struct run_row row = {0};
    struct fault trouble = {0};
    if (cli->store == NULL || store_run_last(cli->store, &cli->arena, &row, &trouble) != DONE) {
        return;
    }
    if (row.finished_ms == 0) {
        say(doctor, NEUTRAL, words(doctor, M_DOCTOR_RUN_OPEN, cli_time(cli, row.started_ms)),
            cli_text(cli, M_DOCTOR_RUN_OPEN_HINT));
    } else if (cli->started_ms - row.finished_ms > DAY_MS) {
        say(doctor, WARN, words(doctor, M_DOCTOR_RUN_OLD, cli_time(cli, row.finished_ms)),
            cli_text(cli, M_DOCTOR_RUN_OLD_HINT));
    } else {
        say(doctor, row.exit_code == 0 ? GOOD : WARN,
            words(doctor, M_DOCTOR_RUN, cli_time(cli, row.finished_ms),
                  cli_integer(cli, row.exit_code)),
            row.exit_code == 0 ? "" : "purser status; purser help exit-codes");
    }
}

static void
look_at_libraries(struct doctor *doctor)
{
    const bool knows = text_encoding_known("GB18030");
    say(doctor, knows ? GOOD : WARN,
        cli_text(doctor->cli, knows ? M_DOCTOR_ICONV : M_DOCTOR_ICONV_NOT),
        knows ? "" : cli_text(doctor->cli, M_DOCTOR_ICONV_HINT));
}

static void
look_at_mailboxes(struct doctor *doctor)
{
    struct cli *cli = doctor->cli;
    for (size_t index = 0; index < cli->config.partner_count; index++) {
        const struct partner *partner = &cli->config.partners[index];
        for (size_t at = 0; at < partner->mailbox_count; at++) {
            char sentence[500] = "";
            struct fault trouble = {0};
            const struct mailbox *mailbox = &partner->mailboxes[at];
            const enum outcome outcome = courier_test(&cli->config, partner, mailbox, cli->home,
                                                      sentence, sizeof sentence, &trouble);
            say(doctor, outcome == DONE ? GOOD : WARN,
                command(doctor, "%s/%s: %s", partner->id, mailbox->name,
                        sentence[0] != '\0' ? sentence : trouble.text),
                "");
        }
    }
}

enum outcome
cmd_doctor(struct cli *cli, struct fault *why)
{
    struct doctor doctor = {cli, {0}};
    (void)why;
    if (cli->wants_json) {
        cli_json_begin(cli, &doctor.json, "doctor");
        json_array(&doctor.json, "data");
    }
    look_at_config(&doctor);
    look_at_folders(&doctor);
    look_at_disk(&doctor);
    look_at_store(&doctor);
    look_at_mail(&doctor);
    look_at_converter(&doctor);
    look_at_last_run(&doctor);
    look_at_libraries(&doctor);
    look_at_keys(&doctor);
    if (option_given(cli, OPTION_NETWORK)) {
        look_at_mailboxes(&doctor);
    }
    if (cli->wants_json) {
        json_end(&doctor.json);
        cli_json_end(cli, &doctor.json);
    }
    return DONE;
}
