-- What people ask for at the command line.  Nothing here is part of a run.

-- name: view_orders
-- Newest first; ids grow in the order of receipt.
SELECT o.partner, o.number, o.version, o.approval, o.fulfilment, o.payment, v.currency, p.gross_minor, v.lines, o.received_ms
FROM orders AS o
JOIN order_version AS v ON v.order_id = o.id AND v.version = o.version
LEFT JOIN order_price AS p ON p.order_id = o.id AND p.version = o.version
WHERE (:partner = '' OR o.partner = :partner)
  AND (:approval = '' OR (o.approval = :approval AND o.fulfilment = :fulfilment AND instr(:payments, o.payment) > 0))
ORDER BY o.id DESC
LIMIT :limit;

-- name: view_order_find
-- The partners that have orders, one by one: each is one look into the index, however many orders there are.
WITH RECURSIVE ordering(partner) AS (
    SELECT min(partner) FROM orders
    UNION ALL
    SELECT (SELECT min(o.partner) FROM orders o WHERE o.partner > ordering.partner) FROM ordering
    WHERE ordering.partner IS NOT NULL)
SELECT o.id, o.partner FROM ordering CROSS JOIN orders o
WHERE :partner IN ('', ordering.partner) AND o.partner = ordering.partner AND o.number = :number
ORDER BY o.partner LIMIT 2;

-- name: view_order_head
SELECT o.partner, o.number, o.version, o.approval, o.fulfilment, o.payment, v.currency, p.gross_minor, v.lines, o.received_ms,
       v.type, v.order_date, v.requested_from, v.requested_to, v.coupons, i.name, p.net_minor, p.tax_minor,
       coalesce(p.customer, ''), coalesce(p.customer_group, ''),
       (SELECT group_concat(c.value, ', ') FROM json_each(v.coupons) AS c),
       p.payment_terms, nullif(p.payment_terms, 'account'), iif(p.payment_terms = 'deposit', p.deposit_micros, NULL),
       p.payment_days, nullif(m.required_minor, 0), m.paid_minor - m.refunded_minor, nullif(m.refunded_minor, 0),
       max(0, max(0, p.gross_minor - coalesce(c.gross_minor, 0) - coalesce(b.gross_minor, 0)) + coalesce(g.gross_minor, 0)
              - (m.paid_minor - m.refunded_minor)),
       nullif(m.owed_minor, 0), m.currency, c.gross_minor, nullif(g.gross_minor, 0),
       nullif(v.sales_person, ''), nullif(p.freight_minor, 0)
FROM orders AS o
JOIN order_version AS v ON v.order_id = o.id AND v.version = o.version
JOIN interchange AS i ON i.id = v.interchange_id
LEFT JOIN order_price AS p ON p.order_id = o.id AND p.version = o.version
LEFT JOIN order_payment AS m ON m.order_id = o.id
LEFT JOIN (SELECT sum(net_minor + tax_minor) AS gross_minor FROM order_cancelled
           WHERE order_id = :id AND version = (SELECT version FROM orders WHERE id = :id)) AS c
LEFT JOIN (SELECT sum(minor) AS gross_minor
           FROM (SELECT n.gross_minor AS minor FROM invoice AS n JOIN invoice AS x ON x.id = n.corrects AND x.kind <> 'charge'
                 WHERE n.order_id = :id
                 UNION ALL
                 SELECT t.unbilled_minor FROM return_authorisation AS r JOIN return_taken AS t ON t.return_id = r.id
                 WHERE r.order_id = :id
                 UNION ALL
                 SELECT -k.net_minor - k.tax_minor FROM return_authorisation AS r JOIN return_gift AS k ON k.return_id = r.id
                 WHERE r.order_id = :id AND k.invoice_id IS NULL)) AS b
LEFT JOIN (SELECT sum(net_minor + tax_minor) AS gross_minor FROM charge_open WHERE order_id = :id) AS g
WHERE o.id = :id;

-- name: view_order_lines
SELECT l.number, l.sku, l.description, l.quantity_micros, l.unit, p.price_micros, p.net_minor, p.tax_rate_micros,
       p.tax_minor, v.currency, l.options, l.expected_price_micros, l.requested_from, l.requested_to,
       (SELECT group_concat(c.key || ' = ' || c.value, ', ') FROM json_each(l.options) AS c), l.manual_price_micros,
       nullif(l.manual_reason, ''), nullif(l.manual_person, ''), p.rules_price_micros, c.quantity_micros,
       l.manual_discount_micros * 100
FROM orders AS o
JOIN order_version AS v ON v.order_id = o.id AND v.version = o.version
JOIN order_line AS l ON l.order_id = o.id AND l.version = o.version
LEFT JOIN order_line_price AS p ON p.order_id = o.id AND p.version = o.version AND p.ordinal = l.ordinal
LEFT JOIN order_cancelled AS c ON c.order_id = o.id AND c.version = o.version AND c.ordinal = l.ordinal
WHERE o.id = :id
ORDER BY l.ordinal;

-- name: view_order_reductions
SELECT l.number, r.promotion, r.reduction_minor, v.currency
FROM orders AS o
JOIN order_version AS v ON v.order_id = o.id AND v.version = o.version
JOIN order_line_reduction AS r ON r.order_id = o.id AND r.version = o.version
JOIN order_line AS l ON l.order_id = o.id AND l.version = o.version AND l.ordinal = r.ordinal
WHERE o.id = :id
ORDER BY r.ordinal, r.sequence;

-- name: view_order_free_lines
SELECT f.number, f.sku, f.quantity_micros, f.unit, f.promotion, coalesce(l.number, ''), nullif(f.owed_micros, 0)
FROM orders AS o
JOIN order_free_line AS f ON f.order_id = o.id AND f.version = o.version
LEFT JOIN order_line AS l ON l.order_id = o.id AND l.version = o.version AND l.ordinal = f.order_line
WHERE o.id = :id
ORDER BY f.ordinal;

-- name: view_order_parties
SELECT p.role, p.code, p.name, p.contact, p.phone, p.email, p.street, p.street2, p.district, p.postal_code, p.city,
       p.region, p.country
FROM orders AS o
JOIN order_party AS p ON p.order_id = o.id AND p.version = o.version
WHERE o.id = :id
ORDER BY CASE p.role WHEN 'sold-to' THEN 1 WHEN 'ship-to' THEN 2 ELSE 3 END;

-- name: view_order_notes
SELECT n.kind, coalesce(l.number, ''), n.text
FROM orders AS o
JOIN order_note AS n ON n.order_id = o.id AND n.version = o.version
LEFT JOIN order_line AS l ON l.order_id = o.id AND l.version = o.version AND l.ordinal = n.line
WHERE o.id = :id
ORDER BY n.ordinal;

