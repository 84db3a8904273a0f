-- How far a finding reaches, and what about a service it judges.

ALTER TABLE finding ADD COLUMN extent TEXT CHECK (
    extent IN ('all', 'most', 'many', 'some', 'few', 'none', 'too_many', 'too_few', 'not_all')
);
ALTER TABLE finding ADD COLUMN aspect TEXT CHECK (
    aspect IN (
        'timeliness', 'frequency', 'quality', 'consistency', 'sufficiency', 'access', 'impact'
    )
);
