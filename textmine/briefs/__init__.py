"""The meeting brief: one record, several renderers.

`dossier` is what the library knows of an authority, `sections` what a brief says of it, `build`
puts them together; `markdown`, `page` and `word` write it down. Each statement of a brief is a
quote, a count or an absence, and carries what is needed to check it.
"""
