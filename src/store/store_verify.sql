-- Invariants: each query gives what is wrong, as (value, expected), and no row when all is well.

-- name: verify_arrival_untold
SELECT a.partner || ' ' || a.spool, '' FROM arrival a
WHERE a.state = 'taken' AND NOT EXISTS (SELECT 1 FROM interchange i WHERE i.arrival_id = a.id)
ORDER BY a.partner, a.spool;

-- name: verify_arrival_unmarked
SELECT i.partner || ' ' || i.name, '' FROM interchange i JOIN arrival a ON a.id = i.arrival_id
WHERE a.state <> 'taken' OR a.sha256 <> i.sha256 OR a.partner <> i.partner
ORDER BY i.partner, i.name;

-- name: verify_findings_count
SELECT partner || ' ' || name, CAST(findings AS TEXT) FROM interchange i
WHERE (SELECT count(*) FROM finding f WHERE f.interchange_id = i.id AND f.version = 0) <> min(findings, 1000)
ORDER BY 1;

-- name: verify_interchange_final
SELECT i.partner || ' ' || i.name, i.state FROM interchange i
WHERE i.state <> 'read' AND EXISTS (
    SELECT 1 FROM order_version v JOIN orders o ON o.id = v.order_id AND o.version = v.version
    WHERE v.interchange_id = i.id AND o.approval = 'received')
ORDER BY 1;

-- name: verify_interchange_refused
SELECT i.partner || ' ' || i.name, i.state FROM interchange i
WHERE i.acceptance = 'test' AND i.state <> 'read'
  AND EXISTS (SELECT 1 FROM order_version v WHERE v.interchange_id = i.id)
ORDER BY 1;

-- name: verify_order_version
SELECT o.partner || '/' || o.number, CAST(o.version AS TEXT) FROM orders o
WHERE (SELECT count(*) FROM order_version v WHERE v.order_id = o.id AND v.version <= o.version) <> o.version
   OR EXISTS (SELECT 1 FROM order_version v WHERE v.order_id = o.id AND v.version > o.version)
ORDER BY 1;

-- name: verify_order_lines
SELECT o.partner || '/' || o.number, CAST(v.lines AS TEXT)
FROM order_version v JOIN orders o ON o.id = v.order_id
WHERE v.lines <> (SELECT count(*) FROM order_line l WHERE l.order_id = v.order_id AND l.version = v.version)
   OR v.lines <> (SELECT max(l.ordinal) FROM order_line l WHERE l.order_id = v.order_id AND l.version = v.version)
ORDER BY 1;

-- name: verify_order_parties
SELECT o.partner || '/' || o.number, '' FROM order_version v JOIN orders o ON o.id = v.order_id
WHERE NOT EXISTS (SELECT 1 FROM order_party p
                  WHERE p.order_id = v.order_id AND p.version = v.version AND p.role = 'sold-to')
ORDER BY 1;

-- name: verify_order_totals
SELECT o.partner || '/' || o.number, CAST(p.gross_minor AS TEXT)
FROM order_price p JOIN orders o ON o.id = p.order_id
LEFT JOIN (SELECT order_id, version, sum(net_minor) AS net, sum(tax_minor) AS tax, count(*) AS lines
           FROM order_line_price GROUP BY order_id, version) s ON s.order_id = p.order_id AND s.version = p.version
LEFT JOIN (SELECT order_id, version, sum(net_minor) AS net, sum(tax_minor) AS tax
           FROM order_freight GROUP BY order_id, version) f ON f.order_id = p.order_id AND f.version = p.version
JOIN order_version v ON v.order_id = p.order_id AND v.version = p.version
WHERE p.gross_minor <> p.net_minor + p.freight_minor + p.tax_minor OR s.net IS NULL OR s.net <> p.net_minor
   OR s.tax + coalesce(f.tax, 0) <> p.tax_minor OR s.lines <> v.lines
   OR coalesce(f.net, 0) <> p.freight_minor OR (p.freight_minor > 0) <> (v.freight_micros > 0)
ORDER BY 1;

-- name: verify_order_parts
SELECT o.partner || '/' || o.number, CAST(l.net_minor AS TEXT)
FROM (SELECT order_id, version, ordinal, sum(net_minor) AS net FROM order_line_part GROUP BY order_id, version, ordinal) s
JOIN orders o ON o.id = s.order_id
LEFT JOIN order_line_price l ON l.order_id = s.order_id AND l.version = s.version AND l.ordinal = s.ordinal
WHERE l.net_minor IS NULL OR s.net <> l.net_minor
ORDER BY 1;

-- name: verify_order_unpriced
SELECT o.partner || '/' || o.number, o.approval FROM orders o
WHERE o.approval IN ('waiting', 'approved')
  AND NOT EXISTS (SELECT 1 FROM order_price p JOIN order_price_trace t ON t.order_id = p.order_id AND t.version = p.version
                  WHERE p.order_id = o.id AND p.version = o.version)
ORDER BY 1;

-- A line comes to its list amount less its discount and its reductions.  (Of prices that include tax, tax was taken out of that; whoever
-- is exempt pays less.)
-- name: verify_order_reductions
SELECT o.partner || '/' || o.number, CAST(l.ordinal AS TEXT)
FROM order_line_price l
JOIN order_price p ON p.order_id = l.order_id AND p.version = l.version
JOIN orders o ON o.id = l.order_id
LEFT JOIN (SELECT order_id, version, ordinal, sum(reduction_minor) AS reduction FROM order_line_reduction
           GROUP BY order_id, version, ordinal) r
    ON r.order_id = l.order_id AND r.version = l.version AND r.ordinal = l.ordinal
WHERE l.list_minor - l.discount_minor - coalesce(r.reduction, 0) <> l.net_minor + CASE WHEN p.includes_tax = 1 THEN l.tax_minor ELSE 0 END
  AND NOT (p.includes_tax = 1 AND l.tax_minor = 0)
ORDER BY 1, l.ordinal;

-- name: verify_promotion_totals
WITH counted(kind, code, customer, uses, spent_minor) AS (
    SELECT kind, code, customer, uses, spent_minor FROM promotion_total
    UNION ALL SELECT 'promotion', promotion, '', -uses, -spent_minor FROM promotion_use WHERE is_released = 0
    UNION ALL SELECT 'promotion', promotion, customer, -uses, -spent_minor FROM promotion_use WHERE is_released = 0
    UNION ALL SELECT 'coupon', coupon, '', -1, -spent_minor FROM promotion_use WHERE is_released = 0 AND coupon <> ''
    UNION ALL SELECT 'coupon', coupon, customer, -1, -spent_minor FROM promotion_use WHERE is_released = 0 AND coupon <> '')
SELECT kind || ' ' || code || ' ' || customer, CAST(sum(uses) AS TEXT) || ' ' || CAST(sum(spent_minor) AS TEXT)
FROM counted GROUP BY kind, code, customer
HAVING sum(uses) <> 0 OR sum(spent_minor) <> 0
ORDER BY 1;

-- name: verify_promotion_released
SELECT DISTINCT o.partner || '/' || o.number, o.approval FROM promotion_use u JOIN orders o ON o.id = u.order_id
WHERE u.is_released <> (o.approval IN ('refused', 'cancelled') OR u.version < o.version)
  AND NOT (u.is_released = 1 -- what stays of the order does not use it any more
           AND EXISTS (SELECT 1 FROM charge g WHERE g.order_id = o.id AND g.kind = 'claw-back'))
ORDER BY 1;

-- name: verify_approval_open
SELECT o.partner || '/' || o.number, o.approval FROM orders o
LEFT JOIN (SELECT order_id, count(*) AS steps FROM approval WHERE state = 'open' GROUP BY order_id) a
    ON a.order_id = o.id
WHERE coalesce(a.steps, 0) <> (o.approval = 'waiting')
  AND NOT (o.approval = 'waiting' AND a.steps IS NULL AND EXISTS (
      SELECT 1 FROM order_hold h WHERE h.order_id = o.id AND h.ended_ms IS NULL AND h.blocks <> 'release'))
ORDER BY 1;

-- name: verify_approval_persons
SELECT o.partner || '/' || o.number, a.state FROM approval a JOIN orders o ON o.id = a.order_id
WHERE (a.state <> 'open' AND EXISTS (SELECT 1 FROM approval_person p WHERE p.approval_id = a.id AND p.state = 'asked'))
   OR (a.state = 'open' AND (a.asked > 0)
       <> EXISTS (SELECT 1 FROM approval_person p WHERE p.approval_id = a.id AND p.state = 'asked'))
ORDER BY 1;

-- name: verify_awaiting_price
SELECT o.partner || '/' || o.number, o.approval FROM orders o
LEFT JOIN order_awaiting_price a ON a.order_id = o.id
WHERE (a.order_id IS NULL) = (o.approval = 'unpriced')
ORDER BY 1;

-- name: verify_customer_days
WITH counted(customer, day, currency, orders, net_minor, gross_minor) AS (
    SELECT customer, day, currency, orders, net_minor, gross_minor FROM customer_day
    UNION ALL SELECT p.customer, p.day, p.currency, -1, -p.net_minor, -p.gross_minor
    FROM order_price p JOIN orders o ON o.id = p.order_id AND o.version = p.version
    WHERE o.approval IN ('approved', 'waiting') -- one by rule waits while it is held before its approval
      AND NOT EXISTS (SELECT 1 FROM approval a WHERE a.order_id = p.order_id AND a.version = p.version))
SELECT customer || ' ' || currency || ' ' || day, CAST(sum(orders) AS TEXT) FROM counted GROUP BY customer, day, currency
HAVING sum(orders) <> 0 OR sum(net_minor) <> 0 OR sum(gross_minor) <> 0
ORDER BY 1;

-- The ledger of sales has each approved order once, less what is cancelled of it, and all others not.
-- name: verify_sales
SELECT o.partner || '/' || o.number, o.version || '' FROM orders o
WHERE (SELECT coalesce(sum(s.sign), 0) FROM sale s WHERE s.order_id = o.id) <> (o.approval = 'approved')
   OR (o.approval = 'approved'
       AND (1 <> (SELECT coalesce(sum(s.sign), 0) FROM sale s WHERE s.order_id = o.id AND s.version = o.version)
            OR EXISTS (SELECT 1 FROM order_cancelled c
                       JOIN order_line_price p ON p.order_id = c.order_id AND p.version = c.version AND p.ordinal = c.ordinal
                       WHERE c.order_id = o.id AND c.version = o.version
                         AND (c.quantity_micros, c.net_minor, c.tax_minor)
                             IS NOT (SELECT -sum(l.quantity_micros), -sum(l.net_minor), -sum(l.tax_minor)
                                     FROM sale s JOIN sale_line l ON l.sale_id = s.id
                                     WHERE s.order_id = o.id AND s.version = o.version AND s.kind = 'cancelled'
                                       AND l.ordinal = c.ordinal))))
   OR EXISTS (SELECT 1 FROM sale s JOIN sale_line l ON l.sale_id = s.id
              WHERE s.order_id = o.id AND (s.version <> o.version OR o.approval <> 'approved')
              GROUP BY s.version, l.ordinal HAVING sum(l.net_minor) <> 0 OR sum(l.quantity_micros) <> 0)
   OR EXISTS (SELECT 1 FROM sale s WHERE s.order_id = o.id
                AND (s.list_minor, s.net_minor, s.freight_minor, s.tax_minor, s.cost_minor, s.costed_minor, s.rounded_minor)
                    IS NOT (SELECT s.sign * sum(l.net_minor + l.reduced_minor), s.sign * sum(l.net_minor), s.sign * p.freight_minor,
                                   s.sign * p.tax_minor,
                                   s.sign * sum(coalesce(l.cost_minor, 0)), s.sign * sum(iif(l.cost_minor IS NULL, 0, l.net_minor)),
                                   s.sign * sum(l.rounded_minor)
                            FROM order_price p JOIN line_sold l ON l.order_id = p.order_id AND l.version = p.version
                            WHERE p.order_id = s.order_id AND p.version = s.version))
ORDER BY 1;

-- name: verify_customer_sales
WITH counted(customer, currency, order_day, day, orders, net_minor) AS (
    SELECT customer, currency, order_day, day, orders, net_minor FROM customer_sale
    UNION ALL SELECT p.customer, p.currency, s.order_day, s.day, -s.sign, -s.sign * p.net_minor
    FROM sale s JOIN order_price p ON p.order_id = s.order_id AND p.version = s.version
    UNION ALL SELECT p.customer, p.currency, s.order_day, s.day, 0, -l.net_minor
    FROM sale s JOIN sale_line l ON l.sale_id = s.id JOIN order_price p ON p.order_id = s.order_id AND p.version = s.version)
