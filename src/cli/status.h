/* status.h -- what `purser status` tells, item after item; private to src/cli. */
#ifndef PURSER_STATUS_H
#define PURSER_STATUS_H

#include "cli/command.h"

/* A partner whose files have stopped. */
struct silence {
    const char *document; /* kind */
    int64_t last_ms;      /* of its last file; 0: none ever came */
    int64_t usual_ms;     /* between its files; 0: hours are configured */
    int64_t expected_ms;  /* it should have sent by then; 0 when none ever came */
};

/* One thing that waits. */
struct item {
    const char *what; /* stable name, for --json */
    const char *who;  /* partner id, or "" */
    int64_t count;
    int64_t since_ms;    /* 0: unknown */
    const char *text;    /* for people */
    const char *command; /* to type next, "" */
};

struct status {
    struct cli *cli;
    struct json *json; /* NULL: for people */
    size_t count;
};

void status_add(struct status *status, const struct item *item);
void
status_add_silence(struct status *status, const struct item *item, const struct silence *silence);

/* "purser payment list", with the home when it is another folder; in the arena. */
const char *status_command(struct cli *cli, const char *rest);

/* Orders that come too late, or may. */
MUST_USE enum outcome status_late(struct status *status, struct fault *why);

/* Products of which there is less than nothing. */
MUST_USE enum outcome status_stock(struct status *status, struct fault *why);

/* Changes of orders that somebody must decide about. */
MUST_USE enum outcome status_changes(struct status *status, struct fault *why);

/* Parcels and what carriers tell of them. */
MUST_USE enum outcome status_parcels(struct status *status, struct fault *why);

/* What warehouses and plants are late with, or refuse, and releases without an answer. */
MUST_USE enum outcome status_progress(struct status *status, struct fault *why);

/* Returns that wait for a person, goods of them that do, and authorisations about to end. */
enum { STATUS_RETURN_DAYS = 3 };
MUST_USE enum outcome status_returns(struct status *status, struct fault *why);

/* Partners that did not send what they usually send. */
MUST_USE enum outcome status_partners(struct status *status, struct fault *why);

#endif
