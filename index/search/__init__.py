"""Search: a prepared query into SQL, hits, snippets, facets, KWIC, saved searches."""
