-- name: production_insert
INSERT INTO production (order_id, version, ordinal, part, plant, number, warehouse, sku, quantity_micros, done_micros, asked_ms,
                        start_day, finish_day, state, state_ms, cause, reason)
VALUES (:order_id, :version, :ordinal, :part, :plant,
        (SELECT coalesce(max(number), 0) + 1 FROM production WHERE plant = :plant), :warehouse, :sku, :quantity_micros, 0,
        :asked_ms, :start_day, :finish_day, 'asked', :asked_ms, '', '');

-- name: production_number
SELECT number FROM production WHERE id = :id;

-- name: production_material_insert
INSERT INTO production_material (production_id, material, quantity_micros)
SELECT :production_id, m.material, m.quantity_micros
FROM master_in_force AS f JOIN material AS m ON m.version_id = f.version_id
WHERE f.master = 'materials' AND m.sku = :sku;

-- name: production_find
SELECT x.id, x.order_id, o.partner, o.version, o.approval, o.fulfilment, o.payment, x.version, x.ordinal, x.part, x.plant,
       x.number, x.warehouse, x.sku, x.quantity_micros, x.done_micros, x.start_day, x.finish_day, x.asked_ms, x.state,
       x.state_ms, x.told_ms, x.cause, x.reason, x.expected_day, x.expected_ms, x.cost_minor, x.cost_ms
FROM production AS x JOIN orders AS o ON o.id = x.order_id
WHERE x.plant = :plant AND x.number = :number;

-- name: production_open_next
SELECT x.id, x.order_id, o.partner, o.version, o.approval, o.fulfilment, o.payment, x.version, x.ordinal, x.part, x.plant,
       x.number, x.warehouse, x.sku, x.quantity_micros, x.done_micros, x.start_day, x.finish_day, x.asked_ms, x.state,
       x.state_ms, x.told_ms, x.cause, x.reason, x.expected_day, x.expected_ms, x.cost_minor, x.cost_ms
FROM production AS x JOIN orders AS o ON o.id = x.order_id
WHERE x.order_id = :order_id AND (:ordinal = 0 OR (x.ordinal = :ordinal AND x.part = :part)) AND x.id > :after
  AND x.state IN ('asked', 'accepted', 'started', 'late')
ORDER BY x.id LIMIT 1;

-- name: production_has_begun
SELECT EXISTS (SELECT 1 FROM production
               WHERE order_id = :order_id AND ordinal = :ordinal AND part = :part AND state IN ('started', 'late'));

-- name: production_stand
UPDATE production SET done_micros = :done_micros, state = :state, state_ms = :state_ms, told_ms = :told_ms, cause = :cause,
                      reason = :reason, expected_day = :expected_day, expected_ms = :expected_ms, cost_minor = :cost_minor,
                      cost_ms = :cost_ms
WHERE id = :id;

-- name: production_news_insert
INSERT INTO production_news (interchange_id, line, plant, number, status, at_ms, done_micros, expected_day, cause, cost_micros,
                             currency, reason)
VALUES (:interchange_id, :line, :plant, :number, :status, :at_ms, :done_micros, :expected_day, :cause, :cost_micros, :currency,
        :reason)
ON CONFLICT (plant, number, status, at_ms) DO NOTHING;

-- name: production_news_is_same
SELECT done_micros IS :done_micros AND expected_day IS :expected_day AND cause = :cause AND cost_micros IS :cost_micros
       AND currency = :currency AND reason = :reason
FROM production_news WHERE plant = :plant AND number = :number AND status = :status AND at_ms = :at_ms;

-- name: production_news_of_interchange
SELECT id, number, status, at_ms, done_micros, expected_day, cause, cost_micros, currency, reason, line
FROM production_news WHERE interchange_id = :interchange_id AND id > :after ORDER BY id LIMIT 1;

-- name: production_news_judge
UPDATE production_news SET production_id = :production_id, is_late = :is_late WHERE id = :id;

-- name: production_news_discard
DELETE FROM production_news WHERE id = :id;

-- name: production_news_is_first
SELECT NOT EXISTS (SELECT 1 FROM production_news WHERE production_id = :production_id AND status = :status);

-- name: production_materials
SELECT material, quantity_micros FROM production_material WHERE production_id = :production_id ORDER BY material;