-- name: view_order_approvals
SELECT a.version, a.step,
       coalesce(nullif(p.chain, ''), p.person, nullif(a.approvers, ''), a.roles),
       iif(p.said, p.state, a.state), a.amount_minor, a.limit_minor, a.currency, coalesce(p.asked_ms, a.asked_ms),
       iif(p.said, p.decided_ms, a.decided_ms), iif(p.said, p.decided_by, a.decided_by),
       iif(p.said, p.reason, a.reason), a.trace, p.trace, a.due_ms, a.reminders
FROM approval AS a
LEFT JOIN (SELECT w.*, w.state <> 'asked' AND EXISTS (
               SELECT 1 FROM approval_person AS x
               WHERE x.approval_id = w.approval_id AND x.state NOT IN ('asked', 'withdrawn')) AS said
           FROM approval_person AS w) AS p ON p.approval_id = a.id
WHERE a.order_id = :id
ORDER BY a.version, a.step, p.ordinal;

-- name: view_order_holds
SELECT kind, version, reason, since_ms, expires, placed_by, nullif(may_end, ''), how, ended_ms, ended_by,
       nullif(end_reason, ''), nullif(trace, ''), iif(kind = 'by-hand', NULL, reason), iif(kind = 'by-hand', reason, NULL),
       json_extract(t.said, '$.limit') || ' ' || json_extract(t.said, '$.currency'),
       json_extract(t.said, '$.unpaid') || ' ' || json_extract(t.said, '$.currency'),
       json_extract(t.said, '$.overdue') || ' ' || json_extract(t.said, '$.currency'),
       json_extract(t.said, '$.open_total') || ' ' || json_extract(t.said, '$.currency'),
       json_extract(t.said, '$.order.amount') || ' ' || json_extract(t.said, '$.order.currency'),
       json_extract(t.said, '$.exposure') || ' ' || json_extract(t.said, '$.currency'), blocks
FROM (SELECT *, nullif(trace, '') AS said FROM order_hold) AS t
WHERE order_id = :id
ORDER BY since_ms, CASE kind WHEN 'by-hand' THEN 1 WHEN 'credit' THEN 2 WHEN 'address' THEN 3 WHEN 'stock' THEN 4 WHEN 'price-difference' THEN 5 ELSE 6 END, id;

-- name: view_order_payments
SELECT number, kind, amount_minor, currency, paid_on, nullif(payer, ''), nullif(reference, ''), nullif(invoice_number, ''),
       finance, assigned_by
FROM payment WHERE order_id = :id ORDER BY paid_on, finance, number;

-- name: view_payments
-- Newest first; ids grow in the order of receipt.
SELECT p.number, p.kind, p.partner, nullif(p.order_number, ''), p.amount_minor, p.currency, p.paid_on, nullif(p.payer, ''),
       nullif(p.reference, ''), nullif(p.invoice_number, ''), p.finance, p.assigned_by, o.partner || '/' || o.number,
       nullif(p.trouble, '')
FROM payment AS p LEFT JOIN orders AS o ON o.id = p.order_id
WHERE :partner IN ('', p.partner)
ORDER BY p.id DESC LIMIT :limit;

-- name: view_payments_unallocated
SELECT p.number, p.kind, p.partner, nullif(p.order_number, ''), p.amount_minor, p.currency, p.paid_on, nullif(p.payer, ''),
       nullif(p.reference, ''), nullif(p.invoice_number, ''), p.finance, p.assigned_by, NULL, nullif(p.trouble, '')
FROM payment AS p
WHERE p.order_id IS NULL AND :partner IN ('', p.partner)
ORDER BY +p.id DESC LIMIT :limit; -- (by the index of these, not by all ids)

-- name: view_invoices
-- Newest first.
SELECT i.kind, i.number, i.day, i.due, o.partner, o.number, i.customer, i.currency, i.net_minor, i.tax_minor, i.gross_minor,
       c.number
FROM invoice AS i
JOIN orders AS o ON o.id = i.order_id
LEFT JOIN invoice AS c ON c.id = i.corrects
WHERE :partner IN ('', o.partner)
ORDER BY i.id DESC
LIMIT :limit;

-- name: view_stock
SELECT k.warehouse, k.sku, coalesce(i.on_hand_micros, 0), coalesce(i.reserved_micros, 0),
       coalesce(i.on_hand_micros - i.reserved_micros, 0), i.counted_ms, r.day, r.quantity_micros,
       (SELECT p.unit FROM master_in_force AS f JOIN product AS p ON p.version_id = f.version_id AND p.sku = k.sku
        WHERE f.master = 'products')
FROM (SELECT warehouse, sku FROM stock_item UNION SELECT warehouse, sku FROM stock_receipt) AS k
LEFT JOIN stock_item AS i ON i.warehouse = k.warehouse AND i.sku = k.sku
LEFT JOIN stock_receipt AS r ON r.warehouse = k.warehouse AND r.sku = k.sku
    AND r.reference = (SELECT n.reference FROM stock_receipt AS n WHERE n.warehouse = k.warehouse AND n.sku = k.sku
                       ORDER BY n.day, n.reference LIMIT 1)
WHERE :warehouse IN ('', k.warehouse) AND :sku IN ('', k.sku)
ORDER BY k.warehouse, k.sku
LIMIT :limit;

-- A product that is in force, or that a warehouse has told of.
-- name: view_stock_head
SELECT k.sku, p.name, p.unit
FROM (SELECT :sku AS sku) AS k
LEFT JOIN master_in_force AS f ON f.master = 'products'
LEFT JOIN product AS p ON p.version_id = f.version_id AND p.sku = k.sku
WHERE p.sku IS NOT NULL OR EXISTS (SELECT 1 FROM stock_item AS i WHERE i.sku = k.sku)
   OR EXISTS (SELECT 1 FROM stock_receipt AS r WHERE r.sku = k.sku);

-- name: view_stock_places
SELECT warehouse, on_hand_micros, reserved_micros, on_hand_micros - reserved_micros, counted_ms FROM stock_item
WHERE sku = :sku ORDER BY warehouse;

-- name: view_stock_receipts
SELECT warehouse, reference, day, quantity_micros, reserved_micros FROM stock_receipt
WHERE sku = :sku ORDER BY day, warehouse, reference;

-- Newest first.
-- name: view_stock_moves
SELECT m.happened_ms, m.warehouse, m.kind, coalesce(nullif(m.number, ''), s.number), m.quantity_micros, m.effect_micros,
       nullif(m.reference, ''), m.known_ms, m.reason
