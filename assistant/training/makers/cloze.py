"""A clause's own sentence with something left out, and what to choose from: what figures and dates are asked by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from assistant.training.material import Material
from assistant.training.sentences import Sentence
from assistant.training.telling import explained, framed
from assistant.training.types import Drill, DrillKind, Option


class Left(Protocol):
    """What is left out of a sentence."""

    @property
    def sentence(self) -> Sentence:
        """The sentence it stands in."""
        ...

    @property
    def id(self) -> str:
        """The same in both languages."""
        ...

    @property
    def said(self) -> str:
        """As the clause says it."""
        ...

    def filled(self, words: str) -> str:
        """The sentence with these words in its place."""
        ...


Item = TypeVar("Item", bound=Left)


def at_most(most: int, items: Sequence[Item]) -> Iterator[Item]:
    """So many of each clause, in the order given."""
    made: Counter[str] = Counter()
    for item in items:
        address = item.sentence.provision.address
        made[address] += 1
        if made[address] <= most:
            yield item


def cloze(material: Material, kind: DrillKind, left: Left, options: Sequence[Option], difficulty: int) -> Drill:
    """The drill; the right one of the `options`, which stand in their order, is what the clause says."""
    item, source = left.sentence.provision, left.sentence.provision.source(left.sentence.text)
    return Drill(
        id=f"{kind}:{left.id}",
        kind=kind,
        language=material.language,
        on=material.on,
        topics=item.document.topics,
        prompt=framed(material, item, str(kind), cloze=left.filled(material.say("blank"))),
        explanation=explained(material, source),
        sources=(source,),
        fingerprint=material.fingerprint([source], *(option.text for option in options)),
        options=tuple(options),
        right=(next(place for place, option in enumerate(options) if option.text == left.said),),
        difficulty=difficulty,
    )
