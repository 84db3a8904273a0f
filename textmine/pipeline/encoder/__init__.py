"""The encoder: a slower model that reads paragraphs whole, beside the fast ones."""
