#include "config/schedules.h"

#include "base/text.h"

#include <ctype.h>
#include <string.h>

/* Of an address: it names a folder and files of ours, which have their own additions. */
enum { ADDRESS_BYTES_MAX = 200 };

static void
split_recipients(struct arena *arena, struct schedule *schedule)
{
    size_t size = 0;
    size_t capacity = 0;
    const char *rest = schedule->to;
    for (const char *name = text_list_next(&rest, &size); name != NULL;
         name = text_list_next(&rest, &size)) {
        schedule->recipients = arena_grow(arena, schedule->recipients, sizeof(const char *),
                                          schedule->recipient_count, &capacity);
        schedule->recipients[schedule->recipient_count++] = arena_copy_bytes(arena, name, size);
    }
}

void
schedules_fill(const struct value_context *context)
{
    struct config *config = context->config;
    struct schedule *schedules =
        arena_array(&config->arena, struct schedule, config->section_count + 1);
    size_t count = 0;
    for (size_t index = 0; index < config->section_count; index++) {
        const struct config_section *section = &config->sections[index];
        if (section->kind != SECTION_SCHEDULE) {
            continue;
        }
        struct schedule *schedule = &schedules[count++];
        *schedule = (struct schedule){.to = ""};
        keyvalue_store_section(context, section, schedule);
        schedule->name = section->title;
        split_recipients(&config->arena, schedule);
    }
    config->schedules = schedules;
    config->schedule_count = count;
}

/* ---- who gets them ---- */

/* One place where something about a schedule is wrong. */
struct scene {
    const struct value_context *context;
    const struct config_section *section;
    const struct schedule *schedule;
    size_t recipients_max; /* of all schedules */
};

static int
line_of(const struct scene *scene, const char *key)
{
    const struct config_setting *setting = keyvalue_find(scene->section, key);
    return setting == NULL ? scene->section->line_last : setting->line;
}

#define complain(scene, key, ...)                                                                  \
    mistake_add((scene)->context->mistakes, (scene)->section->file, line_of((scene), (key)),       \
                __VA_ARGS__)

/* It stands in a head of a mail, and is the name of a folder. */
static bool
is_address(const char *text)
{
    const char *at = strchr(text, '@');
    return isalnum((unsigned char)text[0]) && at != NULL && at[1] != '\0' &&
           strchr(at + 1, '@') == NULL && strlen(text) <= ADDRESS_BYTES_MAX &&
           text[strspn(text,
                       "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.+=@")] ==
               '\0';
}

static void
add_reader(const struct scene *scene, const char *address)
{
    struct config *config = scene->context->config;
    if (config_recipient(config, address) != NULL) {
        return;
    }
    if (config->readers == NULL) {
        config->readers = arena_array(&config->arena, struct partner, scene->recipients_max);
    }
    config->readers[config->reader_count++] = (struct partner){.id = address,
                                                               .name = "",
                                                               .email = address,
                                                               .language = config->language,
                                                               .encoding = "",
                                                               .file = scene->section->file};
}

static void
complain_of_unknown(const struct scene *scene, const char *name)
{
    struct config *config = scene->context->config;
    const char **ids = arena_array(&config->arena, const char *, config->partner_count + 1);
    for (size_t index = 0; index < config->partner_count; index++) {
        ids[index] = config->partners[index].id;
    }
    complain(scene, "to", "to: there is no usable partner \"%s\"%s", name,
             near_name(&config->arena, name, ids, config->partner_count));
}

/* A score card is of somebody who sends us files. */
static bool
gets_own(const struct scene *scene)
{
    return strcmp(scene->schedule->report, REPORT_SCORE_CARD) == 0;
}

static void
check_recipient(const struct scene *scene, size_t index)
{
    const struct schedule *schedule = scene->schedule;
    const struct config *config = scene->context->config;
    const char *name = schedule->recipients[index];
    for (size_t before = 0; before < index; before++) {
        if (strcmp(schedule->recipients[before], name) == 0) {
            complain(scene, "to", "to: \"%s\" is named twice", name);
            return;
        }
    }
    if (strchr(name, '@') == NULL) {
        if (config_partner(config, name) == NULL) {
            complain_of_unknown(scene, name);
        }
    } else if (gets_own(scene)) {
        complain(scene, "to",
                 "to: a score-card goes to the partner whom it is about; \"%s\" is an address",
                 name);
    } else if (!is_address(name)) {
        complain(scene, "to",
                 "to: \"%s\" is no e-mail address such as anna@example.com, of at most %d "
                 "characters",
                 name, ADDRESS_BYTES_MAX);
    } else if (config->email == NULL || config->email[0] == '\0') {
        complain(scene, "to",
                 "to: mails to \"%s\" need an address that they come from: give email in section "
                 "company",
                 name);
    } else {
        add_reader(scene, name);
    }
}

static void
check_schedule(const struct scene *scene)
{
    const struct schedule *schedule = scene->schedule;
    const char *converter = scene->context->config->pdf.converter;
    const unsigned int pdf = 1U << REPORT_PDF;
    if (schedule->recipient_count == 0 && keyvalue_find(scene->section, "to") != NULL) {
        complain(scene, "to", "to: nobody is named; write it like finance | boss@example.com");
    }
    for (size_t index = 0; index < schedule->recipient_count; index++) {
        check_recipient(scene, index);
    }
    if (schedule->forms == pdf) {
        complain(scene, "forms",
                 "forms: a PDF may fail, and nothing would be sent: name another form beside it");
    }
    if ((schedule->forms & pdf) != 0 && converter[0] == '\0') {
        complain(scene, "forms",
                 "forms: pdf needs a pdf-converter in section company, and there it is empty");
    }
}

/* Everybody outside: who sends us orders, goods or news of them; in the order of their files. */
static void
name_all(struct config *config, struct schedule *schedule)
{
    const unsigned int outside = ROLE_CUSTOMER | ROLE_WAREHOUSE | ROLE_CARRIER | ROLE_PLANT;
    const char **ids = arena_array(&config->arena, const char *, config->partner_count + 1);
    schedule->recipient_count = 0;
    for (size_t index = 0; index < config->partner_count; index++) {
        if ((config->partners[index].roles & outside) != 0) {
            ids[schedule->recipient_count++] = config->partners[index].id;
        }
    }
    schedule->recipients = ids;
}

void
schedules_check(const struct value_context *context)
{
    struct config *config = context->config;
    struct schedule *schedules =
        arena_array(&config->arena, struct schedule, config->schedule_count + 1);
    struct scene scene = {.context = context};
    size_t count = 0;
    for (size_t index = 0; index < config->schedule_count; index++) {
        schedules[index] = config->schedules[index];
        scene.recipients_max += schedules[index].recipient_count;
    }
    config->schedules = schedules;
    for (size_t index = 0; index < config->section_count; index++) {
        if (config->sections[index].kind == SECTION_SCHEDULE) {
            struct schedule *schedule = &schedules[count++];
            scene.section = &config->sections[index];
            scene.schedule = schedule;
            if (gets_own(&scene) && strcmp(schedule->to, "*") == 0) {
                name_all(config, schedule);
            }
            check_schedule(&scene);
        }
    }
}
