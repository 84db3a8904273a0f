-- What a document must be read again with, and which document replaces which.

-- What people said of bytes when they ingested them; no row where nothing was said.
CREATE TABLE given (
    sha256     TEXT PRIMARY KEY,
    authority  TEXT,
    doc_type   TEXT,
    published  TEXT,
    url        TEXT,
    visibility TEXT CHECK (visibility IN ('public', 'internal'))
) STRICT, WITHOUT ROWID;

-- As far as a library of the first version remembers it: all but the type.
INSERT INTO given
SELECT * FROM (
    SELECT
        sha256,
        (SELECT printed FROM field
            WHERE document = d.id AND name = 'authority' AND origin = 'given') AS authority,
        NULL,
        (SELECT value FROM field
            WHERE document = d.id AND name = 'published' AND origin = 'given') AS published,
        url,
        CASE visibility WHEN 'internal' THEN visibility END AS visibility
    FROM document d
)
WHERE coalesce(authority, published, url, visibility) IS NOT NULL;

-- A report that was issued again, and the one that it replaces. Computed (reissues.py).
CREATE TABLE reissue (
    document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    replaces INTEGER NOT NULL REFERENCES document ON DELETE CASCADE
) STRICT;
CREATE INDEX reissue_replaces ON reissue (replaces);

-- What two issues of one report share besides authority and type: the inspection's start, or
-- the first line of the text.
ALTER TABLE document ADD COLUMN edition TEXT GENERATED ALWAYS AS (
    coalesce(start_date, substr(text, 1, instr(text || char(10), char(10)) - 1))
) VIRTUAL;
CREATE INDEX document_edition ON document (whose, doc_type, edition, coalesce(published, ''));

-- To see at once whether all documents were tagged by the same.
CREATE INDEX document_tagged ON document (pipeline_version, themes);
