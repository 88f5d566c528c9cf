/* What meets a change or a cancellation of an order, in one run or in the run before.
 *
 * Files of one run are worked by what they are, whichever came first: orders, changes,
 * cancellations, payments, decisions, answers to notices, shipments; of one kind by their names.
 * So within a run a customer's word goes first: what an approver decides of the version before is
 * told to be of another, what is paid is paid of what is left.  What has left while its customer
 * changed its mind is asked back all the same, and too late.  The table says what must come of
 * each. */
#include "desk_world.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define ORDER(quantity)                                                                            \
    HEAD "A-1,2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,1,TEA-1," quantity ",C62\n"
#define CHANGE    "change_number,order_number,version,action,line_number,quantity\n"
#define CANCEL    "cancellation_number,order_number,line_number,quantity\n"
#define DECISION  "partner,order_number,version,decision,reason\n"
#define PAYMENT   "payment_number,kind,partner,order_number,amount,currency,paid_on\n"
#define SHIPPED   "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"
#define LESS      CHANGE "C-1,A-1,,set,1,19\n"
#define MORE      CHANGE "C-1,A-1,,set,1,30\n"
#define LITTLE    CHANGE "C-1,A-1,,set,1,3\n"
#define ALL       CANCEL "X-1,A-1,,\n"
#define TWO       CANCEL "X-1,A-1,1,2\n"
#define APPROVED  DECISION "nordlicht,A-1,1,approve,\n"
#define REJECTED  DECISION "nordlicht,A-1,1,reject,no\n"
#define PAID      PAYMENT "P-1,,nordlicht,A-1,53.55,EUR,2026-11-24\n"
#define THREE_GO  SHIPPED "S-1,nordlicht,A-1,1,TEA-1,3,2026-11-24T08:00:00Z\n"
#define FIVE_GO   SHIPPED "S-1,nordlicht,A-1,1,TEA-1,5,2026-11-24T08:00:00Z\n"
#define NORDLICHT "nordlicht"

struct file {
    const char *partner;
    const char *bytes;
};

/* An order, prepaid or not, then two files in one run: what must have come of it. */
struct race {
    const char *name;
    bool is_prepaid;
    const char *order;
    struct file one, other;
    /* In one run, the one by its name first or last, then the other in the run before: approval,
     * version, fulfilment, payment, ordered-cancelled-asked back; codes of findings, sorted. */
    const char *comes[3];
};

