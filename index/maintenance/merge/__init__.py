"""Merge: libraries that were made apart become one, and what contradicts is reported."""
