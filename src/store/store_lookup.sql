-- name: lookup_drop_rows
DELETE FROM lookup_row WHERE lookup_id = (SELECT id FROM lookup WHERE partner = :partner AND name = :name);

-- name: lookup_drop
DELETE FROM lookup WHERE partner = :partner AND name = :name;

-- name: lookup_begin
INSERT INTO lookup (partner, name, interchange_id, columns) VALUES (:partner, :name, :interchange_id, :columns);

-- name: lookup_add
INSERT INTO lookup_row (lookup_id, key, cells, line) VALUES (:lookup_id, :key, :cells, :line)
ON CONFLICT (lookup_id, key) DO NOTHING;

-- name: lookup_columns
SELECT columns FROM lookup WHERE partner = :partner AND name = :name;

-- name: lookup_find
SELECT r.cells FROM lookup l JOIN lookup_row r ON r.lookup_id = l.id
WHERE l.partner = :partner AND l.name = :name AND r.key = :key;
