"""The register of authorities, and the printed forms of their names."""
