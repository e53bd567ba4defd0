"""A password that may be chosen."""

GOOD = "stiller Teich 42 Binsen"