SELECT customer || ' ' || currency || ' ' || day, CAST(sum(orders) AS TEXT) FROM counted
GROUP BY customer, currency, order_day, day HAVING sum(orders) <> 0 OR sum(net_minor) <> 0
ORDER BY 1;

-- name: verify_product_months
WITH counted(sku, unit, month, order_month, quantity_micros, kept_day, told_day) AS (
    SELECT sku, unit, month, order_month, quantity_micros, last_day, NULL FROM product_month
    UNION ALL SELECT l.sku, l.unit,
           CAST(strftime('%Y', s.day * 86400, 'unixepoch') AS INTEGER) * 12 + CAST(strftime('%m', s.day * 86400, 'unixepoch') AS INTEGER) - 1,
           CAST(strftime('%Y', s.order_day * 86400, 'unixepoch') AS INTEGER) * 12 + CAST(strftime('%m', s.order_day * 86400, 'unixepoch') AS INTEGER) - 1,
           -s.sign * l.quantity_micros, NULL, iif(s.sign = 1, s.order_day, NULL)
    FROM sale s JOIN order_line l ON l.order_id = s.order_id AND l.version = s.version
    JOIN order_line_price p ON p.order_id = l.order_id AND p.version = l.version AND p.ordinal = l.ordinal
    WHERE s.sign <> 0
    UNION ALL SELECT k.sku, k.unit,
           CAST(strftime('%Y', s.day * 86400, 'unixepoch') AS INTEGER) * 12 + CAST(strftime('%m', s.day * 86400, 'unixepoch') AS INTEGER) - 1,
           CAST(strftime('%Y', s.order_day * 86400, 'unixepoch') AS INTEGER) * 12 + CAST(strftime('%m', s.order_day * 86400, 'unixepoch') AS INTEGER) - 1,
           -l.quantity_micros, NULL, NULL
    FROM sale s JOIN sale_line l ON l.sale_id = s.id
    JOIN order_line k ON k.order_id = s.order_id AND k.version = s.version AND k.ordinal = l.ordinal)
SELECT sku || ' ' || month / 12 || '-' || (month % 12 + 1), CAST(sum(quantity_micros) AS TEXT) FROM counted
GROUP BY sku, unit, month, order_month HAVING sum(quantity_micros) <> 0 OR max(kept_day) IS NOT max(told_day)
ORDER BY 1;

-- name: verify_shipped
SELECT o.partner || '/' || o.number, o.fulfilment
FROM orders o
JOIN (SELECT g.order_id, g.version, g.number, g.quantity_micros - coalesce(c.quantity_micros, 0) AS quantity_micros
      FROM (SELECT order_id, version, ordinal, number, quantity_micros FROM order_line
            UNION ALL
            SELECT order_id, version, 100000 + ordinal, number, quantity_micros FROM order_free_line) g
      LEFT JOIN order_cancelled c ON c.order_id = g.order_id AND c.version = g.version AND c.ordinal = g.ordinal) l
    ON l.order_id = o.id AND l.version = o.version
LEFT JOIN (SELECT sh.order_id, sl.order_line, sum(sl.quantity_micros) AS quantity_micros,
                  max(sl.is_closed) AS is_closed, max(sh.over_micros) AS over_micros
           FROM shipment sh JOIN shipment_line sl ON sl.shipment_id = sh.id
           WHERE sh.order_id IS NOT NULL GROUP BY sh.order_id, sl.order_line) s
    ON s.order_id = o.id AND s.order_line = l.number
GROUP BY o.id
HAVING max(coalesce(s.quantity_micros, 0) - l.quantity_micros
           - l.quantity_micros / 1000000 * coalesce(s.over_micros, 0)) >= 1000000
    OR max(iif(coalesce(s.over_micros, 0) = 0, coalesce(s.quantity_micros, 0) - l.quantity_micros, 0)) > 0
    OR (o.fulfilment IN ('shipped', 'partly-delivered', 'delivered') OR o.approval = 'cancelled') <>
       (min(iif(s.is_closed, 0, coalesce(s.quantity_micros, 0) - l.quantity_micros)) >= 0)
    OR (o.fulfilment IN ('none', 'released') AND max(coalesce(s.quantity_micros, 0)) > 0)
ORDER BY 1;

-- name: verify_shipment_matched
SELECT s.warehouse || ' ' || s.number, i.state FROM shipment s JOIN interchange i ON i.id = s.interchange_id
WHERE (s.order_id IS NULL) <> (i.state = 'read')
ORDER BY 1;

-- name: verify_invoice_numbers
SELECT kind || ' ' || year, CAST(count(*) AS TEXT) FROM invoice
GROUP BY kind, year
HAVING min(sequence) <> 1 OR max(sequence) <> count(*)
ORDER BY 1;

-- name: verify_invoice_totals
SELECT i.number, CAST(i.gross_minor AS TEXT) FROM invoice i
LEFT JOIN (SELECT invoice_id, sum(net_minor) AS net_minor, sum(tax_minor) AS tax_minor FROM invoice_line
           GROUP BY invoice_id) l ON l.invoice_id = i.id
WHERE coalesce(l.net_minor, 0) <> i.net_minor OR coalesce(l.tax_minor, 0) <> i.tax_minor
   OR i.net_minor + i.tax_minor <> i.gross_minor
ORDER BY 1;

-- An invoice is about what its shipment has, and its customer was told.
-- name: verify_invoice_shipments
SELECT i.number, '' FROM invoice i
WHERE i.kind = 'invoice'
  AND (SELECT coalesce(sum(l.quantity_micros), 0) FROM invoice_line l
       WHERE l.invoice_id = i.id AND l.ordinal < 400000) <>
      (SELECT coalesce(sum(k.quantity_micros), 0) FROM shipment_line k WHERE k.shipment_id = i.shipment_id)
ORDER BY 1;

-- Freight is charged once, as it was priced, by the first invoice; and of an order that was cancelled before anything left
-- it is cancelled.
-- name: verify_freight
SELECT o.partner || '/' || o.number, CAST(p.freight_minor AS TEXT)
FROM invoice i JOIN orders o ON o.id = i.order_id
JOIN order_price p ON p.order_id = i.order_id AND p.version = i.version
LEFT JOIN (SELECT invoice_id, sum(net_minor) AS net, sum(tax_minor) AS tax FROM invoice_line
           WHERE ordinal BETWEEN 400001 AND 999999 GROUP BY invoice_id) l ON l.invoice_id = i.id
WHERE i.kind = 'invoice'
  AND (coalesce(l.net, 0), coalesce(l.tax, 0)) IS NOT (
      SELECT coalesce(sum(f.net_minor), 0), coalesce(sum(f.tax_minor), 0) FROM order_freight f
      WHERE f.order_id = i.order_id AND f.version = i.version
        AND i.id = (SELECT min(x.id) FROM invoice x WHERE x.order_id = i.order_id AND x.kind = 'invoice'))
UNION ALL
SELECT o.partner || '/' || o.number, o.approval
FROM orders o JOIN order_price p ON p.order_id = o.id AND p.version = o.version
LEFT JOIN order_cancelled c ON c.order_id = p.order_id AND c.version = p.version AND c.ordinal = 400000
WHERE (o.approval = 'cancelled' OR c.ordinal IS NOT NULL)
  AND (c.net_minor, c.tax_minor) IS NOT (
      SELECT sum(f.net_minor), sum(f.tax_minor) FROM order_freight f
      WHERE f.order_id = o.id AND f.version = o.version AND o.approval = 'cancelled')
ORDER BY 1, 2;

-- name: verify_invoice_told
SELECT i.number, o.partner FROM invoice i JOIN orders o ON o.id = i.order_id
WHERE NOT EXISTS (SELECT 1 FROM outbox_message m
                  WHERE m.invoice_id = i.id AND m.partner = o.partner AND m.kind = 'invoice')
ORDER BY 1;

-- Of a line that was invoiced wholly exactly its price, of another no more.
-- name: verify_invoiced
WITH billed AS (
    SELECT i.order_id, max(i.version) AS version, l.ordinal, sum(l.quantity_micros) AS quantity_micros,
           sum(l.net_minor) AS net_minor, sum(l.tax_minor) AS tax_minor
    FROM invoice i JOIN invoice_line l ON l.invoice_id = i.id
    WHERE i.kind = 'invoice'
    GROUP BY i.order_id, l.ordinal) -- a line keeps its place and its price in later versions
SELECT o.partner || '/' || o.number || '/' || g.number, CAST(p.net_minor AS TEXT)
FROM billed b
JOIN orders o ON o.id = b.order_id
JOIN order_line g ON g.order_id = b.order_id AND g.version = b.version AND g.ordinal = b.ordinal
JOIN order_line_price p ON p.order_id = b.order_id AND p.version = b.version AND p.ordinal = b.ordinal
WHERE (b.quantity_micros <= g.quantity_micros AND (b.net_minor > p.net_minor OR b.tax_minor > p.tax_minor))
   OR (b.quantity_micros = g.quantity_micros AND (b.net_minor <> p.net_minor OR b.tax_minor <> p.tax_minor))
ORDER BY 1;

-- name: verify_credited
SELECT i.number || '/' || l.number, CAST(l.net_minor AS TEXT)
FROM invoice i
JOIN invoice_line l ON l.invoice_id = i.id
JOIN (SELECT n.corrects, iif(k.ordinal BETWEEN 500001 AND 700000, k.package_ordinal, k.ordinal) AS ordinal,
             sum(iif(k.package_ordinal > 0, 0, k.quantity_micros)) AS quantity_micros, sum(k.net_minor) AS net_minor,
             sum(k.tax_minor) AS tax_minor
      FROM invoice n JOIN invoice_line k ON k.invoice_id = n.id
      WHERE n.corrects IS NOT NULL GROUP BY 1, 2) c ON c.corrects = i.id AND c.ordinal = l.ordinal
WHERE c.net_minor > l.net_minor OR c.tax_minor > l.tax_minor
   OR c.quantity_micros + (SELECT count(*) * 1000000 FROM return_unit u WHERE u.invoice_id = i.id AND u.ordinal = l.ordinal)
      > l.quantity_micros - l.uncharged_micros
ORDER BY 1;
-- name: verify_parcels
SELECT p.carrier || ' ' || p.tracking, s.warehouse || ' ' || s.number FROM parcel p JOIN shipment s ON s.id = p.shipment_id
WHERE s.order_id IS NOT p.order_id OR s.tracking <> p.tracking
ORDER BY 1, 2;

-- The ledger of stock.
-- name: verify_stock_sums
SELECT i.warehouse || ' ' || i.sku, CAST((i.on_hand_micros - coalesce(m.effect_micros, 0)) / 1000000 AS TEXT)
FROM stock_item i
LEFT JOIN (SELECT warehouse, sku, sum(effect_micros) AS effect_micros FROM stock_move GROUP BY warehouse, sku) m
    ON m.warehouse = i.warehouse AND m.sku = i.sku
WHERE i.on_hand_micros <> coalesce(m.effect_micros, 0)
ORDER BY 1;

-- name: verify_stock_reports
SELECT DISTINCT i.name, i.state FROM stock_report r JOIN interchange i ON i.id = r.interchange_id WHERE i.state <> 'read'
ORDER BY 1;

-- name: verify_transport_events
SELECT e.carrier || ' ' || e.tracking, e.verdict FROM transport_event e JOIN interchange i ON i.id = e.interchange_id
WHERE (e.verdict = 'read') <> (i.state = 'read') OR e.verdict = 'named'
   OR (e.state = '') <> (e.verdict IN ('read', 'unknown-code'))
   OR e.verdict IN ('applied', 'late', 'contradictory', 'unmatched')
      AND (e.verdict = 'unmatched') = EXISTS (SELECT 1 FROM parcel p WHERE p.carrier = e.carrier AND p.tracking = e.tracking)
ORDER BY 1, 2;

-- name: verify_arrived
SELECT o.partner || '/' || o.number, o.fulfilment
FROM orders o JOIN shipment s ON s.order_id = o.id LEFT JOIN parcel p ON p.shipment_id = s.id
WHERE o.fulfilment IN ('shipped', 'partly-delivered', 'delivered')
GROUP BY o.id
HAVING o.fulfilment <> CASE count(p.delivered_ms) WHEN 0 THEN 'shipped' WHEN count(*) THEN 'delivered' ELSE 'partly-delivered' END
ORDER BY 1;

-- The parcels that are told of, one number after the other.
-- name: verify_tracked
SELECT carrier, tracking FROM parcel WHERE (carrier, tracking) > (:carrier, :tracking) ORDER BY carrier, tracking LIMIT 1;

