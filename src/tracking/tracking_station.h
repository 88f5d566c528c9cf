/* tracking_station.h -- station "track": one page and one JSON file for each order whose customer
 * may look, in the folder of section tracking.
 *
 * A page is written when something that it tells has changed, complete or not at all, under a name
 * that only its customer is told (writers/tracking_link.h), and goes some days after the order has
 * arrived.  Pages are made from the store alone: what a killed run has written is written again
 * with the same bytes.
 */
#ifndef PURSER_TRACKING_STATION_H
#define PURSER_TRACKING_STATION_H

#include "config/run.h"

MUST_USE enum outcome tracking_work(struct run *run, struct fault *why);

#endif
