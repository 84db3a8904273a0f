"""Follow-up: what later reports say of just what an earlier one asked for.

`wording` reads subjects and facets, `relevance` finds the sentences about just this, `verdicts`
decides where it is safe, `threads` follows a demand through all reports of one kind.
"""