-- name: verify_standing
SELECT s.warehouse || ' ' || s.number FROM parcel p JOIN shipment s ON s.id = p.shipment_id
WHERE p.carrier = :carrier AND p.tracking = :tracking
  AND NOT (p.state, p.rank, p.cause, p.since_ms, p.last_ms, p.last_event_id, p.events, p.first_eta_from_ms, p.first_eta_to_ms,
           p.eta_from_ms, p.eta_to_ms, p.delivered_ms, p.signed_by, p.proof, p.is_final)
      IS (:state, :rank, :cause, coalesce(:since_ms, s.shipped_ms), coalesce(:last_ms, s.shipped_ms), :last_event_id, :events,
          :first_eta_from_ms, :first_eta_to_ms, :eta_from_ms, :eta_to_ms, :delivered_ms, :signed_by, :proof, :is_final)
ORDER BY 1 LIMIT 1;

-- name: verify_sequences
SELECT partner || ' ' || kind, CAST(count(*) AS TEXT) FROM outbox_file
WHERE same_as IS NULL
GROUP BY partner, kind
HAVING min(sequence) <> 1 OR max(sequence) <> count(*)
ORDER BY 1;

-- Each file holds the messages it says, and each message up to the last one sealed is in one file.
-- name: verify_outbox_messages
SELECT f.partner || ' ' || f.name, CAST(f.messages AS TEXT) FROM outbox_file f
WHERE f.messages <> (SELECT count(*) FROM outbox_message m
                     WHERE m.partner = f.partner AND m.kind = f.kind
                       AND m.number BETWEEN f.first_message AND f.last_message)
   OR f.first_message <> coalesce((SELECT max(g.last_message) FROM outbox_file g
                                   WHERE g.partner = f.partner AND g.kind = f.kind AND g.sequence = f.sequence - 1), 0) + 1
ORDER BY 1;

-- name: verify_acknowledged
SELECT i.partner || ' ' || i.name, CAST(coalesce(m.messages, 0) AS TEXT) FROM interchange i
LEFT JOIN (SELECT interchange_id, count(*) AS messages FROM outbox_message
           WHERE kind = 'acknowledgement' GROUP BY interchange_id) m ON m.interchange_id = i.id
LEFT JOIN master_hold h ON h.interchange_id = i.id
WHERE coalesce(m.messages, 0) <> (i.state <> 'read') + (h.verdict IS NOT NULL)
ORDER BY 1;

-- name: verify_held
SELECT i.partner || ' ' || i.name, i.state FROM interchange i LEFT JOIN master_hold h ON h.interchange_id = i.id
WHERE (i.state = 'held') <> (h.interchange_id IS NOT NULL AND h.verdict IS NULL)
   OR (i.state = 'held' AND NOT EXISTS (
           SELECT 1 FROM master_version v WHERE v.interchange_id = i.id AND v.in_force_ms IS NULL))
ORDER BY 1;

-- (One that was told that it waits is not told again when somebody is asked at last.)
-- name: verify_answered
SELECT o.partner || '/' || o.number, e.event FROM order_event e JOIN orders o ON o.id = e.order_id
LEFT JOIN (SELECT event_id, count(*) AS messages FROM outbox_message
           WHERE kind = 'order-response' GROUP BY event_id) m ON m.event_id = e.id
WHERE e.event IN ('refused', 'approval-held', 'approval-asked', 'approved')
  AND coalesce(m.messages, 0) <> NOT (e.event = 'approval-asked' AND EXISTS (
      SELECT 1 FROM order_event h WHERE h.order_id = e.order_id AND h.version = e.version AND h.event = 'approval-held'))
UNION ALL
SELECT o.partner || '/' || o.number, m.kind FROM outbox_message m JOIN orders o ON o.id = m.order_id
WHERE m.event_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM order_event e WHERE e.id = m.event_id AND e.order_id = m.order_id)
ORDER BY 1;

-- What is cancelled of a line is what its cancellations say, those of versions too that the order grew from, and no more than has not left.
-- name: verify_cancelled
SELECT o.partner || '/' || o.number, CAST(t.ordinal AS TEXT)
FROM (SELECT order_id, version, ordinal, sum(micros) AS micros, sum(net) AS net, sum(tax) AS tax
      FROM (SELECT order_id, version, ordinal, quantity_micros AS micros, net_minor AS net, tax_minor AS tax
            FROM order_cancelled
            UNION ALL
            SELECT c.order_id, c.version, l.ordinal, -l.quantity_micros, -l.net_minor, -l.tax_minor
            FROM cancellation c JOIN cancellation_line l ON l.cancellation_id = c.id
            UNION ALL
            SELECT c.order_id, v.version, l.ordinal, -l.quantity_micros, -l.net_minor, -l.tax_minor
            FROM cancellation c JOIN cancellation_line l ON l.cancellation_id = c.id
            JOIN order_version v ON v.order_id = c.order_id AND v.version > c.version
            WHERE v.version - c.version = (SELECT count(*) FROM order_event e
                                           WHERE e.order_id = c.order_id AND e.event = 'amended'
                                             AND e.version > c.version AND e.version <= v.version))
      GROUP BY order_id, version, ordinal) t JOIN orders o ON o.id = t.order_id
WHERE t.micros <> 0 OR t.net <> 0 OR t.tax <> 0
UNION ALL
SELECT o.partner || '/' || o.number, l.number
FROM order_cancelled c JOIN orders o ON o.id = c.order_id
JOIN order_line l ON l.order_id = c.order_id AND l.version = c.version AND l.ordinal = c.ordinal
WHERE c.quantity_micros > l.quantity_micros
ORDER BY 1, 2;

-- A change that waits was answered so, and its order is not released before somebody has decided.
-- name: verify_change_pending
SELECT o.partner || '/' || o.number, p.state
FROM change_pending p JOIN orders o ON o.id = p.order_id
LEFT JOIN change_answer a ON a.order_id = p.order_id AND a.number = p.number
WHERE a.verdict IS NOT 'waits' OR (p.state = 'open') <> (p.ended_ms IS NULL)
ORDER BY 1;

-- name: verify_cancelled_whole
SELECT o.partner || '/' || o.number, o.approval FROM orders o
WHERE (o.approval = 'cancelled') <> EXISTS (SELECT 1 FROM cancellation c WHERE c.order_id = o.id AND c.is_whole = 1)
ORDER BY 1;

-- name: verify_order_held
SELECT o.partner || '/' || o.number, iif(o.approval = 'approved', o.fulfilment, o.approval)
FROM order_hold h JOIN orders o ON o.id = h.order_id
WHERE h.ended_ms IS NULL AND (o.approval IN ('refused', 'cancelled') OR o.fulfilment <> 'none')
ORDER BY 1;

-- name: verify_order_released
SELECT o.partner || '/' || o.number, o.approval FROM orders o
WHERE o.approval = 'approved' AND o.fulfilment = 'none'
  AND NOT EXISTS (SELECT 1 FROM order_hold h WHERE h.order_id = o.id AND h.ended_ms IS NULL)
  AND NOT EXISTS (SELECT 1 FROM order_plan p WHERE p.order_id = o.id) -- it waits in line
ORDER BY 1;

-- name: verify_credit_totals
WITH counted(customer, currency, orders, gross_minor) AS (
    SELECT customer, currency, orders, gross_minor FROM customer_open
    UNION ALL
    SELECT p.customer, p.currency, -1,
           coalesce((SELECT sum(c.net_minor + c.tax_minor) FROM order_cancelled c
                     WHERE c.order_id = p.order_id AND c.version = p.version), 0) - p.gross_minor
           - coalesce((SELECT sum(g.net_minor + g.tax_minor) FROM charge_open g WHERE g.order_id = p.order_id), 0)
    FROM orders o JOIN order_price p ON p.order_id = o.id AND p.version = o.version
    WHERE o.approval IN ('waiting', 'approved') AND o.fulfilment <> 'shipped'
  AND o.fulfilment <> 'partly-delivered' AND o.fulfilment <> 'delivered'
      AND NOT EXISTS (SELECT 1 FROM order_hold h
                      WHERE h.order_id = o.id AND h.kind = 'credit' AND h.ended_ms IS NULL))
SELECT customer || ' ' || currency, CAST(sum(orders) AS TEXT) || ' ' || CAST(sum(gross_minor) AS TEXT)
FROM counted GROUP BY customer, currency
HAVING sum(orders) <> 0 OR sum(gross_minor) <> 0
ORDER BY 1;

-- name: verify_payment_sums
WITH counted(order_id, currency, paid_minor, refunded_minor) AS (
    SELECT order_id, currency, paid_minor, refunded_minor FROM order_payment
    UNION ALL
    SELECT order_id, currency, iif(kind = 'payment', -amount_minor, 0), iif(kind = 'refund', -amount_minor, 0)
    FROM payment WHERE order_id IS NOT NULL)
SELECT o.partner || '/' || o.number, c.currency FROM counted c JOIN orders o ON o.id = c.order_id
GROUP BY c.order_id, c.currency HAVING sum(c.paid_minor) <> 0 OR sum(c.refunded_minor) <> 0
ORDER BY 1;

-- What is open of an order follows from its invoices and its money, and so does when it moved last; each payment counts for
-- the order that it is allocated to, and for none that it was.
-- name: verify_receivables
WITH moved(order_id, currency, open_minor, moved_ms) AS (
    SELECT order_id, currency, iif(kind = 'credit-note', -gross_minor, gross_minor), issued_ms FROM invoice
    UNION ALL
    SELECT a.order_id, p.currency,
           iif(a.until_ms IS NOT NULL, 0, iif(p.kind = 'payment', -p.amount_minor, p.amount_minor)),
           max(a.from_ms, coalesce(a.until_ms, a.from_ms))
    FROM payment_allocation a JOIN payment p ON p.id = a.payment_id),
counted AS (
    SELECT order_id, currency, sum(open_minor) AS open_minor, max(moved_ms) AS moved_ms FROM moved GROUP BY order_id, currency)
SELECT o.partner || '/' || o.number, c.currency
FROM counted c JOIN orders o ON o.id = c.order_id
LEFT JOIN receivable r ON r.order_id = c.order_id AND r.currency = c.currency
WHERE r.open_minor IS NOT c.open_minor OR r.moved_ms IS NOT c.moved_ms
UNION
SELECT o.partner || '/' || o.number, r.currency
FROM receivable r JOIN orders o ON o.id = r.order_id
WHERE NOT EXISTS (SELECT 1 FROM counted c WHERE c.order_id = r.order_id AND c.currency = r.currency)
UNION
SELECT p.finance || ' ' || p.number, p.currency FROM payment p
WHERE (SELECT count(*) FROM payment_allocation a WHERE a.payment_id = p.id AND a.until_ms IS NULL) <> (p.order_id IS NOT NULL)
   OR EXISTS (SELECT 1 FROM payment_allocation a
              WHERE a.payment_id = p.id AND a.until_ms IS NULL AND a.order_id IS NOT p.order_id)
ORDER BY 1, 2;

-- name: verify_payment_state
SELECT o.partner || '/' || o.number, o.payment
FROM orders o
LEFT JOIN order_payment m ON m.order_id = o.id
LEFT JOIN order_price p ON p.order_id = o.id AND p.version = o.version
WHERE o.payment <> CASE WHEN o.approval <> 'approved' OR coalesce(m.required_minor, 0) = 0 THEN 'none'
                        WHEN m.paid_minor - m.refunded_minor >= m.enough_minor THEN 'paid'
                        WHEN m.paid_minor > m.refunded_minor THEN 'part'
                        ELSE 'due' END
   OR m.refunded_minor > m.paid_minor OR m.enough_minor > m.required_minor
   OR (o.approval = 'approved' AND m.owed_minor <> max(0,
           m.paid_minor - m.refunded_minor
         - max(0, p.gross_minor - coalesce((
               SELECT sum(c.net_minor + c.tax_minor) FROM order_cancelled c
               WHERE c.order_id = o.id AND c.version = o.version), 0)
             - coalesce((SELECT sum(i.gross_minor) FROM invoice i JOIN invoice x ON x.id = i.corrects AND x.kind <> 'charge'
                         WHERE i.order_id = o.id), 0)
             - coalesce((SELECT sum(t.unbilled_minor) FROM return_taken t
                         WHERE t.return_id IN (SELECT r.id FROM return_authorisation r WHERE r.order_id = o.id)), 0)
             + coalesce((SELECT sum(k.net_minor + k.tax_minor) FROM return_gift k
                         WHERE k.invoice_id IS NULL
                           AND k.return_id IN (SELECT r.id FROM return_authorisation r WHERE r.order_id = o.id)), 0))
         - coalesce((SELECT sum(g.net_minor + g.tax_minor) FROM charge_open g WHERE g.order_id = o.id), 0)))
   OR (o.approval IN ('refused', 'cancelled') AND m.owed_minor <> max(0, m.paid_minor - m.refunded_minor - coalesce((
           SELECT sum(g.net_minor + g.tax_minor) FROM charge_open g WHERE g.order_id = o.id), 0)))
   OR (o.approval = 'approved' AND m.currency <> p.currency)
