"""What can go wrong above the index.

AssistantError
├── TextsError         a file of texts or patterns does not say what it must
└── BatchError         a line of a batch cannot be read
"""

from __future__ import annotations


class AssistantError(Exception):
    """Root of the family; its text is a sentence for people."""


class TextsError(AssistantError):
    """A file of texts or patterns is broken."""


class BatchError(AssistantError):
    """A line of a batch file cannot be read."""
