"""Makes the documents of tests/documents with real tools, and their truth from the text we wrote ourselves."""
