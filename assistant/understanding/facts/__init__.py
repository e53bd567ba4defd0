"""Facts of an enterprise, read from what its owner says."""
