/* ledger.h -- what leaves is taken off what its warehouse has; see store/store_ledger.h. */
#ifndef PURSER_LEDGER_H
#define PURSER_LEDGER_H

#include "config/run.h"

/* A shipment was matched to its order: a move of each product in it, where orders are planned. */
MUST_USE enum outcome ledger_ship(struct run *run, int64_t shipment_id, struct fault *why);

#endif
