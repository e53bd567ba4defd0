"""What can go wrong above the index.

AssistantError
├── TextsError         a file of texts or patterns does not say what it must
├── BatchError         a line of a batch cannot be read
├── RecordsError       records of answers cannot be kept, read or checked
├── AccountsError      accounts cannot be kept, or a name or password cannot be taken
├── RunError           a run of the evaluation cannot be read or written
├── GatesError         the file of gates does not say what it must
├── RulesError         a rule file does not say what it must
└── CalculationError   a sum was asked for with figures it cannot be worked out from
"""

from __future__ import annotations

from collections.abc import Sequence


class AssistantError(Exception):
    """Root of the family; its text is a sentence for people."""


class TextsError(AssistantError):
    """A file of texts or patterns is broken."""


class BatchError(AssistantError):
    """A line of a batch file cannot be read."""


class RecordsError(AssistantError):
    """Records of answers cannot be kept, read or checked; answering goes on without them."""


class AccountsError(AssistantError):
    """Accounts cannot be kept or read, or a name or password cannot be taken."""


class RunError(AssistantError):
    """The folder of a run cannot be read or written."""


class GatesError(AssistantError):
    """The file of gates is broken."""


class RulesError(AssistantError):
    """Rule files are broken; `problems` has a line for each thing that is wrong."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        shown = "\n".join(f"  {problem}" for problem in self.problems[:20])
        super().__init__(f"The rules cannot be used, {len(self.problems)} problem(s):\n{shown}")


class CalculationError(AssistantError, ValueError):
    """A sum was asked for with figures it cannot be worked out from; the text names figure, value and limit."""


class TrainingError(AssistantError):
    """Progress, classes or results cannot be kept or read."""


class ExportError(AssistantError):
    """A paper or table cannot be made into a file."""
