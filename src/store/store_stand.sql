-- A release of all lines is one of those that the version had which was released: others may have joined it since.
-- name: stand_lines
SELECT l.ordinal, l.number, l.sku, l.unit, l.quantity_micros,
       coalesce(c.quantity_micros, 0), coalesce(c.net_minor, 0), coalesce(c.tax_minor, 0),
       coalesce(r.quantity_micros, 0) + iif(l.ordinal <= w.lines OR l.ordinal BETWEEN 100001 AND 100000 + w.gifts, l.quantity_micros, 0)
           - coalesce(t.stopped_micros, 0),
       coalesce(s.quantity_micros, 0), coalesce(s.is_closed, 0), coalesce(m.is_started, -1),
       coalesce(p.net_minor, 0), coalesce(p.tax_minor, 0),
       coalesce(b.micros, 0), coalesce(b.makes_parts, 0), coalesce(q.micros, 0)
FROM (SELECT ordinal, number, sku, unit, quantity_micros FROM order_line
      WHERE order_id = :order_id AND version = :version
      UNION ALL
      SELECT 100000 + ordinal, number, sku, unit, quantity_micros FROM order_free_line
      WHERE order_id = :order_id AND version = :version) l
LEFT JOIN order_line_price p ON p.order_id = :order_id AND p.version = :version AND p.ordinal = l.ordinal
LEFT JOIN order_cancelled c ON c.order_id = :order_id AND c.version = :version AND c.ordinal = l.ordinal
LEFT JOIN (SELECT rl.ordinal, sum(rl.quantity_micros) AS quantity_micros
           FROM warehouse_release wr JOIN warehouse_release_line rl ON rl.release_id = wr.id
           WHERE wr.order_id = :order_id AND wr.state <> 'refused'
           GROUP BY rl.ordinal) r ON r.ordinal = l.ordinal
LEFT JOIN (SELECT max(v.lines) AS lines,
                  max((SELECT count(*) FROM order_free_line f WHERE f.order_id = wr.order_id AND f.version = wr.version)) AS gifts
           FROM warehouse_release wr JOIN order_version v ON v.order_id = wr.order_id AND v.version = wr.version
           WHERE wr.order_id = :order_id AND wr.state <> 'refused' AND wr.is_whole = 1) w
LEFT JOIN (SELECT tl.ordinal, sum(tl.stopped_micros) AS stopped_micros
           FROM stop_notice n JOIN stop_notice_line tl ON tl.notice_id = n.id
           JOIN warehouse_release wr ON wr.id = n.release_id AND wr.state <> 'refused'
           WHERE n.order_id = :order_id
           GROUP BY tl.ordinal) t ON t.ordinal = l.ordinal
LEFT JOIN (SELECT sl.order_line, sum(sl.quantity_micros) AS quantity_micros, max(sl.is_closed) AS is_closed
           FROM shipment sh JOIN shipment_line sl ON sl.shipment_id = sh.id
           WHERE sh.order_id = :order_id
           GROUP BY sl.order_line) s ON s.order_line = l.number
LEFT JOIN (SELECT ordinal, max(state IN ('started', 'late')) AS is_started FROM production
           WHERE order_id = :order_id AND state NOT IN ('done', 'refused', 'stopped')
           GROUP BY ordinal) m ON m.ordinal = l.ordinal
LEFT JOIN (SELECT x.ordinal, max(x.part > 0) AS makes_parts,
                  sum(iif(x.part > 0, 0, (x.quantity_micros - x.done_micros) / n.unit_micros * 1000000
                                         + (x.quantity_micros - x.done_micros) % n.unit_micros * 1000000 / n.unit_micros)) AS micros
           FROM production x JOIN plan_line n ON n.order_id = x.order_id AND n.ordinal = x.ordinal AND n.part = x.part
           WHERE x.order_id = :order_id AND x.state IN ('started', 'late')
           GROUP BY x.ordinal) b ON b.ordinal = l.ordinal
LEFT JOIN (SELECT tl.ordinal, sum(tl.quantity_micros - tl.gone_micros) AS micros
           FROM stop_notice n JOIN stop_notice_line tl ON tl.notice_id = n.id
           WHERE n.order_id = :order_id AND n.state = 'asked'
           GROUP BY tl.ordinal) q ON q.ordinal = l.ordinal
ORDER BY l.ordinal;
