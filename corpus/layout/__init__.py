"""Pages of lines into blocks of one canonical text: columns, page furniture, paragraph numbers."""
