-- name: trace_lines
SELECT json_extract(l.value, '$.line'), json_extract(l.value, '$.sku'),
       coalesce((SELECT json_extract(c.value, '$.scope') || coalesce(' ' || json_extract(c.value, '$.holder'), '')
                        || ', from ' || json_extract(c.value, '$.from')
                        || coalesce(', ' || json_extract(c.value, '$.valid_from'), '')
                 FROM json_each(l.value, '$.candidates') AS c
                 WHERE json_extract(c.value, '$.verdict') = 'applied'), '')
FROM json_each(:trace, '$.lines') AS l
ORDER BY l.key;
