/* deliver.h -- private to courier/: the station "deliver".  See courier.h. */
#ifndef PURSER_DELIVER_H
#define PURSER_DELIVER_H

#include "config/run.h"

MUST_USE enum outcome deliver_work(struct run *run, struct fault *why);

#endif
