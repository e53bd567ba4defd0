"""The pages of the policy library: search, reader, products, what changed, drafts of replies."""
