"""Views of the hits of a query: facets, keyword in context, samples, surrounding passages."""
