"""Whether the difference between two versions of a document says what happened to each article.

    python -m benchmarks.document_versions

The truth is tests/documents/versions.yaml, by hand. Clauses below an article count for it: an article is changed where
any of them is changed, added or removed. A file of another format (PDF beside TXT) must make no difference.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import typer
import yaml

from benchmarks.documents import DOCUMENTS, plain, structure
from index.documents.difference import Change, difference
from index.documents.reading.limits import DEFAULT
from index.documents.reading.read import read
from index.documents.structure.document import as_clause
from index.types import Clause

ARTICLE = re.compile(r"第[零〇一二三四五六七八九十百千\d]+条")
Entry = tuple[str | None, str | None, str]


def article(clause: Clause | None) -> str | None:
    """The article a clause is or stands in."""
    match = ARTICLE.match(plain(clause.reference)) if clause else None
    return match[0] if match else None


def cut(name: str) -> list[Clause]:
    return [as_clause(clause) for clause in structure(read(DOCUMENTS / "files" / name, DEFAULT)).clauses]


def found(old: str, new: str) -> set[Entry]:
    """What the difference says, gathered by article."""
    partners: dict[str, str] = {}  # new → old
    kinds: dict[str, set[Change]] = defaultdict(set)  # by new article
    whole: list[Entry] = []
    changes = difference(cut(old), cut(new)).changes
    for change in changes:
        before, after = article(change.old), article(change.new)
        if before and after:
            partners.setdefault(after, before)
            kinds[after].add(change.change)
    for change in changes:
        before, after = article(change.old), article(change.new)
        if after and not before:
            if after in partners:
                kinds[after].add(Change.CHANGED)
            else:
                whole.append((None, after, "added"))
        elif before and not after:
            if before in partners.values():
                kinds[next(new for new, old in partners.items() if old == before)].add(Change.CHANGED)
            else:
                whole.append((before, None, "removed"))
    for after, before in partners.items():
        changed = kinds[after] & {Change.CHANGED, Change.ADDED, Change.REMOVED}
        whole.append((before, after, "changed" if changed else "same" if before == after else "moved"))
    return set(whole)


def main() -> None:
    pairs: list[dict[str, Any]] = yaml.safe_load((DOCUMENTS / "versions.yaml").read_text(encoding="utf-8"))
    for pair in pairs:
        wanted = {(old, new, kind) for old, new, kind in pair["articles"]}
        said = found(pair["old"], pair["new"])
        mark = "* " if pair["unseen"] else "  "
        print(f"{mark}{pair['old']} → {pair['new']}: {len(wanted & said)} of {len(wanted)}")
        for entry in sorted(wanted - said, key=str):
            print(f"    truth: {entry}")
        for entry in sorted(said - wanted, key=str):
            print(f"    found: {entry}")


if __name__ == "__main__":
    typer.run(main)
