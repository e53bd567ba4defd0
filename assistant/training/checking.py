"""Code's own check of a drill against the corpus, with other means than those it was made with.

Makers read figures by their roles; here they are read as quantities with unit and bound, as the answers are checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, pairwise

from assistant.answering.support import supported
from assistant.reference.citation import CitationForm, cite
from assistant.training.material import Material, Provision
from assistant.training.types import Drill, DrillKind, Source
from index.quantities import Quantity, Unit, quantities
from index.text import normalise, sentences
from index.types import Kind, Verification

_CHOICES = {DrillKind.FIGURE: 4, DrillKind.DATE: 4, DrillKind.STATEMENT: 2, DrillKind.DOCUMENT: 4}
_FROM_CLAUSES = {*_CHOICES, DrillKind.SHORT}  # the others are made of rules, whose values the clauses only bear out
_COVERED = 0.7  # share of the claim's pairs of letters another sentence must have to speak of the same
_RECOGNISED = 0.75  # share of a question's pairs another clause's question has when it asks the same
_CHANGED = 0.5  # share of a sentence that one flaw may change at most
_LETTERS = re.compile(r"[\u3400-\u9fff]|[a-z]+")

_Amount = tuple[str, Unit, bool]


def problems(drill: Drill, material: Material) -> list[str]:
    """Everything wrong with a drill, in words for staff; an empty list for one that may be used."""
    found = list(_of_sources(drill, material))
    if found:
        return found  # without its clause nothing else can be judged
    found += _of_wording(drill)
    found += (of_options := list(_of_options(drill)))
    if of_options:
        return found  # nor what the right option says
    for check in _CHECKS.get(drill.kind, ()):
        found += check(drill, material)
    return found


def _of_sources(drill: Drill, material: Material) -> Iterator[str]:
    if not drill.sources:
        yield "rests on no clause"
    for source in drill.sources:
        item = material.provision(source.document_id, source.clause_id)
        name = f"{source.document_id}#{source.clause_id}"
        if item is None:
            yield f"{name} is not there"
            continue
        if not item.in_force(drill.on):
            yield f"{name} is not in force on {drill.on}"
        if drill.kind in _FROM_CLAUSES:
            if item.document.kind is Kind.GLOSSARY or not item.document.status_confirmed:
                yield f"{name} is not confirmed to be in force"
            if Verification.KNOWN in (item.document.verification, item.clause.verification):
                yield f"{name} was not seen at its source"
        if not source.quote.strip() or source.quote not in item.clause.text:
            yield f"{name} does not say {source.quote!r}"
        elif source.quote not in drill.explanation:
            yield f"the explanation does not quote {name}"
        if cite(item.document, item.clause, CitationForm.INLINE, drill.on) not in drill.explanation:
            yield f"the explanation does not cite {name}"
    if drill.on != material.on or drill.language is not material.language:
        yield "was made for another day or language"


def _of_wording(drill: Drill) -> Iterator[str]:
    if not drill.prompt.strip():
        yield "the prompt is empty"
    for text in (drill.prompt, drill.explanation, *(option.text for option in drill.options)):
        if re.search(r"\{\w*\}|\bNone\b", text):
            yield f"a place was not filled in: {text[:60]!r}"
    if not drill.topics:
        yield "has no topic"


def _of_options(drill: Drill) -> Iterator[str]:
    texts = [normalise(option.text) for option in drill.options]
    if any(not text for text in texts):
        yield "an option is empty"
    if len(set(texts)) < len(texts):
        yield "two options are the same"
    if any(not 0 <= place < len(texts) for place in drill.right) or len(set(drill.right)) < len(drill.right):
        yield "what is right is not among the options"
    wanted = _CHOICES.get(drill.kind)
    if wanted is None:
        return
    if len(texts) != wanted:
        yield f"has {len(texts)} options instead of {wanted}"
    if len(drill.right) != 1:
        yield f"has {len(drill.right)} right options instead of 1"
    if drill.kind in (DrillKind.FIGURE, DrillKind.DATE):
        values = [_amounts(option.text) for option in drill.options]
        if any(len(value) != 1 for value in values):
            yield "an option is not one figure"
        for one, other in combinations(values, 2):
            if one and one == other:
                yield "two options are the same figure"


def _of_a_blank(drill: Drill, material: Material) -> Iterator[str]:
    """A sentence with a figure left out."""
    blank, source = material.say("blank"), drill.sources[0]
    right = drill.options[drill.right[0]].text if drill.right else ""
    if drill.prompt.count(blank) != 1:
        yield "the prompt has not one blank"
        return
    start = drill.prompt.index(blank)
    before = next(
        (
            n
            for n in range(len(source.quote))
            if drill.prompt[:start].endswith(source.quote[:n]) and source.quote[n:].startswith(right)
        ),
        None,
    )
    if before is None or f"{source.quote[:before]}{blank}{source.quote[before + len(right) :]}" not in drill.prompt:
        yield "the right option does not stand in the clause where the blank is"
        return
    if _amounts(right) & _amounts(drill.prompt.replace(blank, " ")):
        yield "the prompt gives its answer away"
    for place, option in enumerate(drill.options):
        if place in drill.right:
            continue
        claim = f"{source.quote[:before]}{option.text}{source.quote[before + len(right) :]}"
        yield from _borne_out(material, source, claim, _amounts(option.text) - _amounts(source.quote))
        if _amounts(option.text) & _amounts(source.quote):
            yield f"the wrong option {option.text} stands in the sentence itself"


def _of_a_statement(drill: Drill, material: Material) -> Iterator[str]:
    """A sentence as it stands, or with one flaw."""
    source = drill.sources[0]
    if drill.right == (0,):
        if not drill.prompt.endswith(source.quote):
            yield "a statement that holds is not what the clause says"
        return
    if source.quote in drill.prompt:
        yield "a statement that fails is just what the clause says"
        return
    statement = _nearest_end(drill.prompt, source.quote)
    first, last = _difference(source.quote, statement)
    was, became = source.quote[first[0] : first[1]], statement[last[0] : last[1]]
    if max(len(was), len(became)) > max(_CHANGED * len(source.quote), 12):
        yield "the statement has more than one flaw"
    if not all(option.why for option in drill.options):
        yield "the flaw is not named"
    changed = _amounts(statement) - _amounts(source.quote)
    if changed:
        yield from _borne_out(material, source, statement, changed)
    if _stands_in(material, statement):
        yield "another clause in force says just that"


def _nearest_end(prompt: str, quote: str) -> str:
    """The end of the prompt that is the statement: it begins as the quote does, or ends so."""
    for length in range(min(12, len(quote)), 2, -1):
        if (start := prompt.rfind(quote[:length])) >= 0:
            return prompt[start:]
    return prompt[-len(quote) :]


def _difference(one: str, other: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """The stretch in which two texts differ, in each: what lies between the beginning and the end they share."""
    shorter = min(len(one), len(other))
    begin = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    end = next((n for n in range(shorter - begin) if one[-1 - n] != other[-1 - n]), shorter - begin)
    return (begin, len(one) - end), (begin, len(other) - end)


def _of_a_question(drill: Drill, material: Material) -> Iterator[str]:
    """Which clause answers a question."""
    right = material.provision(drill.sources[0].document_id, drill.sources[0].clause_id)
    assert right is not None
    asked = next((question for question in right.clause.questions if question.rstrip("?？") in drill.prompt), None)
    if asked is None:
        yield "the clause is not asked for in these words"
        return
    for place, option in enumerate(drill.options):
        for other in _under_label(material, option.text):
            if place in drill.right or other.address == right.address:
                continue
            if any(_covered(asked, question) >= _RECOGNISED for question in other.clause.questions):
                yield f"{other.address} answers the question too"
            if normalise(other.clause.heading) == normalise(right.clause.heading):
                yield f"{other.address} has the same heading"


def _of_an_answer(drill: Drill, _: Material) -> Iterator[str]:
    """An answer in one's own words."""
    if not drill.wanted:
        yield "nothing is wanted of the answer"
    for wanted in drill.wanted:
        if not any(wanted in source.quote for source in drill.sources):
            yield f"the clause does not say {wanted}"
        if _amounts(wanted) & _amounts(drill.prompt):
            yield "the prompt gives its answer away"


