"""Documents of one's own: stored, read, looked through by a person, released into the index, and taken out again."""
