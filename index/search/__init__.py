"""Search: a prepared query into SQL, ranked hits and snippets; saved searches."""
