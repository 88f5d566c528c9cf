-- A file that nobody sent.
-- name: backtest_arrival
INSERT INTO arrival (partner, mailbox, name, remote_size, remote_mtime_s, spool, size, sha256, state, remote, arrived_ms)
VALUES ('', '', CAST(:name AS BLOB), 0, 0, :spool, 0, '', 'taken', 'settled', 0);

-- Order versions from a day on that have used promotions.
-- name: backtest_used
SELECT v.order_date, v.order_id, v.version FROM order_version v
WHERE (v.order_date, v.order_id, v.version) > (:day, :order_id, :version)
  AND EXISTS (SELECT 1 FROM promotion_use u
              WHERE u.order_id = v.order_id AND u.version = v.version AND u.is_released = 0)
ORDER BY v.order_date, v.order_id, v.version LIMIT :count;

-- Orders as they were booked: those that stand, or (:refused = 1) those also that were refused.
-- name: backtest_orders
SELECT v.order_date, v.order_id, v.version, o.partner, p.customer, p.net_minor
FROM order_version v
CROSS JOIN orders o ON o.id = v.order_id AND o.version = v.version
JOIN order_price p ON p.order_id = v.order_id AND p.version = v.version
WHERE (v.order_date, v.order_id) > (:day, :order_id) AND v.order_date <= :to
  AND (o.approval IN ('waiting', 'approved') OR :refused)
ORDER BY v.order_date, v.order_id LIMIT :count;

-- name: backtest_day
SELECT orders, net_minor, gross_minor FROM backtest_day
WHERE is_after = :is_after AND customer = :customer AND day = :day AND currency = :currency;

-- name: backtest_day_add
INSERT INTO backtest_day (is_after, customer, day, currency, orders, net_minor, gross_minor)
VALUES (:is_after, :customer, :day, :currency, 1, :net_minor, :gross_minor)
ON CONFLICT (is_after, customer, day, currency)
DO UPDATE SET orders = backtest_day.orders + 1,
              net_minor = backtest_day.net_minor + excluded.net_minor,
              gross_minor = backtest_day.gross_minor + excluded.gross_minor;

-- name: backtest_lines
SELECT p.net_minor, coalesce((SELECT sum(r.reduction_minor) FROM order_line_reduction r
                              WHERE r.order_id = p.order_id AND r.version = p.version AND r.ordinal = p.ordinal), 0)
FROM order_line_price p WHERE p.order_id = :order_id AND p.version = :version ORDER BY p.ordinal;

-- name: backtest_reductions
SELECT promotion, count(*), sum(reduction_minor) FROM order_line_reduction
WHERE order_id = :order_id AND version = :version GROUP BY promotion ORDER BY promotion;

-- name: backtest_trace
SELECT trace FROM order_price_trace WHERE order_id = :order_id AND version = :version;

-- What made the price of each line.
-- name: backtest_rules
SELECT json_type(l.value, '$.manual'), json_type(l.value, '$.package'), json_extract(c.value, '$.scope'),
       json_extract(c.value, '$.holder')
FROM json_each(:trace, '$.lines') AS l
LEFT JOIN json_each(l.value, '$.candidates') AS c ON json_extract(c.value, '$.verdict') = 'applied'
ORDER BY l.key;

-- name: backtest_add
INSERT INTO backtest_sum (kind, what, name, currency, before_count, before_minor, after_count, after_minor)
VALUES (:kind, :what, :name, :currency, :before_count, :before_minor, :after_count, :after_minor)
ON CONFLICT (kind, what, name, currency)
DO UPDATE SET before_count = backtest_sum.before_count + excluded.before_count,
              before_minor = backtest_sum.before_minor + excluded.before_minor,
              after_count = backtest_sum.after_count + excluded.after_count,
              after_minor = backtest_sum.after_minor + excluded.after_minor;

-- name: backtest_add_unpriced
INSERT INTO backtest_unpriced (order_date, partner, number, customer, currency, before_minor, code, line_number, field,
                               value, expected, hint)
VALUES (:order_date, :partner, :number, :customer, :currency, :before_minor, :code, :line_number, :field,
        :value, :expected, :hint);

-- name: backtest_add_asked
INSERT INTO backtest_asked (order_date, partner, number, customer, currency, gross_minor, before, after)
VALUES (:order_date, :partner, :number, :customer, :currency, :gross_minor, :before, :after);

-- name: backtest_totals
SELECT t.currency, t.before_count, t.before_minor, t.after_minor, t.after_minor - t.before_minor,
       iif(abs(t.before_minor) BETWEEN 1 AND 90000000000000,
           (t.after_minor - t.before_minor) * 10000 / abs(t.before_minor) * 10000, NULL),
       (SELECT count(*) FROM backtest_unpriced u WHERE u.currency = t.currency),
       (SELECT coalesce(sum(u.before_minor), 0) FROM backtest_unpriced u WHERE u.currency = t.currency)
FROM backtest_sum t WHERE t.kind = 'total' ORDER BY t.currency;

-- The largest differences of each currency first; :changed = 1: only what would have been different.
-- name: backtest_sums
SELECT what, name, currency, before_count, after_count, before_minor, after_minor, difference, percent_micros
FROM (SELECT what, name, currency, before_count, after_count, before_minor, after_minor,
             after_minor - before_minor AS difference,
             iif(abs(before_minor) BETWEEN 1 AND 90000000000000,
                 (after_minor - before_minor) * 10000 / abs(before_minor) * 10000, NULL) AS percent_micros,
             row_number() OVER (PARTITION BY currency
                                ORDER BY abs(after_minor - before_minor) DESC, what, name) AS position
      FROM backtest_sum
      WHERE kind = :kind AND (:changed = 0 OR before_minor <> after_minor OR before_count <> after_count))
WHERE position <= :limit ORDER BY currency, position;

-- name: backtest_changed
SELECT count(*) FROM backtest_sum
WHERE kind = :kind AND (before_minor <> after_minor OR before_count <> after_count);

-- name: backtest_unpriced
SELECT order_date, partner, number, customer, before_minor, currency, code, number, line_number, field, value, expected,
       hint
FROM backtest_unpriced ORDER BY order_date, partner, number LIMIT :limit;

-- name: backtest_asked_total
SELECT before_count, after_count FROM backtest_sum WHERE kind = 'asked';

-- name: backtest_orders_count
SELECT coalesce(sum(before_count), 0) FROM backtest_sum WHERE kind = 'total';

-- name: backtest_approvers
SELECT CAST(what AS INTEGER) AS step, name, before_count, after_count, after_count - before_count
FROM backtest_sum WHERE kind = 'approver' ORDER BY step, name;

-- Those about which nobody would be asked any more (:is_gone = 1), and all others.
-- name: backtest_asked
SELECT order_date, partner, number, customer, gross_minor, currency, before, after
FROM backtest_asked WHERE (after = 'none') = :is_gone
ORDER BY order_date, partner, number LIMIT :limit;

-- name: backtest_asked_count
SELECT count(*) FROM backtest_asked WHERE (after = 'none') = :is_gone;

-- name: backtest_unpriced_count
SELECT count(*) FROM backtest_unpriced;
