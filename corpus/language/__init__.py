"""English of these documents: sentences, dates, bodies, whom a sentence is about."""
