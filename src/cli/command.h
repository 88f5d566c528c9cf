/* command.h -- the commands of purser, their options, and what a command is handed.
 *
 * A command lives in one cmd_*.c and is one row of the table in command.c; parsing, help,
 * completion and what must be open before it runs follow from the row.  stdout is data (or what a
 * person asked to see), stderr is talk.
 *
 * Only src/cli prints.  Everything a command shows goes through cli->out, so that a failed write is
 * noticed once.
 */
#ifndef PURSER_COMMAND_H
#define PURSER_COMMAND_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/log.h"
#include "config/config.h"
#include "order/message.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct store;

/* X(enumerator, "long name", letter or 0, "ARGUMENT" or NULL, help) */
#define CLI_OPTIONS(X)                                                                             \
    X(OPTION_HOME, "home", 0, "DIR", M_OPTION_HOME)                                                \
    X(OPTION_JSON, "json", 0, NULL, M_OPTION_JSON)                                                 \
    X(OPTION_QUIET, "quiet", 'q', NULL, M_OPTION_QUIET)                                            \
    X(OPTION_VERBOSE, "verbose", 'v', NULL, M_OPTION_VERBOSE)                                      \
    X(OPTION_AS_OF, "as-of", 0, "TIME", M_OPTION_AS_OF)                                            \
    X(OPTION_LANG, "lang", 0, "en|zh", M_OPTION_LANG)                                              \
    X(OPTION_HELP, "help", 'h', NULL, M_OPTION_HELP)                                               \
    X(OPTION_VERSION, "version", 'V', NULL, M_OPTION_VERSION)                                      \
    X(OPTION_ONLY, "only", 0, "STATION,..", M_OPTION_ONLY)                                         \
    X(OPTION_DRY_RUN, "dry-run", 'n', NULL, M_OPTION_DRY_RUN)                                      \
    X(OPTION_PARTNER, "partner", 0, "ID", M_OPTION_PARTNER)                                        \
    X(OPTION_STATE, "state", 0, "STATE", M_OPTION_STATE)                                           \
    X(OPTION_LIMIT, "limit", 0, "N", M_OPTION_LIMIT)                                               \
    X(OPTION_FORMAT, "format", 0, "FORMAT", M_OPTION_FORMAT)                                       \
    X(OPTION_OUTPUT, "output", 'o', "FILE", M_OPTION_OUTPUT)                                       \
    X(OPTION_FROM, "from", 0, "DAY", M_OPTION_FROM)                                                \
    X(OPTION_TO, "to", 0, "DAY", M_OPTION_TO)                                                      \
    X(OPTION_REASON, "reason", 0, "TEXT", M_OPTION_REASON)                                         \
    X(OPTION_PERSON, "person", 0, "NAME", M_OPTION_PERSON)                                         \
    X(OPTION_GRAPH, "graph", 0, NULL, M_OPTION_GRAPH)                                              \
    X(OPTION_NETWORK, "network", 0, NULL, M_OPTION_NETWORK)                                        \
    X(OPTION_DUMP, "dump", 0, NULL, M_OPTION_DUMP)                                                 \
    X(OPTION_ENCODING, "encoding", 0, "NAME", M_OPTION_ENCODING)                                   \
    X(OPTION_CUSTOMER, "customer", 0, "CODE", M_OPTION_CUSTOMER)                                   \
    X(OPTION_SKU, "sku", 0, "SKU", M_OPTION_SKU)                                                   \
    X(OPTION_QTY, "qty", 0, "N", M_OPTION_QTY)                                                     \
    X(OPTION_UNIT, "unit", 0, "UNIT", M_OPTION_UNIT)                                               \
    X(OPTION_OPTION, "option", 0, "NAME=VALUE", M_OPTION_OPTION)                                   \
    X(OPTION_COUPON, "coupon", 0, "CODE", M_OPTION_COUPON)                                         \
    X(OPTION_FREIGHT, "freight", 0, "AMOUNT", M_OPTION_FREIGHT)                                    \
    X(OPTION_CURRENCY, "currency", 0, "CURRENCY", M_OPTION_CURRENCY)                               \
    X(OPTION_DATE, "date", 0, "DAY", M_OPTION_DATE)                                                \
    X(OPTION_SHIP_TO, "ship-to", 0, "COUNTRY[/REGION]", M_OPTION_SHIP_TO)                          \
    X(OPTION_UNTIL, "until", 0, "DAY", M_OPTION_UNTIL)                                             \
    X(OPTION_BLOCKS, "blocks", 0, "STEP", M_OPTION_BLOCKS)                                         \
    X(OPTION_ONLY_BY, "only-by", 0, "NAMES", M_OPTION_ONLY_BY)                                     \
    X(OPTION_CAUSE, "cause", 0, "CAUSE", M_OPTION_CAUSE)                                           \
    X(OPTION_FAULT, "fault", 0, "WHO", M_OPTION_FAULT)                                             \
    X(OPTION_WAIVE, "waive", 0, "AMOUNT", M_OPTION_WAIVE)                                          \
    X(OPTION_KIND, "kind", 0, "KIND", M_OPTION_KIND)                                               \
    X(OPTION_STRIKE, "strike", 0, "LINES", M_OPTION_STRIKE)                                        \
    X(OPTION_MATRIX, "matrix", 0, "FILE", M_OPTION_MATRIX)                                         \
    X(OPTION_APPROVERS, "approvers", 0, "FILE", M_OPTION_APPROVERS)                                \
    X(OPTION_LINE, "line", 0, "N", M_OPTION_LINE)                                                  \
    X(OPTION_QUANTITY, "quantity", 0, "N", M_OPTION_QUANTITY)                                      \
    X(OPTION_COST, "cost", 0, "AMOUNT", M_OPTION_COST)                                             \
    X(OPTION_AMOUNT, "amount", 0, "AMOUNT", M_OPTION_AMOUNT)                                       \
    X(OPTION_OPEN, "open", 0, NULL, M_OPTION_OPEN)                                                 \
    X(OPTION_UNALLOCATED, "unallocated", 0, NULL, M_OPTION_UNALLOCATED)                            \
    X(OPTION_WAREHOUSE, "warehouse", 0, "ID", M_OPTION_WAREHOUSE)                                  \
    X(OPTION_SET, "set", 0, "LINE:FIELD=VALUE", M_OPTION_SET)                                      \
    X(OPTION_ADD, "add", 0, "LINE:FIELD=VALUE", M_OPTION_ADD)                                      \
    X(OPTION_REMOVE, "remove", 0, "LINE", M_OPTION_REMOVE)                                         \
    X(OPTION_NOTE, "note", 0, "[LINE:]TEXT", M_OPTION_NOTE)                                        \
    X(OPTION_TERMS, "terms", 0, "TERMS", M_OPTION_TERMS)                                           \
    X(OPTION_KNOWN, "known", 0, NULL, M_OPTION_KNOWN)                                              \
    X(OPTION_SINCE, "since", 0, "DAY", M_OPTION_SINCE)                                             \
    X(OPTION_OVERDUE, "overdue", 0, NULL, M_OPTION_OVERDUE)                                        \
    X(OPTION_REFUND, "refund", 0, NULL, M_OPTION_REFUND)                                           \
    X(OPTION_REJECT, "reject", 0, NULL, M_OPTION_REJECT)                                           \
    X(OPTION_PART, "part", 0, "SKU", M_OPTION_PART)                                                \
    X(OPTION_EXCHANGE, "exchange", 0, "SKU", M_OPTION_EXCHANGE)                                    \
    X(OPTION_FILE, "file", 0, "FILE", M_OPTION_FILE)                                               \
    X(OPTION_DECIDE, "decide", 0, "accept|reject", M_OPTION_DECIDE)                                \
    X(OPTION_CHANGE, "change", 0, "NUMBER", M_OPTION_CHANGE)                                       \
    X(OPTION_BY, "by", 0, "DATE", M_OPTION_BY)                                                     \
    X(OPTION_PERIOD, "period", 0, "PERIOD", M_OPTION_PERIOD)                                       \
    X(OPTION_SCHEDULE, "schedule", 0, "NAME", M_OPTION_SCHEDULE)