FROM stock_item AS i
CROSS JOIN stock_move AS m ON m.warehouse = i.warehouse AND m.sku = i.sku
LEFT JOIN shipment AS s ON s.id = m.shipment_id
WHERE i.sku = :sku
ORDER BY m.happened_ms DESC, m.id DESC
LIMIT :limit;

-- name: view_status_stock
SELECT warehouse, sku, on_hand_micros, count(*) OVER () FROM stock_item
WHERE on_hand_micros < 0
ORDER BY on_hand_micros, warehouse, sku LIMIT 10;

-- name: view_invoice_head
SELECT i.kind, i.number, i.day, i.due, o.partner, o.number, i.version, i.customer, i.currency, i.net_minor, i.tax_minor,
       i.gross_minor, c.number, nullif(i.reason, ''), i.issued_by, i.issued_ms, s.warehouse, s.number,
       iif(i.kind <> 'credit-note', i.gross_minor - (SELECT coalesce(sum(n.gross_minor), 0) FROM invoice AS n WHERE n.corrects = i.id),
           NULL)
FROM invoice AS i
JOIN orders AS o ON o.id = i.order_id
LEFT JOIN invoice AS c ON c.id = i.corrects
LEFT JOIN shipment AS s ON s.id = i.shipment_id
WHERE i.number = :number;

-- name: view_invoice_lines
SELECT l.number, l.sku, l.quantity_micros, nullif(l.uncharged_micros, 0), l.unit, l.price_micros, nullif(l.reduction_minor, 0),
       l.net_minor, l.tax_rate_micros, l.tax_minor, i.currency, nullif(l.clause, '')
FROM invoice AS i JOIN invoice_line AS l ON l.invoice_id = i.id WHERE i.number = :number ORDER BY l.ordinal;

-- name: view_invoice_taxes
SELECT l.tax_rate_micros, sum(l.net_minor), sum(l.tax_minor), i.currency
FROM invoice AS i JOIN invoice_line AS l ON l.invoice_id = i.id WHERE i.number = :number
GROUP BY l.tax_rate_micros HAVING sum(l.net_minor) <> 0 OR sum(l.tax_minor) <> 0
ORDER BY l.tax_rate_micros DESC;

-- name: view_invoice_corrections
SELECT n.number, n.day, n.net_minor, n.tax_minor, n.gross_minor, n.currency, n.reason, n.issued_by
FROM invoice AS i JOIN invoice AS n ON n.corrects = i.id WHERE i.number = :number ORDER BY n.id;

-- All shipments of an order; of those that no carrier tells of the state is NULL.
-- name: view_order_parcels
SELECT s.warehouse, s.number, s.carrier, s.tracking, s.shipped_ms, p.carrier, p.state, p.cause, p.since_ms, p.last_ms,
       coalesce(p.first_eta_from_ms, p.first_eta_to_ms), coalesce(p.first_eta_to_ms, p.first_eta_from_ms),
       coalesce(p.eta_from_ms, p.eta_to_ms), coalesce(p.eta_to_ms, p.eta_from_ms),
       p.delivered_ms, p.signed_by, p.proof, p.is_final,
       p.first_eta_from_ms, p.first_eta_to_ms, p.eta_from_ms, p.eta_to_ms
FROM shipment AS s LEFT JOIN parcel AS p ON p.shipment_id = s.id
WHERE s.order_id = :id ORDER BY s.shipped_ms, s.warehouse, s.number;

-- name: view_order_scans
SELECT e.happened_ms, e.known_ms, e.carrier, e.tracking, e.code, e.state, e.cause, e.verdict, e.text,
       e.place, e.region, e.country, e.latitude_micros, e.longitude_micros, e.signed_by, e.proof,
       substr(iif(e.place = '', '', ', ' || e.place) || iif(e.region = '', '', ', ' || e.region)
              || iif(e.country = '', '', ', ' || e.country), 3),
       coalesce(nullif(e.state, ''), e.code), e.label_en, e.label_zh, e.eta_from_ms, e.eta_to_ms
FROM (SELECT DISTINCT carrier, tracking FROM parcel WHERE order_id = :id) AS p
CROSS JOIN transport_event AS e ON e.carrier = p.carrier AND e.tracking = p.tracking
ORDER BY e.happened_ms DESC, e.carrier, e.tracking, e.identity DESC;

-- name: view_order_findings
SELECT f.code, f.severity, f.line, f.order_number, f.order_line, f.field, f.value, f.expected, f.hint
FROM orders AS o
JOIN order_version AS v ON v.order_id = o.id AND v.version = o.version
JOIN finding AS f ON f.interchange_id = v.interchange_id AND f.order_number = o.number
    AND f.version = iif(v.is_ours, v.version, 0)
WHERE o.id = :id AND f.order_number <> ''
ORDER BY f.ordinal;

-- name: view_price_trace
SELECT p.trace FROM orders AS o JOIN order_price_trace AS p ON p.order_id = o.id AND p.version = o.version WHERE o.id = :id;

-- name: view_price_facts
SELECT json_extract(t.trace, '$.customer'), json_extract(t.trace, '$.group'), json_extract(t.trace, '$.date'),
       json_extract(t.trace, '$.rounding'), json_extract(t.trace, '$.versions.customers'),
       json_extract(t.trace, '$.versions.products'), json_extract(t.trace, '$.versions.prices'),
       json_extract(t.trace, '$.versions.promotions'),
       json_extract(t.trace, '$.net') || ' ' || json_extract(t.trace, '$.currency'),
       json_extract(t.trace, '$.tax') || ' ' || json_extract(t.trace, '$.currency'),
       json_extract(t.trace, '$.gross') || ' ' || json_extract(t.trace, '$.currency'),
       json_extract(t.trace, '$.cost') || ' ' || json_extract(t.trace, '$.currency'),
       json_extract(t.trace, '$.margin') || ' ' || json_extract(t.trace, '$.currency'),
       json_extract(t.trace, '$.margin_rate'), coalesce(json_extract(t.trace, '$.channel'), ''),
       coalesce(json_extract(t.trace, '$.tax_exemption'), ''),
       nullif(json_extract(t.trace, '$.tax_rounding'), json_extract(t.trace, '$.rounding')),
       json_extract(t.trace, '$.freight') || ' ' || json_extract(t.trace, '$.currency')
FROM (SELECT :trace AS trace) AS t;

