-- Figures: numbers with what each counts. Places are characters of document.text.
CREATE TABLE figure (
    id           INTEGER PRIMARY KEY,
    passage      INTEGER NOT NULL REFERENCES passage ON DELETE CASCADE,
    value        REAL NOT NULL,
    unit         TEXT NOT NULL,
    "of"         REAL,  -- the whole that a count is part of
    comparison   TEXT CHECK (
        comparison IN ('national', 'neighbours', 'region', 'target', 'previous', 'change')
    ),
    counts_start INTEGER NOT NULL,
    counts_end   INTEGER NOT NULL,
    period_start INTEGER,
    period_end   INTEGER,
    start        INTEGER NOT NULL,
    "end"        INTEGER NOT NULL,
    counted      TEXT NOT NULL  -- what it counts as stems between spaces, to look words up in
) STRICT;
CREATE INDEX figure_passage ON figure (passage);