#define OPTION_AS_ENUM(enumerator, ...) enumerator,
enum cli_option { CLI_OPTIONS(OPTION_AS_ENUM) OPTION_COUNT };

/* The options that every command takes: those before OPTION_ONLY. */
enum { OPTION_COMMON_COUNT = OPTION_ONLY };

struct option_entry {
    const char *name;
    char letter;
    const char *argument; /* NULL: a flag */
    enum message help;
};
extern const struct option_entry option_entries[OPTION_COUNT];

/* What must be there before a command runs. */
enum need {
    NEED_HOME = 1 << 0,   /* the folder; cli->home */
    NEED_CONFIG = 1 << 1, /* and a configuration without mistakes; cli->config */
    NEED_STORE = 1 << 2,  /* and the store, to read; cli->store is NULL before the first run */
    NEED_LOCK = 1 << 3, /* and the run lock, the store to write, and an outbox without left-overs */
};

enum { COMMAND_OPTIONS_MAX = 12 };

struct cli;
struct command {
    const char *name;     /* "order list" */
    const char *operands; /* "ORDER[/LINE]", "" */
    int operands_min;
    int operands_max;
    unsigned int needs;
    enum message summary;
    enum outcome (*run)(struct cli *cli, struct fault *why);
    enum cli_option options[COMMAND_OPTIONS_MAX]; /* beside the common ones; ends with 0 */
};
extern const struct command commands[];
extern const size_t command_count;

