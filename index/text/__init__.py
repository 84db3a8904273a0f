"""The analyzer: from text to the terms that both full-text engines index."""
