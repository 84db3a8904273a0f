"""Figures: numbers in sentences and tables, with what they count."""
