-- Vectors of passages: of each document one after the other, in the order of their ordinals, a byte for
-- each number (word_vectors.py). Made from the terms; what is missing is made when it is needed.
CREATE TABLE document_vectors (
    document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    model    TEXT NOT NULL,
    vectors  BLOB NOT NULL
) STRICT;