/* An option as it was given. */
struct given {
    enum cli_option option;
    const char *value; /* "" of a flag */
};

/* Everything of one start of the program. */
struct cli {
    const struct command *command;
    const char *values[OPTION_COUNT]; /* NULL: not given; flags are "" */
    struct given *given; /* in the order of the command line, for those that may repeat */
    size_t given_count;
    char **operands;
    int operand_count;
    enum language language;
    bool wants_json;
    struct log log;
    struct arena arena; /* until the program ends */
    struct buf out;     /* of stdout */
    FILE *overflow;     /* what goes there before `out`; NULL: nothing */
    const char *home_path;
    int home;
    int state;
    bool has_config;
    struct config config;
    struct store *store;
    int lock;           /* descriptor of the run lock, -1 */
    int64_t started_ms; /* the machine's clock */
    int64_t as_of_ms;
    int exit_code; /* of a command that did what it was asked: 0, or 3 for findings */
};

/* The whole program behind main. */
int cli_main(int argc, char **argv);

/* Read argv into cli; a usage fault says what is wrong and what was perhaps meant. */
MUST_USE enum outcome option_parse(struct cli *cli, int argc, char **argv, struct fault *why);
bool option_allowed(const struct command *command, enum cli_option option);
bool option_given(const struct cli *cli, enum cli_option option);
const char *option_text(const struct cli *cli, enum cli_option option, const char *otherwise);
MUST_USE enum outcome
option_day(const struct cli *cli, enum cli_option option, int32_t *day, struct fault *why);
MUST_USE enum outcome option_number(const struct cli *cli, enum cli_option option,
                                    int64_t otherwise, int64_t *number, struct fault *why);

/* Of --reason, "" when there is none. */
MUST_USE enum outcome
option_reason(const struct cli *cli, bool is_needed, const char **reason, struct fault *why);

/* An amount, or "all": CANCEL_WAIVE_ALL. */
MUST_USE enum outcome
option_waived(const struct cli *cli, enum cli_option option, int64_t *micros, struct fault *why);

const struct command *command_find(const char *name);
/* ", did you mean ...?" for a command that is not there. */
const char *command_near(const char *name, struct arena *arena);

/* Send all that was gathered to stdout.  Nothing is sent while rows are read or the run lock is
 * held: a pager that nobody scrolls would hold up runs as long.  Of output that may be large,
 * cli_set_aside puts what has gathered into a file meanwhile, cli_overflow. */
MUST_USE enum outcome cli_flush(struct cli *cli, struct fault *why);
MUST_USE enum outcome cli_set_aside(struct cli *cli, struct fault *why);
MUST_USE enum outcome cli_overflow(struct cli *cli, FILE **file, struct fault *why);

/* A text of the catalogue to stdout, with {1}, {2} ... replaced. */
void cli_say(struct cli *cli, enum message message);
#define cli_say_with(cli, message, ...)                                                            \
    cli_say_values((cli), (message), (const char *const[]){__VA_ARGS__, NULL})
void cli_say_values(struct cli *cli, enum message message, const char *const *values);
const char *cli_text(const struct cli *cli, enum message message);
#define cli_phrase(cli, message, ...)                                                              \
    cli_phrase_values((cli), (message), (const char *const[]){__VA_ARGS__, NULL})
