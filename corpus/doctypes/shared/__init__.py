"""Parts that several document types share.

Letters, visits, older layouts, and the three questions of self-evaluations.
"""