static const struct race races[] = {
    {"change and approval",
     false,
     ORDER("20"),
     {NORDLICHT, LESS},
     {"linwei", APPROVED},
     {"waiting2 none none 19-0-0; DECISION-VERSION", "waiting2 none none 19-0-0; DECISION-VERSION",
      "approved1 released none 20-0-1; CHANGE-STOP-ASKED"}},
    {"change and rejection",
     false,
     ORDER("20"),
     {NORDLICHT, MORE},
     {"linwei", REJECTED},
     {"waiting2 none none 30-0-0; DECISION-VERSION", "waiting2 none none 30-0-0; DECISION-VERSION",
      "refused1 none none 20-0-0; CHANGE-CLOSED"}},
    {"change and cancellation of all",
     false,
     ORDER("20"),
     {NORDLICHT, LESS},
     {NORDLICHT, ALL},
     {"cancelled2 none none 19-19-0; ", "cancelled2 none none 19-19-0; ",
      "cancelled1 none none 20-20-0; CHANGE-CLOSED"}},
    {"change and cancellation of a part",
     false,
     ORDER("20"),
     {NORDLICHT, LESS},
     {NORDLICHT, TWO},
     {"waiting2 none none 19-2-0; ", "waiting2 none none 19-2-0; ", "waiting2 none none 19-0-0; "}},
    {"change and payment",
     true,
     ORDER("5"),
     {NORDLICHT, LITTLE},
     {"ledger", PAID},
     {"approved1 released paid 5-2-0; PAYMENT-OVER", "approved1 released paid 5-2-0; PAYMENT-OVER",
      "approved1 released paid 5-0-2; CHANGE-STOP-ASKED"}},
    {"change to more and payment",
     true,
     ORDER("5"),
     {NORDLICHT, MORE},
     {"ledger", PAID},
     {"waiting2 none none 30-0-0; ", "waiting2 none none 30-0-0; ",
      "approved1 released paid 5-0-0; CHANGE-PAID-FIRST"}},
    {"change and shipment of a part",
     false,
     ORDER("5"),
     {NORDLICHT, LITTLE},
     {"harbour", THREE_GO},
     {"approved1 partly none 5-0-2; CHANGE-STOP-ASKED",
      "approved1 partly none 5-0-2; CHANGE-STOP-ASKED",
      "approved1 partly none 5-0-2; CHANGE-STOP-ASKED"}},
    {"change and shipment of all",
     false,
     ORDER("5"),
     {NORDLICHT, LITTLE},
     {"harbour", FIVE_GO},
     {"approved1 shipped none 5-0-0; CHANGE-STOP-ASKED",
      "approved1 shipped none 5-0-0; CHANGE-STOP-ASKED",
      "approved1 shipped none 5-0-0; CHANGE-REFUSED"}},
    {"change to more and shipment of all",
     false,
     ORDER("5"),
     {NORDLICHT, MORE},
     {"harbour", FIVE_GO},
     {"approved1 shipped none 5-0-0; ", "approved1 shipped none 5-0-0; ",
      "approved1 shipped none 5-0-0; CHANGE-REFUSED"}},
    {"cancellation and shipment of a part",
     false,
     ORDER("5"),
     {NORDLICHT, ALL},
     {"harbour", THREE_GO},
     {"approved1 partly none 5-0-2; CANCEL-ASKED-TO-STOP",
      "approved1 partly none 5-0-2; CANCEL-ASKED-TO-STOP",
      "approved1 partly none 5-0-2; CANCEL-ASKED-TO-STOP"}},
    {"cancellation and shipment of all",
     false,
     ORDER("5"),
     {NORDLICHT, ALL},
     {"harbour", FIVE_GO},
     {"approved1 shipped none 5-0-0; CANCEL-ASKED-TO-STOP",
      "approved1 shipped none 5-0-0; CANCEL-ASKED-TO-STOP",
      "approved1 shipped none 5-0-0; CANCEL-STATE"}},
    {"cancellation and approval",
     false,
     ORDER("20"),
     {NORDLICHT, ALL},
     {"linwei", APPROVED},
     {"cancelled1 none none 20-20-0; DECISION-NOT-OPEN",
      "cancelled1 none none 20-20-0; DECISION-NOT-OPEN",
      "approved1 released none 20-0-20; CANCEL-ASKED-TO-STOP"}},
    {"cancellation and rejection",
     false,
     ORDER("20"),
     {NORDLICHT, ALL},
     {"linwei", REJECTED},
     {"cancelled1 none none 20-20-0; DECISION-NOT-OPEN",
      "cancelled1 none none 20-20-0; DECISION-NOT-OPEN",
      "refused1 none none 20-0-0; CANCEL-STATE"}},
    {"cancellation and payment",
     true,
     ORDER("5"),
     {NORDLICHT, ALL},
     {"ledger", PAID},
     {"cancelled1 none none 5-5-0; ", "cancelled1 none none 5-5-0; ",
      "approved1 released paid 5-0-5; CANCEL-ASKED-TO-STOP"}},
    {"an older version",
     false,
     ORDER("20"),
     {NORDLICHT, CHANGE "C-1,A-1,1,set,1,19\n"},
     {NORDLICHT, CHANGE "C-2,A-1,1,set,1,18\n"},
     {"waiting2 none none 19-0-0; CHANGE-VERSION-OLD",
      "waiting2 none none 18-0-0; CHANGE-VERSION-OLD",
      "waiting2 none none 18-0-0; CHANGE-VERSION-OLD"}},
    {"the same number again",
     false,
     ORDER("20"),
     {NORDLICHT, LESS},
     {NORDLICHT, LESS "\n"},
     {"waiting2 none none 19-0-0; REQUEST-KNOWN", "waiting2 none none 19-0-0; REQUEST-KNOWN",
      "waiting2 none none 19-0-0; REQUEST-KNOWN"}},
    {"the same number, another content",
     false,
     ORDER("20"),
     {NORDLICHT, LESS},
     {NORDLICHT, CHANGE "C-1,A-1,,set,1,18\n"},
     {"waiting2 none none 19-0-0; REQUEST-CONFLICT", "waiting2 none none 18-0-0; REQUEST-CONFLICT",
      "waiting2 none none 18-0-0; REQUEST-CONFLICT"}},
    {"an order that nobody knows",
     false,
     ORDER("20"),
     {NORDLICHT, CHANGE "C-1,A-9,,set,1,1\n"},
     {NORDLICHT, CANCEL "X-1,A-9,,\n"},
     {"waiting1 none none 20-0-0; CHANGE-ORDER-UNKNOWN CHANGE-ORDER-UNKNOWN",
      "waiting1 none none 20-0-0; CHANGE-ORDER-UNKNOWN CHANGE-ORDER-UNKNOWN",
      "waiting1 none none 20-0-0; CHANGE-ORDER-UNKNOWN CHANGE-ORDER-UNKNOWN"}},
    {"an order of somebody else",
     false,
     ORDER("20"),
     {"bluebird", LESS},
     {"bluebird", ALL},
     {"waiting1 none none 20-0-0; CHANGE-ORDER-UNKNOWN CHANGE-ORDER-UNKNOWN",
      "waiting1 none none 20-0-0; CHANGE-ORDER-UNKNOWN CHANGE-ORDER-UNKNOWN",
      "waiting1 none none 20-0-0; CHANGE-ORDER-UNKNOWN CHANGE-ORDER-UNKNOWN"}},
};

