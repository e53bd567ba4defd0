"""Cases that rules decided, put into words: every sentence with its clauses, ready to be grounded."""
