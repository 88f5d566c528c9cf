-- Where products come from: lists plants, supply, materials and lanes.

-- name: master_plant_insert
INSERT INTO plant (version_id, plant, warehouse, capacity_micros, line)
VALUES (:version_id, :plant, :warehouse, :capacity_micros, :line)
ON CONFLICT DO NOTHING;

-- name: master_plant_discard
DELETE FROM plant WHERE version_id = :version_id;

-- name: master_supply_insert
INSERT INTO supply (version_id, sku, source, plant, lead_days, load_micros, line)
VALUES (:version_id, :sku, :source, :plant, :lead_days, :load_micros, :line)
ON CONFLICT DO NOTHING;

-- name: master_supply_discard
DELETE FROM supply WHERE version_id = :version_id;

-- name: master_material_insert
INSERT INTO material (version_id, sku, material, quantity_micros, line)
VALUES (:version_id, :sku, :material, :quantity_micros, :line)
ON CONFLICT DO NOTHING;

-- name: master_material_discard
DELETE FROM material WHERE version_id = :version_id;

-- name: master_lane_insert
INSERT INTO lane (version_id, warehouse, country, region, transit_days, line)
VALUES (:version_id, :warehouse, :country, :region, :transit_days, :line)
ON CONFLICT DO NOTHING;

-- name: master_lane_discard
DELETE FROM lane WHERE version_id = :version_id;

-- name: master_plant
SELECT plant, warehouse, capacity_micros FROM plant WHERE version_id = :version_id AND plant = :plant;

-- name: master_supply
SELECT sku, source, plant, lead_days, load_micros FROM supply WHERE version_id = :version_id AND sku = :sku;

-- name: master_materials
SELECT sku, material, quantity_micros FROM material WHERE version_id = :version_id AND sku = :sku ORDER BY material;

-- The rows of the warehouse go before those of any; the region before the country, this before every other.
-- name: master_lane
SELECT warehouse, country, region, transit_days FROM lane
WHERE version_id = :version_id AND warehouse IN (:warehouse, '')
  AND country IN (:country, '') AND region IN (:region, '')
ORDER BY warehouse = '', country = '', region = '' LIMIT 1;

-- name: master_supplies_unknown
SELECT sku, min(line) FROM supply o
WHERE version_id = :version_id
  AND NOT EXISTS (SELECT 1 FROM product p WHERE p.version_id = :products AND p.sku = o.sku)
GROUP BY sku ORDER BY 2;

-- (Without a list of plants in force nothing is made yet.)
-- name: master_supplies_without_plant
SELECT plant, min(line) FROM supply o
WHERE version_id = :version_id AND plant <> '' AND :plants > 0
  AND NOT EXISTS (SELECT 1 FROM plant p WHERE p.version_id = :plants AND p.plant = o.plant)
GROUP BY plant ORDER BY 2;

-- name: master_materials_of_unknown
SELECT sku, min(line) FROM material o
WHERE version_id = :version_id
  AND NOT EXISTS (SELECT 1 FROM product p WHERE p.version_id = :products AND p.sku = o.sku)
GROUP BY sku ORDER BY 2;

-- name: master_materials_unknown
SELECT material, min(line) FROM material o
WHERE version_id = :version_id
  AND NOT EXISTS (SELECT 1 FROM product p WHERE p.version_id = :products AND p.sku = o.material)
GROUP BY material ORDER BY 2;

-- name: master_materials_unused
SELECT sku, min(line) FROM material o
WHERE version_id = :version_id AND :supplies > 0
  AND NOT EXISTS (SELECT 1 FROM supply s WHERE s.version_id = :supplies AND s.sku = o.sku AND s.source = 'make')
GROUP BY sku ORDER BY 2;

-- name: master_materials_made
SELECT material, min(line) FROM material o
WHERE version_id = :version_id
  AND EXISTS (SELECT 1 FROM supply s WHERE s.version_id = :supplies AND s.sku = o.material AND s.source = 'make')
GROUP BY material ORDER BY 2;

-- name: master_materials_many
SELECT sku, min(line) FROM material WHERE version_id = :version_id GROUP BY sku HAVING count(*) > :max ORDER BY 2;

-- name: master_plant_partners
SELECT plant, line FROM plant WHERE version_id = :version_id ORDER BY line;

-- name: master_plant_warehouses
SELECT warehouse, min(line) FROM plant WHERE version_id = :version_id GROUP BY warehouse ORDER BY 2;

-- name: master_plants_missed
SELECT plant, 0 FROM supply s
WHERE NOT EXISTS (SELECT 1 FROM plant p WHERE p.version_id = :version_id AND p.plant = s.plant)
  AND version_id = :supplies AND plant <> ''
GROUP BY plant ORDER BY plant;

-- name: master_lane_warehouses
SELECT warehouse, min(line) FROM lane WHERE version_id = :version_id AND warehouse <> '' GROUP BY warehouse ORDER BY 2;
