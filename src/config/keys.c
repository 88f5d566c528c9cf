#include "config/keys.h"

#include "base/arena.h"
#include "config/config.h"

#include <string.h>

const char *const section_names[SECTION_COUNT] = {"company",  "limits", "delay",   "tracking",
                                                  "planning", "report", "partner", "mailbox",
                                                  "schedule", "hold"};

static const char *const languages[] = {"en", "zh", NULL};
static const char *const formats[] = {"xml", "csv", NULL};
static const char *const acceptances[] = {"per-order", "all-or-nothing", "test", NULL};
static const char *const freights[] = {"stated", "refused", NULL};
static const char *const differences[] = {"warn", "hold", "refuse", NULL};
static const char *const expectations[] = {"warn", "hold", "refuse", "hold-order", NULL};
static const char *const change_points[] = {"approved", "released", "submitted", NULL};
static const char *const doubts[] = {"warn", "hold", NULL};
static const char *const shortages[] = {"ignore", "warn", "hold", NULL};
static const char *const readinesses[] = {"stable", "marker", "name", NULL};
static const char *const afterwards[] = {"delete", "move", "remember", NULL};
static const char *const roles[] = {"customer", "warehouse", "finance", "approver",
                                    "carrier",  "plant",     NULL};
static const char *const weekdays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL};
const char *const delivery_rule_names[] = {"complete", "backorder", "cancel-rest", NULL};
static const char *const warehouse_rules[] = {"in-order", "one-place", NULL};
static const char *const reports[] = {"sales",           "customers",  "finance",     "approvals",
                                      "delays",          "efficiency", "receivables", "partners",
                                      REPORT_SCORE_CARD, NULL};
const char *const report_period_names[] = {"day", "week", "month", "quarter", "year", NULL};
const char *const report_form_names[] = {"html", "csv", "xlsx", "pdf", NULL};

static const char *const tax_roundings[] = {"line", "document", NULL};
static const char *const promotion_models[] = {"within-priority", "across-priorities", NULL};
static const char *const roundings[] = {"half-up", "half-even", "down", "up", NULL};

#define PERCENT  INT64_C(10000)
#define SECONDS  INT64_C(1000)
#define HOURS    (INT64_C(3600) * SECONDS)
#define KIB      INT64_C(1024)
#define GIB      (KIB * KIB * KIB)
#define MEMBER   offsetof
#define NO_RANGE 0, 0, NULL, 0

