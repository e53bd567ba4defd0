"""What a replay found, in words for those who run the command."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.records.replay import ClauseChange, Replay


def replay_lines(found: Replay) -> Iterator[str]:
    """Line after line, the verdict first."""
    same_basis = not found.basis and not found.clauses
    if found.identical:
        yield "The same answer, to the byte."
    elif same_basis:
        yield "ANOTHER answer, although corpus and versions are the same. Please report this."
    else:
        yield "Another answer; what it is made from has changed."
    if any(name.startswith("corpus.uploads") for name, _, _ in found.basis):
        yield "The uploaded documents it could be answered from have changed since."
    for name, then, now in found.basis:
        yield f"  {name}: {_short(then)} -> {_short(now)}"
    for clause in found.clauses:
        yield from _clause(clause)
    if found.fields:
        yield f"Parts of the answer that differ: {', '.join(found.fields)}"
    yield from (f"  - {sentence}" for sentence in found.removed)
    yield from (f"  + {sentence}" for sentence in found.added)


def _clause(change: ClauseChange) -> Iterator[str]:
    yield f"  clause {change.clause} " + ("is gone" if change.gone else "says something else now")
    yield from (f"    - {sentence}" for sentence in change.removed)
    yield from (f"    + {sentence}" for sentence in change.added)


def _short(value: object) -> str:
    text = str(value)
    return text[:12] if len(text) == 64 else text  # digests
