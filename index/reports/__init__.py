"""Counts over the library: matrices, figures, presence of themes."""
