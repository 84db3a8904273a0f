-- People's decisions about findings, by the words that they judge, and the model behind a finding.

-- The models of each version of the pipeline.
CREATE TABLE model (
    pipeline_version TEXT NOT NULL,
    name             TEXT NOT NULL,
    version          TEXT NOT NULL,
    PRIMARY KEY (pipeline_version, name)
) STRICT, WITHOUT ROWID;

-- Named by the words, not by offsets, so that it outlives a document that is read or tagged again.
CREATE TABLE decision (
    id         INTEGER PRIMARY KEY,
    document   INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    quote      TEXT NOT NULL,     -- the words that are judged, as the document had them
    occurrence INTEGER NOT NULL,  -- which of the places with these words: 1 for the first
    theme      TEXT NOT NULL,     -- of the finding that is judged, or of the one that is added
    verdict    TEXT NOT NULL CHECK (
        verdict IN ('accepted', 'rejected', 'changed', 'added', 'withdrawn')
    ),
    new_theme  TEXT,              -- where the theme is changed
    polarity   TEXT CHECK (polarity IN ('strength', 'concern', 'mixed', 'neutral')),
    timing     TEXT CHECK (timing IN ('current', 'improved', 'worsened', 'planned', 'past')),
    why        TEXT NOT NULL,
    who        TEXT NOT NULL,
    made_at    TEXT NOT NULL,
    CHECK (verdict IN ('rejected', 'withdrawn') OR (polarity IS NOT NULL AND timing IS NOT NULL))
) STRICT;
CREATE INDEX decision_document ON decision (document, theme);

-- How sure the model is of a finding, 0 to 1; NULL where no model weighed it.
ALTER TABLE finding ADD COLUMN score REAL;
-- A row that stands for a decision, and a row of the machine in whose place one stands. Both are
-- computed (decisions.py) from the decisions and the machine's rows, whenever either changes.
ALTER TABLE finding ADD COLUMN decision INTEGER REFERENCES decision ON DELETE CASCADE;
ALTER TABLE finding ADD COLUMN replaced INTEGER NOT NULL DEFAULT 0;
CREATE INDEX finding_decided ON finding (decision) WHERE decision IS NOT NULL;
DROP INDEX finding_theme;
CREATE INDEX finding_theme ON finding (theme, polarity, timing, passage, replaced);

-- Findings as they hold: the machine's where nobody decided, else what people decided.
CREATE VIEW finding_now AS
SELECT id, passage, theme, polarity, timing, start, "end", cues, about, extent, aspect, score,
    decision
FROM finding WHERE replaced = 0;

INSERT INTO decision
SELECT f.id, f.document, substr(d.text, f.start + 1, f."end" - f.start),
    1 + (length(substr(d.text, 1, f.start)) - length(replace(substr(d.text, 1, f.start),
        substr(d.text, f.start + 1, f."end" - f.start), ''))) / max(f."end" - f.start, 1),
    f.theme, f.decision, NULL,
    coalesce(f.polarity, m.polarity, 'neutral'), coalesce(f.timing, m.timing, 'current'),
    f.why, f.who, f.made_at
FROM finding_decision f JOIN document d ON d.id = f.document
LEFT JOIN finding m ON m.theme = f.theme AND m.start = f.start AND m."end" = f."end"
    AND m.passage IN (SELECT id FROM passage WHERE document = f.document);

INSERT INTO finding
    (passage, theme, polarity, timing, start, "end", cues, about, extent, aspect, decision)
SELECT p.id, d.theme, d.polarity, d.timing, f.start, f."end", coalesce(m.cues, '[]'),
    m.about, m.extent, m.aspect, d.id
FROM finding_decision f JOIN decision d ON d.id = f.id
JOIN passage p ON p.document = f.document AND p.start <= f.start AND f."end" <= p."end"
LEFT JOIN finding m ON m.passage = p.id AND m.theme = f.theme AND m.start = f.start
    AND m."end" = f."end"
WHERE f.decision <> 'rejected' AND f.id = (SELECT max(id) FROM finding_decision AS other
    WHERE other.document = f.document AND other.theme = f.theme AND other.start = f.start
        AND other."end" = f."end");
UPDATE finding SET replaced = 1 WHERE decision IS NULL AND EXISTS (
    SELECT 1 FROM finding_decision f JOIN passage p ON p.document = f.document
    WHERE p.id = finding.passage AND f.theme = finding.theme AND f.start = finding.start
        AND f."end" = finding."end");
DROP TABLE finding_decision;
