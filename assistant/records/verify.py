"""Whether a receipt is as it was written, and if not, which part was changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from assistant.records.seal import Seal, canonical, digest, same
from assistant.records.store import Row

# Parts of a record that are not among its own names.
WRITING, SEAL, KEY = "writing", "seal", "key"


@dataclass(frozen=True, slots=True)
class Checked:
    """A receipt after its check. `record` is what can be read of it, changed or not; empty where nothing can."""

    record: dict[str, Any]
    changed: tuple[str, ...]  # the parts that are not as they were written; empty: untouched

    @property
    def untouched(self) -> bool:
        """Whether everything is as it was written."""
        return not self.changed


def check(row: Row, seal: Seal) -> Checked:
    """Compare every part of a receipt with its seal, the columns with the record, and clauses with their digests."""
    record, seals = _mapping(row.record), _mapping(row.seals)
    if not record:
        return Checked({}, (WRITING,))
    sealed = seals.get("parts")
    if not isinstance(sealed, dict) or not isinstance(seals.get("key"), str):
        return Checked(record, (SEAL,))
    if not same(seal.name, seals["key"]):
        return Checked(record, (KEY,))
    # Where one of the two numbers was changed, the other still opens the seals, so that only the number is named.
    changed, whole = min(
        (_broken(number, record, seal, sealed) for number in (row.id, str(record.get("receipt")))),
        key=lambda found: len(found[0]),
    )
    if record.get("receipt") != row.id:
        changed.append("receipt")
    if record.get("time") != row.time:
        changed.append("time")
    if not _clauses_hold(record):
        changed.append("clauses")
    if canonical(record) != row.record:
        changed.append(WRITING)
    if not whole and not changed:
        changed.append(SEAL)
    if canonical(seals) != row.seals or set(seals) != {"key", "parts"}:
        changed.append(SEAL)
    return Checked(record, tuple(dict.fromkeys(changed)))


def _broken(receipt: str, record: dict[str, Any], seal: Seal, sealed: dict[str, Any]) -> tuple[list[str], bool]:
    """The parts whose seal does not fit, and whether that of the whole does."""
    expected = seal.parts(receipt, record)
    changed = [part for part, value in expected.items() if part and not same(value, sealed.get(part))]
    changed += [part for part in sealed if part not in expected]
    return changed, same(expected[""], sealed.get(""))


def _mapping(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _clauses_hold(record: dict[str, Any]) -> bool:
    """Whether the text of each cited clause is the one whose digest was kept."""
    try:
        kept = [(clause["clause"], clause["digest"]) for clause in record["clauses"]["cited"]]
        shown = [(f"{c['document_id']}#{c['clause_id']}", digest(c["quote"])) for c in record["answer"]["citations"]]
    except (KeyError, TypeError, AttributeError):
        return False
    return kept == shown