def _of_languages(drill: Drill, material: Material) -> Iterator[str]:
    """Whether the clause says the same figure in the other language, where it is there."""
    other = material.twin.provision(drill.sources[0].document_id, drill.sources[0].clause_id)
    if other is None or drill.kind not in (DrillKind.FIGURE, DrillKind.DATE):
        return
    there = _numbers(f"{other.clause.heading}\n{other.clause.text}")
    for place in drill.right:
        if not _numbers(drill.options[place].text) <= there:
            yield f"the clause does not say {drill.options[place].text} in the other language"


def _borne_out(material: Material, source: Source, claim: str, amounts: set[_Amount]) -> Iterator[str]:
    """Sentences of clauses in force that vouch for a wrong figure: the amount, on its side, said of the same."""
    said = [quantity for quantity in quantities(claim) if quantity.amount in amounts]
    for amount in amounts:
        for item, sentence in _saying(material).get(amount, ()):
            own = item.document.id == source.document_id and item.clause.id == source.clause_id
            if own and sentence == source.quote:
                continue
            if _covered(claim, sentence) >= _COVERED and all(
                supported(one, quantities(sentence), exactly=False) for one in said if one.amount == amount
            ):
                yield f"{item.address} bears out the wrong figure {amount[0]}: {sentence!r}"
                return


