#include "config/config.h"

#include "base/date.h"
#include "base/file.h"
#include "base/text.h"
#include "config/agreement.h"
#include "config/conffile.h"
#include "config/delay_policy.h"
#include "config/folders.h"
#include "config/keys.h"
#include "config/keyvalue.h"
#include "config/place.h"
#include "config/schedules.h"
#include "order/order.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const file_format_names[FORMAT_COUNT] = {"xml", "csv"};

#define MAIN_FILE "purser.conf"
#define PARTNERS  "partners.d"

enum { ARENA_BYTES_MAX = 64 * 1024 * 1024, PARTNER_ID_MAX = 32 };

/* ---- the files ---- */

static int
is_partner_file(const struct dirent *entry)
{
    const char *end = strrchr(entry->d_name, '.');
    return entry->d_name[0] != '.' && end != NULL && strcmp(end, ".conf") == 0;
}

/* By bytes, so that the order does not depend on a locale. */
static int
compare_names(const struct dirent **one, const struct dirent **other)
{
    return strcmp((*one)->d_name, (*other)->d_name);
}

static void
read_partner_files(struct config *config, int home, struct mistakes *mistakes)
{
    struct dirent **entries = NULL;
    const int count = scandirat(home, PARTNERS, &entries, is_partner_file, compare_names);
    if (count < 0 && errno != ENOENT) {
        mistake_add(mistakes, PARTNERS, 0, "%s", strerror(errno));
    }
    for (int index = 0; index < count; index++) {
        conffile_read(config, home,
                      arena_format(&config->arena, PARTNERS "/%s", entries[index]->d_name),
                      mistakes);
        free(entries[index]);
    }
    free(entries);
}

/* ---- mailboxes ---- */

/* Fill what follows from `fetch` and `deliver`; both must lead to the same server. */
static void
fill_places(const struct value_context *context, const struct config_section *section,
            struct mailbox *mailbox)
{
    const char *const names[] = {"fetch", "deliver"};
    const char **paths[] = {&mailbox->fetch_path, &mailbox->deliver_path};
    struct place_address first = {0};
    bool has_first = false;
    for (size_t index = 0; index < 2; index++) {
        const struct config_setting *setting = keyvalue_find(section, names[index]);
        struct place_address address = {0};
        if (setting == NULL) {
            continue;
        }
        if (!place_split(&context->config->arena, *paths[index], &address)) {
            mistake_add(context->mistakes, section->file, setting->line,
                        "%s \"%s\" is neither a folder nor sftp://user@host:port/path",
                        names[index], *paths[index]);
            continue;
        }
        *paths[index] = address.path;
        if (has_first &&
            (address.kind != first.kind || address.port != first.port ||
             strcmp(address.host, first.host) != 0 || strcmp(address.user, first.user) != 0)) {
            mistake_add(context->mistakes, section->file, setting->line,
                        "fetch and deliver of one mailbox must lead to the same server and user: "
                        "make two mailboxes");
        }
        first = address;
        has_first = true;
    }
    mailbox->kind = first.kind;
    mailbox->host = has_first ? first.host : "";
    mailbox->user = has_first ? first.user : "";
    mailbox->port = first.port;
    if (!has_first) {
        mistake_add(context->mistakes, section->file, section->line_last,
                    "mailbox \"%s\" ends here without \"fetch\" or \"deliver\"", section->title);
    }
}

static void
check_sftp(const struct value_context *context, const struct config_section *section,
           const struct mailbox *mailbox)
{
    struct mistakes *mistakes = context->mistakes;
    if (mailbox->host_key_count == 0) {
        mistake_add(mistakes, section->file, section->line_last,
                    "mailbox \"%s\" ends here without \"host-key\": ask the partner for its "
                    "fingerprint (ssh-keygen -l), SHA256:...",
                    section->title);
    }
    for (size_t index = 0; index < mailbox->host_key_count; index++) {
        if (strncmp(mailbox->host_keys[index], "SHA256:", 7) != 0 ||
            strlen(mailbox->host_keys[index]) != 50) {
            mistake_add(mistakes, section->file, keyvalue_find(section, "host-key")->line,
                        "host-key \"%s\" is no fingerprint as ssh-keygen -l prints it: SHA256: and "
                        "43 characters",
                        mailbox->host_keys[index]);
        }
    }
    if (mailbox->key_file[0] == '\0' && mailbox->password_file[0] == '\0' && !mailbox->uses_agent) {
        mistake_add(mistakes, section->file, section->line_last,
                    "mailbox \"%s\" ends here without \"key-file\", \"password-file\" or "
                    "\"agent = yes\": there is no way to log in",
                    section->title);
    }
}

