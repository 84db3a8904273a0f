-- Each text once: the terms of a passage are read off its text, and the text of a document is that of
-- its passages and what stands outside them. What is made from texts is made anew.

-- The next use of the library writes them, and the indexes with them.
DELETE FROM library WHERE key IN ('terms', 'fts4', 'fts5', 'digest of document_vectors');

DROP VIEW passages;
DROP VIEW findings;
DROP TABLE passage_terms;
CREATE TABLE passage_text (
    passage INTEGER PRIMARY KEY REFERENCES passage ON DELETE CASCADE,
    same    INTEGER NOT NULL,  -- a digest of its words: passages that repeat one another have the same
    words   INTEGER NOT NULL,  -- their number
    starts  BLOB NOT NULL,     -- where each word begins, packed (analyzer.py)
    text    TEXT NOT NULL
) STRICT;
INSERT INTO passage_text
SELECT p.id, 0, 0, x'', substr(d.text, p.start + 1, p."end" - p.start)
FROM passage p JOIN document d ON d.id = p.document;
CREATE INDEX passage_text_same ON passage_text (same);

-- What stands outside the passages, end to end: mostly the line breaks between them.
ALTER TABLE document ADD COLUMN outside TEXT NOT NULL DEFAULT '';
UPDATE document SET outside = coalesce((
    SELECT group_concat(substr(text, behind + 1, start - behind), '') FROM (
        SELECT start, coalesce(lag("end") OVER (ORDER BY start), 0) AS behind
        FROM passage WHERE document = document.id ORDER BY start
    )
), '') || substr(text, 1 + coalesce((SELECT max("end") FROM passage WHERE document = document.id), 0));

-- Two issues of a report without a date have their first line in common.
DROP INDEX document_edition;
ALTER TABLE document DROP COLUMN edition;
ALTER TABLE document ADD COLUMN first_line TEXT NOT NULL DEFAULT '';
UPDATE document SET first_line = substr(text, 1, instr(text || char(10), char(10)) - 1);
ALTER TABLE document DROP COLUMN text;
ALTER TABLE document ADD COLUMN edition TEXT
    GENERATED ALWAYS AS (coalesce(start_date, as_at, first_line)) VIRTUAL;
CREATE INDEX document_edition ON document (whose, doc_type, edition, coalesce(published, ''));

-- The words that decided a finding, as cues.py packs them.
UPDATE finding SET cues = coalesce((
    SELECT group_concat(
        CASE kind WHEN 'theme' THEN 't' WHEN 'polarity' THEN 'p' WHEN 'timing' THEN 'w'
            WHEN 'extent' THEN 'e' ELSE 'a' END
        || char(1 + first - finding.start, 1 + behind - first),
        ''
    )
    FROM (
        SELECT value ->> 0 AS kind, value ->> 2 AS first, value ->> 3 AS behind
        FROM json_each(finding.cues) ORDER BY key
    )
), '')
WHERE NOT EXISTS (
    SELECT 1 FROM json_each(finding.cues) WHERE value ->> 2 < finding.start
        OR value ->> 3 < value ->> 2 OR value ->> 3 >= finding.start + 50000
        OR value ->> 1 IS NOT CASE value ->> 0 WHEN 'theme' THEN theme WHEN 'polarity' THEN polarity
            WHEN 'timing' THEN timing WHEN 'extent' THEN extent ELSE aspect END
);

-- What most findings say is left out of their tags (passage_tags.py).
UPDATE passage SET tags = coalesce((SELECT group_concat(tag, ' ') FROM (
    SELECT theme || '/' || polarity || '/' || coalesce(nullif(timing, 'current'), '') || '/'
        || coalesce(nullif(coalesce(about, '-'), 'council'), '') || '/' || coalesce(extent, '')
        || '/' || coalesce(aspect, '') AS tag
    FROM finding_now WHERE passage = passage.id GROUP BY tag ORDER BY min(start), tag)), '');

CREATE VIEW passages AS
SELECT d.document, d.authority, d.region, d.doc_type, d.date, p.ordinal, p.page,
    p.number AS paragraph, p.kind, p.voice, p.about, s.heading AS section, t.text
FROM passage AS p
JOIN documents AS d ON d.document = p.document
LEFT JOIN passage_text AS t ON t.passage = p.id
LEFT JOIN section AS s ON s.document = p.document AND s.position = p.section;

CREATE VIEW findings AS
SELECT d.document, d.authority, d.region, d.doc_type, d.date, p.ordinal, p.page,
    p.number AS paragraph, f.theme, f.polarity, f.timing, f.extent, f.aspect, f.about, p.voice,
    f.score, w.who, substr(t.text, f.start - p.start + 1, f."end" - f.start) AS evidence
FROM finding_now AS f
JOIN passage AS p ON p.id = f.passage
JOIN documents AS d ON d.document = p.document
LEFT JOIN passage_text AS t ON t.passage = p.id
LEFT JOIN decision AS w ON w.id = f.decision;
