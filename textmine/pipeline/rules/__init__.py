"""Rules of the tagger: phrases, cues, scope, polarity, timing, headings, and their data."""
