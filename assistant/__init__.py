"""A question in, a grounded answer out."""

VERSION = "0.1.0"  # as in pyproject.toml; receipts name it
