#include "config/agreement.h"

#include <string.h>

/* Partners that are named must be configured, and without mistakes. */
static void
check_references(const struct value_context *context)
{
    struct config *config = context->config;
    for (size_t index = 0; index < config->section_count; index++) {
        const struct config_section *section = &config->sections[index];
        for (size_t at = 0; at < section->setting_count; at++) {
            const struct config_setting *setting = &section->settings[at];
            if (setting->key->type != KEY_PARTNER || setting->value_count != 1 ||
                config_partner(config, setting->values[0]) != NULL) {
                continue;
            }
            const char **ids = arena_array(&config->arena, const char *, config->partner_count + 1);
            for (size_t partner = 0; partner < config->partner_count; partner++) {
                ids[partner] = config->partners[partner].id;
            }
            mistake_add(context->mistakes, section->file, setting->line,
                        "%s: there is no usable partner \"%s\"%s", setting->key->name,
                        setting->values[0],
                        near_name(&config->arena, setting->values[0], ids, config->partner_count));
        }
    }
}

/* Where a key of the company stands, for a mistake about it. */
static int
line_of(const struct config_section *company, const char *key)
{
    const struct config_setting *setting = keyvalue_find(company, key);
    return setting == NULL ? company->line_last : setting->line;
}

/* Invoices and credit notes must not have the same numbers, and a copy goes to finance. */
static void
check_invoices(const struct value_context *context, const struct config_section *company)
{
    const struct config *config = context->config;
    const struct partner *copy_to = config_partner(config, config->invoice_copy_to);
    if (strcmp(config->invoice_prefix, config->credit_note_prefix) == 0) {
        mistake_add(context->mistakes, company->file, line_of(company, "credit-note-prefix"),
                    "credit-note-prefix: numbers of credit notes must not begin as those of "
                    "invoices, \"%s\"",
                    config->invoice_prefix);
    }
    if (strcmp(config->charge_prefix, config->invoice_prefix) == 0 ||
        strcmp(config->charge_prefix, config->credit_note_prefix) == 0) {
        mistake_add(context->mistakes, company->file, line_of(company, "charge-prefix"),
                    "charge-prefix: numbers of charges must not begin as those of invoices or "
                    "credit notes, \"%s\"",
                    config->charge_prefix);
    }
    if (copy_to != NULL && (copy_to->roles & ROLE_FINANCE) == 0) {
        mistake_add(context->mistakes, company->file, line_of(company, "invoice-copy-to"),
                    "invoice-copy-to: the partner \"%s\" does not have the role finance",
                    copy_to->id);
    }
}

static void
check_warehouse(const struct value_context *context, const struct config_section *planning,
                size_t index)
{
    const struct config *config = context->config;
    const char *id = config->planning.more_warehouses[index];
    const struct partner *partner = config_partner(config, id);
    bool is_twice = strcmp(id, config->warehouse) == 0;
    for (size_t before = 0; before < index; before++) {
        is_twice |= strcmp(id, config->planning.more_warehouses[before]) == 0;
    }
    const char *mistake = partner == NULL ? "is no usable partner"
                          : (partner->roles & ROLE_WAREHOUSE) == 0
                              ? "does not have the role warehouse"
                          : is_twice ? "is named already"
                                     : NULL;
    if (mistake != NULL) {
        mistake_add(context->mistakes, planning->file, line_of(planning, "more-warehouses"),
                    "more-warehouses: \"%s\" %s", id, mistake);
    }
}

/* Days are promised by what warehouses have; and one thing alone says what follows when that is too
 * little. */
static void
check_planning(const struct value_context *context, const struct config_section *planning)
{
    const struct config *config = context->config;
    for (size_t index = 0; index < config->planning.more_warehouse_count; index++) {
        check_warehouse(context, planning, index);
    }
    if (!config->planning.is_on) {
        return;
    }
    if (*config->warehouse == '\0') {
        mistake_add(context->mistakes, planning->file, line_of(planning, "promise"),
                    "promise = yes needs a warehouse: name it in section company");
    }
    if (config->stock_shortage != SHORTAGE_IGNORED) {
        mistake_add(context->mistakes, planning->file, line_of(planning, "promise"),
                    "promise = yes and stock-shortage of section company both say what follows "
                    "when there is too little: leave out stock-shortage");
    }
}

static void
check_report(const struct value_context *context, const struct config_section *report)
{
    const struct report_policy *policy = &context->config->report;
    if (policy->x_most_micros > policy->y_most_micros) {
        mistake_add(context->mistakes, report->file, line_of(report, "steady-most"),
                    "steady-most is more than varying-most: no product could be of class Y");
    }
}

void
agreement_check(const struct value_context *context, const struct config_section *company,
                const struct config_section *planning, const struct config_section *report)
{
    check_references(context);
    check_invoices(context, company);
    check_planning(context, planning);
    check_report(context, report);
}