-- name: view_price_lines
SELECT json_extract(l.value, '$.line'), json_extract(l.value, '$.sku'), json_extract(l.value, '$.quantity'),
       json_extract(l.value, '$.unit'), json_extract(l.value, '$.price'),
       coalesce(json_extract(l.value, '$.net'), json_extract(l.value, '$.amount')),
       json_extract(l.value, '$.tax_rate'), json_extract(l.value, '$.tax'), json_extract(l.value, '$.finding'), l.value,
       json_extract(l.value, '$.list'), json_extract(:trace, '$.prices') IS 'tax-included',
       CASE WHEN json_extract(l.value, '$.discount') IS NOT NULL THEN 2
            ELSE json_extract(l.value, '$.reductions') IS NOT NULL END
FROM json_each(:trace, '$.lines') AS l
WHERE :line = '' OR json_extract(l.value, '$.line') = :line
ORDER BY l.key;

-- name: view_price_bands
SELECT (SELECT group_concat(b.said, ' + ') FROM (SELECT json_extract(c.value, '$.quantity') || ' x ' ||
                                                        json_extract(c.value, '$.price') AS said
                                                 FROM json_each(:line_trace, '$.bands') AS c ORDER BY c.key) AS b),
       json_extract(:line_trace, '$.pooled');

-- name: view_price_formulas
SELECT json_extract(f.value, '$.formula'), json_extract(f.value, '$.told'), json_extract(f.value, '$.price')
FROM json_each(:line_trace, '$.formulas') AS f
ORDER BY f.key;

-- The last is NULL where nothing was rounded.
-- name: view_price_discount
SELECT json_extract(d.value, '$.percent'), json_extract(d.value, '$.off'), json_extract(d.value, '$.person'),
       json_extract(d.value, '$.before'), json_extract(d.value, '$.amount'), json_extract(d.value, '$.after'),
       nullif(json_extract(d.value, '$.exact'), json_extract(d.value, '$.after'))
FROM json_each(:line_trace) AS d WHERE d.key = 'discount';

-- name: view_price_exchange
SELECT json_extract(e.value, '$.from'), json_extract(e.value, '$.rate'), json_extract(e.value, '$.to'),
       json_extract(e.value, '$.units'), json_extract(e.value, '$.date'), coalesce(json_extract(e.value, '$.price'), '')
FROM json_each(json_array(json_extract(:line_trace, '$.exchange'))) AS e
WHERE e.value IS NOT NULL;

-- name: view_price_package
SELECT json_extract(:line_trace, '$.package.pricing'), json_extract(:line_trace, '$.package.less');

-- name: view_price_parts
SELECT json_extract(p.value, '$.sku'), json_extract(p.value, '$.quantity'), json_extract(p.value, '$.unit'),
       coalesce((SELECT json_extract(c.value, '$.scope') FROM json_each(p.value, '$.candidates') AS c
                 WHERE json_extract(c.value, '$.verdict') = 'applied'), ''),
       coalesce((SELECT json_extract(c.value, '$.holder') FROM json_each(p.value, '$.candidates') AS c
                 WHERE json_extract(c.value, '$.verdict') = 'applied'), ''),
       coalesce(json_extract(p.value, '$.price'), json_extract(p.value, '$.finding'), ''),
       coalesce(json_extract(p.value, '$.list'), ''), coalesce(json_extract(p.value, '$.net'), '')
FROM json_each(:line_trace, '$.package.parts') AS p
ORDER BY p.key;

-- name: view_price_candidates
SELECT json_extract(c.value, '$.scope'), coalesce(json_extract(c.value, '$.holder'), ''),
       json_extract(c.value, '$.from'), json_extract(c.value, '$.valid_from'),
       coalesce(json_extract(c.value, '$.valid_to'), ''),
       coalesce(json_extract(c.value, '$.price'), substr(json_extract(c.value, '$.formula'), 1, 24) || '…'),
       json_extract(c.value, '$.verdict'), coalesce(json_extract(c.value, '$.why'), '')
FROM json_each(:line_trace, '$.candidates') AS c
ORDER BY c.key;

-- A surcharge of so much, of so much times the list price, or both: 1.25, x 0.10, 1.25 + x 0.10.
-- name: view_price_options
SELECT json_extract(c.value, '$.name'), json_extract(c.value, '$.value'),
       CASE WHEN json_extract(c.value, '$.surcharge_rate') IS NULL THEN coalesce(json_extract(c.value, '$.surcharge'), '')
            WHEN CAST(json_extract(c.value, '$.surcharge') AS REAL) = 0 THEN 'x ' || json_extract(c.value, '$.surcharge_rate')
            ELSE json_extract(c.value, '$.surcharge') || ' + x ' || json_extract(c.value, '$.surcharge_rate') END,
       coalesce(json_extract(c.value, '$.verdict'), '')
FROM json_each(:line_trace, '$.options') AS c
ORDER BY c.key;

-- name: view_price_reductions
SELECT json_extract(r.value, '$.promotion'),
       coalesce(CASE WHEN :language = 'zh' THEN json_extract(r.value, '$.name_zh') END,
                json_extract(r.value, '$.name'), json_extract(r.value, '$.name_zh'), ''),
       json_extract(r.value, '$.before'), json_extract(r.value, '$.reduction'), json_extract(r.value, '$.after'),
       coalesce(json_extract(r.value, '$.residue'), '')
FROM json_each(:line_trace, '$.reductions') AS r
ORDER BY r.key;

-- What became of each promotion that might have touched the order; of those that could not by far (another customer,
-- another day) nothing but the verdict.
-- name: view_price_promotions
SELECT json_extract(t.value, '$.promotion'),
       coalesce(CASE WHEN :language = 'zh' THEN json_extract(t.value, '$.name_zh') END,
                json_extract(t.value, '$.name'), json_extract(t.value, '$.name_zh'), ''),
       coalesce(json_extract(t.value, '$.line'), ''), json_extract(t.value, '$.verdict'),
       coalesce(json_extract(t.value, '$.other'), ''), coalesce(json_extract(t.value, '$.compared'), ''),
       coalesce(json_extract(t.value, '$.needed'), ''), coalesce(json_extract(t.value, '$.reduction'), ''),
       coalesce(json_extract(t.value, '$.uses'), ''), coalesce(json_extract(t.value, '$.dropped'), '')
FROM json_each(:trace, '$.promotions.told') AS t
ORDER BY t.key;

-- name: view_price_coupons
SELECT json_extract(c.value, '$.coupon'), coalesce(json_extract(c.value, '$.promotion'), ''),
       json_extract(c.value, '$.verdict')
FROM json_each(:trace, '$.coupons') AS c
ORDER BY c.key;

-- name: view_price_freight
SELECT json_extract(f.value, '$.net'), json_extract(f.value, '$.tax_rate'), json_extract(f.value, '$.tax')
FROM json_each(:trace, '$.freight_parts') AS f
ORDER BY f.key;

