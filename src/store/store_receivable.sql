-- What was known at :cut_ms.  Orders that were settled then, and have not moved since, are not read.

-- Invoices of orders that are, or may then have been, open: of an order the oldest first.
-- name: receivable_invoices
WITH touched AS (
    SELECT order_id FROM receivable WHERE open_minor <> 0
    UNION
    SELECT order_id FROM receivable WHERE moved_ms > :cut_ms)
SELECT o.partner, o.number, i.currency, i.number, i.customer, i.day, i.due, i.gross_minor,
       (SELECT coalesce(sum(n.gross_minor), 0) FROM invoice n WHERE n.corrects = i.id AND n.issued_ms <= :cut_ms)
FROM touched CROSS JOIN invoice i ON i.order_id = touched.order_id CROSS JOIN orders o ON o.id = i.order_id
WHERE i.kind <> 'credit-note' AND i.issued_ms <= :cut_ms
ORDER BY o.partner, o.number, i.currency, i.due, i.number;

-- Their money, and where they stood.  Events by which an order gets another version, or that version its verdict, tell whether
-- it was approved; that it was shipped is never taken back.
-- name: receivable_money
WITH touched AS (
    SELECT order_id FROM receivable WHERE open_minor <> 0
    UNION
    SELECT order_id FROM receivable WHERE moved_ms > :cut_ms),
money AS (
    SELECT a.order_id, p.currency, sum(iif(p.kind = 'payment', p.amount_minor, 0)) AS paid_minor,
           sum(iif(p.kind = 'refund', p.amount_minor, 0)) AS refunded_minor
    FROM touched CROSS JOIN payment_allocation a ON a.order_id = touched.order_id CROSS JOIN payment p ON p.id = a.payment_id
    WHERE a.from_ms <= :cut_ms AND coalesce(a.until_ms > :cut_ms, 1)
    GROUP BY a.order_id, p.currency)
SELECT o.partner, o.number, money.currency, money.paid_minor, money.refunded_minor,
       coalesce((SELECT e.event FROM order_event e
                 WHERE e.order_id = o.id AND e.known_ms <= :cut_ms
                   AND e.event IN ('received', 'repriced', 'changed', 'approved', 'refused', 'cancelled') ORDER BY e.id DESC LIMIT 1), ''),
       EXISTS (SELECT 1 FROM order_event e WHERE e.order_id = o.id AND e.known_ms <= :cut_ms AND e.event IN ('shipped', 'closed')),
       coalesce((SELECT r.gross_minor FROM order_price r
                 WHERE r.order_id = o.id AND r.currency = money.currency
                   AND r.version = (SELECT max(e.version) FROM order_event e
                                    WHERE e.order_id = o.id AND e.known_ms <= :cut_ms)), 0)
       - coalesce((SELECT sum(c.net_minor + c.tax_minor) FROM cancellation c
                   WHERE c.order_id = o.id AND c.at_ms <= :cut_ms
                     AND c.version = (SELECT max(e.version) FROM order_event e
                                      WHERE e.order_id = o.id AND e.known_ms <= :cut_ms)), 0)
FROM money CROSS JOIN orders o ON o.id = money.order_id
ORDER BY o.partner, o.number, money.currency;

-- Money that counted for no order: it does not yet, or does since.
-- name: receivable_unallocated
WITH stray AS (
    SELECT id FROM payment WHERE order_id IS NULL
    UNION
    SELECT payment_id FROM payment_allocation WHERE from_ms > :cut_ms)
SELECT p.finance, p.number, p.kind, p.partner, p.order_number, p.payer, p.reference, p.currency, p.amount_minor, p.paid_on
FROM stray CROSS JOIN payment p ON p.id = stray.id CROSS JOIN interchange i ON i.id = p.interchange_id
WHERE i.received_ms <= :cut_ms AND p.paid_on <= :day
  AND NOT EXISTS (SELECT 1 FROM payment_allocation a
                  WHERE a.payment_id = p.id AND a.from_ms <= :cut_ms AND coalesce(a.until_ms > :cut_ms, 1))
ORDER BY p.currency, p.paid_on, p.finance, p.number;
