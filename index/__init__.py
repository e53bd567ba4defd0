"""Documents in, ranked clauses out."""
