"""The register of authorities, and the forms in which documents print their names."""