const struct config_key config_keys[] = {
    {SECTION_COMPANY, "name", KEY_TEXT, MEMBER(struct config, company_name), "", NO_RANGE,
     M_KEY_COMPANY_NAME},
    {SECTION_COMPANY, "currency", KEY_CURRENCY, MEMBER(struct config, company_currency), "EUR",
     NO_RANGE, M_KEY_COMPANY_CURRENCY},
    {SECTION_COMPANY, "time-zone", KEY_ZONE, MEMBER(struct config, time_zone), "UTC", NO_RANGE,
     M_KEY_COMPANY_TIME_ZONE},
    {SECTION_COMPANY, "language", KEY_CHOICE, MEMBER(struct config, language), "en", 0, 0,
     languages, 0, M_KEY_COMPANY_LANGUAGE},
    {SECTION_COMPANY, "warehouse", KEY_PARTNER, MEMBER(struct config, warehouse), "", NO_RANGE,
     M_KEY_COMPANY_WAREHOUSE},

    {SECTION_COMPANY, "ship-tolerance-over", KEY_PERCENT,
     MEMBER(struct config, ship_tolerance_over_micros), "0%", 0, 100 * PERCENT, NULL, 0,
     M_KEY_COMPANY_SHIP_TOLERANCE_OVER},
    {SECTION_COMPANY, "ship-tolerance-under", KEY_PERCENT,
     MEMBER(struct config, ship_tolerance_under_micros), "0%", 0, 100 * PERCENT, NULL, 0,
     M_KEY_COMPANY_SHIP_TOLERANCE_UNDER},

    {SECTION_COMPANY, "invoices", KEY_YES_NO, MEMBER(struct config, invoices), "no", NO_RANGE,
     M_KEY_COMPANY_INVOICES},
    {SECTION_COMPANY, "charge-over", KEY_YES_NO, MEMBER(struct config, charges_over), "no",
     NO_RANGE, M_KEY_COMPANY_CHARGE_OVER},
    {SECTION_COMPANY, "invoice-prefix", KEY_CODE, MEMBER(struct config, invoice_prefix), "INV-",
     NO_RANGE, M_KEY_COMPANY_INVOICE_PREFIX},
    {SECTION_COMPANY, "credit-note-prefix", KEY_CODE, MEMBER(struct config, credit_note_prefix),
     "CRN-", NO_RANGE, M_KEY_COMPANY_CREDIT_NOTE_PREFIX},
    {SECTION_COMPANY, "charge-prefix", KEY_CODE, MEMBER(struct config, charge_prefix), "CHG-",
     NO_RANGE, M_KEY_COMPANY_CHARGE_PREFIX},
    {SECTION_COMPANY, "rma-prefix", KEY_CODE, MEMBER(struct config, rma_prefix), "RMA-", NO_RANGE,
     M_KEY_COMPANY_RMA_PREFIX},
    {SECTION_COMPANY, "return-days", KEY_COUNT, MEMBER(struct config, return_days), "30", 1, 3650,
     NULL, 0, M_KEY_COMPANY_RETURN_DAYS},
    {SECTION_COMPANY, "invoice-copy-to", KEY_PARTNER, MEMBER(struct config, invoice_copy_to), "",
     NO_RANGE, M_KEY_COMPANY_INVOICE_COPY_TO},
    {SECTION_COMPANY, "payment-days", KEY_COUNT, MEMBER(struct config, payment_days), "30", 0, 3650,
     NULL, 0, M_KEY_COMPANY_PAYMENT_DAYS},

    {SECTION_COMPANY, "tax-rounding", KEY_CHOICE, MEMBER(struct config, tax_rounding), "line", 0, 0,
     tax_roundings, 0, M_KEY_COMPANY_TAX_ROUNDING},
    {SECTION_COMPANY, "rounding", KEY_CHOICE, MEMBER(struct config, rounding), "half-up", 0, 0,
     roundings, 0, M_KEY_COMPANY_ROUNDING},
    {SECTION_COMPANY, "below-floor", KEY_CHOICE, MEMBER(struct config, below_floor), "hold", 0, 0,
     differences, 0, M_KEY_COMPANY_BELOW_FLOOR},
    {SECTION_COMPANY, "promotion-model", KEY_CHOICE, MEMBER(struct config, promotion_model),
     "within-priority", 0, 0, promotion_models, 0, M_KEY_COMPANY_PROMOTION_MODEL},

    {SECTION_COMPANY, "cancellation-point", KEY_CHOICE, MEMBER(struct config, change_point),
     "approved", 0, 0, change_points, 0, M_KEY_COMPANY_CANCELLATION_POINT},
    {SECTION_COMPANY, "change-ask-days", KEY_COUNT, MEMBER(struct config, change_ask_days), "3", 0,
     3650, NULL, 0, M_KEY_COMPANY_CHANGE_ASK_DAYS},

    {SECTION_COMPANY, "address-doubts", KEY_CHOICE, MEMBER(struct config, address_doubts), "warn",
     0, 0, doubts, 0, M_KEY_COMPANY_ADDRESS_DOUBTS},

    {SECTION_COMPANY, "stock-shortage", KEY_CHOICE, MEMBER(struct config, stock_shortage), "ignore",
     0, 0, shortages, 0, M_KEY_COMPANY_STOCK_SHORTAGE},

    {SECTION_COMPANY, "silent-parcel-hours", KEY_COUNT, MEMBER(struct config, silent_parcel_hours),
     "48", 0, 8760, NULL, 0, M_KEY_COMPANY_SILENT_PARCEL_HOURS},
    {SECTION_COMPANY, "silent-release-hours", KEY_COUNT,
     MEMBER(struct config, silent_release_hours), "24", 0, 8760, NULL, 0,
     M_KEY_COMPANY_SILENT_RELEASE_HOURS},
    {SECTION_COMPANY, "stop-answer-hours", KEY_COUNT, MEMBER(struct config, stop_answer_hours), "8",
     0, 8760, NULL, 0, M_KEY_COMPANY_STOP_ANSWER_HOURS},
    {SECTION_COMPANY, "stop-reminders", KEY_COUNT, MEMBER(struct config, stop_reminders), "2", 0,
     100, NULL, 0, M_KEY_COMPANY_STOP_REMINDERS},
    {SECTION_COMPANY, "payment-tolerance", KEY_PERCENT,
     MEMBER(struct config, payment_tolerance_micros), "0%", 0, 100 * PERCENT, NULL, 0,
     M_KEY_COMPANY_PAYMENT_TOLERANCE},
    {SECTION_COMPANY, "payment-tolerance-amount", KEY_COUNT,
     MEMBER(struct config, payment_tolerance_minor), "0", 0, 1000000000, NULL, 0,
     M_KEY_COMPANY_PAYMENT_TOLERANCE_AMOUNT},
    {SECTION_COMPANY, "deposit", KEY_PERCENT, MEMBER(struct config, deposit_micros), "0%", 0,
     100 * PERCENT, NULL, 0, M_KEY_COMPANY_DEPOSIT},

    {SECTION_COMPANY, "list-currency", KEY_CURRENCY, MEMBER(struct config, list_currency), "",
     NO_RANGE, M_KEY_COMPANY_LIST_CURRENCY},

    {SECTION_COMPANY, "email", KEY_EMAIL, MEMBER(struct config, email), "", NO_RANGE,
     M_KEY_COMPANY_EMAIL},

    {SECTION_COMPANY, "working-days", KEY_ROLES, MEMBER(struct config, working_days),
     "mon tue wed thu fri", 0, 0, weekdays, 0, M_KEY_COMPANY_WORKING_DAYS},
    {SECTION_COMPANY, "working-hours", KEY_HOURS, MEMBER(struct config, working_hours),
     "09:00-18:00", NO_RANGE, M_KEY_COMPANY_WORKING_HOURS},

    {SECTION_COMPANY, "fiscal-year-begins", KEY_MONTH_DAY, MEMBER(struct config, year_begins),
     "01-01", NO_RANGE, M_KEY_COMPANY_FISCAL_YEAR_BEGINS},
    {SECTION_COMPANY, "pdf-converter", KEY_COMMAND, MEMBER(struct config, pdf.converter),
     "weasyprint --quiet {in} {out}", NO_RANGE, M_KEY_COMPANY_PDF_CONVERTER},
    {SECTION_COMPANY, "pdf-timeout", KEY_DURATION, MEMBER(struct config, pdf.timeout_ms), "60s",
     100, HOURS, NULL, 0, M_KEY_COMPANY_PDF_TIMEOUT},

    {SECTION_LIMITS, "file-size", KEY_SIZE, MEMBER(struct limits, file_bytes_max), "1GiB", KIB,
     64 * GIB, NULL, 0, M_KEY_LIMITS_FILE_SIZE},
    {SECTION_LIMITS, "files-per-fetch", KEY_COUNT, MEMBER(struct limits, files_per_fetch_max),
     "10000", 1, 1000000, NULL, 0, M_KEY_LIMITS_FILES_PER_FETCH},
    {SECTION_LIMITS, "listing", KEY_COUNT, MEMBER(struct limits, listing_max), "100000", 1,
     10000000, NULL, 0, M_KEY_LIMITS_LISTING},
    {SECTION_LIMITS, "master-shrink-max", KEY_PERCENT,
     MEMBER(struct limits, master_shrink_max_micros), "50%", 0, 100 * PERCENT, NULL, 0,
     M_KEY_LIMITS_MASTER_SHRINK_MAX},
    {SECTION_LIMITS, "price-move-max", KEY_PERCENT, MEMBER(struct limits, price_move_max_micros),
     "50%", 0, 10000 * PERCENT, NULL, 0, M_KEY_LIMITS_PRICE_MOVE_MAX},

    {SECTION_LIMITS, "exchange-rate-days", KEY_COUNT, MEMBER(struct limits, rate_days_max), "7", 0,
     3650, NULL, 0, M_KEY_LIMITS_EXCHANGE_RATE_DAYS},

    {SECTION_DELAY, "warn", KEY_YES_NO, MEMBER(struct delay_policy, is_on), "no", NO_RANGE,
     M_KEY_DELAY_WARN},
    {SECTION_DELAY, "to", KEY_PARTNER, MEMBER(struct delay_policy, to), "", NO_RANGE,
     M_KEY_DELAY_TO},
    {SECTION_DELAY, "tell-customers", KEY_YES_NO, MEMBER(struct delay_policy, tells_customers),
     "no", NO_RANGE, M_KEY_DELAY_TELL_CUSTOMERS},
    {SECTION_DELAY, "samples-min", KEY_COUNT, MEMBER(struct delay_policy, samples_min), "20", 1,
     200, NULL, 0, M_KEY_DELAY_SAMPLES_MIN},
    {SECTION_DELAY, "approval-hours", KEY_COUNT,
     MEMBER(struct delay_policy, usual_hours[PACE_APPROVAL]), "8", 0, 8760, NULL, 0,
     M_KEY_DELAY_APPROVAL_HOURS},
    {SECTION_DELAY, "approval-hours-most", KEY_COUNT,
     MEMBER(struct delay_policy, most_hours[PACE_APPROVAL]), "24", 0, 8760, NULL, 0,
     M_KEY_DELAY_APPROVAL_HOURS_MOST},
    {SECTION_DELAY, "payment-hours", KEY_COUNT,
     MEMBER(struct delay_policy, usual_hours[PACE_PAYMENT]), "40", 0, 8760, NULL, 0,
     M_KEY_DELAY_PAYMENT_HOURS},
    {SECTION_DELAY, "payment-hours-most", KEY_COUNT,
     MEMBER(struct delay_policy, most_hours[PACE_PAYMENT]), "120", 0, 8760, NULL, 0,
     M_KEY_DELAY_PAYMENT_HOURS_MOST},
    {SECTION_DELAY, "warehouse-hours", KEY_COUNT,
     MEMBER(struct delay_policy, usual_hours[PACE_WAREHOUSE]), "8", 0, 8760, NULL, 0,
     M_KEY_DELAY_WAREHOUSE_HOURS},
    {SECTION_DELAY, "warehouse-hours-most", KEY_COUNT,
     MEMBER(struct delay_policy, most_hours[PACE_WAREHOUSE]), "16", 0, 8760, NULL, 0,
     M_KEY_DELAY_WAREHOUSE_HOURS_MOST},
    {SECTION_DELAY, "transit-hours", KEY_COUNT,
     MEMBER(struct delay_policy, usual_hours[PACE_TRANSIT]), "72", 0, 8760, NULL, 0,
     M_KEY_DELAY_TRANSIT_HOURS},
    {SECTION_DELAY, "transit-hours-most", KEY_COUNT,
     MEMBER(struct delay_policy, most_hours[PACE_TRANSIT]), "120", 0, 8760, NULL, 0,
     M_KEY_DELAY_TRANSIT_HOURS_MOST},

    {SECTION_TRACKING, "folder", KEY_TEXT, MEMBER(struct tracking_policy, folder), "", NO_RANGE,
     M_KEY_TRACKING_FOLDER},
    {SECTION_TRACKING, "key-file", KEY_SECRET, MEMBER(struct tracking_policy, key_file), "",
     NO_RANGE, M_KEY_TRACKING_KEY_FILE},
    {SECTION_TRACKING, "url", KEY_TEXT, MEMBER(struct tracking_policy, url), "", NO_RANGE,
     M_KEY_TRACKING_URL},
    {SECTION_TRACKING, "contact", KEY_TEXT, MEMBER(struct tracking_policy, contact), "", NO_RANGE,
     M_KEY_TRACKING_CONTACT},
    {SECTION_TRACKING, "map", KEY_YES_NO, MEMBER(struct tracking_policy, has_map), "yes", NO_RANGE,
     M_KEY_TRACKING_MAP},
    {SECTION_TRACKING, "from", KEY_TEXT, MEMBER(struct tracking_policy, from), "", NO_RANGE,
     M_KEY_TRACKING_FROM},
    {SECTION_TRACKING, "keep-days", KEY_COUNT, MEMBER(struct tracking_policy, keep_days), "30", 0,
     3650, NULL, 0, M_KEY_TRACKING_KEEP_DAYS},

    {SECTION_PLANNING, "promise", KEY_YES_NO, MEMBER(struct planning_policy, is_on), "no", NO_RANGE,
     M_KEY_PLANNING_PROMISE},
    {SECTION_PLANNING, "more-warehouses", KEY_LIST, MEMBER(struct planning_policy, more_warehouses),
     "", NO_RANGE, M_KEY_PLANNING_MORE_WAREHOUSES},
    {SECTION_PLANNING, "warehouse-rule", KEY_CHOICE, MEMBER(struct planning_policy, warehouse_rule),
     "in-order", 0, 0, warehouse_rules, 0, M_KEY_PLANNING_WAREHOUSE_RULE},
    {SECTION_PLANNING, "delivery", KEY_CHOICE, MEMBER(struct planning_policy, delivery), "complete",
     0, 0, delivery_rule_names, 0, M_KEY_PLANNING_DELIVERY},
    {SECTION_PLANNING, "cut-off", KEY_TIME, MEMBER(struct planning_policy, cut_off_ms), "24:00",
     NO_RANGE, M_KEY_PLANNING_CUT_OFF},
    {SECTION_PLANNING, "pick-days", KEY_COUNT, MEMBER(struct planning_policy, pick_days), "1", 0,
     365, NULL, 0, M_KEY_PLANNING_PICK_DAYS},
    {SECTION_PLANNING, "transit-days", KEY_COUNT, MEMBER(struct planning_policy, transit_days), "3",
     0, 365, NULL, 0, M_KEY_PLANNING_TRANSIT_DAYS},

    {SECTION_REPORT, "steady-most", KEY_PERCENT, MEMBER(struct report_policy, x_most_micros), "50%",
     0, 1000 * PERCENT, NULL, 0, M_KEY_REPORT_STEADY_MOST},
    {SECTION_REPORT, "varying-most", KEY_PERCENT, MEMBER(struct report_policy, y_most_micros),
     "100%", 0, 1000 * PERCENT, NULL, 0, M_KEY_REPORT_VARYING_MOST},
    {SECTION_REPORT, "slow-days", KEY_COUNT, MEMBER(struct report_policy, slow_days), "90", 1, 3650,
     NULL, 0, M_KEY_REPORT_SLOW_DAYS},

    {SECTION_PARTNER, "name", KEY_TEXT, MEMBER(struct partner, name), "", NO_RANGE,
     M_KEY_PARTNER_NAME},
    {SECTION_PARTNER, "roles", KEY_ROLES, MEMBER(struct partner, roles), "", 0, 0, roles,
     KEY_REQUIRED, M_KEY_PARTNER_ROLES},
    {SECTION_PARTNER, "language", KEY_CHOICE, MEMBER(struct partner, language), "en", 0, 0,
     languages, 0, M_KEY_PARTNER_LANGUAGE},
    {SECTION_PARTNER, "format", KEY_CHOICE, MEMBER(struct partner, format), "xml", 0, 0, formats, 0,
     M_KEY_PARTNER_FORMAT},
    {SECTION_PARTNER, "acceptance", KEY_CHOICE, MEMBER(struct partner, acceptance), "per-order", 0,
     0, acceptances, 0, M_KEY_PARTNER_ACCEPTANCE},
    {SECTION_PARTNER, "encoding", KEY_ENCODING, MEMBER(struct partner, encoding), "", NO_RANGE,
     M_KEY_PARTNER_ENCODING},
    {SECTION_PARTNER, "mappings", KEY_TEXT, MEMBER(struct partner, mappings), "", NO_RANGE,
     M_KEY_PARTNER_MAPPINGS},
    {SECTION_PARTNER, "currency", KEY_CURRENCY, MEMBER(struct partner, default_currency), "",
     NO_RANGE, M_KEY_PARTNER_CURRENCY},
    {SECTION_PARTNER, "country", KEY_COUNTRY, MEMBER(struct partner, default_country), "", NO_RANGE,
     M_KEY_PARTNER_COUNTRY},
    {SECTION_PARTNER, "customer", KEY_CODE, MEMBER(struct partner, customer), "", NO_RANGE,
     M_KEY_PARTNER_CUSTOMER},
    {SECTION_PARTNER, "channel", KEY_CODE, MEMBER(struct partner, channel), "", NO_RANGE,
     M_KEY_PARTNER_CHANNEL},

    {SECTION_PARTNER, "email", KEY_EMAIL, MEMBER(struct partner, email), "", NO_RANGE,
     M_KEY_PARTNER_EMAIL},

    {SECTION_PARTNER, "status-times", KEY_TIMES, MEMBER(struct partner, status_times), "", NO_RANGE,
     M_KEY_PARTNER_STATUS_TIMES},
    {SECTION_PARTNER, "expect-hours", KEY_MAYBE, MEMBER(struct partner, expect_hours), "", 0, 8760,
     NULL, 0, M_KEY_PARTNER_EXPECT_HOURS},
    {SECTION_PARTNER, "list-currency", KEY_CURRENCY, MEMBER(struct partner, list_currency), "",
     NO_RANGE, M_KEY_PARTNER_LIST_CURRENCY},

    {SECTION_PARTNER, "price-difference", KEY_CHOICE, MEMBER(struct partner, price_policy.beyond),
     "hold", 0, 0, expectations, 0, M_KEY_PARTNER_PRICE_DIFFERENCE},
    {SECTION_PARTNER, "price-tolerance", KEY_PERCENT,
     MEMBER(struct partner, price_policy.tolerance_micros), "1%", 0, 100 * PERCENT, NULL, 0,
     M_KEY_PARTNER_PRICE_TOLERANCE},
    {SECTION_PARTNER, "price-tolerance-amount", KEY_COUNT,
     MEMBER(struct partner, price_policy.tolerance_minor), "0", 0, 1000000000, NULL, 0,
     M_KEY_PARTNER_PRICE_TOLERANCE_AMOUNT},

    {SECTION_PARTNER, "freight", KEY_CHOICE, MEMBER(struct partner, price_policy.freight), "stated",
     0, 0, freights, 0, M_KEY_PARTNER_FREIGHT},

    {SECTION_MAILBOX, "fetch", KEY_PLACE, MEMBER(struct mailbox, fetch_path), "", NO_RANGE,
     M_KEY_MAILBOX_FETCH},
    {SECTION_MAILBOX, "deliver", KEY_PLACE, MEMBER(struct mailbox, deliver_path), "", NO_RANGE,
     M_KEY_MAILBOX_DELIVER},
    {SECTION_MAILBOX, "host-key", KEY_LIST, MEMBER(struct mailbox, host_keys), "", NO_RANGE,
     M_KEY_MAILBOX_HOST_KEY},
    {SECTION_MAILBOX, "key-file", KEY_SECRET, MEMBER(struct mailbox, key_file), "", NO_RANGE,
     M_KEY_MAILBOX_KEY_FILE},
    {SECTION_MAILBOX, "passphrase-file", KEY_SECRET, MEMBER(struct mailbox, passphrase_file), "",
     NO_RANGE, M_KEY_MAILBOX_PASSPHRASE_FILE},
    {SECTION_MAILBOX, "password-file", KEY_SECRET, MEMBER(struct mailbox, password_file), "",
     NO_RANGE, M_KEY_MAILBOX_PASSWORD_FILE},
    {SECTION_MAILBOX, "agent", KEY_YES_NO, MEMBER(struct mailbox, uses_agent), "no", NO_RANGE,
     M_KEY_MAILBOX_AGENT},
    {SECTION_MAILBOX, "patterns", KEY_LIST, MEMBER(struct mailbox, patterns), "", NO_RANGE,
     M_KEY_MAILBOX_PATTERNS},
    {SECTION_MAILBOX, "temporary", KEY_LIST, MEMBER(struct mailbox, temporary_patterns),
     ".* *.part *.tmp *.filepart *.partial", NO_RANGE, M_KEY_MAILBOX_TEMPORARY},
    {SECTION_MAILBOX, "ready", KEY_CHOICE, MEMBER(struct mailbox, readiness), "stable", 0, 0,
     readinesses, 0, M_KEY_MAILBOX_READY},
    {SECTION_MAILBOX, "marker", KEY_CODE, MEMBER(struct mailbox, marker_suffix), ".done", NO_RANGE,
     M_KEY_MAILBOX_MARKER},
    {SECTION_MAILBOX, "settle", KEY_DURATION, MEMBER(struct mailbox, settle_ms), "2s", 0, HOURS,
     NULL, 0, M_KEY_MAILBOX_SETTLE},
    {SECTION_MAILBOX, "after", KEY_CHOICE, MEMBER(struct mailbox, afterwards), "delete", 0, 0,
     afterwards, 0, M_KEY_MAILBOX_AFTER},
    {SECTION_MAILBOX, "move-to", KEY_TEXT, MEMBER(struct mailbox, move_to), "", NO_RANGE,
     M_KEY_MAILBOX_MOVE_TO},
    {SECTION_MAILBOX, "connections", KEY_INTEGER, MEMBER(struct mailbox, connections), "4", 1, 8,
     NULL, 0, M_KEY_MAILBOX_CONNECTIONS},
    {SECTION_MAILBOX, "connect-timeout", KEY_DURATION, MEMBER(struct mailbox, connect_timeout_ms),
     "20s", 100, HOURS, NULL, 0, M_KEY_MAILBOX_CONNECT_TIMEOUT},
    {SECTION_MAILBOX, "idle-timeout", KEY_DURATION, MEMBER(struct mailbox, idle_timeout_ms), "60s",
     100, HOURS, NULL, 0, M_KEY_MAILBOX_IDLE_TIMEOUT},
    {SECTION_MAILBOX, "total-timeout", KEY_DURATION, MEMBER(struct mailbox, total_timeout_ms), "1h",
     SECONDS, 24 * HOURS, NULL, 0, M_KEY_MAILBOX_TOTAL_TIMEOUT},
    {SECTION_MAILBOX, "attempts", KEY_INTEGER, MEMBER(struct mailbox, attempts), "3", 1, 20, NULL,
     0, M_KEY_MAILBOX_ATTEMPTS},
    {SECTION_MAILBOX, "backoff", KEY_DURATION, MEMBER(struct mailbox, backoff_ms), "2s", 0, HOURS,
     NULL, 0, M_KEY_MAILBOX_BACKOFF},
    {SECTION_MAILBOX, "backoff-max", KEY_DURATION, MEMBER(struct mailbox, backoff_max_ms), "30s", 0,
     HOURS, NULL, 0, M_KEY_MAILBOX_BACKOFF_MAX},

    {SECTION_SCHEDULE, "report", KEY_WORD, MEMBER(struct schedule, report), "sales", 0, 0, reports,
     0, M_KEY_SCHEDULE_REPORT},
    {SECTION_SCHEDULE, "every", KEY_CHOICE, MEMBER(struct schedule, period), "week", 0, 0,
     report_period_names, KEY_REQUIRED, M_KEY_SCHEDULE_EVERY},
    {SECTION_SCHEDULE, "to", KEY_TEXT, MEMBER(struct schedule, to), "", 0, 0, NULL, KEY_REQUIRED,
     M_KEY_SCHEDULE_TO},
    {SECTION_SCHEDULE, "on", KEY_NTH, MEMBER(struct schedule, working_day), "", NO_RANGE,
     M_KEY_SCHEDULE_ON},
    {SECTION_SCHEDULE, "forms", KEY_SOME, MEMBER(struct schedule, forms), "html csv xlsx", 0, 0,
     report_form_names, 0, M_KEY_SCHEDULE_FORMS},

    {SECTION_HOLD, "releasers", KEY_PEOPLE, MEMBER(struct hold_policy, releasers), "", NO_RANGE,
     M_KEY_HOLD_RELEASERS},
    {SECTION_HOLD, "blocks", KEY_CHOICE, MEMBER(struct hold_policy, blocks), "", 0, 0,
     hold_blocks_names, 0, M_KEY_HOLD_BLOCKS},
    {SECTION_HOLD, "expires-days", KEY_COUNT, MEMBER(struct hold_policy, expires_days), "0", 0,
     3650, NULL, 0, M_KEY_HOLD_EXPIRES_DAYS},
};
const size_t config_key_count = sizeof config_keys / sizeof config_keys[0];

