-- name: credit_find
SELECT l.customer, l.currency, l.limit_micros, l.unpaid_micros, l.overdue_micros, l.overdue_max_micros, l.terms, l.line,
       v.number
FROM master_in_force AS f JOIN master_version AS v ON v.id = f.version_id
JOIN credit_limit AS l ON l.version_id = f.version_id AND l.customer = :customer
WHERE f.master = 'credit-limits';

-- name: credit_rates_version
SELECT version_id FROM master_in_force WHERE master = 'exchange-rates';

-- name: credit_open
SELECT currency, orders, gross_minor FROM customer_open WHERE customer = :customer AND orders <> 0 ORDER BY currency;

-- name: credit_count
INSERT INTO customer_open (customer, currency, orders, gross_minor)
SELECT customer, currency, :sign, :sign * gross_minor FROM order_price WHERE order_id = :order_id AND version = :version
ON CONFLICT (customer, currency)
DO UPDATE SET orders = customer_open.orders + excluded.orders,
              gross_minor = customer_open.gross_minor + excluded.gross_minor;

-- name: credit_held_next
SELECT o.id, o.version, o.partner, o.number, o.received_ms, o.approval, p.customer, p.currency, p.gross_minor, h.trace
FROM order_hold AS h CROSS JOIN orders AS o ON o.id = h.order_id
JOIN order_price AS p ON p.order_id = o.id AND p.version = o.version
WHERE h.ended_ms IS NULL AND h.kind = 'credit' AND (o.received_ms, o.number, o.partner) > (:received_ms, :number, :partner)
ORDER BY o.received_ms, o.number, o.partner LIMIT :count;

-- name: credit_retell
UPDATE order_hold SET reason = :reason, trace = :trace
WHERE order_id = :order_id AND kind = 'credit' AND ended_ms IS NULL;
