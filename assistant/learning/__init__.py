"""Learning from what was asked: questions gathered for staff, exported, and drafted into cases."""
