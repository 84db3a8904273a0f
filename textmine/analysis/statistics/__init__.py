"""Statistics of words: keyness, collocation, dispersion, rates, each with its source.

Functions of numbers alone, so that each can be held against another implementation.
"""
