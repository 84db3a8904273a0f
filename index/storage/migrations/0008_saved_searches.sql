-- Searches that are kept to be run again, and what each had found when it was last run.

CREATE TABLE saved_search (
    name     TEXT PRIMARY KEY,
    query    TEXT NOT NULL,
    made_at  TEXT NOT NULL,
    last_run TEXT
) STRICT, WITHOUT ROWID;

-- Passages by their document's bytes and their words: what is read anew is not new.
CREATE TABLE saved_seen (
    name   TEXT NOT NULL REFERENCES saved_search ON DELETE CASCADE,
    sha256 TEXT NOT NULL,
    same   INTEGER NOT NULL,
    PRIMARY KEY (name, sha256, same)
) STRICT, WITHOUT ROWID;
CREATE INDEX saved_seen_document ON saved_seen (sha256);

-- Each finding of a passage as theme/polarity/timing/about/extent/aspect, with spaces between.
UPDATE passage SET tags = coalesce((
    SELECT group_concat(tag, ' ') FROM (
        SELECT DISTINCT theme || '/' || polarity || '/' || timing || '/' || coalesce(f.about, '')
            || '/' || coalesce(f.extent, '') || '/' || coalesce(f.aspect, '') AS tag
        FROM finding f WHERE f.passage = passage.id ORDER BY tag
    )
), '');