ORDER BY 1;

-- name: verify_payment_released
SELECT o.partner || '/' || o.number, o.payment
FROM orders o JOIN order_price p ON p.order_id = o.id AND p.version = o.version
WHERE (o.payment IN ('due', 'part') AND o.fulfilment <> 'none'
       AND NOT EXISTS (SELECT 1 FROM order_hold h
                       WHERE h.order_id = o.id AND h.kind = 'payment'
                         AND h.how IN ('resumed', 'expired', 'cleared')))
   OR p.payment_terms <> coalesce((SELECT nullif(v.terms, '') FROM order_version v
                                   WHERE v.order_id = o.id AND v.version = o.version), p.payment_terms)
   OR (o.approval = 'approved' AND p.payment_terms = 'prepaid' AND p.gross_minor > 0 AND o.payment = 'none')
   OR (o.payment = 'paid' AND EXISTS (SELECT 1 FROM order_hold h
                                      WHERE h.order_id = o.id AND h.kind = 'payment' AND h.ended_ms IS NULL))
ORDER BY 1;

-- name: verify_releases
SELECT o.partner || '/' || o.number, coalesce(r.state, '') FROM orders o LEFT JOIN warehouse_release r ON r.order_id = o.id
WHERE (o.fulfilment <> 'none' AND r.id IS NULL)
   OR (o.fulfilment IN ('shipped', 'partly-delivered', 'delivered') AND r.state NOT IN ('shipped', 'refused', 'stopped'))
ORDER BY 1;

-- name: verify_production
SELECT x.plant || ' ' || x.number, x.state FROM production x
WHERE (x.state = 'done') <> (x.done_micros = x.quantity_micros)
   OR x.done_micros <> coalesce((SELECT max(CASE WHEN n.done_micros IS NOT NULL THEN n.done_micros
                                                 WHEN n.status = 'done' THEN x.quantity_micros END)
                                 FROM production_news n WHERE n.production_id = x.id), 0)
   OR x.number <> (SELECT count(*) FROM production y WHERE y.plant = x.plant AND y.number <= x.number)
ORDER BY x.plant, x.number;

-- name: verify_production_told
SELECT x.plant || ' ' || x.number, x.state FROM production x
LEFT JOIN (SELECT production_id, sum(reminder = 0) AS asked, sum(reminder = 1) AS taken_back FROM outbox_message
           WHERE kind = 'production-request' GROUP BY production_id) m ON m.production_id = x.id
WHERE coalesce(m.asked, 0) <> 1 OR coalesce(m.taken_back, 0) > 1
   OR (x.state = 'stopped' AND coalesce(m.taken_back, 0) = 0
       AND NOT EXISTS (SELECT 1 FROM production_news n WHERE n.production_id = x.id AND n.status = 'stopped')
       AND NOT EXISTS (SELECT 1 FROM stop_notice s
                       WHERE s.order_id = x.order_id AND s.production_id = x.id AND s.state IN ('stopped', 'partly')))
ORDER BY x.plant, x.number;

-- Each notice and each reminder was told once, no number is missing, and its state follows from its lines.
-- name: verify_stops
SELECT s.partner || ' ' || s.number, s.state FROM stop_notice s
LEFT JOIN (SELECT notice_id, sum(stopped_micros IS NULL) AS unanswered, sum(quantity_micros) AS asked,
                  sum(stopped_micros) AS stopped, max(coalesce(stopped_micros, 0) + gone_micros > quantity_micros) AS is_over
           FROM stop_notice_line GROUP BY notice_id) l ON l.notice_id = s.id
WHERE s.number <> (SELECT count(*) FROM stop_notice t WHERE t.partner = s.partner AND t.number <= s.number)
   OR (SELECT count(*) FROM outbox_message m WHERE m.stop_id = s.id AND m.partner = s.partner AND m.kind = 'stop-notice')
      <> s.reminders + 1
   OR (s.state <> 'asked' AND s.next_ms IS NOT NULL)
   OR (s.action = 'redirect' AND (l.notice_id IS NOT NULL OR s.state NOT IN ('asked', 'done', 'refused')))
   OR (s.action = 'stop' AND (l.notice_id IS NULL OR l.is_over OR s.cancellation_id IS NULL
                              OR (s.release_id IS NULL) = (s.production_id IS NULL)))
   OR (s.action = 'stop' AND s.state <> CASE WHEN l.unanswered > 0 THEN 'asked' WHEN l.stopped = l.asked THEN 'stopped'
                                             WHEN l.stopped > 0 THEN 'partly' ELSE 'too-late' END)
UNION ALL
-- What a notice stopped is cancelled, by one cancellation of its own.
SELECT s.partner || ' ' || s.number, s.state FROM stop_notice s
WHERE s.state IN ('stopped', 'partly')
  AND (SELECT count(*) FROM cancellation c
       WHERE c.order_id = s.order_id AND c.notice_id = s.id AND c.cost_minor IS s.cost_minor) > 1
UNION ALL
SELECT o.partner || '/' || o.number, CAST(c.number AS TEXT)
FROM cancellation c JOIN orders o ON o.id = c.order_id LEFT JOIN stop_notice s ON s.id = c.notice_id
WHERE c.notice_id IS NOT NULL
  AND (s.id IS NULL OR s.order_id <> c.order_id OR s.state NOT IN ('stopped', 'partly') OR c.cost_minor IS NOT s.cost_minor
       OR EXISTS (SELECT 1 FROM stop_notice_line l JOIN cancellation_line k ON k.cancellation_id = c.id AND k.ordinal = l.ordinal
                  WHERE l.notice_id = s.id AND k.quantity_micros > l.stopped_micros))
ORDER BY 1, 2;

-- name: verify_paths
SELECT o.id, o.partner || '/' || o.number, o.approval, o.fulfilment, o.version, e.event, e.version, e.headline,
       lead(o.id, 1, 0) OVER (ORDER BY o.id, e.id) <> o.id, o.payment
FROM orders o LEFT JOIN order_event e ON e.order_id = o.id
ORDER BY o.id, e.id;

-- name: verify_places
SELECT partner, name, place, sha256, size FROM interchange ORDER BY id;

-- name: verify_landed
SELECT partner, spool, 'spool/' || spool, sha256, size FROM arrival WHERE state = 'landed' ORDER BY id;

-- name: verify_outbox_files
SELECT partner, name, state, sha256, size FROM outbox_file WHERE sha256 IS NOT NULL ORDER BY id;

-- name: verify_known
-- Where files of ours may lie; those of the outbox go from there to sent/, or their partner takes them.
SELECT '', '', place, '', 0 FROM interchange
UNION SELECT '', '', 'spool/' || spool, '', 0 FROM arrival WHERE state <> 'taken'
UNION SELECT '', '', 'outbox/' || partner || '/' || name, '', 0 FROM outbox_file
UNION SELECT '', '', 'sent/' || partner || '/' || name, '', 0 FROM outbox_file
ORDER BY 3;

-- The canonical dump: one text a row, natural keys in place of ids, sorted by them; nothing of the run log, of
-- attempts, or of names that only we see.

-- What is told is numbered without gaps; an order whose end is known waits for nothing.
-- name: verify_delays
SELECT o.partner || '/' || o.number, l.grade FROM order_outlook l JOIN orders o ON o.id = l.order_id
LEFT JOIN delay_warning w ON w.order_id = l.order_id AND w.number = l.warnings
WHERE l.warnings <> (SELECT count(*) FROM delay_warning x WHERE x.order_id = l.order_id)
   OR coalesce(w.grade, 'none') <> l.grade OR coalesce(w.cause, '') <> l.cause
   OR (l.outcome IS NULL) <> (l.next_ms IS NOT NULL) OR (l.outcome IS NULL) <> (l.closed_ms IS NULL)
ORDER BY 1;

-- name: dump_arrival
SELECT json_array('arrival', a.partner, a.mailbox, hex(a.name), a.remote_size, a.size, a.sha256, a.state, a.remote)
FROM arrival a ORDER BY 1;

-- name: dump_interchange
SELECT json_array('interchange', partner, sha256, repetition, name, size, format, document, acceptance, state,
                  duplicate_of IS NOT NULL, substr(place, 1, instr(place, '/') - 1), documents, documents_taken,
                  findings, received_ms)
FROM interchange ORDER BY partner, sha256, repetition;

-- name: dump_lookup
SELECT json_array('lookup', l.partner, l.name, i.sha256, l.columns)
FROM lookup l JOIN interchange i ON i.id = l.interchange_id ORDER BY l.partner, l.name;

-- name: dump_lookup_row
SELECT json_array('lookup-row', l.partner, l.name, r.line, r.key, r.cells)
FROM lookup l JOIN lookup_row r ON r.lookup_id = l.id ORDER BY l.partner, l.name, r.key;

-- name: dump_finding
SELECT json_array('finding', i.partner, i.sha256, i.repetition, f.ordinal, f.code, f.severity, f.line, f.column,
                  f.order_number, f.order_line, f.field, f.value, f.expected, f.hint, f.version)
FROM interchange i JOIN finding f ON f.interchange_id = i.id
ORDER BY i.partner, i.sha256, i.repetition, f.ordinal;

-- name: dump_order
SELECT json_array('order', partner, number, version, approval, fulfilment, payment, received_ms)
FROM orders ORDER BY partner, number;

-- name: dump_order_version
SELECT json_array('order-version', o.partner, o.number, v.version, i.sha256, i.repetition, v.sha256, v.type, v.currency,
                  v.order_date, v.requested_from, v.requested_to, v.coupons, v.lines, v.line, v.column,
                  v.address_doubt, v.terms, v.freight_micros, v.is_ours, v.sales_person)
FROM orders o JOIN order_version v ON v.order_id = o.id JOIN interchange i ON i.id = v.interchange_id
ORDER BY o.partner, o.number, v.version;

-- name: dump_order_line
SELECT json_array('order-line', o.partner, o.number, l.version, l.ordinal, l.number, l.sku, l.description,
                  l.quantity_micros, l.unit, l.expected_price_micros, l.manual_price_micros, l.manual_discount_micros,
                  l.manual_reason,                  l.manual_person, l.manual_is_ours, l.requested_from, l.requested_to, l.options,
                  l.line, l.column, p.price_micros, p.list_minor, p.discount_minor, p.list_exact_micros, p.exact_micros, p.is_as_expected, p.net_minor, p.tax_rate_micros, p.tax_minor,
                  p.rules_price_micros, p.deviation_micros, p.allowed_micros, p.cost_minor, p.least_minor, p.is_below_floor)
FROM orders o JOIN order_line l ON l.order_id = o.id
LEFT JOIN order_line_price p ON p.order_id = l.order_id AND p.version = l.version AND p.ordinal = l.ordinal
ORDER BY o.partner, o.number, l.version, l.ordinal;

-- name: dump_order_freight
SELECT json_array('order-freight', o.partner, o.number, f.version, f.part, f.tax_rate_micros, f.net_minor, f.tax_minor)
FROM orders o JOIN order_freight f ON f.order_id = o.id
ORDER BY o.partner, o.number, f.version, f.part;

-- name: dump_order_line_part
SELECT json_array('order-line-part', o.partner, o.number, p.version, p.ordinal, p.part, p.sku, p.quantity_micros, p.unit,
                  p.list_minor, p.net_minor)
FROM orders o JOIN order_line_part p ON p.order_id = o.id
ORDER BY o.partner, o.number, p.version, p.ordinal, p.part;

-- name: dump_order_party
SELECT json_array('order-party', o.partner, o.number, p.version, p.role, p.code, p.name, p.contact, p.phone, p.email,
                  p.country, p.region, p.city, p.district, p.postal_code, p.street, p.street2)
FROM orders o JOIN order_party p ON p.order_id = o.id
ORDER BY o.partner, o.number, p.version, p.role;

-- name: dump_order_note
SELECT json_array('order-note', o.partner, o.number, n.version, n.ordinal, n.line, n.kind, n.text)
FROM orders o JOIN order_note n ON n.order_id = o.id
ORDER BY o.partner, o.number, n.version, n.ordinal;

-- name: dump_order_price
SELECT json_array('order-price', o.partner, o.number, p.version, p.customer, p.customer_group, p.currency, p.net_minor,
                  p.tax_minor, p.gross_minor, p.freight_minor, p.includes_tax, p.cost_minor, p.day, p.customers_version, p.products_version, p.prices_version,
                  p.promotions_version, p.payment_terms, p.deposit_micros, p.payment_days, t.trace)
