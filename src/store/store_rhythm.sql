-- A file came: the time since the one before takes the place of the oldest gap that is known.  Files of one run are one.
-- name: rhythm_gap
INSERT INTO partner_gap (partner, document, slot, gap_ms)
SELECT partner, document, (arrivals - 1) % :gaps_max, :received_ms - last_ms FROM partner_rhythm
WHERE partner = :partner AND document = :document AND last_ms < :received_ms
ON CONFLICT (partner, document, slot) DO UPDATE SET gap_ms = excluded.gap_ms;

-- name: rhythm_note
INSERT INTO partner_rhythm (partner, document, last_ms, arrivals) VALUES (:partner, :document, :received_ms, 1)
ON CONFLICT (partner, document)
DO UPDATE SET last_ms = excluded.last_ms, arrivals = arrivals + 1 WHERE last_ms < excluded.last_ms;

-- name: rhythm_list
SELECT r.partner, r.document, r.last_ms, g.gap_ms
FROM partner_rhythm r LEFT JOIN partner_gap g ON g.partner = r.partner AND g.document = r.document
ORDER BY r.partner, r.document, g.slot;
