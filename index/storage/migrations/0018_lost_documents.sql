-- With its name and kind, all that the row of a lost document needs to be made again.
ALTER TABLE document_digest ADD COLUMN ingested_at TEXT;
