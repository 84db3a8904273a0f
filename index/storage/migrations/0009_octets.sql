-- Where a passage stands in the document's text counted in bytes of UTF-8: SQLite reaches bytes at
-- once, and characters only by counting from the beginning.
ALTER TABLE passage ADD COLUMN octet INTEGER NOT NULL DEFAULT 0;
ALTER TABLE passage ADD COLUMN octets INTEGER NOT NULL DEFAULT 0;
UPDATE passage SET
    octet = (SELECT length(CAST(substr(text, 1, passage.start) AS BLOB))
        FROM document WHERE id = passage.document),
    octets = (SELECT length(CAST(substr(text, passage.start + 1, passage."end" - passage.start)
        AS BLOB)) FROM document WHERE id = passage.document);
