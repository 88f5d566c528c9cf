/* config.h -- the configuration of one home folder, read once per command.  The only user of
 * libConfuse.
 *
 * HOME/purser.conf holds the company, limits and schedules; HOME/partners.d/NAME.conf one partner
 * each (keys.h has all keys).  Every mistake is logged with file and line, all at once.  A mistake
 * in purser.conf, or in the file of a partner that purser.conf names, fails the load; one in
 * another partner's file only leaves that partner out (partner_broken_count), so that the others
 * are served. Secrets are never in the configuration, only paths of files that hold them.
 *
 * Ownership: everything lies in the config's own arena until config_close.
 */
#ifndef PURSER_CONFIG_H
#define PURSER_CONFIG_H

#include "base/arena.h"
#include "base/business_calendar.h"
#include "base/decimal.h"
#include "base/fault.h"
#include "base/log.h"
#include "order/message.h"
#include "order/order_hold.h"
#include "order/price_policy.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a partner is to us decides which documents it may send (config_allows). */
enum role {
    ROLE_CUSTOMER =
        1 << 0, /* sends orders; gets acknowledgements, order responses, status, shipment notices */
    ROLE_WAREHOUSE = 1 << 1, /* sends shipments, release statuses; gets releases */
    ROLE_FINANCE = 1 << 2,   /* sends master data; gets reports */
    ROLE_APPROVER = 1 << 3,  /* sends decisions; gets approval requests */
    ROLE_CARRIER = 1 << 4,   /* sends transport events */
    ROLE_PLANT = 1 << 5,     /* sends production statuses; gets production requests */
};

enum file_format { FORMAT_XML, FORMAT_CSV, FORMAT_COUNT };
extern const char *const file_format_names[FORMAT_COUNT]; /* "xml", "csv" */

/* What happens to the good orders of a partly bad file. */
enum acceptance { ACCEPT_PER_ORDER, ACCEPT_ALL_OR_NOTHING, ACCEPT_TEST_ONLY };

/* When a file is complete. */
enum readiness {
    READY_WHEN_STABLE, /* size and time equal in two looks `settle_ms` apart */
    READY_BY_MARKER,   /* NAME + marker_suffix exists (".done"); the marker goes with the file */
    READY_BY_NAME,     /* at once, except temporary names */
};

/* What happens to the partner's copy after a safe landing. */
enum afterwards { AFTER_DELETE, AFTER_MOVE, AFTER_REMEMBER };

enum mailbox_kind { MAILBOX_FOLDER, MAILBOX_SFTP };

/* One place to fetch from or deliver to.  Unset paths are "". */
struct mailbox {
    const char *name; /* unique within the partner */
    enum mailbox_kind kind;
    const char *host; /* sftp only */
    int port;
    const char *user;
    const char **host_keys; /* pinned "SHA256:..." fingerprints as ssh-keygen -l prints them;
                               several for rotation */
    size_t host_key_count;
    const char *key_file; /* private key of ours; the public half beside it with .pub */
    const char *passphrase_file;
    const char *password_file;
    bool uses_agent;
    const char
        *fetch_path; /* remote folder, or local folder relative to home; "" = nothing to fetch */
    const char *deliver_path; /* "" = nothing is delivered here */
    const char **patterns;    /* globs of names to fetch; none = all */
    size_t pattern_count;
    const char **temporary_patterns; /* names still being written; default .*, *.part, *.tmp,
                                      *.filepart, *.partial */
    size_t temporary_pattern_count;
    enum readiness readiness;
    const char *marker_suffix;
    int64_t settle_ms;
    enum afterwards afterwards;
    const char *move_to; /* remote folder for AFTER_MOVE */
    int connections;     /* sftp: at a time, 1 to 8 */
    int64_t connect_timeout_ms;
    int64_t idle_timeout_ms;
    int64_t total_timeout_ms;
    int attempts;           /* tries per run */
    int64_t backoff_ms;     /* before the second try; doubles */
    int64_t backoff_max_ms; /* the cap */
};

/* Times of a day on local clocks, ascending; milliseconds after 00:00. */
enum { DAY_TIMES_MAX = 24 };
struct day_times {
    int64_t at_ms[DAY_TIMES_MAX];
    size_t count;
};

struct partner {
    const char *id; /* [a-z0-9-]{1,32}; also names folders */
    const char *name;
    unsigned int roles;
    enum language language;
    enum file_format format; /* of what we send */
    enum acceptance acceptance;
    const char
        *encoding; /* of CSV files that are not UTF-8, e.g. "GB18030"; "" = only UTF-8 and UTF-16 */
    const char *default_currency; /* for orders that name none; "" = they must */
    const char *default_country;
    const char *list_currency; /* of prices that are converted for orders in a currency that has
                                  none; "" = the company's */
    struct price_policy price_policy;
    const char *customer;      /* customer code of orders that name none; "" = they must */
    const char *channel;       /* by which it orders, for prices by channel; "" = none */
    const char *mappings;      /* file of mappings, for CSV files in its own layout; "" = none */
    const char *mappings_text; /* what stands in it */
    size_t mappings_size;
    const char *email;    /* to which an approver's work lists are addressed; "" = not known */
    int64_t expect_hours; /* without a file, and it is silent; 0: never is, -1: by its rhythm */
    struct day_times status_times; /* its order-status files come then; none = in every run */
    const struct mailbox *mailboxes;
    size_t mailbox_count;
    const char *file; /* configuration file, for messages */
};