const struct config_key *
config_key_find(enum section_kind section, const char *name)
{
    for (size_t index = 0; index < config_key_count; index++) {
        if (config_keys[index].section == section && strcmp(config_keys[index].name, name) == 0) {
            return &config_keys[index];
        }
    }
    return NULL;
}

static const char *
in_units(const struct config_key *key, int64_t number, struct arena *arena)
{
    if (key->type == KEY_SIZE) {
        return number % GIB == 0 ? arena_format(arena, "%lldGiB", (long long)(number / GIB))
                                 : arena_format(arena, "%lldKiB", (long long)(number / KIB));
    }
    if (key->type == KEY_PERCENT) {
        return arena_format(arena, "%lld%%", (long long)(number / PERCENT));
    }
    if (key->type == KEY_DURATION) {
        return number % HOURS == 0 && number != 0
                   ? arena_format(arena, "%lldh", (long long)(number / HOURS))
               : number % SECONDS == 0 ? arena_format(arena, "%llds", (long long)(number / SECONDS))
                                       : arena_format(arena, "%lldms", (long long)number);
    }
    return arena_format(arena, "%lld", (long long)number);
}

const char *
config_key_range(const struct config_key *key, struct arena *arena)
{
    if (key->choices != NULL) {
        const char *text = key->choices[0];
        for (const char *const *choice = key->choices + 1; *choice != NULL; choice++) {
            text = arena_format(arena, "%s, %s", text, *choice);
        }
        return text;
    }
    if (key->max != 0) {
        return arena_format(arena, "%s to %s", in_units(key, key->min, arena),
                            in_units(key, key->max, arena));
    }
    return key->type == KEY_YES_NO ? "yes, no" : "";
}
