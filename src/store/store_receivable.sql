-- What was known at :cut_ms.  Orders that were settled then, and have not moved since, are not read.

-- name: receivable_forget_touched
DELETE FROM temp.receivable_touched;

-- Orders that are, or may then have been, open.
-- name: receivable_touch
INSERT INTO temp.receivable_touched
SELECT order_id FROM main.receivable INDEXED BY receivable_open WHERE open_minor <> 0
UNION
SELECT order_id FROM main.receivable INDEXED BY receivable_moved WHERE moved_ms > :cut_ms;

-- Their invoices: of an order in a currency the oldest first.
-- name: receivable_invoices
SELECT t.order_id, i.currency, o.partner, o.number, i.number, i.customer, i.day, i.due, i.gross_minor,
       (SELECT coalesce(sum(n.gross_minor), 0) FROM main.invoice n WHERE n.corrects = i.id AND n.issued_ms <= :cut_ms), i.id,
       coalesce(p.customers_version, 0)
FROM temp.receivable_touched t
CROSS JOIN main.orders o ON o.id = t.order_id
CROSS JOIN main.invoice i ON i.order_id = t.order_id
LEFT JOIN main.order_price p ON p.order_id = i.order_id AND p.version = i.version
WHERE i.kind <> 'credit-note' AND i.issued_ms <= :cut_ms
ORDER BY t.order_id, i.currency, i.due, i.number;

-- Their money.
-- name: receivable_money
SELECT t.order_id, p.currency, p.kind, p.amount_minor
FROM temp.receivable_touched t
CROSS JOIN main.payment_allocation a ON a.order_id = t.order_id
CROSS JOIN main.payment p ON p.id = a.payment_id
WHERE a.from_ms <= :cut_ms AND coalesce(a.until_ms > :cut_ms, 1)
ORDER BY t.order_id, p.currency;

-- Where one of them stood.  Events by which an order gets another version, or that version its verdict, tell whether it was
-- approved; that it was shipped is never taken back.
-- name: receivable_standing
SELECT o.partner, o.number,
       coalesce((SELECT e.event FROM order_event e
                 WHERE e.order_id = o.id AND e.known_ms <= :cut_ms
                   AND e.event IN ('received', 'repriced', 'changed', 'approved', 'refused', 'cancelled') ORDER BY e.id DESC LIMIT 1), ''),
       EXISTS (SELECT 1 FROM order_event e WHERE e.order_id = o.id AND e.known_ms <= :cut_ms AND e.event IN ('shipped', 'closed')),
       coalesce((SELECT r.gross_minor FROM order_price r
                 WHERE r.order_id = o.id AND r.currency = :currency
                   AND r.version = (SELECT max(e.version) FROM order_event e
                                    WHERE e.order_id = o.id AND e.known_ms <= :cut_ms)), 0)
       - coalesce((SELECT sum(c.net_minor + c.tax_minor) FROM cancellation c
                   WHERE c.order_id = o.id AND c.at_ms <= :cut_ms
                     AND c.version = (SELECT max(e.version) FROM order_event e
                                      WHERE e.order_id = o.id AND e.known_ms <= :cut_ms)), 0)
FROM orders o WHERE o.id = :order_id;

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
