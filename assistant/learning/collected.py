"""Questions to learn from: rated useless, left unanswered, or answered without being sure; grouped for staff."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from assistant.records.seal import Seal
from assistant.records.store import Feedback, Rating, RecordStore
from assistant.records.verify import check
from assistant.texts import load_data
from assistant.types import Outcome
from index.text import normalise
from index.types import Language, StrEnum

_FILE = Path(__file__).with_name("collected.yaml")
_UNANSWERED = {Outcome.NO_EVIDENCE, Outcome.CLARIFY, Outcome.PARTIAL, Outcome.OUT_OF_SCOPE, Outcome.FAILED}
UNKNOWN = "?"  # the topic of a question that no document lies near


class Concern(StrEnum):
    """Why a question is looked at."""

    USELESS = "useless"
    UNANSWERED = "unanswered"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Entry:
    """One question that was asked, and why it is looked at."""

    concern: Concern
    question: str
    outcome: str
    time: str
    topic: str = UNKNOWN  # document id
    title: str = UNKNOWN
    context: tuple[str, ...] = ()
    language: Language = Language.ZH
    as_of: date | None = None
    documents: tuple[str, ...] = ()  # cited
    reason: str = ""  # what the visitor wrote
    receipt: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Near-identical questions, looked at for one reason; newest first."""

    entries: tuple[Entry, ...]

    @property
    def first(self) -> Entry:
        """The one that stands for the others."""
        return self.entries[0]

    @property
    def topic(self) -> tuple[str, str]:
        """Document and title that most of them are about: another wording may lie nearest to another document."""
        known = Counter((entry.topic, entry.title) for entry in self.entries if entry.topic != UNKNOWN)
        return min(known, key=lambda topic: (-known[topic], topic)) if known else (UNKNOWN, UNKNOWN)

    @property
    def wordings(self) -> tuple[str, ...]:
        """The questions as asked, each once."""
        return tuple(dict.fromkeys(entry.question for entry in self.entries))

    @property
    def reasons(self) -> tuple[str, ...]:
        """What visitors wrote, each once."""
        return tuple(dict.fromkeys(entry.reason for entry in self.entries if entry.reason))


def entries(store: RecordStore, seal: Seal | None) -> Iterator[Entry]:
    """Everything to look at; receipts that were changed are left out, since nobody knows what was asked."""
    records = {}
    for row in store.receipts():
        if seal is not None and (checked := check(row, seal)).untouched:
            records[row.id] = checked.record
            if (concern := concern_of(checked.record["answer"])) is not None:
                yield _entry(concern, checked.record)
    for rated in store.feedback():
        if rated.rating == Rating.USELESS:
            yield _rated(rated, records.get(rated.receipt or ""))


def concern_of(answer: dict[str, Any]) -> Concern | None:
    """Why an answer is looked at, from the answer record alone."""
    if answer["outcome"] in _UNANSWERED:
        return None if answer["reason"] in _words()["rightly_declined"] else Concern.UNANSWERED
    margin = (answer.get("nearness") or {}).get("margin")
    unsure = answer["outcome"] == Outcome.ANSWERED and margin is not None and margin < _words()["unsure_below"]
    return Concern.UNSURE if unsure else None


def grouped(found: Iterable[Entry]) -> list[Group]:
    """Near-identical questions together; the largest groups first, then by topic and wording."""
    groups: dict[tuple[str, ...], list[Entry]] = {}
    for entry in found:
        before = essence(entry.context[-1], entry.language) if entry.context else ""
        key = (entry.concern, before, essence(entry.question, entry.language))
        groups.setdefault(key, []).append(entry)
    newest_first = [tuple(sorted(members, key=lambda entry: entry.time, reverse=True)) for members in groups.values()]
    made = [Group(members) for members in newest_first]
    return sorted(made, key=lambda group: (-len(group.entries), group.topic[1], group.first.question))


def selected(
    found: Iterable[Entry], since: datetime | None, topic: str | None, concern: Concern | None
) -> Iterator[Entry]:
    """Those of a time, of a topic (part of its title, or its document's id) and of a kind."""
    for entry in found:
        if since is not None and datetime.fromisoformat(entry.time) < since:
            continue
        if topic is not None and topic.casefold() not in entry.title.casefold() and topic != entry.topic:
            continue
        if concern is None or entry.concern is concern:
            yield entry


def essence(question: str, language: Language) -> str:
    """What near-identical questions share: letters and digits, without words that change nothing."""
    text = normalise(question)
    shorter = re.sub(_words()["fillers"][str(language)], "", text)
    return re.sub(r"[\W_]+", "", shorter) or re.sub(r"\s+", "", text)


def topics(groups: Sequence[Group]) -> list[tuple[str, int]]:
    """Each topic with the number of its questions, most asked first."""
    counts: dict[str, int] = {}
    for group in groups:
        counts[group.topic[1]] = counts.get(group.topic[1], 0) + len(group.entries)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _entry(concern: Concern, record: dict[str, Any], rated: Feedback | None = None) -> Entry:
    asked, answer, topic = record["question"], record["answer"], record["topic"]
    return Entry(
        concern=concern,
        question=asked["text"],
        outcome=answer["outcome"],
        time=rated.time if rated else record["time"],
        topic=topic["document"] if topic else UNKNOWN,
        title=topic[str(Language.ZH)] if topic else UNKNOWN,
        context=tuple(asked["context"]),
        language=Language(answer["language"]),
        as_of=date.fromisoformat(asked["as_of"]),
        documents=tuple(dict.fromkeys(citation["document_id"] for citation in answer["citations"])),
        reason=rated.reason if rated else "",
        receipt=record["receipt"],
    )


def _rated(rated: Feedback, record: dict[str, Any] | None) -> Entry:
    """With its receipt where that is still kept; else from the rating alone."""
    if record is not None:
        return _entry(Concern.USELESS, record, rated)
    return Entry(Concern.USELESS, rated.question, rated.outcome, rated.time, reason=rated.reason, receipt=rated.receipt)


@cache
def _words() -> dict[str, Any]:
    found: dict[str, Any] = load_data(_FILE)
    return found
