"""What an original touches besides the index: rules that quote our digest of it, cases that name it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from index.documents.quotations import Quotation, read_quotations
from index.errors import CorpusError
from index.figures import figures
from index.library.types import Touched
from index.references import clause_number, numbers_of
from index.text import normalise
from index.types import Clause, Document


def digests_of(original: Document, corpus: Iterable[Document]) -> list[Document]:
    """Our digests of the same document, by its number, or by its title where it has none."""
    numbers = set(numbers_of(original))
    title = normalise(original.title)
    return [
        d
        for d in corpus
        if not d.original
        and d.language is original.language
        and (numbers & _own(d) if numbers else normalise(d.title) == title)
    ]


def _own(document: Document) -> set[str]:
    return {normalise(number) for number in (document.document_number, *document.other_numbers) if number}


def counterparts(clause: Clause, original: Document) -> list[Clause]:
    """The clauses of an original under the printed number of a digest's clause; its items belong to it."""
    printed, number = normalise(clause.reference), clause_number(clause)
    same = [c for c in original.clauses if normalise(c.reference) == printed]
    if same or number is None:
        return same
    return [c for c in original.clauses if clause_number(c) == number]


def touched(
    original: Document, before: Document | None, corpus: Sequence[Document], corpus_dir: Path, cases_dir: Path
) -> Touched:
    """Rules not borne out by the original, or by what its new version changed; cases that name one of its digests."""
    digests = {d.id: d for d in digests_of(original, corpus)}
    if not digests:
        return Touched()
    rules = [
        f"{quotation.file}: {quotation.place}: {quotation.clause}: {why}"
        for quotation in _quotations(corpus_dir)
        if (digest := digests.get(quotation.clause.split("#")[0])) is not None
        and (why := _why(quotation, digest, original, before)) is not None
    ]
    return Touched(tuple(rules), tuple(_cases(set(digests), cases_dir)))


def _quotations(corpus_dir: Path) -> list[Quotation]:
    try:
        return read_quotations(corpus_dir)
    except CorpusError:  # told by `index check`; an upload need not wait for it
        return []


def _why(quotation: Quotation, digest: Document, original: Document, before: Document | None) -> str | None:
    """What is wrong with a rule's quotation in the light of the original; None where it holds."""
    clause = next((c for c in digest.clauses if c.id == quotation.clause.split("#")[1]), None)
    words = dict(quotation.words).get(original.language)
    if clause is None or words is None:
        return None
    same = counterparts(clause, original)
    texts = [c.text for c in same] or [c.text for c in original.clauses]
    together = "\n".join(texts)
    absent = sorted(figures(words) - figures(together))
    if absent and normalise(words) not in normalise(together):
        return f"{'、'.join(absent)} 在原文中找不到 (not found in the original)"
    if before is not None and same:
        earlier = {normalise(c.text) for c in counterparts(clause, before)}
        if {normalise(c.text) for c in same} != earlier:
            return "新版本改动了这一条 (the new version changed this clause)"
    return None


def _cases(digests: set[str], folder: Path) -> list[str]:
    """Evaluation cases whose right answer names one of the digests: their expectation may change with the original."""
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                case = json.loads(line)
                named = {*case["expect"].get("documents", [])}
                named |= {clause.split("#")[0] for clause in case["expect"].get("clauses", [])}
            except (ValueError, KeyError, TypeError, AttributeError):
                continue
            if named & digests:
                found.append(f"{path.name}: {case.get('id', '?')}")
    return found
