-- What other programs read, such as Datasette: with the text, and public documents only. What a
-- query does not ask for is joined from the left, so that SQLite leaves it out.

CREATE VIEW documents AS
SELECT d.id AS document, d.authority_name AS authority, a.region, d.doc_type, d.framework, d.date,
    d.start_date, d.end_date, d.published, d.lead_inspector, d.voice, d.url, d.name, d.sha256
FROM document AS d LEFT JOIN authority AS a ON a.key = d.authority
WHERE d.visibility = 'public';

CREATE VIEW judgements AS
SELECT d.document, d.authority, d.region, d.doc_type, d.framework, d.date,
    j.area, j.grade, j.status, j.origin, j.printed
FROM judgement_now AS j JOIN documents AS d ON d.document = j.document;

CREATE VIEW passages AS
SELECT d.document, d.authority, d.region, d.doc_type, d.date, p.ordinal, p.page,
    p.number AS paragraph, p.kind, p.voice, p.about, s.heading AS section, t.text
FROM passage AS p
JOIN documents AS d ON d.document = p.document
LEFT JOIN passage_terms AS t ON t.passage = p.id
LEFT JOIN section AS s ON s.document = p.document AND s.position = p.section;

CREATE VIEW findings AS
SELECT d.document, d.authority, d.region, d.doc_type, d.date, p.ordinal, p.page,
    p.number AS paragraph, f.theme, f.polarity, f.timing, f.extent, f.aspect, f.about, p.voice,
    f.score, w.who, substr(t.text, f.start - p.start + 1, f."end" - f.start) AS evidence
FROM finding_now AS f
JOIN passage AS p ON p.id = f.passage
JOIN documents AS d ON d.document = p.document
LEFT JOIN passage_terms AS t ON t.passage = p.id
LEFT JOIN decision AS w ON w.id = f.decision;
