-- What the authorities say of themselves, and pages that were read by text recognition.

ALTER TABLE given ADD COLUMN as_at TEXT;
ALTER TABLE given ADD COLUMN ocr TEXT CHECK (ocr IN ('auto', 'never', 'always'));

-- How sure text recognition was of a page, 0 to 1; NULL where the text is the file's own.
ALTER TABLE page ADD COLUMN recognised REAL;

-- A self-evaluation has no inspection: its day is the one that it describes.
ALTER TABLE document ADD COLUMN as_at TEXT;
DROP INDEX document_date;
ALTER TABLE document DROP COLUMN date;
ALTER TABLE document ADD COLUMN date TEXT
    GENERATED ALWAYS AS (coalesce(start_date, as_at, published)) VIRTUAL;
CREATE INDEX document_date ON document (date);
DROP INDEX document_edition;
ALTER TABLE document DROP COLUMN edition;
ALTER TABLE document ADD COLUMN edition TEXT GENERATED ALWAYS AS (
    coalesce(start_date, as_at, substr(text, 1, instr(text || char(10), char(10)) - 1))
) VIRTUAL;
CREATE INDEX document_edition ON document (whose, doc_type, edition, coalesce(published, ''));
CREATE INDEX document_internal ON document (visibility) WHERE visibility = 'internal';
