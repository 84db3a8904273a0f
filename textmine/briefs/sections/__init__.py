"""The sections of a brief, one module each: a function from a dossier to a section."""
