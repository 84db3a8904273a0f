-- What searches rank, count and collapse by, without reading findings and texts.

-- The findings of a passage, each theme/polarity/timing/about once, with spaces between.
ALTER TABLE passage ADD COLUMN tags TEXT NOT NULL DEFAULT '';

-- 0: says that something is good or not, or what to do; 2: furniture of reports; 1: the rest.
ALTER TABLE passage ADD COLUMN tier INTEGER GENERATED ALWAYS AS (
    CASE
        WHEN late THEN 2
        WHEN kind = 'recommendation' OR instr(tags, '/strength') OR instr(tags, '/concern')
            OR instr(tags, '/mixed') THEN 0
        ELSE 1
    END
) VIRTUAL;

UPDATE passage SET tags = coalesce((
    SELECT group_concat(tag, ' ') FROM (
        SELECT DISTINCT theme || '/' || polarity || '/' || timing
            || '/' || coalesce(f.about, '') AS tag
        FROM finding f WHERE f.passage = passage.id ORDER BY tag
    )
), '');

-- A digest of the passage's words: the same for passages that repeat one another.
ALTER TABLE passage_terms ADD COLUMN same INTEGER;
CREATE INDEX passage_terms_same ON passage_terms (same);
