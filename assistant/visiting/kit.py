"""What a visit to an enterprise of a trade and a place needs: clauses to say, questions to ask, and what may fit it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.eligibility.desks import decide
from assistant.eligibility.matching import Assessment, Standing, assess, questions
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.rules import CandidateKind, Fact, FactKind, Source, conditions_in
from assistant.eligibility.view import View
from assistant.lexicon.banks import banks_in
from assistant.lexicon.regions import concerns, place_words, places_in
from assistant.profile import Choice, Desk, Profile, Stated
from assistant.types import Place
from assistant.visiting.parts import Part, clauses
from index.search import Searcher
from index.types import Language, Passage, Validity

MOST_QUESTIONS = 14  # beside those of the standards
MOST_OFFERS, MOST_PRODUCTS = 12, 8  # listed by name
_MOST_CHOICES = 8  # of a question, written out
_MOST_MISSING = 4  # facts named for an offer


@dataclass(frozen=True, slots=True)
class Enterprise:
    """All that is known before the visit: `industry` and `size` as in facts.yaml, `place` as 江苏省/苏州市."""

    industry: str
    place: str
    size: str | None = None

    @property
    def profile(self) -> Profile:
        """The same as the rules take it."""
        stated = [Stated("industry", Choice.of(self.industry), ""), Stated("region", self.place, "")]
        return Profile.of([*stated, *([Stated("size_class", Choice.of(self.size), "")] if self.size else [])])


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a clause, and the clause."""

    text: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Ask:
    """A fact to ask for: the question, the answers to choose from, and how many offers wait for it."""

    fact: str
    label: str
    ask: str
    choices: tuple[str, ...]
    yes_or_no: bool
    waits: int


@dataclass(frozen=True, slots=True)
class Offer:
    """What the rules do not exclude: what it is, the facts still open, and where to turn."""

    name: str
    kind: CandidateKind
    about: Said
    missing: tuple[str, ...]
    apply: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Kit:
    """Everything for one visit on a day."""

    enterprise: Enterprise
    language: Language
    day: date
    industry: str  # in words, as are place and size
    place: str
    size: str | None
    parts: dict[Part, tuple[Said, ...]]
    local: tuple[Said, ...]
    standards: tuple[str, ...]  # to tick, in a few words each
    asks: tuple[Ask, ...]  # of the standards first, then in the order the rules would ask
    offers: tuple[Offer, ...]
    products: tuple[Offer, ...]
    more: int  # offers not listed
    left_out: int  # offers the rules exclude already


def kit(enterprise: Enterprise, book: Rulebook, searcher: Searcher, language: Language, day: date) -> Kit:
    """The kit in a language. What no clause of the library says is not in it."""
    library = _Library(searcher, language, day)
    view = book.view(enterprise.profile, day)
    found = decide(Desk.MATCH, enterprise.profile, book, day).assessments
    possible = [item for item in found if item.standing in (Standing.ELIGIBLE, Standing.OPEN)]
    offers = [item for item in possible if item.candidate.kind is not CandidateKind.PRODUCT]
    products = _one_of_each([item for item in possible if item.candidate.kind is CandidateKind.PRODUCT])
    told = [library.offer(item, view) for item in offers[:MOST_OFFERS]]
    banks = [library.offer(item, view) for item in products[:MOST_PRODUCTS]]
    listed = tuple(offer for offer in told if offer), tuple(offer for offer in banks if offer)
    wanted = clauses()
    places = _places(enterprise.place)
    size = book.facts["size_class"].choices[enterprise.size] if enterprise.size else None
    return Kit(
        enterprise, language, day,
        industry=book.facts["industry"].choices[enterprise.industry].in_(str(language)),
        place=place_words(enterprise.place, language),
        size=size.in_(str(language)) if size else None,
        parts={part: tuple(library.said(addresses)) for part, addresses in wanted.parts.items()},
        local=tuple(said for said in library.said(wanted.local) if concerns(said.passage, places)),
        standards=tuple(_standards(book, view, day, language)),
        asks=tuple(_asks(book, view, possible, language)),
        offers=listed[0], products=listed[1],
        more=len(possible) - len(listed[0]) - len(listed[1]), left_out=len(found) - len(possible),
    )  # fmt: skip


