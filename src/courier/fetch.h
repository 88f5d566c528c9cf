/* fetch.h -- private to courier/: the station "fetch".  See courier.h. */
#ifndef PURSER_FETCH_H
#define PURSER_FETCH_H

#include "config/run.h"

MUST_USE enum outcome fetch_work(struct run *run, struct fault *why);

#endif
