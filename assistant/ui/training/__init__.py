"""The pages of training: sessions, classes, and the kit for visits."""