-- name: view_price_free_goods
SELECT json_extract(g.value, '$.number'), json_extract(g.value, '$.sku'), json_extract(g.value, '$.quantity'),
       json_extract(g.value, '$.unit'), json_extract(g.value, '$.promotion'), coalesce(json_extract(g.value, '$.line'), ''),
       coalesce(json_extract(g.value, '$.owed'), '')
FROM json_each(:trace, '$.free_goods') AS g
ORDER BY g.key;

-- name: view_price_manual
SELECT json_extract(c.value, '$.price'), coalesce(json_extract(c.value, '$.rules_price'), ''),
       coalesce(json_extract(c.value, '$.difference'), ''),
       coalesce(json_extract(c.value, '$.below'), '-' || json_extract(c.value, '$.above'), ''),
       coalesce(json_extract(c.value, '$.allowed'), ''), json_extract(c.value, '$.person'),
       json_extract(c.value, '$.reason'), json_extract(c.value, '$.verdict')
FROM json_each(:line_trace) AS c WHERE c.key = 'manual';

-- name: view_price_authorities
SELECT json_extract(c.value, '$.role'), coalesce(json_extract(c.value, '$.persons'), ''),
       coalesce(json_extract(c.value, '$.partner'), ''), coalesce(json_extract(c.value, '$.group'), ''),
       json_extract(c.value, '$.max_below'), json_extract(c.value, '$.max_above'), json_extract(c.value, '$.verdict'),
       coalesce(json_extract(c.value, '$.why'), '')
FROM json_each(:line_trace, '$.manual.authorities') AS c
ORDER BY c.key;

-- name: view_price_floor
SELECT json_extract(c.value, '$.cost'), coalesce(json_extract(c.value, '$.least_by_price'), ''),
       coalesce(json_extract(c.value, '$.least_by_margin'), ''), coalesce(json_extract(c.value, '$.margin'), ''),
       coalesce(json_extract(c.value, '$.margin_rate'), ''), json_extract(c.value, '$.verdict')
FROM json_each(:line_trace) AS c WHERE c.key = 'floor';

-- name: view_approvals
SELECT p.person, o.partner, o.number, a.version, a.amount_minor, a.currency, a.limit_minor, p.asked_ms, a.due_ms, a.step
FROM approval_person AS p
JOIN approval AS a ON a.id = p.approval_id
JOIN orders AS o ON o.id = a.order_id AND o.version = a.version
WHERE p.state = 'asked' AND (:approver = '' OR p.person = :approver)
UNION ALL
SELECT '-', o.partner, o.number, a.version, a.amount_minor, a.currency, a.limit_minor, a.asked_ms, a.due_ms, a.step
FROM approval AS a
JOIN orders AS o ON o.id = a.order_id AND o.version = a.version
WHERE a.state = 'open' AND a.asked = 0 AND :approver = ''
ORDER BY 8, 1, 2, 3
LIMIT :limit;

-- name: view_files
SELECT partner, name, document, format, state, documents, documents_taken, findings, size, received_ms, sha256, repetition
FROM interchange
WHERE (:partner = '' OR partner = :partner) AND (:state = '' OR state = :state)
ORDER BY id DESC
LIMIT :limit;

-- name: view_file_find
-- By name, or by the beginning of its SHA-256; the newest when there are several, and of what several mappings made of
-- one file what was refused.
SELECT id
FROM (SELECT * FROM (SELECT id FROM interchange INDEXED BY interchange_named WHERE partner = :partner AND name = :name
                     ORDER BY received_ms DESC, state = 'refused' DESC, id DESC LIMIT 1)
      UNION ALL
      SELECT max(id) FROM interchange
      WHERE partner = :partner AND sha256 >= :name AND sha256 < :name || 'g' AND length(:name) >= 8)
WHERE id IS NOT NULL ORDER BY id DESC LIMIT 1;

-- name: view_file_head
SELECT i.partner, i.name, i.document, i.format, i.state, i.documents, i.documents_taken, i.findings, i.size, i.received_ms,
       i.sha256, i.repetition, i.acceptance, i.place, a.mailbox, d.name, h.verdict, h.decided_by, h.decided_ms
FROM interchange AS i
JOIN arrival AS a ON a.id = i.arrival_id
LEFT JOIN master_hold AS h ON h.interchange_id = i.id
LEFT JOIN interchange AS d ON d.id = i.duplicate_of
WHERE i.id = :id;

-- name: view_file_findings
SELECT code, severity, line, "column", order_number, order_line, field, value, expected, hint
FROM finding WHERE interchange_id = :id AND version = 0 ORDER BY ordinal;

-- name: view_file_answers
SELECT f.partner, f.name, f.kind, f.state, f.created_ms, f.delivered_ms
FROM outbox_message AS m
JOIN outbox_file AS f ON f.partner = m.partner AND f.kind = m.kind AND f.last_message >= m.number AND f.first_message =
    (SELECT max(g.first_message) FROM outbox_file AS g
     WHERE g.partner = m.partner AND g.kind = m.kind AND g.first_message <= m.number)
WHERE m.interchange_id = :id
ORDER BY f.created_ms, f.partner, f.name;

-- name: view_file_retry
SELECT i.partner, a.mailbox, a.name, a.remote_size, a.remote_mtime_s, i.place, i.size, i.sha256, i.state, i.repetition,
       i.mapping, a.turn
FROM interchange AS i JOIN arrival AS a ON a.id = i.arrival_id WHERE i.id = :id;

-- name: view_file_again
INSERT INTO arrival (partner, mailbox, name, remote_size, remote_mtime_s, spool, size, sha256, state, remote, arrived_ms,
                     mapping, turn)
VALUES (:partner, :mailbox, :name, :remote_size, :remote_mtime_s, :spool, :size, :sha256, 'landed', 'settled', :arrived_ms,
        :mapping, :turn)
ON CONFLICT (spool) DO NOTHING;

-- name: view_reports
SELECT schedule, report, first_day, last_day, made_ms FROM report ORDER BY first_day DESC, schedule LIMIT :limit;

-- name: view_status_approvals
-- Those about which nobody could be asked have no person.
SELECT p.person, count(*), min(p.asked_ms), count(*) FILTER (WHERE a.due_ms < :now_ms)
FROM approval_person AS p JOIN approval AS a ON a.id = p.approval_id WHERE p.state = 'asked' GROUP BY p.person
UNION ALL
SELECT '', count(*), min(asked_ms), count(*) FILTER (WHERE due_ms < :now_ms) FROM approval
WHERE state = 'open' AND asked = 0 HAVING count(*) > 0
ORDER BY 1;

