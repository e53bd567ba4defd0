"""Which day a clause states: effect, expiry, deadline, not the issue of a paper. Its own sentence without the date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from assistant.training.days import Day, days, wrong_days
from assistant.training.material import Material
from assistant.training.telling import explained, framed
from assistant.training.types import Drill, DrillKind, Option

_PER_CLAUSE = 2
_WRONG = 3


def dates(material: Material) -> Iterator[Drill]:
    """One drill per date of consequence, at most two per clause."""
    made: Counter[str] = Counter()
    for day in days(material):
        address = day.sentence.provision.address
        if made[address] < _PER_CLAUSE and len(wrong := wrong_days(material, day)) == _WRONG:
            made[address] += 1
            yield _drill(material, day, wrong)


def _drill(material: Material, day: Day, wrong: dict[str, str]) -> Drill:
    say, item = material.say, day.sentence.provision
    options = {day.value: Option(day.said, say("why.as_stated"))}
    options |= {other: Option(text, say("why.figure", right=day.said, wrong=text)) for other, text in wrong.items()}
    ordered = sorted(options)
    source = item.source(day.sentence.text)
    return Drill(
        id=f"{DrillKind.DATE}:{day.id}",
        kind=DrillKind.DATE,
        language=material.language,
        on=material.on,
        topics=item.document.topics,
        prompt=framed(material, item, "date", cloze=day.filled(say("blank"))),
        explanation=explained(material, source),
        sources=(source,),
        fingerprint=material.fingerprint([source], *(options[other].text for other in ordered)),
        options=tuple(options[other] for other in ordered),
        right=(ordered.index(day.value),),
        difficulty=2,
    )
