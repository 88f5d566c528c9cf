-- name: death_add
INSERT INTO death (run_id, arrival_id, noted_ms)
SELECT :run_id, a.id, :noted_ms FROM arrival a
WHERE a.id = :arrival_id
  AND (a.state = 'landed'
       OR EXISTS (SELECT 1 FROM interchange i WHERE i.arrival_id = a.id AND i.state = 'read'))
ON CONFLICT (run_id) DO NOTHING;

-- name: death_list
SELECT a.id, a.partner, a.name, count(*)
FROM death d CROSS JOIN arrival a ON a.id = d.arrival_id
LEFT JOIN interchange i ON i.arrival_id = a.id
GROUP BY a.id
HAVING coalesce(i.state, 'read') = 'read' OR max(d.noted_ms) >= :since_ms
ORDER BY a.partner, a.id;

-- name: death_forget
DELETE FROM death WHERE arrival_id = :arrival_id;
