"""Which figure a clause states: its own sentence with the figure left out, and four figures to choose from."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.training.blanks import Blank, Wrong, blanks, wrong_figures
from assistant.training.makers.cloze import at_most, cloze
from assistant.training.material import Material
from assistant.training.telling import name_of
from assistant.training.types import Drill, DrillKind, Option

_PER_CLAUSE = 3
_WRONG = 3


def figures(material: Material) -> Iterator[Drill]:
    """One drill per figure, at most three per clause."""
    found = [blank for blank in blanks(material) if len(wrong_figures(material, blank)) == _WRONG]
    for blank in at_most(_PER_CLAUSE, found):
        wrong = wrong_figures(material, blank)
        hard = any(other.source for other in wrong)
        yield cloze(material, DrillKind.FIGURE, blank, _options(material, blank, wrong), 3 if hard else 2)


def _options(material: Material, blank: Blank, wrong: tuple[Wrong, ...]) -> list[Option]:
    options = [(blank.value, Option(blank.said, material.say("why.as_stated")))]
    options += [(other.value, Option(other.text, _why(material, blank, other))) for other in wrong]
    return [option for _, option in sorted(options, key=lambda pair: pair[0])]


def _why(material: Material, blank: Blank, wrong: Wrong) -> str:
    say, source = material.say, wrong.source
    if source is None or source.clause is blank.sentence.provision.clause:
        return say("why.figure", right=blank.said, wrong=wrong.text)
    key = "why.figure_elsewhere" if source.in_force(material.on) else "why.figure_lapsed"
    return say(
        key, right=blank.said, wrong=wrong.text, document=name_of(material, source), heading=source.clause.heading
    )
