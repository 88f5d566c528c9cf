/* backtest.h -- orders of the past priced again under tables that are not in force.
 *
 * The tables are judged as if they had come in together, and put in force, in a transaction that is
 * undone: nothing stays.  An order is then priced by them and, for all other master data, by the
 * versions that priced it when it was booked, so that what is different is the tables' doing.  What
 * its partner expected does not count: under other prices it would have expected others.  Orders go
 * by date, and what they use of promotions and coupons counts for those behind them; what orders of
 * these days and later really used does not.
 *
 * The approval matrix and the list of approvers are tried by themselves: who would be asked about
 * the orders at the prices they have, those that were refused included, by these tables and by
 * those in force.  (What a customer owed is not known any
 * more: such an order counts as one of which no limit is known.)
 *
 * Memory holds one order at a time; the sums are rows of the store (store_backtest.h), to be read
 * before backtest_close. */
#ifndef PURSER_BACKTEST_H
#define PURSER_BACKTEST_H

#include "config/run.h"
#include "order/document.h"
#include "order/finding.h"

struct backtest;

/* Begins the transaction.  The days are those of the orders, both included. */
MUST_USE enum outcome backtest_open(struct backtest **backtest, struct run *run, int32_t from,
                                    int32_t to, struct fault *why);
/* Undoes everything.  NULL is fine. */
void backtest_close(struct backtest *backtest);

/* A table, with a good row of it, or the next row.  A row of a key that was there is a finding.
 * FAULT_USAGE: another file brought a table of this kind, or one that is not tried with it; `name`
 * is said then. */
MUST_USE enum outcome
backtest_add_row(struct backtest *backtest, const char *name, const struct document *document,
                 struct findings *findings, struct fault *why);

/* All tables are there: judge that of a kind, in the order of kinds.  Errors mean that it could not
 * come into force. */
MUST_USE enum outcome backtest_judge(struct backtest *backtest, enum document_kind kind,
                                     struct findings *findings, struct fault *why);

/* Is it the question who is asked? */
bool backtest_is_of_approvals(const struct backtest *backtest);

/* Price the orders of the period, or decide who is asked about them.  All tables were judged and
 * are good. */
MUST_USE enum outcome backtest_price(struct backtest *backtest, struct fault *why);

#endif
