-- A list of more than two words in a check is made into a table for each row that is written, which
-- took four fifths of the time of writing findings; comparisons cost next to nothing.

CREATE TABLE finding_anew (
    id       INTEGER PRIMARY KEY,
    passage  INTEGER NOT NULL REFERENCES passage ON DELETE CASCADE,
    theme    TEXT NOT NULL,
    polarity TEXT NOT NULL CHECK (
        polarity = 'strength' OR polarity = 'concern' OR polarity = 'mixed' OR polarity = 'neutral'
    ),
    timing   TEXT NOT NULL CHECK (
        timing = 'current' OR timing = 'improved' OR timing = 'worsened' OR timing = 'planned'
        OR timing = 'past'
    ),
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    cues     TEXT NOT NULL,  -- JSON: [[kind, label, start, end], ...]
    about    TEXT CHECK (
        about = 'council' OR about = 'police' OR about = 'health' OR about = 'schools'
        OR about = 'board' OR about = 'trust' OR about = 'partnership'
    ),
    extent   TEXT CHECK (
        extent = 'all' OR extent = 'most' OR extent = 'many' OR extent = 'some' OR extent = 'few'
        OR extent = 'none' OR extent = 'too_many' OR extent = 'too_few' OR extent = 'not_all'
    ),
    aspect   TEXT CHECK (
        aspect = 'timeliness' OR aspect = 'frequency' OR aspect = 'quality'
        OR aspect = 'consistency' OR aspect = 'sufficiency' OR aspect = 'access'
        OR aspect = 'impact'
    )
) STRICT;
INSERT INTO finding_anew
SELECT id, passage, theme, polarity, timing, start, "end", cues, about, extent, aspect FROM finding;
DROP TABLE finding;
ALTER TABLE finding_anew RENAME TO finding;
CREATE INDEX finding_passage ON finding (passage);
CREATE INDEX finding_theme ON finding (theme, polarity, timing, passage);