def _places(path: str) -> tuple[Place, ...]:
    """The place alone, without the province around it; a city we do not know stands for itself."""
    province, _, city = path.partition("/")
    known = places_in(path)
    if not city:
        return known
    return tuple(place for place in known if place.name not in province) or (Place(city, city, province),)


@dataclass(frozen=True)
class _Library:
    """Clauses as they hold on the day."""

    searcher: Searcher
    language: Language
    day: date

    def said(self, addresses: Sequence[str]) -> Iterator[Said]:
        """The clauses that are there and in force, whole."""
        for address in addresses:
            if (passage := self._passage(address)) is not None:
                yield Said(passage.clause.text, passage)

    def quoted(self, source: Source) -> Said | None:
        """What a rule quotes."""
        passage = self._passage(source.clause)
        return Said(source.quote.in_(str(self.language)), passage) if passage else None

    def offer(self, item: Assessment, view: View) -> Offer | None:
        """A candidate; None where the clause that says what it is does not hold."""
        about, language = self.quoted(item.candidate.about), str(self.language)
        if about is None:
            return None
        missing = [view.facts[name].label.in_(language) for name in item.missing if name in view.facts]
        apply = tuple(said for source in item.candidate.apply if (said := self.quoted(source)) is not None)
        return Offer(
            item.candidate.name.in_(language), item.candidate.kind, about,
            tuple(dict.fromkeys(missing))[:_MOST_MISSING], apply,
        )  # fmt: skip

    def _passage(self, address: str) -> Passage | None:
        document, _, name = address.partition("#")
        passage = self.searcher.clause(document, name, self.language)
        return passage if passage and passage.validity(self.day) is not Validity.NO else None


def _one_of_each(products: Sequence[Assessment]) -> list[Assessment]:
    """The best of each bank: without more facts many fit alike, and one bank's should not fill the list."""
    found: dict[object, Assessment] = {}
    for item in products:
        name = item.candidate.name.zh
        found.setdefault(banks_in(name) or name, item)
    return list(found.values())


def _standards(book: Rulebook, view: View, day: date, language: Language) -> Iterator[str]:
    """The conditions of the mechanism that its standards come to, in a few words; each once."""
    wanted = clauses()
    mechanism, address = book.candidates.get(wanted.mechanism), wanted.parts[Part.STANDARDS][0]
    seen: set[str] = set()
    for condition in conditions_in(mechanism.needs) if mechanism else ():
        held = condition.on(day)
        says = condition.says.in_(str(language))
        if held and held.clause == address and not view.is_stale(held) and says not in seen:
            seen.add(says)
            yield says


def _asks(book: Rulebook, view: View, possible: Sequence[Assessment], language: Language) -> Iterator[Ask]:
    """What the mechanism waits for, then what most offers do, as the engine would ask one after the other."""
    mechanism = book.candidates.get(clauses().mechanism)
    first = questions([assess(mechanism, view)], view, len(book.facts)) if mechanism else ()
    others = [name for name in questions(possible, view, len(book.facts)) if name not in first]
    for name in (*first, *others[:MOST_QUESTIONS]):
        if view.profile.value(name) is not None:
            continue  # the place, where an offer waits for the county within it
        fact = book.facts[name]
        waits = sum(name in item.missing for item in possible)
        choices = _choices(fact, language)
        yield Ask(
            name, fact.label.in_(str(language)), fact.ask.in_(str(language)), choices, fact.kind is FactKind.FLAG, waits
        )


def _choices(fact: Fact, language: Language) -> tuple[str, ...]:
    if len(fact.choices) > _MOST_CHOICES:
        return ()
    return tuple(words.in_(str(language)) for words in fact.choices.values())
