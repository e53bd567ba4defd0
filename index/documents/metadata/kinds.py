"""The kind of a document, by what its title ends with."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from index.documents.metadata.types import Certainty, Proposal
from index.documents.structure.types import Draft, Role
from index.documents.yaml_files import load_yaml
from index.types import Kind

_ENOUGH = 5  # articles
_FILE = Path(__file__).with_name("kinds.yaml")


class _Ending(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Kind
    says: str


@cache
def _endings() -> list[tuple[Kind, re.Pattern[str]]]:
    entries = TypeAdapter(list[_Ending]).validate_python(load_yaml(_FILE.read_text(encoding="utf-8")))
    return [(entry.kind, re.compile(entry.says, re.I)) for entry in entries]


def kind_of(title: Proposal[str] | None, draft: Draft) -> Proposal[Kind] | None:
    """By the title; failing that, articles make a regulation and an addressee makes a notice. Else None."""
    found = _by_title(title)
    if found is not None:
        return found
    articles = [clause for clause in draft.clauses if re.search(r"第[^章节]{1,6}条$|Article \d+$", clause.reference)]
    if len(articles) >= _ENOUGH:
        first = articles[0]
        page = first.pages[0] if first.pages else None
        return Proposal(Kind.REGULATION, f"{first.reference} {first.text[:40]}", page, Certainty.LIKELY)
    addressed = draft.framed(Role.ADDRESSEE)
    if addressed and draft.framed(Role.NUMBER):
        return Proposal(Kind.NOTICE, addressed[0].text, addressed[0].page, Certainty.LIKELY)
    return None


def _by_title(title: Proposal[str] | None) -> Proposal[Kind] | None:
    if title is None:
        return None
    plain = re.sub(r"\s", "", title.value) if re.search(r"[\u3400-\u9fff]", title.value) else title.value
    for kind, pattern in _endings():
        if match := pattern.search(plain):
            return Proposal(
                kind, match[0], title.page, Certainty.SURE if plain.endswith(match[0]) else Certainty.LIKELY
            )
    return None