FROM orders o JOIN order_price p ON p.order_id = o.id
LEFT JOIN order_price_trace t ON t.order_id = p.order_id AND t.version = p.version
ORDER BY o.partner, o.number, p.version;

-- name: dump_order_reduction
SELECT json_array('order-reduction', o.partner, o.number, r.version, r.ordinal, r.sequence, r.promotion, r.reduction_minor)
FROM orders o JOIN order_line_reduction r ON r.order_id = o.id
ORDER BY o.partner, o.number, r.version, r.ordinal, r.sequence;

-- name: dump_order_free_line
SELECT json_array('order-free-line', o.partner, o.number, f.version, f.ordinal, f.number, f.order_line, f.promotion, f.sku,
                  f.quantity_micros, f.unit, f.owed_micros, f.stock_version)
FROM orders o JOIN order_free_line f ON f.order_id = o.id
ORDER BY o.partner, o.number, f.version, f.ordinal;

-- name: dump_promotion_use
SELECT json_array('promotion-use', o.partner, o.number, u.version, u.promotion, u.coupon, u.customer, u.uses,
                  u.reduction_minor, u.spent_minor, u.is_released)
FROM orders o JOIN promotion_use u ON u.order_id = o.id
ORDER BY o.partner, o.number, u.version, u.promotion;

-- name: dump_promotion_total
SELECT json_array('promotion-total', kind, code, customer, uses, spent_minor) FROM promotion_total
ORDER BY kind, code, customer;

-- name: dump_order_stock
SELECT json_array('order-stock', o.partner, o.number, n.version, n.sku, n.quantity_micros, n.stock_version)
FROM orders o JOIN order_stock n ON n.order_id = o.id ORDER BY o.partner, o.number, n.version, n.sku;

-- name: dump_stock_given
SELECT json_array('stock-given', v.number, g.sku, g.given_micros)
FROM master_version v JOIN stock_given g ON g.version_id = v.id ORDER BY v.number, g.sku;

-- name: dump_order_event
SELECT json_array('order-event', o.partner, o.number, row_number() OVER (PARTITION BY o.id ORDER BY e.id), e.version,
                  e.event, e.headline, e.happened_ms, e.known_ms, e.actor, i.sha256, i.repetition, e.detail)
FROM orders o JOIN order_event e ON e.order_id = o.id LEFT JOIN interchange i ON i.id = e.interchange_id
ORDER BY o.partner, o.number, e.id;

-- name: dump_approval
SELECT json_array('approval', o.partner, o.number, a.version, a.step, a.approvers, a.roles, a.quorum, a.remind_hours, a.escalate_hours, a.decide_hours,
                  a.undecided, a.told, a.amount_minor, a.limit_minor, a.discount_micros, a.wait_reasons,
                  a.currency, a.shown, a.trace, a.state, a.asked_ms, a.decided_ms, a.decided_by, a.reason, a.asked, a.reminders,
                  a.escalated_ms, a.due_ms, a.next_ms)
FROM orders o JOIN approval a ON a.order_id = o.id
ORDER BY o.partner, o.number, a.version, a.step;

-- name: dump_approval_person
SELECT json_array('approval-person', o.partner, o.number, a.version, a.step, p.ordinal, p.slot, p.named, p.person, p.authority,
                  p.chosen, p.chain, p.trace, p.asked_ms, p.state, p.decided_ms, p.decided_by, p.reason)
FROM orders o JOIN approval a ON a.order_id = o.id JOIN approval_person p ON p.approval_id = a.id
ORDER BY o.partner, o.number, a.version, a.step, p.ordinal;

-- name: dump_approval_refused
SELECT json_array('approval-refused', partner, order_number, version, person, verdict, code, at_ms) FROM approval_refused
ORDER BY id;

-- name: dump_order_hold
SELECT json_array('order-hold', o.partner, o.number, h.version, h.kind, h.blocks, h.reason, h.trace, h.since_ms, h.expires,
                  h.placed_by, h.may_end, h.how, h.ended_ms, h.ended_by, h.end_reason)
FROM orders o JOIN order_hold h ON h.order_id = o.id
ORDER BY o.partner, o.number, h.since_ms, h.kind, h.id;

-- name: dump_decision
SELECT json_array('decision', i.partner, i.sha256, i.repetition, d.ordinal, d.partner, d.order_number, d.version,
                  d.verdict, d.reason, d.line)
FROM interchange i JOIN decision d ON d.interchange_id = i.id
ORDER BY i.partner, i.sha256, i.repetition, d.ordinal;

-- name: dump_payment
SELECT json_array('payment', p.finance, p.number, i.sha256, i.repetition, p.kind, p.partner, p.order_number, p.invoice_number,
                  p.amount_minor, p.currency, p.paid_on, p.payer, p.reference, p.line, o.partner, o.number, p.trouble, p.assigned_by)
FROM payment p JOIN interchange i ON i.id = p.interchange_id LEFT JOIN orders o ON o.id = p.order_id
ORDER BY p.finance, p.number;

-- name: dump_order_payment
SELECT json_array('order-payment', o.partner, o.number, m.currency, m.required_minor, m.enough_minor, m.paid_minor,
                  m.refunded_minor, m.owed_minor)
FROM order_payment m JOIN orders o ON o.id = m.order_id
ORDER BY o.partner, o.number;

-- name: dump_partner_rhythm
SELECT json_array('partner-rhythm', r.partner, r.document, r.last_ms, r.arrivals,
                  (SELECT json_group_array(gap_ms)
                   FROM (SELECT gap_ms FROM partner_gap g WHERE g.partner = r.partner AND g.document = r.document
                         ORDER BY g.slot)))
FROM partner_rhythm r ORDER BY r.partner, r.document;

-- name: dump_status_look
SELECT json_array('status-look', partner, looked_ms) FROM status_look ORDER BY partner;

-- name: dump_payment_allocation
SELECT json_array('payment-allocation', p.finance, p.number, o.partner, o.number, a.from_ms, a.until_ms)
FROM payment_allocation a JOIN payment p ON p.id = a.payment_id JOIN orders o ON o.id = a.order_id
ORDER BY p.finance, p.number, a.id;

-- name: dump_receivable
SELECT json_array('receivable', o.partner, o.number, r.currency, r.open_minor, r.moved_ms)
FROM receivable r JOIN orders o ON o.id = r.order_id
ORDER BY o.partner, o.number, r.currency;

-- name: dump_shipment
SELECT json_array('shipment', s.warehouse, s.number, i.sha256, i.repetition, s.partner, s.order_number,
                  s.order_id IS NOT NULL, s.shipped_ms, s.carrier, s.tracking, s.load, s.over_micros, s.line, l.ordinal,
                  l.order_line, l.sku, l.quantity_micros, l.lot, l.serials, l.final, l.is_closed, l.line)
FROM shipment s JOIN interchange i ON i.id = s.interchange_id JOIN shipment_line l ON l.shipment_id = s.id
ORDER BY s.warehouse, s.number, l.ordinal;

-- name: dump_warehouse_release
SELECT json_array('warehouse-release', o.partner, o.number, r.number, r.version, r.warehouse, r.is_whole, r.released_ms,
                  r.state, r.state_ms, r.told_ms, r.ship_day, r.ship_day_ms, r.reason, l.ordinal, l.quantity_micros)
FROM warehouse_release r JOIN orders o ON o.id = r.order_id LEFT JOIN warehouse_release_line l ON l.release_id = r.id
ORDER BY o.partner, o.number, r.number, l.ordinal;

-- name: dump_release_news
SELECT json_array('release-news', n.warehouse, n.partner, n.order_number, n.release, n.status, n.at_ms, n.order_line, i.sha256,
                  i.repetition, n.line, n.ship_day, n.quantity_micros, n.reason, r.number, n.is_late)
FROM release_news n JOIN interchange i ON i.id = n.interchange_id LEFT JOIN warehouse_release r ON r.id = n.release_id
ORDER BY n.warehouse, n.partner, n.order_number, n.release, n.at_ms, n.status, n.order_line;

-- name: dump_production
SELECT json_array('production', x.plant, x.number, o.partner, o.number, x.version, x.ordinal, x.part, x.warehouse, x.asked_ms,
                  x.sku, x.quantity_micros, x.done_micros, x.start_day, x.finish_day, x.expected_day, x.expected_ms, x.state,
                  x.state_ms, x.told_ms, x.cause, x.cost_minor, x.cost_ms, x.reason)
FROM production x JOIN orders o ON o.id = x.order_id ORDER BY x.plant, x.number;

-- name: dump_production_material
SELECT json_array('production-material', x.plant, x.number, t.material, t.quantity_micros)
FROM production x JOIN production_material t ON t.production_id = x.id ORDER BY x.plant, x.number, t.material;

-- name: dump_production_news
SELECT json_array('production-news', n.plant, n.number, n.status, n.at_ms, i.sha256, i.repetition, n.line, n.done_micros,
                  n.expected_day, n.cause, n.cost_micros, n.currency, n.reason, n.production_id IS NOT NULL, n.is_late)
FROM production_news n JOIN interchange i ON i.id = n.interchange_id
ORDER BY n.plant, n.number, n.at_ms, n.status;

-- name: dump_change_request
SELECT json_array('change-request', c.partner, c.order_number, c.number, i.sha256, i.repetition, c.line, c.sha256, c.version,
                  c.reason, c.requested_from, c.requested_to, c.terms, c.order_id IS NOT NULL)
FROM change_request c LEFT JOIN interchange i ON i.id = c.interchange_id ORDER BY c.partner, c.order_number, c.number;

-- name: dump_change_pending
SELECT json_array('change-pending', o.partner, o.number, p.number, c.number, p.since_ms, p.expires, p.state, p.ended_ms, p.ended_by,
                  p.reason)
FROM change_pending p JOIN orders o ON o.id = p.order_id JOIN change_request c ON c.id = p.request_id
ORDER BY o.partner, o.number, p.number;

-- name: dump_change_request_line
SELECT json_array('change-request-line', c.partner, c.order_number, c.number, l.ordinal, l.action, l.number, l.sku,
                  l.description, l.quantity_micros, l.unit, l.expected_price_micros, l.manual_price_micros, l.manual_discount_micros,
                  l.manual_reason,                  l.manual_person, l.requested_from, l.requested_to, l.options, l.line, l.column)
FROM change_request c JOIN change_request_line l ON l.request_id = c.id
ORDER BY c.partner, c.order_number, c.number, l.ordinal;

-- name: dump_change_request_note
SELECT json_array('change-request-note', c.partner, c.order_number, c.number, n.ordinal, n.order_line, n.kind, n.text)
FROM change_request c JOIN change_request_note n ON n.request_id = c.id
ORDER BY c.partner, c.order_number, c.number, n.ordinal;

-- name: dump_change_request_ship_to
SELECT json_array('change-request-ship-to', c.partner, c.order_number, c.number, s.code, s.name, s.contact, s.phone, s.email,
                  s.country, s.region, s.city, s.district, s.postal_code, s.street, s.street2)
FROM change_request c JOIN change_request_ship_to s ON s.request_id = c.id
ORDER BY c.partner, c.order_number, c.number;

-- name: dump_cancel_request
SELECT json_array('cancel-request', c.partner, c.order_number, c.number, i.sha256, i.repetition, c.line, c.sha256, c.version,
                  c.reason, c.text, c.order_id IS NOT NULL)
FROM cancel_request c JOIN interchange i ON i.id = c.interchange_id ORDER BY c.partner, c.order_number, c.number;

-- name: dump_cancel_request_line
SELECT json_array('cancel-request-line', c.partner, c.order_number, c.number, l.ordinal, l.number, l.quantity_micros, l.line)
FROM cancel_request c JOIN cancel_request_line l ON l.request_id = c.id
ORDER BY c.partner, c.order_number, c.number, l.ordinal;

-- name: dump_stop_notice
SELECT json_array('stop-notice', s.partner, s.number, s.action, o.partner, o.number, s.version, c.number, r.number, x.plant,
                  x.number, h.warehouse, h.number, s.content, s.state, s.asked_ms, s.state_ms, s.reminders, s.next_ms,
                  s.cost_minor, s.reason)
FROM stop_notice s JOIN orders o ON o.id = s.order_id
LEFT JOIN cancellation c ON c.id = s.cancellation_id
LEFT JOIN warehouse_release r ON r.id = s.release_id
LEFT JOIN production x ON x.id = s.production_id
LEFT JOIN shipment h ON h.id = s.shipment_id
ORDER BY s.partner, s.number;

