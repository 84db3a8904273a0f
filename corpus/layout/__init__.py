"""Layout analysis: columns, running heads, paragraph numbers, blocks, canonical text."""
