"""Reading and tagging on several machines: the executor, and what runs over there."""
