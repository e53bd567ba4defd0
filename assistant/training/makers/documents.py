"""Which clause answers a question: people's own words, and four clauses to choose from."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.lexicon.regions import places_in
from assistant.training.material import Material, Provision
from assistant.training.nearness import Nearness, nearness
from assistant.training.sentences import counts_what_was_done
from assistant.training.telling import clause_of, explained, name_of
from assistant.training.types import Drill, DrillKind, Option
from index.references import names_a_document_number
from index.text import sentences
from index.types import Language

_WRONG = 3
_OF_ONE = 2  # wrong options of the right clause's own document, where the question does not name it
_FITS = 0.15  # one of another document has at least this share of it, and a topic of the right clause's document
_FITS_LESS = 0.4  # a wrong option has at most this share of the weight of the question's words
_BY_COUNT = re.compile(r"(?<![第\d])\d{2}条|\bthe \d{2} measures")  # a paper called by how many articles it has
_ASKED = {
    Language.ZH: re.compile(r"^(?!.*[\u3400-\u9fff] [\u3400-\u9fff]).{8,60}$"),  # no bare keywords
    Language.EN: re.compile(r"^[A-Z].{16,140}\?$"),
}
_SHORTEST = {Language.ZH: 12, Language.EN: 40}


def documents(material: Material) -> Iterator[Drill]:
    """One drill per clause: the first of its questions to which three clauses come near without answering it."""
    near = nearness(material)
    for item in material.taught:
        if counts_what_was_done(material, item):
            continue
        for question in _questions(material, item):
            if _named_outright(question, item):
                continue
            if len(wrong := _wrong(material, near, item, question)) == _WRONG:
                yield _drill(material, item, question, wrong)
                break


def _questions(material: Material, item: Provision) -> Iterator[str]:
    """What people ask, where it is a question in words that stands by itself."""
    for question in item.clause.questions:
        if _ASKED[material.language].search(question) and not _unfit(material).search(question):
            yield question


@lru_cache(maxsize=4)
def _unfit(material: Material) -> re.Pattern[str]:
    return re.compile("|".join(material.say.list("which.unfit")), re.I)


@lru_cache(maxsize=4)
def _asks_time(material: Material) -> re.Pattern[str]:
    return re.compile("|".join(material.say.list("which.asks_time")), re.I)


@lru_cache(maxsize=4)
def _tells_time(material: Material) -> re.Pattern[str]:
    return re.compile("|".join(material.say.list("which.tells_time")), re.I)


def _named_outright(question: str, item: Provision) -> bool:
    """Whether a number of the question heads the clause: 12378 would tell by itself."""
    return any(number in item.label for number in re.findall(r"(?<!\d)\d{3,}(?!\d)", question))


def _wrong(material: Material, near: Nearness, item: Provision, question: str) -> Sequence[Provision]:
    """Clauses near a question that do not answer it, the nearest first; fewer than three where there are not enough.

    Where the question names its document the others are of the same one, since the name alone would tell.
    """
    named = near.names(question, item) or bool(places_in(question)) or bool(_BY_COUNT.search(question))
    numbered = names_a_document_number(question)
    whole_country = not places_in(f"{item.document.region} {item.clause.heading}")
    asks_time = bool(_asks_time(material).search(question))
    taken: list[Provision] = []
    fits = near.to(question)
    for address, fit in sorted(fits.items(), key=lambda pair: (-pair[1], pair[0])):
        other = near.of[address]
        same = other.document.id == item.document.id
        if fit > _FITS_LESS or not material.teaches(other) or counts_what_was_done(material, other):
            continue
        if named and not same:
            continue
        if same and not named and sum(one.document.id == item.document.id for one in taken) == _OF_ONE:
            continue
        if not same and (fit < _FITS or not set(other.document.topics) & set(item.document.topics)):
            continue  # nobody would look there
        if asks_time and _tells_time(material).search(other.clause.heading):
            continue
        if near.echoes(question, other):
            continue
        if numbered and other.number != item.number:
            continue  # the number alone would tell
        if whole_country and places_in(f"{other.document.region} {other.label}"):
            continue  # what one place does answers a general question in part
        if near.may_stand_beside(item, other) and all(near.may_stand_beside(one, other) for one in taken):
            taken.append(other)
        if len(taken) == _WRONG:
            break
    return taken


def _drill(material: Material, item: Provision, question: str, wrong: Sequence[Provision]) -> Drill:
    say = material.say
    mark = "？" if material.language is Language.ZH else "?"
    asked = question if question.endswith(("?", "？", "。", "!")) else question + mark
    options = [(item, Option(_label(material, item), say("why.answers")))]
    options += [
        (other, Option(_label(material, other), say("why.answers_other", heading=other.clause.heading)))
        for other in wrong
    ]
    options.sort(key=lambda pair: hashlib.sha256(f"{item.address} {pair[0].address}".encode()).hexdigest())
    source = item.source(_quote(material, item))
    return Drill(
        id=f"{DrillKind.DOCUMENT}:{item.address}:1",
        kind=DrillKind.DOCUMENT,
        language=material.language,
        on=material.on,
        topics=item.document.topics,
        prompt=say("which.prompt", question=asked),
        explanation=explained(material, source),
        sources=(source,),
        fingerprint=material.fingerprint([source], asked, *(option.text for _, option in options)),
        options=tuple(option for _, option in options),
        right=(next(place for place, (other, _) in enumerate(options) if other is item),),
        difficulty=1,
    )


def _label(material: Material, item: Provision) -> str:
    return material.say("which.option", document=name_of(material, item), clause=clause_of(material, item))


def _quote(material: Material, item: Provision) -> str:
    """The first sentence of a clause that is more than a title; the whole clause where there is none."""
    said = [text for text in sentences(item.clause.text, material.language) if text in item.clause.text]
    return next((text for text in said if len(text) >= _SHORTEST[material.language]), item.clause.text)
