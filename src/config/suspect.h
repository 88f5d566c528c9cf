/* suspect.h -- files that ended earlier runs, and how they are worked so that they stop nobody.
 *
 * Before a file is worked, it is noted (suspect_begin) in .purser/working; when a run finds a note
 * there, the run before it was killed, ran out of memory or met a bug of ours in the middle of that
 * file.  Any file may be hit by a kill or a power cut, so the first time it is only worked in a
 * transaction of its own, in its place.  A partner whose files ended DEATHS_LAST runs is worked
 * after all others, when these have their answers.  A file that ended DEATHS_MAX runs is not worked
 * again: it is refused, and its sender and the company's staff are told.
 */
#ifndef PURSER_SUSPECT_H
#define PURSER_SUSPECT_H

#include "config/run.h"

enum {
    DEATHS_LAST = 2, /* all its partner's files together: then they are worked after the others' */
    DEATHS_MAX = 3,  /* of one file: then it is set aside */
};

struct suspect {
    int64_t arrival_id;
    const char *partner;
    const char *name; /* shown safely */
    int64_t deaths;   /* runs that ended in the middle of it */
};

/* How many runs ended in the middle of the file; 0 for nearly all files. */
int64_t suspect_deaths(const struct run *run, int64_t arrival_id);

/* Does the partner wait for its turn?  A run works all stations for the others first, and then,
 * when there are such partners, intake, desk and what follows once more, for them. */
bool suspect_waits(const struct run *run, const char *partner);
bool suspect_any_last(const struct run *run);

/* The file is worked from now on; suspect_end: no file is, after `outcome`, which is returned
 * unless the end cannot be noted. */
MUST_USE enum outcome suspect_begin(struct run *run, int64_t arrival_id, struct fault *why);
MUST_USE enum outcome suspect_end(struct run *run, enum outcome outcome, struct fault *why);

/* The run and the file of a note that an earlier run left; NONE when it left none. */
MUST_USE enum outcome suspect_read(const struct trail *trail, int64_t *run_id, int64_t *arrival_id);

#endif
