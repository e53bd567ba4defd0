"""What a question asks, of whom, about when and where: without a model."""
