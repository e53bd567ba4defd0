"""What the commands of `python -m index` share: settings, and errors told in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from index.console import console
from index.errors import IndexingError
from index.settings import IndexSettings


@contextmanager
def explained() -> Iterator[IndexSettings]:
    """Settings from the environment; what goes wrong becomes one sentence and exit code 1."""
    try:
        yield IndexSettings.from_environment()
    except IndexingError as error:
        console.print(f"[red]{type(error).__name__}[/red]: ", end="")
        console.print(str(error), markup=False)
        raise typer.Exit(1) from error
    except KeyboardInterrupt:
        console.print("Stopped. The index that was in use before is still in use.")
        raise typer.Exit(130) from None
