"""The pages, one module each with its context and its routes; `routes.py` lists them."""
