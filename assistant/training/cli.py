"""python -m assistant drills check | show"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands import explained
from assistant.training.types import Catalogue, Drill, DrillKind
from index.console import console
from index.settings import IndexSettings
from index.types import Language

if TYPE_CHECKING:
    from assistant.serving import Serving

Opened = Callable[[IndexSettings], AbstractContextManager["Serving"]]

On = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="the day asked about; default today")]


def drills(opened: Opened) -> typer.Typer:
    """The commands over what `opened` opens: this room knows nothing of how an index is opened."""
    app = typer.Typer(help="Drills made from the clauses and rules.", no_args_is_help=True)

    def catalogues(on: datetime | None, languages: tuple[Language, ...]) -> list[Catalogue]:
        from assistant.training.catalogue import catalogue

        day = on.date() if on else date.today()
        with explained() as settings, opened(settings) as serving:
            return [catalogue(serving, language, day) for language in languages]

    @app.command()
    def check(
        count: Annotated[int, typer.Option(help="how many drills there have to be, both languages together")] = 1000,
        on: On = None,
    ) -> None:
        """Make every drill and check it; leaves with 1 where there are fewer than wanted."""
        found = catalogues(on, tuple(Language))
        for made in found:
            kinds = Counter(drill.kind for drill in made.drills.values())
            documents = len({drill.document_id for drill in made.drills.values()})
            print(f"{made.language}: {len(made.drills)} drills of {documents} documents on {made.on}")
            for kind in DrillKind:
                print(f"  {kind!s:<10} {kinds[kind]}")
            print(f"  withdrawn  {len(made.withdrawn)}")
            for identity, problem in made.withdrawn.items():
                print(f"    {identity}: {problem}")
        total = sum(len(made.drills) for made in found)
        print(f"{total} drills, each checked")
        if total < count:
            console.print(f"There are fewer than {count}.")
            raise typer.Exit(1)

    @app.command()
    def show(
        kind: Annotated[DrillKind | None, typer.Option(help="of this kind only")] = None,
        count: Annotated[int, typer.Option(min=1, help="how many")] = 10,
        seed: Annotated[int, typer.Option(help="draws the same drills again")] = 1,
        language: Annotated[Language | None, typer.Option(help="of this language only")] = None,
        document: Annotated[str | None, typer.Option(help="of the document with this id only")] = None,
        on: On = None,
    ) -> None:
        """Print drills drawn at random, for people to read."""
        found = [
            drill
            for made in catalogues(on, (language,) if language else tuple(Language))
            for drill in made.drills.values()
            if (kind is None or drill.kind is kind) and (document is None or drill.document_id == document)
        ]
        drawn = random.Random(seed).sample(found, min(count, len(found)))  # noqa: S311 - to be drawn again, not secret
        for number, drill in enumerate(drawn, 1):
            print(f"{number}. {written(drill)}\n")

    return app


def written(drill: Drill) -> str:
    """A drill as text: what is right is marked with *."""
    lines = [f"[{drill.language} {drill.id} {drill.fingerprint}]", drill.prompt]
    for place, option in enumerate(drill.options):
        order = f" ({drill.right.index(place) + 1})" if drill.kind is DrillKind.ORDER and place in drill.right else ""
        lines.append(
            f"  {'*' if place in drill.right else ' '} {option.text}{order}"
            + (f"  — {option.why}" if option.why else "")
        )
    if drill.wanted:
        lines.append("  wanted: " + " · ".join(drill.wanted))
    return "\n".join([*lines, f"  > {drill.explanation}"])
