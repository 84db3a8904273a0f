-- What inspectors ask for, and whom passages and findings speak of.

CREATE TABLE recommendation (
    passage     INTEGER PRIMARY KEY REFERENCES passage ON DELETE CASCADE,
    kind        TEXT NOT NULL
        CHECK (kind IN ('improvement', 'priority_action', 'recommendation', 'weakness')),
    number      TEXT,
    tag         TEXT,  -- of the national framework: 'outcome 4', 'enabler 2', 'principle 1'
    responsible TEXT
) STRICT;
CREATE INDEX recommendation_kind ON recommendation (kind, passage);

-- Partners are told apart from here on; what a library of before says is read again anyway.
ALTER TABLE passage DROP COLUMN about;
ALTER TABLE passage ADD COLUMN about TEXT CHECK (
    about IN ('council', 'police', 'health', 'schools', 'board', 'trust', 'partnership')
);
ALTER TABLE finding ADD COLUMN about TEXT CHECK (
    about IN ('council', 'police', 'health', 'schools', 'board', 'trust', 'partnership')
);
