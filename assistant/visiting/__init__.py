"""The visit kit: what a visitor asks and says at an enterprise, and a leaflet for its owner, from clauses and rules."""