static int
set_up(void **state)
{
    world_setup(state);
    struct world *world = *state;
    world->config.company_currency = "EUR";
    world_do(world, "UPDATE approval_matrix SET same_day = 'no'");
    return 0;
}

static const char *
standing(struct world *world)
{
    return world_text(
        world, "SELECT o.approval || o.version || ' ' || o.fulfilment || ' ' || o.payment || ' ' ||"
               " (SELECT sum(quantity_micros) / 1000000 FROM order_line l WHERE l.order_id = o.id"
               " AND l.version = o.version) || '-' || (SELECT coalesce(sum(quantity_micros), 0) /"
               " 1000000 FROM order_cancelled c WHERE c.order_id = o.id AND c.version = o.version)"
               " || '-' || (SELECT coalesce(sum(l.quantity_micros - l.gone_micros), 0) /"
               " 1000000 FROM stop_notice s"
               " JOIN stop_notice_line l ON l.notice_id = s.id WHERE s.state = 'asked') FROM"
               " orders o");
}

static const char *
codes(struct world *world)
{
    return world_text(world, "SELECT coalesce(group_concat(code, ' '), '') FROM (SELECT code FROM"
                             " finding WHERE code NOT LIKE 'MASTER%' ORDER BY code)");
}

/* Both come before the run. */
static void
race(const struct race *race, int mode)
{
    const bool is_other_first = mode > 0;
    struct world *world = NULL;
    void *state = NULL;
    char said[500];
    set_up(&state);
    world = state;
    if (race->is_prepaid) {
        world_do(world, "UPDATE customer SET payment_terms = 'prepaid' WHERE code = 'C100'");
    }
    world_come(world, NORDLICHT, race->order);
    const struct file *first = is_other_first ? &race->other : &race->one;
    const struct file *second = is_other_first ? &race->one : &race->other;
    world_land(world, first->partner, "a.csv", first->bytes);
    if (mode == 2) {
        world_work(world);
    }
    world_land(world, second->partner, "b.csv", second->bytes);
    world_work(world);
    size_t size = (size_t)snprintf(said, sizeof said, "%.200s; ", standing(world));
    snprintf(said + size, sizeof said - size, "%.200s", codes(world));
    if (strcmp(said, race->comes[mode]) != 0) {
        fail_msg("%s (%d): %s, not %s", race->name, mode, said, race->comes[mode]);
    }
    world_teardown(&state);
}

static void
whoever_comes_first(void **state)
{
    (void)state;
    for (size_t index = 0; index < sizeof races / sizeof races[0]; index++) {
        for (int mode = 0; mode < 3; mode++) {
            race(&races[index], mode);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(whoever_comes_first)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
