-- Who wrote a document may be unknown. A check on a column cannot be altered, and to make a table
-- anew would delete the rows of all that refer to it: its text is changed where SQLite keeps it.
PRAGMA writable_schema = ON;
UPDATE sqlite_master SET sql = replace(
    sql,
    'CHECK (voice IN (''inspectorate'', ''authority''))',
    'CHECK (voice = ''inspectorate'' OR voice = ''authority'' OR voice = ''unknown'')'
) WHERE type = 'table' AND name IN ('document', 'passage');
PRAGMA writable_schema = RESET;
-- Other connections read the schema again when its version has changed.
CREATE INDEX document_voice ON document (voice);
