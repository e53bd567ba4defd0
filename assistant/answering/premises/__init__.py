"""What a question takes for granted, checked against the clauses: figures, old rules, documents that are not there."""
