-- What a person sets wins over what was extracted, and both are kept.

-- 'given' is what could have been said when the file was ingested: it is read again with it.
ALTER TABLE correction ADD COLUMN part TEXT NOT NULL DEFAULT 'field'
    CHECK (part IN ('field', 'judgement', 'given'));

-- The key that was read; `authority` is the one that holds.
ALTER TABLE document ADD COLUMN authority_read TEXT;
UPDATE document SET authority_read = authority;

-- The latest word on each; an empty value took an earlier one back.
CREATE VIEW correction_now AS
SELECT * FROM correction AS c
WHERE value IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM correction AS later
    WHERE later.document = c.document AND later.part = c.part AND later.field = c.field
        AND later.id > c.id
);

CREATE VIEW field_now AS
SELECT f.document, f.position, f.name, f.value, f.status, f.origin, f.printed, f.start, f."end"
FROM field AS f
WHERE NOT EXISTS (SELECT 1 FROM correction_now AS c
    WHERE c.document = f.document AND c.part = 'field' AND c.field = f.name)
UNION ALL
SELECT c.document,
    coalesce((SELECT position FROM field AS f
        WHERE f.document = c.document AND f.name = c.field), 1000 + c.id),
    c.field, c.value, 'found', 'corrected', NULL, NULL, NULL
FROM correction_now AS c WHERE c.part = 'field';

CREATE VIEW judgement_now AS
SELECT j.document, j.position, j.area, j.grade, j.status, NULL AS origin,
    j.printed, j.start, j."end"
FROM judgement AS j
WHERE NOT EXISTS (SELECT 1 FROM correction_now AS c
    WHERE c.document = j.document AND c.part = 'judgement' AND c.field = j.area)
UNION ALL
SELECT c.document,
    coalesce((SELECT position FROM judgement AS j
        WHERE j.document = c.document AND j.area = c.field), 1000 + c.id),
    c.field,
    CASE WHEN c.value NOT IN ('not_judged', 'not_printed') THEN c.value END,
    CASE WHEN c.value IN ('not_judged', 'not_printed') THEN c.value ELSE 'found' END,
    'corrected', NULL, NULL, NULL
FROM correction_now AS c WHERE c.part = 'judgement';
