"""What the English of these documents says: dates, bodies, whom a sentence is about."""
