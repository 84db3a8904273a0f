"""Text into tokens and sentences, as numbers and columns."""
