"""What stands on pages → a draft of a document: clauses with addresses, each knowing where it stands."""