-- name: view_status_orders
-- Only orders that are open, by the partial index, and those that still wait for the desk, by their files.
-- An approved one that is held has a line of its own.
SELECT approval, fulfilment, count(*), min(received_ms), payment FROM orders
WHERE approval <> 'refused' AND approval <> 'cancelled' AND approval <> 'received' AND fulfilment <> 'shipped'
  AND fulfilment <> 'partly-delivered' AND fulfilment <> 'delivered'
  AND (approval <> 'approved' OR fulfilment <> 'none' OR NOT EXISTS (
      SELECT 1 FROM order_hold h WHERE h.order_id = orders.id AND h.ended_ms IS NULL))
GROUP BY approval, fulfilment, iif(fulfilment = 'none', payment, '')
UNION ALL
SELECT o.approval, o.fulfilment, count(*), min(o.received_ms), o.payment
FROM interchange i
JOIN order_version v ON v.interchange_id = i.id
JOIN orders o ON o.id = v.order_id AND o.version = v.version
WHERE i.state = 'read' AND o.approval = 'received'
GROUP BY o.approval, o.fulfilment
ORDER BY 1, 2, 5;

-- name: view_status_suspects
SELECT a.partner, a.name, min(d.noted_ms), count(*) FROM death d CROSS JOIN arrival a ON a.id = d.arrival_id
LEFT JOIN interchange i ON i.arrival_id = a.id
WHERE coalesce(i.state, 'read') = 'read'
GROUP BY a.id ORDER BY a.partner, a.id LIMIT 20;

-- name: view_status_set_aside
-- Until it came again, see view_file_again.
SELECT i.partner, i.name, i.received_ms, count(*) FROM death d CROSS JOIN interchange i ON i.arrival_id = d.arrival_id
WHERE i.state = 'refused'
  AND NOT EXISTS (SELECT 1 FROM interchange later
                  WHERE later.partner = i.partner AND later.sha256 = i.sha256 AND later.repetition > i.repetition)
GROUP BY i.id ORDER BY i.id DESC LIMIT 20;

-- name: view_status_refused
SELECT partner, name, received_ms, findings FROM interchange i
WHERE state = 'refused' AND received_ms >= :since_ms
  AND NOT EXISTS (SELECT 1 FROM death d WHERE d.arrival_id = i.arrival_id)
ORDER BY received_ms DESC, id DESC LIMIT 20;

-- name: view_status_partly
SELECT partner, name, received_ms, findings FROM interchange
WHERE state = 'partly' AND received_ms >= :since_ms ORDER BY received_ms DESC, id DESC LIMIT 20;

-- name: view_status_unpriced
SELECT o.partner, o.number, a.line, a.code, a.since_ms FROM order_awaiting_price AS a CROSS JOIN orders AS o ON o.id = a.order_id
ORDER BY a.since_ms, a.order_id LIMIT 50;

-- name: view_status_unpriced_count
SELECT count(*) FROM order_awaiting_price;

-- name: view_order_changes
SELECT a.number, nullif(a.change_number, ''), a.actor, a.at_ms, coalesce(p.state, a.verdict), a.version, p.expires, p.ended_by
FROM change_answer AS a LEFT JOIN change_pending AS p ON p.order_id = a.order_id AND p.number = a.number
WHERE a.order_id = :id ORDER BY a.number;

-- name: view_status_changes
SELECT o.partner, o.number, coalesce(nullif(a.change_number, ''), '#' || a.number), p.since_ms, p.expires
FROM change_pending AS p CROSS JOIN orders AS o ON o.id = p.order_id
JOIN change_answer AS a ON a.order_id = p.order_id AND a.number = p.number
WHERE p.state = 'open' ORDER BY p.since_ms, o.partner, o.number, p.number LIMIT 50;

-- name: view_status_holds
SELECT o.partner, o.number, h.kind, h.reason, h.since_ms, h.expires, h.placed_by, h.may_end, h.blocks
FROM order_hold AS h CROSS JOIN orders AS o ON o.id = h.order_id
WHERE h.ended_ms IS NULL ORDER BY h.since_ms, o.partner, o.number, h.kind LIMIT 50;

-- name: view_status_holds_count
SELECT count(*) FROM order_hold WHERE ended_ms IS NULL;

-- Of those that the desk has seen.
-- name: view_status_payments
SELECT count(*), min(i.received_ms)
FROM payment AS p JOIN interchange AS i ON i.id = p.interchange_id
WHERE p.order_id IS NULL AND p.trouble <> '';

-- name: view_status_owed
SELECT o.partner, o.number, m.owed_minor, m.currency, (o.approval = 'refused') + 2 * (o.approval = 'cancelled')
FROM order_payment AS m CROSS JOIN orders AS o ON o.id = m.order_id
WHERE m.owed_minor > 0 ORDER BY o.partner, o.number LIMIT 50;

-- name: view_status_owed_count
SELECT count(*) FROM order_payment WHERE owed_minor > 0;

-- name: view_status_held
SELECT i.partner, i.name, h.held_ms,
       coalesce((SELECT f.value || ', ' || f.expected || ' (' || f.hint || ')' FROM finding AS f
                 WHERE f.interchange_id = i.id AND f.order_number = '' AND f.code = 'MASTER-PRICE-MOVED'), h.master)
FROM master_hold AS h CROSS JOIN interchange AS i
WHERE h.verdict IS NULL AND i.id = h.interchange_id ORDER BY i.partner, i.name;

-- name: view_status_landed
SELECT count(*), min(arrived_ms) FROM arrival WHERE state <> 'taken' AND state = 'landed' AND trouble IS NULL;

-- name: view_status_unreadable
SELECT partner, name, arrived_ms, trouble FROM arrival
WHERE state <> 'taken' AND trouble IS NOT NULL ORDER BY partner, id LIMIT 20;

-- name: view_status_left
SELECT partner, mailbox, name, kind, since_ms FROM left_alone ORDER BY partner, mailbox, name;

-- name: view_status_outbox
SELECT partner, count(*), min(created_ms), max(attempts), coalesce(max(trouble), '')
FROM outbox_file WHERE state IN ('written', 'uploaded', 'renaming') GROUP BY partner ORDER BY partner;

-- name: view_order_outlook
SELECT grade, cause, promised, iif(first_promised <> promised, first_promised, NULL), expected_p50_ms, expected_p90_ms,
       since_ms, outcome, finished_ms, trace
FROM order_outlook WHERE order_id = :id;

