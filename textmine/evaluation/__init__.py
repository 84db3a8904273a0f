"""Evaluation of the tagger on coded sentences."""
