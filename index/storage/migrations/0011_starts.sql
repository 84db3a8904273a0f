-- Where each word of a passage begins in it, packed (terms.py): hits are shown without reading words anew.
ALTER TABLE passage_terms ADD COLUMN starts BLOB;