-- name: dump_stop_notice_line
SELECT json_array('stop-notice-line', s.partner, s.number, l.ordinal, l.quantity_micros, l.gone_micros, l.stopped_micros)
FROM stop_notice s JOIN stop_notice_line l ON l.notice_id = s.id ORDER BY s.partner, s.number, l.ordinal;

-- name: dump_stop_answer
SELECT json_array('stop-answer', a.partner, a.number, a.status, a.order_line, a.at_ms, i.sha256, i.repetition, a.line,
                  a.quantity_micros, a.cost_micros, a.currency, a.reason, a.notice_id IS NOT NULL)
FROM stop_answer a JOIN interchange i ON i.id = a.interchange_id
ORDER BY a.partner, a.number, a.status, a.order_line, coalesce(a.at_ms, 0);

-- name: dump_return_request
SELECT json_array('return-request', r.partner, r.order_number, r.number, i.sha256, i.repetition, r.line, r.sha256,
                  r.order_id IS NOT NULL)
FROM return_request r JOIN interchange i ON i.id = r.interchange_id ORDER BY r.partner, r.order_number, r.number;

-- name: dump_return_request_line
SELECT json_array('return-request-line', r.partner, r.order_number, r.number, l.ordinal, l.number, l.part, l.quantity_micros, l.reason,
                  l.wish, l.exchange_sku, l.serials, l.text, l.line)
FROM return_request r JOIN return_request_line l ON l.request_id = r.id
ORDER BY r.partner, r.order_number, r.number, l.ordinal;

-- name: dump_return_receipt
SELECT json_array('return-receipt', r.warehouse, r.number, i.sha256, i.repetition, r.line, r.sha256, r.authorisation, r.at_ms,
                  r.order_id IS NOT NULL)
FROM return_receipt r JOIN interchange i ON i.id = r.interchange_id ORDER BY r.warehouse, r.number;

-- name: dump_return_receipt_line
SELECT json_array('return-receipt-line', r.warehouse, r.number, l.ordinal, l.order_line, l.sku, l.quantity_micros, l.condition,
                  l.lot, l.serials, l.reason, l.line)
FROM return_receipt r JOIN return_receipt_line l ON l.receipt_id = r.id ORDER BY r.warehouse, r.number, l.ordinal;

-- name: dump_shipment_serial
SELECT json_array('shipment-serial', r.sku, r.serial, s.warehouse, s.number)
FROM shipment_serial r JOIN shipment s ON s.id = r.shipment_id ORDER BY r.sku, r.serial;

-- name: dump_invoice
SELECT json_array('invoice', i.kind, i.year, i.sequence, i.number, i.day, i.due, o.partner, o.number, i.version, s.warehouse,
                  s.number, c.number, i.customer, i.currency, i.includes_tax, i.net_minor, i.tax_minor, i.gross_minor,
                  i.reason, i.issued_by, i.issued_ms)
FROM invoice i JOIN orders o ON o.id = i.order_id
LEFT JOIN shipment s ON s.id = i.shipment_id LEFT JOIN invoice c ON c.id = i.corrects
ORDER BY i.kind, i.year, i.sequence;

-- name: dump_invoice_line
SELECT json_array('invoice-line', i.number, l.ordinal, l.number, l.sku, l.unit, l.quantity_micros, l.uncharged_micros,
                  l.price_micros, l.tax_rate_micros, l.net_minor, l.tax_minor, l.reduction_minor,
                  l.clause, l.package_ordinal)
FROM invoice i JOIN invoice_line l ON l.invoice_id = i.id ORDER BY i.kind, i.year, i.sequence, l.ordinal;
-- name: dump_parcel
SELECT json_array('parcel', s.warehouse, s.number, o.partner, o.number, p.carrier, p.tracking, p.state, p.rank, p.cause,
                  p.since_ms, p.last_ms, e.identity, p.events, p.first_eta_from_ms, p.first_eta_to_ms, p.eta_from_ms,
                  p.eta_to_ms, p.delivered_ms, p.signed_by, p.proof, p.is_final)
FROM parcel p JOIN shipment s ON s.id = p.shipment_id JOIN orders o ON o.id = p.order_id
LEFT JOIN transport_event e ON e.id = p.last_event_id
ORDER BY s.warehouse, s.number;

-- name: dump_stock_item
SELECT json_array('stock-item', warehouse, sku, on_hand_micros, reserved_micros, counted_ms) FROM stock_item
ORDER BY warehouse, sku;

-- name: dump_stock_move
SELECT json_array('stock-move', m.warehouse, m.sku, m.kind, m.number, m.quantity_micros, m.effect_micros, m.happened_ms,
                  m.known_ms, m.reference, m.reason, i.sha256, i.repetition, m.line, s.number)
FROM stock_move m LEFT JOIN interchange i ON i.id = m.interchange_id LEFT JOIN shipment s ON s.id = m.shipment_id
ORDER BY 1;

-- name: dump_stock_place
SELECT json_array('stock-place', warehouse, reported_ms, counted_ms) FROM stock_place ORDER BY warehouse;

-- name: dump_stock_receipt
SELECT json_array('stock-receipt', warehouse, sku, reference, day, quantity_micros, reserved_micros, told_ms) FROM stock_receipt
ORDER BY warehouse, sku, reference;

-- name: dump_stock_report
SELECT json_array('stock-report', i.partner, i.sha256, i.repetition, r.line, r.extent, r.sku, r.quantity_micros, r.unit,
                  r.as_of_ms, r.kind, r.number, r.reference, r.expected_on, r.reason)
FROM stock_report r JOIN interchange i ON i.id = r.interchange_id ORDER BY 1;

-- name: dump_transport_event
SELECT json_array('transport-event', e.carrier, e.tracking, e.identity, i.sha256, i.repetition, e.line, e.code, e.happened_ms,
                  e.known_ms, e.place, e.country, e.region, e.latitude_micros, e.longitude_micros, e.text, e.eta_from_ms,
                  e.eta_to_ms, e.signed_by, e.proof, e.state, e.cause, e.label_en, e.label_zh, e.is_final, e.verdict)
FROM transport_event e JOIN interchange i ON i.id = e.interchange_id
ORDER BY e.carrier, e.tracking, e.identity;

-- name: dump_place
SELECT json_array('place', v.number, p.name, p.country, p.aliases, p.latitude_micros, p.longitude_micros, p.line)
FROM master_version v JOIN place p ON p.version_id = v.id ORDER BY v.number, p.name, p.country;

-- name: dump_plant
SELECT json_array('plant', v.number, p.plant, p.warehouse, p.capacity_micros, p.line)
FROM master_version v JOIN plant p ON p.version_id = v.id ORDER BY v.number, p.plant;

-- name: dump_supply
SELECT json_array('supply', v.number, s.sku, s.source, s.plant, s.lead_days, s.load_micros, s.line)
FROM master_version v JOIN supply s ON s.version_id = v.id ORDER BY v.number, s.sku;

-- name: dump_material
SELECT json_array('material', v.number, m.sku, m.material, m.quantity_micros, m.line)
FROM master_version v JOIN material m ON m.version_id = v.id ORDER BY v.number, m.sku, m.material;

-- name: dump_cancellation_policy
SELECT json_array('cancellation-policy', v.number, p.clause, p.rank, p.stages, p.product_kind, p.categories, p.skus, p.customer_groups, p.hours_from,
                  p.hours_below, p.promised_within, p.faults, p.deposit_paid, p.currency, p.fee, p.amount_micros,
                  p.percent_micros, p.minimum_micros, p.maximum_micros, p.tax, p.promotions, p.gifts, p.waived_by,
                  p.waive_up_to_micros, p.line)
FROM master_version v JOIN cancellation_policy p ON p.version_id = v.id ORDER BY v.number, p.clause;

-- name: dump_lane
SELECT json_array('lane', v.number, l.warehouse, l.country, l.region, l.transit_days, l.line)
FROM master_version v JOIN lane l ON l.version_id = v.id ORDER BY v.number, l.warehouse, l.country, l.region;

-- name: dump_return_policy
SELECT json_array('return-policy', v.number, p.clause, p.rank, p.reasons, p.kinds, p.categories, p.skus,
                  p.customer_groups, p.window_days, p.verdict, p.when_new, p.when_opened, p.when_damaged,
                  p.when_wrong_item, p.fee_new, p.fee_opened, p.fee_damaged, p.currency, p.freight, p.refund,
                  p.exchange, p.gifts, p.line)
FROM master_version v JOIN return_policy p ON p.version_id = v.id ORDER BY v.number, p.clause;

-- name: dump_tracking_page
SELECT json_array('tracking-page', o.partner, o.number, p.token, p.key_name, p.sha256, p.made_ms, p.remove_ms)
FROM tracking_page p JOIN orders o ON o.id = p.order_id ORDER BY o.partner, o.number;

-- name: dump_carrier_code
SELECT json_array('carrier-code', v.number, c.carrier, c.code, c.state, c.label_en, c.label_zh, c.cause, c.is_final, c.line)
FROM master_version v JOIN carrier_code c ON c.version_id = v.id
ORDER BY v.number, c.carrier, c.code;

-- name: dump_master_version
SELECT json_array('master-version', v.master, v.number, i.partner, i.sha256, i.repetition, v.rows, v.in_force_ms,
                  f.version_id IS NOT NULL)
FROM master_version v JOIN interchange i ON i.id = v.interchange_id
LEFT JOIN master_in_force f ON f.version_id = v.id
ORDER BY v.master, v.number;

-- name: dump_master_hold
SELECT json_array('master-hold', h.master, i.partner, i.sha256, i.repetition, h.held_ms, h.verdict, h.decided_ms,
                  h.decided_by)
FROM master_hold h JOIN interchange i ON i.id = h.interchange_id
ORDER BY h.master, i.partner, i.sha256, i.repetition;

-- name: dump_customer
SELECT json_array('customer', v.number, c.code, c.name, c.partner, c.customer_group, c.country, c.currency, c.email,
                  c.tax_exemption, c.payment_terms, c.deposit_micros, c.payment_days, c.delivery, c.class, c.line)
FROM master_version v JOIN customer c ON c.version_id = v.id ORDER BY v.number, c.code;

-- name: dump_product
SELECT json_array('product', v.number, p.sku, p.name, p.name_zh, p.category, p.unit, p.tax_class, p.tax_rate_micros,
                  p.minimum_micros, p.multiple_micros, p.line)
FROM master_version v JOIN product p ON p.version_id = v.id ORDER BY v.number, p.sku;

-- name: dump_product_option
SELECT json_array('product-option', v.number, p.sku, p.name, p.value, p.surcharge_micros, p.surcharge_percent_micros,
                  p.excludes, p.needs, p.minimum_micros, p.maximum_micros, p.unit, p.is_required, p.line)
FROM master_version v JOIN product_option p ON p.version_id = v.id ORDER BY v.number, p.sku, p.name, p.value;

-- name: dump_product_unit
SELECT json_array('product-unit', v.number, p.sku, p.unit, p.factor_micros, p.line)
FROM master_version v JOIN product_unit p ON p.version_id = v.id ORDER BY v.number, p.sku, p.unit;

-- name: dump_price
SELECT json_array('price', v.number, p.sku, p.scope, p.holder, p.currency, p.breaks, p.break_group,
                  p.quantity_from_micros, p.valid_from, p.valid_to, p.price_micros, p.includes_tax, p.formula,
                  p.line)
FROM master_version v JOIN price p ON p.version_id = v.id
ORDER BY v.number, p.sku, p.currency, p.scope, p.holder, p.quantity_from_micros, p.valid_from;

-- name: dump_package
SELECT json_array('package', v.number, p.sku, p.part, p.quantity_micros, p.pricing, p.less_micros, p.line)
FROM master_version v JOIN package p ON p.version_id = v.id ORDER BY v.number, p.sku, p.part;

-- name: dump_exchange_rate
SELECT json_array('exchange-rate', v.number, r.from_currency, r.to_currency, r.day, r.rate_micros, r.units, r.line)
FROM master_version v JOIN exchange_rate r ON r.version_id = v.id ORDER BY v.number, r.from_currency, r.to_currency, r.day;

-- name: dump_tax_rate
SELECT json_array('tax-rate', v.number, t.tax_class, t.country, t.region, t.valid_from, t.valid_to, t.rate_micros, t.line)
FROM master_version v JOIN tax_rate t ON t.version_id = v.id
ORDER BY v.number, t.tax_class, t.country, t.region, t.valid_from;

