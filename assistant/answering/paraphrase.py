"""Words of our own against the sentences of the clauses they cite."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.answering.facets import Facets, facets
from assistant.answering.support import named, recorded, supported
from assistant.types import Claim
from index.quantities import Unit
from index.text import normalise, sentences
from index.types import Passage

# A head before a colon governs all that follows; words that point back take the part before them along.
_LEANS = re.compile(r"[：:]|这|该|此|上述|前述|\b(?:this|that|these|those|it|which|such)\b", re.I)
_ALIKE = 0.3  # how like a sentence its source must at least be, in [0, 1]


def objection_to_paraphrase(claim: Claim) -> str | None:
    """Every sentence of the claim against the sentence of its clauses that comes nearest."""
    language = claim.passages[0].language
    pool = [text for passage in claim.passages for text in _statements(passage)]
    records = [recorded(passage) for passage in claim.passages]
    for sentence in sentences(claim.text, language):
        said = facets(sentence)
        sources = _nearest(sentence, pool)
        if said.titles or said.documents or _only_dates(said):
            sources += records
        reasons = [_beyond(said, facets(source)) for source in sources]
        if not reasons:
            return "is not about what the cited clauses say"
        if None not in reasons:
            return reasons[0]
    return None


def _only_dates(said: Facets) -> bool:
    """Whether a sentence gives dates and nothing else: when a document was issued, or until when it holds."""
    days = [quantity.unit is Unit.DATE for quantity in said.quantities]
    return bool(days) and all(days) and not (said.parties or said.places or said.banks or said.limits)


def _statements(passage: Passage) -> list[str]:
    """The sentences of a clause, and their parts between semicolons where no part leans on another."""
    found: list[str] = []
    for sentence in sentences(passage.clause.text, passage.language):
        parts = re.split("[；;]", sentence)
        found += [sentence, *(parts if len(parts) > 1 and not _LEANS.search(sentence) else [])]
    return found


def _nearest(sentence: str, pool: Iterable[str]) -> list[str]:
    """The source most like a sentence by the pairs of characters they share, and those hardly less like it."""
    pairs = _pairs(sentence)
    alike = {source: _dice(pairs, _pairs(source)) for source in pool}
    best = max(alike.values(), default=0.0)
    return [source for source, share in alike.items() if share >= max(_ALIKE, 0.9 * best)]


def _dice(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def _pairs(text: str) -> Counter[str]:
    said = normalise(text)
    return Counter(said[place : place + 2] for place in range(len(said) - 1))


def _beyond(said: Facets, source: Facets) -> str | None:
    """What a sentence says that its source does not, or leaves out that it must not."""
    if strange := [q for q in said.quantities if not supported(q, source.quantities, exactly=True)]:
        return f"figures not in the cited clauses: {named(strange)}"
    for what, own, known in (
        ("document numbers", said.documents, source.documents),
        ("titles", said.titles, source.titles),
    ):
        if unknown := [item for item in own if not any(name.endswith(item) for name in known)]:
            return f"{what} not in the cited clauses: {unknown}"
    for unit in Unit:
        if not _in_order(_of(said, unit), _of(source, unit)):
            return f"figures in another order than those of the clause: {_of(said, unit)}"
    for kind in ("authorities", "banks", "places", "parties", "obligations"):
        if not _in_order(getattr(said, kind), getattr(source, kind)):
            return f"{kind} that are not those of the clause: {list(getattr(said, kind))}"
    if said.negations != source.negations:
        return f"{said.negations} negations where the clause has {source.negations}"
    if "may" in source.obligations and "may" not in said.obligations:
        return "says flatly what the clause only allows"
    for kind in ("limits", "verdicts", "negated"):
        if getattr(said, kind) != getattr(source, kind):
            return f"{kind} {list(getattr(said, kind))} where the clause has {list(getattr(source, kind))}"
    return None


def _of(said: Facets, unit: Unit) -> list[str]:
    return [quantity.value for quantity in said.quantities if quantity.unit is unit]


def _in_order(said: Sequence[str], source: Sequence[str]) -> bool:
    """Whether all that is said stands in the source, in the same order."""
    rest = iter(source)
    return all(item in rest for item in said)
