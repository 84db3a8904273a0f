"""Layouts that several pages share: counts with their chart and table, and briefs."""