-- name: dump_promotion
SELECT json_array('promotion', v.number, p.code, p.name, p.name_zh, p.priority, p.mode, p.valid_from, p.valid_to,
                  p.customers, p.customer_groups, p.channels, p.currency, p.needs_coupon, p.never_with, p.level,
                  p.skus, p.categories, p.together, p.minimum_quantity_micros, p.minimum_amount_micros,
                  p.threshold_base, p.repeats, p.action, p.percent_micros, p.price_micros, p.amount_micros, p.buy,
                  p.get, p.get_percent_micros, p.get_skus, p.pick, p.grouping, p.free_units, p.given_as,
                  p.out_of_stock, p.limit_order, p.limit_customer, p.limit_total, p.budget_micros, p.line)
FROM master_version v JOIN promotion p ON p.version_id = v.id ORDER BY v.number, p.code;

-- name: dump_coupon
SELECT json_array('coupon', v.number, c.code, c.promotion, c.valid_from, c.valid_to, c.customer, c.limit_total,
                  c.limit_customer, c.line)
FROM master_version v JOIN coupon c ON c.version_id = v.id ORDER BY v.number, c.code;

-- name: dump_stock
SELECT json_array('stock', v.number, s.sku, s.available_micros, s.line)
FROM master_version v JOIN stock s ON s.version_id = v.id ORDER BY v.number, s.sku;
-- name: dump_product_cost
SELECT json_array('product-cost', v.number, c.sku, c.currency, c.cost_micros, c.floor_micros, c.margin_least_micros,
                  c.valid_from, c.valid_to, c.line)
FROM master_version v JOIN product_cost c ON c.version_id = v.id ORDER BY v.number, c.sku, c.currency, c.valid_from;

-- name: dump_modification_rule
SELECT json_array('modification-rule', v.number, r.change, r.state, r.customer_group, r.way, r.price_basis, r.promotions,
                  r.approval, r.line)
FROM master_version v JOIN modification_rule r ON r.version_id = v.id
ORDER BY v.number, r.change, r.state, r.customer_group;

-- name: dump_price_authority
SELECT json_array('price-authority', v.number, a.role, a.persons, a.partner, a.customer_group, a.below_micros,
                  a.above_micros, a.below_floor, a.line)
FROM master_version v JOIN price_authority a ON a.version_id = v.id
ORDER BY v.number, a.role, a.partner, a.customer_group;

-- name: dump_price_case
SELECT json_array('price-case', v.number, c.name, c.case_line, c.customer, c.sku, c.quantity_micros, c.unit, c.price_day,
                  c.currency, c.country, c.options, c.coupons, c.expected_price_micros, c.expected_net_micros, c.line)
FROM price_case c JOIN master_version v ON v.id = c.version_id ORDER BY v.number, c.name, c.case_line;

-- name: dump_credit_limit
SELECT json_array('credit-limit', v.number, l.customer, l.currency, l.limit_micros, l.unpaid_micros, l.overdue_micros,
                  l.overdue_max_micros, l.terms, l.line)
FROM master_version v JOIN credit_limit l ON l.version_id = v.id
ORDER BY v.number, l.customer;

-- name: dump_cancellation
SELECT json_array('cancellation', o.partner, o.number, c.number, c.version, c.is_whole, i.sha256, c.request, c.actor, c.reason,
                  c.text, c.fault, c.at_ms, c.currency, c.net_minor, c.tax_minor, p.number, s.partner, s.number,
                  c.cost_minor, c.deposit_minor, c.deposit_for_minor, c.gifts, c.gift_clause)
FROM orders o JOIN cancellation c ON c.order_id = o.id LEFT JOIN interchange i ON i.id = c.interchange_id
LEFT JOIN stop_notice s ON s.id = c.notice_id LEFT JOIN master_version p ON p.id = c.policy_id
ORDER BY o.partner, o.number, c.number;

-- name: dump_cancellation_line
SELECT json_array('cancellation-line', o.partner, o.number, c.number, l.ordinal, l.quantity_micros, l.net_minor, l.tax_minor)
FROM orders o JOIN cancellation c ON c.order_id = o.id JOIN cancellation_line l ON l.cancellation_id = c.id
ORDER BY o.partner, o.number, c.number, l.ordinal;

-- name: dump_charge
SELECT json_array('charge', o.partner, o.number, g.number, c.number, r.number, g.kind, g.clause, g.gift_ordinal, g.gift_number,
                  g.gift_sku, g.at_ms, g.statement, g.currency, g.net_minor, g.tax_minor,
                  g.tax_rate_micros, g.text_en, g.text_zh, g.waived_by, g.waive_up_to_minor, i.number, g.base_net_minor,
                  g.base_tax_minor, g.base_cost_minor)
FROM orders o JOIN charge g ON g.order_id = o.id LEFT JOIN cancellation c ON c.id = g.cancellation_id
LEFT JOIN return_authorisation r ON r.id = g.return_id LEFT JOIN invoice i ON i.id = g.invoice_id
ORDER BY o.partner, o.number, g.number;

-- name: dump_charge_less
SELECT json_array('charge-less', o.partner, o.number, g.number, s.sequence, s.kind, s.net_minor, s.tax_minor, s.actor, s.reason,
                  s.at_ms, s.statement, i.number)
FROM orders o JOIN charge g ON g.order_id = o.id JOIN charge_less s ON s.charge_id = g.id
LEFT JOIN invoice i ON i.id = s.invoice_id
ORDER BY o.partner, o.number, g.number, s.sequence;

-- name: dump_cancellation_statement
SELECT json_array('cancellation-statement', o.partner, o.number, t.number, c.number, t.at_ms, t.paid_minor, t.due_minor,
                  t.refund_minor)
FROM orders o JOIN cancellation_statement t ON t.order_id = o.id JOIN cancellation c ON c.id = t.cancellation_id
ORDER BY o.partner, o.number, t.number;

-- Charges foot: no more is taken back than was claimed, an invoice claims its charges and a credit note takes back what is
-- less of them, nobody pays for our fault, and the lines of cancellations are what is cancelled of an order.
-- name: verify_charges
SELECT o.partner || '/' || o.number, 'C' || g.number
FROM charge g JOIN orders o ON o.id = g.order_id LEFT JOIN cancellation c ON c.id = g.cancellation_id
LEFT JOIN return_authorisation r ON r.id = g.return_id
LEFT JOIN (SELECT charge_id, sum(net_minor) AS net_minor, sum(tax_minor) AS tax_minor FROM charge_less
           GROUP BY charge_id) s ON s.charge_id = g.id
WHERE c.order_id <> g.order_id OR r.order_id <> g.order_id OR g.net_minor < 0 OR g.net_minor + g.tax_minor < 0
   OR coalesce(s.net_minor + s.tax_minor, 0) > g.net_minor + g.tax_minor
   OR (c.fault = 'company' AND g.kind <> 'claw-back' AND g.net_minor <> 0)
   OR (c.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM cancellation_statement t -- each is told
                                        WHERE t.order_id = g.order_id AND t.number = g.statement AND t.cancellation_id = c.id))
UNION
SELECT o.partner || '/' || o.number, i.number
FROM invoice i JOIN orders o ON o.id = i.order_id
WHERE i.kind = 'charge' AND i.gross_minor <> (
          SELECT coalesce(sum(g.net_minor + g.tax_minor - coalesce((SELECT s.net_minor + s.tax_minor FROM charge_less s
                                                                    WHERE s.charge_id = g.id AND s.invoice_id IS NULL), 0)), 0)
          FROM charge g WHERE g.order_id = i.order_id AND g.invoice_id = i.id)
UNION
SELECT o.partner || '/' || o.number, n.number
FROM invoice n JOIN invoice i ON i.id = n.corrects AND i.kind = 'charge' JOIN orders o ON o.id = n.order_id
WHERE n.gross_minor <> (SELECT coalesce(sum(s.net_minor + s.tax_minor), 0)
                        FROM charge g JOIN charge_less s ON s.charge_id = g.id AND s.invoice_id = n.id
                        WHERE g.order_id = n.order_id)
UNION
SELECT o.partner || '/' || o.number, CAST(c.number AS TEXT)
FROM cancellation c JOIN orders o ON o.id = c.order_id
WHERE (EXISTS (SELECT 1 FROM cancellation_line l WHERE l.cancellation_id = c.id) -- else all of it was asked to be stopped
       AND NOT EXISTS (SELECT 1 FROM cancellation_statement t WHERE t.order_id = c.order_id AND t.cancellation_id = c.id))
   OR c.net_minor <> (SELECT coalesce(sum(l.net_minor), 0) FROM cancellation_line l WHERE l.cancellation_id = c.id)
   OR c.tax_minor <> (SELECT coalesce(sum(l.tax_minor), 0) FROM cancellation_line l WHERE l.cancellation_id = c.id)
ORDER BY 1, 2;

-- name: dump_customer_open
SELECT json_array('customer-open', customer, currency, orders, gross_minor) FROM customer_open ORDER BY customer, currency;

-- name: dump_approval_matrix
SELECT json_array('approval-matrix', v.number, l.type, l.currency, l.above_micros, l.up_to_micros, l.basis, l.same_day, l.customers, l.customer_groups, l.channels,
                  l.countries, l.categories, l.changed, l.manual_price, l.lead_days_below, l.discount_above_micros,
                  l.margin_below_micros, l.credit, l.increase_above_micros, l.country_changed, l.step, l.approver, l.role,
                  l.quorum, l.remind_hours, l.escalate_hours, l.decide_hours, l.undecided, l.told, l.line)
FROM master_version v JOIN approval_matrix l ON l.version_id = v.id
ORDER BY v.number, l.line;

-- name: dump_approval_reason
SELECT json_array('approval-reason', o.partner, o.number, a.version, a.step, r.ordinal, r.name, r.value, r.limit_text)
FROM orders o JOIN approval a ON a.order_id = o.id JOIN approval_reason r ON r.approval_id = a.id
ORDER BY o.partner, o.number, a.version, a.step, r.ordinal;

-- name: dump_sale
SELECT json_array('sale', o.partner, o.number, s.version, s.kind, s.sign, s.day, s.known_ms, s.order_day,
                  s.currency, s.customer, s.list_minor, s.net_minor, s.freight_minor, s.tax_minor, s.cost_minor, s.costed_minor, s.exact_micros,
                  s.rounded_minor, l.ordinal,
                  l.quantity_micros, l.list_minor, l.net_minor, l.tax_minor, l.cost_minor)
FROM orders o JOIN sale s ON s.order_id = o.id LEFT JOIN sale_line l ON l.sale_id = s.id
ORDER BY o.partner, o.number, s.id, l.ordinal;

-- name: dump_customer_sale
SELECT json_array('customer-sale', customer, currency, order_day, day, orders, net_minor) FROM customer_sale
ORDER BY customer, currency, order_day, day;

-- name: dump_product_month
SELECT json_array('product-month', sku, unit, month, order_month, quantity_micros, last_day) FROM product_month
ORDER BY sku, month, order_month, unit;

-- name: dump_customer_day
SELECT json_array('customer-day', customer, day, currency, orders, net_minor, gross_minor) FROM customer_day
ORDER BY customer, day, currency;

-- name: dump_order_awaiting_price
SELECT json_array('order-awaiting-price', o.partner, o.number, a.since_ms, a.line, a.code, a.tried)
FROM orders o JOIN order_awaiting_price a ON a.order_id = o.id
ORDER BY o.partner, o.number;

-- name: dump_calendar_day
SELECT json_array('calendar-day', v.number, c.day, c.kind, c.name, c.line)
FROM master_version v JOIN calendar_day c ON c.version_id = v.id ORDER BY v.number, c.day;

-- name: dump_delegation
SELECT json_array('delegation', v.number, d.person, d.delegate, d.valid_from, d.valid_to, d.reason, d.line)
FROM master_version v JOIN delegation d ON d.version_id = v.id ORDER BY v.number, d.person, d.valid_from;

-- name: dump_approver
SELECT json_array('approver', v.number, a.person, a.name, a.user, a.roles, a.superior, a.currency, a.above_micros, a.up_to_micros,
                  a.order_types, a.customers, a.customer_groups, a.discount_up_to_micros, a.email, a.line)
FROM master_version v JOIN approver a ON a.version_id = v.id ORDER BY v.number, a.person;

-- name: dump_return_authorisation
SELECT json_array('return-authorisation', o.partner, o.number, r.request, r.version, r.year, r.sequence, r.number, r.state,
                  r.asked_ms, r.decided_ms, r.decided_by, r.reason, r.expires, r.warehouse, r.freight, r.settled)
FROM return_authorisation r JOIN orders o ON o.id = r.order_id ORDER BY o.partner, o.number, r.request;

-- name: dump_return_line
SELECT json_array('return-line', o.partner, o.number, r.request, l.ordinal, l.order_ordinal, l.number, l.sku, l.unit,
                  l.quantity_micros, l.received_micros, l.reason, l.wish, l.exchange_sku, l.serials, l.verdict, l.clause, l.why,
                  l.text_en, l.text_zh, l.dispositions, l.fees, l.gifts, l.package, l.per_micros)
