-- Goods that promotions gave, when some of what they were given for goes back.

-- What came back of an order, by line and part: all of it, and what of it counts for goods that promotions gave.
-- name: return_gone
SELECT l.order_ordinal, sum(t.quantity_micros), sum(iif(l.gifts = 'keep', 0, t.quantity_micros)),
       iif(l.package = '', '', l.sku) AS part, max(l.per_micros)
FROM return_authorisation r JOIN return_line l ON l.return_id = r.id
JOIN return_taken t ON t.return_id = r.id AND t.ordinal = l.ordinal
WHERE r.order_id = :order_id AND t.waits = ''
GROUP BY l.order_ordinal, part ORDER BY l.order_ordinal, part;

-- Likewise, with what may come back.
-- name: return_going
WITH claimed AS (
    SELECT l.order_ordinal, l.gifts, iif(l.package = '', '', l.sku) AS part, l.per_micros,
           CASE WHEN r.state IN ('asked', 'authorised') THEN max(l.quantity_micros, l.received_micros)
                ELSE l.received_micros END AS micros
    FROM return_authorisation r JOIN return_line l ON l.return_id = r.id
    WHERE r.order_id = :order_id AND l.verdict <> 'refuse')
SELECT order_ordinal, sum(micros), sum(iif(gifts = 'keep', 0, micros)), part, max(per_micros)
FROM claimed GROUP BY order_ordinal, part ORDER BY order_ordinal, part;

-- What of a version is cancelled that counts for goods that promotions gave.
-- name: gift_cancelled
SELECT ordinal, 0, counted_micros, '' AS part, 0 FROM order_cancelled
WHERE order_id = :order_id AND version = :version AND counted_micros > 0 ORDER BY ordinal;

-- What we have asked back of such goods ourselves: what may still come, and what has not come in time.
-- name: gifts_asked
SELECT l.order_ordinal, sum(iif(r.state = 'authorised', max(0, l.quantity_micros - l.received_micros), 0)),
       sum(iif(r.state = 'expired', max(0, l.quantity_micros - l.received_micros), 0))
FROM return_authorisation r JOIN return_line l ON l.return_id = r.id
WHERE r.order_id = :order_id AND l.verdict = 'allow' AND l.why = 'gift'
GROUP BY l.order_ordinal ORDER BY l.order_ordinal;

-- What is claimed for such goods, and not given up.
-- name: gifts_claimed
SELECT gift_ordinal, 0, sum(net_minor), sum(tax_minor) FROM charge_open
WHERE order_id = :order_id AND kind = 'gift' GROUP BY gift_ordinal ORDER BY gift_ordinal;

-- What of such claims was waived.
-- name: gifts_waived
SELECT g.gift_ordinal, 0, sum(s.net_minor), sum(s.tax_minor)
FROM charge AS g JOIN charge_less AS s ON s.charge_id = g.id
WHERE g.order_id = :order_id AND g.kind = 'gift' AND s.kind = 'waived' GROUP BY g.gift_ordinal ORDER BY g.gift_ordinal;

-- The latest cancellation that counts for such goods, by whose terms they are claimed, and waived.
-- name: gift_terms_cancelled
SELECT c.number, c.gifts, c.gift_clause, coalesce(p.waived_by, ''), coalesce(p.waive_up_to_micros, -1)
FROM cancellation AS c
LEFT JOIN cancellation_policy AS p ON p.version_id = c.policy_id AND p.clause = c.gift_clause
WHERE c.order_id = :order_id AND c.gifts <> 'keep' ORDER BY c.number DESC LIMIT 1;

-- Those of a return: of the first line that counts for them.
-- name: gift_terms_returned
SELECT clause FROM return_line WHERE return_id = :return_id AND gifts <> 'keep' AND received_micros > 0 ORDER BY ordinal LIMIT 1;

-- What is kept for gifts of an order so far, by whose credit notes.
-- name: return_gifts_kept
SELECT g.ordinal, coalesce(g.invoice_id, 0), sum(g.net_minor), sum(g.tax_minor)
FROM return_authorisation r JOIN return_gift g ON g.return_id = r.id
WHERE r.order_id = :order_id
GROUP BY g.ordinal, g.invoice_id ORDER BY g.ordinal, g.invoice_id;

-- name: return_gift_insert
INSERT INTO return_gift (return_id, sequence, ordinal, invoice_id, stay_micros, net_minor, tax_minor, clause, known_ms, text_en,
                         text_zh)
SELECT :return_id, (SELECT count(*) + 1 FROM return_gift WHERE return_id = :return_id), :ordinal, :invoice_id, :stay_micros,
       :net_minor, :tax_minor, :clause, :known_ms, :text_en, :text_zh;

-- What a promotion says that one of the goods is worth that it gave.
-- name: return_gift_worth
SELECT coalesce(p.amount_micros, 0)
FROM order_free_line f
JOIN order_price o ON o.order_id = f.order_id AND o.version = f.version
JOIN master_version v ON v.master = 'promotions' AND v.number = o.promotions_version
JOIN promotion p ON p.version_id = v.id AND p.code = f.promotion
WHERE f.order_id = :order_id AND f.version = :version AND f.ordinal = :ordinal - 100000;
