-- Notes on passages, and named collections of them. Both are named by the words of the passage, not by
-- its number, so that they outlive a document that is read again.
CREATE TABLE note (
    id         INTEGER PRIMARY KEY,
    document   INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    quote      TEXT NOT NULL,
    occurrence INTEGER NOT NULL,  -- which of the places with these words: 1 for the first
    text       TEXT NOT NULL,
    who        TEXT NOT NULL,
    made_at    TEXT NOT NULL
) STRICT;
CREATE INDEX note_document ON note (document);

CREATE TABLE collected (
    id         INTEGER PRIMARY KEY,
    document   INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    collection TEXT NOT NULL,
    quote      TEXT NOT NULL,
    occurrence INTEGER NOT NULL,
    who        TEXT NOT NULL,
    made_at    TEXT NOT NULL,
    UNIQUE (collection, document, quote, occurrence)
) STRICT;
CREATE INDEX collected_document ON collected (document);
