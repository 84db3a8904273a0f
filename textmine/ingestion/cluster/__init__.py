"""Several machines: shares of the files, an executor on a cluster, and what runs over there."""