-- The worst first.
-- name: view_orders_late
SELECT o.partner, o.number, o.approval, o.fulfilment, o.payment, l.grade, l.cause, l.promised,
       iif(l.first_promised <> l.promised, l.first_promised, NULL), l.expected_p50_ms, l.expected_p90_ms, l.since_ms
FROM (SELECT * FROM order_outlook WHERE grade <> 'none' AND outcome IS NULL) AS l
JOIN orders AS o ON o.id = l.order_id
WHERE :partner IN ('', o.partner)
ORDER BY CASE l.grade WHEN 'overdue' THEN 1 WHEN 'late' THEN 2 ELSE 3 END, l.promised, o.partner, o.number LIMIT :limit;

-- name: view_status_late_count
SELECT grade, count(*), min(since_ms) FROM order_outlook WHERE grade <> 'none' AND outcome IS NULL GROUP BY grade
ORDER BY CASE grade WHEN 'overdue' THEN 1 WHEN 'late' THEN 2 ELSE 3 END;

-- name: view_partner_files
SELECT count(*), coalesce(max(received_ms), 0) FROM interchange WHERE partner = :partner;

-- name: view_partner_orders
SELECT count(*), coalesce(max(received_ms), 0) FROM orders WHERE partner = :partner;


-- name: view_status_silent
SELECT carrier, count(*), min(last_ms) FROM parcel INDEXED BY parcel_silent
WHERE is_final = 0 AND last_ms < :before_ms GROUP BY carrier ORDER BY carrier;

-- name: view_status_codes
SELECT carrier, code, count(*), min(known_ms) FROM transport_event WHERE verdict = 'unknown-code'
GROUP BY carrier, code ORDER BY carrier, code LIMIT 50;

-- name: view_production
-- Newest first.
SELECT x.plant, x.number, o.partner, o.number, x.sku, x.quantity_micros, x.done_micros, x.start_day, x.finish_day,
       x.expected_day, x.state, x.state_ms, nullif(x.cause, ''), x.cost_minor, nullif(x.reason, ''), x.warehouse, x.version,
       coalesce(l.number, f.number), :currency
FROM production AS x JOIN orders AS o ON o.id = x.order_id
LEFT JOIN order_line AS l ON l.order_id = x.order_id AND l.version = x.version AND l.ordinal = x.ordinal
LEFT JOIN order_free_line AS f ON f.order_id = x.order_id AND f.version = x.version AND f.ordinal = x.ordinal - 100000
WHERE :plant IN ('', x.plant)
ORDER BY x.id DESC LIMIT :limit;

-- name: view_production_open
-- By plant, as it has to be done.
SELECT x.plant, x.number, o.partner, o.number, x.sku, x.quantity_micros, x.done_micros, x.start_day, x.finish_day,
       x.expected_day, x.state, x.state_ms, nullif(x.cause, ''), x.cost_minor, nullif(x.reason, ''), x.warehouse, x.version,
       coalesce(l.number, f.number), :currency
FROM production AS x INDEXED BY production_open JOIN orders AS o ON o.id = x.order_id
LEFT JOIN order_line AS l ON l.order_id = x.order_id AND l.version = x.version AND l.ordinal = x.ordinal
LEFT JOIN order_free_line AS f ON f.order_id = x.order_id AND f.version = x.version AND f.ordinal = x.ordinal - 100000
WHERE :plant IN ('', x.plant) AND x.state NOT IN ('done', 'refused', 'stopped')
ORDER BY x.plant, x.finish_day, x.id LIMIT :limit;

-- name: view_production_one
SELECT x.plant, x.number, o.partner, o.number, x.sku, x.quantity_micros, x.done_micros, x.start_day, x.finish_day,
       x.expected_day, x.state, x.state_ms, nullif(x.cause, ''), x.cost_minor, nullif(x.reason, ''), x.warehouse, x.version,
       coalesce(l.number, f.number), :currency
FROM production AS x JOIN orders AS o ON o.id = x.order_id
LEFT JOIN order_line AS l ON l.order_id = x.order_id AND l.version = x.version AND l.ordinal = x.ordinal
LEFT JOIN order_free_line AS f ON f.order_id = x.order_id AND f.version = x.version AND f.ordinal = x.ordinal - 100000
WHERE x.plant = :plant AND x.number = :number;

-- name: view_production_materials
SELECT t.material, t.quantity_micros FROM production AS x JOIN production_material AS t ON t.production_id = x.id
WHERE x.plant = :plant AND x.number = :number ORDER BY t.material;

-- name: view_production_news
SELECT n.at_ms, n.status, n.done_micros, n.expected_day, nullif(n.cause, ''), n.cost_micros, nullif(n.currency, ''),
       nullif(n.reason, ''), i.received_ms, n.is_late
FROM production AS x
JOIN production_news AS n ON n.production_id = x.id
JOIN interchange AS i ON i.id = n.interchange_id
WHERE x.plant = :plant AND x.number = :number ORDER BY n.at_ms, n.id;

-- name: view_status_releases
SELECT r.warehouse, r.number, o.partner, o.number, r.state, r.state_ms, r.reason
FROM warehouse_release AS r INDEXED BY warehouse_release_stuck JOIN orders AS o ON o.id = r.order_id
WHERE r.state IN ('short', 'refused') AND o.fulfilment NOT IN ('shipped', 'partly-delivered', 'delivered')
ORDER BY r.state_ms, r.id LIMIT 20;

-- name: view_status_releases_count
SELECT count(*) FROM warehouse_release AS r INDEXED BY warehouse_release_stuck JOIN orders AS o ON o.id = r.order_id
WHERE r.state IN ('short', 'refused') AND o.fulfilment NOT IN ('shipped', 'partly-delivered', 'delivered');

-- Where orders are not planned, some warehouses answer nothing but by their shipments.
-- name: view_status_release_silent
SELECT warehouse, count(*), min(released_ms) FROM warehouse_release AS r INDEXED BY warehouse_release_silent
WHERE state = 'sent' AND released_ms < :before_ms
  AND (:is_planned = 1 OR EXISTS (SELECT 1 FROM release_news AS n WHERE n.warehouse = r.warehouse))
GROUP BY warehouse ORDER BY warehouse;

-- name: view_status_production
SELECT x.plant, x.number, o.partner, o.number, x.state, x.state_ms, x.cause, x.reason
FROM production AS x INDEXED BY production_stuck JOIN orders AS o ON o.id = x.order_id
WHERE x.state IN ('late', 'refused') AND x.version = o.version
  AND o.fulfilment NOT IN ('shipped', 'partly-delivered', 'delivered')
ORDER BY x.state_ms, x.id LIMIT 20;

