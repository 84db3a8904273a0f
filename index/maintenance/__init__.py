"""Keeping a library whole: verify, repair, backup, restore, deletion, the canonical dump."""