@lru_cache(maxsize=4)
def _saying(material: Material) -> Mapping[_Amount, Sequence[tuple[Provision, str]]]:
    """The sentences of all clauses in force, by the amounts they say."""
    found: dict[_Amount, list[tuple[Provision, str]]] = {}
    for item in material.in_force:
        for sentence in sentences(item.clause.text, material.language):
            for amount in {quantity.amount for quantity in quantities(sentence)}:
                found.setdefault(amount, []).append((item, sentence))
    return found


@lru_cache(maxsize=4)
def _all_text(material: Material) -> str:
    return "\n".join(normalise(item.clause.text) for item in material.in_force)


def _stands_in(material: Material, statement: str) -> bool:
    return normalise(statement).rstrip("。.") in _all_text(material)


@lru_cache(maxsize=4)
def _labels(material: Material) -> Mapping[str, Sequence[Provision]]:
    found: dict[str, list[Provision]] = {}
    for item in material.in_force:
        found.setdefault(normalise(item.clause.heading), []).append(item)
    return found


def _under_label(material: Material, label: str) -> list[Provision]:
    """The clauses an option may stand for: those whose heading it ends with, of a document it names."""
    said = normalise(label)
    return [
        item
        for heading, items in _labels(material).items()
        if said.endswith(heading)
        for item in items
        if normalise(item.document.short_title) in said
    ]


def _amounts(text: str) -> set[_Amount]:
    return {quantity.amount for quantity in quantities(text)}


def _numbers(text: str) -> set[str]:
    """The bare values: units are named differently in the two languages, where words like 档 or "posts" count."""
    return {_value(quantity) for quantity in quantities(text)}


def _value(quantity: Quantity) -> str:
    return quantity.value


def _covered(claim: str, sentence: str) -> float:
    """How much of a claim, figures left aside, another sentence says."""
    asked = _pairs(claim)
    return len(asked & _pairs(sentence)) / max(1, len(asked))


@lru_cache(maxsize=16384)
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    letters = _LETTERS.findall(normalise(text))
    return frozenset(pairwise(letters))


_Check = Callable[[Drill, Material], Iterator[str]]
_CHECKS: Mapping[DrillKind, tuple[_Check, ...]] = {
    DrillKind.FIGURE: (_of_a_blank, _of_languages),
    DrillKind.DATE: (_of_a_blank, _of_languages),
    DrillKind.STATEMENT: (_of_a_statement,),
    DrillKind.DOCUMENT: (_of_a_question,),
    DrillKind.SHORT: (_of_an_answer,),
}
