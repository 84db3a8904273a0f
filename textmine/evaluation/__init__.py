"""Scoring of the tagger against coded sentences."""
