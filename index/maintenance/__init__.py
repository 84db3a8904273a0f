"""Maintenance: verify, repair, backup, restore, deletion, the canonical dump."""
