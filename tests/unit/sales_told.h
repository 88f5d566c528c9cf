/* sales_told.h -- what the ledger of sales has, in one line. */
#ifndef PURSER_SALES_TOLD_H
#define PURSER_SALES_TOLD_H

#include "desk_world.h"

/* "A-1 ordered 2500+475, A-1 returned -833-158": each entry with net and tax. */
static inline const char *
sales_told(struct world *world)
{
    return world_text(
        world,
        "SELECT coalesce(group_concat(t, ', '), '') FROM (SELECT o.number || ' ' || s.kind || ' ' "
        "||"
        " n.net || CASE WHEN n.tax < 0 THEN '' ELSE '+' END || n.tax AS t FROM sale s"
        " JOIN orders o ON o.id = s.order_id JOIN (SELECT q.id, iif(q.sign = 0, (SELECT"
        " sum(l.net_minor) FROM sale_line l WHERE l.sale_id = q.id), q.sign * p.net_minor) AS net,"
        " iif(q.sign = 0, (SELECT sum(l.tax_minor) FROM sale_line l WHERE l.sale_id = q.id),"
        " q.sign * p.tax_minor) AS tax FROM sale q JOIN order_price p ON p.order_id = q.order_id"
        " AND p.version = q.version) n ON n.id = s.id ORDER BY s.id)");
}

#endif
