/* stage.h -- what a courier test stands on: a home folder, a store, partners, and a real sshd on a
 * free loopback port.
 *
 * Life: stage_open, stage_serve (as often as wanted: it replaces the server), stage_close.
 * Everything lies in one folder of mktemp and is removed.  Failing steps end the test (cmocka
 * asserts).
 */
#ifndef PURSER_TESTS_STAGE_H
#define PURSER_TESTS_STAGE_H

#include "config/run.h"
#include "courier/courier.h"
#include "store/store.h"

#include <sys/types.h>

/* Patience is for machines that are busy, where nothing should time out; haste for partners that
 * stay silent on purpose. */
enum { STAGE_PATIENCE_MS = 30000, STAGE_HASTE_MS = 1000 };

enum { STAGE_PARTNERS_MAX = 6, STAGE_PATH_SIZE = 512, STAGE_TEXT_SIZE = 16384 };

struct stage {
    char root[64];
    char user[64];
    int home;
    int port;
    pid_t server;
    char host_key[80];  /* fingerprint of the server's ed25519 key */
    char ecdsa_key[80]; /* and of its ECDSA key */
    const char *pinned[2];
    const char *temporary[5];
    struct config config;
    struct partner partners[STAGE_PARTNERS_MAX];
    struct mailbox mailboxes[STAGE_PARTNERS_MAX];
    struct run run;
    struct log log;
    struct fault why;
    char said[STAGE_TEXT_SIZE]; /* on stderr by the last stage_fetch or stage_deliver */
};

void stage_open(struct stage *stage);
void stage_close(struct stage *stage);

/* Start sshd with these lines added to its configuration; `subsystem` NULL is internal-sftp. */
void stage_serve(struct stage *stage, const char *subsystem, const char *lines);
void stage_stop_server(struct stage *stage);

/* A partner with one SFTP mailbox: remote folders ROOT/ID/out (fetch) and ROOT/ID/in (deliver), our
 * key, host key pinned. */
struct mailbox *stage_partner(struct stage *stage, const char *id);

/* Run the station; the outcome, with what was said in `said` and the counts in stage->run.counts.
 */
enum outcome stage_fetch(struct stage *stage);
enum outcome stage_deliver(struct stage *stage);

/* Files below the root folder. */
void stage_put(struct stage *stage, const char *path, const char *text);
void stage_put_big(struct stage *stage, const char *path, size_t size, unsigned int seed);
bool stage_has(struct stage *stage, const char *path);
int stage_count(struct stage *stage, const char *folder);              /* without dot files */
char *stage_read(struct stage *stage, const char *path, size_t *size); /* malloc */
bool stage_same(struct stage *stage, const char *one, const char *other);
int stage_shell(struct stage *stage, const char *format, ...)
    __attribute__((format(printf, 2, 3))); /* in the root folder */

/* One integer or text out of the store, and a change to it. */
long long stage_number(struct stage *stage, const char *sql);
void stage_text(struct stage *stage, const char *sql, char text[STAGE_PATH_SIZE]);
void stage_execute(struct stage *stage, const char *sql);

/* An outgoing file with its row, `written`. */
void stage_outbox(struct stage *stage, const char *partner, const char *name, const char *text);

/* A proxy in front of the server: see proxy.h; returns its port. */

#endif