-- name: view_status_production_count
SELECT count(*) FROM production AS x INDEXED BY production_stuck JOIN orders AS o ON o.id = x.order_id
WHERE x.state IN ('late', 'refused') AND x.version = o.version
  AND o.fulfilment NOT IN ('shipped', 'partly-delivered', 'delivered');

-- name: view_returns
SELECT coalesce(r.number, ''), r.request, o.partner, o.number, r.state, r.asked_ms, r.expires, r.warehouse, r.freight,
       (SELECT count(*) FROM return_taken AS t WHERE t.return_id = r.id AND t.waits IN ('expired', 'excess'))
FROM return_authorisation AS r JOIN orders AS o ON o.id = r.order_id
WHERE :partner IN ('', o.partner) ORDER BY r.id DESC LIMIT :limit;

-- Those that wait for a person, or may be used, and those of which something came that waits.
-- name: view_returns_open
WITH open AS (
    SELECT id FROM return_authorisation WHERE state = 'asked'
    UNION
    SELECT id FROM return_authorisation WHERE state = 'authorised'
    UNION
    SELECT return_id FROM return_taken WHERE waits IN ('expired', 'excess'))
SELECT coalesce(r.number, ''), r.request, o.partner, o.number, r.state, r.asked_ms, r.expires, r.warehouse, r.freight,
       (SELECT count(*) FROM return_taken AS t WHERE t.return_id = r.id AND t.waits IN ('expired', 'excess'))
FROM open CROSS JOIN return_authorisation AS r ON r.id = open.id CROSS JOIN orders AS o ON o.id = r.order_id
WHERE :partner IN ('', o.partner) ORDER BY r.id DESC LIMIT :limit;

-- Those that end by a day, and those of which something came that waits.
-- name: view_returns_overdue
WITH open AS (
    SELECT id FROM return_authorisation WHERE state = 'authorised' AND expires <= :day
    UNION
    SELECT return_id FROM return_taken WHERE waits IN ('expired', 'excess'))
SELECT coalesce(r.number, ''), r.request, o.partner, o.number, r.state, r.asked_ms, r.expires, r.warehouse, r.freight,
       (SELECT count(*) FROM return_taken AS t WHERE t.return_id = r.id AND t.waits IN ('expired', 'excess'))
FROM open CROSS JOIN return_authorisation AS r ON r.id = open.id CROSS JOIN orders AS o ON o.id = r.order_id
WHERE :partner IN ('', o.partner) ORDER BY r.expires, r.id LIMIT :limit;

-- By our number; of one that waits for a person by that of the customer, or PARTNER/ORDER/NUMBER.
-- name: view_return_head
WITH named AS (
    SELECT id FROM return_authorisation WHERE number = :name
    UNION ALL
    SELECT r.id FROM return_authorisation AS r JOIN orders AS o ON o.id = r.order_id
    WHERE r.state = 'asked' AND :name IN (r.request, o.partner || '/' || o.number || '/' || r.request))
SELECT nullif(r.number, ''), r.request, o.partner, o.number, r.state, r.asked_ms, r.decided_ms, nullif(r.decided_by, ''),
       nullif(r.reason, ''), r.expires, r.warehouse, r.freight, nullif(r.settled, ''), r.id
FROM named CROSS JOIN return_authorisation AS r ON r.id = named.id CROSS JOIN orders AS o ON o.id = r.order_id LIMIT 1;

-- name: view_return_lines
SELECT l.number, l.sku, l.quantity_micros, l.received_micros, l.unit, l.reason, l.wish, nullif(l.exchange_sku, ''), l.verdict,
       l.clause, iif(:language = 'zh', l.text_zh, l.text_en), l.fees, nullif(l.package, '')
FROM return_line AS l WHERE l.return_id = :id ORDER BY l.ordinal;

-- name: view_return_taken
SELECT t.receipt, t.happened_ms, l.number, t.quantity_micros, t.condition, t.disposition, nullif(t.waits, ''), t.refund_minor,
       t.fee_minor, v.currency, nullif(t.reason, ''), nullif(t.serials, ''), iif(l.package = '', NULL, l.sku)
FROM return_taken AS t JOIN return_line AS l ON l.return_id = t.return_id AND l.ordinal = t.ordinal
JOIN return_authorisation AS r ON r.id = t.return_id
JOIN order_version AS v ON v.order_id = r.order_id AND v.version = r.version
WHERE t.return_id = :id ORDER BY t.id;

-- name: view_return_gifts
SELECT f.number, f.sku, g.stay_micros, f.unit, g.net_minor + g.tax_minor, v.currency, g.clause,
       iif(:language = 'zh', g.text_zh, g.text_en)
FROM return_gift AS g
JOIN return_authorisation AS r ON r.id = g.return_id
JOIN order_version AS v ON v.order_id = r.order_id AND v.version = r.version
JOIN order_free_line AS f ON f.order_id = r.order_id AND f.version = r.version AND f.ordinal = g.ordinal - 100000
WHERE g.return_id = :id ORDER BY g.sequence;

-- name: view_return_credits
SELECT i.number, i.day, i.net_minor, i.tax_minor, i.gross_minor, i.currency
FROM return_credit AS c JOIN invoice AS i ON i.id = c.invoice_id WHERE c.return_id = :id ORDER BY i.id;

-- name: view_status_returns
SELECT (SELECT count(*) FROM return_authorisation WHERE state = 'asked'),
       (SELECT min(asked_ms) FROM return_authorisation WHERE state = 'asked'),
       (SELECT count(*) FROM return_authorisation WHERE state = 'authorised' AND expires <= :day),
       (SELECT count(*) FROM return_taken WHERE waits IN ('expired', 'excess')),
       (SELECT min(known_ms) FROM return_taken WHERE waits IN ('expired', 'excess'));

-- What was sent in place of what came back of an order, or in place of what it is.
-- name: view_order_exchanges
SELECT o.partner, o.number, 'exchange', r.number, o.approval, o.fulfilment, o.payment
FROM return_authorisation AS r JOIN order_exchange AS x ON x.return_id = r.id JOIN orders AS o ON o.id = x.order_id
WHERE r.order_id = :id
UNION ALL
SELECT o.partner, o.number, 'exchange-of', r.number, o.approval, o.fulfilment, o.payment
FROM order_exchange AS x JOIN return_authorisation AS r ON r.id = x.return_id JOIN orders AS o ON o.id = r.order_id
WHERE x.order_id = :id ORDER BY 2;

-- name: view_order_exchange_count
SELECT (SELECT count(*) FROM return_authorisation AS r JOIN order_exchange AS x ON x.return_id = r.id WHERE r.order_id = :id)
       + (SELECT count(*) FROM order_exchange WHERE order_id = :id);
