"""What a text says about itself, proposed with its evidence for a person to confirm."""
