-- What verify compares a document with (digests.py): a digest over the rows that reading its file
-- gives, and one over what people entered. By the bytes, so that a document that is lost is missed.
CREATE TABLE document_digest (
    sha256     TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    media_type TEXT NOT NULL,
    extracted  TEXT NOT NULL,
    entered    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
