"""Cases, runs and scores."""
