-- name: credit_find
SELECT currency, limit_micros, unpaid_micros, overdue_micros, overdue_max_micros, terms FROM credit_limit
WHERE version_id = :version_id AND customer = :customer;

-- name: credit_open
SELECT currency, orders, gross_minor FROM customer_open WHERE customer = :customer AND orders <> 0 ORDER BY currency;

-- name: credit_count
INSERT INTO customer_open (customer, currency, orders, gross_minor)
SELECT p.customer, p.currency, :sign, :sign * (p.gross_minor - coalesce((
           SELECT sum(c.net_minor + c.tax_minor) FROM order_cancelled AS c
           WHERE c.order_id = p.order_id AND c.version = p.version), 0)
           + coalesce((SELECT sum(g.net_minor + g.tax_minor) FROM charge_open AS g WHERE g.order_id = p.order_id), 0))
FROM order_price AS p WHERE p.order_id = :order_id AND p.version = :version
ON CONFLICT (customer, currency)
DO UPDATE SET orders = customer_open.orders + excluded.orders,
              gross_minor = customer_open.gross_minor + excluded.gross_minor;

-- name: credit_less
UPDATE customer_open SET gross_minor = gross_minor - :gross_minor
WHERE (customer, currency) = (SELECT customer, currency FROM order_price WHERE order_id = :order_id AND version = :version);

-- Customers that have orders which are held for credit, of whom something has changed since these were looked at; and
-- what is known of them now.
-- name: credit_to_look
SELECT t.customer, t.seen
FROM (SELECT h.customer, :basis || '|' || coalesce((
          SELECT group_concat(c.sum, ',')
          FROM (SELECT currency || ' ' || orders || ' ' || gross_minor AS sum FROM customer_open
                WHERE customer = h.customer AND orders <> 0 ORDER BY currency) AS c), '') AS seen
      FROM (SELECT DISTINCT customer FROM order_hold
            WHERE kind = 'credit' AND ended_ms IS NULL AND customer > :after) AS h) AS t
LEFT JOIN credit_look AS l ON l.customer = t.customer
WHERE l.seen IS NOT t.seen
ORDER BY t.customer LIMIT :count;

-- name: credit_looked
INSERT INTO credit_look (customer, seen) VALUES (:customer, :seen) ON CONFLICT (customer) DO UPDATE SET seen = excluded.seen;

-- name: credit_look_forget
DELETE FROM credit_look WHERE customer = :customer;

-- name: credit_held_of
SELECT o.id
FROM order_hold AS h CROSS JOIN orders AS o ON o.id = h.order_id
WHERE h.kind = 'credit' AND h.ended_ms IS NULL AND h.customer = :customer
ORDER BY o.received_ms, o.number, o.partner;

-- name: credit_held_get
SELECT o.id, o.version, o.partner, o.number, o.approval, o.fulfilment, p.currency, p.gross_minor, h.trace, o.payment
FROM orders AS o
JOIN order_price AS p ON p.order_id = o.id AND p.version = o.version
JOIN order_hold AS h ON h.order_id = o.id AND h.kind = 'credit' AND h.ended_ms IS NULL
WHERE o.id = :order_id;

-- name: credit_retell
UPDATE order_hold SET reason = :reason, trace = :trace
WHERE order_id = :order_id AND kind = 'credit' AND ended_ms IS NULL;