static void
check_mailbox(const struct value_context *context, const struct config_section *section,
              const struct mailbox *mailbox)
{
    static const char *const sftp_only[] = {"host-key", "key-file", "passphrase-file",
                                            "password-file", "agent"};
    if (mailbox->afterwards == AFTER_MOVE && mailbox->move_to[0] == '\0') {
        mistake_add(context->mistakes, section->file, section->line_last,
                    "mailbox \"%s\" ends here without \"move-to\", which after = move needs",
                    section->title);
    }
    if (mailbox->kind == MAILBOX_SFTP) {
        check_sftp(context, section, mailbox);
        return;
    }
    for (size_t index = 0; index < sizeof sftp_only / sizeof sftp_only[0]; index++) {
        const struct config_setting *setting = keyvalue_find(section, sftp_only[index]);
        if (setting != NULL && mailbox->host[0] == '\0') {
            mistake_add(context->mistakes, section->file, setting->line,
                        "%s has no meaning for a folder", setting->key->name);
        }
    }
}

static void
fill_mailbox(const struct value_context *context, const struct config_section *section,
             struct mailbox *mailbox)
{
    keyvalue_store_section(context, section, mailbox);
    mailbox->name = section->title;
    fill_places(context, section, mailbox);
    mailbox->move_to =
        mailbox->move_to[0] == '\0' ? "" : place_plain(&context->config->arena, mailbox->move_to);
    check_mailbox(context, section, mailbox);
}

/* inbox/ID, for a partner that names no other place to fetch from. */
static void
fill_default_mailbox(const struct value_context *context, const struct config_section *partner,
                     struct mailbox *mailbox)
{
    struct config_section section = {0};
    section.kind = SECTION_MAILBOX;
    section.title = "inbox";
    section.file = partner->file;
    keyvalue_store_section(context, &section, mailbox);
    mailbox->name = "inbox";
    mailbox->kind = MAILBOX_FOLDER;
    mailbox->host = "";
    mailbox->user = "";
    mailbox->fetch_path = arena_format(&context->config->arena, "inbox/%s", partner->title);
}

/* ---- partners ---- */

static bool
is_partner_id(const char *text)
{
    const size_t size = strlen(text);
    return size > 0 && size <= PARTNER_ID_MAX && text[0] != '-' &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == size;
}

