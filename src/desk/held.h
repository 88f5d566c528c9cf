/* held.h -- private to desk/: master data that wait for a person, when a later file comes. */
#ifndef PURSER_HELD_H
#define PURSER_HELD_H

#include "config/run.h"
#include "store/store_interchange.h"

/* A file of the same master as `later` that waits is refused, and its sender told: who confirms
 * must not bring back what is older. */
MUST_USE enum outcome
held_give_way(struct run *run, const struct interchange *later, struct fault *why);

#endif
