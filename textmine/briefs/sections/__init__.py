"""What a brief says, one file a section: each a function from a dossier to a section."""