static bool
names_mailbox_twice(const struct mailbox *mailboxes, size_t count, const char *name)
{
    for (size_t index = 0; index < count; index++) {
        if (strcmp(mailboxes[index].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* The mailbox sections that stand behind the partner's. */
static void
fill_mailboxes(const struct value_context *context, const struct config_section *section,
               struct partner *partner)
{
    struct config *config = context->config;
    const struct config_section *end = config->sections + config->section_count;
    size_t count = 0;
    while (section + 1 + count < end && section[1 + count].kind == SECTION_MAILBOX) {
        count++;
    }
    struct mailbox *mailboxes = arena_array(&config->arena, struct mailbox, count + 1);
    bool fetches = false;
    for (size_t index = 0; index < count; index++) {
        fill_mailbox(context, &section[1 + index], &mailboxes[index]);
        fetches |= mailboxes[index].fetch_path[0] != '\0';
        if (names_mailbox_twice(mailboxes, index, mailboxes[index].name)) {
            mistake_add(context->mistakes, section->file, section[1 + index].line_last,
                        "there are two mailboxes \"%s\"", mailboxes[index].name);
        }
    }
    if (!fetches) {
        fill_default_mailbox(context, section, &mailboxes[count++]);
    }
    partner->mailboxes = mailboxes;
    partner->mailbox_count = count;
}

/* Read here, with all that is configured; what it says is understood where files are read. */
static void
read_mappings(const struct value_context *context, const struct config_section *section,
              struct partner *partner)
{
    enum { MAPPINGS_BYTES_MAX = 1024 * 1024 };
    struct fault why = {0};
    char *bytes = NULL;
    partner->mappings_text = "";
    if (partner->mappings[0] == '\0') {
        return;
    }
    const enum outcome outcome =
        file_read(context->home, partner->mappings, MAPPINGS_BYTES_MAX, &context->config->arena,
                  &bytes, &partner->mappings_size, &why);
    if (outcome == DONE) {
        partner->mappings_text = bytes;
        return;
    }
    mistake_add(context->mistakes, section->file, section->line_last, "mappings \"%s\": %s",
                partner->mappings, outcome == NONE ? "there is no such file" : why.text);
}

static void
fill_partner(const struct value_context *context, const struct config_section *section,
             struct partner *partner)
{
    partner->language = context->config->language;
    keyvalue_store_section(context, section, partner);
    if (keyvalue_find(section, "language") == NULL) {
        partner->language = context->config->language;
    }
    partner->id = section->title;
    partner->file = section->file;
    if (partner->name[0] == '\0') {
        partner->name = partner->id;
    }
    if (!is_partner_id(partner->id)) {
        mistake_add(context->mistakes, section->file, section->line_last,
                    "partner \"%s\": an id has 1 to 32 of a-z 0-9 and -", partner->id);
    }
    read_mappings(context, section, partner);
    fill_mailboxes(context, section, partner);
}

static void
fill_partners(const struct value_context *context)
{
    struct config *config = context->config;
    struct partner *partners = arena_array(&config->arena, struct partner, config->section_count);
    size_t count = 0;
    for (size_t index = 0; index < config->section_count; index++) {
        const struct config_section *section = &config->sections[index];
        if (section->kind != SECTION_PARTNER) {
            continue;
        }
        config->partners = partners;
        config->partner_count = count;
        const struct partner *before = config_partner(config, section->title);
        if (before != NULL) {
            mistake_add(context->mistakes, section->file, section->line_last,
                        "partner \"%s\" is defined in %s already", section->title, before->file);
            continue;
        }
        fill_partner(context, section, &partners[count++]);
    }
    config->partners = partners;
    config->partner_count = count;
    folders_check(context);
}

static bool
file_has_mistake(const struct mistakes *mistakes, const char *file)
{
    for (size_t index = 0; index < mistakes->count; index++) {
        if (strcmp(mistakes->items[index].file, file) == 0) {
            return true;
        }
    }
    return false;
}

/* Partners of a file with mistakes are left out (those of purser.conf fail the load anyway). */
static void
drop_broken(struct config *config, const struct mistakes *mistakes)
{
    struct partner *kept = arena_array(&config->arena, struct partner, config->partner_count + 1);
    size_t count = 0;
    for (size_t index = 0; index < config->partner_count; index++) {
        const char *file = config->partners[index].file;
        if (strcmp(file, MAIN_FILE) == 0 || !file_has_mistake(mistakes, file)) {
            kept[count++] = config->partners[index];
        }
    }
    config->partners = kept;
    config->partner_count = count;
    for (size_t index = 0; index < mistakes->count; index++) {
        const char *file = mistakes->items[index].file;
        const struct mistakes before = {NULL, mistakes->items, index, 0};
        config->partner_broken_count +=
            strcmp(file, MAIN_FILE) != 0 && !file_has_mistake(&before, file);
    }
}

/* ---- company, limits, holds ---- */

/* The section of a kind that may stand once; an empty one when there is none. */
static const struct config_section *
only_section(const struct value_context *context, enum section_kind kind)
{
    struct config *config = context->config;
    const struct config_section *found = NULL;
    for (size_t index = 0; index < config->section_count; index++) {
        const struct config_section *section = &config->sections[index];
        if (section->kind != (int)kind) {
            continue;
        }
        if (found != NULL) {
            mistake_add(context->mistakes, section->file, section->line_last,
                        "there is a second %s section", section_names[kind]);
        }
        found = found == NULL ? section : found;
    }
    if (found == NULL) {
        struct config_section *empty = arena_new(&config->arena, struct config_section);
        empty->kind = (int)kind;
        empty->title = "";
        empty->file = MAIN_FILE;
        found = empty;
    }
    return found;
}

/* One section for each kind of our own at most; a kind without has the defaults.  All but one block
 * the release if nothing else is said. */
static void
fill_holds(const struct value_context *context)
{
    struct config *config = context->config;
    bool is_filled[ORDER_HOLD_KIND_COUNT] = {true};
    config->holds[ORDER_HOLD_PRICE].blocks = HOLD_BLOCKS_APPROVAL; /* it may come to be rejected */
    for (size_t index = 0; index < config->section_count; index++) {
        const struct config_section *section = &config->sections[index];
        const int own = ORDER_HOLD_BY_HAND + 1;
        const int kind =
            section->kind == SECTION_HOLD
                ? name_index(section->title, order_hold_kind_names, ORDER_HOLD_KIND_COUNT)
                : ORDER_HOLD_KIND_COUNT;
        if (kind < own) {
            mistake_add(context->mistakes, section->file, section->line_last,
                        "purser places no hold \"%s\"%s", section->title,
                        near_name(&config->arena, section->title, order_hold_kind_names + own,
                                  (size_t)(ORDER_HOLD_KIND_COUNT - own)));
        } else if (kind < ORDER_HOLD_KIND_COUNT && is_filled[kind]) {
            mistake_add(context->mistakes, section->file, section->line_last,
                        "there is a second section hold \"%s\"", section->title);
        } else if (kind < ORDER_HOLD_KIND_COUNT) {
            keyvalue_store_section(context, section, &config->holds[kind]);
            is_filled[kind] = true;
        }
    }
    const struct config_section none = {.kind = SECTION_HOLD, .title = "", .file = MAIN_FILE};
    for (int kind = 0; kind < ORDER_HOLD_KIND_COUNT; kind++) {
        if (kind == ORDER_HOLD_BY_HAND || !is_filled[kind]) {
            keyvalue_store_section(context, &none, &config->holds[kind]);
        }
    }
}

/* Names of pages that anybody can guess would show everybody's orders. */
static void
read_tracking_key(const struct value_context *context)
{
    enum { KEY_BYTES_MIN = 16, KEY_BYTES_MAX = 4096 };
    struct tracking_policy *tracking = &context->config->tracking;
    static const char how[] =
        "make one with: head -c 32 /dev/urandom > tracking.key && chmod 600 tracking.key";
    struct fault why = {0};
    char *bytes = NULL;
    if (tracking->folder[0] == '\0') {
        return;
    }
    if (tracking->key_file[0] == '\0') {
        mistake_add(context->mistakes, MAIN_FILE, 0, "tracking: a folder needs a key-file; %s",
                    how);
    } else if (file_read(context->home, tracking->key_file, KEY_BYTES_MAX, &context->config->arena,
                         &bytes, &tracking->key_size, &why) != DONE) {
        mistake_add(context->mistakes, MAIN_FILE, 0, "tracking: cannot read key-file \"%s\"; %s",
                    tracking->key_file, how);
    } else if (tracking->key_size < KEY_BYTES_MIN) {
        mistake_add(context->mistakes, MAIN_FILE, 0,
                    "tracking: key-file \"%s\" has less than %d bytes; %s", tracking->key_file,
                    KEY_BYTES_MIN, how);
    }
    tracking->key = bytes;
}

/* ---- all of it ---- */

/* purser.conf first, then by file and line. */
static int
compare_mistakes(const void *one, const void *other)
{
    const struct mistake *left = one;
    const struct mistake *right = other;
    const int main_first =
        (strcmp(right->file, MAIN_FILE) == 0) - (strcmp(left->file, MAIN_FILE) == 0);
    const int by_file = main_first != 0 ? main_first : strcmp(left->file, right->file);
    return by_file != 0                ? by_file
           : left->line != right->line ? left->line - right->line
                                       : strcmp(left->text, right->text);
}

static void
log_mistakes(struct mistakes *mistakes, struct log *log)
{
    if (mistakes->count > 1) {
        qsort(mistakes->items, mistakes->count, sizeof *mistakes->items, compare_mistakes);
    }
    for (size_t index = 0; index < mistakes->count; index++) {
        const struct mistake *mistake = &mistakes->items[index];
        if (mistake->line == 0) {
            log_write(log, LOG_TROUBLE, "%s: %s", mistake->file, mistake->text);
        } else {
            log_write(log, LOG_TROUBLE, "%s:%d: %s", mistake->file, mistake->line, mistake->text);
        }
    }
}

enum outcome
config_load(struct config *config, int home, struct log *log, struct fault *why)
{
    memset(config, 0, sizeof *config);
    arena_init(&config->arena, ARENA_BYTES_MAX);
    if (!file_exists(home, MAIN_FILE)) {
        config_close(config);
        return fail_as(why, FAULT_CONFIG,
                       "there is no " MAIN_FILE " here: give --home DIR, or make a new home with "
                       "`purser init DIR`");
    }
    struct mistakes mistakes = {&config->arena, NULL, 0, 0};
    const struct value_context context = {config, &mistakes, log, home};
    conffile_read(config, home, MAIN_FILE, &mistakes);
    read_partner_files(config, home, &mistakes);
    const struct config_section *company = only_section(&context, SECTION_COMPANY);
    keyvalue_store_section(&context, company, config);
    keyvalue_store_section(&context, only_section(&context, SECTION_LIMITS), &config->limits);
    keyvalue_store_section(&context, only_section(&context, SECTION_TRACKING), &config->tracking);
    const struct config_section *planning = only_section(&context, SECTION_PLANNING);
    keyvalue_store_section(&context, planning, &config->planning);
    const struct config_section *report = only_section(&context, SECTION_REPORT);
    keyvalue_store_section(&context, report, &config->report);
    read_tracking_key(&context);
    keyvalue_store_section(&context, only_section(&context, SECTION_DELAY), &config->delay);
    delay_policy_check(&config->delay, MAIN_FILE, &mistakes);
    schedules_fill(&context);
    fill_holds(&context);
    fill_partners(&context);
    drop_broken(config, &mistakes);
    agreement_check(&context, company, planning, report);
    schedules_check(&context);
    log_mistakes(&mistakes, log);
    const bool is_usable = !file_has_mistake(&mistakes, MAIN_FILE);
    const size_t mistake_count = mistakes.count;
    if (!is_usable) {
        config_close(config);
        return fail_as(why, FAULT_CONFIG, "the configuration has %zu mistake%s; nothing was done",
                       mistake_count, mistake_count == 1 ? "" : "s");
    }
    return DONE;
}

void
config_close(struct config *config)
{
    arena_close(&config->arena);
    memset(config, 0, sizeof *config);
}

bool
hold_policy_lets(const struct hold_policy *policy, const char *actor)
{
    static const char user[] = "user:";
    return policy->releasers == NULL || policy->releasers[0] == '\0' ||
           (strncmp(actor, user, strlen(user)) == 0 &&
            text_list_has(policy->releasers, actor + strlen(user)));
}

bool
config_ships(const struct config *config, const char *partner)
{
    for (size_t index = 0; index < config->planning.more_warehouse_count; index++) {
        if (strcmp(config->planning.more_warehouses[index], partner) == 0) {
            return true;
        }
    }
    return config->warehouse[0] != '\0' && strcmp(config->warehouse, partner) == 0;
}

const struct partner *
config_partner(const struct config *config, const char *id)
{
    for (size_t index = 0; index < config->partner_count; index++) {
        if (strcmp(config->partners[index].id, id) == 0) {
            return &config->partners[index];
        }
    }
    return NULL;
}

const struct partner *
config_recipient(const struct config *config, const char *id)
{
    const struct partner *partner = config_partner(config, id);
    for (size_t index = 0; index < config->reader_count && partner == NULL; index++) {
        if (strcmp(config->readers[index].id, id) == 0) {
            partner = &config->readers[index];
        }
    }
    return partner;
}

const struct schedule *
config_schedule(const struct config *config, const char *name)
{
    for (size_t index = 0; index < config->schedule_count; index++) {
        if (strcmp(config->schedules[index].name, name) == 0) {
            return &config->schedules[index];
        }
    }
    return NULL;
}

unsigned int
schedule_forms(const struct config *config, const char *name)
{
    const struct schedule *schedule = config_schedule(config, name);
    return schedule != NULL ? schedule->forms
                            : 1U << REPORT_HTML | 1U << REPORT_CSV | 1U << REPORT_XLSX;
}
