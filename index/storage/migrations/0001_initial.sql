-- The library. Offsets are characters of document.text, half-open [start, "end").
-- What a person decided (correction, finding_decision) stands apart from what was extracted.

-- What made the library: chain (text to terms), and the state of each full-text index.
CREATE TABLE library (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The register of authorities, copied in so that searches can use it. A document may name an
-- authority that is not here, hence no foreign key.
CREATE TABLE authority (
    key        TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    region     TEXT,
    kind       TEXT,
    urn        TEXT,
    gss        TEXT,
    former_gss TEXT,
    la_code    TEXT,
    aliases    TEXT NOT NULL,  -- JSON array of names
    trusts     TEXT NOT NULL,  -- JSON array of names
    neighbours TEXT NOT NULL,  -- JSON array of keys, the closest first
    valid_from TEXT,
    valid_to   TEXT,
    successors TEXT NOT NULL   -- JSON array of keys
) STRICT, WITHOUT ROWID;
CREATE INDEX authority_region ON authority (region);

-- One row for each different content. Authority, dates and inspector repeat fields that
-- filters and lists need.
CREATE TABLE document (
    id               INTEGER PRIMARY KEY,
    sha256           TEXT NOT NULL UNIQUE,
    name             TEXT NOT NULL,
    url              TEXT,
    media_type       TEXT NOT NULL,
    bytes            INTEGER NOT NULL,
    doc_type         TEXT NOT NULL,
    framework        TEXT,
    authority        TEXT,
    authority_name   TEXT,
    whose            TEXT GENERATED ALWAYS AS (coalesce(authority, authority_name)) VIRTUAL,
    authority_known  INTEGER NOT NULL CHECK (authority_known IN (0, 1)),
    start_date       TEXT,
    end_date         TEXT,
    published        TEXT,
    published_source TEXT,
    lead_inspector   TEXT,
    date             TEXT GENERATED ALWAYS AS (coalesce(start_date, published)) VIRTUAL,
    voice            TEXT NOT NULL CHECK (voice IN ('inspectorate', 'authority')),
    visibility       TEXT NOT NULL CHECK (visibility IN ('public', 'internal')),
    outcome          TEXT NOT NULL CHECK (outcome IN ('ok', 'partial')),
    reader_version   TEXT NOT NULL,
    pipeline_version TEXT NOT NULL,
    themes           TEXT NOT NULL,  -- fingerprint of the themes behind the findings
    ingested_at      TEXT NOT NULL,
    -- The long ones stand last: what is behind them in a row is slow to reach.
    text             TEXT NOT NULL,
    lines            BLOB NOT NULL   -- where the text is printed: see linemap.py
) STRICT;
CREATE INDEX document_whose ON document (whose);
CREATE INDEX document_type ON document (doc_type);
CREATE INDEX document_date ON document (date);

CREATE TABLE page (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    position INTEGER NOT NULL,
    number   INTEGER NOT NULL,
    width    REAL NOT NULL,
    height   REAL NOT NULL,
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;

-- Other names under which the same bytes were met.
CREATE TABLE alias (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    name     TEXT NOT NULL,
    PRIMARY KEY (document, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE field (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    value    TEXT,
    status   TEXT NOT NULL CHECK (status IN ('found', 'not_printed', 'not_judged', 'unreadable')),
    origin   TEXT CHECK (origin IN ('printed', 'file_name', 'given')),
    printed  TEXT,
    start    INTEGER,
    "end"    INTEGER,
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX field_value ON field (name, value);

CREATE TABLE judgement (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    position INTEGER NOT NULL,
    area     TEXT NOT NULL,
    grade    TEXT,
    status   TEXT NOT NULL CHECK (status IN ('found', 'not_printed', 'not_judged', 'unreadable')),
    printed  TEXT,
    start    INTEGER,
    "end"    INTEGER,
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX judgement_grade ON judgement (area, grade);

CREATE TABLE section (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    heading  TEXT NOT NULL,
    terms    TEXT NOT NULL,  -- the heading as terms, for section:"what needs to improve"
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE passage (
    id       INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    ordinal  INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    number   TEXT,
    section  INTEGER NOT NULL,
    page     INTEGER NOT NULL,
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    voice    TEXT NOT NULL CHECK (voice IN ('inspectorate', 'authority')),
    about    TEXT CHECK (about IN ('council', 'partner', 'partnership', 'board')),
    late     INTEGER NOT NULL CHECK (late IN (0, 1)),  -- ranks after the rest: furniture of reports
    UNIQUE (document, ordinal)
) STRICT;

CREATE TABLE finding (
    id       INTEGER PRIMARY KEY,
    passage  INTEGER NOT NULL REFERENCES passage ON DELETE CASCADE,
    theme    TEXT NOT NULL,
    polarity TEXT NOT NULL CHECK (polarity IN ('strength', 'concern', 'mixed', 'neutral')),
    timing   TEXT NOT NULL CHECK (timing IN ('current', 'improved', 'worsened', 'planned', 'past')),
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    cues     TEXT NOT NULL  -- JSON: [[kind, label, start, end], ...]
) STRICT;
CREATE INDEX finding_passage ON finding (passage);
CREATE INDEX finding_theme ON finding (theme, polarity, timing, passage);

CREATE TABLE problem (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    message  TEXT NOT NULL,
    page     INTEGER,
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;

-- The last outcome of every path that was tried.
CREATE TABLE file_log (
    path     TEXT PRIMARY KEY,
    size     INTEGER,
    sha256   TEXT,
    outcome  TEXT NOT NULL CHECK (outcome IN ('ok', 'partial', 'duplicate', 'failed')),
    reason   TEXT,
    message  TEXT,
    tried_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX file_log_outcome ON file_log (outcome);

-- A person's word on a field; the latest of one field holds.
CREATE TABLE correction (
    id       INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    field    TEXT NOT NULL,
    value    TEXT,
    why      TEXT NOT NULL,
    who      TEXT NOT NULL,
    made_at  TEXT NOT NULL
) STRICT;
CREATE INDEX correction_document ON correction (document, field);

-- A person's word on a finding, named by what it says and where, so that it outlives a
-- re-tagging that gives the machine's finding a new row.
CREATE TABLE finding_decision (
    id       INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    theme    TEXT NOT NULL,
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('accepted', 'rejected', 'changed', 'added')),
    polarity TEXT CHECK (polarity IN ('strength', 'concern', 'mixed', 'neutral')),
    timing   TEXT CHECK (timing IN ('current', 'improved', 'worsened', 'planned', 'past')),
    why      TEXT NOT NULL,
    who      TEXT NOT NULL,
    made_at  TEXT NOT NULL
) STRICT;
CREATE INDEX finding_decision_document ON finding_decision (document, theme, start);

-- The text of passages as terms (terms.py): what both full-text indexes are made of.
CREATE TABLE passage_terms (
    passage INTEGER PRIMARY KEY REFERENCES passage ON DELETE CASCADE,
    stems   TEXT NOT NULL,
    forms   TEXT NOT NULL
) STRICT;
