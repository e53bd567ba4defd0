"""What all commands share: the day asked about, and errors told in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated

import typer

from assistant.errors import AssistantError
from index.console import console
from index.errors import IndexingError
from index.settings import IndexSettings

Day = Annotated[
    datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="the day asked about; default today")
]


@contextmanager
def explained() -> Iterator[IndexSettings]:
    """Settings from the environment; what goes wrong becomes one sentence and exit code 1."""
    try:
        yield IndexSettings.from_environment()
    except (IndexingError, AssistantError) as error:
        console.print(f"[red]{type(error).__name__}[/red]: ", end="")
        console.print(str(error), markup=False)
        raise typer.Exit(1) from error