enum report_period { PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH, PERIOD_QUARTER, PERIOD_YEAR };
extern const char *const report_period_names[]; /* "day", ..., NULL */

/* A day of each year, that all of them have. */
struct month_day {
    int month;
    int day; /* 1 to 28 */
};

/* What a report is made as; in the order in which the files of one report are numbered. */
enum report_form { REPORT_HTML, REPORT_CSV, REPORT_XLSX, REPORT_PDF, REPORT_FORM_COUNT };
extern const char *const report_form_names[]; /* "html", "csv", "xlsx", "pdf", NULL */

#define REPORT_SCORE_CARD "score-card" /* the report of which each partner gets its own */

struct schedule {
    const char *name;   /* unique */
    const char *report; /* "sales", "approvals" or "delays" */
    enum report_period period;
    int working_day;    /* it waits for the n-th working day after the period; 0: does not wait */
    unsigned int forms; /* bits of enum report_form */
    const char *to;     /* "finance | boss@example.com": partners, and addresses of people */
    const char **recipients; /* the same one by one; see config_recipient */
    size_t recipient_count;
};

/* From where on products count as what they are. */
struct report_policy {
    int64_t x_most_micros; /* class X: the deviation of the months' units, by their mean, at most */
    int64_t y_most_micros; /* class Y; beyond it Z */
    int64_t slow_days;     /* not sold for so many: a slow mover */
};

/* What makes PDFs of pages. */
struct pdf_policy {
    const char *converter; /* a program and its arguments, with {in} and {out}; "": there is none */
    int64_t timeout_ms;
};

struct limits {
    int64_t file_bytes_max;
    int64_t files_per_fetch_max;
    int64_t listing_max;
    int64_t master_shrink_max_micros;
    int64_t rate_days_max;         /* how old an exchange rate may be; 0: any age */
    int64_t price_move_max_micros; /* 0: any */
};

/* Pages that tell customers where their orders are. */
struct tracking_policy {
    const char *folder;   /* they are written there, relative to home; "": none are */
    const char *key_file; /* a secret that their names are made from */
    const char *url;      /* where customers find the folder; "": they are told no address */
    const char *contact;  /* "" or how to ask us */
    const char *from;     /* "Hamburg, DE": the place that parcels leave, of list places; "" */
    const void *key;      /* what that file holds; NULL without a folder */
    size_t key_size;
    bool has_map;
    int64_t keep_days; /* a page goes so long after the order has arrived */
};

/* Which warehouse an order is sent from, where several have it: the first in the order of
 * preference, line by line; or the first that has all of it alone, if one has. */
enum warehouse_rule { WAREHOUSE_IN_ORDER, WAREHOUSE_ONE_PLACE };

/* What happens to an order of which not all is there (table order_plan). */
enum delivery_rule {
    DELIVERY_COMPLETE,
    DELIVERY_BACKORDER,
    DELIVERY_CANCEL_REST,
    DELIVERY_RULE_COUNT
};
extern const char *const delivery_rule_names[]; /* "complete", ..., NULL */

/* Orders are promised a day, by what warehouses and plants have and make. */
struct planning_policy {
    bool is_on;
    const char **more_warehouses; /* partners, in the order of preference, behind config.warehouse
                                   */
    size_t more_warehouse_count;
    enum warehouse_rule warehouse_rule;
    enum delivery_rule delivery; /* of customers whose row says nothing */
    int64_t cut_off_ms;   /* after 00:00: what comes later counts from the next working day */
    int64_t pick_days;    /* working days from a release until the goods leave */
    int64_t transit_days; /* working days under way, where the list of lanes says nothing */
};

/* Stages of an order that take as long as they did before (table stage_sample). */
#define PACE_STAGES(X)                                                                             \
    X(PACE_APPROVAL, "approval")   /* from its receipt to its approval, where somebody decided */  \
    X(PACE_PAYMENT, "payment")     /* from when something is asked to when it is paid */           \
    X(PACE_WAREHOUSE, "warehouse") /* from its release until all of it has left */                 \
    X(PACE_TRANSIT, "transit")     /* from when a parcel left until it is delivered */
#define PACE_AS_ENUM(enumerator, name) enumerator,
enum pace_stage { PACE_STAGES(PACE_AS_ENUM) PACE_STAGE_COUNT };
extern const char *const pace_stage_names[PACE_STAGE_COUNT];

/* Delays are seen before it is too late. */
struct delay_policy {
    bool is_on;
    const char *to;       /* partner of our own that is warned; "": nobody is */
    bool tells_customers; /* of what they are waiting for */
    int64_t samples_min;  /* with fewer, a broader key counts, and then what follows */
    int64_t usual_hours[PACE_STAGE_COUNT]; /* half of them take no longer; of working time but for
                                              transit */
    int64_t most_hours[PACE_STAGE_COUNT];  /* nine of ten do not */
};

