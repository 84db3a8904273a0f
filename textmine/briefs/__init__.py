"""The meeting brief: one record, several renderers.

`dossier` gathers the library's rows about an authority, `sections` turns them into statements,
`build` combines these into a brief, and `markdown`, `page` and `word` render it. Each statement
is a quote, a count or an absence, with the evidence needed to check it.
"""
