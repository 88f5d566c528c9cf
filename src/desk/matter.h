/* matter.h -- one interchange on the desk, and what each kind of document must be able to do;
 * private to src/desk.
 */
#ifndef PURSER_MATTER_H
#define PURSER_MATTER_H

#include "config/run.h"
#include "desk/facts.h"
#include "order/finding.h"
#include "store/store_interchange.h"

struct matter {
    struct run *run;
    struct facts *facts;
    struct interchange *interchange;
    struct findings findings; /* of the desk */
    struct arena arena;       /* of the document being worked; appliers reset it */
    bool is_held;             /* its master data are good, but wait for a person */
    int64_t refused;          /* documents that intake stored and the desk does not take */
};

struct applier {
    /* Apply all documents of the interchange; what is wrong with them is a finding and counted in
     * refused. */
    MUST_USE enum outcome (*apply)(struct matter *matter, struct fault *why);
    /* Remove the documents from the store; apply was undone before. */
    MUST_USE enum outcome (*discard)(struct matter *matter, struct fault *why);
};

extern const struct applier master_applier;             /* desk_master.c */
extern const struct applier order_applier;              /* desk_order.c */
extern const struct applier decision_applier;           /* desk_decision.c */
extern const struct applier shipment_applier;           /* desk_shipment.c */
extern const struct applier transport_applier;          /* desk_transport.c */
extern const struct applier payment_applier;            /* desk_payment.c */
extern const struct applier stock_applier;              /* desk_stock.c */
extern const struct applier release_status_applier;     /* desk_release_status.c */
extern const struct applier production_status_applier;  /* desk_production_status.c */
extern const struct applier order_change_applier;       /* desk_order_change.c */
extern const struct applier order_cancellation_applier; /* desk_order_cancellation.c */
extern const struct applier stop_status_applier;        /* desk_stop_status.c */
extern const struct applier return_request_applier;     /* desk_return_request.c */
extern const struct applier return_receipt_applier;     /* desk_return_receipt.c */

/* Document after document of the interchange: each step takes the one behind *id, with the matter's
 * arena empty, and says by *id which; NONE: there is none any more. */
MUST_USE enum outcome
matter_each(struct matter *matter,
            enum outcome (*step)(struct matter *matter, int64_t *id, struct fault *why),
            struct fault *why);

/* Text for a finding's value, safe on one line; lies in the matter's arena. */
const char *matter_show(struct matter *matter, const char *text);

#endif
