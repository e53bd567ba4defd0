"""The policy library as staff look things up in it: finding, validity, citing, what belongs together, what changed."""