const char *cli_phrase_values(struct cli *cli, enum message message, const char *const *values);

/* A word of the store, of options and of files ("taken", "per-order") as people read it; --json and
 * options have it as it is. */
const char *cli_word(struct cli *cli, const char *word);

/* {"schema":"purser.NAME/1", -- the caller adds "data" -- }. */
void cli_json_begin(struct cli *cli, struct json *json, const char *name);
void cli_json_end(struct cli *cli, struct json *json);

/* With --json: what was said so far becomes {"data": {"text": ...}}; for what is made to be read.
 */
void cli_json_around(struct cli *cli, const char *name);

/* Amounts and times as a person reads them. */
const char *cli_money(struct cli *cli, int64_t amount_minor, const char *currency);
const char *cli_time(struct cli *cli, int64_t moment_ms);
const char *cli_size(struct cli *cli, int64_t bytes);
const char *cli_age(struct cli *cli, int64_t moment_ms); /* "3 h", between then and as-of */
const char *cli_integer(struct cli *cli, int64_t number);

/* May the text go into documents as it is: UTF-8 without control characters, not too long? */
bool cli_is_presentable(const char *text, size_t bytes_max);

/* May stdout be coloured? */
bool cli_has_colour(const struct cli *cli);

/* "user:NAME", for what a person does at the command line. */
const char *cli_actor(struct cli *cli);

/* Open the store into cli->store, to write (then it is made when missing) or to read (NONE when
 * missing); a store that is gone while files it knew are there is FAULT_STORE. */
MUST_USE enum outcome cli_open_store(struct cli *cli, bool may_change, struct fault *why);

/* Take the run lock and open the store to write (NEED_LOCK does it before a command runs). */
MUST_USE enum outcome cli_lock(struct cli *cli, struct fault *why);

/* Commands, one cmd_*.c each. */
/* A formatter joins these lines, differently each time. */
/* clang-format off */
#define CLI_COMMANDS(X) \
    X(cmd_init) \
    X(cmd_run) \
    X(cmd_status) \
    X(cmd_check) \
    X(cmd_doctor) \
    X(cmd_config_check) \
    X(cmd_config_show) \
    X(cmd_partner_list) \
    X(cmd_partner_show) \
    X(cmd_partner_test) \
    X(cmd_file_list) \
    X(cmd_file_show) \
    X(cmd_file_retry) \
    X(cmd_order_list) \
    X(cmd_order_show) \
    X(cmd_order_trace) \
    X(cmd_order_track) \
    X(cmd_order_late) \
    X(cmd_order_explain) \
    X(cmd_order_amend) \
    X(cmd_order_hold) \
    X(cmd_order_resume) \
    X(cmd_payment_list) \
    X(cmd_payment_assign) \
    X(cmd_production_list) \
    X(cmd_production_show) \
    X(cmd_return_list) \
    X(cmd_return_show) \
    X(cmd_return_request) \
    X(cmd_return_authorise) \
    X(cmd_return_refuse) \
    X(cmd_return_settle) \
    X(cmd_stop_list) \
    X(cmd_stop_answer) \
    X(cmd_price_explain) \
    X(cmd_price_set) \
    X(cmd_order_cancel) \
    X(cmd_price_quote) \
    X(cmd_rule_confirm) \
    X(cmd_rule_reject) \
    X(cmd_rule_backtest) \
    X(cmd_approval_list) \
    X(cmd_approval_test) \
    X(cmd_approval_show) \
    X(cmd_approval_approve) \
    X(cmd_approval_reject) \
    X(cmd_approval_return) \
    X(cmd_approval_delegate) \
    X(cmd_invoice_list) \
    X(cmd_invoice_show) \
    X(cmd_invoice_credit) \
    X(cmd_fee_list) \
    X(cmd_fee_waive) \
    X(cmd_stock_list) \
    X(cmd_stock_show) \
    X(cmd_report_list) \
    X(cmd_report_run) \
    X(cmd_verify) \
    X(cmd_help) \
    X(cmd_version) \
    X(cmd_completion)
/* clang-format on */
#define COMMAND_AS_DECLARATION(function)                                                           \
    enum outcome function(struct cli *cli, struct fault *why) MUST_USE;
CLI_COMMANDS(COMMAND_AS_DECLARATION)

#endif
