"""Learned parts of the tagger: theme and polarity models, their features and weights."""
