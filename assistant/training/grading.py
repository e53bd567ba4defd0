"""How a response is judged: by code alone, with what to learn from it, and always with the clause it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from assistant.reference.citation import CitationForm, cite
from assistant.texts import Texts, room_texts
from assistant.training.short_answers import judge_words
from assistant.training.types import Drill, DrillKind, Grade, Response, Source
from index.types import Document

_MOST_CITED = 3
_VERDICT = 0.5  # its share of a case; the rest is for the reasons


def grade(drill: Drill, response: Response, documents: Sequence[Document] = ()) -> Grade:
    """Judge a response to a drill. Nothing in a response raises: what cannot be read is not right.

    `documents` are those of the drill's language: with them the clause is named by document and number, and a short
    answer is also judged by whether it names its source; without them the clause's words are given.
    """
    say = room_texts("grading", drill.language)
    if drill.kind is DrillKind.SHORT:
        judged = judge_words(drill, response.text, documents, say)
    elif drill.kind is DrillKind.ORDER:
        judged = _order(drill, _places(drill, response), say)
    elif drill.kind is DrillKind.CASE:
        judged = _case(drill, _places(drill, response), say)
    else:
        judged = _choice(drill, response, say)
    return replace(judged, told=(*(text.strip() for text in judged.told), *_clauses(drill, documents, say)))


def _places(drill: Drill, response: Response) -> tuple[int, ...]:
    """The options chosen, each once, without places that do not exist."""
    return tuple(dict.fromkeys(place for place in response.chosen if 0 <= place < len(drill.options)))


def _clauses(drill: Drill, documents: Sequence[Document], say: Texts) -> tuple[str, ...]:
    """The clauses that decide, named; their words where no documents are at hand."""
    cited = [text for source in drill.sources if (text := cited_as(source, drill, documents)) is not None]
    if cited:
        return (say("clause", cited=say("list").join(list(dict.fromkeys(cited))[:_MOST_CITED])),)
    return tuple(say("clause_quoted", quote=source.quote) for source in drill.sources[:1])


def cited_as(source: Source, drill: Drill, documents: Sequence[Document]) -> str | None:
    """A source as cited in a sentence; None where its document is not at hand."""
    for document in documents:
        if document.id == source.document_id and document.language is drill.language:
            clause = next((clause for clause in document.clauses if clause.id == source.clause_id), None)
            return cite(document, clause, CitationForm.INLINE, drill.on)
    return None


def _choice(drill: Drill, response: Response, say: Texts) -> Grade:
    chosen = _places(drill, response)
    if len(chosen) != 1:
        key = "one_choice" if chosen else "unknown_choice" if response.chosen else "nothing"
        return Grade(False, 0.0, (say(key),))
    right = drill.options[drill.right[0]]
    if chosen == drill.right:
        return Grade(True, 1.0, (say("choice.right", why=right.why),))
    wrong = drill.options[chosen[0]]
    said = say("choice.wrong", chosen=wrong.text, why=wrong.why)
    return Grade(False, 0.0, (said, say("choice.answer", right=right.text, why=right.why)))


def _order(drill: Drill, given: Sequence[int], say: Texts) -> Grade:
    """The share of pairs that stand in the right order; a step left out is in no order with any other."""
    if not given:
        return Grade(False, 0.0, (say("nothing"),))
    pairs = list(combinations(drill.right, 2))
    place = {step: number for number, step in enumerate(given)}
    good = sum(one in place and two in place and place[one] < place[two] for one, two in pairs)
    if good == len(pairs):
        return Grade(True, 1.0, (say("order.right"),))
    told = [say("order.partly", pairs=len(pairs), good=good)]
    if left := len(drill.right) - len(given):
        told.append(say("order.incomplete", n=left))
    steps = [
        say("order.step", number=number, text=drill.options[step].text) for number, step in enumerate(drill.right, 1)
    ]
    told.append(say("order.answer", steps=say("order.gap").join(steps)))
    return Grade(False, good / len(pairs), tuple(told))


def _case(drill: Drill, chosen: Sequence[int], say: Texts) -> Grade:
    """One half for the verdict, one for the reasons: those right among all that were chosen or should have been."""
    if not chosen:
        return Grade(False, 0.0, (say("nothing"),))
    verdict, reasons = drill.right[0], set(drill.right[1:])
    verdicts = [place for place in chosen if place < drill.reasons_from]
    ticked = {place for place in chosen if place >= drill.reasons_from}
    agreed = verdicts == [verdict]
    together = ticked | reasons
    share = len(ticked & reasons) / len(together) if together else 1.0
    score = _VERDICT * agreed + (1 - _VERDICT) * share
    told = [_verdict(drill, verdicts, say)]
    for place in sorted(reasons - ticked):
        told.append(_reason("case.reason_missed", drill, place, say))
    for place in sorted(ticked - reasons):
        told.append(_reason("case.reason_false", drill, place, say))
    if reasons == ticked:
        told.append(say("case.reasons_right"))
    if score < 1:
        told.append(say("case.share"))
    return Grade(score == 1, score, tuple(told))


def _reason(key: str, drill: Drill, place: int, say: Texts) -> str:
    """A reason with why; after one that is a question there is no full stop."""
    option = drill.options[place]
    told = say(key, text=option.text, why=option.why)
    return told.replace("？。", "？").replace("?. ", "? ")


def _verdict(drill: Drill, chosen: Sequence[int], say: Texts) -> str:
    right = drill.options[drill.right[0]]
    if not chosen:
        return say("case.verdict_missing", right=right.text)
    if len(chosen) > 1:
        return say("case.verdict_several", right=right.text)
    if chosen[0] == drill.right[0]:
        return say("case.verdict_right", verdict=right.text)
    wrong = drill.options[chosen[0]]
    return say("case.verdict_wrong", right=right.text, chosen=wrong.text, why=wrong.why)
