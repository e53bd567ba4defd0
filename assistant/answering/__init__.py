"""Evidence in, an answer whose every claim was checked out."""