/* What follows when the list of stock has less of a product than an order takes. */
enum stock_shortage { SHORTAGE_IGNORED, SHORTAGE_WARNS, SHORTAGE_HOLDS };

/* Holds of one of our own kinds. */
struct hold_policy {
    const char *releasers; /* "anna | boris", users who alone may end them; "": anybody */
    enum hold_blocks blocks;
    int64_t expires_days; /* they end so many days after the one they were placed on; 0: never */
};
/* `actor` is "user:NAME". */
bool hold_policy_lets(const struct hold_policy *policy, const char *actor);

/* What a file says, for `purser config show`: one section with its settings. */
struct config_key;
struct config_setting {
    const struct config_key *key;
    const char **values; /* as written */
    size_t value_count;
    int line;
};
struct config_section {
    int kind; /* enum section_kind */
    const char *title;
    const char *file;
    int line_last; /* of its closing brace */
    struct config_setting *settings;
    size_t setting_count;
    size_t setting_capacity;
};

struct config {
    const char *email; /* that our mails come from; "" = none */
    struct arena arena;
    const char *company_name;
    const char *company_currency;
    const char *time_zone;
    enum language language; /* of what staff read */
    const char
        *list_currency; /* of partners that have none of their own; "" = nothing is converted */
    enum tax_rounding tax_rounding;
    int promotion_model;    /* enum promotion_model of rules/promotion.h, which lies above */
    enum rounding rounding; /* of tax */
    int change_point; /* index in the names of keys.c: from that state on less is a cancellation */
    int64_t change_ask_days; /* working days that a change waits for a person; 0: for ever */
    enum price_difference below_floor;    /* what follows from a line that comes to too little */
    enum price_difference address_doubts; /* what follows from a doubtful delivery address: it warns
                                             or holds */
    enum stock_shortage stock_shortage;
    int64_t payment_tolerance_micros; /* what may be missing of what is asked before the release: */
    int64_t payment_tolerance_minor;  /* so much of it, or this, whichever is more */
    int64_t deposit_micros; /* what a change to a deposit asks of whose row has none; 0: refused */
    int64_t silent_parcel_hours;  /* without a scan, and it is told; 0: never */
    int64_t silent_release_hours; /* a release without an answer, and it is told; 0: never */
    int64_t stop_answer_hours; /* of working time: who is told to stop is reminded then; 0: never */
    int64_t stop_reminders;    /* so many times */
    const char *warehouse;     /* partner that ships */
    int64_t ship_tolerance_over_micros;  /* so much more than ordered may leave, of it */
    int64_t ship_tolerance_under_micros; /* so much less is enough, when nothing more comes */
    bool invoices;                       /* each shipment is invoiced */
    bool charges_over;                   /* so is what leaves beyond the order */
    const char *invoice_prefix;          /* of numbers */
    const char *credit_note_prefix;
    const char *charge_prefix;   /* of what cancellations cost */
    const char *rma_prefix;      /* of the numbers of return authorisations */
    int64_t return_days;         /* so long they hold */
    const char *invoice_copy_to; /* partner that gets a copy of each; "" = none */
    int64_t payment_days;        /* from an invoice to the day it is due */
    unsigned int working_days;   /* WEEKDAY_BITs, at least one */
    struct working_hours working_hours;
    struct limits limits;
    struct tracking_policy tracking;
    struct planning_policy planning;
    struct report_policy report;
    struct delay_policy delay;
    struct hold_policy holds[ORDER_HOLD_KIND_COUNT]; /* that of a person's is not used */
    const struct partner *partners;
    size_t partner_count;
    const struct schedule *schedules;
    size_t schedule_count;
    struct partner *readers; /* of reports, of whom an address is known, their id */
    size_t reader_count;
    struct month_day year_begins; /* quarters and years of reports */
    struct pdf_policy pdf;
    struct config_section *sections; /* in the order of the files; mailboxes behind their partner */
    size_t section_count;
    size_t section_capacity;
    size_t partner_broken_count; /* files of partners.d/ that are left out because of mistakes */
    size_t warning_count;
};

/* Read the configuration below the folder `home`; relative paths in it are relative to home.  Also
 * uses the time zone (zone_use).  FAULT_CONFIG when it fails. */
MUST_USE enum outcome
config_load(struct config *config, int home, struct log *log, struct fault *why);
void config_close(struct config *config);

/* May this partner send shipments: is it the warehouse, or one of the others? */
bool config_ships(const struct config *config, const char *partner);

const struct partner *config_partner(const struct config *config, const char *id); /* NULL: none */

/* Whoever something may be sent to: a partner, or a reader of reports, of whom nothing but an
 * address is known.  NULL: none. */
const struct partner *config_recipient(const struct config *config, const char *id);

/* The forms (bits) of a schedule, by its name; of one that is not there any more, the usual ones.
 */
unsigned int schedule_forms(const struct config *config, const char *name);

const struct schedule *config_schedule(const struct config *config, const char *name); /* or NULL */

#endif
