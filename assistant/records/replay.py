"""A recorded question answered again on the same day, and what differs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Any

from assistant.records.receipt import record_of
from assistant.records.seal import canonical, digest
from assistant.serving import Serving
from assistant.types import Question
from index.text import sentences
from index.types import Language


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause that is not what it was. Sentences are known for cited clauses only, whose text the receipt holds."""

    clause: str
    gone: bool
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Replay:
    """What answering again gave."""

    identical: bool  # the answer records agree to the byte
    basis: tuple[tuple[str, Any, Any], ...]  # what it depends on and differs: dotted name, then, now
    clauses: tuple[ClauseChange, ...]
    fields: tuple[str, ...]  # parts of the answer record that differ
    removed: tuple[str, ...]  # sentences of the answer then that are missing now
    added: tuple[str, ...]


def replay(record: dict[str, Any], serving: Serving) -> Replay:
    """Ask the recorded question again, in its conversation and on its day."""
    asked, then = record["question"], record["answer"]
    day = date.fromisoformat(asked["as_of"])
    language = Language(asked["language"]) if asked["language"] else None
    groups = tuple(asked.get("groups", ()))
    question = Question(asked["text"], day, tuple(asked["context"]), None, language, groups)
    serving = serving.seen_by(groups)
    again = serving.answer(question)
    # Through the same maker: both then hold the same fields, rounded and masked alike.
    now = record_of(record["receipt"], _ANY_TIME, record["surface"], question, again, serving)
    removed, added = differing(_said(then["text"]), _said(now["answer"]["text"]), again.language)
    return Replay(
        identical=canonical(then) == canonical(now["answer"]),
        basis=tuple(
            (name, old, new)
            for part in ("corpus", "versions")
            for name, old, new in _differences(part, record[part], now[part])
        ),
        clauses=clause_changes(record, serving),
        fields=tuple(name for name in sorted({*then, *now["answer"]}) if then.get(name) != now["answer"].get(name)),
        removed=removed,
        added=added,
    )


def differing(then: str, now: str, language: Language) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sentences of the first text that the second lacks, and the other way round, each in its order."""
    old, new = sentences(then, language), sentences(now, language)
    return _without(old, new), _without(new, old)


def clause_changes(record: dict[str, Any], serving: Serving) -> tuple[ClauseChange, ...]:
    """The clauses, cited or considered, that say something else now or are gone."""
    language = Language(record["answer"]["language"])
    texts = {f"{c['document_id']}#{c['clause_id']}": c["quote"] for c in record["answer"]["citations"]}
    clauses = [*record["clauses"]["considered"], *record["clauses"]["cited"]]
    kept = {clause["clause"]: clause["digest"] for clause in clauses}
    changes = []
    for name, then in kept.items():
        document_id, clause_id = name.split("#", 1)
        now = serving.clause_text(document_id, clause_id, language)
        if now is None:
            changes.append(ClauseChange(name, gone=True))
        elif digest(now) != then:
            removed, added = differing(texts[name], now, language) if name in texts else ((), ())
            changes.append(ClauseChange(name, False, removed, added))
    return tuple(changes)


_ANY_TIME = datetime(1970, 1, 1, tzinfo=timezone.utc)  # a replay is compared, not kept


def _said(text: str) -> str:
    """An answer's text without its marks, which move when another clause comes first."""
    return re.sub(r"\[\d+\]|\*\*|^[>\-] ?|^\d+\. ", "", text, flags=re.M)


def _without(these: Sequence[str], those: Sequence[str]) -> tuple[str, ...]:
    left = Counter(those)
    kept = []
    for sentence in these:
        if left[sentence]:
            left[sentence] -= 1
        else:
            kept.append(sentence)
    return tuple(kept)


def _differences(name: str, old: Any, new: Any) -> list[tuple[str, Any, Any]]:
    """Where two values differ, down to the single entries of mappings."""
    if isinstance(old, dict) and isinstance(new, dict):
        return [
            found for key in sorted({*old, *new}) for found in _differences(f"{name}.{key}", old.get(key), new.get(key))
        ]
    return [] if old == new else [(name, old, new)]
