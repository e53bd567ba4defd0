"""Which figure a clause states: its own sentence with the figure left out, and four figures to choose from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from assistant.training.blanks import Blank, Wrong, blanks, wrong_figures
from assistant.training.material import Material
from assistant.training.telling import explained, framed, name_of
from assistant.training.types import Drill, DrillKind, Option

_PER_CLAUSE = 3
_WRONG = 3


def figures(material: Material) -> Iterator[Drill]:
    """One drill per figure, at most three per clause."""
    made: Counter[str] = Counter()
    for blank in blanks(material):
        address = blank.sentence.provision.address
        if made[address] < _PER_CLAUSE and len(wrong := wrong_figures(material, blank)) == _WRONG:
            made[address] += 1
            yield _drill(material, blank, wrong)


def _drill(material: Material, blank: Blank, wrong: tuple[Wrong, ...]) -> Drill:
    say, item = material.say, blank.sentence.provision
    options = [(blank.value, Option(blank.said, say("why.as_stated")))]
    options += [(other.value, Option(other.text, _why(material, blank, other))) for other in wrong]
    ordered = [option for _, option in sorted(options, key=lambda pair: pair[0])]
    right = next(place for place, option in enumerate(ordered) if option.text == blank.said)
    source = item.source(blank.sentence.text)
    return Drill(
        id=f"{DrillKind.FIGURE}:{blank.id}",
        kind=DrillKind.FIGURE,
        language=material.language,
        on=material.on,
        topics=item.document.topics,
        prompt=framed(material, item, "figure", cloze=blank.filled(say("blank"))),
        explanation=explained(material, source),
        sources=(source,),
        fingerprint=material.fingerprint([source], *(option.text for option in ordered)),
        options=tuple(ordered),
        right=(right,),
        difficulty=3 if any(other.source for other in wrong) else 2,
    )


def _why(material: Material, blank: Blank, wrong: Wrong) -> str:
    say, source = material.say, wrong.source
    if source is None or source.clause is blank.sentence.provision.clause:
        return say("why.figure", right=blank.said, wrong=wrong.text)
    key = "why.figure_elsewhere" if source.in_force(material.on) else "why.figure_lapsed"
    return say(
        key, right=blank.said, wrong=wrong.text, document=name_of(material, source), heading=source.clause.heading
    )
