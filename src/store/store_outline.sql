-- What was gathered for the last report: scratch tables have it as long as nothing changes.

-- name: outline_kept
SELECT 1 FROM temp.kept_report
WHERE report = :report AND first_day = :first_day AND last_day = :last_day AND as_of_ms = :as_of_ms AND day_view = :day_view
      AND language = :language AND partner = :partner AND terms = :terms AND generation = :generation AND changes = :changes;

-- name: outline_kept_totals
SELECT currency, span, tile, value FROM temp.kept_total ORDER BY rowid;

-- name: outline_forget
DELETE FROM temp.kept_report;
-- name: outline_forget_totals
DELETE FROM temp.kept_total;
-- name: outline_keep_total
INSERT INTO temp.kept_total (currency, span, tile, value) VALUES (:currency, :span, :tile, :value);
-- name: outline_keep
INSERT INTO temp.kept_report (report, first_day, last_day, as_of_ms, day_view, language, partner, terms, generation, changes)
VALUES (:report, :first_day, :last_day, :as_of_ms, :day_view, :language, :partner, :terms, :generation, :changes);