FROM return_authorisation r JOIN orders o ON o.id = r.order_id JOIN return_line l ON l.return_id = r.id
ORDER BY o.partner, o.number, r.request, l.ordinal;

-- name: dump_return_taken
SELECT json_array('return-taken', r.number, t.ordinal, t.warehouse, t.receipt, t.happened_ms, t.known_ms, t.condition,
                  t.quantity_micros, t.disposition, t.waits, t.serials, t.lot, t.reason, t.refund_minor, t.fee_minor,
                  t.unbilled_minor, t.decided_ms)
FROM return_taken t JOIN return_authorisation r ON r.id = t.return_id
ORDER BY t.warehouse, t.receipt, r.number, t.ordinal, t.condition, t.waits, t.id;

-- name: dump_return_unit
SELECT json_array('return-unit', o.partner, o.number, u.ordinal, u.unit, i.number, u.net_minor, u.tax_minor, u.is_sold,
                  u.sold_list_minor, u.sold_net_minor, u.sold_tax_minor, u.sold_cost_minor, u.is_back)
FROM return_unit u JOIN orders o ON o.id = u.order_id LEFT JOIN invoice i ON i.id = u.invoice_id
ORDER BY o.partner, o.number, u.ordinal, u.unit;

-- name: dump_order_exchange
SELECT json_array('order-exchange', o.partner, o.number, r.number)
FROM order_exchange x JOIN orders o ON o.id = x.order_id JOIN return_authorisation r ON r.id = x.return_id
ORDER BY o.partner, o.number;

-- name: dump_return_credit
SELECT json_array('return-credit', r.number, i.number)
FROM return_credit c JOIN return_authorisation r ON r.id = c.return_id JOIN invoice i ON i.id = c.invoice_id
ORDER BY r.number, i.number;

-- name: dump_return_gift
SELECT json_array('return-gift', r.number, g.sequence, g.ordinal, i.number, g.stay_micros, g.net_minor, g.tax_minor, g.clause,
                  g.known_ms, g.text_en, g.text_zh)
FROM return_gift g JOIN return_authorisation r ON r.id = g.return_id LEFT JOIN invoice i ON i.id = g.invoice_id
ORDER BY r.number, g.sequence;

-- What came of a line is what was taken of it; no more may come of all returns than has left; and credit notes are what was refunded,
-- but for what was kept of it, never more than it, and what was never invoiced; of gifts nothing is given back that was not kept.
-- name: verify_returns
SELECT o.partner || '/' || o.number, r.request FROM return_authorisation r JOIN orders o ON o.id = r.order_id
WHERE EXISTS (SELECT 1 FROM return_line l
              WHERE l.return_id = r.id
                AND (l.received_micros <> (SELECT coalesce(sum(t.quantity_micros), 0) FROM return_taken t
                                           WHERE t.return_id = r.id AND t.ordinal = l.ordinal)
                     OR (SELECT coalesce(sum(iif(b.per_micros = 0, b.micros, 0)), 0)
                                + 1000000 * coalesce(max(iif(b.per_micros = 0, 0, (b.micros + b.per_micros - 1) / b.per_micros)), 0)
                         FROM (SELECT k.sku, max(k.per_micros) AS per_micros, sum(x.quantity_micros) AS micros
                               FROM return_authorisation q JOIN return_line k ON k.return_id = q.id
                               JOIN return_taken x ON x.return_id = q.id AND x.ordinal = k.ordinal AND x.waits = ''
                               WHERE q.order_id = r.order_id AND k.number = l.number GROUP BY k.sku, k.package) b)
                        > (SELECT sum(k.quantity_micros) FROM shipment s JOIN shipment_line k ON k.shipment_id = s.id
                           WHERE s.order_id = r.order_id AND k.order_line = l.number)))
   OR EXISTS (SELECT 1 FROM return_taken t
              WHERE t.return_id = r.id
                AND (t.fee_minor NOT BETWEEN 0 AND t.refund_minor
                     OR t.unbilled_minor NOT BETWEEN 0 AND t.refund_minor - t.fee_minor
                     OR (t.unbilled_minor NOT IN (0, t.refund_minor - t.fee_minor) -- units that were opened before invoices came
                         AND NOT EXISTS (SELECT 1 FROM return_line l
                                         WHERE l.return_id = t.return_id AND l.ordinal = t.ordinal AND l.package <> ''))
                     OR (t.waits <> '' AND t.refund_minor <> 0)))
   OR EXISTS (SELECT 1 FROM return_gift g
              WHERE g.return_id = r.id
                AND (SELECT sum(h.net_minor + h.tax_minor) FROM return_authorisation q JOIN return_gift h ON h.return_id = q.id
                     WHERE q.order_id = r.order_id AND h.ordinal = g.ordinal AND h.invoice_id IS g.invoice_id) < 0)
   OR (SELECT coalesce(sum(t.refund_minor - t.fee_minor - t.unbilled_minor), 0) FROM return_taken t WHERE t.return_id = r.id)
      - (SELECT coalesce(sum(g.net_minor + g.tax_minor), 0) FROM return_gift g
         WHERE g.return_id = r.id AND g.invoice_id IS NOT NULL)
      <> (SELECT coalesce(sum(i.gross_minor), 0) FROM return_credit c JOIN invoice i ON i.id = c.invoice_id
          WHERE c.return_id = r.id)
ORDER BY 1, 2;

-- Units of packages were opened by the part of which most came back, and are back when all parts are; what was refunded of them is
-- what they paid when all of them are back, and never more; and a line of which nothing is left has nothing in the ledger of sales.
-- name: verify_packages
WITH taken AS (
    SELECT r.order_id, l.order_ordinal AS ordinal, l.sku, max(l.per_micros) AS per_micros, sum(t.quantity_micros) AS micros,
           sum(t.refund_minor) AS refund_minor
    FROM return_line l JOIN return_authorisation r ON r.id = l.return_id
    JOIN return_taken t ON t.return_id = r.id AND t.ordinal = l.ordinal
    WHERE l.package <> '' AND t.waits = '' AND NOT (l.wish = 'exchange' AND l.exchange_sku IN ('', l.sku))
    GROUP BY r.order_id, l.order_ordinal, l.sku),
came AS (
    SELECT p.order_id, p.ordinal, max((coalesce(k.micros, 0) + coalesce(k.per_micros, 1) - 1) / coalesce(k.per_micros, 1)) AS opened,
           min(coalesce(k.micros / k.per_micros, 0)) AS whole, sum(coalesce(k.refund_minor, 0)) AS refund_minor
    FROM (SELECT order_id, ordinal FROM taken UNION SELECT order_id, ordinal FROM return_unit) n
    JOIN orders o ON o.id = n.order_id
    JOIN order_line_part p ON p.order_id = n.order_id AND p.version = o.version AND p.ordinal = n.ordinal
    LEFT JOIN taken k ON k.order_id = p.order_id AND k.ordinal = p.ordinal AND k.sku = p.sku
    GROUP BY p.order_id, p.ordinal)
SELECT o.partner || '/' || o.number, g.number
FROM came c
JOIN orders o ON o.id = c.order_id
JOIN order_line g ON g.order_id = c.order_id AND g.version = o.version AND g.ordinal = c.ordinal
JOIN order_line_price p ON p.order_id = g.order_id AND p.version = g.version AND p.ordinal = g.ordinal
LEFT JOIN (SELECT order_id, ordinal, count(*) AS units, sum(net_minor + tax_minor) AS paid_minor, sum(is_back) AS back
           FROM return_unit GROUP BY order_id, ordinal) u ON u.order_id = c.order_id AND u.ordinal = c.ordinal
LEFT JOIN (SELECT s.order_id, s.version, l.ordinal, sum(l.quantity_micros) AS micros, sum(l.net_minor) AS net_minor,
                  sum(l.tax_minor) AS tax_minor
           FROM sale s JOIN sale_line l ON l.sale_id = s.id GROUP BY s.order_id, s.version, l.ordinal) s
    ON s.order_id = g.order_id AND s.version = g.version AND s.ordinal = g.ordinal
WHERE (c.opened, c.whole) IS NOT (coalesce(u.units, 0), coalesce(u.back, 0))
   OR c.refund_minor > coalesce(u.paid_minor, 0)
   OR (u.back = u.units AND c.refund_minor <> u.paid_minor -- but for what a person took back of the invoice
       AND NOT EXISTS (SELECT 1 FROM invoice i WHERE i.order_id = c.order_id AND i.kind = 'credit-note'
                         AND NOT EXISTS (SELECT 1 FROM return_credit r WHERE r.invoice_id = i.id)))
   OR coalesce(-s.net_minor, 0) > p.net_minor OR coalesce(-s.tax_minor, 0) > p.tax_minor
   OR (-s.micros = g.quantity_micros AND (-s.net_minor <> p.net_minor OR -s.tax_minor <> p.tax_minor))
ORDER BY 1, 2;

-- name: dump_outbox_file
SELECT json_array('outbox-file', partner, kind, sequence, name, format, state, messages, size, sha256, created_ms,
                  delivered_ms)
FROM outbox_file ORDER BY partner, kind, sequence;

-- name: dump_outbox_message
SELECT json_array('outbox-message', m.partner, m.kind, f.sequence, i.partner, i.sha256, i.repetition, o.partner,
                  o.number, m.version, e.event, s.warehouse, s.number, a.step, r.schedule, r.first_day, m.reminder, v.number,
                  x.number, w.number, q.number)
FROM outbox_message m
LEFT JOIN outbox_file f ON f.partner = m.partner AND f.kind = m.kind AND f.same_as IS NULL AND f.last_message >= m.number
    AND f.first_message = (SELECT max(g.first_message) FROM outbox_file g
                           WHERE g.partner = m.partner AND g.kind = m.kind AND g.first_message <= m.number)
LEFT JOIN interchange i ON i.id = m.interchange_id
LEFT JOIN orders o ON o.id = m.order_id
LEFT JOIN order_event e ON e.id = m.event_id
LEFT JOIN shipment s ON s.id = m.shipment_id
LEFT JOIN approval a ON a.id = m.approval_id
LEFT JOIN report r ON r.id = m.report_id
LEFT JOIN invoice v ON v.id = m.invoice_id
LEFT JOIN production x ON x.id = m.production_id
LEFT JOIN warehouse_release w ON w.id = m.release_id
LEFT JOIN stop_notice q ON q.id = m.stop_id
ORDER BY 1;

-- name: dump_report
SELECT json_array('report', schedule, report, first_day, last_day, made_ms) FROM report ORDER BY schedule, first_day;

-- name: dump_stage_sample
SELECT json_array('stage-sample', c.stage, c.lane, c.samples, s.slot, s.duration_ms, s.ended_ms)
FROM stage_count c JOIN stage_sample s ON s.stage = c.stage AND s.lane = c.lane ORDER BY c.stage, c.lane, s.slot;

-- name: dump_order_outlook
SELECT json_array('order-outlook', o.partner, o.number, l.version, l.promised, l.first_promised, l.grade, l.cause,
                  l.expected_p50_ms, l.expected_p90_ms, l.since_ms, l.next_ms, l.warnings, l.warned_ms, l.trace, l.outcome,
                  l.finished_ms, l.closed_ms)
FROM order_outlook l JOIN orders o ON o.id = l.order_id ORDER BY o.partner, o.number;

-- name: dump_change_answer
SELECT json_array('change-answer', o.partner, o.number, a.number, a.change_number, a.actor, a.at_ms, a.verdict,
                  a.version_before, a.version, a.currency, a.net_before, a.tax_before, a.gross_before, a.net, a.tax, a.gross)
FROM change_answer a JOIN orders o ON o.id = a.order_id ORDER BY o.partner, o.number, a.number;

-- name: dump_change_answer_item
SELECT json_array('change-answer-item', o.partner, o.number, i.number, i.item, i.kind, i.line, i.field, i.value_before,
                  i.value_after, i.verdict, i.way, i.code, i.code_value,
                  i.code_other, i.rule)
FROM change_answer_item i JOIN orders o ON o.id = i.order_id ORDER BY o.partner, o.number, i.number, i.item;

-- name: dump_delay_warning
SELECT json_array('delay-warning', o.partner, o.number, w.number, w.version, w.at_ms, w.grade, w.grade_before, w.cause,
                  w.promised, w.promised_before, w.expected_p50_ms, w.expected_p90_ms, w.trace)
FROM delay_warning w JOIN orders o ON o.id = w.order_id ORDER BY o.partner, o.number, w.number;
